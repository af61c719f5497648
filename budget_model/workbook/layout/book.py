"""Where everything stands in a workbook: first every cell gets its place, then formulas are printed.

A row of the model is a block: a heading, then one line for each of its items. All sheets with months share the same
columns: label, unit, total, fiscal years, three keys, the value before the first month, the months. What varies by neither
month nor year stands in the column of the total. Sheets by fiscal year have label, unit, total and years in the same columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import product
from typing import TYPE_CHECKING

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from budget_model.analysis.findings import YES_OR_NO, is_sound
from budget_model.analysis.workbook_content import WorkbookContent
from budget_model.budget import BUDGET
from budget_model.engine.arrays import Member, Members
from budget_model.engine.rows import Exactly, Input, Listing, Row, Total
from budget_model.scenario.axes import Axis
from budget_model.scenario.tables import DERIVED_KEYS, FIXED_KEYS, KEY_FIELDS, WORKED_OUT_KEYS, unsaid_inputs
from budget_model.timeline import Timeline
from budget_model.workbook.layout.input_lines import input_lines
from budget_model.workbook.layout.rows_without_lines import (
    item_axes,
    repeated_rows,
    settled_by_structure,
    stands_in_its_readers,
    unread_rows,
)
from budget_model.workbook.layout.sheet_kinds import SheetKind, kind_of
from budget_model.workbook.layout.template import Assumptions, Checks, EachSite, GivenAssumptions, Rows, Template
from budget_model.workbook.layout.widths import lines_beside_years

if TYPE_CHECKING:
    from budget_model.simulation.results import Simulation

LABEL, UNIT, TOTAL, FIRST_YEAR = range(4)
CONSTANT = TOTAL  # the column of what varies by neither month nor year
KEY_COUNT = 3
TITLE_ROW, STATUS_ROW, NUMBER_ROW, FISCAL_YEAR_ROW, HEAD_ROW, FIRST_ROW = range(6)
VALUE_COLUMN = 2
FIRST_ASSUMPTION_ROW = 6
_letters, _quoted = lru_cache(maxsize=20_000)(xl_col_to_name), cache(quote_sheetname)  # of every reference of every formula
Index = tuple[int, ...]
Key = tuple[str, str]  # an axis, and a key that its items have

# An axis whose items are those of a table, or some of them, under another name.
_ITEMS_OF: Mapping[str, Axis] = {Axis.INCOME: Axis.SOURCE, Axis.CLASS_CAP: Axis.CAP}


@dataclass(frozen=True)
class Columns:
    """The columns of every sheet with months."""

    timeline: Timeline

    @property
    def years(self) -> range:
        """The columns of the fiscal years."""
        return range(FIRST_YEAR, FIRST_YEAR + len(self.timeline.years))

    @property
    def keys(self) -> range:
        """The columns of the keys by which totals find their items."""
        return range(self.years.stop, self.years.stop + KEY_COUNT)

    @property
    def opening(self) -> int:
        """The column before the first month: opening values."""
        return self.keys.stop

    @property
    def months(self) -> range:
        """The columns of the months."""
        return range(self.opening + 1, self.opening + 1 + self.timeline.count)


@dataclass(frozen=True)
class Block:
    """A row of the model on its sheet: a heading, the lines of its rule, the items with their indices; their keys from a column on."""

    row: Row
    sheet: str
    top: int
    items: tuple[tuple[Index, tuple[Member, ...]], ...]
    keys: tuple[Key, ...]
    first_key: int
    rule: tuple[str, ...]
    repeats: str = ""  # the row on whose lines it stands, where it only repeats that one

    @property
    def first(self) -> int:
        """The sheet row of the first item."""
        return self.top + 1 + len(self.rule)

    @property
    def last(self) -> int:
        """The sheet row of the last item."""
        return self.first + len(self.items) - 1

    @cached_property
    def line_of(self) -> Mapping[Index, int]:
        """The sheet row of each item."""
        return {index: self.first + offset for offset, (index, _) in enumerate(self.items)}

    def lines(self, of: int | None) -> tuple[int, int]:
        """Return the first and last sheet row of all items, or of those of one item of the first axis, which stand together."""
        if of is None:
            return self.first, self.last
        each = len(self.items) // (1 + self.items[-1][0][0])
        return self.first + of * each, self.first + (of + 1) * each - 1

    def key_column(self, key: Key) -> int:
        """Return the column that holds a key of one of the row's axes."""
        return self.first_key + self.keys.index(key)


