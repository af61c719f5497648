"""The dashboard in a real browser: every page, a lever by keyboard, and the workbook of what is on the screen."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal
from urllib.parse import quote_plus

import openpyxl
import pytest
import scale
from axe_playwright_python.sync_playwright import Axe
from browser import IN_NO_MENU, PAGES, Visit, visit
from office import saved_by_libreoffice
from playwright.sync_api import Browser, expect

from budget_model import load_scenario
from budget_model.editing.grid import columns
from budget_model.folders import LIBRARY
from budget_model.formats import dollars
from budget_model.pages.shared.build_parts import ASSUMPTIONS, REVIEW
from budget_model.pages.shared.tones import TONES
from budget_model.scenario.declarations import Part

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
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


def downloaded(seen: Visit, name: str, target: Path) -> Path:
    """Make the workbook of what is on the screen and download it."""
    seen.press("Make the workbook")
    with seen.page.expect_download() as waiting:
        seen.page.get_by_role("button", name=f"Download {name} draft.xlsx").click()
    waiting.value.save_as(target)
    return target


def downloaded_total(seen: Visit, folder: Path) -> str:
    """Return the gross appropriation on the Summary sheet of the downloaded workbook."""
    seen.go("Downloads")
    path = downloaded(seen, "LEAD expansion 2018", folder / "made.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True, read_only=True)
    row = next(row for row in book["Summary"].iter_rows(values_only=True) if row[0] == COST)
    return dollars(next(cell for cell in row if isinstance(cell, (int, float))))


def move_caseload(seen: Visit) -> str:
    """Press the down arrow once on the lever; return the new gross appropriation, beside every page."""
    before = seen.effect(COST)
    lever = seen.page.get_by_role("spinbutton", name=CASELOAD)
    lever.focus()
    with seen.rerun():
        lever.press("ArrowDown")
        lever.press("Enter")
    assert seen.effect(COST) != before
    return seen.effect(COST)


def accessibility(seen: Visit) -> list[str]:
    """Return the faults of the page on the screen that keep people out, found by axe-core; the grid's own canvas is Streamlit's."""
    found = Axe().run(seen.page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{seen.page.url}: {fault['id']}: {fault['help']}: {fault['nodes'][0]['html'][:200]} ({len(fault['nodes'])})"
        for fault in found
        if fault["impact"] != "minor"
    ] + [
        f"{seen.page.url}: a screen reader hears {label}"
        for label in seen.page.locator("[aria-label]").evaluate_all("every => every.map(one => one.ariaLabel)")
        if "\\" in label
    ]


BUILD_PARTS, A_SITE = (*Part, ASSUMPTIONS, REVIEW), ("sites", "?site=Antelope+Valley")


def by_address(seen: Visit) -> Iterator[None]:
    """Open every page by its address, and parts that stand there when they are asked for."""
    parts = [("build", f"?part={quote_plus(part)}") for part in BUILD_PARTS]
    for path, query in [*((path, "") for path in (*PAGES, *IN_NO_MENU)), *parts, A_SITE]:
        seen.open(path, query)
        yield


def by_links(seen: Visit) -> Iterator[None]:
    """Go from one page to the next, and within Build from part to part."""
    seen.open()
    yield
    for name in [*PAGES.values()][1:]:
        seen.go(name)
        yield
        for part in BUILD_PARTS if name == "Build" else ():
            seen.press(part, "radio")
            yield
    for path, query in (A_SITE, *((path, "") for path in IN_NO_MENU)):
        seen.open(path, query)
        yield


@pytest.mark.parametrize("scheme", ["light", "dark"] if scale.NOW.proof else ["light"])
def test_every_page_comes_without_errors_fits_and_keeps_nobody_out(
    address: str, chromium: Browser, scheme: Literal["light", "dark"]
) -> None:
    """By the links from one to the next, in light at all widths; for a release by the address of each and in dark. Nobody else is asked."""
    with visit(chromium, address, scheme=scheme) as seen:
        faults = []
        for _ in by_address(seen) if scheme == "light" and scale.NOW.proof else by_links(seen):
            assert seen.page.get_by_text("Something went wrong").count() == 0
            assert seen.page.get_by_test_id("stException").count() == 0
            faults += accessibility(seen)
            for width in (1024, 390, 1440) if scheme == "light" else (1440,):
                seen.fits(width)
        assert faults == []
        assert seen.complaints == []


def test_charts_follow_a_theme_that_changes_while_the_page_is_open(seen: Visit) -> None:
    """A desk that turns dark at dusk: letters that were drawn dark stood on a dark page."""
    seen.open("funding")
    letters = seen.page.locator(".main-svg .xtick text").first
    for scheme in ("dark", "light"):
        seen.page.emulate_media(color_scheme=scheme)
        expect(letters).to_have_css("fill", seen.page.get_by_role("heading", level=1).evaluate("one => getComputedStyle(one).color"))
    assert seen.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_over_the_page_is_in_its_theme(seen: Visit, scheme: Literal["light", "dark"]) -> None:
    """Its sentences were dark on dark: it hangs on the body, beside the part of the page that has the theme."""
    seen.open("build", "?part=Positions")
    seen.page.emulate_media(color_scheme=scheme)
    seen.page.get_by_role("button", name="Add a position").click()
    over = seen.page.get_by_test_id("stPopoverBody")
    tone = TONES["quiet"][("light", "dark").index(scheme)]
    expect(over.get_by_text("A new position costs")).to_have_css("color", f"rgb({', '.join(str(one) for one in bytes.fromhex(tone[1:]))})")


def test_a_lever_moved_by_keyboard_changes_the_figures_and_the_workbook(seen: Visit, tmp_path: Path) -> None:
    """The CEO's office takes the workbook of exactly what the analyst has on the screen."""
    seen.open("build")
    after = move_caseload(seen)
    assert "draft=" in seen.page.url
    seen.page.reload()
    seen.settle()
    assert seen.effect(COST) == after, "a reload loses nothing"
    assert downloaded_total(seen, tmp_path) == after
    assert seen.complaints == []


