"""How steeply a figure follows each given value: the slopes of one row's values in all inputs, by one pass back through the rows.

A slope is what the figure gains for one unit more of a value, as the cases stand: a month that decides when something begins,
a count that is rounded up and a cap that another value reaches are taken as they are, a rounded count as if it were not rounded.
It is the chain rule, followed from what reads to what is read (reverse accumulation: Griewank and Walther, Evaluating
Derivatives, 2008), in the reverse of the order in which the rows are calculated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from string import ascii_letters
from typing import Any

import numpy as np

from budget_model.engine.arrays import Array
from budget_model.engine.expressions import applied, worth
from budget_model.engine.model import Loop, Step
from budget_model.engine.numbers import Evaluation
from budget_model.engine.rows import MONTH, YEAR, Axes, Carry, Delay, Input, Line, Listing, OverPeriod, Row, Total, complete
from budget_model.engine.run import Run, aligned, axes_left, yearly
from budget_model.engine.trace import traced
from budget_model.engine.vocabulary import Symbol

_ALL = slice(None)
Fixed = Mapping[str, int]  # the axes of the loops around a step, each at one item or month


def slopes(evaluation: Evaluation, name: str, weights: Array) -> dict[str, Array]:
    """Return the slopes of the weighted sum of a row's values, by input: (*axes of the input), for the first draw.

    `weights` say how much of each value the figure holds: (*axes of the row). What it does not follow is left out.
    """
    back = _Back(evaluation)
    back.slopes[name] = np.array(weights, float)
    plan = evaluation.values.run.model.plan
    reached = next((number for number, step in enumerate(plan) if name in step.rows), -1)
    for step in reversed(plan[: reached + 1]):
        back.follow(step, {})
    return {row: found for row, found in back.slopes.items() if isinstance(back.rows[row], Input) and found.any()}


class _Back:
    """The slopes found so far, of every row that the figure follows, and those of each line in what it reads."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.run: Run = evaluation.values.run
        self.rows, self.values = self.run.rows, evaluation.values
        self.slopes: dict[str, Array] = {}
        self.of_lines: dict[str, dict[str, Array]] = {}

    def follow(self, step: Step | Loop, fixed: Fixed) -> None:
        """Go back through a step of the plan."""
        if isinstance(step, Step):
            own = self._own(step.row, fixed)
            if own is not None and own.any():
                _KINDS[type(self.rows[step.row])](self, self.rows[step.row], own, fixed)
            return
        if not any(own is not None and own.any() for own in (self._own(name, fixed) for name in step.rows)):
            return
        for index in reversed(range(self.run.sizes[step.axis])):
            at = {**fixed, step.axis: index}
            for inner in reversed(step.steps):
                self.follow(inner, at)

    def shape(self, row: Row) -> tuple[int, ...]:
        """Return the shape of a row's slopes: (*axes of the row)."""
        return self.run.shape(row.over)[1:]

    def left(self, row: Row, fixed: Fixed) -> Axes:
        """Return the axes of a row that no loop around fixes."""
        return axes_left(row.over, tuple(fixed))

    def place(self, row: Row, fixed: Fixed) -> tuple[int | slice, ...]:
        """Return the index of a row's values where the loops around stand."""
        return tuple([fixed.get(axis, _ALL) for axis in row.over])

    def add(self, name: str, found: Array, axes: Axes, fixed: Fixed) -> None:
        """Add slopes over some axes to those of a row, summed over the axes that it has not."""
        row = self.rows[name]
        own = self.slopes.get(name)
        if own is None:
            own = self.slopes[name] = np.zeros(self.shape(row))
        gone, lacking = _fitted(axes, self.left(row, fixed))
        part = np.add.reduce(found, axis=gone) if gone else found
        own[self.place(row, fixed)] += part[lacking] if lacking else part

    def _own(self, name: str, fixed: Fixed) -> Array | None:
        found = self.slopes.get(name)
        return None if found is None else found[self.place(self.rows[name], fixed)]

    def of_line(self, row: Line) -> dict[str, Array]:
        """Return the slopes of a line in each row that it reads, over the line's own axes."""
        if row.name not in self.of_lines:
            read = {name: self._read(row, name) for name in row.reads}
            found: dict[str, Array] = {}
            _into(traced(row), np.ones((1,) * len(row.over)), read.__getitem__, found)
            self.of_lines[row.name] = {name: np.broadcast_to(slope, self.shape(row)) for name, slope in found.items()}
        return self.of_lines[row.name]

    def _read(self, reader: Row, name: str) -> Array:
        row, values = self.rows[name], self.values[name][0]
        if YEAR in reader.over and MONTH in row.over and row.in_a_year:
            return aligned(yearly(values, row.in_a_year, self.run.calendar), (*row.over[:-1], YEAR), reader.over, leading=0)
        return aligned(values, row.over, reader.over, leading=0)


