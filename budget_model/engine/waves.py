"""Arrays whose items wait for each other, laid out so that everything that can be calculated at once lies side by side.

A balance of a funding source waits for its own last month and for the sources before it. What item `i` is in month `m`
stands in wave `i + m`: nothing in a wave waits for anything else in it. Arrays by wave are (waves, draws, items, other
axes); given arrays are (draws, items, other axes, months), the items first among the axes.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.arrays import Array
from budget_model.engine.rows import Axes
from budget_model.scenario.axes import Axis


class Waves:
    """The waves of a number of items along an axis and a number of months; `places[w]` is where the items of wave `w` stand."""

    def __init__(self, axis: Axis, items: int, months: int) -> None:
        self.axis, self.count, self.months = axis, items, months
        spans = [(max(0, wave - months + 1), min(items, wave + 1)) for wave in range(months + items - 1)]
        self.places = [(wave, slice(None), slice(*ends)) for wave, ends in enumerate(spans)]

    def given(self, values: Array, over: Axes) -> Array:
        """Return known values by wave; `over` are their axes, and what does not vary by item or month is repeated."""
        if self.axis not in over:
            values = np.expand_dims(values, 1)
            values = np.broadcast_to(values, (values.shape[0], self.count, *values.shape[2:]))
        if Axis.MONTH not in over:
            return np.broadcast_to(values, (len(self.places), *values.shape))
        by_month = np.moveaxis(values, -1, 0)
        found = np.zeros((len(self.places), *by_month.shape[1:]))
        for item in range(self.count):
            found[item : item + self.months, :, item] = by_month[:, :, item]
        return found

    def room(self, shape: tuple[int, ...], start: Array | None, along: Axis | None) -> tuple[Array, Array]:
        """Return room for a row by wave, and for what carries it: the same memory one step earlier, with the start in place.

        `shape` is (draws, items, other axes); `start` has the row's axes but for the one along which it is carried.
        """
        longer = int(along is self.axis)
        found = np.zeros((len(self.places) + 1, shape[0], shape[1] + longer, *shape[2:]))
        if start is not None and longer:
            found[: self.months, :, 0] = np.moveaxis(start, -1, 0)
        elif start is not None:
            for item in range(self.count):
                found[item, :, item] = np.broadcast_to(start, shape)[:, item]
        return found[1:, :, longer:], found[:-1, :, : self.count]

    def taken(self, by_wave: Array) -> Array:
        """Return values by wave as (draws, items, other axes, months)."""
        found = np.empty((self.months, *by_wave.shape[1:]))
        for item in range(self.count):
            found[:, :, item] = by_wave[item : item + self.months, :, item]
        return np.moveaxis(found, 0, -1)
