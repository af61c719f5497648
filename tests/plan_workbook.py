"""The workbook of a plan of four areas and two years with one lever moved, opened once for all tests of a process; nobody may change it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from budget_model import Change, Scenario, changed, load_scenario
from budget_model.workbook.writing.export import workbook_of

_FILE = Path(__file__).parents[1] / "scenarios" / "expansion_2018_two_areas.yaml"


@pytest.fixture(scope="session")
def base() -> Scenario:
    """The expansion to two areas, cut to two years."""
    return changed(load_scenario(_FILE).model_copy(update={"months": 24}), [])


@pytest.fixture(scope="session")
def moved(base: Scenario) -> Scenario:
    """The same with one lever moved, so that what changed has a line."""
    return changed(base, [Change("provider_contracts", base.provider_contracts[0].name, "caseload", 21)])


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, base: Scenario, moved: Scenario) -> Path:
    path = tmp_path_factory.mktemp("form") / "LEAD expansion.xlsx"
    path.write_bytes(workbook_of(moved, base=base).content)
    return path


@pytest.fixture(scope="session")
def book(made: Path) -> openpyxl.Workbook:
    """Its formulas and formats."""
    return openpyxl.load_workbook(made)


@pytest.fixture(scope="session")
def values(made: Path) -> openpyxl.Workbook:
    """The values stored in the file, as a preview or Protected View shows them."""
    return openpyxl.load_workbook(made, data_only=True)
