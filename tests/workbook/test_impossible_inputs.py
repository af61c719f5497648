"""No impossible input passes: its check fails in two engines and names the cell, and the workbook is refused when it comes back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from string import ascii_uppercase

import pytest
from conftest import template_of_14_months
from edited_books import Cells, Value, edited, recomputed, recomputed_by_ironcalc
from edited_cells import cell_of, cells_of, with_values
from spreadsheets import read
from written import WrittenWorkbooks

from budget_model.errors import ScenarioError
from budget_model.timeline import from_serial, serial
from budget_model.workbook.reading.reader import read_back
from budget_model.workbook.sheets.sheet import SOME_FAIL

MASTER, RESULT, SINCE, KEPT = (3, 2), 3, 6, 8  # on Checks, counted from 0
SMALL = template_of_14_months()
# By the name of an input: what is put there, the check that fails for it, and what the import says. What no cell may hold:
CELLS: dict[str, tuple[Value, str, str]] = {
    "in_site_go_live_first_area": (None, "Inputs are filled in", "is empty; expected the first day of a month"),
    "in_site_slots_first_area": (-50, "Numbers are within bounds", "is -50; expected a number of participants from 0"),
    "in_benefit_rate_workers_compensation": (5, "Numbers are within bounds", "is 5; expected a share of "),
    "in_assignment_assigned_share_city_share_of_the_provider": (1.6, "Numbers are within bounds", "is 1.6; expected a share of cost from 0 to 1"),
    "in_contract_caseload_provider_first_area": ("a few", "Numbers are numbers", "is 'a few'; expected a number of participants from 0"),
    "in_contract_site_provider_first_area": (7, "Words are words", "is 7; expected"),
    "in_position_driver_clerk": ("slot", "Choices are of their list", "is 'slot'; expected one of: none, open sites, slots"),
    "in_position_keeps_its_months_clerk": (0.5, "Yes or no is 1 or 0", "is 0.5; expected 1 for yes or 0 for no"),
    "in_position_hire_month_clerk": (date(2019, 10, 15), "Months are in order", "expected the first day of a month"),
}  # fmt: skip
# What other inputs do not let be:
TOGETHER: dict[str, tuple[Value, str, str]] = {
    "in_site_go_live_second_area": (date(2022, 1, 1), "Months are the plan's", "expected a month of the scenario"),
    "in_position_last_month_program_manager": (date(2019, 6, 1), "Months are in order", "expected 2019-07"),
    "in_assignment_assigned_amount_city_share_of_the_provider": (500, "Numbers suit each other", "expected one of them: a share"),
    "in_position_annual_salary_program_manager": (
        90_000,
        "Numbers suit each other",
        "expected pay by the month, by the year or by the hour",
    ),
    "in_contract_fee_per_participant_month_provider_first_area": (100, "Numbers suit each other", "expected 0: the payment is"),
}
# What the name of a spare row may not be, and what may not stand beside a number:
NAMES: dict[str, tuple[Value, str, str]] = {
    "in_position_name_spare_position": ("program manager", "Spare rows have names", "is named twice; expected a name of its own"),
    "in_contract_name_spare_contract": ("Peers: nights", "Spare rows have names", 'expected a name without " [ ] : \\'),
    "in_contract_name_spare_contract_2": ("None", "Spare rows have names", "expected another name: this word stands for no item"),
    "in_service_monthly_amount_spare_service": (100, "Spare rows have names", "expected a name of its own: the spare row is filled in"),
}  # fmt: skip
BESIDE: dict[tuple[str, str], tuple[Value, str, str]] = {
    ("in_site_slots_first_area", "low"): (101, "Low ends are below", "low must not be above the value"),
    ("in_site_slots_first_area", "high"): ("many", "High ends are above", "is 'many'; expected a number of participants from 0"),
    ("in_source_yearly_amount_odr_net_county_cost", "high"): (1, "High ends are above", "high must not be below the value"),
    ("in_site_slots_second_area", "confidence"): ("sure", "Choices are of their list", "is 'sure'; expected one of: high, medium, low"),
    ("in_site_slots_first_area", "confidence"): ("medium", "Confidence has a source", "confidence must be low where no source is given"),
}  # fmt: skip


def fails(cells: Cells) -> dict[str, tuple[object, object]]:
    """Return item and row of each check of the sheet that fails, by its label."""
    return {str(line[1]): (line[2], line[SINCE]) for line in cells if line[RESULT] == "FAIL"}


@pytest.mark.office
@pytest.mark.parametrize("planted", [CELLS, TOGETHER], ids=["by themselves", "beside others"])
def test_an_impossible_input_fails_its_check_by_its_cell_and_is_refused(
    planted: dict[str, tuple[Value, str, str]], written: WrittenWorkbooks, tmp_path: Path
) -> None:
    path = tmp_path / "planted.xlsx"
    rows = edited(written.workbook(SMALL), path, {name: value for name, (value, _, _) in planted.items()})
    with pytest.raises(ScenarioError) as refused:
        read(path)
    for name, (_, _, said) in planted.items():
        assert any(f"Assumptions!C{rows[name]} " in problem and said in problem for problem in map(str, refused.value.problems)), name
    first: dict[str, int] = {}
    for name, (_, check, _) in planted.items():
        first[check] = min(first.get(check, rows[name]), rows[name])
    for engine, cells in recomputed(path, "Checks", tmp_path).items():
        found = fails(cells)
        assert cells[MASTER[0]][MASTER[1]] == SOME_FAIL
        assert {check: found.get(check, (None, None))[1] for check in first} == first, engine
        if planted is CELLS:
            assert found["Numbers are within bounds"][0] == "First Area: Participants the site can carry"


@pytest.fixture(scope="module")
def path(written: WrittenWorkbooks) -> Path:
    return written.workbook(SMALL)


def found_in(path: Path, changes: Mapping[str, Value]) -> tuple[Sequence[str], dict[str, object]]:
    """Change cells of Assumptions: return why the workbook is refused, and the row that each check at fault names, as IronCalc has it."""
    problems: Sequence[str] = ()
    try:
        read_back(with_values(cells_of(path), {("Assumptions", address): value for address, value in changes.items()}), path.name)
    except ScenarioError as refused:
        problems = [str(problem) for problem in refused.problems]
    return problems, {label: row for label, (_, row) in fails(recomputed_by_ironcalc(path, "Checks", changes)).items()}


@pytest.mark.parametrize("name", NAMES)
def test_a_spare_row_without_a_name_of_its_own_fails_its_check_and_is_refused(name: str, path: Path) -> None:
    """Finding: two lines of one name passed every check of the sheet, and a name with a colon ended the import without a word."""
    value, check, said = NAMES[name]
    address = cell_of(cells_of(path), name)
    (problem,), rows = found_in(path, {address: value})
    assert said in problem and re.search(r"Assumptions!C\d+ ", problem)
    named, row = int(re.search(r"Assumptions!C(\d+) ", problem)[1]), int(address.lstrip("C"))
    assert named == row or (named < row and "_name_" not in name)
    assert rows[check] == named


@pytest.mark.parametrize("place", BESIDE, ids=" ".join)
def test_what_no_number_may_have_beside_it_fails_its_check_and_is_refused(place: tuple[str, str], path: Path) -> None:
    value, check, said = BESIDE[place]
    address = cell_of(cells_of(path), *place)
    row = int(address.lstrip(ascii_uppercase))
    problems, rows = found_in(path, {address: value})
    assert any(said in problem and f"{row} (" in problem for problem in problems)
    assert rows[check] == row


def test_the_range_of_a_number_that_was_changed_goes_with_it_in_the_sheet_as_in_the_reader(path: Path) -> None:
    slots = cell_of(cells_of(path), "in_site_slots_first_area")  # its low end is 80
    problems, rows = found_in(path, {slots: 60})
    assert not problems and not rows.keys() & {check for _, check, _ in BESIDE.values()}
    assert read_back(with_values(cells_of(path), {("Assumptions", slots): 60}), path.name).scenario.sites[0].slots.low is None


@pytest.mark.office
def test_an_opening_before_its_contract_is_a_remark_with_the_month_that_can_be_kept(path: Path, tmp_path: Path) -> None:
    """Start-up takes two months from July on."""
    early = tmp_path / "early.xlsx"
    edited(path, early, {"in_site_go_live_first_area": date(2019, 7, 1)})
    assert read(early).scenario.sites[0].go_live.day == date(2019, 7, 1)
    for cells in recomputed(early, "Checks", tmp_path).values():
        (line,) = (line for line in cells if line[1] == "Site opens late" and line[RESULT] == "LOOK")
        kept = line[KEPT]
        assert line[2] == "First Area" and (serial(kept.date()) if isinstance(kept, datetime) else kept) == serial(date(2019, 9, 1))
        assert not fails(cells).keys() & {"Months are in order", "Inputs are filled in"}


@pytest.mark.office
def test_what_slips_begins_on_its_sheet_when_it_can_and_is_a_remark(path: Path, tmp_path: Path) -> None:
    """Planned for October: a hire that is two months late, and a service whose site opens two months late."""
    late = tmp_path / "late.xlsx"
    service = {"in_service_site_training_of_officers_and_partners": "First Area", "in_site_slip_months_first_area": 2}
    edited(path, late, {"in_position_slip_months_contract_monitor": 2} | service)
    for cells in recomputed(late, "Checks", tmp_path).values():
        (line,) = (line for line in cells if line[1] == "Hires or services begin late")
        assert line[RESULT] == "LOOK"
    for sheet, name in (("Position roster", "Contract monitor"), ("Service plan", "Training of officers and partners")):
        for cells in recomputed(late, sheet, tmp_path).values():
            assert planned_and_begun(cells, name) == [date(2019, 10, 1), date(2019, 12, 1)], sheet


def planned_and_begun(cells: Cells, name: str) -> list[date]:
    """Return the months in which an item of a sheet is planned to begin and does."""
    heads = next(line for line in cells if "Begins" in line)
    (line,) = (line for line in cells if line[0] == name)
    months = (line[heads.index(head)] for head in ("First month planned", "Begins"))
    return [one.date() if isinstance(one, datetime) else from_serial(float(str(one))) for one in months]


def test_a_choice_in_other_capitals_is_the_choice(path: Path) -> None:
    """As sums by key take it, and the check of choices."""
    driver = cell_of(cells_of(path), "in_position_driver_contract_monitor")
    assert read_back(with_values(cells_of(path), {("Assumptions", driver): "Open Sites"}), path.name).changes == ()
