"""What each source's own money pays by category, place and fiscal year, apart from its match: the offset of cost (convention A6).

What a source pays of common cost lies where it pays it: at the places that are told apart, and everywhere else. All else that it
pays of a category is what columns assign to it.
"""

from __future__ import annotations

from budget_model.engine.rows import Exactly, line, total
from budget_model.engine.vocabulary import nothing_below_tolerance, ratio, when
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import EVERYWHERE_ELSE, BudgetTreatment

AREA = "funding"
SOURCE, ASSIGNMENT, POOL, CATEGORY = Axis.SOURCE, Axis.ASSIGNMENT, Axis.POOL, Axis.CATEGORY
MONTH, YEAR = Axis.MONTH, Axis.YEAR
REVENUE, TRANSFER = Exactly(BudgetTreatment.REVENUE), Exactly(BudgetTreatment.INTRAFUND_TRANSFER)
ELSEWHERE = Exactly(EVERYWHERE_ELSE)


@line(unit="share of cost", over=(SOURCE, YEAR))
def share_beside_match(drawdown, match_paid, match_has_own_lines):
    """Share of what the source and its match pay that is the source's own money; where the match has columns of its own, all."""
    return when(match_has_own_lines == 1, 1, ratio(drawdown, drawdown + match_paid))


@line(unit="dollars", over=(SOURCE, POOL, CATEGORY, YEAR), in_a_year="sum")
def money_at_place(unpaid_before, unpaid_after, share_beside_match):
    """The source's own money that pays cost of the category at the place which no column names."""
    return nothing_below_tolerance(unpaid_before - unpaid_after) * share_beside_match


@total(unit="dollars", over=(SOURCE, CATEGORY, YEAR), of="money_at_place", inline=True)
def money_at_all_places():
    """Such money at all places."""


@total(
    unit="dollars",
    over=(SOURCE, CATEGORY, MONTH),
    of="cost_assigned_to_money",
    match={"source": "source", "category": "category"},
    in_a_year="sum",
    inline=True,
)
def columns_of_money_in_month():
    """Cost of the category that columns assign to the source itself, alone or with its match, in the month."""


@line(unit="dollars", over=(SOURCE, CATEGORY, YEAR))
def cost_of_columns(columns_of_money_in_month):
    """Cost of the category that columns assign to the source itself, alone or with its match."""
    return columns_of_money_in_month + 0


@total(
    unit="dollars",
    over=(SOURCE, CATEGORY, MONTH),
    of="cost_assigned_to_match",
    match={"source": "source", "category": "category"},
    in_a_year="sum",
    inline=True,
)
def columns_of_match_in_month():
    """Cost of the category that the columns of the source's match pay, in the month."""


@line(unit="dollars", over=(SOURCE, CATEGORY, YEAR))
def money_of_columns(paid_by_category, columns_of_match_in_month, share_beside_match, money_at_all_places):
    """What the source's own money pays of its columns: all that neither its match pays nor itself of other cost."""
    return (paid_by_category - columns_of_match_in_month) * share_beside_match - money_at_all_places


@line(unit="share of cost", over=(SOURCE, CATEGORY, YEAR))
def money_share_of_columns(money_of_columns, cost_of_columns):
    """Share of what columns assign to the source that its own money pays."""
    return ratio(nothing_below_tolerance(money_of_columns), cost_of_columns)


@total(unit="dollars", over=(POOL, CATEGORY, YEAR), of="money_at_place", match={"treatment": REVENUE})
def revenue_at_place():
    """Revenue that pays common cost of the category at the place."""


@total(unit="dollars", over=(POOL, CATEGORY, YEAR), of="money_at_place", match={"treatment": TRANSFER})
def transfers_at_place():
    """Intrafund transfers that pay such cost."""


@line(unit="share of cost", over=(POOL, CATEGORY, YEAR))
def revenue_share_at_place(revenue_at_place, common_cost_at_place):
    """Share of common cost of the category at the place that revenue pays."""
    return ratio(revenue_at_place, nothing_below_tolerance(common_cost_at_place))


@line(unit="share of cost", over=(POOL, CATEGORY, YEAR))
def transfer_share_at_place(transfers_at_place, common_cost_at_place):
    """Share of such cost that intrafund transfers pay."""
    return ratio(transfers_at_place, nothing_below_tolerance(common_cost_at_place))