class Book:
    """The places of one scenario's workbook: of the scenario with its blank rows, which cost and pay nothing."""

    def __init__(self, content: WorkbookContent, template: Template, simulation: Simulation | None = None) -> None:
        self.content, self.simulation = content, simulation
        self.scenario, self.projection, self.blank_rows = content.scenario, content.projection, content.blank_rows
        self.columns = Columns(self.projection.timeline)
        self.members: Members = self.projection.evaluation.members
        self.template = template = template.without(
            {axis for axis in Axis if not self.members.get(axis)}, with_range=simulation is not None
        )
        self.assumptions = next(sheet.sheet for sheet in template.sheets if isinstance(sheet, Assumptions))
        self.checks = next(sheet.sheet for sheet in template.sheets if isinstance(sheet, Checks))
        named = {sheet.sheet for sheet in template.sheets if not isinstance(sheet, EachSite)}
        self.site_sheets = sheet_names(self.members[Axis.SITE], named, template.prefix)
        inputs = input_lines(self.projection.scenario, self.members, self.blank_rows)
        self.entries, self.names = inputs.lines, inputs.names
        lines = enumerate(self.entries, FIRST_ASSUMPTION_ROW)
        self.address = {(entry.input, entry.index): line for line, entry in lines if entry.input}
        self.blocks: dict[str, Block] = {}
        self.settled = settled_by_structure(self.members, unsaid_inputs(self.scenario))
        keys = _keys_needed()
        unread = unread_rows(self.members, self.settled, template.rows_shown)
        repeats = self._repeats(keys, unread)
        for sheet in template.sheets:
            if isinstance(sheet, Rows):
                top = FIRST_ROW
                for row in area_rows(sheet.area):
                    if row.name in repeats or row.name in unread:
                        continue
                    items, needed = tuple(_items(row, self.members)), tuple(keys.get(row.name, ()))
                    rule = tuple(lines_beside_years(row.rule, len(self.columns.years)))
                    top += row.unit == YES_OR_NO  # folded: LibreOffice would fold what stands right above its heading as well
                    block = Block(row, sheet.sheet, top, items, needed, self.columns.keys.start, rule)
                    self.blocks[row.name] = block
                    top = block.last + 1 if items else top
        for name, other in repeats.items():
            row = BUDGET.rows[name]
            self.blocks[name] = replace(self.blocks[other], row=row, items=tuple(_items(row, self.members)), repeats=other)

    def _repeats(self, keys: dict[str, dict[Key, None]], unread: frozenset[str]) -> dict[str, str]:
        """Return each row that only repeats another one on these sheets, with that one, which then shows the keys of both."""
        shown = {row.name for sheet in self.template.sheets if isinstance(sheet, Rows) for row in area_rows(sheet.area)} - unread
        found: dict[str, str] = {}
        for name, repeated in repeated_rows(self.members, self.settled):
            other = found.get(repeated, repeated)
            together = {**keys.get(other, {}), **keys.get(name, {})}
            if {name, other} <= shown and len(together) <= KEY_COUNT:
                found[name], keys[other] = other, together
        return found

    @property
    def order(self) -> list[str]:
        """The names of all sheets, in the order of the template."""
        return list(self.kinds)

    @cached_property
    def kinds(self) -> Mapping[str, SheetKind]:
        """What each sheet is for, in the order of the template."""
        found: dict[str, SheetKind] = {}
        for sheet in self.template.sheets:
            names = self.site_sheets.values() if isinstance(sheet, EachSite) else [sheet.sheet]
            found |= dict.fromkeys(names, kind_of(sheet))
        return found

    @property
    def printed_together(self) -> list[str]:
        """The sheets that a reader needs on paper: all before what is given. They stand first, so that they are pages 1 to n."""
        given = next((sheet.sheet for sheet in self.template.sheets if isinstance(sheet, GivenAssumptions)), self.assumptions)
        return self.order[: self.order.index(given)]

    @cached_property
    def fails(self) -> bool:
        """Whether the Checks sheet has a fault or a duty missed; checks of what sheets print hold by their making."""
        return not is_sound(self.content.judged_by_no_row) or any(not check.passed for check in self.projection.checks)

    def blank_name(self, axis: str, position: int) -> str | None:
        """Return the reference of a blank row's name, or None for an item that is none; an item of a listing is what it lists."""
        listing = _listing_over(axis)
        if listing is not None:
            part, index = self.listed(listing)[position]
            axis, position = (item_axes(part.row)[0], index[0]) if index else (axis, position)
        elif axis in _ITEMS_OF:
            position = self.members[_ITEMS_OF[axis]].index(self.members[axis][position])
            axis = _ITEMS_OF[axis]
        known = (f"{axis}_name", (position,)) in self.address
        return self.assumption(f"{axis}_name", (position,)) if known else None

    def assumption(self, name: str, index: Index) -> str:
        """Return the reference of an assumption's value."""
        return f"{_quoted(self.assumptions)}!${_letters(VALUE_COLUMN)}${self.address[name, index] + 1}"

    def chosen(self, name: str, index: Index) -> str:
        """Return what stands in the cell of a choice."""
        return str(self.entries[self.address[name, index] - FIRST_ASSUMPTION_ROW].value)

    def key_source(self, row: Row, index: Index, key: Key) -> str | None:
        """Return the reference of the assumption that holds an item's key, None where it is fixed; of a blank row its name's."""
        axis, name = key
        listing = _listing_over(axis)
        if listing is not None:
            part, index = self.listed(listing)[index[item_axes(row).index(axis)]]
            row, axis = part.row, next(iter(item_axes(part.row)), "")
        if axis not in item_axes(row):
            return None
        position, table = index[item_axes(row).index(axis)], Axis(_ITEMS_OF.get(axis, axis))
        if table != axis:
            position = self.members[table].index(self.members[axis][position])
        if name in DERIVED_KEYS.get(table, ()):
            return self.assumption(f"{table}_{name}", (position,))
        field = KEY_FIELDS.get(table, {}).get(name, "name")
        if name in FIXED_KEYS.get(table, {}) or name in WORKED_OUT_KEYS.get(table, ()):
            return None
        if field == "name":
            return self.blank_name(table, position)
        return self.assumption(f"{table}_{field}", (position,))

    def listed(self, row: Listing) -> tuple[tuple[Block, Index], ...]:
        """Return, for each line of a listing, the block and item that it lists."""
        return tuple((self.blocks[name], index) for name, index in self.items_listed(row))

    def items_listed(self, row: Listing) -> tuple[tuple[str, Index], ...]:
        """Return, for each line of a listing, the row, or the input, and the item that it lists."""
        return tuple((name, index) for name in row.reads for index, _ in _items(BUDGET.rows[name], self.members))

    def settled_of(self, row: Row) -> frozenset[tuple[str, float]]:
        """Return the rows read by a row that are settled, each with its number."""
        return frozenset((name, self.settled[name]) for name in row.reads if name in self.settled)


