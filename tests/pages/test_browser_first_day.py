"""In a real browser: found and gone to by keys alone, no entry lost to them, terms by keyboard and touch, the presentation's keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import Visit
from playwright.sync_api import expect

from budget_model import Change, Scenario, changed, project
from budget_model.analysis.findings import findings, is_sound
from budget_model.store import versions
from budget_model.store.database import Database

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
FINDER, ADDRESS = "dialog.finder", "?scenario=expansion_2018"
# A slide ends with its foot at the end of the screen, below which there is nothing, and its chart takes the place it is given.
FILLED = """() => {
  const height = name => document.querySelector(name).getBoundingClientRect().height, main = document.querySelector('[data-testid=stMain]');
  const foot = document.querySelector('.slide-foot').getBoundingClientRect();
  return main.scrollHeight <= main.clientHeight && foot.bottom <= innerHeight && foot.bottom > innerHeight - 60
    && Math.abs(height('.st-key-slide') - height('.st-key-slide .main-svg')) < 2;
}"""


def find(seen: Visit, text: str) -> None:
    """Find something by its name and go to the first that is found, by keys alone."""
    seen.page.keyboard.press("Control+k")
    expect(seen.page.locator(FINDER)).to_be_visible()
    seen.page.keyboard.type(text)
    with seen.rerun():
        seen.page.keyboard.press("Enter")
    expect(seen.page.locator(FINDER)).to_be_hidden()


def is_open(seen: Visit, line: str) -> None:
    """Expect a line to be open as a form that the reader sees without scrolling."""
    expect(seen.page.get_by_role("heading", name=line)).to_be_in_viewport()
    expect(seen.page.get_by_test_id("stExpander").get_by_role("textbox", name="Name", exact=True)).to_have_value(line)


def test_the_cards_of_a_row_are_of_one_height_whatever_they_say(seen: Visit) -> None:
    seen.open("", f"{ADDRESS}&beside=expansion_2018_two_areas")
    cards = seen.page.locator('[class*="st-key-card"]')
    expect(cards.last).to_contain_text("difference")
    places = cards.evaluate_all(
        "every => every.map(one => one.getBoundingClientRect()).map(at => [Math.round(at.top), Math.round(at.height)])"
    )
    rows = {top: {height for other, height in places if other == top} for top, _ in places}
    assert len(places) == 8 and 1 < len(rows) < 8 and all(len(heights) == 1 for heights in rows.values()), places


def test_a_line_a_site_and_undo_are_found_by_keys_from_any_page_and_no_entry_is_lost_to_them(seen: Visit) -> None:
    keys = seen.page.keyboard
    seen.open("", ADDRESS)
    keys.press("Control+k")
    violations = Axe().run(seen.page, context=FINDER).response["violations"]
    assert [(one["id"], one["impact"]) for one in violations if one["impact"] in ("moderate", "serious", "critical")] == []
    keys.type("zzz")
    expect(seen.page.locator(FINDER)).to_contain_text("Nothing has all of these words.")
    keys.press("Escape")
    expect(seen.page.locator(FINDER)).to_be_hidden()
    find(seen, "project manager compton")  # in the last table of its part, below grids that come later
    is_open(seen, "Project manager, South LA and Compton")
    find(seen, "deputy antelope")
    is_open(seen, "Deputy Sheriff, Antelope Valley")
    grid = seen.page.get_by_test_id("stDataFrame").first
    grid.click(position={"x": 120, "y": 52})
    expect(grid.locator("td[aria-selected=true]")).to_have_id("glide-cell-0-0")
    keys.press("Enter")
    expect(seen.page.locator("#portal .gdg-input")).to_be_focused()
    keys.press("Control+a")
    keys.type("Head of the program")
    keys.press("Control+k")
    expect(seen.page.locator(FINDER)).to_be_hidden()
    with seen.rerun():
        keys.press("Enter")
    seen.page.get_by_text("Last change: LEAD program manager, name: Head of the program").first.wait_for()
    seen.settle()
    find(seen, "source bscc")  # on the same page, in another part
    is_open(seen, "BSCC LEAD grant")
    assert "draft=" in seen.page.url
    find(seen, "undo")
    seen.page.get_by_text("Undone: LEAD program manager, name: Head of the program.").first.wait_for()
    find(seen, "antelope valley site")
    seen.page.get_by_role("heading", name="Antelope Valley by fiscal year").wait_for()
    assert seen.complaints == []


def test_a_term_says_what_it_means_by_keyboard_and_by_touch_and_escape_takes_it_away(seen: Visit) -> None:
    seen.open("staffing", ADDRESS)
    term, meaning = seen.page.locator(".term", has_text="FTE").first, seen.page.locator(".meaning")
    term.focus()
    seen.page.keyboard.press("Enter")
    expect(meaning).to_contain_text("1.0 is one person at full time")
    expect(term).to_have_attribute("aria-describedby", "meaning-of-a-term")
    seen.page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    term.dispatch_event("click")  # as a touch does
    expect(meaning).to_be_visible()
    assert seen.complaints == []


def ends_with_the_screen(seen: Visit) -> None:
    for width, height in ((1024, 768), (1440, 900)):
        seen.page.set_viewport_size({"width": width, "height": height})
        seen.page.wait_for_function(FILLED)


def test_a_presentation_fills_the_screen_turns_by_keys_and_ends(seen: Visit) -> None:
    keys, title = seen.page.keyboard, seen.page.get_by_role("heading", level=1)
    seen.page.goto(f"{seen.address}/presentation{ADDRESS}")
    title.get_by_text("Who pays, and who would pay").wait_for()
    seen.settle()
    expect(seen.page.get_by_test_id("stSidebar")).to_be_hidden()
    assert seen.page.get_by_test_id("stPlotlyChart").bounding_box()["height"] > 500
    ends_with_the_screen(seen)
    violations = Axe().run(seen.page).response["violations"]
    assert [(one["id"], one["impact"]) for one in violations if one["impact"] in ("serious", "critical")] == []
    for key, said in (
        ("ArrowRight", "Cost by appropriation class"),
        ("PageDown", "Funding gap"),
        ("ArrowLeft", "Cost by appropriation class"),
    ):
        with seen.rerun():
            keys.press(key)
        title.get_by_text(said).wait_for()
    assert "slide=cost" in seen.page.url
    with seen.rerun():
        keys.press("Escape")
    seen.page.get_by_role("heading", level=1, name="Overview").wait_for()
    assert seen.complaints == []


def test_each_slide_ends_with_the_screen_also_with_plans_beside_and_where_a_check_fails(
    seen: Visit, database_file: Path, expansion: Scenario
) -> None:
    owed = changed(expansion, [Change("funding_sources", "BSCC LEAD grant", "match.rate", 0.25)])
    assert not is_sound(findings(project(owed)))
    saved = versions.save_new(Database(f"sqlite:///{database_file}"), owed, "Ana", "more match", "expansion_2018")
    seen.page.goto(f"{seen.address}/presentation?scenario={saved.slug}&beside=pilot_2017,expansion_2018_slow_hiring")
    seen.page.locator(".slide-foot").wait_for()
    seen.settle()
    following, slides = seen.page.locator(".slide-foot a[rel=next]"), 1
    ends_with_the_screen(seen)
    while following.count():
        with seen.rerun():
            seen.page.keyboard.press("ArrowRight")
        ends_with_the_screen(seen)
        slides += 1
    assert slides > 5 and seen.complaints == []
