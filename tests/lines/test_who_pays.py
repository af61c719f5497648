"""Hand-worked figures for who pays: pace, columns, the funding plan, match, value in kind, places, county money."""

from __future__ import annotations

import numpy as np
import pytest
from paid_plan import (
    ADMINISTRATION,
    AS_COST_ARISES,
    AWARD,
    EVALUATION,
    EVENLY,
    MATCH,
    MONTHS,
    OVERHEAD,
    POSITION,
    PROVIDER,
    PROVIDERS,
    STAFF,
    YEARLY,
    failed,
    planned,
    said,
)

from budget_model import Projection, Scenario, project
from budget_model.analysis.change_table import change_table
from budget_model.analysis.findings import findings, of_kind
from budget_model.analysis.match_to_pledge import matches_to_pledge
from budget_model.engine.rows import Kind
from budget_model.scenario.choices import CostCategory


def test_an_award_pays_one_share_of_its_whole_period_and_the_next_source_a_share_of_the_rest() -> None:
    drawn = planned(AWARD, AWARD | {"name": "Second", "award": 2_800}).monthly("drawdown")
    assert drawn[0] == pytest.approx([500] * MONTHS), "7,000 of 14,000"
    assert drawn[1] == pytest.approx([200] * MONTHS), "2,800 of the 7,000 that are left"
    short = planned(AWARD | {"first_month": "2018-08", "last_month": "2018-09", "award": 900}).monthly("drawdown")[0]
    assert short[:5] == pytest.approx([0, 0, 450, 450, 0])
    arises = planned(AWARD | AS_COST_ARISES).monthly("drawdown")[0]
    assert arises[:9] == pytest.approx([1_000] * 7 + [0] * 2)


@pytest.mark.parametrize(
    "terms",
    [
        {"award": 9_000} | MATCH,
        {"award": 9_000, "match": {"rate": 0.25, "basis": "grant spent", "pledged": 1_000}},
        {"award": 90_000, "match": {"rate": 0.25, "basis": "award", "pledged": 3_000}},
        {"yearly_amount": 9_000, "carries_over": True},
        {"award": 9_000, "claimable_indirect_rate": 0.1},
    ],
    ids=["match not pledged", "match pledged", "match on what lapses", "kept", "overhead"],
)
def test_a_source_alone_leaves_the_same_to_the_county_at_both_paces_with_its_terms(terms: dict[str, object]) -> None:
    """Match, money that is kept and overhead that is claimed back: the gap less that overhead is the same."""
    rises = PROVIDER | {"name": "Later", "first_month": "2018-12", "monthly_amount": 3_000}
    source = {key: value for key, value in AWARD.items() if key != "award"} | terms
    left = []
    for pace in (AS_COST_ARISES, {"pace": "Constant share of cost"}):
        paid = planned(source | pace, services=(PROVIDER, rises))
        left.append(paid.by_year("funding_gap") - paid.by_year("all_indirect_claimed"))
    years = slice(None) if "yearly_amount" in terms else slice(-1, None)
    assert left[0][years] == pytest.approx(left[1][years], abs=0.005)


def test_a_yearly_amount_pays_one_share_of_each_year_and_a_part_year_has_its_twelfths() -> None:
    assert planned(YEARLY).monthly("drawdown")[0] == pytest.approx([500] * MONTHS), "500 of 1,000, 6,000 of 12,000, 500 of 1,000"
    assert planned(YEARLY | {"prorates_part_years": False}).monthly("drawdown")[0] == pytest.approx([1_000] + [500] * 12 + [1_000])
    kept = planned(YEARLY | {"prorates_part_years": False, "yearly_amount": 5_000, "carries_over": True})
    assert kept.monthly("drawdown")[0] == pytest.approx([1_000] + [750] * 12 + [1_000]), "4,000 of June are kept for the year after"
    assert said(planned(YEARLY | {"yearly_amount": 24_000}), "lapse") == pytest.approx(14 * 1_000)


