"""In a real browser: what is typed just before a reload, and what the page says and does while the database is held or away."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from browser import Visit
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
CASELOAD = "Participants per case manager"
KEPT = "kept on this screen only"


@pytest.fixture
def seen(seen: Visit) -> Visit:
    seen.open("build")
    return seen


def lower(seen: Visit) -> None:
    lever = seen.page.get_by_role("spinbutton", name=CASELOAD)
    lever.focus()
    lever.press("ArrowDown")


def asks(seen: Visit) -> bool:
    """Whether the browser would ask before it leaves the page."""
    leaves: bool = seen.page.evaluate("window.dispatchEvent(new Event('beforeunload', { cancelable: true }))")
    return not leaves


def test_what_is_typed_into_the_form_is_there_after_a_reload_though_the_field_was_not_left(seen: Visit) -> None:
    with seen.rerun():
        lower(seen)
    seen.press("Review and save", "radio")
    with seen.rerun():
        seen.page.get_by_role("textbox", name="Why, in a few words").press_sequentially("just before the reload")
    seen.page.reload()
    seen.settle()
    expect(seen.page.get_by_role("textbox", name="Why, in a few words")).to_have_value("just before the reload")


def test_the_browser_asks_before_a_cell_that_is_being_typed_is_lost(seen: Visit) -> None:
    assert not asks(seen)
    seen.open("build", "?part=Sites")
    seen.page.get_by_test_id("stDataFrame").first.click(position={"x": 400, "y": 60})
    seen.page.keyboard.type("12")
    seen.page.locator("#portal input, #portal textarea").wait_for()
    assert asks(seen)


def test_the_page_says_that_it_waits_for_another_who_saves(seen: Visit, database_file: Path) -> None:
    with closing(sqlite3.connect(database_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        lower(seen)
        expect(seen.page.get_by_text("Waiting for the database, where somebody else may be saving")).to_be_visible()
        other.execute("ROLLBACK")
        seen.settle()
    expect(seen.page.get_by_text("Waiting for the database")).to_have_count(0)
    assert "draft" in parse_qs(urlsplit(seen.page.url).query) and seen.page.get_by_text(KEPT).count() == 0


def test_a_change_made_while_the_database_is_away_is_sent_by_itself_when_it_is_back(seen: Visit, database_file: Path) -> None:
    away = database_file.with_suffix(".away")
    database_file.rename(away)
    database_file.mkdir()
    with seen.rerun():
        lower(seen)
    expect(seen.page.get_by_text("1 change is kept on this screen only")).to_be_visible()
    assert asks(seen)
    database_file.rmdir()
    away.rename(database_file)
    expect(seen.page.get_by_text("The database answers again: 1 change is in the draft now").first).to_be_visible()
    expect(seen.page.get_by_text(KEPT)).to_have_count(0)
    assert "draft" in parse_qs(urlsplit(seen.page.url).query) and not asks(seen)
