"""What each kind of row comes to in NumPy, from the arrays of the rows it reads."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from budget_model.engine.arrays import Array
from budget_model.engine.model import Model
from budget_model.engine.rows import MONTH, YEAR, Axes, Carry, Delay, InAYear, Line, Listing, OverPeriod, Row, Total, complete
from budget_model.engine.run import NewAxes, Run, Store, aligned, axes_left, new_axes, with_total, yearly


def value(run: Run, row: Row, store: Store, fixed: Axes) -> Array:
    """Return a row's array, (draws, *its axes but the fixed ones), from the arrays of what it reads."""
    shape = run.shape(run.axes(row, fixed))
    if 0 in shape:
        return np.empty(shape)
    found = np.asarray(_VALUES[type(row)](run, row, store, fixed), float)
    return found if found.shape == shape else np.broadcast_to(found, shape)


def _line(run: Run, row: Line, store: Store, fixed: Axes) -> Any:
    given = []
    for name, in_a_year, place in _reads(run.model, row.name, fixed):
        values = yearly(store[name], in_a_year, run.calendar) if in_a_year else store[name]
        given.append(values if place is None else values[place])
    found = row.function(*given)
    if YEAR not in row.over or row.in_a_year is None:
        return found
    return with_total(np.broadcast_to(found, run.shape(run.axes(row, fixed)))[..., :-1], row.in_a_year)


@lru_cache(maxsize=4096)
def _reads(model: Model, name: str, fixed: Axes) -> tuple[tuple[str, InAYear, NewAxes | None], ...]:
    """Return what a line reads: each row, what a year makes of its months (None: it is read as it is), and the axes it lacks."""
    reader, found = model.rows[name], []
    for row in (model.rows[read] for read in reader.reads):
        by_year = row.in_a_year if YEAR in reader.over and MONTH in row.over else None
        own, axes = axes_left((*row.over[:-1], YEAR) if by_year else row.over, fixed), axes_left(reader.over, fixed)
        found.append((row.name, by_year, None if own == axes else new_axes(own, axes)))
    return tuple(found)


def _total(run: Run, row: Total, store: Store, fixed: Axes) -> Array:
    values = store[row.of]
    summed, axes, own, new, gone, order = _sums(run.model, row.name, fixed)
    if summed is not None:
        pairs = run.pairs(row, summed, new)
        if summed in axes:
            values = aligned(values, own, (*own, *new)) * aligned(pairs, (summed, *new), (*own, *new), leading=0)
        else:
            values = _sum_of_pairs(values, pairs, own.index(summed) + 1)
    if gone:
        values = np.add.reduce(values, axis=gone)
    return values.transpose(order)


@lru_cache(maxsize=4096)
def _sums(model: Model, name: str, fixed: Axes) -> tuple[str | None, Axes, Axes, Axes, tuple[int, ...], tuple[int, ...]]:
    """Return how a total is summed.

    The axis on which it chooses by keys (None: on none), its own axes, those of the row summed, those that it has beyond them,
    the places of the axes that are summed whole, and the order in which the places that are left come.
    """
    row, summed = model.rows[name], model.matched[name].summed
    assert isinstance(row, Total)
    axes, own = axes_left(row.over, fixed), axes_left(model.rows[row.of].over, fixed)
    new = tuple(axis for axis in axes if axis not in own) if summed is not None else ()
    there = (*(axis for axis in own if axis in axes or axis != summed), *new)
    gone = tuple(there.index(axis) + 1 for axis in there if axis not in axes)
    kept = tuple(axis for axis in there if axis in axes)
    return summed, axes, own, new, gone, (0, *(kept.index(axis) + 1 for axis in axes))


def _sum_of_pairs(values: Array, pairs: Array, position: int) -> Array:
    """Return values summed over one axis as often as pairs, (items, *new axes), say; np.tensordot does the same with more around it."""
    kept = (*range(position), *range(position + 1, values.ndim))
    moved = values.transpose(*kept, position)
    before, after = moved.shape[:-1], pairs.shape[1:]
    found: Array = np.dot(moved.reshape(math.prod(before), len(pairs)), pairs.reshape(len(pairs), math.prod(after)))
    return found.reshape(*before, *after)


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
