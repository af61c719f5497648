"""County positions: how many are budgeted, what they are paid, and the salary savings from vacancies.

Salary savings stand in a row of their own and are never netted inside a rate (convention A12).
"""

from __future__ import annotations

from budget_model.rows import Axis, carry, line, total
from budget_model.vocabulary import ratio, round_up, when

SITE, DEPARTMENT, POSITION, MONTH = Axis.SITE, Axis.DEPARTMENT, Axis.POSITION, Axis.MONTH


@line(unit="1 = yes", over=(POSITION, MONTH))
def position_is_budgeted(month, position_hire_month, position_last_month):
    """1 from the hire month to the last month, else 0."""
    return when(month >= position_hire_month, 1, 0) * when(month <= position_last_month, 1, 0)


@total(unit="driver units", over=(POSITION, MONTH), of="driver_units", match={"driver": "driver", "site": "site"})
def position_driver_units():
    """Units of the position's driver at its site, or program-wide."""


@line(unit="positions", over=(POSITION, MONTH), in_a_year="last")
def budgeted_positions(position_number, position_driver_units, position_one_per, position_is_budgeted):
    """Positions budgeted: the fixed number, and one for each so many driver units begun."""
    return (position_number + round_up(ratio(position_driver_units, position_one_per))) * position_is_budgeted


@line(unit="full-time equivalents", over=(POSITION, MONTH), in_a_year="last")
def filled_full_time_equivalents(budgeted_positions, position_salary_savings_rate):
    """Positions expected to be filled, after vacancies."""
    return budgeted_positions * (1 - position_salary_savings_rate)


@carry(unit="factor", over=(MONTH,), of="cost_of_living_factor", start=1)
def opening_cost_of_living_factor():
    """Cost-of-living factor of the month before."""


@line(unit="factor", over=(MONTH,))
def cost_of_living_factor(opening_cost_of_living_factor, cost_of_living_rate, fiscal_year_starts):
    """Growth of county salaries since the scenario began: the cost-of-living increase takes effect each July."""
    return opening_cost_of_living_factor * (1 + cost_of_living_rate * fiscal_year_starts)


@carry(unit="1 = yes", over=(POSITION, MONTH), of="position_is_budgeted", start=0)
def position_was_budgeted():
    """1 where the position was budgeted the month before: a step is earned after a month's service."""


@carry(unit="factor", over=(POSITION, MONTH), of="step_factor", start=1)
def opening_step_factor():
    """Step factor of the month before."""


@line(unit="factor", over=(POSITION, MONTH))
def step_factor(opening_step_factor, position_step_rate, fiscal_year_starts, position_was_budgeted):
    """Growth of the position's salary by steps: one each July after it was first filled."""
    return opening_step_factor * (1 + position_step_rate * fiscal_year_starts * position_was_budgeted)


@line(unit="dollars", over=(POSITION, MONTH), in_a_year="sum")
def salaries(budgeted_positions, position_monthly_salary, cost_of_living_factor, step_factor):
    """Salaries of the budgeted positions, as if all were filled."""
    return budgeted_positions * position_monthly_salary * cost_of_living_factor * step_factor


@line(unit="dollars", over=(POSITION, MONTH), in_a_year="sum")
def employee_benefits(salaries, position_employee_benefit_rate):
    """Employee benefits of the budgeted positions."""
    return salaries * position_employee_benefit_rate


@line(unit="dollars", over=(POSITION, MONTH), in_a_year="sum")
def salary_savings(salaries, employee_benefits, position_salary_savings_rate):
    """What vacancies leave unspent of salaries and benefits, as a negative amount."""
    return -(salaries + employee_benefits) * position_salary_savings_rate


@line(unit="dollars", over=(POSITION, MONTH), in_a_year="sum")
def position_cost(salaries, employee_benefits, salary_savings):
    """Salaries and employee benefits after salary savings."""
    return salaries + employee_benefits + salary_savings


@line(unit="dollars", over=(POSITION, MONTH), in_a_year="sum")
def ongoing_position_cost(position_cost, position_is_temporary):
    """Cost of ordinance positions, which recur."""
    return position_cost * (1 - position_is_temporary)


@line(unit="dollars", over=(POSITION, MONTH), in_a_year="sum")
def one_time_position_cost(position_cost, position_is_temporary):
    """Cost of temporary positions, which end with the money that pays them."""
    return position_cost * position_is_temporary


@total(unit="positions", over=(MONTH,), of="budgeted_positions", in_a_year="last")
def all_budgeted_positions():
    """County positions budgeted in all departments."""


@total(unit="full-time equivalents", over=(MONTH,), of="filled_full_time_equivalents", in_a_year="last")
def all_filled_full_time_equivalents():
    """County positions expected to be filled in all departments."""


@total(unit="positions", over=(SITE, MONTH), of="budgeted_positions", match={"site": "site"}, in_a_year="last")
def site_budgeted_positions():
    """County positions budgeted at the site."""


@total(unit="positions", over=(DEPARTMENT, MONTH), of="budgeted_positions", match={"department": "department"}, in_a_year="last")
def department_budgeted_positions():
    """County positions budgeted in the department."""


@total(unit="dollars", over=(DEPARTMENT, MONTH), of="position_cost", match={"department": "department"}, in_a_year="sum")
def department_position_cost():
    """Salaries and employee benefits of the department, after salary savings."""


@total(unit="dollars", over=(MONTH,), of="salaries", in_a_year="sum")
def all_salaries():
    """Salaries of all county positions, as if all were filled."""


@total(unit="dollars", over=(MONTH,), of="employee_benefits", in_a_year="sum")
def all_employee_benefits():
    """Employee benefits of all county positions."""


@total(unit="dollars", over=(MONTH,), of="salary_savings", in_a_year="sum")
def all_salary_savings():
    """What vacancies leave unspent in all departments, as a negative amount."""


@total(unit="dollars", over=(MONTH,), of="position_cost", in_a_year="sum")
def all_position_cost():
    """Salaries and employee benefits of all county positions, after salary savings."""
