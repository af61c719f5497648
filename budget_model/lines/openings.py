"""When contracts begin and sites open: as planned, or as late as they must; and what slips with a site.

A contract begins at the later of its plan and of its request with the lead time of its mechanism. A site opens when it is
planned to and a contract that serves its participants has begun and had its months of start-up. What belongs to a site, such
as hires, police time, beds, lines by quantity and rate, and rates, slips by the months by which the site opens late, unless
it keeps its months; last months, and amounts by year or month, never slip. A site that does not open within the scenario
takes what belongs to it with it. A part of a month counts as whole.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import delay, line, total
from budget_model.engine.vocabulary import round_up, when
from budget_model.scenario.axes import Axis

SITE, AGENCY, MECHANISM, CONTRACT, MONTH = Axis.SITE, Axis.AGENCY, Axis.MECHANISM, Axis.CONTRACT, Axis.MONTH


@line(unit="1 = yes", over=(AGENCY,))
def law_enforcement_agency(agency_is_police, agency_is_sheriff, agency_is_other_law_enforcement, agency_is_not_named):
    """1 for a law-enforcement agency that is named, however many sites it serves, else 0."""
    return (agency_is_police + agency_is_sheriff + agency_is_other_law_enforcement) * (1 - agency_is_not_named)


@line(unit="hours a person", over=(AGENCY,))
def training_of_each_person(agency_training_hours, agency_is_not_named):
    """Hours of training of each officer or lawyer; none where the agency is still to be named."""
    return agency_training_hours * (1 - agency_is_not_named)


@total(unit="agencies", over=(), of="law_enforcement_agency")
def all_law_enforcement_agencies():
    """Law-enforcement agencies that are named, each once."""


@line(unit="days", over=(MECHANISM,))
def lead_days(mechanism_lead_days):
    """Days from the request to the contract's first day."""
    return mechanism_lead_days


@total(unit="days", over=(CONTRACT,), of="lead_days", match={"mechanism": "mechanism"})
def contract_lead_days():
    """Days from the request to the first day, by the contracting mechanism; 0 where none is named."""


@line(unit="1 = yes", over=(MECHANISM,))
def mechanism_is_listed(mechanism_lead_days):
    """1 for each contracting mechanism."""
    return when(mechanism_lead_days >= 0, 1, 0)


@total(unit="1 = yes", over=(CONTRACT,), of="mechanism_is_listed", match={"mechanism": "mechanism"})
def contract_has_a_mechanism():
    """1 where the contract names its contracting mechanism, else 0."""


@line(unit="date", over=(CONTRACT,))
def earliest_contract_start(contract_request_month, contract_lead_days):
    """The first day on which the contract can exist, counted from the month of its request."""
    return contract_request_month + contract_lead_days


@line(unit="days", over=(CONTRACT,))
def days_before_the_contract_can_exist(contract_has_a_mechanism, earliest_contract_start, contract_first_month):
    """Days by which the contract is planned to begin before it can."""
    return contract_has_a_mechanism * np.maximum(0, earliest_contract_start - contract_first_month)


@line(unit="months", over=(SITE,))
def site_planned_slip(site_slip_months):
    """Whole months by which the site is said to open late."""
    return round_up(site_slip_months)


@total(unit="months", over=(CONTRACT,), of="site_planned_slip", match={"site": "site"})
def planned_slip_of_contract_site():
    """Whole months by which the contract's site is said to open late."""


@line(unit="months", over=(CONTRACT,))
def contract_planned_slip(contract_slip_months):
    """Whole months by which the contract is said to begin late."""
    return round_up(contract_slip_months)


@line(unit="1 = yes", over=(CONTRACT, MONTH))
def contract_is_planned(month, contract_first_month):
    """1 from the month in which the contract is planned to begin, else 0."""
    return when(month >= contract_first_month, 1, 0)


@line(unit="1 = yes", over=(CONTRACT, MONTH))
def contract_is_awaited(contract_is_planned, contract_has_a_mechanism, month, earliest_contract_start):
    """1 in the months in which the contract is planned and not possible yet, else 0."""
    return contract_is_planned * when(month >= earliest_contract_start * contract_has_a_mechanism, 0, 1)


@total(unit="months", over=(CONTRACT,), of="contract_is_awaited")
def months_contract_is_awaited():
    """Months by which the contract is possible later than planned."""


@line(unit="months", over=(CONTRACT,))
def contract_slip_before_opening(
    months_contract_is_awaited, contract_planned_slip, planned_slip_of_contract_site, contract_keeps_its_months
):
    """Months by which the contract begins late: as it can, as it is said to, or as its site is said to open late."""
    said = np.maximum(contract_planned_slip, planned_slip_of_contract_site * (1 - contract_keeps_its_months))
    return np.maximum(months_contract_is_awaited, said)


