"""Start-up and close-out months of a source: those of its period in which it pays no services to participants.

A grant such as Proposition 47 begins with months to get ready in and ends with months for data and evaluation: staff, administration,
equipment and evaluation are paid in them as in any other. Months are counted by dates: any number of them is within three days of
as many months of average length, so a date twelve days off tells one month from the next.
"""

from __future__ import annotations

from budget_model.engine.rows import line, total
from budget_model.engine.vocabulary import round_up, when
from budget_model.scenario.axes import Axis

AREA = "funding"
SOURCE, ASSIGNMENT, CATEGORY, MONTH = Axis.SOURCE, Axis.ASSIGNMENT, Axis.CATEGORY, Axis.MONTH


@line(unit="date", over=(SOURCE,))
def services_begin(source_first_month, source_start_up_months, average_days_in_a_month):
    """A date in the month before the first one in which the source pays services."""
    return source_first_month + round_up(source_start_up_months) * average_days_in_a_month - 12


@line(unit="date", over=(SOURCE,))
def services_end(source_last_month, source_extension, source_close_out_months, average_days_in_a_month):
    """A date in the last month in which the source pays services; its period ends with its extension."""
    return source_last_month + (source_extension - round_up(source_close_out_months)) * average_days_in_a_month + 12


@line(unit="months", over=(SOURCE, MONTH))
def months_without_services(month, services_begin, services_end, source_is_open):
    """1 in a month of the source's period in which it pays no services to participants, else 0."""
    return source_is_open * (1 - when(month > services_begin, 1, 0) * when(month < services_end, 1, 0))


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
