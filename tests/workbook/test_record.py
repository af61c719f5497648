"""What a workbook keeps of itself: formulas in relative form and back, and a record that nobody can forge into harm."""

from __future__ import annotations

import itertools
import re
import time
from dataclasses import replace

import openpyxl
import pytest
from conftest import template_of_14_months
from edited_cells import cells_of, with_property, with_values
from hypothesis import given
from hypothesis import strategies as some
from spreadsheets import formula_cells
from written import WrittenWorkbooks
from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

from budget_model.errors import BudgetModelError, WorkbookError
from budget_model.workbook.layout.constants import as_kept, literal, value_of
from budget_model.workbook.layout.filling import Area, area_of, areas, filled
from budget_model.workbook.layout.record import CONSTANTS, FORMULAS, NAMES, ROW_IDS, Record, record_of
from budget_model.workbook.reading.added_cells import read_by_formulas
from budget_model.workbook.reading.cells import Cells
from budget_model.workbook.reading.reader import read_back
from budget_model.workbook.sheets.front_sheets import FIRST_FILE_ROW

SMALL = template_of_14_months()
REFERENCES = some.builds(
    lambda fixed_column, column, fixed_row, row: f"{fixed_column}{column}{fixed_row}{row}",
    some.sampled_from(["", "$"]), some.sampled_from(["A", "Z", "AA", "BZ"]), some.sampled_from(["", "$"]), some.integers(1, 90),
)  # fmt: skip
BETWEEN = some.sampled_from(
    ["+", ",", ":", "'A1 B2'!", '"C3"&', "Staffing!", "LOG10(", "MAX(", "rate_A1*", "'It''s D4'!", "5%*", '"say ""E5"""&', " "]
)
FORMULAS_OF_A_CELL = some.lists(some.tuples(BETWEEN, REFERENCES), max_size=5).map(lambda parts: "=" + "".join(map("".join, parts)))
TOP, LEFT = 200, 100  # where nothing moves out of the sheet
ONE_BY_ONE = re.compile(r"(?<![\w.!])(\$?[A-Z]{1,3}\$?\d+)(?::(\$?[A-Z]{1,3}\$?\d+))?(?![\w.(!])")  # of the sheet itself
NEAR = some.builds(
    "{}{}{}{}".format, some.sampled_from(["", "$"]), some.sampled_from("ABCDE"), some.sampled_from(["", "$"]), some.integers(1, 10)
)
TERMS = some.builds(
    "{}{}{}".format,
    some.sampled_from(["", "", "Staffing!", "'A1 B2'!", '"C3"&', "LOG10(B2)*", "rate_A1*"]), NEAR, some.just("") | NEAR.map(":{}".format),
)  # fmt: skip
OF_OTHERS = re.compile(r""""[^"]*"|(?:'[^']*'|Staffing)![$A-Z0-9:]*""")


@pytest.fixture(scope="module")
def small(written: WrittenWorkbooks) -> Cells:
    """The cells of the workbook of the scenario to copy, cut to fourteen months."""
    return cells_of(written.workbook(SMALL))


@pytest.fixture(scope="module")
def record(small: Cells) -> Record:
    return record_of([list(line.values()) for line in small.lines("Record", FIRST_FILE_ROW)], "here")


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
    assert record.sheets and set(record.sheets) == set(book.sheetnames)


def test_the_record_lists_every_cell_that_was_written(small: Cells, record: Record) -> None:
    """But for what has a digest of its own."""
    listed = {(area.sheet, address) for area in (*record.formulas, *record.constants, *record.free) for address in area.addresses}
    there = {(sheet, address) for kind in (small.formulas, small.values) for sheet, found in kind.items() for address in found}
    rest = {(sheet, int(address.lstrip("ABCDEFGHIJKLMN")) > FIRST_FILE_ROW) for sheet, address in there - listed - {("About", "B11")}}
    assert rest == {("Record", True), ("Scenario file", True)}
    free = {(area.sheet, address) for area in record.free for address in area.addresses}
    assert {place for name, place in record.names.items() if name.startswith("in_")} <= free
    assert not free & {(area.sheet, address) for area in (*record.formulas, *record.constants) for address in area.addresses}


