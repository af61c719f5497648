"""In a browser: a mailed link holds after a later save, says that a newer version exists, and leads there when it is asked to."""

from __future__ import annotations

import pytest
from browser import Visit, visit
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
COST = "Net county cost"


def move_and_save(seen: Visit, **fields: str) -> None:
    """Lower the caseload by one, and save it at its review."""
    lever = seen.page.get_by_role("spinbutton", name="Participants per case manager")
    lever.focus()
    with seen.rerun():
        lever.press("ArrowDown")
        lever.press("Enter")
    seen.press("Review and save", "radio")
    for label, text in fields.items():
        seen.fill(label, text)
    seen.press("Save version")


def test_a_link_holds_after_a_later_save_and_says_what_the_newer_version_does(chromium: Browser, address: str) -> None:
    with visit(chromium, address) as ana, visit(chromium, address) as reader:
        ana.open("build", "?scenario=expansion_2018")
        move_and_save(ana, **{"Name of the scenario": "Mailed", "Who saves it": "Ana", "Why, in a few words": "a try"})
        ana.page.get_by_role("heading", name="Version 1 of Mailed: what now").wait_for()
        link = ana.page.get_by_test_id("stCode").filter(has_text="version=1").inner_text().strip()
        reader.page.goto(link)
        reader.settle()
        cost = reader.effect(COST)
        ana.press("Levers", "radio")
        move_and_save(ana, **{"Why, in a few words": "smaller still"})
        ana.page.get_by_role("heading", name="Version 2 of Mailed: what now").wait_for()
        reader.page.reload()
        reader.settle()
        expect(reader.page.get_by_text("Version 2 is newer: net county cost +$")).to_be_visible()
        assert reader.effect(COST) == cost and reader.card(COST) == cost
        reader.press("Look at version 2")
        expect(reader.page.get_by_text("Version 2 is newer")).to_have_count(0)
        assert reader.effect(COST) != cost
        assert ana.complaints + reader.complaints == []