@lru_cache(maxsize=4096)
def _fitted(axes: Axes, left: Axes) -> tuple[tuple[int, ...], tuple[slice | None, ...]]:
    """Return over which axes to sum what stands over `axes`, and the index that gives the rest an axis for each of those left."""
    gone = tuple(number for number, axis in enumerate(axes) if axis not in left)
    lacks = any(axis not in axes for axis in left)
    return gone, tuple(_ALL if axis in axes else None for axis in left) if lacks else ()


def _into(symbol: Symbol, slope: Array, read: Callable[[str], Any], found: dict[str, Array]) -> None:
    """Add the slopes of an expression in each row that it names, where `slope` is that of the whole in the expression."""
    operation, arguments = symbol.operation, symbol.arguments
    if operation == "name":
        found[arguments[0]] = found[arguments[0]] + slope if arguments[0] in found else slope
    elif operation in _SLOPES and arguments:
        values = [worth(argument, read) for argument in arguments]
        for argument, of_it in zip(arguments, _SLOPES[operation](*values), strict=False):
            if argument.operation not in ("number", "constant") and np.any(of_it):
                _into(argument, slope * of_it, read, found)


def _quotient(a: Any, b: Any) -> tuple[Any, Any]:
    once = applied("/", [1.0, b]) * (np.asarray(b) != 0)
    return once, -a * once * once


# The slopes of each operation in its arguments; comparisons have none, and rounding is passed over.
_SLOPES: Mapping[str, Callable[..., tuple[Any, ...]]] = {
    "+": lambda *_: (1.0, 1.0),
    "-": lambda *values: (1.0, -1.0) if len(values) == 2 else (-1.0,),
    "*": lambda a, b: (b, a),
    "/": _quotient,
    "if": lambda condition, *_: (0.0, np.asarray(condition, bool) * 1.0, ~np.asarray(condition, bool) * 1.0),
    "minimum": lambda a, b: (np.less_equal(a, b) * 1.0, np.greater(a, b) * 1.0),
    "maximum": lambda a, b: (np.greater_equal(a, b) * 1.0, np.less(a, b) * 1.0),
    "absolute": lambda a: (np.sign(a),),
    "round": lambda *_: (1.0, 0.0),
    "round up": lambda *_: (1.0, 0.0),
}


def _line(back: _Back, row: Line, own: Array, fixed: Fixed) -> None:
    by_year = YEAR in row.over
    if by_year and row.in_a_year:
        own = _of_years(back.values[row.name][0], row.in_a_year, own)
    axes, place = back.left(row, fixed), back.place(row, fixed)
    for name, slope in back.of_line(row).items():
        found, read = own * slope[place], back.rows[name]
        if by_year and MONTH in read.over and read.in_a_year:
            back.add(name, _of_months(found, read.in_a_year, back.run), (*axes[:-1], MONTH), fixed)
        else:
            back.add(name, found, axes, fixed)


def _of_years(values: Array, in_a_year: str, own: Array) -> Array:
    """Return slopes by year with that of the total given to the years it is made of."""
    years, total = own.copy(), own[..., -1:]
    years[..., -1] = 0.0
    if in_a_year == "sum":
        years[..., :-1] += total
        return years
    chosen = (values[..., :-1].argmax if in_a_year == "largest" else values[..., :-1].argmin)(axis=-1)[..., np.newaxis]
    np.put_along_axis(years, chosen, np.take_along_axis(years, chosen, -1) + total, -1)
    return years


