"""The sheets that a county budget reader knows: summary, change tables, funders' forms, the motion, staff and money. Conventions by id."""

from __future__ import annotations

from datetime import datetime

import openpyxl
import pytest
from conftest import ROOT
from openpyxl.worksheet.worksheet import Worksheet as Sheet
from sheet_texts import line_of, texts
from written import WrittenWorkbooks

from budget_model import Scenario, load_scenario, project
from budget_model.analysis.change_lines import ChangeLine
from budget_model.analysis.change_table import change_table
from budget_model.analysis.funder_forms.template import STATE_GRANT
from budget_model.analysis.motion import crosswalk
from budget_model.analysis.pilot import HEADING, pilot_figures
from budget_model.editing.blank_items import with_blank_rows
from budget_model.scenario.confirmation import State
from budget_model.timeline import serial

pytestmark = pytest.mark.xdist_group("workbook")  # one large workbook, read twice, serves most of them


def test_the_summary_has_the_countys_form(values: openpyxl.Workbook) -> None:
    """A1, A2, A3, A7."""
    sheet = values["Summary"]
    assert [cell.value for cell in sheet[4]][1:4] == ["Unit", "Total", "FY 2018-19"]
    order = ["Gross appropriation", "Less intrafund transfers", "Net appropriation", "Less revenue", "Net county cost"]
    lines = [line_of(sheet, label) for label in order]
    assert lines == sorted(lines)
    gross, transfers, _, revenue, net = (sheet.cell(line, 3).value for line in lines)
    assert net == pytest.approx(gross - transfers - revenue, abs=0.005)
    assert {"Ongoing cost", "One-time cost", "Ongoing cost that only one-time money and its match pay"} <= set(texts(sheet))


def test_the_change_table_leads_from_the_adopted_budget_to_the_years(values: openpyxl.Workbook, moved: Scenario) -> None:
    """A4, A5, A6."""
    sheet = values["Change table"]
    heads = ["Gross appropriation ($)", "Intrafund transfer ($)", "Revenue ($)", "Net county cost ($)", "Budgeted positions"]
    assert [sheet.cell(line_of(sheet, "FY 2019-20"), column).value for column in range(2, 7)] == heads
    projection = project(with_blank_rows(moved))
    for year in projection.timeline.years:
        line = line_of(sheet, year)
        table = change_table(projection, year, with_rest=True)
        for expected in (*table.lines, *table.units):
            line = next_line(sheet, line, f"{expected.label}. {expected.text}" if expected.text else expected.label)
            assert_printed(sheet, line, expected)


def next_line(sheet: Sheet, line: int, label: str) -> int:
    """Return the next row below a line that begins with a label."""
    return next(row for row in range(line + 1, sheet.max_row + 1) if str(sheet.cell(row, 1).value).startswith(label))


def assert_printed(sheet: Sheet, line: int, expected: ChangeLine) -> None:
    shown, printed = [sheet.cell(line, column).value for column in range(2, 7)], expected.printed
    amounts = (printed.gross_appropriation, printed.intrafund_transfer, printed.revenue, printed.net_county_cost)
    assert shown == pytest.approx([*amounts, printed.budgeted_positions], abs=1e-6)
    assert all(amount % 1_000 == 0 for amount in shown[:4])