def test_an_even_pace_releases_a_part_each_month_and_keeps_what_is_not_used() -> None:
    later = PROVIDER | {"first_month": "2018-08", "monthly_amount": 250}
    drawn = planned(AWARD | EVENLY | {"award": 1_400}, services=(later,)).monthly("drawdown")[0]
    assert drawn[:6] == pytest.approx([0, 0, 250, 150, 100, 100]), "100 a month: 300 are there in August, and 50 of them left"
    drawn = planned(YEARLY | EVENLY).monthly("drawdown")[0]
    assert drawn == pytest.approx([500] * MONTHS)


def test_columns_pay_their_line_by_share_and_by_amount_before_anything_else() -> None:
    columns = [
        {"name": "a", "source": "Grant", "position": "Position", "paid_by": "Source", "assigned_share": 0.6},
        {"name": "b", "source": "Grant", "position": "Position", "paid_by": "Cash match", "assigned_amount": 2_100},
    ]
    paid = planned(AWARD | {"award": 14_000} | MATCH, county_positions=[POSITION], funding_assignments=columns)
    assert paid.monthly("match_paid")[0] == pytest.approx([150] * MONTHS), "2,100 in fourteen months"
    share = (14_000 - 600 * 14) / (14_000 + 250 * 14)
    assert paid.monthly("drawdown")[0] == pytest.approx([600 + 1_250 * share] * MONTHS), "the rest of the award: of providers, and of 250"
    assert paid.monthly("paid_by_category")[0][0] == pytest.approx([600 + 150 + 250 * share] * MONTHS)
    assert said(paid, "match_shortfall") == pytest.approx(14_000 * 0.25 - 2_100), "known when the source ends"
    assert failed(paid) == {"match_is_met"}
    columns[1]["assigned_amount"] = 5_000
    over = planned(AWARD | {"award": 14_000} | MATCH, county_positions=[POSITION], funding_assignments=columns)
    assert said(over, "over_match") == pytest.approx(1_500)
    assert not failed(over)
    columns[1]["assigned_amount"] = 7_000
    twice = planned(AWARD | MATCH, county_positions=[POSITION], funding_assignments=columns)
    assert {"columns_of_position_add_up"} <= failed(twice), "60 and 50 percent"


def test_an_amount_of_a_column_that_finds_too_little_cost_is_said() -> None:
    column = {"name": "c", "source": "Grant", "service": "Provider", "assigned_amount": 9_000}
    for last, reached in (("2018-12", 7_000), ("2019-07", 9_000)):
        paid = planned(AWARD | {"award": 20_000, "last_month": last}, funding_assignments=[column])
        assert said(paid, "assigned_cost") == pytest.approx(reached)
        remarks = [one for one in findings(paid) if one.check == "column_amount_not_reached"]
        assert [(one.item, one.amount, one.since) for one in remarks] == [("c", 2_000, "2018-12")] * (reached < 9_000)
    assert not [one for one in findings(planned(AWARD)) if one.check == "column_amount_not_reached"]


def test_a_plan_stands_in_place_of_the_pace_and_its_shares_hold_when_cost_changes() -> None:
    lines = [
        {"name": "p", "source": "Grant", "category": PROVIDERS, "fiscal_year": "FY 2018-19", "share": 0.25},
        {"name": "q", "source": "Grant", "category": STAFF, "fiscal_year": "FY 2018-19", "amount": 1_200},
    ]
    plan = {"county_positions": [POSITION], "funding_plan": lines}
    paid = planned(AWARD, **plan)
    rest = (7_000 - 3_000 - 1_200) / 4_000
    assert paid.monthly("paid_by_category")[0][1] == pytest.approx([1_000 * rest] + [250] * 12 + [1_000 * rest])
    assert paid.monthly("paid_by_category")[0][0] == pytest.approx([1_000 * rest] + [100] * 12 + [1_000 * rest])
    dearer = planned(AWARD, services=(PROVIDER | {"monthly_amount": 1_200},), **plan)
    assert dearer.monthly("paid_by_category")[0][1][1:13] == pytest.approx([300] * 12)
    assert dearer.monthly("funding_gap")[1:13] == pytest.approx([900 + 900] * 12)
    of_all = planned(AWARD, funding_plan=[{"name": "all", "source": "Grant", "fiscal_year": "FY 2018-19", "share": 0.5, "amount": 3_000}])
    assert of_all.monthly("drawdown")[0][1:13] == pytest.approx([250] * 12), "the amount is less than half of the cost"


