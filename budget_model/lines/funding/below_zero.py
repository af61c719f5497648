"""Amounts below zero among the lines that are to be paid: savings, offsets, reductions of an appropriation.

They lower the cost of their category that sources pay. What is beyond that cost, in a month and at a place, no source pays back:
the County saves it, so it lowers net county cost and stands beside the funding gap.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import line, total
from budget_model.engine.vocabulary import when
from budget_model.scenario.axes import Axis

AREA = "funding"
BUDGET_LINE, RATE, POOL, CATEGORY, MONTH = Axis.BUDGET_LINE, Axis.RATE, Axis.POOL, Axis.CATEGORY, Axis.MONTH


@line(unit="dollars", over=(BUDGET_LINE, MONTH))
def budget_line_below_zero(budget_line_cost):
    """By how much the line is below zero."""
    return np.maximum(0, -budget_line_cost)


@line(unit="dollars", over=(RATE, MONTH))
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


@line(unit="dollars", over=(POOL, CATEGORY, MONTH))
def saved_beyond_cost_at_place(below_zero_in_category, common_cost_at_place):
    """What such amounts take off beyond the common cost of the category at the place."""
    return when(below_zero_in_category > 0, np.maximum(0, -common_cost_at_place), 0)


@total(unit="dollars", over=(CATEGORY, MONTH), of="saved_beyond_cost_at_place", inline=True)
def saved_beyond_cost_of_category():
    """What such amounts take off beyond the cost of the category that is to be paid."""


@total(unit="dollars", over=(MONTH,), of="saved_beyond_cost_at_place", in_a_year="sum")
def saved_beyond_cost():
    """What such amounts take off beyond the cost that is to be paid: it lowers net county cost."""