def _of_months(found: Array, in_a_year: str, run: Run) -> Array:
    """Return slopes by year, the total last, as slopes of the months that each year shows."""
    months = np.zeros((*found.shape[:-1], run.sizes[MONTH]))
    for number, (start, stop) in enumerate((*run.calendar.years, (0, run.sizes[MONTH]))):
        months[..., stop - 1 if in_a_year == "last" else start : stop] += found[..., number : number + 1]
    return months


def _total(back: _Back, row: Total, own: Array, fixed: Fixed) -> None:
    run, of = back.run, back.rows[row.of]
    axes, summed = back.left(row, fixed), run.model.matched[row.name].summed
    kept = tuple(axis for axis in of.over if axis in row.over and axis not in fixed)
    if summed is not None:
        new = tuple(axis for axis in row.over if axis not in of.over)
        along = (summed, *new)
        pairs = run.pairs(row, summed, new)[tuple(fixed.get(axis, _ALL) for axis in along)]
        left = tuple(axis for axis in along if axis not in fixed)
        kept = tuple(axis for axis in of.over if axis not in fixed and (axis in row.over or axis == summed))
        known = (*row.over, *(axis for axis in of.over if axis not in row.over))
        into, by, to = ("".join(ascii_letters[known.index(axis)] for axis in each) for each in (axes, left, kept))
        own = np.einsum(f"{into},{by}->{to}", own, pairs)
    spread = own.reshape(tuple(run.sizes[axis] if axis in kept else 1 for axis in back.left(of, fixed)))
    back.add(row.of, np.broadcast_to(spread, tuple(run.sizes[axis] for axis in back.left(of, fixed))), back.left(of, fixed), fixed)


def _listing(back: _Back, row: Listing, own: Array, fixed: Fixed) -> None:
    start = 0
    for name in row.reads:
        part = back.rows[name]
        axis = row.axis_listed(part)
        size = back.run.sizes[axis] if axis else 1
        found = own[start : start + size]
        back.add(name, found if axis else found[0], part.over, fixed)
        start += size


def _carry(back: _Back, row: Carry, own: Array, fixed: Fixed) -> None:
    axes = back.left(row, fixed)
    if row.along in fixed:
        index = fixed[row.along]
        if index:
            back.add(row.of, own, axes, {**fixed, row.along: index - 1})
        elif isinstance(row.start, str):
            back.add(row.start, own, axes, {axis: at for axis, at in fixed.items() if axis != row.along})
        return
    along = axes.index(row.along)
    moved = np.concatenate([np.delete(own, 0, along), np.zeros_like(np.take(own, [0], along))], along)
    back.add(row.of, moved, axes, fixed)
    if isinstance(row.start, str):
        back.add(row.start, np.take(own, 0, along), (*axes[:along], *axes[along + 1 :]), fixed)


def _delay(back: _Back, row: Delay, own: Array, fixed: Fixed) -> None:
    axes = back.left(row, fixed)
    months = np.floor(np.broadcast_to(aligned(back.values[row.by][0], back.rows[row.by].over, row.over, leading=0), back.shape(row)))
    before = np.arange(back.run.sizes[MONTH]) - months[back.place(row, fixed)].astype(int)
    moved = np.zeros(own.shape)
    rest = tuple(np.indices(own.shape)[:-1])
    known = before >= 0
    np.add.at(moved, tuple(part[known] for part in (*rest, before)), own[known])
    back.add(row.of, moved, axes, fixed)


def _over_period(back: _Back, row: OverPeriod, own: Array, fixed: Fixed) -> None:
    by = back.rows[row.by]
    periods = np.broadcast_to(aligned(back.values[row.by][0], by.over, row.over, leading=0), back.shape(row))[back.place(row, fixed)]
    together = (periods[..., :, np.newaxis] == periods[..., np.newaxis, :]).astype(float)
    back.add(row.of, np.matmul(own[..., np.newaxis, :], together)[..., 0, :], back.left(row, fixed), fixed)


_KINDS: Mapping[type[Row], Callable[[_Back, Any, Array, Fixed], None]] = complete(
    "engine/slopes.py", {Line: _line, Total: _total, Listing: _listing, Carry: _carry, Delay: _delay, OverPeriod: _over_period}
)
