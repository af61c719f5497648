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


@total(unit="1 = yes", over=(SOURCE, PLAN, MONTH), of="plan_is_in_force", match={"source": "source"})
def plan_line_of_source():
    """1 in those months for the source that the line is for."""


@total(unit="dollars", over=(SOURCE, PLAN, MONTH), of="payable_at_place", match={"category": "category"}, inline=True)
def payable_of_planned_category():
    """What the source may pay of the category that the line names."""


@line(unit="1 = yes", over=(PLAN,))
def plan_counts():
    """1 for each line of the plan."""
    return 1


@total(unit="1 = yes", over=(PLAN, CATEGORY), of="plan_counts", match={"category": "category"})
def plan_names_category():
    """1 where the line of the plan names the category."""


@total(unit="1 = yes", over=(PLAN,), of="plan_names_category")
def plan_names_a_category():
    """1 where the line names a category, and is not for all of its source."""


@line(unit="dollars", over=(SOURCE, PLAN, MONTH))
def payable_of_plan_line(payable_of_planned_category, plan_names_a_category, all_payable_cost, plan_line_of_source):
    """What the source may pay of the category, or of all categories, in the months of the line."""
    return (payable_of_planned_category + (1 - plan_names_a_category) * all_payable_cost) * plan_line_of_source


@over_period(unit="dollars", over=(SOURCE, PLAN, MONTH), of="payable_of_plan_line", by="fiscal_year_begins")
def payable_of_plan_line_in_year():
    """What it may pay of it in the whole year."""


@line(unit="share of cost", over=(SOURCE, PLAN, MONTH))
def share_of_plan_line(plan_share, plan_amount, payable_of_plan_line_in_year, grant_share_of_cost, plan_line_of_source):
    """Share of the cost that the line gives: as said, or the one at which its amount, with its match, is spent, where that is less."""
    by_amount = when(plan_amount > 0, ratio(plan_amount, payable_of_plan_line_in_year * grant_share_of_cost), 1)
    return np.minimum(plan_share, by_amount) * plan_line_of_source


@total(unit="lines", over=(SOURCE, CATEGORY, MONTH), of="plan_line_of_source", match={"category": "category"}, inline=True)
def plan_lines_of_category():
    """Lines of the plan for the source and the category."""


@total(unit="lines", over=(SOURCE, MONTH), of="plan_line_of_source", match={"category": Exactly(NO_ITEM)})
def plan_lines_of_all_categories():
    """Lines of the plan for all categories of the source."""


@total(unit="share of cost", over=(SOURCE, CATEGORY, MONTH), of="share_of_plan_line", match={"category": "category"}, inline=True)
def planned_share_of_category():
    """Share of the category that the plan gives to the source and its match."""


@total(unit="share of cost", over=(SOURCE, MONTH), of="share_of_plan_line", match={"category": Exactly(NO_ITEM)})
def planned_share_of_all_categories():
    """Share of all its categories that the plan gives to the source and its match."""
