"""The first reading of the lines: NumPy numbers.

Every array has a leading axis of draws, then the row's axes in the order of `Axis`. Rows outside loops are calculated
for all items and months at once; rows inside a loop are written slice by slice into arrays made beforehand. A carry
inside a loop costs nothing: it is the same memory as the row it carries, one step earlier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from budget_model.engine.arrays import Array, Inputs, Member
from budget_model.engine.model import Loop, Model, Step
from budget_model.engine.rows import Axes, Carry, Delay, Exactly, Ledger, Line, Row, Total
from budget_model.engine.waves import Waves
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import PROGRAM_WIDE
from budget_model.timeline import Timeline

Members = Mapping[Axis, tuple[Member, ...]]
Store = dict[str, Array]


class Values(Mapping[str, Array]):
    """The array of every row by name, each calculated when it is first asked for, together with what it reads."""

    def __init__(self, model: Model, run: _Run, known: Store) -> None:
        self._model, self._run, self.known = model, run, known

    def __getitem__(self, name: str) -> Array:
        if name not in self.known:
            step, before = self._model.step_to(name)
            # Apart, for others may ask at the same time: they see rows that are complete, and all come to the same figures.
            store = {read: self[read] for read in before}
            self._run.follow((step,), store, ())
            self.known.update((row, store[row]) for row in step.rows)
        return self.known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._model.rows)

    def __len__(self) -> int:
        return len(self._model.rows)


@dataclass(frozen=True)
class Evaluation:
    """The items of every axis, the months, and the array of every row."""

    members: Members
    timeline: Timeline
    values: Values


def evaluate(model: Model, inputs: Inputs, *, like: Evaluation | None = None, in_waves: bool = True) -> Evaluation:
    """Return the rows' arrays: (draws, *axes of the row), in the row's unit; a YEAR axis ends with the total.

    What the evaluation `like` knows and nothing has changed for is taken from there. Without `in_waves` loops within loops
    are followed one step after the other. Either way the figures are the same.
    """
    members = {**inputs.members, **_ledger_members(model, inputs.members)}
    run = _Run(model, members, inputs.timeline, max(array.shape[0] for array in inputs.values.values()), in_waves=in_waves)
    known: Store = dict(inputs.values)
    if like is not None and like.members == members and like.timeline == inputs.timeline:
        changed = [name for name, array in known.items() if not np.array_equal(array, like.values[name])]
        stale = frozenset(known).union(*map(model.readers, changed))
        # A copy, for another visitor may be asking the same evaluation for more.
        known |= {name: array for name, array in like.values.known.copy().items() if name not in stale}
    return Evaluation(members, inputs.timeline, Values(model, run, known))


def yearly(values: Array, in_a_year: str, timeline: Timeline) -> Array:
    """Return monthly values (months last) by fiscal year, the total of all months last: sums, or last months."""
    if in_a_year == "last":
        ends = [stop - 1 for _, stop in timeline.spans]
        return values[..., [*ends, ends[-1]]]
    sums = np.add.reduceat(values, [start for start, _ in timeline.spans], axis=-1)
    return np.concatenate([sums, sums.sum(axis=-1, keepdims=True)], axis=-1)


def matching(items: tuple[Member, ...], key: str, others: tuple[Member, ...] | None, other: str | Exactly) -> Array:
    """Return 1 where an item's key is the other item's key, as (items, others); one column for a fixed text."""
    texts = (other.text,) if isinstance(other, Exactly) else tuple(item.keys[other] for item in others or ())
    return _alike(tuple(item.keys.get(key, "") for item in items), texts)


@lru_cache(maxsize=1024)  # the same keys are compared at every change of a figure
def _alike(texts: tuple[str, ...], others: tuple[str, ...]) -> Array:
    found = np.equal.outer(np.array(texts, dtype=object), np.array(others, dtype=object)).astype(float)
    found.flags.writeable = False
    return found


def _ledger_members(model: Model, members: Members) -> dict[Axis, tuple[Member, ...]]:
    """Return the items of each ledger: those of its parts, under the part's heading."""
    found = {}
    for row in model.rows.values():
        if isinstance(row, Ledger):
            items = []
            for heading, names in row.parts.items():
                for axes in (model.rows[name].over for name in names):
                    whole = (Member(PROGRAM_WIDE, {"site": PROGRAM_WIDE}),)
                    listed = members[axes[0]] if len(axes) > 1 else whole
                    items += [Member(item.name, {**item.keys, row.over[0]: heading}) for item in listed]
            found[row.over[0]] = tuple(items)
    return found