def test_a_chart_is_drawn_once_and_once_more_when_its_figures_change(seen: Visit) -> None:
    """Streamlit hands each chart to Plotly twice, which draws it twice unless it sees that nothing changed."""
    seen.page.add_init_script(DRAWINGS)
    for path, count in (("funding", 4), ("build", 1)):
        seen.open(path)
        assert drawings(seen) == [1] * count
    move_caseload(seen)
    assert drawings(seen) == [1, 1]


def drawings(seen: Visit) -> list[int]:
    """Return how often each chart was drawn, once a second drawing would have come: within a frame or two of the first."""
    seen.settle(frames=30)
    return seen.page.evaluate("[...window.drawings.values()]")


def type_into_cell(seen: Visit, right: int, text: str) -> None:
    """Type into the cell of the first line that stands so many columns right of its name, by keyboard."""
    keyboard, editor = seen.page.keyboard, seen.page.locator("#portal .gdg-input")
    select_cell(seen, right)
    keyboard.press("Enter")
    expect(editor).to_be_focused()  # the cell's editor is fetched when it is first used
    keyboard.press("Control+a")
    keyboard.type(text)
    with seen.rerun():
        keyboard.press("Enter")


def column(table: str, field: str) -> int:
    """Return how many columns right of the name a field stands in the shipped expansion."""
    return [shown.field for shown in columns(load_scenario(LIBRARY / "expansion_2018.yaml"), table)].index(field)


def select_cell(seen: Visit, right: int) -> None:
    """Select the cell of the first line that stands so many columns right of its name."""
    grid = seen.page.get_by_test_id("stDataFrame").first
    selected = grid.locator("td[aria-selected=true]")
    grid.click(position={"x": 120, "y": 52})
    for column in range(right + 1):
        if column:
            seen.page.keyboard.press("ArrowRight")
        expect(selected).to_have_id(f"glide-cell-{column}-0")  # on a busy machine a key may come before the grid has seen the last


def test_what_is_typed_is_taken_or_refused_beside_its_table_and_the_server_rests(seen: Visit) -> None:
    """A sign dropped, a month thrown away, a cell zeroed by the key of undo, an emptied cell that ran without end: none of them any more."""
    seen.open("build", "?part=Positions")
    before = seen.effect(COST)
    number, hire_month = column("county_positions", "number"), column("county_positions", "hire_month")
    type_into_cell(seen, number, "-5")
    seen.page.get_by_text('"-5" is not taken').wait_for()
    assert seen.effect(COST) == before
    type_into_cell(seen, hire_month, "Mar 2019")
    last_change(seen, "LEAD program manager, hire month: Mar 2019")
    later = seen.effect(COST)
    assert later != before
    select_cell(seen, hire_month)
    type_and_go_on(seen, ["Apr 2019"])
    cell = seen.page.locator(f"#glide-cell-{hire_month}-0").first
    expect(cell).to_have_text("Apr 2019")
    seen.page.keyboard.press("Control+z")  # before the grid has sent what it undoes
    expect(cell).to_have_text("Mar 2019")
    last_change(seen, "LEAD program manager, hire month: Mar 2019")
    select_cell(seen, number)
    with seen.rerun():
        seen.page.keyboard.press("Control+z")
    assert seen.effect(COST) == before and seen.page.locator("#portal .gdg-input").count() == 0
    select_cell(seen, number)
    with seen.rerun():
        seen.page.keyboard.press("Delete")
    last_change(seen, "LEAD program manager, number: 0")
    runs = seen.page.evaluate("window.runs.asked")
    seen.settle(frames=60)
    assert seen.page.evaluate("window.runs.asked") == runs
    assert seen.complaints == []


