"""What must hold of every projection, whatever the scenario; and hand-worked figures for the rules of each area."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import scenarios

from budget_model import Change, Projection, Scenario, changed, project
from budget_model.scenario import CostCategory
from budget_model.timeline import month_label

CENT = 0.005
several = settings(max_examples=60)


@several
@given(scenarios())
def test_every_split_adds_up_to_the_gross_appropriation(scenario: Scenario) -> None:
    record = project(scenario).record()
    for entry in [record["total"], *record["fiscal_years"].values()]:
        for split in ("by_class", "by_category", "by_site"):
            assert sum(entry[split].values()) == pytest.approx(entry["gross_appropriation"], abs=CENT)
        assert set(entry["by_site"]) == {*(site.name for site in scenario.sites), "Program-wide"}
        assert sum(entry["by_source"].values()) + entry["funding_gap"] == pytest.approx(entry["gross_appropriation"], abs=CENT)
        county = entry["gross_appropriation"] - entry["intrafund_transfers"] - entry["revenue"]
        assert entry["net_county_cost"] == pytest.approx(county, abs=CENT)
    for measure in ("gross_appropriation", "revenue", "enrolled", "funding_gap"):
        assert sum(year[measure] for year in record["fiscal_years"].values()) == pytest.approx(record["total"][measure], abs=CENT)


@several
@given(scenarios())
def test_no_source_pays_outside_its_period_its_categories_or_beyond_its_award(scenario: Scenario) -> None:
    projection = project(scenario)
    months = [month_label(month) for month in projection.timeline.months]
    paid, drawn, matched = (projection.monthly(row) for row in ("paid_by_category", "drawdown", "match_paid"))
    for index, source in enumerate(scenario.funding_sources):
        first = month_label(source.first_month.value)
        last = month_label(source.last_month.value) if source.last_month else months[-1]
        outside = np.array([not first <= month <= last for month in months])
        assert not paid[index][:, outside].any()
        assert not drawn[index][outside].any()
        for column, category in enumerate(CostCategory):
            assert category in source.pays or not paid[index][column].any()
        assert paid[index].sum() == pytest.approx(drawn[index].sum() + matched[index].sum(), abs=CENT)
        if source.award.value:
            assert drawn[index].sum() <= source.award.value + CENT
        else:
            for start, stop in projection.timeline.spans:
                assert drawn[index][start:stop].sum() <= source.yearly_amount.value + CENT
        left = projection.by_year("money_awarded")[index][-1] - drawn[index].sum() - projection.by_year("lapse")[index][-1]
        assert left == pytest.approx(projection.monthly("award_left")[index][-1], abs=CENT)


@several
@given(scenarios())
def test_match_paid_is_what_the_rule_asks_or_a_shortfall_is_reported(scenario: Scenario) -> None:
    projection = project(scenario)
    drawn, paid, short = (projection.by_year(row)[:, -1] for row in ("drawdown", "match_paid", "match_shortfall"))
    for index, source in enumerate(scenario.funding_sources):
        if source.match is None:
            assert paid[index] == 0
            continue
        rate = source.match.rate.value
        asked = drawn[index] * (rate if source.match.basis == "award" else rate / (1 - rate))
        assert paid[index] + short[index] == pytest.approx(asked, abs=CENT * scenario.months)
        assert paid[index] <= source.match.pledged.value + CENT
    check = next(check for check in projection.checks if check.name == "match_is_met")
    assert check.passed == (short.sum() == 0)


@several
@given(scenarios())
def test_participants_fit_their_slots_and_none_appear_or_vanish(scenario: Scenario) -> None:
    projection = project(scenario)
    active, enrolled, left, slots = (projection.monthly(row) for row in ("active_participants", "enrollments", "exits", "slots"))
    present = np.array([site.starting_participants.value for site in scenario.sites])
    assert present + enrolled.sum(axis=1) == pytest.approx(active[:, -1] + left.sum(axis=1), abs=1e-6)
    assert (active <= np.maximum(slots, present[:, np.newaxis]) + 1e-6).all()
    assert (active >= -1e-9).all()


@several
@given(scenarios(), st.integers(1, 60))
def test_more_slots_never_lower_the_cost_of_case_managers(scenario: Scenario, more: int) -> None:
    site = scenario.sites[0]
    bigger = changed(scenario, [Change("sites", site.name, "slots", site.slots.value + more)])
    before, after = (project(plan).monthly("case_managers") for plan in (scenario, bigger))
    assert (after >= before).all()


@several
@given(scenarios())
def test_checks_of_identities_always_pass(scenario: Scenario) -> None:
    failed = {check.name for check in project(scenario).checks if not check.passed}
    assert failed <= {"match_is_met"}


def small(**parts: object) -> Projection:
    site = {"name": "A", "go_live": "2018-07", "slots": 100, "monthly_referrals": 10, "enrollment_share": 0.5, "ramp_months": 2}
    return project(Scenario.model_validate({"name": "Small", "first_month": "2018-06", "months": 14, "sites": [site], **parts}))


def test_referrals_ramp_up_and_slots_bound_enrollment() -> None:
    site = {"name": "A", "go_live": "2018-07", "slots": 12, "monthly_referrals": 10, "enrollment_share": 0.5, "ramp_months": 2}
    projection = small(sites=[site])
    assert projection.monthly("enrollments")[0][:6].tolist() == [0, 2.5, 5, 4.5, 0, 0]
    assert projection.monthly("not_enrolled_for_lack_of_slots")[0][:6].tolist() == [0, 0, 0, 0.5, 5, 5]


def test_positions_follow_their_driver_and_grow_each_july() -> None:
    position = {"name": "P", "hire_month": "2018-07", "monthly_salary": 1000, "employee_benefit_rate": 0.5, "number": 1}
    driven = position | {"driver": "active participants", "one_per": 20, "step_rate": 0.1, "salary_savings_rate": 0.25}
    projection = small(general={"cost_of_living_rate": 0.02}, county_positions=[driven])
    assert projection.monthly("budgeted_positions")[0].tolist() == [0, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5]
    july = [1000 * 1.02, 1000 * 1.02 * 1.02 * 1.1]
    assert projection.monthly("salaries")[0][[1, 13]] == pytest.approx([2 * july[0], 5 * july[1]])
    assert projection.monthly("salary_savings")[0][1] == pytest.approx(-2 * july[0] * 1.5 * 0.25)
    assert projection.by_year("all_filled_full_time_equivalents").tolist() == [0, 3, 3.75, 3.75]


def test_a_contract_hires_by_caseload_and_span_and_pays_start_up_once() -> None:
    contract = {
        "name": "C", "site": "A", "first_month": "2018-06", "caseload": 10, "minimum_case_managers": 1, "case_manager_salary": 48_000,
        "supervisor_span": 4, "supervisor_salary": 60_000, "fringe_rate": 0.25, "participant_assistance": 10, "operating_cost": 1_000,
        "start_up_cost": 5_000, "indirect_rate": 0.1,
    }  # fmt: skip
    projection = small(
        provider_contracts=[contract], provider_staff=[{"name": "Peer", "contract": "C", "number": 0.5, "annual_salary": 24_000}]
    )
    assert projection.monthly("case_managers")[0].tolist() == [1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7]
    assert projection.monthly("supervisors")[0].tolist() == [1] * 9 + [2] * 5
    direct = (4_000 + 5_000 + 1_000) * 1.25 + 1_000
    assert projection.monthly("contract_cost")[0][:2] == pytest.approx([(direct + 5_000) * 1.1, (direct + 10 * 2.5) * 1.1])


def test_a_matched_grant_is_used_side_by_side_with_its_match_and_lapses() -> None:
    service = {"name": "S", "first_month": "2018-06", "monthly_amount": 1_100}
    grant = {
        "name": "G", "treatment": "Revenue", "timing": "One-time", "pays": ["Services and supplies"], "award": 3_500, "first_month": "2018-06",
        "last_month": "2018-08", "match": {"rate": 0.1, "pledged": 250},
    }  # fmt: skip
    county = {
        "name": "N",
        "treatment": "Net county cost",
        "timing": "Ongoing",
        "pays": ["Services and supplies"],
        "yearly_amount": 2_000,
        "first_month": "2018-08",
    }
    projection = small(services_and_supplies=[service], funding_sources=[grant, county])
    assert projection.monthly("drawdown")[0][:4] == pytest.approx([1_000, 1_000, 1_000, 0])
    assert projection.monthly("match_paid")[0][:4] == pytest.approx([100, 100, 50, 0])
    assert projection.monthly("match_shortfall")[0][:4] == pytest.approx([0, 0, 50, 0])
    assert projection.monthly("lapse")[0][:4] == pytest.approx([0, 0, 500, 0])
    assert projection.monthly("drawdown")[1][:5] == pytest.approx([0, 0, 50, 1_100, 850])
    assert projection.monthly("funding_gap")[:5] == pytest.approx([0, 0, 0, 0, 250])
    assert projection.by_year("net_county_cost")[0] == pytest.approx(100)


def test_match_on_total_project_cost_asks_for_more_than_match_on_the_award() -> None:
    """Convention A16: 10 percent of the award is $590,000 on $5.9 million; of total project cost it is $655,556."""
    service = {"name": "S", "first_month": "2018-06", "one_time_amount": 10_000_000}
    for basis, owed in (("award", 590_000), ("total project cost", 655_555.56)):
        grant = {
            "name": "G", "treatment": "Revenue", "timing": "One-time", "pays": ["Services and supplies"], "award": 5_900_000, "first_month": "2018-06",
            "match": {"rate": 0.1, "basis": basis, "pledged": 700_000},
        }  # fmt: skip
        projection = small(services_and_supplies=[service], funding_sources=[grant])
        assert projection.by_year("match_paid")[0][-1] == pytest.approx(owed, abs=CENT)


def test_ongoing_cost_that_a_grant_pays_is_shown_as_the_cliff_it_leaves() -> None:
    """Conventions A7 and A8: a contract that goes on, paid by money that ends."""
    services = [
        {"name": "Rent", "first_month": "2018-06", "monthly_amount": 1_000},
        {"name": "Desks", "first_month": "2018-06", "one_time_amount": 300},
    ]
    grant = {
        "name": "G", "treatment": "Revenue", "timing": "One-time", "pays": ["Services and supplies"], "award": 2_300, "first_month": "2018-06",
    }  # fmt: skip
    county = {
        "name": "N", "treatment": "Net county cost", "timing": "Ongoing", "pays": ["Services and supplies"], "yearly_amount": 1_500,
        "first_month": "2018-07",
    }  # fmt: skip
    projection = small(services_and_supplies=services, funding_sources=[grant, county])
    assert projection.monthly("all_one_time_cost")[:2].tolist() == [300, 0]
    assert projection.monthly("ongoing_cost_on_one_time_money")[:4] == pytest.approx([1_000, 1_000, 0, 0])
    position = {"name": "P", "hire_month": "2018-06", "number": 1, "monthly_salary": 1000, "employee_benefit_rate": 0.5, "temporary": True}
    assert small(county_positions=[position]).by_year("all_one_time_cost")[0] == pytest.approx(1_500)
