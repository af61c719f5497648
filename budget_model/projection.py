"""What a scenario comes to: every row by item, month and fiscal year, as arrays, tidy tables and the summary record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np

from budget_model.budget import BUDGET
from budget_model.engine.arrays import Array, Inputs, Member
from budget_model.engine.numbers import Evaluation, evaluate
from budget_model.engine.rows import Kind, Line, Row
from budget_model.engine.run import combined, yearly
from budget_model.inputs import read_inputs
from budget_model.scenario.axes import Axis
from budget_model.scenario.schema import Scenario
from budget_model.timeline import TOTAL, Timeline, from_serial

if TYPE_CHECKING:
    import pandas as pd

MATCH_LABEL = "Cash match: "
MONTHS_IN_A_YEAR = 12
Found = TypeVar("Found")


@cache
def check_rows() -> tuple[Line, ...]:
    """Return the rows that check a plan: faults, duties and remarks, in the order in which they are declared."""
    return tuple(row for row in BUDGET.rows.values() if isinstance(row, Line) and row.kind)


@dataclass(frozen=True)
class CheckResult:
    """A fault that may not be, or a duty that must be kept, and its tolerance in `unit`.

    `amount` is by how much the item misses it that misses it most, over all months; `analysis/findings.py` has each item.
    """

    name: str
    rule: str
    kind: Kind
    unit: str
    amount: float
    tolerance: float

    @property
    def passed(self) -> bool:
        """Whether every item is within the tolerance."""
        return self.amount <= self.tolerance

    @property
    def result(self) -> str:
        """PASS or FAIL."""
        return "PASS" if self.passed else "FAIL"


@dataclass(frozen=True)
class Projection:
    """The results of one scenario. Money in dollars, exact; nothing is rounded."""

    scenario: Scenario
    evaluation: Evaluation

    @property
    def timeline(self) -> Timeline:
        """The months of the projection."""
        return self.scenario.timeline

    @property
    def years(self) -> tuple[str, ...]:
        """The fiscal years, then 'Total'."""
        return (*self.timeline.years, TOTAL)

    def members(self, row: Row) -> tuple[tuple[Member, ...], ...]:
        """Return the items along each axis of a row other than months and years."""
        return tuple(self.evaluation.members[axis] for axis in row.over if axis not in (Axis.MONTH, Axis.YEAR))

    def monthly(self, name: str) -> Array:
        """Return a row's (or an input's) values without the axis of draws: (items ..., months)."""
        values: Array = self.evaluation.values[name][0]
        return values

    def by_year(self, name: str) -> Array:
        """Return a row's values by fiscal year, the total last: (items ..., years + 1)."""
        if name not in self._by_year:
            self._by_year[name] = self._read_by_year(name)
        return self._by_year[name]

    @cached_property
    def _by_year(self) -> dict[str, Array]:
        return {}

    def _read_by_year(self, name: str) -> Array:
        row = BUDGET.rows[name]
        values = self.monthly(name)
        if Axis.YEAR in row.over:
            return values
        if row.in_a_year is None:
            raise ValueError(f"{name} has no yearly reading: its declaration has no in_a_year")
        found = yearly(values, row.in_a_year, self.evaluation.calendar)
        found.flags.writeable = False  # every page reads the same array
        return found

    def average_by_year(self, name: str) -> Array:
        """Return a monthly row's average over the twelve months of each fiscal year, last that over all months: (items ..., years + 1).

        Months of a fiscal year that the projection does not cover count as 0, as where fiscal notes prorate what begins within a year.
        """
        months = [MONTHS_IN_A_YEAR] * len(self.timeline.years) + [self.timeline.count]
        found: Array = yearly(self.monthly(name), "sum", self.evaluation.calendar) / np.array(months)
        return found

    def month_of(self, name: str, position: int) -> date | None:
        """Return the month that a row of dates has for an item, None where it does not come within the scenario."""
        day = float(self.monthly(name)[position])
        return from_serial(day) if day else None

    def yearly_table(self, name: str) -> pd.DataFrame:
        """Return a row over one axis of items as a table: one row an item, one column a fiscal year and 'Total'."""
        import pandas as pd

        (items,) = self.members(BUDGET.rows[name])
        return pd.DataFrame(self.by_year(name), index=[item.name for item in items], columns=list(self.years))

    @cached_property
    def checks(self) -> tuple[CheckResult, ...]:
        """The result of every check of faults and duties, in the order of `lines/checks.py`; remarks are no checks."""
        return tuple(self._result(row) for row in check_rows() if row.kind is not Kind.REMARK)

    def _result(self, row: Line) -> CheckResult:
        assert row.kind is not None
        return CheckResult(row.name, row.rule, row.kind, row.unit, float(self.missed(row).max(initial=0.0)), row.tolerance)

    def missed(self, row: Line) -> Array:
        """Return by how much each item misses a check over all months or years, in the row's unit: (items ...)."""
        values = self.monthly(row.name)
        found: Array = values[..., -1] if Axis.YEAR in row.over else combined(values, row.in_a_year or "sum")
        return found

    def once(self, analysis: Callable[[Projection], Found]) -> Found:
        """Return what an analysis finds in the projection, calculated when it is first asked for."""
        if analysis not in self._found:
            self._found[analysis] = analysis(self)
        return cast("Found", self._found[analysis])

    @cached_property
    def _found(self) -> dict[Callable[[Projection], Any], Any]:
        return {}

    def record(self) -> dict[str, Any]:
        """Return the summary as plain data: by fiscal year and in total (the format of `project --json`)."""
        years = {year: self._entry(index) for index, year in enumerate(self.years)}
        total = years.pop(TOTAL)
        sources = {
            source.name: {"status": str(source.status), "treatment": str(source.treatment), "timing": str(source.timing)}
            for source in self.scenario.funding_sources
        }
        return {"scenario": self.scenario.name, "fiscal_years": years, "total": total, "sources": sources}

    def _entry(self, index: int) -> dict[str, Any]:
        """Return one fiscal year: money in dollars, positions and participants at the year's end.

        `funding_gap` is net county cost beyond what is authorized or asked of the County: one figure.
        """

        def one(name: str) -> float:
            return float(self.by_year(name)[index])

        return {
            "gross_appropriation": one("gross_appropriation"),
            "value_in_kind": one("value_in_kind"),
            "project_total": one("project_total"),
            "intrafund_transfers": one("intrafund_transfers"),
            "revenue": one("revenue"),
            "net_county_cost": one("net_county_cost"),
            "county_money_authorized": one("county_money_authorized"),
            "county_money_asked_for": one("county_money_asked_for"),
            "county_money_not_asked_for": one("county_money_not_asked_for"),
            "outside_money_lost": one("all_outside_money_lost"),
            "match_owed": float(self.by_year("match_owed")[:, index].sum()),
            "match_paid": one("all_match_paid"),
            "match_shortfall": one("sum_of_match_shortfalls"),
            "drawn_from_awarded_sources": one("all_drawdown_awarded"),
            "drawn_from_other_sources": one("all_drawdown") - one("all_drawdown_awarded"),
            "budgeted_positions": one("all_budgeted_positions"),
            "average_full_time_equivalents": float(self.average_by_year("all_budgeted_full_time_equivalents")[index]),
            "enrolled": one("all_enrollments"),
            "people_served": one("all_people_served_in_year"),
            "active_participants": one("all_active_participants"),
            "funding_gap": one("funding_gap"),
            "contract_cost_per_participant_month": one("contract_cost_per_participant_month"),
            "cost_without_care_per_participant_month": one("cost_without_care_per_participant_month"),
            "full_cost_per_participant_month": one("full_cost_per_participant_month"),
            "cost_without_care_per_person_served": one("cost_without_care_per_person_served"),
            "indirect_claimed": one("all_indirect_claimed"),
            "by_class": self._split("cost_by_class", index),
            "by_category": self._split("cost_by_category", index),
            "by_site": self._split("cost_by_place", index),
            "by_source": self._split("drawdown", index) | self._matched(index),
            "constant_share_by_source": self._split("constant_share", index),
        }

    def _split(self, name: str, index: int) -> dict[str, float]:
        (items,) = self.members(BUDGET.rows[name])
        return {item.name: float(value) for item, value in zip(items, self.by_year(name)[:, index], strict=True)}

    def _matched(self, index: int) -> dict[str, float]:
        paid = self._split("match_paid", index)
        return {f"{MATCH_LABEL}{name}": paid[name] for name in self._with_match}

    @property
    def _with_match(self) -> list[str]:
        return [source.name for source in self.scenario.funding_sources if source.match]

    @cached_property
    def sources(self) -> pd.DataFrame:
        """What each source and its cash match pay: a line each, a column for each fiscal year and 'Total', in dollars."""
        import pandas as pd

        match = self.yearly_table("match_paid").loc[self._with_match].rename(index=lambda name: f"{MATCH_LABEL}{name}")
        return pd.concat([self.yearly_table("drawdown"), match])


def project(scenario: Scenario, like: Projection | None = None) -> Projection:
    """Return the projection of a validated scenario. Pure: the same scenario gives the same numbers.

    `like` is the projection of a similar scenario, from which rows that nothing has changed for are taken.
    """
    if like is None:
        return Projection(scenario, evaluate(BUDGET, read_inputs(scenario)))
    before = like.evaluation
    inputs = read_inputs(scenario, (like.scenario, Inputs(before.calendar, before.members, before.values.known)))
    return Projection(scenario, evaluate(BUDGET, inputs, like=before))


def net_county_cost(projection: Projection) -> float:
    """Return net county cost over all months, in dollars."""
    return float(projection.by_year("net_county_cost")[-1])
