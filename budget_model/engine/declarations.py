"""What a row may declare: every mistake in declaring one is refused by the row's name before anything is calculated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from budget_model.engine.rows import MONTH, YEAR, Axes, Carry, Delay, Input, Line, Listing, OverPeriod, Row, Total, complete
from budget_model.errors import LineError, near_name

Rows = Mapping[str, Row]


def check_row(row: Row, rows: Rows, axes: Axes) -> None:
    """Refuse a row that lists its axes out of order, reads an unknown name, or declares what its kind cannot be: raises LineError."""
    unknown = [axis for axis in row.over if axis not in axes]
    if unknown:
        raise LineError(f"{row.area}.{row.name} is over {', '.join(unknown)}, which is no axis.{near_name(unknown[0], axes)}")
    if list(row.over) != sorted(set(row.over), key=axes.index):
        raise LineError(f"{row.area}.{row.name} is over {', '.join(row.over)}: list each axis once, in the order of Axis.")
    for name in row.reads:
        if name not in rows:
            raise LineError(f"{row.area}.{row.name} reads '{name}', which is no row and no assumption.{near_name(name, list(rows))}")
    if not isinstance(row, Input):
        _CHECKS[type(row)](row, rows)


def _line(row: Line, rows: Rows) -> None:
    """Refuse to read a value that varies over more than the line does; a line of years reads months as its years show them."""
    if YEAR in row.over and row.in_a_year == "last":
        raise LineError(f"{row.area}.{row.name} is by year: its total is the sum, the largest or the smallest of the years, not the last.")
    _read_by_lines_alone(row, rows)
    for name in row.reads:
        read = rows[name]
        if YEAR in row.over and MONTH in read.over and read.in_a_year in ("largest", "smallest"):
            raise LineError(f"{row.area}.{row.name} reads {name}, which has no cell for a year in the workbook: read its months.")
        extra = [axis for axis in read.over if axis not in row.over]
        yearly = YEAR in row.over and read.in_a_year is not None
        if [axis for axis in extra if not (yearly and axis == MONTH)]:
            raise LineError(f"{row.area}.{row.name} reads {name}, which varies over {', '.join(extra)} as well: read a @total of it.")


def _read_by_lines_alone(row: Line | Carry, rows: Rows) -> None:
    """Refuse an inline row that another kind of row reads: its formula could stand nowhere."""
    if row.inline and (readers := [other.name for other in rows.values() if row.name in other.reads and not isinstance(other, Line)]):
        raise LineError(f"{row.area}.{row.name} is inline, so only lines may read it: {', '.join(readers)} needs a row of it.")


def _carry(row: Carry, rows: Rows) -> None:
    _read_by_lines_alone(row, rows)
    if row.along not in row.over or row.over != rows[row.of].over:
        raise LineError(f"{row.area}.{row.name} must vary over the same axes as {row.of}, {row.along} among them.")


def _total(row: Total, rows: Rows) -> None:
    of = rows[row.of]
    if isinstance(of, Input):
        raise LineError(f"{row.area}.{row.name} sums the assumption {row.of}: let a @line read it, so that it stands on the area's sheet.")
    if [axis for axis in (MONTH, YEAR) if axis in of.over and axis not in row.over] and (of.over != (*row.over, MONTH) or row.match):
        raise LineError(f"{row.area}.{row.name} sums {row.of} over time: a @total sums items, or the months of each item alone.")


def _delay(row: Delay, rows: Rows) -> None:
    if row.over != rows[row.of].over or row.over[-1:] != (MONTH,) or MONTH in rows[row.by].over:
        raise LineError(f"{row.area}.{row.name} must vary over the months and items of {row.of}, and {row.by} over no months.")


def _over_period(row: OverPeriod, rows: Rows) -> None:
    by = rows[row.by].over
    if row.over != rows[row.of].over or row.over[-1:] != (MONTH,) or MONTH not in by or not set(by) <= set(row.over):
        raise LineError(
            f"{row.area}.{row.name} must vary over the months and items of {row.of}, and {row.by} over months and no other items."
        )


def _listing(row: Listing, rows: Rows) -> None:
    for other in rows.values():
        if row.inline and row.name in other.reads and not (isinstance(other, Line) or (isinstance(other, Total) and not other.match)):
            raise LineError(
                f"{row.area}.{row.name} is inline, so lines and totals of all of it may read it: {other.name} needs a row of it."
            )
    for other in rows.values():
        if isinstance(other, Listing) and other.over[0] == row.over[0] and _listed(other, rows) != _listed(row, rows):
            raise LineError(f"{row.area}.{row.name} and {other.area}.{other.name} must list the same items.")


def _listed(row: Listing, rows: Rows) -> list[tuple[str, str | None]]:
    """Return what a listing lists: headings with the axes whose items stand under them."""
    return [(heading, row.axis_listed(rows[name])) for heading, names in row.parts.items() for name in names]


_CHECKS: Mapping[type[Row], Callable[[Any, Rows], None]] = complete(
    "engine/declarations.py", {Line: _line, Carry: _carry, Total: _total, Delay: _delay, OverPeriod: _over_period, Listing: _listing}
)
