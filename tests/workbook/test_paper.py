"""The workbook on paper, by LibreOffice: pages, letters, how far they are filled, and that nothing of the set is cut."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
import scale
from conftest import EXPANSION, PILOT, template_of_14_months
from hypothesis import given
from hypothesis import strategies as st
from needed import missing, needs
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from paper import Page, pages_of
from written import WrittenWorkbooks

from budget_model import load_scenario, project
from budget_model.__main__ import main
from budget_model.analysis.budget_units import units
from budget_model.analysis.workbook_content import SavedVersion
from budget_model.commands.shared import BAD_INPUT
from budget_model.errors import WorkbookError
from budget_model.workbook.layout.paper import Printed, page_breaks
from budget_model.workbook.writing import pdf
from budget_model.workbook.writing.export import workbook_of
from budget_model.workbook.writing.pdf import pdf_of, printed
from budget_model.workbook.writing.writer import Written

pytestmark = pytest.mark.xdist_group("paper")  # one PDF serves most of them
SMALLEST = 7.0  # points
LEAST_FILLED = 1 / 3
MOST_PAGES = {"pilot_2017": 25, "expansion_2018": 25}
MOST_GIVEN = 15
GIVEN = "Given assumptions"
DRAWN, LINES_ALONE = {"Charts"}, {"Data"}  # what ends with a picture; of what only lines of text above a table are printed
SAVED = SavedVersion(3, "Ana Ruiz", "Two more case managers & a later opening in the Antelope Valley", "2018-11-05T17:30:00+00:00")
ON_PAPER = re.compile(r"pages 1 to (\d+)")


class OnPaper(NamedTuple):
    """A scenario's workbook, read by openpyxl with the values stored in it, and the pages of its PDF."""

    name: str
    written: Written
    sheets: dict[str, Worksheet]
    pages: list[Page]


@pytest.fixture(scope="module", params=[PILOT, *([EXPANSION] if scale.NOW.proof else [])], ids=lambda path: path.stem)
def on_paper(request: pytest.FixtureRequest) -> OnPaper:
    """The set of a saved version and what the scenario gives behind it, as LibreOffice prints them."""
    needs("soffice", "libreoffice")
    if "Carlito" not in subprocess.run([needs("fc-match"), "Calibri"], capture_output=True, text=True).stdout:
        missing("No font is as wide as Calibri: run 'make test', which installs Carlito")
    written = workbook_of(load_scenario(request.param), saved=SAVED)
    book = openpyxl.load_workbook(io.BytesIO(written.content), data_only=True)
    pages = pages_of(printed(written.content, len(written.printed) + 1, written.pages))
    return OnPaper(request.param.stem, written, {sheet.title: sheet for sheet in book.worksheets}, pages)


def _area(sheet: Worksheet) -> tuple[int, int]:
    """Return the last row and column that are printed."""
    *_, last_column, last_row = range_boundaries(sheet.print_area.partition("!")[2])
    return last_row, last_column


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.office
def test_the_set_has_the_pages_that_its_cover_says_and_each_footer_counts(on_paper: OnPaper) -> None:
    said = next(
        match for (cell,) in on_paper.sheets["Cover"].iter_rows(max_col=1, values_only=True) if (match := ON_PAPER.search(str(cell)))
    )
    numbers = [page.number for page in on_paper.pages]
    of_set = [page for page in numbers if page[2]]
    assert int(said[1]) == on_paper.written.pages == len(of_set) <= MOST_PAGES[on_paper.name]
    assert list(dict.fromkeys(sheet for sheet, *_ in numbers)) == [*on_paper.written.printed, GIVEN]
    assert [number for _, number, _ in numbers] == list(range(1, len(numbers) + 1))
    assert {of for _, _, of in of_set} == {len(of_set)}
    assert len(numbers) - len(of_set) <= MOST_GIVEN


@pytest.mark.office
def test_each_page_names_scenario_version_author_day_and_reason(on_paper: OnPaper) -> None:
    for page in on_paper.pages:
        footer = _bare(page.footer)
        for text in (
            load_scenario(PILOT).name if on_paper.name == PILOT.stem else "LEAD expansion",
            "version 3",
            SAVED.author,
            "2018-11-05",
            SAVED.reason[:40],
        ):
            assert _bare(text) in footer


def test_a_draft_says_so_in_the_footer(written: WrittenWorkbooks) -> None:
    book = openpyxl.load_workbook(written.workbook(template_of_14_months()))
    assert all("draft, not saved" in sheet.oddFooter.left.text for sheet in book.worksheets)


@pytest.mark.office
def test_letter_landscape_with_letters_of_seven_points_and_more_and_no_page_nearly_empty(on_paper: OnPaper) -> None:
    names = [page.number[0] for page in on_paper.pages]
    for number, page in enumerate(on_paper.pages, 1):
        assert (page.width, page.height) == (792, 612)
        assert page.smallest >= SMALLEST, f"page {number}, {names[number - 1]}"
        last_of_section = number == len(names) or names[number] != names[number - 1]
        assert last_of_section or page.filled >= LEAST_FILLED, f"page {number}, {names[number - 1]}: {page.filled:.0%}"


