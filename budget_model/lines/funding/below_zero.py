"""Amounts below zero among the lines that are to be paid: savings, offsets, reductions of an appropriation.

They lower the common cost of their category at their place, in the month: sources pay the same share of what is left of all lines there,
those below zero among them. What is beyond that cost no source pays back: nothing is paid there in that month, and the County saves it,
so it lowers net county cost and stands beside the funding gap. What columns name waits for its source whatever is saved beside it.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import Exactly, line, total
from budget_model.engine.vocabulary import nothing_below_tolerance, when
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import EVERYWHERE_ELSE

AREA = "funding"
BUDGET_LINE, RATE, COST, ASSIGNMENT = Axis.BUDGET_LINE, Axis.RATE, Axis.COST, Axis.ASSIGNMENT
SITE, POOL, CATEGORY, MONTH = Axis.SITE, Axis.POOL, Axis.CATEGORY, Axis.MONTH


@line(unit="dollars", over=(BUDGET_LINE, MONTH), in_a_year="sum")
def budget_line_below_zero(budget_line_cost):
    """By how much the line is below zero."""
    return np.maximum(0, -budget_line_cost)


@line(unit="dollars", over=(RATE, MONTH), in_a_year="sum")
def rate_below_zero(rate_cost):
    """By how much the rate is below zero, where what it is of is."""
    return np.maximum(0, -rate_cost)


@total(unit="dollars", over=(CATEGORY, MONTH), of="budget_line_below_zero", match={"category": "category"}, inline=True)
def lines_below_zero_in_category():
    """Lines of the category that are below zero."""


@total(unit="dollars", over=(CATEGORY, MONTH), of="rate_below_zero", match={"category": "category"}, inline=True)
def rates_below_zero_in_category():
    """Rates of the category that are below zero."""


@line(unit="dollars", over=(CATEGORY, MONTH))
def below_zero_in_category(lines_below_zero_in_category, rates_below_zero_in_category):
    """Amounts of the category that are below zero."""
    return lines_below_zero_in_category + rates_below_zero_in_category


@total(unit="dollars", over=(SITE, MONTH), of="budget_line_below_zero", match={"site": "site"}, inline=True)
def lines_below_zero_at_site():
    """Lines of the site that are below zero."""


@total(unit="dollars", over=(SITE, MONTH), of="rate_below_zero", match={"site": "site"}, inline=True)
def rates_below_zero_at_site():
    """Rates of the site that are below zero."""


@line(unit="dollars", over=(SITE, MONTH), in_a_year="sum")
def below_zero_at_site(lines_below_zero_at_site, rates_below_zero_at_site):
    """Amounts of the site that are below zero."""
    return lines_below_zero_at_site + rates_below_zero_at_site


@line(unit="dollars", over=(POOL, CATEGORY, MONTH))
def saved_beyond_cost_at_place(below_zero_in_category, cost_beside_columns_at_place):
    """What such amounts take off beyond the common cost of the category at the place."""
    beyond = nothing_below_tolerance(np.minimum(below_zero_in_category, -cost_beside_columns_at_place))
    return when(below_zero_in_category > 0, beyond, 0)  # so that a plan without such amounts has none of these rows


@total(unit="dollars", over=(CATEGORY, MONTH), of="saved_beyond_cost_at_place", inline=True)
def saved_beyond_cost_of_category():
    """What such amounts take off beyond the cost of the category that is to be paid."""


@total(unit="dollars", over=(MONTH,), of="saved_beyond_cost_at_place", in_a_year="sum")
def saved_beyond_cost():
    """What such amounts take off beyond the cost that is to be paid: it lowers net county cost."""


@line(unit="1 = yes", over=(POOL, CATEGORY, MONTH))
def common_cost_is_unpaid(saved_beyond_cost_at_place):
    """1 in a month in which such amounts are more than the common cost of the category at the place, of which nothing is paid then."""
    return when(saved_beyond_cost_at_place > 0, 1, 0)


@total(unit="1 = yes", over=(CATEGORY, MONTH), of="common_cost_is_unpaid", match={"pool": Exactly(EVERYWHERE_ELSE)})
def common_cost_is_unpaid_elsewhere():
    """The same of all places but those that are told apart."""


@total(unit="1 = yes", over=(COST, MONTH), of="common_cost_is_unpaid_elsewhere", match={"category": "category"}, inline=True)
def common_cost_beside_line_is_unpaid():
    """1 where nothing is paid of the common cost of the line's category at such places."""


@line(unit="dollars", over=(COST, MONTH), in_a_year="sum")
def cost_beside_unpaid(cost, common_cost_beside_line_is_unpaid):
    """What the line costs in months in which nothing is paid of the common cost of its category at such places."""
    return cost * common_cost_beside_line_is_unpaid


@total(unit="1 = yes", over=(ASSIGNMENT, MONTH), of="common_cost_is_unpaid_elsewhere", match={"category": "category"}, inline=True)
def common_cost_beside_column_is_unpaid():
    """1 where nothing is paid of the common cost of the column's category at such places."""


@line(unit="dollars", over=(ASSIGNMENT, MONTH), in_a_year="sum")
def assigned_cost_beside_unpaid(assigned_cost, common_cost_beside_column_is_unpaid):
    """What the column assigns in such months."""
    return assigned_cost * common_cost_beside_column_is_unpaid
