"""Contracts with community providers: whom they employ, what they cost and what the County pays.

The provider's cost is built up whatever the payment: a contract reimburses it, or pays a fixed amount each month, or a
fee for each participant-month, and the difference is the provider's.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import carry, delay, line, total
from budget_model.engine.vocabulary import nothing_below_tolerance, ratio, round_up, when
from budget_model.scenario.axes import Axis

SITE, CONTRACT, STAFF = Axis.SITE, Axis.CONTRACT, Axis.STAFF
MONTH, YEAR = Axis.MONTH, Axis.YEAR


@carry(unit="1 = yes", over=(CONTRACT, MONTH), of="contract_has_begun", start=0, inline=True)
def opening_contract_has_begun():
    """1 from the month after the contract's first, else 0."""


@line(unit="1 = yes", over=(CONTRACT, MONTH))
def contract_is_running(contract_has_begun, month, contract_last_month):
    """1 in the months of the contract, else 0."""
    return contract_has_begun * when(month <= contract_last_month, 1, 0)


@line(unit="date", over=(CONTRACT, MONTH))
def first_day_of_contract(month, contract_is_running, opening_contract_has_begun):
    """The month in which the contract begins, in that month, else 0."""
    return month * contract_is_running * (1 - opening_contract_has_begun)


@total(unit="date", over=(CONTRACT,), of="first_day_of_contract")
def contract_start():
    """The month in which the contract begins; empty where it does not begin within the scenario."""


@total(unit="participants", over=(CONTRACT, MONTH), of="engaged_participants", match={"site": "site"}, inline=True)
def participants_at_contract_site():
    """Engaged participants of the contract's site."""


@line(unit="participants", over=(CONTRACT, MONTH), in_a_year="last")
def participants_served(participants_at_contract_site, contract_participant_share, contract_is_running):
    """Engaged participants that the contract serves."""
    return participants_at_contract_site * contract_participant_share * contract_is_running


@total(unit="participants", over=(CONTRACT, MONTH), of="active_participants", match={"site": "site"}, inline=True)
def active_participants_at_contract_site():
    """Active participants of the contract's site, engaged or not."""


@line(unit="participants", over=(CONTRACT, MONTH), in_a_year="last")
def participants_in_caseloads(
    participants_served, active_participants_at_contract_site, contract_participant_share, contract_is_running, contract_counts_active
):
    """Participants among whom caseloads are divided: all whom the contract takes, or the engaged alone."""
    active = active_participants_at_contract_site * contract_participant_share * contract_is_running
    return when(contract_counts_active == 1, active, participants_served)


@line(unit="full-time equivalents", over=(CONTRACT, MONTH), in_a_year="last")
def case_managers(participants_in_caseloads, contract_caseload, contract_minimum_case_managers, contract_is_running):
    """Case managers: one for each caseload begun, at least the minimum while the contract runs."""
    needed = round_up(ratio(participants_in_caseloads, contract_caseload))
    return np.maximum(contract_minimum_case_managers * contract_is_running, needed)


@line(unit="full-time equivalents", over=(CONTRACT, MONTH))
def case_managers_present(case_managers, contract_vacancy_rate):
    """Case managers who are there, after vacancies."""
    return case_managers * (1 - contract_vacancy_rate)


@total(unit="full-time equivalents", over=(SITE, MONTH), of="case_managers_present", match={"site": "site"}, inline=True)
def case_managers_present_at_site():
    """Case managers of all contracts who are at the site, after vacancies."""


@line(unit="participants a case manager", over=(SITE, MONTH), in_a_year="last")
def active_participants_per_case_manager(active_participants, case_managers_present_at_site):
    """Active participants, engaged or not, for each case manager who is there."""
    return ratio(active_participants, case_managers_present_at_site)


@line(unit="full-time equivalents", over=(CONTRACT, MONTH), in_a_year="last")
def supervisors(case_managers, contract_supervisor_span):
    """Supervisors: one for each span of case managers begun."""
    return round_up(ratio(case_managers, contract_supervisor_span))


@total(unit="full-time equivalents", over=(SITE, MONTH), of="case_managers", match={"site": "site"}, in_a_year="last")
def case_managers_at_site():
    """Case managers of all contracts at the site."""


@total(unit="full-time equivalents", over=(MONTH,), of="case_managers", in_a_year="last")
def all_case_managers():
    """Case managers of all contracts."""


@total(unit="participants", over=(STAFF, MONTH), of="participants_served", match={"contract": "contract"})
def participants_of_staff_contract():
    """Participants served by the contract that employs the staff."""


@total(unit="1 = yes", over=(STAFF, MONTH), of="contract_is_running", match={"contract": "contract"}, inline=True)
def staff_contract_is_running():
    """1 in the months of the contract that employs the staff."""


