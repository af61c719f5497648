"""Who pays, as readers see it: words for what is awarded and what is not, lines by payer, and who pays what a cap refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, Pool

from budget_model import Projection, Scenario, project
from budget_model.__main__ import main
from budget_model.analysis.findings import findings
from budget_model.analysis.lines_by_payer import UNPAID, lines_by_payer, payers
from budget_model.analysis.who_pays import (
    SAVED,
    Part,
    Standing,
    awarded_in_words,
    by_standing,
    cap_uses,
    outside_money_in_words,
    plan_lines,
    who_pays,
)
from budget_model.projection import MATCH_LABEL
from budget_model.scenario.text import scenario_text

CENT = 0.005
PUBLISHED = ROOT / "tests" / "analysis" / "published"
SUPPLIES = {"name": "Supplies", "category": "Services and supplies", "first_month": "2019-07", "monthly_amount": 1_000}
STUDY = SUPPLIES | {"name": "Study", "category": "Data and evaluation"}
GRANT = {
    "name": "Grant", "treatment": "Revenue", "timing": "One-time", "status": "Awarded", "first_month": "2019-07", "award": 12_000,
    "pays": ["Services and supplies", "Data and evaluation"], "pace": "As cost arises",
}  # fmt: skip
COUNTY = GRANT | {"name": "County", "treatment": "Net county cost", "status": "Requested", "award": 2_000}


def plan(*sources: dict[str, object], **parts: object) -> Projection:
    site = {"name": "A", "go_live": "2019-07", "slots": 50, "eligible_people": 500, "social_contact_referrals": 5}
    scenario = {"name": "Plan", "first_month": "2019-07", "months": 12, "sites": [site], "services_and_supplies": [SUPPLIES, STUDY]}
    return project(Scenario.model_validate(scenario | {"funding_sources": sources} | parts))


def test_every_line_is_paid_in_full_and_every_payer_pays_what_it_draws(pool: Pool) -> None:
    for scenario, projection in pool:
        lines = lines_by_payer(projection)
        for line in lines:
            assert sum(line.paid.values()) == pytest.approx(line.cost, abs=CENT, rel=0), line.name
        paid = {name: sum(line.paid.get(name, 0.0) for line in lines) for name in payers(lines)}
        drawn, matched = projection.by_year("drawdown")[:, -1], projection.by_year("match_paid")[:, -1]
        for index, source in enumerate(scenario.funding_sources):
            assert paid.get(source.name, 0.0) == pytest.approx(drawn[index], abs=CENT, rel=0)
            assert paid.get(f"{MATCH_LABEL}{source.name}", 0.0) == pytest.approx(matched[index], abs=CENT, rel=0)
        assert paid.get(UNPAID, 0.0) == pytest.approx(projection.by_year("funding_gap")[-1], abs=CENT, rel=0)
        assert paid.get(SAVED, 0.0) == pytest.approx(-projection.by_year("saved_beyond_cost")[-1], abs=CENT, rel=0)


def test_a_published_form_prints_by_column_and_foots(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["form", str(PUBLISHED / "three-column-template-federal-cash-inkind.yaml"), "--columns"]) == 0
    total = capsys.readouterr().out.splitlines()[-2].split()
    assert total == ["Project", "total", "$209,310", "$10,707", "$50,000", "$270,017"]


@pytest.mark.parametrize("rounding", [{}, {"to": "dollar", "mode": "up"}, {"to": "dollar", "applies_to": "totals only"}])
def test_printed_columns_foot_in_both_directions(rounding: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three lines of 1,000.40 that two sources share: whole dollars beside an exact total would be a dollar apart."""
    line = {"first_month": "2019-07", "one_time_amount": 1_000.4}
    services = [line | {"name": f"Line {number}"} for number in range(3)]
    scenario = Scenario.model_validate(
        {"name": "Foots", "first_month": "2019-07", "months": 12, "rounding": rounding, "services_and_supplies": services}
        | {"funding_sources": [GRANT | {"award": 1_700, "pays": ["Services and supplies"]}, COUNTY | {"pays": ["Services and supplies"]}]}
    )
    (tmp_path / "plan.yaml").write_text(scenario_text(scenario), encoding="utf-8")
    assert main(["form", str(tmp_path / "plan.yaml"), "--columns"]) == 0
    *lines, total, _ = [re.findall(r"\$([\d,.]+)", line) for line in capsys.readouterr().out.splitlines()[1:]]
    found = np.array([[float(number.replace(",", "")) for number in line] for line in [*lines, total]])
    assert found[:-1].sum(axis=0) == pytest.approx(found[-1]) and found[:, :-1].sum(axis=1) == pytest.approx(found[:, -1])


