"""What sources pay of each site's cost, by fiscal year: the offset that the County writes beside a change (conventions A4, A6).

A line of the budget that no column names is paid like all such cost of its category, at the place if that is told apart. What is
of no single site is the rest, with overhead claimed beside the sources; so the parts add up to the budget's revenue and transfers.
"""

from __future__ import annotations

from budget_model.engine.rows import line, total
from budget_model.scenario.axes import Axis

AREA = "appropriation"
SITE, COST, POOL, YEAR = Axis.SITE, Axis.COST, Axis.POOL, Axis.YEAR


@total(unit="share of cost", over=(COST, YEAR), of="revenue_share_elsewhere", match={"category": "category"}, inline=True)
def revenue_share_of_category():
    """Share of common cost of the line's category that revenue pays."""


@total(unit="share of cost", over=(COST, YEAR), of="transfer_share_elsewhere", match={"category": "category"}, inline=True)
def transfer_share_of_category():
    """Share of common cost of the line's category that intrafund transfers pay."""


@line(unit="dollars", over=(COST, YEAR), in_a_year="sum")
def revenue_on_line(cost_of_year, cost_beside_unpaid, revenue_share_of_category):
    """Revenue that pays the line, if no column names it and its place is not told apart."""
    return (cost_of_year - cost_beside_unpaid) * revenue_share_of_category


@line(unit="dollars", over=(COST, YEAR), in_a_year="sum")
def transfers_on_line(cost_of_year, cost_beside_unpaid, transfer_share_of_category):
    """Intrafund transfers that pay the line, if no column names it and its place is not told apart."""
    return (cost_of_year - cost_beside_unpaid) * transfer_share_of_category


@total(unit="dollars", over=(SITE, YEAR), of="revenue_on_line", match={"site": "site"})
def revenue_on_lines_of_site():
    """Such revenue of all lines of the site."""


@total(unit="dollars", over=(SITE, YEAR), of="transfers_on_line", match={"site": "site"})
def transfers_on_lines_of_site():
    """Such transfers of all lines of the site."""


@line(unit="1 = yes", over=(POOL,))
def place_counts():
    """1 for each place that is told apart."""
    return 1


@total(unit="1 = yes", over=(SITE,), of="place_counts", match={"site": "site"})
def site_is_told_apart():
    """1 where some source pays alone at the site."""


@total(unit="dollars", over=(SITE, YEAR), of="revenue_at_place", match={"site": "site"}, inline=True)
def revenue_at_site_told_apart():
    """Revenue that pays common cost of the site, where it is told apart."""


@total(unit="dollars", over=(SITE, YEAR), of="transfers_at_place", match={"site": "site"}, inline=True)
def transfers_at_site_told_apart():
    """Intrafund transfers that pay common cost of the site, where it is told apart."""


@total(unit="dollars", over=(SITE, YEAR), of="revenue_of_column_beyond_common_cost", match={"place": "site"}, inline=True)
def revenue_of_columns_at_site():
    """What revenue pays of columns at the site more than it would of common cost."""


@total(unit="dollars", over=(SITE, YEAR), of="transfers_of_column_beyond_common_cost", match={"place": "site"}, inline=True)
def transfers_of_columns_at_site():
    """What intrafund transfers pay of columns at the site more than they would of common cost."""


@line(unit="dollars", over=(SITE, YEAR), in_a_year="sum")
def site_revenue(revenue_on_lines_of_site, site_is_told_apart, revenue_at_site_told_apart, revenue_of_columns_at_site):
    """Revenue that pays the site's cost. What is left of the budget's revenue is of no single site."""
    return revenue_on_lines_of_site * (1 - site_is_told_apart) + revenue_at_site_told_apart + revenue_of_columns_at_site


@line(unit="dollars", over=(SITE, YEAR), in_a_year="sum")
def site_intrafund_transfers(transfers_on_lines_of_site, site_is_told_apart, transfers_at_site_told_apart, transfers_of_columns_at_site):
    """Intrafund transfers that pay the site's cost. What is left of the budget's transfers is of no single site."""
    return transfers_on_lines_of_site * (1 - site_is_told_apart) + transfers_at_site_told_apart + transfers_of_columns_at_site
