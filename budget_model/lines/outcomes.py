"""Outcomes shown beside the budget and never netted into it: events avoided, with a range, at average and cashable cost.

Average cost is what an event costs the County when all cost is spread over all events; only the cashable part could be
taken out of a budget, since posts do not shrink with a few hundred people. The effects are of a study elsewhere.
"""

from __future__ import annotations

from budget_model.engine.rows import line
from budget_model.scenario.axes import Axis

OUTCOME, MONTH = Axis.OUTCOME, Axis.MONTH


@line(unit="events", over=(OUTCOME, MONTH), in_a_year="sum")
def events_avoided(all_active_participants, outcome_effect):
    """Events avoided in the month, at the study's effect."""
    return all_active_participants * outcome_effect / 12


@line(unit="events", over=(OUTCOME, MONTH), in_a_year="sum")
def events_avoided_low(all_active_participants, outcome_effect_low):
    """Events avoided in the month, at the low end of the range."""
    return all_active_participants * outcome_effect_low / 12


@line(unit="events", over=(OUTCOME, MONTH), in_a_year="sum")
def events_avoided_high(all_active_participants, outcome_effect_high):
    """Events avoided in the month, at the high end of the range."""
    return all_active_participants * outcome_effect_high / 12


@line(unit="dollars", over=(OUTCOME, MONTH), in_a_year="sum")
def average_cost_avoided(events_avoided, outcome_average_cost):
    """Average cost of the events avoided: no saving in any budget."""
    return events_avoided * outcome_average_cost


@line(unit="dollars", over=(OUTCOME, MONTH), in_a_year="sum")
def cashable_cost_avoided(average_cost_avoided, outcome_cashable_share):
    """The part of it that could be taken out of a budget."""
    return average_cost_avoided * outcome_cashable_share
