"""Control totals: a check says by how much lines differ from what is printed, and where that stands."""

from __future__ import annotations

from typing import Any

import pytest

from budget_model import Scenario, project
from budget_model.analysis.findings import findings

FROM = {"first_month": "2018-07"}
PLAN = {
    "name": "Test", "months": 24, **FROM,
    "sites": [{"name": "Project", "go_live": "2018-07", "slots": 0}],
    "services_and_supplies": [FROM | {"name": "Travel", "monthly_amount": 100}, FROM | {"name": "Van", "category": "Equipment", "one_time_amount": 40_000.4}],
}  # fmt: skip


def said(**control: Any) -> list[str]:
    scenario = Scenario.model_validate(PLAN | {"control_totals": [FROM | {"name": "Form", **control}]})
    return [one.words for one in findings(project(scenario)) if one.check == "control_totals_are_met"]


@pytest.mark.parametrize(
    "control",
    [
        {"all_cost": True, "printed": 42_400},
        {"category": "Equipment", "printed": 40_000},
        {"appropriation_class": "Services and Supplies", "printed": 42_000, "rounded_to": 1_000},
        {"service": "Travel", "last_month": "2019-06", "printed": 1_200},
        {"site": "Project", "printed": 0},
    ],
)
def test_a_total_that_is_met_says_nothing(control: dict[str, Any]) -> None:
    assert said(**control) == []


def test_a_total_that_differs_says_by_how_much_and_where_it_is_printed() -> None:
    (words,) = said(all_cost=True, printed=45_000, printed_in="Award letter, page 2")
    assert words.startswith("Form: The lines come to $42,400, printed in Award letter, page 2 is $45,000: $2,600 less. Since Jun 2020.")
    assert "$1 more" in said(service="Travel", printed=2_399)[0]
