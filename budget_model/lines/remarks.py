"""What a reader should know and is no mistake: caps that bind, money that is lost, lines that meet nothing, waits, stacked raises.

Each row is above 0 where there is something to say, by item and by month or year. Rows of lines that meet nothing are 1 in
each month or year without, and said where it is so throughout; they say nothing of the blank lines of a workbook. What credits
leave of a sum, some billionths of a dollar that engines add up differently, is nothing.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import Kind, check, line, total
from budget_model.engine.vocabulary import nothing_within_tolerance, ratio, when
from budget_model.formats import HALF_A_CENT
from budget_model.scenario.axes import Axis

SITE, RAISE, BENEFIT, CONTRACT, STAFF = Axis.SITE, Axis.RAISE, Axis.BENEFIT, Axis.CONTRACT, Axis.STAFF
SERVICE, CARE, COST, UNIT = Axis.SERVICE, Axis.CARE, Axis.COST, Axis.BUDGET_UNIT
BUDGET_LINE, RATE, RATE_BASE = Axis.BUDGET_LINE, Axis.RATE, Axis.RATE_BASE
SOURCE, ASSIGNMENT, CAP, MONTH, YEAR = Axis.SOURCE, Axis.ASSIGNMENT, Axis.CAP, Axis.MONTH, Axis.YEAR
EXACT = 0.0  # the tolerance of what is not added up: yes or no, a share that was given


@total(unit="dollars", over=(CAP, MONTH), of="refused_by_cap", in_a_year="sum")
def refused_in_month():
    """Cost that a source refuses for the cap in the month."""


@total(unit="dollars", over=(CAP, MONTH), of="left_out_for_cap", in_a_year="sum")
def left_out_over_period():
    """Cost that a source's constant share leaves out because the cap can't take it in the period."""


@total(unit="dollars", over=(CAP, MONTH), of="money_that_could_pay", match={"source": "source"}, inline=True)
def money_left_beside_cap():
    """Money of the cap's source, with its match, that is left at the end of the month."""


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(CAP, MONTH))
def cost_above_cap(refused_in_month, left_out_over_period, money_left_beside_cap):
    """Cost that a source has money for and refuses for its cap goes to later sources or into the gap."""
    return np.minimum(refused_in_month + left_out_over_period, money_left_beside_cap)


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(SOURCE, MONTH))
def share_cut_short(most_drawn_for_cost, drawdown, source_paces_by_share):
    """A source that pays a constant share has too little money left for it in a month: later sources or the gap pay the rest."""
    return np.maximum(0, most_drawn_for_cost - drawdown) * source_paces_by_share


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(CONTRACT, MONTH))
def indirect_cost_above_cap(
    provider_direct_cost,
    cost_is_reimbursed,
    start_up_cost,
    contract_start_up_bears_indirect,
    contract_indirect_rate,
    indirect_rate_allowed,
):
    """Indirect cost of a provider above its contract's cap is not paid; a higher rate moves nothing."""
    base = provider_direct_cost * cost_is_reimbursed + start_up_cost * contract_start_up_bears_indirect
    return base * (contract_indirect_rate - indirect_rate_allowed)


@check(Kind.REMARK, tolerance=HALF_A_CENT)
def saved_beyond_what_is_paid(saved_beyond_cost):
    """Amounts below zero are more than their category costs in a month: net county cost is lower."""
    return saved_beyond_cost


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(RATE, MONTH))
def rate_above_its_limit(rate_without_limit, rate_cost):
    """The rate of the base is above the amount at most and does not come; a higher rate moves nothing."""
    return np.maximum(0, rate_without_limit - rate_cost)


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(RATE, YEAR), blank_rows=False)
def rate_is_rounded(added_by_rounding):
    """A rate that is rounded, or of which the base is, comes to more or less than the exact rate of its base."""
    return np.absolute(added_by_rounding)


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(BUDGET_LINE, YEAR), blank_rows=False)
def line_is_rounded(added_by_rounding_product):
    """A line that is rounded comes to more or less than the exact product of its factors."""
    return np.absolute(added_by_rounding_product)


