"""The fields of a table in the groups under which one thinks of them, and the columns that are shown at first.

A field falls into a group by its kind, so that a new one has its place; a table declares those of which the kind does not tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from budget_model.formats import is_money
from budget_model.scenario.assumption import MONTH_UNIT, Declared
from budget_model.scenario.declarations import Group
from budget_model.scenario.schema import Item
from budget_model.scenario.tables import inner_parts, inputs_of

MOST_FIRST = 8  # columns that a table shows at first, its name among them
_OF_KEYS = {
    **dict.fromkeys(("budget_unit", "buyer", "class", "category", "department"), Group.WHO_PAYS),
    "driver": Group.HOW_MANY,
}
_OF_FIELDS = {"purchased_share": Group.WHO_PAYS}  # of whatever table


@cache
def fields_of(model: type[Item]) -> tuple[str, ...]:
    """Return the fields of a table in the order of their declaration, those of a part with it (`match.rate`)."""
    parts = dict(inner_parts(model))
    inner = {field: tuple(f"{field}.{part}" for part in parts[field].model_fields) for field in parts}
    return tuple(name for field in model.model_fields for name in inner.get(field, (field,)))


@cache
def groups_of(model: type[Item]) -> Mapping[Group, tuple[str, ...]]:
    """Return the groups of a table's fields in their order, each with its fields: those that the table declares there stand last."""
    declared = {field: group for group, fields in model.table.groups.items() for field in fields}
    quantities = {field: about for _, field, about in inputs_of(model.table.axis, model)}
    keys = {field: _OF_KEYS[key] for key, field in model.table.keys.items() if key in _OF_KEYS}
    found: dict[Group, list[str]] = {group: [] for group in Group}
    for field in fields_of(model):
        if field not in declared:
            found[keys.get(field) or _OF_FIELDS.get(field) or _by_kind(field, quantities.get(field))].append(field)
    for field, group in declared.items():
        found[group].append(field)
    return {group: tuple(fields) for group, fields in found.items() if fields}


def first_columns(model: type[Item]) -> tuple[str, ...]:
    """Return the columns that a table shows at first, the name first: those that it declares, or as many as there are room for."""
    return ("name", *(model.table.first or [field for field in fields_of(model) if field != "name"]))[:MOST_FIRST]


def _by_kind(field: str, about: Declared | None) -> Group:
    if "." in field:
        return Group.MATCH
    if about is None:
        return Group.WHAT
    if about.unit.startswith(MONTH_UNIT):
        return Group.WHEN
    return Group.COST if is_money(about.unit) else Group.HOW_MANY
