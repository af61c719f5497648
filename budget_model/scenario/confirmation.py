"""How far the numbers of a plan are confirmed by those who can: four words for a set of them, and a count for the whole plan.

A confirmation belongs to a scenario, and in the database to a version of it: a number that is changed loses it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from budget_model.scenario.assumption import Assumption
from budget_model.scenario.numbers import numbers_given
from budget_model.scenario.schema import Scenario


class State(StrEnum):
    """How far a set of numbers is confirmed, in the words of the crosswalk."""

    MISSING = "Missing"
    DRAFT = "Draft"
    IN_PART = "In part"
    CONFIRMED = "Confirmed"


class Confirmations(NamedTuple):
    """How many of the numbers that need it are confirmed."""

    confirmed: int
    needed: int


def state_of(assumptions: Iterable[Assumption]) -> State:
    """Return how far a set is confirmed: Missing where the scenario gives none, Draft where none of those it gives is confirmed."""
    confirmed = [one.is_confirmed for one in assumptions if one.is_given]
    if not confirmed:
        return State.MISSING
    return State.CONFIRMED if all(confirmed) else State.IN_PART if any(confirmed) else State.DRAFT


def confirmations(scenario: Scenario) -> Confirmations:
    """Return how many numbers of a scenario are confirmed, of all that it gives; one that is used often only where each use is."""
    confirmed = [all(placed.assumption.is_confirmed for placed in uses) for uses in numbers_given(scenario).values()]
    return Confirmations(sum(confirmed), len(confirmed))