def test_a_source_pays_only_at_its_places() -> None:
    services = (PROVIDER | {"site": "A"}, PROVIDER | {"name": "Other", "site": "B", "monthly_amount": 600}, PROVIDER | {"name": "All"})
    city = AWARD | AS_COST_ARISES | {"name": "City", "award": 50_000, "pays_only_at": ["B"]}
    rest = AWARD | AS_COST_ARISES | {"award": 100_000}
    for sources, drawn in (((city, rest), [600, 2_000]), ((rest | {"award": 14_000 * 1.3}, city), [2_600, 0])):
        assert planned(*sources, services=services).monthly("drawdown")[:, 0] == pytest.approx(drawn)
    column = {"name": "c", "source": "Grant", "service": "Other", "assigned_share": 0.5}
    paid = planned(rest | {"award": 0.0}, city, services=services, funding_assignments=[column])
    assert paid.monthly("drawdown")[1] == pytest.approx([600] * MONTHS), "what its column could not pay is cost of its place"


def test_program_income_is_added_deducted_or_counted_as_match() -> None:
    def with_income(use: str) -> Projection:
        fee = AWARD | {"name": "Fee", "award": 0, "amount_per_unit": 10, "driver": "open sites", "income_of": "Grant", "income_use": use}
        fee.pop("award")
        return planned(fee, AWARD | AS_COST_ARISES | {"award": 2_000} | {"match": {"rate": 0.25, "basis": "grant spent", "pledged": 100}})

    assert said(with_income("Added"), "all_drawdown") == pytest.approx(13 * 20 + 2_000)
    less = with_income("Deducted")
    assert less.monthly("income_deducted")[1][:4] == pytest.approx([0, 16, 16, 0]), "its share of it, until the award is drawn"
    assert said(less, "all_drawdown") == pytest.approx(13 * 20 + 2_000 - 32)
    counted = with_income("Counted as match")
    owed, met = counted.monthly("match_owed")[1][:3], counted.monthly("match_met_before_cash")[1][:3]
    assert owed == pytest.approx([200, 200, 100]), "of 1,000 a month, of which income pays 20 and is counted as match"
    assert met == pytest.approx([0, 20, 20])
    assert counted.monthly("match_paid")[1][:3] == pytest.approx([100, 0, 0]), "the pledge is 100"
    assert said(counted, "match_shortfall") == pytest.approx(500 - 100 - 40)


def test_value_in_kind_is_in_the_project_total_and_in_no_appropriation() -> None:
    gifts = [
        {"name": "Room", "source": "Grant", "category": PROVIDERS, "giver": "A church", "first_month": "2018-07", "last_month": "2018-08", "monthly_value": 100},
        {"name": "Van", "source": "Grant", "category": PROVIDERS, "first_month": "2019-01", "last_month": "2019-04", "total_value": 1_000},
    ]  # fmt: skip
    match = {"match": {"rate": 0.25, "basis": "grant spent", "in_kind_share": 1, "in_kind_pledged": 300}}
    paid = planned(AWARD | match, in_kind_contributions=gifts)
    assert paid.monthly("value_of_contribution")[:, [1, 2, 7, 10]] == pytest.approx(np.array([[100, 100, 0, 0], [0, 0, 250, 250]]))
    assert said(paid, "in_kind_match_owed") == pytest.approx(1_750)
    assert said(paid, "in_kind_match_given") == pytest.approx(1_500)
    assert paid.monthly("in_kind_match_shortfall")[0] == pytest.approx([0] * 13 + [250]), "known when the source ends"
    short = next(check for check in paid.checks if check.name == "in_kind_match_is_met")
    assert short.amount == pytest.approx(250)
    assert said(paid, "project_total") - said(paid, "gross_appropriation") == pytest.approx(1_500)
    assert said(paid, "gross_appropriation") == pytest.approx(14_000)


