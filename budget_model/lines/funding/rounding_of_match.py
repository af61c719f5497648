"""Rounding of cash match, up, down or to the nearest cent, dollar or other amount: of what is owed in all, in the source's last month.

What grant and match pay of a cost follows: the match is rounded, and the grant pays the rest. So the match is rounded of what is owed,
of the cost that both pay, and of the money that a constant share spreads over its period. How a sum is rounded stands in
engine/rounding.py. Plans whose sources do not round have none of these rows.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rounding import difference, gained_by_rounding_up, size_rounded_up, taken_off_again
from budget_model.engine.rows import carry, line
from budget_model.engine.vocabulary import ratio, when
from budget_model.scenario.axes import Axis

AREA = "funding"
SOURCE, MONTH = Axis.SOURCE, Axis.MONTH


@line(unit="parts of a dollar", over=(SOURCE,))
def units_of_match(source_match_rounded_to):
    """How many of what the match is rounded to are a dollar; 0 where it is not rounded."""
    return ratio(1, source_match_rounded_to)


@line(unit="parts of a dollar", over=(SOURCE,))
def units_of_match_beside(units_of_match, match_has_own_lines):
    """The same where the match is paid beside what is drawn, and not by columns of its own."""
    return units_of_match * (1 - match_has_own_lines)


@line(unit="parts", over=(SOURCE,))
def most_gained_by_rounding_match(source_match_rounds_up, source_match_rounds_down):
    """Twice the part that rounding may add: all of it where it is up, none where it is down, else half."""
    return 1 + source_match_rounds_up - source_match_rounds_down


@carry(unit="dollars", over=(SOURCE, MONTH), of="match_owed_to_date", start=0, inline=True)
def opening_match_owed_to_date():
    """Cash match owed before the month, to the last digit."""


@line(unit="dollars", over=(SOURCE, MONTH))
def match_owed_to_date(opening_match_owed_to_date, grant_money_matched, cash_match_per_grant_dollar):
    """Cash match owed to date, to the last digit."""
    return opening_match_owed_to_date + grant_money_matched * cash_match_per_grant_dollar


@line(unit="parts of a dollar", over=(SOURCE, MONTH))
def match_owed_rounded_up(match_owed_to_date, units_of_match, source_closes):
    """The match owed in all, in the source's last month, rounded up."""
    return size_rounded_up(match_owed_to_date, units_of_match, source_closes)


@line(unit="parts of a dollar", over=(SOURCE, MONTH))
def gained_by_rounding_match_owed_up(match_owed_to_date, match_owed_rounded_up, units_of_match, source_closes):
    """What rounding up adds to it."""
    return gained_by_rounding_up(match_owed_to_date, match_owed_rounded_up, units_of_match, source_closes)


@line(unit="parts of a dollar", over=(SOURCE, MONTH))
def taken_off_match_owed(
    match_owed_rounded_up,
    gained_by_rounding_match_owed_up,
    most_gained_by_rounding_match,
    source_match_rounds_half_to_even,
    source_match_rounds_up,
):
    """1 where it is rounded to the next below, else 0."""
    return taken_off_again(
        match_owed_rounded_up,
        gained_by_rounding_match_owed_up,
        most_gained_by_rounding_match,
        source_match_rounds_half_to_even,
        source_match_rounds_up,
    )


@line(unit="dollars", over=(SOURCE, MONTH))
def rounding_of_match(match_owed_to_date, match_owed_rounded_up, taken_off_match_owed, units_of_match, source_closes):
    """What rounding adds to the match owed when the source's period, or the plan, ends; below zero where it takes away."""
    return difference(match_owed_to_date, match_owed_rounded_up - taken_off_match_owed, units_of_match, source_closes)


@line(unit="dollars", over=(SOURCE, MONTH))
def added_by_rounding_match(rounding_of_match, grant_money_matched, cash_match_per_grant_dollar, units_of_match):
    """The same, as far as match is owed in the month."""
    return np.maximum(rounding_of_match, -grant_money_matched * cash_match_per_grant_dollar) * when(units_of_match > 0, 1, 0)


@carry(unit="dollars", over=(SOURCE, MONTH), of="match_of_cost_to_date", start=0, inline=True)
def opening_match_of_cost_to_date():
    """Match of eligible cost before the month, to the last digit."""