@cache
def _listing_over(axis: str) -> Listing | None:
    """Return a listing whose items an axis has; all listings over one axis list the same items."""
    return next((row for row in BUDGET.rows.values() if isinstance(row, Listing) and row.over[0] == axis), None)


def area_rows(area: str) -> tuple[Row, ...]:
    """Return the rows shown for an area: those its module declares, or the calendar.

    A carry along items, and an inline line, total, carry or listing, need no row of their own: they stand in the formulas that read them.
    """
    if area == "calendar":
        return tuple(row for row in BUDGET.rows.values() if row.area == "calendar")
    return tuple(row for row in BUDGET.area(area) if not stands_in_its_readers(row))


def rows_of_sheets() -> tuple[Row, ...]:
    """Return every row that has lines of its own on a sheet, of whatever area."""
    shown = (row for row in BUDGET.rows.values() if row.area == "calendar" or not isinstance(row, Input))
    return tuple(row for row in shown if not stands_in_its_readers(row))


def cell_reference(home: str, sheet: str, column: int, row: int, *, fixed_column: bool = False, fixed_row: bool = False) -> str:
    """Return a cell's reference as a formula on sheet `home` writes it."""
    address = f"{'$' * fixed_column}{_letters(column)}{'$' * fixed_row}{row + 1}"
    return address if sheet == home else f"{_quoted(sheet)}!{address}"


