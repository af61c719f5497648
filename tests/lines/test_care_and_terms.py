"""Hand-worked: need that comes again, places paid by place, people put out and moving on; caseloads, terms, steps, effects, waits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from budget_model import Projection, Scenario, project
from budget_model.analysis.findings import findings

SITE = {"name": "A", "go_live": "2019-07", "slots": 50, "eligible_people": 500, "starting_participants": 20}
BED = {
    "name": "Beds", "kind": "Interim housing", "category": "Interim housing", "driver": "enrollments", "need_share": 0, "places": 10, "first_month": "2019-07",
    "stay_days": 62, "unit_rate": 10, "paid_by": "people",
}  # fmt: skip
PAID = {"name": "C", "site": "A", "first_month": "2019-07", "caseload": 10, "case_manager_salary": 12_000}
NEWCOMERS = {**SITE, "starting_participants": 0, "social_contact_referrals": 5}


def year(**parts: Any) -> Projection:
    return project(Scenario.model_validate({"name": "Year", "first_month": "2019-07", "months": 24, "sites": [SITE], **parts}))


def test_participants_come_to_need_a_place_again_unless_they_have_one_or_wait() -> None:
    """Twenty take part; a tenth of those without a bed need one each month; half of those in bed leave in a month of 31 days."""
    projection = year(treatment_and_housing=[BED | {"need_again_share": 0.1, "places": 3}])
    need = [2, (20 - 2) * 0.1]
    served = [2, 1 + need[1]]
    assert projection.monthly("people_in_need_again")[0][:2] == pytest.approx(need)
    assert projection.monthly("people_served")[0][:2] == pytest.approx(served)
    need.append((20 - served[1]) * 0.1)
    seeking = served[1] * (1 - 30 / 62) + need[2]
    assert projection.monthly("people_served")[0][2] == pytest.approx(3)
    assert projection.monthly("people_waiting")[0][2] == pytest.approx(seeking - 3)
    assert projection.monthly("people_in_need")[0][3] == pytest.approx((20 - 3 - (seeking - 3)) * 0.1)
    engaged = year(
        sites=[SITE | {"inactive_share": 0.5}],
        treatment_and_housing=[BED | {"need_again_share": 0.1, "need_again_of": "engaged participants"}],
    )
    assert engaged.monthly("people_in_need")[0][0] == pytest.approx(1)


def test_who_loses_a_place_is_counted_apart_from_who_takes_one() -> None:
    """Input 04: twenty beds from October to February; what closes in March puts out those who stayed, and no placement is undone."""
    site = {"name": "Area", "go_live": "2019-07", "slots": 50, "eligible_people": 500, "social_contact_referrals": 5}
    winter = BED | {
        "need_share": 1,
        "places": 20,
        "first_month": "2019-10",
        "last_month": "2020-02",
        "stay_days": 300,
        "cost_per_placement": 1_000,
    }
    projection = year(sites=[site], treatment_and_housing=[winter], months=12)
    assert projection.by_year("placements")[0][0] == pytest.approx(20 + 2 + 20 * (31 + 31 + 29) / 300)
    assert projection.by_year("cost_of_placements")[0][0] == pytest.approx(projection.by_year("placements")[0][0] * 1_000)
    assert projection.monthly("people_put_out")[0].tolist() == [0] * 8 + [pytest.approx(20 * (1 - 31 / 300))] + [0] * 3
    assert (projection.monthly("placements") >= 0).all()
    assert "places_close_on_people" in {finding.check for finding in findings(projection)}


def test_a_bed_is_paid_filled_or_not_where_the_county_contracts_the_place() -> None:
    half = BED | {"starting_people": 5, "stay_days": 10_000}
    by_person, by_place, usual = (
        year(treatment_and_housing=[half | {"paid_by": way}]) for way in ("people", "places", "usual for the kind")
    )
    assert by_person.monthly("care_cost")[0][0] == pytest.approx(5 * (1 - 31 / 10_000) * 31 * 10)
    assert by_place.monthly("care_cost")[0][[0, 1, 2]] == pytest.approx(10 * np.array([31, 31, 30]) * 10)
    assert (usual.monthly("care_cost") == by_place.monthly("care_cost")).all(), "interim housing is contracted by the bed"
    outpatient = year(treatment_and_housing=[half | {"kind": "Outpatient treatment", "paid_by": "usual for the kind"}])
    assert (outpatient.monthly("care_cost") == by_person.monthly("care_cost")).all()
    federal = {
        "federal_shares": [{"name": "F", "first_month": "2019-07", "newly_eligible": 0.5, "others": 0.5}],
        "general": {"medi_cal_eligible_share": 1},
    }
    paid = year(treatment_and_housing=[half | {"paid_by": "places", "medi_cal_share": 1}], **federal).monthly("federal_reimbursement")[0]
    assert paid == pytest.approx(by_person.monthly("care_cost")[0] / 2), "an empty bed is no benefit"


def test_a_provider_is_paid_for_the_places_that_are_guaranteed_filled_or_not() -> None:
    """Of ten places, of which eight are guaranteed: five people stay, then ten, none of them long."""
    few, many = (BED | {"starting_people": people, "stay_days": 10_000, "guaranteed_places": 8} for people in (5, 10))
    paid, beyond = (year(treatment_and_housing=[bed]).monthly("care_cost")[0] for bed in (few, many))
    served = year(treatment_and_housing=[many | {"guaranteed_places": 0}]).monthly("care_cost")[0]
    assert paid[[0, 1, 2]] == pytest.approx(8 * np.array([31, 31, 30]) * 10, rel=1e-3)
    assert beyond[[0, 1, 2]] == pytest.approx(served[[0, 1, 2]])
    fewer = year(treatment_and_housing=[few | {"places": 6}]).monthly("care_cost")[0]
    assert fewer == pytest.approx(paid), "what is guaranteed is owed, whatever places there are"


def test_a_permanent_home_ends_a_stay_in_interim_housing_the_month_after() -> None:
    homes = BED | {
        "name": "Homes",
        "kind": "Permanent supportive housing",
        "category": "Permanent supportive housing",
        "starting_waiting": 4,
        "places": 3,
        "stay_days": 2_400,
    }
    beds = BED | {"starting_people": 8, "stay_days": 10_000}
    alone, flows = (year(treatment_and_housing=[beds | {"moves_on_share": share}, homes]) for share in (0, 0.5))
    placed = flows.monthly("placements")[1]
    assert placed[0] == 3
    moved = flows.monthly("people_moving_on")[0]
    assert moved[:2].tolist() == [0, 1.5] and moved[2] == pytest.approx(placed[1] / 2)
    difference = alone.monthly("people_served")[0] - flows.monthly("people_served")[0]
    assert difference[:2] == pytest.approx([0, 1.5])


def test_the_longest_wait_of_a_year_and_the_months_beyond_target_are_said_beside_that_of_its_end() -> None:
    waits = BED | {"places": 1, "starting_waiting": 6, "stay_days": 30, "target_wait_days": 14, "waiting_exit_rate": 0.5}
    projection = year(treatment_and_housing=[waits])
    monthly = projection.monthly("expected_wait")[0]
    assert projection.by_year("expected_wait")[0][0] == 0 < projection.by_year("longest_wait")[0][0] == monthly.max()
    assert projection.by_year("longest_wait")[0].tolist() == [monthly[:12].max(), monthly[12:].max(), monthly.max()]
    assert projection.by_year("months_beyond_target")[0][-1] == (monthly > 14).sum() > 0


def test_caseloads_are_of_all_who_take_part_or_of_the_engaged() -> None:
    site = SITE | {"inactive_share": 0.5}
    all_of_them, engaged = (
        year(sites=[site], provider_contracts=[PAID | {"caseload_of": f"{which} participants", "vacancy_rate": 0.2}])
        for which in ("active", "engaged")
    )
    assert (all_of_them.monthly("case_managers")[0][0], engaged.monthly("case_managers")[0][0]) == (2, 1)
    assert engaged.monthly("active_participants_per_case_manager")[0][0] == pytest.approx(20 / 0.8)
    crowded = year(sites=[site], provider_contracts=[PAID | {"caseload_of": "engaged participants", "vacancy_rate": 0.5}])
    assert {check.name: check.amount for check in crowded.checks}["case_managers_can_carry_their_participants"] == pytest.approx(40 - 25)
    assert all(check.passed for check in all_of_them.checks)


@pytest.mark.parametrize("terms", [{"last_month": "2020-06"}, {"vacancy_rate": 1}], ids=["the contract ends", "nobody is hired"])
def test_participants_whom_nobody_carries_miss_the_check_where_a_contract_is_to_employ_case_managers(terms: dict[str, Any]) -> None:
    """Twenty stay when the contract ends, or never have a case manager; no caseload is to be kept where none is employed."""
    projection = year(provider_contracts=[PAID | terms])
    missed = next(finding for finding in findings(projection) if finding.check == "case_managers_can_carry_their_participants")
    assert missed.amount == 20 and missed.since == ("2020-07" if "last_month" in terms else "2019-07")
    assert missed.detail.startswith("Up to 20 participants without a case manager: ") and "more than the" not in missed.detail
    employs_none = PAID | terms | {"caseload": 0, "case_manager_salary": 0}
    assert all(check.passed for check in year(provider_contracts=[employs_none]).checks)


def test_a_full_site_says_who_waits_since_when_and_how_long_people_stay() -> None:
    full = year(sites=[NEWCOMERS | {"slots": 10, "monthly_exit_rate": 0.05}])
    said = next(finding for finding in findings(full) if finding.check == "site_is_full")
    assert said.since == "2019-09" and said.detail.endswith("a participant stays 20 months on average.")


def test_a_fee_has_a_floor_and_months_at_cost_and_a_provider_that_loses_is_named() -> None:
    fee = PAID | {"payment": "Fee per participant-month", "fee_per_participant_month": 100, "operating_cost": 1_500}
    floor = year(sites=[NEWCOMERS], provider_contracts=[fee | {"floor_participants": 12}]).monthly("contract_cost")[0]
    assert floor[:4] == pytest.approx([1_200, 1_200, 1_500, 2_000])
    at_cost = year(sites=[NEWCOMERS], provider_contracts=[fee | {"months_at_cost": 2}])
    assert at_cost.monthly("contract_cost")[0][:3] == pytest.approx([2_500, 2_500, 1_500])
    assert at_cost.by_year("payment_beyond_provider_cost")[0][0] == pytest.approx(
        (at_cost.monthly("contract_cost") - at_cost.monthly("provider_direct_cost"))[0][:12].sum()
    )
    poor = year(sites=[NEWCOMERS], provider_contracts=[fee | {"fee_per_participant_month": 50}], months=12)
    cost, paid = (poor.by_year(row)[0][0] for row in ("provider_direct_cost", "ongoing_contract_cost"))
    said = next(finding for finding in findings(poor) if finding.check == "provider_loses_too_much")
    assert said.amount == pytest.approx(cost * 0.9 - paid) and f"${cost - paid:,.0f}" in said.detail


def test_a_contract_may_be_one_amount_or_lines_without_case_managers_beside_another_for_the_same_people() -> None:
    legal = {
        "name": "Legal aid",
        "site": "A",
        "first_month": "2019-07",
        "purpose": "Legal aid",
        "payment": "Fixed monthly",
        "fixed_monthly_amount": 700,
    }
    outreach = {"name": "Outreach", "site": "A", "first_month": "2019-07", "purpose": "Outreach"}
    staff = [{"name": "Workers", "contract": "Outreach", "number": 2, "annual_salary": 24_000}]
    projection = year(provider_contracts=[PAID, legal, outreach], provider_staff=staff)
    assert projection.monthly("contract_cost")[:, 0].tolist() == [2_000, 700, 4_000]
    assert projection.monthly("case_managers")[:, 0].tolist() == [2, 0, 0]


def test_a_step_comes_on_the_anniversary_or_the_july_after_twelve_months() -> None:
    """Input 11: hired in June 2020 at 1,000 with steps of 5%, paid 1,050 from the anniversary in June 2021."""
    hired = {"number": 1, "hire_month": "2020-06", "monthly_salary": 1_000, "step_rate": 0.05}
    rules = ("anniversary", "July after twelve months", "July after a month")
    projection = year(months=36, county_positions=[{"name": rule, **hired, "step_rule": rule} for rule in rules])
    assert projection.by_year("salaries")[:, 1] == pytest.approx([12_050, 12_000, 12_600])
    assert projection.by_year("salaries")[:, 2] == pytest.approx([11 * 1_050 + 1_102.5, 12_600, 12 * 1_102.5])


def test_an_escalator_rises_each_july_or_on_the_contracts_anniversary() -> None:
    begun = {
        "site": "A",
        "first_month": "2020-05",
        "payment": "Fixed monthly",
        "fixed_monthly_amount": 100,
        "escalation_rate": 0.1,
        "participant_share": 0.5,
    }
    projection = year(provider_contracts=[{"name": rule, **begun, "escalation": rule} for rule in ("each July", "anniversary")])
    assert projection.monthly("contract_cost")[:, [10, 12, 21, 22, 23]] == pytest.approx(
        np.array([[100, 110, 110, 110, 110], [100, 100, 100, 110, 110]])
    )


def test_raises_of_one_month_are_added_the_yearly_rate_among_them() -> None:
    raises = [
        {"name": name, "effective": month, "rate": 0.02}
        for name, month in (("July", "2020-07"), ("Also July", "2020-07"), ("October", "2020-10"))
    ]
    paid = year(general={"cost_of_living_rate": 0.03}, cost_of_living_adjustments=raises, county_positions=[{"name": "P", "number": 1, "hire_month": "2019-07", "monthly_salary": 1_000}])  # fmt: skip
    assert paid.monthly("salaries")[0][[11, 12, 15]] == pytest.approx([1_000, 1_070, 1_070 * 1.02])


def test_an_effect_is_counted_for_its_months_after_enrollment_and_of_the_engaged() -> None:
    """Five enroll each month and a tenth leave: after three months of effect those of the last three months count, as far as they stay."""
    site = NEWCOMERS | {"slots": 1_000, "monthly_exit_rate": 0.1, "inactive_share": 0.2}
    effect = {"evidence_grade": "one study", "effect": 12, "effect_low": 0, "effect_high": 12}
    outcomes = [
        {"name": "Engaged", **effect},
        {"name": "Active", **effect, "effect_on": "active participants"},
        {"name": "Lasts", **effect, "effect_lasts": True},
    ]
    projection = year(sites=[site], general={"months_of_effect": 3}, outcomes=outcomes)
    stay = 5 * (1 + 0.9 + 0.81)
    assert projection.monthly("events_avoided")[1][[0, 1, 2, 3, 10]] == pytest.approx([5, 9.5, stay, stay, stay])
    assert projection.monthly("events_avoided")[0] == pytest.approx(projection.monthly("events_avoided")[1] * 0.8)
    assert projection.monthly("events_avoided")[2] == pytest.approx(projection.monthly("engaged_participants")[0])
    there = year(sites=[SITE | {"monthly_exit_rate": 0.1}], general={"months_of_effect": 2}, outcomes=outcomes[1:2])
    assert there.monthly("events_avoided")[0][:3] == pytest.approx([18, 16.2, 0]), "who is there at the beginning counts as just enrolled"


def test_salary_savings_may_be_a_departments_by_filled_or_not() -> None:
    pay = {"number": 1, "hire_month": "2019-07", "monthly_salary": 1_000, "department": "Sheriff"}
    positions = [
        {"name": "There", **pay, "status": "Filled"},
        {"name": "New", **pay},
        {"name": "Other", **pay, "department": "Probation", "salary_savings_rate": 0.2},
    ]
    savings = [{"name": "S", "department": "Sheriff", "filled_rate": 0.01, "other_rate": 0.1}]
    projection = year(county_positions=positions, salary_savings=savings)
    assert projection.monthly("salary_savings")[:, 0] == pytest.approx([-10, -100, -200])
    assert projection.monthly("filled_full_time_equivalents")[:, 0] == pytest.approx([0.99, 0.9, 0.8])