@check(Kind.REMARK, tolerance=EXACT, over=(RATE_BASE, YEAR), unit="1 = yes", in_a_year="smallest", blank_rows=False)
def rate_base_counts_nothing(counted_in_base, base_names_a_rate):
    """What a rate is of costs nothing in any year."""
    return when(nothing_within_tolerance(counted_in_base) == 0, 1 - base_names_a_rate, 0)


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(SOURCE, MONTH))
def grant_drawn_ahead_of_match(
    drawdown, match_paid, match_met_before_cash, added_by_rounding_match, cash_match_per_grant_dollar, match_has_own_lines
):
    """Grant money is drawn that the cash match beside it does not earn: the funder may ask it back."""
    earned = ratio(match_paid + match_met_before_cash - added_by_rounding_match, cash_match_per_grant_dollar)
    return np.maximum(0, drawdown - earned) * when(cash_match_per_grant_dollar > 0, 1 - match_has_own_lines, 0)


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(SOURCE, MONTH))
def match_beyond_need(over_match):
    """Match pledged, or paid by columns, beyond what the source asks for earns nothing."""
    return over_match


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(SOURCE, MONTH))
def money_lost(outside_money_lost):
    """Money from outside the County's own that is not spent in time is lost."""
    return outside_money_lost


@check(Kind.REMARK, tolerance=EXACT, over=(SOURCE, YEAR), unit="1 = yes", in_a_year="smallest", blank_rows=False)
def source_pays_nothing(drawdown):
    """A source pays nothing in any year."""
    return when(nothing_within_tolerance(drawdown) == 0, 1, 0)


@check(Kind.REMARK, tolerance=EXACT, over=(SOURCE, MONTH), unit="months", blank_rows=False)
def source_pays_no_services(months_without_services):
    """A source pays no services to participants in its start-up and close-out months."""
    return months_without_services


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(ASSIGNMENT, MONTH))
def column_names_services_not_paid(services_not_paid_by_column):
    """A column names services in months in which its source pays none: it counts for nothing then."""
    return services_not_paid_by_column


@check(Kind.REMARK, tolerance=EXACT, over=(COST, YEAR), unit="1 = yes", in_a_year="smallest", blank_rows=False)
def line_costs_nothing(cost):
    """A position, contract, service, place of care or rate costs nothing in any year."""
    return when(nothing_within_tolerance(cost) == 0, 1, 0)


@check(Kind.REMARK, tolerance=EXACT, over=(STAFF, YEAR), unit="1 = yes", in_a_year="smallest", blank_rows=False)
def provider_staff_cost_nothing(other_staff_pay):
    """A line of provider staff costs nothing in any year."""
    return when(nothing_within_tolerance(other_staff_pay) == 0, 1, 0)


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(SERVICE, YEAR))
def class_contradicts_unit_price(service_cost, service_unit_price, service_is_capital_asset, capital_asset_threshold):
    """What is bought is no capital asset by its price and stands in Capital Assets, or is one and stands elsewhere."""
    is_one = when(service_unit_price > capital_asset_threshold, 1, 0)
    return service_cost * np.absolute(is_one - service_is_capital_asset) * when(service_unit_price > 0, 1, 0)


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(UNIT, YEAR))
def unit_receives_more_than_it_budgets(unit_net_county_cost, unit_gross_appropriation):
    """A unit receives more than it budgets: what it passes on to other units is not said as their sale to it."""
    return np.maximum(0, np.minimum(0, unit_gross_appropriation) - unit_net_county_cost)  # what it saves it does not receive


@check(Kind.REMARK, tolerance=EXACT, over=(BENEFIT, YEAR), unit="1 = yes", in_a_year="smallest")
def benefit_component_costs_nothing(component_benefits):
    """A benefit component costs nothing in any year."""
    return when(nothing_within_tolerance(component_benefits) == 0, 1, 0)


@line(unit="1 = yes", over=(CONTRACT,))
def contract_is_for_participants(
    contract_participant_share, contract_caseload, contract_participant_assistance, contract_fee_per_participant_month
):
    """1 for a contract whose cost depends on how many participants it serves, else 0."""
    by_participants = contract_caseload + contract_participant_assistance + contract_fee_per_participant_month
    return when(contract_participant_share * by_participants > 0, 1, 0)


@check(Kind.REMARK, tolerance=EXACT, over=(CONTRACT, MONTH), unit="1 = yes", in_a_year="smallest")
def contract_serves_nobody(participants_served, contract_is_for_participants):
    """A contract that has cost by participants serves nobody in any month. Other staff for whom there is nobody is said of them."""
    return when(nothing_within_tolerance(participants_served) == 0, contract_is_for_participants, 0)


@check(Kind.REMARK, tolerance=EXACT, over=(ASSIGNMENT, YEAR), unit="1 = yes", in_a_year="smallest", blank_rows=False)
def assignment_catches_nothing(assigned_cost):
    """Cost assigned to a source comes to nothing in every year of it."""
    return when(nothing_within_tolerance(assigned_cost) == 0, 1, 0)


@total(unit="dollars", over=(ASSIGNMENT,), of="assigned_cost")
def assigned_cost_of_all_months():
    """Cost that the column assigns in all months."""


