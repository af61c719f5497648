"""Lines that are a rate of other lines: worked by hand, held for drawn plans, and refused by name where they can't be."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from conftest import Pool

from budget_model import Projection, Scenario, ScenarioError, load_scenario, project
from budget_model.analysis.budget_form import budget_form
from budget_model.analysis.findings import findings
from budget_model.analysis.funder_forms.computation_of_lines import rate_worked_out
from budget_model.analysis.rounding import rounded
from budget_model.engine.arrays import Array
from budget_model.scenario.rules import problems_of
from budget_model.scenario.schema import Rounding

FIRST = {"first_month": "2018-07"}
CONTRACT = FIRST | {"site": "Project", "participant_share": 0}
PLAN = {
    "name": "Test", "months": 24, **FIRST,
    "sites": [{"name": "Project", "go_live": "2018-07", "slots": 0}],
    "county_positions": [
        {"name": "Director", "number": 1, "hire_month": "2018-07", "annual_salary": 60_000, "employee_benefit_rate": 0.25, "cost_per_new_hire": 3_000}
    ],
    "provider_contracts": [
        CONTRACT | {"name": "Clinic", "operating_cost": 5_000, "start_up_cost": 6_000},
        CONTRACT | {"name": "Outreach", "operating_cost": 1_000},
    ],
    "services_and_supplies": [
        FIRST | {"name": "Van", "category": "Equipment", "appropriation_class": "Capital Assets", "one_time_amount": 40_000},
        FIRST | {"name": "Travel", "monthly_amount": 100},
    ],
}  # fmt: skip
INDIRECT = FIRST | {"name": "Indirect", "rate": 0.1}
ALL = {"name": "All", "rate": "Indirect", "all_lines": True}
NO_VAN = {"name": "No equipment", "rate": "Indirect", "category": "Equipment", "leaves_out": True}
FEE = FIRST | {"name": "Fee", "rate": 0.05}
OF_INDIRECT = {"name": "Of indirect", "rate": "Fee", "other_rate": "Indirect"}


OF_PAY = {"name": "Pay", "rate": "Indirect", "object_class": "Personnel"}
NO_BENEFITS = {"name": "No benefits", "rate": "Indirect", "object_class": "Fringe benefits", "leaves_out": True}


def planned(**given: Any) -> Projection:
    return project(Scenario.model_validate(PLAN | given))


def by_year(projection: Projection, row: str) -> Array:
    return projection.by_year(row)


def test_modified_total_direct_cost_leaves_out_equipment_start_up_and_each_subaward_above_the_limit() -> None:
    """Staff 75,000 a year, travel 1,200, outreach 12,000 and 24,000 over two years; of the clinic's 120,000 the first 50,000."""
    terms = {"contract_limit": 50_000, "leaves_out_start_up": True}
    now = planned(rates=[INDIRECT], rate_bases=[ALL | terms, NO_VAN | terms])
    assert by_year(now, "base_of_rate")[0] == pytest.approx([138_200, 88_200, 226_400])
    assert by_year(now, "rate_cost")[0] == pytest.approx([13_820, 8_820, 22_640])
    more = by_year(now, "gross_appropriation") - by_year(planned(), "gross_appropriation")
    assert more == pytest.approx([13_820, 8_820, 22_640])
    lines = {line.label: line for line in budget_form(now).lines}
    assert lines["Indirect"].section == "Administration and indirect" and lines["Indirect"].exact == pytest.approx(22_640)


def test_a_rate_counts_a_rate_above_it_and_stops_at_its_amount() -> None:
    fee = FEE | {"at_most": 9_000}
    of_staff = {"name": "Of staff", "rate": "Fee", "position": "Director"}
    now = planned(rates=[INDIRECT, fee], rate_bases=[ALL | {"leaves_out_start_up": True}, NO_VAN, of_staff, OF_INDIRECT])
    indirect = 0.1 * (75_000 + 72_000 + 1_200)
    assert by_year(now, "rate_cost")[0, :2] == pytest.approx([indirect, indirect])
    assert by_year(now, "rate_cost")[1] == pytest.approx([0.05 * (78_000 + indirect), 9_000 - 0.05 * (78_000 + indirect), 9_000])
    (said,) = [one for one in findings(now) if one.check == "rate_above_its_limit"]
    assert said.item == "Fee" and said.amount == pytest.approx(0.05 * (153_000 + 2 * indirect) - 9_000)
    assert "$9,000" in said.detail