def test_overhead_is_claimed_beside_what_is_drawn_and_reduces_net_county_cost_alone() -> None:
    paid = planned(AWARD | {"award": 7_700, "claimable_indirect_rate": 0.1})
    assert paid.monthly("drawdown")[0] == pytest.approx([500] * MONTHS)
    assert paid.monthly("indirect_claimed")[0] == pytest.approx([50] * MONTHS)
    assert said(paid, "funding_gap") == pytest.approx(7_000)
    assert said(paid, "net_county_cost") == pytest.approx(7_000 - 700)
    opening, *changes, _, closing = change_table(paid, "FY 2018-19").lines
    assert opening.exact.revenue + sum(line.exact.revenue for line in changes) == pytest.approx(closing.exact.revenue)
    arises = planned(AWARD | AS_COST_ARISES | {"award": 2_150, "claimable_indirect_rate": 0.1})
    assert arises.monthly("indirect_claimed")[0][:3] == pytest.approx([100, 50, 0]), "as far as the award has money left"
    evenly = planned(AWARD | EVENLY | {"award": 7_700, "claimable_indirect_rate": 0.1})
    assert evenly.monthly("drawdown")[0] == pytest.approx([500] * MONTHS), "550 a month are released, for 500 of cost and 50 of overhead"
    assert evenly.monthly("indirect_claimed")[0] == pytest.approx([50] * MONTHS)
    assert not failed(paid) | failed(arises) | failed(evenly)


def test_county_money_is_authorized_and_what_is_not_asked_for_is_not_lost() -> None:
    county = YEARLY | {"name": "County", "treatment": "Net county cost", "timing": "Ongoing", "yearly_amount": 12_000, "status": "Awarded"}
    paid = planned(AWARD | {"award": 15_400, "last_month": "2019-07", "status": "Awarded", "pays": [PROVIDERS]}, county)
    assert said(paid, "county_money_authorized") == pytest.approx(14_000)
    assert said(paid, "county_money_not_asked_for") == pytest.approx(14_000)
    assert said(paid, "all_outside_money_lost") == pytest.approx(1_400)
    assert paid.by_year("all_drawdown_awarded")[-1] == pytest.approx(14_000)
    short = planned(county, services=(PROVIDER, OVERHEAD))
    assert said(short, "net_county_cost") == pytest.approx(28_000)
    assert said(short, "funding_gap") == pytest.approx(14_000), "county money beyond what is authorized"
    asked = planned(county | {"status": "Requested"}, services=(PROVIDER, OVERHEAD))
    assert (said(asked, "county_money_authorized"), said(asked, "county_money_asked_for")) == (0, pytest.approx(14_000))


def test_the_least_share_for_providers_is_met_by_the_source_s_own_money() -> None:
    """Half of the cost is providers'; the grant draws half of all, its match pays the other half: 60 percent are not met."""
    grant = AWARD | AS_COST_ARISES | {"award": 14_000, "least_to_community_providers": 0.6}
    paid = planned(grant | {"match": {"rate": 1, "pledged": 14_000}}, services=(PROVIDER, OVERHEAD))
    assert paid.by_year("paid_to_community_providers")[0][-1] == pytest.approx(7_000)
    assert paid.by_year("short_of_community_minimum")[0][-1] == pytest.approx(0.1 * 14_000)


