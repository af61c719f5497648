"""The form of the workbook: what a county budget workbook must meet. Conventions are cited by id (A1 ... E4)."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import zipfile
from collections import defaultdict
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import scale
from conftest import ROOT, SHIPPED
from needed import missing
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet as Sheet
from spreadsheets import formula_cells
from written import WrittenWorkbooks
from xlsxwriter.worksheet import Worksheet

from budget_model import Change, Scenario, changed, load_scenario, project
from budget_model.analysis.change_lines import ChangeLine
from budget_model.analysis.change_table import change_table
from budget_model.analysis.funder_forms.template import STATE_GRANT
from budget_model.analysis.motion import crosswalk
from budget_model.analysis.pilot import HEADING, pilot_figures
from budget_model.analysis.workbook_content import workbook_content
from budget_model.editing.blank_items import with_blank_rows
from budget_model.scenario.confirmation import State
from budget_model.timeline import serial
from budget_model.workbook.layout.assumption_columns import COLUMN
from budget_model.workbook.layout.book import FIRST_ASSUMPTION_ROW, Book
from budget_model.workbook.layout.evidence_cells import COLUMNS, RANGE
from budget_model.workbook.layout.template import EachSite, Rows, load_template
from budget_model.workbook.writing import writer
from budget_model.workbook.writing.comparison import comparison_of
from budget_model.workbook.writing.export import workbook_of
from budget_model.workbook.writing.writer import write_workbook

pytestmark = pytest.mark.xdist_group("workbook")  # one large workbook, read twice, serves most of them
LONGEST_FORMULA = 160
ALLOWED_LITERALS = {"0", "1", "12", "100"}
ALLOWED_FUNCTIONS = {  # none volatile, none newer than Excel 2010
    "SUM", "SUMIFS", "IF", "MIN", "MAX", "ABS", "ROUND", "ROUNDUP", "CEILING", "INDEX", "MATCH", "EDATE", "COUNTIF", "COUNTIFS", "COUNTBLANK", "SMALL", "ROWS", "ISERROR", "ROW", "SUMPRODUCT", "IFERROR", "DAY", "ISNUMBER", "DATE", "VALUE", "MID", "TEXT", "EXACT", "FIND", "LEFT", "LEN", "SEARCH", "SUBSTITUTE", "TRIM",
}  # fmt: skip
YELLOW = "FFFFF2CC"
VALIDATOR = ROOT / ".venv" / "ooxml" / "node_modules" / ".bin" / "ooxml-validator"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, expansion: Scenario) -> Path:
    """The workbook of the expansion with one lever moved, so that its change log has a line."""
    contract = expansion.provider_contracts[0]
    now = changed(expansion, [Change("provider_contracts", contract.name, "caseload", 21)])
    path = tmp_path_factory.mktemp("form") / "LEAD expansion.xlsx"
    path.write_bytes(workbook_of(now, base=expansion).content)
    return path


@pytest.fixture(scope="module")
def book(made: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(made)


@pytest.fixture(scope="module")
def values(made: Path) -> openpyxl.Workbook:
    """The values stored in the file, as a preview or Protected View shows them."""
    return openpyxl.load_workbook(made, data_only=True)


def texts(sheet: Sheet) -> list[str]:
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def line_of(sheet: Sheet, label: str, column: int = 1) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, column).value == label)


def test_sheets_stand_in_the_order_of_the_template_and_none_is_hidden(book: openpyxl.Workbook, expansion: Scenario) -> None:
    """C1."""
    assert book.sheetnames == Book(workbook_content(expansion), load_template()).order
    assert book.sheetnames[:4] == ["Cover", "Summary", "Budget units", "Change table"]  # what a reader needs on paper stands first
    assert book.sheetnames[12:16] == ["Check results", "Given assumptions", "Changes by unit", "Assumptions"]
    assert {sheet.sheet_state for sheet in book} == {"visible"}


def test_the_summary_has_the_countys_form(values: openpyxl.Workbook, expansion: Scenario) -> None:
    """A1, A2, A3, A7."""
    sheet = values["Summary"]
    assert [cell.value for cell in sheet[4]][1:4] == ["Unit", "Total", "FY 2018-19"]
    order = ["Gross appropriation", "Less intrafund transfers", "Net appropriation", "Less revenue", "Net county cost"]
    lines = [line_of(sheet, label) for label in order]
    assert lines == sorted(lines)
    gross, transfers, _, revenue, net = (sheet.cell(line, 3).value for line in lines)
    assert net == pytest.approx(gross - transfers - revenue, abs=0.005)
    assert {"Ongoing cost", "One-time cost", "Ongoing cost that only one-time money and its match pay"} <= set(texts(sheet))


def test_the_change_table_leads_from_the_adopted_budget_to_the_years(values: openpyxl.Workbook, expansion: Scenario) -> None:
    """A4, A5, A6."""
    sheet = values["Change table"]
    heads = ["Gross appropriation ($)", "Intrafund transfer ($)", "Revenue ($)", "Net county cost ($)", "Budgeted positions"]
    assert [sheet.cell(line_of(sheet, "FY 2019-20"), column).value for column in range(2, 7)] == heads
    contract = expansion.provider_contracts[0]
    now = changed(expansion, [Change("provider_contracts", contract.name, "caseload", 21)])
    projection = project(with_blank_rows(now))
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


def test_each_budget_unit_has_the_countys_table_of_its_own(book: openpyxl.Workbook, values: openpyxl.Workbook, expansion: Scenario) -> None:
    """A4, A6: the lines of page and command, on pages of the unit's own; what it budgets and its totals are live."""
    sheet, formulas = values["Changes by unit"], book["Changes by unit"]
    contract = expansion.provider_contracts[0]
    projection = project(with_blank_rows(changed(expansion, [Change("provider_contracts", contract.name, "caseload", 21)])))
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


