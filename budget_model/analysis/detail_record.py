"""What stands behind the summary, as plain data for other programs: lines, positions, sources, match, in kind, quantities.

Each amount goes by month, by fiscal year and in all; those of a source also by grant year, twelve months each from the first
of its period of performance. Sums of months are the years; what is a level, such as positions, is that of the last month.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from budget_model.analysis.by_object_class import LinePart, by_object_class, object_class_totals
from budget_model.analysis.grant_years import grant_years
from budget_model.analysis.lines_by_payer import lines_by_payer
from budget_model.analysis.offset_by_source import offset_by_source
from budget_model.budget import BUDGET
from budget_model.engine.arrays import Array
from budget_model.engine.run import yearly
from budget_model.projection import Projection
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import NO_ITEM, PROGRAM_WIDE, CostCategory
from budget_model.scenario.schema import Source
from budget_model.timeline import month_label

MONTHS_IN_A_YEAR = 12
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
OF_SOURCES = {
    "money_awarded": "money_awarded",
    "paid": "drawdown",
    "indirect_claimed": "indirect_claimed",
    "claimed": "money_claimed",
    "cash_received": "cash_received",
    "left": "award_left",
    "lapsed": "lapse",
    "lost": "outside_money_lost",
}
OF_MATCH = {
    "owed": "match_owed",
    "met_before_cash": "match_met_before_cash",
    "cash_paid": "match_paid",
    "cash_short": "match_shortfall",
    "over": "over_match",
    "in_kind_owed": "in_kind_match_owed",
    "in_kind_given": "in_kind_match_given",
    "in_kind_short": "in_kind_match_shortfall",
}
OF_SITES = {
    "referrals": "referrals",
    "enrolled": "enrollments",
    "active_participants": "active_participants",
    "participant_months": "participant_months",
    "people_waiting_for_a_slot": "people_waiting_for_a_slot",
}
OF_CARE = {
    "places": "places",
    "people_in_place": "people_in_place",
    "placements": "placements",
    "people_waiting": "people_waiting",
    "medi_cal_claims": "medi_cal_claims",
    "federal_reimbursement": "federal_reimbursement",
}


def detail_record(projection: Projection) -> dict[str, Any]:
    """Return the detail of a projection by month, fiscal year and grant year; dollars, people, positions and hours, unrounded.

    Every list and mapping stands in the order of the scenario.
    """
    sources = projection.scenario.funding_sources
    return {
        "months": [month_label(month) for month in projection.timeline.months],
        "lines": [*_lines(projection)],
        "object_classes": {
            str(name): _by_period(projection, amounts, "sum") for name, amounts in object_class_totals(by_object_class(projection)).items()
        },
        "positions": [*_positions(projection)],
        "contracts": [*_items(projection, OF_CONTRACTS, [contract.name for contract in projection.scenario.provider_contracts])],
        "sources": {source.name: _source(projection, index, source) for index, source in enumerate(sources)},
        "match": {source.name: _of(projection, OF_MATCH, index, source) for index, source in enumerate(sources) if source.match},
        "in_kind": [*_in_kind(projection)],
        "quantities": {
            "sites": [*_items(projection, OF_SITES, [site.name for site in projection.scenario.sites])],
            "treatment_and_housing": [*_items(projection, OF_CARE, [care.name for care in projection.scenario.treatment_and_housing])],
        },
    }


def _periods(projection: Projection, row: str, *place: int) -> dict[str, Any]:
    """Return a monthly row of one item by month, as the list of months, by fiscal year and in all."""
    in_a_year = BUDGET.rows[row].in_a_year
    assert in_a_year is not None, row
    return _by_period(projection, projection.monthly(row)[place], in_a_year)


def _by_period(projection: Projection, monthly: Array, in_a_year: str) -> dict[str, Any]:
    by_year = yearly(monthly, in_a_year, projection.evaluation.calendar)
    return {"months": monthly.tolist(), **_of_years(projection, by_year)}


def _of_years(projection: Projection, by_year: Array) -> dict[str, Any]:
    *years, total = by_year.tolist()
    return {"fiscal_years": dict(zip(projection.timeline.years, years, strict=True)), "total": total}


def _items(projection: Projection, rows: Mapping[str, str], names: Sequence[str]) -> Iterator[dict[str, Any]]:
    for index, name in enumerate(names):
        yield {"name": name, **{key: _periods(projection, row, index) for key, row in rows.items()}}


def _lines(projection: Projection) -> Iterator[dict[str, Any]]:
    """Yield each position, contract, service and place of care that costs anything, with what it costs and who pays it."""
    (members,) = projection.members(BUDGET.rows["cost"])
    costing = [index for index, amounts in enumerate(projection.monthly("cost")) if amounts.any()]
    shares = projection.monthly("purchased_share").tolist()
    parts: dict[tuple[str, str], list[LinePart]] = {}
    for part in by_object_class(projection):
        parts.setdefault((part.kind, part.line), []).append(part)
    for index, line in zip(costing, lines_by_payer(projection), strict=True):
        keys = members[index].keys
        yield {
            "name": line.name,
            "kind": str(keys[Axis.COST]),
            "site": keys["site"],
            "category": line.category,
            "appropriation_class": str(keys["class"]),
            "budget_unit": keys["budget_unit"],
            "purchased_by": keys["buyer"],
            "purchased_share": shares[index] if keys["buyer"] != NO_ITEM else 0.0,
            "cost": _periods(projection, "cost", index),
            "object_classes": {str(part.object_class): float(part.cost.sum()) for part in parts[str(keys[Axis.COST]), line.name]},
            "paid_by": dict(line.paid),
            "has_columns": line.has_columns,
        }


def _positions(projection: Projection) -> Iterator[dict[str, Any]]:
    scenario = projection.scenario
    found = _items(projection, OF_POSITIONS, [position.name for position in scenario.county_positions])
    hours = _paid_hours(projection)
    for index, (position, amounts) in enumerate(zip(scenario.county_positions, found, strict=True)):
        about = {"name": position.name, "department": position.department, "site": position.site, "item_number": position.item_number}
        del amounts["name"]
        known = position.hours_a_year.number > 0
        yield {**about, **amounts, "hours": _by_period(projection, hours[index], "sum") if known else None}


def _paid_hours(projection: Projection) -> Array:
    """Return the hours of filled full-time equivalents by position and month, overtime beside them; where none are given, overtime."""
    positions = projection.scenario.county_positions
    hours = np.array([position.hours_a_year.number + position.overtime_hours_a_year.number for position in positions])
    found: Array = projection.monthly("filled_full_time_equivalents") * hours[:, np.newaxis] / MONTHS_IN_A_YEAR
    return found


def _source(projection: Projection, index: int, source: Source) -> dict[str, Any]:
    offsets = offset_by_source(projection)[index]
    places = [*(site.name for site in projection.scenario.sites), PROGRAM_WIDE]
    return {
        "status": str(source.status),
        "treatment": str(source.treatment),
        "timing": str(source.timing),
        "receiving_unit": source.receiving_unit,
        "award": float(projection.monthly("award_in_all")[index]),
        "yearly_amount": source.yearly_amount.number,
        **_of(projection, OF_SOURCES, index, source),
        "categories": {str(category): _periods(projection, "paid_by_category", index, at) for at, category in enumerate(CostCategory)},
        "object_classes": {
            str(name): {**_by_period(projection, amounts, "sum"), "grant_years": _in_grant_years(projection, amounts, source)}
            for name, amounts in object_class_totals(by_object_class(projection), source.name).items()
        },
        "sites": {place: _of_years(projection, offsets[at]) for at, place in enumerate(places)},
    }


def _of(projection: Projection, rows: Mapping[str, str], index: int, source: Source) -> dict[str, Any]:
    """Return rows of a source, by grant year too."""
    return {
        key: {**_periods(projection, row, index), "grant_years": _grant_years(projection, row, index, source)} for key, row in rows.items()
    }


def _grant_years(projection: Projection, row: str, index: int, source: Source) -> dict[str, float]:
    """Return a row of a source by the years of its period of performance: "2017-04 to 2018-03"."""
    monthly = projection.monthly(row)[index]
    if BUDGET.rows[row].in_a_year == "last":
        return {year.name: float(monthly[year.stop - 1]) for year in grant_years(projection.timeline, source)}
    return _in_grant_years(projection, monthly, source)


def _in_grant_years(projection: Projection, monthly: Array, source: Source) -> dict[str, float]:
    """Return the sums of a source's grant years."""
    return {year.name: float(monthly[year.start : year.stop].sum()) for year in grant_years(projection.timeline, source)}


def _in_kind(projection: Projection) -> Iterator[dict[str, Any]]:
    for index, given in enumerate(projection.scenario.in_kind_contributions):
        about = {"name": given.name, "source": given.source, "category": str(given.category), "giver": given.giver}
        yield {**about, "value": _periods(projection, "value_of_contribution", index)}
