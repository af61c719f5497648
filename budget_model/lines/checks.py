"""What must hold: faults, where the plan can't be, and duties, where it owes what it does not give.

Each row is never below 0, and 0 where the rule is kept, in each month or year and for each item, so that nothing sets off
anything else. Tolerances are half a cent: identities differ only by the order in which numbers are added, and in a month by
what counts as nothing, less than a tenth of a cent, which does not add up to a fault over the months of a year.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import Kind, check, line, total
from budget_model.engine.vocabulary import nothing_below_tolerance, ratio, when
from budget_model.formats import HALF_A_CENT
from budget_model.scenario.axes import Axis
from budget_model.scenario.rule import SHARES_ADD_UP_WITHIN

SITE, POSITION, CONTRACT, SERVICE, CARE, BUDGET_LINE, RATE = (
    Axis.SITE,
    Axis.POSITION,
    Axis.CONTRACT,
    Axis.SERVICE,
    Axis.CARE,
    Axis.BUDGET_LINE,
    Axis.RATE,
)
SOURCE, ASSIGNMENT, CATEGORY = Axis.SOURCE, Axis.ASSIGNMENT, Axis.CATEGORY
MONTH, YEAR = Axis.MONTH, Axis.YEAR


@total(unit="dollars", over=(MONTH,), of="cost_by_class", inline=True)
def sum_of_classes():
    """Costs of all appropriation classes."""


@total(unit="dollars", over=(MONTH,), of="cost_by_category", inline=True)
def sum_of_categories():
    """Costs of all categories."""


@total(unit="dollars", over=(MONTH,), of="cost_by_place", inline=True)
def sum_of_places():
    """Costs of all sites and program-wide."""


@total(unit="dollars", over=(CATEGORY, MONTH), of="paid_by_category", inline=True)
def sum_of_payments_by_category():
    """What all sources and matches pay of each category."""


@total(unit="dollars", over=(MONTH,), of="paid_by_category", inline=True)
def sum_of_payments():
    """What all sources and matches pay."""


@total(unit="positions", over=(MONTH,), of="department_budgeted_positions", inline=True)
def sum_of_department_positions():
    """Positions of all departments."""


@total(unit="dollars", over=(MONTH,), of="match_shortfall", in_a_year="sum")
def sum_of_match_shortfalls():
    """Match owed that no pledge covers."""


@check(Kind.FAULT, tolerance=HALF_A_CENT)
def classes_add_up(gross_appropriation, sum_of_classes):
    """Appropriation classes add up to the gross appropriation."""
    return nothing_below_tolerance(np.absolute(gross_appropriation - sum_of_classes))


@check(Kind.FAULT, tolerance=HALF_A_CENT)
def categories_add_up(gross_appropriation, sum_of_categories):
    """Cost categories add up to the gross appropriation."""
    return nothing_below_tolerance(np.absolute(gross_appropriation - sum_of_categories))


@check(Kind.FAULT, tolerance=HALF_A_CENT)
def sites_add_up(gross_appropriation, sum_of_places):
    """Sites and program-wide costs add up to the gross appropriation."""
    return nothing_below_tolerance(np.absolute(gross_appropriation - sum_of_places))


@line(unit="dollars", over=(MONTH,))
def uses_beyond_sources(gross_appropriation, saved_beyond_cost, sum_of_payments, funding_gap):
    """What must be paid, less what sources and the gap are of it."""
    return gross_appropriation + saved_beyond_cost - sum_of_payments - funding_gap


@check(Kind.FAULT, tolerance=HALF_A_CENT)
def uses_equal_sources(uses_beyond_sources):
    """What sources pay of each category, with the gap, equals what must be paid."""
    return nothing_below_tolerance(np.absolute(uses_beyond_sources))


@line(unit="dollars", over=(MONTH,))
def net_county_cost_beyond_county_money(
    net_county_cost, saved_beyond_cost, county_allocations, all_match_paid, funding_gap, all_indirect_claimed
):
    """Net county cost before overhead is claimed back, less what the County allocates, its cash match and the gap (convention A3)."""
    return net_county_cost + saved_beyond_cost + all_indirect_claimed - county_allocations - all_match_paid - funding_gap


@check(Kind.FAULT, tolerance=HALF_A_CENT)
def net_county_cost_is_county_money(net_county_cost_beyond_county_money):
    """Net county cost is what the County allocates, its cash match and the gap, less overhead that is claimed back (convention A3)."""
    return nothing_below_tolerance(np.absolute(net_county_cost_beyond_county_money))


@check(Kind.FAULT, tolerance=HALF_A_CENT, over=(YEAR,))
def budget_units_add_up(sum_of_units, all_unit_purchases, gross_appropriation):
    """What units budget, less what they buy from each other, adds up to the gross appropriation."""
    return np.absolute(sum_of_units - all_unit_purchases - gross_appropriation)


@check(Kind.FAULT, tolerance=HALF_A_CENT, over=(YEAR,))
def purchases_between_units_cancel(all_unit_purchases, all_unit_sales):
    """What units buy from each other and the intrafund transfers for it cancel."""
    return np.absolute(all_unit_purchases - all_unit_sales)


@check(Kind.FAULT, tolerance=HALF_A_CENT, over=(YEAR,))
def net_county_cost_of_units_adds_up(sum_of_net_county_cost_of_units, net_county_cost):
    """Net county cost of the units adds up to that of the plan."""
    return np.absolute(sum_of_net_county_cost_of_units - net_county_cost)


@check(Kind.FAULT, tolerance=HALF_A_CENT, unit="positions")
def departments_add_up(all_budgeted_positions, sum_of_department_positions):
    """Positions of the departments add up to all budgeted positions."""
    return np.absolute(all_budgeted_positions - sum_of_department_positions)


@check(Kind.FAULT, tolerance=HALF_A_CENT, over=(CATEGORY, MONTH))
def no_category_is_overpaid(cost_by_category, saved_beyond_cost_of_category, sum_of_payments_by_category):
    """No category is paid more than it costs."""
    return np.maximum(0, sum_of_payments_by_category - cost_by_category - saved_beyond_cost_of_category)


@check(Kind.FAULT, tolerance=HALF_A_CENT, over=(SOURCE, MONTH), in_a_year="largest")
def no_award_is_overdrawn(award_left):
    """No source pays more than its award."""
    return np.absolute(np.minimum(0, award_left))


@check(Kind.FAULT, tolerance=HALF_A_CENT, over=(CATEGORY, MONTH))
def no_cost_is_assigned_twice(common_cost, below_zero_in_category):
    """Columns of all lines of a category add up to its cost or less (convention A19)."""
    return np.absolute(np.minimum(0, common_cost + below_zero_in_category))


@line(unit="dollars", over=(ASSIGNMENT, YEAR))
def assigned_to_lines(assigned_cost):
    """What a column assigns in the year, by the line of the budget that it names."""
    return assigned_cost + 0


@line(unit="dollars", over=(ASSIGNMENT, YEAR))
def assigned_to_places(assigned_cost):
    """What a column assigns in the year, by the place of care or the site that it names."""
    return assigned_cost + 0


@line(unit="dollars", over=(ASSIGNMENT, YEAR))
def assigned_to_lines_of_forms(assigned_cost):
    """What a column assigns in the year, by the line by quantity and rate or the rate that it names."""
    return assigned_cost + 0


@total(unit="dollars", over=(POSITION, YEAR), of="assigned_to_lines", match={"position": "position"}, inline=True)
def assigned_cost_of_position():
    """What columns assign of the position."""


@total(unit="dollars", over=(CONTRACT, YEAR), of="assigned_to_lines", match={"contract": "contract"}, inline=True)
def assigned_cost_of_contract():
    """What columns assign of the contract."""


@total(unit="dollars", over=(SERVICE, YEAR), of="assigned_to_lines", match={"service": "service"}, inline=True)
def assigned_cost_of_service():
    """What columns assign of the service."""


@total(unit="dollars", over=(CARE, YEAR), of="assigned_to_places", match={"care": "care"}, inline=True)
def assigned_cost_of_care():
    """What columns assign of the place of treatment or housing."""


@total(unit="dollars", over=(BUDGET_LINE, YEAR), of="assigned_to_lines_of_forms", match={"budget_line": "budget_line"}, inline=True)
def assigned_cost_of_budget_line():
    """What columns assign of the line by quantity and rate."""


@total(unit="dollars", over=(RATE, YEAR), of="assigned_to_lines_of_forms", match={"rate": "rate"}, inline=True)
def assigned_cost_of_rate():
    """What columns assign of the rate."""


@total(unit="dollars", over=(SITE, YEAR), of="assigned_to_places", match={"site": "site"}, inline=True)
def assigned_cost_of_site():
    """What columns assign of the site's cost by category."""


