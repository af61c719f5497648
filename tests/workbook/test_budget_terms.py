"""The terms of funders' budgets stand in the workbook as live formulas, which another engine recomputes to the same figures."""

from __future__ import annotations

from typing import Any

from budget_model import Scenario
from budget_model.workbook.writing.export import workbook_of
from budget_model.workbook.writing.recompute import recomputed

LONGEST_FORMULA = 160  # letters: what a reader can follow
ALL: dict[str, Any] = {
    "treatment": "Revenue",
    "timing": "One-time",
    "first_month": "2019-09",
    "pays": ["Services and supplies", "County staff"],
}
MATCH = {"rate": 0.2, "basis": "grant spent", "pledged": 5_000}
TERMS: dict[str, Any] = {
    **{"name": "Terms", "first_month": "2019-07", "months": 15, "general": {"price_growth_rate": 0.1, "price_growth_month": 1}},
    "county_positions": [
        {"name": "Director", "number": 1, "hire_month": "2019-07", "annual_salary": 200_000, "employee_benefit_rate": 0.3}
    ],
    "services_and_supplies": [
        {"name": "Help", "first_month": "2019-07", "one_time_amount": 700_000},
        {"name": "Rent", "first_month": "2019-07", "monthly_amount": 9_000, "object_class": "Other"},
    ],
    "treatment_and_housing": [
        {"name": "Stays", "kind": "Recovery bridge housing", "category": "Interim housing", "first_month": "2019-07", "need_share": 1}
        | {"places": 5, "starting_people": 5, "stay_days": 600, "unit_rate": 228}
    ],
    "funding_sources": [
        ALL | {"name": "Grant", "award": 900_000},
        ALL | {"name": "Yearly", "yearly_amount": 60_000, "grant_year_month": 10},
        ALL | {"name": "Open", "claimable_indirect_rate": 0.1, "match": MATCH},
    ],
    "funding_assignments": [
        {
            "name": "Salary",
            "source": "Grant",
            "position": "Director",
            "assigned_share": 1,
            "limit": 150_000,
            "limit_each": "Salary of a year",
        },
        {"name": "Stay", "source": "Grant", "care": "Stays", "assigned_share": 1, "limit": 125_000, "limit_each": "Stay"},
        {"name": "Each", "source": "Open", "service": "Help", "assigned_share": 0.5, "limit": 900, "limit_each": "Person", "people": 350},
    ],
    "object_classes": [{"name": "Beds", "category": "Interim housing", "object_class": "Other"}],
}


def test_a_plan_with_every_term_is_recomputed_to_the_same_figures() -> None:
    written = workbook_of(Scenario.model_validate(TERMS))
    assert recomputed(written).cells == len(written.cells)
    assert max(len(cell.formula) for cell in written.cells.values()) <= LONGEST_FORMULA
