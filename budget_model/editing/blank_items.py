"""Spare rows: a position, a contract, a service and a funding source that cost and pay nothing until a reader fills them in.

A workbook is written from the scenario with its spares, so that what is filled in offline counts there at once.
"""

from __future__ import annotations

from typing import Any

from budget_model.scenario.assumption import declared
from budget_model.scenario.choices import NO_ITEM, BudgetTreatment, CareKind, CostCategory, Timing
from budget_model.scenario.schema import Item, Scenario
from budget_model.scenario.tables import TABLES
from budget_model.timeline import month_label

SPARE_NOTE = "spare row: fill in to add one"


# What an item needs beside its required numbers, which are nothing, and its required months, which are the first.
_CHOICES: dict[str, dict[str, Any]] = {
    "treatment_and_housing": {"kind": CareKind.INTERIM_HOUSING, "category": CostCategory.INTERIM_HOUSING},
    "funding_sources": {"treatment": BudgetTreatment.REVENUE, "timing": Timing.ONE_TIME},
    "funding_assignments": {"category": CostCategory.COMMUNITY_PROVIDERS},
    "benefit_components": {"plan": "Plan"},
    "outcomes": {"evidence_grade": "not graded"},
}
_NOTHING = {"provider_contracts": "participant_share", "funding_sources": "award"}  # numbers with a default that is something
_NAMED = {"site": "sites", "contract": "provider_contracts", "source": "funding_sources"}
_SPARE_NAMES = {
    "county_positions": "position",
    "provider_contracts": "contract",
    "services_and_supplies": "service",
    "funding_sources": "source",
}


def blank_item(scenario: Scenario, table: str, name: str, note: str = "", **given: Any) -> Item:
    """Return an item of a table that costs, pays and carries nothing; `note` stands beside its values.

    Raises ValidationError when the name cannot be used.
    """
    model = next(kind for _, kind, key in TABLES if key == table)
    content: dict[str, Any] = {"name": name} | _CHOICES.get(table, {}) | given
    for field, info in model.model_fields.items():
        about = declared(info)
        if about and (info.is_required() or field == _NOTHING.get(table)):
            value = month_label(scenario.first_month) if about.is_month else about.at_least
            content[field] = {"value": value, "note": note}
        elif field in _NAMED and field not in content and (info.is_required() or table == "funding_assignments"):
            content[field] = next((item.name for item in getattr(scenario, _NAMED[field])), NO_ITEM)
    if table == "county_positions" and scenario.county_positions:
        content["department"] = scenario.county_positions[0].department
    return model.model_validate(content)


def spare_items(scenario: Scenario) -> dict[str, Item]:
    """Return the spare row of each table that has one, by the table's key in the file."""
    names = {table: _free_name(scenario, f"Spare {_SPARE_NAMES[table]}") for table in _SPARE_NAMES}
    return {table: blank_item(scenario, table, name, SPARE_NOTE) for table, name in names.items()}


def with_spares(scenario: Scenario) -> Scenario:
    """Return the scenario with a spare row at the end of each table that has one: the same money and people."""
    return scenario.model_copy(update={table: (*getattr(scenario, table), item) for table, item in spare_items(scenario).items()})


def _free_name(scenario: Scenario, name: str) -> str:
    """Return a name that no item of the scenario has."""
    taken = {item.name.lower() for items in scenario.tables.values() for item in items}
    free, number = name, 2
    while free.lower() in taken:
        free, number = f"{name} {number}", number + 1
    return free
