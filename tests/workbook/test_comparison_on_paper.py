"""The comparison of scenarios on paper, by LibreOffice: pages, heads, footers, letters, and no scenario left out."""

from __future__ import annotations

import io
import re
from typing import NamedTuple

import openpyxl
import pytest
import scale
from conftest import template_of_14_months
from hypothesis import given
from hypothesis import strategies as st
from needed import needs
from paper import Page, pages_of
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from budget_model import Change, changed
from budget_model.workbook.layout.paper import SMALLEST_SCALE, Printed, lay_out
from budget_model.workbook.layout.widths import pixels
from budget_model.workbook.writing.comparison import comparison_of
from budget_model.workbook.writing.pdf import pdf_of
from budget_model.workbook.writing.writer import Written

SMALLEST = 7.0  # points
FEW, MANY = 2, 9  # scenarios; one more than stand side by side on a page
TITLES = {"Comparison": "Scenarios side by side", "Bridge": "What leads from one scenario to another"}


class OnPaper(NamedTuple):
    """The workbook that compares scenarios of some names, and the pages of its PDF."""

    names: tuple[str, ...]
    written: Written
    pages: list[Page]


@pytest.fixture(scope="module", params=[FEW, *([MANY] if scale.NOW.proof else [])])
def on_paper(request: pytest.FixtureRequest) -> OnPaper:
    needs("soffice", "libreoffice")
    begun = template_of_14_months()
    scenarios = [begun]
    for slots in range(105, 100 + 5 * request.param, 5):
        other = changed(begun, [Change("sites", begun.sites[0].name, "slots", slots)])
        scenarios.append(other.model_copy(update={"name": f"LEAD with {slots} places in the first area"}))
    written = comparison_of(scenarios)
    return OnPaper(tuple(one.name for one in scenarios), written, pages_of(pdf_of(written)))


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _body(page: Page) -> str:
    return _bare("".join(one.text for one in page.body))


@pytest.mark.office
def test_each_page_has_its_head_its_footer_and_letters_that_can_be_read(on_paper: OnPaper) -> None:
    """Finding: from six scenarios on the comparison was printed in letters below 7 points, and no test printed one."""
    numbers = [page.number for page in on_paper.pages]
    assert [number for _, number, _ in numbers] == list(range(1, on_paper.written.pages + 1))
    assert {of for _, _, of in numbers} == {on_paper.written.pages}
    assert list(dict.fromkeys(sheet for sheet, *_ in numbers)) == list(on_paper.written.printed) == list(TITLES)
    for page in on_paper.pages:
        assert (page.width, page.height) == (792, 612)
        assert page.smallest >= SMALLEST, f"{page.number}: {min(page.body, key=lambda one: one.size)}"
        assert not [one.text for one in page.body if "###" in one.text]
        assert _bare(TITLES[page.number[0]]) in _body(page), page.number


@pytest.mark.office
def test_every_scenario_stands_on_paper_beside_the_labels_of_its_figures(on_paper: OnPaper) -> None:
    compared = [_body(page) for page in on_paper.pages if page.number[0] == "Comparison"]
    for number, name in enumerate(on_paper.names):
        of_it = [text for text in compared if _bare(f"{xl_col_to_name(number)}: {name}") in text]
        assert any(_bare("Net county cost") in text for text in of_it), name


@given(st.lists(st.integers(8, 40), min_size=1, max_size=40), st.integers(20, 60))
def test_columns_wider_than_a_page_are_parted_and_none_is_printed_small(widths: list[int], label: int) -> None:
    with Workbook(io.BytesIO()) as book:
        sheet = book.add_worksheet()
        for column, width in enumerate((label, *widths)):
            sheet.set_column(column, column, width)
        pages = lay_out(sheet, Printed(5, len(widths), across=1))
        starts = [1, *sheet.vbreaks, len(widths) + 1]
        assert starts == sorted(set(starts)) and pages == len(starts) - 1 == 1 + len(widest_first(label, widths))
        assert sheet.print_scale >= SMALLEST_SCALE


def widest_first(label: int, widths: list[int]) -> list[int]:
    """The columns at which pages begin that are each as full as they may be: no other way has fewer pages."""
    room = int(0.935 * (11 - 0.6) * 96 * 100 / SMALLEST_SCALE)
    starts, filled = [], pixels(label)
    for column, width in enumerate(map(pixels, widths), 1):
        if filled + width > room:
            starts.append(column)
            filled = pixels(label)
        filled += width
    return starts


def test_nine_scenarios_stand_five_and_four_on_a_page() -> None:
    """Finding: the ninth stood alone on pages of its own."""
    with Workbook(io.BytesIO()) as book:
        sheet = book.add_worksheet()
        for column, width in enumerate((58, 26, *[13] * MANY)):
            sheet.set_column(column, column, width)
        lay_out(sheet, Printed(5, 1 + MANY, across=2))
        assert sheet.vbreaks == [7]


def test_no_chart_of_the_bridges_is_parted_among_pages(on_paper: OnPaper) -> None:
    """Finding: three charts of nine scenarios began at the foot of a page and ended on the next."""
    sheet = openpyxl.load_workbook(io.BytesIO(on_paper.written.content))["Bridge"]
    begins = {one.id for one in sheet.row_breaks.brk}  # the rows above which a page begins, from 0
    assert 1 <= len(sheet._charts) <= len(on_paper.names), "what they come to, and each bridge that has a cause"
    for chart in sheet._charts:
        assert not begins & set(range(chart.anchor._from.row + 1, chart.anchor.to.row + 1))
