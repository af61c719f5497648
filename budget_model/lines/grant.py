"""What a grant's budget attachment asks for: each category's cost, split into the grant and the County's cash match."""

from __future__ import annotations

from budget_model.engine.rows import line
from budget_model.engine.vocabulary import ratio
from budget_model.scenario.axes import Axis

SOURCE, CATEGORY, MONTH = Axis.SOURCE, Axis.CATEGORY, Axis.MONTH


@line(unit="dollars", over=(SOURCE, CATEGORY, MONTH), in_a_year="sum")
def grant_money_by_category(eligible_cost, drawdown, all_eligible_cost):
    """What the source itself pays of the category, in proportion to what is unpaid."""
    return eligible_cost * ratio(drawdown, all_eligible_cost)


@line(unit="dollars", over=(SOURCE, CATEGORY, MONTH), in_a_year="sum")
def match_money_by_category(paid_by_category, grant_money_by_category):
    """What the County's cash match beside the source pays of the category."""
    return paid_by_category - grant_money_by_category