@total(unit="1 = yes", over=(ASSIGNMENT, MONTH), of="source_closes", match={"source": "source"}, inline=True)
def source_of_column_closes():
    """1 in the last month of the column's source."""


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(ASSIGNMENT, MONTH), blank_rows=False)
def column_amount_not_reached(assignment_assigned_amount, assigned_cost_of_all_months, source_of_column_closes):
    """An amount that a column assigns is more than its line costs in the period of its source: the rest of it pays nothing."""
    return np.maximum(0, assignment_assigned_amount - assigned_cost_of_all_months) * source_of_column_closes


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(ASSIGNMENT, MONTH), blank_rows=False)
def column_above_limit(cost_above_limit):
    """Cost that a column names above the limit of its source is paid by no source: it is the County's own."""
    return cost_above_limit


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(SOURCE, YEAR), in_a_year="sum", blank_rows=False)
def money_without_an_amount(drawdown, source_pays_what_arises):
    """A source of which no amount is said pays whatever cost arises."""
    return drawdown * source_pays_what_arises


@check(Kind.REMARK, tolerance=HALF_A_CENT)
def cost_nobody_pays(funding_gap):
    """Cost that no source pays falls to the County."""
    return funding_gap


@check(Kind.REMARK, tolerance=HALF_A_CENT)
def ongoing_cost_on_money_that_ends(ongoing_cost_on_one_time_money):
    """Ongoing cost is paid by one-time money and goes on when that money ends (conventions A7, A8)."""
    return ongoing_cost_on_one_time_money


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(CARE, MONTH), unit="days", in_a_year="largest")
def wait_above_target(expected_wait, care_target_wait_days):
    """The expected wait is longer than is acceptable."""
    return np.maximum(0, expected_wait - care_target_wait_days)


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(CARE, MONTH), unit="places", in_a_year="largest")
def places_short(places_to_add):
    """Places are missing for the wait to be acceptable."""
    return places_to_add


@check(Kind.REMARK, tolerance=EXACT, over=(RAISE, MONTH), unit="share of salary")
def raise_on_yearly_increase(raise_in_force, cost_of_living_rate):
    """A dated raise comes on top of the yearly cost-of-living increase: salaries rise by both."""
    return raise_in_force * when(cost_of_living_rate > 0, 1, 0)


@check(Kind.REMARK, tolerance=EXACT, over=(SITE, MONTH), unit="months")
def site_opens_late(site_is_planned, open_sites):
    """A site opens later than planned: as late as is said, or when its contract and its start-up let it."""
    return np.absolute(site_is_planned - open_sites)


@check(Kind.REMARK, tolerance=EXACT, over=(CONTRACT, MONTH), unit="months", blank_rows=False)
def contract_begins_late(contract_is_planned, contract_has_begun):
    """A contract begins later than planned: as late as is said, with its site, or when its contracting mechanism lets it."""
    return np.absolute(contract_is_planned - contract_has_begun)


@total(unit="lines", over=(MONTH,), of="position_is_planned", inline=True)
def positions_due():
    """County positions that are planned to have begun."""


@total(unit="lines", over=(MONTH,), of="position_has_begun", inline=True)
def positions_begun():
    """County positions that have begun."""


@total(unit="lines", over=(MONTH,), of="service_is_planned", inline=True)
def services_due():
    """Services that are planned to have begun."""


@total(unit="lines", over=(MONTH,), of="service_has_begun", inline=True)
def services_begun():
    """Services that have begun."""


@check(Kind.REMARK, tolerance=EXACT, unit="months")
def hires_or_services_begin_late(positions_due, positions_begun, services_due, services_begun):
    """Hires or services begin later than planned: as late as is said, or with their site."""
    return np.absolute(positions_due - positions_begun) + np.absolute(services_due - services_begun)


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(SITE, MONTH), unit="people", in_a_year="largest")
def site_is_full(people_waiting_for_a_slot):
    """A site is full: people wait until a participant leaves."""
    return people_waiting_for_a_slot


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(CARE, MONTH), unit="people")
def places_close_on_people(people_put_out):
    """People lose their place because places close, and wait again."""
    return people_put_out


@check(Kind.REMARK, tolerance=HALF_A_CENT, over=(CONTRACT, YEAR), in_a_year="largest")
def provider_loses_too_much(payment_beyond_provider_cost, provider_direct_cost, provider_indirect_cost, provider_loss_share):
    """What is agreed leaves a provider more of a year's cost than it may lose at most."""
    return np.maximum(0, -payment_beyond_provider_cost - (provider_direct_cost + provider_indirect_cost) * provider_loss_share)
