"""Workbooks that compare scenarios: over the months that all cover, and by the causes of the difference."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT
from office import saved_by_libreoffice
from spreadsheets import formula_cells
from written import WrittenWorkbooks

from budget_model import Change, Scenario, changed, load_scenario, project
from budget_model.analysis.bridge import bridge
from budget_model.analysis.shared_months import over_months, shared_months
from budget_model.workbook.writing.bridge_sheet import CHANGED, EQUAL

LONGEST_FORMULA = 160
Rows = list[tuple[Any, ...]]


def rows_of(path: Path, sheet: str) -> Rows:
    return list(openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True, read_only=True)[sheet].iter_rows(values_only=True))


def line_of(rows: Rows, label: str) -> tuple[Any, ...]:
    return next(row for row in rows if str(row[0]).startswith(label))


@pytest.fixture(scope="module")
def longer(pilot: Scenario) -> Scenario:
    """The pilot continued, with a smaller caseload: other months and another cost in the months that both cover."""
    continued = load_scenario(ROOT / "scenarios" / "pilot_cliff.yaml")
    return changed(continued, [Change("provider_contracts", continued.provider_contracts[0].name, "caseload", 12)])


@pytest.fixture(scope="module")
def made(pilot: Scenario, longer: Scenario, written: WrittenWorkbooks) -> Path:
    return written.comparison([pilot, longer])


def test_unlike_months_are_said_first_and_compared_over_those_that_all_cover(made: Path, pilot: Scenario, longer: Scenario) -> None:
    """Finding A13: 26 months stood beside 50 without a word."""
    rows = rows_of(made, "Comparison")
    assert rows[2][0].startswith("These scenarios cover unlike months. A: LEAD pilot 2017: May 2017 to Jun 2019, 26 months; B: ")
    assert "compared over the months that all cover, May 2017 to Jun 2019" in rows[2][0]
    assert line_of(rows, "Months shown (choose)")[1] == "Months that all cover"
    assert line_of(rows, "Months shown")[1:3] != line_of(rows, "Its last month")[1:3]
    months = shared_months([pilot.timeline, longer.timeline])
    assert months == (datetime.date(2017, 5, 1), datetime.date(2019, 6, 1))
    for label, row in (("Gross appropriation", "gross_appropriation"), ("Net county cost", "net_county_cost")):
        expected = [over_months(project(scenario), row, months) for scenario in (pilot, longer)]
        assert line_of(rows, label)[2:4] == pytest.approx(expected, abs=0.005)
    at = list(project(longer).timeline.months).index(months[1])
    positions = project(longer).monthly("all_budgeted_positions")[at]
    assert line_of(rows, "County positions")[3] == pytest.approx(positions), "counts are those of the last month that both have"


def test_scenarios_of_the_same_months_are_compared_over_all_of_them(pilot: Scenario, written: WrittenWorkbooks) -> None:
    other = changed(pilot, [Change("provider_contracts", pilot.provider_contracts[0].name, "caseload", 12)])
    rows = rows_of(written.comparison([pilot, other]), "Comparison")
    assert not rows[2][0]
    assert line_of(rows, "Months shown (choose)")[1] == "Total"
    assert line_of(rows, "Net county cost")[2] == pytest.approx(project(pilot).by_year("net_county_cost")[-1], abs=0.005)


def test_the_bridge_is_that_of_the_dashboard_by_cause(made: Path, pilot: Scenario, longer: Scenario) -> None:
    rows = rows_of(made, "Bridge")
    found = bridge(project(pilot), project(longer), months=shared_months([pilot.timeline, longer.timeline]))
    assert found.steps
    for step in found.steps:
        assert line_of(rows, step.cause.label)[3] == pytest.approx(step.effect, abs=0.005)
    assert line_of(rows, "Net county cost of A")[3] == pytest.approx(found.before, abs=0.005)
    assert line_of(rows, "Net county cost of B")[3] == pytest.approx(found.after, abs=0.005)
    assert EQUAL in [cell for row in rows for cell in row]


def test_each_model_stands_in_the_workbook_with_short_formulas(made: Path) -> None:
    names = openpyxl.load_workbook(io.BytesIO(made.read_bytes()), read_only=True).sheetnames
    assert {"Comparison", "Bridge", "A_Summary", "B_Summary", "A_Assumptions", "B_Funding"} <= set(names)
    assert not {"A_Data", "A_Change table", "B_Record"} & set(names)
    assert max(len(cell.formula) for cell in formula_cells(made).values()) <= LONGEST_FORMULA


@pytest.mark.office
def test_months_chosen_and_inputs_changed_are_followed(made: Path, longer: Scenario, tmp_path: Path) -> None:
    """A change shows in the comparison, and the bridge says that it was made before."""
    book = openpyxl.load_workbook(made)
    book["Comparison"]["B4"] = "Total"
    contract = longer.provider_contracts[0].name
    lines = [row for row in book["B_Assumptions"].iter_rows(max_col=3) if (row[0].value, row[2].value) == (contract, 12)]
    (cell,) = [row[2] for row in lines if row[1].value.startswith("Participants for each case manager")]
    cell.value = 20.0
    book.save(tmp_path / "chosen.xlsx")
    saved_by_libreoffice([(tmp_path / "chosen.xlsx", tmp_path / "office.xlsx", {})])
    rows = rows_of(tmp_path / "office.xlsx", "Comparison")
    now = project(changed(longer, [Change("provider_contracts", contract, "caseload", 20)]))
    assert line_of(rows, "Net county cost")[3] == pytest.approx(now.by_year("net_county_cost")[-1], abs=0.005)
    assert any(str(cell).startswith("LOOK: these figures are of unlike numbers of months") for row in rows[:6] for cell in row)
    assert CHANGED in [cell for row in rows_of(tmp_path / "office.xlsx", "Bridge") for cell in row]
