"""What each number of a plan moves, for the page Evidence: calculated once for all visitors, in a process of its own."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from budget_model.analysis.evidence_lists import lists_of_evidence
from budget_model.analysis.sensitivity import Effect
from budget_model.pages.shared import background
from budget_model.scenario.schema import Scenario
from budget_model.scenario.text import cache_key
from budget_model.simulation.worker import Worker

_SLOT = "number_effects.waiting"
_MOST_KEPT = 32
_Lists = Mapping[str, tuple[Effect, ...]]


def lists_with_effects(scenario: Scenario) -> _Lists | None:
    """Return every number of a plan by what it moves, in the list of its kind; None while that is calculated.

    Raises SimulationError, in words, where the work was stopped.
    """
    key, known = cache_key(scenario), _known()
    if key not in known:
        found: _Lists | None = background.taken(_SLOT, key)
        if found is None:
            background.ask(_SLOT, key, _worker(), lists_of_evidence, scenario)
            return None
        known[key] = found
        while len(known) > _MOST_KEPT:
            known.pop(next(iter(known)))
    return known[key]


def follow() -> None:
    """Show the page anew once the effects are calculated."""
    background.follow(_SLOT)


@st.cache_resource(show_spinner=False)
def _known() -> dict[str, _Lists]:
    """Return what was calculated lately, for all visitors."""
    return {}


@st.cache_resource(show_spinner=False)
def _worker() -> Worker:
    """Return a process of its own, for nobody's draws may wait for it."""
    return Worker()
