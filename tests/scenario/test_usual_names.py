"""Factors and amounts name themselves, so that a line of a form is written with what the form prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from budget_model import ScenarioError, load_scenario
from budget_model.scenario.file import file_schema

PLAN = """form: 3
name: Travel
first_month: 2019-10
months: 12
budget_lines:
- {name: Airfare, first_month: 2019-10}
- {name: Rides, first_month: 2019-10}
factors:
- {budget_line: Airfare, number: 2, counts: trips}
- {budget_line: Airfare, number: $450, counts: dollars a trip}
amounts:
- {budget_line: Rides, first_month: 2019-10, last_month: 2020-03, amount: 300}
- {budget_line: Rides, first_month: 2020-04, amount: 400}
"""


def written(folder: Path, text: str, name: str = "plan.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_a_line_that_has_no_name_is_called_by_what_it_says_also_by_the_file_that_extends_it(tmp_path: Path) -> None:
    scenario = load_scenario(written(tmp_path, PLAN))
    assert [one.name for one in scenario.factors] == ["Airfare, trips", "Airfare, dollars a trip"]
    assert [one.name for one in scenario.amounts] == ["Rides, 2019-10", "Rides, 2020-04"]
    over = "form: 3\nextends: plan.yaml\nfactors:\n- {budget_line: Airfare, counts: trips, number: 3}\n"
    assert load_scenario(written(tmp_path, over, "over.yaml")).factors[0].number.number == 3


def test_a_name_that_nobody_typed_is_never_too_long_to_be_one(tmp_path: Path) -> None:
    scenario = load_scenario(written(tmp_path, PLAN.replace("counts: trips", f"counts: {'trips of the team ' * 5}")))
    assert len(scenario.factors[0].name) == 60 and scenario.factors[0].name.endswith("…")


def test_a_fault_of_it_is_said_with_its_line_and_two_alike_ask_for_a_name(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"line 9: factors\[Airfare, trips\]\.number is 'two'"):
        load_scenario(written(tmp_path, PLAN.replace("number: 2,", "number: two,")))
    with pytest.raises(ScenarioError, match=r"factors\[Airfare, trips\] is named twice; expected a name of its own"):
        load_scenario(written(tmp_path, PLAN.replace("counts: dollars a trip", "counts: trips")))
    with pytest.raises(ScenarioError, match=r"factors\[1\]\.name is missing"):
        load_scenario(written(tmp_path, PLAN.replace(", counts: trips", "")))


def test_editors_do_not_ask_for_the_name() -> None:
    definitions = file_schema()["$defs"]
    assert "name" not in definitions["Factor"]["required"] + definitions["Amount"]["required"]
    assert "name" in definitions["BudgetLine"]["required"]
