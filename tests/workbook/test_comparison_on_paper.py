"""The comparison of many scenarios on paper, by LibreOffice: pages, heads, footers, letters, and no scenario left out."""

from __future__ import annotations

import re

import pytest
from conftest import template_of_14_months
from needed import needs
from paper import Page, pages_of

from budget_model import Change, changed
from budget_model.workbook.writing.comparison import comparison_of
from budget_model.workbook.writing.pdf import pdf_of
from budget_model.workbook.writing.writer import Written

SMALLEST = 7.0  # points
COUNT = 9  # scenarios, one more than stand side by side on a page
TITLES = {"Comparison": "Scenarios side by side", "Bridge": "What leads from one scenario to another"}


@pytest.fixture(scope="module")
def on_paper() -> tuple[Written, list[Page]]:
    needs("soffice", "libreoffice")
    begun = template_of_14_months()
    others = [
        changed(begun, [Change("sites", begun.sites[0].name, "slots", 100 + 5 * number)]).model_copy(
            update={"name": f"LEAD with {100 + 5 * number} places in the first area"}
        )
        for number in range(1, COUNT)
    ]
    written = comparison_of([begun, *others])
    return written, pages_of(pdf_of(written))


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _body(page: Page) -> str:
    return _bare("".join(one.text for one in page.body))


@pytest.mark.office
def test_each_page_has_its_head_its_footer_and_letters_that_can_be_read(on_paper: tuple[Written, list[Page]]) -> None:
    """Finding: from six scenarios on the comparison was printed in letters below 7 points, and no test printed one."""
    written, pages = on_paper
    numbers = [page.number for page in pages]
    assert [number for _, number, _ in numbers] == list(range(1, written.pages + 1))
    assert {of for _, _, of in numbers} == {written.pages}
    assert list(dict.fromkeys(sheet for sheet, *_ in numbers)) == list(written.printed) == list(TITLES)
    for page in pages:
        sheet = page.number[0]
        assert (page.width, page.height) == (792, 612)
        assert page.smallest >= SMALLEST, f"page {page.number}: {page.smallest}"
        assert not [one.text for one in page.body if "###" in one.text]
        if sheet == "Bridge" or "Figure" in _body(page):
            assert _bare(TITLES[sheet]) in _body(page), page.number


@pytest.mark.office
def test_every_scenario_stands_on_paper_beside_the_labels_of_its_figures(on_paper: tuple[Written, list[Page]]) -> None:
    compared = [_body(page) for page in on_paper[1] if page.number[0] == "Comparison"]
    for number in range(COUNT):
        name = "My scenario" if not number else f"LEAD with {100 + 5 * number} places in the first area"
        of_it = [text for text in compared if _bare(f"{'ABCDEFGHI'[number]}: {name}") in text]
        assert any(_bare("Net county cost") in text for text in of_it), name
