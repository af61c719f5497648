"""What treatment and housing cost, and the federal share of Drug Medi-Cal: gross cost, federal revenue, net cost.

Recovery bridge housing, interim housing, room and board are no Drug Medi-Cal benefit: their Medi-Cal share is 0.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import delay, line, total
from budget_model.engine.vocabulary import ratio, when
from budget_model.scenario.axes import Axis

CARE, KIND, FEDERAL = Axis.CARE, Axis.KIND, Axis.FEDERAL
MONTH, YEAR = Axis.MONTH, Axis.YEAR


@line(unit="dollars a person a day", over=(CARE,))
def cost_of_a_day(care_unit_rate, care_units_a_day):
    """Cost of one person for a day: the rate by the units that a day takes."""
    return care_unit_rate * care_units_a_day


@line(unit="dollars a person a month", over=(CARE,))
def cost_by_the_month(care_monthly_subsidy, care_monthly_services):
    """Cost of one person for a month that does not depend on days: rental subsidy and services."""
    return care_monthly_subsidy + care_monthly_services


@line(unit="dollars a person a month", over=(CARE, MONTH))
def cost_of_a_person_month(days_in_month, care_stay_days, cost_of_a_day, cost_by_the_month):
    """Cost of one person for the month, or for the stay where it is shorter, at the prices of the scenario's beginning."""
    return np.minimum(days_in_month, care_stay_days) * cost_of_a_day + cost_by_the_month


@line(unit="dollars", over=(CARE, MONTH), in_a_year="sum")
def cost_of_stays(people_served, cost_of_a_person_month, price_factor):
    """Treatment days, bed-nights, rental subsidies and services of the people in the places."""
    return people_served * cost_of_a_person_month * price_factor


@line(unit="1 = yes", over=(KIND,))
def kind_paid_by_place(kind_is_usually_paid_by_place):
    """1 for the kinds of which the County usually pays every place, filled or not."""
    return kind_is_usually_paid_by_place


@total(unit="1 = yes", over=(CARE,), of="kind_paid_by_place", match={"kind": "kind"})
def usually_paid_by_place():
    """1 where the kind of the places is usually paid by place, else 0."""


@line(unit="1 = yes", over=(CARE,))
def paid_by_place(care_is_paid_by_place, care_is_paid_as_usual, usually_paid_by_place):
    """1 where every place is paid, filled or not, else 0."""
    return care_is_paid_by_place + care_is_paid_as_usual * usually_paid_by_place


@line(unit="dollars a place a month", over=(CARE, MONTH))
def cost_of_a_place_month(days_in_month, cost_of_a_day, cost_by_the_month):
    """Cost of one place for the whole month, at the prices of the scenario's beginning."""
    return days_in_month * cost_of_a_day + cost_by_the_month


@line(unit="dollars", over=(CARE, MONTH), in_a_year="sum")
def cost_of_empty_places(
    paid_by_place, places, care_guaranteed_places, care_is_offered, people_in_place, cost_of_a_place_month, price_factor
):
    """What places cost in which nobody is, where every place is paid, or so many are guaranteed to the provider, whatever is there."""
    paid = when(paid_by_place == 1, places, care_guaranteed_places * care_is_offered)
    return np.maximum(0, paid - people_in_place) * cost_of_a_place_month * price_factor


@line(unit="dollars", over=(CARE, MONTH), in_a_year="sum")
def cost_of_placements(placements, care_cost_per_placement, price_factor):
    """What each placement costs beside the stay, such as moving in."""
    return placements * care_cost_per_placement * price_factor


@line(unit="dollars", over=(CARE, MONTH), in_a_year="sum")
def ongoing_care_cost(cost_of_stays, cost_of_empty_places, cost_of_placements):
    """Cost of treatment and housing that recurs."""
    return cost_of_stays + cost_of_empty_places + cost_of_placements


@line(unit="1 = yes", over=(CARE, MONTH))
def order_is_planned(month, care_order_month):
    """1 in the month in which places are planned to be ordered, else 0."""
    return when(month == care_order_month, 1, 0)


@delay(unit="1 = yes", over=(CARE, MONTH), of="order_is_planned", by="care_slip")
def places_are_ordered():
    """1 in the month in which places are ordered, else 0."""


@line(unit="dollars", over=(CARE, MONTH), in_a_year="sum")
def care_cost(ongoing_care_cost, care_added_places, care_cost_per_added_place, places_are_ordered):
    """What treatment and housing cost in the month, before any federal share; creating places is paid once, with their order."""
    return ongoing_care_cost + care_added_places * care_cost_per_added_place * places_are_ordered


