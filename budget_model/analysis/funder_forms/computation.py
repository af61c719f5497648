"""How the amount of a line is worked out, as a person writes it on a form: rates, quantities, months.

A product that the scenario notes beside a single amount is quoted: there stands how it was worked out before it was typed.
"""

from __future__ import annotations

import re

import numpy as np

from budget_model.analysis.funder_forms.computation_of_lines import amount_in_words, budget_line_in_words, rate_in_words
from budget_model.engine.arrays import Array
from budget_model.formats import counted, written
from budget_model.projection import Projection
from budget_model.scenario.assumption import NumberAssumption
from budget_model.scenario.choices import NO_ITEM, Driver, Payment
from budget_model.scenario.schema import BudgetLine, Care, Contract, InKindContribution, Item, Position, Rate, Service, Source
from budget_model.timeline import month_label

_PRODUCT = re.compile(r"\d[^;]*? [x\u00d7*] ")


def pay_in_words(projection: Projection, position: Position, at: int) -> str:
    """Return how the pay of a position, by its place in its table, is worked out: number, rate, share of time, months."""
    on = projection.monthly("budgeted_positions")[at]
    most = float(on.max(initial=0.0))
    if not most:
        return "no month budgeted"
    rates = (
        (position.annual_salary, "a year"),
        (position.monthly_salary, "a month"),
        (position.hourly_pay, f"an hour, {written(position.hours_a_year.number)} hours a year"),
    )
    amounts = [amount_in_words(projection, one) for one in projection.scenario.amounts if one.position == position.name]
    said = [f"{_money(rate.number)} {unit}" for rate, unit in rates if rate.number]
    paid = f"({', '.join(amounts)})" if amounts else " and ".join(said) or "no pay"
    words = [f"{_up_to(on)} x {paid} x {_percent(position.time_share.number)} of time x {_months(projection, on)}"]
    if position.overtime_hours_a_year.number:
        hours = f"{written(position.overtime_hours_a_year.number)} hours a year"
        words.append(f"overtime of {hours} each at {_money(position.overtime_hourly_pay.number)} an hour")
    grows = projection.scenario.cost_of_living_adjustments or projection.scenario.general.cost_of_living_rate.number
    if not amounts and (grows or position.step_rate.number):
        words.append("raises and steps on top" if grows and position.step_rate.number else "raises on top" if grows else "steps on top")
    if projection.monthly("salary_savings")[at].any():
        words.append("less salary savings")
    return "; ".join(words)


def benefits_in_words(projection: Projection, position: Position) -> str:
    """Return how the benefits of a position are worked out: each rate by name, amounts beside them."""
    components = [one for one in projection.scenario.benefit_components if one.plan == position.benefit_plan != NO_ITEM]
    parts = [f"{one.name} {_percent(one.rate.number)}" for one in components]
    if position.employee_benefit_rate.number:
        parts.append(_percent(position.employee_benefit_rate.number))
    words = [f"{' + '.join(parts)} of pay"] if parts else []
    if position.overtime_hours_a_year.number and position.overtime_benefit_rate.number:
        words.append(f"{_percent(position.overtime_benefit_rate.number)} of overtime")
    if position.monthly_benefit_amount.number:
        words.append(f"{_money(position.monthly_benefit_amount.number)} a month for each")
    return "; ".join(words) or "none"


def in_words(projection: Projection, item: Item, at: int) -> str:
    """Return how the cost of a line of the budget that is no position, by its place in its table, is worked out."""
    if isinstance(item, Contract):
        return _contract(projection, item, at)
    if isinstance(item, Service):
        return _service(projection, item, at)
    if isinstance(item, BudgetLine):
        return budget_line_in_words(projection, item, at)
    if isinstance(item, Rate):
        return rate_in_words(projection, item, at)
    return _care(projection, item, at) if isinstance(item, Care) else ""


def _contract(projection: Projection, contract: Contract, at: int) -> str:
    months = _months(projection, projection.monthly("ongoing_contract_cost")[at])
    agreed = _agreed(contract)
    indirect = min(contract.indirect_rate.number, contract.indirect_cap.number)
    if agreed and contract.payment is not Payment.COST_REIMBURSEMENT:
        words = [f"{agreed} x {months}"]
    else:
        words = _staff(projection, contract)
        if contract.participant_assistance.number:
            words.append(f"assistance {_money(contract.participant_assistance.number)} a participant a month")
        if contract.operating_cost.number:
            words.append(f"operating cost {_money(contract.operating_cost.number)} a month")
        words = [f"reimbursed cost of {months}", *words] if words else []
        words += [amount_in_words(projection, one) for one in projection.scenario.amounts if one.contract == contract.name]
        if indirect and words:
            words.append(f"indirect {_percent(indirect)} of direct cost")
    if contract.start_up_cost.number:
        words.append(f"start-up {_money(contract.start_up_cost.number)} once")
        if indirect and contract.start_up_bears_indirect:
            words[-1] += f" with indirect {_percent(indirect)}"
    if contract.escalation_rate.number:
        words.append(f"rising {_percent(contract.escalation_rate.number)} a year")
    return "; ".join(words)


