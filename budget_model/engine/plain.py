"""Step through a loop with plain numbers: its lines printed as one Python function (trace.py), item by item.

NumPy takes as long for one number as for a hundred. A loop whose rows have few items, such as the months of one funding
source, is ten times as quick with Python's own numbers. The figures are the same to the last binary digits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from budget_model.engine.model import Loop, Model
from budget_model.engine.plain_loop import PlainLoop
from budget_model.engine.rows import Axes, Carry, Line, Total
from budget_model.engine.run import Run, aligned
from budget_model.engine.trace import traced
from budget_model.engine.vocabulary import CONSTANTS, COUNT_DIGITS, Symbol

MOST_ITEMS_OF_A_ROW = 25  # above, on the average of a loop's rows, NumPy is quicker
_SIGNS = {"=": "==", "<>": "!="}
_CALLED = {"absolute": "abs", "round up": "rounded_up", "round": "rounded"}
_CHOSEN = {"minimum": "<", "maximum": ">"}
_LEAVES: Mapping[str, Callable[[Any, Mapping[str, str]], str]] = {
    "name": lambda name, names: names[name],
    "constant": lambda name, _: repr(CONSTANTS[name]),
    "number": lambda number, _: f"({number!r})",
}
_JUST_ABOVE = 2 * 10.0**-COUNT_DIGITS
Sizes = tuple[tuple[str, int], ...]
Choice = tuple[tuple[int, ...], ...]  # the items that a total sums, for each item of the axes that the row summed lacks
Chosen = tuple[tuple[str, Choice], ...]


def numbers_of(run: Run, loop: Loop, fixed: Axes) -> PlainLoop | None:
    """Return how a loop without loops in it is stepped through with plain numbers: of one draw and few items, else None."""
    if (loop.rows, fixed) not in run.plain_loops:
        run.plain_loops[loop.rows, fixed] = _laid_out(run, loop, fixed) if fits(run, loop, fixed) else None
    return run.plain_loops[loop.rows, fixed]


def fits(run: Run, loop: Loop, fixed: Axes) -> bool:
    """Whether a loop without loops in it is stepped through with plain numbers: one draw, few items."""
    sizes = [math.prod(run.shape(run.axes(run.rows[name], (*fixed, loop.axis)))) for name in loop.order]
    return run.draws == 1 and sum(sizes) <= MOST_ITEMS_OF_A_ROW * len(sizes)


def _laid_out(run: Run, loop: Loop, fixed: Axes) -> PlainLoop:
    inner, steps = (*fixed, loop.axis), run.sizes[loop.axis]
    sizes = tuple((axis, size) for axis, size in run.sizes.items() if axis not in inner)
    rows = [run.model.rows[name] for name in loop.order]
    chosen = tuple((row.name, _chosen(run, row, inner)) for row in rows if isinstance(row, Total))

    def shape_of(name: str) -> tuple[int, ...]:
        return run.shape(run.axes(run.rows[name], inner))

    def position(name: str) -> int:
        return run.axes(run.rows[name], fixed).index(loop.axis) + 1

    def order(name: str) -> tuple[int, ...]:
        first = position(name)
        return (first, *(place for place in range(len(run.axes(run.rows[name], fixed)) + 1) if place != first))

    given: list[tuple[str, tuple[int, ...] | None, tuple[int, ...]]] = []
    for name, varies in _given(run.model, loop.order, loop.axis, sizes):
        count = math.prod(shape_of(name))
        given.append((name, order(name), (steps,) if count == 1 else (steps, count)) if varies else (name, None, (count,)))
    written, nothing = _written(run.model, loop.order, sizes, chosen)
    return PlainLoop(
        _function(run.model, loop.order, loop.axis, inner, sizes, chosen),
        steps,
        tuple(given),
        tuple((row.name, (*[slice(None)] * position(row.name), 0)) for row in rows if isinstance(row, Carry)),
        tuple((name, order(name), math.prod(shape_of(name))) for name in written),
        tuple(nothing),
    )


def _chosen(run: Run, row: Total, inner: Axes) -> Choice:
    """Return which items of the axis that it sums by keys or fixed texts a total chooses; none where it sums all."""
    summed = run.model.matched[row.name].summed
    if summed is None:
        return ()
    pairs = run.pairs(row, summed, tuple(axis for axis in run.axes(row, inner) if axis not in run.rows[row.of].over))
    return tuple(tuple(np.flatnonzero(chosen).tolist()) for chosen in pairs.reshape(len(pairs), math.prod(pairs.shape[1:])).T)


@lru_cache(maxsize=128)
def _given(model: Model, order: tuple[str, ...], along: str, sizes: Sizes) -> list[tuple[str, bool]]:
    """Return what a loop reads and does not write, where it has items, and whether it varies along the loop's axis."""
    read = dict.fromkeys(name for row in order for name in model.rows[row].reads if not isinstance(model.rows[row], Carry))
    return [(name, along in model.rows[name].over) for name in read if name not in order and _has_items(model.rows[name].over, sizes)]


