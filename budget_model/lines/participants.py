"""Participants of each site: referrals ramp up from the first month, slots bound enrollment, a share leaves each month."""

from __future__ import annotations

import numpy as np

from budget_model.rows import Axis, carry, ledger, line, total
from budget_model.scenario import Driver
from budget_model.vocabulary import ratio, settle, when

SITE, DRIVER, MONTH = Axis.SITE, Axis.DRIVER, Axis.MONTH


@line(unit="open sites", over=(SITE, MONTH), in_a_year="last")
def open_sites(month, site_go_live):
    """1 from the month in which the site takes its first referrals, else 0."""
    return when(month >= site_go_live, 1, 0)


@carry(unit="months", over=(SITE, MONTH), of="months_open", start=0)
def opening_months_open():
    """Months the site had been open when the month begins."""


@line(unit="months", over=(SITE, MONTH))
def months_open(opening_months_open, open_sites):
    """Months the site has been open, this month included."""
    return opening_months_open + open_sites


@line(unit="share", over=(SITE, MONTH))
def ramp_share(months_open, site_ramp_months, open_sites):
    """Share of full referrals reached: equal steps over the ramp months, then all."""
    return open_sites * when(months_open >= site_ramp_months, 1, ratio(months_open, site_ramp_months))


@line(unit="referrals", over=(SITE, MONTH), in_a_year="sum")
def referrals(site_monthly_referrals, ramp_share):
    """People referred to the program in the month."""
    return site_monthly_referrals * ramp_share


@line(unit="participants", over=(SITE, MONTH), in_a_year="last")
def slots(site_slots, open_sites):
    """Participants the site can carry, from the month it opens."""
    return site_slots * open_sites


@carry(unit="participants", over=(SITE, MONTH), of="active_participants", start="site_starting_participants")
def opening_active_participants():
    """Participants on the caseload when the month begins."""


@line(unit="participants", over=(SITE, MONTH), in_a_year="sum")
def exits(opening_active_participants, site_monthly_exit_rate):
    """Participants who leave in the month. LEAD sets no time limit, so people leave by choice or eligibility."""
    return opening_active_participants * site_monthly_exit_rate


@line(unit="participants", over=(SITE, MONTH))
def free_slots(slots, opening_active_participants, exits):
    """Places that can be filled in the month."""
    return settle(slots - opening_active_participants + exits)


@line(unit="participants", over=(SITE, MONTH), in_a_year="sum")
def people_ready_to_enroll(referrals, site_enrollment_share):
    """Referrals of the month that become enrollments where slots allow."""
    return referrals * site_enrollment_share


@line(unit="participants", over=(SITE, MONTH), in_a_year="sum")
def enrollments(people_ready_to_enroll, free_slots):
    """People who enroll in the month, as far as slots are free."""
    return np.minimum(people_ready_to_enroll, free_slots)


@line(unit="participants", over=(SITE, MONTH), in_a_year="sum")
def not_enrolled_for_lack_of_slots(people_ready_to_enroll, enrollments):
    """People who would have enrolled in the month had a slot been free."""
    return people_ready_to_enroll - enrollments


@line(unit="participants", over=(SITE, MONTH), in_a_year="last")
def active_participants(opening_active_participants, exits, enrollments):
    """Participants on the caseload at the end of the month."""
    return opening_active_participants - exits + enrollments


@line(unit="participant-months", over=(SITE, MONTH), in_a_year="sum")
def participant_months(active_participants):
    """Months of service given: the active participants of each month, added up."""
    return settle(active_participants)


@total(unit="open sites", over=(MONTH,), of="open_sites", in_a_year="last")
def all_open_sites():
    """Sites open in the month."""


@total(unit="participants", over=(MONTH,), of="slots", in_a_year="last")
def all_slots():
    """Participants all sites can carry."""


@total(unit="participants", over=(MONTH,), of="enrollments", in_a_year="sum")
def all_enrollments():
    """People who enroll in the month at all sites."""


@total(unit="participants", over=(MONTH,), of="active_participants", in_a_year="last")
def all_active_participants():
    """Participants on the caseload of all sites at the end of the month."""


@ledger(
    unit="driver units",
    over=(DRIVER, MONTH),
    parts={
        Driver.OPEN_SITES: ("open_sites", "all_open_sites"),
        Driver.SLOTS: ("slots", "all_slots"),
        Driver.ENROLLMENTS: ("enrollments", "all_enrollments"),
        Driver.ACTIVE_PARTICIPANTS: ("active_participants", "all_active_participants"),
        Driver.CASE_MANAGERS: ("case_managers_at_site", "all_case_managers"),
    },
)
def driver_units():
    """What county positions and services are counted by, at each site and program-wide."""