def test_the_funders_form_comes_to_the_countys(values: openpyxl.Workbook) -> None:
    """A15: the mapping stands in the sheet."""
    sheet = values["Funder form"]
    total, gross = line_of(sheet, "Total of the form"), line_of(sheet, "Gross appropriation in the County's form")
    assert [sheet.cell(total, column).value for column in range(2, 8)] == pytest.approx(
        [sheet.cell(gross, column).value for column in range(2, 8)], abs=0.005
    )
    assert {"Salaries and benefits", "Community organizations", "Community providers"} <= set(texts(sheet))


def test_every_clause_of_the_motion_leads_to_cells_and_says_how_far_it_is_confirmed(
    book: openpyxl.Workbook, values: openpyxl.Workbook, expansion: Scenario
) -> None:
    """B1, M0 to M2-B: the lines are those of the page and the command."""
    contract = expansion.provider_contracts[0]
    now = changed(expansion, [Change("provider_contracts", contract.name, "caseload", 21)])
    sheet, line = values["Crosswalk"], 5
    for answer in crosswalk(project(now)):
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


def test_every_assumption_has_unit_evidence_validation_and_room_for_an_owner(book: openpyxl.Workbook) -> None:
    """C3, C12, C17, E2: unlocked cells of the sheet are its inputs, and each has a name, a unit, a validation and a message."""
    sheet = book["Assumptions"]
    heads = [cell.value for cell in sheet[FIRST_ASSUMPTION_ROW]][:20]
    assert heads[2:10] == ["Now", "Saved", "Unit", "Source", "Note", "Who changed it", "Why", "Given"]
    assert heads[10:] == [
        "Low",
        "High",
        "Once or ongoing",
        "Confidence",
        "Date",
        "Owner",
        "Comment",
        "Kind",
        "Confirmed by",
        "Confirmed on",
    ]
    named = {
        defined.attr_text.rpartition("!")[2].replace("$", "") for name, defined in book.defined_names.items() if name.startswith("in_")
    }
    validated = {str(cells): rule for rule in sheet.data_validations.dataValidation for cells in rule.sqref.ranges}
    first, confidence = FIRST_ASSUMPTION_ROW + 1, COLUMNS["confidence"] + 1
    unlocked = {
        cell.coordinate for row in sheet.iter_rows(min_row=first, min_col=3, max_col=3) for cell in row if not cell.protection.locked
    }
    assert named == unlocked == {cells for cells in validated if cells.startswith("C")}
    offered = [cells for rule in sheet.data_validations.dataValidation for cells in rule.sqref.ranges if cells.min_col == confidence]
    confident = {row for cells in offered for row in range(cells.min_row, cells.max_row + 1)}
    assert confident == {row for row in range(first, sheet.max_row + 1) if sheet.cell(row, confidence).value}
    months = {row for row in confident if sheet.cell(row, COLUMN["unit"] + 1).value == "month"}
    for part, column in COLUMNS.items():  # a month has no range
        assert {row for row in confident if sheet.cell(row, column + 1).protection.locked} == (months if part in RANGE else set()), part
    assert all(rule.prompt and rule.error for rule in validated.values())
    assert all(sheet[f"{get_column_letter(COLUMN['unit'] + 1)}{place[1:]}"].value for place in named)
    assert {sheet[place].fill.fgColor.rgb for place in named} == {YELLOW}
    assert sheet.protection.sheet and not sheet.protection.password
    once, unit = (get_column_letter(COLUMN[name] + 1) for name in ("once", "unit"))
    money = [sheet[f"{once}{place[1:]}"].value for place in named if str(sheet[f"{unit}{place[1:]}"].value).startswith("dollars")]
    assert set(money) <= {"Ongoing", "One-time"}


