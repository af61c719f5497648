"""Hand-worked: cost for each person served in the year and for each participant-month."""

from __future__ import annotations

import pytest

from budget_model import Scenario, project

PLAN = {
    "name": "Two years", "first_month": "2019-07", "months": 24,
    "sites": [{
        "name": "A", "go_live": "2019-07", "slots": 10, "eligible_people": 500, "starting_participants": 10, "monthly_exit_rate": 0.1,
        "social_contact_referrals": 5, "waiting_exit_rate": 1,
    }],
    "services_and_supplies": [{"name": "Police", "site": "A", "first_month": "2019-07", "monthly_amount": 1_000}],
    "treatment_and_housing": [{
        "name": "Beds", "kind": "Interim housing", "category": "Interim housing", "driver": "enrollments", "first_month": "2019-07",
        "places": 1, "starting_people": 1, "stay_days": 10_000, "need_share": 0, "unit_rate": 10, "paid_by": "places",
    }],
    "provider_contracts": [
        {"name": "Provider", "site": "A", "first_month": "2019-07", "payment": "Fixed monthly", "fixed_monthly_amount": 2_000}
    ],
}  # fmt: skip


def test_people_served_are_all_who_were_there_and_a_full_site_is_no_dearer_for_it() -> None:
    """Ten slots, one of ten leaves each month and one comes: ten at the end, and twelve have left."""
    projection = project(Scenario.model_validate(PLAN))
    assert projection.by_year("people_served_in_year")[0] == pytest.approx([22, 22, 34])
    assert projection.by_year("cost_per_person_served")[0] == pytest.approx([36_000 / 22, 36_000 / 22, 72_000 / 34])
    assert projection.by_year("cost_per_participant_month")[0] == pytest.approx([300] * 3)


def test_cost_for_each_month_of_service_with_and_without_treatment_and_housing() -> None:
    projection = project(Scenario.model_validate(PLAN))
    days = [366, 365, 731]  # July 2019 to June 2021
    assert projection.by_year("all_participant_months") == pytest.approx([120, 120, 240])
    assert projection.by_year("contract_cost_per_participant_month") == pytest.approx([200] * 3)
    assert projection.by_year("cost_without_care_per_participant_month") == pytest.approx([300] * 3)
    full = [300 + 10 * day / months for day, months in zip(days, (120, 120, 240), strict=True)]
    assert projection.by_year("full_cost_per_participant_month") == pytest.approx(full)
    assert projection.by_year("cost_without_care_per_person_served") == pytest.approx([36_000 / 22, 36_000 / 22, 72_000 / 34])
