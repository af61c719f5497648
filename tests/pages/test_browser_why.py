"""In a real browser: from a card to the evidence of a salary and its cell in Build, from a bar, by keyboard, and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import scale
from axe_playwright_python.sync_playwright import Axe
from browser import Visit, visit
from playwright.sync_api import Browser, Locator, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ADDRESS = "?scenario=expansion_2018"
PANEL = ".why-panel"
MOST_ACTIONS = 5
PHONE, TABLET = 390, 1024


@pytest.fixture
def seen(seen: Visit) -> Visit:
    seen.open("", ADDRESS)
    return seen


def card_of(seen: Visit, label: str) -> Locator:
    return seen.page.get_by_role("link", name=f"Why, {label}")


def test_from_the_card_to_the_evidence_of_a_salary_and_its_cell_in_build(seen: Visit) -> None:
    actions: list[Callable[[], Any]] = [
        card_of(seen, "Net county cost").click,
        seen.page.locator(PANEL).locator("summary").last.click,
        seen.page.locator(PANEL).get_by_role("link", name="Case manager salary").first.click,
    ]
    for number, act in enumerate(actions):
        if number == 1:  # unfolding asks the server for nothing
            act()
        else:
            with seen.rerun():
                act()
    panel = seen.page.locator(PANEL)
    for part in ("Range", "Confidence", "Source", "Who can confirm it"):
        expect(panel.get_by_text(part, exact=True)).to_be_visible()
    with seen.rerun():
        panel.get_by_role("link", name="Change it").click()
    seen.page.get_by_role("heading", level=1, name="Build").wait_for()
    field = seen.page.get_by_role("textbox", name="New value")
    expect(field).to_have_value("47,000")
    expect(field).to_be_focused()
    assert len(actions) + 1 <= MOST_ACTIONS
    before = seen.effect("Net county cost")
    field.fill("50,000")
    with seen.rerun():
        field.press("Enter")
    expect(field).to_be_focused()
    assert seen.effect("Net county cost") != before
    with seen.rerun():
        panel.get_by_role("navigation").get_by_role("link", name="Net county cost").click()
    expect(panel).to_contain_text("Against the saved scenario")
    assert seen.complaints == []


def test_a_bar_opens_its_figure_and_the_way_back_leads_back(seen: Visit) -> None:
    chart = seen.page.locator(".js-plotly-plot").first
    chart.scroll_into_view_if_needed()
    box = chart.locator(".bars .point path").first.bounding_box()
    assert box is not None
    with seen.rerun():
        seen.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(seen.page.locator(PANEL)).to_contain_text("Drawdown")
    with seen.rerun():
        seen.page.go_back()
    expect(seen.page.locator(PANEL)).to_have_count(0)
    assert seen.complaints == []


def test_the_panel_is_opened_read_and_closed_by_keyboard_alone(seen: Visit) -> None:
    card_of(seen, "Funding gap").focus()
    with seen.rerun():
        seen.page.keyboard.press("Enter")
    panel = seen.page.locator(PANEL)
    expect(panel.get_by_role("heading", name="Funding gap")).to_be_visible()
    expect(panel).to_be_focused()
    unfolds = panel.locator("summary").last
    unfolds.press("Enter")
    expect(panel.locator(".cell")).not_to_contain_text("follows in a moment")  # it came later, and the panel anew
    expect(unfolds).to_be_focused()
    assert unfolds.evaluate("one => one.parentElement.open")
    with seen.rerun():
        panel.get_by_role("row").get_by_role("link").first.press("Enter")
    expect(panel.get_by_role("navigation").get_by_role("link")).to_have_count(1)
    with seen.rerun():
        seen.page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(card_of(seen, "Funding gap")).to_be_focused()


@pytest.mark.parametrize("width", [PHONE, TABLET, 1440] if scale.NOW.proof else [PHONE])
def test_the_panel_fits_and_has_no_grave_fault_of_accessibility(address: str, chromium: Browser, width: int) -> None:
    with visit(chromium, address, width, "dark" if width == TABLET else "light") as seen:
        seen.open("", f"{ADDRESS}&why=net_county_cost%40Total&why=gross_appropriation%40Total")
        panel = seen.page.locator(PANEL)
        expect(panel).to_contain_text("All costs: the money the Board would appropriate")
        assert panel.evaluate("one => one.scrollWidth <= one.clientWidth")
        found = Axe().run(seen.page, context=PANEL).response["violations"]
        assert [(one["id"], one["impact"]) for one in found if one["impact"] in ("moderate", "serious", "critical")] == []
        assert seen.complaints == []
