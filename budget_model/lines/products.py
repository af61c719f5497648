"""What the factors of a line multiply to: growing with the line's own escalator, and rounded where the form rounds its line.

An escalator rises each July after the line has begun, or twelve months from its first month and each twelve after. The amount of a period
is rounded, not a month's part of it, so that months add up to what is printed.
"""

from __future__ import annotations

from budget_model.engine.rounding import difference, gained_by_rounding_up, size_rounded_up, taken_off_again
from budget_model.engine.rows import carry, line
from budget_model.engine.vocabulary import ratio, round_up, when
from budget_model.scenario.axes import Axis

AREA = "services"
BUDGET_LINE, MONTH = Axis.BUDGET_LINE, Axis.MONTH


@line(unit="1 = yes", over=(BUDGET_LINE, MONTH))
def budget_line_rises(months_of_budget_line, opening_months_of_budget_line, fiscal_year_starts, budget_line_rises_on_its_anniversary):
    """1 in the months in which the line's escalator rises: each July, or each anniversary of its first month."""
    of_its_own = when(round_up(months_of_budget_line / 12) > round_up(opening_months_of_budget_line / 12), 1, 0)
    return when(opening_months_of_budget_line > 0, when(budget_line_rises_on_its_anniversary == 1, of_its_own, fiscal_year_starts), 0)


@carry(unit="factor", over=(BUDGET_LINE, MONTH), of="escalation_of_budget_line", start=1, inline=True)
def opening_escalation_of_budget_line():
    """Growth of the line by its escalator, before the month."""


@line(unit="factor", over=(BUDGET_LINE, MONTH))
def escalation_of_budget_line(opening_escalation_of_budget_line, budget_line_escalation_rate, budget_line_rises):
    """Growth of the line by its escalator since it began."""
    return opening_escalation_of_budget_line * (1 + budget_line_escalation_rate * budget_line_rises)


@line(unit="dollars", over=(BUDGET_LINE, MONTH))
def product_before_rounding(product_of_factors, escalation_of_budget_line):
    """The product of the line's factors as it has grown: the amount of the month's period, or of the month, to the last digit."""
    return product_of_factors * escalation_of_budget_line


@line(unit="cents in a dollar", over=(BUDGET_LINE,))
def units_of_product(budget_line_is_rounded_to_cents, budget_line_is_rounded_to_dollars):
    """Units in a dollar to which the product is rounded: 100 cents, 1 dollar; 0 where it is not rounded."""
    return 100 * budget_line_is_rounded_to_cents + budget_line_is_rounded_to_dollars


@line(unit="parts", over=(BUDGET_LINE,))
def most_gained_by_rounding_product_up(budget_line_rounds_up, budget_line_rounds_down):
    """Twice the part of a cent or dollar that rounding may add: all of it where it is up, none where it is down, else half."""
    return 1 + budget_line_rounds_up - budget_line_rounds_down


@line(unit="cents or dollars", over=(BUDGET_LINE, MONTH))
def product_rounded_up(product_before_rounding, units_of_product):
    """The size of the product, rounded up."""
    return size_rounded_up(product_before_rounding, units_of_product, 1)


@line(unit="cents or dollars", over=(BUDGET_LINE, MONTH))
def gained_by_rounding_product_up(product_before_rounding, product_rounded_up, units_of_product):
    """What rounding up adds to the size of the product."""
    return gained_by_rounding_up(product_before_rounding, product_rounded_up, units_of_product, 1)


@line(unit="cents or dollars", over=(BUDGET_LINE, MONTH))
def taken_off_product(
    product_rounded_up,
    gained_by_rounding_product_up,
    most_gained_by_rounding_product_up,
    budget_line_rounds_half_to_even,
    budget_line_rounds_up,
):
    """1 where the product is rounded to the cent or dollar below, else 0."""
    return taken_off_again(
        product_rounded_up,
        gained_by_rounding_product_up,
        most_gained_by_rounding_product_up,
        budget_line_rounds_half_to_even,
        budget_line_rounds_up,
    )


@line(unit="dollars", over=(BUDGET_LINE, MONTH))
def rounding_of_product(product_before_rounding, product_rounded_up, taken_off_product, units_of_product):
    """What rounding adds to the product; below zero where it takes away."""
    return difference(product_before_rounding, product_rounded_up - taken_off_product, units_of_product, 1)


@line(unit="dollars", over=(BUDGET_LINE, MONTH))
def amount_of_product(product_before_rounding, rounding_of_product):
    """What the factors come to: the amount of the month's period, or of the month, as it has grown and is rounded."""
    return product_before_rounding + rounding_of_product


@line(unit="dollars", over=(BUDGET_LINE, MONTH), in_a_year="sum")
def added_by_rounding_product(rounding_of_product, months_that_share_the_amount, budget_line_runs):
    """The month's part of what rounding adds to the line; below zero where it takes away."""
    return ratio(rounding_of_product, months_that_share_the_amount) * budget_line_runs
