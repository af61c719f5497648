"""Cost and money as one flat table, for pivots and other programs: a row for each month and line, and for each month and payer.

Cost: each line of the budget with its site, unit, class and category; where columns say what pays a line, a row for each source.
Money: what each source pays of each category, what its cash match pays beside it, and what nobody pays; at the site where that is
known. Cost and money come to the same in every month. Overhead claimed beside a source pays cost of other budgets, and is more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from budget_model.engine.arrays import Array, Member
from budget_model.projection import Projection
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import EVERYWHERE_ELSE, NO_ITEM
from budget_model.scenario.schema.columns import LINES_OF_THE_BUDGET
from budget_model.timeline import month_label

if TYPE_CHECKING:
    import pandas as pd

COST, MONEY = "Cost", "Money"
OF_SOURCE, OF_MATCH, OF_NOBODY, OF_OVERHEAD = "Source", "Cash match", "Nobody: funding gap", "Source, for overhead beside"
OF_SAVINGS = "Nobody: amounts below zero beyond cost"
COLUMNS = ("Kind", "Month", "Fiscal year", "Line", "Site", "Budget unit", "Class", "Category", "Source", "Paid by", "Amount")
_DIGITS = 6  # of a dollar; the sum of many thousand rows keeps its half cent
_LEAST = 0.5 * 10**-_DIGITS


class _Entry(NamedTuple):
    """What a row says beside its month, with its amounts by month."""

    kind: str
    line: str
    site: str
    unit: str
    appropriation_class: str
    category: str
    source: str
    paid_by: str
    amounts: Array


def flat_rows(projection: Projection) -> list[tuple[str | float, ...]]:
    """Return the rows in the order of `COLUMNS`: a month as 2019-07, an amount in dollars; what is nil is left out."""
    timeline = projection.timeline
    found: list[tuple[str | float, ...]] = []
    months = [month_label(month) for month in timeline.months]
    for entry in (*_costs(projection), *_money(projection)):
        for at in np.flatnonzero(np.abs(entry.amounts) >= _LEAST).tolist():
            about = (entry.line, entry.site, entry.unit, entry.appropriation_class, entry.category, entry.source, entry.paid_by)
            found.append((entry.kind, months[at], timeline.fiscal_years[at], *about, round(float(entry.amounts[at]), _DIGITS)))
    return found


def flat_data(projection: Projection) -> pd.DataFrame:
    """Return the rows as a table, its columns called as in `COLUMNS`."""
    import pandas as pd

    return pd.DataFrame(flat_rows(projection), columns=list(COLUMNS))


def _costs(projection: Projection) -> Iterator[_Entry]:
    """Yield each line of the budget: what columns assign to a source, and the rest; set-up of new hires in its own class."""
    costs, lines = projection.monthly("cost"), projection.evaluation.members[Axis.COST]
    positions = {member.name: number for number, member in enumerate(projection.evaluation.members[Axis.POSITION])}
    for cost, line in zip(costs, lines, strict=True):
        field = next((field for field in LINES_OF_THE_BUDGET if field in line.keys), "")  # no column names a line of another table
        left, parts = np.ones_like(cost), []
        for source, share in _shares_of_columns(projection, field, line.name, cost) if field else ():
            parts.append((source, share))
            left = left - share
        set_up = projection.monthly("set_up_cost")[positions[line.name]] if field == "position" else np.zeros_like(cost)
        for source, share in (*parts, ("", left)):
            for of_class, amounts in ((line.keys["class"], cost - set_up), (line.keys.get("set_up_class", ""), set_up)):
                about = (line.keys["site"], line.keys["budget_unit"], of_class, line.keys["category"])
                yield _Entry(COST, line.name, *about, source, "", amounts * share)


def _shares_of_columns(projection: Projection, field: str, name: str, cost: Array) -> Iterator[tuple[str, Array]]:
    assigned = projection.monthly("assigned_cost")
    for member, amounts in zip(projection.evaluation.members[Axis.ASSIGNMENT], assigned, strict=True):
        if member.keys[field] == name:
            yield member.keys["source"], np.divide(amounts, cost, out=np.zeros_like(cost), where=cost != 0)


def _money(projection: Projection) -> Iterator[_Entry]:
    """Yield what each source and its match pay of each category, what nobody pays, and overhead that is claimed beside."""
    members, by = projection.evaluation.members, projection.monthly
    sources, pools, categories = members[Axis.SOURCE], members[Axis.POOL], members[Axis.CATEGORY]
    paid, common = by("paid_by_category"), by("payable_at_place") * by("share_paid_of_common")[:, np.newaxis]
    own, beside = by("drawdown"), by("match_beside")
    for s, source in enumerate(sources):
        of_money = np.divide(own[s], own[s] + beside[s], out=np.ones_like(own[s]), where=own[s] + beside[s] > 0)
        for c, category in enumerate(categories):
            left = paid[s, c]
            for site, amounts, match_alone in (*_columns(projection, source, category, s, c), *_at_sites(pools, common[s, :, c])):
                left = left - amounts
                yield from _payers(source.name, site, category.name, amounts, np.zeros_like(of_money) if match_alone else of_money)
            yield from _payers(source.name, "", category.name, left, of_money)
        yield _Entry(MONEY, "", "", "", "", "", source.name, OF_OVERHEAD, by("indirect_claimed")[s])
    unpaid = by("unpaid_after")[-1] if sources else by("common_cost_at_place")
    saved = by("saved_beyond_cost_at_place").sum(axis=0)
    gap = by("cost_by_category") + saved - paid.sum(axis=0)
    for c, category in enumerate(categories):
        left = gap[c]
        for site, amounts, _ in _at_sites(pools, unpaid[:, c]):
            left = left - amounts
            yield _Entry(MONEY, "", site, "", "", category.name, "", OF_NOBODY, amounts)
        yield _Entry(MONEY, "", "", "", "", category.name, "", OF_NOBODY, left)
        yield _Entry(MONEY, "", "", "", "", category.name, "", OF_SAVINGS, -saved[c])


def _payers(source: str, site: str, category: str, amounts: Array, of_money: Array) -> Iterator[_Entry]:
    yield _Entry(MONEY, "", site, "", "", category, source, OF_SOURCE, amounts * of_money)
    yield _Entry(MONEY, "", site, "", "", category, source, OF_MATCH, amounts * (1 - of_money))


def _columns(projection: Projection, source: Member, category: Member, s: int, c: int) -> Iterator[tuple[str, Array, bool]]:
    """Yield what columns of the source pay of a category, with the place of their line, and whether the match alone pays it."""
    paid_share = 1 - projection.monthly("share_left_of_columns")[s, c]
    of_money, of_match = projection.monthly("cost_assigned_to_money"), projection.monthly("cost_assigned_to_match")
    for number, member in enumerate(projection.evaluation.members[Axis.ASSIGNMENT]):
        if member.keys["source"] == source.name and member.keys["category"] == category.name:
            place = member.keys["place"] if member.keys["place"] != NO_ITEM else ""
            yield place, of_money[number] * paid_share, False
            yield place, of_match[number], True


def _at_sites(pools: tuple[Member, ...], amounts: Array) -> Iterator[tuple[str, Array, bool]]:
    """Yield what is paid, or left, of common cost at each place that is told apart by its site."""
    for pool, at_place in zip(pools, amounts, strict=True):
        if pool.name != EVERYWHERE_ELSE:
            yield pool.name, at_place, False
