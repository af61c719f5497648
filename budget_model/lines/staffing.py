"""County positions: how many are budgeted, what they are paid, what they cost in a full year.

Salaries, overtime, benefits and salary savings stand in rows of their own, and nothing is netted inside a rate
(conventions A12 to A14).
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import carry, delay, line, total
from budget_model.engine.vocabulary import nothing_below_tolerance, ratio, round_up, when
from budget_model.scenario.axes import Axis

PLACE, DEPARTMENT, RAISE = Axis.PLACE, Axis.DEPARTMENT, Axis.RAISE
BENEFIT, SAVINGS, POSITION, MONTH = Axis.BENEFIT, Axis.SAVINGS, Axis.POSITION, Axis.MONTH


@total(unit="months", over=(POSITION,), of="site_slip", match={"site": "site"})
def slip_of_position_site():
    """Months by which the position's site opens late; 0 for positions of no single site."""


@line(unit="months", over=(POSITION,))
def position_slip(position_slip_months, slip_of_position_site, position_keeps_its_months):
    """Months by which the position is filled late: its own, and those of its site."""
    return round_up(position_slip_months) + slip_of_position_site * (1 - position_keeps_its_months)


@line(unit="1 = yes", over=(POSITION, MONTH))
def position_is_planned(month, position_hire_month):
    """1 from the month in which the position is planned to be filled, else 0."""
    return when(month >= position_hire_month, 1, 0)


@delay(unit="1 = yes", over=(POSITION, MONTH), of="position_is_planned", by="position_slip")
def position_has_begun():
    """1 from the month in which the position is filled, else 0."""


@line(unit="1 = yes", over=(POSITION, MONTH))
def position_is_budgeted(position_has_begun, month, position_last_month):
    """1 from the month in which the position is filled to the last month, else 0."""
    return position_has_begun * when(month <= position_last_month, 1, 0)


@total(unit="driver units", over=(POSITION, MONTH), of="driver_units", match={"driver": "driver", "site": "site"})
def position_driver_units():
    """Units of the position's driver at its site, or program-wide."""


@line(unit="positions", over=(POSITION, MONTH), in_a_year="last")
def budgeted_positions(position_number, position_driver_units, position_one_per, position_is_budgeted):
    """Positions budgeted: the fixed number, and one for each so many driver units begun."""
    return (position_number + round_up(ratio(position_driver_units, position_one_per))) * position_is_budgeted


@line(unit="full-time equivalents", over=(POSITION, MONTH), in_a_year="last")
def budgeted_full_time_equivalents(budgeted_positions, position_time_share):
    """Positions budgeted, each by its percent of full time."""
    return budgeted_positions * position_time_share


@line(unit="share of salaries and benefits", over=(SAVINGS,))
def savings_of_filled_positions(savings_filled_rate):
    """The department's rate of salary savings of positions that are filled when the scenario begins."""
    return savings_filled_rate


@line(unit="share of salaries and benefits", over=(SAVINGS,))
def savings_of_other_positions(savings_other_rate):
    """The department's rate of salary savings of new and vacant positions."""
    return savings_other_rate


@total(unit="share of salaries and benefits", over=(POSITION,), of="savings_of_filled_positions", match={"department": "department"})
def department_savings_if_filled():
    """The rate of the position's department for filled positions, 0 where it says none."""


@total(unit="share of salaries and benefits", over=(POSITION,), of="savings_of_other_positions", match={"department": "department"})
def department_savings_if_not_filled():
    """The rate of the position's department for new and vacant positions, 0 where it says none."""


@line(unit="share of salaries and benefits", over=(POSITION,))
def savings_rate(position_salary_savings_rate, department_savings_if_filled, position_is_filled, department_savings_if_not_filled):
    """Share of salaries and benefits that vacancies leave unspent: the position's own, or its department's."""
    return position_salary_savings_rate + when(position_is_filled == 1, department_savings_if_filled, department_savings_if_not_filled)


@line(unit="full-time equivalents", over=(POSITION, MONTH), in_a_year="last")
def filled_full_time_equivalents(budgeted_full_time_equivalents, savings_rate):
    """Full-time equivalents expected to be filled, after vacancies."""
    return budgeted_full_time_equivalents * (1 - savings_rate)


@line(unit="positions", over=(POSITION,))
def positions_filled_before(position_number, position_is_filled):
    """Positions that are filled when the scenario begins."""
    return position_number * position_is_filled


