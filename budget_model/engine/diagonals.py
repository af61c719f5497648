"""Arrays whose items wait for each other, laid out so that everything that can be calculated at once lies side by side.

A balance of a funding source waits for its own last month and for the sources before it. What item `i` is in month `m`
stands on diagonal `i + m`: nothing on a diagonal waits for anything else on it. Arrays by diagonal are (diagonals, draws,
items, other axes); given arrays are (draws, items, other axes, months), the items first among the axes.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.arrays import Array
from budget_model.engine.rows import MONTH, Axes


class Diagonals:
    """The diagonals of a number of items along an axis and a number of months.

    `positions[d]` is where the items of diagonal `d` stand in an array by diagonal.
    """

    def __init__(self, axis: str, items: int, months: int) -> None:
        self.axis, self.count, self.months = axis, items, months
        spans = [(max(0, diagonal - months + 1), min(items, diagonal + 1)) for diagonal in range(months + items - 1)]
        self.positions = [(diagonal, slice(None), slice(*ends)) for diagonal, ends in enumerate(spans)]

    def given(self, values: Array, over: Axes) -> Array:
        """Return known values, (draws, *axes `over`), by diagonal; what does not vary by item or month is repeated."""
        if self.axis not in over:
            values = np.expand_dims(values, 1)
            values = np.broadcast_to(values, (values.shape[0], self.count, *values.shape[2:]))
        if MONTH not in over:
            return np.broadcast_to(values, (len(self.positions), *values.shape))
        by_month = np.moveaxis(values, -1, 0)
        found = np.zeros((len(self.positions), *by_month.shape[1:]))
        for item in range(self.count):
            found[item : item + self.months, :, item] = by_month[:, :, item]
        return found

    def room(self, shape: tuple[int, ...], start: Array | None, along: str | None) -> tuple[Array, Array]:
        """Return room for a row by diagonal, and for what carries it: the same memory one step earlier, with the start in place.

        `shape` is (draws, items, other axes); `start` has the row's axes but for the one along which it is carried.
        """
        longer = int(along == self.axis)
        found = np.zeros((len(self.positions) + 1, shape[0], shape[1] + longer, *shape[2:]))
        if start is not None and longer:
            found[: self.months, :, 0] = np.moveaxis(start, -1, 0)
        elif start is not None:
            for item in range(self.count):
                found[item, :, item] = np.broadcast_to(start, shape)[:, item]
        return found[1:, :, longer:], found[:-1, :, : self.count]

    def taken(self, by_diagonal: Array) -> Array:
        """Return values by diagonal as (draws, items, other axes, months)."""
        found = np.empty((self.months, *by_diagonal.shape[1:]))
        for item in range(self.count):
            found[:, :, item] = by_diagonal[item : item + self.months, :, item]
        return np.moveaxis(found, 0, -1)
