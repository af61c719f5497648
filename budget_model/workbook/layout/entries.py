"""The lines of the assumptions sheet: every number, month, yes-or-no and choice of a scenario, each with its name.

The same lines are written by the export and read by the import, so that what a reader changed is found by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from budget_model.engine.arrays import Member
from budget_model.engine.numbers import Members
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import NO_ITEM, PROGRAM_WIDE, AppropriationClass, BudgetTreatment, CareKind, CostCategory, Driver, Timing
from budget_model.scenario.schema import Item, Scenario
from budget_model.scenario.tables import FLAGS, KEY_FIELDS, TABLES, Cell, cells, field_of, number
from budget_model.timeline import from_serial, month_label

HEADING, NUMBER, MONTH, FLAG, CHOICE, NAME, DERIVED = "", "number", "month", "flag", "choice", "name", "derived"
_TABLE_OF: Mapping[Axis, str] = {axis: table for axis, _, table in TABLES}
_FIXED_LISTS: Mapping[str, type[StrEnum]] = {
    "driver": Driver,
    "kind": CareKind,
    "class": AppropriationClass,
    "category": CostCategory,
    "treatment": BudgetTreatment,
    "timing": Timing,
}


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
    cell: Cell | None = None
    choices: tuple[str, ...] = ()
    derived_from: str = ""

    @property
    def is_input(self) -> bool:
        """Whether a reader may change it."""
        return self.kind not in (HEADING, DERIVED)


def entries(scenario: Scenario, members: Members, spares: frozenset[str]) -> tuple[Entry, ...]:
    """Return all lines: for each item a heading, its name if it is a spare, its choices, what it is or does, its numbers."""
    found: list[Entry] = []
    before: tuple[Axis | None, str] | None = None
    position = -1
    for cell in cells(scenario):
        if (cell.axis, cell.item) != before:
            position = position + 1 if before and before[0] is cell.axis else 0
            before = (cell.axis, cell.item)
            found.append(Entry(HEADING, cell.table, cell.item, cell.item or "Whole program"))
            if cell.axis:
                item = getattr(scenario, cell.table)[position]
                found += _of_item(cell.axis, position, item, members, spares)
        kind = MONTH if cell.declared.is_month else NUMBER
        index = () if cell.axis is None else (position,)
        value = number(cell.assumption.value)
        found.append(Entry(kind, cell.table, cell.item, cell.declared.label, cell.field, cell.input, index, value, cell))
    return tuple(found)


def _of_item(axis: Axis, position: int, item: Item, members: Members, spares: frozenset[str]) -> Iterator[Entry]:
    table, member = _TABLE_OF[axis], members[axis][position]
    if item.name in spares:
        yield Entry(NAME, table, item.name, "Name (fill in to use this spare row)", "name", f"{axis}_name", (position,), item.name)
    for key, field in KEY_FIELDS.get(axis, {}).items():
        if axis is Axis.ASSIGNMENT and key == "category":
            yield from _assigned_category(table, position, item, member)
        elif field != "name":
            label = "Appropriation class" if key == "class" else key.capitalize()
            allowed = _allowed(axis, key, members, spares)
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
            label = flag.field.replace(".", " ").capitalize()
            source = f"{axis}_{flag.field.replace('.', '_')}"
            yield Entry(CHOICE, table, item.name, label, flag.field, source, (position,), str(given or NO_ITEM), choices=allowed)
        yield Entry(DERIVED, table, item.name, flag.label, flag.field, *common, derived_from=flag.choice)


def _allowed(axis: Axis, key: str, members: Members, spares: frozenset[str]) -> tuple[str, ...]:
    """Return what a key of an axis may be: a fixed choice, or an item that the workbook has."""
    if key in _FIXED_LISTS:
        return tuple(_FIXED_LISTS[key])
    named = {"position": Axis.POSITION, "mechanism": Axis.MECHANISM, "contract": Axis.CONTRACT, "source": Axis.SOURCE}
    if key in named:
        without = [NO_ITEM] if key in ("position", "mechanism") else []
        return (*(member.name for member in members[named[key]] if member.name not in spares), *without)
    if key == "site":
        return (*(site.name for site in members[Axis.SITE]), NO_ITEM if axis is Axis.ASSIGNMENT else PROGRAM_WIDE)
    if key == "department":
        return tuple(department.name for department in members[Axis.DEPARTMENT])
    plans = dict.fromkeys(component.keys["plan"] for component in members[Axis.BENEFIT])
    return (*plans, NO_ITEM) if axis is Axis.POSITION else tuple(plans)


def shown(entry: Entry, value: float | str) -> str:
    """Return a value of an input as a reader sees it: a month as 2019-07, a flag as yes or no, a number with its unit."""
    if entry.kind in (CHOICE, NAME) or isinstance(value, str):
        return str(value)
    if entry.kind == MONTH:
        return month_label(from_serial(value))
    if entry.kind == FLAG:
        return "yes" if value else "no"
    assert entry.cell is not None
    return f"{value:,.10g} {entry.cell.declared.unit}"


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
