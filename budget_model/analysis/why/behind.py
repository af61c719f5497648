"""The assumptions behind a figure, at once: those first of which one percent more moves it most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from budget_model.analysis.why.addresses import Address, places
from budget_model.analysis.why.explanation import address_of
from budget_model.budget import BUDGET
from budget_model.engine.arrays import Array
from budget_model.engine.slopes import slopes
from budget_model.projection import Projection
from budget_model.scenario.axes import Axis
from budget_model.scenario.numbers import id_of
from budget_model.scenario.tables import PlacedAssumption, placed_assumptions

ONE_PERCENT = 0.01
EXPLAINED = (
    "What one percent more of each would move, as the cases now stand. Head counts are not rounded here, and months, choices and "
    "numbers that are nothing have no such effect."
)


@dataclass(frozen=True)
class Behind:
    """An assumption behind a figure, with all places that use the same number: what one percent more of it moves, in the figure's unit."""

    uses: tuple[PlacedAssumption, ...]
    address: Address | None
    effect: float

    @property
    def first(self) -> PlacedAssumption:
        """The first place where the number is used."""
        return self.uses[0]


def behind(projection: Projection, address: Address) -> tuple[Behind, ...]:
    """Return the numbers that a figure rests on, those first that move it most; numbers of one entry of the register together.

    They are found when they are first asked for.
    """
    known = projection.once(_known)
    if address not in known:
        known[address] = _found(projection, address)
    return known[address]


def _known(_: Projection) -> dict[Address, tuple[Behind, ...]]:
    """Return where what was found behind figures of a projection is kept."""
    return {}


def _found(projection: Projection, address: Address) -> tuple[Behind, ...]:
    found = slopes(projection.evaluation, address.row, _weights(projection, address))
    counted: dict[str, int] = {}
    uses: dict[str, list[PlacedAssumption]] = {}
    effects: dict[str, float] = {}
    for placed in placed_assumptions(projection.scenario):
        place = counted.get(placed.input, 0)
        counted[placed.input] = place + 1
        of_it = found.get(placed.input)
        if of_it is None or placed.declared.is_month:
            continue
        slope = float(of_it if placed.axis is None else of_it[place])
        value = placed.assumption.value
        if slope and isinstance(value, float) and value:
            key = id_of(placed)
            uses.setdefault(key, []).append(placed)
            effects[key] = effects.get(key, 0.0) + slope * value * ONE_PERCENT
    order = sorted(uses, key=lambda key: -abs(effects[key]))
    return tuple(
        Behind(tuple(uses[key]), address_of(projection, uses[key][0].table, uses[key][0].item, uses[key][0].field), effects[key])
        for key in order
        if effects[key]
    )


def _weights(projection: Projection, address: Address) -> Array:
    """Return how much of each value of the row the figure holds."""
    row, found = BUDGET.rows[address.row], places(projection)
    values = projection.monthly(row.name)
    weights: Array = np.zeros(values.shape)
    month, year = found.month(address.at), found.year(address.at)
    if month is not None:
        weights[(*address.items, month)] = 1.0
    elif year is None:
        weights[address.items] = 1.0
    elif Axis.YEAR in row.over:
        weights[(*address.items, year)] = 1.0
    else:
        start, stop = found.spans[year]
        of_year = values[address.items][start:stop]
        if row.in_a_year == "sum":
            weights[address.items][start:stop] = 1.0
        else:
            place = {"last": stop - start - 1, "largest": int(of_year.argmax()), "smallest": int(of_year.argmin())}[row.in_a_year or "last"]
            weights[(*address.items, start + place)] = 1.0
    return weights
