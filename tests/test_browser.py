"""The dashboard in a real browser: every page, a lever by keyboard, and the workbook of what is on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import PAGES, Visit, dashboard, visit
from conftest import needs
from office import edited_by_libreoffice

from budget_model.formats import dollars

pytestmark = pytest.mark.browser
CASELOAD = "Participants per case manager"
COST = "Gross appropriation"
# In the page: how often each chart, the newest last, has been drawn; a drawing places every path and label anew.
DRAWINGS = """document.addEventListener('DOMContentLoaded', () => {
  window.drawings = new Map();
  new MutationObserver(changes => {
    const charts = changes.filter(change => change.attributeName === 'd').map(change => change.target.closest('.js-plotly-plot'));
    for (const chart of new Set(charts)) if (chart) window.drawings.set(chart, (window.drawings.get(chart) || 0) + 1);
  }).observe(document, { subtree: true, attributes: true });
});"""


@pytest.fixture(scope="module")
def chromium() -> str:
    return needs("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def address(chromium: str) -> Iterator[str]:
    with dashboard() as found:
        yield found


@pytest.fixture
def seen(address: str, chromium: str) -> Iterator[Visit]:
    with visit(address, chromium) as opened:
        yield opened


def downloaded_total(seen: Visit, folder: Path) -> tuple[str, str]:
    """Return the name of the downloaded workbook and the gross appropriation on its Summary sheet."""
    seen.go("Downloads")
    seen.page.get_by_role("button", name="Make the workbook").click()
    with seen.page.expect_download(timeout=90_000) as waiting:
        seen.page.get_by_role("button", name="Download expansion_2018").click(timeout=90_000)
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    summary = openpyxl.load_workbook(target, data_only=True)["Summary"]
    row = next(row for row in summary.iter_rows(values_only=True) if row[0] == "Gross appropriation")
    total = [cell for cell in row if isinstance(cell, (int, float))][-1]
    return target.name, dollars(total)


def move_caseload(seen: Visit) -> str:
    """Press the down arrow once on the lever; return the new gross appropriation, beside every page."""
    before = seen.effect(COST)
    lever = seen.page.get_by_role("spinbutton", name=CASELOAD)
    lever.focus()
    lever.press("ArrowDown")
    lever.press("Enter")
    changed = "before => !document.querySelector('table.effect').innerText.includes(before + '\\t' + before)"
    seen.page.wait_for_function(changed, arg=before)
    seen.settle()
    assert seen.effect(COST) != before
    return seen.effect(COST)


@pytest.mark.parametrize("width", [1440, 1024])
def test_every_page_opens_without_errors_and_asks_nobody_else(seen: Visit, width: int) -> None:
    seen.page.set_viewport_size({"width": width, "height": 900})
    for path in PAGES:
        seen.open(path)
        assert seen.page.get_by_text("Something went wrong").count() == 0
        assert seen.page.get_by_test_id("stException").count() == 0
        assert seen.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert seen.complaints == []


def test_a_lever_moved_by_keyboard_changes_the_figures_and_the_workbook(seen: Visit, tmp_path: Path) -> None:
    """The CEO's office takes the workbook of exactly what the analyst has on the screen."""
    seen.open("build")
    after = move_caseload(seen)
    assert "draft=" in seen.page.url
    seen.page.reload()
    seen.page.locator("table.effect").wait_for()
    seen.settle()
    assert seen.effect(COST) == after, "a reload loses nothing"
    _, total = downloaded_total(seen, tmp_path)
    assert total == after
    assert seen.complaints == []


def test_a_chart_is_drawn_once_and_once_more_when_its_figures_change(seen: Visit) -> None:
    """Streamlit hands each chart to Plotly twice, which draws it twice unless it sees that nothing changed."""
    seen.page.add_init_script(DRAWINGS)
    for path, count in (("funding", 3), ("build", 1)):
        seen.open(path)
        seen.page.wait_for_function("count => window.drawings.size === count", arg=count)
        seen.page.wait_for_timeout(500)
        assert seen.page.evaluate("[...window.drawings.values()]") == [1] * count
    move_caseload(seen)
    seen.page.wait_for_timeout(500)
    assert seen.page.evaluate("[...window.drawings.values()]") == [1, 1]


def type_into_cell(seen: Visit, right: int, text: str) -> None:
    """Type into the cell of the first line that stands so many columns right of its name, by keyboard."""
    seen.page.get_by_test_id("stDataFrame").first.click(position={"x": 120, "y": 52})
    for _ in range(right):
        seen.page.keyboard.press("ArrowRight")
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_timeout(500)  # the cell's editor is fetched when it is first used
    seen.page.keyboard.press("Control+a")
    seen.page.keyboard.type(text, delay=60)
    seen.page.keyboard.press("Enter")


def last_change(seen: Visit, words: str) -> None:
    seen.page.get_by_text(f"Last change: {words}").wait_for()
    seen.settle()


