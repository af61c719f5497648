"""What a simulation comes to: percentiles by fiscal year, the base's own percentile, chances, reserves, and draws that break rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np

from budget_model.engine.arrays import Array
from budget_model.engine.run import combined
from budget_model.formats import HALF_A_CENT
from budget_model.projection import Projection, project
from budget_model.scenario.axes import Axis
from budget_model.scenario.text import digest
from budget_model.simulation.kernel import Method
from budget_model.simulation.outputs import COLUMN_RULES, GAP, NET_COUNTY_COST, OPEN, RULES
from budget_model.simulation.uncertain import UncertainNumber

PERCENTILES = (5, 10, 25, 50, 75, 80, 90, 95)
RESERVED = 80  # the percentile up to which a reserve pays
_SAME = 1e-6  # what adding in another order may leave


@dataclass(frozen=True)
class Simulation:
    """The figures of one scenario over draws of its uncertain numbers. Money in dollars; nothing is rounded.

    `values` has each output in every draw, (draws, items ..., years + 1) with the total last, as dependence is given; `independent`
    the same with all numbers independent. `ends` has them at the ends of one number after another (see `tornado.py`), and
    `drawn` the numbers as they were drawn independently, (numbers, the first of the draws). `rho` is None where each group has its
    own dependence.
    """

    projection: Projection
    outputs: tuple[str, ...]
    draws: int
    seed: int
    rho: float | None
    widened: float
    method: Method
    numbers: tuple[UncertainNumber, ...]
    values: Mapping[str, Array]
    independent: Mapping[str, Array]
    ends: Mapping[str, Array]
    drawn: Array

    def __reduce__(self) -> tuple[Callable[..., Simulation], tuple[dict[str, Any]]]:
        """Come whole from another process: the projection, which does not travel, is made anew of its scenario."""
        return _travelled, ({field.name: getattr(self, field.name) for field in fields(self)} | {"projection": self.projection.scenario},)

    @property
    def years(self) -> tuple[str, ...]:
        """The fiscal years, then 'Total'."""
        return self.projection.years

    @cached_property
    def digest(self) -> str:
        """The name of what the scenario says."""
        return digest(self.projection.scenario)

    def base(self, output: str) -> Array:
        """Return an output of the plan itself: (years + 1)."""
        return self.projection.by_year(output)

    def of(self, output: str, *, independent: bool = False) -> Array:
        """Return an output in every draw: (draws, years + 1). What a total of years shows is drawn, never the sum of percentiles."""
        return (self.independent if independent else self.values)[output]

    def percentile(self, output: str, percent: float, *, independent: bool = False) -> Array:
        """Return a percentile of an output: (years + 1)."""
        return quantile(self.of(output, independent=independent), percent)

    def base_percentile(self, output: str, *, independent: bool = False) -> Array:
        """Return the share of draws, in percent, in which an output comes to the plan's own figure or less: (years + 1)."""
        base = self.base(output)
        found: Array = 100 * np.mean(self.of(output, independent=independent) <= base + _SAME * np.maximum(1, np.abs(base)), axis=0)
        return found

    @property
    def chance_of_a_gap(self) -> Array:
        """The share of draws in which money is missing in a fiscal year, and in any: (years + 1)."""
        return chance_of_a_gap(self.values)

    @property
    def reserve(self) -> Array:
        """Dollars that the 80th percentile of net county cost lies above the plan, by year and in all: (years + 1).

        That of all months is drawn, and no sum of the years: not all years turn out high at once.
        """
        return reserve(self.percentile(NET_COUNTY_COST, RESERVED), self.base(NET_COUNTY_COST))

    def chance_within(self, limit: float) -> Array:
        """Return the share of draws in which net county cost stays within a limit in dollars, by year and in all: (years + 1)."""
        found: Array = np.mean(self.of(NET_COUNTY_COST) <= limit + HALF_A_CENT, axis=0)
        return found

    @cached_property
    def broken_rules(self) -> Array:
        """The draws that break a rule which the plan itself keeps, 1 for each that does: (draws). None is left out of any figure."""
        return broken_rules(self.values, self.projection)

    @cached_property
    def not_open(self) -> dict[str, int]:
        """The draws in which a site slips past the last month, by site, of those that the plan opens within the scenario."""
        planned = self.projection.by_year(OPEN)[:, -1] > 0
        missed = np.sum(self.values[OPEN][..., -1] == 0, axis=0)
        sites = self.projection.scenario.sites
        return {site.name: int(draws) for site, draws, is_planned in zip(sites, missed, planned, strict=True) if is_planned and draws}

    @cached_property
    def any_not_open(self) -> int:
        """The draws in which some site slips past the last month that the plan opens within the scenario."""
        planned = self.projection.by_year(OPEN)[:, -1] > 0
        return int(np.any(self.values[OPEN][:, planned, -1] == 0, axis=1).sum())


def _travelled(given: dict[str, Any]) -> Simulation:
    return Simulation(**given | {"projection": project(given["projection"])})


def quantile(values: Array, percent: float) -> Array:
    """Return a percentile over draws: (draws, ...) to (...). Draw k of n, counted from 1 by size, is the percentile (k - 0.5) / n.

    >>> quantile(np.array([3.0, 1.0, 2.0, 4.0]), 50).tolist()
    2.5
    """
    found: Array = np.quantile(values, percent / 100, axis=0, method="hazen")
    return found


def reserve(upper: Array, base: Array) -> Array:
    """Return what a percentile lies above the plan, 0 where the plan is above it."""
    found: Array = np.maximum(0.0, upper - base)
    return found


def chance_of_a_gap(values: Mapping[str, Array]) -> Array:
    """Return the share of draws in which money is missing in a fiscal year, and in any: (years + 1)."""
    found: Array = np.mean(values[GAP] > HALF_A_CENT, axis=0)
    return found


def broken_rules(values: Mapping[str, Array], projection: Projection) -> Array:
    """Return 1 for each draw that breaks a rule which the plan itself keeps: (draws)."""
    found = np.zeros(len(values[NET_COUNTY_COST]), dtype=bool)
    for row in (rule for rule in (*RULES, *COLUMN_RULES) if rule.name in values):
        by_year = values[row.name]
        missed = by_year[..., -1] if Axis.YEAR in row.over else combined(by_year[..., :-1], row.in_a_year or "sum")
        kept = projection.missed(row) <= row.tolerance
        found |= ((missed > row.tolerance) & kept).reshape(len(found), -1).any(axis=1)
    return found.astype(float)