@pytest.mark.office
def test_no_text_of_the_set_is_cut(on_paper: OnPaper) -> None:
    """Each text that stands within the area that is printed is found whole on the pages of its sheet."""
    for name in [*on_paper.written.printed, GIVEN]:
        sheet = on_paper.sheets[name]
        found = _bare("".join(one.text for page in on_paper.pages if page.number[0] == name for one in page.body))
        last_row, last_column = _area(sheet)
        cells = [cell for row in sheet.iter_rows(max_row=last_row, max_col=last_column) for cell in row if isinstance(cell.value, str)]
        cut = [f"{cell.coordinate}: {cell.value}" for cell in cells if _bare(cell.value) not in found]
        assert not cut, f"{name}: {len(cut)} of {len(cells)} texts are not on paper whole, such as {cut[:5]}"


@pytest.mark.office
def test_no_figure_of_the_set_is_too_wide_for_its_column(on_paper: OnPaper) -> None:
    assert not [one.text for page in on_paper.pages for one in page.body if "###" in one.text]


def test_no_fiscal_year_of_the_change_table_is_broken(on_paper: OnPaper) -> None:
    sheet = on_paper.sheets["Change table"]
    begins = {sheet.cell(one.id + 1, 1).value for one in sheet.row_breaks.brk}
    assert len(begins) == len(sheet.row_breaks.brk)
    assert all(re.match(r"FY \d{4}-\d\d$|Of it, by rows", str(text)) for text in begins)


def test_no_budget_unit_is_broken(on_paper: OnPaper) -> None:
    """Finding: the pilot's Sheriff began on one page and ended on the next."""
    sheet = on_paper.sheets["Budget units"]
    begins = {sheet.cell(one.id + 1, 1).value for one in sheet.row_breaks.brk}
    assert begins and begins <= {*units(project(load_scenario(PILOT if on_paper.name == PILOT.stem else EXPANSION))), "All units"}


def test_areas_that_are_printed_end_where_their_sheets_end(on_paper: OnPaper) -> None:
    for sheet in on_paper.sheets.values():
        last_row, last_column = _area(sheet)
        cells = {(row, column) for title, row, column in on_paper.written.cells if title == sheet.title}
        cells |= {(cell.row - 1, cell.column - 1) for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert sheet.title in DRAWN or any((last_row - 1, column) in cells for column in range(last_column)), sheet.title
        assert sheet.title in LINES_ALONE or any((row, last_column - 1) in cells for row in range(last_row)), sheet.title


@given(
    st.lists(st.integers(1, 30).map(lambda lines: 15.0 * lines), min_size=6, max_size=200), st.sets(st.integers(5, 199)), st.booleans(),
    st.sampled_from([0.4, 0.9]),
)  # fmt: skip
def test_pages_hold_what_they_may_and_keep_parts_whole_that_fit(heights: list[float], parts: set[int], whole: bool, least: float) -> None:
    head, page = (2, 3), 900.0
    heights[2:4] = [15.0, 30.0]
    tops = [0.0, *accumulate(heights)]
    begins = sorted(part for part in parts if part < len(heights))
    least = 0.0 if whole else least
    own_pages = begins[::3]
    breaks = page_breaks(tops, Printed(len(heights) - 1, 0, head, begins, whole, own_pages), page, least)
    assert set(own_pages) <= set(breaks)
    starts = [0, *breaks, len(heights)]
    assert starts == sorted(set(starts))
    for number, (start, stop) in enumerate(pairwise(starts)):
        assert tops[stop] - tops[start] <= page - 45.0 * bool(number) or stop == start + 1
    if whole:
        for start, stop in pairwise([*begins, len(heights)]):
            assert tops[stop] - tops[start] > page - 45.0 or not set(breaks) & set(range(start + 1, stop))


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A file of a plan whose workbook is written soon."""
    path = tmp_path / "plan.yaml"
    rent = "services_and_supplies:\n  - {name: Rent, first_month: 2019-07, monthly_amount: 100}\n"
    path.write_text(f"name: Rent alone\nfirst_month: 2019-07\nmonths: 12\n{rent}", encoding="utf-8")
    return path


def test_the_command_writes_the_workbook_and_its_paper(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "printed", lambda content, sheets, pages: b"%PDF of it")
    assert main(["export", str(plan), "-o", str(tmp_path / "plan.xlsx"), "--pdf"]) == 0
    assert (tmp_path / "plan.pdf").read_bytes() == b"%PDF of it"
    assert re.search(r"plan\.pdf written: the workbook's pages 1 to \d+\.", capsys.readouterr().out)


def test_without_libreoffice_it_is_said_what_to_install_and_the_workbook_stands(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert main(["export", str(plan), "-o", str(tmp_path / "plan.xlsx"), "--pdf"]) == BAD_INPUT
    said = capsys.readouterr().err
    assert "apt-get install libreoffice-calc" in said and ON_PAPER.search(said)
    assert (tmp_path / "plan.xlsx").exists() and not (tmp_path / "plan.pdf").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("does", "said"),
    [("echo no display >&2; exit 1", "ended without a PDF: no display"), ("sleep 60", "has not printed the workbook within")],
)
def test_an_office_that_fails_or_hangs_is_told_in_words(does: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(pdf, "_LONGEST", 0.5)
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    with pytest.raises(WorkbookError, match=said):
        pdf_of(Written(book.getvalue(), {}, ("Sheet",), 1))
