"""Which rows of the model need no lines of their own in a workbook: what is nothing by structure, repeats another, or is read by none.

Both follow from what a scenario has, never from its figures: a plan without caps has no term for them in any formula.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from budget_model.budget import BUDGET
from budget_model.engine.arrays import Members
from budget_model.engine.rows import MONTH, YEAR, Carry, Delay, Input, Line, Listing, OverPeriod, Row, Total
from budget_model.engine.simplify import is_nothing, simplified
from budget_model.engine.trace import traced
from budget_model.scenario.axes import Axis


def nothing_by_structure(members: Members) -> frozenset[str]:
    """Return the rows that are 0 whatever is given: totals of items of which there are none, and what follows from them."""
    found: set[str] = set()
    before = -1
    while len(found) > before:
        before = len(found)
        found |= {row.name for row in BUDGET.rows.values() if row.name not in found and _is_nothing(row, members, found)}
    return frozenset(found)


def _is_nothing(row: Row, members: Members, found: set[str]) -> bool:
    if isinstance(row, Total):
        return row.of in found or not all(members[axis] for axis in item_axes(BUDGET.rows[row.of]))
    if isinstance(row, Line):
        return not found.isdisjoint(row.reads) and is_nothing(simplified(traced(row), found))
    if isinstance(row, Carry):
        return row.of in found and (row.start == 0 or row.start in found)
    return isinstance(row, (Delay, OverPeriod)) and row.of in found


def repeated_rows(members: Members, nothing: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield each row that is, item by item, another row that has lines, with the name of that one."""
    for row in BUDGET.rows.values():
        if isinstance(row, Line) and not row.inline:
            other = _read_alone(row, members, nothing)
            if other is not None and _items(other, members) == _items(row, members) and _reads_alike_by_year(row, other):
                yield row.name, other.name


def _reads_alike_by_year(row: Line, other: Row) -> bool:
    """Whether the fiscal years of the other row show what this one's would; those of a check are read by no sheet."""
    return bool(row.kind) or row.in_a_year in (None, other.in_a_year)


def unread_rows(members: Members, nothing: Collection[str], shown: Collection[str] = ()) -> frozenset[str]:
    """Return the rows that only rows without items read, such as those of caps in a plan without caps, and that no sheet has `shown`."""
    absent = {row.name for row in BUDGET.rows.values() if row.name in nothing or not all(members[axis] for axis in item_axes(row))}
    return frozenset(_read(set(), shown) - _read(absent, shown) - absent)


def _read(absent: set[str], shown: Collection[str]) -> set[str]:
    """Return the rows that are shown or read by none at all, and what these read in turn, where none of the `absent` rows is."""
    read = {name for row in BUDGET.rows.values() for name in row.reads}
    waiting = [name for name in BUDGET.rows if name not in read or name in shown]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in BUDGET.rows and name not in absent and name not in found:
            found.add(name)
            waiting += BUDGET.rows[name].reads
    return found


def _read_alone(row: Line, members: Members, nothing: frozenset[str]) -> Row | None:
    """Return the row with lines that a line is, where that is all that its rule says."""
    expression = simplified(traced(row), nothing)
    return _with_lines(expression.arguments[0], members, nothing) if expression.operation == "name" else None


def _with_lines(name: str, members: Members, nothing: frozenset[str]) -> Row | None:
    """Return the row that a name stands for where it has lines; of a total over one item, or an inline line, what it is."""
    row = BUDGET.rows[name]
    if isinstance(row, Total) and row.inline and not row.match and not isinstance(BUDGET.rows[row.of], Listing):
        return _with_lines(row.of, members, nothing)
    if isinstance(row, Line) and row.inline:
        return _read_alone(row, members, nothing)
    return None if isinstance(row, Input) or stands_in_its_readers(row) else row


def _items(row: Row, members: Members) -> tuple[str, ...]:
    """Return the axes along which a row has more than one item or cell, in their order."""
    return tuple(axis for axis in row.over if axis in (MONTH, YEAR) or len(members[axis]) != 1)


def item_axes(row: Row) -> tuple[str, ...]:
    """Return the axes of a row's items: all but months and years."""
    return tuple(axis for axis in row.over if axis not in (Axis.MONTH, Axis.YEAR))


def stands_in_its_readers(row: Row) -> bool:
    """Whether a row stands in the formulas that read it: a carry along items, and an inline line, total, carry or listing."""
    return isinstance(row, (Line, Total, Carry, Listing)) and (row.inline or (isinstance(row, Carry) and row.along != MONTH))