@check(Kind.FAULT, tolerance=HALF_A_CENT, over=(POSITION, YEAR))
def columns_of_position_add_up(position_cost, assigned_cost_of_position):
    """Columns of a position add up to its cost or less."""
    return np.maximum(0, assigned_cost_of_position - position_cost)


@check(Kind.FAULT, tolerance=HALF_A_CENT, over=(CONTRACT, YEAR))
def columns_of_contract_add_up(contract_cost, assigned_cost_of_contract):
    """Columns of a contract add up to its cost or less."""
    return np.maximum(0, assigned_cost_of_contract - contract_cost)


@check(Kind.FAULT, tolerance=HALF_A_CENT, over=(SERVICE, YEAR))
def columns_of_service_add_up(service_cost, assigned_cost_of_service):
    """Columns of a service add up to its cost or less."""
    return np.maximum(0, assigned_cost_of_service - service_cost)


@check(Kind.FAULT, tolerance=HALF_A_CENT, over=(CARE, YEAR))
def columns_of_care_add_up(care_cost, assigned_cost_of_care):
    """Columns of a place of treatment or housing add up to its cost or less."""
    return np.maximum(0, assigned_cost_of_care - care_cost)


@check(Kind.FAULT, tolerance=HALF_A_CENT, over=(BUDGET_LINE, YEAR))
def columns_of_budget_line_add_up(budget_line_cost, budget_line_below_zero, assigned_cost_of_budget_line):
    """Columns of a line by quantity and rate add up to its cost or less, before amounts below zero."""
    return np.maximum(0, assigned_cost_of_budget_line - budget_line_cost - budget_line_below_zero)


