"""Contracts with community providers: case managers by caseload, supervisors by span, other staff, and what they cost."""

from __future__ import annotations

import numpy as np

from budget_model.rows import Axis, carry, line, total
from budget_model.vocabulary import ratio, round_up, when

SITE, CONTRACT, STAFF, MONTH = Axis.SITE, Axis.CONTRACT, Axis.STAFF, Axis.MONTH


@line(unit="1 = yes", over=(CONTRACT, MONTH))
def contract_is_running(month, contract_first_month, contract_last_month):
    """1 in the months of the contract, else 0."""
    return when(month >= contract_first_month, 1, 0) * when(month <= contract_last_month, 1, 0)


@total(unit="participants", over=(CONTRACT, MONTH), of="active_participants", match={"site": "site"})
def participants_at_contract_site():
    """Active participants of the contract's site."""


@line(unit="participants", over=(CONTRACT, MONTH), in_a_year="last")
def participants_served(participants_at_contract_site, contract_participant_share, contract_is_running):
    """Active participants that the contract serves."""
    return participants_at_contract_site * contract_participant_share * contract_is_running


@line(unit="full-time equivalents", over=(CONTRACT, MONTH), in_a_year="last")
def case_managers(participants_served, contract_caseload, contract_minimum_case_managers, contract_is_running):
    """Case managers: one for each caseload begun, at least the minimum while the contract runs."""
    return np.maximum(contract_minimum_case_managers * contract_is_running, round_up(ratio(participants_served, contract_caseload)))


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


@total(unit="1 = yes", over=(STAFF, MONTH), of="contract_is_running", match={"contract": "contract"})
def staff_is_employed():
    """1 in the months of the contract that employs the staff, else 0."""


@line(unit="full-time equivalents", over=(STAFF, MONTH), in_a_year="last")
def other_staff(staff_number, staff_participants_each, participants_of_staff_contract, staff_is_employed):
    """Other provider staff: the fixed number, and one for each so many participants begun."""
    return (staff_number + round_up(ratio(participants_of_staff_contract, staff_participants_each))) * staff_is_employed


@line(unit="dollars", over=(STAFF, MONTH))
def other_staff_pay(other_staff, staff_annual_salary):
    """Pay of other provider staff before the contract's escalator."""
    return other_staff * staff_annual_salary / 12


@total(unit="full-time equivalents", over=(CONTRACT, MONTH), of="other_staff", match={"contract": "contract"}, in_a_year="last")
def other_staff_of_contract():
    """Provider staff of the contract beside case managers and supervisors."""


@total(unit="dollars", over=(CONTRACT, MONTH), of="other_staff_pay", match={"contract": "contract"})
def other_staff_pay_of_contract():
    """Pay of the contract's other staff before the escalator."""


@line(unit="full-time equivalents", over=(CONTRACT, MONTH), in_a_year="last")
def provider_full_time_equivalents(case_managers, supervisors, other_staff_of_contract):
    """All staff of the contract."""
    return case_managers + supervisors + other_staff_of_contract


@total(unit="full-time equivalents", over=(SITE, MONTH), of="provider_full_time_equivalents", match={"site": "site"}, in_a_year="last")
def provider_staff_at_site():
    """All provider staff at the site."""


@carry(unit="factor", over=(CONTRACT, MONTH), of="contract_escalation_factor", start=1)
def opening_contract_escalation_factor():
    """Escalation factor of the month before."""


@line(unit="factor", over=(CONTRACT, MONTH))
def contract_escalation_factor(opening_contract_escalation_factor, contract_escalation_rate, fiscal_year_starts):
    """Growth of the contract's pay and operating cost since the scenario began, each July."""
    return opening_contract_escalation_factor * (1 + contract_escalation_rate * fiscal_year_starts)


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


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="sum")
def provider_operating_cost(contract_operating_cost, contract_is_running, contract_escalation_factor):
    """Rent, travel, telephones and other operating cost of the provider."""
    return contract_operating_cost * contract_is_running * contract_escalation_factor


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="sum")
def start_up_cost(contract_start_up_cost, month, contract_first_month):
    """Start-up cost, once, in the contract's first month. One-time amounts do not escalate."""
    return contract_start_up_cost * when(month == contract_first_month, 1, 0)


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="sum")
def provider_direct_cost(provider_salaries, provider_fringe_benefits, participant_assistance, provider_operating_cost):
    """The provider's recurring cost before indirect cost."""
    return provider_salaries + provider_fringe_benefits + participant_assistance + provider_operating_cost


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="sum")
def provider_indirect_cost(provider_direct_cost, contract_indirect_rate):
    """The provider's indirect cost, a share of its recurring direct cost."""
    return provider_direct_cost * contract_indirect_rate


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="sum")
def ongoing_contract_cost(provider_direct_cost, provider_indirect_cost):
    """What the County pays under the contract as long as it runs (cost reimbursement)."""
    return provider_direct_cost + provider_indirect_cost


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="sum")
def one_time_contract_cost(start_up_cost, contract_indirect_rate):
    """What the County pays once under the contract: start-up with its indirect cost."""
    return start_up_cost * (1 + contract_indirect_rate)


@line(unit="dollars", over=(CONTRACT, MONTH), in_a_year="sum")
def contract_cost(ongoing_contract_cost, one_time_contract_cost):
    """What the County pays under the contract."""
    return ongoing_contract_cost + one_time_contract_cost


@total(unit="full-time equivalents", over=(MONTH,), of="provider_full_time_equivalents", in_a_year="last")
def all_provider_staff():
    """All staff of all contracts."""


@total(unit="dollars", over=(MONTH,), of="contract_cost", in_a_year="sum")
def all_contract_cost():
    """What the County pays under all contracts."""