@carry(unit="positions", over=(POSITION, MONTH), of="budgeted_positions", start="positions_filled_before", inline=True)
def opening_budgeted_positions():
    """Positions budgeted the month before."""


@line(unit="share", over=(RAISE, MONTH))
def raise_in_force(month, raise_effective, raise_rate):
    """The raise, in the month from which it holds. Raises before the scenario begins are in the salaries given."""
    return raise_rate * when(month == raise_effective, 1, 0)


@line(unit="share", over=(RAISE, MONTH))
def overtime_raise_in_force(raise_in_force, raise_applies_to_overtime):
    """The raise as far as it holds for overtime pay."""
    return raise_in_force * raise_applies_to_overtime


@total(unit="share", over=(MONTH,), of="raise_in_force")
def raise_of_salaries():
    """Dated raises of salaries that begin in the month."""


@total(unit="share", over=(MONTH,), of="overtime_raise_in_force")
def raise_of_overtime():
    """Dated raises of overtime pay that begin in the month."""


@carry(unit="factor", over=(MONTH,), of="cost_of_living_factor", start=1, inline=True)
def opening_cost_of_living_factor():
    """Cost-of-living factor of the month before."""


@line(unit="factor", over=(MONTH,))
def cost_of_living_factor(opening_cost_of_living_factor, cost_of_living_rate, fiscal_year_starts, raise_of_salaries):
    """Growth of county salaries since the scenario began: the yearly rate each July, and dated raises from their month.

    Raises of one month are added and come on top of the pay of the month before, the yearly rate among them.
    """
    return opening_cost_of_living_factor * (1 + cost_of_living_rate * fiscal_year_starts + raise_of_salaries)


@carry(unit="factor", over=(MONTH,), of="overtime_pay_factor", start=1, inline=True)
def opening_overtime_pay_factor():
    """Overtime pay factor of the month before."""


@line(unit="factor", over=(MONTH,))
def overtime_pay_factor(opening_overtime_pay_factor, cost_of_living_rate, fiscal_year_starts, raise_of_overtime):
    """Growth of overtime pay since the scenario began."""
    return opening_overtime_pay_factor * (1 + cost_of_living_rate * fiscal_year_starts + raise_of_overtime)


@carry(unit="months", over=(POSITION, MONTH), of="months_in_service", start=0, inline=True)
def opening_months_in_service():
    """Months in which the position was budgeted, before the month."""


@line(unit="months", over=(POSITION, MONTH))
def months_in_service(opening_months_in_service, budgeted_positions):
    """Months in which the position was budgeted since the scenario began, this month included."""
    return opening_months_in_service + when(budgeted_positions > 0, 1, 0)


@carry(unit="months", over=(POSITION, MONTH), of="months_since_anniversary", start=0, inline=True)
def opening_months_since_anniversary():
    """Months of service since the hire or its last anniversary, before the month."""


@line(unit="months", over=(POSITION, MONTH))
def months_since_anniversary(opening_months_since_anniversary, budgeted_positions):
    """Months of service since the hire or its last anniversary, this month included."""
    return when(opening_months_since_anniversary == 12, 0, opening_months_since_anniversary) + when(budgeted_positions > 0, 1, 0)


@line(unit="1 = yes", over=(POSITION, MONTH))
def step_is_due(
    fiscal_year_starts,
    opening_budgeted_positions,
    position_steps_in_july_after_a_month,
    opening_months_in_service,
    position_steps_in_july_after_a_year,
    opening_months_since_anniversary,
    position_steps_on_its_anniversary,
):
    """1 in the month of a step: on the anniversary of the hire, or each July after twelve months, or after one."""
    after_a_month = fiscal_year_starts * when(opening_budgeted_positions > 0, 1, 0) * position_steps_in_july_after_a_month
    after_a_year = fiscal_year_starts * when(opening_months_in_service >= 12, 1, 0) * position_steps_in_july_after_a_year
    return after_a_month + after_a_year + when(opening_months_since_anniversary == 12, 1, 0) * position_steps_on_its_anniversary


@carry(unit="factor", over=(POSITION, MONTH), of="step_factor", start=1, inline=True)
def opening_step_factor():
    """Step factor of the month before."""


@line(unit="factor", over=(POSITION, MONTH))
def step_factor(opening_step_factor, position_step_rate, step_is_due, position_top_step_multiple):
    """Growth of the position's salary by steps, up to the top step."""
    return np.minimum(position_top_step_multiple, opening_step_factor * (1 + position_step_rate * step_is_due))


