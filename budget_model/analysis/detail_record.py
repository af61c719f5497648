"""What stands behind the summary, as plain data for other programs: lines, positions, sources, match, in kind, quantities.

Each amount goes by month, by fiscal year, in all and by grant year (by_period.py): what is of one source by the years of its period of
performance, everything else by those of all sources.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from budget_model.analysis.by_object_class import LinePart, by_object_class, object_class_totals
from budget_model.analysis.by_period import averages, by_period, items_by_period, row_by_period, years_of_money
from budget_model.analysis.grant_years import Period
from budget_model.analysis.lines_by_payer import lines_by_payer
from budget_model.analysis.quantity_record import quantities_record
from budget_model.analysis.source_record import in_kind_record, match_record, sources_record
from budget_model.engine.arrays import Array
from budget_model.projection import MATCH_LABEL, MONTHS_IN_A_YEAR, Projection
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import NO_ITEM
from budget_model.timeline import month_label

# Keys of the record by the rows that they show.
OF_POSITIONS = {
    "positions": "budgeted_positions",
    "full_time_equivalents": "budgeted_full_time_equivalents",
    "filled_full_time_equivalents": "filled_full_time_equivalents",
    "salaries": "salaries",
    "employee_benefits": "employee_benefits",
    "overtime": "overtime",
    "overtime_benefits": "overtime_benefits",
    "salary_savings": "salary_savings",
    "set_up": "set_up_cost",
    "cost": "position_cost",
}
OF_CONTRACTS = {
    "case_managers": "case_managers",
    "supervisors": "supervisors",
    "full_time_equivalents": "provider_full_time_equivalents",
    "salaries": "provider_salaries",
    "fringe_benefits": "provider_fringe_benefits",
    "participant_assistance": "participant_assistance",
    "operating_cost": "provider_operating_cost",
    "start_up_cost": "start_up_cost",
    "start_up_indirect_cost": "start_up_indirect_cost",
    "direct_cost": "provider_direct_cost",
    "indirect_cost": "provider_indirect_cost",
    "cost": "contract_cost",
}


def detail_record(projection: Projection) -> dict[str, Any]:
    """Return the detail of a projection by month, fiscal year and grant year; dollars, people, positions and hours, unrounded.

    Every list and mapping stands in the order of the scenario.
    """
    classes = object_class_totals(by_object_class(projection))
    return {
        "months": [month_label(month) for month in projection.timeline.months],
        "lines": [*_lines(projection)],
        "object_classes": {str(name): by_period(projection, amounts) for name, amounts in classes.items()},
        "positions": [*_positions(projection)],
        "contracts": [*_contracts(projection)],
        "sources": sources_record(projection),
        "match": match_record(projection),
        "in_kind": [*in_kind_record(projection)],
        "quantities": quantities_record(projection),
    }


def _lines(projection: Projection) -> Iterator[dict[str, Any]]:
    """Yield each position, contract, service and place of care that costs anything, with what it costs and who pays it."""
    costing = [index for index, amounts in enumerate(projection.monthly("cost")) if amounts.any()]
    shares = projection.monthly("purchased_share").tolist()
    parts: dict[tuple[str, str], list[LinePart]] = {}
    for part in by_object_class(projection):
        parts.setdefault((part.kind, part.line), []).append(part)
    years = _years_of_payers(projection)
    for index, line in zip(costing, lines_by_payer(projection), strict=True):
        keys = line.keys
        yield {
            "name": line.name,
            "kind": str(keys[Axis.COST]),
            "site": keys["site"],
            "category": line.category,
            "appropriation_class": str(keys["class"]),
            "budget_unit": keys["budget_unit"],
            "purchased_by": keys["buyer"],
            "purchased_share": shares[index] if keys["buyer"] != NO_ITEM else 0.0,
            "cost": row_by_period(projection, "cost", index),
            "object_classes": {str(part.object_class): float(part.cost.sum()) for part in parts[str(keys[Axis.COST]), line.name]},
            "paid_by": dict(line.paid),
            "has_columns": line.has_columns,
            "paid_by_period": {
                payer: by_period(projection, amounts, years=years.get(payer))
                for payer, amounts in line.paid_by_month.items()
                if amounts.any()
            },
        }


def _years_of_payers(projection: Projection) -> dict[str, tuple[Period, ...]]:
    """Return the grant years of each source, under its name and that of its cash match."""
    years = {source.name: years_of_money(projection, index) for index, source in enumerate(projection.scenario.funding_sources)}
    return years | {f"{MATCH_LABEL}{name}": of_source for name, of_source in years.items()}


def _positions(projection: Projection) -> Iterator[dict[str, Any]]:
    scenario = projection.scenario
    found = items_by_period(projection, OF_POSITIONS, [position.name for position in scenario.county_positions])
    hours, average = _paid_hours(projection), averages(projection, "budgeted_full_time_equivalents")
    for position, amounts, of_hours, of_year in zip(scenario.county_positions, found, hours, average, strict=True):
        about = {"name": position.name, "department": position.department, "site": position.site, "item_number": position.item_number}
        known = position.hours_a_year.number > 0
        more = {"hours": by_period(projection, of_hours) if known else None, "average_full_time_equivalents": of_year}
        yield about | amounts | more


def _contracts(projection: Projection) -> Iterator[dict[str, Any]]:
    found = items_by_period(projection, OF_CONTRACTS, [contract.name for contract in projection.scenario.provider_contracts])
    for amounts, of_year in zip(found, averages(projection, "provider_full_time_equivalents"), strict=True):
        yield amounts | {"average_full_time_equivalents": of_year}


def _paid_hours(projection: Projection) -> Array:
    """Return the hours of filled full-time equivalents by position and month, overtime beside them; where none are given, overtime."""
    positions = projection.scenario.county_positions
    hours = np.array([position.hours_a_year.number + position.overtime_hours_a_year.number for position in positions])
    found: Array = projection.monthly("filled_full_time_equivalents") * hours[:, np.newaxis] / MONTHS_IN_A_YEAR
    return found
