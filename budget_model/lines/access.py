"""Timely access to treatment and housing: who needs a place, who waits and how long, and what would meet the target.

Each row of treatment and housing is a number of places that people need, wait for, take and leave. A stay shorter than
a month lets a place serve several people in the month; a longer one keeps part of them from month to month. The expected
wait is the time in which the places, all in use, free up often enough for everyone who waits. The same rules are then
followed once more with as many places as the target asks for (`required_...`): the difference is what must be added.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import Exactly, Match, carry, line, total
from budget_model.engine.vocabulary import ratio, round_up, when
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import PROGRAM_WIDE

SITE, CARE, KIND, MONTH, YEAR = Axis.SITE, Axis.CARE, Axis.KIND, Axis.MONTH, Axis.YEAR
_AT_SITE: Match = {"site": "site", "kind": "kind"}
_SHARED: Match = {"site": Exactly(PROGRAM_WIDE), "kind": "kind"}


@total(unit="people", over=(CARE, MONTH), of="driver_units", match={"driver": "driver", "site": "site"}, inline=True)
def entrants_counted():
    """Entrants by whom the need is counted, at the row's site or program-wide."""


@line(unit="people", over=(CARE, MONTH), in_a_year="sum")
def people_in_need(entrants_counted, care_need_share):
    """People who come to need a place in the month."""
    return entrants_counted * care_need_share


@line(unit="1 = yes", over=(CARE, MONTH))
def care_is_offered(month, care_first_month, care_last_month):
    """1 in the months of the places, else 0."""
    return when(month >= care_first_month, 1, 0) * when(month <= care_last_month, 1, 0)


@line(unit="places", over=(CARE, MONTH), in_a_year="last")
def places(care_places, care_added_places, month, care_order_month, care_lead_days, care_is_offered):
    """Beds, units or slots: those of the beginning, and those added from their order and its lead time on."""
    return (care_places + care_added_places * when(month >= care_order_month + care_lead_days, 1, 0)) * care_is_offered


@line(unit="places", over=(CARE, MONTH))
def usable_places(places, care_occupancy_share):
    """Places that are filled when all are in use: turnover and repairs keep some empty."""
    return places * care_occupancy_share


@line(unit="people a place", over=(CARE, MONTH))
def people_a_place(days_in_month, care_stay_days):
    """People a place can serve in the month: one, or several where the stay is shorter than the month."""
    return np.maximum(1, ratio(days_in_month, care_stay_days))


@line(unit="share a month", over=(CARE, MONTH))
def leaving_share(days_in_month, care_stay_days):
    """Share of the people in place who leave in the month, from the length of stay."""
    return np.minimum(1, ratio(days_in_month, care_stay_days))


@carry(unit="people", over=(CARE, MONTH), of="people_served", start="care_starting_people")
def opening_people_served():
    """People served the month before."""


@carry(unit="people", over=(CARE, MONTH), of="people_waiting", start="care_starting_waiting")
def opening_people_waiting():
    """People waiting when the month begins."""


@line(unit="people", over=(CARE, MONTH), in_a_year="sum")
def people_leaving(opening_people_served, leaving_share):
    """People whose stay ends in the month."""
    return opening_people_served * leaving_share


@line(unit="people", over=(CARE, MONTH))
def people_seeking(opening_people_waiting, care_waiting_exit_rate, people_in_need, opening_people_served, people_leaving):
    """People who want a place in the month: who waits and has not given up, who comes, and who stays."""
    return opening_people_waiting * (1 - care_waiting_exit_rate) + people_in_need + opening_people_served - people_leaving


@line(unit="people", over=(CARE, MONTH))
def people_served(people_seeking, usable_places, people_a_place):
    """People served in the month, as far as places reach."""
    return np.minimum(people_seeking, usable_places * people_a_place)


@line(unit="people", over=(CARE, MONTH), in_a_year="last")
def people_in_place(people_served, people_a_place):
    """People in the places at a time: those served in the month, fewer where several share a place one after another."""
    return ratio(people_served, people_a_place)


@line(unit="people", over=(CARE, MONTH), in_a_year="last")
def people_waiting(people_seeking, people_served):
    """People waiting at the end of the month."""
    return people_seeking - people_served


@line(unit="people", over=(CARE, MONTH), in_a_year="sum")
def placements(people_served, opening_people_served, people_leaving):
    """People who take a place in the month; negative where places end and people must wait again."""
    return people_served - opening_people_served + people_leaving


@line(unit="days", over=(CARE, MONTH))
def wait_without_places(longest_wait_days, usable_places, people_waiting):
    """The longest wait counted, where people wait and there is no place."""
    return longest_wait_days * when(usable_places == 0, 1, 0) * when(people_waiting > 0, 1, 0)


@line(unit="days", over=(CARE, MONTH), in_a_year="last")
def expected_wait(people_waiting, care_stay_days, usable_places, wait_without_places, longest_wait_days):
    """Days until everyone who waits would be placed at the pace at which full places free up; the longest counted at most."""
    return np.minimum(longest_wait_days, ratio(people_waiting * care_stay_days, usable_places) + wait_without_places)


