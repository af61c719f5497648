"""The numbers that a scenario gives, each once, with all the places where it is used."""

from __future__ import annotations

from budget_model.scenario.assumption import NumberAssumption
from budget_model.scenario.schema import Scenario
from budget_model.scenario.tables import PlacedAssumption, placed_assumptions


def numbers_given(scenario: Scenario) -> dict[str, list[PlacedAssumption]]:
    """Return the places of each number by its id in the register, or by `table.item.field` where it has none; no months.

    Places that share an entry of the register of evidence hold one number: it is confirmed once, and moves together.
    """
    found: dict[str, list[PlacedAssumption]] = {}
    for placed in placed_assumptions(scenario):
        given = placed.assumption
        if given.is_given and isinstance(given, NumberAssumption):
            found.setdefault(id_of(placed), []).append(placed)
    return found


def id_of(placed: PlacedAssumption) -> str:
    """Return what tells a number from others: its entry of the register, or its place."""
    return placed.assumption.evidence or f"{placed.table}.{placed.item}.{placed.field}"
