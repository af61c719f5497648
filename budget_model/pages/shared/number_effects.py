"""What each number of a plan moves, for the page Evidence: calculated once for all visitors, in a process of its own."""

from __future__ import annotations

from collections.abc import Mapping

from budget_model.analysis.evidence_lists import lists_of_evidence
from budget_model.analysis.sensitivity import Effect
from budget_model.pages.shared import background
from budget_model.scenario.schema import Scenario
from budget_model.scenario.text import cache_key

_SLOT = "number_effects.waiting"
_Lists = Mapping[str, tuple[Effect, ...]]


def lists_with_effects(scenario: Scenario) -> _Lists | None:
    """Return every number of a plan by what it moves, in the list of its kind; None while that is calculated.

    Raises SimulationError, in words, where the work was stopped.
    """
    found: _Lists | None = background.once_for_all(_SLOT, cache_key(scenario), lists_of_evidence, scenario)
    return found


def follow() -> None:
    """Show the page anew once the effects are calculated."""
    background.follow(_SLOT)
