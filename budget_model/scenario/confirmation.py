"""How far the numbers of a plan are confirmed by those who can: a count for the whole plan, and four words for a set of them.

A confirmation belongs to a scenario, and in the database to a version of it: a number that is changed loses it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from budget_model.formats import listed
from budget_model.scenario.numbers import numbers_given
from budget_model.scenario.schema import Scenario
from budget_model.scenario.tables import PlacedAssumption

_MOST_NAMED = 3  # of what is doubtful in a sentence; the rest are counted


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


def state_of(confirmed: int, needed: int) -> State:
    """Return how far a set of numbers is confirmed: Missing where there are none, Draft where none of them is confirmed."""
    if not needed:
        return State.MISSING
    return State.DRAFT if not confirmed else State.IN_PART if confirmed < needed else State.CONFIRMED


def is_confirmed(uses: Iterable[PlacedAssumption]) -> bool:
    """Whether a number is confirmed, whatever place of it the name and the day stand beside: all places hold the one number."""
    return any(placed.assumption.is_confirmed for placed in uses)


def doubts(scenario: Scenario, today: date | None = None) -> tuple[str, ...]:
    """Return what is doubtful in confirmations, in sentences: half of one, or a day that is still to come, of numbers and agreements.

    `today` is the day of the machine where nothing else is said.
    """
    now = (today or date.today()).isoformat()
    half, ahead = [], []
    for uses in numbers_given(scenario).values():
        told = [placed.assumption for placed in uses if placed.assumption.confirmed_by or placed.assumption.confirmed_on]
        name = f"{uses[0].item}: {uses[0].declared.label}".removeprefix(": ")
        if told and not is_confirmed(uses):
            half.append(name)
        if any(one.confirmed_on > now for one in told):
            ahead.append(name)
    ahead += [agency.name for agency in scenario.agencies if agency.agreement_date > now]
    found = []
    if half:
        found.append(f"A name without a day, or a day without a name, confirms nothing: {listed(half, _MOST_NAMED)}.")
    if ahead:
        found.append(f"Confirmed or agreed on a day that is still to come, and counted: {listed(ahead, _MOST_NAMED)}.")
    return tuple(found)


def confirmations(scenario: Scenario) -> Confirmations:
    """Return how many numbers of a scenario are confirmed, of all that it gives."""
    confirmed = [is_confirmed(uses) for uses in numbers_given(scenario).values()]
    return Confirmations(sum(confirmed), len(confirmed))
