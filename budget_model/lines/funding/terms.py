"""What a source asks for beside its match: least shares for providers and evaluation, the County's own spending kept up, claims."""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import Exactly, carry, delay, line, total
from budget_model.engine.vocabulary import nothing_below_tolerance, ratio
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import CostCategory

AREA = "funding"
SOURCE, MONTH, YEAR = Axis.SOURCE, Axis.MONTH, Axis.YEAR


@total(unit="dollars", over=(SOURCE, MONTH), of="eligible_cost", match={"category": Exactly(CostCategory.COMMUNITY_PROVIDERS)}, inline=True)
def eligible_cost_of_community_providers():
    """Cost of community providers that the source may pay."""


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def paid_to_community_providers(eligible_cost_of_community_providers, drawdown, all_eligible_cost):
    """What the source's own money, without any match, pays to community providers."""
    return eligible_cost_of_community_providers * ratio(drawdown, all_eligible_cost)


@total(unit="dollars", over=(SOURCE, MONTH), of="eligible_cost", match={"category": Exactly(CostCategory.DATA_AND_EVALUATION)}, inline=True)
def eligible_cost_of_evaluation():
    """Cost of data and evaluation that the source may pay."""


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def paid_for_evaluation(eligible_cost_of_evaluation, drawdown, all_eligible_cost):
    """What the source's own money, without any match, pays for data and evaluation."""
    return eligible_cost_of_evaluation * ratio(drawdown, all_eligible_cost)


@line(unit="dollars", over=(SOURCE, YEAR))
def short_of_community_minimum(source_least_to_community_providers, drawdown, paid_to_community_providers):
    """What is missing to the least share for community providers, as Proposition 47 asks of an award."""
    return nothing_below_tolerance(source_least_to_community_providers * drawdown - paid_to_community_providers)


@line(unit="dollars", over=(SOURCE, YEAR))
def short_of_evaluation_minimum(source_least_to_evaluation, drawdown, paid_for_evaluation):
    """What is missing to the least share for data and evaluation."""
    return nothing_below_tolerance(source_least_to_evaluation * drawdown - paid_for_evaluation)


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def money_claimed(drawdown, indirect_claimed):
    """Money claimed from the source: what is drawn, and overhead beside it."""
    return drawdown + indirect_claimed


@delay(unit="dollars", over=(SOURCE, MONTH), of="money_claimed", by="source_claiming_lag_months", in_a_year="sum")
def cash_received():
    """Money of the source that reaches the County's cash, months after it is claimed."""


@carry(unit="dollars", over=(SOURCE, MONTH), of="claims_outstanding", start=0, inline=True)
def opening_claims_outstanding():
    """Money claimed and not received when the month begins."""


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="last")
def claims_outstanding(opening_claims_outstanding, money_claimed, cash_received):
    """Money claimed and not received, which the County advances."""
    return nothing_below_tolerance(opening_claims_outstanding + money_claimed - cash_received)


@total(unit="dollars", over=(MONTH,), of="claims_outstanding", in_a_year="last")
def all_claims_outstanding():
    """Money of all sources claimed and not received."""


@line(unit="dollars", over=(SOURCE, YEAR))
def drawdown_that_may_not_supplant(drawdown, source_forbids_supplanting):
    """Money drawn from sources that may not replace the County's own."""
    return drawdown * source_forbids_supplanting


@total(unit="dollars", over=(YEAR,), of="drawdown_that_may_not_supplant")
def all_drawdown_that_may_not_supplant():
    """Money drawn from all sources that may not replace the County's own."""


@line(unit="dollars", over=(MONTH,), in_a_year="sum")
def county_baseline_spending(county_baseline):
    """What the County spent before the program, by month."""
    return county_baseline / 12


@line(unit="dollars", over=(YEAR,), in_a_year="sum")
def money_that_supplants(all_drawdown_that_may_not_supplant, county_baseline_spending, net_county_cost, funding_gap):
    """Grant money that stands where the County's own stood before, though its terms forbid it, year by year (convention A18)."""
    return np.minimum(all_drawdown_that_may_not_supplant, nothing_below_tolerance(county_baseline_spending - net_county_cost + funding_gap))
