"""What lines cost as funders' forms group it, by object class: the pay, the benefits and the set-up of positions apart.

Rows of their own, which a plan without control totals does not show: the class of each line is worked out from the whole plan
(scenario/object_classes.py), and stands in a workbook as on the day on which it was made.
"""

from __future__ import annotations

from budget_model.engine.rows import line, total
from budget_model.scenario.axes import Axis

AREA = "checks"
CONTROL, MONTH = Axis.CONTROL_TOTAL, Axis.MONTH
POSITION, CONTRACT, SERVICE, CARE = Axis.POSITION, Axis.CONTRACT, Axis.SERVICE, Axis.CARE
BUDGET_LINE, RATE = Axis.BUDGET_LINE, Axis.RATE


@line(unit="dollars", over=(POSITION, MONTH))
def pay_in_class(salaries, savings_rate, overtime):
    """Pay of the position, less its part of salary savings."""
    return salaries * (1 - savings_rate) + overtime


@line(unit="dollars", over=(POSITION, MONTH))
def benefits_in_class(employee_benefits, savings_rate, overtime_benefits):
    """Benefits of the position, less their part of salary savings."""
    return employee_benefits * (1 - savings_rate) + overtime_benefits


@line(unit="dollars", over=(POSITION, MONTH))
def set_up_in_class(set_up_cost):
    """Set-up of new hires of the position."""
    return set_up_cost + 0


@line(unit="dollars", over=(CONTRACT, MONTH))
def contract_cost_in_class(contract_cost):
    """Cost of the contract."""
    return contract_cost + 0


@line(unit="dollars", over=(SERVICE, MONTH))
def service_cost_in_class(service_cost):
    """Cost of the service."""
    return service_cost + 0


@line(unit="dollars", over=(CARE, MONTH))
def care_cost_in_class(care_cost):
    """Cost of the place of care."""
    return care_cost + 0


@line(unit="dollars", over=(BUDGET_LINE, MONTH))
def budget_line_cost_in_class(budget_line_cost):
    """Cost of the line by quantity and rate."""
    return budget_line_cost + 0


@line(unit="dollars", over=(RATE, MONTH))
def rate_cost_in_class(rate_cost):
    """What the rate comes to."""
    return rate_cost + 0


@total(unit="dollars", over=(CONTROL, MONTH), of="pay_in_class", match={"object_class": "object_class"})
def pay_under_control():
    """Pay of positions in the object class that the total is of."""


@total(unit="dollars", over=(CONTROL, MONTH), of="benefits_in_class", match={"benefits_object_class": "object_class"})
def benefits_under_control():
    """Benefits of positions in the object class that the total is of."""


@total(unit="dollars", over=(CONTROL, MONTH), of="set_up_in_class", match={"set_up_object_class": "object_class"})
def set_up_under_control():
    """Set-up of new hires in the object class that the total is of."""


@total(unit="dollars", over=(CONTROL, MONTH), of="contract_cost_in_class", match={"object_class": "object_class"})
def contracts_in_class_under_control():
    """Contracts in the object class that the total is of."""


@total(unit="dollars", over=(CONTROL, MONTH), of="service_cost_in_class", match={"object_class": "object_class"})
def services_in_class_under_control():
    """Services in the object class that the total is of."""


@total(unit="dollars", over=(CONTROL, MONTH), of="care_cost_in_class", match={"object_class": "object_class"})
def care_in_class_under_control():
    """Places of care in the object class that the total is of."""


@total(unit="dollars", over=(CONTROL, MONTH), of="budget_line_cost_in_class", match={"object_class": "object_class"})
def budget_lines_in_class_under_control():
    """Lines by quantity and rate in the object class that the total is of."""


@total(unit="dollars", over=(CONTROL, MONTH), of="rate_cost_in_class", match={"object_class": "object_class"})
def rates_in_class_under_control():
    """Rates in the object class that the total is of."""


@line(unit="dollars", over=(CONTROL, MONTH))
def object_class_under_control(
    pay_under_control,
    benefits_under_control,
    set_up_under_control,
    contracts_in_class_under_control,
    services_in_class_under_control,
    care_in_class_under_control,
    budget_lines_in_class_under_control,
    rates_in_class_under_control,
):
    """Cost of the object class that the total is of."""
    people = pay_under_control + benefits_under_control + set_up_under_control
    bought = contracts_in_class_under_control + services_in_class_under_control + care_in_class_under_control
    return people + bought + budget_lines_in_class_under_control + rates_in_class_under_control
