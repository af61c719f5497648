"""Pace: a source pays as cost arises, or no faster than evenly over its period, or a constant share of its period's cost.

What columns and the plan give is taken first. For a constant share the rest of the period's money, with its match, is set
against the cost that earlier sources leave in the period: share = min(1, money / cost). The period is the fiscal year for a
yearly amount, and the whole period of performance for an award. Money that is earned pays as cost arises.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import carry, line, over_period, total
from budget_model.engine.vocabulary import ratio, when
from budget_model.scenario.axes import Axis

AREA = "funding"
SOURCE, CATEGORY, MONTH = Axis.SOURCE, Axis.CATEGORY, Axis.MONTH


@line(unit="1 = yes", over=(SOURCE,))
def source_paces_by_share(source_pays_constant_share, award_in_all, source_yearly_amount):
    """1 where the source's money, which is not earned, pays a constant share of cost."""
    return source_pays_constant_share * when(award_in_all + source_yearly_amount > 0, 1, 0)


@line(unit="dollars", over=(SOURCE, CATEGORY, MONTH))
def cost_named_to_source(payable_cost, planned_share_of_category, planned_share_of_all_categories, cost_assigned_to_source):
    """Cost of the category that columns and the plan give to the source, whatever its pace."""
    return payable_cost * (planned_share_of_category + planned_share_of_all_categories) + cost_assigned_to_source


@total(unit="share of cost", over=(SOURCE, CATEGORY, MONTH), of="share_beyond_cap", match={"category": "category"}, inline=True)
def share_beyond_caps():
    """Share of the category's cost that caps can't take in the period."""


@line(unit="dollars", over=(SOURCE, CATEGORY, MONTH))
def payable_beside_plan(payable_cost, plan_lines_of_category, plan_lines_of_all_categories):
    """Cost of the category that the source may pay and no line of the plan is for."""
    return payable_cost * (1 - plan_lines_of_category - plan_lines_of_all_categories)


@total(unit="dollars", over=(SOURCE, MONTH), of="payable_beside_plan")
def all_payable_beside_plan():
    """Such cost of all categories."""


@over_period(unit="dollars", over=(SOURCE, MONTH), of="all_payable_beside_plan", by="funding_period")
def all_payable_beside_plan_in_period():
    """Such cost in the whole period."""


@line(unit="dollars", over=(SOURCE, CATEGORY, MONTH), inline=True)
def cost_beside_plan(payable_beside_plan, share_beyond_caps):
    """Such cost, less what caps on the category can't take."""
    return payable_beside_plan * np.maximum(0, 1 - share_beyond_caps)


@total(unit="share of cost", over=(SOURCE, CATEGORY, MONTH), of="share_beyond_class_cap", inline=True)
def share_beyond_class_caps():
    """Share of the category's cost that caps on classes can't take in the period."""


@line(unit="dollars", over=(SOURCE, CATEGORY, MONTH))
def cost_to_pace(cost_beside_plan, share_beyond_class_caps):
    """Cost of the category that follows the source's pace."""
    return cost_beside_plan * np.maximum(0, 1 - share_beyond_class_caps)


@total(unit="dollars", over=(SOURCE, MONTH), of="payable_at_place")
def all_payable_cost():
    """What the source may pay of all its categories."""


@total(unit="dollars", over=(SOURCE, MONTH), of="cost_named_to_source", in_a_year="sum")
def all_cost_named_to_source():
    """Cost that columns and the plan give to the source."""


@over_period(unit="dollars", over=(SOURCE, MONTH), of="all_cost_named_to_source", by="funding_period")
def cost_named_in_period():
    """Such cost in the whole period."""


@line(unit="dollars", over=(SOURCE, MONTH))
def cost_named_within_caps(cost_named_in_period, named_beyond_caps):
    """Such cost in the whole period, less what caps can't take of it."""
    return np.maximum(0, cost_named_in_period - named_beyond_caps)


@total(unit="dollars", over=(SOURCE, MONTH), of="cost_to_pace", in_a_year="sum")
def all_cost_to_pace():
    """Cost of all categories that follows the source's pace."""


@over_period(unit="dollars", over=(SOURCE, MONTH), of="all_cost_to_pace", by="funding_period")
def cost_to_pace_in_period():
    """Such cost in the whole period."""


@line(unit="dollars", over=(SOURCE, MONTH))
def money_for_cost(money_awarded, income_to_deduct, grant_share_of_cost, source_claimable_indirect_rate):
    """Money that becomes available in the month, less its share of income deducted, and less the overhead that is claimed beside it."""
    return ratio(money_awarded - income_to_deduct * grant_share_of_cost, 1 + source_claimable_indirect_rate)


