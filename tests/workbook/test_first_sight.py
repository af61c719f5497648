"""What one sees when one opens the workbook: months at once, one place for totals, words in color, where one is, what it comes to."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import ironcalc
import openpyxl
import pytest
import scale
from conftest import ROOT, template_of_14_months
from needed import needs
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet as Sheet
from pictures_of_sheets import SCREEN_WIDTH, columns_seen
from spreadsheets import cells_of_names
from written import WrittenWorkbooks
from xlsxwriter.utility import xl_pixel_width

from budget_model import Change, Scenario, changed, load_scenario, project
from budget_model.analysis.funder_forms.template import STATE_GRANT
from budget_model.analysis.workbook_content import SavedVersion, workbook_content
from budget_model.formats import dollars
from budget_model.workbook.layout.book import FIRST_ROW, HEAD_ROW, LABEL, TOTAL, UNIT, Book
from budget_model.workbook.layout.sheet_kinds import TAB_COLORS, SheetKind
from budget_model.workbook.layout.template import EachSite, Items, Rows, load_template
from budget_model.workbook.layout.widths import MONTHS_SEEN, pixels, zoom
from budget_model.workbook.sheets.item_sheet import column_texts, items_of_column
from budget_model.workbook.sheets.sheet import SOME_FAIL
from budget_model.workbook.writing.export import workbook_of

pytestmark = pytest.mark.xdist_group("workbook")
SMALL = template_of_14_months()
BESIDE_CELLS = 100  # pixels: row numbers, outline, scroll bar
BOLD, EDGES = 1.07, 5  # how much wider bold letters are, and what a column's edges take, in pixels
RED = "FFFFC7CE"
GAPS = ("pilot_2017", "pilot_cliff")  # without a funding gap, and with one


@pytest.fixture(scope="module")
def path(pilot: Scenario, written: WrittenWorkbooks) -> Path:
    return written.workbook(pilot)


@pytest.fixture(scope="module")
def values(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path, data_only=True)


@pytest.fixture(scope="module")
def formats(path: Path) -> openpyxl.Workbook:
    """Its formulas, links and rules of color."""
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="module")
def book(pilot: Scenario) -> Book:
    return Book(workbook_content(pilot), load_template())


def with_months(book: Book) -> list[str]:
    rows = [sheet.sheet for sheet in book.template.sheets if isinstance(sheet, Rows)]
    return [*rows, *(book.site_sheets.values() if any(isinstance(sheet, EachSite) for sheet in book.template.sheets) else ())]


def seen(sheet: Sheet) -> list[int]:
    """The columns, from 0, that a screen of 1600 pixels shows whole when the sheet is opened, at the sheet's zoom."""
    dimensions = {index - 1: each for each in sheet.column_dimensions.values() for index in range(each.min, each.max + 1)}
    room = (SCREEN_WIDTH - BESIDE_CELLS) * 100 / (sheet.sheet_view.zoomScale or 100)
    found = []
    for column in range(sheet.max_column):
        width = dimensions[column]
        room -= 0 if width.hidden else int(7 * width.width + 0.5)  # the file counts the edges among the letters
        if room < 0:
            break
        if not width.hidden:
            found.append(column)
    return found


def test_a_year_of_months_is_seen_beside_label_total_and_fiscal_years(book: Book, values: openpyxl.Workbook) -> None:
    for name in with_months(book):
        sheet, columns = values[name], book.columns
        assert len(set(seen(sheet)) & set(columns.months)) >= MONTHS_SEEN, name
        assert {LABEL, UNIT, TOTAL, *columns.years} <= set(seen(sheet)), name
        assert sheet.freeze_panes == f"{get_column_letter(TOTAL + 2)}{FIRST_ROW + 1}", name
        folded = [sheet.column_dimensions[get_column_letter(column + 1)] for column in (columns.keys.start, columns.opening)]
        assert all(each.hidden and each.outlineLevel == 1 for each in folded), name


@pytest.mark.parametrize("years", range(1, 12))
def test_the_zoom_lets_a_year_of_months_in_whatever_the_number_of_fiscal_years(years: int) -> None:
    assert 60 <= zoom(years) <= 100 and zoom(years) <= zoom(max(1, years - 1))