@pytest.mark.parametrize(
    "file", [path for path in SHIPPED if scale.NOW.proof or path.stem in scale.OF_DIFFERENT_FORM], ids=lambda path: path.stem
)
def test_each_row_has_one_formula_and_no_hidden_constant(file: Path, written: WrittenWorkbooks) -> None:
    """C4, C5, C6, C7, C8."""
    scenario = load_scenario(file)
    book = Book(workbook_content(scenario), load_template())
    monthly = {sheet.sheet for sheet in book.template.sheets if isinstance(sheet, Rows)} | set(book.site_sheets.values())
    rows: dict[tuple[str, int, str], set[str]] = defaultdict(set)
    for (sheet, place), cell in formula_cells(written.workbook(scenario)).items():
        row, column = coordinate_to_tuple(place)
        text = re.sub(r'"[^"]*"', '""', re.sub(r"'[^']+'!", "", cell.formula))
        assert len(cell.formula) <= LONGEST_FORMULA, f"{sheet}!{place} is {len(cell.formula)} characters long"
        literals = set(re.findall(r"(?<![\w$.])\d+\.?\d*(?![\w:])", text)) - ALLOWED_LITERALS
        assert not literals, f"{sheet}!{place} holds {literals}: {cell.formula}"
        assert set(re.findall(r"([A-Z][A-Z.0-9]*)\(", text)) <= ALLOWED_FUNCTIONS, f"{sheet}!{place}: {cell.formula}"
        assert "[" not in text, "no link to another workbook"
        if sheet in monthly and row > 5 and column - 1 not in book.columns.keys:
            at = column - 1
            kind = "years" if at in book.columns.years else "months" if at in book.columns.months else str(at)
            rows[sheet, row, kind].add(_relative(cell.formula, column))
    assert rows
    assert not [(key, found) for key, found in rows.items() if len(found) > 1][:5]


def test_every_number_is_formatted_and_no_data_is_merged(book: openpyxl.Workbook) -> None:
    """C16, D4: a note above a table may stand across it, where it takes more than a line."""
    for sheet in book:
        assert all((merged.min_row, merged.max_row, merged.min_col) == (3, 3, 1) for merged in sheet.merged_cells.ranges), sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                number = isinstance(cell.value, (int, float)) or (cell.data_type == "f" and cell.number_format != "General")
                assert not number or cell.number_format != "General", f"{sheet.title}!{cell.coordinate}"


def test_every_sheet_prints_on_letter_paper_and_says_whether_checks_pass(book: openpyxl.Workbook, values: openpyxl.Workbook) -> None:
    """C13, C15, D3: the result of the checks stands in a cell of each sheet, which each of its pages repeats."""
    for sheet in book:
        setup = sheet.page_setup
        assert (setup.orientation, int(setup.paperSize)) == ("landscape", 1), sheet.title
        assert not sheet.sheet_properties.pageSetUpPr.fitToPage, "fitted to pages, Excel heeds no break that was set"
        assert sheet.print_area and "&A, page &P" in sheet.oddFooter.center.text
        assert "ALL CHECKS PASS" in [cell.value for cell in values[sheet.title][2]], sheet.title
        if sheet.title not in {"Cover", "About"}:
            assert sheet.freeze_panes or sheet.title == "Charts", sheet.title
    checks = [[cell.value for cell in row] for row in values["Checks"].iter_rows(min_row=9)]
    assert {result for kind, _, _, result, *_ in checks if kind in ("Fault", "Duty")} == {"PASS"}
    assert {result for kind, _, _, result, *_ in checks if kind == "Remark"} == {"LOOK", "none"}
    assert book["Checks"].auto_filter.ref == f"A8:J{8 + len(checks)}", "a reader may look at FAIL and LOOK alone"
    assert line_of(values["Checks"], "No error", 2)
    looks = sum(result == "LOOK" for _, _, _, result, *_ in checks)
    assert values["Cover"].cell(line_of(values["Cover"], "Remarks to look at, on the Checks sheet"), 2).value == looks


