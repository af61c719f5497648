"""Funding sources as plain data for other programs: money, what it pays and where, match, value in kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from budget_model.analysis.budget_units import units
from budget_model.analysis.by_object_class import by_object_class, object_class_totals
from budget_model.analysis.by_period import by_period, row_by_period, years_of_money
from budget_model.analysis.grant_years import Period, grant_years
from budget_model.analysis.lines_by_payer import lines_by_payer
from budget_model.engine.arrays import Array
from budget_model.projection import Projection
from budget_model.scenario.choices import PROGRAM_WIDE, CostCategory
from budget_model.scenario.schema import Source

# Keys of the record by the rows that they show.
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


def sources_record(projection: Projection) -> dict[str, Any]:
    """Return each source by name: its money, and what it pays by category, object class, site and budget unit; dollars, unrounded."""
    return {source.name: _source(projection, index, source) for index, source in enumerate(projection.scenario.funding_sources)}


def match_record(projection: Projection) -> dict[str, Any]:
    """Return the match of each source that asks for one, in cash and in kind; dollars, unrounded."""
    sources = enumerate(projection.scenario.funding_sources)
    return {source.name: _rows(projection, OF_MATCH, index) for index, source in sources if source.match}


def in_kind_record(projection: Projection) -> Iterator[dict[str, Any]]:
    """Yield each contribution in kind with its value in dollars; by the grant years of its source what is given within its period."""
    names = [source.name for source in projection.scenario.funding_sources]
    for index, given in enumerate(projection.scenario.in_kind_contributions):
        about = {"name": given.name, "source": given.source, "category": str(given.category), "giver": given.giver}
        years = grant_years(projection, names.index(given.source))
        yield {**about, "value": row_by_period(projection, "value_of_contribution", index, years=years)}


def _rows(projection: Projection, rows: Mapping[str, str], index: int) -> dict[str, Any]:
    years = years_of_money(projection, index)
    return {key: row_by_period(projection, row, index, years=years) for key, row in rows.items()}


def _source(projection: Projection, index: int, source: Source) -> dict[str, Any]:
    years = years_of_money(projection, index)
    places = [*(site.name for site in projection.scenario.sites), PROGRAM_WIDE]
    classes = object_class_totals(by_object_class(projection), source.name)
    return {
        "status": str(source.status),
        "treatment": str(source.treatment),
        "timing": str(source.timing),
        "receiving_unit": source.receiving_unit,
        "award": float(projection.monthly("award_in_all")[index]),
        "yearly_amount": source.yearly_amount.number,
        **_rows(projection, OF_SOURCES, index),
        "categories": {
            str(category): row_by_period(projection, "paid_by_category", index, at, years=years) for at, category in enumerate(CostCategory)
        },
        "object_classes": {str(name): by_period(projection, amounts, years=years) for name, amounts in classes.items()},
        "sites": _paid_of_lines(projection, source.name, "site", places, years),
        "budget_units": _paid_of_lines(projection, source.name, "budget_unit", units(projection), years),
    }


def _paid_of_lines(
    projection: Projection, source: str, key: str, names: Sequence[str], years: Sequence[Period]
) -> dict[str, dict[str, Any]]:
    """Return what the source itself pays of the lines of each site or unit: what `lines` say of it, added up."""
    found: dict[str, Array] = {name: np.zeros(projection.timeline.count) for name in names}
    for line in lines_by_payer(projection):
        if source in line.paid_by_month:
            found[line.keys[key]] += line.paid_by_month[source]
    return {name: by_period(projection, amounts, years=years) for name, amounts in found.items()}
