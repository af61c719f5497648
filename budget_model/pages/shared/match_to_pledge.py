"""Beside the sources: match and *pays only at* in dollars at once, and *Pledge it*, which is a change of its own."""

from __future__ import annotations

import streamlit as st

from budget_model.analysis.match_to_pledge import MatchToPledge, matches_to_pledge
from budget_model.analysis.money_at_sites import money_at_sites
from budget_model.editing.changes import Change, changed
from budget_model.formats import dollars
from budget_model.pages.shared import draft_session
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.widgets import say
from budget_model.scenario.schema import Scenario


def show(screen: ScreenState) -> None:
    """Show what each source asks for as match and pays at its sites; nothing where none does."""
    matches, at_sites = matches_to_pledge(screen.now), money_at_sites(screen.now)
    if not matches and not at_sites:
        return
    with st.container(border=True, gap="small"):
        say("Match and places in dollars, over all months of the plan", "quiet")
        for match in matches:
            _match(match)
        for one in at_sites:
            say(f"{one.source.name} {one.words}")


def _match(match: MatchToPledge) -> None:
    name = match.source.name
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        say(f"{name}: {match.words}", "alert" if match.is_short else "say")
        if match.is_short:
            st.button("Pledge it", key=f"pledge.{name}", type="primary", on_click=_pledge, args=(name, match.whole_pledge))


def _pledge(name: str, amount: float) -> None:
    def pledged(scenario: Scenario) -> Scenario:
        return changed(scenario, [Change("funding_sources", name, "match.pledged", amount)])

    draft_session.edit(pledged, f"{name}, match pledged: {dollars(amount)}")