def test_a_rate_is_of_direct_salaries_alone_of_contracts_to_a_limit_or_leaves_benefits_out() -> None:
    """A salary of 60,000 and its benefits of 15,000; of the clinic's 66,000 and 60,000 the first 50,000, of outreach 12,000 a year."""
    contracts = {"name": "Contracts", "rate": "Indirect", "object_class": "Contractual", "contract_limit": 50_000}
    assert by_year(planned(rates=[INDIRECT], rate_bases=[OF_PAY]), "rate_cost")[0] == pytest.approx([6_000, 6_000, 12_000])
    assert by_year(planned(rates=[INDIRECT], rate_bases=[contracts]), "rate_cost")[0] == pytest.approx([6_200, 1_200, 7_400])
    less = (by_year(planned(rates=[INDIRECT], rate_bases=bases), "rate_cost")[0] for bases in ([ALL], [ALL, NO_BENEFITS]))
    assert np.subtract(*less) == pytest.approx([1_500, 1_500, 3_000])


def test_a_credit_lowers_what_a_source_pays_of_its_category_and_has_no_columns(tmp_path: Path) -> None:
    """5 percent of 78,000 and 75,000, with the set-up of the new hire in the first."""
    credit = FIRST | {"name": "Vacancies", "rate": -0.05, "category": "County staff"}
    base = {"name": "Staff", "rate": "Vacancies", "category": "County staff"}
    grant = FIRST | {"name": "Grant", "treatment": "Revenue", "timing": "One-time", "pays": ["County staff"]}
    terms: dict[str, Any] = {"rates": [credit], "rate_bases": [base], "funding_sources": [grant]}
    now = planned(**terms)
    assert by_year(now, "rate_cost")[0] == pytest.approx([-3_900, -3_750, -7_650])
    assert by_year(now, "drawdown")[0] == pytest.approx([78_000 - 3_900, 75_000 - 3_750, 153_000 - 7_650])
    column = {"name": "c", "source": "Grant", "rate": "Vacancies", "assigned_share": 1}
    said = "funding_assignments[c].rate is 'Vacancies'; expected none, for 'Vacancies' is below zero"
    assert any(said in one for one in problems(tmp_path, funding_assignments=[column], **terms))


def test_administration_may_be_a_share_of_the_total_with_itself_in_it() -> None:
    """10 percent of an award of 150,000 beside 135,000 of other lines."""
    line = FIRST | {"name": "Direct", "one_time_amount": 135_000}
    admin = FIRST | {"name": "Administration", "rate": 0.1, "is_of_total": True}
    of_line = {"name": "Direct", "rate": "Administration", "service": "Direct"}
    now = planned(services_and_supplies=[line], rates=[admin], rate_bases=[of_line])
    assert by_year(now, "rate_cost")[0, -1] == pytest.approx(15_000)
    assert rate_worked_out(now, now.scenario.rates[0], 0).words == "10% of $150,000, itself included (Direct) = $15,000"
    with pytest.raises(ScenarioError, match="expected less than 1: a share of the total"):
        raise ScenarioError(problems_of(planned(rates=[admin | {"rate": 1}], rate_bases=[]).scenario))


def test_a_column_pays_a_rate_as_any_line() -> None:
    grant = FIRST | {"name": "Grant", "treatment": "Revenue", "timing": "One-time", "award": 1_000_000}
    column = {"name": "Column", "source": "Grant", "rate": "Indirect", "assigned_share": 1}
    now = planned(rates=[INDIRECT], rate_bases=[ALL], funding_sources=[grant], funding_assignments=[column])
    assert by_year(now, "drawdown")[0] == pytest.approx(by_year(now, "rate_cost")[0])


def problems(folder: Path, **given: Any) -> list[str]:
    path = folder / "test.yaml"
    path.write_text(yaml.safe_dump({"form": 3, **PLAN, **given}))
    with pytest.raises(ScenarioError) as refused:
        load_scenario(path)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("rates", "bases", "said"),
    [
        ([INDIRECT], [ALL | {"category": "Equipment"}], "rate_bases[All] is all_lines and category; expected one of them"),
        ([INDIRECT, FEE], [OF_INDIRECT, {"name": "b", "rate": "Indirect", "other_rate": "Fee"}], "Fee counts Indirect counts Fee; expected no rate in its own base"),
        ([INDIRECT], [{"name": "b", "rate": "Indirect", "other_rate": "Indirect"}], "rates[Indirect] is Indirect counts Indirect; expected no rate in its own base"),
        ([FEE, INDIRECT], [OF_INDIRECT], "other_rate is 'Indirect'; expected a rate that stands above 'Fee': move 'Indirect' up in rates"),
        ([INDIRECT], [ALL, {"name": "b", "rate": "Indirect", "service": "Van"}], "rate_bases[b] is 'Van' counted twice; expected each line once for 'Indirect'; 'All' has it as well"),
        ([INDIRECT], [OF_PAY, {"name": "b", "rate": "Indirect", "position": "Director"}], "rate_bases[b] is 'Director' counted twice"),
        ([INDIRECT], [OF_PAY, NO_BENEFITS], "rate_bases[No benefits] is 'Director' left out; expected a line that another base of 'Indirect' counts"),
        ([INDIRECT], [NO_VAN], "is 'Van' left out; expected a line that another base of 'Indirect' counts"),
        ([INDIRECT], [ALL | {"contract_limit": 50_000}, {"name": "b", "rate": "Indirect", "contract": "Clinic", "leaves_out": True}], "rate_bases[b].contract_limit is 0; expected 50,000, as in 'All', which counts 'Clinic'"),
        ([INDIRECT], [{"name": "b", "rate": "Indirect", "service": "Van", "contract_limit": 5}], "rate_bases[b].contract_limit is 5; expected 0: it is of no contract"),
    ],
)  # fmt: skip
def test_what_no_rate_can_be_is_refused(rates: list[Any], bases: list[Any], said: str, tmp_path: Path) -> None:
    found = problems(tmp_path, rates=rates, rate_bases=bases)
    assert any(said in problem for problem in found), found


