"""Items added, copied, renamed and removed, with whatever belongs to them. A scenario is never altered, only replaced.

Every function returns a scenario whose rules hold, or raises ScenarioError with what does not.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pydantic import ValidationError

from budget_model.editing.blank_items import blank_item
from budget_model.editing.changes import Change, checked
from budget_model.editing.copied_sites import at_another_place
from budget_model.engine.names import folded
from budget_model.errors import Problem, ScenarioError
from budget_model.scenario.declarations import named_in
from budget_model.scenario.rules import HERE
from budget_model.scenario.schema import Item, Scenario
from budget_model.scenario.signs import expected_without, unusable_sign
from budget_model.scenario.tables import MODELS


def dependents(scenario: Scenario, table: str, name: str, *, copied: bool = False) -> tuple[tuple[str, str], ...]:
    """Return the (table, item) pairs that name an item, and those that name these: what is removed, or `copied`, with it.

    An item whose list names others too stays when one of them is removed.
    """
    found: dict[tuple[str, str], None] = {}
    ahead = [(table, name)]
    while ahead:
        owner = ahead.pop()
        for other, items in scenario.tables.items():
            follows = [
                field
                for field, reference in MODELS[other].table.references.items()
                if reference.table == owner[0] and (reference.copied_with_it if copied else reference.removed_with_it)
            ]
            for item in items:
                if any((owner[1],) == named_in(item, field) for field in follows) and (other, item.name) not in found:
                    found[other, item.name] = None
                    ahead.append((other, item.name))
    return tuple(found)


def renamed(scenario: Scenario, table: str, name: str, new: str) -> tuple[Change, ...]:
    """Return the changes that give an item another name, wherever it is named."""
    named = [
        Change(other, item.name, field, _with_name(getattr(item, field), name, new))
        for other, items in scenario.tables.items()
        for item in items
        for field, reference in item.table.references.items()
        if reference.table == table and reference.by == "name" and name in named_in(item, field)
    ]
    return (Change(table, name, "name", new), *named)


def _with_name(given: str | tuple[str, ...], name: str, new: str) -> str | tuple[str, ...]:
    """Return what a reference holds with one name in place of another."""
    return tuple(new if one == name else one for one in given) if isinstance(given, tuple) else new


def with_new(scenario: Scenario, table: str, name: str) -> Scenario:
    """Return the scenario with a new item of a table that costs and carries nothing until it is filled in."""
    try:
        return _with(scenario, {table: [blank_item(scenario, table, name, **MODELS[table].table.added)]})
    except ValidationError as error:
        raise _refused(table, name, error) from None


def with_copy(scenario: Scenario, table: str, name: str, new: str) -> Scenario:
    """Return the scenario with a copy of an item under another name, and of what belongs to a site, contract or position."""
    parts = dependents(scenario, table, name, copied=True)
    names = {(table, name): new} | {(other, item): _free(scenario, other, _copy_name(item, name, new)) for other, item in parts}
    copies: dict[str, list[Item]] = {}
    try:
        for (other, old), fresh in names.items():
            item = next(item for item in getattr(scenario, other) if item.name == old)
            update: dict[str, Any] = {"name": fresh}
            for field, reference in item.table.references.items():
                owner = (reference.table, getattr(item, field))
                if owner in names and reference.by == "name":
                    update[field] = names[owner]
            if table == "sites":
                update |= at_another_place(item)
            copies.setdefault(other, []).append(type(item).model_validate(dict(item) | update))
    except ValidationError as error:
        raise _refused(table, new, error) from None
    return _with(scenario, copies)


def without(scenario: Scenario, table: str, name: str) -> Scenario:
    """Return the scenario without an item and what names it; a list that names others too names them alone."""
    gone = {(table, name), *dependents(scenario, table, name)}
    tables = {
        other: tuple(_naming_others_alone(item, gone) for item in items if (other, item.name) not in gone)
        for other, items in scenario.tables.items()
    }
    if not tables["sites"]:
        raise ScenarioError([Problem(HERE, "sites", "empty", "expected at least 1: add another site before you remove the last")])
    return checked(scenario.model_copy(update=tables))


def _naming_others_alone(item: Item, gone: Collection[tuple[str, str]]) -> Item:
    """Return an item whose lists do not name what is removed; a list that alone gives it its sense is left, and refused."""
    left = {
        field: tuple(name for name in given if (reference.table, name) not in gone)
        for field, reference in item.table.references.items()
        if reference.removed_with_it and isinstance(given := getattr(item, field), tuple)
    }
    kept = {field: names for field, names in left.items() if names != getattr(item, field)}
    return item.model_copy(update=kept) if kept else item


def moved(scenario: Scenario, table: str, name: str, by: int) -> Scenario:
    """Return the scenario with an item `by` places further down its table (up if negative): the order in which sources pay."""
    items = list(getattr(scenario, table))
    place = next(place for place, item in enumerate(items) if item.name == name)
    items.insert(min(max(place + by, 0), len(items) - 1), items.pop(place))
    return scenario.model_copy(update={table: tuple(items)})


def rename(scenario: Scenario, name: str) -> Scenario:
    """Return the scenario under another name. Raises ScenarioError when it is empty, too long or cannot be shown."""
    if found := unusable_sign(name):
        raise ScenarioError([Problem(HERE, "name", "a text", expected_without(found[0]))])
    try:
        return Scenario.model_validate(dict(scenario) | {"name": name})
    except ValidationError as error:
        raise _refused("name", "", error) from None


def _with(scenario: Scenario, added: dict[str, list[Item]]) -> Scenario:
    return checked(scenario.model_copy(update={table: (*getattr(scenario, table), *items) for table, items in added.items()}))


def _copy_name(item: str, owner: str, new: str) -> str:
    return item.replace(owner, new)[:60] if owner in item else f"{item}, {new}"[:60]


def _free(scenario: Scenario, table: str, name: str) -> str:
    taken = {folded(item.name) for item in getattr(scenario, table)}
    free, number = name, 2
    while folded(free) in taken:
        free, number = f"{name[:56]} {number}", number + 1
    return free


def _refused(table: str, name: str, error: ValidationError) -> ScenarioError:
    place = f"{table}[{name}]" if name else table
    return ScenarioError(
        Problem(HERE, ".".join([place, *map(str, detail["loc"])]), str(detail["input"])[:80], detail["msg"]) for detail in error.errors()
    )