@line(unit="share of cost", over=(FEDERAL,))
def federal_share_of_period(federal_newly_eligible, federal_others, newly_eligible_share):
    """Federal share of the period, of newly eligible adults and of others in their proportion."""
    return federal_others + (federal_newly_eligible - federal_others) * newly_eligible_share


@line(unit="share of cost", over=(FEDERAL, MONTH))
def federal_share_in_force(federal_share_of_period, month, federal_first_month, federal_last_month):
    """The federal share of the period in its months, else 0."""
    return federal_share_of_period * when(month >= federal_first_month, 1, 0) * when(month <= federal_last_month, 1, 0)


@total(unit="share of cost", over=(MONTH,), of="federal_share_in_force")
def federal_share():
    """Federal share of Drug Medi-Cal cost in the month (42 USC 1396d(y) for newly eligible adults)."""


@delay(unit="participants", over=(MONTH,), of="enrolled_to_date", by="medi_cal_activation_months")
def enrolled_before_activation():
    """Participants enrolled so many months ago as Medi-Cal takes to be activated."""


@line(unit="share", over=(MONTH,))
def share_activated(enrolled_to_date, enrolled_before_activation, all_active_participants):
    """Share of active participants whose Medi-Cal is activated: all but those enrolled in the last months."""
    return np.maximum(0, 1 - ratio(enrolled_to_date - enrolled_before_activation, all_active_participants))


@line(unit="dollars", over=(CARE, MONTH), in_a_year="sum")
def medi_cal_claims(cost_of_stays, care_medi_cal_share, medi_cal_eligible_share, share_activated, claim_success_share):
    """Cost of the treatment of people with Medi-Cal that is claimed and allowed, as far as the service is a benefit."""
    return cost_of_stays * care_medi_cal_share * medi_cal_eligible_share * share_activated * claim_success_share


@line(unit="dollars", over=(CARE, MONTH), in_a_year="sum")
def federal_reimbursement(medi_cal_claims, federal_share):
    """Federal money for the treatment of people with Medi-Cal."""
    return medi_cal_claims * federal_share


@line(unit="dollars", over=(CARE, MONTH), in_a_year="sum")
def nonfederal_share_of_claims(medi_cal_claims, federal_reimbursement):
    """The other share of the same claims, which 2011 Realignment and the State pay."""
    return medi_cal_claims - federal_reimbursement


@line(unit="dollars", over=(CARE, YEAR))
def net_care_cost(care_cost, federal_reimbursement):
    """Cost of treatment and housing after the federal share."""
    return care_cost - federal_reimbursement


@line(unit="people", over=(CARE, MONTH))
def people_served_beyond_plan(required_people_served, people_served):
    """People whom the places to add would serve in the month."""
    return required_people_served - people_served


@line(unit="dollars", over=(CARE, MONTH), in_a_year="sum")
def cost_of_places_to_add(
    people_served_beyond_plan,
    cost_of_a_person_month,
    paid_by_place,
    places_to_add,
    cost_of_a_place_month,
    opening_required_people_served,
    opening_people_served,
    leaving_share,
    care_cost_per_placement,
    price_factor,
):
    """What the places to add would cost in the month: more people served, or more places, and more placements than planned."""
    stays = when(paid_by_place == 1, places_to_add * cost_of_a_place_month, people_served_beyond_plan * cost_of_a_person_month)
    more_placements = people_served_beyond_plan - (opening_required_people_served - opening_people_served) * (1 - leaving_share)
    return (stays + more_placements * care_cost_per_placement) * price_factor


@line(unit="dollars", over=(CARE, YEAR))
def one_time_cost_of_places_to_add(places_to_add, care_cost_per_added_place):
    """What creating the places that are missing at the year's end would cost, once."""
    return places_to_add * care_cost_per_added_place


@total(unit="dollars", over=(MONTH,), of="care_cost", in_a_year="sum")
def all_care_cost():
    """Treatment and housing of all kinds, before any federal share."""


@total(unit="dollars", over=(MONTH,), of="federal_reimbursement", in_a_year="sum")
def all_federal_reimbursement():
    """Federal share of all treatment."""


@total(unit="dollars", over=(MONTH,), of="nonfederal_share_of_claims", in_a_year="sum")
def all_nonfederal_share_of_claims():
    """The other share of all claims."""


@total(unit="dollars", over=(MONTH,), of="cost_of_places_to_add", in_a_year="sum")
def all_cost_of_places_to_add():
    """What all places to add would cost in the month."""


@total(unit="dollars", over=(KIND, MONTH), of="care_cost", match={"kind": "kind"}, in_a_year="sum")
def care_cost_by_kind():
    """Treatment and housing by kind, before any federal share."""


@total(unit="dollars", over=(KIND, MONTH), of="federal_reimbursement", match={"kind": "kind"}, in_a_year="sum")
def federal_reimbursement_by_kind():
    """Federal share by kind."""
