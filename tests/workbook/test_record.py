"""What a workbook keeps of itself: formulas in relative form and back, and a record that nobody can forge into harm."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from shutil import copytree
from textwrap import shorten

import openpyxl
import pytest
from conftest import PILOT, ROOT, template_of_14_months
from hypothesis import given
from hypothesis import strategies as some
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from spreadsheets import formula_cells, read
from written import WrittenWorkbooks
from xlsxwriter.utility import xl_cell_to_rowcol

from budget_model import Scenario, load_scenario, project
from budget_model.analysis.change_table import change_table
from budget_model.errors import BudgetModelError, ScenarioError, WorkbookError
from budget_model.workbook.layout.constants import as_kept, literal, value_of
from budget_model.workbook.layout.filling import Area, area_of, areas, filled
from budget_model.workbook.layout.record import CONSTANTS, FORMULAS, NAMES, ROW_IDS, Record, record_of
from budget_model.workbook.reading.added_cells import read_by_formulas
from budget_model.workbook.reading.cells import Cells
from budget_model.workbook.reading.cells import read as read_cells
from budget_model.workbook.reading.record_check import compared
from budget_model.workbook.sheets.front_sheets import FIRST_FILE_ROW

OLDER, SMALLER = (ROOT / "tests" / "older" / "workbooks" / name for name in ("pilot_2017.xlsx", "scenario.xlsx"))
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


@pytest.fixture(scope="module")
def small(written: WrittenWorkbooks) -> Cells:
    """The cells of the workbook of the scenario to copy, cut to fourteen months."""
    return read_cells(written.workbook(SMALL).read_bytes(), "small.xlsx")


@pytest.fixture(scope="module")
def record(small: Cells) -> Record:
    return record_of([list(line.values()) for line in small.lines("Record", FIRST_FILE_ROW)], "here")


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


@pytest.mark.parametrize("form", [str, float])
@pytest.mark.parametrize("other", [None, ("s", "Something else"), ("n", 17.000000001), ("b", True)], ids=str)
def test_one_constant_of_any_sheet_that_is_another_is_found_by_its_cell(
    form: type, other: tuple[str, object] | None, small: Cells, record: Record
) -> None:
    """A text or a number: the last one on each sheet, on as many at once as are told in full."""
    last = {area.sheet: area.address.rpartition(":")[2] for area in record.constants if isinstance(value_of(area.formula), form)}
    assert set(last) == set(record.sheets) if form is str else {"Assumptions", "Calendar", "Checks", "First Area", "Funding"} <= set(last)
    for some_sheets in (list(last)[start : start + 20] for start in range(0, len(last), 20)):
        values = {sheet: dict(found) for sheet, found in small.values.items()}
        for sheet in some_sheets:
            values[sheet].pop(last[sheet])
            values[sheet] |= {last[sheet]: other} if other else {}
        with pytest.raises(ScenarioError) as refused:
            compared(replace(small, values=values), record, "small.xlsx")
        found = [problem.place.partition(" (")[0] for problem in refused.value.problems]
        assert sorted(found) == sorted(f"{sheet}!{last[sheet]}" for sheet in some_sheets)
        assert all("was written there; only blue cells may be changed" in problem.expected for problem in refused.value.problems)


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


Tamper = Callable[[openpyxl.Workbook], None]


def _put(sheet: str, **cells: object) -> Tamper:
    def tamper(book: openpyxl.Workbook) -> None:
        for address, value in cells.items():
            book[sheet][address].value = value

    return tamper


def _sorted_rows(book: openpyxl.Workbook) -> None:
    """The contents of two rows changed places, all columns; names stay."""
    sheet = book["Assumptions"]
    for above, below in zip(sheet[8], sheet[9], strict=True):
        above.value, below.value = below.value, above.value


def _name_of_one_sheet(book: openpyxl.Workbook) -> None:
    book["Participants"].defined_names["Count_Digits"] = DefinedName("Count_Digits", attr_text="Participants!$Z$900")


def _digits_kept(book: openpyxl.Workbook) -> None:
    sheet, _, address = book.defined_names["count_digits"].attr_text.replace("$", "").partition("!")
    book[sheet][address].value = 0


def test_what_is_no_input_is_refused_by_its_cell_and_the_words_beside_it(written: WrittenWorkbooks, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written.workbook(SMALL))
    _digits_kept(book)
    _put("Calendar", R12=1, K5=datetime(2019, 8, 2))(book)
    adding_up = _line(((cell.row, cell.value) for cell in book["Checks"]["B"]), "Classes add up")
    _put("Checks", **{f"H{adding_up}": 1e9})(book)
    _put("Summary", D5=1000, D6="=1+1")(book)
    _put("Funding", A8=None)(book)
    unit = f"E{_line(((cell.row, cell.value) for cell in book['Assumptions']['V']), 'referral_level')}"
    _put("Assumptions", **{unit: "dollars"})(book)
    _name_of_one_sheet(book)
    book.save(tmp_path / "tampered.xlsx")
    with pytest.raises(ScenarioError) as refused:
        read(tmp_path / "tampered.xlsx")
    wrote = "was written there; only blue cells may be changed"
    for message in (
        f"(Digits kept before a head count is rounded up, Now) is 0; 6 {wrote}",
        f"Calendar!R12 (Fiscal year starts, All, 2020-03) is 1; 0 {wrote}",
        f"Calendar!K5 is 2019-08-02; 2019-08-01 {wrote}",
        f"Checks!H{adding_up} (Fault, Classes add up, Tolerance) is 1000000000; 0.005 {wrote}",
        "Summary!D5 (Appropriation (dollars), FY 2019-20) is 1000; nothing was written there, and a formula reads it",
        "FY 2019-20) is =1+1; the formula was changed; only blue cells may be",
        f"Row) is empty; 'State grant' {wrote}",
        f", Unit) is 'dollars'; 'share' {wrote}",
        "Participants: the sheet has a name 'Count_Digits' of its own, which its formulas read",
    ):
        assert message in str(refused.value)


def test_an_amount_that_rounds_to_nothing_from_below_is_nothing_as_other_programs_save_it(
    written: WrittenWorkbooks, tmp_path: Path
) -> None:
    """A unit's revenue that falls by $12 is -0 thousands in Python, and 0 where a spreadsheet program saves it."""
    unit, office = "Public Defender", {"name": "Office", "first_month": "2019-07", "monthly_amount": 2_000}
    source = {"receiving_unit": unit, "treatment": "Revenue", "timing": "One-time", "pays": ["Services and supplies"]}
    first, second = {"first_month": "2019-07", "last_month": "2020-06"}, {"first_month": "2020-07", "last_month": "2021-06"}
    costs = ({"name": "Rent"} | first | {"monthly_amount": 1_500}, {"name": "Less rent"} | second | {"monthly_amount": 900})
    scenario = Scenario.model_validate({
        **{"name": "Falling", "first_month": "2019-07", "months": 24},
        "services_and_supplies": [office, *({"budget_unit": unit} | cost for cost in costs)],
        "funding_sources": [{"name": "Gift", "award": 100} | source | first, {"name": "Next", "award": 88} | source | second],
    })  # fmt: skip
    (change,) = (line for line in change_table(project(scenario), "FY 2020-21").by_unit[-1].lines if line.subject == "place")
    assert str(change.printed.revenue) == "-0.0"
    path, saved = written.workbook(scenario), tmp_path / "saved.xlsx"
    openpyxl.load_workbook(path).save(saved)
    assert read(saved).changes == ()


