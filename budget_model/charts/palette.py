"""The colors of the charts: one color for one thing on every page.

The funding gap is always vermilion and hatched, and nothing else is. Where there are more things than colors, a pattern
tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import cycle, product
from typing import Any, NamedTuple

from budget_model.charts.hues import BLUE, EDGE, GRAY, GREEN, MANY, ORANGE, PURPLE, SKY, VERMILION, YELLOW
from budget_model.projection import MATCH_LABEL
from budget_model.scenario.choices import PROGRAM_WIDE, AppropriationClass, BudgetTreatment, CostCategory
from budget_model.scenario.schema import Scenario

GAP, MATCH, COUNTY_MONEY = "Funding gap", "Cash match", "County allocations"
_NAMED = {
    AppropriationClass.SALARIES_AND_EMPLOYEE_BENEFITS: BLUE,
    AppropriationClass.SERVICES_AND_SUPPLIES: GREEN,
    AppropriationClass.OTHER_CHARGES: PURPLE,
    AppropriationClass.CAPITAL_ASSETS: ORANGE,
    CostCategory.COUNTY_STAFF: BLUE,
    CostCategory.COMMUNITY_PROVIDERS: GREEN,
    CostCategory.PUBLIC_AGENCIES: SKY,
    CostCategory.SERVICES_AND_SUPPLIES: PURPLE,
    CostCategory.DATA_AND_EVALUATION: YELLOW,
    CostCategory.EQUIPMENT: ORANGE,
    CostCategory.SUBSTANCE_USE_TREATMENT: "#117733",
    CostCategory.INTERIM_HOUSING: "#AA4499",
    CostCategory.SUPPORTIVE_HOUSING: "#332288",
    CostCategory.INDIRECT: GRAY,
    PROGRAM_WIDE: GRAY,
    GAP: VERMILION,
    MATCH: ORANGE,
    COUNTY_MONEY: ORANGE,
}
_SHAPES = {GAP: "/", MATCH: "."}  # theirs alone
_TREATMENTS = {
    BudgetTreatment.REVENUE: ("#0072B2", "#8CC8EC", "#0B4468"),
    BudgetTreatment.INTRAFUND_TRANSFER: ("#009E73", "#7CCDB4", "#00523C"),
    BudgetTreatment.NET_COUNTY_COST: ("#E69F00", "#F4CF7E", "#9A6A00"),
}
_OTHER_SHAPES = ("", "\\", "x", "-", "|", "+")  # of what has a color already


class Fill(NamedTuple):
    """How a part of a bar is filled: its color, and a pattern of Plotly's or none."""

    color: str
    shape: str = ""


def fills_of(names: Iterable[str]) -> dict[str, Fill]:
    """Return the fill of each name: the one that is always its own, or the next of many."""
    others = _different(MANY)
    return {str(name): Fill(_NAMED[name], _SHAPES.get(name, "")) if name in _NAMED else next(others) for name in names}


def source_fills(scenario: Scenario) -> dict[str, Fill]:
    """Return a fill for each source by how the County's budget shows its money, and one for cash match and gap."""
    fills = {treatment: _different(colors) for treatment, colors in _TREATMENTS.items()}
    found = {source.name: next(fills[source.treatment]) for source in scenario.funding_sources}
    always = fills_of([MATCH, GAP])
    return found | {f"{MATCH_LABEL}{name}": always[MATCH] for name in found} | always


def marker(fill: Fill, edge: float = 1.0) -> dict[str, Any]:
    """Return how bars are filled, within an edge of so many pixels."""
    pattern = {"shape": fill.shape, "size": 7, "solidity": 0.3, "bgcolor": fill.color, "fgcolor": "#FFFFFF"}
    edged = {"color": fill.color, "line": {"color": EDGE, "width": edge}}
    return edged | ({"pattern": pattern} if fill.shape else {})


def _different(colors: Iterable[str]) -> Iterator[Fill]:
    """Yield fills that differ: every color plain, then every color with a pattern; at the very end they begin again."""
    every = [Fill(color, shape) for shape, color in product(_OTHER_SHAPES, colors)]
    return cycle(every)
