"""Limits of a grantor: the most that the source of a column pays of each salary, stay or person. The part above is the County's.

A salary is that of one full-time position for a year, at the pay of the month, and its benefits follow it. A stay costs what a
person costs for its whole length. A person costs the line's cost of all months over the people said.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import line, total
from budget_model.engine.vocabulary import ratio, when
from budget_model.scenario.axes import Axis

AREA = "funding"
ASSIGNMENT, CARE, MONTH = Axis.ASSIGNMENT, Axis.CARE, Axis.MONTH


@total(unit="dollars", over=(ASSIGNMENT, MONTH), of="salaries", match={"position": "position"})
def salaries_of_assigned_position():
    """Salaries of the position that is assigned."""


@total(unit="full-time equivalents", over=(ASSIGNMENT, MONTH), of="budgeted_full_time_equivalents", match={"position": "position"})
def full_time_equivalents_of_assigned_position():
    """Full-time equivalents of the position that is assigned."""


@total(unit="people", over=(ASSIGNMENT, MONTH), of="people_served", match={"care": "care"})
def people_of_assigned_care():
    """People in the places that are assigned."""


@line(unit="days", over=(CARE,))
def length_of_stay(care_stay_days):
    """Length of a stay in the places."""
    return care_stay_days


@total(unit="days", over=(ASSIGNMENT,), of="length_of_stay", match={"care": "care"})
def stay_in_assigned_care():
    """Length of a stay in the places that are assigned."""


@total(unit="dollars", over=(ASSIGNMENT,), of="cost_to_assign")
def cost_to_assign_of_all_months():
    """Cost of the line in all months of the source."""


@line(unit="dollars each", over=(ASSIGNMENT, MONTH), inline=True)
def salary_of_assigned_position(salaries_of_assigned_position, full_time_equivalents_of_assigned_position):
    """Salary of one full-time position for a year."""
    return ratio(salaries_of_assigned_position, full_time_equivalents_of_assigned_position) * 12


@line(unit="dollars each", over=(ASSIGNMENT, MONTH))
def cost_of_assigned_stay(cost_of_assigned_care, people_of_assigned_care, stay_in_assigned_care, days_in_month):
    """Cost of one stay: that of a person's month by the months that it lasts, at least one."""
    return ratio(cost_of_assigned_care, people_of_assigned_care) * np.maximum(1, ratio(stay_in_assigned_care, days_in_month))


@line(unit="dollars each", over=(ASSIGNMENT,))
def cost_of_assigned_person(cost_to_assign_of_all_months, assignment_people, assignment_limits_person):
    """Cost of one person in all months of the source, where the source limits it."""
    return ratio(cost_to_assign_of_all_months, assignment_people) * assignment_limits_person


@line(unit="dollars each", over=(ASSIGNMENT, MONTH))
def cost_of_each(
    salary_of_assigned_position, assignment_limits_salary, cost_of_assigned_stay, assignment_limits_stay, cost_of_assigned_person
):
    """Cost of each salary, stay or person that the source limits."""
    of_salary, of_stay = salary_of_assigned_position * assignment_limits_salary, cost_of_assigned_stay * assignment_limits_stay
    return of_salary + of_stay + cost_of_assigned_person


@line(unit="share of cost", over=(ASSIGNMENT, MONTH))
def share_within_limit(assignment_limit, cost_of_each):
    """Share of the cost up to the limit of its source; all of it where there is none, or nothing is above it."""
    return when(cost_of_each > assignment_limit, when(assignment_limit > 0, ratio(assignment_limit, cost_of_each), 1), 1)


@line(unit="dollars", over=(ASSIGNMENT, MONTH), in_a_year="sum")
def cost_above_limit(assigned_cost, cost_assigned_to_money, cost_assigned_to_match):
    """Cost of the column above the limit of its source: the County's own, which no source pays."""
    return assigned_cost - cost_assigned_to_money - cost_assigned_to_match