def test_the_least_share_for_evaluation_is_as_well() -> None:
    """A tenth of what is drawn is evaluation's, and 15 percent are asked for."""
    study = PROVIDER | {"name": "Study", "category": EVALUATION, "monthly_amount": 1_000 / 9}
    grant = AWARD | AS_COST_ARISES | {"award": 7_000, "pays": [PROVIDERS, EVALUATION], "least_to_evaluation": 0.15}
    paid = planned(grant | {"match": {"rate": 1, "pledged": 7_000}}, services=(PROVIDER, study))
    assert paid.by_year("paid_for_evaluation")[0][-1] == pytest.approx(700)
    assert paid.by_year("short_of_evaluation_minimum")[0][-1] == pytest.approx(0.05 * 7_000)
    assert failed(paid) == {"evaluation_gets_its_share"}
    (duty,) = of_kind(findings(paid), Kind.DUTY)
    assert duty.detail.startswith("At least 15% of what is drawn in a year must go for data and evaluation: $350 is missing")


# From July 2018, extended to July 2019: three months to start up, two to close, eight with services between.
IN_MONTHS = AWARD | AS_COST_ARISES | {
    "award": 100_000, "first_month": "2018-07", "last_month": "2019-06", "extension_months": 1, "start_up_months": 3, "close_out_months": 2,
}  # fmt: skip
OPEN = np.array([0] + [1_000] * 13)
SERVED = np.array([0] * 4 + [1_000] * 8 + [0] * 2)


def test_services_are_not_paid_in_months_of_start_up_and_close_out_and_all_else_is() -> None:
    paid = planned(IN_MONTHS | MATCH, services=(PROVIDER, OVERHEAD))
    assert paid.monthly("drawdown")[0] == pytest.approx((OPEN + SERVED) * 0.8), "and its match is a fifth of each"
    categories = list(CostCategory)
    of_each = paid.monthly("paid_by_category")[0][[categories.index(CostCategory(name)) for name in (PROVIDERS, ADMINISTRATION)]]
    assert of_each == pytest.approx(np.array([SERVED, OPEN]) * 0.8), "nothing is pledged"
    (remark,) = [finding for finding in findings(paid) if finding.check == "source_pays_no_services"]
    assert (remark.amount, remark.since) == (5, "2018-07")
    assert "In 5 months at the start and end" in remark.detail
    share = planned(IN_MONTHS | {"award": 10_500, "pace": "Constant share of cost"}, AWARD, services=(PROVIDER, OVERHEAD))
    assert share.monthly("drawdown")[0] == pytest.approx((OPEN + SERVED) / 2), "10,500 of the 21,000 that it may pay"
    begun = planned(YEARLY | {"yearly_amount": 24_000, "first_month": "2018-04", "start_up_months": 2.5})
    assert begun.monthly("drawdown")[0] == pytest.approx([0] + [1_000] * 13), "April and May were before the plan, a part counts as whole"
    never = planned(IN_MONTHS | {"start_up_months": 12}).monthly("drawdown")[0]
    assert not never.any(), "months of both kinds may meet"


def test_columns_of_services_wait_for_their_source_in_the_other_months_only() -> None:
    county = AWARD | AS_COST_ARISES | {"name": "County", "award": 100_000}
    column = {"name": "Half", "source": "Grant", "service": "Provider"}
    grant = IN_MONTHS | {"pays": [STAFF]}
    paid = planned(grant, county, funding_assignments=[column | {"assigned_share": 0.5}])
    assert paid.monthly("drawdown") == pytest.approx(np.array([SERVED / 2, 1_000 - SERVED / 2]))
    (remark,) = [finding for finding in findings(paid) if finding.check == "column_names_services_not_paid"]
    assert (remark.item, remark.amount, remark.since) == ("Half", pytest.approx(5 * 500), "2018-07")
    by_amount = planned(grant, county, funding_assignments=[column | {"assigned_amount": 2_000}])
    assert by_amount.monthly("drawdown")[0] == pytest.approx(SERVED / 4), "the amount is reached in the other months"
    assert not said(by_amount, "services_not_paid_by_column")
    matched = grant | {"match": {"rate": 0.25, "basis": "grant spent"}}
    by_match = planned(matched, county, funding_assignments=[column | {"assigned_share": 0.5, "paid_by": "Cash match"}])
    assert by_match.monthly("match_paid")[0] == pytest.approx(SERVED / 2), "its match follows the same months"


