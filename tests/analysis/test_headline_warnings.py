"""Headlines that warn, each by a small plan worked by hand."""

from __future__ import annotations

from typing import Any

from conftest import ROOT, Pool

from budget_model import Scenario, load_scenario, project
from budget_model.analysis.findings import findings
from budget_model.analysis.headline_warnings import headline_warnings
from budget_model.analysis.summary_record import record

SITE = {"name": "A", "go_live": "2019-07", "slots": 10, "eligible_people": 500, "social_contact_referrals": 5, "waiting_exit_rate": 0}
LATER = SITE | {"name": "B", "go_live": "2019-10", "slots": 12}
BED = {
    "name": "Beds", "kind": "Interim housing", "category": "Interim housing", "driver": "enrollments", "first_month": "2019-07",
    "starting_waiting": 6, "places": 1, "stay_days": 30, "target_wait_days": 14, "waiting_exit_rate": 0, "need_share": 0,
}  # fmt: skip


def said(**parts: Any) -> dict[str, str]:
    """What the headlines of a plan of a year say, by what they are about."""
    plan = {"name": "Year", "first_month": "2019-07", "months": 12, "sites": [SITE | {"social_contact_referrals": 0}], **parts}
    return {warning.about: warning.words for warning in headline_warnings(project(Scenario.model_validate(plan)))}


def test_a_plan_that_keeps_everything_has_no_headline() -> None:
    assert said() == {}


def test_the_program_is_full_from_the_month_in_which_people_wait_at_every_open_site() -> None:
    """Five come each month: A has ten slots and is full in September; B opens in October with twelve, and is full in December."""
    assert said(sites=[SITE, LATER])["Sites full"] == (
        "Every open site has been full since Dec 2019, the first (A) since Sep 2019. Up to 83 people wait for a slot (Jun 2020)."
    )
    roomy = LATER | {"slots": 500}
    assert said(sites=[SITE, roomy])["Sites full"] == (
        "1 of 2 sites fills up, the first (A) in Sep 2019. Up to 50 people wait for a slot (Jun 2020)."
    )


def test_people_waiting_and_waits_beyond_target_are_told_by_kind_and_at_their_longest() -> None:
    """Six wait for one bed of 30 days: it serves 31/30 people in July, and who still waits would wait 30 days for each before them."""
    words = said(treatment_and_housing=[BED])
    waiting = 6 - 31 / 30
    assert words["People waiting for treatment and housing"] == f"When the most wait: interim housing {waiting:.0f} (Jul 2019)."
    assert words["Waits beyond target"] == (
        f"1 line of care keeps people waiting longer than is acceptable, at the longest: "
        f"Beds {waiting * 30:.0f} days (acceptable 14 days; longer in 5 of 12 months)."
    )


def test_a_provider_that_loses_is_named_with_amount_and_share() -> None:
    """One case manager costs 1,000 a month; 800 are agreed."""
    contract = {
        "name": "Provider", "site": "A", "first_month": "2019-07", "minimum_case_managers": 1, "case_manager_salary": 12_000,
        "payment": "Fixed monthly", "fixed_monthly_amount": 800,
    }  # fmt: skip
    assert said(provider_contracts=[contract])["Providers that lose"] == (
        "Provider: $2,400 of the provider's cost unpaid in FY 2019-20, 20% of it."
    )


def test_outside_money_that_is_lost_and_a_cliff_are_told_in_dollars() -> None:
    """A grant of 5,000 pays twelve months of 300, cost that goes on, and 1,400 is left when it ends."""
    grant = {
        "name": "Grant", "first_month": "2019-07", "last_month": "2020-06", "award": 5_000, "pays": ["Services and supplies"],
        "timing": "One-time", "treatment": "Revenue", "pace": "As cost arises",
    }  # fmt: skip
    service = {"name": "Kits", "first_month": "2019-07", "monthly_amount": 300, "category": "Services and supplies"}
    words = said(services_and_supplies=[service], funding_sources=[grant])
    assert words["Outside money lost"] == "$1,400 is not spent in time: Grant $1,400."
    assert words["Ongoing cost on one-time money"] == (
        "$3,600 of cost that goes on rests on money that comes once, all of it in FY 2019-20. When that ends, nothing pays it."
    )


def test_every_headline_sums_up_remarks_of_its_plan_and_stands_in_the_record(pool: Pool) -> None:
    for _, projection in pool:
        warnings = headline_warnings(projection)
        assert {warning.check for warning in warnings} <= {finding.check for finding in findings(projection)}
        assert [warning["words"] for warning in record(projection)["warnings"]] == [warning.words for warning in warnings]
        lost = projection.by_year("all_outside_money_lost")[-1]
        assert (lost >= 1) <= any(f"${lost:,.0f}" in warning.words for warning in warnings)


def test_a_wait_at_the_longest_that_is_counted_may_be_longer() -> None:
    words = said(treatment_and_housing=[BED | {"places": 0}])["Waits beyond target"]
    assert "Beds 365 days or more (acceptable 14 days; longer in 12 of 12 months)" in words


def test_money_that_is_only_asked_for_is_not_said_to_pay() -> None:
    """Of the expansion's one-time money most is asked of Proposition 47."""
    plan = load_scenario(ROOT / "scenarios" / "expansion_2018.yaml")
    (cliff,) = (one.words for one in headline_warnings(project(plan)) if one.check == "ongoing_cost_on_money_that_ends")
    (detail,) = (one.detail for one in findings(project(plan)) if one.check == "ongoing_cost_on_money_that_ends")
    assert any(source.timing == "One-time" and source.status == "Requested" for source in plan.funding_sources)
    assert all("rests on money that comes once" in words and "paid" not in words for words in (cliff, detail))
