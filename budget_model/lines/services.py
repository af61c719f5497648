"""Services and supplies, payments to other agencies, training, evaluation, equipment: whatever is neither pay nor contract."""

from __future__ import annotations

from budget_model.engine.rows import carry, line, total
from budget_model.engine.vocabulary import when
from budget_model.scenario.axes import Axis

SERVICE, MONTH = Axis.SERVICE, Axis.MONTH


@total(unit="driver units", over=(SERVICE, MONTH), of="driver_units", match={"driver": "driver", "site": "site"})
def service_driver_units():
    """Units of the service's driver at its site, or program-wide."""


@carry(unit="factor", over=(MONTH,), of="price_factor", start=1)
def opening_price_factor():
    """Price factor of the month before."""


@line(unit="factor", over=(MONTH,))
def price_factor(opening_price_factor, price_growth_rate, fiscal_year_starts):
    """Growth of prices since the scenario began, each July."""
    return opening_price_factor * (1 + price_growth_rate * fiscal_year_starts)


@line(unit="dollars", over=(SERVICE, MONTH), in_a_year="sum")
def recurring_service_cost(
    service_monthly_amount, service_amount_per_unit, service_driver_units, price_factor, month, service_first_month, service_last_month
):
    """The amount each month, and the amount for each driver unit, from the first to the last month."""
    bought = when(month >= service_first_month, 1, 0) * when(month <= service_last_month, 1, 0)
    return (service_monthly_amount + service_amount_per_unit * service_driver_units) * price_factor * bought


@line(unit="dollars", over=(SERVICE, MONTH), in_a_year="sum")
def one_time_service_cost(service_one_time_amount, month, service_first_month, service_one_time_grows, price_factor):
    """The amount paid once, in the first month. One-time amounts do not grow with prices unless told to."""
    return service_one_time_amount * when(month == service_first_month, 1, 0) * (1 + service_one_time_grows * (price_factor - 1))


@line(unit="dollars", over=(SERVICE, MONTH), in_a_year="sum")
def service_cost(recurring_service_cost, one_time_service_cost):
    """What the service costs in the month."""
    return recurring_service_cost + one_time_service_cost
