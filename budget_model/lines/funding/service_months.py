"""Start-up and close-out months of a source: those of its period in which it pays no services to participants.

A grant such as Proposition 47 begins with months to get ready in and ends with months for data and evaluation: staff, administration,
equipment and evaluation are paid in them as in any other. A yearly amount has them in each of its years.
"""

from __future__ import annotations

from budget_model.engine.rows import line, total
from budget_model.engine.vocabulary import round_up, when
from budget_model.scenario.axes import Axis

AREA = "funding"
SOURCE, ASSIGNMENT, CATEGORY, MONTH = Axis.SOURCE, Axis.ASSIGNMENT, Axis.CATEGORY, Axis.MONTH


@line(unit="months", over=(SOURCE, MONTH))
def months_without_services(months_into_period, months_of_period, source_start_up_months, source_close_out_months, source_is_open):
    """1 in a month of the source's period in which it pays no services to participants, else 0."""
    begun = when(months_into_period > round_up(source_start_up_months), 1, 0)
    going_on = when(months_into_period + round_up(source_close_out_months) <= months_of_period, 1, 0)
    return source_is_open * (1 - begun * going_on)


@line(unit="1 = yes", over=(CATEGORY,))
def is_of_services(category_is_of_services):
    """1 for a category of services to participants."""
    return category_is_of_services


@total(unit="1 = yes", over=(ASSIGNMENT,), of="is_of_services", match={"category": "category"})
def column_is_of_services():
    """1 for a column of such a category."""


@total(unit="months", over=(ASSIGNMENT, MONTH), of="months_without_services", match={"source": "source"}, inline=True)
def months_without_services_of_column():
    """1 in months in which the source of the column pays no services."""
