"""Budget units: hand-worked purchases, classes and receipts, and that units less what they buy from each other are the plan."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from conftest import Pool
from savings import savings

from budget_model import Projection, Scenario, project
from budget_model.analysis.accounts import of_each_unit
from budget_model.analysis.budget_units import purchases, record, units
from budget_model.analysis.detail_record import detail_record
from budget_model.analysis.findings import findings
from budget_model.editing.changes import checked
from budget_model.errors import ScenarioError
from budget_model.scenario.choices import NO_ITEM, PROGRAM_WIDE, AppropriationClass

CENT = 0.005
ODR, DEFENDER, HEALTH = "Office of Diversion and Reentry", "Public Defender", "Public Health"
SALARIES, SUPPLIES, OTHER, CAPITAL = (str(one) for one in AppropriationClass)
DEPUTY = {
    "name": "Deputy Public Defender", "department": DEFENDER, "purchased_by": ODR, "number": 1, "hire_month": "2018-07",
    "monthly_salary": 10_000, "cost_per_new_hire": 3_000,
}  # fmt: skip
TREATMENT = {"name": "Treatment", "budget_unit": HEALTH, "purchased_by": ODR, "first_month": "2018-07", "monthly_amount": 2_000}
CITY = {"name": "City Prosecutor", "appropriation_class": OTHER, "first_month": "2018-07", "monthly_amount": 1_000}
GRANT = {
    "name": "Grant", "treatment": "Revenue", "timing": "One-time", "pays": ["County staff"], "award": 60_000, "first_month": "2018-07",
}  # fmt: skip


def plan(**parts: object) -> Projection:
    site = {"name": "A", "go_live": "2018-07", "slots": 10, "social_contact_referrals": 5, "eligible_people": 500}
    return project(checked(Scenario.model_validate({"name": "Plan", "first_month": "2018-07", "months": 24, "sites": [site], **parts})))


def of(projection: Projection, unit: str, year: str = "FY 2018-19") -> dict[str, Any]:
    entry: dict[str, Any] = record(projection)["units"][unit]["fiscal_years"][year]
    return entry


def test_a_purchase_is_salaries_and_a_transfer_at_the_seller_supplies_at_the_buyer_and_counts_once() -> None:
    projection = plan(county_positions=[DEPUTY], services_and_supplies=[TREATMENT, CITY], funding_sources=[GRANT])
    assert units(projection) == (DEFENDER, HEALTH, ODR)
    seller, buyer = of(projection, DEFENDER), of(projection, ODR)
    assert seller["by_class"] == {SALARIES: 120_000, SUPPLIES: 3_000, OTHER: 0, CAPITAL: 0}, "set-up is no salary"
    assert (seller["gross_appropriation"], seller["intrafund_transfers"], seller["net_county_cost"]) == (123_000, 123_000, 0)
    assert (seller["sold_to_other_units"], seller["budgeted_positions"]) == (123_000, 1), "the position is the seller's"
    assert buyer["by_class"] == {SALARIES: 0, SUPPLIES: 123_000 + 24_000, OTHER: 12_000, CAPITAL: 0}
    assert (buyer["bought_from_other_units"], buyer["budgeted_positions"]) == (147_000, 0)
    drawn = projection.by_year("drawdown")[0, 0]
    assert (buyer["revenue"], buyer["net_county_cost"]) == (pytest.approx(drawn), pytest.approx(159_000 - drawn))
    assert record(projection)["between_units"]["fiscal_years"]["FY 2018-19"] == 147_000
    assert projection.by_year("gross_appropriation")[0] == 159_000, "120,000 + 3,000 + 24,000 + 12,000"
    bought = {(one.line, one.seller, one.buyer): one.amounts for one in purchases(projection)}
    assert bought == {(DEPUTY["name"], DEFENDER, ODR): (123_000, 120_000, 243_000), ("Treatment", HEALTH, ODR): (24_000, 24_000, 48_000)}


def test_a_unit_may_purchase_a_share_of_a_line_and_its_seller_keeps_the_rest() -> None:
    """Three eighths of 24,000 are 9,000: 15,000 stay in the seller's net county cost, and the plan's figures are as without it."""
    part = TREATMENT | {"purchased_share": 0.375, "appropriation_class": OTHER}
    projection = plan(county_positions=[DEPUTY], services_and_supplies=[part, CITY])
    seller, buyer = of(projection, HEALTH), of(projection, ODR)
    assert (seller["by_class"][OTHER], seller["intrafund_transfers"], seller["net_county_cost"]) == (24_000, 9_000, 15_000)
    assert buyer["by_class"] == {SALARIES: 0, SUPPLIES: 123_000 + 9_000, OTHER: 12_000, CAPITAL: 0}
    assert record(projection)["between_units"]["fiscal_years"]["FY 2018-19"] == 132_000
    assert (projection.by_year("gross_appropriation")[0], projection.by_year("net_county_cost")[0]) == (159_000, 159_000)
    bought = {one.line: (one.share, one.amounts) for one in purchases(projection)}
    assert bought["Treatment"] == (0.375, (9_000, 9_000, 18_000)) and bought[DEPUTY["name"]][0] == 1
    accounts = of_each_unit(projection, 0)
    assert dict(accounts[ODR].bought[PROGRAM_WIDE]) == {DEFENDER: 123_000, HEALTH: 9_000}
    assert accounts[ODR].one_time[PROGRAM_WIDE] == 3_000, "set-up of the deputy"
    lines = {one["name"]: one["purchased_share"] for one in detail_record(projection)["lines"]}
    assert lines == {DEPUTY["name"]: 1, "Treatment": 0.375, "City Prosecutor": 0}


def test_a_share_without_a_unit_that_purchases_it_has_no_effect_and_is_said() -> None:
    projection = plan(services_and_supplies=[CITY | {"purchased_share": 0.5}])
    assert of(projection, ODR)["net_county_cost"] == 12_000 and not purchases(projection)
    assert any("without 'Purchased by'" in one.words for one in findings(projection) if one.check == "field_without_effect")


def test_money_stays_with_the_unit_that_receives_it_and_what_it_passes_on_is_asked_for() -> None:
    alone = plan(county_positions=[DEPUTY | {"purchased_by": "none"}], funding_sources=[GRANT])
    assert of(alone, DEFENDER)["net_county_cost"] == 123_000, "no purchase, no transfer"
    assert of(alone, ODR)["net_county_cost"] < 0
    (remark,) = [one for one in findings(alone) if one.check == "unit_receives_more_than_it_budgets"]
    assert (remark.item, remark.amount) == (ODR, pytest.approx(60_000))
    received = plan(county_positions=[DEPUTY | {"purchased_by": "none"}], funding_sources=[GRANT | {"receiving_unit": DEFENDER}])
    assert of(received, DEFENDER)["revenue"] > 0
    assert "unit_receives_more_than_it_budgets" not in {one.check for one in findings(received)}
    transfer = plan(county_positions=[DEPUTY], funding_sources=[GRANT | {"treatment": "Intrafund transfer"}])
    assert of(transfer, ODR)["intrafund_transfers"] == pytest.approx(transfer.by_year("intrafund_transfers")[0])


def test_set_up_of_new_hires_is_in_the_class_that_is_said_for_it_under_a_cap_on_a_class_as_well() -> None:
    cap = {"name": "Supplies", "source": "Grant", "appropriation_class": SUPPLIES, "share": 0.01, "of": "Award"}
    said = {}
    for name, given in (("as now", {}), ("as before", {"set_up_class": SALARIES})):
        projection = plan(county_positions=[DEPUTY | given], funding_sources=[GRANT], caps=[cap])
        by_class = projection.record()["fiscal_years"]["FY 2018-19"]["by_class"]
        said[name] = (by_class[SALARIES], by_class[SUPPLIES], round(float(projection.by_year("cost_above_cap")[0, -1])))
        assert projection.by_year("one_time_cost_by_class")[:, 0].sum() == pytest.approx(3_000)
        assert by_class == {name: sum(of(projection, unit)["by_class"][name] for unit in units(projection)) - bought for name, bought in (
            (SALARIES, 0), (SUPPLIES, 123_000), (OTHER, 0), (CAPITAL, 0))}  # fmt: skip
    above = round(3_000 * (1 - 600 / 3_000) * 60_000 / (243_000 - 2_400))  # left out beforehand, at the constant share of what is left
    assert said == {"as now": (120_000, 3_000, above), "as before": (123_000, 0, 0)}


@pytest.mark.parametrize(
    ("price", "appropriation_class", "amount"),
    [
        (0, CAPITAL, 0),
        (1_200, CAPITAL, 8_400),
        (1_200, SUPPLIES, 0),
        (5_000, CAPITAL, 8_400),
        (28_000, CAPITAL, 0),
        (28_000, SUPPLIES, 8_400),
    ],
)
def test_a_price_that_contradicts_its_class_is_said(price: float, appropriation_class: str, amount: float) -> None:
    bought = {"name": "Equipment", "first_month": "2018-07", "one_time_amount": 8_400, "unit_price": price}
    projection = plan(services_and_supplies=[bought | {"appropriation_class": appropriation_class}])
    said = {one.item: one for one in findings(projection) if one.check == "class_contradicts_unit_price"}
    assert {item: one.amount for item, one in said.items()} == ({"Equipment": amount} if amount else {})
    for one in said.values():
        assert "$5,000" in one.words and f"${price:,}" in one.words


@pytest.mark.parametrize(
    ("parts", "refused"),
    [
        ({"county_positions": [DEPUTY | {"purchased_by": DEFENDER}]}, "purchased_by is 'Public Defender'; expected another unit than its own department"),
        ({"services_and_supplies": [CITY | {"purchased_by": ODR}]}, "expected another unit than its own budget_unit, or none"),
        ({"services_and_supplies": [CITY | {"purchased_by": "NONE"}]}, "expected another name: this word stands for no item"),
        ({"county_positions": [DEPUTY], "services_and_supplies": [CITY | {"budget_unit": "public  defender"}]}, "expected 'Public Defender', as in"),
        ({"services_and_supplies": [CITY | {"budget_unit": "*"}]}, "expected a name without * ? ~"),
    ],
    ids=["itself", "itself by default", "none in capitals", "alike", "a pattern"],
)  # fmt: skip
def test_units_are_told_apart_over_all_tables_and_none_buys_from_itself(parts: dict[str, object], refused: str) -> None:
    with pytest.raises(ScenarioError) as error:
        plan(**parts)
    assert refused in str(error.value)


def test_units_less_what_they_buy_from_each_other_are_the_plan(pool: Pool) -> None:
    bought = 0
    for _, projection in pool:
        between = projection.by_year("all_unit_purchases")
        bought += bool(between.any())
        assert (between >= savings(projection, lambda keys: keys["buyer"] != NO_ITEM) - CENT).all(), (
            "below zero only where what is bought is"
        )
        gross, transfers, outside, net, positions = (
            projection.by_year(f"unit_{row}").sum(axis=0)
            for row in ("gross_appropriation", "intrafund_transfers", "revenue", "net_county_cost", "budgeted_positions")
        )
        assert gross - between == pytest.approx(projection.by_year("gross_appropriation"), abs=CENT)
        assert transfers - between == pytest.approx(projection.by_year("intrafund_transfers"), abs=CENT), "purchases and sales cancel"
        assert outside == pytest.approx(projection.by_year("revenue"), abs=CENT)
        assert net == pytest.approx(projection.by_year("net_county_cost"), abs=CENT)
        assert positions == pytest.approx(projection.by_year("all_budgeted_positions"))
        by_class = projection.by_year("unit_cost_by_class").sum(axis=0)
        supplies = np.array([[float(one is AppropriationClass.SERVICES_AND_SUPPLIES)] for one in AppropriationClass])
        assert by_class - supplies * between == pytest.approx(projection.by_year("cost_by_class"), abs=CENT)
        assert json.loads(json.dumps(record(projection))) == record(projection)
    assert bought, "some drawn plan has purchases"
