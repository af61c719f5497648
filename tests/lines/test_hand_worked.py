"""Hand-worked figures for the rules of each area."""

from __future__ import annotations

import math

import numpy as np
import pytest

from budget_model import Projection, Scenario, project
from budget_model.analysis.budget_form import budget_form
from budget_model.analysis.change_table import change_table
from budget_model.scenario.rules import broken_rules
from budget_model.scenario.schema import Rounding

CENT = 0.005


def small(**parts: object) -> Projection:
    site = {"name": "A", "go_live": "2018-07", "slots": 100, "social_contact_referrals": 5, "eligible_people": 500, "ramp_months": 2}
    return project(Scenario.model_validate({"name": "Small", "first_month": "2018-06", "months": 14, "sites": [site], **parts}))


def test_referrals_ramp_up_and_slots_bound_enrollment() -> None:
    site = {"name": "A", "go_live": "2018-07", "slots": 12, "ramp_months": 2, "social_contact_referrals": 6, "community_referrals": 4}
    general = {"social_contact_enrollment_share": 0.5, "community_enrollment_share": 0.5}
    projection = small(sites=[site | {"eligible_people": 500}], general=general)
    assert projection.monthly("enrollments")[0][:6].tolist() == [0, 2.5, 5, 4.5, 0, 0]
    assert projection.monthly("people_waiting_for_a_slot")[0][:6].tolist() == [0, 0, 0, 0.5, 5.5, 10.5]
    leaving = small(sites=[site | {"eligible_people": 500, "monthly_exit_rate": 0.5, "waiting_exit_rate": 1}], general=general)
    assert leaving.monthly("people_waiting_for_a_slot")[0].max() == 0, "half the caseload leaves each month: nobody waits"


def test_enrollment_ends_with_the_people_who_are_eligible() -> None:
    site = {
        "name": "A",
        "go_live": "2018-07",
        "slots": 100,
        "social_contact_referrals": 5,
        "eligible_people": 12,
        "newly_eligible_people": 1,
    }
    projection = small(sites=[site])
    assert projection.monthly("enrollments")[0][:7].tolist() == [0, 5, 5, 5, 2, 1, 1]
    assert projection.monthly("eligible_people")[0][:5].tolist() == [13, 9, 5, 1, 0]


def test_officers_refer_by_the_homeless_people_of_a_site_beside_what_it_says_itself_and_less_where_they_do_not_refer() -> None:
    site = {
        "name": "A",
        "go_live": "2018-06",
        "slots": 100,
        "eligible_people": 500,
        "homeless_people": 1_000,
        "social_contact_referrals": 2,
    }
    failing = site | {"name": "B", "officer_referral_level": 0.25, "community_referrals": 1}
    rate = {"officer_referrals_per_100_homeless_people": 0.6, "arrest_share_of_officer_referrals": 0.5, "referral_level": 0.5}
    projection = small(sites=[site, failing], general=rate)
    assert projection.monthly("pre_booking_referrals_after_ramp").tolist() == pytest.approx([3, 0.75])
    assert projection.monthly("social_contact_referrals_after_ramp").tolist() == pytest.approx([2 + 3, 1.25])
    assert projection.monthly("referrals")[:, 0].tolist() == pytest.approx([0.5 * 8, 0.5 * (2 + 1)])  # the community refers as planned
    without_eligible = {key: value for key, value in site.items() if key != "eligible_people"} | {"social_contact_referrals": 0}
    refused = broken_rules(small(sites=[without_eligible], general=rate).scenario, "", frozenset({("sites", "A")}))
    assert [problem.place for problem in refused] == ["sites[A].eligible_people"]


