"""Spare rows: a position, a contract, a service and a funding source that cost and pay nothing until a reader fills them in.

A workbook is written from the scenario with its spares, so that what is filled in offline counts there at once.
"""

from __future__ import annotations

from budget_model.scenario import Contract, Item, Position, Scenario, Service, Source
from budget_model.timeline import month_label

SPARE_NOTE = "spare row: fill in to add one"


def spare_items(scenario: Scenario) -> dict[str, Item]:
    """Return the spare row of each table that has one, by the table's key in the file."""
    first = {"value": month_label(scenario.first_month), "note": SPARE_NOTE}
    nothing, one = {"value": 0, "note": SPARE_NOTE}, {"value": 1, "note": SPARE_NOTE}
    departments = [position.department for position in scenario.county_positions]
    department = {"department": departments[0]} if departments else {}
    contract = {
        "name": _free_name(scenario, "Spare contract"),
        "site": scenario.sites[0].name,
        "first_month": first,
        "participant_share": nothing,
        **dict.fromkeys(("caseload", "supervisor_span"), one),
        **dict.fromkeys(("case_manager_salary", "supervisor_salary", "fringe_rate"), nothing),
    }
    source = {
        "name": _free_name(scenario, "Spare source"),
        "treatment": "Revenue",
        "timing": "One-time",
        "award": nothing,
        "first_month": first,
    }
    return {
        "county_positions": Position.model_validate({"name": _free_name(scenario, "Spare position"), "hire_month": first, **department}),
        "provider_contracts": Contract.model_validate(contract),
        "services_and_supplies": Service.model_validate({"name": _free_name(scenario, "Spare service"), "first_month": first}),
        "funding_sources": Source.model_validate(source),
    }


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
