"""Rounding of a rate: of what it is a rate of and of what it comes to, to the cent or the dollar.

The sum of a period is rounded: all months of the rate, a fiscal year, a year from its first month, or a month. What it comes to is rounded
to date in each month, so that months add up to what is rounded, and nothing is left to months in which nothing arises. How
a sum is rounded stands in engine/rounding.py. The last month of the rate or of the plan ends a period too.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rounding import difference, gained_by_rounding_up, size_rounded_up, taken_off_again
from budget_model.engine.rows import carry, line
from budget_model.engine.vocabulary import round_up, when
from budget_model.scenario.axes import Axis

AREA = "services"
RATE, MONTH = Axis.RATE, Axis.MONTH


@carry(unit="months", over=(RATE, MONTH), of="months_of_rate", start=0, inline=True)
def opening_months_of_rate():
    """Months in which the rate was charged, before the month."""


@line(unit="months", over=(RATE, MONTH))
def months_of_rate(opening_months_of_rate, rate_is_charged):
    """Months in which the rate was charged, this month included."""
    return opening_months_of_rate + rate_is_charged


@line(unit="1 = yes", over=(RATE, MONTH))
def year_of_rate_ends(months_of_rate):
    """1 where twelve months from the first month of the rate, or from twelve months later, end."""
    return when(round_up(months_of_rate / 12) * 12 == months_of_rate, 1, 0)


@line(unit="1 = yes", over=(RATE, MONTH))
def rounded_year_ends(rate_rounds_all_months, rate_rounds_fiscal_years, fiscal_year_ends, rate_rounds_months, year_of_rate_ends):
    """1 where a period of which the sum is rounded ends by the calendar."""
    of_years = when(rate_rounds_fiscal_years == 1, fiscal_year_ends, year_of_rate_ends)
    return when(rate_rounds_all_months == 1, 0, when(rate_rounds_months == 1, 1, of_years))


@line(unit="1 = yes", over=(RATE, MONTH))
def rounded_period_ends(rounded_year_ends, month, rate_last_month, last_month_of_plan, rate_is_charged):
    """1 in the last month of each period of which the sum is rounded."""
    return rate_is_charged * np.maximum(np.maximum(rounded_year_ends, last_month_of_plan), when(month == rate_last_month, 1, 0))


@carry(unit="1 = yes", over=(RATE, MONTH), of="rounded_period_ends", start=0, inline=True)
def rounded_period_has_ended():
    """1 in the month after such a period."""


@line(unit="parts", over=(RATE,))
def most_gained_by_rounding_up(rate_rounds_up, rate_rounds_down):
    """Twice the part of a cent or dollar that rounding may add: all of it where it is up, none where it is down, else half."""
    return 1 + rate_rounds_up - rate_rounds_down


@line(unit="cents in a dollar", over=(RATE,))
def units_of_base(rate_rounds_its_base_to_cents, rate_rounds_its_base_to_dollars):
    """Units in a dollar to which the base is rounded: 100 cents, 1 dollar; 0 where it is not rounded."""
    return 100 * rate_rounds_its_base_to_cents + rate_rounds_its_base_to_dollars


@carry(unit="dollars", over=(RATE, MONTH), of="base_to_round", start=0, inline=True)
def opening_base_to_round():
    """What the rate was a rate of in the period to be rounded, before the month."""


@line(unit="dollars", over=(RATE, MONTH))
def base_to_round(opening_base_to_round, rounded_period_has_ended, base_before_rounding):
    """What the rate is a rate of since the period to be rounded began."""
    return opening_base_to_round * (1 - rounded_period_has_ended) + base_before_rounding


@line(unit="cents or dollars", over=(RATE, MONTH))
def base_rounded_up(base_to_round, units_of_base):
    """The size of the period's base to date, rounded up."""
    return size_rounded_up(base_to_round, units_of_base, 1)


@line(unit="cents or dollars", over=(RATE, MONTH))
def gained_by_rounding_base_up(base_to_round, base_rounded_up, units_of_base):
    """What rounding up adds to the size of the period's base to date."""
    return gained_by_rounding_up(base_to_round, base_rounded_up, units_of_base, 1)


