"""One calculation of a model: what is fixed while its plan is followed, and how arrays of different axes are brought together.

Every array has a leading axis of draws, then the row's axes in the model's order. Inside a loop the arrays of one step lack
the axes that are stepped through: those are `fixed`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from budget_model.engine.arrays import Array, Calendar, Member, Members
from budget_model.engine.model import Model
from budget_model.engine.names import folded
from budget_model.engine.plain_loop import PlainLoop
from budget_model.engine.rows import MONTH, YEAR, Axes, Carry, Exactly, Row, Total

Store = dict[str, Array]
Calculation = Callable[[Store], Array]
NewAxes = tuple[slice | None, ...]


class Run:
    """The model, the items of every axis, the calendar and the number of draws of one calculation."""

    def __init__(self, model: Model, members: Members, calendar: Calendar, draws: int) -> None:
        self.model, self.rows = model, model.rows
        self.members, self.calendar, self.draws = members, calendar, draws
        self.sizes = {axis: len(items) for axis, items in members.items()}
        self.sizes |= {MONTH: calendar.months, YEAR: len(calendar.years) + 1}
        # A loop asks for the same again and again.
        self._shapes: dict[Axes, tuple[int, ...]] = {}
        self._pairs: dict[str, Array] = {}
        self.laid_out: dict[tuple[str, Axes], Calculation] = {}  # kinds.py lays them out
        self.plain_loops: dict[tuple[frozenset[str], Axes], PlainLoop | None] = {}  # plain.py lays them out

    def axes(self, row: Row, fixed: Axes) -> Axes:
        """Return the axes of a row's array where some are fixed."""
        return axes_left(row.over, fixed) if fixed else row.over

    def shape(self, axes: Axes) -> tuple[int, ...]:
        """Return the shape of an array over axes: (draws, *items along each)."""
        known = self._shapes.get(axes)
        if known is None:
            known = self._shapes[axes] = (self.draws, *(self.sizes[axis] for axis in axes))
        return known

    def start(self, row: Carry, store: Store, axes: Axes) -> Array:
        """Return what stands before a carry's first step: (draws, *axes but the one it is carried along), or 1 where it does not vary."""
        if not isinstance(row.start, str):
            return np.full((1,) * len(axes), float(row.start))
        return aligned(store[row.start], self.rows[row.start].over, tuple(axis for axis in axes if axis != row.along))

    def pairs(self, row: Total, summed: str, new: Axes) -> Array:
        """Return 1 where an item of the row summed matches the total's items: (items, *items along the new axes)."""
        if row.name not in self._pairs:
            self._pairs[row.name] = self._matched(row, summed, new)
        return self._pairs[row.name]

    def _matched(self, row: Total, summed: str, new: Axes) -> Array:
        own = self.model.matched[row.name].own
        pairs = np.ones((self.sizes[summed], *(self.sizes[axis] for axis in new)))
        for key, other in row.match.items():
            axis = None if isinstance(other, Exactly) else own[other]
            texts = (other.text,) if isinstance(other, Exactly) else tuple(item.keys[other] for item in self.members[own[other]])
            found = _alike(tuple(item.keys[key] for item in self.members[summed]), texts)
            pairs = pairs * found.reshape(len(found), *(found.shape[1] if each == axis else 1 for each in new))
        return pairs


def members_of_listings(model: Model, members: Members) -> dict[str, tuple[Member, ...]]:
    """Return the items of each listing: those of its parts, under the part's heading."""
    found = {}
    for row in model.listings:
        items = []
        for heading, names in row.parts.items():
            for axis in (row.axis_listed(model.rows[name]) for name in names):
                listed = members[axis] if axis else (model.whole,)
                items += [Member(item.name, {**item.keys, row.over[0]: heading}) for item in listed]
        found[row.over[0]] = tuple(items)
    return found


_COMBINED = {"sum": np.add, "largest": np.maximum, "smallest": np.minimum}


def yearly(values: Array, in_a_year: str, calendar: Calendar) -> Array:
    """Return monthly values (..., months) as (..., years + 1), the last being that of all months, as `in_a_year` says.

    >>> yearly(np.array([1.0, 2.0, 3.0]), "sum", Calendar(3, ((0, 2), (2, 3)))).tolist()
    [3.0, 3.0, 6.0]
    """
    if in_a_year == "last":
        ends = [stop - 1 for _, stop in calendar.years]
        return values[..., [*ends, ends[-1]]]
    return with_total(_COMBINED[in_a_year].reduceat(values, [start for start, _ in calendar.years], axis=-1), in_a_year)


def with_total(values: Array, in_a_year: str) -> Array:
    """Return values by year (..., years) with their total last: their sum, the largest or the smallest of them.

    >>> with_total(np.array([1.0, 4.0, 2.0]), "largest").tolist()
    [1.0, 4.0, 2.0, 4.0]
    """
    return np.concatenate([values, combined(values, in_a_year)[..., np.newaxis]], axis=-1)


def combined(values: Array, in_a_year: str) -> Array:
    """Return the sum, the largest or the smallest of values along their last axis."""
    found: Array = _COMBINED[in_a_year].reduce(values, axis=-1)
    return found


@lru_cache(maxsize=4096)
def axes_left(own: Axes, fixed: Axes) -> Axes:
    """Return the axes that are left of a row's own where some are fixed."""
    return tuple(axis for axis in own if axis not in fixed)


def aligned(values: Array, own: Axes, axes: Axes, leading: int = 1) -> Array:
    """Return values over their own axes as values over `axes`, with length 1 where they do not vary."""
    return values if own == axes else values[new_axes(own, axes, leading)]


@lru_cache(maxsize=4096)
def new_axes(own: Axes, axes: Axes, leading: int = 1) -> NewAxes:
    """Return the index that gives values over their own axes an axis of length 1 wherever they do not vary."""
    return (slice(None),) * leading + tuple(slice(None) if axis in own else None for axis in axes)


@lru_cache(maxsize=1024)  # the same keys are compared at every change of a figure
def _alike(texts: tuple[str, ...], others: tuple[str, ...]) -> Array:
    """Return 1 where a text is one of the others, as SUMIFS compares them: (texts, others)."""
    own, other = (np.array([folded(text) for text in given], dtype=object) for given in (texts, others))
    found: Array = np.equal.outer(own, other).astype(float)
    found.flags.writeable = False
    return found
