"""The list of checks: what is found, of which item, since when and by how much, worked by hand and computed here once more."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest
from conftest import Pool
from hypothesis import given
from planted import COUNTY, GRANT, SERVICE, Planted, planted

from budget_model import Projection, Scenario, project
from budget_model.__main__ import main
from budget_model.analysis.findings import Finding, findings, of_kind
from budget_model.editing.blank_items import blank_row_names, with_blank_rows
from budget_model.engine.rows import Kind
from budget_model.projection import check_rows
from budget_model.scenario.text import scenario_text

CENT = 0.005
Fields = dict[str, Any]
SITE: Fields = {"name": "A", "go_live": "2019-07", "slots": 50, "eligible_people": 500, "social_contact_referrals": 5}
CONTRACT = {
    "name": "Provider", "site": "A", "first_month": "2019-07", "caseload": 20, "case_manager_salary": 48_000, "supervisor_span": 6,
    "supervisor_salary": 60_000, "fringe_rate": 0.25, "operating_cost": 1_000,
}  # fmt: skip
POSITION = {"name": "Analyst", "hire_month": "2019-07", "number": 1, "monthly_salary": 5_000}
CARE = {
    "name": "Shelter", "kind": "Interim housing", "category": "Interim housing", "need_share": 1, "places": 0, "first_month": "2019-07", "stay_days": 60,
}  # fmt: skip


_CREDITED = {"2019-07": 0.1, "2019-08": 0.2, "2019-09": -0.3}


def plan(**parts: object) -> Projection:
    site = {"name": "Plan", "first_month": "2019-07", "months": 12, "sites": [SITE]}
    return project(Scenario.model_validate(site | parts))


def found(projection: Projection, check: str) -> Finding:
    (finding,) = [finding for finding in findings(projection) if finding.check == check]
    return finding


def test_a_grant_that_replaces_county_money_in_one_year_is_a_duty_missed_whatever_other_years_spend() -> None:
    """The County spent 120,000 a year before. In the second year it spends 60,000 and the grant the other 60,000."""
    services = [
        SERVICE | {"name": "First year", "last_month": "2020-06", "monthly_amount": 15_000},
        SERVICE | {"name": "Second year", "first_month": "2020-07"},
    ]
    grant = GRANT | {"award": 60_000, "first_month": "2020-07", "no_supplanting": True}
    projection = plan(
        months=24,
        general={"county_baseline": 120_000},
        services_and_supplies=services,
        funding_sources=[grant, COUNTY | {"yearly_amount": 300_000}],
    )
    duty = found(projection, "county_money_is_not_replaced")
    assert (duty.kind, duty.item, duty.since) == (Kind.DUTY, "Grant", "FY 2020-21")
    assert (duty.amount, duty.by_year) == (60_000, (0, 60_000))
    assert projection.by_year("money_that_supplants").tolist() == [0, 60_000, 60_000]


def test_a_match_that_is_short_is_owed_in_full_and_earns_a_part_of_the_grant() -> None:
    """25 percent of 90,000 spent is 22,500; a pledge of 8,000 is short by 14,500 and earns 32,000."""
    match = {"rate": 0.25, "basis": "grant spent", "pledged": 8_000}
    projection = plan(services_and_supplies=[SERVICE], funding_sources=[GRANT | {"match": match}])
    duty, ahead = found(projection, "match_is_met"), found(projection, "grant_drawn_ahead_of_match")
    assert (duty.kind, duty.item, duty.table, duty.since) == (Kind.DUTY, "Grant", "funding_sources", "2019-11")
    assert (duty.amount, ahead.amount) == pytest.approx((14_500, 90_000 - 32_000))
    assert (
        duty.detail
        == "Cash match owed $22,500 (25% of the grant spent), pledged $8,000; the pledge earns $32,000 of the $90,000 drawn. Pledge $14,500 more."
    )
    assert duty.words == f"Grant: {duty.detail} Since Nov 2019."


def test_a_match_that_is_short_by_cents_is_said_to_the_cent() -> None:
    """20 percent of 90,000 and of the match itself is 22,500, of which 22,499.93 are pledged: every dollar drawn is earned but 28 cents."""
    match = {"rate": 0.2, "basis": "total project cost", "pledged": 22_499.93}
    projection = plan(services_and_supplies=[SERVICE], funding_sources=[GRANT | {"match": match}])
    short = "pledged $22,499.93; the pledge earns $89,999.72 of the $90,000.00 drawn. Pledge $0.07 more."
    assert found(projection, "match_is_met").detail == f"Cash match owed $22,500.00 (20% of total project cost), {short}"
    assert found(projection, "grant_drawn_ahead_of_match").detail.startswith("$0.28 of the $90,000.00 drawn")


def test_what_rounding_moves_up_and_down_is_said_beside_what_it_leaves() -> None:
    """10% of 10,004 and of 10,006 a fiscal year, rounded to the dollar: 0.40 down and 0.40 up."""
    services = [SERVICE | {"monthly_amount": 0, "first_month": month, "one_time_amount": cost, "name": f"Cost of {cost}"}
                for month, cost in (("2019-07", 10_004), ("2020-07", 10_006))]  # fmt: skip
    rate = {"name": "Fee", "first_month": "2019-07", "rate": 0.1, "rounded_to": "dollar", "rounding_period": "Each fiscal year"}
    base = {"name": "All", "rate": "Fee", "all_lines": True}
    remark = found(plan(months=24, services_and_supplies=services, rates=[rate], rate_bases=[base]), "rate_is_rounded")
    assert remark.amount_in_words == "$0.80"
    assert remark.detail.startswith("Rounding moves $0.80, up and down, and in all ")
    one = found(plan(services_and_supplies=services[:1], rates=[rate], rate_bases=[base]), "rate_is_rounded")
    assert one.detail.startswith("Rounding takes away $0.40 over all months")


def test_a_contract_without_cost_by_participants_is_not_told_that_nobody_is_engaged() -> None:
    rent = {"name": "Provider", "site": "A", "first_month": "2019-07", "operating_cost": 1_000}
    for more, is_told in (
        ({}, False),
        ({"participant_assistance": 50}, True),
        ({"payment": "Fee per participant-month", "fee_per_participant_month": 9}, True),
    ):
        checks = {one.check for one in findings(plan(sites=[SITE | {"slots": 0}], provider_contracts=[rent | more]))}
        assert ("contract_serves_nobody" in checks) is is_told, more


def test_a_partners_cash_meets_match_before_the_pledge_and_only_the_rest_is_asked_for() -> None:
    """Of 120,000 a city pays 9,000, the grant its whole award of 90,000; of 22,500 owed these 9,000 and a pledge of 8,000 leave 5,500."""
    match = {"rate": 0.25, "basis": "grant spent", "pledged": 8_000}
    city = GRANT | {"name": "City", "award": 9_000, "income_of": "Grant", "income_use": "Counted as match"}
    duty = found(plan(services_and_supplies=[SERVICE], funding_sources=[city, GRANT | {"match": match}]), "match_is_met")
    assert duty.amount == pytest.approx(5_500)
    assert "of which income, cash of partners or value in kind meets $9,000, pledged $8,000" in duty.detail
    assert duty.detail.endswith("Pledge $5,500 more.")


def test_match_owed_on_an_award_that_lapses_is_a_duty_and_nothing_is_drawn_ahead() -> None:
    """10 percent is owed on all of an award of 200,000; cost of 120,000 takes 10,909 of match, and all that is drawn is earned."""
    projection = plan(
        services_and_supplies=[SERVICE], funding_sources=[GRANT | {"award": 200_000, "match": {"rate": 0.1, "pledged": 20_000}}]
    )
    duty = found(projection, "match_is_met")
    assert (duty.amount, duty.since) == (pytest.approx(20_000 - 120_000 / 11), "2020-06")
    assert "pledged $20,000, but $9,091 of it finds no cost to pay in time" in duty.detail
    assert "grant_drawn_ahead_of_match" not in {finding.check for finding in findings(projection)}


def test_a_cap_on_administration_says_what_it_refuses_and_what_it_is_a_share_of() -> None:
    """10 percent of an award of 100,000 is reached after ten months of 1,000; nobody pays the last two."""
    services = [
        SERVICE | {"name": "Provider", "category": "Community providers", "monthly_amount": 1_000},
        SERVICE | {"name": "Administration", "category": "Administration and indirect", "monthly_amount": 1_000},
    ]
    grant = GRANT | {"pays": ["Community providers", "Administration and indirect"], "award": 100_000}
    limit = {"name": "Cap", "source": "Grant", "category": "Administration and indirect", "share": 0.1}
    projection = plan(services_and_supplies=services, funding_sources=[grant], caps=[limit])
    cap, gap = found(projection, "cost_above_cap"), found(projection, "cost_nobody_pays")
    assert (cap.kind, cap.item, cap.amount, cap.since) == (Kind.REMARK, "Cap", pytest.approx(2_000), "2020-05")
    assert "At most 10% of award and match of Grant may go to Administration and indirect." in cap.detail
    assert (gap.item, gap.amount, gap.since) == ("", pytest.approx(2_000), "2020-05")
    assert all(check.passed for check in projection.checks), "a remark fails nothing"


def test_each_duty_has_its_source_or_contract_and_its_amount() -> None:
    """Half of what is drawn must go to community providers, who cost nothing; 20,000 in kind are pledged of 22,500."""
    match = {"rate": 0.25, "basis": "grant spent", "in_kind_share": 1, "in_kind_pledged": 20_000}
    sources = [GRANT | {"match": match}, GRANT | {"name": "State", "award": 30_000, "least_to_community_providers": 0.5}]
    projection = plan(services_and_supplies=[SERVICE], funding_sources=sources, provider_contracts=[CONTRACT | {"ceiling": 8_000}])
    duties = {(finding.check, finding.item): (round(finding.amount), finding.since) for finding in of_kind(findings(projection), Kind.DUTY)}
    paid = projection.monthly("contract_cost")[0].cumsum()
    assert duties == {
        ("in_kind_match_is_met", "Grant"): (2_500, "FY 2019-20"),
        ("community_providers_get_their_share", "State"): (15_000, "FY 2019-20"),
        ("contract_sums_hold", "Provider"): (round(paid[-1] - 8_000), f"{projection.timeline.months[int((paid > 8_000).argmax())]:%Y-%m}"),
    }


@pytest.mark.parametrize(
    ("parts", "check", "item", "amount", "since"),
    [
        ({"county_positions": [POSITION | {"number": 0}]}, "line_costs_nothing", "Analyst", 1, "FY 2019-20"),
        ({"county_positions": [POSITION | {"monthly_salary": 0}]}, "line_costs_nothing", "Analyst", 1, "FY 2019-20"),
        ({"services_and_supplies": [SERVICE | {"monthly_amount": 0}]}, "line_costs_nothing", "Supplies", 1, "FY 2019-20"),
        ({"funding_sources": [GRANT]}, "source_pays_nothing", "Grant", 1, "FY 2019-20"),
        ({"funding_sources": [GRANT]}, "money_lost", "Grant", 90_000, "2020-06"),
        (
            {"funding_sources": [GRANT], "funding_assignments": [{"name": "Share", "source": "Grant", "site": "A", "category": "Equipment", "assigned_share": 1}]},
            "assignment_catches_nothing", "Share", 1, "FY 2019-20",
        ),
        ({"sites": [SITE | {"slots": 0}], "provider_contracts": [CONTRACT]}, "contract_serves_nobody", "Provider", 1, "2019-07"),
        (
            {"provider_contracts": [CONTRACT], "provider_staff": [{"name": "Peer", "contract": "Provider", "annual_salary": 30_000}]},
            "provider_staff_cost_nothing", "Peer", 1, "FY 2019-20",
        ),
        ({"benefit_components": [{"name": "Pension", "plan": "General", "rate": 0.2}]}, "benefit_component_costs_nothing", "Pension", 1, "FY 2019-20"),
        (
            {"general": {"cost_of_living_rate": 0.03}, "cost_of_living_adjustments": [{"name": "January", "effective": "2020-01", "rate": 0.002}]},
            "raise_on_yearly_increase", "January", 0.002, "2020-01",
        ),
        ({"provider_contracts": [CONTRACT | {"indirect_rate": 0.13, "indirect_cap": 0.1, "participant_share": 0}]}, "indirect_cost_above_cap", "Provider", 360, "2019-07"),
        ({"services_and_supplies": [SERVICE], "funding_sources": [GRANT]}, "ongoing_cost_on_money_that_ends", "", 90_000, "2019-07"),
        (
            {"services_and_supplies": [SERVICE], "funding_sources": [GRANT | {"match": {"rate": 0.1, "pledged": 10_000}}]},
            "match_beyond_need", "Grant", 1_000, "2020-06",
        ),
        ({"treatment_and_housing": [CARE | {"places": 1, "first_month": "2019-10", "starting_waiting": 3}]}, "wait_above_target", "Shelter", 365 - 14, "2019-07"),
        ({"treatment_and_housing": [CARE | {"driver": "open sites", "starting_waiting": 3}]}, "places_short", "Shelter", None, "2019-07"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_each_remark_has_its_item_its_amount_and_the_month_it_begins(
    parts: dict[str, object], check: str, item: str, amount: float | None, since: str
) -> None:
    projection = plan(**parts)
    remark = found(projection, check)
    assert (remark.kind, remark.item, remark.since) == (Kind.REMARK, item, since)
    expected = projection.monthly("places_to_add").max() if amount is None else amount
    assert remark.amount == pytest.approx(expected)
    assert remark.words.endswith(".") and "--" not in remark.words


def test_a_line_that_costs_something_in_one_year_is_not_said_to_cost_nothing() -> None:
    projection = plan(months=24, services_and_supplies=[SERVICE | {"first_month": "2020-07"}], funding_sources=[COUNTY])
    assert {finding.check for finding in findings(projection)} == {"site_is_full"}, "what the County is not asked for is no loss"


def test_a_credit_that_takes_back_all_of_a_line_leaves_it_at_no_cost_whatever_adding_leaves() -> None:
    """In machine arithmetic 0.1 + 0.2 - 0.3 is 5.6e-17, and 0 in another engine."""
    months = [
        {"name": f"Of {month}", "budget_line": "Rides", "first_month": month, "amount": amount} for month, amount in _CREDITED.items()
    ]
    projection = plan(budget_lines=[{"name": "Rides", "first_month": "2019-07", "may_be_below_zero": True}], amounts=months)
    assert projection.by_year("cost").any()
    assert found(projection, "line_costs_nothing").item == "Rides"


def test_nothing_is_set_off_and_each_amount_follows_from_its_months_or_years(pool: Pool) -> None:
    for _, projection in pool:
        listed = findings(projection)
        assert [finding.kind for finding in listed] == sorted((finding.kind for finding in listed), key=list(Kind).index)
        for row in check_rows():
            values = projection.monthly(row.name)
            values = values[..., :-1] if "year" in row.over else values
            assert (values >= 0).all(), row.name
            merged = {"sum": np.sum, "largest": np.max, "smallest": np.min}[row.in_a_year](values, axis=-1)
            assert projection.missed(row) == pytest.approx(merged, abs=1e-6), row.name
            assert sum(finding.check == row.name for finding in listed) == int((merged > row.tolerance).sum()), row.name
        as_data = [asdict(finding) | {"by_year": list(finding.by_year)} for finding in listed]
        assert json.loads(json.dumps(as_data)) == as_data


def test_months_below_a_tenth_of_a_cent_are_no_fault_and_half_a_cent_in_a_month_is_one() -> None:
    """Such a month counts as nothing by class and in the gap; twelve of them are a cent of the gross appropriation."""
    small = plan(services_and_supplies=[SERVICE | {"monthly_amount": 0.0009}])
    assert small.by_year("gross_appropriation")[-1] == pytest.approx(12 * 0.0009) and not of_kind(findings(small), Kind.FAULT)
    check = next(row for row in check_rows() if row.name == "classes_add_up")
    assert check.function(np.array([100.0]), np.array([100.006])) > check.tolerance


@pytest.mark.parametrize(
    ("table", "item", "alone", "other"),
    [
        ("county_positions", POSITION, {"overtime_hours_a_year": 120}, {"overtime_hourly_pay": 40}),
        ("county_positions", POSITION, {"overtime_hourly_pay": 40}, {"overtime_hours_a_year": 120}),
        ("county_positions", POSITION, {"hours_a_year": 1_800}, {"hourly_pay": 30, "monthly_salary": 0}),
        ("provider_contracts", CONTRACT | {"case_manager_salary": 0}, {}, {"case_manager_salary": 48_000}),
        ("provider_contracts", CONTRACT | {"supervisor_salary": 0}, {}, {"supervisor_salary": 60_000}),
        ("treatment_and_housing", CARE, {"units_a_day": 2}, {"unit_rate": 50}),
        ("treatment_and_housing", CARE, {"cost_per_added_place": 500}, {"added_places": 3, "order_month": "2019-08"}),
        ("sites", SITE, {"homeless_people": 900}, {}),
    ],
)
def test_a_number_that_needs_another_and_comes_to_nothing_is_a_remark_until_the_other_is_given(
    table: str, item: Fields, alone: Fields, other: Fields
) -> None:
    """What the number is moves no row of the plan; with the other it does."""
    more = {"general": {"officer_referrals_per_100_homeless_people": 0.4}} if table == "sites" else {}
    remark = found(plan(**{table: [item | alone]}), "field_without_effect")
    assert (remark.kind, remark.item, remark.table) == (Kind.REMARK, item["name"], table)
    assert ("has no effect without '" in remark.words) or ("comes to no cost without '" in remark.words)
    whole = plan(**{table: [item | alone | other]}, **more)
    assert not [finding for finding in findings(whole) if finding.check == "field_without_effect"]


def test_a_fee_needs_no_salaries_and_what_nobody_gave_is_no_number_alone() -> None:
    fee = {"payment": "Fee per participant-month", "fee_per_participant_month": 500, "case_manager_salary": 0, "supervisor_salary": 0}
    fee |= {"fringe_rate": 0, "vacancy_rate": 0}
    projection = plan(provider_contracts=[CONTRACT | fee], county_positions=[POSITION], treatment_and_housing=[CARE])
    assert not [finding for finding in findings(projection) if finding.check == "field_without_effect"]


def test_faults_never_happen_to_a_plan_that_the_rules_accept(pool: Pool) -> None:
    for _, projection in pool:
        assert not of_kind(findings(projection), Kind.FAULT)


def test_blank_lines_of_a_workbook_are_said_nothing_of(pool: Pool) -> None:
    for scenario, projection in pool:
        names = blank_row_names(scenario)
        said = [finding for finding in findings(project(with_blank_rows(scenario))) if finding.item in names]
        assert {finding.check for finding in said} <= {row.name for row in check_rows() if not row.blank_rows}
        of_all = [
            finding for finding in findings(project(with_blank_rows(scenario))) if finding.check != "broken_rule"
        ]  # a blank source pays nothing yet
        assert len(findings(projection)) == len(of_all) - len(said)


@given(planted())
def test_a_planted_duty_cap_or_contract_sum_is_found_with_its_item_and_amount(plant: Planted) -> None:
    said = {(finding.check, finding.item): finding.amount for finding in findings(project(plant.scenario))}
    for (check, item), amount in plant.expected.items():
        assert said.get((check, item), 0.0) == pytest.approx(amount, abs=CENT * plant.scenario.months), f"{check}: {item}"


@given(planted())
def test_the_command_line_and_its_json_say_the_same_of_a_file(tmp_path_factory: pytest.TempPathFactory, plant: Planted) -> None:
    folder = tmp_path_factory.mktemp("planted")
    (folder / "plan.yaml").write_text(scenario_text(plant.scenario), encoding="utf-8")
    duties = of_kind(findings(project(plant.scenario)), Kind.DUTY)
    assert main(["check", str(folder / "plan.yaml")]) == bool(duties)
    assert main(["project", str(folder / "plan.yaml"), "--json", str(folder / "out.json")]) == 0
    said = {(one["check"], one["item"]): one["amount"] for one in json.loads((folder / "out.json").read_text(encoding="utf-8"))["findings"]}
    for planted_in, amount in plant.expected.items():
        assert said.get(planted_in, 0.0) == pytest.approx(amount, abs=CENT * plant.scenario.months), planted_in
