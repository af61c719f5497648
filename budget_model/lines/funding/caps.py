"""Caps: the most of a source's money that may go to one category, or to one appropriation class.

A cap counts the source's own money (of the award, of the money spent), or that and its cash match (of award and match). Of a
class it counts the part that the class has in each category's cost: such caps are an axis of their own, for they alone need
each category. A month's cost under a cap is paid as far as the cap's room to date reaches; what is above goes to later sources
or into the gap, by name. Where several caps stand on the same category or class, the tightest holds (joint_caps.py).
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import carry, line, total
from budget_model.engine.vocabulary import ratio, when
from budget_model.scenario.axes import Axis

AREA = "funding"
SOURCE, CAP, CLASS_CAP, CATEGORY, MONTH = Axis.SOURCE, Axis.CAP, Axis.CLASS_CAP, Axis.CATEGORY, Axis.MONTH


@line(unit="1 = yes", over=(CAP,))
def cap_counts():
    """1 for each cap."""
    return 1


@total(unit="1 = yes", over=(SOURCE, CAP), of="cap_counts", match={"source": "source"})
def cap_is_of_source():
    """1 where the cap is one of the source's."""


@total(unit="1 = yes", over=(SOURCE, CLASS_CAP), of="cap_is_of_source", match={"cap": "cap"})
def class_cap_is_of_source():
    """1 where the cap on a class is one of the source's."""


@total(unit="dollars", over=(CLASS_CAP, CATEGORY, MONTH), of="cost", match={"class": "class", "category": "category"}, inline=True)
def cost_of_lines_in_capped_class():
    """Cost of the category whose line is in the class that the cap is on."""


@total(
    unit="dollars",
    over=(CLASS_CAP, CATEGORY, MONTH),
    of="set_up_cost",
    match={"set_up_class": "class", "category": "category"},
    inline=True,
)
def set_up_in_capped_class():
    """Set-up of new hires of the category that is in the class that the cap is on."""


@total(unit="dollars", over=(CLASS_CAP, CATEGORY, MONTH), of="set_up_cost", match={"class": "class", "category": "category"}, inline=True)
def set_up_of_positions_in_capped_class():
    """Set-up of new hires of the category whose positions are in the class that the cap is on."""


@line(unit="dollars", over=(CLASS_CAP, CATEGORY, MONTH))
def set_up_moved_under_class_cap(set_up_in_capped_class, set_up_of_positions_in_capped_class):
    """Set-up of new hires that moves into the capped class, or out of it with its positions."""
    return set_up_in_capped_class - set_up_of_positions_in_capped_class


@line(unit="share of cost", over=(CLASS_CAP, CATEGORY, MONTH))
def share_under_class_cap(cost_of_lines_in_capped_class, set_up_moved_under_class_cap, cost_by_category):
    """Share of the category's cost that a cap on a class counts: what the class has in it; all where lines below zero leave less."""
    in_class = ratio(cost_of_lines_in_capped_class + set_up_moved_under_class_cap, cost_by_category)
    return np.minimum(1, np.maximum(0, in_class))


@carry(unit="dollars", over=(SOURCE, MONTH), of="money_awarded_to_date", start=0, inline=True)
def opening_money_awarded_to_date():
    """Money of the source that became available before the month."""


@line(unit="dollars", over=(SOURCE, MONTH))
def money_awarded_to_date(opening_money_awarded_to_date, money_awarded):
    """Money of the source that has become available."""
    return opening_money_awarded_to_date + money_awarded


@line(unit="dollars a grant dollar", over=(SOURCE, CAP))
def counted_of_a_grant_dollar(cap_is_of_source, cap_is_of_award_and_match, grant_share_of_cost):
    """What the cap counts of each dollar that the source pays: the dollar, or the dollar with the match beside it."""
    return cap_is_of_source * when(cap_is_of_award_and_match == 1, ratio(1, grant_share_of_cost), 1)


@line(unit="dollars", over=(SOURCE, CATEGORY, MONTH), inline=True)
def cost_at_its_pace(cost_to_pace, share_at_its_pace, cost_named_to_source):
    """Cost of the category that the source would pay at its pace if its caps and its money reached."""
    return cost_to_pace * share_at_its_pace + cost_named_to_source