@line(unit="days", over=(CARE, YEAR))
def wait_beyond_target(expected_wait, care_target_wait_days):
    """Days by which the expected wait at the year's end is longer than the target."""
    return np.maximum(0, expected_wait - care_target_wait_days)


@carry(unit="people", over=(CARE, MONTH), of="required_people_served", start="care_starting_people")
def opening_required_people_served():
    """People who would have been served the month before."""


@carry(unit="people", over=(CARE, MONTH), of="required_people_waiting", start="care_starting_waiting")
def opening_required_people_waiting():
    """People who would wait for the places required when the month begins."""


@line(unit="people", over=(CARE, MONTH))
def required_people_seeking(
    opening_required_people_waiting, care_waiting_exit_rate, people_in_need, opening_required_people_served, leaving_share
):
    """People who would want a place in the month had the places required been there before."""
    return (
        opening_required_people_waiting * (1 - care_waiting_exit_rate)
        + people_in_need
        + opening_required_people_served * (1 - leaving_share)
    )


@line(unit="days", over=(CARE, MONTH))
def days_a_place_reaches(care_occupancy_share, care_target_wait_days, people_a_place, care_stay_days):
    """Days of stay that a place offers to those who seek one: those of the month, and those of the wait that is acceptable."""
    return care_occupancy_share * (care_target_wait_days + people_a_place * care_stay_days)


@line(unit="places", over=(CARE, MONTH))
def places_for_target(required_people_seeking, care_stay_days, days_a_place_reaches):
    """The fewest places with which the expected wait is the target or shorter."""
    return round_up(ratio(required_people_seeking * care_stay_days, days_a_place_reaches))


@line(unit="places", over=(CARE, MONTH), in_a_year="last")
def places_to_add(places_for_target, places):
    """Places that are missing in the month, beside those planned, for the wait to meet its target."""
    return np.maximum(0, places_for_target - places)


@line(unit="places", over=(CARE, MONTH), in_a_year="last")
def required_places(places, places_to_add):
    """Places that meet the target: those planned, and more where they do not suffice."""
    return places + places_to_add


@line(unit="people", over=(CARE, MONTH))
def required_people_served(required_people_seeking, required_places, care_occupancy_share, people_a_place):
    """People who would be served in the month with the places required."""
    return np.minimum(required_people_seeking, required_places * care_occupancy_share * people_a_place)


@line(unit="people", over=(CARE, MONTH))
def required_people_waiting(required_people_seeking, required_people_served):
    """People who would still wait, for no longer than the target."""
    return required_people_seeking - required_people_served


@total(unit="people", over=(KIND, MONTH), of="people_in_place", match={"kind": "kind"}, in_a_year="last")
def people_in_place_by_kind():
    """People in treatment and housing at the end of the month, by kind."""


@total(unit="people", over=(KIND, MONTH), of="people_waiting", match={"kind": "kind"}, in_a_year="last")
def people_waiting_by_kind():
    """People waiting at the end of the month, by kind."""


@total(unit="people", over=(KIND, MONTH), of="placements", match={"kind": "kind"}, in_a_year="sum")
def placements_by_kind():
    """People who take a place in the month, by kind."""


@total(unit="places", over=(KIND, MONTH), of="places", match={"kind": "kind"}, in_a_year="last")
def places_by_kind():
    """Places planned, by kind."""


@total(unit="places", over=(KIND, MONTH), of="places_to_add", match={"kind": "kind"}, in_a_year="last")
def places_to_add_by_kind():
    """Places that are missing in the month for waits to meet their targets, by kind."""


@line(unit="share", over=(SITE, YEAR))
def share_of_active_participants(active_participants, all_active_participants):
    """The site's share of all active participants at the year's end."""
    return ratio(active_participants, all_active_participants)


@total(unit="places", over=(SITE, KIND, MONTH), of="places", match=_AT_SITE, in_a_year="last", inline=True)
def places_of_the_site():
    """Places planned for the site alone, by kind."""


@total(unit="places", over=(KIND, MONTH), of="places", match=_SHARED, in_a_year="last", inline=True)
def places_all_sites_share():
    """Places planned for the participants of every site, by kind."""


@line(unit="places", over=(SITE, KIND, YEAR))
def places_for_site(places_of_the_site, places_all_sites_share, share_of_active_participants):
    """Places for the site's participants: its own, and of those that all sites share the share of its active participants."""
    return places_of_the_site + places_all_sites_share * share_of_active_participants


@total(unit="people", over=(SITE, KIND, MONTH), of="people_waiting", match=_AT_SITE, in_a_year="last", inline=True)
def people_waiting_for_places_of_the_site():
    """People waiting for the places of the site alone, by kind."""


@total(unit="people", over=(KIND, MONTH), of="people_waiting", match=_SHARED, in_a_year="last", inline=True)
def people_waiting_for_shared_places():
    """People waiting for the places that all sites share, by kind."""


@line(unit="people", over=(SITE, KIND, YEAR))
def people_of_site_waiting(people_waiting_for_places_of_the_site, people_waiting_for_shared_places, share_of_active_participants):
    """The site's participants who wait for a place: for its own, and of those who wait for shared ones the same share."""
    return people_waiting_for_places_of_the_site + people_waiting_for_shared_places * share_of_active_participants
