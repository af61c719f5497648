"""The uncertain numbers of a scenario: facts, forecasts and prices with a range, each once, with the places where it stands.

Decisions and money that is asked are futures that people choose among, and are not drawn. Assumptions that share an entry of the
register of evidence are one number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budget_model.analysis.sensitivity import UNCERTAIN
from budget_model.scenario.assumption import Confidence, EvidenceKind, NumberAssumption
from budget_model.scenario.numbers import numbers_given
from budget_model.scenario.schema import Scenario
from budget_model.scenario.tables import PlacedAssumption
from budget_model.simulation.places import Places
from budget_model.simulation.shapes import Shape, shape_of

WIDER_AT_LOW_CONFIDENCE = 1.25  # people who are not sure set ranges too narrow


@dataclass(frozen=True)
class UncertainNumber:
    """A number that draws change, in `unit`. `low` and `high` are as given; `shape` has the percentiles that are drawn.

    `id` is its entry of the register, or `table.item.field` where it has none; `table`, `item` and `field` are the first place
    where it stands, `places` all of them among the inputs.
    """

    id: str
    label: str
    table: str
    item: str
    field: str
    kind: EvidenceKind
    owner: str
    confidence: Confidence
    unit: str
    value: float
    low: float | None
    high: float | None
    source: str
    places: Places
    shape: Shape

    @property
    def least(self) -> float:
        """The 10th percentile that is drawn, in the unit."""
        return self.shape.least

    @property
    def most(self) -> float:
        """The 90th percentile that is drawn, in the unit."""
        return self.shape.most


def uncertain_numbers(scenario: Scenario, widened: float = 1.0) -> tuple[UncertainNumber, ...]:
    """Return the numbers of a scenario that draws change, in the order of the file.

    `widened` makes every range wider by a factor, about its value; a number of low confidence is widened by 1.25 besides. A range
    ends at what its field may be at least and at most.
    """
    positions = {(table, item.name): index for table, items in scenario.tables.items() for index, item in enumerate(items)}
    found = []
    for name, places in numbers_given(scenario).items():
        given = places[0].assumption
        assert isinstance(given, NumberAssumption)
        low, high = given.low, given.high
        if given.kind in UNCERTAIN and (low not in (None, given.number) or high not in (None, given.number)):
            found.append(_number(name, places, positions, widened))
    return tuple(found)


def decisions(scenario: Scenario) -> Sequence[str]:
    """Return the numbers with a range that are not drawn, by id: they are decided, or asked for."""
    return [
        name
        for name, places in numbers_given(scenario).items()
        if (given := places[0].assumption).kind not in UNCERTAIN and (given.low, given.high) != (None, None)
    ]


def _number(name: str, together: Sequence[PlacedAssumption], positions: dict[tuple[str, str], int], widened: float) -> UncertainNumber:
    first = together[0]
    given, about = first.assumption, first.declared
    assert isinstance(given, NumberAssumption)
    factor = widened * (WIDER_AT_LOW_CONFIDENCE if given.confidence == "low" else 1.0)
    value = given.number
    low = None if given.low is None else max(about.at_least, value - factor * (value - given.low))
    high = None if given.high is None else min(about.at_most, value + factor * (given.high - value))
    return UncertainNumber(
        id=name,
        label=about.label,
        table=first.table,
        item=first.item,
        field=first.field,
        kind=given.kind,
        owner=given.owner,
        confidence=given.confidence,
        unit=about.unit,
        value=value,
        low=given.low,
        high=given.high,
        source=given.source,
        places=tuple((placed.input, positions[placed.table, placed.item] if placed.axis else None) for placed in together),
        shape=shape_of(about, low, value, high),
    )
