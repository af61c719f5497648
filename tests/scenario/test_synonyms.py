"""Keys as budgets call them: guessed by meaning, answered with where it is said, and never taken for what only looks alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from budget_model import Scenario, ScenarioError, load_scenario
from budget_model.scenario.schema.funding import Match
from budget_model.scenario.synonyms import BY_ITSELF, ELSEWHERE, MEANT, meant_key
from budget_model.scenario.tables import MODELS


def problems_of(folder: Path, text: str) -> list[str]:
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        load_scenario(path)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("table", "given", "meant"),
    [
        ("county_positions", "fringe_rate", "employee_benefit_rate"),
        ("county_positions", "annual_pay", "annual_salary"),
        ("county_positions", "first_month", "hire_month"),
        ("county_positions", "annual_benefit_amount", "monthly_benefit_amount"),
        ("services_and_supplies", "amount", "monthly_amount"),
        ("services_and_supplies", "onetime_amount", "one_time_amount"),
        ("funding_sources", "grant_amount", "award"),
        ("provider_contracts", "benefits", "fringe_rate"),
        ("treatment_and_housing", "daily_rate", "unit_rate"),
        ("caps", "percent", "share"),
        ("in_kind_contributions", "rate", "unit_value"),
        ("in_kind_contributions", "hours", "quantity_given"),
        ("control_totals", "source_page", "printed_in"),
        ("funding_assignments", "cap", "limit"),
        ("amounts", "value", "amount"),
        ("budget_lines", "justification", "narrative"),
        ("cost_of_living_adjustments", "start", "effective"),
    ],
)
def test_a_key_is_guessed_by_what_budgets_call_the_field(table: str, given: str, meant: str) -> None:
    assert meant_key(given, list(MODELS[table].model_fields)) == f" Did you mean '{meant}'?"


@pytest.mark.parametrize(
    ("table", "given"),
    [
        ("funding_sources", "price"),  # which is no pace
        ("funding_assignments", "grant"),  # no rate
        ("control_totals", "share"),  # no care
        ("sites", "rate"),  # of which of its four rates nobody knows
        ("sites", "inflation"),  # no justification
        ("caps", "start"),  # no share
    ],
)
def test_a_key_that_only_looks_like_a_field_is_not_taken_for_it(table: str, given: str) -> None:
    assert meant_key(given, list(MODELS[table].model_fields)) == ""


@pytest.mark.parametrize(
    ("table", "line", "message"),
    [
        (
            "services_and_supplies",
            "rate: 20",
            "A product such as 45 rides x $20 is a line of budget_lines, and each of its numbers a line of factors",
        ),
        ("services_and_supplies", "fringe_rate: 0.3", "The pay of people is a line of county_positions"),
        ("services_and_supplies", "monthly_amount: -500", "a saving is a line of budget_lines with may_be_below_zero: true"),
        ("budget_lines", "quantity: 45", "Each number that multiplies is a line of factors"),
        ("budget_lines", "yearly_amount: 45", "Amounts are lines of amounts, with budget_line,"),
        ("provider_contracts", "total: 96_000", "Amounts are lines of amounts, with contract,"),
        (
            "provider_contracts",
            "fte: 2",
            "Case managers are said by caseload and case_manager_salary; other staff are lines of provider_staff",
        ),
        ("provider_contracts", "rate: 20", "A product such as 45 rides x $20 is a line of budget_lines"),
        ("services_and_supplies", "total: 5", "A cost of each month is monthly_amount, one that comes once one_time_amount"),
        ("services_and_supplies", "federal_share: 5", "Who pays a line is said by lines of funding_assignments"),
    ],
)
def test_what_is_said_in_another_table_is_answered_with_which(table: str, line: str, message: str, tmp_path: Path) -> None:
    item = f"{{name: A, site: Program, first_month: 2018-07, {line}}}"
    (found,) = problems_of(tmp_path, f"form: 3\nname: Plan\nfirst_month: 2018-07\nmonths: 12\n{table}:\n- {item}\n")
    assert message in found and ", line 6" in found


def test_what_a_grant_manager_calls_a_key_is_answered_with_where_its_meaning_is_said(tmp_path: Path) -> None:
    """Each beside lines that are sound: keys a part of which is a field of the table, or that by letters would be another."""
    text = """form: 3
name: Plan
first_month: 2019-07
months: 12
county_positions: [{name: P, hire_month: 2019-07, cost: 5}]
services_and_supplies: [{name: S, first_month: 2019-07, monthly_amount: 5}]
budget_lines: [{name: L, first_month: 2019-07, indirect: 10%}]
factors: [{name: F, budget_line: L, counts: trips, amount: 5}]
amounts: [{name: A, budget_line: L, first_month: 2019-07, amount: 5, fiscal_year: 2019}]
rates: [{name: R, first_month: 2019-07, rate: 10%, amount: 5}]
rate_bases: [{name: B, rate: R, line: S}]
funding_sources: [{name: G, treatment: Revenue, timing: One-time, first_month: 2019-07, match_rate: 20%, match: 0.2}]
funding_assignments: [{name: C, source: G, service: S, column: State}]
"""
    found = problems_of(tmp_path, text)
    for message in (
        "[P].cost is 5; this key is not known. The pay of one, full time, is monthly_salary, annual_salary, or hourly_pay",
        "[L].indirect is '10%'; this key is not known. Indirect cost is a line of rates",
        "[F].amount is 5; this key is not known. Each number is said by number, and what it counts by counts",
        "[A].fiscal_year is 2019; this key is not known. The months are first_month and last_month",
        "[R].amount is 5; this key is not known. A rate is of its rate_bases, and at_most the most it comes to",
        "[B].line is 'S'; this key is not known. The line is named by position, contract, service, care or budget_line",
        "[G].match_rate is '20%'; this key is not known. The match is said within the source: match: {rate: 20%}",
        "[G].match is 0.2; expected 'key: value' lines within it, such as match: {rate: 20%}",
        "[C].column is 'State'; this key is not known. A column is a source, named by source; paid_by says",
    ):
        assert any(message in problem for problem in found), (message, found)
    assert not any("Did you mean" in problem for problem in found), found


def test_every_table_and_word_of_what_is_said_elsewhere_is_no_field_of_it() -> None:
    for table, words in (*ELSEWHERE.items(), *BY_ITSELF.items()):
        assert not set(words) & set(MODELS.get(table, Scenario).model_fields), table


def test_every_field_that_a_word_may_stand_for_is_there() -> None:
    fields = {field for model in (*MODELS.values(), Match) for field in model.model_fields}
    assert {field for candidates in MEANT.values() for field in candidates} <= fields
