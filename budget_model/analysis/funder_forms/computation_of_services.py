"""How services, contracts with providers, treatment and housing are worked out, as a person writes it on a form."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from budget_model.analysis.funder_forms.computation_of_lines import amount_worked_out
from budget_model.analysis.funder_forms.worked_out import (
    Part,
    WorkedOut,
    amount,
    beyond,
    change,
    money,
    months,
    noted,
    percent,
    price,
    quantity,
    sum_of,
    worked_out,
)
from budget_model.formats import counted, written
from budget_model.projection import Projection
from budget_model.scenario.choices import Driver
from budget_model.scenario.schema import Care, Contract, Service


def service_worked_out(projection: Projection, service: Service, at: int) -> WorkedOut:
    """Return how a service, by its place in its table, is worked out: by the month, by the unit of its driver, once."""
    recurring = projection.monthly("recurring_service_cost")[at]
    monthly, each, once = service.monthly_amount, service.amount_per_unit, service.one_time_amount
    parts = []
    if monthly.number:
        paid = monthly.number * np.count_nonzero(recurring)
        parts.append(Part(f"{price(monthly.number)} a month x {months(projection, recurring)}{noted(monthly)}", paid))
    if each.number and service.driver is not Driver.NONE:
        units = float(projection.monthly("service_driver_units")[at][recurring != 0].sum())
        words = f"{price(each.number)} a month x {written(quantity(units, each.number))} {service.driver}"
        parts.append(Part(f"{words}, added up over {months(projection, recurring)}{noted(each)}", each.number * units))
    parts.append(beyond(_prices(projection), sum_of(projection, "recurring_service_cost", at), parts))
    paid_once = sum_of(projection, "one_time_service_cost", at)
    first = amount(f"{price(once.number)} once{noted(once)}", once.number if paid_once else 0.0)
    return worked_out(*parts, first, beyond(_prices(projection), paid_once, [first]))


def _prices(projection: Projection) -> str:
    return f"prices rising {percent(projection.scenario.general.price_growth_rate.number)} a year"


def contract_worked_out(projection: Projection, contract: Contract, at: int) -> WorkedOut:
    """Return how a contract, by its place in its table, is worked out: what is agreed, or the provider's cost; and start-up."""
    parts = list(_agreed(projection, contract, at)) + list(_reimbursed(projection, contract, at))
    once = sum_of(projection, "start_up_cost", at)
    parts.append(amount(f"start-up {price(contract.start_up_cost.number)} once", once))
    indirect = f"indirect {percent(_indirect_rate(contract))} of {money(once)} of start-up"
    parts.append(Part(indirect, sum_of(projection, "start_up_indirect_cost", at)))
    return worked_out(*parts)


def _agreed(projection: Projection, contract: Contract, at: int) -> Iterator[Part]:
    paid, on = projection.monthly("agreed_payment")[at], projection.monthly("payment_is_as_agreed")[at]
    fixed, fee = contract.fixed_monthly_amount.number, contract.fee_per_participant_month.number
    running = projection.monthly("contract_is_running")[at] * on
    people = float((projection.monthly("participants_paid")[at] * on).sum())
    over = months(projection, paid)
    parts = [
        Part(f"{price(fixed)} a month x {months(projection, running)}", fixed * float(running.sum())),
        Part(f"{price(fee)} a participant a month x {_participant_months(people, fee)} over {over}", fee * people),
    ]
    if paid.any():
        yield from parts
        yield beyond(_rises(contract), float(paid.sum()), parts)