def test_entrants_are_homeless_in_the_proportion_of_their_pathways() -> None:
    site = {
        "name": "A",
        "go_live": "2018-06",
        "slots": 100,
        "pre_booking_referrals": 6,
        "social_contact_referrals": 4,
        "eligible_people": 500,
    }
    general = {"pre_booking_enrollment_share": 0.5, "pre_booking_homeless_share": 0.4, "social_contact_homeless_share": 0.9}
    projection = small(sites=[site | {"inactive_share": 0.2}], general=general)
    assert projection.monthly("homeless_entrants")[0][0] == pytest.approx(3 * 0.4 + 4 * 0.9)
    assert projection.monthly("engaged_participants")[0][0] == pytest.approx(7 * 0.8)


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
        "last_month": "2018-08", "pace": "As cost arises", "match": {"rate": 0.1, "pledged": 250},
    }  # fmt: skip
    county = {
        "name": "N", "treatment": "Net county cost", "timing": "Ongoing", "pays": ["Services and supplies"], "yearly_amount": 2_000,
        "first_month": "2018-08", "pace": "As cost arises", "prorates_part_years": False,
    }  # fmt: skip
    projection = small(services_and_supplies=[service], funding_sources=[grant, county])
    assert projection.monthly("drawdown")[0][:4] == pytest.approx([1_000, 1_000, 1_000, 0])
    assert projection.monthly("match_paid")[0][:4] == pytest.approx([100, 100, 50, 0])
    assert projection.monthly("match_shortfall")[0][:4] == pytest.approx([0, 0, 50 + 50, 0]), "match is owed on the award, lapsed or not"
    assert projection.monthly("lapse")[0][:4] == pytest.approx([0, 0, 500, 0])
    assert projection.monthly("drawdown")[1][:5] == pytest.approx([0, 0, 50, 1_100, 850])
    assert projection.monthly("funding_gap")[:5] == pytest.approx([0, 0, 0, 0, 250])
    assert projection.by_year("net_county_cost")[0] == pytest.approx(100)


def test_match_on_total_project_cost_asks_for_more_than_match_on_the_award() -> None:
    """Convention A16: 10 percent of the award is $590,000 on $5.9 million; of total project cost it is $655,556."""
    service = {"name": "S", "first_month": "2018-06", "one_time_amount": 10_000_000}
    for basis, owed in (("award", 590_000), ("grant spent", 590_000), ("total project cost", 655_555.56)):
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
        "pace": "As cost arises",
    }  # fmt: skip
    county = {
        "name": "N", "treatment": "Net county cost", "timing": "Ongoing", "pays": ["Services and supplies"], "yearly_amount": 1_500,
        "first_month": "2018-07", "pace": "As cost arises", "prorates_part_years": False,
    }  # fmt: skip
    projection = small(services_and_supplies=services, funding_sources=[grant, county])
    assert projection.monthly("all_one_time_cost")[:2].tolist() == [300, 0]
    assert projection.monthly("ongoing_cost_on_one_time_money")[:4] == pytest.approx([1_000, 1_000, 0, 0])
    position = {"name": "P", "hire_month": "2018-06", "number": 1, "monthly_salary": 1000, "employee_benefit_rate": 0.5, "temporary": True}
    assert small(county_positions=[position]).by_year("all_one_time_cost")[0] == pytest.approx(1_500)


def test_pay_has_a_basis_a_percent_of_time_and_a_part_year() -> None:
    """A month's salary, a year's and an hour's come to the same; percent of time and part years divide it."""
    plain = {"hire_month": "2018-07", "last_month": "2019-06", "number": 1}
    pay = [{"monthly_salary": 5_000}, {"annual_salary": 60_000}, {"hourly_pay": 30, "hours_a_year": 2_000}]
    positions = [{"name": f"P{index}", **plain, **given} for index, given in enumerate(pay)]
    half = {"name": "Half", **plain, "annual_salary": 60_000, "time_share": 0.5, "hire_month": "2019-01"}
    projection = small(county_positions=[*positions, half])
    assert projection.by_year("salaries")[:, 1] == pytest.approx([60_000, 60_000, 60_000, 15_000])
    assert projection.by_year("full_year_cost")[:, 1] == pytest.approx([60_000, 60_000, 60_000, 30_000])
    assert projection.by_year("all_budgeted_full_time_equivalents")[1] == 3.5


