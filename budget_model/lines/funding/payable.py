"""What earlier sources leave of each category at each place, and what of it a source may pay: of its categories, places and period.

Places are told apart only where some source pays only at chosen sites; all others are one, "Everywhere else".
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import carry, line, total
from budget_model.engine.vocabulary import nothing_below_tolerance, ratio
from budget_model.scenario.axes import Axis

AREA = "funding"
SOURCE, ASSIGNMENT, POOL, CATEGORY, MONTH = Axis.SOURCE, Axis.ASSIGNMENT, Axis.POOL, Axis.CATEGORY, Axis.MONTH


@total(unit="dollars", over=(POOL, CATEGORY, MONTH), of="cost", match={"site": "site", "category": "category"})
def cost_at_named_place():
    """Cost of the category at the place, where it is a site."""


@total(unit="dollars", over=(CATEGORY, MONTH), of="cost_at_named_place", inline=True)
def cost_at_named_places():
    """Cost of the category at all places that are told apart."""


@line(unit="1 = yes", over=(ASSIGNMENT,))
def column_counts():
    """1 for each column."""
    return 1


@total(unit="1 = yes", over=(ASSIGNMENT, POOL), of="column_counts", match={"place": "site"})
def column_is_at_place():
    """1 where the line of the column belongs to the place, where it is a site."""


@total(unit="1 = yes", over=(ASSIGNMENT,), of="column_is_at_place")
def column_is_at_named_place():
    """1 where it belongs to any of the places that are told apart."""


@line(unit="dollars", over=(ASSIGNMENT, POOL, MONTH))
def assigned_cost_at_place(assigned_cost, column_is_at_place, pool_is_elsewhere, column_is_at_named_place):
    """Cost at the place that waits for one source or its match."""
    return assigned_cost * (column_is_at_place + pool_is_elsewhere * (1 - column_is_at_named_place))


@line(unit="dollars", over=(ASSIGNMENT, POOL, MONTH))
def money_assigned_at_place(assigned_cost_at_place, share_within_limit, assignment_is_paid_by_match):
    """Cost at the place that waits for the source itself."""
    return assigned_cost_at_place * share_within_limit * (1 - assignment_is_paid_by_match)


@total(unit="dollars", over=(POOL, CATEGORY, MONTH), of="assigned_cost_at_place", match={"category": "category"}, inline=True)
def assigned_cost_of_category_at_place():
    """Cost of the category at the place that waits for one source or its match."""


@line(unit="dollars", over=(POOL, CATEGORY, MONTH))
def cost_beside_columns_at_place(
    cost_at_named_place, pool_is_elsewhere, cost_by_category, cost_at_named_places, assigned_cost_of_category_at_place
):
    """Cost of the category at the place that no column names: below zero where savings are more."""
    at_place = cost_at_named_place + pool_is_elsewhere * (cost_by_category - cost_at_named_places)
    return at_place - assigned_cost_of_category_at_place


@line(unit="dollars", over=(POOL, CATEGORY, MONTH), in_a_year="sum")
def common_cost_at_place(cost_beside_columns_at_place):
    """Cost of the category at the place that any source may pay; nothing where it is below zero (below_zero.py)."""
    return np.maximum(0, cost_beside_columns_at_place)


@carry(unit="dollars", over=(SOURCE, POOL, CATEGORY, MONTH), of="unpaid_after", start="common_cost_at_place", along=SOURCE, in_a_year="sum")
def unpaid_before():
    """Cost of the category at the place that earlier sources left unpaid."""


@line(unit="dollars", over=(SOURCE, POOL, CATEGORY, MONTH))
def payable_at_place(unpaid_before, source_pays, source_pays_at, source_is_open, is_of_services, months_without_services):
    """Unpaid cost of the source's categories at its places, in its period, services not in its start-up and close-out months.

    What paying in shares leaves by rounding is nothing.
    """
    is_paid = source_is_open - is_of_services * months_without_services
    return nothing_below_tolerance(unpaid_before) * source_pays * source_pays_at * is_paid


@total(unit="dollars", over=(SOURCE, CATEGORY, MONTH), of="payable_at_place", inline=True)
def payable_cost():
    """Unpaid cost of the source's categories at all its places, in its period."""


@line(unit="share of cost", over=(SOURCE, CATEGORY, MONTH))
def share_paid_of_common(paid_of_eligible, cost_assigned_to_source, payable_cost):
    """Share of the common cost it may pay that it pays, the same at all its places; what columns assign to it comes first."""
    return ratio(np.maximum(0, paid_of_eligible - cost_assigned_to_source), payable_cost)


@line(unit="share of cost", over=(SOURCE, CATEGORY, MONTH), inline=True)
def share_left_of_columns(paid_of_eligible, cost_assigned_to_source):
    """Share of what columns assign to it that it leaves unpaid, the same at all places."""
    return np.maximum(0, 1 - ratio(paid_of_eligible, cost_assigned_to_source))


@total(
    unit="dollars",
    over=(SOURCE, POOL, CATEGORY, MONTH),
    of="money_assigned_at_place",
    match={"source": "source", "category": "category"},
    inline=True,
)
def cost_assigned_to_source_at_place():
    """Cost of the category at the place that waits for the source."""


@line(unit="dollars", over=(SOURCE, POOL, CATEGORY, MONTH), in_a_year="sum")
def unpaid_after(unpaid_before, payable_at_place, share_paid_of_common, cost_assigned_to_source_at_place, share_left_of_columns):
    """Cost of the category at the place left to later sources, what was assigned to this one and not paid among it."""
    left_of_columns = cost_assigned_to_source_at_place * share_left_of_columns
    return np.maximum(0, unpaid_before - payable_at_place * share_paid_of_common + left_of_columns)
