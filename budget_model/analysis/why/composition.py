"""What a figure is made of, for every kind of row and every time: what engine/kinds.py calculates, as formulas with values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from budget_model.analysis.why.additive import Monthly, holds
from budget_model.analysis.why.addresses import Address, Places, axes_of, name_of, places, value_at
from budget_model.analysis.why.parts import Composition, Part, Piece, extreme, summed
from budget_model.budget import BUDGET
from budget_model.engine.excel import pieces
from budget_model.engine.expressions import worth
from budget_model.engine.rows import Carry, Delay, Input, Line, Listing, OverPeriod, Row, Total, complete
from budget_model.engine.trace import traced
from budget_model.engine.vocabulary import CONSTANTS
from budget_model.projection import Projection
from budget_model.scenario.axes import Axis
from budget_model.scenario.tables import TABLES
from budget_model.timeline import TOTAL

_TIMES = (Axis.MONTH, Axis.YEAR)
_SINGULARS: Mapping[str, str] = {
    **{axis: model.table.singular for axis, model, _ in TABLES},
    Axis.COST: "line of the budget",
    Axis.POOL: "place",
}
_LEFT = 1e-9  # of a figure: what adding in another order may leave


def composition(projection: Projection, address: Address) -> Composition:
    """Return what a figure is made of; an assumption is made of nothing."""
    row = BUDGET.rows[address.row]
    if isinstance(row, Input):
        return Composition()
    found = places(projection)
    year = found.year(address.at)
    if year is not None and Axis.YEAR not in row.over:
        return _of_year(projection, row, address, year)
    if year is not None and address.at == TOTAL and row.in_a_year in ("sum", "largest", "smallest"):
        return _of_times(projection, row, address, found.years[:-1])
    return _KINDS[type(row)](projection, row, address)


def _of_year(projection: Projection, row: Row, address: Address, year: int) -> Composition:
    """Return what a year, or all months, show of a monthly row."""
    found = places(projection)
    start, stop = found.spans[year]
    months = found.months[start:stop]
    if row.in_a_year == "last":
        last = _part(projection, Address(row.name, address.items, months[-1]), found.when(months[-1]))
        return Composition((last,), f"as at the end of {found.when(address.at)}")
    if row.in_a_year != "sum":
        return _of_times(projection, row, address, months)
    whole = _WHOLE_YEARS.get(type(row))
    made = whole and whole(projection, row, address, start, stop)
    return made or _of_times(projection, row, address, found.years[:-1] if address.at == TOTAL and year > 1 else months)


def _of_times(projection: Projection, row: Row, address: Address, times: tuple[str, ...]) -> Composition:
    """Return the sum, the largest or the smallest of a row's months or years."""
    found = places(projection)
    parts = [_part(projection, Address(row.name, address.items, at), found.when(at)) for at in times]
    what = "months" if found.year(times[0]) is None else "fiscal years"
    if row.in_a_year in ("largest", "smallest"):
        return extreme(parts, row.unit, "largest" if row.in_a_year == "largest" else "smallest", f"the {row.in_a_year} of its {what}")
    return summed(parts, row.unit, f"the sum of its {what}", in_time=True)


def _part(projection: Projection, address: Address, label: str = "") -> Part:
    row = BUDGET.rows[address.row]
    return Part(label or name_of(row), value_at(projection, address), row.unit, address, item=address)


def _read_from(projection: Projection, reader: Row, address: Address, name: str) -> Address:
    """Return the address of what a row reads: its own items of the reader's, in the reader's month or year."""
    read = BUDGET.rows[name]
    position = dict(zip(axes_of(reader), address.items, strict=True))
    items = tuple(position[axis] for axis in axes_of(read))
    if Axis.MONTH not in read.over and Axis.YEAR not in read.over:
        return Address(name, items)
    found, at = places(projection), address.at
    year = found.year(at)
    if year is not None and Axis.MONTH in read.over and read.in_a_year is None:
        return Address(name, items, found.months[found.spans[year][0]])  # the same in all months of the year
    return Address(name, items, at)


def _line(projection: Projection, row: Line, address: Address) -> Composition:
    parts = {name: _part(projection, _read_from(projection, row, address, name)) for name in row.reads}
    return Composition(tuple(_filled(row, parts)))