@total(unit="share of cost", over=(CATEGORY, YEAR), of="revenue_share_at_place", match={"pool": ELSEWHERE})
def revenue_share_elsewhere():
    """Share of common cost that revenue pays at all places but those that are told apart."""


@total(unit="share of cost", over=(CATEGORY, YEAR), of="transfer_share_at_place", match={"pool": ELSEWHERE})
def transfer_share_elsewhere():
    """Share of such cost that intrafund transfers pay."""


@total(unit="1 = yes", over=(ASSIGNMENT, CATEGORY), of="column_counts", match={"category": "category"})
def column_is_in_category():
    """1 where the line of the column is of the category."""


@total(
    unit="share of cost",
    over=(ASSIGNMENT, CATEGORY, YEAR),
    of="money_share_of_columns",
    match={"source": "source", "treatment": REVENUE},
    inline=True,
)
def revenue_share_of_columns():
    """Share of what the column's source is assigned in the category that revenue pays."""


@total(
    unit="share of cost",
    over=(ASSIGNMENT, CATEGORY, YEAR),
    of="money_share_of_columns",
    match={"source": "source", "treatment": TRANSFER},
    inline=True,
)
def transfer_share_of_columns():
    """Share of what the column's source is assigned in the category that intrafund transfers pay."""


@line(unit="share of cost", over=(ASSIGNMENT, CATEGORY, YEAR))
def revenue_share_in_category(revenue_share_of_columns, column_is_in_category):
    """Share of what the column assigns that revenue pays, in its category."""
    return revenue_share_of_columns * column_is_in_category


@line(unit="share of cost", over=(ASSIGNMENT, CATEGORY, YEAR))
def transfer_share_in_category(transfer_share_of_columns, column_is_in_category):
    """Share of what the column assigns that intrafund transfers pay, in its category."""
    return transfer_share_of_columns * column_is_in_category


@total(unit="share of cost", over=(ASSIGNMENT, YEAR), of="revenue_share_in_category", inline=True)
def revenue_share_of_column():
    """Share of what the column assigns that revenue pays."""


@total(unit="share of cost", over=(ASSIGNMENT, YEAR), of="transfer_share_in_category", inline=True)
def transfer_share_of_column():
    """Share of what the column assigns that intrafund transfers pay."""


@total(unit="share of cost", over=(ASSIGNMENT, YEAR), of="revenue_share_elsewhere", match={"category": "category"})
def revenue_share_of_common_cost_beside():
    """Share that revenue pays of the common cost beside the column."""


@total(unit="share of cost", over=(ASSIGNMENT, YEAR), of="transfer_share_elsewhere", match={"category": "category"})
def transfer_share_of_common_cost_beside():
    """Share that intrafund transfers pay of the common cost beside the column."""


@line(unit="dollars", over=(ASSIGNMENT, YEAR), in_a_year="sum")
def revenue_of_column(cost_assigned_to_money, revenue_share_of_column):
    """Revenue that pays what the column assigns."""
    return cost_assigned_to_money * revenue_share_of_column


@line(unit="dollars", over=(ASSIGNMENT, YEAR), in_a_year="sum")
def transfers_of_column(cost_assigned_to_money, transfer_share_of_column):
    """Intrafund transfers that pay what the column assigns."""
    return cost_assigned_to_money * transfer_share_of_column


@line(unit="dollars", over=(ASSIGNMENT, YEAR), in_a_year="sum")
def revenue_of_column_beyond_common_cost(
    revenue_of_column, assigned_cost, assigned_cost_beside_unpaid, revenue_share_of_common_cost_beside, column_is_at_named_place
):
    """What revenue pays of the column more than it would of common cost; at a place that is told apart, all that it pays."""
    paid = assigned_cost - assigned_cost_beside_unpaid
    return revenue_of_column - paid * revenue_share_of_common_cost_beside * (1 - column_is_at_named_place)


@line(unit="dollars", over=(ASSIGNMENT, YEAR), in_a_year="sum")
def transfers_of_column_beyond_common_cost(
    transfers_of_column, assigned_cost, assigned_cost_beside_unpaid, transfer_share_of_common_cost_beside, column_is_at_named_place
):
    """What intrafund transfers pay of the column more than they would of common cost; at a place that is told apart, all."""
    paid = assigned_cost - assigned_cost_beside_unpaid
    return transfers_of_column - paid * transfer_share_of_common_cost_beside * (1 - column_is_at_named_place)
