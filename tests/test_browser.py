"""The dashboard in a real browser: every page, a lever by keyboard, and the workbook of what is on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from browser import PAGES, Visit, dashboard, visit
from conftest import needs

from budget_model.formats import dollars

pytestmark = pytest.mark.browser
CASELOAD = "Participants per case manager"


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
    seen.page.get_by_role("link", name="Excel workbook").click()
    seen.page.get_by_role("button", name="Make the workbook").click()
    with seen.page.expect_download(timeout=90_000) as waiting:
        seen.page.get_by_role("button", name="Download expansion_2018").click(timeout=90_000)
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    summary = openpyxl.load_workbook(target, data_only=True)["Summary"]
    row = next(row for row in summary.iter_rows(values_only=True) if row[0] == "Gross appropriation")
    total = [cell for cell in row if isinstance(cell, (int, float))][-1]
    return target.name, dollars(total)


def move_caseload(seen: Visit, before: str) -> str:
    """Press the down arrow once on the lever; return the new gross appropriation."""
    lever = seen.page.get_by_role("spinbutton", name=CASELOAD)
    lever.focus()
    lever.press("ArrowDown")
    seen.page.wait_for_function(
        "before => ![...document.querySelectorAll('[data-testid=stMetricValue]')].some(card => card.innerText === before)", arg=before
    )
    seen.settle()
    return seen.card("Gross appropriation")


@pytest.mark.parametrize("width", [1440, 1024])
def test_every_page_opens_without_errors_and_asks_nobody_else(seen: Visit, width: int) -> None:
    seen.page.set_viewport_size({"width": width, "height": 900})
    seen.open()
    for name in PAGES.values():
        seen.go(name)
        assert seen.page.get_by_text("Something went wrong").count() == 0
        assert seen.page.get_by_test_id("stException").count() == 0
        assert seen.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert seen.complaints == []


def test_a_lever_moved_by_keyboard_changes_the_figures_and_the_workbook(seen: Visit, tmp_path: Path) -> None:
    seen.open()
    before = seen.card("Gross appropriation")
    saved_name, saved_total = downloaded_total(seen, tmp_path)
    assert saved_total == before
    seen.go("Overview")
    after = move_caseload(seen, before)
    changed_name, changed_total = downloaded_total(seen, tmp_path)
    assert changed_total == after != before
    assert changed_name != saved_name
    assert seen.complaints == []


def test_a_link_carries_the_levers_to_another_session(seen: Visit) -> None:
    seen.open()
    after = move_caseload(seen, seen.card("Gross appropriation"))
    link = seen.page.url
    seen.page.goto("about:blank")
    seen.page.goto(link)
    seen.page.get_by_text("(1 moved)").wait_for()
    seen.settle()
    assert seen.card("Gross appropriation") == after
