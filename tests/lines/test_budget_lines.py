"""Lines by quantity and rate, and amounts by year or month: worked by hand, held for drawn plans, refused in words."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Pool

from budget_model import Projection, Scenario, ScenarioError, load_scenario, project
from budget_model.analysis.lines_by_payer import lines_by_payer
from budget_model.analysis.rounding import rounded
from budget_model.analysis.who_pays import SAVED, UNPAID
from budget_model.scenario.choices import AmountOf, Escalation, FormRoundedTo
from budget_model.scenario.schema import Rounding

FROM = {"first_month": "2018-10"}
PLAN = {"name": "Test", "months": 36, **FROM, "sites": [{"name": "Project", "go_live": "2018-10", "slots": 0}]}
LINE = FROM | {"name": "Line"}


def factors(*numbers: Any, line: str = "Line") -> list[dict[str, Any]]:
    return [{"name": f"{line} {place}", "budget_line": line, "number": number} for place, number in enumerate(numbers, 1)]


def planned(**given: Any) -> Projection:
    return project(Scenario.model_validate(PLAN | given))


@pytest.mark.parametrize(
    ("line", "numbers", "by_year"),
    [
        ({}, (45, "$20"), [225, 300, 300, 75, 900]),
        ({"last_month": "2019-09"}, (4, 7, 365), [7_665, 2_555, 0, 0, 10_220]),
        ({"amount_is": "Each fiscal year"}, (2, 140), [280, 280, 280, 280, 1_120]),
        ({"amount_is": "Each year from its first month"}, (12, "37.5%", 100), [337.5, 450, 450, 112.5, 1_350]),
        ({"amount_is": "Each month", "last_month": "2018-12"}, (2, 140), [840, 0, 0, 0, 840]),
    ],
)
def test_factors_multiply_to_the_amount_of_their_months(line: dict[str, Any], numbers: tuple[Any, ...], by_year: list[float]) -> None:
    now = planned(budget_lines=[LINE | line], factors=factors(*numbers))
    assert now.by_year("budget_line_cost")[0] == pytest.approx(by_year)
    assert now.by_year("gross_appropriation") == pytest.approx(by_year)


def test_a_factor_differs_by_year() -> None:
    """Host-months of 18, 36 and 54 at 1,000 dollars, in years from October."""
    years = [("2018-10", "2019-09", 18), ("2019-10", "2020-09", 36), ("2020-10", "2021-09", 54)]
    amounts = [
        {"name": f"Year {n}", "factor": "Line 1", "first_month": a, "last_month": b, "amount": c} for n, (a, b, c) in enumerate(years)
    ]
    line = LINE | {"amount_is": "Each year from its first month"}
    now = planned(budget_lines=[line], factors=factors(0, 1_000), amounts=amounts)
    monthly = now.monthly("budget_line_cost")[0]
    assert [float(monthly[year * 12 : year * 12 + 12].sum()) for year in range(3)] == pytest.approx([18_000, 36_000, 54_000])


def test_a_line_has_amounts_by_year_and_month_and_may_be_below_zero() -> None:
    amounts = [
        FROM | {"name": "First year", "budget_line": "Line", "last_month": "2019-09", "amount": 1_200},
        {"name": "One month", "budget_line": "Line", "first_month": "2019-10", "last_month": "2019-10", "amount": "($300)"},
    ]
    now = planned(budget_lines=[LINE | {"may_be_below_zero": True}], amounts=amounts)
    assert now.monthly("budget_line_cost")[0][[0, 11, 12, 13]] == pytest.approx([100, 100, -300, 0])


AMOUNT = {"name": "Year", "budget_line": "Line", "first_month": "2018-10", "last_month": "2019-09", "amount": 5}


CLERK = {"name": "Clerk", "number": 2, "time_share": 0.5, "hire_month": "2018-10", "employee_benefit_rate": 0.25}
PAY = {"name": "Pay", "position": "Clerk", "first_month": "2018-10", "last_month": "2019-09", "amount": 48_000}


def test_pay_by_year_is_of_one_full_time_equivalent_and_rises_by_nothing_else() -> None:
    """Two clerks at half time; raises are in the amounts."""
    raises = [{"name": "Raise", "effective": "2019-01", "rate": 0.1}]
    later = PAY | {"name": "Later", "first_month": "2019-10", "last_month": "2020-09", "amount": 50_001}
    now = planned(county_positions=[CLERK], amounts=[PAY, later], cost_of_living_adjustments=raises)
    pay, benefits = (now.monthly(row)[0].reshape(3, 12).sum(axis=1) for row in ("salaries", "employee_benefits"))
    assert pay == pytest.approx([48_000, 50_001, 0]) and benefits == pytest.approx(pay / 4)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"factors": [*factors(1), *factors(2, line="Other"), *factors(3)[:0], {"name": "Late", "budget_line": "Line"}]}, "factors[Late] is apart from the other factors of 'Line'; expected the factors of a line one below the other"),
        ({"factors": factors(1, -2)}, "factors[Line 2].number is -2; expected 0 or more, or may_be_below_zero: true in budget_lines[Line]"),
        ({"factors": factors(200_000, 60_000)}, "budget_lines[Line] is a product of $12,000,000,000; expected $10,000,000,000 at most: look at its factors Line 1; Line 2"),
        ({"amounts": [AMOUNT | {"amount": -5}]}, "amounts[Year].amount is -5; expected 0 or more"),
        ({"amounts": [AMOUNT], "factors": factors(1)}, "budget_lines[Line] is factors and amounts; expected one of them"),
        ({"amounts": [AMOUNT, AMOUNT | {"name": "b", "first_month": "2019-09"}]}, "amounts[b] is in months of 'Year'; expected months of its own"),
        ({"amounts": [AMOUNT | {"budget_line": "none"}]}, "amounts[Year] is of nothing; expected one of them"),
        ({"amounts": [AMOUNT | {"last_month": "2022-09"}]}, "amounts[Year].last_month is 2022-09; expected a month of the scenario, 2021-09 or before"),
        ({"budget_lines": [LINE | {"last_month": "2019-06"}], "amounts": [AMOUNT]}, "amounts[Year] is 2018-10 to 2019-09; expected months of 'Line', 2018-10 to 2019-06"),
        ({"factors": [*factors(5), {"name": "All", "budget_line": "Line", "divides": True}]}, "factors[All].number is 0; expected another number: 'All' divides"),
        ({"budget_lines": [LINE | {"rounded_to": "dollar", "grows_with_prices": True}]}, "budget_lines[Line].grows_with_prices is true; expected false, or rounded_to: none"),
        ({"budget_lines": [LINE | {"rounded_to": "dollar", "escalation_rate": 0.1}]}, "budget_lines[Line].amount_is is 'All its months'; expected 'Each fiscal year'"),
        ({"budget_lines": [LINE | {"rounding_mode": "up"}]}, "budget_lines[Line].rounding_mode is 'up'; expected rounded_to beside it"),
        ({"county_positions": [CLERK | {"annual_salary": 9}], "amounts": [PAY]}, "county_positions[Clerk].annual_salary is 9; expected 0: its amounts by year or month say it"),
        ({"county_positions": [CLERK | {"hire_month": "2018-11"}], "amounts": [PAY]}, "amounts[Pay] is 2018-10 to 2019-09; expected months of 'Clerk', 2018-11 to 2021-09"),
        ({"factors": factors(5), "amounts": [AMOUNT | {"budget_line": "none", "factor": "Line 1"}]}, "factors[Line 1].number is 5; expected none: its amounts by year or month say it"),
    ],
)  # fmt: skip
def test_what_has_two_readings_is_refused(given: dict[str, Any], said: str, tmp_path: Path) -> None:
    path = tmp_path / "test.yaml"
    path.write_text(yaml.safe_dump({"form": 3, **PLAN, "budget_lines": [LINE, LINE | {"name": "Other"}], **given}))
    with pytest.raises(ScenarioError) as refused:
        load_scenario(path)
    assert any(said in str(problem) for problem in refused.value.problems), refused.value.problems


def test_a_line_comes_to_its_product_in_each_of_its_periods(pool: Pool) -> None:
    for scenario, projection in pool:
        cost, prices = projection.monthly("budget_line_cost"), projection.monthly("price_factor")
        own = {amount.factor for amount in scenario.amounts}
        for index, line in enumerate(scenario.budget_lines):
            of_it = [factor for factor in scenario.factors if factor.budget_line == line.name]
            if not of_it or own & {factor.name for factor in of_it}:
                continue
            product = math.prod(1 / factor.number.number if factor.divides else factor.number.number for factor in of_it)
            months = projection.monthly("budget_line_runs")[index] > 0
            plain = cost[index] / (prices if line.grows_with_prices else 1)
            assert not plain[~months].any()
            period = projection.monthly("period_of_budget_line")[index]
            rule = Rounding(to=FormRoundedTo(line.rounded_to), mode=line.rounding_mode)
            for ran, month in enumerate(months.nonzero()[0]):
                july = sum(one.month == 7 for one in projection.timeline.months[month - ran + 1 : month + 1])
                rises = july if line.escalation is Escalation.EACH_JULY else ran // 12
                amount = float(rounded(product * (1 + line.escalation_rate.number) ** rises, rule))
                shared = 1 if line.amount_is is AmountOf.MONTH else (period[months] == period[month]).sum()
                assert plain[month] * shared == pytest.approx(amount)


GRANT = FROM | {
    "name": "Grant",
    "treatment": "Revenue",
    "timing": "One-time",
    "award": 0,
    "pays": ["Services and supplies"],
    "pace": "As cost arises",
}
PARTS = [
    {"name": "First", "source": "Grant", "first_month": "2018-10", "last_month": "2019-09", "amount": 1_000},
    {"name": "Second", "source": "Grant", "first_month": "2019-10", "amount": 1_500},
]


def test_a_source_has_its_money_by_year_and_what_a_part_leaves_stays() -> None:
    line = [LINE | {"amount_is": "Each month"}]
    now = planned(budget_lines=line, factors=factors(90), funding_sources=[GRANT], amounts=PARTS)
    drawn = now.monthly("drawdown")[0]
    assert (drawn[:12].sum(), drawn.sum()) == pytest.approx((1_000, 2_500))
    less = planned(budget_lines=line, factors=factors(70), funding_sources=[GRANT], amounts=PARTS)
    assert less.monthly("drawdown")[0].sum() == pytest.approx(2_500) and not less.monthly("lapse").any()


def test_a_source_in_parts_has_no_other_amount(tmp_path: Path) -> None:
    path = tmp_path / "test.yaml"
    path.write_text(yaml.safe_dump({"form": 3, **PLAN, "funding_sources": [GRANT | {"award": 5}], "amounts": PARTS}))
    with pytest.raises(ScenarioError, match="funding_sources\\[Grant\\] is an amount of its own; expected award: 0"):
        load_scenario(path)


def test_a_saving_lowers_what_is_paid_of_all_lines_beside_it_month_by_month() -> None:
    """100 a month at A and at B. 250 a month saved at A: nothing is paid. Then 50 a month: of 150 a month a grant of 1,200 pays 8 months."""
    first = {"first_month": "2018-07"}
    now = planned(
        **first,
        months=24,
        sites=[{"name": name, "go_live": "2018-07", "slots": 0} for name in "AB"],
        budget_lines=[first | {"name": "Line", "may_be_below_zero": True, "site": "A", "purchased_by": "Health Services"}],
        amounts=[
            first | {"name": "Much", "budget_line": "Line", "last_month": "2019-06", "amount": -3_000},
            {"name": "Less", "budget_line": "Line", "first_month": "2019-07", "amount": -600},
        ],
        services_and_supplies=[first | {"name": f"Cost {site}", "site": site, "monthly_amount": 100} for site in "AB"],
        funding_sources=[GRANT | first | {"award": 1_200}],
    )
    assert all(check.passed for check in now.checks), "sales and purchases cancel below zero too"
    assert now.by_year("saved_beyond_cost") == pytest.approx([600, 0, 600])
    assert now.by_year("drawdown")[0] == pytest.approx([0, 1_200, 1_200])
    assert now.by_year("funding_gap") == pytest.approx([0, 600, 600]) and now.by_year("net_county_cost") == pytest.approx([-600, 600, 0])
    assert now.by_year("site_revenue")[:, 1] == pytest.approx([400, 800]), "two thirds of 600 and of 1,200"
    paid = {line.name: (line.paid["Grant"], line.paid[UNPAID], line.paid[SAVED]) for line in lines_by_payer(now)}
    assert paid["Line"] == pytest.approx((-400, -200, -3_000)) and paid["Cost B"] == pytest.approx((800, 400, 1_200))


def test_a_line_that_may_be_below_zero_names_no_column(tmp_path: Path) -> None:
    columns = [{"name": "Column", "source": "Grant", "budget_line": "Line", "assigned_share": 1}]
    parts = {"budget_lines": [LINE | {"may_be_below_zero": True}], "funding_sources": [GRANT], "funding_assignments": columns}
    path = tmp_path / "test.yaml"
    path.write_text(yaml.safe_dump({"form": 3, **PLAN, **parts}))
    with pytest.raises(ScenarioError, match=r"assignments\[Column\].budget_line is 'Line'; expected none, for 'Line' may be below zero"):
        load_scenario(path)


def test_savings_beyond_the_cost_of_their_category_are_the_countys_and_break_no_identity() -> None:
    """A saving of 200 a month beside a cost of 100: no source pays, none is paid back, net county cost is lower by 100."""
    amounts = [FROM | {"name": "Saving", "budget_line": "Line", "amount": -7_200}]
    costs = [FROM | {"name": "Cost", "monthly_amount": 100}]
    now = planned(
        budget_lines=[LINE | {"may_be_below_zero": True}],
        amounts=amounts,
        services_and_supplies=costs,
        funding_sources=[GRANT | {"award": 500}],
    )
    assert all(check.passed for check in now.checks)
    assert now.by_year("net_county_cost")[-1] == pytest.approx(-3_600) and now.by_year("saved_beyond_cost")[-1] == pytest.approx(3_600)
    assert not now.by_year("drawdown").any() and not now.by_year("funding_gap").any()
    assert now.by_year("cost_by_class").sum(axis=0)[-1] == pytest.approx(-3_600)