def _agreed(contract: Contract) -> str:
    fixed, fee = contract.fixed_monthly_amount.number, contract.fee_per_participant_month.number
    parts = [f"{_money(fixed)} a month" if fixed else "", f"{_money(fee)} a participant a month" if fee else ""]
    return " and ".join(part for part in parts if part)


def _staff(projection: Projection, contract: Contract) -> list[str]:
    """Return the staff of a provider: each kind with its pay, then fringe benefits."""
    words = []
    if contract.case_manager_salary.number:
        of = f" for each {written(contract.caseload.number)} participants" if contract.caseload.number else ""
        words.append(f"a case manager{of} at {_money(contract.case_manager_salary.number)} a year")
    if contract.supervisor_salary.number:
        words.append(
            f"a supervisor for each {written(contract.supervisor_span.number)} at {_money(contract.supervisor_salary.number)} a year"
        )
    for staff in projection.scenario.provider_staff:
        if staff.contract == contract.name and staff.annual_salary.number:
            number = [written(staff.number.number)] if staff.number.number else []
            number += [f"1 for each {written(staff.participants_each.number)} participants"] if staff.participants_each.number else []
            words.append(f"{staff.name}: {' and '.join(number) or '0'} at {_money(staff.annual_salary.number)} a year")
    if words and contract.fringe_rate.number:
        words.append(f"fringe {_percent(contract.fringe_rate.number)} of pay")
    return words


def _service(projection: Projection, service: Service, at: int) -> str:
    words = []
    months = _months(projection, projection.monthly("recurring_service_cost")[at])
    if service.monthly_amount.number:
        words.append(f"{_money(service.monthly_amount.number)} a month x {months}{_noted(service.monthly_amount)}")
    if service.amount_per_unit.number:
        unit = "" if service.driver is Driver.NONE else f" for each of {service.driver}"
        words.append(f"{_money(service.amount_per_unit.number)} a month{unit} x {months}{_noted(service.amount_per_unit)}")
    if words and projection.scenario.general.price_growth_rate.number:
        words.append(f"prices rising {_percent(projection.scenario.general.price_growth_rate.number)} a year")
    if service.one_time_amount.number:
        words.append(f"{_money(service.one_time_amount.number)} once{_noted(service.one_time_amount)}")
    return "; ".join(words)


def _care(projection: Projection, care: Care, at: int) -> str:
    words = []
    if care.unit_rate.number:
        units = f" x {written(care.units_a_day.number)} a day" if care.units_a_day.number != 1 else " a day"
        words.append(f"{_money(care.unit_rate.number)}{units}")
    if care.monthly_subsidy.number:
        words.append(f"subsidy {_money(care.monthly_subsidy.number)} a person a month")
    if care.monthly_services.number:
        words.append(f"services {_money(care.monthly_services.number)} a person a month")
    if care.cost_per_placement.number:
        words.append(f"{_money(care.cost_per_placement.number)} a placement")
    if care.guaranteed_places.number:
        words.append(f"{counted(int(care.guaranteed_places.number), 'place')} paid at least")
    people = float(projection.monthly("people_served")[at].sum())
    return "; ".join([*words, f"{people:,.1f} person-months of {counted(int(care.places.number), 'place')}"])


def contribution_in_words(given: InKindContribution) -> str:
    """Return what is given in kind, by whom, and how its value is counted."""
    monthly, whole = given.monthly_value, given.total_value
    parts = [f"{_money(monthly.number)} a month{_noted(monthly)}" if monthly.number else ""]
    parts.append(f"{_money(whole.number)} over all its months{_noted(whole)}" if whole.number else "")
    if given.quantity_given.number and given.unit_value.number:
        parts.append(f"{written(given.quantity_given.number)} {given.counts or 'units'} x {_money(given.unit_value.number)}")
    return "; ".join([*(part for part in parts if part), f"given by {given.giver}" if given.giver else "given in kind by the applicant"])


def indirect_in_words(source: Source) -> str:
    """Return how overhead that is claimed beside the money drawn is worked out."""
    return f"{_percent(source.claimable_indirect_rate.number)} of the money drawn, for overhead that is budgeted elsewhere"


def _up_to(number: Array) -> str:
    least, most = float(number[number > 0].min()), float(number.max())
    return written(most) if least == most else f"{written(least)} to {written(most)}"


def _months(projection: Projection, amounts: Array) -> str:
    """Return how many months have any amount, with the first and the last."""
    at = np.flatnonzero(amounts)
    if not len(at):
        return "no month"
    first, last = (month_label(projection.timeline.months[place]) for place in (at[0], at[-1]))
    return f"{counted(len(at), 'month')} ({first})" if len(at) == 1 else f"{counted(len(at), 'month')} ({first} to {last})"


def _noted(number: NumberAssumption) -> str:
    return f" ({number.note.rstrip('.')})" if number.origin != "default" and _PRODUCT.search(number.note) else ""


def _money(amount: float) -> str:
    return f"${amount:,.0f}" if amount == round(amount) else f"${amount:,.2f}"


def _percent(rate: float) -> str:
    return f"{written(round(rate * 100, 6))}%"
