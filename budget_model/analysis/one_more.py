"""What a site truly costs: the difference of two projections, with the site and without it and all that belongs to it.

Site cost is what stands at the site. The true cost takes in what all sites share and the site makes dearer, such as treatment,
housing and staff counted by participants, and shows what sources then pay and what falls to the County.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from budget_model.analysis.who_pays import BEYOND, Standing, by_standing
from budget_model.budget import BUDGET
from budget_model.editing.items import without
from budget_model.engine.arrays import Array
from budget_model.errors import Problem, ScenarioError
from budget_model.formats import NIL, change, dollars, listed
from budget_model.projection import Projection, project
from budget_model.scenario.schema import Scenario

_MOST_NAMED = 4  # lines in a sentence; the rest are counted
SITE_COST, TRUE_COST, NET_COUNTY_COST = "Site cost", "True cost", "Net county cost"
EXPLAINED = (
    "Site cost is what stands at the site. The true cost is what the plan costs with the site less what it costs without it: it takes in "
    "the staff, treatment and housing that sites share, and what sources then pay."
)


@dataclass(frozen=True)
class OneMore:
    """What a plan has more with a site than without it, by fiscal year, the total last. Money in dollars.

    `shared` is what lines that stand at no site, or at another, cost more, by category. Site cost and all of it come to
    `gross_appropriation`; that less `outside_money` (revenue and intrafund transfers) is `net_county_cost`, of which
    `funding_gap` is beyond what is authorized or asked of the County. `reasons` say in sentences, over all months, which shared lines
    cost more, whose waits are longer, and how sure the outside money is.
    """

    site: str
    site_cost: Array
    shared: Mapping[str, Array]
    gross_appropriation: Array
    outside_money: Array
    net_county_cost: Array
    funding_gap: Array
    budgeted_positions: Array
    participant_months: Array
    reasons: tuple[str, ...] = ()

    @property
    def shared_cost(self) -> Array:
        """What is shared in all."""
        found: Array = sum(self.shared.values(), np.zeros_like(self.site_cost))
        return found

    @property
    def lines(self) -> dict[str, Array]:
        """From site cost down to who would pay, in the order in which pages and commands show it: label, dollars."""
        return {
            SITE_COST: self.site_cost,
            **{f"Shared: {category}": amounts for category, amounts in self.shared.items()},
            TRUE_COST: self.gross_appropriation,
            "Outside money that comes with it": self.outside_money,
            NET_COUNTY_COST: self.net_county_cost,
            f"Of it {BEYOND}: the funding gap": self.funding_gap,
            "True cost per participant-month": self.cost_per_participant_month,
        }

    @property
    def cost_per_participant_month(self) -> Array:
        """The true cost for each month of service that the site adds; 0 where it adds none."""
        months = self.participant_months
        found: Array = np.divide(self.gross_appropriation, months, out=np.zeros_like(months), where=months > 0)
        return found


def one_more(projection: Projection, site: str) -> OneMore:
    """Return what a site truly costs. Raises ScenarioError where the plan is none without it, as with its only site."""
    if len(projection.scenario.sites) == 1:
        said = "expected a plan of two sites or more: without its only site there is no plan to compare with"
        raise ScenarioError([Problem(projection.scenario.name, "sites", site, said)])
    alone = project(without_site(projection.scenario, site))

    def more(row: str) -> Array:
        found: Array = projection.by_year(row) - alone.by_year(row)
        return found

    own = _at_site(projection, site)
    by_category = more("cost_by_category")
    categories = [member.name for member in projection.members(BUDGET.rows["cost_by_category"])[0]]
    shared = {category: by_category[place] - own[category] for place, category in enumerate(categories)}
    return OneMore(
        site=site,
        site_cost=sum(own.values(), np.zeros(len(projection.years))),
        shared={category: amounts for category, amounts in shared.items() if np.abs(amounts).round().any()},
        gross_appropriation=more("gross_appropriation"),
        outside_money=more("revenue") + more("intrafund_transfers"),
        net_county_cost=more("net_county_cost"),
        funding_gap=more("funding_gap"),
        budgeted_positions=more("all_budgeted_positions"),
        participant_months=more("all_participant_months"),
        reasons=tuple(filter(None, (_lines_said(projection, alone), _waits_said(projection, alone), _money_said(projection, alone)))),
    )


def _by_name(projection: Projection, row: str) -> dict[str, float]:
    """Return a row over all months by the names of its items; items of several tables that share a name together."""
    (members,) = projection.members(BUDGET.rows[row])
    found: dict[str, float] = {}
    for member, value in zip(members, projection.by_year(row)[..., -1], strict=True):
        found[member.name] = found.get(member.name, 0.0) + float(value)
    return found


def _lines_said(projection: Projection, alone: Projection) -> str:
    """Return which lines that stand elsewhere cost more or less with the site, the largest first, and why that may be."""
    now, before = _by_name(projection, "cost"), _by_name(alone, "cost")
    moved = {name: now[name] - cost for name, cost in before.items() if name in now and dollars(now[name] - cost) != NIL}
    if not moved:
        return ""
    named = (f"{name} {change(moved[name], 'dollars')}" for name in sorted(moved, key=lambda name: -abs(moved[name])))
    return (
        f"Shared lines that move: {listed(named, _MOST_NAMED)}. Positions counted by participants or sites are hired sooner, or more "
        "of them, with the site; care is paid by stay or by place."
    )


def _waits_said(projection: Projection, alone: Projection) -> str:
    """Return which waits are longer or shorter with the site: places do not grow with it."""
    now, before = _by_name(projection, "longest_wait"), _by_name(alone, "longest_wait")
    most = float(projection.monthly("longest_wait_days"))
    longer = {name: wait for name, wait in before.items() if name in now and round(now[name] - wait)}
    named = (
        f"{name} {longer[name]:,.0f} to {now[name]:,.0f} days{' or more' if now[name] >= most else ''} at the longest"
        for name in sorted(longer, key=lambda name: longer[name] - now[name])
    )
    as_many = "Places of treatment and housing that sites share are as many with the site as without it"
    return f"{as_many}, so waits change: {listed(named, _MOST_NAMED)}." if longer else f"{as_many}; no longest wait changes."


def _money_said(projection: Projection, alone: Projection) -> str:
    """Return how sure the outside money is that comes with the site."""
    now, before = (by_standing(each, "money_claimed", county_money=False) for each in (projection, alone))
    moved = {standing: float(now[standing][-1] - before[standing][-1]) for standing in Standing}
    named = [f"{change(amount, 'dollars')} {standing.lower()}" for standing, amount in moved.items() if dollars(amount) != NIL]
    return f"Of the outside money that comes with it: {', '.join(named)}." if named else ""


def one_more_of_each(projection: Projection) -> tuple[OneMore, ...]:
    """Return what each site truly costs, in the order of the scenario, without those whose plan is none without them."""
    return projection.once(_of_each)


def _of_each(projection: Projection) -> tuple[OneMore, ...]:
    found = []
    for site in projection.scenario.sites:
        try:
            found.append(one_more(projection, site.name))
        except ScenarioError:
            continue
    return tuple(found)


def without_site(scenario: Scenario, site: str) -> Scenario:
    """Return a scenario without a site and all that belongs to it; a source that pays nowhere else goes as well."""
    nowhere_else = [source.name for source in scenario.funding_sources if set(source.pays_only_at) == {site}]
    for source in nowhere_else:
        scenario = without(scenario, "funding_sources", source)
    elsewhere = tuple(
        source.model_copy(update={"pays_only_at": tuple(name for name in source.pays_only_at if name != site)})
        for source in scenario.funding_sources
    )
    return without(scenario.model_copy(update={"funding_sources": elsewhere}), "sites", site)


def _at_site(projection: Projection, site: str) -> dict[str, Array]:
    """Return what stands at a site by cost category, by fiscal year with the total last."""
    (lines,) = projection.members(BUDGET.rows["cost"])
    (categories,) = projection.members(BUDGET.rows["cost_by_category"])
    costs = projection.by_year("cost")
    at_site = [(line.keys["category"], cost) for line, cost in zip(lines, costs, strict=True) if line.keys["site"] == site]
    return {
        category.name: sum((cost for of, cost in at_site if of == category.name), np.zeros(len(projection.years)))
        for category in categories
    }
