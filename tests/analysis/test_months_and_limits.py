"""What to know of part years, of months without an amount and of pay above a limit is said where it is so, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from budget_model import Scenario, project
from budget_model.analysis.findings import Finding, findings
from budget_model.analysis.months_and_limits import LEFT_OUT, PAY_ABOVE, RULES, WHOLE_IN_PART

FIRST = {"first_month": "2019-10"}
RENT: dict[str, Any] = FIRST | {"name": "Rent", "amount_is": "Each fiscal year"}
FACTOR = {"name": "A year", "budget_line": "Rent", "number": 12_000}
SOURCE = FIRST | {"name": "Grant", "treatment": "Revenue", "timing": "One-time", "pays": ["County staff"]}


def known(months: int, **tables: Any) -> list[Finding]:
    scenario = Scenario.model_validate(FIRST | {"name": "Plan", "months": months} | tables)
    return [one for one in findings(project(scenario)) if one.check in RULES]


@pytest.mark.parametrize(
    ("months", "line", "parts", "instead"),
    [
        (
            12,
            {},
            "FY 2019-20, of which it has 9 months; FY 2020-21, of which it has 3 months",
            "of 'Each year from its first month'; or of 'Each month'",
        ),
        (9, {}, "FY 2019-20, of which it has 9 months", "let the amount be of 'Each month', divided by a factor of 12 months"),
        (
            16,
            {"amount_is": "Each year from its first month"},
            "its year from Oct 2020, of which it has 4 months",
            "let the amount be of 'Each month'",
        ),
    ],
)
def test_the_whole_amount_of_a_year_in_a_part_of_one_is_said(months: int, line: dict[str, Any], parts: str, instead: str) -> None:
    (said,) = known(months, budget_lines=[RENT | line], factors=[FACTOR])
    assert (said.check, said.item) == (WHOLE_IN_PART, "Rent")
    assert f"stands in {parts}. Where" in said.detail and instead in said.detail


def test_nothing_is_said_of_whole_years_of_months_or_of_a_number_that_is_said_of_the_part_year() -> None:
    by_year = [
        FIRST | {"name": "First", "factor": "A year", "last_month": "2020-06", "amount": 9_000},
        {"name": "Second", "factor": "A year", "first_month": "2020-07", "last_month": "2021-06", "amount": 12_000},
    ]
    assert not known(21, budget_lines=[RENT], factors=[FACTOR | {"number": 0}], amounts=by_year)
    assert not known(24, budget_lines=[RENT | {"amount_is": "Each year from its first month"}], factors=[FACTOR])
    assert not known(9, budget_lines=[RENT | {"amount_is": "Each month"}], factors=[FACTOR])


@pytest.mark.parametrize(
    ("kind", "tables", "left"),
    [
        (
            "budget_line",
            {"budget_lines": [RENT | {"amount_is": "All its months"}]},
            "24 months, Oct 2020 to Sep 2021; Oct 2022 to Sep 2023",
        ),
        ("position", {"county_positions": [{"name": "Rent", "number": 1, "hire_month": "2019-10"}]}, "24 months"),
        ("contract", {"provider_contracts": [FIRST | {"name": "Rent", "site": "Program", "last_month": "2021-12"}]}, "12 months"),
        ("factor", {"budget_lines": [FIRST | {"name": "Line"}], "factors": [{"name": "Rent", "budget_line": "Line"}]}, "24 months"),
        ("source", {"funding_sources": [SOURCE | {"name": "Rent"}]}, "12 months, Oct 2020 to Sep 2021"),  # what is left stays to the end
    ],
)
def test_months_that_amounts_leave_out_are_said(kind: str, tables: dict[str, Any], left: str) -> None:
    ends = "2021-12" if kind == "contract" else "2022-09"
    amounts = [
        FIRST | {"name": "First", kind: "Rent", "last_month": "2020-09", "amount": 100},
        {"name": "Second", kind: "Rent", "first_month": "2021-10", "last_month": ends, "amount": 100},
    ]
    (said,) = known(48, amounts=amounts, **tables)
    assert (said.check, said.item, said.since, said.by_year) == (LEFT_OUT, "Rent", "2020-10", said.by_year)
    assert f"no amount in {left}" in said.detail
    filled = {"name": "None meant", kind: "Rent", "first_month": "2020-10", "last_month": "2021-09", "amount": 0}
    later = {"name": "Nor later", kind: "Rent", "first_month": "2022-10", "amount": 0}
    assert not known(48, amounts=[*amounts, filled, *([later] if kind not in ("contract", "source") else [])], **tables)


def test_a_rate_that_counts_pay_above_the_limit_of_the_source_that_pays_it_is_said() -> None:
    chief = {"name": "Chief", "number": 1, "hire_month": "2019-10", "annual_salary": 225_000}
    rate = FIRST | {"name": "Fringe", "category": "County staff", "object_class": "Fringe benefits", "rate": 0.0765}
    base = {"name": "Pay", "rate": "Fringe", "object_class": "Personnel"}
    column = {
        "name": "Column",
        "source": "Grant",
        "position": "Chief",
        "assigned_share": 1,
        "limit": 199_300,
        "limit_each": "Salary of a year",
    }
    tables = {
        "county_positions": [chief],
        "rates": [rate],
        "rate_bases": [base],
        "funding_sources": [SOURCE],
        "funding_assignments": [column],
    }
    (said,) = known(12, **tables)
    assert (said.check, said.item) == (PAY_ABOVE, "Fringe")
    assert said.detail.startswith(
        "It counts all pay of Chief, and Grant pays that up to a limit: benefits of the part above the limit are in it."
    )
    own = {"name": "Own", "rate": "Fringe", "position": "Chief", "leaves_out": True}
    for change in (
        {"county_positions": [chief | {"annual_salary": 199_300}]},
        {"rate_bases": [base | {"object_class": None, "category": "Equipment"}]},
        {"funding_sources": [SOURCE | {"pays": ["Equipment"]}]},
        {"rate_bases": [base, own]},
    ):
        assert not known(12, **tables | change), change
