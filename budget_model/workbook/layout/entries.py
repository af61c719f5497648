"""The lines of the assumptions sheet: every number, month, yes-or-no and choice of a scenario, each with its name.

The same lines are written by the export and read by the import, so that what a reader changed is found by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from budget_model.budget import BUDGET
from budget_model.engine.arrays import Member, Members
from budget_model.formats import spoken, written
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import NO_ITEM, CostCategory
from budget_model.scenario.declarations import Part, field_of
from budget_model.scenario.schema import Item, Scenario
from budget_model.scenario.schema.columns import LINES_OF_THE_BUDGET
from budget_model.scenario.tables import (
    FLAGS,
    KEY_FIELDS,
    MODELS,
    TABLES,
    PlacedAssumption,
    choices_of,
    number,
    placed_assumptions,
    tables_of,
    unsaid_inputs,
)
from budget_model.timeline import from_serial, month_label, serial, start_of

HEADING, NUMBER, MONTH, FLAG, CHOICE, NAME, DERIVED = "", "number", "month", "flag", "choice", "name", "derived"
WHOLE_PROGRAM, YES_OR_NO, A_TEXT = "Whole program", "1 = yes, 0 = no", "text"  # where an item, or a unit, is none
# What says the place among all costs of the line that an assignment names: a cell for each table that may hold it, one below the other.
LINES_NAMED: Mapping[str, str] = {f"assignment_line_by_{field}": field for field in LINES_OF_THE_BUDGET}
_TABLE_OF: Mapping[Axis, str] = {axis: table for axis, _, table in TABLES}
_KEYS_OF_UNITS = ("budget_unit", "buyer")  # which name units of the budget, in whatever table
_ORDER = ["general", *(table for part in Part for table in tables_of(part))]  # of the tables, as an analyst builds a plan
_AXIS_OF: Mapping[str, Axis] = {table: axis for axis, _, table in TABLES}


@dataclass(frozen=True)
class Entry:
    """A line of the assumptions sheet: what it is, which field of which item it holds, and the value it is written with.

    `input` and `index` are where the rows of the model read it. A derived line follows from the choice above it. What is not
    given is what holds where a scenario says nothing.
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
    is_given: bool = True

    @property
    def is_input(self) -> bool:
        """Whether a reader may change it."""
        return self.kind not in (HEADING, DERIVED)

    @property
    def about(self) -> str:
        """The item and what of it, as messages name the line."""
        return f"{self.item}: {self.label}" if self.item else self.label


def entries(scenario: Scenario, members: Members, blank_rows: frozenset[str]) -> tuple[Entry, ...]:
    """Return all lines, part by part as a plan is built: sites, staff, contracts, care, services, money; blank rows at the end.

    For each item there is a heading, its name if it is a blank row, then what is given, then what is left at its default.
    """
    items: list[list[Entry]] = []
    unsaid = unsaid_inputs(scenario)
    before: tuple[Axis | None, str] | None = None
    position = -1
    for placed in placed_assumptions(scenario):
        if (placed.axis, placed.item) != before:
            position = position + 1 if before and before[0] is placed.axis else 0
            before = (placed.axis, placed.item)
            items.append([Entry(HEADING, placed.table, placed.item, _heading(placed))])
            if placed.axis:
                item = getattr(scenario, placed.table)[position]
                items[-1] += _of_item(placed.axis, position, item, members, blank_rows, scenario.timeline.years)
        if placed.input in unsaid:
            continue
        kind = MONTH if placed.declared.is_month else NUMBER
        index = () if placed.axis is None else (position,)
        given, value = placed.assumption.is_given, number(placed.assumption.value)
        line = Entry(
            kind, placed.table, placed.item, placed.declared.label, placed.field, placed.input, index, value, placed, is_given=given
        )
        items[-1].append(line)
    items.sort(key=lambda lines: (lines[0].item in blank_rows, _ORDER.index(lines[0].table)))
    return tuple(entry for lines in items for entry in _given_first(lines))


def _heading(placed: PlacedAssumption) -> str:
    """Return what stands above the lines of an item: what it is, and its name."""
    if placed.axis is None:
        return WHOLE_PROGRAM
    kind = MODELS[placed.table].table.singular
    return f"{kind[0].upper()}{kind[1:]}: {placed.item}"


