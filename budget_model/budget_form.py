"""A funder's budget form: the projection's cost as the lines that a grant application lists, under its own rounding rule.

Salaries stand by position, employee benefits by component or by position, everything else by its cost category. The form
rounds as the scenario's `rounding` says, and says so; it ends with what the rounding adds to the exact cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from budget_model.budget import BUDGET
from budget_model.choices import NO_ITEM, CostCategory
from budget_model.inputs import Array
from budget_model.projection import Projection
from budget_model.rounding import in_words, rounded, summed
from budget_model.rows import Axis
from budget_model.scenario import Rounding
from budget_model.timeline import TOTAL

SALARIES, OVERTIME, BENEFITS, SAVINGS, SET_UP = "Salaries", "Overtime", "Employee benefits", "Salary savings", "Set-up of new hires"


@dataclass(frozen=True)
class FormLine:
    """One line of a form: its section, what it is, the exact amount and the amount under the form's rule, in dollars."""

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
        """What rounding adds to the exact cost."""
        return self.total - rounded(sum(line.exact for line in self.lines), Rounding())

    @property
    def rule(self) -> str:
        """The rounding rule in words."""
        return in_words(self.rounding)


def budget_form(projection: Projection, rounding: Rounding | None = None, year: str = TOTAL) -> BudgetForm:
    """Return the form for a fiscal year ('FY 2019-20') or all months ('Total'); `rounding` replaces the scenario's rule.

    The exact amounts add up to the gross appropriation.
    """
    rule = rounding or projection.scenario.rounding
    listed = _lines(projection, projection.years.index(year))
    lines = (FormLine(section, label, exact, rounded(exact, rule)) for section, label, exact in listed)
    return BudgetForm(rule, tuple(lines))


def _lines(projection: Projection, year: int) -> Iterator[tuple[str, str, float]]:
    """Yield section, label and exact amount of every line that is not nil."""
    positions = projection.scenario.county_positions
    amounts = {row: _of_year(projection, row, year) for row in _BY_POSITION.values()}
    for section in (SALARIES, OVERTIME):
        yield from _named(section, [position.name for position in positions], amounts[_BY_POSITION[section]])
    yield from _named(
        BENEFITS, [item.name for item in projection.scenario.benefit_components], _of_year(projection, "component_benefits", year)
    )
    on_overtime = _of_year(projection, "overtime_benefits", year)
    flat = _of_year(projection, "flat_benefits", year)
    own = [
        flat[index] if position.benefit_plan != NO_ITEM else amounts["employee_benefits"][index] + on_overtime[index]
        for index, position in enumerate(positions)
    ]
    yield from _named(BENEFITS, [position.name for position in positions], own)
    for section in (SAVINGS, SET_UP):
        yield from _named(section, [position.name for position in positions], amounts[_BY_POSITION[section]])
    others = [
        (member.keys["category"], member.name, float(amount))
        for row in ("contract_cost", "service_cost", "care_cost")
        for member, amount in zip(projection.members(BUDGET.rows[row])[0], _of_year(projection, row, year), strict=True)
    ]
    for category in CostCategory:
        yield from ((str(category), label, amount) for of, label, amount in others if of == category and amount)


_BY_POSITION = {
    SALARIES: "salaries",
    OVERTIME: "overtime",
    BENEFITS: "employee_benefits",
    SAVINGS: "salary_savings",
    SET_UP: "set_up_cost",
}


def _of_year(projection: Projection, row: str, year: int) -> Array:
    assert Axis.MONTH in BUDGET.rows[row].over
    found: Array = projection.by_year(row)[..., year]
    return found


def _named(section: str, labels: list[str], amounts: list[float] | Array) -> Iterator[tuple[str, str, float]]:
    return ((section, label, float(amount)) for label, amount in zip(labels, amounts, strict=True) if amount)