def test_benefits_come_from_a_plan_with_fewer_parts_on_overtime() -> None:
    """Convention A14: overtime carries only the parts that are paid on all pay; a raise from January is half a year's."""
    parts = [
        {"name": "FICA", "plan": "Officers", "rate": 0.0765, "applies_to_overtime": True},
        {"name": "Retirement", "plan": "Officers", "rate": 0.06},
        {"name": "Other plan", "plan": "Clerks", "rate": 0.5},
    ]
    officer = {
        "name": "Officer", "number": 2, "hire_month": "2018-07", "last_month": "2019-06", "annual_salary": 50_000, "benefit_plan": "Officers",
        "monthly_benefit_amount": 50, "overtime_hours_a_year": 100, "overtime_hourly_pay": 30, "cost_per_new_hire": 2_500,
    }  # fmt: skip
    raised = [{"name": "January", "effective": "2019-01", "rate": 0.02, "applies_to_overtime": False}]
    projection = small(benefit_components=parts, county_positions=[officer], cost_of_living_adjustments=raised)
    assert projection.by_year("salaries")[0][1] == pytest.approx(100_000 * 1.01)
    assert projection.by_year("overtime")[0][1] == pytest.approx(6_000)
    assert projection.by_year("component_benefits")[:, 1] == pytest.approx([107_000 * 0.0765, 101_000 * 0.06, 0])
    assert projection.by_year("employee_benefits")[0][1] == pytest.approx(101_000 * 0.1365 + 2 * 50 * 12)
    assert projection.by_year("overtime_benefits")[0][1] == pytest.approx(6_000 * 0.0765)
    assert projection.by_year("set_up_cost")[0].tolist() == [0, 5_000, 0, 5_000]
    filled = small(benefit_components=parts, county_positions=[officer | {"status": "Filled", "hire_month": "2018-06"}])
    assert filled.by_year("set_up_cost")[0][-1] == 0


def test_steps_end_at_the_top_of_the_range() -> None:
    position = {
        "name": "P",
        "number": 1,
        "hire_month": "2018-06",
        "monthly_salary": 1_000,
        "step_rate": 0.055,
        "top_step_multiple": 1.08,
        "step_rule": "July after a month",
    }
    assert small(county_positions=[position]).monthly("salaries")[0][[0, 1, 13]] == pytest.approx([1_000, 1_055, 1_080])


CONTRACT = {
    "name": "C", "site": "A", "first_month": "2018-06", "caseload": 10, "minimum_case_managers": 1, "case_manager_salary": 48_000, "supervisor_span": 4,
    "supervisor_salary": 0, "fringe_rate": 0.25, "indirect_rate": 0.2, "indirect_cap": 0.1,
}  # fmt: skip


def test_a_contract_pays_cost_a_fixed_amount_or_fees_within_its_sum() -> None:
    fixed = {"payment": "Fixed monthly", "fixed_monthly_amount": 6_000, "ceiling": 70_000}
    fee = {"payment": "Fee per participant-month", "fee_per_participant_month": 500}
    cost, by_month, by_fee = (small(provider_contracts=[CONTRACT | more]) for more in ({}, fixed, fee))
    assert cost.monthly("contract_cost")[0][0] == pytest.approx(4_000 * 1.25 * 1.1), "the cap of 10% holds against the rate of 20%"
    assert by_month.monthly("contract_cost")[0].tolist() == [6_000] * 14
    assert by_month.by_year("spending_above_contract_sum")[0].tolist() == [0, 8_000, 14_000, 14_000]
    assert not next(check for check in by_month.checks if check.name == "contract_sums_hold").passed
    assert by_month.by_year("payment_beyond_provider_cost")[0][0] == pytest.approx(500)
    assert by_fee.monthly("contract_cost")[0][:4] == pytest.approx([0, 1_250, 3_750, 6_250])


