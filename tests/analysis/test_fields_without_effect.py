"""Nothing that is typed is passed over in silence: a field that counts only beside another one is refused or remarked alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from budget_model import Scenario, ScenarioError, project
from budget_model.analysis.fields_without_effect import ONLY_WITH, fields_without_effect
from budget_model.analysis.findings import findings
from budget_model.scenario.rules import problems_of

FIRST = {"first_month": "2019-07"}
PLAN: dict[str, Any] = {
    **{"name": "Alone", "months": 12, **FIRST},
    "sites": [{"name": "A", "go_live": "2019-07", "slots": 10, "eligible_people": 90, "social_contact_referrals": 1}],
    "county_positions": [{"name": "Nurse", "number": 1, "hire_month": "2019-07", "monthly_benefit_amount": 100}],
    "contracting_mechanisms": [{"name": "Request for proposals", "lead_days": 30}],
    "provider_contracts": [FIRST | {"name": "Provider", "site": "A", "operating_cost": 900}],
    "services_and_supplies": [FIRST | {"name": "Rent", "monthly_amount": 500}],
    "treatment_and_housing": [
        FIRST | {"name": "Beds", "kind": "Interim housing", "category": "Interim housing", "need_share": 0.5, "places": 3, "stay_days": 60}
    ],
    "budget_lines": [FIRST | {"name": "Rides"}],
    "amounts": [FIRST | {"name": "All", "budget_line": "Rides", "amount": 600}],
    "rates": [FIRST | {"name": "Indirect", "rate": 0.1}],
    "rate_bases": [{"name": "Base", "rate": "Indirect", "service": "Rent"}],
    "funding_sources": [FIRST | {"name": "Grant", "treatment": "Revenue", "timing": "One-time", "award": 900, "pays": ["County staff"]}],
    "funding_assignments": [{"name": "Rent", "source": "Grant", "service": "Rent", "assigned_share": 0.1}],
    "in_kind_contributions": [FIRST | {"name": "Desks", "source": "Grant", "category": "County staff"}],
    "outcomes": [{"name": "Arrests", "effect": 1, "effect_low": 0, "effect_high": 2, "evidence_grade": "low"}],
}
SAID = {  # something else than what holds where the field is left out
    **{"mode": "up", "applies_to": "totals only", "price_growth_month": 3, "top_step_multiple": 1.2, "driver": "enrollments"},
    **{"request_month": "2019-07", "one_time_grows": True, "carries_over": True, "order_month": "2019-08", "lead_days": 40},
    **{"units_a_day": 2, "category": "Community providers", "hours_a_year": 2_000, "overtime_hours_a_year": 90, "overtime_hourly_pay": 30},
    **{"homeless_people": 50, "amount_is": "Each month", "escalation": "anniversary", "rounded_to": "dollar"},
    **{"counts": "hours"},
}
ALONE = [(table, field) for table, fields in ONLY_WITH.items() for field in fields]
BESIDE_OTHER_TABLES = [
    ("sites", "homeless_people"),
    ("provider_contracts", "fringe_rate"),
    ("provider_contracts", "vacancy_rate"),
    ("budget_lines", "amount_is"),
    ("budget_lines", "escalation_rate"),
    ("budget_lines", "rounded_to"),
    ("treatment_and_housing", "guaranteed_places"),
]


def with_field(table: str, field: str) -> Scenario:
    value = SAID.get(field, 0.4)
    part = PLAN.get(table, {})
    said = [part[0] | {field: value}] if isinstance(part, list) else {field: value}
    return Scenario.model_validate(PLAN | {table: said})


@pytest.mark.parametrize(("table", "field"), ALONE + BESIDE_OTHER_TABLES)
def test_a_field_that_moves_no_figure_alone_is_said(table: str, field: str) -> None:
    without, said = project(Scenario.model_validate(PLAN)), project(with_field(table, field))
    assert not list(fields_without_effect(without.scenario))
    (found,) = [one for one in findings(said) if one.check == "field_without_effect"]
    assert found.table == table and "has no effect without" in found.words
    for row in ("gross_appropriation", "net_county_cost", "drawdown", "enrollments", "people_in_place", "budgeted_positions"):
        assert np.array_equal(said.by_year(row), without.by_year(row)), row


def test_beside_what_it_counts_with_a_field_is_not_remarked() -> None:
    position = PLAN["county_positions"][0] | {"annual_salary": 60_000, "step_rate": 0.05, "top_step_multiple": 1.2}
    service = PLAN["services_and_supplies"][0] | {"driver": "enrollments", "amount_per_unit": 5}
    plan = PLAN | {"county_positions": [position], "services_and_supplies": [service], "rounding": {"to": "dollar", "mode": "up"}}
    assert not list(fields_without_effect(Scenario.model_validate(plan)))


def test_an_amount_at_most_of_a_credit_is_said_to_hold_nothing() -> None:
    credit = PLAN["rates"][0] | {"rate": -0.1, "at_most": 5}
    (found,) = fields_without_effect(Scenario.model_validate(PLAN | {"rates": [credit]}))
    assert (found.table, found.item) == ("rates", "Indirect") and "$5, has no effect without a rate above zero" in found.words


@pytest.mark.parametrize("alone", [{"rounding_mode": "up"}, {"rounding_mode": "half away from zero"}, {"rounding_period": "Each month"}])
def test_a_way_of_rounding_without_what_is_rounded_to_is_refused(alone: dict[str, str]) -> None:
    (field,) = alone
    rate = PLAN["rates"][0]
    with pytest.raises(ScenarioError, match=rf"rates\[Indirect\]\.{field} .*expected rounded_to or base_rounded_to"):
        _checked(PLAN | {"rates": [rate | alone]})
    for beside in ("rounded_to", "base_rounded_to"):
        _checked(PLAN | {"rates": [rate | alone | {beside: "dollar"}]})


def _checked(plan: dict[str, Any]) -> None:
    problems = problems_of(Scenario.model_validate(plan))
    if problems:
        raise ScenarioError(problems)
