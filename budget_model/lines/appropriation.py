"""The County's view of the same money: appropriation by class, intrafund transfers, revenue, net county cost (A2, A3).

Costs, intrafund transfers and revenue are positive; net county cost = gross appropriation - intrafund transfers - revenue.
"""

from __future__ import annotations

from budget_model.engine.rows import Exactly, line, listing, total
from budget_model.engine.vocabulary import nothing_below_tolerance, nothing_within_tolerance
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import BudgetTreatment, Timing

SITE, PLACE, COST, CLASS, CATEGORY = Axis.SITE, Axis.PLACE, Axis.COST, Axis.CLASS, Axis.CATEGORY
MONTH, YEAR = Axis.MONTH, Axis.YEAR


@listing(
    unit="dollars",
    over=(COST, MONTH),
    parts={
        "County position": ("ongoing_position_cost",),
        "Provider contract": ("ongoing_contract_cost",),
        "Services and supplies": ("recurring_service_cost",),
        "Treatment and housing": ("ongoing_care_cost",),
        "Line by quantity and rate": ("ongoing_budget_line_cost",),
        "Rate": ("ongoing_rate_cost",),
    },
    in_a_year="sum",
    inline=True,
)
def ongoing_cost():
    """Cost that recurs, one row for each position, contract, service and place of care (convention A7)."""


@listing(
    unit="dollars",
    over=(COST, MONTH),
    parts={
        "County position": ("position_cost",),
        "Provider contract": ("contract_cost",),
        "Services and supplies": ("service_cost",),
        "Treatment and housing": ("care_cost",),
        "Line by quantity and rate": ("budget_line_cost",),
        "Rate": ("rate_cost",),
    },
    in_a_year="sum",
)
def cost():
    """Every cost of the program, one row for each position, contract, service and place of care."""


@total(unit="dollars", over=(MONTH,), of="cost", in_a_year="sum")
def gross_appropriation():
    """All costs: the money the Board would appropriate."""


@total(unit="dollars", over=(MONTH,), of="ongoing_cost", in_a_year="sum")
def all_ongoing_cost():
    """All costs that recur."""


@line(unit="dollars", over=(MONTH,), in_a_year="sum")
def all_one_time_cost(gross_appropriation, all_ongoing_cost):
    """All costs that are paid once: start-up, single amounts, set-up of new hires, new places, temporary positions."""
    return gross_appropriation - all_ongoing_cost


@line(unit="dollars", over=(COST, YEAR))
def ongoing_cost_of_year(ongoing_cost):
    """What of each position, contract, service and place of care recurs, in the year."""
    return ongoing_cost + 0


@total(unit="dollars", over=(CLASS, YEAR), of="ongoing_cost_of_year", match={"class": "class"})
def ongoing_cost_by_class():
    """Costs that recur, by appropriation class."""


@total(unit="dollars", over=(CLASS, MONTH), of="cost", match={"class": "class"}, inline=True)
def cost_by_class_of_line():
    """Costs by the class of their line, the set-up of new hires with the positions."""


@total(unit="dollars", over=(CLASS, MONTH), of="set_up_cost", match={"set_up_class": "class"}, inline=True)
def set_up_cost_in_class():
    """Set-up of new hires, in the class that is said for it."""


@total(unit="dollars", over=(CLASS, MONTH), of="set_up_cost", match={"class": "class"}, inline=True)
def set_up_cost_with_salaries():
    """Set-up of new hires, in the class of their positions."""


@line(unit="dollars", over=(CLASS, MONTH))
def set_up_cost_moved(set_up_cost_in_class, set_up_cost_with_salaries):
    """Set-up of new hires that moves into the class that is said for it, and out of that of their positions."""
    return set_up_cost_in_class - set_up_cost_with_salaries


@line(unit="dollars", over=(CLASS, MONTH), in_a_year="sum")
def cost_by_class(cost_by_class_of_line, set_up_cost_moved):
    """Costs by appropriation class: workstations and recruitment of new hires are no salaries."""
    return nothing_within_tolerance(cost_by_class_of_line + set_up_cost_moved)


@line(unit="dollars", over=(CLASS, YEAR))
def one_time_cost_by_class(cost_by_class, ongoing_cost_by_class):
    """Costs that are paid once, by appropriation class."""
    return nothing_within_tolerance(cost_by_class - ongoing_cost_by_class)


@total(unit="dollars", over=(CATEGORY, MONTH), of="cost", match={"category": "category"}, in_a_year="sum")
def cost_by_category():
    """Costs by the categories in which funding sources say what they pay."""