@total(unit="dollars", over=(SOURCE, CAP, MONTH), of="cost_to_pace", match={"category": "category"}, inline=True)
def cost_to_pace_under_cap():
    """Cost of the capped category that follows the source's pace."""


@total(unit="dollars", over=(SOURCE, CAP, MONTH), of="cost_named_to_source", match={"category": "category"}, inline=True)
def cost_named_under_cap():
    """Cost of the capped category that columns and the plan give to the source."""


@line(unit="dollars", over=(SOURCE, CLASS_CAP, CATEGORY, MONTH))
def cost_under_class_cap(
    cost_beside_plan, share_of_class_left_out, share_at_its_pace, cost_named_to_source, share_under_class_cap, class_cap_is_of_source
):
    """Part of the category's cost that the source would pay at its pace which its cap on a class counts."""
    paced = cost_beside_plan * np.maximum(0, 1 - share_of_class_left_out) * share_at_its_pace
    return (paced + cost_named_to_source) * share_under_class_cap * class_cap_is_of_source


@total(unit="dollars", over=(SOURCE, CAP, MONTH), of="cost_under_class_cap", match={"cap": "cap"}, inline=True)
def cost_of_class_under_cap():
    """Such cost of all categories."""


@line(unit="dollars", over=(SOURCE, CAP, MONTH))
def all_cost_under_cap(cost_to_pace_under_cap, share_at_its_pace, cost_named_under_cap, cap_is_of_source, cost_of_class_under_cap):
    """Cost that the source would pay at its pace and its cap counts: of its category, or of its class in all categories."""
    return (cost_to_pace_under_cap * share_at_its_pace + cost_named_under_cap) * cap_is_of_source + cost_of_class_under_cap


@total(unit="dollars", over=(CAP, MONTH), of="cost_assigned_to_match", match={"source": "source", "category": "category"}, inline=True)
def match_lines_of_capped_category():
    """What columns of the source's match pay of the category that its cap is on."""


@line(unit="dollars", over=(CAP, MONTH))
def match_lines_under_cap(match_lines_of_capped_category, cap_is_of_award_and_match):
    """What columns of the source's match pay of the category, where the cap counts match."""
    return match_lines_of_capped_category * cap_is_of_award_and_match


@carry(unit="dollars", over=(SOURCE, CAP, MONTH), of="counted_to_date", start=0, inline=True)
def opening_counted_to_date():
    """What the cap counted before the month."""


@carry(unit="dollars", over=(SOURCE, MONTH), of="drawn_to_date", start=0, inline=True)
def opening_drawn_to_date():
    """Money drawn from the source before the month."""


@line(unit="dollars", over=(SOURCE, CAP, MONTH))
def counted_cost_under_cap(all_cost_under_cap, counted_of_a_grant_dollar, grant_share_of_cost):
    """What the cap would count if the source paid all of the month's cost under it."""
    return all_cost_under_cap * counted_of_a_grant_dollar * grant_share_of_cost


@line(unit="dollars", over=(SOURCE, CAP, MONTH))
def room_within_award(
    cap_share,
    money_awarded_to_date,
    cap_is_of_award,
    cap_is_of_award_and_match,
    cash_match_per_grant_dollar,
    opening_counted_to_date,
    match_lines_under_cap,
):
    """What a cap on the award, or on award and match, may still count: its share of them to date, less what it counted."""
    counts = cap_is_of_award + cap_is_of_award_and_match * (1 + cash_match_per_grant_dollar)
    return np.maximum(0, cap_share * money_awarded_to_date * counts - opening_counted_to_date - match_lines_under_cap)


@line(unit="share of cost", over=(SOURCE, CAP, MONTH))
def share_within_award(counted_cost_under_cap, cap_is_of_money_spent, room_within_award):
    """Share of the month's cost that a cap on the award, or on award and match, lets pass; 1 for a cap on the money spent."""
    asked = counted_cost_under_cap * (1 - cap_is_of_money_spent)
    return when(asked > room_within_award, ratio(room_within_award, asked), 1)


@line(unit="share of cost", over=(SOURCE, CAP, MONTH))
def share_held_by_cap_alone(share_within_award, cap_is_of_money_spent):
    """Share of cost that draws no money on which a cap on the money spent may rely: refused by other caps, or under such a cap."""
    return 1 - share_within_award * (1 - cap_is_of_money_spent)