def range_reference(home: str, block: Block, column: int, *, of: int | None = None, fixed_column: bool = False) -> str:
    """Return the reference of a column of a block's items; with `of`, of those of this item of the block's first axis alone."""
    first, last = block.lines(of)
    letter = f"{'$' * fixed_column}{_letters(column)}"
    address = f"{letter}${first + 1}:{letter}${last + 1}"
    return address if block.sheet == home else f"{_quoted(block.sheet)}!{address}"


def _items(row: Row, members: Members) -> Iterator[tuple[Index, tuple[Member, ...]]]:
    axes = item_axes(row)
    for index in product(*(range(len(members[axis])) for axis in axes)):
        yield index, tuple(members[axis][position] for axis, position in zip(axes, index, strict=True))


def summed_along(row: Total, of: Row) -> str | None:
    """Return the axis of which a total sums the item's own lines: the first of what it sums, where it varies over it too.

    These lines stand together. A range of all items would hold cells that depend on the total, such as those of the sources
    that pay later: a circle to a spreadsheet program that looks at ranges.
    """
    first = next(iter(item_axes(of)), None)
    return first if first in row.over and first not in row.match else None


def summed_keys(row: Total, of: Row) -> dict[Key, Key]:
    """Return the keys by which SUMIFS finds what a total sums: its matches, and the other items both rows vary over."""
    kept: dict[Key, Key] = {
        (axis, str(axis)): (axis, str(axis)) for axis in item_axes(of) if axis in row.over and axis != summed_along(row, of)
    }
    found = BUDGET.matched[row.name]
    return kept | {(str(found.summed), key): (found.own[other], other) for key, other in row.match.items() if isinstance(other, str)}


def fixed_keys(row: Total) -> dict[Key, str]:
    """Return the keys that must be a fixed text for a total to sum an item."""
    summed = str(BUDGET.matched[row.name].summed)
    return {(summed, key): fixed.text for key, fixed in row.match.items() if isinstance(fixed, Exactly)}


def _keys_needed() -> dict[str, dict[Key, None]]:
    """Return the keys that each row's block must show for the totals that read it or are grouped by it, in order."""
    needed: dict[str, dict[Key, None]] = {}
    for row in BUDGET.rows.values():
        if isinstance(row, Total):
            for key, other in summed_keys(row, BUDGET.rows[row.of]).items():
                needed.setdefault(row.of, {})[key] = None
                for reader in _where_it_stands(row):
                    needed.setdefault(reader, {})[other] = None
            for key in fixed_keys(row):
                needed.setdefault(row.of, {})[key] = None
    return needed


def _where_it_stands(row: Row) -> Iterator[str]:
    """Yield the rows in whose formulas a row stands: itself, or those that read it where it has no row of its own."""
    if not stands_in_its_readers(row):
        yield row.name
        return
    for reader in BUDGET.rows.values():
        if row.name in reader.reads:
            yield from _where_it_stands(reader)


def sheet_names(sites: tuple[Member, ...], taken: set[str], prefix: str = "") -> dict[str, str]:
    """Return a sheet name for each site: at most 31 characters, without the signs Excel refuses, used once."""
    names: dict[str, str] = {}
    used = {name.lower() for name in taken}
    for site in sites:
        base = (prefix + re.sub(r"[\[\]:*?/\\']", " ", site.name))[:31].strip()
        name, suffix = base, 2
        while name.lower() in used or name.lower() == "history":
            name, suffix = f"{base[:28]} {suffix}", suffix + 1
        used.add(name.lower())
        names[site.name] = name
    return names


def is_calendar(row: Row) -> bool:
    """Whether the row is a property of the calendar, written as values."""
    return isinstance(row, Input)
