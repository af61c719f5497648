"""What rates count of an object class, as federal and state forms group cost: the pay, the benefits and the set-up of positions apart.

So indirect cost of direct salaries alone, or benefits that are rates of pay, are said as a form says them. Of what is counted apart from
its class (costs_in_object_classes.py) a rate counts lines alone, as of a category. Contracts count each up to its limit
(contracts_in_rate_bases.py).
"""

from __future__ import annotations

from budget_model.engine.rows import line, total
from budget_model.engine.vocabulary import when
from budget_model.scenario.axes import Axis

AREA = "services"
CARE, RATE_BASE, MONTH = Axis.CARE, Axis.RATE_BASE, Axis.MONTH


@total(unit="dollars", over=(RATE_BASE, MONTH), of="pay_in_class", match={"object_class": "object_class"})
def pay_in_base():
    """Pay of positions in the object class that the base names."""


@total(unit="dollars", over=(RATE_BASE, MONTH), of="benefits_in_class", match={"benefits_object_class": "object_class"})
def benefits_in_base():
    """Benefits of positions in the object class that the base names."""


@total(unit="dollars", over=(RATE_BASE, MONTH), of="set_up_in_class", match={"set_up_object_class": "object_class"})
def set_up_in_base():
    """Set-up of new hires in the object class that the base names."""


@total(unit="dollars", over=(RATE_BASE, MONTH), of="service_cost_in_class", match={"object_class": "object_class"})
def services_of_class_in_base():
    """Services in the object class that the base names."""


@total(unit="dollars", over=(RATE_BASE, MONTH), of="budget_line_cost_in_class", match={"object_class": "object_class"})
def budget_lines_of_class_in_base():
    """Lines by quantity and rate in the object class that the base names."""


@total(unit="dollars", over=(RATE_BASE, MONTH), of="care_cost_in_class", match={"object_class": "object_class"})
def care_of_class_in_base():
    """Places of care in the object class that the base names."""


@line(unit="dollars", over=(CARE, MONTH))
def recurring_care_cost_in_class(ongoing_care_cost):
    """Cost of the place of care, without the creation of places."""
    return ongoing_care_cost + 0


@total(unit="dollars", over=(RATE_BASE, MONTH), of="recurring_care_cost_in_class", match={"object_class": "object_class"})
def recurring_care_of_class_in_base():
    """Places of care in the object class that the base names, without the creation of places."""


@line(unit="dollars", over=(RATE_BASE, MONTH))
def start_up_of_class_in_base(set_up_in_base, care_of_class_in_base, recurring_care_of_class_in_base, rate_base_leaves_out_start_up):
    """Set-up of new hires and creation of places in the object class, where the base counts start-up."""
    return when(rate_base_leaves_out_start_up == 1, 0, set_up_in_base + care_of_class_in_base - recurring_care_of_class_in_base)


@line(unit="dollars", over=(RATE_BASE, MONTH))
def object_class_in_base(
    pay_in_base,
    benefits_in_base,
    services_of_class_in_base,
    budget_lines_of_class_in_base,
    recurring_care_of_class_in_base,
    start_up_of_class_in_base,
):
    """Cost of the object class that the base is of, but for contracts."""
    people = pay_in_base + benefits_in_base + start_up_of_class_in_base
    return people + services_of_class_in_base + budget_lines_of_class_in_base + recurring_care_of_class_in_base