@line(unit="contracts", over=(CONTRACT,))
def contract_that_serves(contract_participant_share):
    """1 for a contract that serves participants, else 0."""
    return when(contract_participant_share > 0, 1, 0)


@line(unit="months", over=(MONTH,))
def month_of_the_scenario(month):
    """1 in every month."""
    return when(month > 0, 1, 0)


@total(unit="months", over=(), of="month_of_the_scenario")
def months_of_the_scenario():
    """Months that the scenario covers."""


@line(unit="months", over=(CONTRACT,))
def months_until_ready(contract_that_serves, contract_slip_before_opening, contract_start_up_months, months_of_the_scenario):
    """Months from the contract's plan until its site can open; all of the scenario's for a contract that serves nobody."""
    return when(contract_that_serves == 1, contract_slip_before_opening + round_up(contract_start_up_months), months_of_the_scenario)


@delay(unit="contracts", over=(CONTRACT, MONTH), of="contract_is_planned", by="months_until_ready")
def contract_ready_to_serve():
    """1 for a contract that serves participants, from the end of its start-up, else 0."""


@total(unit="contracts", over=(SITE,), of="contract_that_serves", match={"site": "site"})
def contracts_that_serve_the_site():
    """Contracts that serve participants of the site; without any the site waits for none."""


@total(unit="contracts", over=(SITE, MONTH), of="contract_ready_to_serve", match={"site": "site"}, inline=True)
def contracts_ready_at_site():
    """Contracts that are ready to serve participants of the site."""


@line(unit="1 = yes", over=(SITE, MONTH))
def site_is_planned(month, site_go_live):
    """1 from the month in which the site is planned to open, else 0."""
    return when(month >= site_go_live, 1, 0)


@line(unit="1 = yes", over=(SITE, MONTH))
def site_is_awaited(site_is_planned, site_starting_participants, contracts_that_serve_the_site, contracts_ready_at_site):
    """1 in the months in which the site is planned to be open and no contract is ready for it, else 0.

    A site with participants when the scenario begins is open already and waits for no contract.
    """
    waits = when(site_starting_participants > 0, 0, when(contracts_that_serve_the_site == 0, 0, 1))
    return site_is_planned * waits * when(contracts_ready_at_site > 0, 0, 1)


@total(unit="months", over=(SITE,), of="site_is_awaited")
def months_site_is_awaited():
    """Months by which the site can open later than planned."""


@line(unit="months", over=(SITE,))
def months_until_open(site_planned_slip, months_site_is_awaited):
    """Months of the scenario by which the site opens late: as it is said to, or as it can."""
    return np.maximum(site_planned_slip, months_site_is_awaited)


@delay(unit="open sites", over=(SITE, MONTH), of="site_is_planned", by="months_until_open", in_a_year="last")
def open_sites():
    """1 from the month in which the site takes its first referrals, else 0: when it is due and a contract is ready for it."""


@total(unit="months", over=(SITE,), of="open_sites")
def months_site_is_open():
    """Months of the scenario in which the site is open."""


@line(unit="months", over=(SITE,))
def site_slip(months_until_open, months_site_is_open, months_of_the_scenario):
    """Months by which the site opens late; all of the scenario's where it does not open within it."""
    return when(months_site_is_open == 0, months_of_the_scenario, months_until_open)


@line(unit="date", over=(SITE, MONTH))
def first_day_open(month, months_open, open_sites):
    """The month in which the site opens, in that month, else 0."""
    return month * when(months_open == 1, open_sites, 0)


@total(unit="date", over=(SITE,), of="first_day_open")
def site_opening():
    """The month in which the site opens; empty where it does not open within the scenario."""


@total(unit="months", over=(CONTRACT,), of="site_slip", match={"site": "site"})
def slip_of_contract_site():
    """Months by which the contract's site opens late."""


@line(unit="months", over=(CONTRACT,))
def contract_slip(contract_slip_before_opening, contract_that_serves, slip_of_contract_site, contract_keeps_its_months):
    """Months by which the contract begins late; one that serves no participants of its own slips with the site."""
    with_site = slip_of_contract_site * (1 - contract_that_serves) * (1 - contract_keeps_its_months)
    return np.maximum(contract_slip_before_opening, with_site)


@delay(unit="1 = yes", over=(CONTRACT, MONTH), of="contract_is_planned", by="contract_slip")
def contract_has_begun():
    """1 from the contract's first month, else 0."""