def test_nothing_is_lost_of_what_is_typed_cell_after_cell(seen: Visit, record_property: Callable[[str, int], None]) -> None:
    """An analyst does not wait for the page: a name, numbers, refused ones and emptied cells while it runs; a reload shows what is kept."""
    seen.open("build", "?part=Positions")
    grid = seen.page.get_by_test_id("stDataFrame").first
    number = grid.locator(f"[id^=glide-cell-{column('county_positions', 'number')}-]")
    grid.locator("#glide-cell-0-0").wait_for(state="attached")
    kept, keys = number.all_text_contents(), seen.page.keyboard
    lines, rounds = len(kept), 10 if scale.NOW.proof else 1
    select_cell(seen, 0)
    type_and_go_on(seen, ["Head of the program"])
    for key in ["ArrowUp", *["ArrowRight"] * column("county_positions", "number")]:
        keys.press(key)
    for turn in range(rounds):
        typed = [["", "-", None, ""][(turn + line) % 4] for line in range(lines)]
        texts = [None if sign is None else f"{sign}{100 + turn * lines + line}" for line, sign in enumerate(typed)]
        type_and_go_on(seen, texts)
        for _ in range(lines - 1):
            keys.press("ArrowUp")
        for line, text in enumerate(texts):
            if text and text.startswith("-"):
                seen.page.get_by_text(f'"{text}" is not taken').wait_for()
            else:
                kept[line] = text or "0"
            expect(number.nth(line)).to_have_text(text or "")
        seen.settle()
        refused = sum(bool(text) and text.startswith("-") for text in texts)
        seen.page.get_by_text(f"{refused} entries are not taken and not counted.").wait_for()
    seen.page.reload()
    seen.settle()
    expect(number).to_have_text(kept)
    expect(grid.locator("#glide-cell-0-0")).to_have_text("Head of the program")
    record_property("entries typed cell after cell, 0 lost", rounds * lines + 1)
    assert seen.complaints == []


def type_and_go_on(seen: Visit, texts: Sequence[str | None]) -> None:
    """Type into cell under cell, without waiting for anything; None empties one."""
    for text in texts:
        if text is None:
            seen.page.keyboard.press("Delete")
            seen.page.keyboard.press("ArrowDown")
        else:
            seen.page.keyboard.type(text)
            seen.page.keyboard.press("Enter")


def last_change(seen: Visit, words: str) -> None:
    seen.page.get_by_text(f"Last change: {words}").first.wait_for()
    seen.settle()


def test_an_analyst_adds_a_site_edits_a_position_undoes_saves_and_finds_it(seen: Visit) -> None:
    seen.open("build", "?part=Sites")
    type_into_cell(seen, column("sites", "slots"), "161")
    last_change(seen, "North Long Beach, slots: 161")
    seen.page.get_by_role("button", name="Duplicate a site").click()
    seen.page.get_by_role("textbox", name="Name of the copy").fill("Pomona")
    seen.page.get_by_role("button", name="Duplicate", exact=True).click()
    last_change(seen, "Pomona added as a copy of North Long Beach")
    with_site = seen.effect(COST)
    seen.press("Positions", "radio")
    seen.page.get_by_role("heading", name="County positions").wait_for()
    type_into_cell(seen, column("county_positions", "number"), "3")
    last_change(seen, "LEAD program manager, number: 3")
    with_position = seen.effect(COST)
    assert with_position != with_site
    seen.press("Undo")
    last_change(seen, "Pomona added as a copy of North Long Beach")
    assert seen.effect(COST) == with_site
    with seen.rerun():
        seen.page.keyboard.press("Control+Shift+Z")
    last_change(seen, "LEAD program manager, number: 3")
    assert seen.effect(COST) == with_position
    seen.press("Review and save")
    for value in ("161 participants", "3 positions"):
        seen.page.locator(".act").filter(has_text=value).first.wait_for()
    seen.fill("Name of the scenario", "With Pomona")
    seen.fill("Who saves it", "Ana")
    seen.fill("Why, in a few words", "a seventh area")
    seen.page.reload()
    for label, text in (("Name of the scenario", "With Pomona"), ("Who saves it", "Ana"), ("Why, in a few words", "a seventh area")):
        expect(seen.page.get_by_role("textbox", name=label)).to_have_value(text)  # a reload loses nothing
    seen.settle()
    seen.fill("Why, in a few words", "a seventh area, in the east")
    seen.press("Save version")
    seen.page.get_by_text("Go on all the same?").wait_for()
    seen.press("Save all the same")
    seen.page.get_by_text("Saved as version 1 of 'With Pomona'").first.wait_for()
    seen.page.get_by_text("a seventh area, in the east").wait_for()
    seen.page.goto("about:blank")
    seen.open("sites", "?scenario=with_pomona")
    assert seen.effect(COST) == with_position
    seen.page.get_by_role("rowheader", name="Pomona").first.wait_for()
    assert seen.complaints == []