def test_each_budget_unit_has_the_countys_table_of_its_own(book: openpyxl.Workbook, values: openpyxl.Workbook, moved: Scenario) -> None:
    """A4, A6: the lines of page and command, on pages of the unit's own; what it budgets and its totals are live."""
    sheet, formulas = values["Changes by unit"], book["Changes by unit"]
    projection = project(with_blank_rows(moved))
    tables = [change_table(projection, year, with_rest=True) for year in projection.timeline.years]
    page_begins = {one.id + 1 for one in formulas.row_breaks.brk}
    for position, unit in enumerate(tables[0].by_unit):
        for year, table in zip(projection.timeline.years, tables, strict=True):
            begins = line = line_of(sheet, f"{unit.name}, {year}")
            assert year != projection.timeline.years[0] or not position or begins in page_begins
            (of_it,) = (one for one in table.by_unit if one.name == unit.name)
            for expected in of_it.lines:
                told = f"{expected.label}. {expected.heading}. {expected.text}" if expected.number else expected.label
                line = next_line(sheet, line, told)
                assert line - begins <= len(of_it.lines)
                assert_printed(sheet, line, expected)
                live = expected.subject in ("rest", "total", "closing") or (
                    expected.subject == "opening" and year != projection.timeline.years[0]
                )
                assert str(formulas.cell(line, 2).value).startswith("=") is live


def test_the_funders_form_comes_to_the_countys(values: openpyxl.Workbook, base: Scenario) -> None:
    """A15: the mapping stands in the sheet."""
    sheet = values["Funder form"]
    total, gross = (
        [sheet.cell(line_of(sheet, label), column).value for column in range(3, 4 + len(base.timeline.years))]
        for label in ("Total of the form", "Gross appropriation in the County's form")
    )
    assert total == pytest.approx(gross, abs=0.005) and total[0] > 0
    assert {"Salaries and benefits", "Community organizations", "Community providers"} <= set(texts(sheet))


def test_every_clause_of_the_motion_leads_to_cells_and_says_how_far_it_is_confirmed(
    book: openpyxl.Workbook, values: openpyxl.Workbook, moved: Scenario
) -> None:
    """B1, M0 to M2-B: the lines are those of the page and the command."""
    sheet, line = values["Crosswalk"], 5
    for answer in crosswalk(project(moved)):
        assert book["Crosswalk"].cell(line, 4).hyperlink.location.startswith(("'", answer.clause.sheet))
        assert [sheet.cell(line, column).value for column in (1, 2)] == [answer.clause.id, answer.clause.asks]
        assert [sheet.cell(line, column).value for column in (8, 9, 10)] == [answer.needed, answer.confirmed, answer.word]
        assert all(book["Crosswalk"].cell(line, column).value.startswith("=") for column in (8, 9, 10))
        for figure in answer.figures:
            assert sheet.cell(line, 5).value.startswith(figure.label)
            assert _as_number(sheet.cell(line, 6).value) == pytest.approx(figure.value, abs=0.005), figure.label
            assert figure.in_full_year is None or sheet.cell(line, 7).value == pytest.approx(figure.in_full_year, abs=0.005)
            assert book["Crosswalk"].cell(line, 6).value.startswith("="), figure.label
            line += 1
    cover = values["Cover"]
    told = {word: cover.cell(line_of(cover, f"Clauses of the motion, of 9: {word}"), 2).value for word in State}
    assert sum(told.values()) == 9 and told[State.CONFIRMED] == 0


def test_the_pilots_workbook_says_what_it_was_fitted_to_and_that_of_another_plan_does_not(
    pilot: Scenario, values: openpyxl.Workbook, written: WrittenWorkbooks
) -> None:
    path = written.workbook(pilot)
    sheet, formulas = (openpyxl.load_workbook(path, data_only=data)["Crosswalk"] for data in (True, False))
    line = line_of(sheet, HEADING) + 2
    for figure in pilot_figures(project(pilot)):
        assert sheet.cell(line, 5).value.startswith(figure.label) and sheet.cell(line, 10).value == figure.how
        assert [sheet.cell(line, column).value for column in (6, 7)] == pytest.approx([figure.model, figure.published], abs=0.005)
        assert formulas.cell(line, 6).value.startswith("=")
        line += 1
    assert "is a condition of a good forecast, and no evidence of one" in sheet.cell(line, 5).value
    assert HEADING not in texts(values["Crosswalk"])


def _as_number(value: float | datetime) -> float:
    return serial(value.date()) if isinstance(value, datetime) else value


