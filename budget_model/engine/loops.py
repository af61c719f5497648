"""Follow a plan: rows outside loops for all items and months at once, loops in the quicker of two ways that fits.

    slice by slice    a loop without loops in it: each row's function once for each step, on slices laid out beforehand
    plan by plan      any loop: the plan inside it is followed anew for each step

Both give the same figures. The rows of a loop are written into arrays made beforehand; there a carry costs nothing: it
is the same memory as the row it carries, one step earlier.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from budget_model.engine import plain
from budget_model.engine.arrays import Array
from budget_model.engine.kinds import value
from budget_model.engine.model import Loop, Model, Step
from budget_model.engine.plain_loop import step_through
from budget_model.engine.rows import Axes, Carry, Line, Row, Total
from budget_model.engine.run import Run, Store, aligned

# A row's function, the arrays that it reads and the array that it writes, each indexed by the step of the loop first.
Sliced = tuple[Callable[..., Any], list[Array], Array]


def follow(run: Run, plan: tuple[Step | Loop, ...], store: Store, fixed: Axes) -> None:
    """Calculate the plan's rows into the store, whose arrays lack the fixed axes."""
    for step in plan:
        if isinstance(step, Loop):
            _loop(run, step, store, fixed)
        elif step.row not in store:
            store[step.row] = value(run, run.rows[step.row], store, fixed)
        elif not isinstance(run.rows[step.row], Carry):
            store[step.row][...] = value(run, run.rows[step.row], store, fixed)


def _loop(run: Run, loop: Loop, store: Store, fixed: Axes) -> None:
    _make_room(run, loop, store, fixed)
    if not run.sizes[loop.axis]:
        return  # there is no item to begin with
    if not _is_of_slices(run.model, loop.rows) or not all(isinstance(step, Step) for step in loop.steps):
        _plan_by_plan(run, loop, store, fixed)
    elif numbers := plain.numbers_of(run, loop, fixed):
        step_through(numbers, store)
    else:
        _slice_by_slice(run, loop, store, fixed)


@lru_cache(maxsize=1024)
def _is_of_slices(model: Model, group: frozenset[str]) -> bool:
    """Whether all rows are functions of slices: lines, carries, and totals that keep no axis by whose keys they choose."""
    rows = [model.rows[name] for name in group]
    return all(
        isinstance(row, (Line, Carry)) or (isinstance(row, Total) and model.matched[row.name].summed not in row.over) for row in rows
    )


def _slice_by_slice(run: Run, loop: Loop, store: Store, fixed: Axes) -> None:
    """Step through a group whose rows all carry along one axis, a call of each row's function for each step."""
    varying, constant = _by_step(run, loop, store, fixed)
    steps = run.sizes[loop.axis]
    by_step = varying | {name: np.broadcast_to(values, (steps, *values.shape)) for name, values in constant.items()}
    rows = [run.rows[name] for name in loop.order]
    sliced = [_sliced(run, row, by_step, (*fixed, loop.axis)) for row in rows if not isinstance(row, Carry)]
    for index in range(steps):
        for function, reads, result in sliced:
            result[index] = function(*[read[index] for read in reads])


def _plan_by_plan(run: Run, loop: Loop, store: Store, fixed: Axes) -> None:
    """Step through a group by following its own plan for each step; rows without an item are left out: their arrays are made."""
    varying, constant = _by_step(run, loop, store, fixed)
    inner = (*fixed, loop.axis)
    steps = tuple(step for step in loop.steps if isinstance(step, Loop) or 0 not in run.shape(run.axes(run.rows[step.row], inner)))
    for index in range(run.sizes[loop.axis]):
        follow(run, steps, constant | {name: values[index] for name, values in varying.items()}, inner)


def _by_step(run: Run, loop: Loop, store: Store, fixed: Axes) -> tuple[Store, Store]:
    """Return what a loop reads and writes, views of the store's arrays: with the axis of the loop first, and what has no such axis."""
    varying, constant = {}, {}
    for name in _touched(run.model, loop.rows):
        own = run.axes(run.rows[name], fixed)
        if loop.axis in own:
            varying[name] = _moved_first(store[name], own.index(loop.axis) + 1)
        else:
            constant[name] = store[name]
    return varying, constant


@lru_cache(maxsize=1024)
def _touched(model: Model, group: frozenset[str]) -> frozenset[str]:
    """Return the rows that a group of rows reads, and the group."""
    return group.union(*(model.rows[name].reads for name in group))


def _moved_first(values: Array, position: int) -> Array:
    """Return an array with one of its axes first; np.moveaxis does the same in ten times the time."""
    return values.transpose(position, *range(position), *range(position + 1, values.ndim))


def _moved_back(values: Array, position: int) -> Array:
    """Return an array whose first axis stands at a position."""
    return values.transpose(*range(1, position + 1), 0, *range(position + 1, values.ndim))


def _make_room(run: Run, loop: Loop, store: Store, fixed: Axes) -> None:
    """Make the arrays of a group's rows; a row and its carry share one, a step longer along the carry's axis.

    A loop within a loop finds its own made.
    """
    if loop.order[0] in store:
        return
    carried = {row.of: row for name in loop.rows if isinstance(row := run.rows[name], Carry) and row.of in loop.rows}
    for name in loop.rows:
        row = run.rows[name]
        if isinstance(row, Carry) and row.of in loop.rows:
            continue
        axes = run.axes(row, fixed)
        if name not in carried:
            store[name] = np.empty(run.shape(axes))
            continue
        by = carried[name]
        position = axes.index(by.along) + 1
        shape = list(run.shape(axes))
        shape[position] += 1
        room = _moved_first(np.empty(shape), position)
        room[0] = run.start(by, store, axes)
        # The same memory twice: what a step writes as the row, the next step reads as the carry.
        store[name], store[by.name] = _moved_back(room[1:], position), _moved_back(room[:-1], position)


def _sliced(run: Run, row: Row, by_step: Store, fixed: Axes) -> Sliced:
    """Return a row's function with what it reads and writes by step."""
    axes = run.axes(row, fixed)
    if isinstance(row, Total):
        return _summing(run, row, fixed), [by_step[row.of]], by_step[row.name]
    assert isinstance(row, Line)
    owns = [tuple(axis for axis in axes if axis in run.rows[name].over) for name in row.reads]
    reads = [aligned(by_step[name], own, axes, leading=2) for name, own in zip(row.reads, owns, strict=True)]
    return row.function, reads, by_step[row.name]


def _summing(run: Run, row: Total, fixed: Axes) -> Callable[[Array], Any]:
    """Return the function that sums a slice of the row summed, over all items or those that keys or fixed texts choose."""
    axes, own = run.axes(row, fixed), run.axes(run.rows[row.of], fixed)
    if not set(axes) <= set(own):
        return lambda values: value(run, row, {row.of: values}, fixed)
    gone = tuple(own.index(axis) + 1 for axis in own if axis not in axes)
    summed = run.model.matched[row.name].summed
    if summed is None:
        return lambda values: np.add.reduce(values, axis=gone)
    chosen, position = np.flatnonzero(run.pairs(row, summed, ())), own.index(summed) + 1
    return lambda values: np.add.reduce(values.take(chosen, axis=position), axis=gone)
