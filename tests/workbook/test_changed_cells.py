"""What of a workbook is not as it was written is refused by its cell; what people add beside it is taken or said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from textwrap import shorten

import openpyxl
import pytest
from conftest import template_of_14_months
from edited_cells import cells_of, with_values
from openpyxl.comments import Comment
from spreadsheets import read
from written import WrittenWorkbooks

from budget_model import Scenario, project
from budget_model.analysis.change_table import change_table
from budget_model.errors import ScenarioError
from budget_model.workbook.layout.constants import value_of
from budget_model.workbook.layout.record import Record, record_of
from budget_model.workbook.reading.cells import Cells
from budget_model.workbook.reading.edits import Imported
from budget_model.workbook.reading.reader import read_back
from budget_model.workbook.reading.record_check import compared
from budget_model.workbook.sheets.front_sheets import FIRST_FILE_ROW

SMALL = template_of_14_months()


@pytest.fixture(scope="module")
def small(written: WrittenWorkbooks) -> Cells:
    """The cells of the workbook of the scenario to copy, cut to fourteen months."""
    return cells_of(written.workbook(SMALL))


@pytest.fixture(scope="module")
def record(small: Cells) -> Record:
    return record_of([list(line.values()) for line in small.lines("Record", FIRST_FILE_ROW)], "here")


def _line_of(cells: Cells, input_id: str) -> int:
    """Return the line of the sheet Assumptions on which an input stands."""
    ids = cells.values["Assumptions"]
    return _line(((int(address[1:]), value[1]) for address, value in ids.items() if re.fullmatch(r"V\d+", address)), input_id)


def _line(ids: Iterable[tuple[int, object]], input_id: str) -> int:
    return next(line for line, found in ids if found == input_id)


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


def test_what_is_no_input_is_refused_by_its_cell_and_the_words_beside_it(small: Cells) -> None:
    adding_up = _line(
        ((int(address[1:]), text) for address, (_, text) in small.values["Checks"].items() if address[0] == "B"), "Classes add up"
    )
    unit = f"E{_line_of(small, 'referral_level')}"
    digits = small.target("count_digits")
    assert digits
    tampered = with_values(
        small,
        {
            digits: 0,
            ("Calendar", "R12"): 1,
            ("Calendar", "K5"): date(2019, 8, 2),
            ("Checks", f"H{adding_up}"): 1_000_000_000,
            ("Summary", "D5"): 1000,
            ("Summary", "D6"): "=1+1",
            ("Funding", "A8"): None,
            ("Assumptions", unit): "dollars",
        },
    )
    with pytest.raises(ScenarioError) as refused:
        read_back(replace(tampered, local_names={"Participants": ["Count_Digits"]}), "tampered.xlsx")
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


def test_a_refused_cell_of_a_change_table_is_named_by_its_line_and_column(small: Cells) -> None:
    numbers = [(int(address[1:]), address) for address, (kind, value) in small.values["Changes by unit"].items() if kind == "n" and value]
    row, last = max(number for number in numbers if re.fullmatch(r"[B-G]\d+", number[1]))
    line = shorten(str(small.values["Changes by unit"][f"A{row}"][1]), 60, placeholder=" ...")
    with pytest.raises(ScenarioError, match=f"{re.escape(f'Changes by unit!{last} ({line}, ')}[A-Z].+\\) is "):
        read_back(with_values(small, {("Changes by unit", last): 1e9}), "small.xlsx")


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


@pytest.fixture(scope="module")
def noted(written: WrittenWorkbooks, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """What is read of a workbook in which people chose what a sheet shows, and put notes on cells, beside them and on sheets of their own."""
    book = openpyxl.load_workbook(written.workbook(SMALL))
    book["Site comparison"]["B4"].value = "FY 2019-20"
    book["Summary"]["Z9"].value, book["Summary"]["AA9"].value = "ask Dee", "=C9*2"
    book["Assumptions"]["C9"].comment = Comment("this is wrong, 60 please", "Ana")
    book["Summary"]["C6"].comment = Comment("why?", "Dee")
    book.create_sheet("Notes", 0)["A1"].value = "mine"
    book.copy_worksheet(book["Assumptions"])
    path = tmp_path_factory.mktemp("noted") / "noted.xlsx"
    book.save(path)
    return read(path)


def test_notes_beside_choices_and_other_sheets_are_taken_and_what_is_not_read_is_said(noted: Imported) -> None:
    assert noted.changes == ()
    assert [remark for remark in noted.remarks if not remark.startswith("Notes on cells")] == [
        "'Notes' is no sheet of the export; it was not read.",
        "'Assumptions Copy' is no sheet of the export; it was not read.",
        "Not read, for the export wrote nothing there: Summary!AA9, Summary!Z9.",
    ]


def test_a_note_on_a_cell_is_said_with_its_cell(noted: Imported) -> None:
    """It was dropped, and nothing was said of it but that nothing was changed."""
    (said,) = (remark for remark in noted.remarks if remark.startswith("Notes on cells"))
    assert "Assumptions!C9" in said and "Summary!C6" in said and said.endswith("Write them in the column Comment beside the number.")


def test_a_record_of_formulas_alone_is_read_and_it_is_said(small: Cells, record: Record) -> None:
    """As the second form was written before it was released."""
    early = replace(record, constants=tuple(area for area in record.constants if area.formula in ("6.0", "0.001")), free=())
    values = {**small.values, "Summary": {**small.values["Summary"], "A1": ("s", "Another title"), "Z9": ("n", 1)}}
    (told,) = compared(replace(small, values=values), early, "early.xlsx")
    assert "lists formulas and no other cells" in told