def test_the_expansions_set_keeps_to_its_pages(values: openpyxl.Workbook) -> None:
    """As the cover says; that the pages are those of the PDF is shown with paper (test_paper.py), of the expansion in the proof alone."""
    said = next(match for text in texts(values["Cover"]) if (match := re.search(r"pages 1 to (\d+); up to page (\d+)", text)))
    of_the_set, with_given = map(int, said.groups())
    assert of_the_set <= 25
    assert with_given - of_the_set <= 15


def test_the_about_sheet_says_what_the_workbook_is(values: openpyxl.Workbook, book: openpyxl.Workbook, made: Path) -> None:
    """C2, C9, C10, C11, C18, D2, D4."""
    said = texts(values["About"])
    properties = {known.name: known.value for known in book.custom_doc_props.props}
    assert properties["scenario hash"] in said and "lead-expansion-2018" in said
    for heading in ("Color key", "Conventions", "Known limits", "What was tested"):
        assert heading in said
    recomputed = f"{len(formula_cells(made)):,} formula cells were recomputed with IronCalc"
    assert any(text.startswith(recomputed) for text in said)
    assert any("Costs, intrafund transfers, revenue and payments are positive" in text for text in said)
    assert book.properties.title == "LEAD budget: LEAD expansion 2018"


def test_charts_are_native_described_and_beside_their_tables(book: openpyxl.Workbook, made: Path) -> None:
    """D2, D6."""
    drawings = _parts(made, "xl/drawings/drawing")
    assert sum(part.count("<c:chart ") for part in drawings) == 5, "one on the cover"
    assert all(len(text) > 60 for part in drawings for text in re.findall(r'descr="([^"]*)"', part))
    references = {found.replace("'", "") for part in _parts(made, "xl/charts/chart") for found in re.findall(r"<c:f>([^<]*)</c:f>", part)}
    assert references and all(reference.startswith(("Charts!", "Cover!")) for reference in references)
    cached = [part for part in _parts(made, "xl/charts/chart") if "<c:numCache>" in part]
    assert len(cached) == 5, "a preview draws the charts"


def test_what_changed_names_what_differed_from_the_saved_scenario_before_the_export(values: openpyxl.Workbook, expansion: Scenario) -> None:
    """C14."""
    sheet = values["What changed"]
    contract = expansion.provider_contracts[0]
    line = line_of(sheet, "Before this workbook was made: what differs from LEAD expansion 2018")
    assert [sheet.cell(line + 1, column).value for column in range(1, 5)] == [
        contract.name, "Participants for each case manager (0: none employed)", f"{contract.caseload.number:g} participants", "21 participants",
    ]  # fmt: skip


def test_a_draft_says_what_it_was_made_from_and_what_differs_and_not_what_that_scenario_is(
    values: openpyxl.Workbook, expansion: Scenario
) -> None:
    """Finding: the workbook of a draft with another site carried the description of the scenario it came from."""
    about = (
        f"Made from LEAD expansion 2018, with 1 difference: {expansion.provider_contracts[0].name}: "
        "Participants for each case manager (0: none employed) from 20 participants to 21 participants."
    )
    assert about in " ".join(texts(values["Cover"]))
    assert values.properties.description == about
    assert expansion.description not in " ".join(texts(values["Cover"]))
    own = expansion.model_copy(update={"description": "With a caseload of 21."})
    assert workbook_content(own, base=expansion).description == "With a caseload of 21."
    assert workbook_content(expansion).description == expansion.description


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


