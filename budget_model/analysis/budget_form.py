"""A funder's budget form: the projection's cost as the lines that a grant application lists, under its own rounding rule.

Salaries stand by position, employee benefits by component or by position, everything else by its cost category. The form
rounds as the scenario's `rounding` says, and says so; it ends with what the rounding adds to the exact cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from budget_model.analysis.grant_years import Period, period_of
from budget_model.analysis.rounding import in_words, rounded, summed
from budget_model.budget import BUDGET
from budget_model.engine.arrays import Array
from budget_model.projection import Projection
from budget_model.scenario.choices import NO_ITEM, CostCategory
from budget_model.scenario.schema import Rounding
from budget_model.timeline import TOTAL

SALARIES, OVERTIME, BENEFITS, SAVINGS, SET_UP = "Salaries", "Overtime", "Employee benefits", "Salary savings", "Set-up of new hires"


@dataclass(frozen=True)
class FormLine:
    """One line of a form: its section, what it is, the exact amount and the amount that the form shows, in dollars.

    Where only totals are rounded a line shows its exact amount.
    """

    section: str
    label: str
    exact: float
    amount: Decimal


@dataclass(frozen=True)
class BudgetForm:
    """The lines of a form with their totals, under one rounding rule."""

    rounding: Rounding
    lines: tuple[FormLine, ...]

    @property
    def sections(self) -> dict[str, Decimal]:
        """The total of each section, in the order of the lines."""
        names = dict.fromkeys(line.section for line in self.lines)
        return {name: summed((line.exact for line in self.lines if line.section == name), self.rounding) for name in names}

    @property
    def total(self) -> Decimal:
        """The total of the form: of its lines, or where only totals are rounded of the exact cost."""
        return summed((line.exact for line in self.lines), self.rounding)

    @property
    def difference(self) -> Decimal:
        """What rounding adds to the exact cost, below 0 where it takes away: the total less it is the exact cost."""
        return self.total - rounded(sum(line.exact for line in self.lines), Rounding())

    @property
    def sections_above_total(self) -> Decimal:
        """By how much the sections, each rounded by itself, add up to more than the total; 0 where lines are rounded, for these add up."""
        return sum(self.sections.values(), Decimal(0)) - self.total

    @property
    def rule(self) -> str:
        """The rounding rule in words."""
        return in_words(self.rounding)


def budget_form(projection: Projection, rounding: Rounding | None = None, year: str = TOTAL) -> BudgetForm:
    """Return the form for a fiscal year ('FY 2019-20'), a grant year of a source ('2018-10 to 2019-09') or all months ('Total').

    `rounding` replaces the scenario's rule. The exact amounts add up to the gross appropriation. Raises KeyError for another period.
    """
    rule = rounding or projection.scenario.rounding
    listed = _lines(projection, period_of(projection, year))
    of_lines = rule if rule.applies_to == "each line" else Rounding()
    lines = (FormLine(section, label, exact, rounded(exact, of_lines)) for section, label, exact in listed)
    return BudgetForm(rule, tuple(lines))


_OF_POSITIONS = {SALARIES: "salaries", OVERTIME: "overtime", SAVINGS: "salary_savings", SET_UP: "set_up_cost"}


def _lines(projection: Projection, period: Period) -> Iterator[tuple[str, str, float]]:
    """Yield section, label and exact amount of every line that is not nil."""

    def amounts(row: str) -> Array:
        found: Array
        if period.name in projection.years:
            found = projection.by_year(row)[..., projection.years.index(period.name)]
        else:
            found = projection.monthly(row)[..., period.start : period.stop].sum(axis=-1)
        return found

    positions = [position.name for position in projection.scenario.county_positions]
    by_rate = np.array([position.benefit_plan == NO_ITEM for position in projection.scenario.county_positions], bool)
    own_benefits = np.where(by_rate, amounts("employee_benefits") + amounts("overtime_benefits"), amounts("flat_benefits"))
    components = [component.name for component in projection.scenario.benefit_components]
    for section in (SALARIES, OVERTIME):
        yield from _named(section, positions, amounts(_OF_POSITIONS[section]))
    yield from _named(BENEFITS, components, amounts("component_benefits"))
    yield from _named(BENEFITS, positions, own_benefits)
    for section in (SAVINGS, SET_UP):
        yield from _named(section, positions, amounts(_OF_POSITIONS[section]))
    for category in CostCategory:
        for row in ("contract_cost", "service_cost", "care_cost", "budget_line_cost", "rate_cost"):
            (items,) = projection.members(BUDGET.rows[row])
            for item, amount in zip(items, amounts(row), strict=True):
                if item.keys["category"] == category and amount:
                    yield category, item.name, float(amount)


def _named(section: str, labels: list[str], amounts: Array) -> Iterator[tuple[str, str, float]]:
    return ((section, label, float(amount)) for label, amount in zip(labels, amounts, strict=True) if amount)