def test_drug_medi_cal_has_a_non_federal_share_claims_that_fail_and_months_before_it_begins() -> None:
    care = {
        "name": "R", "kind": "Outpatient treatment", "category": "Substance use treatment", "need_share": 1, "first_month": "2018-06",
        "unit_rate": 100, "places": 50, "stay_days": 30, "medi_cal_share": 0.9,
    }  # fmt: skip
    share = {"name": "F", "first_month": "2018-06", "newly_eligible": 0.9, "others": 0.5}
    sources = [
        {key: value for key, value in AWARD.items() if key != "award"} | {"name": name, "pays": ["Substance use treatment"], flag: True}
        for name, flag in (("Federal", "drug_medi_cal"), ("Realignment", "nonfederal_drug_medi_cal"))
    ]
    general = {"medi_cal_eligible_share": 0.8, "claim_success_share": 0.95}
    paid = planned(*sources, services=(), treatment_and_housing=[care], federal_shares=[share], general=general)
    cost, drawn = paid.monthly("care_cost")[0], paid.monthly("drawdown")
    assert drawn[0] == pytest.approx(cost * 0.9 * 0.8 * 0.95 * 0.5)
    assert drawn[1] == pytest.approx(drawn[0]), "the other half of the same claims"
    late = planned(
        *sources, services=(), treatment_and_housing=[care], federal_shares=[share], general=general | {"medi_cal_activation_months": 1}
    )
    entered, active = late.monthly("all_enrollments"), late.monthly("all_active_participants")
    assert late.monthly("drawdown")[0][2] == pytest.approx(drawn[0][2] * (1 - entered[2] / active[2]))
    assert late.monthly("drawdown")[0][1] == 0, "everybody has just come"


def test_value_in_kind_may_count_first_and_cash_is_owed_for_the_rest() -> None:
    """20 percent of a project of 100,000 is 20,000: 6,000 are given in kind, a line of 14,000 pays the rest; of 13,000 a thousand is short."""
    first = {"first_month": "2019-07"}
    grant = first | {"name": "Grant", "treatment": "Revenue", "timing": "One-time", "award": 80_000, "pays": ["County staff"]}
    match = {"rate": 0.2, "basis": "total project cost", "in_kind_counts_first": True}
    for cash, short in ((14_000, 0), (13_000, 1_000), (15_000, 0)):
        services = [first | {"name": name, "one_time_amount": amount} for name, amount in (("Paid", 80_000), ("Matched", cash))]
        columns = [
            {"name": name, "source": "Grant", "paid_by": paid_by, "service": name, "assigned_share": 1}
            for name, paid_by in (("Paid", "Source"), ("Matched", "Cash match"))
        ]
        plan = {"name": "Form", "months": 12, **first, "services_and_supplies": services, "funding_assignments": columns}
        rooms = first | {"name": "Rooms", "source": "Grant", "category": "County staff", "monthly_value": 500}
        scenario = Scenario.model_validate(plan | {"funding_sources": [grant | {"match": match}], "in_kind_contributions": [rooms]})
        now = project(scenario)
        assert now.by_year("match_met_before_cash")[0, -1] == pytest.approx(6_000)
        assert now.by_year("match_shortfall")[0, -1] == pytest.approx(short)
        assert now.by_year("over_match")[0, -1] == pytest.approx(max(0, cash - 14_000))
        (said,) = matches_to_pledge(now)
        assert "20% of $100,000" in said.words and "value in kind and program income meet $6,000" in said.words


