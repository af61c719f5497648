"""Where a figure stands: a row of the budget, an item along each of its axes, and a fiscal year or month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from budget_model.budget import BUDGET
from budget_model.engine.rows import Row
from budget_model.errors import Problem, ScenarioError, near_name
from budget_model.formats import listed
from budget_model.projection import Projection
from budget_model.scenario.axes import Axis
from budget_model.timeline import TOTAL, month_label

_MOST_NAMED = 12  # items that a message lists
_BETWEEN, _MARK = "@", "%40"


@dataclass(frozen=True)
class Address:
    """A figure: the row's name, the position of an item along each of its axes but time, and when.

    `at` is a fiscal year ('FY 2019-20'), 'Total', a month ('2019-07'), or '' for a row that does not vary in time.
    """

    row: str
    items: tuple[int, ...] = ()
    at: str = ""


def axes_of(row: Row) -> tuple[str, ...]:
    """Return the axes of a row along which items stand, without months and years."""
    return tuple(axis for axis in row.over if axis not in (Axis.MONTH, Axis.YEAR))


class Places:
    """The items and times of a projection by their names, as addresses say them."""

    def __init__(self, projection: Projection) -> None:
        self.projection, self.years = projection, projection.years
        self.months = tuple(month_label(month) for month in projection.timeline.months)
        self.spans = (*projection.timeline.spans, (0, len(self.months)))  # the last is that of all months

    @cached_property
    def _of_month(self) -> dict[str, int]:
        return {label: number for number, label in enumerate(self.months)}

    @cached_property
    def _of_year(self) -> dict[str, int]:
        return {label: number for number, label in enumerate(self.years)}

    def month(self, at: str) -> int | None:
        """Return the position of a month; None for what is no month of the plan."""
        return self._of_month.get(at)

    def year(self, at: str) -> int | None:
        """Return the position of a fiscal year, the last for 'Total'; None for what is neither."""
        return self._of_year.get(at)

    def names(self, axis: str) -> tuple[str, ...]:
        """Return the names of an axis' items; two of one name, such as a position and a contract, with what tells them apart."""
        if axis not in self._names:
            members = self.projection.evaluation.members[axis]
            known = Counter(member.name for member in members)
            self._names[axis] = tuple(
                member.name if known[member.name] == 1 else f"{member.name} ({member.keys.get(axis, number + 1)})"
                for number, member in enumerate(members)
            )
        return self._names[axis]

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        return {}

    def item_names(self, address: Address) -> tuple[str, ...]:
        """Return the names of an address' items, in the order of the row's axes."""
        return tuple(self.names(axis)[item] for axis, item in zip(axes_of(BUDGET.rows[address.row]), address.items, strict=True))

    def when(self, at: str) -> str:
        """Return a time as a reader sees it: 'FY 2019-20', 'all months', 'Jul 2019', or ''."""
        month = self.month(at)
        if month is not None:
            return f"{self.projection.timeline.months[month]:%b %Y}"
        return "all months" if at == TOTAL else at


def places(projection: Projection) -> Places:
    """Return the places of a projection, made once."""
    return projection.once(Places)


def value_at(projection: Projection, address: Address) -> float:
    """Return the value of a figure, in the unit of its row, exact."""
    found = places(projection)
    row = BUDGET.rows[address.row]
    month, year = found.month(address.at), found.year(address.at)
    if year is not None:
        return float(projection.by_year(row.name)[(*address.items, year)])
    return float(projection.monthly(row.name)[address.items if month is None else (*address.items, month)])


def label_of(projection: Projection, address: Address) -> str:
    """Return the name of a figure as a reader sees it: the row, its items."""
    return ", ".join((name_of(BUDGET.rows[address.row]), *places(projection).item_names(address)))


def name_of(row: Row) -> str:
    """Return the name of a row as a reader sees it: of an assumption what its field is called."""
    return row.rule.removesuffix(".") if not row.reads and row.rule else row.label


def as_text(projection: Projection, address: Address) -> str:
    """Return an address as one text, as links hold it: `net_county_cost@FY 2020-21`, `drawdown@Total@State grant`."""
    return text_of(address.row, address.at, places(projection).item_names(address))


def text_of(row: str, at: str, items: Sequence[str] = ()) -> str:
    """Return the text of an address from a row's name, a time and the names of items.

    >>> text_of("drawdown", "Total", ["State grant"])
    'drawdown@Total@State grant'
    """
    return _BETWEEN.join(part.replace("%", "%25").replace(_BETWEEN, _MARK) for part in (row, at, *items))


def read_address(projection: Projection, text: str, items: Sequence[str] = ()) -> Address:
    """Return the figure that a text names, with the items that it or `items` names.

    Without a time it is that of all months. Raises ScenarioError with the nearest names where there is no such figure.
    """
    name, *rest = (unquote(part) for part in text.split(_BETWEEN))
    at, named = (rest[0] if rest else ""), [*rest[1:], *items]
    row = BUDGET.rows.get(name.strip()) or BUDGET.rows.get(name.strip().lower().replace(" ", "_"))
    if row is None:
        raise _refused("row", name, f"expected a row of the budget.{near_name(name, list(BUDGET.rows))}")
    return Address(row.name, _items(projection, row, named), _time(projection, row, at.strip()))


def _items(projection: Projection, row: Row, named: Sequence[str]) -> tuple[int, ...]:
    """Return the positions of items that are named, in any order; each name goes to the first free axis that has it."""
    found = places(projection)
    axes = axes_of(row)
    taken: dict[str, int] = {}
    for name in named:
        held = next((axis for axis in axes if axis not in taken and name in found.names(axis)), None)
        if held is None:
            known = [item for axis in axes if axis not in taken for item in found.names(axis)]
            one_of = f"expected one of: {listed(known, _MOST_NAMED)}" if known else f"{row.name} has no items, or they are all named"
            raise _refused("item", name, f"{one_of}.{near_name(name, known)}")
        taken[held] = found.names(held).index(name)
    for axis in axes:
        if axis not in taken and len(found.names(axis)) == 1:
            taken[axis] = 0
        if axis not in taken:
            known = list(found.names(axis))
            one_of = f"expected one of: {listed(known, _MOST_NAMED)}" if known else "the plan has none"
            raise _refused("item", "", f"{row.name} is there for each {axis.replace('_', ' ')}; {one_of}")
    return tuple(taken[axis] for axis in axes)


def _time(projection: Projection, row: Row, at: str) -> str:
    found = places(projection)
    by_month = Axis.MONTH in row.over
    if not by_month and Axis.YEAR not in row.over:
        if at and found.month(at) is None and found.year(at) is None:
            raise _refused("time", at, _times(found, years=True, months=True))
        return ""
    by_year = row.in_a_year is not None or not by_month
    at = at or (TOTAL if by_year else found.months[-1])
    if (by_year and found.year(at) is not None) or (by_month and found.month(at) is not None):
        return at
    raise _refused("time", at, _times(found, years=by_year, months=by_month) + f" for {row.name}")


def _times(found: Places, *, years: bool, months: bool) -> str:
    of_years = [f"one of: {', '.join(found.years)}"] * years
    return f"expected {' or '.join([*of_years, *[f'a month from {found.months[0]} to {found.months[-1]}'] * months])}"


def _refused(place: str, given: str, expected: str) -> ScenarioError:
    return ScenarioError([Problem("why", place, repr(given) if given else "missing", expected)])