def test_months_are_seen_in_libreoffice(path: Path, book: Book) -> None:
    if not scale.NOW.proof:
        pytest.skip("the proof of a release opens it on a screen")
    needs("Xvfb"), needs("soffice", "libreoffice")
    for name, columns in columns_seen(path, ("Participants", "Funding", "Appropriation")).items():
        assert len(set(columns[:-1]) & set(book.columns.months)) >= MONTHS_SEEN, name  # the last may be seen in part


def test_label_unit_total_and_years_stand_in_the_same_columns_everywhere(book: Book, values: openpyxl.Workbook) -> None:
    """C8."""
    expected = ["Unit", "Total", *book.projection.timeline.years]
    heads = dict.fromkeys(with_months(book), HEAD_ROW + 1) | {"Summary": 4, "Budget units": 4, "Funder form": 4, "Charts": 6}
    cover = values["Cover"]
    heads["Cover"] = next(row for row in range(1, cover.max_row) if cover.cell(row, 1).value == "Headline figures")
    for name, row in heads.items():
        assert [values[name].cell(row, column + 1).value for column in range(UNIT, UNIT + len(expected))] == expected, name


def test_lines_that_say_yes_or_no_are_folded_away_and_all_lines_grouped_under_their_headings(book: Book, values: openpyxl.Workbook) -> None:
    for block in book.blocks.values():
        if not block.repeats:
            rows = values[block.sheet].row_dimensions
            lines = [rows[line + 1] for line in range(block.first, block.last + 1)]
            assert {line.outlineLevel for line in lines} <= {1} and not rows[block.top + 1].outlineLevel
            assert {bool(line.hidden) for line in lines} <= {block.row.unit == "1 = yes"}, block.row.name


def test_what_fails_is_red_and_says_so_on_every_sheet(formats: openpyxl.Workbook) -> None:
    for sheet in formats:
        status = next(cell for cell in sheet[2] if "!$C$4" in str(cell.value))
        rules = [rule for area in sheet.conditional_formatting if status.coordinate in area for rule in area.rules]
        red = [rule for rule in rules if rule.dxf.fill.bgColor.rgb == RED]
        assert {"FAIL" in " ".join(rule.formula) or rule.type == "containsErrors" for rule in red} == {True} and len(red) == 2, sheet.title
        assert status.hyperlink.location.startswith("Checks!"), sheet.title
    results = formats["Checks"]
    column = next(cell for row in results.iter_rows(max_row=12) for cell in row if cell.value == "Result")
    last = results.cell(results.max_row, column.column).coordinate
    assert any(last in area and any(rule.dxf.fill.bgColor.rgb == RED for rule in area.rules) for area in results.conditional_formatting)


def test_a_plan_that_fails_says_so_at_the_top_of_every_sheet() -> None:
    source = next(source for source in SMALL.funding_sources if source.match)
    short = changed(SMALL, [Change("funding_sources", source.name, "match.pledged", 0.0)])
    made = openpyxl.load_workbook(io.BytesIO(workbook_of(short).content), data_only=True)
    assert {SOME_FAIL in [cell.value for cell in sheet[2]] for sheet in made} == {True}


def test_tabs_are_colored_by_what_a_sheet_is_for_and_the_cover_says_the_same_in_words(book: Book, formats: openpyxl.Workbook) -> None:
    assert set(book.kinds.values()) == set(SheetKind)
    cover, listed = formats["Cover"], {}
    for row in range(1, cover.max_row + 1):
        if (link := cover.cell(row, 1).hyperlink) is not None:
            listed[link.location.rpartition("!")[0].strip("'")] = (cover.cell(row, 2).value, cover.cell(row, 3).value)
    assert set(listed) == set(book.order) - {"Cover"}
    for name, kind in book.kinds.items():
        assert formats[name].sheet_properties.tabColor.rgb == f"FF{TAB_COLORS[kind].removeprefix('#')}"
        if name != "Cover":
            assert listed[name][0] == kind and listed[name][1], name
            assert formats[name]["A2"].hyperlink.location == "Cover!A1", name