def test_a_refused_cell_of_a_change_table_is_named_by_its_line_and_column(written: WrittenWorkbooks, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written.workbook(SMALL))
    sheet = book["Changes by unit"]
    numbers = [cell for row in sheet.iter_rows(min_row=8) for cell in row if isinstance(cell.value, (int, float)) and cell.value]
    numbers[-1].value += 1
    book.save(tmp_path / "tampered.xlsx")
    line = shorten(sheet.cell(numbers[-1].row, 1).value, 60, placeholder=" ...")
    place = f"Changes by unit!{numbers[-1].coordinate} ({line}, "
    with pytest.raises(ScenarioError, match=f"{re.escape(place)}[A-Z].+\\) is "):
        read(tmp_path / "tampered.xlsx")


def test_two_rows_that_changed_places_are_not_read_under_each_others_label(small: Cells, record: Record) -> None:
    first = _line_of(small, "referral_level")
    second = _line_of(small, "officer_referrals_per_100_homeless_people")
    rows = {str(first): str(second), str(second): str(first)}
    found = {address: value for address, value in small.values["Assumptions"].items() if address[1:] not in rows}
    found |= {f"{address[0]}{rows[address[1:]]}": value for address, value in small.values["Assumptions"].items() if address[1:] in rows}
    with pytest.raises(ScenarioError) as refused:
        compared(replace(small, values={**small.values, "Assumptions": found}), record, "small.xlsx")
    for message in (
        f"Assumptions!V{first} (Whole program, Referrals that come, of those planned, Id) is 'officer_referrals_per_100_homeless_people'; "
        "'referral_level' was",
        f"Assumptions!B{second} (Whole program, Assumption) is 'Referrals that come, of those planned'; "
        "'Officers' referrals for each 100 homeless people of a site'",
    ):
        assert message in str(refused.value)


