"""Outcomes shown beside the budget and never netted into it: events avoided, with a range, at average and cashable cost.

Average cost is what an event costs the County when all cost is spread over all events; only the cashable part could be
taken out of a budget, since posts do not shrink with a few hundred people. The effects are of a study elsewhere, and
of the months after enrollment that it followed people: so they are counted for a number of months, and no longer.
"""

from __future__ import annotations

from budget_model.engine.rows import carry, delay, line, total
from budget_model.engine.vocabulary import nothing_below_tolerance, round_up, when
from budget_model.scenario.axes import Axis

SITE, OUTCOME, MONTH = Axis.SITE, Axis.OUTCOME, Axis.MONTH


@carry(unit="months", over=(MONTH,), of="months_counted", start=0, inline=True)
def opening_months_counted():
    """Months of the scenario before the month."""


@line(unit="months", over=(MONTH,))
def months_counted(opening_months_counted, month_of_the_scenario):
    """Months of the scenario, this month included."""
    return opening_months_counted + month_of_the_scenario


@line(unit="months", over=())
def whole_months_of_effect(months_of_effect):
    """Whole months after enrollment for which the effect is counted."""
    return round_up(months_of_effect)


@carry(unit="share", over=(SITE, MONTH), of="share_staying", start=1, inline=True)
def opening_share_staying():
    """Of people who enrolled when the scenario began, the share still there when the month begins."""


@line(unit="share", over=(SITE, MONTH))
def share_staying(opening_share_staying, site_monthly_exit_rate):
    """Of people who enrolled when the scenario began, the share still there when the month ends."""
    return opening_share_staying * (1 - site_monthly_exit_rate)


@line(unit="share", over=(SITE, MONTH))
def share_staying_through(share_staying, months_counted, whole_months_of_effect):
    """The share still there after the months of effect, in that month, else 0."""
    return share_staying * when(months_counted == whole_months_of_effect, 1, 0)


@total(unit="share", over=(SITE,), of="share_staying_through")
def share_staying_through_the_effect():
    """Of people who enroll, the share still there when the months of effect are over."""


@line(unit="participants", over=(SITE, MONTH))
def effects_begun(enrollments, opening_active_participants, site_monthly_exit_rate, opening_months_counted):
    """Participants whose effect begins: those who enroll, and at the beginning all who are there, as if they just enrolled."""
    return enrollments + when(opening_months_counted == 0, opening_active_participants * (1 - site_monthly_exit_rate), 0)


@delay(unit="participants", over=(SITE, MONTH), of="effects_begun", by="whole_months_of_effect")
def effects_begun_then():
    """Participants whose effect began as many months ago as it is counted."""


@carry(unit="participants", over=(SITE, MONTH), of="participants_in_effect", start="site_starting_participants", inline=True)
def opening_participants_in_effect():
    """Participants for whom the effect is counted when the month begins."""


@line(unit="participants", over=(SITE, MONTH))
def participants_in_effect(
    opening_participants_in_effect, site_monthly_exit_rate, enrollments, effects_begun_then, share_staying_through_the_effect
):
    """Active participants for whom the effect is counted: those who enrolled within its months and are still there."""
    stay = opening_participants_in_effect * (1 - site_monthly_exit_rate)
    return nothing_below_tolerance(stay + enrollments - effects_begun_then * share_staying_through_the_effect)


@line(unit="participants", over=(SITE, MONTH))
def engaged_participants_in_effect(participants_in_effect, site_inactive_share):
    """Those of them who are engaged."""
    return participants_in_effect * (1 - site_inactive_share)


@total(unit="participants", over=(MONTH,), of="participants_in_effect", in_a_year="last")
def all_participants_in_effect():
    """Active participants of all sites for whom the effect is counted."""


@total(unit="participants", over=(MONTH,), of="engaged_participants_in_effect", in_a_year="last")
def all_engaged_participants_in_effect():
    """Engaged participants of all sites for whom the effect is counted."""


@line(unit="participants", over=(OUTCOME, MONTH), in_a_year="last")
def participants_counted(
    outcome_counts_active,
    outcome_effect_lasts,
    all_active_participants,
    all_participants_in_effect,
    all_engaged_participants,
    all_engaged_participants_in_effect,
):
    """Participants for whom events are counted: all or the engaged alone, within the months of effect unless it lasts."""
    active = when(outcome_effect_lasts == 1, all_active_participants, all_participants_in_effect)
    return when(
        outcome_counts_active == 1, active, when(outcome_effect_lasts == 1, all_engaged_participants, all_engaged_participants_in_effect)
    )


@line(unit="events", over=(OUTCOME, MONTH), in_a_year="sum")
def events_avoided(participants_counted, outcome_effect):
    """Events avoided in the month, at the study's effect."""
    return participants_counted * outcome_effect / 12


@line(unit="events", over=(OUTCOME, MONTH), in_a_year="sum")
def events_avoided_low(participants_counted, outcome_effect_low):
    """Events avoided in the month, at the low end of the range."""
    return participants_counted * outcome_effect_low / 12


@line(unit="events", over=(OUTCOME, MONTH), in_a_year="sum")
def events_avoided_high(participants_counted, outcome_effect_high):
    """Events avoided in the month, at the high end of the range."""
    return participants_counted * outcome_effect_high / 12


@line(unit="dollars", over=(OUTCOME, MONTH), in_a_year="sum")
def average_cost_avoided(events_avoided, outcome_average_cost):
    """Average cost of the events avoided: no saving in any budget."""
    return events_avoided * outcome_average_cost


@line(unit="dollars", over=(OUTCOME, MONTH), in_a_year="sum")
def cashable_cost_avoided(average_cost_avoided, outcome_cashable_share):
    """The part of it that could be taken out of a budget."""
    return average_cost_avoided * outcome_cashable_share
