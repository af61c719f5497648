"""What the program costs for each month of service and for each person served.

A full site without time limits enrolls few people, so cost for each person who enrolls rises without meaning; people served
are those of the year, whenever they enrolled. What other programs publish has no treatment or housing in it: the figure to
set beside it is all cost but those.
"""

from __future__ import annotations

from budget_model.engine.rows import line, total
from budget_model.engine.vocabulary import nothing_below_tolerance, ratio
from budget_model.scenario.axes import Axis

AREA = "appropriation"
SITE, MONTH, YEAR = Axis.SITE, Axis.MONTH, Axis.YEAR


@line(unit="people", over=(SITE, YEAR))
def people_served_in_year(active_participants, exits):
    """People on the caseload at any time of the year: those still there at its end, and those who left."""
    return active_participants + exits


@line(unit="dollars a person", over=(SITE, YEAR))
def cost_per_person_served(site_cost, people_served_in_year):
    """Site cost for each person on the caseload at any time of the year."""
    return ratio(site_cost, people_served_in_year)


@line(unit="dollars a participant-month", over=(SITE, YEAR))
def cost_per_participant_month(site_cost, participant_months):
    """Site cost for each month of service to a participant."""
    return ratio(site_cost, participant_months)


@total(unit="people", over=(YEAR,), of="people_served_in_year")
def all_people_served_in_year():
    """People on the caseload of any site at any time of the year."""


@total(unit="participant-months", over=(MONTH,), of="participant_months", in_a_year="sum", inline=True)
def participant_months_of_all_sites():
    """Months of service given at all sites."""


@line(unit="participant-months", over=(YEAR,))
def all_participant_months(participant_months_of_all_sites):
    """Months of service given at all sites in the year."""
    return nothing_below_tolerance(participant_months_of_all_sites)


@line(unit="dollars a participant-month", over=(YEAR,))
def contract_cost_per_participant_month(all_contract_cost, all_participant_months):
    """What contracts with community providers cost for each month of service."""
    return ratio(all_contract_cost, all_participant_months)


@line(unit="dollars", over=(YEAR,))
def cost_without_care(gross_appropriation, all_care_cost):
    """All cost but treatment and housing: providers, County staff, police and prosecutors, services, start-up."""
    return gross_appropriation - all_care_cost


@line(unit="dollars a participant-month", over=(YEAR,))
def cost_without_care_per_participant_month(cost_without_care, all_participant_months):
    """All cost but treatment and housing for each month of service: the figure to set beside what other programs publish."""
    return ratio(cost_without_care, all_participant_months)


@line(unit="dollars a participant-month", over=(YEAR,))
def full_cost_per_participant_month(gross_appropriation, all_participant_months):
    """All cost, treatment and housing among it, for each month of service."""
    return ratio(gross_appropriation, all_participant_months)


@line(unit="dollars a person", over=(YEAR,))
def cost_without_care_per_person_served(cost_without_care, all_people_served_in_year):
    """All cost but treatment and housing for each person on the caseload at any time of the year."""
    return ratio(cost_without_care, all_people_served_in_year)