def test_only_what_is_awarded_pays() -> None:
    asked = GRANT | {"name": "Second", "status": "Applied for", "award": 3_000}
    unknown = GRANT | {"name": "Third", "status": "Not stated", "award": 1_000}
    earned = GRANT | {"name": "Claims", "status": "Earned by claims", "award": 2_500}
    projection = plan(GRANT, asked, unknown, earned, COUNTY)
    words = (
        "Outside money that is awarded pays $12,000; to that would come $2,500 from claims, $3,000 that is asked for and not granted yet "
        "and $1,000 whose status is not stated."
    )
    assert outside_money_in_words(projection) == words
    assert (
        outside_money_in_words(plan(asked)) == "No outside money is awarded; there would come $3,000 that is asked for and not granted yet."
    )
    assert [line.label for line in who_pays(plan(earned)) if line.part is Part.PAYS] == ["Outside money that claims would earn", UNPAID]
    sums = by_standing(projection, "drawdown")
    assert [sums[kind][-1] for kind in Standing] == pytest.approx([12_000, 2_500, 3_000 + 2_000, 1_000])
    total = projection.record()["total"]
    assert (total["drawn_from_awarded_sources"], total["drawn_from_other_sources"]) == pytest.approx((12_000, 8_500))


def test_what_is_drawn_from_awarded_sources_says_what_of_it_is_the_countys_own() -> None:
    assert awarded_in_words(plan(GRANT, COUNTY | {"status": "Awarded"})) == (
        "Drawn from awarded sources: $12,000 from outside and $2,000 of County money that is authorized."
    )
    assert awarded_in_words(plan(GRANT, COUNTY)) == "", "the County's own is only asked for"


def test_a_cap_says_what_it_refuses_and_who_pays_it() -> None:
    """10 percent of 24,000 may go to the study, which costs 12,000: 9,600 are refused, 2,000 the County pays, nobody the rest."""
    cap = {"name": "Studies", "source": "Grant", "category": "Data and evaluation", "of": "Award", "share": 0.1}
    projection = plan(GRANT | {"award": 24_000}, COUNTY, caps=[cap])
    (use,) = cap_uses(projection)
    assert (use.limit, use.used, use.refused) == pytest.approx((2_400, 2_400, 9_600))
    assert use.payers == "County $2,000; No source: the funding gap $7,600"
    (remark,) = [finding for finding in findings(projection) if finding.check == "cost_above_cap"]
    assert remark.detail.endswith(f"$9,600 above it is refused and left to: {use.payers}.")


def test_what_caps_refuse_is_paid_by_later_sources_or_nobody(pool: Pool) -> None:
    for scenario, projection in pool:
        names = [source.name for source in scenario.funding_sources]
        for use in cap_uses(projection):
            later = {*names[names.index(use.cap.source) + 1 :], UNPAID}
            assert set(use.paid_by) <= later
            assert sum(use.paid_by.values()) == pytest.approx(use.refused if use.paid_by else 0, abs=CENT, rel=0)


def test_a_plan_line_says_what_comes_of_it() -> None:
    lines = [{"name": "Half", "source": "Grant", "fiscal_year": "FY 2019-20", "share": 0.5, "amount": 6_000}]
    (line,) = plan_lines(plan(GRANT, funding_plan=lines))
    assert (line.of, line.asked, line.cost, line.share) == ("all its categories", "50% of the cost, at most $6,000", 24_000, 0.25)


def test_the_record_has_the_countys_money_the_project_total_and_what_is_lost() -> None:
    given = {"name": "Desks", "source": "Grant", "category": "Services and supplies", "first_month": "2019-07", "total_value": 1_200}
    projection = plan(GRANT | {"award": 30_000}, COUNTY, in_kind_contributions=[given])
    total = json.loads(json.dumps(projection.record()))["total"]
    assert (total["gross_appropriation"], total["project_total"]) == pytest.approx((24_000, 25_200))
    assert (total["county_money_authorized"], total["county_money_asked_for"]) == pytest.approx((0, 2_000)), "it is requested"
    assert total["outside_money_lost"] == pytest.approx(6_000)
    assert projection.record()["sources"]["County"]["status"] == "Requested"
