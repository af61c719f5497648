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
from budget_model.engine.run import Calculation, NewAxes, Run, Store, aligned, axes_left, new_axes, with_total, yearly


def value(run: Run, row: Row, store: Store, fixed: Axes) -> Array:
    """Return a row's array, (draws, *its axes but the fixed ones), from the arrays of what it reads."""
    calculate = run.laid_out.get((row.name, fixed))
    if calculate is None:
        calculate = run.laid_out[row.name, fixed] = _laid_out(run, row, fixed)
    return calculate(store)


def _laid_out(run: Run, row: Row, fixed: Axes) -> Calculation:
    """Return how a row is calculated from the arrays of what it reads, with all settled that does not follow from figures."""
    shape = run.shape(run.axes(row, fixed))
    if 0 in shape:
        return lambda _: np.empty(shape)
    calculate = _KINDS[type(row)](run, row, fixed)

    def whole(store: Store) -> Array:
        found = np.asarray(calculate(store), float)
        return found if found.shape == shape else np.broadcast_to(found, shape)

    return whole


def _line(run: Run, row: Line, fixed: Axes) -> Callable[[Store], Any]:
    function, reads = row.function, _reads(run.model, row.name, fixed)
    if YEAR not in row.over:
        return lambda store: function(*[store[name] if place is None else store[name][place] for name, _, place in reads])

    def by_year(store: Store) -> Any:
        given = []
        for name, in_a_year, place in reads:
            values = yearly(store[name], in_a_year, run.calendar) if in_a_year else store[name]
            given.append(values if place is None else values[place])
        found = function(*given)
        if row.in_a_year is None:
            return found
        return with_total(np.broadcast_to(found, run.shape(run.axes(row, fixed)))[..., :-1], row.in_a_year)

    return by_year


@lru_cache(maxsize=4096)
def _reads(model: Model, name: str, fixed: Axes) -> tuple[tuple[str, InAYear, NewAxes | None], ...]:
    """Return what a line reads: each row, what a year makes of its months (None: it is read as it is), and the axes it lacks."""
    reader, found = model.rows[name], []
    for row in (model.rows[read] for read in reader.reads):
        by_year = row.in_a_year if YEAR in reader.over and MONTH in row.over else None
        own, axes = axes_left((*row.over[:-1], YEAR) if by_year else row.over, fixed), axes_left(reader.over, fixed)
        found.append((row.name, by_year, None if own == axes else new_axes(own, axes)))
    return tuple(found)


def _total(run: Run, row: Total, fixed: Axes) -> Callable[[Store], Array]:
    of, summed = row.of, run.model.matched[row.name].summed
    axes, own = run.axes(row, fixed), run.axes(run.rows[of], fixed)
    if summed is None:
        return _summed(own, axes, lambda store: store[of])
    new = tuple(axis for axis in axes if axis not in own)
    pairs, there = run.pairs(row, summed, new), (*own, *new)
    if summed in axes:
        chosen = aligned(pairs, (summed, *new), there, leading=0)
        return _summed(there, axes, lambda store: aligned(store[of], own, there) * chosen)
    position, flat = own.index(summed) + 1, pairs.reshape(len(pairs), math.prod(pairs.shape[1:]))
    kept = (*range(position), *range(position + 1, len(own) + 1))

    def sum_of_pairs(store: Store) -> Array:  # np.tensordot does the same with more around it
        values = store[of].transpose(*kept, position)
        found: Array = np.dot(values.reshape(math.prod(values.shape[:-1]), len(flat)), flat)
        return found.reshape(*values.shape[:-1], *pairs.shape[1:])

    return _summed(tuple(axis for axis in there if axis != summed), axes, sum_of_pairs)


def _summed(own: Axes, axes: Axes, calculate: Callable[[Store], Array]) -> Callable[[Store], Array]:
    """Return a calculation over its own axes as one over `axes`, the others summed whole."""
    gone = tuple(own.index(axis) + 1 for axis in own if axis not in axes)
    kept = tuple(axis for axis in own if axis in axes)
    order = (0, *(kept.index(axis) + 1 for axis in axes))
    if not gone:
        return lambda store: calculate(store).transpose(order)
    return lambda store: np.add.reduce(calculate(store), axis=gone).transpose(order)


def _listing(run: Run, row: Listing, _: Axes) -> Callable[[Store], Array]:
    def listed(store: Store) -> Array:
        parts = [store[name] if row.axis_listed(run.rows[name]) else store[name][:, np.newaxis] for name in row.reads]
        return np.concatenate([np.broadcast_to(part, (run.draws, *part.shape[1:])) for part in parts], axis=1)

    return listed


def _carry(run: Run, row: Carry, fixed: Axes) -> Callable[[Store], Array]:
    axes = run.axes(row, fixed)
    shape, position = run.shape(axes), axes.index(row.along) + 1

    def carried(store: Store) -> Array:
        values = np.broadcast_to(store[row.of], shape)
        start = np.expand_dims(run.start(row, store, axes), position)
        first = np.broadcast_to(start, (*shape[:position], 1, *shape[position + 1 :]))
        return np.concatenate([first, np.delete(values, -1, position)], position)

    return carried


def _delay(run: Run, row: Delay, fixed: Axes) -> Callable[[Store], Array]:
    axes = run.axes(row, fixed)
    shape, own = run.shape(axes), run.rows[row.by].over

    def delayed(store: Store) -> Array:
        months = np.floor(aligned(store[row.by], own, axes)).astype(int)
        before = np.broadcast_to(np.arange(run.sizes[MONTH]) - months, shape)
        values = np.broadcast_to(store[row.of], shape)
        return np.where(before < 0, 0.0, np.take_along_axis(values, np.maximum(before, 0), axis=-1))

    return delayed


def _over_period(run: Run, row: OverPeriod, fixed: Axes) -> Callable[[Store], Array]:
    axes, own = run.axes(row, fixed), run.axes(run.rows[row.by], fixed)
    shape = run.shape(axes)

    def of_period(store: Store) -> Array:
        by = aligned(store[row.by], own, axes)
        together = (by[..., :, np.newaxis] == by[..., np.newaxis, :]).astype(float)
        found: Array = np.matmul(np.broadcast_to(store[row.of], shape)[..., np.newaxis, :], together)[..., 0, :]
        return found

    return of_period


_KINDS: Mapping[type[Row], Callable[[Run, Any, Axes], Callable[[Store], Any]]] = complete(
    "engine/kinds.py", {Line: _line, Total: _total, Listing: _listing, Carry: _carry, Delay: _delay, OverPeriod: _over_period}
)
