"""Timely access to treatment and housing: who needs a place, who waits and how long, and what would meet the target.

Each row of treatment and housing is a number of places that people need, wait for, take and leave. A stay shorter than
a month lets a place serve several people in the month; a longer one keeps part of them from month to month. The expected
wait is the time in which the places, all in use, free up often enough for everyone who waits. The same rules are then
followed once more with as many places as the target asks for (`required_...`): the difference is what must be added.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import Exactly, Match, carry, delay, line, total
from budget_model.engine.vocabulary import nothing_below_tolerance, ratio, round_up, when
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import PROGRAM_WIDE, CareKind

SITE, CARE, KIND, MONTH, YEAR = Axis.SITE, Axis.CARE, Axis.KIND, Axis.MONTH, Axis.YEAR
_AT_SITE: Match = {"site": "site", "kind": "kind"}
_SHARED: Match = {"site": Exactly(PROGRAM_WIDE), "kind": "kind"}


@total(unit="people", over=(CARE, MONTH), of="driver_units", match={"driver": "driver", "site": "site"}, inline=True)
def entrants_counted():
    """Entrants by whom the need is counted, at the row's site or program-wide."""


@line(unit="people", over=(CARE, MONTH), in_a_year="sum")
def people_in_need_at_entry(entrants_counted, care_need_share):
    """People who come to need a place when they enter the program."""
    return entrants_counted * care_need_share


@total(unit="participants", over=(CARE, MONTH), of="driver_units", match={"driver": "counted", "site": "site"})
def participants_who_may_need_it():
    """Participants who may come to need a place again, at the row's site or program-wide."""


@total(unit="months", over=(CARE,), of="site_slip", match={"site": "site"})
def slip_of_care_site():
    """Months by which the site of the places opens late; 0 for places of no single site."""


@line(unit="months", over=(CARE,))
def care_slip(slip_of_care_site, care_keeps_its_months):
    """Months by which the places come late, with their site."""
    return slip_of_care_site * (1 - care_keeps_its_months)


@line(unit="1 = yes", over=(CARE, MONTH))
def care_is_planned(month, care_first_month):
    """1 from the month in which the places are planned, else 0."""
    return when(month >= care_first_month, 1, 0)


@delay(unit="1 = yes", over=(CARE, MONTH), of="care_is_planned", by="care_slip")
def care_has_begun():
    """1 from the first month of the places, else 0."""


@line(unit="1 = yes", over=(CARE, MONTH), inline=True)
def care_is_offered(care_has_begun, month, care_last_month):
    """1 in the months of the places, else 0."""
    return care_has_begun * when(month <= care_last_month, 1, 0)


@line(unit="1 = yes", over=(CARE, MONTH))
def added_places_are_planned(month, care_order_month, care_lead_days):
    """1 from the month in which the places added are planned to be there: their order and its lead time, else 0."""
    return when(month >= care_order_month + care_lead_days, 1, 0)


@delay(unit="1 = yes", over=(CARE, MONTH), of="added_places_are_planned", by="care_slip")
def added_places_are_there():
    """1 from the month in which the places added are there, else 0."""


@line(unit="places", over=(CARE, MONTH), in_a_year="last")
def places(care_places, care_added_places, added_places_are_there, care_is_offered):
    """Beds, units or slots: those of the beginning, and those added from their order and its lead time on."""
    return (care_places + care_added_places * added_places_are_there) * care_is_offered


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


@carry(unit="people", over=(CARE, MONTH), of="people_in_place", start="care_starting_people", inline=True)
def opening_people_in_place():
    """People in the places when the month begins."""


@line(unit="people", over=(CARE, MONTH), inline=True)
def people_without_such_a_place(participants_who_may_need_it, people_in_need_at_entry, opening_people_in_place, opening_people_waiting):
    """Participants who neither have such a place nor wait for one, without those who need one as they enter."""
    return nothing_below_tolerance(
        participants_who_may_need_it - people_in_need_at_entry - opening_people_in_place - opening_people_waiting
    )


@line(unit="people", over=(CARE, MONTH), in_a_year="sum")
def people_in_need_again(people_without_such_a_place, care_need_again_share):
    """Participants who come to need a place in the month, after they entered: relapse, loss of a home."""
    return people_without_such_a_place * care_need_again_share


@line(unit="people", over=(CARE, MONTH), in_a_year="sum")
def people_in_need(people_in_need_at_entry, people_in_need_again):
    """People who come to need a place in the month."""
    return people_in_need_at_entry + people_in_need_again


@line(unit="people", over=(CARE, MONTH), in_a_year="sum")
def stays_ended(opening_people_served, leaving_share):
    """People whose stay has lasted its days."""
    return opening_people_served * leaving_share


@total(unit="people", over=(MONTH,), of="placements", match={"kind": Exactly(CareKind.SUPPORTIVE_HOUSING)})
def placed_in_supportive_housing():
    """People who take a place of permanent supportive housing in the month."""


