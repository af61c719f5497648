"""Lines by quantity and rate: the product of any number of factors, spread evenly over the months that it is the amount of.

Factors of one line stand together in their table, so that one pass along it multiplies them; products.py says how what they come to grows
and is rounded. A line has factors, or amounts by year or month (amounts.py); a factor has one number, or such amounts. A line slips with
its site; amounts by year or month name their months and stay in them.
"""

from __future__ import annotations

from budget_model.engine.rows import carry, delay, line, over_period, total
from budget_model.engine.vocabulary import ratio, round_up, when
from budget_model.scenario.axes import Axis

AREA = "services"
BUDGET_LINE, FACTOR, MONTH = Axis.BUDGET_LINE, Axis.FACTOR, Axis.MONTH


@total(unit="months", over=(BUDGET_LINE,), of="site_slip", match={"site": "site"})
def slip_of_budget_line_site():
    """Months by which the line's site opens late; 0 for lines of no single site."""


@line(unit="months", over=(BUDGET_LINE,))
def budget_line_slip(slip_of_budget_line_site, budget_line_keeps_its_months):
    """Months by which the line begins late, with its site."""
    return slip_of_budget_line_site * (1 - budget_line_keeps_its_months)


@line(unit="1 = yes", over=(BUDGET_LINE, MONTH))
def budget_line_is_planned(month, budget_line_first_month):
    """1 from the month in which the line is planned to begin, else 0."""
    return when(month >= budget_line_first_month, 1, 0)


@delay(unit="1 = yes", over=(BUDGET_LINE, MONTH), of="budget_line_is_planned", by="budget_line_slip")
def budget_line_has_begun():
    """1 from the month in which the line begins, else 0."""


@line(unit="1 = yes", over=(BUDGET_LINE, MONTH))
def budget_line_runs(budget_line_has_begun, month, budget_line_last_month):
    """1 from the line's first month to its last, else 0."""
    return budget_line_has_begun * when(month <= budget_line_last_month, 1, 0)


@carry(unit="months", over=(BUDGET_LINE, MONTH), of="months_of_budget_line", start=0, inline=True)
def opening_months_of_budget_line():
    """Months in which the line ran, before the month."""


@line(unit="months", over=(BUDGET_LINE, MONTH))
def months_of_budget_line(opening_months_of_budget_line, budget_line_runs):
    """Months in which the line ran, this month included."""
    return opening_months_of_budget_line + budget_line_runs


@line(unit="number", over=(BUDGET_LINE, MONTH))
def period_of_budget_line(
    budget_line_runs, budget_line_is_of_all_months, budget_line_is_of_fiscal_years, fiscal_year_begins, months_of_budget_line
):
    """The months that its factors make the amount of: all are 1, a fiscal year its first day, a year of its own its number; else 0."""
    of_years = when(budget_line_is_of_fiscal_years == 1, fiscal_year_begins, round_up(months_of_budget_line / 12))
    return budget_line_runs * when(budget_line_is_of_all_months == 1, 1, of_years)


@over_period(unit="months", over=(BUDGET_LINE, MONTH), of="budget_line_runs", by="period_of_budget_line")
def months_in_period_of_line():
    """Months of that period in which the line runs."""


@line(unit="months", over=(BUDGET_LINE, MONTH), inline=True)
def months_that_share_the_amount(months_in_period_of_line, budget_line_is_of_months):
    """Months over which the amount is spread evenly: those of its period, or the month alone."""
    return when(budget_line_is_of_months == 1, 1, months_in_period_of_line)


@carry(unit="number", over=(BUDGET_LINE,), of="number_of_budget_line", start=0, along=BUDGET_LINE)
def number_of_line_above():
    """The place in their table of the line above."""


@line(unit="number", over=(BUDGET_LINE,))
def number_of_budget_line(number_of_line_above):
    """The line's place in their table, from 1."""
    return number_of_line_above + 1


