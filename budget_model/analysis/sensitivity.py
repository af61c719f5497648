"""What the uncertain numbers move: each set to the ends of its range, and what that does to net county cost.

Facts, forecasts and prices are uncertain, and vary unless other kinds are asked for; decisions and money that is asked are
choices of people. Assumptions that share an entry of the register of evidence are one number and move together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from budget_model.editing.changes import Change, changed
from budget_model.errors import ScenarioError
from budget_model.projection import Projection, net_county_cost, project
from budget_model.scenario.assumption import Confidence, EvidenceKind, NumberAssumption
from budget_model.scenario.numbers import numbers_given
from budget_model.scenario.schema import Scenario
from budget_model.scenario.tables import PlacedAssumption

# What varies; so does a number of which nobody says what it is.
UNCERTAIN: tuple[EvidenceKind, ...] = ("fact", "forecast", "price", "")


@dataclass(frozen=True)
class Effect:
    """What one number does. `low` and `high` are changes of net county cost in dollars at the ends of its range.

    They are None where no such end is given; `refused` says why an end is no sound scenario. `places` is how often it is used,
    `least` and `most` are the ends themselves, in `unit`. Of money that is asked, `cost_if_refused` and `gap_if_refused` are what
    net county cost and the funding gap change by where none of it is given, which its low end need not be.
    """

    evidence: str
    label: str
    kind: EvidenceKind
    owner: str
    confidence: Confidence
    confirmation: str
    value: float
    least: float | None
    most: float | None
    unit: str
    places: int
    source: str
    low: float | None
    high: float | None
    refused: str = ""
    cost_if_refused: float | None = None
    gap_if_refused: float | None = None

    @property
    def size(self) -> float:
        """The larger of the two changes."""
        return max(abs(self.low or 0.0), abs(self.high or 0.0))


def effects(projection: Projection, kinds: Collection[EvidenceKind] = UNCERTAIN) -> tuple[Effect, ...]:
    """Return the effect of every number of some kinds that the scenario gives, the largest first."""
    found = (
        _effect(projection, evidence, uses)
        for evidence, uses in numbers_given(projection.scenario).items()
        if uses[0].assumption.kind in kinds
    )
    return tuple(sorted(found, key=lambda effect: -effect.size))


def _effect(projection: Projection, evidence: str, uses: list[PlacedAssumption]) -> Effect:
    first = uses[0]
    given = first.assumption
    assert isinstance(given, NumberAssumption)
    ends: list[float | None] = []
    refused = ""
    for end in (given.low, given.high):
        try:
            ends.append(None if end is None else _moved(projection, uses, end))
        except ScenarioError as error:
            ends.append(None)
            refused = str(error.problems[0])
    low, high = ends
    nothing = _with_nothing(projection, uses) if given.kind == "money asked" else (None, None)
    return Effect(
        evidence=evidence,
        label=first.declared.label,
        kind=given.kind,
        owner=given.owner,
        confidence=given.confidence,
        confirmation=given.confirmation,
        value=given.number,
        least=given.low,
        most=given.high,
        unit=first.declared.unit,
        places=len(uses),
        source=given.source,
        low=low,
        high=high,
        refused=refused,
        cost_if_refused=nothing[0],
        gap_if_refused=nothing[1],
    )


def _moved(projection: Projection, together: Iterable[PlacedAssumption], value: float) -> float:
    return net_county_cost(_with(projection, together, value)) - net_county_cost(projection)


def _with_nothing(projection: Projection, together: Iterable[PlacedAssumption]) -> tuple[float | None, float | None]:
    """Return what a refusal changes net county cost and the funding gap by; None where the plan is none without the money."""
    try:
        refused = _with(projection, together, 0.0)
    except ScenarioError:
        return None, None
    gaps = (float(one.by_year("funding_gap")[-1]) for one in (refused, projection))
    return net_county_cost(refused) - net_county_cost(projection), next(gaps) - next(gaps)


def _with(projection: Projection, together: Iterable[PlacedAssumption], value: float) -> Projection:
    scenario: Scenario = changed(projection.scenario, [Change(placed.table, placed.item, placed.field, value) for placed in together])
    return project(scenario, projection)
