"""The dashboard on a phone and on paper, in a real browser."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from browser import Visit, visit
from playwright.sync_api import Browser, Locator, expect
from pypdf import PageObject, PdfReader

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
WIDTH = 390
EDGE = 50  # points: the lower edge of a sheet, where date and page stand


@pytest.fixture
def phone(address: str, chromium: Browser) -> Iterator[Visit]:
    with visit(chromium, address, WIDTH) as opened:
        yield opened


def in_sight(cell: Locator) -> bool:
    """Whether nothing needs to be moved sideways to read a cell, and nothing lies over it."""
    cell.scroll_into_view_if_needed()
    return bool(
        cell.evaluate(
            """cell => {
                const { left, right, top, bottom } = cell.getBoundingClientRect();
                const on = x => document.elementFromPoint(x, (top + bottom) / 2);
                return left >= 0 && right <= innerWidth && [left + 8, right - 8].every(x => cell.contains(on(x)));
            }"""
        )
    )


def test_a_leader_on_a_phone_reads_the_true_cost_of_one_more_area(phone: Visit) -> None:
    """And goes from there to the plan's totals, which stay beside the names while the years move."""
    phone.open("sites", "?scenario=expansion_2018")
    table = phone.page.locator(".sheet").filter(has_text="True cost").first
    assert table.get_by_role("columnheader").all_inner_texts()[:2] == ["Site", "True cost"]
    area = table.get_by_role("row", name="Antelope Valley")
    assert in_sight(area.get_by_role("rowheader")) and in_sight(area.get_by_role("cell").first)
    phone.page.get_by_test_id("stExpandSidebarButton").click()
    phone.go("Overview")
    budget = phone.page.locator(".sheet").filter(has_text="Less: intrafund transfers").first
    total = budget.get_by_role("row", name="Gross appropriation").get_by_role("cell").last
    for moved in (0, 120, 10_000):
        budget.evaluate("(table, by) => { table.scrollLeft = by; }", moved)
        assert in_sight(total) and in_sight(budget.get_by_role("rowheader", name="Gross appropriation"))
    assert phone.complaints == []


def test_on_a_phone_panels_stand_one_below_the_other_and_no_label_is_cut(phone: Visit) -> None:
    phone.open("sites", "?scenario=expansion_2018")
    for title in ("Site cost, by site and fiscal year", "Active participants against slots, by month"):
        chart = phone.page.locator(f'.stPlotlyChart[aria-label^="{title}"], .stPlotlyChart:has([aria-label^="{title}"])')
        heights = chart.first.locator(".annotation-text").evaluate_all(
            "every => every.map(one => Math.round(one.getBoundingClientRect().y))"
        )
        assert len(heights) == 6 and len(set(heights)) == 6
    cut = phone.page.locator(".main-svg text").evaluate_all(
        "every => every.filter(one => one.textContent && (r => r.width && (r.left < 0 || r.right > innerWidth))"
        "(one.getBoundingClientRect())).map(one => one.textContent)"
    )
    assert cut == []


def filled(sheet: PageObject) -> float:
    """Return down to which part of a sheet text stands, that at its lower edge left out."""
    heights: list[float] = []

    def note(text: str, page: list[float], letters: list[float], *_: object) -> None:
        if text.strip():
            heights.append(page[1] * letters[4] + page[3] * letters[5] + page[5])

    sheet.extract_text(visitor_text=note)
    return 1 - min(height for height in heights if height > EDGE) / float(sheet.mediabox.height)


def test_paper_says_of_what_and_when_it_is_and_no_sheet_is_half_empty(address: str, chromium: Browser) -> None:
    with visit(chromium, address) as seen:
        for path, title in (("", "Overview"), ("funding", "Funding"), ("sites", "Sites")):
            seen.open(path, "?scenario=expansion_2018")
            expect(seen.page.locator(".on-paper").first).to_be_hidden()
            sheets = PdfReader(io.BytesIO(seen.page.pdf(prefer_css_page_size=True))).pages
            for number, sheet in enumerate(sheets, 1):
                text = sheet.extract_text()
                assert f"LEAD Budget Modeler, {title}" in text and "LEAD expansion 2018, as saved" in text
                assert f"Page {number} of {len(sheets)}" in text
                assert number == len(sheets) or filled(sheet) > 0.5
