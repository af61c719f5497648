"""Participants of each site: referrals by pathway, the people eligible, slots with a waiting list, the caseload.

Referrals ramp up from the first month; a share of each pathway's becomes enrollments, bounded by the people of the area
who are eligible and not yet in the program; slots bound enrollment, and who finds none free waits.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import carry, line, listing, total
from budget_model.engine.vocabulary import nothing_below_tolerance, ratio, when
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import Driver

SITE, DRIVER, MONTH = Axis.SITE, Axis.DRIVER, Axis.MONTH


@carry(unit="months", over=(SITE, MONTH), of="months_open", start=0, inline=True)
def opening_months_open():
    """Months the site had been open when the month begins."""


@line(unit="months", over=(SITE, MONTH))
def months_open(opening_months_open, open_sites):
    """Months the site has been open, this month included."""
    return opening_months_open + open_sites


@line(unit="share", over=(SITE, MONTH), inline=True)
def ramp_share(months_open, site_ramp_months, open_sites):
    """Share of full referrals reached: equal steps over the ramp months, then all."""
    return open_sites * when(months_open >= site_ramp_months, 1, ratio(months_open, site_ramp_months))


@line(unit="referrals a month", over=(SITE,), inline=True)
def officer_referrals_by_homeless_people(site_homeless_people, officer_referrals_per_100_homeless_people):
    """What officers refer after the ramp by the homeless people of the site, at one rate for all sites."""
    return site_homeless_people * officer_referrals_per_100_homeless_people / 100


@line(unit="referrals a month", over=(SITE,))
def pre_booking_referrals_after_ramp(
    site_pre_booking_referrals, officer_referrals_by_homeless_people, arrest_share_of_officer_referrals, site_officer_referral_level
):
    """What officers refer in place of a booking: the site's own number and the arrests' share of those by homeless people."""
    by_rate = officer_referrals_by_homeless_people * arrest_share_of_officer_referrals
    return (site_pre_booking_referrals + by_rate) * site_officer_referral_level


@line(unit="referrals a month", over=(SITE,))
def social_contact_referrals_after_ramp(
    site_social_contact_referrals, officer_referrals_by_homeless_people, arrest_share_of_officer_referrals, site_officer_referral_level
):
    """What officers refer without an arrest: the site's own number and the other share of those by homeless people."""
    by_rate = officer_referrals_by_homeless_people * (1 - arrest_share_of_officer_referrals)
    return (site_social_contact_referrals + by_rate) * site_officer_referral_level


@line(unit="referrals", over=(SITE, MONTH), in_a_year="sum")
def pre_booking_referrals(pre_booking_referrals_after_ramp, referral_level, ramp_share):
    """People whom officers refer in place of booking them (Penal Code 1001.85 and following)."""
    return pre_booking_referrals_after_ramp * referral_level * ramp_share


@line(unit="referrals", over=(SITE, MONTH), in_a_year="sum")
def social_contact_referrals(social_contact_referrals_after_ramp, referral_level, ramp_share):
    """People whom officers refer without an arrest, for what they did in the last 24 months."""
    return social_contact_referrals_after_ramp * referral_level * ramp_share


@line(unit="referrals", over=(SITE, MONTH), in_a_year="sum")
def community_referrals(site_community_referrals, referral_level, ramp_share):
    """People whom the community refers. The pilot's statute did not provide for it; the County added it later."""
    return site_community_referrals * referral_level * ramp_share


@line(unit="referrals", over=(SITE, MONTH), in_a_year="sum")
def referrals(pre_booking_referrals, social_contact_referrals, community_referrals):
    """People referred to the program in the month by all pathways."""
    return pre_booking_referrals + social_contact_referrals + community_referrals


@line(unit="people", over=(SITE, MONTH), in_a_year="sum")
def people_wanting_to_enroll(
    pre_booking_referrals,
    pre_booking_enrollment_share,
    social_contact_referrals,
    social_contact_enrollment_share,
    community_referrals,
    community_enrollment_share,
):
    """Referrals that become enrollments: each pathway's by its own share."""
    officers = pre_booking_referrals * pre_booking_enrollment_share + social_contact_referrals * social_contact_enrollment_share
    return officers + community_referrals * community_enrollment_share


@line(unit="people", over=(SITE, MONTH), inline=True)
def homeless_people_wanting_to_enroll(
    pre_booking_referrals,
    pre_booking_enrollment_share,
    pre_booking_homeless_share,
    social_contact_referrals,
    social_contact_enrollment_share,
    social_contact_homeless_share,
    community_referrals,
    community_enrollment_share,
    community_homeless_share,
):
    """Those of them who are homeless: each pathway's by its own share."""
    pre_booking = pre_booking_referrals * pre_booking_enrollment_share * pre_booking_homeless_share
    social_contact = social_contact_referrals * social_contact_enrollment_share * social_contact_homeless_share
    return pre_booking + social_contact + community_referrals * community_enrollment_share * community_homeless_share


@carry(unit="people", over=(SITE, MONTH), of="eligible_people", start="site_eligible_people", inline=True)
def opening_eligible_people():
    """People of the area who are eligible and not yet in the program when the month begins."""


@line(unit="people", over=(SITE, MONTH), in_a_year="sum")
def people_ready_to_enroll(people_wanting_to_enroll, opening_eligible_people, site_newly_eligible_people):
    """People who want to enroll, as far as there are people of the area who are eligible."""
    return np.minimum(people_wanting_to_enroll, opening_eligible_people + site_newly_eligible_people)


