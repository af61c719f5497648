"""The form of one line in a real browser: nothing that is typed field after field is lost, and it fits at every width."""

from __future__ import annotations

import pytest
from browser import Visit
from playwright.sync_api import Locator, expect
from test_browser import accessibility

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LINE = "?part=Positions&line=county_positions&line=LEAD+program+manager"


def field(seen: Visit, label: str) -> Locator:
    return seen.page.get_by_test_id("stExpander").get_by_role("textbox", name=label, exact=True)


def type_into(seen: Visit, label: str, text: str) -> None:
    """Type into a field and go on, without waiting for anything."""
    field(seen, label).focus()
    seen.page.keyboard.press("Control+a")
    seen.page.keyboard.type(text)


def test_nothing_is_lost_of_what_is_typed_field_after_field_and_keys_undo_it(seen: Visit) -> None:
    seen.open("build", LINE)
    cost = seen.effect("Gross appropriation")
    typed = {
        "Name": ("Head of the program", "Head of the program"),
        "Positions whatever the driver": ("-5", "-5"),
        "Percent of full time (% of full time)": ("80%", "80"),
        "Salary by the month ($ a month)": ("$11k", "11,000"),
        "Step increase (% a year)": ("3", "3"),
    }
    for label, (text, _) in typed.items():
        type_into(seen, label, text)
    seen.page.keyboard.press("Tab")
    for label, (_, kept) in typed.items():
        expect(field(seen, label)).to_have_value(kept)
    seen.settle()
    seen.page.get_by_text('Head of the program, positions whatever the driver: "-5" is not taken').wait_for()
    for label, (_, kept) in typed.items():
        expect(field(seen, label)).to_have_value(kept)
    assert seen.effect("Gross appropriation") != cost and "Head+of+the+program" in seen.page.url
    seen.page.get_by_role("heading", name="Head of the program").click()
    for _ in range(4):
        with seen.rerun():
            seen.page.keyboard.press("Control+z")
    expect(field(seen, "Name")).to_have_value("LEAD program manager")
    expect(field(seen, "Salary by the month ($ a month)")).to_have_value("9,500")
    assert seen.effect("Gross appropriation") == cost
    seen.page.reload()
    seen.settle()
    expect(field(seen, "Positions whatever the driver")).to_have_value("-5")
    seen.press("Next line")
    expect(field(seen, "Name")).to_have_value("Staff analyst, contracts and budget")
    assert accessibility(seen) == [] and seen.complaints == []
    for width in (1024, 390, 1440):
        seen.fits(width)
