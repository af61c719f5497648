"""Blank rows at the end of tables, such as two positions: they cost, pay and carry nothing until a reader fills them in.

A workbook is written from the scenario with its blank rows, so that what is filled in offline counts there at once.
"""

from __future__ import annotations

from typing import Any

from budget_model.engine.names import folded
from budget_model.scenario.assumption import declared
from budget_model.scenario.choices import NO_ITEM
from budget_model.scenario.declarations import Blank
from budget_model.scenario.schema import Item, Scenario
from budget_model.scenario.tables import MODELS, choices_of, nameable
from budget_model.timeline import month_label

BLANK_NOTE = "spare row: fill in to add one"


def blank_item(scenario: Scenario, table: str, name: str, note: str = "", **given: Any) -> Item:
    """Return an item of a table that costs, pays and carries nothing; `note` stands beside its values.

    Raises ValidationError when the name cannot be used.
    """
    model = MODELS[table]
    content: dict[str, Any] = {"name": name} | dict(model.table.blank) | given
    for field, info in model.model_fields.items():
        about, reference = declared(info), model.table.references.get(field)
        if about and (info.is_required() or field in content):
            least = month_label(scenario.first_month) if about.is_month else about.at_least
            if content.get(field) is Blank.FIRST_MONTH_OF_SOURCE:
                months = {source.name: source.first_month.day for source in scenario.funding_sources}
                content[field] = month_label(months.get(content["source"], scenario.first_month))
            content[field] = {"value": content.get(field, least), "note": note}
        elif reference and (content.get(field) is Blank.FIRST_NAMED or (info.is_required() and field not in content)):
            content[field] = next(iter(nameable(scenario, reference)), NO_ITEM)
        elif content.get(field) is Blank.FIRST_FREE:
            taken = {getattr(item, field) for item in getattr(scenario, table) if getattr(item, "source", None) == content.get("source")}
            offered = choices_of(model, field) or scenario.timeline.years
            content[field] = next((choice for choice in offered if choice not in taken), offered[0])
        elif content.get(field) is Blank.AS_THE_FIRST:
            content[field] = next((getattr(item, field) for item in getattr(scenario, table)), info.get_default())
    return model.model_validate(content)


def blank_rows(scenario: Scenario) -> dict[str, tuple[Item, ...]]:
    """Return the blank rows of each table that has some, by the table's key in the file.

    A table whose lines must name a line of another table has none where that one is empty.
    """
    taken = {folded(item.name) for items in scenario.tables.values() for item in items}
    found: dict[str, tuple[Item, ...]] = {}
    for key, model in MODELS.items():
        if model.table.blank_rows and _can_be_named(scenario, model):
            names = [_free_name(taken, f"Spare {model.table.singular}") for _ in range(model.table.blank_rows)]
            found[key] = tuple(blank_item(scenario, key, name, BLANK_NOTE) for name in names)
    return found


def blank_row_names(scenario: Scenario) -> frozenset[str]:
    """Return the names of all blank rows of a scenario."""
    return frozenset(item.name for items in blank_rows(scenario).values() for item in items)


def with_blank_rows(scenario: Scenario) -> Scenario:
    """Return the scenario with its blank rows at the end of tables: the same money and people."""
    return scenario.model_copy(update={table: (*getattr(scenario, table), *items) for table, items in blank_rows(scenario).items()})


def _can_be_named(scenario: Scenario, model: type[Item]) -> bool:
    required = (about for field, about in model.table.references.items() if model.model_fields[field].is_required())
    return all(nameable(scenario, reference) for reference in required)


def _free_name(taken: set[str], name: str) -> str:
    """Return a name that is not taken, and take it."""
    free, number = name, 2
    while folded(free) in taken:
        free, number = f"{name} {number}", number + 1
    taken.add(folded(free))
    return free
