"""Caps over a period: what they can't take of a constant share is left out beforehand, so that no money waits for it in vain.

What columns and the plan name comes first: a cap's room in the period that is left by it is what cost may take that follows the pace.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import line, over_period, total
from budget_model.engine.vocabulary import ratio, when
from budget_model.scenario.axes import Axis

AREA = "funding"
SOURCE, CAP, CLASS_CAP, CATEGORY, MONTH = Axis.SOURCE, Axis.CAP, Axis.CLASS_CAP, Axis.CATEGORY, Axis.MONTH


@total(unit="dollars", over=(SOURCE, CAP, MONTH), of="payable_beside_plan", match={"category": "category"}, inline=True)
def payable_of_capped_category():
    """What the source may pay at its pace of the category that the cap is on."""


@line(unit="dollars", over=(SOURCE, CLASS_CAP, CATEGORY, MONTH))
def payable_under_class_cap(payable_beside_plan, share_under_class_cap, class_cap_is_of_source):
    """What the source may pay at its pace of the part of the category that its cap on a class counts."""
    return payable_beside_plan * share_under_class_cap * class_cap_is_of_source


@total(unit="dollars", over=(SOURCE, CAP, MONTH), of="payable_under_class_cap", match={"cap": "cap"}, inline=True)
def payable_of_capped_class():
    """Such parts of all categories."""


@line(unit="dollars", over=(SOURCE, CAP, MONTH))
def payable_under_cap(payable_of_capped_category, cap_is_of_source, payable_of_capped_class, source_paces_by_share):
    """What a source that pays a constant share may pay of the category of its cap, or of the class of its cap in all categories."""
    return (payable_of_capped_category * cap_is_of_source + payable_of_capped_class) * source_paces_by_share


@over_period(unit="dollars", over=(SOURCE, CAP, MONTH), of="payable_under_cap", by="funding_period")
def payable_under_cap_in_period():
    """That cost in the whole period."""


@line(unit="dollars", over=(SOURCE, CLASS_CAP, CATEGORY, MONTH))
def named_under_class_cap(cost_named_to_source, share_under_class_cap, class_cap_is_of_source):
    """What columns and the plan give to the source of the part of the category that its cap on a class counts."""
    return cost_named_to_source * share_under_class_cap * class_cap_is_of_source


@total(unit="dollars", over=(SOURCE, CAP, MONTH), of="named_under_class_cap", match={"cap": "cap"}, inline=True)
def named_of_capped_class():
    """Such parts of all categories."""


@line(unit="dollars", over=(SOURCE, CAP, MONTH))
def named_under_cap(cost_named_under_cap, cap_is_of_source, named_of_capped_class, source_paces_by_share):
    """What columns and the plan give to a source that pays a constant share, of the category or the class of its cap."""
    return (cost_named_under_cap * cap_is_of_source + named_of_capped_class) * source_paces_by_share


@over_period(unit="dollars", over=(SOURCE, CAP, MONTH), of="named_under_cap", by="funding_period")
def named_under_cap_in_period():
    """That cost in the whole period."""


@line(unit="1 = yes", over=(CAP,))
def spending_binds(cap_is_of_money_spent, cap_share):
    """1 for a cap on the money spent that is less than all of it."""
    return cap_is_of_money_spent * when(cap_share < 1, 1, 0)


@line(unit="dollars a dollar", over=(CAP,))
def counted_for_other_money(cap_share):
    """What a cap on the money spent may count for each dollar of other cost: x / (1 - x)."""
    return ratio(cap_share, 1 - cap_share)


@line(unit="dollars", over=(SOURCE, CAP, MONTH))
def cap_of_period(cap_share, cap_is_of_award_and_match, money_of_period, cash_match_per_grant_dollar, grant_share_of_cost):
    """Cost that the cap's share of the period's money pays, with the match beside it."""
    pays = when(cap_is_of_award_and_match == 1, 1 + cash_match_per_grant_dollar, ratio(1, grant_share_of_cost))
    return cap_share * money_of_period * pays


@line(unit="dollars", over=(SOURCE, CAP, MONTH))
def cost_under_cap_in_period(payable_under_cap_in_period, named_under_cap_in_period):
    """All cost of the period that the cap counts."""
    return payable_under_cap_in_period + named_under_cap_in_period


@line(unit="dollars", over=(SOURCE, CAP, MONTH))
def cost_beyond_cap_alone(
    cap_of_period,
    spending_binds,
    counted_for_other_money,
    all_payable_beside_plan_in_period,
    cost_named_in_period,
    cost_under_cap_in_period,
):
    """Such cost that the cap can't take in the period, by its share of the money and of what other cost will draw."""
    of_spending = counted_for_other_money * (all_payable_beside_plan_in_period + cost_named_in_period - cost_under_cap_in_period)
    taken = np.minimum(cap_of_period, when(spending_binds == 1, of_spending, cap_of_period))
    return np.maximum(0, cost_under_cap_in_period - taken)


@line(unit="dollars", over=(SOURCE, CAP, MONTH))
def cost_beyond_cap(cost_beyond_cap_alone, beyond_this_cap):
    """Such cost that the tightest of the caps on the same can't take."""
    return cost_beyond_cap_alone + beyond_this_cap


@line(unit="share of cost", over=(SOURCE, CAP, MONTH))
def share_beyond_cap(payable_under_cap_in_period, cost_beyond_cap, part_of_other_caps):
    """Share of what would follow the source's pace that is left out for it, which is before what columns and the plan name."""
    left_out = np.minimum(payable_under_cap_in_period, cost_beyond_cap)
    return ratio(left_out, payable_under_cap_in_period) * (1 - part_of_other_caps)


@line(unit="dollars", over=(SOURCE, CAP, MONTH))
def named_beyond_cap(payable_under_cap_in_period, cost_beyond_cap, part_of_other_caps):
    """What columns and the plan name beyond what the cap can take: no money waits for it."""
    return np.maximum(0, cost_beyond_cap - payable_under_cap_in_period) * (1 - part_of_other_caps)


@total(unit="dollars", over=(SOURCE, MONTH), of="named_beyond_cap", inline=True)
def named_beyond_caps():
    """Such cost under all caps of the source."""


@line(unit="dollars", over=(SOURCE, CAP, MONTH))
def left_out_for_cap(payable_under_cap, share_beyond_cap, share_at_its_pace):
    """Cost that the constant share leaves out for the cap."""
    return payable_under_cap * share_beyond_cap * share_at_its_pace


@total(unit="share of cost", over=(SOURCE, CLASS_CAP, MONTH), of="share_beyond_cap", match={"class": "class"})
def share_of_class_left_out():
    """Share of the class that the source's caps on it can't take in the period."""


@total(unit="share of cost", over=(SOURCE, CLASS_CAP, MONTH), of="share_beyond_cap", match={"cap": "cap"}, inline=True)
def share_beyond_cap_on_class():
    """Share of the class that the cap itself can't take."""


@line(unit="share of cost", over=(SOURCE, CLASS_CAP, CATEGORY, MONTH))
def share_beyond_class_cap(share_beyond_cap_on_class, share_under_class_cap):
    """Share of the category that the cap on a class can't take of its part of it."""
    return share_beyond_cap_on_class * share_under_class_cap
