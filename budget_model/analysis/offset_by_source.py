"""What each source pays of each site's cost, by fiscal year: the lines of offset by name (see `lines/offsets.py` for the rule)."""

from __future__ import annotations

import numpy as np

from budget_model.budget import BUDGET
from budget_model.engine.arrays import Array
from budget_model.engine.vocabulary import SMALLEST_AMOUNT
from budget_model.projection import Projection
from budget_model.scenario.choices import EVERYWHERE_ELSE, PROGRAM_WIDE, BudgetTreatment, CostCategory


def offset_by_source(projection: Projection) -> Array:
    """Return what each source outside net county cost pays: (sources, sites and what is of no single one, years + 1) in dollars.

    Those of a source add up to what is claimed from it; those of a site to its revenue and transfers.
    """
    return projection.once(_offset_by_source)


def offsets_of_places(projection: Projection, year: int) -> dict[str, dict[str, float]]:
    """Return what each source pays in a fiscal year, counted from 0: by site, and of no single one, then by source."""
    amounts, sources = offset_by_source(projection), projection.scenario.funding_sources
    places = [*(site.name for site in projection.scenario.sites), PROGRAM_WIDE]
    return {name: {source.name: float(amounts[at, place, year]) for at, source in enumerate(sources)} for place, name in enumerate(places)}


def _offset_by_source(projection: Projection) -> Array:
    scenario, members = projection.scenario, projection.evaluation.members
    outside = np.array([source.treatment is not BudgetTreatment.NET_COUNTY_COST for source in scenario.funding_sources], float)
    at_place, cost = projection.by_year("money_at_place"), projection.by_year("common_cost_at_place")
    shares = np.divide(at_place, cost, out=np.zeros_like(at_place), where=cost >= SMALLEST_AMOUNT)  # (source, place, category, year)
    pools = [member.name for member in members["pool"]]
    elsewhere = pools.index(EVERYWHERE_ELSE)
    (lines,) = projection.members(BUDGET.rows["cost"])
    categories = [_position(line.keys["category"]) for line in lines]
    paid = projection.by_year("cost") - projection.by_year("cost_beside_unpaid")
    on_lines = paid * shares[:, elsewhere][:, categories]  # (source, line, year)
    found = np.zeros((len(scenario.funding_sources), len(scenario.sites) + 1, len(projection.years)))
    for place, site in enumerate(scenario.sites):
        if site.name in pools:
            found[:, place] = at_place[:, pools.index(site.name)].sum(axis=1)
        else:
            found[:, place] = on_lines[:, [line.keys["site"] == site.name for line in lines]].sum(axis=1)
    sites, sources = [site.name for site in scenario.sites], [source.name for source in scenario.funding_sources]
    named, assigned = (
        projection.by_year("cost_assigned_to_money"),
        projection.by_year("assigned_cost") - projection.by_year("assigned_cost_beside_unpaid"),
    )
    for at, (column, member) in enumerate(zip(scenario.funding_assignments, members["assignment"], strict=True)):
        if member.keys["place"] in sites:
            place, category, source = sites.index(member.keys["place"]), _position(member.keys["category"]), sources.index(column.source)
            if member.keys["place"] not in pools:
                found[:, place] -= assigned[at] * shares[:, elsewhere, category]
            found[source, place] += named[at] * projection.by_year("money_share_of_columns")[source, category]
    found[:, :-1, -1] = found[:, :-1, :-1].sum(axis=-1)
    found[:, -1] = projection.by_year("money_claimed") - found[:, :-1].sum(axis=1)
    result: Array = found * outside[:, np.newaxis, np.newaxis]
    return result


def _position(category: str) -> int:
    return list(CostCategory).index(CostCategory(category))
