"""Lines that are a rate of other lines: indirect cost, administration, a fee, a reserve.

A rate counts the lines that its bases are of, less what these leave out, and other rates that a base names. Those stand above it in the
table: of a rate all months are known before the next one begins. Its base and its result are rounded where it says so
(rounding_of_rates.py). An amount at most is reached as cost arises, and no more comes then. A rate of a site slips with it.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import carry, delay, line, total
from budget_model.engine.vocabulary import ratio, when
from budget_model.scenario.axes import Axis

AREA = "services"
RATE, RATED, RATE_BASE, MONTH = Axis.RATE, Axis.RATED, Axis.RATE_BASE, Axis.MONTH


@total(unit="months", over=(RATE,), of="site_slip", match={"site": "site"})
def slip_of_rate_site():
    """Months by which the rate's site opens late; 0 for rates of no single site."""


@line(unit="months", over=(RATE,))
def rate_slip(slip_of_rate_site, rate_keeps_its_months):
    """Months by which the rate begins late, with its site."""
    return slip_of_rate_site * (1 - rate_keeps_its_months)


@line(unit="1 = yes", over=(RATE, MONTH))
def rate_is_planned(month, rate_first_month):
    """1 from the month in which the rate is planned to begin, else 0."""
    return when(month >= rate_first_month, 1, 0)


@delay(unit="1 = yes", over=(RATE, MONTH), of="rate_is_planned", by="rate_slip")
def rate_has_begun():
    """1 from the month in which the rate begins, else 0."""


@line(unit="1 = yes", over=(RATE, MONTH))
def rate_is_charged(rate_has_begun, month, rate_last_month):
    """1 from the rate's first month to its last, else 0."""
    return rate_has_begun * when(month <= rate_last_month, 1, 0)


@total(unit="dollars", over=(RATE, MONTH), of="counted_in_base", match={"rate": "rate"}, in_a_year="sum")
def lines_in_base_of_rate():
    """Cost of the lines that the rate counts, less what it leaves out."""


@line(unit="rates", over=(RATED,))
def rate_counts_once():
    """1 for each rate."""
    return 1


@total(unit="rates", over=(RATE, RATED), of="rate_counts_once", match={"same_rate": "rate"})
def is_the_rate_itself():
    """1 where both are one rate, else 0."""


@total(unit="rates", over=(RATE_BASE,), of="rate_counts_once", match={"rated": "other_rate"})
def base_names_a_rate():
    """1 where the base is of another rate, else 0."""


@total(unit="rates", over=(RATE, RATED), of="sign_of_base", match={"rate": "rate", "other_rate": "rated"})
def rate_is_in_base():
    """1 where the rate counts the other one, else 0."""


@carry(unit="dollars", over=(RATE, RATED, MONTH), of="rate_cost_so_far", start=0, along=RATE)
def rate_cost_above():
    """What each rate comes to that stands above; 0 for the others."""


@line(unit="dollars", over=(RATE, RATED, MONTH))
def other_rate_that_counts(rate_cost_above, rate_is_in_base):
    """What the rate counts of each rate above."""
    return rate_cost_above * rate_is_in_base


@total(unit="dollars", over=(RATE, MONTH), of="other_rate_that_counts")
def rates_in_base_of_rate():
    """What the rate counts of all rates above."""


@line(unit="dollars", over=(RATE, MONTH))
def base_before_rounding(lines_in_base_of_rate, rates_in_base_of_rate, rate_is_charged):
    """What the rate is a rate of, in its months, to the last digit."""
    return (lines_in_base_of_rate + rates_in_base_of_rate) * rate_is_charged


@line(unit="dollars", over=(RATE, MONTH), in_a_year="sum")
def base_of_rate(base_before_rounding, rounding_of_base):
    """What the rate is a rate of, in its months, rounded where it says so."""
    return base_before_rounding + rounding_of_base


@line(unit="share of its base", over=(RATE,))
def rate_of_base(rate_rate, rate_is_of_total):
    """The rate, or rate / (1 - rate) where it is a share of the total, itself included."""
    return when(rate_is_of_total == 1, ratio(rate_rate, 1 - rate_rate), rate_rate)


@line(unit="dollars", over=(RATE, MONTH))
def rate_before_rounding(base_of_rate, rate_of_base):
    """The rate of its base, to the last digit."""
    return base_of_rate * rate_of_base


@line(unit="dollars", over=(RATE, MONTH), in_a_year="sum")
def rate_without_limit(rate_before_rounding, rounding_of_rate):
    """The rate of its base, rounded where it says so, whatever the amount at most."""
    return rate_before_rounding + rounding_of_rate


@carry(unit="dollars", over=(RATE, MONTH), of="rate_to_date_without_limit", start=0, inline=True)
def opening_rate_to_date_without_limit():
    """That amount before the month."""


@line(unit="dollars", over=(RATE, MONTH))
def rate_to_date_without_limit(opening_rate_to_date_without_limit, rate_without_limit):
    """That amount since the scenario began."""
    return opening_rate_to_date_without_limit + rate_without_limit


@line(unit="dollars", over=(RATE, MONTH), in_a_year="sum")
def rate_cost(rate_without_limit, rate_at_most, rate_to_date_without_limit, opening_rate_to_date_without_limit):
    """What the rate comes to: the rate of its base, until the amount at most is reached."""
    within = np.minimum(rate_at_most, rate_to_date_without_limit) - np.minimum(rate_at_most, opening_rate_to_date_without_limit)
    return when(rate_at_most > 0, within, rate_without_limit)


@line(unit="dollars", over=(RATE, RATED, MONTH))
def rate_cost_so_far(rate_cost_above, rate_cost, is_the_rate_itself):
    """What each rate comes to that stands above, or is this one."""
    return rate_cost_above + rate_cost * is_the_rate_itself


@line(unit="dollars", over=(RATE, MONTH), in_a_year="sum")
def ongoing_rate_cost(rate_cost, rate_is_one_time):
    """What the rate comes to where it recurs (convention A7)."""
    return rate_cost * (1 - rate_is_one_time)
