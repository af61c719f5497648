"""Hand-worked figures for the caps of sources: on categories and classes, of the award, award and match, or the money spent."""

from __future__ import annotations

import numpy as np
import pytest
from paid_plan import ADMINISTRATION, AS_COST_ARISES, AWARD, MONTHS, OVERHEAD, PROVIDER, failed, planned, said

from budget_model import Projection


def test_a_cap_is_held_in_every_month_of_a_constant_share_and_leaves_no_money_unused() -> None:
    cap = {"name": "Cap", "source": "Grant", "category": ADMINISTRATION, "of": "Award", "share": 0.1}
    paid = planned(AWARD | {"award": 10_000}, services=(PROVIDER, OVERHEAD), caps=[cap])
    by_category = paid.by_year("paid_by_category")[0][:, -1]
    assert by_category[[1, 9]] == pytest.approx([10_000 * 14 / 15, 10_000 / 15]), "of 14,000, and the 1,000 that the cap can take"
    assert np.ptp(paid.monthly("drawdown")[0]) == pytest.approx(0, abs=1e-6)
    more = planned(AWARD | {"award": 20_000, "last_month": "2019-07"}, services=(PROVIDER, OVERHEAD), caps=[cap])
    assert more.by_year("paid_by_category")[0][[1, 9], -1] == pytest.approx([14_000, 2_000])
    assert said(more, "outside_money_lost") == pytest.approx(4_000)
    assert said(more, "funding_gap") == pytest.approx(12_000)
    assert said(more, "cost_above_cap") == pytest.approx(12_000), "there is money for it in every month"


def test_caps_count_the_award_award_and_match_or_the_money_spent() -> None:
    def overhead(of: str, award: float = 10_000, share: float = 0.1) -> float:
        cap = {"name": "Cap", "source": "Grant", "category": ADMINISTRATION, "of": of, "share": share}
        matched = AWARD | AS_COST_ARISES | {"award": award, "match": {"rate": 0.25, "basis": "grant spent", "pledged": 50_000}}
        paid = planned(matched, services=(PROVIDER, OVERHEAD), caps=[cap])
        assert not failed(paid)
        return float(paid.by_year("paid_by_category")[0][9, -1])

    assert overhead("Award") == pytest.approx(1_250), "1,000 of the award's own money, and 250 of match beside it"
    assert overhead("Award and match") == pytest.approx(1_250), "a tenth of 12,500"
    assert overhead("Award", share=0) == 0
    assert overhead("Money spent", award=100_000) == pytest.approx(14_000 / 9), "a tenth of what is spent: 14,000 / 0.9 - 14,000"
    assert overhead("Money spent", award=100_000, share=1) == pytest.approx(14_000), "all of it binds nothing"
    assert overhead("Money spent", award=1_000) == pytest.approx(125), "and a tenth of a short award as well"


@pytest.mark.parametrize(
    ("pace", "paid"), [(AS_COST_ARISES, [1_000 / 9] * 12 + [1_400 - 12_000 / 9, 0]), ({}, [100] * MONTHS)], ids=["arises", "share"]
)
@pytest.mark.parametrize("capped", ["category", "class"])
def test_of_caps_with_different_bases_on_the_same_the_tightest_holds(pace: dict[str, object], paid: list[float], capped: str) -> None:
    """1.4% of 100,000 let 1,400 of 14,000 pass, 10% of the money spent a ninth of the other cost of each month, 2% with the match 2,000."""
    of_class = {"name": "Overhead", "appropriation_class": "Other Charges"}
    on = {"category": ADMINISTRATION} if capped == "category" else {"appropriation_class": "Other Charges"}
    services = (PROVIDER, OVERHEAD if capped == "category" else PROVIDER | of_class)
    bases = {"Award": 0.014, "Money spent": 0.1, "Award and match": 0.02}
    caps = [{"name": of, "source": "Grant", "of": of, "share": share} | on for of, share in bases.items()]
    plan = planned(AWARD | {"award": 100_000, "last_month": "2019-07"} | pace, services=services, caps=caps)
    assert plan.monthly("drawdown")[0] - 1_000 == pytest.approx(np.array(paid))
    assert plan.by_year("used_under_cap")[:, -1] == pytest.approx([1_400] * 3), "each counts what is paid, and no more"
    refused = plan.by_year("cost_above_cap")[:, -1]
    assert refused.sum() == pytest.approx(12_600) and refused.all(), "each cost is refused once, and named under all that refuse it"
    assert not failed(plan)