def _has_items(over: Axes, sizes: Sizes) -> bool:
    return not any(axis in over and not size for axis, size in sizes)


def _written(model: Model, order: tuple[str, ...], sizes: Sizes, chosen: Chosen) -> tuple[list[str], list[str]]:
    """Return the rows of a loop that are written step by step, and those that are 0 throughout: totals of nothing."""
    written, nothing = [], []
    for row in (model.rows[name] for name in order if _has_items(model.rows[name].over, sizes)):
        if isinstance(row, Total) and not _sums_something(model, row, sizes, dict(chosen)[row.name]):
            nothing.append(row.name)
        elif not isinstance(row, Carry):
            written.append(row.name)
    return written, nothing


def _sums_something(model: Model, row: Total, sizes: Sizes, chosen: Choice) -> bool:
    return any(chosen) if model.matched[row.name].summed else _has_items(model.rows[row.of].over, sizes)


@lru_cache(maxsize=128)
def _function(model: Model, order: tuple[str, ...], along: str, inner: Axes, sizes: Sizes, chosen: Chosen) -> Callable[..., Any]:
    """Return the function from what a loop reads, and what stands before its first step, to one list: all of its rows, step by step."""
    number, size_of = {name: index for index, name in enumerate(dict.fromkeys((*order, *_all_reads(model, order))))}, dict(sizes)

    def axes(name: str) -> Axes:
        return tuple(axis for axis in model.rows[name].over if axis not in inner)

    def places(name: str, over: Axes) -> list[str]:
        """Return the variable of a row for each item of other axes, in their order."""
        own = axes(name)
        numbers = np.arange(math.prod(size_of[axis] for axis in own), dtype=float).reshape([size_of[axis] for axis in own])
        there = np.broadcast_to(aligned(numbers, own, over, leading=0), [size_of[axis] for axis in over])
        return [f"v{number[name]}_{int(place)}" for place in there.ravel().tolist()]

    def tuple_of(name: str) -> str:
        return "".join(f"{place}, " for place in places(name, axes(name)))

    given = _given(model, order, along, sizes)
    carries = [row for name in order if isinstance(row := model.rows[name], Carry)]
    written, nothing = _written(model, order, sizes, chosen)
    head = ", ".join(["steps", *(f"g{number[name]}" for name, _ in given), *(f"s{number[row.name]}" for row in carries)])
    lines = [f"def step_through({head}):"]
    lines += [f" ({said}) = s{number[row.name]}" for row in carries if (said := tuple_of(row.name))]
    lines += [f" ({tuple_of(name)}) = g{number[name]}" for name, varies in given if not varies]
    lines += [f" {place} = 0.0" for name in nothing for place in places(name, axes(name))]
    lines += [" found = []"]
    varying = {f"g{number[name]}": tuple_of(name) for name, varies in given if varies}
    each = [there.removesuffix(", ") if there.count(",") == 1 else f"({there})" for there in varying.values()]
    lines += [f" for _, {', '.join(each)} in zip(range(steps), {', '.join(varying)}):" if varying else " for _ in range(steps):"]
    for name in written:
        row = model.rows[name]
        if isinstance(row, Line):
            reads = {read: places(read, axes(name)) for read in row.reads}
            lines += [
                f"  {place} = {_said(traced(row), {read: there[item] for read, there in reads.items()})}"
                for item, place in enumerate(places(name, axes(name)))
            ]
        elif isinstance(row, Total):
            lines += _summing(model, row, axes(row.of), axes(name), size_of, dict(chosen)[name], number)
    lines += [f"  found += ({''.join(map(tuple_of, written))})"]  # one flat list is an array the soonest
    lines += [f"  {said} = {tuple_of(row.of)}" for row in carries if (said := tuple_of(row.name))]
    lines += [" return found"]
    scope: dict[str, Any] = {"rounded_up": rounded_up, "rounded": rounded}
    exec("\n".join(lines), scope)  # noqa: S102  made of declared rows alone
    found: Callable[..., Any] = scope["step_through"]
    return found