CARE = {
    "name": "R", "kind": "Inpatient treatment", "category": "Substance use treatment", "need_share": 0.4, "first_month": "2018-06", "unit_rate": 100,
}  # fmt: skip


def test_people_wait_for_places_and_the_wait_says_how_long() -> None:
    """Two people a month need a bed for sixty days; one bed is there, one more is ordered in June with a lead of 90 days."""
    bed = CARE | {"places": 1, "stay_days": 60, "added_places": 1, "order_month": "2018-06", "lead_days": 90, "target_wait_days": 30}
    projection = small(treatment_and_housing=[bed])
    assert projection.monthly("places")[0][:5].tolist() == [1, 1, 1, 2, 2], "90 days after June 1 is August 30"
    assert projection.monthly("people_in_need")[0][:4].tolist() == [0, 1, 2, 2]
    assert projection.monthly("people_in_place")[0][:4].tolist() == [0, 1, 1, 2]
    leaving = [0, 0, 31 / 60, 30 / 60]
    waiting = [0, 0, 2 - leaving[2], 2 - leaving[2] + 2 - leaving[3] - 1]
    assert projection.monthly("people_waiting")[0][:4] == pytest.approx(waiting)
    assert projection.monthly("expected_wait")[0][:4] == pytest.approx([0, 0, waiting[2] * 60, waiting[3] * 60 / 2])
    assert projection.monthly("care_cost")[0][:3] == pytest.approx([0, 3_100, 3_100])
    seeking = [2 + 29 / 60, 2 + 29 / 60 - 2 + 2 + 2 * 30 / 60]  # in August and September, had beds been added in time
    assert [math.ceil(people * 60 / (30 + 60)) for people in seeking] == [2, 3]
    assert projection.monthly("places_to_add")[0][:4].tolist() == [0, 0, 2 - 1, 3 - 2]


def test_a_short_stay_lets_a_bed_serve_several_people_a_month() -> None:
    detox = CARE | {"kind": "Inpatient treatment", "places": 1, "stay_days": 5, "need_share": 1}
    projection = small(treatment_and_housing=[detox])
    assert projection.monthly("people_served")[0][:4] == pytest.approx([0, 2.5, 5, 5])
    assert projection.monthly("people_in_place")[0][:3] == pytest.approx([0, 2.5 * 5 / 31, 5 * 5 / 31])
    assert projection.monthly("care_cost")[0][1] == pytest.approx(2.5 * 5 * 100)


def test_drug_medi_cal_brings_its_federal_share_by_date_and_recovery_bridge_housing_none() -> None:
    shares = [
        {"name": "Of 2018", "first_month": "2018-06", "last_month": "2018-12", "newly_eligible": 0.94, "others": 0.5},
        {"name": "Of 2019", "first_month": "2019-01", "newly_eligible": 0.93, "others": 0.5},
    ]
    treatment = CARE | {"places": 5, "stay_days": 30, "need_share": 1, "medi_cal_share": 0.9}
    bridge = CARE | {"name": "B", "kind": "Recovery bridge housing", "places": 5, "stay_days": 30, "need_share": 1}
    federal = {
        "name": "F",
        "treatment": "Revenue",
        "timing": "Ongoing",
        "pays": ["Substance use treatment"],
        "drug_medi_cal": True,
        "first_month": "2018-06",
    }
    general = {"medi_cal_eligible_share": 0.8, "newly_eligible_share": 0.75}
    projection = small(treatment_and_housing=[treatment, bridge], federal_shares=shares, funding_sources=[federal], general=general)
    gross, money = projection.monthly("care_cost"), projection.monthly("federal_reimbursement")
    assert money[0][[6, 7]] == pytest.approx(gross[0][[6, 7]] * 0.9 * 0.8 * np.array([0.75 * 0.94 + 0.125, 0.75 * 0.93 + 0.125]))
    assert not money[1].any()
    assert projection.monthly("drawdown")[0] == pytest.approx(money[0])
    assert projection.monthly("net_county_cost") == pytest.approx((gross - money).sum(axis=0))