@pytest.mark.parametrize("name", GAPS)
def test_the_cover_has_the_scenarios_name_its_message_and_its_figures_by_year(name: str, written: WrittenWorkbooks) -> None:
    scenario = load_scenario(ROOT / "scenarios" / f"{name}.yaml")
    projection = project(scenario)
    made = written.workbook(scenario)
    cover, formats = (openpyxl.load_workbook(made, data_only=data)["Cover"] for data in (True, False))
    assert cover["A1"].value == scenario.name and cover["A2"].value == "Draft, not saved"
    assert str(cover["A3"].value).startswith("Budget of Law Enforcement Assisted Diversion")
    told = {row[1].value: row for row in formats.iter_rows() if str(row[1].value).startswith('="')}
    assert len(told) >= 5, "sentences are formulas, which follow what is changed"
    said = " ".join(str(cell.value) for cell in cover["B"])
    gross, net, gap = (projection.by_year(row)[-1] for row in ("gross_appropriation", "net_county_cost", "funding_gap"))
    assert dollars(gross) in said and dollars(net) in said
    assert "Of all that sources pay, or would pay, " in said
    labels = [str(cell.value) for cell in cover["A"]]
    assert "Net county cost, authorized or asked for" in labels, "what is only asked of the County is not called authorized"
    assert ("There is no funding gap." in said) == (gap == 0) and (gap == 0 or f"No source pays {dollars(gap)}" in said)
    line = next(row for row in cover.iter_rows() if row[0].value == "Net county cost")
    assert [cell.value for cell in line[TOTAL + 1 : TOTAL + 1 + len(projection.timeline.years)]] == pytest.approx(
        projection.by_year("net_county_cost")[:-1].tolist(), abs=0.005
    )
    assert all('"$"' in cell.number_format for cell in line[TOTAL : TOTAL + 3])
    assert len(formats._charts) == 1


def test_the_message_follows_what_is_changed(path: Path, pilot: Scenario) -> None:
    """With no County money of its own, the pilot has a gap, and the cover says how large."""
    paying = [source.name for source in pilot.funding_sources if source.yearly_amount.value]
    without = changed(pilot, [Change("funding_sources", name, "yearly_amount", 0.0) for name in paying])
    gap = project(without).by_year("funding_gap")[-1]
    names = cells_of_names(path)
    model = ironcalc.load_from_xlsx(str(path))
    sheets = [sheet["name"] for sheet in model.get_worksheets_properties()]
    for name in (name for name in names if name.startswith("in_source_yearly_amount") and "spare" not in name):
        model.set_user_input(sheets.index("Assumptions"), *coordinate_to_tuple(names[name][1]), "0")
    model.evaluate()
    said = [str(model.get_cell_value(sheets.index("Cover"), row, 2)) for row in range(1, 40)]
    assert gap > 0 and f"No source pays {dollars(gap)}: the funding gap." in said


def test_the_version_who_saved_it_when_and_why_stand_on_cover_about_every_sheet_and_in_the_properties() -> None:
    saved = SavedVersion(3, "A. Ruiz", "Beds from January", "2018-10-09T17:05:00Z")
    made = openpyxl.load_workbook(io.BytesIO(workbook_of(SMALL, saved=saved).content), data_only=True)
    for name in ("Cover", "About"):
        said = " ".join(str(cell.value) for row in made[name].iter_rows() for cell in row)
        assert "3, saved by A. Ruiz on October 9, 2018" in said and "Beds from January" in said, name
    assert {sheet["A2"].value for sheet in made} == {"Version 3", f"Cover: {SMALL.name}, version 3"}
    properties = made.properties
    assert (properties.creator, properties.contentStatus, f"{properties.created:%Y-%m-%d}") == ("A. Ruiz", "version 3", "2018-10-09")
    assert "Beds from January" in properties.keywords and properties.description == SMALL.description


