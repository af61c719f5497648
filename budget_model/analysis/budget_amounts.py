"""What the County prints of a budget, or of a change to it: gross appropriation, transfers, revenue, positions, and what is left.

Of the whole program, of each site and of what belongs to none, of each budget unit; by fiscal year.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from budget_model.analysis.rounding import stepped
from budget_model.budget import BUDGET
from budget_model.projection import Projection
from budget_model.scenario.choices import PROGRAM_WIDE

MONEY_STEP, POSITION_STEP = 1_000.0, 0.1  # what the County's change table is printed in (convention A4)


@dataclass(frozen=True)
class Amounts:
    """Money in dollars a fiscal year, positions as budgeted at its end."""

    gross_appropriation: float = 0.0
    intrafund_transfer: float = 0.0
    revenue: float = 0.0
    budgeted_positions: float = 0.0

    @property
    def net_county_cost(self) -> float:
        """Gross appropriation less intrafund transfer and revenue (convention A3)."""
        return self.gross_appropriation - self.intrafund_transfer - self.revenue

    @property
    def printed(self) -> Amounts:
        """The amounts as they are printed, each rounded on its own; net county cost is what the printed ones leave."""
        return Amounts(*(float(stepped(getattr(self, name), step)) for name, step in STEPS.items()))

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(*(getattr(self, name) + getattr(other, name) for name in STEPS))

    def __sub__(self, other: Amounts) -> Amounts:
        return Amounts(*(getattr(self, name) - getattr(other, name) for name in STEPS))


STEPS = {field.name: POSITION_STEP if field.name == "budgeted_positions" else MONEY_STEP for field in fields(Amounts)}


NIL = Amounts()


def to_the_cent(amounts: Amounts) -> Amounts:
    """Return amounts as a budget adopts them and a file keeps them: to the cent, and to the hundredth of a position."""
    return Amounts(*(round(getattr(amounts, name), 2) for name in STEPS))


def of_program(projection: Projection, year: int) -> Amounts:
    """Return the whole budget of a fiscal year, counted from 0."""
    return _read(projection, ("gross_appropriation", "intrafund_transfers", "revenue", "all_budgeted_positions"), year)


def of_places(projection: Projection, year: int) -> dict[str, Amounts]:
    """Return the budget of a fiscal year by site, with the sources that pay the site's cost, and of what is of no single site."""
    names = [site.name for site in projection.scenario.sites]
    rows = ("cost_by_place", "site_intrafund_transfers", "site_revenue", "budgeted_positions_by_place")
    found = {name: _read(projection, rows, year, position) for position, name in enumerate(names)}
    return found | {PROGRAM_WIDE: of_program(projection, year) - sum(found.values(), NIL)}


def one_time_of_places(projection: Projection, year: int) -> dict[str, float]:
    """Return one-time cost of a fiscal year by site, and of no single one, in dollars."""
    of_sites = projection.by_year("site_one_time_cost")[:, year]
    found = {site.name: float(cost) for site, cost in zip(projection.scenario.sites, of_sites, strict=True)}
    return found | {PROGRAM_WIDE: float(projection.by_year("all_one_time_cost")[year] - of_sites.sum())}


def people_of_places(projection: Projection, year: int) -> dict[str, float]:
    """Return active participants at the end of a fiscal year by site, and of all sites."""
    here = projection.by_year("active_participants")[:, year]
    found = {site.name: float(people) for site, people in zip(projection.scenario.sites, here, strict=True)}
    return found | {PROGRAM_WIDE: float(here.sum())}


def of_units(projection: Projection, year: int) -> dict[str, Amounts]:
    """Return the budget of a fiscal year by budget unit, with what each buys and sells."""
    (units,) = projection.members(BUDGET.rows["unit_revenue"])
    rows = ("unit_gross_appropriation", "unit_intrafund_transfers", "unit_revenue", "unit_budgeted_positions")
    return {unit.name: _read(projection, rows, year, position) for position, unit in enumerate(units)}


def between_units(projection: Projection, year: int) -> Amounts:
    """Return what units buy from each other, as it is taken out of their sum: in gross appropriation and in transfers alike."""
    bought = float(projection.by_year("all_unit_purchases")[year])
    return Amounts(-bought, -bought)


def _read(projection: Projection, rows: tuple[str, ...], year: int, position: int | None = None) -> Amounts:
    at = (year,) if position is None else (position, year)
    return Amounts(*(float(np.asarray(projection.by_year(row))[at]) for row in rows))