def test_a_link_carries_the_draft_to_another_session(seen: Visit, address: str, chromium: Browser) -> None:
    seen.open("build")
    after = move_caseload(seen)
    with visit(chromium, address) as other:
        other.page.goto(seen.page.url)
        other.page.get_by_role("button", name="Review and save").wait_for()
        other.settle()
        assert other.effect(COST) == after
        assert seen.complaints + other.complaints == []


def test_the_ceos_office_edits_the_workbook_in_libreoffice_and_sees_its_changes(seen: Visit, tmp_path: Path) -> None:
    seen.open("downloads", "?scenario=pilot_2017")
    made, edited = downloaded(seen, "LEAD pilot 2017", tmp_path / "made.xlsx"), tmp_path / "edited.xlsx"
    saved_by_libreoffice([(made, edited, {"in_site_slots_north_long_beach": 120.0})])
    with seen.rerun():
        seen.page.locator('input[type="file"]').set_input_files(edited)
    seen.press("Read the workbook")
    seen.page.get_by_role("cell", name="120 participants").wait_for()
    seen.press("Take these changes into the draft")
    seen.page.get_by_text("Last change: 1 change read from edited.xlsx").wait_for()
    seen.press("Review and save 1 change", "link")
    seen.page.locator(".act").filter(has_text="120 participants").wait_for()
    assert seen.complaints == []


def test_leadership_opens_mailed_links_and_sorts_the_sites(seen: Visit) -> None:
    seen.open("sites", "?scenario=expansion_2018&year=FY+2020-21&columns=Site+cost&columns=Agencies")
    grid = seen.page.get_by_test_id("stDataFrame").first
    names = grid.locator("tbody tr td:first-child")
    assert names.first.inner_text() == "North Long Beach", "in the order of the plan"
    assert grid.locator("thead th").all_inner_texts() == ["Site", "Site cost", "Agencies"], "the columns that the link names"
    planned = names.all_inner_texts()
    assert len(planned) == 6 and planned != sorted(planned)
    grid.click(position={"x": 60, "y": 18})
    expect(names).to_have_text(sorted(planned))
    assert seen.page.get_by_role("radio", name="FY 2020-21").is_checked()
    seen.open("sites", "?scenario=expansion_2018&site=Antelope+Valley")
    seen.page.get_by_role("heading", name="Antelope Valley by fiscal year").wait_for()
    seen.open("scenarios", "?scenario=expansion_2018&compare=expansion_2018,expansion_2018_two_areas")
    seen.page.get_by_text("East Los Angeles removed, with").first.wait_for()
    assert seen.complaints == []


def test_no_script_of_a_text_runs_and_the_grids_offer_no_csv_of_their_own(seen: Visit) -> None:
    """The grids' own download writes a text that begins like a formula as one; Downloads has a CSV that is safe to open."""
    seen.open("sites")
    seen.page.get_by_test_id("stDataFrame").first.hover()
    expect(seen.page.get_by_role("button", name="Search: Sites")).to_be_visible()
    expect(seen.page.get_by_role("button", name="Download as CSV")).to_have_count(0)
    assert seen.page.evaluate("window.undoIsLeftToFields"), "the page's own script runs"
    assert seen.complaints == []
    seen.page.evaluate("document.body.append(document.createRange().createContextualFragment('<script>window.ran = 1</script>'))")
    assert seen.page.evaluate("window.ran") is None
    (complaint,) = seen.complaints
    assert "Content Security Policy" in complaint