def _reimbursed(projection: Projection, contract: Contract, at: int) -> Iterator[Part]:
    """Yield the provider's cost in the months in which it is reimbursed: pay, fringe, assistance, operating cost, indirect cost."""
    on = projection.monthly("cost_is_reimbursed")[at] > 0

    def paid(row: str) -> float:
        return float((projection.monthly(row)[at] * on).sum())

    running = projection.monthly("contract_is_running")[at] * on
    pay, fringe, vacant = paid("provider_salaries"), paid("provider_fringe_benefits"), contract.vacancy_rate.number
    yield Part(f"staff over {months(projection, running)}: {', '.join(_staff(projection, contract))}", pay)
    yield Part(f"fringe {percent(contract.fringe_rate.number)} of {money(pay)} of pay", fringe)
    yield change(f"vacancies of {percent(vacant)}", -vacant * (pay + fringe))
    each, of = contract.participant_assistance.number, float((projection.monthly("participants_served")[at] * on).sum())
    assistance = Part(f"assistance of {price(each)} a participant a month x {_participant_months(of, each)}", each * of)
    yield from (assistance, beyond(_rises(contract), paid("participant_assistance"), [assistance]))
    monthly = contract.operating_cost.number
    operating = Part(f"operating cost of {price(monthly)} a month x {months(projection, running)}", monthly * float(running.sum()))
    by_month = paid("amount_of_contract")
    yield from (operating, beyond(_rises(contract), paid("provider_operating_cost") - by_month, [operating]))
    amounts = [amount_worked_out(projection, one) for one in projection.scenario.amounts if one.contract == contract.name]
    yield from (*amounts, beyond("of it in months in which what is agreed is paid", by_month, amounts))
    indirect = f"indirect {percent(_indirect_rate(contract))} of {money(paid('provider_direct_cost'))}"
    yield Part(indirect, paid("provider_indirect_cost"))


def _staff(projection: Projection, contract: Contract) -> Iterator[str]:
    """Yield the staff of a provider: each kind with its pay, and how the contract rises."""
    if contract.case_manager_salary.number:
        of = f" for each {written(contract.caseload.number)} participants" if contract.caseload.number else ""
        yield f"a case manager{of} at {price(contract.case_manager_salary.number)} a year"
    if contract.supervisor_salary.number:
        each = written(contract.supervisor_span.number)
        yield f"a supervisor for each {each} at {price(contract.supervisor_salary.number)} a year"
    for staff in projection.scenario.provider_staff:
        if staff.contract == contract.name and staff.annual_salary.number:
            number = [written(staff.number.number)] if staff.number.number else []
            number += [f"1 for each {written(staff.participants_each.number)} participants"] if staff.participants_each.number else []
            yield f"{staff.name}: {' and '.join(number) or '0'} at {price(staff.annual_salary.number)} a year"
    if contract.escalation_rate.number:
        yield _rises(contract)


def _rises(contract: Contract) -> str:
    return f"rising {percent(contract.escalation_rate.number)} a year"


def _indirect_rate(contract: Contract) -> float:
    return min(contract.indirect_rate.number, contract.indirect_cap.number)


def _participant_months(number: float, each: float) -> str:
    return f"{written(quantity(number, each))} participant-months"


def care_worked_out(projection: Projection, care: Care, at: int) -> WorkedOut:
    """Return how treatment or housing, by its place in its table, is worked out: days, months and placements of people; empty places."""
    people = projection.monthly("people_served")[at]
    days = float((people * np.minimum(projection.monthly("days_in_month"), care.stay_days.number)).sum())
    person_months, placed = float(people.sum()), sum_of(projection, "placements", at)
    a_day = care.unit_rate.number * care.units_a_day.number
    units = f" x {written(care.units_a_day.number)} a day" if care.units_a_day.number != 1 else " a day"
    parts = [Part(f"{price(care.unit_rate.number)}{units} x {written(quantity(days, a_day))} person-days", a_day * days)]
    for name, monthly in (("subsidy", care.monthly_subsidy.number), ("services", care.monthly_services.number)):
        words = f"{name} of {price(monthly)} a person a month x {written(quantity(person_months, monthly))} person-months"
        parts.append(Part(words, monthly * person_months))
    empty, each = sum_of(projection, "cost_of_empty_places", at), care.cost_per_placement.number
    placing = Part(f"{price(each)} a placement x {written(quantity(placed, each))} placements", each * placed)
    parts.append(placing)
    stays = sum_of(projection, "cost_of_stays", at) + sum_of(projection, "cost_of_placements", at)
    parts.append(beyond(_prices(projection), stays, parts))
    parts.append(change(f"empty places of {counted(int(care.places.number), 'place')}", empty))
    created = sum_of(projection, "care_cost", at) - sum_of(projection, "ongoing_care_cost", at)
    parts.append(Part(f"{price(care.cost_per_added_place.number)} once x {written(care.added_places.number)} places created", created))
    return worked_out(*parts)
