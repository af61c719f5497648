"""Which rows of the model need no lines of their own in a workbook: what is settled by structure, repeats another, or is read by none.

Both follow from what a scenario has, never from its figures: a plan without caps has no term for them in any formula.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from budget_model.budget import BUDGET
from budget_model.engine.arrays import Members
from budget_model.engine.rows import MONTH, YEAR, Carry, Delay, Input, Line, Listing, OverPeriod, Row, Total
from budget_model.engine.simplify import is_nothing, simplified
from budget_model.engine.trace import traced
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import EVERYWHERE_ELSE


def settled_by_structure(members: Members, unsaid: Mapping[str, float]) -> Mapping[str, float]:
    """Return the rows that are one number whatever is given, with it: 0, but for inputs that are left out and what lists them.

    0 are totals of items of which there are none, and what follows from them. `unsaid` are the inputs that the workbook leaves out.
    """
    found = dict(unsaid)
    before = -1
    while len(found) > before:
        before = len(found)
        found |= {
            row.name: number
            for row in BUDGET.rows.values()
            if row.name not in found and (number := _settled(row, members, found)) is not None
        }
    return found


def _settled(row: Row, members: Members, found: Mapping[str, float]) -> float | None:
    if isinstance(row, Listing):
        listed = {found.get(name) for name in row.reads} if row.inline else set()
        return listed.pop() if len(listed) == 1 else None
    return 0.0 if _is_nothing(row, members, found) else None


def _is_nothing(row: Row, members: Members, found: Mapping[str, float]) -> bool:
    if isinstance(row, Total):
        of = BUDGET.rows[row.of]
        return found.get(row.of) == 0 or not all(members[axis] for axis in item_axes(of)) or _is_of_no_place(row, members)
    if isinstance(row, Line):
        if found.keys().isdisjoint(row.reads):
            return False
        expression = simplified(traced(row), found)
        return is_nothing(expression) or (expression.operation == "name" and _begins_as_nothing(row, expression.arguments[0]))
    if isinstance(row, Carry):
        return found.get(row.of) == 0 and (row.start == 0 or (isinstance(row.start, str) and found.get(row.start) == 0))
    return isinstance(row, (Delay, OverPeriod)) and found.get(row.of) == 0


def _begins_as_nothing(row: Line, name: str) -> bool:
    """Whether a name is the opening balance of a row itself, which is 0 at first: a row that is nothing else stays so."""
    opening = BUDGET.rows[name]
    return isinstance(opening, Carry) and opening.of == row.name and opening.start == 0


def _is_of_no_place(row: Total, members: Members) -> bool:
    """Whether a total finds its items by places of which none is told apart, so that no site is one of them."""
    where = BUDGET.matched[row.name]
    axes = [where.summed] if "site" in row.match else []
    axes += [axis for key, axis in where.own.items() if key == "site"]
    return Axis.POOL in axes and all(place.keys["site"] == EVERYWHERE_ELSE for place in members[Axis.POOL])


def repeated_rows(members: Members, settled: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    """Yield each row that is, item by item, another row that has lines, with the name of that one."""
    for row in BUDGET.rows.values():
        if isinstance(row, Line) and not row.inline:
            other = _read_alone(row, members, settled)
            if other is not None and _items(other, members) == _items(row, members) and _reads_alike_by_year(row, other):
                yield row.name, other.name


def _reads_alike_by_year(row: Line, other: Row) -> bool:
    """Whether the fiscal years of the other row show what this one's would; those of a check are read by no sheet."""
    return bool(row.kind) or row.in_a_year in (None, other.in_a_year)


def unread_rows(members: Members, settled: Collection[str], shown: Collection[str] = ()) -> frozenset[str]:
    """Return the rows that only rows without items read, such as those of caps in a plan without caps, and that no sheet has `shown`."""
    absent = {row.name for row in BUDGET.rows.values() if row.name in settled or not all(members[axis] for axis in item_axes(row))}
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


def _read_alone(row: Line, members: Members, settled: Mapping[str, float]) -> Row | None:
    """Return the row with lines that a line is, where that is all that its rule says."""
    expression = simplified(traced(row), settled)
    return _with_lines(expression.arguments[0], members, settled) if expression.operation == "name" else None


def _with_lines(name: str, members: Members, settled: Mapping[str, float]) -> Row | None:
    """Return the row that a name stands for where it has lines; of a total over one item, or an inline line, what it is."""
    row = BUDGET.rows[name]
    if isinstance(row, Total) and row.inline and not row.match and not isinstance(BUDGET.rows[row.of], Listing):
        return _with_lines(row.of, members, settled)
    if isinstance(row, Line) and row.inline:
        return _read_alone(row, members, settled)
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