SERVICE = {"name": "S", "first_month": "2018-06", "monthly_amount": 1_000, "category": "Community providers"}
GRANT = {
    "name": "G", "treatment": "Revenue", "timing": "One-time", "first_month": "2018-06", "award": 10_000, "pace": "As cost arises",
}  # fmt: skip


def test_a_cap_holds_and_a_minimum_is_watched() -> None:
    services = [SERVICE, SERVICE | {"name": "I", "category": "Administration and indirect"}]
    grant = GRANT | {"pays": ["Community providers", "Administration and indirect"], "least_to_community_providers": 0.95}
    cap = {"name": "Cap", "source": "G", "category": "Administration and indirect", "of": "Award and match", "share": 0.1}
    projection = small(services_and_supplies=services, funding_sources=[grant], caps=[cap])
    assert projection.monthly("paid_by_category")[0].sum(axis=1)[[1, -1]] == pytest.approx([9_000, 1_000])
    assert projection.by_year("short_of_community_minimum")[0][-1] == pytest.approx(500)


def test_assigned_cost_waits_for_its_source_and_goes_on_to_later_ones() -> None:
    """Half a position and a quarter of a site's providers are the second source's: the first may not touch them."""
    position = {"name": "P", "number": 1, "hire_month": "2018-06", "monthly_salary": 1_000}
    first = GRANT | {"pays": ["County staff", "Community providers"], "award": 1_000_000}
    second = GRANT | {"name": "City", "award": 1_200}
    assignments = [
        {"name": "a", "source": "G", "position": "P", "assigned_share": 0.5},
        {"name": "b", "source": "City", "position": "P", "assigned_share": 0.5},
        {"name": "c", "source": "City", "site": "A", "category": "Community providers", "assigned_share": 0.25},
    ]
    parts = {"county_positions": [position], "services_and_supplies": [SERVICE | {"site": "A"}], "funding_assignments": assignments}
    projection = small(**parts, funding_sources=[first, second])
    assert projection.monthly("drawdown")[:, :3] == pytest.approx(np.array([[1_250, 1_250, 1_250], [750, 450, 0]]))
    assert projection.monthly("funding_gap")[:3] == pytest.approx([0, 300, 750])
    county = GRANT | {"name": "County", "treatment": "Net county cost", "pays": ["County staff", "Community providers"], "award": 1_000_000}
    assert not small(**parts, funding_sources=[first, second, county]).monthly("funding_gap").any()


def test_money_earned_kept_late_in_kind_and_not_to_supplant() -> None:
    fee = {"name": "Fee", "treatment": "Revenue", "timing": "Ongoing", "first_month": "2018-06", "pays": ["Community providers"]}
    earned = fee | {"amount_per_unit": 20, "driver": "active participants", "claiming_lag_months": 2, "no_supplanting": True}
    projection = small(services_and_supplies=[SERVICE], funding_sources=[earned], general={"county_baseline": 12_000})
    assert projection.monthly("drawdown")[0][:4] == pytest.approx([0, 50, 150, 250])
    assert projection.monthly("cash_received")[0][:5] == pytest.approx([0, 0, 0, 50, 150])
    assert projection.monthly("claims_outstanding")[0][:4] == pytest.approx([0, 50, 200, 400])
    drawn = projection.by_year("drawdown")[0]
    assert projection.by_year("money_that_supplants") == pytest.approx(drawn), "nothing else is spent of the 1,000 a month of before"
    yearly = fee | {"yearly_amount": 5_000, "carries_over": True, "pace": "As cost arises", "prorates_part_years": False}
    kept = small(services_and_supplies=[SERVICE], funding_sources=[yearly])
    assert kept.by_year("drawdown")[0].tolist() == [1_000, 9_000, 1_000, 11_000]
    match = {"rate": 0.25, "basis": "grant spent", "in_kind_share": 1, "in_kind_pledged": 2_000}
    grant = small(services_and_supplies=[SERVICE], funding_sources=[GRANT | {"pays": ["Community providers"], "match": match}])
    assert grant.by_year("drawdown")[0][-1] == 10_000, "match in kind pays no cost"
    assert (grant.by_year("in_kind_match_given")[0][-1], grant.by_year("in_kind_match_shortfall")[0][-1]) == (2_000, 500)


