"""The funding plan: a share of a year's cost that earlier sources leave, or an amount at most, in place of the source's pace.

An amount is the source's own money; its match pays beside it. It is spent at one share of the year's cost.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import Exactly, line, over_period, total
from budget_model.engine.vocabulary import ratio, when
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import NO_ITEM

AREA = "funding"
SOURCE, PLAN, CATEGORY, MONTH = Axis.SOURCE, Axis.PLAN, Axis.CATEGORY, Axis.MONTH


@line(unit="1 = yes", over=(PLAN, MONTH))
def plan_is_in_force(fiscal_year_begins, plan_begins):
    """1 in the months of the line's fiscal year."""
    return when(fiscal_year_begins == plan_begins, 1, 0)


@line(unit="share of cost", over=(PLAN, MONTH))
def plan_share_in_force(plan_share, plan_is_in_force):
    """Share of the cost that the line gives to the source in the month."""
    return plan_share * plan_is_in_force


@line(unit="dollars", over=(PLAN, MONTH))
def plan_amount_in_force(plan_amount, plan_is_in_force):
    """Amount at most of the line's fiscal year, in each of its months."""
    return plan_amount * plan_is_in_force


@total(unit="lines", over=(SOURCE, CATEGORY, MONTH), of="plan_is_in_force", match={"source": "source", "category": "category"}, inline=True)
def plan_lines_of_category():
    """Lines of the plan for the source and the category."""


@total(unit="lines", over=(SOURCE, MONTH), of="plan_is_in_force", match={"source": "source", "category": Exactly(NO_ITEM)})
def plan_lines_of_all_categories():
    """Lines of the plan for all categories of the source."""


@line(unit="1 = yes", over=(SOURCE, CATEGORY, MONTH))
def is_planned(plan_lines_of_category, plan_lines_of_all_categories):
    """1 where a line of the plan stands in place of the source's pace."""
    return plan_lines_of_category + plan_lines_of_all_categories


@total(unit="share of cost", over=(SOURCE, CATEGORY, MONTH), of="plan_share_in_force", match={"source": "source", "category": "category"}, inline=True)  # fmt: skip
def plan_share_of_category():
    """Share that the plan gives of the category."""


@total(unit="share of cost", over=(SOURCE, MONTH), of="plan_share_in_force", match={"source": "source", "category": Exactly(NO_ITEM)})
def plan_share_of_all_categories():
    """Share that the plan gives of all categories of the source."""


@total(unit="dollars", over=(SOURCE, CATEGORY, MONTH), of="plan_amount_in_force", match={"source": "source", "category": "category"}, inline=True)
def plan_amount_of_category():
    """Most that the plan gives of the source's money to the category in the year."""


@total(unit="dollars", over=(SOURCE, MONTH), of="plan_amount_in_force", match={"source": "source", "category": Exactly(NO_ITEM)})
def plan_amount_of_all_categories():
    """Most that the plan gives of the source's money to all its categories in the year."""


@over_period(unit="dollars", over=(SOURCE, CATEGORY, MONTH), of="payable_cost", by="fiscal_year_begins")
def payable_in_year():
    """What the source may pay of the category in the fiscal year."""


@total(unit="dollars", over=(SOURCE, MONTH), of="payable_in_year")
def all_payable_in_year():
    """What the source may pay of all its categories in the fiscal year."""


@line(unit="share of cost", over=(SOURCE, MONTH))
def share_by_amount_of_all_categories(plan_amount_of_all_categories, all_payable_in_year, grant_share_of_cost):
    """Share of the year's cost at which an amount for all categories, with its match, is spent; 1 where none is planned."""
    within = np.minimum(1, ratio(plan_amount_of_all_categories, all_payable_in_year * grant_share_of_cost))
    return when(plan_amount_of_all_categories > 0, within, 1)


@line(unit="share of cost", over=(SOURCE, CATEGORY, MONTH))
def share_by_amount(plan_amount_of_category, payable_in_year, grant_share_of_cost, share_by_amount_of_all_categories):
    """Share of the year's cost at which the plan's amounts, with their match, are spent; 1 where none is planned."""
    within = np.minimum(1, ratio(plan_amount_of_category, payable_in_year * grant_share_of_cost))
    return np.minimum(when(plan_amount_of_category > 0, within, 1), share_by_amount_of_all_categories)


@line(unit="share of cost", over=(SOURCE, CATEGORY, MONTH))
def share_planned(plan_share_of_category, plan_share_of_all_categories, share_by_amount):
    """Share of the cost that the plan gives to the source and its match; 0 where nothing is planned."""
    return np.minimum(plan_share_of_category + plan_share_of_all_categories, share_by_amount)