def _filled(row: Line, parts: Mapping[str, Part]) -> list[Piece]:
    """Return a line's formula with the constants' values and parts for the names of rows."""
    return [
        (f"{CONSTANTS[piece]:g}" if piece in CONSTANTS else piece) if isinstance(piece, str) else parts[piece.arguments[0]]
        for piece in pieces(row)
    ]


def _line_of_year(projection: Projection, row: Line, address: Address, start: int, stop: int) -> Composition | None:
    """Return a line's formula on the figures of a year, where it holds for them."""

    def read(name: str) -> Monthly:
        of, where = BUDGET.rows[name], _read_from(projection, row, address, name)
        values = projection.monthly(name)[where.items]
        if Axis.MONTH not in of.over:
            return Monthly(np.asarray(values, float), "constant")
        of_year = values[start:stop]
        if of.in_a_year == "sum":
            return Monthly(of_year, "sum")
        return Monthly(of_year, "constant" if (of_year == of_year[0]).all() else "")

    if not holds(traced(row), read):
        return None
    made = _line(projection, row, address)
    values = {name: value_at(projection, _read_from(projection, row, address, name)) for name in row.reads}
    value = value_at(projection, address)
    came_to = float(worth(traced(row), values.__getitem__))
    return made if abs(came_to - value) <= _LEFT * max(1.0, abs(value), *map(abs, values.values())) else None


def _carry(projection: Projection, row: Carry, address: Address) -> Composition:
    """Return what stood one month, or one item, before."""
    found = places(projection)
    axes = axes_of(row)
    if row.along == Axis.MONTH:
        month = found.month(address.at)
        assert month is not None
        before = Address(row.of, address.items, found.months[month - 1]) if month else None
        first = "before the first month"
    else:
        place = axes.index(row.along)
        items = (*address.items[:place], address.items[place] - 1, *address.items[place + 1 :])
        before = Address(row.of, items, address.at) if address.items[place] else None
        first = f"before the first {row.along.replace('_', ' ')}"
    if before is not None:
        said = found.when(before.at) if row.along == Axis.MONTH else found.names(row.along)[before.items[axes.index(row.along)]]
        return Composition((_part(projection, before, f"{name_of(BUDGET.rows[row.of])}, {said}"),), f"as it was {said}")
    if isinstance(row.start, str):
        return Composition((_part(projection, _read_from(projection, row, address, row.start)),), first)
    return Composition((str(row.start),), first)


def _carry_of_year(projection: Projection, row: Carry, address: Address, _start: int, _stop: int) -> Composition | None:
    """Return the figure of the item before, for a year as for a month; balances carried from month to month have none."""
    starts = BUDGET.rows[row.start].in_a_year == "sum" if isinstance(row.start, str) else not row.start
    known = row.along != Axis.MONTH and BUDGET.rows[row.of].in_a_year == "sum" and starts
    return _carry(projection, row, address) if known else None


def _total(projection: Projection, row: Total, address: Address) -> Composition:
    found = places(projection)
    of = BUDGET.rows[row.of]
    if Axis.MONTH in of.over and not {*_TIMES} & {*row.over}:  # the months of each item
        if of.in_a_year == "sum":
            return Composition((_part(projection, Address(of.name, address.items, TOTAL)),), "all months together")
        return _summed_months(projection, of, address.items, range(len(found.months)), "the sum of all months")
    axes = axes_of(of)
    position = dict(zip(axes_of(row), address.items, strict=True))
    chosen, gone = _chosen(projection, row, position, axes)
    parts = []
    for place in np.argwhere(chosen):
        items, left = [], iter(int(number) for number in place)
        for axis in axes:
            items.append(next(left) if axis in gone else position[axis])
        where = Address(of.name, tuple(items), address.at)
        parts.append(_part(projection, where, _of_items(found, of, where, gone)))
    each = " and ".join(_spoken_axis(axis) for axis in gone)
    return summed(parts, row.unit, f"the sum of {name_of(of).lower()}, for each {each}" if gone else "where it belongs")


def _spoken_axis(axis: str) -> str:
    """Return what one item of an axis is called."""
    return _SINGULARS.get(axis, axis.replace("_", " "))