@line(unit="dollars a month", over=(POSITION,))
def monthly_pay(position_monthly_salary, position_annual_salary, position_hourly_pay, position_hours_a_year):
    """Pay of one full-time position in a month, from pay by the month, by the year or by the hour."""
    return position_monthly_salary + position_annual_salary / 12 + position_hourly_pay * position_hours_a_year / 12


@line(unit="dollars", over=(POSITION, MONTH), in_a_year="sum")
def salaries(budgeted_full_time_equivalents, monthly_pay, cost_of_living_factor, step_factor, pay_of_its_months):
    """Salaries of the budgeted positions, as if all were filled: their pay with raises and steps, or their pay by year or month."""
    return budgeted_full_time_equivalents * (monthly_pay * cost_of_living_factor * step_factor + pay_of_its_months)


@line(unit="dollars", over=(POSITION, MONTH), in_a_year="sum")
def overtime(budgeted_positions, position_overtime_hours_a_year, position_overtime_hourly_pay, overtime_pay_factor):
    """Overtime of the budgeted positions (convention A14)."""
    return budgeted_positions * position_overtime_hours_a_year * position_overtime_hourly_pay / 12 * overtime_pay_factor


@line(unit="share of salary", over=(BENEFIT,))
def benefit_rate_on_salaries(benefit_rate):
    """The component's rate on salaries."""
    return benefit_rate


@line(unit="share of pay", over=(BENEFIT,))
def benefit_rate_on_overtime(benefit_rate, benefit_applies_to_overtime):
    """The component's rate on overtime: none unless it is paid on all pay (convention A14)."""
    return benefit_rate * benefit_applies_to_overtime


@total(unit="share of salary", over=(POSITION,), of="benefit_rate_on_salaries", match={"plan": "plan"})
def component_rate():
    """Sum of the rates of the position's benefit plan."""


@total(unit="share of pay", over=(POSITION,), of="benefit_rate_on_overtime", match={"plan": "plan"})
def component_rate_on_overtime():
    """Sum of the rates of the position's benefit plan that are paid on overtime."""


@line(unit="dollars", over=(POSITION, MONTH), in_a_year="sum", inline=True)
def flat_benefits(budgeted_positions, position_monthly_benefit_amount):
    """Employee benefits that are an amount for each position, such as an allowance for uniforms."""
    return budgeted_positions * position_monthly_benefit_amount


@line(unit="dollars", over=(POSITION, MONTH), in_a_year="sum")
def employee_benefits(salaries, position_employee_benefit_rate, component_rate, flat_benefits):
    """Employee benefits of the budgeted positions: one composite rate or the rates of a plan, and flat amounts."""
    return salaries * (position_employee_benefit_rate + component_rate) + flat_benefits


@line(unit="dollars", over=(POSITION, MONTH), in_a_year="sum")
def overtime_benefits(overtime, position_overtime_benefit_rate, component_rate_on_overtime):
    """Employee benefits on overtime, which are fewer than those on salaries."""
    return overtime * (position_overtime_benefit_rate + component_rate_on_overtime)


@total(unit="dollars", over=(BENEFIT, MONTH), of="salaries", match={"plan": "plan"})
def plan_salaries():
    """Salaries of the positions of the component's plan."""


@total(unit="dollars", over=(BENEFIT, MONTH), of="overtime", match={"plan": "plan"})
def plan_overtime():
    """Overtime of the positions of the component's plan."""


@line(unit="dollars", over=(BENEFIT, MONTH), in_a_year="sum")
def component_benefits(plan_salaries, benefit_rate_on_salaries, plan_overtime, benefit_rate_on_overtime):
    """What the component costs, of all positions of its plan."""
    return plan_salaries * benefit_rate_on_salaries + plan_overtime * benefit_rate_on_overtime


@line(unit="dollars", over=(POSITION, MONTH), in_a_year="sum")
def salary_savings(salaries, employee_benefits, savings_rate):
    """What vacancies leave unspent of salaries and benefits, as a negative amount."""
    return -(salaries + employee_benefits) * savings_rate


@line(unit="dollars", over=(POSITION, MONTH), in_a_year="sum")
def set_up_cost(budgeted_positions, opening_budgeted_positions, position_cost_per_new_hire):
    """Set-up of positions to be filled for the first time, once: workstation, recruitment, training."""
    return nothing_below_tolerance(budgeted_positions - opening_budgeted_positions) * position_cost_per_new_hire