@total(unit="number", over=(FACTOR,), of="number_of_budget_line", match={"budget_line": "budget_line"})
def line_of_factor():
    """The place of the line whose factor it is."""


@carry(unit="number", over=(FACTOR,), of="line_of_factor", start=0, along=FACTOR)
def line_of_factor_above():
    """The place of the line whose factor stands above."""


@line(unit="1 = yes", over=(FACTOR,))
def factor_is_first(line_of_factor, line_of_factor_above):
    """1 for the first of the factors of a line, else 0."""
    return when(line_of_factor == line_of_factor_above, 0, 1)


@carry(unit="factors", over=(FACTOR,), of="place_of_factor", start=0, along=FACTOR)
def place_of_factor_above():
    """The place of the factor above among those of its line."""


@line(unit="factors", over=(FACTOR,))
def place_of_factor(place_of_factor_above, factor_is_first):
    """The factor's place among those of its line, from 1."""
    return place_of_factor_above * (1 - factor_is_first) + 1


@line(unit="factors", over=(FACTOR,))
def factor_counts_once():
    """1 for each factor."""
    return 1


@total(unit="factors", over=(BUDGET_LINE,), of="factor_counts_once", match={"budget_line": "budget_line"})
def factors_of_budget_line():
    """Factors of the line."""


@total(unit="factors", over=(FACTOR,), of="factors_of_budget_line", match={"budget_line": "budget_line"})
def factors_of_its_line():
    """Factors of the line whose factor it is."""


@total(unit="groups of factors", over=(BUDGET_LINE,), of="factor_is_first", match={"budget_line": "budget_line"})
def factor_groups():
    """Groups in which the line's factors stand: one."""


@line(unit="1 = yes", over=(FACTOR,))
def factor_is_last(place_of_factor, factors_of_its_line):
    """1 for the last of the factors of a line, else 0."""
    return when(place_of_factor == factors_of_its_line, 1, 0)


@line(unit="units", over=(FACTOR, MONTH))
def value_of_factor(factor_number, amounts_of_factor, amount_of_factor):
    """The factor's number, or where it has amounts by year or month that of the month."""
    return when(amounts_of_factor > 0, amount_of_factor, factor_number)


@carry(unit="units", over=(FACTOR, MONTH), of="product_so_far", start=1, along=FACTOR)
def product_above():
    """The product of the factors down to the one above."""


@line(unit="units", over=(FACTOR, MONTH))
def product_so_far(value_of_factor, product_above, factor_is_first, factor_divides):
    """The product of the line's factors down to this one, which multiplies or divides."""
    above = when(factor_is_first == 1, 1, product_above)
    return when(factor_divides == 1, ratio(above, value_of_factor), above * value_of_factor)


@line(unit="dollars", over=(FACTOR, MONTH))
def product_of_all_factors(product_so_far, factor_is_last):
    """The product of all factors of the line, at the last of them."""
    return product_so_far * factor_is_last


@total(unit="dollars", over=(BUDGET_LINE, MONTH), of="product_of_all_factors", match={"budget_line": "budget_line"})
def product_of_factors():
    """The product of the line's factors: the amount of the month's period, or of the month."""


@line(unit="dollars", over=(BUDGET_LINE, MONTH), in_a_year="sum")
def budget_line_cost(
    amount_of_product,
    months_that_share_the_amount,
    budget_line_runs,
    amount_of_budget_line,
    budget_line_grows_with_prices,
    price_factor,
):
    """What the line costs in the month: its part of the product, or its amount; as prices grow where it says so."""
    amount = ratio(amount_of_product, months_that_share_the_amount) * budget_line_runs + amount_of_budget_line
    return amount * (1 + budget_line_grows_with_prices * (price_factor - 1))


@line(unit="dollars", over=(BUDGET_LINE, MONTH), in_a_year="sum")
def ongoing_budget_line_cost(budget_line_cost, budget_line_is_one_time):
    """What the line costs where it recurs (convention A7)."""
    return budget_line_cost * (1 - budget_line_is_one_time)
