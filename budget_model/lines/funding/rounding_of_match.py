"""Rounding of cash match, up, down or to the nearest cent, dollar or other amount: of what is owed in all, in the source's last month.

What grant and match pay of a cost follows: the match is rounded, and the grant pays the rest. Plans whose sources do not round
have none of these rows.
"""

from __future__ import annotations

from budget_model.engine.rounding import added_by_rounding
from budget_model.engine.rows import carry, line
from budget_model.engine.vocabulary import ratio
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


@line(unit="dollars", over=(SOURCE, MONTH))
def rounding_of_match(
    match_owed_to_date,
    units_of_match,
    most_gained_by_rounding_match,
    source_match_rounds_half_to_even,
    source_match_rounds_up,
    source_closes,
):
    """What rounding adds to the match owed when the source's period, or the plan, ends; below zero where it takes away."""
    return added_by_rounding(
        match_owed_to_date,
        units_of_match,
        most_gained_by_rounding_match,
        source_match_rounds_half_to_even,
        source_match_rounds_up,
        source_closes,
    )


@carry(unit="dollars", over=(SOURCE, MONTH), of="match_of_cost_to_date", start=0, inline=True)
def opening_match_of_cost_to_date():
    """Match of eligible cost before the month, to the last digit."""


@line(unit="dollars", over=(SOURCE, MONTH))
def match_of_cost_to_date(opening_match_of_cost_to_date, drawn_for_cost_unrounded, cash_match_per_grant_dollar):
    """Match of eligible cost to date, to the last digit, if the source's money reached."""
    return opening_match_of_cost_to_date + drawn_for_cost_unrounded * cash_match_per_grant_dollar


@line(unit="dollars", over=(SOURCE, MONTH))
def rounding_of_match_of_cost(
    match_of_cost_to_date,
    units_of_match_beside,
    most_gained_by_rounding_match,
    source_match_rounds_half_to_even,
    source_match_rounds_up,
    source_closes,
):
    """What rounding adds to the match of all eligible cost when the period ends; below zero where it takes away."""
    return added_by_rounding(
        match_of_cost_to_date,
        units_of_match_beside,
        most_gained_by_rounding_match,
        source_match_rounds_half_to_even,
        source_match_rounds_up,
        source_closes,
    )


@line(unit="dollars", over=(SOURCE, MONTH))
def rounding_of_match_of_period(
    money_of_period,
    money_kept_for_year,
    cash_match_per_grant_dollar,
    units_of_match_beside,
    most_gained_by_rounding_match,
    source_match_rounds_half_to_even,
    source_match_rounds_up,
):
    """What rounding adds to the match of all money of the period."""
    return added_by_rounding(
        (money_of_period + money_kept_for_year) * cash_match_per_grant_dollar,
        units_of_match_beside,
        most_gained_by_rounding_match,
        source_match_rounds_half_to_even,
        source_match_rounds_up,
        1,
    )