def test_positions_show_department_step_savings_and_full_year_cost(values: openpyxl.Workbook) -> None:
    """A11, A12, A13, A14."""
    heads = {cell.value for cell in values["Position roster"][6]}
    assert {"Department", "Item", "Class", "Site", "Status", "Temporary", "Step increase", "Salary savings", "Full-year cost"} <= heads
    assert {"First month planned", "Begins"} <= heads
    by_department = set(texts(values["Staffing by department"]))
    assert {"Overtime", "Salary savings", "Full-year cost of the positions at year end (dollars a year)"} <= by_department


def test_funding_shows_status_pace_match_and_what_is_lost_and_waits_stand_beside_places(values: openpyxl.Workbook) -> None:
    """A16, A17, A18; M2-A, M2-B."""
    funding = {cell.value for row in values["Funding and match"] for cell in row}  # in two blocks
    assert {"Award", "First month", "Last month", "Match rate", "Match owed", "Match paid", "Match short", "Over-match"} <= funding
    assert {"Status", "Pace", "Constant share", "Outside money lost"} <= funding
    sheet = values["Funding and match"]
    column = {cell.value: cell.column for cell in sheet[6]}
    earned = line_of(sheet, "Drug Medi-Cal federal share")
    assert sheet.cell(earned, column["Pace"]).value == "As cost arises", "as the page says"
    assert not sheet.cell(line_of(sheet, "All"), column["Yearly amount"]).value, "sources of different years"
    care = {cell.value for row in values["Treatment and housing"] for cell in row}
    assert {
        "Places planned",
        "People waiting",
        "Expected wait at year end",
        "Longest in any month",
        "Longest wait accepted",
        "Places to add",
    } <= care


def test_the_grant_attachment_has_the_states_lines(pilot: Scenario, written: WrittenWorkbooks) -> None:
    """A15, A16: the pilot's grant and match come out, line by line."""
    sheet = openpyxl.load_workbook(written.workbook(pilot, STATE_GRANT), data_only=True)["Attachment"]
    labels = [
        "Salaries and benefits", "Services and supplies", "Professional services or public agencies", "Community organizations",
        "Data collection and evaluation", "Equipment", "Indirect",
    ]  # fmt: skip
    lines = [line_of(sheet, label) for label in labels]
    assert lines == sorted(lines)
    total = line_of(sheet, "Total")
    assert [sheet.cell(total, column).value for column in (3, 4, 5, 6)] == [5_900_000, 590_000, 0, 6_490_000]
    sums = [sum(sheet.cell(line, column).value for column in (3, 4, 5)) for line in lines]
    assert [sheet.cell(line, 6).value for line in lines] == sums
    assert [sum(sheet.cell(line, column).value for line in lines) for column in (3, 4)] == [5_900_000, 590_000]


def test_an_attachment_with_columns_prints_source_match_and_value_in_kind_as_published(written: WrittenWorkbooks) -> None:
    """A15, A16: the form's own totals, $209,310, $10,707 (of $10,706.50) and $50,000, come out by column."""
    printed = load_scenario(ROOT / "tests" / "analysis" / "published" / "three-column-template-federal-cash-inkind.yaml")
    book = openpyxl.load_workbook(written.workbook(printed, STATE_GRANT), data_only=True)
    sheet = book["By source"]
    total = line_of(sheet, "Total")
    assert [sheet.cell(total, column).value for column in (2, 3, 4, 5)] == pytest.approx([209_310, 10_706.5, 50_000, 270_016.5], abs=0.005)
    tied = [sheet.cell(total + below, 1 + below).value for below in (1, 2, 3)]
    assert tied == pytest.approx([209_310, 10_706.5, 50_000], abs=0.005)
    assert {"Columns", "Value in kind"}.isdisjoint(book.sheetnames), "the attachment's workbook shows them as assumptions"