def _chosen(
    projection: Projection, row: Total, position: Mapping[str, int], axes: tuple[str, ...]
) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
    """Return which items of the row summed count, (items along the axes that are summed), and these axes."""
    run = projection.evaluation.values.run
    gone = tuple(axis for axis in axes if axis not in position)
    chosen: NDArray[np.bool_] = np.ones(tuple(run.sizes[axis] for axis in gone), bool)
    summed_along = run.model.matched[row.name].summed
    if summed_along is None:
        return chosen, gone
    new = tuple(axis for axis in axes_of(row) if axis not in BUDGET.rows[row.of].over)
    place: tuple[slice | int, ...] = (slice(None), *(position[axis] for axis in new))
    pairs: NDArray[np.bool_] = run.pairs(row, summed_along, new)[place] != 0
    if summed_along in position:
        return chosen & pairs[position[summed_along]], gone
    shape = [len(pairs) if axis == summed_along else 1 for axis in gone]
    return chosen & pairs.reshape(shape), gone


def _of_items(found: Places, of: Row, where: Address, gone: tuple[str, ...]) -> str:
    """Return the names of the items along which is summed."""
    names = [found.names(axis)[item] for axis, item in zip(axes_of(of), where.items, strict=True) if axis in gone]
    return ", ".join(names) or name_of(of)


def _total_of_year(projection: Projection, row: Total, address: Address, _start: int, _stop: int) -> Composition | None:
    return _total(projection, row, address) if BUDGET.rows[row.of].in_a_year == "sum" else None


def _delay(projection: Projection, row: Delay, address: Address) -> Composition:
    found = places(projection)
    by = _part(projection, _read_from(projection, row, address, row.by))
    month = found.month(address.at)
    assert month is not None
    before = month - int(np.floor(by.value))
    if before < 0:
        return Composition(("0",), "before the first month", (by,))
    at = found.months[before]
    of = _part(projection, Address(row.of, address.items, at), f"{name_of(BUDGET.rows[row.of])}, {found.when(at)}")
    return Composition((of,), f"as it was {found.when(at)}", (by,))


def _over_period(projection: Projection, row: OverPeriod, address: Address) -> Composition:
    """Return the sum of the months of the period; where these are a fiscal year, or all, the sum that it is."""
    found = places(projection)
    by = _read_from(projection, row, address, row.by)
    periods = projection.monthly(row.by)[by.items]
    month = found.month(address.at)
    together = np.flatnonzero(periods == periods[month])
    made = _summed_months(projection, BUDGET.rows[row.of], address.items, together, "the sum of all months of the period")
    return Composition(made.formula, made.how, (_part(projection, by),))


def _summed_months(projection: Projection, of: Row, items: tuple[int, ...], months: Any, how: str) -> Composition:
    found = places(projection)
    parts = [_part(projection, Address(of.name, items, found.months[month]), found.when(found.months[month])) for month in months]
    return summed(parts, of.unit, how, in_time=True)


def _listing(projection: Projection, row: Listing, address: Address) -> Composition:
    """Return the row that is listed in this place."""
    found = places(projection)
    place = address.items[0]
    for name in row.reads:
        axis = row.axis_listed(BUDGET.rows[name])
        size = len(found.names(axis)) if axis else 1
        if place < size:
            where = Address(name, (place,) if axis else (), address.at)
            return Composition((_part(projection, where),), "one of several tables listed together")
        place -= size
    raise IndexError(address)


def _listing_of_year(projection: Projection, row: Listing, address: Address, _start: int, _stop: int) -> Composition | None:
    return _listing(projection, row, address) if all(BUDGET.rows[name].in_a_year == "sum" for name in row.reads) else None


_KINDS: Mapping[type[Row], Callable[[Projection, Any, Address], Composition]] = complete(
    "analysis/why/composition.py",
    {Line: _line, Carry: _carry, Total: _total, Delay: _delay, OverPeriod: _over_period, Listing: _listing},
)
# Of rows that a year sums: what the year's figure is made of, or None where its months say it. The others are the sum of their months.
_WHOLE_YEARS: Mapping[type[Row], Callable[[Projection, Any, Address, int, int], Composition | None]] = {
    Line: _line_of_year,
    Carry: _carry_of_year,
    Total: _total_of_year,
    Listing: _listing_of_year,
}
