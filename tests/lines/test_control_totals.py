"""Control totals: a check says by how much lines differ from what is printed, and where that stands."""

from __future__ import annotations

from typing import Any

import pytest

from budget_model import Scenario, project
from budget_model.analysis.by_object_class import by_object_class, object_class_totals
from budget_model.analysis.findings import findings
from budget_model.scenario.choices import ObjectClass
from budget_model.workbook.writing.export import workbook_of
from budget_model.workbook.writing.recompute import recomputed

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


def test_less_than_a_dollar_is_said_to_the_cent_and_half_of_the_last_digit_is_rounded_either_way() -> None:
    (words,) = said(all_cost=True, printed=42_400.05, rounded_to=0.01)
    assert words.startswith("Form: The lines come to $42,400.40, printed is $42,400.05: $0.35 more.")
    assert said(all_cost=True, printed=42_400.405, rounded_to=0.01) == said(all_cost=True, printed=42_399.9, rounded_to=1) == []


def test_a_total_of_rounded_lines_is_said_beside_that_of_the_exact_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """The van costs 40,000.40, which the form prints as 40,000; a period that the form has not is not said."""
    monkeypatch.setitem(PLAN, "rounding", {"to": "dollar"})
    (words,) = said(all_cost=True, printed=42_400, rounded_to=0.01)
    assert "The lines come to $42,400.40, printed is $42,400.00" in words
    assert "On its form, rounded to the dollar, half away from zero, each line, they come to $42,400." in words
    assert "On its form" not in said(all_cost=True, printed=5, last_month="2018-09")[0]


# Pay 60,000 and 30% of benefits less 10% of salary savings, set-up as supplies, and 20% of the grant as match: some in cash, some in kind.
GRANT = FROM | {"name": "Grant", "treatment": "Revenue", "timing": "One-time", "award": 50_000, "pays": ["County staff"]}
FORM: dict[str, Any] = {
    **{"name": "Form", "months": 12, **FROM},
    "county_positions": [
        {"name": "Director", "number": 1, "hire_month": "2018-07", "annual_salary": 60_000, "employee_benefit_rate": 0.3}
        | {"salary_savings_rate": 0.1, "cost_per_new_hire": 2_000}
    ],
    "provider_contracts": [FROM | {"name": "Clinic", "site": "Program", "participant_share": 0, "operating_cost": 1_000}],
    "services_and_supplies": [FROM | {"name": "Airfare", "object_class": "Travel", "monthly_amount": 100}],
    "rates": [FROM | {"name": "Indirect", "rate": 0.1}],
    "rate_bases": [{"name": "Pay", "rate": "Indirect", "position": "Director"}],
    "funding_sources": [
        GRANT | {"match": {"rate": 0.2, "in_kind_share": 0.25, "pledged": 7_500}},
        FROM | {"name": "County", "treatment": "Net county cost", "timing": "Ongoing", "pays": ["County staff"]},
    ],
    "in_kind_contributions": [FROM | {"name": "Rooms", "source": "Grant", "category": "County staff", "total_value": 2_600}],
}
PRINTED = [
    {"object_class": "Personnel", "printed": 54_000},
    {"object_class": "Fringe benefits", "printed": 16_200},
    {"object_class": "Travel", "printed": 1_200},
    {"object_class": "Supplies", "printed": 2_000},
    {"object_class": "Contractual", "printed": 12_000},
    {"object_class": "Indirect", "printed": 7_220},
    {"cash_match_of": "Grant", "printed": 7_500},
    {"in_kind_of": "Grant", "printed": 2_600},
]


def test_totals_of_object_classes_and_of_match_are_held_against_what_is_printed() -> None:
    controls = [FROM | {"name": f"Line {number}", **printed} for number, printed in enumerate(PRINTED, 1)]
    scenario = Scenario.model_validate(FORM | {"control_totals": controls})
    now = project(scenario)
    assert not [one.words for one in findings(now) if one.check == "control_totals_are_met"]
    found = object_class_totals(by_object_class(now))
    for at, printed in enumerate(PRINTED):
        if "object_class" in printed:
            assert now.by_year("under_control")[at, -1] == pytest.approx(found[ObjectClass(str(printed["object_class"]))].sum())
    written = workbook_of(scenario)
    assert recomputed(written).cells == len(written.cells)
    off = Scenario.model_validate(FORM | {"control_totals": [controls[0] | {"printed": 54_100}, *controls[1:]]})
    (words,) = [one.words for one in findings(project(off)) if one.check == "control_totals_are_met"]
    assert words.startswith("Line 1: The lines come to $54,000, printed is $54,100: $100 less.")


def test_an_object_class_that_changes_moves_the_total_also_of_a_plan_that_is_known() -> None:
    """What is known of the lines of a plan is taken over by the next change; their classes follow from other tables as well."""
    control = [FROM | {"name": "Travel", "object_class": "Travel", "printed": 1_200}]
    scenario = Scenario.model_validate(FORM | {"control_totals": control})
    before = project(scenario)
    as_travel = {"object_classes": [{"name": "Travel", "category": "Community providers", "object_class": "Travel"}]}
    after = project(Scenario.model_validate(FORM | as_travel | {"control_totals": control}), before)
    assert before.by_year("under_control")[0, -1] == pytest.approx(1_200)
    assert after.by_year("under_control")[0, -1] == pytest.approx(13_200)
