"""A copied site asks for what must be its own, where it is edited and where it is read, until it is given."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from budget_model.editing.copied_sites import still_to_be_given
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.widgets import say

_HOW = (
    "A number is its own once it is changed, has a note of its own, or is confirmed by name and day under Assumptions. "
    "Agencies stand below the sites, beds under Treatment and housing, the contract under Contracts. Where the shared beds are to do, "
    "empty the site's field Copied from."
)


def ask(screen: ScreenState, sites: Collection[str]) -> None:
    """Show what those of some sites ask for that are copies."""
    scenario = screen.now.scenario
    asked = {site.name: still_to_be_given(scenario, site) for site in scenario.sites if site.name in sites}
    if not any(asked.values()):
        return
    with st.container(border=True):
        for name, missing in asked.items():
            if missing:
                say(f"{name} is a copy. Still to be given its own: {', '.join(missing)}.", "alert")
        say(_HOW, "quiet")
