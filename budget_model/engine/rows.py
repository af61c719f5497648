"""How a row of the budget is declared: there are seven kinds of row, and nothing else.

    input     a given value (declared by whoever reads what is given)
    line      arithmetic on other rows of the same month, written once as a function
    carry     the balance that the row it names closed with one month (or one item) before
    total     the sum of a row over some of its axes, grouped by matching keys
    delay     what the row it names was a number of months before that an assumption says
    period    the sum of the row it names over all months of the period that a month belongs to, later ones as well
    listing   the rows of several lines listed one below the other as one table

The function's name is the row's name; a line's parameters name the rows it reads. What rows vary over is named by axes:
plain texts, whose order the model is told (model.py). Only `MONTH` and `YEAR` mean something here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, TypeVar

from budget_model.errors import LineError

MONTH = "month"
YEAR = "year"
InAYear = Literal["sum", "last", "largest", "smallest"] | None
Axes = tuple[str, ...]
Said = TypeVar("Said")


@dataclass(frozen=True)
class Row:
    """What every row has: its name, its unit, the axes it varies over, the budget area it belongs to, its rule in words.

    `in_a_year` says what a fiscal year, and the total, show of a monthly row: the sum of its months, the last, the largest or
    the smallest one, or nothing. Of a yearly row it says what the total shows of the years; without it the total is the row's
    own rule on what it reads in total.
    """

    name: str
    unit: str
    over: Axes
    area: str
    rule: str
    in_a_year: InAYear = field(default=None, kw_only=True)

    @property
    def label(self) -> str:
        """The name as a reader sees it."""
        return self.name.replace("_", " ").capitalize()

    @property
    def reads(self) -> tuple[str, ...]:
        """The names of the rows that must be known before this one."""
        return ()


class Kind(StrEnum):
    """What it means that a check is missed."""

    FAULT = "Fault"  # the plan can't be
    DUTY = "Duty missed"  # the plan owes what it does not give
    REMARK = "Remark"  # no mistake, but a reader should know


@dataclass(frozen=True)
class Input(Row):
    """A given value: an assumption, or a property of the calendar."""


@dataclass(frozen=True)
class Line(Row):
    """Arithmetic on other rows of the same month.

    A check has a `kind` and a `tolerance`, in its unit. Without `blank_rows` it says nothing of a blank line of a workbook.
    An `inline` line has no row of its own in the workbook: its formula stands, in brackets, in those that read it.
    """

    function: Callable[..., Any]
    tolerance: float = 0.0
    kind: Kind | None = field(default=None, kw_only=True)
    blank_rows: bool = field(default=True, kw_only=True)
    inline: bool = field(default=False, kw_only=True)

    @cached_property
    def reads(self) -> tuple[str, ...]:
        return tuple(inspect.signature(self.function).parameters)


@dataclass(frozen=True)
class Carry(Row):
    """The opening balance of a corkscrew: what row `of`, its closing balance, was one step before along an axis.

    `start` (a row, or 0 or 1) stands before the first step. An `inline` carry has no row of its own in the workbook: the lines
    that read it refer to the month before. A balance of people or money has its row; a date, a count or a factor needs none.
    """

    of: str
    start: str | int
    along: str
    inline: bool = field(default=False, kw_only=True)

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.of, self.start) if isinstance(self.start, str) else (self.of,)


@dataclass(frozen=True)
class Delay(Row):
    """The value of row `of` as many months before as row `by` says; 0 before the first month. `by` does not vary by month."""

    of: str
    by: str

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.of, self.by)


@dataclass(frozen=True)
class OverPeriod(Row):
    """The sum of row `of` over all months for which row `by` says the same as in this month: those of a year, or of a period.

    It reads later months as well, so `of` and `by` must be known for all months before it. `by` holds whole numbers.
    """

    of: str
    by: str

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.of, self.by)


@dataclass(frozen=True)
class Exactly:
    """A key that must be this text, whatever the item."""

    text: str


Match = Mapping[str, str | Exactly]


@dataclass(frozen=True)
class Total(Row):
    """The sum of row `of` over the axes it has and this row has not, for items whose keys match.

    `match` pairs a key of the row summed with a key of this row's items (along any of its axes), or with a fixed text. Where
    the key stands on an axis that both rows have, an item counts for those of this row's items that it matches, and for no other.
    An `inline` total has no row of its own in the workbook: its SUMIFS stands in the formulas that read it.
    """

    of: str
    match: Match
    inline: bool = field(default=False, kw_only=True)

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.of,)


@dataclass(frozen=True)
class Listing(Row):
    """The items of several rows listed as one table; `parts` names, for each heading, the rows listed under it.

    Its own axis stands first, and the months or years, where it varies over them, after it. An `inline` listing has no rows of its
    own in the workbook: what reads it refers to the rows listed, which then may be assumptions.
    """

    parts: Mapping[str, tuple[str, ...]]
    inline: bool = field(default=False, kw_only=True)

    def axis_listed(self, row: Row) -> str | None:
        """Return the axis whose items a row brings to the listing; None for a row that has none and is one line of it."""
        return row.over[0] if len(row.over) == len(self.over) else None

    @property
    def reads(self) -> tuple[str, ...]:
        return tuple(row for rows in self.parts.values() for row in rows)


def complete(reading: str, by_kind: Mapping[type[Row], Said]) -> Mapping[type[Row], Said]:
    """Return what a reading of the rows does with each kind; raises LineError naming a kind that is calculated and missing."""
    missing = [kind.__name__ for kind in Row.__subclasses__() if kind is not Input and kind not in by_kind]
    if missing:
        raise LineError(f"{reading} does not say what it does with each kind of row: {', '.join(missing)} is missing.")
    return by_kind


def line(unit: str, over: Axes, in_a_year: InAYear = None, *, inline: bool = False) -> Callable[[Callable[..., Any]], Line]:
    """Declare a row of same-month arithmetic. The function is pure and uses the words of `vocabulary.py` only."""
    return lambda function: Line(*_common(function, unit, over), function, in_a_year=in_a_year, inline=inline)


def check(
    kind: Kind, *, tolerance: float, over: Axes = (MONTH,), unit: str = "dollars", in_a_year: InAYear = "sum", blank_rows: bool = True
) -> Callable[[Callable[..., Any]], Line]:
    """Declare a row by month or by year that is never below 0, and above the tolerance (in its unit) where the check is missed.

    What `in_a_year` makes of the months or years of an item is the amount by which it is missed: their sum, the largest of
    them (stocks, days), or the smallest (what is missed only where it is missed throughout).
    """
    return lambda function: Line(*_common(function, unit, over), function, tolerance, kind=kind, blank_rows=blank_rows, in_a_year=in_a_year)


def carry(
    unit: str, over: Axes, of: str, start: str | int, along: str = MONTH, in_a_year: InAYear = None, *, inline: bool = False
) -> Callable[[Callable[[], Any]], Carry]:
    """Declare an opening balance: another row's last month (or, `along` items, what it was for the item before)."""
    return lambda function: Carry(*_common(function, unit, over), of, start, along, in_a_year=in_a_year, inline=inline)