@line(unit="dollars", over=(POSITION, MONTH), in_a_year="sum")
def recurring_position_cost(salaries, overtime, employee_benefits, overtime_benefits, salary_savings):
    """Salaries and employee benefits with overtime, after salary savings."""
    return salaries + overtime + employee_benefits + overtime_benefits + salary_savings


@line(unit="dollars", over=(POSITION, MONTH), in_a_year="sum")
def position_cost(recurring_position_cost, set_up_cost):
    """What the position costs in the month."""
    return recurring_position_cost + set_up_cost


@line(unit="dollars a year", over=(POSITION, MONTH), in_a_year="last")
def full_year_cost(recurring_position_cost):
    """What the positions of the month cost in a full year, beside what a part year costs (convention A13)."""
    return recurring_position_cost * 12


@line(unit="dollars", over=(POSITION, MONTH), in_a_year="sum")
def ongoing_position_cost(recurring_position_cost, position_is_temporary):
    """Cost of ordinance positions, which recur. Temporary positions and set-up end with the money that pays them."""
    return recurring_position_cost * (1 - position_is_temporary)


@total(unit="positions", over=(MONTH,), of="budgeted_positions", in_a_year="last")
def all_budgeted_positions():
    """County positions budgeted in all departments."""


@total(unit="full-time equivalents", over=(MONTH,), of="budgeted_full_time_equivalents", in_a_year="last")
def all_budgeted_full_time_equivalents():
    """County positions budgeted in all departments, each by its percent of full time."""


@total(unit="full-time equivalents", over=(MONTH,), of="filled_full_time_equivalents", in_a_year="last")
def all_filled_full_time_equivalents():
    """County full-time equivalents expected to be filled in all departments."""


@total(unit="positions", over=(DEPARTMENT, MONTH), of="budgeted_positions", match={"department": "department"}, in_a_year="last")
def department_budgeted_positions():
    """County positions budgeted in the department."""


@total(unit="positions", over=(PLACE, MONTH), of="budgeted_positions", match={"site": "site"}, in_a_year="last")
def budgeted_positions_by_place():
    """County positions budgeted at each site, and those of no single site."""


@total(
    unit="full-time equivalents",
    over=(DEPARTMENT, MONTH),
    of="budgeted_full_time_equivalents",
    match={"department": "department"},
    in_a_year="last",
)
def department_budgeted_full_time_equivalents():
    """County full-time equivalents budgeted in the department."""


@total(unit="dollars", over=(DEPARTMENT, MONTH), of="position_cost", match={"department": "department"}, in_a_year="sum")
def department_position_cost():
    """Salaries and employee benefits of the department, after salary savings, with set-up."""


@total(unit="dollars a year", over=(DEPARTMENT, MONTH), of="full_year_cost", match={"department": "department"}, in_a_year="last")
def department_full_year_cost():
    """What the department's positions of the month cost in a full year."""


@total(unit="dollars", over=(MONTH,), of="salaries", in_a_year="sum")
def all_salaries():
    """Salaries of all county positions, as if all were filled."""


@total(unit="dollars", over=(MONTH,), of="overtime", in_a_year="sum")
def all_overtime():
    """Overtime of all county positions."""


@total(unit="dollars", over=(MONTH,), of="employee_benefits", in_a_year="sum")
def all_employee_benefits():
    """Employee benefits of all county positions on their salaries."""


@total(unit="dollars", over=(MONTH,), of="overtime_benefits", in_a_year="sum")
def all_overtime_benefits():
    """Employee benefits of all county positions on overtime."""


@total(unit="dollars", over=(MONTH,), of="salary_savings", in_a_year="sum")
def all_salary_savings():
    """What vacancies leave unspent in all departments, as a negative amount."""


@total(unit="dollars", over=(MONTH,), of="set_up_cost", in_a_year="sum")
def all_set_up_cost():
    """Set-up of new hires in all departments."""


@total(unit="dollars", over=(MONTH,), of="position_cost", in_a_year="sum")
def all_position_cost():
    """Salaries and employee benefits of all county positions, after salary savings, with set-up."""


@total(unit="dollars a year", over=(MONTH,), of="full_year_cost", in_a_year="last")
def all_full_year_cost():
    """What all county positions of the month cost in a full year."""