def test_charts_begin_at_zero_and_say_what_they_show(path: Path, values: openpyxl.Workbook) -> None:
    """D2: the funding chart has each source after its status."""
    with zipfile.ZipFile(path) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        drawings = "".join(archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/drawings/drawing"))
    assert len(charts) == 5 and all('<c:min val="0"/>' in chart for chart in charts)
    assert all(len(text) > 100 for text in re.findall(r'descr="([^"]*)"', drawings))
    said = {cell.value for cell in values["Charts"]["A"]}
    assert {"Awarded: BSCC LEAD grant", "Awarded: ODR net county cost"} <= said


def test_no_word_of_a_list_is_broken(book: Book, values: openpyxl.Workbook) -> None:
    """Finding: "Cost reimbursemen", and below it "t", in the contract plan. Hyphens may end a line, and addresses break where they must."""
    for declared in (sheet for sheet in book.template.sheets if isinstance(sheet, Items)):
        widths = {at: each.width for each in values[declared.sheet].column_dimensions.values() for at in range(each.min, each.max + 1)}
        for about in declared.columns:
            column, *_ = items_of_column(declared, 1, about)
            room = pixels(round(widths[column + 1]) - 1)
            texts = column_texts(book, declared, about.heading) if about.field else []
            words = {word for text in texts for word in re.split(r"[\s-]+", text) if "/" not in word}
            assert not [word for word in words if xl_pixel_width(word) > room], (declared.sheet, about.heading)
            heading = max(re.split(r"[\s-]+", about.heading), key=xl_pixel_width)
            assert BOLD * xl_pixel_width(heading) <= pixels(round(widths[column + 1])) - EDGES, (declared.sheet, heading)


def test_spare_rows_are_faint_until_somebody_names_them(values: openpyxl.Workbook) -> None:
    """Finding: among the positions of a printed request stood two that nobody asks for, looking like the others."""
    for sheet, spare in (
        ("Position roster", "Spare position"),
        ("Summary", "Spare source"),
        ("Change table", "Spare contract: not filled in"),
    ):
        row = next(cell.row for (cell,) in values[sheet].iter_rows(max_col=1) if cell.value == spare)
        rules = [rule for area in values[sheet].conditional_formatting if f"A{row}" in area.sqref for rule in area.rules]
        assert [rule.formula for rule in rules] == [[f'$A{row}="{spare}"']]


def test_no_text_is_cut_by_what_stands_beside_it(path: Path, pilot: Scenario, written: WrittenWorkbooks) -> None:
    """Finding: "Fiscal year shown (choose", and on a form the scenario's name below ALL CHECKS PASS; a PDF holds the whole text, cut or not."""
    short = template_of_14_months()
    named = short.model_copy(update={"name": "A plan with a name as long as names may be, " * 2 + "and more"})
    made = (path, written.workbook(pilot, STATE_GRANT), io.BytesIO(workbook_of(named).content))
    for book in (openpyxl.load_workbook(one, data_only=True) for one in made):
        read = [sheet for sheet in book if sheet.title not in ("Scenario file", "Record")]
        cut = [f"{sheet.title}!{cell.coordinate}: {cell.value}" for sheet in read for cell in cut_texts(sheet)]
        assert not cut, f"{len(cut)} texts, such as {cut[:5]}"


def cut_texts(sheet: Sheet) -> list[Cell]:
    """The cells in sight whose text runs on into another cell that is filled in: those that neither wrap nor shrink."""
    dimensions = {index: each for each in sheet.column_dimensions.values() for index in range(each.min, each.max + 1)}
    hidden = {index for index, each in dimensions.items() if each.hidden}
    merged = {at for area in sheet.merged_cells.ranges for line in area.rows for at in line}

    def room(columns: range) -> float:
        widths = (dimensions[column].width - 1 if column in dimensions else 8.43 for column in columns if column not in hidden)
        return sum(pixels(round(width, 1)) for width in widths)

    found = []
    for row in sheet.iter_rows():
        filled = [cell for cell in row if cell.value not in (None, "")]
        for cell, beside in pairwise(filled):
            is_fitted = cell.alignment.wrap_text or cell.alignment.shrink_to_fit or (cell.row, cell.column) in merged
            if isinstance(cell.value, str) and not is_fitted and cell.column not in hidden:
                taken = xl_pixel_width(cell.value) * cell.font.sz / 11 + 9 * cell.alignment.indent
                if taken > room(range(cell.column, beside.column)):
                    found.append(cell)
    return found
