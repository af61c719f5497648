"""Bridges between scenarios, each built once for all visitors; a long one in a process of its own."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from budget_model.analysis.bridge import Bridge, bridge, bridge_between
from budget_model.analysis.why.addresses import as_text
from budget_model.analysis.why.explanation import address_of
from budget_model.editing.acts import acts
from budget_model.editing.differences import Difference
from budget_model.pages.shared import jobs
from budget_model.projection import Projection
from budget_model.scenario.text import cache_key

_INLINE = 12  # acts: a longer bridge is built in a process of its own
IN_TURN = "Made in turn, in this order: where two changes work together, the later carries what they do together."


def built(before: Projection, after: Projection) -> Bridge:
    """Return the bridge from one projection to another. Raises WorkbookError where the process that builds it dies."""
    return _built(cache_key(before.scenario), cache_key(after.scenario), before, after)


def number_behind(on_screen: Projection, differences: Iterable[Difference]) -> str:
    """Return the address of the first number that differences change; '' where they change none that is on the screen."""
    found = (address_of(on_screen, *difference.place) for difference in differences)
    return next((as_text(on_screen, address) for address in found if address), "")


@st.cache_resource(max_entries=64, show_spinner="Building the bridge, one change after the other ...")
def _built(before: str, after: str, _before: Projection, _after: Projection) -> Bridge:
    """Return a bridge; the digests of both scenarios find it again."""
    if len(acts(_before.scenario, _after.scenario)) <= _INLINE:
        return bridge(_before, _after)
    return jobs.run(bridge_between, _before.scenario, _after.scenario)
