"""The plan by the units that budget it, and what they buy from each other: one account for the page and for `project --json`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from budget_model.budget import BUDGET
from budget_model.projection import Projection
from budget_model.scenario.choices import NO_ITEM, AppropriationClass
from budget_model.timeline import TOTAL

# What is said of a unit in a fiscal year beside its cost by class: the key in JSON, and the row.
FIGURES = {
    "gross_appropriation": "unit_gross_appropriation",
    "intrafund_transfers": "unit_intrafund_transfers",
    "revenue": "unit_revenue",
    "net_county_cost": "unit_net_county_cost",
    "bought_from_other_units": "unit_purchases",
    "sold_to_other_units": "unit_sales",
    "budgeted_positions": "unit_budgeted_positions",
}


@dataclass(frozen=True)
class Purchase:
    """A line of the budget of which another unit than its own buys a share; `amounts` are dollars by fiscal year, the total last."""

    line: str
    seller: str
    buyer: str
    share: float
    amounts: tuple[float, ...]


def units(projection: Projection) -> tuple[str, ...]:
    """Return the units of the plan, in the order in which the scenario names them."""
    (members,) = projection.members(BUDGET.rows["unit_gross_appropriation"])
    return tuple(member.name for member in members)


def purchases(projection: Projection) -> tuple[Purchase, ...]:
    """Return what units of the plan buy from each other, line by line, as far as it costs anything."""
    (lines,) = projection.members(BUDGET.rows["cost_of_year"])
    amounts, shares = projection.by_year("cost_to_purchase"), projection.monthly("purchased_share").tolist()
    return tuple(
        Purchase(line.name, line.keys["budget_unit"], line.keys["buyer"], share, tuple(amount.tolist()))
        for line, share, amount in zip(lines, shares, amounts, strict=True)
        if line.keys["buyer"] != NO_ITEM and amount.any()
    )


def record(projection: Projection) -> dict[str, Any]:
    """Return unit x class x fiscal year with positions and net county cost as plain data, in dollars.

    Positions are those of the year's end. `between_units` is what units buy from each other: it is in the cost of both and
    counts once in the plan, so that the units' gross appropriation less `between_units` is that of the plan.
    """
    by_unit = {unit: _by_year(projection, position) for position, unit in enumerate(units(projection))}
    between = dict(zip(projection.years, projection.by_year("all_unit_purchases").tolist(), strict=True))
    return {"units": by_unit, "between_units": {"total": between.pop(TOTAL), "fiscal_years": between}}


def _by_year(projection: Projection, unit: int) -> dict[str, Any]:
    years = {year: _entry(projection, unit, index) for index, year in enumerate(projection.years)}
    return {"total": years.pop(TOTAL), "fiscal_years": years}


def _entry(projection: Projection, unit: int, index: int) -> dict[str, Any]:
    by_class = projection.by_year("unit_cost_by_class")[unit, :, index].tolist()
    return {
        "by_class": dict(zip(map(str, AppropriationClass), by_class, strict=True)),
        **{key: float(projection.by_year(row)[unit, index]) for key, row in FIGURES.items()},
    }
