"""What is drawn from each source month by month, as far as its money reaches, and what is left of it.

Within a month a source shares its money over its categories in proportion to what it would pay of them. A matched grant pays
its share of a cost and the County's cash match the rest, side by side (convention A16: rate and basis are parameters).
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import carry, line, total
from budget_model.engine.vocabulary import nothing_below_tolerance, ratio
from budget_model.scenario.axes import Axis

AREA = "funding"
SOURCE, CATEGORY, MONTH, YEAR = Axis.SOURCE, Axis.CATEGORY, Axis.MONTH, Axis.YEAR


@line(unit="dollars", over=(SOURCE, CATEGORY, MONTH))
def eligible_cost(cost_at_its_pace, refused_by_category_caps, refused_by_class_caps):
    """Cost of the category that the source may pay in the month at its pace, as far as its caps allow."""
    return np.maximum(0, cost_at_its_pace - refused_by_category_caps - refused_by_class_caps)


@total(unit="dollars", over=(SOURCE, MONTH), of="eligible_cost", in_a_year="sum")
def all_eligible_cost():
    """Such cost of all the source's categories."""


@carry(unit="dollars", over=(SOURCE, MONTH), of="award_left", start=0, inline=True)
def opening_award_left():
    """Money of the source left when the month begins."""


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def income_deducted(opening_award_left, money_awarded, income_to_deduct, grant_share_of_cost):
    """Money that the source gives up for program income: its share of it, as far as it has any; match beside it falls by the rest."""
    return np.minimum(opening_award_left + money_awarded, income_to_deduct * grant_share_of_cost)


@line(unit="dollars", over=(SOURCE, MONTH))
def money_to_draw(opening_award_left, money_awarded, income_deducted, money_held_back):
    """Money of the source that may be drawn in the month."""
    return np.maximum(0, opening_award_left + money_awarded - income_deducted - money_held_back)


@line(unit="dollars", over=(SOURCE, MONTH))
def drawn_for_cost_unrounded(all_eligible_cost, may_count_before_cash, grant_share_of_cost):
    """What the source may pay of its eligible cost: its share, and more where income or value in kind meets a part of the match."""
    cost = nothing_below_tolerance(all_eligible_cost)
    return np.minimum(cost, (cost + may_count_before_cash) * grant_share_of_cost)


@line(unit="dollars", over=(SOURCE, MONTH), inline=True)
def most_drawn_for_cost(drawn_for_cost_unrounded, taken_by_rounded_match):
    """The same where the match beside it is rounded: the source pays the rest."""
    return drawn_for_cost_unrounded - taken_by_rounded_match


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def drawdown(money_to_draw, share_released_for_cost, source_pays_what_arises, all_eligible_cost, most_drawn_for_cost):
    """Money drawn from the source in the month for cost of this budget: as far as it has any, or all where it pays what arises."""
    money = money_to_draw * share_released_for_cost + source_pays_what_arises * all_eligible_cost
    return np.minimum(money, most_drawn_for_cost)


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def indirect_claimed(drawdown, source_claimable_indirect_rate, money_to_draw, source_pays_what_arises, source_is_county_money):
    """Overhead claimed beside what is drawn from outside the County's own money, as far as money is left (2 CFR 200.414).

    It pays back cost that is budgeted elsewhere.
    """
    left = money_to_draw - drawdown + source_pays_what_arises * drawdown * (1 + source_claimable_indirect_rate)
    return np.minimum(drawdown * source_claimable_indirect_rate, left) * (1 - source_is_county_money)


@line(unit="dollars", over=(SOURCE, MONTH), inline=True)
def unspent_money(opening_award_left, money_awarded, income_deducted, drawdown, indirect_claimed, source_pays_what_arises):
    """Money of the source not drawn by the end of the month, before any of it expires; a source without an amount has none left."""
    drawn = (drawdown + indirect_claimed) * (1 - source_pays_what_arises)
    return opening_award_left + money_awarded - income_deducted - drawn


@line(unit="dollars", over=(SOURCE, MONTH))
def money_that_could_pay(unspent_money, grant_share_of_cost, counts_before_cash_left):
    """Cost that money left at the end of the month could pay with its cash match."""
    return np.maximum(unspent_money, ratio(unspent_money, grant_share_of_cost) - counts_before_cash_left)


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="last")
def award_left(unspent_money, money_expires):
    """Money of the source left for the next month."""
    return unspent_money * (1 - money_expires)


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def lapse(unspent_money, money_expires):
    """Money not used in time: what is left of an award when its period ends, and of a yearly amount each June unless it is kept."""
    return nothing_below_tolerance(unspent_money * money_expires)


@line(unit="share of cost", over=(SOURCE, MONTH))
def share_paid_of_eligible(drawdown, match_beside, all_eligible_cost):
    """Share of eligible cost that the source and the match beside it pay, the same of each category."""
    return ratio(drawdown + match_beside, all_eligible_cost)


@line(unit="dollars", over=(SOURCE, CATEGORY, MONTH), inline=True)
def paid_of_eligible(eligible_cost, share_paid_of_eligible):
    """What the source and the match beside it pay of the category."""
    return eligible_cost * share_paid_of_eligible


@line(unit="dollars", over=(SOURCE, CATEGORY, MONTH), in_a_year="sum")
def paid_by_category(paid_of_eligible, match_lines_by_category):
    """What the source and its match pay of the category: in proportion to what is eligible, and by the columns of match."""
    return paid_of_eligible + match_lines_by_category


@total(unit="dollars", over=(MONTH,), of="drawdown", in_a_year="sum")
def all_drawdown():
    """Money drawn from all sources."""


@line(unit="dollars", over=(SOURCE, YEAR))
def drawdown_awarded(drawdown, source_is_awarded):
    """Money drawn from a source that is awarded."""
    return drawdown * source_is_awarded


@total(unit="dollars", over=(YEAR,), of="drawdown_awarded")
def all_drawdown_awarded():
    """Money drawn from all sources that are awarded: what others would pay is asked for, and not yet sure."""


@total(unit="dollars", over=(MONTH,), of="match_paid", in_a_year="sum")
def all_match_paid():
    """Cash match paid beside all grants."""


@total(unit="dollars", over=(MONTH,), of="indirect_claimed", in_a_year="sum")
def all_indirect_claimed():
    """Overhead claimed from all sources, for cost that is budgeted elsewhere."""


@line(unit="dollars", over=(MONTH,), in_a_year="sum")
def funding_gap(gross_appropriation, saved_beyond_cost, all_drawdown, all_match_paid):
    """Cost that no source pays: county money beyond what is authorized or asked of the County."""
    return nothing_below_tolerance(gross_appropriation + saved_beyond_cost - all_drawdown - all_match_paid)
