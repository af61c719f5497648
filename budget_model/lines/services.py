"""Services and supplies, payments to other agencies, training, evaluation, equipment: whatever is neither pay nor contract."""

from __future__ import annotations

from budget_model.engine.rows import carry, delay, line, total
from budget_model.engine.vocabulary import when
from budget_model.scenario.axes import Axis

SERVICE, MONTH = Axis.SERVICE, Axis.MONTH


@total(unit="driver units", over=(SERVICE, MONTH), of="driver_units", match={"driver": "driver", "site": "site"})
def service_driver_units():
    """Units of the service's driver at its site, or program-wide."""


@carry(unit="factor", over=(MONTH,), of="price_factor", start=1, inline=True)
def opening_price_factor():
    """Price factor of the month before."""


@line(unit="factor", over=(MONTH,))
def price_factor(opening_price_factor, price_growth_rate, month_of_year, price_growth_month, after_first_month):
    """Growth of prices since the scenario began, each year in the month that is said for it."""
    return opening_price_factor * (1 + price_growth_rate * when(month_of_year == price_growth_month, after_first_month, 0))


@total(unit="months", over=(SERVICE,), of="site_slip", match={"site": "site"})
def slip_of_service_site():
    """Months by which the service's site opens late; 0 for services of no single site."""


@line(unit="months", over=(SERVICE,))
def service_slip(slip_of_service_site, service_keeps_its_months):
    """Months by which the service begins late, with its site."""
    return slip_of_service_site * (1 - service_keeps_its_months)


@line(unit="1 = yes", over=(SERVICE, MONTH))
def service_is_planned(month, service_first_month):
    """1 from the month in which the service is planned to begin, else 0."""
    return when(month >= service_first_month, 1, 0)


@delay(unit="1 = yes", over=(SERVICE, MONTH), of="service_is_planned", by="service_slip")
def service_has_begun():
    """1 from the service's first month, else 0."""


@carry(unit="1 = yes", over=(SERVICE, MONTH), of="service_has_begun", start=0, inline=True)
def opening_service_has_begun():
    """1 from the month after the service's first, else 0."""


@line(unit="1 = yes", over=(SERVICE, MONTH), inline=True)
def service_is_bought(service_has_begun, month, service_last_month):
    """1 from the service's first month to its last, else 0."""
    return service_has_begun * when(month <= service_last_month, 1, 0)


@line(unit="dollars", over=(SERVICE, MONTH), in_a_year="sum")
def recurring_service_cost(service_monthly_amount, service_amount_per_unit, service_driver_units, price_factor, service_is_bought):
    """The amount each month, and the amount for each driver unit, from the first to the last month."""
    return (service_monthly_amount + service_amount_per_unit * service_driver_units) * price_factor * service_is_bought


@line(unit="dollars", over=(SERVICE, MONTH), in_a_year="sum")
def one_time_service_cost(service_one_time_amount, service_is_bought, opening_service_has_begun, service_one_time_grows, price_factor):
    """The amount paid once, in the first month. One-time amounts do not grow with prices unless told to."""
    paid = service_is_bought * (1 - opening_service_has_begun)
    return service_one_time_amount * paid * (1 + service_one_time_grows * (price_factor - 1))


@line(unit="dollars", over=(SERVICE, MONTH), in_a_year="sum")
def service_cost(recurring_service_cost, one_time_service_cost):
    """What the service costs in the month."""
    return recurring_service_cost + one_time_service_cost
