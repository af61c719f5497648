"""What a grant's budget attachment asks for: each category's cost as the grant and the cash match pay it, and value in kind."""

from __future__ import annotations

from budget_model.engine.rows import line, total
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


@total(
    unit="dollars",
    over=(SOURCE, CATEGORY, MONTH),
    of="value_of_contribution",
    match={"source": "source", "category": "category"},
    in_a_year="sum",
)
def contributions_in_kind_by_category():
    """Value given in kind to the source's match, by category; it is no cost of this budget."""
