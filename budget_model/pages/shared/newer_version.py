"""A newer version of what is on the screen: who saved it and what it changes, to look at or to stay; no figure changes by itself."""

from __future__ import annotations

import streamlit as st

from budget_model.errors import UnreadableError
from budget_model.formats import change
from budget_model.pages.shared import catalog, draft_session
from budget_model.pages.shared.address import compared
from budget_model.pages.shared.catalog import Catalog
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.widgets import page_file, say
from budget_model.projection import net_county_cost


def show(offered: Catalog, screen: ScreenState, page: str) -> None:
    """Show above a page that the version on the screen is not the newest, until the reader stays with it."""
    if screen.is_file or screen.latest <= screen.version or st.session_state.get(_key(screen)):
        return
    with st.container(border=True, gap="xsmall", key="newer_version"):
        try:
            newest, scenario = catalog.opened(offered, screen.slug)
        except UnreadableError:
            say(f"Version {screen.latest} is newer, and cannot be read. You see version {screen.version}.")
            return
        assert newest is not None
        difference = change(net_county_cost(catalog.projection(scenario)) - net_county_cost(screen.saved), "dollars")
        yours = "Your draft stands on" if screen.changes else "You see"
        say(
            f"Version {newest.number} is newer: net county cost {difference} over all fiscal years. {newest.author}: {newest.reason}. "
            f"{yours} version {screen.version}, which stays as it is."
        )
        stands = [f"{screen.slug}@{number}" for number in (screen.version, newest.number)]
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if not screen.changes:
                look = f"Look at version {newest.number}"
                st.button(look, on_click=draft_session.choose, args=(screen.slug,), icon=":material/visibility:")
            _to_comparison(page, stands)
            st.button(f"Stay with version {screen.version}", on_click=_stay, args=(_key(screen),), type="tertiary")


def _to_comparison(page: str, stands: list[str]) -> None:
    """Show a link to the comparison of two versions; on its own page, where what is compared was chosen already, a button."""
    label, icon = "What it changes", ":material/compare_arrows:"
    if page == "Scenarios":
        st.button(label, icon=icon, type="tertiary", on_click=_compare, args=(stands,))
    else:
        st.page_link(page_file("scenarios"), label=label, icon=icon, query_params=compared(stands))


def _compare(stands: list[str]) -> None:
    st.session_state["compared"] = stands


def _key(screen: ScreenState) -> str:
    return f"newer_version.stay.{screen.slug}.{screen.version}.{screen.latest}"


def _stay(key: str) -> None:
    st.session_state[key] = True
