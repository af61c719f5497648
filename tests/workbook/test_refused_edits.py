"""What cannot be trusted is refused by its cell, in words: formulas and words that were changed, a record that was, values that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from conftest import template_of_14_months
from edited_cells import Value, cell_of, cells_of, with_name, with_property, with_values, without_sheet
from spreadsheets import read
from written import WrittenWorkbooks

from budget_model import Scenario
from budget_model.errors import BudgetModelError, ScenarioError, WorkbookError
from budget_model.workbook.reading.cells import Cells
from budget_model.workbook.reading.reader import import_workbook, read_back

SMALL = template_of_14_months()
FILE = "tampered.xlsx"
# Inputs by their names, each in a cell of the sheet Assumptions.
SALARY, BENEFITS = "in_contract_case_manager_salary_provider_first_area", "in_position_employee_benefit_rate_program_manager"
SERVED, SLOTS = "in_contract_participant_share_provider_first_area", "in_site_slots_first_area"
OPENING, LAST = "in_site_go_live_first_area", "in_position_last_month_contract_monitor"
DRIVER, PAYS, SHARE = "in_position_driver_program_manager", "in_source_pays_state_grant_county_staff", "in_cost_of_living_rate"
SPARE_NAME = "in_position_name_spare_position"
FIXED = "count_digits"  # no input: the model fixes it
Tamper = Callable[[Cells], Cells]


@pytest.fixture(scope="module")
def path(written: WrittenWorkbooks) -> Path:
    """The workbook of the scenario to copy, cut to fourteen months."""
    return written.workbook(SMALL)


@pytest.fixture(scope="module")
def small(path: Path) -> Cells:
    return cells_of(path)


def refusal(cells: Cells) -> str:
    with pytest.raises(BudgetModelError) as refused:
        read_back(cells, FILE)
    assert str(refused.value).startswith(f"{FILE}: ")
    return str(refused.value)


# A cell by its sheet and address or an input by its name, with a part of what stands beside it: what is put there, what is said.
CHANGED: Mapping[tuple[str, str], tuple[Value, str]] = {
    ("Summary", "D6"): ("=1+1", "Summary!D6 (Salaries and Employee Benefits, dollars, FY 2019-20) is =1+1; the formula was changed; only blue"),
    ("Appropriation", "C9"): (12.5, "Appropriation!C9 (Cost, Contract monitor, Total) is 12.5; the formula was changed"),
    (FIXED, ""): (3, "Assumptions!{cell} (Digits kept before a head count is rounded up, Now) is 3; 6 was written there"),
}  # fmt: skip
TYPED: list[tuple[str, str, Value, str]] = [
    (SALARY, "", "a lot", "Assumptions!{cell} (Provider, First Area: Case manager salary) is 'a lot'; expected a number of dollars"),
    (SALARY, "", -5, "Assumptions!{cell} (Provider, First Area: Case manager salary) is -5; expected a number of dollars a year from 0"),
    (SALARY, "", "=40000*1.1", "expected a value, not a formula"),
    (SALARY, "", None, "is empty; expected a number of dollars a year"),
    (SLOTS, "low", 150, "{cell} (Sites, First Area, Participants the site can carry) is 150 participants; low must not"),
    (SLOTS, "confidence", "high", "{cell} (Sites, First Area, Participants the site can carry) is high; confidence must be low where no"),
    (SHARE, "", 3, "is 3; expected a share from 0 to 1 for each year"),
    (OPENING, "", date(2019, 10, 15), "expected the first day of a month as a date"),
    (OPENING, "", datetime(2019, 10, 1, 6), "(First Area: First month of referrals) is 2019-10-01T06:00:00; expected the first day of a month"),
    (OPENING, "", date(2018, 1, 1), "Assumptions!{cell} (Sites, First Area, First month of referrals) is"),
    (DRIVER, "", "slot", "expected one of: none, open sites, slots"),
    (DRIVER, "", "none ", "is 'none '; expected one of: none, open sites, slots"),
    (PAYS, "", 2, "is 2; expected 1 for yes or 0 for no"),
]  # fmt: skip
OF_ITSELF: list[tuple[Tamper, str]] = [
    (lambda cells: without_sheet(cells, "Calendar"), "Calendar: the sheet was removed"),
    (lambda cells: without_sheet(cells, "Record"), "the sheet 'Record' was removed"),
    (lambda cells: with_values(cells, {("Record", "C5"): "B2 1+1"}), "About!B11 is '"),
    (lambda cells: with_values(cells, {("Record", "C5"): "here and there"}), "Record!A5: the record of the workbook written there was changed"),
    (lambda cells: with_values(cells, {("Record", "A5"): None}), "Record!A5: the record of the workbook written there was changed"),
    (lambda cells: with_values(cells, {("Scenario file", "B6"): "{}"}), "Scenario file!A5: the scenario written there was changed"),
    (lambda cells: with_values(cells, {("About", "B7"): "0123456789abcdef"}), "About!B7 is '0123456789abcdef', but the scenario on the sheet"),
    (lambda cells: with_property(cells, "record hash", "0"), "property 'record hash' is '0', but the record on the sheet 'Record' has the hash"),
    (lambda cells: with_property(cells, "workbook form", "1"), "property 'workbook form' is '1', but the workbook is of form 2"),
    (lambda cells: with_property(cells, "workbook form", "9"), "property 'workbook form' is '9'; this modeler reads form 1 to 2"),
    (lambda cells: with_property(cells, "scenario hash", "0"), "property 'scenario hash' is '0', but the scenario on the sheet 'Scenario file' has the hash"),
]  # fmt: skip


def test_what_is_no_input_is_refused_all_together(small: Cells) -> None:
    cell = cell_of(small, FIXED)
    said = refusal(with_values(small, {place if place[1] else ("Assumptions", cell): value for place, (value, _) in CHANGED.items()}))
    for _, message in CHANGED.values():
        assert message.format(cell=cell) in said


def test_an_input_whose_name_is_gone_or_stands_for_another_cell_is_refused(small: Cells) -> None:
    named = f"Assumptions!{cell_of(small, SHARE)}: its name 'in_cost_of_living_rate'"
    assert f"{named} was removed" in refusal(with_name(small, SHARE, None))
    assert f"{named} now names Assumptions!C7" in refusal(with_name(small, SHARE, "Assumptions!$C$7"))


@pytest.mark.parametrize(("tamper", "message"), OF_ITSELF, ids=[message for _, message in OF_ITSELF])
def test_a_workbook_that_is_not_what_it_says_of_itself_is_refused(tamper: Tamper, message: str, small: Cells) -> None:
    assert message in refusal(tamper(small))


@pytest.mark.parametrize(("name", "part", "value", "message"), TYPED)
def test_a_value_that_cannot_be_is_refused_by_its_cell(name: str, part: str, value: Value, message: str, small: Cells) -> None:
    cell = cell_of(small, name, part)
    assert message.format(cell=cell) in refusal(with_values(small, {("Assumptions", cell): value}))


def test_a_spare_row_may_have_any_name_of_its_own(small: Cells) -> None:
    changes = {("Assumptions", cell_of(small, SPARE_NAME)): "First Area deputy 1"}
    assert [change.is_addition for change in read_back(with_values(small, changes), FILE).changes] == [True]


def test_values_that_cannot_be_are_refused_together_each_by_its_cell(path: Path, small: Cells, tmp_path: Path) -> None:
    """What a workbook itself shows with all checks passed, and what may not stand beside a number; saved by another program."""
    wrong: dict[tuple[str, str], tuple[Value, str]] = {
        (OPENING, ""): (None, "First Area: First month of referrals) is empty; expected the first day of a month"),
        (LAST, ""): (time(6), "Last month budgeted) is 06:00:00; expected the first day of a month"),
        (SLOTS, ""): (-50, "First Area: Participants the site can carry) is -50; expected a number of participants from 0"),
        (BENEFITS, ""): (5, "Program manager: Employee benefits) is 5; expected a share of salary from 0 to 1"),
        (SERVED, ""): (1.6, "Provider, First Area: Share of the site's participants served) is 1.6; expected a share from 0 to 1"),
        (SLOTS, "low"): ("60", "First Area: Participants the site can carry: low) is '60'; expected a number of participants from 0"),
        (SLOTS, "high"): (-1, "First Area: Participants the site can carry: high) is -1; expected a number of participants from 0"),
        (SLOTS, "confidence"): ("sure", "confidence) is 'sure'; expected one of: high, medium, low"),
        (SLOTS, "owner"): ("=A1", "owner) is =A1; expected a text, not a formula"),
        (SLOTS, "comment"): (True, "comment) is TRUE; expected a text"),
        (SLOTS, "kind"): ("forcast", "kind) is 'forcast'; expected one of: fact, forecast, price, decision, money asked. Did you mean"),
        (SLOTS, "confirmed_on"): ("in May", "confirmed_on) is 'in May'; expected a day such as 2019-05-01 or May 1, 2019"),
    }  # fmt: skip
    book = openpyxl.load_workbook(path)
    for place, (value, _) in wrong.items():
        book["Assumptions"][cell_of(small, *place)].value = value
    book.save(tmp_path / "wrong.xlsx")
    with pytest.raises(ScenarioError) as refused:
        read(tmp_path / "wrong.xlsx")
    said = {problem.place.partition(" ")[0]: str(problem) for problem in refused.value.problems}
    assert said.keys() == {f"Assumptions!{cell_of(small, *place)}" for place in wrong}
    assert [place for place, (_, message) in wrong.items() if message not in said[f"Assumptions!{cell_of(small, *place)}"]] == []


def test_a_workbook_of_another_scenario_is_refused(path: Path, expansion: Scenario) -> None:
    with pytest.raises(
        WorkbookError, match=r"small.xlsx: About!B7: the workbook was made from 'My scenario' .* not from 'LEAD expansion 2018'"
    ):
        import_workbook(path.read_bytes(), "small.xlsx", [expansion])


def test_a_spare_row_without_a_name_and_a_match_without_a_basis_are_refused(small: Cells) -> None:
    amount, rate = (
        ("Assumptions", cell_of(small, name)) for name in ("in_service_monthly_amount_spare_service", "in_source_match_rate_spare_source")
    )
    said = refusal(with_values(small, {amount: 500}))
    assert "Assumptions!C" in said and "(Spare service: Name) is 'Spare service'; expected a name of its own" in said
    assert "expected the line 'Match basis' of this source to be chosen as well" in refusal(with_values(small, {amount: 500, rate: 0.1}))