def test_one_time_amounts_escalate_only_when_told_to() -> None:
    later = {"name": "Later", "first_month": "2019-07", "one_time_amount": 1_000}
    projection = small(services_and_supplies=[later, later | {"name": "Grown", "one_time_grows": True}], general={"price_growth_rate": 0.1})
    assert projection.by_year("service_cost")[:, -1] == pytest.approx([1_000, 1_000 * 1.1**2])


def test_outcomes_have_a_range_and_a_cashable_part() -> None:
    jail = {
        "name": "Jail days", "evidence_grade": "Promising", "effect": 36, "effect_low": 12, "effect_high": 48, "average_cost": 150, "cashable_share": 0.2, "effect_lasts": True,
    }  # fmt: skip
    projection = small(outcomes=[jail])
    months = projection.by_year("participant_months")[0][-1]
    found = [projection.by_year(row)[0][-1] for row in ("events_avoided_low", "events_avoided", "events_avoided_high")]
    assert found == pytest.approx([months, 3 * months, 4 * months])
    assert projection.by_year("cashable_cost_avoided")[0][-1] == pytest.approx(3 * months * 150 * 0.2)


def test_the_change_table_goes_from_the_adopted_budget_to_the_years() -> None:
    """Conventions A3 to A6: the County's columns, headings and a sentence each; the lines add up to the closing budget."""
    adopted = {"adopted_gross_appropriation": 5_000, "adopted_revenue": 2_000, "adopted_positions": 1}
    source = GRANT | {"pays": ["County staff", "Community providers"], "award": 20_000, "last_month": "2019-06"}
    position = {"name": "P", "number": 2, "hire_month": "2018-07", "monthly_salary": 1_000}
    projection = small(
        services_and_supplies=[SERVICE | {"site": "A"}], county_positions=[position], funding_sources=[source], general=adopted,
    )  # fmt: skip
    for year in projection.timeline.years:
        table = change_table(projection, year)
        opening, changes, total, closing = table.lines[0], table.lines[1:-2], table.lines[-2], table.lines[-1]
        for column in ("gross_appropriation", "revenue", "net_county_cost", "budgeted_positions"):
            amounts = [getattr(line.exact, column) for line in changes]
            assert sum(amounts) == pytest.approx(getattr(total.exact, column), abs=CENT)
            assert getattr(opening.exact, column) + sum(amounts) == pytest.approx(getattr(closing.exact, column), abs=CENT)
        assert all(line.text.startswith("Reflects") and line.heading for line in changes)
    first, second = (change_table(projection, year).lines for year in projection.timeline.years[:2])
    assert (first[0].exact.gross_appropriation, first[0].exact.net_county_cost) == (5_000, 3_000)
    assert [line.heading for line in second if line.name == "A"] == ["New/Expanded Programs"]


def test_a_form_rounds_by_its_rule_and_says_what_that_adds() -> None:
    services = [SERVICE | {"name": name, "monthly_amount": 0, "one_time_amount": 0.5} for name in ("S", "T")]
    projection = small(services_and_supplies=services)
    by_line = budget_form(projection, Rounding(to="dollar"))
    assert (by_line.total, by_line.difference, by_line.rule) == (2, 1, "rounded to the dollar, half away from zero, each line")
    assert budget_form(projection, Rounding(to="dollar", mode="half to even")).total == 0
    assert budget_form(projection, Rounding(to="dollar", applies_to="totals only")).total == 1
    assert (budget_form(projection).total, budget_form(projection).rule) == (1, "not rounded")
