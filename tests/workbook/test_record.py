"""What a workbook keeps of itself: formulas in relative form and back, and a record that nobody can forge into harm."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import openpyxl
import pytest
from conftest import PILOT, ROOT
from hypothesis import given
from hypothesis import strategies as some
from spreadsheets import formula_cells, read
from written import WrittenWorkbooks
from xlsxwriter.utility import xl_cell_to_rowcol

from budget_model import Scenario, load_scenario
from budget_model.errors import BudgetModelError, WorkbookError
from budget_model.workbook.layout.filling import Area, area_of, areas, filled
from budget_model.workbook.layout.record import CONSTANTS, FORMULAS, NAMES, ROW_IDS, Record, record_of

OLDER = ROOT / "tests" / "older" / "workbooks" / "pilot_2017.xlsx"
SMALL = load_scenario(ROOT / "templates" / "scenario.yaml").model_copy(update={"months": 14})
REFERENCES = some.builds(
    lambda fixed_column, column, fixed_row, row: f"{fixed_column}{column}{fixed_row}{row}",
    some.sampled_from(["", "$"]), some.sampled_from(["A", "Z", "AA", "BZ"]), some.sampled_from(["", "$"]), some.integers(1, 90),
)  # fmt: skip
BETWEEN = some.sampled_from(
    ["+", ",", ":", "'A1 B2'!", '"C3"&', "Staffing!", "LOG10(", "MAX(", "rate_A1*", "'It''s D4'!", "5%*", '"say ""E5"""&', " "]
)
FORMULAS_OF_A_CELL = some.lists(some.tuples(BETWEEN, REFERENCES), max_size=5).map(lambda parts: "=" + "".join(map("".join, parts)))
TOP, LEFT = 200, 100  # where nothing moves out of the sheet


def test_an_area_is_filled_as_a_spreadsheet_fills_it() -> None:
    area = area_of("Here", "B2:C3", "=A1+$A1+A$1+$A$1+'A1'!B9&\"A1\"+LOG10(D4)+rate_A1")
    assert [formula for _, _, formula in filled(area)] == [
        "=A1+$A1+A$1+$A$1+'A1'!B9&\"A1\"+LOG10(D4)+rate_A1", "=B1+$A1+B$1+$A$1+'A1'!C9&\"A1\"+LOG10(E4)+rate_A1",
        "=A2+$A2+A$1+$A$1+'A1'!B10&\"A1\"+LOG10(D5)+rate_A1", "=B2+$A2+B$1+$A$1+'A1'!C10&\"A1\"+LOG10(E5)+rate_A1",
    ]  # fmt: skip
    assert area_of("Here", "B2", "=1").address == "B2"


@given(
    some.lists(some.tuples(some.integers(0, 3), some.integers(0, 4), some.sampled_from(["=1", "=A$1"]) | FORMULAS_OF_A_CELL), max_size=20)
)
def test_areas_hold_every_formula_and_no_other(cells: list[tuple[int, int, str]]) -> None:
    formulas = {("Sheet", TOP + row, LEFT + column): formula for row, column, formula in cells}
    found = areas(formulas)
    assert {(area.sheet, row, column): formula for area in found for row, column, formula in filled(area)} == formulas
    assert sum(area.size for area in found) == len(formulas)


@given(FORMULAS_OF_A_CELL)
def test_what_was_filled_is_one_area_again(formula: str) -> None:
    whole = Area("Sheet", TOP, LEFT, TOP + 3, LEFT + 5, formula)
    assert areas({("Sheet", row, column): one for row, column, one in filled(whole)}) == (whole,)


def test_the_record_of_a_workbook_holds_its_formulas_names_and_rows(written: WrittenWorkbooks) -> None:
    path = written.workbook(SMALL)
    book = openpyxl.load_workbook(path)
    lines = [[str(cell.value) for cell in row if cell.value is not None] for row in book["Record"].iter_rows(min_row=5)]
    record = record_of(lines, "here")
    assert [*map(list, record.lines())] == lines
    there = {(sheet, *xl_cell_to_rowcol(place)): cell.formula for (sheet, place), cell in formula_cells(path).items()}
    assert {(area.sheet, row, column): formula for area in record.formulas for row, column, formula in filled(area)} == there
    assert len(record.formulas) < len(there) / 5
    assert set(record.names) == {name for name in book.defined_names if not name.startswith("_xlnm")}
    assert all(book[sheet][place].value for sheet, place in record.row_ids.values())
    assert "net_county_cost" in record.row_ids
    assert set(record.constants.values()) == {6.0, 0.001}
    assert record.sheets and set(record.sheets) == set(book.sheetnames)


