"""Who pays: sources are used in their order, each in its period, for its categories, as far as its award reaches.

Within a month a source shares its money over its categories in proportion to what is still unpaid of them. A matched
grant pays its share of a cost and the County's cash match the rest, so match is spent side by side with the grant
(convention A16: the base of the rate is a parameter). What no source pays is the funding gap.
"""

from __future__ import annotations

import numpy as np

from budget_model.rows import Axis, carry, line, total
from budget_model.vocabulary import ratio, settle, when

SOURCE, CATEGORY, MONTH = Axis.SOURCE, Axis.CATEGORY, Axis.MONTH


@line(unit="1 = yes", over=(SOURCE, MONTH))
def source_is_open(month, source_first_month, source_last_month):
    """1 in the period of performance, else 0."""
    return when(month >= source_first_month, 1, 0) * when(month <= source_last_month, 1, 0)


@line(unit="1 = yes", over=(SOURCE, MONTH))
def source_begins(month, source_first_month):
    """1 in the first month of the period, else 0."""
    return when(month == source_first_month, 1, 0)


@line(unit="1 = yes", over=(SOURCE, MONTH))
def source_ends(month, source_last_month):
    """1 in the last month of the period, else 0."""
    return when(month == source_last_month, 1, 0)


@line(unit="1 = yes", over=(SOURCE, MONTH))
def source_year_begins(source_is_open, source_begins, fiscal_year_starts):
    """1 in the first month of the period and in each July within it, else 0."""
    return source_is_open * np.maximum(source_begins, fiscal_year_starts)


@line(unit="1 = yes", over=(SOURCE, MONTH))
def award_expires(source_is_open, source_ends, fiscal_year_ends, source_yearly_amount):
    """1 in the month after which money left is lost: the last of the period, and each June for a yearly amount."""
    return source_is_open * np.maximum(source_ends, fiscal_year_ends * when(source_yearly_amount > 0, 1, 0))


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def money_awarded(source_award, source_begins, source_yearly_amount, source_year_begins):
    """Money that becomes available: the award in the first month, a yearly amount at the start of each fiscal year."""
    return source_award * source_begins + source_yearly_amount * source_year_begins


@line(unit="dollars a grant dollar", over=(SOURCE,))
def match_per_grant_dollar(source_match_rate, source_match_is_of_total):
    """Match owed for each dollar drawn: the rate, or rate / (1 - rate) where it is a share of total project cost."""
    return when(source_match_is_of_total == 1, ratio(source_match_rate, 1 - source_match_rate), source_match_rate)


@line(unit="share", over=(SOURCE,))
def grant_share_of_cost(match_per_grant_dollar):
    """Share of an eligible cost that the source itself pays; the match pays the rest."""
    return ratio(1, 1 + match_per_grant_dollar)


@carry(unit="dollars", over=(SOURCE, CATEGORY, MONTH), of="unpaid_after", start="cost_by_category", along=SOURCE)
def unpaid_before():
    """Cost of the category that earlier sources left unpaid."""


@line(unit="dollars", over=(SOURCE, CATEGORY, MONTH))
def eligible_cost(unpaid_before, source_pays, source_is_open):
    """Unpaid cost that the source may pay in the month."""
    return unpaid_before * source_pays * source_is_open


@total(unit="dollars", over=(SOURCE, MONTH), of="eligible_cost", in_a_year="sum")
def all_eligible_cost():
    """Unpaid cost of all the source's categories."""


@carry(unit="dollars", over=(SOURCE, MONTH), of="award_left", start=0)
def opening_award_left():
    """Money of the source left when the month begins."""


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def drawdown(opening_award_left, money_awarded, all_eligible_cost, grant_share_of_cost):
    """Money drawn from the source in the month."""
    return np.minimum(opening_award_left + money_awarded, all_eligible_cost * grant_share_of_cost)


@line(unit="dollars", over=(SOURCE, MONTH))
def unspent_money(opening_award_left, money_awarded, drawdown):
    """Money of the source not drawn by the end of the month, before any of it expires."""
    return opening_award_left + money_awarded - drawdown


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="last")
def award_left(unspent_money, award_expires):
    """Money of the source left for the next month."""
    return unspent_money * (1 - award_expires)


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def lapse(unspent_money, award_expires):
    """Money lost: what is left of an award when its period ends, and of a yearly amount each June."""
    return settle(unspent_money * award_expires)


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def match_owed(drawdown, match_per_grant_dollar):
    """Match that the month's drawdown asks for."""
    return drawdown * match_per_grant_dollar


@carry(unit="dollars", over=(SOURCE, MONTH), of="match_left", start="source_match_pledged")
def opening_match_left():
    """Match money pledged and not yet spent when the month begins."""


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def match_paid(match_owed, opening_match_left):
    """Cash match paid, as far as the pledge reaches."""
    return np.minimum(match_owed, opening_match_left)


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="last")
def match_left(opening_match_left, match_paid):
    """Match money pledged and not yet spent at the end of the month."""
    return opening_match_left - match_paid


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def match_shortfall(match_owed, match_paid):
    """Match owed that the pledge does not cover: the grant is at risk for it."""
    return settle(match_owed - match_paid)


@line(unit="dollars", over=(SOURCE, CATEGORY, MONTH), in_a_year="sum")
def paid_by_category(eligible_cost, drawdown, match_paid, all_eligible_cost):
    """What the source and its match pay of the category, in proportion to what is unpaid."""
    return eligible_cost * ratio(drawdown + match_paid, all_eligible_cost)


@line(unit="dollars", over=(SOURCE, CATEGORY, MONTH))
def unpaid_after(unpaid_before, paid_by_category):
    """Cost of the category left to later sources."""
    return settle(unpaid_before - paid_by_category)


@total(unit="dollars", over=(MONTH,), of="drawdown", in_a_year="sum")
def all_drawdown():
    """Money drawn from all sources."""


@total(unit="dollars", over=(MONTH,), of="match_paid", in_a_year="sum")
def all_match_paid():
    """Cash match paid beside all grants."""


@line(unit="dollars", over=(MONTH,), in_a_year="sum")
def funding_gap(gross_appropriation, all_drawdown, all_match_paid):
    """Cost that no source pays."""
    return settle(gross_appropriation - all_drawdown - all_match_paid)