@check(Kind.FAULT, tolerance=0.0, over=(BUDGET_LINE, YEAR), unit="groups of factors", in_a_year="largest")
def factors_stand_together(factor_groups):
    """The factors of a line stand together in their table, where one pass multiplies them."""
    return np.maximum(0, factor_groups - 1)


@check(Kind.FAULT, tolerance=HALF_A_CENT, over=(BUDGET_LINE, MONTH))
def line_is_above_zero(budget_line_cost, budget_line_may_be_below_zero):
    """A line is below zero only where it says that it may be."""
    return np.maximum(0, -budget_line_cost) * (1 - budget_line_may_be_below_zero)


@check(Kind.FAULT, tolerance=HALF_A_CENT, over=(RATE, YEAR))
def columns_of_rate_add_up(rate_cost, rate_below_zero, assigned_cost_of_rate):
    """Columns of a rate add up to its cost or less, before amounts below zero."""
    return np.maximum(0, assigned_cost_of_rate - rate_cost - rate_below_zero)


@check(Kind.FAULT, tolerance=HALF_A_CENT, over=(SITE, YEAR))
def columns_of_site_add_up(site_cost, below_zero_at_site, assigned_cost_of_site):
    """Columns of a site's cost add up to it or less, before amounts below zero."""
    return np.maximum(0, assigned_cost_of_site - site_cost - below_zero_at_site)


@check(Kind.DUTY, tolerance=HALF_A_CENT, over=(SOURCE, MONTH))
def match_is_met(match_shortfall):
    """Cash match, with program income that counts, covers the match owed."""
    return match_shortfall


