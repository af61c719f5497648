"""Two projections side by side: the headline figures of each, and the difference."""

from __future__ import annotations

from dataclasses import dataclass

from budget_model.budget import BUDGET
from budget_model.formats import shown_change
from budget_model.projection import Projection
from budget_model.timeline import TOTAL

# What every reader asks first: label, row, in the order in which pages and commands show it.
HEADLINES = {
    "Gross appropriation": "gross_appropriation",
    "Net county cost": "net_county_cost",
    "Funding gap": "funding_gap",
    "Outside money lost": "all_outside_money_lost",
    "Drawn from awarded sources": "all_drawdown_awarded",
    "Budgeted positions": "all_budgeted_positions",
    "Enrolled": "all_enrollments",
    "Active participants": "all_active_participants",
}


@dataclass(frozen=True)
class ComparedFigure:
    """One headline figure of two projections in a fiscal year, in `unit`; `rule` says what it is."""

    label: str
    unit: str
    rule: str
    before: float
    after: float

    @property
    def change(self) -> float:
        """What the second has more than the first."""
        return self.after - self.before

    @property
    def shown_change(self) -> str:
        """The difference of the two figures as they are shown."""
        return shown_change(self.before, self.after, self.unit)


def compare(before: Projection, after: Projection, year: str = TOTAL) -> tuple[ComparedFigure, ...]:
    """Return the headline figures of two projections in a fiscal year ('FY 2019-20') or over all months ('Total').

    A year that one of them does not cover counts as 0 there.
    """
    rows = {label: BUDGET.rows[row] for label, row in HEADLINES.items()}
    return tuple(
        ComparedFigure(label, row.unit, row.rule, _figure(before, row.name, year), _figure(after, row.name, year))
        for label, row in rows.items()
    )


def _figure(projection: Projection, row: str, year: str) -> float:
    if year not in projection.years:
        return 0.0
    return float(projection.by_year(row)[projection.years.index(year)])