@line(unit="full-time equivalents", over=(STAFF, MONTH), in_a_year="last")
def other_staff(staff_number, staff_participants_each, participants_of_staff_contract, staff_contract_is_running):
    """Other provider staff while the contract runs: the fixed number, and one for each so many participants begun."""
    return staff_number * staff_contract_is_running + round_up(ratio(participants_of_staff_contract, staff_participants_each))


@line(unit="dollars", over=(STAFF, MONTH), in_a_year="sum")
def other_staff_pay(other_staff, staff_annual_salary):
    """Pay of other provider staff before the contract's escalator."""
    return other_staff * staff_annual_salary / 12


@total(
    unit="full-time equivalents", over=(CONTRACT, MONTH), of="other_staff", match={"contract": "contract"}, in_a_year="last", inline=True
)
def other_staff_of_contract():
    """Provider staff of the contract beside case managers and supervisors."""


@total(unit="dollars", over=(CONTRACT, MONTH), of="other_staff_pay", match={"contract": "contract"}, inline=True)
def other_staff_pay_of_contract():
    """Pay of the contract's other staff before the escalator."""


@line(unit="full-time equivalents", over=(CONTRACT, MONTH), in_a_year="last")
def provider_full_time_equivalents(case_managers, supervisors, other_staff_of_contract):
    """All staff of the contract."""
    return case_managers + supervisors + other_staff_of_contract


@total(unit="full-time equivalents", over=(SITE, MONTH), of="provider_full_time_equivalents", match={"site": "site"}, in_a_year="last")
def provider_staff_at_site():
    """All provider staff at the site."""


@carry(unit="months", over=(CONTRACT, MONTH), of="contract_months_since_rise", start=0, inline=True)
def opening_contract_months_since_rise():
    """Months since the contract began or its escalator last rose on its anniversary, before the month."""


@line(unit="months", over=(CONTRACT, MONTH))
def contract_months_since_rise(opening_contract_months_since_rise, contract_has_begun):
    """Months since the contract began or its anniversary, this month included."""
    return when(opening_contract_months_since_rise == 12, 0, opening_contract_months_since_rise) + contract_has_begun


@line(unit="1 = yes", over=(CONTRACT, MONTH), inline=True)
def contract_rises(fiscal_year_starts, contract_rises_on_its_anniversary, opening_contract_months_since_rise):
    """1 in the months in which the escalator rises: each July, or each anniversary of the contract."""
    return when(contract_rises_on_its_anniversary == 1, when(opening_contract_months_since_rise == 12, 1, 0), fiscal_year_starts)


@carry(unit="factor", over=(CONTRACT, MONTH), of="contract_escalation_factor", start=1, inline=True)
def opening_contract_escalation_factor():
    """Escalation factor of the month before."""


@line(unit="factor", over=(CONTRACT, MONTH))
def contract_escalation_factor(opening_contract_escalation_factor, contract_escalation_rate, contract_rises):
    """Growth of the contract's pay, fees and operating cost since the scenario began."""
    return opening_contract_escalation_factor * (1 + contract_escalation_rate * contract_rises)


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="sum")
def provider_salaries(
    case_managers,
    contract_case_manager_salary,
    supervisors,
    contract_supervisor_salary,
    other_staff_pay_of_contract,
    contract_escalation_factor,
):
    """Salaries of the contract's staff."""
    yearly = case_managers * contract_case_manager_salary + supervisors * contract_supervisor_salary
    return (yearly / 12 + other_staff_pay_of_contract) * contract_escalation_factor


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="sum")
def provider_fringe_benefits(provider_salaries, contract_fringe_rate):
    """Fringe benefits of the contract's staff."""
    return provider_salaries * contract_fringe_rate


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="sum")
def participant_assistance(participants_served, contract_participant_assistance, contract_escalation_factor):
    """Money spent on participants directly: transport, documents, clothing, emergency lodging."""
    return participants_served * contract_participant_assistance * contract_escalation_factor


@total(unit="dollars", over=(CONTRACT, MONTH), of="amount_of_month", match={"contract": "contract"}, inline=True)
def amount_of_contract():
    """The month's part of the amounts that the contract has by year or month."""


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="sum")
def provider_operating_cost(contract_operating_cost, contract_is_running, contract_escalation_factor, amount_of_contract):
    """Rent, travel, telephones and other operating cost of the provider, by the month or as amounts by year or month."""
    return contract_operating_cost * contract_is_running * contract_escalation_factor + amount_of_contract


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="sum")
def start_up_cost(contract_start_up_cost, first_day_of_contract):
    """Start-up cost, once, in the contract's first month. One-time amounts do not escalate."""
    return contract_start_up_cost * when(first_day_of_contract > 0, 1, 0)


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="sum")
def provider_direct_cost(
    provider_salaries,
    provider_fringe_benefits,
    contract_vacancy_rate,
    participant_assistance,
    provider_operating_cost,
):
    """The provider's recurring cost before indirect cost: pay as far as posts are filled, assistance, operating cost."""
    pay = (provider_salaries + provider_fringe_benefits) * (1 - contract_vacancy_rate)
    return pay + participant_assistance + provider_operating_cost