@given(some.text() | some.floats(allow_nan=False, allow_infinity=False))
def test_a_constant_is_kept_in_one_line_and_comes_back(value: float | str) -> None:
    kept = literal(value)
    assert value_of(kept) == (as_kept(value) if isinstance(value, str) else value)
    assert "\n" not in kept and areas({("Sheet", 3, 3): kept, ("Sheet", 4, 3): kept}) == (Area("Sheet", 3, 3, 4, 3, kept),)


@given(
    some.lists(some.tuples(some.integers(0, 9), some.integers(0, 4)), min_size=1, max_size=6, unique=True),
    some.lists(some.lists(TERMS, max_size=3).map(lambda terms: "=" + "+".join(terms)), max_size=3),
    some.integers(0, 2),
    some.integers(0, 2),
)
def test_a_cell_is_read_where_any_formula_of_an_area_names_it(
    places: list[tuple[int, int]], formulas: list[str], down: int, across: int
) -> None:
    area = [Area("Sheet", TOP, LEFT, TOP + down, LEFT + across, formula) for formula in formulas]
    added = {"Sheet": [f"{'ABCDE'[column]}{row + 1}" for row, column in places]}
    read = set()
    for _, _, formula in (one for each in area for one in filled(each)):
        for found in ONE_BY_ONE.finditer(OF_OTHERS.sub("", formula)):
            (top, left), (bottom, right) = xl_cell_to_rowcol(found[1]), xl_cell_to_rowcol(found[2] or found[1])
            (top, bottom), (left, right) = sorted((top, bottom)), sorted((left, right))
            read |= {place for place in places if top <= place[0] <= bottom and left <= place[1] <= right}
    expected = [f"{'ABCDE'[column]}{row + 1}" for row, column in places if (row, column) in read]
    assert read_by_formulas(Record(tuple(area)), added) == ({"Sheet": expected} if expected else {})


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
    "constants that stand on any number of sheets": [[CONSTANTS, "/".join("A" * 15_000), "A1:A99,B1:B99 1"]],
    "brackets without end": [[CONSTANTS, "Summary", f"A1 {'[' * 30_000}"], [CONSTANTS, "Summary", f"A1 -{'[' * 30_000}"]],
    "too many entries": [[NAMES, "Assumptions", *["C5 in_a"] * 100_000]] * 3,
    "quotes without end": [[FORMULAS, "Summary", f"A1:B2 {chr(39) * 29_999}{chr(34) * 29_999}"]],
    "nothing at all": [],
    "rows only": [[ROW_IDS, "Summary", "A1 net_county_cost"]],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_record_is_refused_at_once(name: str, small: Cells) -> None:
    """With a digest of its own that agrees, where it can be read at all; else nobody would get as far."""
    start = time.process_time()
    try:
        record = record_of(HOSTILE[name], "here")
        for _ in itertools.chain.from_iterable(filled(area) for area in record.formulas):
            pass
    except WorkbookError as refused:
        record = Record()
        assert "the record of the workbook written there was changed" in str(refused)
    assert time.process_time() - start < 1
    head = {address: value for address, value in small.values["Record"].items() if int(address.lstrip("ABCDEFGHIJKLMN")) <= FIRST_FILE_ROW}
    lines = {
        f"{xl_col_to_name(column)}{row}": ("s", text)
        for row, line in enumerate(HOSTILE[name], FIRST_FILE_ROW + 1)
        for column, text in enumerate(line[:300])
    }
    forged = replace(small, values={**small.values, "Record": head | lines})
    forged = with_property(with_values(forged, {("About", "B11"): record.digest}), "record hash", record.digest)
    with pytest.raises(BudgetModelError, match=r"^hostile\.xlsx: "):
        read_back(forged, "hostile.xlsx")