def test_a_name_that_stands_for_another_cell_is_refused_with_both(small: Cells, record: Record) -> None:
    """The input that it named was changed as well, and would not have been seen."""
    line = _line_of(small, "referral_level")
    values = {**small.values["Assumptions"], f"L{line}": ("n", 1), f"C{line}": ("n", 0.5)}
    moved = replace(
        small,
        names={**small.names, "in_referral_level": f"Assumptions!$L${line}"},
        values={**small.values, "Assumptions": values},
    )  # fmt: skip
    told = rf"Assumptions!C{line}: its name 'in_referral_level' now names Assumptions!L{line}"
    with pytest.raises(ScenarioError, match=told):
        compared(moved, record, "small.xlsx")


def _line_of(cells: Cells, input_id: str) -> int:
    """Return the line of the sheet Assumptions on which an input stands."""
    ids = cells.values["Assumptions"]
    return _line(((int(address[1:]), value[1]) for address, value in ids.items() if re.fullmatch(r"V\d+", address)), input_id)


def _line(ids: Iterable[tuple[int, object]], input_id: str) -> int:
    return next(line for line, found in ids if found == input_id)


def test_notes_beside_choices_and_other_sheets_are_taken_and_what_is_not_read_is_said(written: WrittenWorkbooks, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written.workbook(SMALL))
    _put("Site comparison", B4="FY 2019-20")(book)
    _put("Summary", Z9="ask Dee", AA9="=C9*2")(book)
    book.create_sheet("Notes", 0)["A1"].value = "mine"
    book.copy_worksheet(book["Assumptions"])
    book.save(tmp_path / "noted.xlsx")
    imported = read(tmp_path / "noted.xlsx")
    assert imported.changes == ()
    assert list(imported.remarks) == [
        "'Notes' is no sheet of the export; it was not read.",
        "'Assumptions Copy' is no sheet of the export; it was not read.",
        "Not read, for the export wrote nothing there: Summary!AA9, Summary!Z9.",
    ]


def test_a_note_on_a_cell_is_said_with_its_cell(written: WrittenWorkbooks, tmp_path: Path) -> None:
    """It was dropped, and nothing was said of it but that nothing was changed."""
    book = openpyxl.load_workbook(written.workbook(SMALL))
    book["Assumptions"]["C9"].comment = Comment("this is wrong, 60 please", "Ana")
    book["Summary"]["C6"].comment = Comment("why?", "Dee")
    book.save(tmp_path / "noted.xlsx")
    imported = read(tmp_path / "noted.xlsx")
    assert imported.changes == ()
    (said,) = imported.remarks
    assert "Assumptions!C9" in said and "Summary!C6" in said and said.endswith("Write them in the column Comment beside the number.")


def test_a_record_of_formulas_alone_is_read_and_it_is_said(small: Cells, record: Record) -> None:
    """As the second form was written before it was released."""
    early = replace(record, constants=tuple(area for area in record.constants if area.formula in ("6.0", "0.001")), free=())
    values = {**small.values, "Summary": {**small.values["Summary"], "A1": ("s", "Another title"), "Z9": ("n", 1)}}
    (told,) = compared(replace(small, values=values), early, "early.xlsx")
    assert "lists formulas and no other cells" in told


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
    book = openpyxl.load_workbook(SMALLER)
    tamper(book)
    book.save(tmp_path / "older.xlsx")
    return tmp_path / "older.xlsx"


def test_a_workbook_of_the_first_form_is_read_and_it_is_said_what_could_not_be_checked(tmp_path: Path) -> None:
    def tamper(book: openpyxl.Workbook) -> None:
        book["Summary"]["C6"].value = "=1+1"

    for path in (OLDER, _older(tmp_path, tamper)):
        imported = read(path)
        assert imported.changes == ()
        assert any("whether a formula" in remark and "cannot be checked" in remark for remark in imported.remarks)


def test_what_can_be_asked_of_a_workbook_of_the_first_form_is_asked(tmp_path: Path) -> None:
    def another_hash(book: openpyxl.Workbook) -> None:
        book["About"]["B7"].value = "0123456789abcdef"

    def without_a_name(book: openpyxl.Workbook) -> None:
        del book.defined_names["in_cost_of_living_rate"]

    def with_a_record(book: openpyxl.Workbook) -> None:
        book.create_sheet("Record")

    for tamper, message in (
        (_digits_kept, "(the name 'count_digits') is 0; the model fixes it at 6"),
        (_sorted_rows, "Assumptions!C8: its name 'in_pre_booking_enrollment_share' now names Assumptions!C9"),
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
    assert done.stdout.count("New since the workbook was made, and at what its scenario means without them: ") == 2
    assert done.stdout.count("Surcharge of a later version (provider contracts)") == 1, "for 0.4.0 there are more than a sentence names"
    assert done.stdout.count(pilot.name) == 2 and load_scenario(PILOT) == pilot