@pytest.mark.parametrize("above", [True, False], ids=["above the grant", "below it"])
@pytest.mark.parametrize("pace", ["As cost arises", "Constant share of cost"])
def test_what_counts_as_match_first_leaves_the_whole_award_to_be_drawn(above: bool, pace: str) -> None:
    """14,000 of cost: three quarters are the grant's; a partner's cash, or value in kind, is a part of the match, cash the rest."""
    grant = AWARD | {"award": 10_500.0, "pace": pace, "match": {"rate": 0.25, "basis": "total project cost", "pledged": 2_000}}
    partner = AWARD | AS_COST_ARISES | {"name": "Partner", "award": 1_500.0, "income_of": "Grant", "income_use": "Counted as match"}
    paid = planned(*((partner, grant) if above else (grant, partner)))
    at = int(above)
    assert (paid.monthly("drawdown")[at].sum(), paid.monthly("match_paid")[at].sum()) == pytest.approx((10_500, 2_000))
    assert said(paid, "funding_gap") == pytest.approx(0) and not failed(paid)
    room = {"name": "Room", "source": "Grant", "category": PROVIDERS, "first_month": "2018-07", "total_value": 1_500}
    grant["match"] |= {"in_kind_counts_first": True}
    in_kind = planned(grant | {"award": 11_625.0, "match": grant["match"] | {"pledged": 2_375}}, in_kind_contributions=[room])
    assert (in_kind.monthly("drawdown")[0].sum(), in_kind.monthly("match_paid")[0].sum()) == pytest.approx((11_625, 2_375))
    assert said(in_kind, "funding_gap") == pytest.approx(0) and not failed(in_kind)


def test_income_that_is_deducted_lowers_grant_and_match_by_their_shares() -> None:
    """2 CFR 200.307(e)(1): it is deducted from the cost that is shared, 14,000 less 1,400."""
    fee = AWARD | {"name": "Fee", "amount_per_unit": 100, "driver": "open sites", "income_of": "Grant", "income_use": "Deducted"}
    del fee["award"]
    grant = AWARD | AS_COST_ARISES | {"award": 10_500.0, "match": {"rate": 0.25, "basis": "total project cost", "pledged": 3_500}}
    paid = planned(fee, grant)
    income = said(paid, "all_drawdown") - paid.monthly("drawdown")[1].sum()
    shares = paid.monthly("drawdown")[1].sum(), paid.monthly("match_paid")[1].sum()
    assert shares == pytest.approx(((14_000 - income) * 0.75, (14_000 - income) * 0.25)) and income > 1_000
    assert said(paid, "funding_gap") == pytest.approx(0)


def test_what_columns_assign_beyond_a_limit_or_a_cost_is_said_where_it_arises() -> None:
    """A salary of 12,000 a year with a limit of 9,000; and 40 dollars twice of a line of 60, which no model is at fault for."""
    column = {"name": "c", "source": "Grant", "position": "Position", "assigned_share": 1, "limit": 9_000, "limit_each": "Salary of a year"}
    limited = planned(AWARD | {"award": 50_000}, county_positions=[POSITION], funding_assignments=[column])
    (above,) = (one for one in findings(limited) if one.check == "column_above_limit")
    assert above.detail.startswith("$3,500 of what it names is above the limit of $9,000 for each salary of a year: no source pays it")
    once = {"name": "Van", "category": PROVIDERS, "first_month": "2018-06", "one_time_amount": 60}
    twice = [{"name": name, "source": name, "service": "Van", "assigned_amount": 40} for name in ("Grant", "City")]
    over = planned(AWARD, AWARD | {"name": "City"}, services=(once,), funding_assignments=twice)
    told = [one.detail for one in findings(over) if one.kind is Kind.FAULT]
    assert told and not any("the model or the workbook is at fault" in detail for detail in told)
