"""What must always hold. Each row must read 0 within its tolerance in every month or year; the workbook says PASS or FAIL.

Tolerances are half a cent for identities, which differ only by the order in which numbers are added. The last ones are
promises rather than identities: they fail where the plan breaks a rule of a contract or a funder.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import check, total
from budget_model.formats import HALF_A_CENT
from budget_model.scenario.axes import Axis

CONTRACT, SOURCE, CATEGORY = Axis.CONTRACT, Axis.SOURCE, Axis.CATEGORY
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


@check(tolerance=HALF_A_CENT)
def classes_add_up(gross_appropriation, sum_of_classes):
    """Appropriation classes add up to the gross appropriation."""
    return np.absolute(gross_appropriation - sum_of_classes)


@check(tolerance=HALF_A_CENT)
def categories_add_up(gross_appropriation, sum_of_categories):
    """Cost categories add up to the gross appropriation."""
    return np.absolute(gross_appropriation - sum_of_categories)


@check(tolerance=HALF_A_CENT)
def sites_add_up(gross_appropriation, sum_of_places):
    """Sites and program-wide costs add up to the gross appropriation."""
    return np.absolute(gross_appropriation - sum_of_places)


@check(tolerance=HALF_A_CENT)
def uses_equal_sources(gross_appropriation, sum_of_payments, funding_gap):
    """What sources pay of each category, with the gap, equals what must be paid."""
    return np.absolute(gross_appropriation - sum_of_payments - funding_gap)


@check(tolerance=HALF_A_CENT)
def net_county_cost_is_county_money(net_county_cost, county_allocations, all_match_paid, funding_gap):
    """Net county cost is what the County allocates, its cash match and the gap (convention A3)."""
    return np.absolute(net_county_cost - county_allocations - all_match_paid - funding_gap)


@check(tolerance=HALF_A_CENT, unit="positions")
def departments_add_up(all_budgeted_positions, sum_of_department_positions):
    """Positions of the departments add up to all budgeted positions."""
    return np.absolute(all_budgeted_positions - sum_of_department_positions)


@check(tolerance=HALF_A_CENT, over=(CATEGORY, MONTH))
def no_category_is_overpaid(cost_by_category, sum_of_payments_by_category):
    """No category is paid more than it costs."""
    return np.maximum(0, sum_of_payments_by_category - cost_by_category)


@check(tolerance=HALF_A_CENT, over=(SOURCE, MONTH))
def no_award_is_overdrawn(award_left):
    """No source pays more than its award."""
    return np.absolute(np.minimum(0, award_left))


@check(tolerance=HALF_A_CENT)
def match_is_met(sum_of_match_shortfalls):
    """Cash match pledged covers the match owed."""
    return np.absolute(sum_of_match_shortfalls)


@check(tolerance=HALF_A_CENT, over=(SOURCE, YEAR))
def in_kind_match_is_met(in_kind_match_shortfall):
    """Match in kind pledged covers the match owed in kind."""
    return np.absolute(in_kind_match_shortfall)


@check(tolerance=HALF_A_CENT, over=(CATEGORY, YEAR))
def no_cost_is_assigned_twice(common_cost):
    """Shares of a cost assigned to sources add up to the cost or less (convention A19)."""
    return np.absolute(np.minimum(0, common_cost))


@check(tolerance=HALF_A_CENT, over=(CONTRACT, YEAR))
def contract_sums_hold(spending_above_contract_sum):
    """What is paid under a contract stays within its sum."""
    return np.absolute(spending_above_contract_sum)


@check(tolerance=HALF_A_CENT, over=(CONTRACT, YEAR), unit="days")
def contracts_can_exist(days_before_the_contract_can_exist):
    """No contract begins before its contracting mechanism lets it."""
    return np.absolute(days_before_the_contract_can_exist)