def rounded_up(count: float) -> int:
    """Return a head count rounded up; to round it to its digits first takes long, and matters just above a whole number only."""
    whole = math.ceil(count)
    return whole if count - whole + 1 > _JUST_ABOVE else math.ceil(round(count, COUNT_DIGITS))


def rounded(amount: float) -> float:
    """Return an amount rounded to the digits of a count."""
    return round(amount, COUNT_DIGITS)


def _all_reads(model: Model, order: tuple[str, ...]) -> Iterator[str]:
    return (read for name in order for read in model.rows[name].reads)


def _summing(
    model: Model, row: Total, own: Axes, over: Axes, size_of: dict[str, int], chosen: Choice, number: dict[str, int]
) -> Iterator[str]:
    """Yield the sums of a total, one for each of its items."""
    summed = model.matched[row.name].summed
    numbers, items = (_numbered([size_of[axis] for axis in axes]) for axes in (own, over))
    new = [place for place, axis in enumerate(over) if axis not in own]
    kept = [own.index(axis) for axis in over if axis in own]
    gone = [place for place in range(len(own)) if place not in kept]
    places = items.transpose([*new, *(place for place in range(len(over)) if place not in new)])
    choices = [numbers] if summed is None else [numbers.take(np.array(choice, dtype=int), axis=own.index(summed)) for choice in chosen]
    for there, summands in zip(places.reshape(len(choices), items.size // max(1, len(choices))).tolist(), choices, strict=True):
        sums = math.prod(summands.shape[place] for place in kept), math.prod(summands.shape[place] for place in gone)
        for item, parts in zip(there, summands.transpose([*kept, *gone]).reshape(sums).tolist(), strict=True):
            yield f"  v{number[row.name]}_{item} = {' + '.join(f'v{number[row.of]}_{part}' for part in parts) or '0.0'}"


def _numbered(sizes: list[int]) -> NDArray[np.int_]:
    """Return the numbers of items along axes, in their order."""
    return np.arange(math.prod(sizes)).reshape(sizes)


def _said(symbol: Symbol, names: Mapping[str, str], place: str = "") -> str:
    """Return an expression in Python's words; `place` tells its own names from those of the expressions around it."""
    operation, arguments = symbol.operation, symbol.arguments
    if operation in _LEAVES:
        return _LEAVES[operation](arguments[0], names)
    if operation == "round up":  # `rounded_up` rounds to the digits of a count itself
        arguments = arguments[0].arguments
    parts = [_said(argument, names, f"{place}_{number}") for number, argument in enumerate(arguments)]
    if operation == "if":
        condition, otherwise = arguments[0], arguments[2]
        if len(condition.arguments) == 2 and condition.arguments[0] is otherwise and otherwise.operation not in _LEAVES:
            compared = _said(condition.arguments[1], names, f"{place}_0_1")  # with what is given where it does not hold: said once
            sign = _SIGNS.get(condition.operation, condition.operation)
            return f"({parts[1]} if (part{place} := {parts[2]}) {sign} {compared} else part{place})"
        return f"({parts[1]} if {parts[0]} else {parts[2]})"
    if operation in _CHOSEN:  # what min and max do, in half of their time
        named = (argument.operation in _LEAVES for argument in arguments)
        first, second = (part if leaf else f"part{place}_{number}" for number, (part, leaf) in enumerate(zip(parts, named, strict=True)))
        one, other = (part if part == name else f"({name} := {part})" for part, name in zip(parts, (first, second), strict=True))
        return f"({second} if {other} {_CHOSEN[operation]} {one} else {first})"
    if operation in _CALLED:
        return f"{_CALLED[operation]}({parts[0]})"
    return f"(-{parts[0]})" if len(parts) == 1 else f"({f' {_SIGNS.get(operation, operation)} '.join(parts)})"