@over_period(unit="dollars", over=(SOURCE, MONTH), of="money_for_cost", by="funding_period")
def money_of_period():
    """Such money of the whole period."""


@carry(unit="dollars", over=(SOURCE, MONTH), of="money_to_keep", start=0, inline=True)
def opening_money_to_keep():
    """Money that the year before is expected to leave, where it is kept."""


@line(unit="dollars", over=(SOURCE, MONTH))
def money_kept_for_year(period_begins, opening_money_to_keep, opening_money_kept_for_year):
    """Money of earlier years for each month of this one."""
    return when(period_begins == 1, opening_money_to_keep, opening_money_kept_for_year)


@carry(unit="dollars", over=(SOURCE, MONTH), of="money_kept_for_year", start=0, inline=True)
def opening_money_kept_for_year():
    """Money of earlier years, as the month before had it."""


@line(unit="dollars", over=(SOURCE, MONTH))
def money_to_keep(
    money_of_period,
    money_kept_for_year,
    cost_named_within_caps,
    cost_to_pace_in_period,
    counts_before_cash_in_period,
    grant_share_of_cost,
    source_carries_over,
):
    """Money of a yearly amount that the year's cost leaves, where it is kept."""
    cost = cost_named_within_caps + cost_to_pace_in_period
    drawn = np.minimum(cost, (cost + counts_before_cash_in_period) * grant_share_of_cost)
    return np.maximum(0, money_of_period + money_kept_for_year - drawn) * source_carries_over


@line(unit="share of cost", over=(SOURCE, MONTH))
def share_at_its_pace(
    money_of_period,
    money_kept_for_year,
    grant_share_of_cost,
    rounding_of_match_of_period,
    counts_before_cash_in_period,
    cost_named_within_caps,
    cost_to_pace_in_period,
    source_paces_by_share,
):
    """Share of cost that the source and its cash match pay: their money for the period over the period's cost; 1 at another pace."""
    own = money_of_period + money_kept_for_year
    with_match = ratio(own, grant_share_of_cost) + rounding_of_match_of_period
    money = np.maximum(own, with_match - counts_before_cash_in_period) - cost_named_within_caps
    share = np.minimum(1, ratio(np.maximum(0, money), cost_to_pace_in_period))
    return when(source_paces_by_share == 1, share, 1)


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def all_cost_at_its_pace(all_cost_to_pace, share_at_its_pace, all_cost_named_to_source):
    """Cost that the source would pay in the month if its caps and its money reached."""
    return all_cost_to_pace * share_at_its_pace + all_cost_named_to_source


# Evenly: what is not yet released of a period's money is held back; what was released and not used stays available.


@line(unit="1 = yes", over=(SOURCE, MONTH), inline=True)
def period_begins(source_year_begins, month, source_first_month, source_yearly_amount):
    """1 in the first month of the period."""
    return source_year_begins * np.maximum(when(month == source_first_month, 1, 0), when(source_yearly_amount > 0, 1, 0))


@carry(unit="months", over=(SOURCE, MONTH), of="months_into_period", start=0, inline=True)
def opening_months_into_period():
    """Months of the period that are over when the month begins, unless another period begins."""


@line(unit="months", over=(SOURCE, MONTH))
def months_into_period(opening_months_into_period, period_begins, source_is_open):
    """Months of the period up to this one."""
    return opening_months_into_period * (1 - period_begins) + source_is_open


@over_period(unit="dollars", over=(SOURCE, MONTH), of="money_awarded", by="funding_period")
def money_awarded_in_period():
    """Money of the period."""


@line(unit="1 = yes", over=(SOURCE,), inline=True)
def source_comes_evenly(source_paces_evenly, award_in_all, source_yearly_amount):
    """1 where the source's money, which is not earned, comes evenly over its period."""
    return source_paces_evenly * when(award_in_all + source_yearly_amount > 0, 1, 0)


@line(unit="dollars", over=(SOURCE, MONTH), inline=True)
def money_held_back(source_comes_evenly, money_awarded_in_period, months_of_period, months_into_period):
    """Money of the period that an even pace does not release before later months."""
    return source_comes_evenly * money_awarded_in_period * (1 - ratio(months_into_period, months_of_period))


@line(unit="share of money", over=(SOURCE,))
def share_released_for_cost(source_comes_evenly, source_claimable_indirect_rate):
    """Share for cost of what an even pace releases, the rest being overhead that is claimed beside it; 1 at another pace."""
    return when(source_comes_evenly == 1, ratio(1, 1 + source_claimable_indirect_rate), 1)