@total(unit="dollars", over=(PLACE, MONTH), of="cost", match={"site": "site"}, in_a_year="sum")
def cost_by_place():
    """Costs by site, and those of no single site."""


@total(unit="dollars", over=(SITE, MONTH), of="cost", match={"site": "site"}, in_a_year="sum")
def site_cost():
    """Costs charged to the site itself; program-wide costs are not spread over sites."""


@total(unit="dollars", over=(SITE, MONTH), of="position_cost", match={"site": "site"}, in_a_year="sum")
def site_position_cost():
    """County positions charged to the site."""


@total(unit="dollars", over=(SITE, MONTH), of="contract_cost", match={"site": "site"}, in_a_year="sum")
def site_contract_cost():
    """Provider contracts of the site."""


@line(unit="dollars", over=(SITE, YEAR))
def site_other_cost(site_cost, site_position_cost, site_contract_cost):
    """Services, supplies, treatment and housing charged to the site."""
    return nothing_within_tolerance(site_cost - site_position_cost - site_contract_cost)


@total(unit="dollars", over=(SITE, YEAR), of="ongoing_cost_of_year", match={"site": "site"}, inline=True)
def recurring_cost_at_site():
    """Costs charged to the site that recur."""


@line(unit="dollars", over=(SITE, YEAR))
def site_ongoing_cost(recurring_cost_at_site):
    """Costs charged to the site that recur (convention A7)."""
    return nothing_within_tolerance(recurring_cost_at_site)


@line(unit="dollars", over=(SITE, YEAR))
def site_one_time_cost(site_cost, site_ongoing_cost):
    """Costs charged to the site that are paid once, such as start-up (convention A7)."""
    return nothing_within_tolerance(site_cost - site_ongoing_cost)


@total(unit="dollars", over=(MONTH,), of="money_claimed", match={"treatment": Exactly(BudgetTreatment.INTRAFUND_TRANSFER)}, in_a_year="sum")
def intrafund_transfers():
    """Money from other units of the County's general fund, a deduction from the appropriation, with overhead claimed beside it."""


@total(unit="dollars", over=(MONTH,), of="money_claimed", match={"treatment": Exactly(BudgetTreatment.REVENUE)}, in_a_year="sum")
def revenue():
    """Money from outside the County's general fund: state and federal grants, other funds, cities, with overhead claimed beside it."""


@total(unit="dollars", over=(MONTH,), of="drawdown", match={"timing": Exactly(Timing.ONGOING)}, in_a_year="sum")
def ongoing_money():
    """Money drawn from sources that come every year."""


@total(unit="dollars", over=(MONTH,), of="drawdown", match={"timing": Exactly(Timing.ONE_TIME)}, in_a_year="sum")
def one_time_money():
    """Money drawn from sources that come once, such as a grant."""


@line(unit="dollars", over=(MONTH,), in_a_year="sum")
def ongoing_cost_on_one_time_money(all_ongoing_cost, ongoing_money, funding_gap):
    """Ongoing cost that only one-time money and its match pay: the cliff when that money ends (convention A7, A8).

    Within a month ongoing money is taken to pay ongoing cost first, so this is the least it can be.
    """
    return nothing_below_tolerance(all_ongoing_cost - ongoing_money - funding_gap)


@total(unit="dollars", over=(MONTH,), of="drawdown", match={"treatment": Exactly(BudgetTreatment.NET_COUNTY_COST)}, in_a_year="sum")
def county_allocations():
    """Money that the County gives from its own general fund by name."""


@line(unit="dollars", over=(MONTH,), in_a_year="sum")
def net_appropriation(gross_appropriation, intrafund_transfers):
    """Gross appropriation less intrafund transfers."""
    return gross_appropriation - intrafund_transfers


@line(unit="dollars", over=(MONTH,), in_a_year="sum")
def net_county_cost(gross_appropriation, intrafund_transfers, revenue):
    """What the County's own money must pay: county allocations, cash match and whatever is not funded."""
    return gross_appropriation - intrafund_transfers - revenue


@line(unit="dollars", over=())
def adopted_net_county_cost(adopted_gross_appropriation, adopted_intrafund_transfers, adopted_revenue):
    """Net county cost of the adopted budget of the year before (convention A3)."""
    return adopted_gross_appropriation - adopted_intrafund_transfers - adopted_revenue


@line(unit="positions", over=(MONTH,), in_a_year="last")
def positions_beyond_adopted(all_budgeted_positions, adopted_positions):
    """Positions budgeted beyond those of the adopted budget of the year before."""
    return all_budgeted_positions - adopted_positions
