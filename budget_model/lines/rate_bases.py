"""What rates are of: for each rate base the cost of one line, of a category, of a class, of an object class, or of all lines.

A rate counts lines, and another rate where a base names it (rates.py): a category or a class counts no rate, so that none is ever in
its own base. What contracts count stands in contracts_in_rate_bases.py, object classes in object_classes_in_rate_bases.py.
"""

from __future__ import annotations

from budget_model.engine.rows import line, total
from budget_model.engine.vocabulary import when
from budget_model.scenario.axes import Axis

AREA = "services"
POSITION, CARE, RATE_BASE, MONTH = Axis.POSITION, Axis.CARE, Axis.RATE_BASE, Axis.MONTH


# Rows of their own, which a plan without rates does not have: sheets show at most three keys of a row.


@line(unit="dollars", over=(POSITION, MONTH))
def position_cost_to_count(recurring_position_cost, set_up_cost):
    """What the position costs in the month, as rates count it."""
    return recurring_position_cost + set_up_cost


@line(unit="dollars", over=(CARE, MONTH))
def care_cost_to_count(care_cost):
    """What treatment and housing cost in the month, as rates count it."""
    return care_cost + 0


@total(unit="dollars", over=(RATE_BASE, MONTH), of="position_cost_to_count", match={"position": "position"})
def position_in_base():
    """Cost of the position that the base names."""


@total(unit="dollars", over=(RATE_BASE, MONTH), of="position_cost_to_count", match={"category": "category"})
def position_category_in_base():
    """Cost of positions in the category that the base names."""


@total(unit="dollars", over=(RATE_BASE, MONTH), of="position_cost_to_count", match={"class": "class"})
def position_class_in_base():
    """Cost of positions in the class that the base names."""


@line(unit="dollars", over=(RATE_BASE, MONTH))
def position_cost_in_base(position_in_base, position_category_in_base, position_class_in_base, all_position_cost, rate_base_all_lines):
    """Cost of positions that the base is of."""
    return position_in_base + position_category_in_base + position_class_in_base + all_position_cost * rate_base_all_lines


@total(unit="dollars", over=(RATE_BASE, MONTH), of="recurring_position_cost", match={"position": "position"})
def recurring_position_in_base():
    """Cost of the position that the base names, without the set-up of new hires."""


@total(unit="dollars", over=(RATE_BASE, MONTH), of="recurring_position_cost", match={"category": "category"})
def recurring_position_category_in_base():
    """Cost of positions in the category that the base names, without the set-up of new hires."""


@total(unit="dollars", over=(RATE_BASE, MONTH), of="recurring_position_cost", match={"class": "class"})
def recurring_position_class_in_base():
    """Cost of positions in the class that the base names, without the set-up of new hires."""


@total(unit="dollars", over=(MONTH,), of="recurring_position_cost", inline=True)
def all_recurring_position_cost():
    """Cost of all positions, without the set-up of new hires."""


@line(unit="dollars", over=(RATE_BASE, MONTH))
def recurring_position_cost_in_base(
    recurring_position_in_base,
    recurring_position_category_in_base,
    recurring_position_class_in_base,
    all_recurring_position_cost,
    rate_base_all_lines,
):
    """Cost of positions that the base is of, without the set-up of new hires."""
    return (
        recurring_position_in_base
        + recurring_position_category_in_base
        + recurring_position_class_in_base
        + all_recurring_position_cost * rate_base_all_lines
    )


@total(unit="dollars", over=(RATE_BASE, MONTH), of="care_cost_to_count", match={"care": "care"})
def care_in_base():
    """Cost of the place of care that the base names."""


@total(unit="dollars", over=(RATE_BASE, MONTH), of="care_cost_to_count", match={"category": "category"})
def care_category_in_base():
    """Cost of places of care in the category that the base names."""


@total(unit="dollars", over=(RATE_BASE, MONTH), of="care_cost_to_count", match={"class": "class"})
def care_class_in_base():
    """Cost of places of care in the class that the base names."""


@line(unit="dollars", over=(RATE_BASE, MONTH))
def care_cost_in_base(care_in_base, care_category_in_base, care_class_in_base, all_care_cost, rate_base_all_lines):
    """Cost of places of care that the base is of."""
    return care_in_base + care_category_in_base + care_class_in_base + all_care_cost * rate_base_all_lines


@total(unit="dollars", over=(RATE_BASE, MONTH), of="ongoing_care_cost", match={"care": "care"})
def recurring_care_in_base():
    """Cost of the place of care that the base names, without the creation of places."""