@line(unit="cents or dollars", over=(RATE, MONTH))
def taken_off_base(base_rounded_up, gained_by_rounding_base_up, most_gained_by_rounding_up, rate_rounds_half_to_even, rate_rounds_up):
    """1 where the base is rounded to the cent or dollar below, else 0."""
    return taken_off_again(
        base_rounded_up, gained_by_rounding_base_up, most_gained_by_rounding_up, rate_rounds_half_to_even, rate_rounds_up
    )


@line(unit="dollars", over=(RATE, MONTH))
def rounding_of_base_to_date(base_to_round, base_rounded_up, taken_off_base, units_of_base):
    """What rounding adds to the period's base to date; below zero where it takes away."""
    return difference(base_to_round, base_rounded_up - taken_off_base, units_of_base, 1)


@carry(unit="dollars", over=(RATE, MONTH), of="rounding_of_base_to_date", start=0, inline=True)
def opening_rounding_of_base():
    """What it added before the month."""


@line(unit="dollars", over=(RATE, MONTH), in_a_year="sum")
def rounding_of_base(rounding_of_base_to_date, opening_rounding_of_base, rounded_period_has_ended):
    """What rounding adds to the month's base; below zero where it takes away."""
    return rounding_of_base_to_date - opening_rounding_of_base * (1 - rounded_period_has_ended)


@line(unit="cents in a dollar", over=(RATE,))
def units_of_rate(rate_is_rounded_to_cents, rate_is_rounded_to_dollars):
    """Units in a dollar to which the rate's amount is rounded: 100 cents, 1 dollar; 0 where it is not rounded."""
    return 100 * rate_is_rounded_to_cents + rate_is_rounded_to_dollars


@carry(unit="dollars", over=(RATE, MONTH), of="rate_to_round", start=0, inline=True)
def opening_rate_to_round():
    """What the rate came to in the period to be rounded, before the month."""


@line(unit="dollars", over=(RATE, MONTH))
def rate_to_round(opening_rate_to_round, rounded_period_has_ended, rate_before_rounding):
    """What the rate comes to since the period to be rounded began."""
    return opening_rate_to_round * (1 - rounded_period_has_ended) + rate_before_rounding


@line(unit="cents or dollars", over=(RATE, MONTH))
def rate_rounded_up(rate_to_round, units_of_rate):
    """The size of the period's amount to date, rounded up."""
    return size_rounded_up(rate_to_round, units_of_rate, 1)


@line(unit="cents or dollars", over=(RATE, MONTH))
def gained_by_rounding_rate_up(rate_to_round, rate_rounded_up, units_of_rate):
    """What rounding up adds to the size of the period's amount to date."""
    return gained_by_rounding_up(rate_to_round, rate_rounded_up, units_of_rate, 1)


@line(unit="cents or dollars", over=(RATE, MONTH))
def taken_off_rate(rate_rounded_up, gained_by_rounding_rate_up, most_gained_by_rounding_up, rate_rounds_half_to_even, rate_rounds_up):
    """1 where the amount is rounded to the cent or dollar below, else 0."""
    return taken_off_again(
        rate_rounded_up, gained_by_rounding_rate_up, most_gained_by_rounding_up, rate_rounds_half_to_even, rate_rounds_up
    )


@line(unit="dollars", over=(RATE, MONTH))
def rounding_of_rate_to_date(rate_to_round, rate_rounded_up, taken_off_rate, units_of_rate):
    """What rounding adds to the period's amount to date; below zero where it takes away."""
    return difference(rate_to_round, rate_rounded_up - taken_off_rate, units_of_rate, 1)


@carry(unit="dollars", over=(RATE, MONTH), of="rounding_of_rate_to_date", start=0, inline=True)
def opening_rounding_of_rate():
    """What it added before the month."""


@line(unit="dollars", over=(RATE, MONTH), in_a_year="sum")
def rounding_of_rate(rounding_of_rate_to_date, opening_rounding_of_rate, rounded_period_has_ended):
    """What rounding adds to the month's amount; below zero where it takes away."""
    return rounding_of_rate_to_date - opening_rounding_of_rate * (1 - rounded_period_has_ended)


@line(unit="dollars", over=(RATE, MONTH), in_a_year="sum")
def added_by_rounding(rounding_of_base, rate_of_base, rounding_of_rate):
    """What rounding of the base and of the result adds to the rate, whatever the amount at most; below zero where it takes away."""
    return rounding_of_base * rate_of_base + rounding_of_rate
