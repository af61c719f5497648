"""What the uncertain numbers move: each assumption set to the ends of its range, and what that does to net county cost.

Assumptions that share an entry of the register of evidence are one number and move together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from budget_model.editing.changes import Change, changed
from budget_model.errors import ScenarioError
from budget_model.projection import Projection, project
from budget_model.scenario.assumption import Confidence, NumberAssumption
from budget_model.scenario.schema import Scenario
from budget_model.scenario.tables import PlacedAssumption, placed_assumptions


@dataclass(frozen=True)
class Effect:
    """What one uncertain number does. `low` and `high` are changes of net county cost in dollars at the ends of its range.

    They are None where the register gives no such end; `refused` says why an end is no sound scenario.
    """

    evidence: str
    label: str
    value: float
    unit: str
    places: int
    source: str
    low: float | None
    high: float | None
    refused: str = ""

    @property
    def size(self) -> float:
        """The larger of the two changes."""
        return max(abs(self.low or 0.0), abs(self.high or 0.0))


def effects(projection: Projection, confidence: Confidence = "low") -> tuple[Effect, ...]:
    """Return the effect of every number of a confidence that the scenario gives, the largest first."""
    groups: dict[str, tuple[NumberAssumption, list[PlacedAssumption]]] = {}
    for placed in placed_assumptions(projection.scenario):
        given = placed.assumption
        if given.confidence == confidence and given.is_given and isinstance(given, NumberAssumption):
            groups.setdefault(given.evidence or f"{placed.table}.{placed.item}.{placed.field}", (given, []))[1].append(placed)
    found = [_effect(projection, evidence, given, together) for evidence, (given, together) in groups.items()]
    return tuple(sorted(found, key=lambda effect: -effect.size))


def _effect(projection: Projection, evidence: str, given: NumberAssumption, together: list[PlacedAssumption]) -> Effect:
    first = together[0]
    ends: list[float | None] = []
    refused = ""
    for end in (given.low, given.high):
        try:
            ends.append(None if end is None else _moved(projection, together, end))
        except ScenarioError as error:
            ends.append(None)
            refused = str(error.problems[0])
    low, high = ends
    return Effect(evidence, first.declared.label, given.number, first.declared.unit, len(together), given.source, low, high, refused)


def _moved(projection: Projection, together: Iterable[PlacedAssumption], value: float) -> float:
    scenario: Scenario = changed(projection.scenario, [Change(placed.table, placed.item, placed.field, value) for placed in together])
    return net_county_cost(project(scenario, projection)) - net_county_cost(projection)


def net_county_cost(projection: Projection) -> float:
    """Return net county cost over all months, in dollars."""
    return float(projection.by_year("net_county_cost")[-1])