@line(unit="people", over=(SITE, MONTH), in_a_year="last")
def eligible_people(opening_eligible_people, site_newly_eligible_people, people_ready_to_enroll):
    """People of the area who are eligible and not yet in the program."""
    return opening_eligible_people + site_newly_eligible_people - people_ready_to_enroll


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


@line(unit="months", over=(SITE,))
def mean_stay(site_monthly_exit_rate):
    """Months that a participant stays on average; 0 where nobody leaves."""
    return ratio(1, site_monthly_exit_rate)


@line(unit="participants", over=(SITE, MONTH), inline=True)
def free_slots(slots, opening_active_participants, exits):
    """Places that can be filled in the month."""
    return nothing_below_tolerance(slots - opening_active_participants + exits)


@carry(unit="people", over=(SITE, MONTH), of="people_waiting_for_a_slot", start=0)
def opening_people_waiting_for_a_slot():
    """People waiting for a slot when the month begins."""


@line(unit="participants", over=(SITE, MONTH), in_a_year="sum")
def enrollments(opening_people_waiting_for_a_slot, site_waiting_exit_rate, people_ready_to_enroll, free_slots):
    """People who enroll in the month, those who still wait and those who come, as far as slots are free."""
    return np.minimum(opening_people_waiting_for_a_slot * (1 - site_waiting_exit_rate) + people_ready_to_enroll, free_slots)


@line(unit="people", over=(SITE, MONTH), in_a_year="last")
def people_waiting_for_a_slot(opening_people_waiting_for_a_slot, site_waiting_exit_rate, people_ready_to_enroll, enrollments):
    """People waiting for a slot at the end of the month; a share of those who waited has given up."""
    return opening_people_waiting_for_a_slot * (1 - site_waiting_exit_rate) + people_ready_to_enroll - enrollments


@line(unit="people", over=(SITE, MONTH), in_a_year="sum")
def homeless_entrants(enrollments, homeless_people_wanting_to_enroll, people_wanting_to_enroll):
    """People who enroll and are homeless, in the proportion of the month's referrals."""
    return enrollments * ratio(homeless_people_wanting_to_enroll, people_wanting_to_enroll)


@line(unit="participants", over=(SITE, MONTH), in_a_year="last")
def active_participants(opening_active_participants, exits, enrollments):
    """Participants on the caseload at the end of the month."""
    return opening_active_participants - exits + enrollments


@line(unit="participants", over=(SITE, MONTH), in_a_year="last")
def engaged_participants(active_participants, site_inactive_share):
    """Participants who are engaged at the time; the others stay on the caseload and take no case manager's hours."""
    return active_participants * (1 - site_inactive_share)


@line(unit="participant-months", over=(SITE, MONTH), in_a_year="sum")
def participant_months(active_participants):
    """Months of service given: the active participants of each month, added up."""
    return nothing_below_tolerance(active_participants)


@total(unit="open sites", over=(MONTH,), of="open_sites", in_a_year="last")
def all_open_sites():
    """Sites open in the month."""


@total(unit="participants", over=(MONTH,), of="slots", in_a_year="last")
def all_slots():
    """Participants all sites can carry."""


@total(unit="participants", over=(MONTH,), of="enrollments", in_a_year="sum")
def all_enrollments():
    """People who enroll in the month at all sites."""


@carry(unit="participants", over=(MONTH,), of="enrolled_to_date", start=0)
def opening_enrolled_to_date():
    """People enrolled at all sites before the month."""


@line(unit="participants", over=(MONTH,), in_a_year="last")
def enrolled_to_date(opening_enrolled_to_date, all_enrollments):
    """People enrolled at all sites since the scenario began."""
    return opening_enrolled_to_date + all_enrollments


@total(unit="people", over=(MONTH,), of="homeless_entrants", in_a_year="sum")
def all_homeless_entrants():
    """People who enroll in the month at all sites and are homeless."""


@line(unit="people", over=(MONTH,), in_a_year="sum")
def all_entrants_with_substance_use_disorder(all_enrollments, substance_use_share):
    """People who enroll in the month at all sites and have a substance use disorder."""
    return all_enrollments * substance_use_share


@total(unit="people", over=(MONTH,), of="people_waiting_for_a_slot", in_a_year="last")
def all_people_waiting_for_a_slot():
    """People waiting for a slot at all sites at the end of the month."""


@total(unit="participants", over=(MONTH,), of="active_participants", in_a_year="last")
def all_active_participants():
    """Participants on the caseload of all sites at the end of the month."""


@total(unit="participants", over=(MONTH,), of="engaged_participants", in_a_year="last")
def all_engaged_participants():
    """Participants of all sites who are engaged at the time."""


@listing(
    unit="driver units",
    over=(DRIVER, MONTH),
    parts={
        Driver.OPEN_SITES: ("open_sites", "all_open_sites"),
        Driver.SLOTS: ("slots", "all_slots"),
        Driver.ENROLLMENTS: ("enrollments", "all_enrollments"),
        Driver.HOMELESS_ENTRANTS: ("homeless_entrants", "all_homeless_entrants"),
        Driver.ENTRANTS_WITH_SUBSTANCE_USE_DISORDER: ("all_entrants_with_substance_use_disorder",),
        Driver.ACTIVE_PARTICIPANTS: ("active_participants", "all_active_participants"),
        Driver.ENGAGED_PARTICIPANTS: ("engaged_participants", "all_engaged_participants"),
        Driver.CASE_MANAGERS: ("case_managers_at_site", "all_case_managers"),
    },
)
def driver_units():
    """What positions, services, treatment, housing and fees are counted by, at each site and program-wide."""