@carry(unit="people", over=(MONTH,), of="placed_in_supportive_housing", start=0)
def opening_placed_in_supportive_housing():
    """People who took a place of permanent supportive housing the month before."""


@line(unit="people", over=(CARE, MONTH), in_a_year="sum")
def people_moving_on(opening_placed_in_supportive_housing, care_moves_on_share, opening_people_served, stays_ended):
    """People who leave the places for the permanent home that they took the month before, before their stay is over."""
    return np.minimum(opening_placed_in_supportive_housing * care_moves_on_share, opening_people_served - stays_ended)


@line(unit="people", over=(CARE, MONTH), in_a_year="sum")
def people_leaving(stays_ended, people_moving_on):
    """People who leave the places in the month."""
    return stays_ended + people_moving_on


@line(unit="people", over=(CARE, MONTH), inline=True)
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
    """People who take a place in the month."""
    return np.maximum(0, people_served - opening_people_served + people_leaving)


@line(unit="people", over=(CARE, MONTH), in_a_year="sum")
def people_put_out(opening_people_served, people_leaving, people_served):
    """People who lose their place because places close, and wait again."""
    return np.maximum(0, opening_people_served - people_leaving - people_served)


@line(unit="days", over=(CARE, MONTH), inline=True)
def wait_without_places(longest_wait_days, usable_places, people_waiting):
    """The longest wait counted, where people wait and there is no place."""
    return longest_wait_days * when(usable_places == 0, 1, 0) * when(people_waiting > 0, 1, 0)


@line(unit="days", over=(CARE, MONTH), in_a_year="last")
def expected_wait(people_waiting, care_stay_days, usable_places, wait_without_places, longest_wait_days):
    """Days until everyone who waits would be placed at the pace at which full places free up; the longest counted at most."""
    return np.minimum(longest_wait_days, ratio(people_waiting * care_stay_days, usable_places) + wait_without_places)


@carry(unit="days", over=(CARE, MONTH), of="longest_wait_so_far", start=0, inline=True)
def opening_longest_wait_so_far():
    """The longest expected wait up to the month before."""


@line(unit="days", over=(CARE, MONTH), in_a_year="last")
def longest_wait_so_far(expected_wait, opening_longest_wait_so_far, fiscal_year_starts):
    """The longest expected wait of the fiscal year up to the month."""
    return np.maximum(expected_wait, opening_longest_wait_so_far * (1 - fiscal_year_starts))


@line(unit="days", over=(CARE, YEAR), in_a_year="largest")
def longest_wait(longest_wait_so_far):
    """The longest expected wait in any month of the year."""
    return np.maximum(0, longest_wait_so_far)


@line(unit="months", over=(CARE, MONTH), in_a_year="sum")
def months_beyond_target(expected_wait, care_target_wait_days):
    """1 in the months in which the expected wait is longer than is acceptable."""
    return when(expected_wait > care_target_wait_days, 1, 0)


@line(unit="days", over=(CARE, YEAR))
def wait_beyond_target(expected_wait, care_target_wait_days):
    """Days by which the expected wait at the year's end is longer than the target."""
    return np.maximum(0, expected_wait - care_target_wait_days)


@carry(unit="people", over=(CARE, MONTH), of="required_people_served", start="care_starting_people", inline=True)
def opening_required_people_served():
    """People who would have been served the month before."""


@carry(unit="people", over=(CARE, MONTH), of="required_people_waiting", start="care_starting_waiting", inline=True)
def opening_required_people_waiting():
    """People who would wait for the places required when the month begins."""


@line(unit="people", over=(CARE, MONTH), inline=True)
def required_people_seeking(
    opening_required_people_waiting,
    care_waiting_exit_rate,
    people_in_need,
    opening_required_people_served,
    leaving_share,
    people_moving_on,
):
    """People who would want a place in the month had the places required been there before."""
    return (
        opening_required_people_waiting * (1 - care_waiting_exit_rate)
        + people_in_need
        + opening_required_people_served * (1 - leaving_share)
        - people_moving_on
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


@total(unit="people", over=(KIND, MONTH), of="people_in_need", match={"kind": "kind"}, in_a_year="sum")
def people_in_need_by_kind():
    """People who come to need a place in the month, by kind."""


@total(unit="people", over=(KIND, MONTH), of="people_in_place", match={"kind": "kind"}, in_a_year="last")
def people_in_place_by_kind():
    """People in treatment and housing at the end of the month, by kind."""


@total(unit="people", over=(KIND, MONTH), of="people_waiting", match={"kind": "kind"}, in_a_year="last")
def people_waiting_by_kind():
    """People waiting at the end of the month, by kind."""


@total(unit="people", over=(KIND, MONTH), of="placements", match={"kind": "kind"}, in_a_year="sum")
def placements_by_kind():
    """People who take a place in the month, by kind."""


@total(unit="people", over=(KIND, MONTH), of="people_put_out", match={"kind": "kind"}, in_a_year="sum")
def people_put_out_by_kind():
    """People who lose their place because places close, by kind."""


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
