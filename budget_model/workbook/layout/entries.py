"""The lines of the assumptions sheet: every number, month, yes-or-no and choice of a scenario, each with its name.

The same lines are written by the export and read by the import, so that what a reader changed is found by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from budget_model.engine.arrays import Member, Members
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import NO_ITEM, CostCategory
from budget_model.scenario.declarations import field_of
from budget_model.scenario.schema import Item, Scenario
from budget_model.scenario.tables import FLAGS, KEY_FIELDS, MODELS, TABLES, PlacedAssumption, choices_of, number, placed_assumptions
from budget_model.timeline import from_serial, month_label

HEADING, NUMBER, MONTH, FLAG, CHOICE, NAME, DERIVED = "", "number", "month", "flag", "choice", "name", "derived"
_TABLE_OF: Mapping[Axis, str] = {axis: table for axis, _, table in TABLES}
_AXIS_OF: Mapping[str, Axis] = {table: axis for axis, _, table in TABLES}


@dataclass(frozen=True)
class Entry:
    """A line of the assumptions sheet: what it is, which field of which item it holds, and the value it is written with.

    `input` and `index` are where the rows of the model read it. A derived line follows from the choice above it.
    """

    kind: str
    table: str
    item: str
    label: str
    field: str = ""
    input: str = ""
    index: tuple[int, ...] = ()
    value: float | str = 0.0
    placed: PlacedAssumption | None = None
    choices: tuple[str, ...] = ()
    derived_from: str = ""

    @property
    def is_input(self) -> bool:
        """Whether a reader may change it."""
        return self.kind not in (HEADING, DERIVED)


def entries(scenario: Scenario, members: Members, blank_rows: frozenset[str]) -> tuple[Entry, ...]:
    """Return all lines: for each item a heading, its name if it is a blank row, its choices, what it is or does, its numbers."""
    found: list[Entry] = []
    before: tuple[Axis | None, str] | None = None
    position = -1
    for placed in placed_assumptions(scenario):
        if (placed.axis, placed.item) != before:
            position = position + 1 if before and before[0] is placed.axis else 0
            before = (placed.axis, placed.item)
            found.append(Entry(HEADING, placed.table, placed.item, placed.item or "Whole program"))
            if placed.axis:
                item = getattr(scenario, placed.table)[position]
                found += _of_item(placed.axis, position, item, members, blank_rows)
        kind = MONTH if placed.declared.is_month else NUMBER
        index = () if placed.axis is None else (position,)
        value = number(placed.assumption.value)
        found.append(Entry(kind, placed.table, placed.item, placed.declared.label, placed.field, placed.input, index, value, placed))
    return tuple(found)


def _of_item(axis: Axis, position: int, item: Item, members: Members, blank_rows: frozenset[str]) -> Iterator[Entry]:
    table, member = _TABLE_OF[axis], members[axis][position]
    if item.name in blank_rows:
        yield Entry(NAME, table, item.name, "Name (fill in to use this spare row)", "name", f"{axis}_name", (position,), item.name)
    for key, field in KEY_FIELDS.get(axis, {}).items():
        if axis is Axis.ASSIGNMENT and key == "category":
            yield from _assigned_category(table, position, item, member)
        elif field != "name":
            label = "Appropriation class" if key == "class" else key.capitalize()
            allowed = _allowed(axis, key, field, members, blank_rows)
            yield Entry(CHOICE, table, item.name, label, field, f"{axis}_{field}", (position,), member.keys[key], choices=allowed)
    yield from _flags(axis, position, item)
    if axis is Axis.SOURCE:
        for column, category in enumerate(CostCategory):
            pays = float(category in field_of(item, "pays"))
            yield Entry(FLAG, table, item.name, f"Pays: {category}", "pays", "source_pays", (position, column), pays)


def _assigned_category(table: str, position: int, item: Item, member: Member) -> Iterator[Entry]:
    """Yield the category that an assignment names, and the one that counts: of an assigned position the position's own."""
    own = str(field_of(item, "category") or NO_ITEM)
    allowed = (*CostCategory, NO_ITEM)
    yield Entry(CHOICE, table, item.name, "Category", "category", "assignment_own_category", (position,), own, choices=allowed)
    counts = "Category that counts: the position's, if one is assigned"
    yield Entry(DERIVED, table, item.name, counts, "category", "assignment_category", (position,), member.keys["category"])


def _flags(axis: Axis, position: int, item: Item) -> Iterator[Entry]:
    """Yield what an item is or does, 1 for yes and 0 for no; what follows from a choice, below the choice."""
    table, chosen = _TABLE_OF[axis], set()
    for name, flag in FLAGS.get(axis, {}).items():
        common = (f"{axis}_{name}", (position,), float(flag.holds(item)))
        if flag.choice is None:
            yield Entry(FLAG, table, item.name, flag.label, flag.field, *common)
            continue
        if flag.field not in chosen:
            chosen.add(flag.field)
            given = field_of(item, flag.field)
            allowed = (*([] if given else [NO_ITEM]), *type(flag.choice))
            label = flag.field.replace(".", " ").replace("_", " ").capitalize()
            source = f"{axis}_{flag.field.replace('.', '_')}"
            yield Entry(CHOICE, table, item.name, label, flag.field, source, (position,), str(given or NO_ITEM), choices=allowed)
        yield Entry(DERIVED, table, item.name, flag.label, flag.field, *common, derived_from=flag.choice)


def _allowed(axis: Axis, key: str, field: str, members: Members, blank_rows: frozenset[str]) -> tuple[str, ...]:
    """Return what a key of an axis may be: a choice, an item that the workbook has, or a text that stands in the table."""
    table = MODELS[_TABLE_OF[axis]].table
    reference = table.references.get(field)
    if reference is None:
        return choices_of(MODELS[_TABLE_OF[axis]], field) or tuple(dict.fromkeys(member.keys[key] for member in members[axis]))
    named = members[_AXIS_OF[reference.table]]
    if reference.by == "name":
        names = [member.name for member in named if member.name not in blank_rows]
    else:
        names = list(dict.fromkeys(member.keys[reference.by] for member in named))
    return (*names, *([reference.none] if reference.none else []))


def shown(entry: Entry, value: float | str) -> str:
    """Return a value of an input as a reader sees it: a month as 2019-07, a flag as yes or no, a number with its unit."""
    if entry.kind in (CHOICE, NAME) or isinstance(value, str):
        return str(value)
    if entry.kind == MONTH:
        return month_label(from_serial(value))
    if entry.kind == FLAG:
        return "yes" if value else "no"
    assert entry.placed is not None
    return f"{value:,.10g} {entry.placed.declared.unit}"


def input_names(listed: tuple[Entry, ...]) -> dict[int, str]:
    """Return the defined name of each input line by its offset: `in_` + input + item, each used once."""
    names: dict[int, str] = {}
    used: set[str] = set()
    for offset, entry in enumerate(listed):
        if entry.is_input:
            parts = [entry.input, entry.item, entry.label.partition(": ")[2] if entry.field == "pays" else ""]
            base = "in_" + "_".join(re.sub(r"[^a-z0-9]+", "_", part.lower()).strip("_") for part in parts if part)
            name, suffix = base, 2
            while name in used:
                name, suffix = f"{base}_{suffix}", suffix + 1
            used.add(name)
            names[offset] = name
    return names
