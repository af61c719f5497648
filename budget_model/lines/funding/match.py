"""Cash match: what a source asks for, what is paid beside each cost or by columns of its own, and what is short or over.

Program income that counts as match, and value in kind where it counts first, meet what is owed first; the pledge pays the rest.
Where match has columns of its own they alone pay it, and what is short or over is known when the source ends.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import carry, line, over_period
from budget_model.engine.vocabulary import nothing_below_tolerance, ratio, when
from budget_model.scenario.axes import Axis

AREA = "funding"
SOURCE, MONTH = Axis.SOURCE, Axis.MONTH


@line(unit="dollars a grant dollar", over=(SOURCE,), inline=True)
def match_per_grant_dollar(source_match_rate, source_match_is_of_total):
    """Match owed for each grant dollar: the rate, or rate / (1 - rate) where it is a share of total project cost."""
    return when(source_match_is_of_total == 1, ratio(source_match_rate, 1 - source_match_rate), source_match_rate)


@line(unit="dollars a grant dollar", over=(SOURCE,))
def in_kind_match_per_grant_dollar(match_per_grant_dollar, source_match_in_kind_share):
    """The part of it that is given in kind and pays no cost of this budget."""
    return match_per_grant_dollar * source_match_in_kind_share


@line(unit="dollars a grant dollar", over=(SOURCE,))
def cash_match_per_grant_dollar(match_per_grant_dollar, in_kind_match_per_grant_dollar):
    """The part of it that is paid in cash."""
    return match_per_grant_dollar - in_kind_match_per_grant_dollar


@line(unit="share", over=(SOURCE,))
def grant_share_of_cost(cash_match_per_grant_dollar, match_has_own_lines):
    """Share of an eligible cost that the source itself pays; cash match pays the rest, unless it has columns of its own."""
    return when(match_has_own_lines == 1, 1, ratio(1, 1 + cash_match_per_grant_dollar))


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def grant_money_matched(drawdown, indirect_claimed, lapse, source_match_is_of_award):
    """Grant money on which match is owed: what is drawn or claimed, and on the award what lapses as well."""
    return drawdown + indirect_claimed + lapse * source_match_is_of_award


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def match_owed(grant_money_matched, cash_match_per_grant_dollar, added_by_rounding_match):
    """Cash match that the source asks for in the month; in its last one with what rounding adds to the match of its period."""
    return grant_money_matched * cash_match_per_grant_dollar + added_by_rounding_match


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def counts_before_cash(income_for_match, contributions_in_kind, source_match_in_kind_counts_first):
    """Program income that counts as match, and value in kind where it counts first: cash is owed for the rest."""
    return income_for_match + contributions_in_kind * source_match_in_kind_counts_first


@carry(unit="dollars", over=(SOURCE, MONTH), of="counts_before_cash_left", start=0, inline=True)
def opening_counts_before_cash_left():
    """Program income, or value in kind, that may count as match and was not yet needed when the month begins."""


@line(unit="dollars", over=(SOURCE, MONTH), inline=True)
def may_count_before_cash(opening_counts_before_cash_left, counts_before_cash):
    """All of it that may meet match in the month."""
    return opening_counts_before_cash_left + counts_before_cash


@over_period(unit="dollars", over=(SOURCE, MONTH), of="counts_before_cash", by="funding_period")
def counts_before_cash_in_period():
    """All of it in the period of the source's money."""


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def match_met_before_cash(
    match_owed,
    may_count_before_cash,
    counts_before_cash,
    match_has_own_lines,
    source_match_in_kind_counts_first,
    source_is_open,
):
    """Match that program income meets, or value in kind where it counts first; it pays no further cost.

    Beside columns of match value in kind counts when it is given in the source's period, owed already or not, for what is short is known
    at the end.
    """
    as_owed = np.minimum(match_owed, may_count_before_cash)
    return when(match_has_own_lines * source_match_in_kind_counts_first == 1, counts_before_cash * source_is_open, as_owed)


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="last")
def counts_before_cash_left(may_count_before_cash, match_met_before_cash):
    """Program income, or value in kind, that may count as match and was not yet needed."""
    return may_count_before_cash - match_met_before_cash


@carry(unit="dollars", over=(SOURCE, MONTH), of="match_left", start="source_match_pledged", inline=True)
def opening_match_left():
    """Match money pledged and not yet spent when the month begins."""


@line(unit="dollars", over=(SOURCE, MONTH))
def match_beside(match_owed, match_met_before_cash, opening_match_left, all_eligible_cost, drawdown, match_has_own_lines):
    """Cash match paid beside what is drawn, as far as the pledge and the cost reach."""
    owed = np.minimum(match_owed - match_met_before_cash, opening_match_left)
    return np.minimum(owed, all_eligible_cost - drawdown) * (1 - match_has_own_lines)


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="last")
def match_left(opening_match_left, match_beside):
    """Match money pledged and not yet spent at the end of the month."""
    return opening_match_left - match_beside


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def match_paid(match_beside, match_lines):
    """Cash match paid: beside what is drawn, or by columns of its own."""
    return match_beside + match_lines


@carry(unit="dollars", over=(SOURCE, MONTH), of="match_ahead", start=0, inline=True)
def opening_match_ahead():
    """Match paid by columns beyond what was owed, or below 0 what was owed and not paid, when the month begins."""


@line(unit="dollars", over=(SOURCE, MONTH))
def match_ahead(opening_match_ahead, match_lines, match_met_before_cash, match_owed, match_has_own_lines):
    """Match paid by columns beyond what is owed to date, or below 0 what is owed and not paid."""
    return opening_match_ahead + (match_lines + match_met_before_cash - match_owed) * match_has_own_lines


@line(unit="1 = yes", over=(SOURCE, MONTH))
def source_closes(source_ends, last_month_of_plan, source_is_open):
    """1 in the source's last month, or the plan's where it goes on after it."""
    return source_is_open * np.maximum(source_ends, last_month_of_plan)


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def match_shortfall(match_owed, match_met_before_cash, match_paid, match_ahead, source_closes, match_has_own_lines):
    """Match owed and not paid: the grant is at risk for it. Of columns of match it is known when the source ends."""
    of_columns = np.maximum(0, -match_ahead) * source_closes
    return nothing_below_tolerance(when(match_has_own_lines == 1, of_columns, match_owed - match_met_before_cash - match_paid))


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def over_match(match_left, source_ends, match_ahead, source_closes, match_has_own_lines):
    """Match pledged, or paid by columns, beyond what the source asked for, when its period ends."""
    of_columns = np.maximum(0, match_ahead) * source_closes
    return nothing_below_tolerance(when(match_has_own_lines == 1, of_columns, match_left * source_ends))
