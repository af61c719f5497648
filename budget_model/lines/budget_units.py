"""The County's budget by the unit that appropriates it: cost by class, purchases between units, money received, net county cost.

A position, contract, service or place of care is budgeted by one unit, in its own class. Where another unit buys it, or a share of
it, the seller keeps that cost and shows an intrafund transfer of what is bought; the buyer shows it in Services and Supplies. So what units
budget together, less what they buy from each other, is the gross appropriation, and their purchases and sales cancel. Money of a
source belongs to the unit that receives it. All by fiscal year: a budget is adopted by the year.
"""

from __future__ import annotations

from budget_model.engine.rows import Exactly, line, listing, total
from budget_model.engine.vocabulary import nothing_within_tolerance
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import NO_ITEM, BudgetTreatment

COST, POSITION, UNIT, CLASS = Axis.COST, Axis.POSITION, Axis.BUDGET_UNIT, Axis.CLASS
MONTH, YEAR = Axis.MONTH, Axis.YEAR


@line(unit="dollars", over=(COST, YEAR))
def cost_of_year(cost):
    """What each position, contract, service and place of care costs in the year."""
    return cost + 0


@line(unit="dollars", over=(POSITION, YEAR))
def set_up_of_year(set_up_cost):
    """What the set-up of new hires costs in the year, as part of the cost of each position."""
    return set_up_cost + 0


@total(
    unit="dollars",
    over=(UNIT, CLASS, YEAR),
    of="set_up_of_year",
    match={"budget_unit": "budget_unit", "set_up_class": "class"},
    inline=True,
)
def unit_set_up_in_class():
    """Set-up of the unit's new hires, in the class that is said for it."""


@total(unit="dollars", over=(UNIT, CLASS, YEAR), of="set_up_of_year", match={"budget_unit": "budget_unit", "class": "class"}, inline=True)
def unit_set_up_with_salaries():
    """Set-up of the unit's new hires, in the class of their positions."""


@line(unit="dollars", over=(UNIT, CLASS, YEAR))
def unit_set_up_moved(unit_set_up_in_class, unit_set_up_with_salaries):
    """Set-up of the unit's new hires that moves into the class that is said for it, and out of that of their positions."""
    return unit_set_up_in_class - unit_set_up_with_salaries


@listing(
    unit="share of cost",
    over=(COST,),
    parts={
        "County position": ("position_purchased_share",),
        "Provider contract": ("contract_purchased_share",),
        "Services and supplies": ("service_purchased_share",),
        "Treatment and housing": ("care_purchased_share",),
        "Line by quantity and rate": ("budget_line_purchased_share",),
        "Rate": ("rate_purchased_share",),
    },
    inline=True,
)
def purchased_share():
    """Share of each line's cost that the unit which buys of it buys."""


@line(unit="dollars", over=(COST, YEAR))
def cost_to_purchase(cost_of_year, purchased_share):
    """What another unit buys of the line in the year, where one does."""
    return cost_of_year * purchased_share


@total(unit="dollars", over=(UNIT, YEAR), of="cost_to_purchase", match={"buyer": "budget_unit"})
def unit_purchases():
    """What the unit buys from other units of this plan: Services and Supplies."""


@total(unit="dollars", over=(UNIT, CLASS, YEAR), of="cost_of_year", match={"budget_unit": "budget_unit", "class": "class"}, inline=True)
def unit_own_cost_by_class():
    """What the unit's own positions, contracts, services and places of care cost, by appropriation class."""


@line(unit="dollars", over=(UNIT, CLASS, YEAR))
def unit_cost_by_class(unit_own_cost_by_class, unit_set_up_moved, unit_purchases, class_is_services_and_supplies):
    """What the unit budgets, by appropriation class: its own cost, and in Services and Supplies what it buys from other units."""
    return unit_own_cost_by_class + unit_set_up_moved + unit_purchases * class_is_services_and_supplies


@total(unit="dollars", over=(UNIT, YEAR), of="unit_cost_by_class")
def unit_gross_appropriation():
    """What the unit budgets in all classes."""


@total(unit="dollars", over=(UNIT, YEAR), of="cost_to_purchase", match={"budget_unit": "budget_unit"}, inline=True)
def unit_cost_to_purchase():
    """What would be bought of the unit's own lines if each had a buyer."""


@total(unit="dollars", over=(UNIT, YEAR), of="cost_to_purchase", match={"budget_unit": "budget_unit", "buyer": Exactly(NO_ITEM)})
def unit_cost_without_buyer():
    """Such cost of the unit's own lines that no other unit buys."""


@line(unit="dollars", over=(UNIT, YEAR))
def unit_sales(unit_cost_to_purchase, unit_cost_without_buyer):
    """What other units of this plan buy from the unit: intrafund transfers to it, a deduction from its appropriation.

    Below zero where what they buy is, as a saving.
    """
    return nothing_within_tolerance(unit_cost_to_purchase - unit_cost_without_buyer)


@total(
    unit="dollars",
    over=(UNIT, MONTH),
    of="money_claimed",
    match={"budget_unit": "budget_unit", "treatment": Exactly(BudgetTreatment.INTRAFUND_TRANSFER)},
    in_a_year="sum",
    inline=True,
)
def unit_transfers_from_sources():
    """Money that the unit receives from units of the County's general fund that are not in this plan."""


@line(unit="dollars", over=(UNIT, YEAR))
def unit_intrafund_transfers(unit_sales, unit_transfers_from_sources):
    """Intrafund transfers to the unit: for what other units buy from it, and from sources that it receives."""
    return unit_sales + unit_transfers_from_sources


@total(
    unit="dollars",
    over=(UNIT, MONTH),
    of="money_claimed",
    match={"budget_unit": "budget_unit", "treatment": Exactly(BudgetTreatment.REVENUE)},
    in_a_year="sum",
    inline=True,
)
def unit_money_from_outside():
    """Money that the unit receives from outside the County's general fund."""


@line(unit="dollars", over=(UNIT, YEAR))
def unit_revenue(unit_money_from_outside):
    """Revenue of the unit: what is claimed from the sources that it receives, whatever unit's cost they pay."""
    return unit_money_from_outside + 0


@line(unit="dollars", over=(UNIT, YEAR))
def unit_net_county_cost(unit_gross_appropriation, unit_intrafund_transfers, unit_revenue):
    """What the County's own money must pay of the unit: below 0 where the unit receives more than it budgets."""
    return unit_gross_appropriation - unit_intrafund_transfers - unit_revenue


@total(unit="positions", over=(UNIT, MONTH), of="budgeted_positions", match={"department": "budget_unit"}, in_a_year="last", inline=True)
def positions_of_unit():
    """County positions that the unit budgets."""


@line(unit="positions", over=(UNIT, YEAR))
def unit_budgeted_positions(positions_of_unit):
    """County positions that the unit budgets at the end of the year; a position that another unit buys is the seller's."""
    return positions_of_unit + 0


@total(unit="dollars", over=(YEAR,), of="unit_gross_appropriation")
def sum_of_units():
    """What all units budget, with what they buy from each other."""


@total(unit="dollars", over=(YEAR,), of="unit_purchases")
def all_unit_purchases():
    """What units of this plan buy from each other, which counts twice in the sum of units and once in the plan."""


@total(unit="dollars", over=(YEAR,), of="unit_sales", inline=True)
def all_unit_sales():
    """What units of this plan sell to each other."""


@total(unit="dollars", over=(YEAR,), of="unit_net_county_cost", inline=True)
def sum_of_net_county_cost_of_units():
    """Net county cost of all units."""
