"""What makes a workbook right in every spreadsheet program: no circle of ranges, no word that only some of them know."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import scale
from conftest import ROOT
from spreadsheets import circles, differences, formula_cells, recomputed_by_gnumeric, stored
from written import WrittenWorkbooks

from budget_model import Scenario, load_scenario
from budget_model.analysis.funder_forms.template import STATE_GRANT

pytestmark = pytest.mark.xdist_group("workbook")
_IDLE = re.compile(r"\+0(?![\d.])|-0(?![\d.])|\*1(?![\d.:])|(?<![\w$.])0\*|\*0(?![\d.])")


@pytest.fixture(scope="module")
def books(pilot: Scenario, expansion: Scenario, made: Path, written: WrittenWorkbooks) -> dict[str, Path]:
    found = {"pilot": written.workbook(pilot), "grant": written.workbook(pilot, STATE_GRANT), "two areas": made}
    return found | ({"expansion": written.workbook(expansion)} if scale.NOW.proof else {})


def test_no_range_holds_a_cell_that_depends_on_it(books: dict[str, Path]) -> None:
    """C7, finding E: a search over ranges found 26 circles in the pilot's workbook, 60 in the expansion's."""
    for name, path in books.items():
        assert circles(path) == [], name


def test_index_has_a_row_and_a_column_and_no_term_is_idle(books: dict[str, Path]) -> None:
    """Gnumeric and HyperFormula take one index of a one-row range for a row: 608 cells of the pilot's workbook were #REF!."""
    for path in books.values():
        for place, cell in formula_cells(path).items():
            text = re.sub(r'"[^"]*"', '""', re.sub(r"'[^']+'!", "", cell.formula))
            assert all(count == 3 for count in _arguments(text, "INDEX")), f"{place}: {cell.formula}"
            assert not _IDLE.search(text), f"{place}: {cell.formula}"


def test_no_name_of_a_sheet_holds_an_apostrophe(books: dict[str, Path]) -> None:
    """Gnumeric cannot read a reference to such a sheet."""
    for path in books.values():
        assert not [place for place in formula_cells(path) if "'" in place[0]]


@pytest.mark.office
@pytest.mark.parametrize("name", ["pilot", "grant", "cliff"])
def test_gnumeric_comes_to_the_stored_value_of_every_formula(
    name: str, books: dict[str, Path], written: WrittenWorkbooks, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """A third engine, with stored values taken out; finding E: 1,193 cells of the pilot's workbook differed."""
    if not scale.NOW.proof:
        pytest.skip("the proof of a release tries it: Gnumeric takes a minute for each workbook")
    path = books[name] if name in books else written.workbook(load_scenario(ROOT / "scenarios" / "pilot_cliff.yaml"))
    expected, found = stored(path), recomputed_by_gnumeric(path, tmp_path)
    assert not differences(expected, {place: found.get(place, "") for place in expected})[:5]
    record_property("formula cells agree with NumPy in Gnumeric", len(expected))


def _arguments(formula: str, function: str) -> list[int]:
    """Return how many arguments each call of a function has."""
    counts = []
    for call in re.finditer(rf"\b{function}\(", formula):
        depth, count = 0, 1
        for sign in formula[call.end() :]:
            if sign == ")" and not depth:
                break
            depth += (sign == "(") - (sign == ")")
            count += sign == "," and not depth
        counts.append(count)
    return counts