SHARE = FIRST | {"name": "Share", "rate": 0.5}
OF_TRAVEL = {"name": "Of travel", "rate": "Share", "service": "Travel"}
EACH_YEAR, EACH_MONTH = {"rounding_period": "Each fiscal year"}, {"rounding_period": "Each month"}


def of_travel(monthly: float, *more: dict[str, Any], months: int = 24) -> Projection:
    travel = FIRST | {"name": "Travel", "monthly_amount": monthly}
    rate = SHARE | {field: value for given in more for field, value in given.items()}
    return planned(months=months, services_and_supplies=[travel], rates=[rate], rate_bases=[OF_TRAVEL])


@pytest.mark.parametrize(
    ("monthly", "terms", "months"),
    [  # half of what is paid monthly, in two years: what it comes to by the end of a month
        (10.25, {"rounded_to": "dollar"} | EACH_YEAR, {10: 56, 11: 62, 23: 124}),  # 56.375, 61.50 a year
        (10.25, {"rounded_to": "dollar", "rounding_mode": "half to even"} | EACH_YEAR, {11: 62, 23: 124}),  # 61.50
        (10.75, {"rounded_to": "dollar", "rounding_mode": "half to even"} | EACH_YEAR, {11: 64, 23: 128}),  # 64.50
        (10.75, {"rounded_to": "dollar"} | EACH_YEAR, {11: 65, 23: 130}),  # 64.50
        (10.02, {"rounded_to": "dollar", "rounding_mode": "up"} | EACH_YEAR, {11: 61, 23: 122}),  # 60.12
        (10.02, {"rounded_to": "dollar", "rounding_mode": "down"}, {11: 60, 23: 120}),  # 120.24
        (0.57, {"rounded_to": "cent"} | EACH_MONTH, {0: 0.29, 7: 8 * 0.29}),  # 0.285, which a computer holds as 0.28499...
        (0.57, {"rounded_to": "cent", "rounding_mode": "half to even"} | EACH_MONTH, {0: 0.28}),
        (0.6, {"rounded_to": "cent", "rounding_mode": "up"} | EACH_MONTH, {0: 0.30}),  # 0.3 is no more than 30 cents
        (10.27, {"base_rounded_to": "dollar"} | EACH_YEAR, {11: 61.5, 23: 123}),  # of 123.24
        (10.25, {"base_rounded_to": "dollar", "rounded_to": "dollar", "rounding_mode": "down"} | EACH_YEAR, {11: 61, 23: 122}),  # of 123
        (10.25, {"rounded_to": "dollar", "last_month": "2018-09", "rounding_mode": "down"}, {1: 10, 2: 15, 3: 15}),  # 10.25, 15.375
        (10.25, {"rounded_to": "dollar", "first_month": "2018-09", "rounding_period": "Each year from its first month"}, {13: 62, 23: 113}),
    ],
)  # fmt: skip
def test_a_rate_is_rounded_by_its_rule_to_date(monthly: float, terms: dict[str, Any], months: dict[int, float]) -> None:
    now = of_travel(monthly, terms)
    cost = now.monthly("rate_cost")[0]
    assert {month: float(cost[: month + 1].sum()) for month in months} == pytest.approx(months, abs=1e-9, rel=0)
    added = by_year(now, "added_by_rounding")[0, -1]
    assert cost.sum() == pytest.approx(now.monthly("rate_is_charged")[0].sum() * monthly / 2 + added)
    said = [one.detail for one in findings(now) if one.check == "rate_is_rounded"]
    assert bool(said) == bool(np.abs(by_year(now, "added_by_rounding")[0, :-1]).max() > 0.006)
    assert not said or f"${abs(added):,.2f} over all months" in said[0]