def test_the_same_scenario_gives_the_same_bytes_as_the_plain_class_writes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours leaves out a search that finds nothing; an XlsxWriter that does more than search would differ here."""
    scenario = load_scenario(ROOT / "templates" / "scenario.yaml")

    def contents() -> list[str]:
        both = (workbook_of(scenario), comparison_of([scenario, scenario.model_copy(update={"name": "Another"})]))
        return [hashlib.sha256(one.content).hexdigest() for one in both]

    ours = contents()
    assert ours == contents()
    monkeypatch.setattr(writer.ModelWorkbook, "worksheet_class", Worksheet)
    assert ours == contents()


def test_the_check_of_errors_covers_a_summary_of_any_length(pilot: Scenario) -> None:
    layout = load_template()
    summary = next(sheet for sheet in layout.sheets if sheet.kind == "summary")
    longer = summary.model_copy(update={"sections": summary.sections * 4})
    sheets = tuple(longer if sheet is summary else sheet for sheet in layout.sheets)
    cells = write_workbook(workbook_content(pilot), layout.model_copy(update={"sheets": sheets})).cells
    last = 1 + max(row for sheet, row, _ in cells if sheet == "Summary")
    (formula,) = [cell.formula for (sheet, _, _), cell in cells.items() if sheet == "Checks" and "ISERROR" in cell.formula]
    assert last > 300 and f"${last})" in formula


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    """E1, E2, E3."""
    hostile = "=cmd|' /C calc'!A1"
    scenario = load_scenario(ROOT / "templates" / "scenario.yaml")
    site = scenario.sites[0].model_copy(update={"law_enforcement_agencies": (hostile,)})
    scenario = scenario.model_copy(update={"name": hostile, "description": "@SUM(1)", "sites": (site, *scenario.sites[1:])})
    (tmp_path / "hostile.xlsx").write_bytes(workbook_of(scenario).content)
    book = openpyxl.load_workbook(tmp_path / "hostile.xlsx")
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and "cmd|" in cell.value]
    assert len(found) > 5
    assert {cell.data_type for cell in found} == {"s"}


def test_the_open_xml_validator_finds_nothing_that_excel_would_repair(made: Path, pilot: Scenario, written: WrittenWorkbooks) -> None:
    if not VALIDATOR.exists():
        missing("the Open XML validator is not installed: run 'make test', which installs it")
    pilots = [pilot, load_scenario(ROOT / "scenarios" / "pilot_cliff.yaml")]
    for path in (made, written.workbook(pilot, STATE_GRANT), written.comparison(pilots)):
        said = json.loads(subprocess.run([VALIDATOR, path], capture_output=True, text=True, check=False).stdout)
        assert said["ok"], said["errors"][:3]


def test_a_layout_is_an_edit_in_the_template(pilot: Scenario) -> None:
    """Another order and another label need no Python."""
    layout = load_template()
    summary = next(sheet for sheet in layout.sheets if sheet.kind == "summary")
    relabeled = summary.sections[0].rows[0].model_copy(update={"label": "Class"})
    section = summary.sections[0].model_copy(update={"rows": (relabeled, *summary.sections[0].rows[1:])})
    moved = summary.model_copy(update={"sections": (section,)})
    others = tuple(sheet for sheet in layout.sheets if not isinstance(sheet, EachSite) and sheet is not summary)
    written = write_workbook(workbook_content(pilot), layout.model_copy(update={"sheets": (moved, *others)}))
    assert {sheet for sheet, _, _ in written.cells}.isdisjoint({site.name for site in pilot.sites})
    sheet = openpyxl.load_workbook(io.BytesIO(written.content)).worksheets[0]
    assert (sheet.title, sheet.cell(6, 1).value) == ("Summary", "Class: Salaries and Employee Benefits")


def _parts(path: Path, beginning: str) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name).decode() for name in archive.namelist() if name.startswith(beginning)]


def _relative(formula: str, column: int) -> str:
    """Return a formula with relative columns written as distances, as R1C1 does."""

    def distance(found: re.Match[str]) -> str:
        if found[1]:
            return found[0]
        number = openpyxl.utils.column_index_from_string(found[2])
        return f"C[{number - column}]{found[3]}"

    return re.sub(r"(?<![A-Za-z!'_])(\$?)\b([A-Z]{1,3})(\$?\d+)\b(?!\()", distance, formula.replace("!", "! "))