@line(unit="dollars", over=(SOURCE, MONTH))
def match_of_cost_to_date(opening_match_of_cost_to_date, drawn_for_cost_unrounded, cash_match_per_grant_dollar):
    """Match of eligible cost to date, to the last digit, if the source's money reached."""
    return opening_match_of_cost_to_date + drawn_for_cost_unrounded * cash_match_per_grant_dollar


@line(unit="parts of a dollar", over=(SOURCE, MONTH))
def match_of_cost_rounded_up(match_of_cost_to_date, units_of_match_beside, source_closes):
    """The match of all eligible cost, in the source's last month, rounded up."""
    return size_rounded_up(match_of_cost_to_date, units_of_match_beside, source_closes)


@line(unit="parts of a dollar", over=(SOURCE, MONTH))
def gained_by_rounding_match_of_cost_up(match_of_cost_to_date, match_of_cost_rounded_up, units_of_match_beside, source_closes):
    """What rounding up adds to it."""
    return gained_by_rounding_up(match_of_cost_to_date, match_of_cost_rounded_up, units_of_match_beside, source_closes)


@line(unit="parts of a dollar", over=(SOURCE, MONTH))
def taken_off_match_of_cost(
    match_of_cost_rounded_up,
    gained_by_rounding_match_of_cost_up,
    most_gained_by_rounding_match,
    source_match_rounds_half_to_even,
    source_match_rounds_up,
):
    """1 where it is rounded to the next below, else 0."""
    return taken_off_again(
        match_of_cost_rounded_up,
        gained_by_rounding_match_of_cost_up,
        most_gained_by_rounding_match,
        source_match_rounds_half_to_even,
        source_match_rounds_up,
    )


@line(unit="dollars", over=(SOURCE, MONTH))
def rounding_of_match_of_cost(
    match_of_cost_to_date, match_of_cost_rounded_up, taken_off_match_of_cost, units_of_match_beside, source_closes
):
    """What rounding adds to the match of all eligible cost; below zero where it takes away."""
    return difference(match_of_cost_to_date, match_of_cost_rounded_up - taken_off_match_of_cost, units_of_match_beside, source_closes)


@line(unit="dollars", over=(SOURCE, MONTH))
def taken_by_rounded_match(rounding_of_match_of_cost, drawn_for_cost_unrounded, all_eligible_cost):
    """What that takes from the source's own part of the month's cost, or below zero leaves to it, as far as there is cost."""
    return np.minimum(drawn_for_cost_unrounded, np.maximum(drawn_for_cost_unrounded - all_eligible_cost, rounding_of_match_of_cost))


@line(unit="dollars", over=(SOURCE, MONTH))
def match_of_period(money_of_period, money_kept_for_year, cash_match_per_grant_dollar):
    """Match of all money of the period, to the last digit."""
    return (money_of_period + money_kept_for_year) * cash_match_per_grant_dollar


@line(unit="parts of a dollar", over=(SOURCE, MONTH))
def match_of_period_rounded_up(match_of_period, units_of_match_beside):
    """The match of all money of the period, rounded up."""
    return size_rounded_up(match_of_period, units_of_match_beside, 1)


@line(unit="parts of a dollar", over=(SOURCE, MONTH))
def gained_by_rounding_match_of_period_up(match_of_period, match_of_period_rounded_up, units_of_match_beside):
    """What rounding up adds to it."""
    return gained_by_rounding_up(match_of_period, match_of_period_rounded_up, units_of_match_beside, 1)


@line(unit="parts of a dollar", over=(SOURCE, MONTH))
def taken_off_match_of_period(
    match_of_period_rounded_up,
    gained_by_rounding_match_of_period_up,
    most_gained_by_rounding_match,
    source_match_rounds_half_to_even,
    source_match_rounds_up,
):
    """1 where it is rounded to the next below, else 0."""
    return taken_off_again(
        match_of_period_rounded_up,
        gained_by_rounding_match_of_period_up,
        most_gained_by_rounding_match,
        source_match_rounds_half_to_even,
        source_match_rounds_up,
    )


@line(unit="dollars", over=(SOURCE, MONTH))
def rounding_of_match_of_period(match_of_period, match_of_period_rounded_up, taken_off_match_of_period, units_of_match_beside):
    """What rounding adds to the match of all money of the period; below zero where it takes away."""
    return difference(match_of_period, match_of_period_rounded_up - taken_off_match_of_period, units_of_match_beside, 1)