@check(Kind.DUTY, tolerance=HALF_A_CENT, over=(SOURCE, YEAR))
def in_kind_match_is_met(in_kind_match_shortfall):
    """Match in kind that is given or pledged covers the match owed in kind."""
    return in_kind_match_shortfall


@check(Kind.DUTY, tolerance=HALF_A_CENT, over=(SOURCE, YEAR))
def community_providers_get_their_share(short_of_community_minimum):
    """Of its own money drawn in a year, a source pays its least share to community providers."""
    return short_of_community_minimum


@check(Kind.DUTY, tolerance=HALF_A_CENT, over=(SOURCE, YEAR))
def evaluation_gets_its_share(short_of_evaluation_minimum):
    """Of its own money drawn in a year, a source pays its least share for data and evaluation."""
    return short_of_evaluation_minimum


@check(Kind.DUTY, tolerance=HALF_A_CENT, over=(SOURCE, YEAR))
def county_money_is_not_replaced(money_that_supplants, drawdown_that_may_not_supplant, all_drawdown_that_may_not_supplant):
    """No grant stands where the County's own money stood, against its terms; of several, each by what it drew (convention A18)."""
    return money_that_supplants * ratio(drawdown_that_may_not_supplant, all_drawdown_that_may_not_supplant)


@check(Kind.DUTY, tolerance=HALF_A_CENT, over=(CONTRACT, MONTH), in_a_year="largest")
def contract_sums_hold(spending_above_contract_sum):
    """What is paid under a contract stays within its sum."""
    return spending_above_contract_sum


@line(unit="1 = yes", over=(CONTRACT,))
def contract_has_case_managers(contract_caseload, contract_participant_share):
    """1 for a contract that is to employ case managers for participants, else 0."""
    return when(contract_caseload * contract_participant_share > 0, 1, 0)


@total(unit="contracts", over=(SITE,), of="contract_has_case_managers", match={"site": "site"}, inline=True)
def contracts_with_case_managers():
    """Contracts of the site that are to employ case managers."""


@check(Kind.DUTY, tolerance=HALF_A_CENT, over=(SITE, MONTH), unit="participants", in_a_year="largest")
def case_managers_can_carry_their_participants(
    active_participants, active_participants_per_case_manager, most_participants_per_case_manager, contracts_with_case_managers
):
    """Active participants have a case manager, who carries at most as many as set, after vacancies.

    Where nobody carries any and a contract of the site is to employ case managers, all who are there are too many.
    """
    without = when(active_participants_per_case_manager == 0, when(contracts_with_case_managers > 0, active_participants, 0), 0)
    return without + np.maximum(0, active_participants_per_case_manager - most_participants_per_case_manager)


@check(Kind.FAULT, tolerance=HALF_A_CENT, over=(SITE, YEAR), unit="participants", in_a_year="largest")
def sites_hold_those_who_are_there(site_starting_participants, site_slots):
    """A site has a slot for each of its participants when the scenario begins."""
    return np.maximum(0, site_starting_participants - site_slots)


@check(Kind.FAULT, tolerance=HALF_A_CENT, over=(SITE, YEAR), unit="months", in_a_year="largest")
def sites_with_participants_are_open(site_starting_participants, site_planned_slip):
    """A site that has participants when the scenario begins is open then, and no months late."""
    return site_planned_slip * when(site_starting_participants > 0, 1, 0)


@line(unit="share", over=(CARE,))
def share_that_moves_on(care_moves_on_share):
    """People placed in permanent supportive housing who leave a place here for it."""
    return care_moves_on_share


@total(unit="share", over=(), of="share_that_moves_on")
def all_shares_that_move_on():
    """The same of all places: of all who are placed in permanent supportive housing."""


@check(Kind.FAULT, tolerance=SHARES_ADD_UP_WITHIN, over=(YEAR,), unit="share", in_a_year="largest")
def people_move_on_once(all_shares_that_move_on):
    """Nobody who moves on to permanent supportive housing leaves two places for it."""
    return np.maximum(0, all_shares_that_move_on - 1)
