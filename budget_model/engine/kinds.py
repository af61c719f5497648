"""What each kind of row comes to in NumPy, from the arrays of the rows it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from budget_model.engine.arrays import Array
from budget_model.engine.rows import MONTH, YEAR, Axes, Carry, Delay, Line, Listing, OverPeriod, Row, Total, complete
from budget_model.engine.run import Run, Store, aligned, with_total, yearly


def value(run: Run, row: Row, store: Store, fixed: Axes) -> Array:
    """Return a row's array, (draws, *its axes but the fixed ones), from the arrays of what it reads."""
    found, shape = np.asarray(_VALUES[type(row)](run, row, store, fixed), float), run.shape(run.axes(row, fixed))
    return found if found.shape == shape else np.broadcast_to(found, shape)


def _line(run: Run, row: Line, store: Store, fixed: Axes) -> Any:
    found = row.function(*(_read(run, name, row, store, fixed) for name in row.reads))
    if YEAR not in row.over or row.in_a_year is None:
        return found
    return with_total(np.broadcast_to(found, run.shape(run.axes(row, fixed)))[..., :-1], row.in_a_year)


def _read(run: Run, name: str, reader: Row, store: Store, fixed: Axes) -> Array:
    """Return what a line reads, with an axis of length 1 wherever it does not vary."""
    row = run.rows[name]
    values, own = store[name], row.over
    if YEAR in reader.over and MONTH in own and row.in_a_year:
        values, own = yearly(values, row.in_a_year, run.calendar), (*own[:-1], YEAR)
    return aligned(values, tuple(axis for axis in own if axis not in fixed), run.axes(reader, fixed))


def _total(run: Run, row: Total, store: Store, fixed: Axes) -> Array:
    values, axes, own = store[row.of], run.axes(row, fixed), run.axes(run.rows[row.of], fixed)
    summed = run.model.matched[row.name].summed
    if summed is not None:
        new = [axis for axis in axes if axis not in own]
        pairs = run.pairs(row, summed, new)
        if summed in axes:
            values = aligned(values, own, (*own, *new)) * aligned(pairs, (summed, *new), (*own, *new), leading=0)
            own = (*own, *new)
        else:
            values = np.tensordot(values, pairs, axes=([own.index(summed) + 1], [0]))
            own = (*(axis for axis in own if axis != summed), *new)
    gone = tuple(own.index(axis) + 1 for axis in own if axis not in axes)
    values = values.sum(axis=gone) if gone else values
    kept = tuple(axis for axis in own if axis in axes)
    return np.transpose(values, (0, *(kept.index(axis) + 1 for axis in axes)))


def _listing(run: Run, row: Listing, store: Store, _: Axes) -> Array:
    parts = []
    for name in row.reads:
        values = store[name]
        parts.append(values if len(run.rows[name].over) > 1 else values[:, np.newaxis])
    return np.concatenate([np.broadcast_to(part, (run.draws, *part.shape[1:])) for part in parts], axis=1)


def _carry(run: Run, row: Carry, store: Store, fixed: Axes) -> Array:
    axes = run.axes(row, fixed)
    values = np.broadcast_to(store[row.of], run.shape(axes))
    position = axes.index(row.along) + 1
    start = np.expand_dims(run.start(row, store, axes), position)
    first = np.broadcast_to(start, (*values.shape[:position], 1, *values.shape[position + 1 :]))
    return np.concatenate([first, np.delete(values, -1, position)], position)


def _delay(run: Run, row: Delay, store: Store, fixed: Axes) -> Array:
    axes = run.axes(row, fixed)
    values = np.broadcast_to(store[row.of], run.shape(axes))
    months = np.floor(aligned(store[row.by], run.rows[row.by].over, axes)).astype(int)
    before = np.broadcast_to(np.arange(run.sizes[MONTH]) - months, values.shape)
    return np.where(before < 0, 0.0, np.take_along_axis(values, np.maximum(before, 0), axis=-1))


def _over_period(run: Run, row: OverPeriod, store: Store, fixed: Axes) -> Array:
    axes = run.axes(row, fixed)
    values = np.broadcast_to(store[row.of], run.shape(axes))
    by = aligned(store[row.by], run.axes(run.rows[row.by], fixed), axes)
    together = (by[..., :, np.newaxis] == by[..., np.newaxis, :]).astype(float)
    found: Array = np.matmul(values[..., np.newaxis, :], together)[..., 0, :]
    return found


_VALUES: Mapping[type[Row], Callable[[Run, Any, Store, Axes], Any]] = complete(
    "engine/kinds.py", {Line: _line, Total: _total, Listing: _listing, Carry: _carry, Delay: _delay, OverPeriod: _over_period}
)