def test_an_analyst_adds_a_site_edits_a_position_undoes_saves_and_finds_it(seen: Visit) -> None:
    seen.open("build", "?part=Sites")
    type_into_cell(seen, 2, "161")  # first month, slots
    last_change(seen, "North Long Beach, slots: 161")
    seen.page.get_by_role("button", name="Duplicate a site").click()
    seen.page.get_by_role("textbox", name="Name of the copy").fill("Pomona")
    seen.page.get_by_role("button", name="Duplicate", exact=True).click()
    last_change(seen, "Pomona added as a copy of North Long Beach")
    with_site = seen.effect(COST)
    seen.page.get_by_role("radio", name="Positions").click()
    seen.page.get_by_role("heading", name="County positions").wait_for()
    type_into_cell(seen, 4, "3")  # site, first and last month, number
    last_change(seen, "LEAD program manager, number: 3")
    with_position = seen.effect(COST)
    assert with_position != with_site
    seen.page.get_by_role("button", name="Undo").click()
    last_change(seen, "Pomona added as a copy of North Long Beach")
    assert seen.effect(COST) == with_site
    seen.page.keyboard.press("Alt+y")
    last_change(seen, "LEAD program manager, number: 3")
    assert seen.effect(COST) == with_position
    seen.page.get_by_role("button", name="Review and save").click()
    seen.page.get_by_role("cell", name="161 participants").wait_for()
    seen.page.get_by_role("cell", name="3 positions").wait_for()
    seen.page.get_by_role("textbox", name="Name of the scenario").fill("With Pomona")
    seen.page.get_by_role("textbox", name="Who saves it").fill("Ana")
    seen.page.get_by_role("textbox", name="Why, in a few words").fill("a seventh area")
    seen.page.get_by_role("textbox", name="Why, in a few words").press("Tab")
    seen.settle()
    seen.page.reload()
    assert seen.page.get_by_role("textbox", name="Name of the scenario").input_value() == "With Pomona", "a reload loses nothing"
    seen.page.get_by_role("textbox", name="Why, in a few words").fill("a seventh area, in the east")
    seen.page.get_by_role("button", name="Save version").click()
    seen.page.get_by_text("Saved as version 1 of 'With Pomona'").wait_for()
    seen.page.get_by_text("a seventh area, in the east").wait_for()
    seen.page.goto("about:blank")
    seen.open("sites", "?scenario=with_pomona")
    assert seen.effect(COST) == with_position
    seen.page.get_by_role("rowheader", name="Pomona").first.wait_for()
    assert seen.complaints == []


def test_a_link_carries_the_draft_to_another_session(seen: Visit) -> None:
    seen.open("build")
    after = move_caseload(seen)
    link = seen.page.url
    seen.page.goto("about:blank")
    seen.page.goto(link)
    seen.page.get_by_text("Review and save 1 change").or_(seen.page.get_by_text("Review and save 6 changes")).wait_for()
    seen.settle()
    assert seen.effect(COST) == after


SERIOUS = ("serious", "critical")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_fault_of_accessibility(address: str, chromium: str, scheme: Literal["light", "dark"]) -> None:
    """Checked by axe-core, which comes with a package of the tests; the grid's own canvas is Streamlit's."""
    with visit(address, chromium, scheme=scheme) as seen:
        assert faults(seen) == []
        assert seen.complaints == []


def faults(seen: Visit) -> list[str]:
    found = []
    tables = [("build", f"?part={part}") for part in ("Sites", "Assumptions", "Review+and+save")]
    for path, query in [*((path, "") for path in PAGES), *tables, ("sites", "?site=Antelope+Valley")]:
        name = f"{PAGES[path]} {query}"
        seen.open(path, query)
        for fault in Axe().run(seen.page).response["violations"]:
            if fault["impact"] in SERIOUS:
                found.append(f"{name}: {fault['id']}: {fault['help']}: {fault['nodes'][0]['html'][:200]} ({len(fault['nodes'])})")
    return found


def test_the_ceos_office_edits_the_workbook_in_libreoffice_and_sees_its_changes(seen: Visit, tmp_path: Path) -> None:
    seen.open("downloads", "?scenario=pilot_2017")
    seen.page.get_by_role("button", name="Make the workbook").click()
    with seen.page.expect_download(timeout=90_000) as waiting:
        seen.page.get_by_role("button", name="Download pilot_2017").click(timeout=90_000)
    made, edited = tmp_path / "made.xlsx", tmp_path / "edited.xlsx"
    waiting.value.save_as(made)
    edited_by_libreoffice([(made, edited, {"in_site_slots_north_long_beach": 120.0})], tmp_path)
    seen.page.locator('input[type="file"]').set_input_files(edited)
    seen.page.get_by_role("button", name="Read the workbook").click()
    seen.page.get_by_role("cell", name="120 participants").wait_for(timeout=90_000)
    seen.page.get_by_role("button", name="Take these changes into the draft").click()
    seen.page.get_by_text("Last change: 1 change read from edited.xlsx").wait_for()
    seen.page.get_by_role("link", name="Review and save 1 change").click()
    seen.page.get_by_role("cell", name="120 participants").wait_for()
    assert seen.complaints == []


def test_leadership_opens_mailed_links_and_sorts_the_sites(seen: Visit) -> None:
    seen.open("sites", "?scenario=expansion_2018&year=FY+2020-21&columns=Site+cost&columns=Agencies")
    grid = seen.page.get_by_test_id("stDataFrame").first
    names = grid.locator("tbody tr td:first-child")
    assert names.first.inner_text() == "North Long Beach", "in the order of the plan"
    assert grid.locator("thead th").all_inner_texts() == ["Site", "Site cost", "Agencies"], "the columns that the link names"
    grid.click(position={"x": 60, "y": 18})
    seen.page.wait_for_timeout(500)
    shown = names.all_inner_texts()
    assert shown == sorted(shown) and len(shown) == 6
    assert seen.page.get_by_role("radio", name="FY 2020-21").is_checked()
    seen.open("sites", "?scenario=expansion_2018&site=Antelope+Valley")
    seen.page.get_by_role("heading", name="Antelope Valley by fiscal year").wait_for()
    seen.open("scenarios", "?scenario=expansion_2018&compare=expansion_2018,expansion_2018_two_areas")
    seen.page.get_by_text("East Los Angeles removed, with 4 items of it").first.wait_for()
    assert seen.complaints == []