def test_an_amount_at_most_holds_for_the_rounded_rate_and_sums_below_zero_round_by_their_size() -> None:
    now = of_travel(10.25, {"rounded_to": "dollar", "rounding_mode": "up", "at_most": 123} | EACH_YEAR)
    assert by_year(now, "rate_cost")[0] == pytest.approx([62, 61, 123])
    saved = FIRST | {"name": "Saving", "may_be_below_zero": True, "amount_is": "Each month"}
    factors = [{"name": "Saved", "budget_line": "Saving", "number": -0.25}]
    rate, base = SHARE | {"rounded_to": "dollar"}, {"name": "b", "rate": "Share", "budget_line": "Saving"}
    for mode, expected in {"up": -2, "down": -1, "half to even": -2, "half away from zero": -2}.items():
        below = planned(months=12, budget_lines=[saved], factors=factors, rates=[rate | {"rounding_mode": mode}], rate_bases=[base])
        assert by_year(below, "rate_cost")[0, -1] == pytest.approx(expected), mode  # of -1.50


def test_each_period_of_a_rate_is_rounded_as_a_form_rounds_it(pool: Pool) -> None:
    rounded_ones = 0
    for scenario, projection in pool:
        ends = projection.monthly("rounded_period_ends")
        for stage, field in {"base": "base_rounded_to", "rate": "rounded_to"}.items():
            exact, added = (projection.monthly(row) for row in (f"{stage}_before_rounding", f"rounding_of_{stage}"))
            for index, rate in enumerate(scenario.rates):
                rule = Rounding(to=getattr(rate, field), mode=rate.rounding_mode)
                (last,) = np.nonzero(ends[index])
                assert not added[index][exact[index] == 0].any(), "nothing is left to a month in which nothing arises"
                for start, stop in itertools.pairwise([0, *(last + 1)]):
                    of_period, more = float(exact[index][start:stop].sum()), float(added[index][start:stop].sum())
                    assert of_period + more == pytest.approx(float(rounded(round(of_period, 6), rule)) if rule.to != "none" else of_period)
                    rounded_ones += abs(more) > 0
    assert rounded_ones > 10


def test_each_rate_is_its_rate_of_its_base_within_its_amount_and_never_of_itself(pool: Pool) -> None:
    for scenario, projection in pool:
        base, cost, so_far = (projection.monthly(row) for row in ("base_of_rate", "rate_cost", "rate_without_limit"))
        in_base = projection.monthly("rate_is_in_base")
        lines = projection.monthly("lines_in_base_of_rate")
        for index, rate in enumerate(scenario.rates):
            assert in_base[index, index] == 0
            charged = projection.monthly("rate_is_charged")[index]
            of_base, of_rate = (projection.monthly(row)[index] for row in ("rounding_of_base", "rounding_of_rate"))
            assert base[index] - of_base == pytest.approx(charged * (lines[index] + in_base[index] @ cost))
            share = rate.rate.number / (1 - rate.rate.number) if rate.is_of_total else rate.rate.number
            assert so_far[index] - of_rate == pytest.approx(base[index] * share)
            if rate.at_most.number:
                assert cost[index].sum() == pytest.approx(min(rate.at_most.number, so_far[index].sum()))
            else:
                assert np.array_equal(cost[index], so_far[index])


def test_a_form_says_how_a_rate_is_rounded() -> None:
    now = of_travel(10.25, {"base_rounded_to": "dollar", "rounded_to": "cent", "rounding_mode": "up"} | EACH_YEAR)
    said = "50% of $246 (Travel; rounded to the dollar, up, each fiscal year) = $123"
    assert rate_worked_out(now, now.scenario.rates[0], 0).words == said


def test_rounding_falls_where_its_base_is_and_not_after_the_grant_has_ended() -> None:
    travel = FIRST | {"name": "Travel", "monthly_amount": 83.8, "last_month": "2019-06"}
    rate = SHARE | {"rate": 0.1, "rounded_to": "dollar"}
    grant = {
        "name": "Grant",
        "treatment": "Revenue",
        "timing": "One-time",
        "pays_what_arises": True,
        "first_month": "2018-07",
        "last_month": "2019-06",
    }
    grant["pays"] = ["Services and supplies", "Administration and indirect"]
    now = planned(months=24, services_and_supplies=[travel], rates=[rate], rate_bases=[OF_TRAVEL], funding_sources=[grant])
    assert now.monthly("rate_cost")[0].sum() == pytest.approx(101), "of 100.56"
    assert now.monthly("drawdown")[0].sum() == pytest.approx(12 * 83.8 + 101)