def _given_first(lines: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the heading and the name, then the lines of an item that are given, then the others; what follows stays with its choice."""
    together: list[list[Entry]] = []
    for entry in lines:
        if entry.kind == DERIVED:
            together[-1].append(entry)
        else:
            together.append([entry])
    yield from (entry for group in sorted(together, key=lambda group: not group[0].is_given) for entry in group)


def _is_given(table: str, item: Item, field: str) -> bool:
    """Whether a choice or a yes-or-no of an item is other than what holds where a scenario says nothing."""
    outer, _, inner = field.partition(".")
    if inner:
        return field_of(item, field) is not None
    about = MODELS[table].model_fields[outer]
    return about.is_required() or getattr(item, outer) != about.get_default()


def _of_item(axis: Axis, position: int, item: Item, members: Members, blank_rows: frozenset[str], years: Sequence[str]) -> Iterator[Entry]:
    table, member = _TABLE_OF[axis], members[axis][position]
    if item.name in blank_rows:
        yield Entry(NAME, table, item.name, "Name (fill in to use this spare row)", "name", f"{axis}_name", (position,), item.name)
    chosen = {"name"}
    for key, field in KEY_FIELDS.get(axis, {}).items():
        if axis is Axis.ASSIGNMENT and key == "category":
            yield from _assigned_category(table, position, item, member)
        elif field not in chosen:
            label = "Appropriation class" if key == "class" else spoken(field if key in _KEYS_OF_UNITS else key)
            allowed = tuple(years) if field == "fiscal_year" else _allowed(axis, key, field, members, blank_rows)
            if axis is Axis.CAP and field != "of":
                allowed = _of_its_kind(allowed, key, member, members[Axis.CAP])
            given, chosen_now = _is_given(table, item, field), member.keys[key]
            line = Entry(CHOICE, table, item.name, label, field, f"{axis}_{field}", (position,), chosen_now, choices=allowed)
            yield replace(line, is_given=given)
            yield from _following(axis, position, item, field)
            if axis is Axis.ASSIGNMENT and key == "site":
                yield from _lines_named(table, position, item, members)
                counts = "Place that counts: the line's, if one is assigned"
                yield Entry(DERIVED, table, item.name, counts, field, "assignment_place", (position,), member.keys["place"])
        chosen.add(field)
    yield from _flags(axis, position, item, chosen)
    if axis is Axis.SOURCE:
        for column, category in enumerate(CostCategory):
            pays = float(category in field_of(item, "pays"))
            line = Entry(FLAG, table, item.name, f"Pays: {category}", "pays", "source_pays", (position, column), pays)
            yield replace(line, is_given=bool(pays))
        yield from _places(table, position, item, members[Axis.POOL])


def _places(table: str, position: int, item: Item, pools: Sequence[Member]) -> Iterator[Entry]:
    """Yield the places at which a source pays: where no source is limited to sites, all pay everywhere."""
    sites = field_of(item, "pays_only_at")
    kind = FLAG if len(pools) > 1 else DERIVED
    for column, pool in enumerate(pools):
        pays = float(not sites or pool.name in sites)
        line = Entry(kind, table, item.name, f"Pays at: {pool.name}", "pays_only_at", "source_pays_at", (position, column), pays)
        yield replace(line, is_given=bool(sites))


def _lines_named(table: str, position: int, item: Item, members: Members) -> Iterator[Entry]:
    """Yield the place among all costs of the line that an assignment names, counted from 1, or 0: a cell for each table."""
    for name, field in LINES_NAMED.items():
        before, place = 0, 0
        for part in (BUDGET.rows[reads].over[0] for reads in BUDGET.rows["cost"].reads):
            names = [member.name for member in members[part]]
            if part == field and field_of(item, part) in names:
                place = before + 1 + names.index(field_of(item, part))
            before += len(names)
        label = f"Place of the {field} among all costs (0: none)"
        yield Entry(DERIVED, table, item.name, label, field, name, (position,), float(place))


def _assigned_category(table: str, position: int, item: Item, member: Member) -> Iterator[Entry]:
    """Yield the category that an assignment names, and the one that counts: of an assigned line the line's own."""
    own = str(field_of(item, "category") or NO_ITEM)
    allowed = (*CostCategory, NO_ITEM)
    line = Entry(CHOICE, table, item.name, "Category", "category", "assignment_own_category", (position,), own, choices=allowed)
    yield replace(line, is_given=_is_given(table, item, "category"))
    counts = "Category that counts: the line's, if one is assigned"
    yield Entry(DERIVED, table, item.name, counts, "category", "assignment_category", (position,), member.keys["category"])


def _flags(axis: Axis, position: int, item: Item, chosen: set[str]) -> Iterator[Entry]:
    """Yield what an item is or does, 1 for yes and 0 for no, and the choices from which it follows, but those that stand above."""
    table = _TABLE_OF[axis]
    for name, flag in FLAGS.get(axis, {}).items():
        if flag.choice is None:
            line = Entry(FLAG, table, item.name, flag.label, flag.field, f"{axis}_{name}", (position,), float(flag.holds(item)))
            yield replace(line, is_given=_is_given(table, item, flag.field))
        elif flag.field not in chosen:
            chosen.add(flag.field)
            given = field_of(item, flag.field)
            allowed = (*([] if given else [NO_ITEM]), *type(flag.choice))
            label = spoken(flag.field)
            source = f"{axis}_{flag.field.replace('.', '_')}"
            line = Entry(CHOICE, table, item.name, label, flag.field, source, (position,), str(given or NO_ITEM), choices=allowed)
            yield replace(line, is_given=_is_given(table, item, flag.field))
            yield from _following(axis, position, item, flag.field)


def _following(axis: Axis, position: int, item: Item, field: str) -> Iterator[Entry]:
    """Yield what follows from the choice that stands above."""
    table = _TABLE_OF[axis]
    for name, flag in FLAGS.get(axis, {}).items():
        if flag.choice is not None and flag.field == field:
            holds = float(flag.holds(item))
            yield Entry(DERIVED, table, item.name, flag.label, field, f"{axis}_{name}", (position,), holds, derived_from=flag.choice)
    if field == "fiscal_year":
        begins = serial(start_of(field_of(item, field)))
        yield Entry(DERIVED, table, item.name, "First day of the fiscal year", field, "plan_begins", (position,), begins)


def _of_its_kind(allowed: tuple[str, ...], key: str, cap: Member, caps: Sequence[Member]) -> tuple[str, ...]:
    """Return what a cap may name: one on a category stays so, and one on a class, which alone has rows for each category.

    Beside others of its kind it keeps its source, and beside others of its source what it is on: which caps are on the same is settled.
    """
    chosen, kind = cap.keys[key], cap.keys["class"] == NO_ITEM
    others = [other for other in caps if other is not cap and (other.keys["class"] == NO_ITEM) is kind]
    if chosen == NO_ITEM or (others if key == "source" else any(other.keys["source"] == cap.keys["source"] for other in others)):
        return (chosen,)
    return tuple(choice for choice in allowed if choice != NO_ITEM)


def _allowed(axis: Axis, key: str, field: str, members: Members, blank_rows: frozenset[str]) -> tuple[str, ...]:
    """Return what a key of an axis may be: a choice, an item that the workbook has, or a text that stands in the table."""
    table = MODELS[_TABLE_OF[axis]].table
    reference = table.references.get(field)
    if key in _KEYS_OF_UNITS:
        return (*(member.name for member in members[Axis.BUDGET_UNIT]), *([NO_ITEM] if key == "buyer" else []))
    if reference is None:
        offered = choices_of(MODELS[_TABLE_OF[axis]], field)
        if offered:
            return (*offered, *([NO_ITEM] if MODELS[_TABLE_OF[axis]].model_fields[field].get_default() is None else []))
        return tuple(dict.fromkeys(member.keys[key] for member in members[axis]))
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
    return f"{written(value)} {entry.placed.declared.unit}"


def input_names(listed: tuple[Entry, ...]) -> dict[int, str]:
    """Return the defined name of each input line by its offset: `in_` + input + item, each used once."""
    names: dict[int, str] = {}
    used: set[str] = set()
    for offset, entry in enumerate(listed):
        if entry.is_input:
            base = name_of_input(entry.input, entry.item, entry.label.partition(": ")[2] if entry.field in ("pays", "pays_only_at") else "")
            name, suffix = base, 2
            while name in used:
                name, suffix = f"{base}_{suffix}", suffix + 1
            used.add(name)
            names[offset] = name
    return names


def name_of_input(*parts: str) -> str:
    """Return the defined name of an input from its name, its item and what else tells it apart, unless another has it already."""
    return "in_" + "_".join(re.sub(r"[^a-z0-9]+", "_", part.lower()).strip("_") for part in parts if part)
