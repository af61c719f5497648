"""In a real browser: the keys of undo work from everywhere, and are a field's own while a text is typed in it."""

from __future__ import annotations

import pytest
from browser import Visit
from playwright.sync_api import Locator, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
COST = "Gross appropriation"
# In the page, as quickly as a person holds a key down, however slow the machine is.
THREE_KEYS = """async thumb => {
  for (let pressed = 0; pressed < 3; pressed++) {
    thumb.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", code: "ArrowRight", bubbles: true }));
    await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  }
}"""


def undo(seen: Visit, key: str = "Control+z") -> None:
    with seen.rerun():
        seen.page.keyboard.press(key)


def test_undo_works_from_a_lever_a_slider_and_a_choice_and_leaves_typing_alone(seen: Visit) -> None:
    seen.open("build", "?scenario=expansion_2018")
    keys, saved = seen.page.keyboard, seen.effect(COST)
    slider = seen.page.get_by_role("slider", name="Referrals, of those planned")
    drag(seen, slider, "115%")
    moved = seen.effect(COST)
    assert moved != saved
    undo(seen)
    assert seen.effect(COST) == saved, "three keys are one step"
    seen.page.get_by_text("Undone: Program, Referrals, of those planned: 100% to 115%.").wait_for()
    undo(seen, "Control+Shift+z")
    assert seen.effect(COST) == moved
    lever = seen.page.get_by_role("spinbutton", name="Participants per case manager")
    lever.focus()
    keys.press("Control+a")
    keys.type("12")
    runs = seen.page.evaluate("window.runs.asked")
    keys.press("Control+z")
    seen.settle(frames=30)
    assert seen.page.evaluate("window.runs.asked") == runs and seen.effect(COST) == moved
    keys.press("Control+a")
    keys.type("12")
    with seen.rerun():
        keys.press("Enter")
    with seen.rerun():
        seen.page.get_by_role("button", name="Steps: 2 of 2").click()
    listed = seen.page.get_by_role("radio", name="2. Program, Participants per case manager: 20 to 12")
    expect(listed).to_be_checked()
    with seen.rerun():
        keys.press("Escape")
    expect(listed).to_be_hidden()
    lever.focus()
    undo(seen)
    expect(lever).to_have_value("20")
    expect(lever).to_be_focused()
    choice = seen.page.get_by_role("combobox", name="Levers of")
    choice.click()
    keys.press("ArrowDown")
    with seen.rerun():
        keys.press("Enter")
    expect(choice).to_be_focused()
    undo(seen)
    assert seen.effect(COST) == saved
    assert seen.complaints == []


def drag(seen: Visit, slider: Locator, to: str) -> None:
    slider.focus()
    with seen.rerun():
        slider.evaluate(THREE_KEYS)
    expect(seen.page.get_by_test_id("stSlider").first).to_contain_text(to)
    seen.page.get_by_text(f"100% to {to}").first.wait_for()
    seen.settle()