def total(
    unit: str, over: Axes, of: str, match: Match | None = None, in_a_year: InAYear = None, *, inline: bool = False
) -> Callable[[Callable[[], Any]], Total]:
    """Declare a sum of another row, over all its items or over those whose keys match this row's items."""
    return lambda function: Total(*_common(function, unit, over), of, match or {}, in_a_year=in_a_year, inline=inline)


def delay(unit: str, over: Axes, of: str, by: str, in_a_year: InAYear = None) -> Callable[[Callable[[], Any]], Delay]:
    """Declare a row that reads another row as many months before as an assumption says."""
    return lambda function: Delay(*_common(function, unit, over), of, by, in_a_year=in_a_year)


def over_period(unit: str, over: Axes, of: str, by: str, in_a_year: InAYear = None) -> Callable[[Callable[[], Any]], OverPeriod]:
    """Declare a row that sums another row over all months of the period to which row `by` says that a month belongs."""
    return lambda function: OverPeriod(*_common(function, unit, over), of, by, in_a_year=in_a_year)


def listing(
    unit: str, over: Axes, parts: Mapping[str, tuple[str, ...]], in_a_year: InAYear = None, *, inline: bool = False
) -> Callable[[Callable[[], Any]], Listing]:
    """Declare a table that lists the items of several rows one below the other."""
    return lambda function: Listing(*_common(function, unit, over), parts, in_a_year=in_a_year, inline=inline)


def _common(function: Callable[..., Any], unit: str, over: Axes) -> tuple[str, str, Axes, str, str]:
    """Return the name, unit, axes, area and rule of a declared row; raises LineError where no sentence says what it is."""
    rule = inspect.getdoc(function)
    if not rule:
        raise LineError(f"{function.__name__} has no docstring: say in one sentence what the row is.")
    return function.__name__, unit, over, area_of(function.__globals__), rule


def area_of(module: Mapping[str, Any]) -> str:
    """Return the budget area whose rows a module declares: its own name, or the `AREA` it says where several share one."""
    area: str = module.get("AREA", module["__name__"].rpartition(".")[2])
    return area