class _Run:
    """One evaluation: what is fixed while the plan is followed."""

    def __init__(self, model: Model, members: Members, timeline: Timeline, draws: int, *, in_waves: bool) -> None:
        self.rows = model.rows
        self.in_waves = in_waves
        self.members = members
        self.timeline = timeline
        self.draws = draws
        self.sizes = {axis: len(items) for axis, items in members.items()}
        self.sizes |= {Axis.MONTH: timeline.count, Axis.YEAR: len(timeline.years) + 1}

    def follow(self, plan: tuple[Step | Loop, ...], store: Store, fixed: Axes) -> None:
        """Calculate the plan's rows into the store, whose arrays lack the fixed axes."""
        for step in plan:
            if isinstance(step, Loop):
                self._loop(step, store, fixed)
            elif step.row in store:
                row = self.rows[step.row]
                if not isinstance(row, Carry):
                    store[step.row][...] = self._value(row, store, fixed)
            else:
                store[step.row] = self._value(self.rows[step.row], store, fixed)

    def _axes(self, row: Row, fixed: Axes) -> Axes:
        return tuple(axis for axis in row.over if axis not in fixed) if fixed else row.over

    def _shape(self, axes: Axes) -> tuple[int, ...]:
        return (self.draws, *(self.sizes[axis] for axis in axes))

    def _value(self, row: Row, store: Store, fixed: Axes) -> Array:
        axes = self._axes(row, fixed)
        if isinstance(row, Line):
            result = row.function(*(self._read(name, row, store, fixed) for name in row.reads))
        elif isinstance(row, Total):
            result = self._total(row, store[row.of], self._axes(self.rows[row.of], fixed), axes)
        elif isinstance(row, Ledger):
            result = self._listed(row, store)
        elif isinstance(row, Carry):
            result = self._carried(row, store, axes)
        elif isinstance(row, Delay):
            result = self._delayed(row, store, axes)
        else:
            raise AssertionError(f"{row.name} is not calculated")
        found, shape = np.asarray(result, float), self._shape(axes)
        return found if found.shape == shape else np.broadcast_to(found, shape)

    def _read(self, name: str, reader: Row, store: Store, fixed: Axes) -> Array:
        """Return what a line reads, with an axis of length 1 wherever it does not vary."""
        row = self.rows[name]
        values, own = store[name], row.over
        if Axis.YEAR in reader.over and Axis.MONTH in own and row.in_a_year:
            values, own = yearly(values, row.in_a_year, self.timeline), (*own[:-1], Axis.YEAR)
        return _aligned(values, tuple(axis for axis in own if axis not in fixed), self._axes(reader, fixed))

    def _total(self, row: Total, values: Array, own: Axes, axes: Axes) -> Array:
        gone, new = [axis for axis in own if axis not in axes], [axis for axis in axes if axis not in own]
        if row.match:
            keyed = next(axis for axis in gone if self._has_keys(axis, row))
            pairs = self._pairs(row, keyed, new)
            place = own.index(keyed) + 1
            values = np.tensordot(values, pairs, axes=([place], [0]))
            own = (*(axis for axis in own if axis is not keyed), *new)
            gone = [axis for axis in own if axis not in axes]
        values = values.sum(axis=tuple(own.index(axis) + 1 for axis in gone)) if gone else values
        kept = tuple(axis for axis in own if axis in axes)
        return np.transpose(values, (0, *(kept.index(axis) + 1 for axis in axes)))

    def _pairs(self, row: Total, keyed: Axis, new: list[Axis]) -> Array:
        """Return 1 where an item of the row summed matches the total's items: (items, *items along the new axes)."""
        pairs = np.ones((self.sizes[keyed], *(self.sizes[axis] for axis in new)))
        for key, other in row.match.items():
            target = next((axis for axis in new if isinstance(other, str) and self._knows(axis, other)), None)
            found = matching(self.members[keyed], key, self.members[target] if target else None, other)
            pairs = pairs * found.reshape(len(found), *(found.shape[1] if axis is target else 1 for axis in new))
        return pairs

    def _knows(self, axis: Axis, key: str) -> bool:
        return not self.members[axis] or key in self.members[axis][0].keys

    def _has_keys(self, axis: Axis, row: Total) -> bool:
        items = self.members.get(axis, ())
        return axis is not Axis.MONTH and (not items or all(key in items[0].keys for key in row.match))

    def _listed(self, row: Ledger, store: Store) -> Array:
        parts = []
        for name in row.reads:
            values = store[name]
            parts.append(values if len(self.rows[name].over) > 1 else values[:, np.newaxis])
        return np.concatenate([np.broadcast_to(part, (self.draws, *part.shape[1:])) for part in parts], axis=1)

    def _carried(self, row: Carry, store: Store, axes: Axes) -> Array:
        values = np.broadcast_to(store[row.of], self._shape(axes))
        place = axes.index(row.along) + 1
        start = np.expand_dims(self._start(row, store, axes, row.along), place)
        first = np.broadcast_to(start, (*values.shape[:place], 1, *values.shape[place + 1 :]))
        return np.concatenate([first, np.delete(values, -1, place)], place)

    def _delayed(self, row: Delay, store: Store, axes: Axes) -> Array:
        values = np.broadcast_to(store[row.of], self._shape(axes))
        months = np.floor(_aligned(store[row.by], self.rows[row.by].over, axes)).astype(int)
        before = np.broadcast_to(np.arange(self.sizes[Axis.MONTH]) - months, values.shape)
        return np.where(before < 0, 0.0, np.take_along_axis(values, np.maximum(before, 0), axis=-1))

    def _start(self, row: Carry, store: Store, axes: Axes, along: Axis) -> Array:
        if not isinstance(row.start, str):
            return np.full((1,) * len(axes), float(row.start))
        start = self.rows[row.start]
        return _aligned(store[row.start], start.over, tuple(axis for axis in axes if axis is not along))

    def _loop(self, loop: Loop, store: Store, fixed: Axes) -> None:
        rows = [self.rows[name] for name in loop.order]
        quick = not any(isinstance(row, Ledger) or (isinstance(row, Total) and _grouped(row)) for row in rows)
        if quick and self.in_waves and len(rows) > len(loop.steps) and all(row.over[0] is loop.axis for row in rows):
            self._waves(loop, rows, store)
            return
        self._make_room(loop, store, fixed)
        axis = loop.axis
        inner = (*fixed, axis)
        needed = set(loop.rows).union(*(self.rows[name].reads for name in loop.rows))
        moved = {}
        for name in needed:
            own = self._axes(self.rows[name], fixed)
            if axis in own:
                moved[name] = np.moveaxis(store[name], own.index(axis) + 1, 0)
            else:
                moved[name] = np.broadcast_to(store[name], (self.sizes[axis], *store[name].shape))
        if quick and len(rows) == len(loop.steps):
            steps = [self._sliced(row, moved, inner) for row in rows if not isinstance(row, Carry)]
            for index in range(self.sizes[axis]):
                for function, reads, result in steps:
                    result[index] = function(*[read[index] for read in reads])
            return
        for index in range(self.sizes[axis]):
            self.follow(loop.steps, {name: values[index] for name, values in moved.items()}, inner)

    def _waves(self, loop: Loop, rows: list[Row], store: Store) -> None:
        """Step through a group that carries along items and along months, all items at once.

        What item `i` is in month `m` waits for the month before and for the item before; so all pairs with the same `i + m`
        can be calculated together.
        """
        waves = Waves(loop.axis, self.sizes[loop.axis], self.sizes[Axis.MONTH])
        moved: Store = {}
        for name in sorted(loop.rows.union(*(row.reads for row in rows)) - loop.rows):
            moved[name] = waves.given(store[name], self.rows[name].over)
        carried = {row.of: row for row in rows if isinstance(row, Carry)}
        for row in rows:
            if isinstance(row, Carry):
                continue
            by = carried.get(row.name)
            shape = self._shape(tuple(axis for axis in row.over if axis is not Axis.MONTH))
            start = self._start(by, store, row.over, by.along) if by else None
            moved[row.name], before = waves.room(shape, start, by.along if by else None)
            if by:
                moved[by.name] = before
        steps = [self._sliced(row, moved, (Axis.MONTH,), loop.axis) for row in rows if not isinstance(row, Carry)]
        for place in waves.places:
            for function, reads, result in steps:
                result[place] = function(*[read[place] for read in reads])
        for name in loop.rows:
            store[name] = waves.taken(moved[name])

    def _sliced(self, row: Row, moved: Store, fixed: Axes, every: Axis | None = None) -> tuple[Callable[..., Any], list[Array], Array]:
        """Return a row's function, what it reads and where it writes, each indexed by the step of the loop first.

        `every` is an axis that all of `moved` have.
        """
        axes = self._axes(row, fixed)
        if isinstance(row, Total):
            return self._summing(row, axes, self._axes(self.rows[row.of], fixed)), [moved[row.of]], moved[row.name]
        assert isinstance(row, Line)
        owns = [tuple(axis for axis in axes if axis is every or axis in self.rows[name].over) for name in row.reads]
        reads = [_aligned(moved[name], own, axes, leading=2) for name, own in zip(row.reads, owns, strict=True)]
        return row.function, reads, moved[row.name]

    def _summing(self, row: Total, axes: Axes, own: Axes) -> Callable[[Array], Array]:
        """Return the function that sums a slice of the row summed, over all items or those that fixed texts choose."""
        gone = tuple(own.index(axis) + 1 for axis in own if axis not in axes)
        if not row.match:
            return lambda values: np.add.reduce(values, axis=gone)
        keyed = next(axis for axis in own if axis not in axes and self._has_keys(axis, row))
        chosen, place = np.flatnonzero(self._pairs(row, keyed, [])), own.index(keyed) + 1
        return lambda values: np.add.reduce(values.take(chosen, axis=place), axis=gone)

    def _make_room(self, loop: Loop, store: Store, fixed: Axes) -> None:
        """Make the arrays of a group's rows; a row and its carry share one, a step longer along the carry's axis."""
        carried = {row.of: row for name in loop.rows if isinstance(row := self.rows[name], Carry) and row.of in loop.rows}
        for name in loop.rows:
            row = self.rows[name]
            if name in store or (isinstance(row, Carry) and row.of in loop.rows):
                continue
            axes = self._axes(row, fixed)
            if name not in carried:
                store[name] = np.empty(self._shape(axes))
                continue
            by = carried[name]
            place = axes.index(by.along) + 1
            shape = list(self._shape(axes))
            shape[place] += 1
            room = np.moveaxis(np.empty(shape), place, 0)
            room[0] = self._start(by, store, axes, by.along)
            store[name], store[by.name] = np.moveaxis(room[1:], 0, place), np.moveaxis(room[:-1], 0, place)


def _grouped(row: Total) -> bool:
    """Whether a total groups items by keys of its own items, rather than choosing them by fixed texts."""
    return not all(isinstance(other, Exactly) for other in row.match.values())


def _aligned(values: Array, own: Axes, axes: Axes, leading: int = 1) -> Array:
    """Return values over their own axes as values over `axes`, with length 1 where they do not vary."""
    if own == axes:
        return values
    return values[(slice(None),) * leading + tuple(slice(None) if axis in own else np.newaxis for axis in axes)]