@line(unit="share of direct cost", over=(CONTRACT,))
def indirect_rate_allowed(contract_indirect_rate, contract_indirect_cap):
    """The provider's indirect rate, as far as the contract allows it."""
    return np.minimum(contract_indirect_rate, contract_indirect_cap)


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="sum")
def provider_indirect_cost(provider_direct_cost, indirect_rate_allowed):
    """The provider's indirect cost, a share of its recurring direct cost."""
    return provider_direct_cost * indirect_rate_allowed


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="sum")
def start_up_indirect_cost(start_up_cost, indirect_rate_allowed, contract_start_up_bears_indirect):
    """The provider's indirect cost of start-up, unless start-up is left out of its base, as equipment is (2 CFR 200.1)."""
    return start_up_cost * indirect_rate_allowed * contract_start_up_bears_indirect


@line(unit="months", over=(CONTRACT,))
def months_at_cost(contract_months_at_cost):
    """Whole months in which the provider's cost is paid before what is agreed."""
    return round_up(contract_months_at_cost)


@delay(unit="1 = yes", over=(CONTRACT, MONTH), of="contract_has_begun", by="months_at_cost")
def payment_is_as_agreed():
    """1 from the month in which what is agreed is paid, else 0."""


@line(unit="share", over=(CONTRACT, MONTH), inline=True)
def cost_is_reimbursed(contract_reimburses_cost, payment_is_as_agreed):
    """1 in the months in which the County pays the provider's cost, else 0."""
    return np.maximum(contract_reimburses_cost, 1 - payment_is_as_agreed)


@line(unit="participants", over=(CONTRACT, MONTH), inline=True)
def participants_paid(participants_served, contract_floor_participants, contract_is_running):
    """Participants whose fee is paid: those served, and at least the floor while the contract runs."""
    return np.maximum(participants_served, contract_floor_participants * contract_is_running)


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="sum", inline=True)
def agreed_payment(
    contract_fixed_monthly_amount,
    contract_is_running,
    contract_fee_per_participant_month,
    participants_paid,
    contract_escalation_factor,
    payment_is_as_agreed,
):
    """The fixed amount of the month, or the fee for its participants, once the months at cost are over."""
    fee = contract_fee_per_participant_month * participants_paid
    return (contract_fixed_monthly_amount * contract_is_running + fee) * contract_escalation_factor * payment_is_as_agreed


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="sum")
def ongoing_contract_cost(provider_direct_cost, provider_indirect_cost, cost_is_reimbursed, agreed_payment):
    """What the County pays under the contract as long as it runs: the provider's cost, or what is agreed."""
    return (provider_direct_cost + provider_indirect_cost) * cost_is_reimbursed + agreed_payment


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="sum")
def contract_cost(ongoing_contract_cost, start_up_cost, start_up_indirect_cost):
    """What the County pays under the contract: as long as it runs, and start-up with its indirect cost once."""
    return ongoing_contract_cost + start_up_cost + start_up_indirect_cost


@line(unit="dollars", over=(CONTRACT, YEAR))
def payment_beyond_provider_cost(ongoing_contract_cost, provider_direct_cost, provider_indirect_cost):
    """What fixed amounts and fees leave the provider above its cost; negative where they do not cover it."""
    return ongoing_contract_cost - provider_direct_cost - provider_indirect_cost


@carry(unit="dollars", over=(CONTRACT, MONTH), of="contract_spending_to_date", start=0, inline=True)
def opening_contract_spending_to_date():
    """What the County paid under the contract before the month."""


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="last")
def contract_spending_to_date(opening_contract_spending_to_date, contract_cost):
    """What the County has paid under the contract since the scenario began."""
    return opening_contract_spending_to_date + contract_cost


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="last")
def spending_above_contract_sum(contract_spending_to_date, contract_ceiling):
    """What has been paid by the month's end beyond the contract sum, where one is set: an amendment is needed before."""
    return nothing_below_tolerance(contract_spending_to_date - contract_ceiling) * when(contract_ceiling > 0, 1, 0)


@total(unit="full-time equivalents", over=(MONTH,), of="provider_full_time_equivalents", in_a_year="last")
def all_provider_staff():
    """All staff of all contracts."""


@total(unit="dollars", over=(MONTH,), of="contract_cost", in_a_year="sum")
def all_contract_cost():
    """What the County pays under all contracts."""
