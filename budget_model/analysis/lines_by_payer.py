"""Each line of the budget by its payers: the columns of a budget form, worked out for the lines that name none as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from budget_model.analysis.who_pays import SAVED, UNPAID
from budget_model.budget import BUDGET
from budget_model.engine.arrays import Array, Member
from budget_model.formats import HALF_A_CENT
from budget_model.projection import MATCH_LABEL, Projection
from budget_model.scenario.choices import CostCategory, PaidBy
from budget_model.scenario.schema import FundingAssignment


@dataclass(frozen=True)
class BudgetLine:
    """A line of the budget with what each payer pays of it over all months, in dollars: of a line below zero, what each pays less.

    `paid` goes by payer: a source, a source's cash match, or nobody; `paid_by_month` the same by month. `has_columns` says
    whether columns name what pays it, `keys` by what it is found, such as its site and its budget unit.
    """

    name: str
    keys: Mapping[str, str]
    category: str
    cost: float
    paid: Mapping[str, float]
    paid_by_month: Mapping[str, Array]
    has_columns: bool


def lines_by_payer(projection: Projection) -> tuple[BudgetLine, ...]:
    """Return every line of the budget that costs anything, by its payers.

    What columns name comes first. Common cost follows its category: a source pays the same share of all common lines that it
    may pay, as the model has it by category, place and month. Where amounts below zero are more than common cost, nobody pays
    its lines: they are `SAVED`, and come to less than nothing. The payers of a line add up to its cost, and the lines of a
    payer to what it pays.
    """
    return projection.once(_lines_by_payer)


def payers(lines: tuple[BudgetLine, ...]) -> tuple[str, ...]:
    """Return who pays anything of the lines, in the order of the sources, each with its cash match; the gap and savings come last."""
    return tuple(dict.fromkeys(name for line in lines for name in line.paid))


def _lines_by_payer(projection: Projection) -> tuple[BudgetLine, ...]:
    (members,) = projection.members(BUDGET.rows["cost"])
    cost = projection.monthly("cost")
    categories = [str(member.keys["category"]) for member in members]
    at = np.array([list(CostCategory).index(CostCategory(name)) for name in categories], int)
    assigned, of_line, above = _columns(projection, cost)
    places = _places(projection, members)
    left = cost - of_line.sum(axis=0) - above
    saved = left * projection.monthly("common_cost_is_unpaid")[places, at]
    left = left - saved
    found: dict[str, Array] = {}
    for index, source in enumerate(projection.scenario.funding_sources):
        own, match_lines, money, match = _shares(projection, index, at)
        waiting, by_match = (_of_source(assigned, of_line, source.name, own_match=own_match) for own_match in (False, True))
        common = left * _may_pay(projection, index, places, at) * own
        both = common + waiting * match_lines
        left = left - common + waiting * (1 - match_lines)
        found[source.name] = both * money
        found[f"{MATCH_LABEL}{source.name}"] = both * match + by_match
    found[UNPAID] = left + above
    found[SAVED] = saved
    totals = {name: amounts.sum(axis=-1) for name, amounts in found.items()}
    used = {name: total for name, total in totals.items() if np.abs(total).sum() > HALF_A_CENT}
    return tuple(
        BudgetLine(
            member.name,
            member.keys,
            categories[line],
            float(cost[line].sum()),
            {name: float(total[line]) for name, total in used.items()},
            {name: found[name][line] for name in used},
            bool(of_line[:, line].any()),
        )
        for line, member in enumerate(members)
        if cost[line].any()
    )


def _of_source(columns: Sequence[FundingAssignment], parts: Array, source: str, *, own_match: bool) -> Array:
    """Return what the columns of a source, or those of its cash match alone, take of each line in each month."""
    chosen = [column.source == source and (column.paid_by is PaidBy.CASH_MATCH) is own_match for column in columns]
    found: Array = parts[np.array(chosen, bool)].sum(axis=0)
    return found


def lines_of_column(projection: Projection, column: int) -> Array:
    """Return which lines of the budget a column, by its position, assigns: its own, or all of its site in its category."""
    (members,) = projection.members(BUDGET.rows["cost"])
    declared = projection.scenario.funding_assignments[column]
    category = projection.evaluation.members["assignment"][column].keys["category"]
    field = next(iter(declared.lines), "")
    key, value = (field, getattr(declared, field)) if field else ("site", declared.site)
    return np.array([one.keys.get(key) == value and one.keys["category"] == category for one in members], bool)


def _columns(projection: Projection, cost: Array) -> tuple[tuple[FundingAssignment, ...], Array, Array]:
    """Return the columns, what each takes of each line: (column, line, month), and what of a line is above the limits of its columns.

    A site's cost goes by its lines' cost.
    """
    columns, amounts = projection.scenario.funding_assignments, projection.monthly("assigned_cost")
    parts = np.zeros((len(columns), *cost.shape))
    for index in range(len(columns)):
        of_it = cost * lines_of_column(projection, index)[:, np.newaxis]
        whole = of_it.sum(axis=0)
        parts[index] = of_it * np.divide(amounts[index], whole, out=np.zeros_like(whole), where=whole > 0)
    amount_above = projection.monthly("cost_above_limit")
    shares_above = np.divide(amount_above, amounts, out=np.zeros_like(amounts), where=amounts > 0)[:, np.newaxis]
    return columns, parts * (1 - shares_above), (parts * shares_above).sum(axis=0)


def _shares(projection: Projection, source: int, at: Array) -> tuple[Array, Array, Array, Array]:
    """Return shares by line and month: what the source pays of common cost, and of what columns assign to it.

    Then by month the parts of both that its own money pays, and its match beside it.
    """
    common = projection.monthly("share_paid_of_common")[source]
    of_assigned = 1 - projection.monthly("share_left_of_columns")[source]
    drawn, match = projection.monthly("drawdown")[source], projection.monthly("match_beside")[source]
    money = np.divide(drawn, drawn + match, out=np.ones_like(drawn), where=drawn + match > 0)
    return common[at], of_assigned[at], money, 1 - money


def _places(projection: Projection, members: tuple[Member, ...]) -> list[int]:
    """Return the place of each line, by its position among those that are told apart and everywhere else, which is last."""
    places = [member.keys["site"] for member in projection.evaluation.members["pool"]]
    return [places.index(site) if (site := member.keys["site"]) in places else len(places) - 1 for member in members]


def _may_pay(projection: Projection, source: int, places: list[int], at: Array) -> Array:
    """Return 1 for each line that the source may pay: of its categories, at its places; in its months its share says it."""
    found: Array = projection.monthly("source_pays")[source][at] * projection.monthly("source_pays_at")[source][places]
    return found[:, np.newaxis]