@total(unit="dollars", over=(RATE_BASE, MONTH), of="ongoing_care_cost", match={"category": "category"})
def recurring_care_category_in_base():
    """Cost of places of care in the category that the base names, without the creation of places."""


@total(unit="dollars", over=(RATE_BASE, MONTH), of="ongoing_care_cost", match={"class": "class"})
def recurring_care_class_in_base():
    """Cost of places of care in the class that the base names, without the creation of places."""


@total(unit="dollars", over=(MONTH,), of="ongoing_care_cost", inline=True)
def all_recurring_care_cost():
    """Cost of all places of care, without the creation of places."""


@line(unit="dollars", over=(RATE_BASE, MONTH))
def recurring_care_cost_in_base(
    recurring_care_in_base, recurring_care_category_in_base, recurring_care_class_in_base, all_recurring_care_cost, rate_base_all_lines
):
    """Cost of places of care that the base is of, without the creation of places."""
    return (
        recurring_care_in_base
        + recurring_care_category_in_base
        + recurring_care_class_in_base
        + all_recurring_care_cost * rate_base_all_lines
    )


@total(unit="dollars", over=(RATE_BASE, MONTH), of="service_cost", match={"service": "service"})
def service_in_base():
    """Cost of the service that the base names."""


@total(unit="dollars", over=(RATE_BASE, MONTH), of="service_cost", match={"category": "category"})
def service_category_in_base():
    """Cost of services in the category that the base names."""


@total(unit="dollars", over=(RATE_BASE, MONTH), of="service_cost", match={"class": "class"})
def service_class_in_base():
    """Cost of services in the class that the base names."""


@total(unit="dollars", over=(MONTH,), of="service_cost", inline=True)
def all_service_cost():
    """Cost of all services."""


@line(unit="dollars", over=(RATE_BASE, MONTH))
def service_cost_in_base(service_in_base, service_category_in_base, service_class_in_base, all_service_cost, rate_base_all_lines):
    """Cost of services that the base is of."""
    return service_in_base + service_category_in_base + service_class_in_base + all_service_cost * rate_base_all_lines


@total(unit="dollars", over=(RATE_BASE, MONTH), of="budget_line_cost", match={"budget_line": "budget_line"})
def budget_line_in_base():
    """Cost of the line by quantity and rate that the base names."""


@total(unit="dollars", over=(RATE_BASE, MONTH), of="budget_line_cost", match={"category": "category"})
def budget_line_category_in_base():
    """Cost of such lines in the category that the base names."""


@total(unit="dollars", over=(RATE_BASE, MONTH), of="budget_line_cost", match={"class": "class"})
def budget_line_class_in_base():
    """Cost of such lines in the class that the base names."""


@total(unit="dollars", over=(MONTH,), of="budget_line_cost", inline=True)
def all_budget_line_cost():
    """Cost of all lines by quantity and rate."""


@line(unit="dollars", over=(RATE_BASE, MONTH))
def budget_line_cost_in_base(
    budget_line_in_base, budget_line_category_in_base, budget_line_class_in_base, all_budget_line_cost, rate_base_all_lines
):
    """Cost of lines by quantity and rate that the base is of."""
    return budget_line_in_base + budget_line_category_in_base + budget_line_class_in_base + all_budget_line_cost * rate_base_all_lines


@line(unit="dollars", over=(RATE_BASE, MONTH))
def cost_in_base(
    position_cost_in_base,
    recurring_position_cost_in_base,
    care_cost_in_base,
    recurring_care_cost_in_base,
    service_cost_in_base,
    budget_line_cost_in_base,
    contract_cost_in_base,
    object_class_in_base,
    rate_base_leaves_out_start_up,
):
    """Cost that the base is of, with start-up or without."""
    people = when(rate_base_leaves_out_start_up == 1, recurring_position_cost_in_base, position_cost_in_base)
    places = when(rate_base_leaves_out_start_up == 1, recurring_care_cost_in_base, care_cost_in_base)
    bought = service_cost_in_base + budget_line_cost_in_base + contract_cost_in_base
    return people + places + bought + object_class_in_base


@line(unit="1 = counted, -1 = left out", over=(RATE_BASE,))
def sign_of_base(rate_base_leaves_out):
    """1 where the rate counts what the base is of, -1 where it leaves it out of what its other bases count."""
    return 1 - 2 * rate_base_leaves_out


@line(unit="dollars", over=(RATE_BASE, MONTH), in_a_year="sum")
def counted_in_base(cost_in_base, sign_of_base):
    """What the rate counts of the base's lines; below zero where they are left out."""
    return cost_in_base * sign_of_base