@pytest.mark.parametrize("on", [{"category": ADMINISTRATION}, {"appropriation_class": "Other Charges"}], ids=["category", "class"])
def test_no_money_waits_for_what_columns_and_the_plan_name_beyond_a_cap(on: dict[str, object]) -> None:
    """The column names 8,400, the cap lets 1,000 of 10,000 pass: 9,000 are left for providers, in each month the same."""
    cap = {"name": "Cap", "source": "Grant", "of": "Award", "share": 0.1} | on
    column = {"name": "c", "source": "Grant", "service": "Overhead", "assigned_share": 0.6}
    services = (PROVIDER, OVERHEAD | {"appropriation_class": "Other Charges"})
    named = planned(AWARD | {"award": 10_000}, services=services, caps=[cap], funding_assignments=[column])
    line = {"name": "p", "source": "Grant", "category": ADMINISTRATION, "fiscal_year": "FY 2018-19", "share": 0.6}
    plans = planned(AWARD | {"award": 10_000}, services=services, caps=[cap], funding_plan=[line])
    for paid, first in ((named, 0), (plans, 1)):
        of_providers, overhead = paid.monthly("paid_by_category")[0][[1, 9]]
        assert of_providers == pytest.approx([9_000 / 14] * MONTHS)
        assert overhead[first : first + 3] == pytest.approx([600, 400, 0]) and overhead.sum() == pytest.approx(1_000)
        assert said(paid, "outside_money_lost") == 0 and not failed(paid)


def test_a_cap_on_a_class_counts_its_part_of_each_category() -> None:
    other = PROVIDER | {"name": "Other", "appropriation_class": "Other Charges", "monthly_amount": 400}
    cap = {"name": "Cap", "source": "Grant", "appropriation_class": "Other Charges", "of": "Award", "share": 0.1}
    paid = planned(AWARD | AS_COST_ARISES | {"award": 10_000}, services=(PROVIDER, other), caps=[cap])
    assert paid.monthly("drawdown")[0][:4] == pytest.approx([1_400, 1_400, 1_200, 1_000]), "1,000 of the 400 a month"
    assert paid.monthly("refused_by_cap")[0, 0][:4] == pytest.approx([0, 0, 200, 400])


def test_a_cap_on_a_class_leaves_no_money_of_a_constant_share_unused() -> None:
    """28,000 of cost, half of it in the class: what the cap can take of it is a tenth of 14,000, or of what is drawn."""

    def paid(of: str, award: float = 14_000, **terms: object) -> Projection:
        cap = {"name": "Cap", "source": "Grant", "appropriation_class": "Other Charges", "of": of, "share": 0.1}
        other = PROVIDER | {"name": "Other", "appropriation_class": "Other Charges"}
        return planned(AWARD | {"award": award} | terms, services=(PROVIDER, other), caps=[cap])

    share = 14_000 / (14_000 + 1_400)
    of_award = paid("Award")
    assert of_award.monthly("drawdown")[0] == pytest.approx([1_000] * MONTHS), "as much as when it pays as cost arises"
    assert said(of_award, "drawdown") == pytest.approx(said(paid("Award", **AS_COST_ARISES), "drawdown"))
    assert of_award.monthly("cost_under_class_cap")[0, 0, 1] == pytest.approx([100 * share] * MONTHS), "100 a month, and 1,000 of the rest"
    assert (said(of_award, "funding_gap"), said(of_award, "outside_money_lost")) == pytest.approx((14_000, 0))
    ends = paid("Award", award=20_000, last_month="2019-07")
    assert (said(ends, "used_under_cap"), said(ends, "outside_money_lost")) == pytest.approx((2_000, 4_000))
    assert said(ends, "cost_above_cap") == pytest.approx(12_000), "there is money for it in every month"
    spent = paid("Money spent", award=20_000, last_month="2019-07")
    assert (said(spent, "used_under_cap"), said(spent, "drawdown")) == pytest.approx((14_000 / 9, 14_000 / 0.9))
    matched = paid("Award and match", match={"rate": 0.25, "basis": "grant spent", "pledged": 50_000})
    assert said(matched, "funding_gap") == pytest.approx(28_000 - 14_000 - 1_750), "of 17,500 with its match a tenth: 1,750 of the class"
