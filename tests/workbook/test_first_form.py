"""Workbooks of the first form, and of one input less than there are: read, checked as far as they can be, and it is said how far."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from conftest import PILOT, ROOT
from edited_cells import cells_of, with_name, with_values
from spreadsheets import read
from written import WrittenWorkbooks

from budget_model import Scenario, load_scenario
from budget_model.errors import BudgetModelError
from budget_model.workbook.reading.cells import Cells
from budget_model.workbook.reading.reader import read_back

OLDER, SMALLER = (ROOT / "tests" / "older" / "workbooks" / name for name in ("pilot_2017.xlsx", "scenario.xlsx"))


def test_a_workbook_of_the_first_form_is_read_and_it_is_said_what_could_not_be_checked() -> None:
    for imported in (read(OLDER), read_back(with_values(cells_of(SMALLER), {("Summary", "C6"): "=1+1"}), "older.xlsx")):
        assert imported.changes == ()
        assert any("whether a formula" in remark and "cannot be checked" in remark for remark in imported.remarks)


def _digits_kept(cells: Cells) -> Cells:
    place = cells.target("count_digits")
    assert place
    return with_values(cells, {place: 0})


def _sorted_rows(cells: Cells) -> Cells:
    """The contents of two rows changed places, all columns; names stay."""
    other = {"8": "9", "9": "8"}

    def swapped(found: dict[str, object]) -> dict[str, object]:
        rows = {address: re.fullmatch(r"([A-Z]+)(\d+)", address).groups() for address in found}
        return {f"{column}{other.get(row, row)}": found[address] for address, (column, row) in rows.items()}

    kinds = {kind: {**getattr(cells, kind), "Assumptions": swapped(getattr(cells, kind)["Assumptions"])} for kind in ("values", "formulas")}
    return replace(cells, **kinds)


@pytest.mark.parametrize(
    ("tamper", "message"),
    [
        (_digits_kept, "(the name 'count_digits') is 0; the model fixes it at 6"),
        (_sorted_rows, "Assumptions!C8: its name 'in_pre_booking_enrollment_share' now names Assumptions!C9"),
        (lambda cells: with_values(cells, {("About", "B7"): "0123456789abcdef"}), "About!B7 is '0123456789abcdef', but"),
        (lambda cells: with_name(cells, "in_cost_of_living_rate", None), "Assumptions!C6: its name 'in_cost_of_living_rate' was removed"),
        (lambda cells: replace(cells, sheets=[*cells.sheets, "Record"]), "property 'workbook form' is '1', but the workbook is of form"),
    ],
)
def test_what_can_be_asked_of_a_workbook_of_the_first_form_is_asked(tamper: Callable[[Cells], Cells], message: str) -> None:
    with pytest.raises(BudgetModelError) as refused:
        read_back(tamper(cells_of(SMALLER)), "older.xlsx")
    assert message in str(refused.value)


ONE_MORE = r'    surcharge: \1 = quantity("Surcharge of a later version", "dollars", default=0)\n\g<0>'
READS = """
import sys
from budget_model.workbook.reading.reader import import_workbook
for path in sys.argv[1:]:
    found = import_workbook(open(path, "rb").read(), path)
    assert found.changes == () and found.scenario == found.base, found
    assert all(contract.surcharge.number == 0 for contract in found.scenario.provider_contracts)
    print(found.scenario.name, found.after, *found.remarks, sep="\\n")
"""


def test_one_optional_input_more_makes_no_workbook_unreadable(pilot: Scenario, written: WrittenWorkbooks, tmp_path: Path) -> None:
    """Of today, and of version 0.4.0: in a copy of the package whose contracts have one more number."""
    for folder in ("budget_model", "templates", "scenarios"):
        copytree(ROOT / folder, tmp_path / folder, ignore=lambda *_: {"__pycache__"})
    (module,) = (path for path in (tmp_path / "budget_model" / "scenario").rglob("*.py") if "class Contract(" in path.read_text())
    module.write_text(re.sub(r"    caseload: (\w+) = ", ONE_MORE, module.read_text(), count=1))
    command = [sys.executable, "-c", READS, str(written.workbook(pilot)), str(OLDER)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env={"PATH": ""})
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("New since the workbook was made, and at what its scenario means without them: ") == 2
    assert done.stdout.count("Surcharge of a later version (provider contracts)") == 1, "for 0.4.0 there are more than a sentence names"
    assert done.stdout.count(pilot.name) == 2 and load_scenario(PILOT) == pilot