HUGE = "9" * 7
HOSTILE: dict[str, list[list[str]]] = {
    "another kind": [["macros", "Summary", "A1 1"]],
    "a line of one cell": [[FORMULAS]],
    "no area": [[FORMULAS, "Summary", "somewhere 1"]],
    "an area from right to left": [[FORMULAS, "Summary", "C3:A1 1"]],
    "an area of a whole sheet": [[FORMULAS, "Summary", "A1:XFD1048576 1"]],
    "an area of whole sheets by and by": [[FORMULAS, "Summary", *["A1:ZZ999 1"] * 12]],
    "an area beyond any sheet": [[FORMULAS, "Summary", f"A1:ZZZ{HUGE} A1"]],
    "a row of a hundred digits": [[FORMULAS, "Summary", f"A{'9' * 100} 1"]],
    "a long formula everywhere": [[FORMULAS, "Summary", f"A1:Z999 {'A1+' * 10_000}1"]],
    "a constant that is none": [[CONSTANTS, "Assumptions", "C668 six"]],
    "too many entries": [[NAMES, "Assumptions", *["C5 in_a"] * 100_000]] * 3,
    "quotes without end": [[FORMULAS, "Summary", f"A1:B2 {chr(39) * 29_999}{chr(34) * 29_999}"]],
    "nothing at all": [],
    "rows only": [[ROW_IDS, "Summary", "A1 net_county_cost"]],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_record_is_refused_at_once(name: str, written: WrittenWorkbooks, tmp_path: Path) -> None:
    """With a digest of its own that agrees, where it can be read at all; else nobody would get as far."""
    book = openpyxl.load_workbook(written.workbook(SMALL))
    start = time.process_time()
    try:
        record = record_of(HOSTILE[name], "here")
        for _ in itertools.chain.from_iterable(filled(area) for area in record.formulas):
            pass
    except WorkbookError as refused:
        record = Record()
        assert "the record of the workbook written there was changed" in str(refused)
    assert time.process_time() - start < 1
    sheet = book["Record"]
    sheet.delete_rows(5, sheet.max_row)
    for line in HOSTILE[name]:
        sheet.append(line[:300])
    book["About"]["B11"].value = record.digest
    next(known for known in book.custom_doc_props.props if known.name == "record hash").value = record.digest
    book.save(tmp_path / "hostile.xlsx")
    with pytest.raises(BudgetModelError, match=r"^hostile\.xlsx: "):
        read(tmp_path / "hostile.xlsx")


def _older(tmp_path: Path, tamper: Callable[[openpyxl.Workbook], None]) -> Path:
    book = openpyxl.load_workbook(OLDER)
    tamper(book)
    book.save(tmp_path / "older.xlsx")
    return tmp_path / "older.xlsx"


def test_a_workbook_of_the_first_form_is_read_and_it_is_said_what_could_not_be_checked(tmp_path: Path) -> None:
    def tamper(book: openpyxl.Workbook) -> None:
        book["Summary"]["C6"].value = "=1+1"

    for path in (OLDER, _older(tmp_path, tamper)):
        imported = read(path)
        assert imported.changes == ()
        assert any("whether a formula was changed cannot be checked" in remark for remark in imported.remarks)


def test_what_can_be_asked_of_a_workbook_of_the_first_form_is_asked(tmp_path: Path) -> None:
    def another_hash(book: openpyxl.Workbook) -> None:
        book["About"]["B7"].value = "0123456789abcdef"

    def without_a_name(book: openpyxl.Workbook) -> None:
        del book.defined_names["in_cost_of_living_rate"]

    def with_a_record(book: openpyxl.Workbook) -> None:
        book.create_sheet("Record")

    for tamper, message in (
        (another_hash, "About!B7 is '0123456789abcdef', but"),
        (without_a_name, "Assumptions!C6: its name 'in_cost_of_living_rate' was removed"),
        (with_a_record, "property 'workbook form' is '1', but the workbook is of form"),
    ):
        with pytest.raises(BudgetModelError) as refused:
            read(_older(tmp_path, tamper))
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
    said = "New since the workbook was made, and at what its scenario means without them: "
    assert done.stdout.count(said) == 2 and f"{said}Surcharge of a later version (provider contracts)" in done.stdout
    assert done.stdout.count(pilot.name) == 2 and load_scenario(PILOT) == pilot
