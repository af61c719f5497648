"""The form of the workbook: what a county budget workbook must meet. Conventions are cited by id (A1 ... E4)."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from collections import defaultdict
from pathlib import Path

import openpyxl
import pytest
import scale
from conftest import ROOT, SHIPPED, template_of_14_months
from needed import missing
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter
from sheet_texts import line_of, texts
from spreadsheets import formula_cells
from written import WrittenWorkbooks
from xlsxwriter.worksheet import Worksheet

from budget_model import Scenario, load_scenario
from budget_model.analysis.funder_forms.template import STATE_GRANT
from budget_model.analysis.workbook_content import workbook_content
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
SMALL = template_of_14_months()


def test_sheets_stand_in_the_order_of_the_template_and_none_is_hidden(book: openpyxl.Workbook, base: Scenario) -> None:
    """C1."""
    assert book.sheetnames == Book(workbook_content(base), load_template()).order
    assert book.sheetnames[:4] == ["Cover", "Summary", "Budget units", "Change table"]  # what a reader needs on paper stands first
    assert book.sheetnames[12:16] == ["Check results", "Given assumptions", "Changes by unit", "Assumptions"]
    assert {sheet.sheet_state for sheet in book} == {"visible"}


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


def _relative(formula: str, column: int) -> str:
    """Return a formula with relative columns written as distances, as R1C1 does."""

    def distance(found: re.Match[str]) -> str:
        if found[1]:
            return found[0]
        number = openpyxl.utils.column_index_from_string(found[2])
        return f"C[{number - column}]{found[3]}"

    return re.sub(r"(?<![A-Za-z!'_])(\$?)\b([A-Z]{1,3})(\$?\d+)\b(?!\()", distance, formula.replace("!", "! "))


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


def test_the_expansions_set_keeps_to_its_pages(expansion: Scenario, written: WrittenWorkbooks) -> None:
    """As the cover says; that the pages are those of the PDF is shown with paper (test_paper.py), of the expansion in the proof alone."""
    cover = openpyxl.load_workbook(io.BytesIO(written.workbook(expansion).read_bytes()), data_only=True, read_only=True)["Cover"]
    lines = [str(text) for (text,) in cover.iter_rows(max_col=1, values_only=True)]
    said = next(match for text in lines if (match := re.search(r"pages 1 to (\d+); up to page (\d+)", text)))
    of_the_set, with_given = map(int, said.groups())
    assert of_the_set <= 25
    assert with_given - of_the_set <= 15


def test_the_about_sheet_says_what_the_workbook_is(values: openpyxl.Workbook, book: openpyxl.Workbook, made: Path, base: Scenario) -> None:
    """C2, C9, C10, C11, C18, D2, D4."""
    said = texts(values["About"])
    properties = {known.name: known.value for known in book.custom_doc_props.props}
    assert properties["scenario hash"] in said and any(text.startswith("lead-expansion-2018") for text in said)
    for heading in ("Color key", "Conventions", "Known limits", "What was tested"):
        assert heading in said
    recomputed = f"{len(formula_cells(made)):,} formula cells were recomputed with IronCalc"
    assert any(text.startswith(recomputed) for text in said)
    assert any("Costs, intrafund transfers, revenue and payments are positive" in text for text in said)
    assert book.properties.title == f"LEAD budget: {base.name}"


def test_charts_are_native_described_and_beside_their_tables(book: openpyxl.Workbook, made: Path) -> None:
    """D2, D6."""
    drawings = _parts(made, "xl/drawings/drawing")
    assert sum(part.count("<c:chart ") for part in drawings) == 5, "one on the cover"
    assert all(len(text) > 60 for part in drawings for text in re.findall(r'descr="([^"]*)"', part))
    references = {found.replace("'", "") for part in _parts(made, "xl/charts/chart") for found in re.findall(r"<c:f>([^<]*)</c:f>", part)}
    assert references and all(reference.startswith(("Charts!", "Cover!")) for reference in references)
    cached = [part for part in _parts(made, "xl/charts/chart") if "<c:numCache>" in part]
    assert len(cached) == 5, "a preview draws the charts"


def _parts(path: Path, beginning: str) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name).decode() for name in archive.namelist() if name.startswith(beginning)]


def test_what_changed_names_what_differed_from_the_saved_scenario_before_the_export(values: openpyxl.Workbook, base: Scenario) -> None:
    """C14."""
    sheet = values["What changed"]
    contract = base.provider_contracts[0]
    line = line_of(sheet, f"Before this workbook was made: what differs from {base.name}")
    assert [sheet.cell(line + 1, column).value for column in range(1, 5)] == [
        contract.name, "Participants for each case manager (0: none employed)", f"{contract.caseload.number:g} participants", "21 participants",
    ]  # fmt: skip


def test_a_draft_says_what_it_was_made_from_and_what_differs_and_not_what_that_scenario_is(
    values: openpyxl.Workbook, base: Scenario
) -> None:
    """Finding: the workbook of a draft with another site carried the description of the scenario it came from."""
    about = (
        f"Made from {base.name}, with 1 difference: {base.provider_contracts[0].name}: "
        "Participants for each case manager (0: none employed) from 20 participants to 21 participants."
    )
    assert about in " ".join(texts(values["Cover"]))
    assert values.properties.description == about
    assert base.description not in " ".join(texts(values["Cover"]))
    own = base.model_copy(update={"description": "With a caseload of 21."})
    assert workbook_content(own, base=base).description == "With a caseload of 21."
    assert workbook_content(base).description == base.description


def test_the_same_scenario_gives_the_same_bytes_as_the_plain_class_writes_them(
    written: WrittenWorkbooks, random_scenarios: list[Scenario], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours leaves out a search that finds nothing; an XlsxWriter that does more than search would differ here."""
    shortest = sorted(random_scenarios, key=lambda scenario: scenario.months)[:2]
    ours, compared = workbook_of(SMALL).content, comparison_of(shortest).content
    assert ours == written.workbook(SMALL).read_bytes() and compared == written.comparison(shortest).read_bytes(), (
        "at any time, in any process"
    )
    monkeypatch.setattr(writer.ModelWorkbook, "worksheet_class", Worksheet)
    assert ours == workbook_of(SMALL).content
    assert compared == comparison_of(shortest).content


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
    site = SMALL.sites[0].model_copy(update={"law_enforcement_agencies": (hostile,)})
    scenario = SMALL.model_copy(update={"name": hostile, "description": "@SUM(1)", "sites": (site, *SMALL.sites[1:])})
    (tmp_path / "hostile.xlsx").write_bytes(workbook_of(scenario).content)
    book = openpyxl.load_workbook(tmp_path / "hostile.xlsx")
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and "cmd|" in cell.value]
    assert len(found) > 5
    assert {cell.data_type for cell in found} == {"s"}


def test_the_open_xml_validator_finds_nothing_that_excel_would_repair(
    made: Path, pilot: Scenario, random_scenarios: list[Scenario], written: WrittenWorkbooks
) -> None:
    if not VALIDATOR.exists():
        missing("the Open XML validator is not installed: run 'make test', which installs it")
    for path in (made, written.workbook(pilot, STATE_GRANT), written.comparison(random_scenarios[-3:])):
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