@line(unit="dollars", over=(SOURCE, CAP, MONTH))
def cost_held_by_cap(all_cost_under_cap, share_held_by_cap_alone, share_held_by_other_caps):
    """Such cost, counted once where several caps are on the same."""
    return all_cost_under_cap * (share_held_by_cap_alone - share_held_by_other_caps)


@total(unit="dollars", over=(SOURCE, MONTH), of="cost_held_by_cap", inline=True)
def all_cost_held_by_caps():
    """That cost under all caps of the source."""


@line(unit="dollars", over=(SOURCE, MONTH), inline=True)
def drawn_by_other_cost(all_cost_at_its_pace, all_cost_held_by_caps, grant_share_of_cost, opening_drawn_to_date):
    """Money drawn to date, with what cost that no cap on the money spent counts will draw in the month."""
    return opening_drawn_to_date + np.maximum(0, all_cost_at_its_pace - all_cost_held_by_caps) * grant_share_of_cost


@line(unit="dollars", over=(SOURCE, CAP, MONTH))
def room_within_spending(cap_share, drawn_by_other_cost, opening_counted_to_date):
    """What a cap on the money spent may still count of the money that it does not count."""
    return np.maximum(0, cap_share * drawn_by_other_cost - opening_counted_to_date)


@line(unit="share of cost", over=(SOURCE, CAP, MONTH))
def share_refused_by_cap_alone(share_within_award, cap_is_of_money_spent, cap_share, counted_cost_under_cap, room_within_spending):
    """Share of the month's cost under the cap that it refuses: what it counts then is at most its share of all that is drawn."""
    asked = counted_cost_under_cap * (1 - cap_share)
    within = when(asked * cap_is_of_money_spent > room_within_spending, ratio(room_within_spending, asked), 1)
    return 1 - np.minimum(share_within_award, within)


@line(unit="share of cost", over=(SOURCE, CAP, MONTH))
def share_refused_by_cap(share_refused_by_cap_alone, share_named_under_other_caps):
    """That share, less what of it is named under other caps on the same."""
    return share_refused_by_cap_alone - share_named_under_other_caps


@line(unit="dollars", over=(SOURCE, CAP, MONTH))
def refused_by_cap(all_cost_under_cap, share_refused_by_cap):
    """Cost that the source would pay but for its cap."""
    return all_cost_under_cap * share_refused_by_cap


@total(unit="dollars", over=(SOURCE, CATEGORY, MONTH), of="refused_by_cap", match={"category": "category"}, inline=True)
def refused_by_category_caps():
    """Cost of the category that the source would pay but for its caps on the category."""


@total(unit="share of cost", over=(SOURCE, CLASS_CAP, MONTH), of="share_refused_by_cap", match={"cap": "cap"}, inline=True)
def share_refused_by_class_cap():
    """Share of the month's cost under the cap on a class that it refuses."""


@line(unit="dollars", over=(SOURCE, CLASS_CAP, CATEGORY, MONTH))
def refused_by_class_cap(cost_under_class_cap, share_refused_by_class_cap):
    """Cost of the category that the source would pay but for its cap on a class."""
    return cost_under_class_cap * share_refused_by_class_cap


@total(unit="dollars", over=(SOURCE, CATEGORY, MONTH), of="refused_by_class_cap", inline=True)
def refused_by_class_caps():
    """Cost of the category that the source would pay but for its caps on classes."""


@line(unit="dollars", over=(SOURCE, CAP, MONTH))
def counted_to_date(
    opening_counted_to_date,
    all_cost_under_cap,
    share_refused_by_cap_alone,
    share_refused_by_other_caps,
    drawdown,
    all_eligible_cost,
    counted_of_a_grant_dollar,
    match_lines_under_cap,
    cap_is_of_source,
):
    """What the cap has counted: money that the source paid of cost under it, with the match where that counts."""
    let_pass = 1 - share_refused_by_cap_alone - share_refused_by_other_caps
    drawn = all_cost_under_cap * let_pass * ratio(drawdown, all_eligible_cost)
    return opening_counted_to_date + drawn * counted_of_a_grant_dollar + match_lines_under_cap * cap_is_of_source


@line(unit="dollars", over=(SOURCE, MONTH))
def drawn_to_date(opening_drawn_to_date, drawdown):
    """Money drawn from the source."""
    return opening_drawn_to_date + drawdown
