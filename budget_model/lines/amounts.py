"""Amounts that differ by year or month, of a line, a position, a factor or a source: each holds from its first month to its last.

A line's or a contract's amount is spread evenly over its months, and so is the pay of a position, which is that of one full-time
equivalent. A factor's is the number that holds in them. A source's is a part of its
award: it comes in the first of its months, and what it leaves is there until the period of the source ends.
"""

from __future__ import annotations

from budget_model.engine.rows import line, total
from budget_model.engine.vocabulary import ratio, when
from budget_model.scenario.axes import Axis

AREA = "services"
BUDGET_LINE, FACTOR, AMOUNT = Axis.BUDGET_LINE, Axis.FACTOR, Axis.AMOUNT
POSITION, SOURCE, MONTH = Axis.POSITION, Axis.SOURCE, Axis.MONTH


@line(unit="1 = yes", over=(AMOUNT, MONTH))
def amount_holds(month, amount_first_month, amount_last_month):
    """1 from the amount's first month to its last, else 0."""
    return when(month >= amount_first_month, 1, 0) * when(month <= amount_last_month, 1, 0)


@total(unit="months", over=(AMOUNT,), of="amount_holds")
def months_of_amount():
    """Months that share the amount."""


@line(unit="dollars", over=(AMOUNT, MONTH), in_a_year="sum")
def amount_of_month(amount_amount, months_of_amount, amount_holds):
    """The month's part of the amount."""
    return ratio(amount_amount, months_of_amount) * amount_holds


@total(unit="dollars", over=(BUDGET_LINE, MONTH), of="amount_of_month", match={"budget_line": "budget_line"}, in_a_year="sum")
def amount_of_budget_line():
    """The month's part of the amounts that the line has by year or month."""


@total(unit="dollars", over=(POSITION, MONTH), of="amount_of_month", match={"position": "position"}, inline=True)
def pay_of_its_months():
    """The month's part of the pay of one full-time position that is said by year or month: raises are in it."""


@line(unit="units", over=(AMOUNT, MONTH))
def amount_in_force(amount_amount, amount_holds):
    """The amount, in its months."""
    return amount_amount * amount_holds


@total(unit="units", over=(FACTOR, MONTH), of="amount_in_force", match={"factor": "factor"})
def amount_of_factor():
    """The factor's number in the month, where it has some by year or month."""


@line(unit="amounts", over=(AMOUNT,))
def amount_counts_once():
    """1 for each amount."""
    return 1


@total(unit="amounts", over=(FACTOR,), of="amount_counts_once", match={"factor": "factor"})
def amounts_of_factor():
    """Numbers that the factor has by year or month."""


@line(unit="dollars", over=(AMOUNT,))
def amount_in_all(amount_amount):
    """The amount, over all its months."""
    return amount_amount + 0


@total(unit="dollars", over=(SOURCE,), of="amount_in_all", match={"source": "source"}, inline=True)
def amounts_of_source():
    """All parts of the source's award that have their own months."""


@line(unit="dollars", over=(AMOUNT, MONTH))
def amount_that_comes(amount_amount, month, amount_first_month):
    """The amount, in the first of its months."""
    return amount_amount * when(month == amount_first_month, 1, 0)


@total(unit="dollars", over=(SOURCE, MONTH), of="amount_that_comes", match={"source": "source"})
def part_of_award_that_comes():
    """The part of the source's award that comes in the month."""
