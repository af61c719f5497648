"""What a budget does not print need not be typed: sites, slots, the amount of a source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from budget_model import Scenario, load_scenario, project
from budget_model.analysis.findings import findings
from budget_model.errors import ScenarioError

RENT = {"name": "Rent", "first_month": "2019-07", "monthly_amount": 100}
GRANT = {"name": "Grant", "treatment": "Revenue", "timing": "One-time", "pays": ["Services and supplies"], "first_month": "2019-10"}
PRINTED = {
    "form": 3,
    "name": "Printed",
    "first_month": "2019-07",
    "months": 12,
    "services_and_supplies": [RENT],
    "funding_sources": [GRANT],
}


def loaded(folder: Path, **parts: Any) -> Scenario:
    path = folder / "printed.yaml"
    path.write_text(yaml.safe_dump(PRINTED | parts, sort_keys=False))
    return load_scenario(path)


def test_a_budget_without_sites_is_of_one_and_its_slots_are_asked_for_where_people_come(tmp_path: Path) -> None:
    scenario = loaded(tmp_path)
    assert [(site.name, site.slots.value) for site in scenario.sites] == [("Program", 0)]
    assert Scenario.model_validate(scenario.model_dump(mode="json", exclude_defaults=True)) == scenario
    contract = {"name": "Provider", "site": "Program", "first_month": "2019-07", "operating_cost": 5}
    assert loaded(tmp_path, provider_contracts=[contract]).provider_contracts[0].site == "Program", "its name can be used"
    with pytest.raises(ScenarioError, match="Did you mean 'Program'"):
        loaded(tmp_path, provider_contracts=[contract | {"site": "Programme"}])
    with pytest.raises(ScenarioError) as refused:
        loaded(tmp_path, first_month="July")
    assert "sites[" not in str(refused.value), "what is wrong is said of the first month alone"
    with pytest.raises(ScenarioError, match=r"sites\[Area\].slots is missing; expected the most participants at a time"):
        loaded(tmp_path, sites=[{"name": "Area", "go_live": "2019-07", "community_referrals": 5, "eligible_people": 50}])


def test_a_source_without_an_amount_pays_what_arises_and_that_is_said(tmp_path: Path) -> None:
    projection = project(loaded(tmp_path))
    assert projection.monthly("drawdown")[0].tolist() == [0] * 3 + [100] * 9
    assert float(projection.by_year("funding_gap")[-1]) == 300, "outside its period nobody pays"
    assert not projection.by_year("award_left").any() and not projection.by_year("lapse").any()
    (said,) = (found for found in findings(projection) if found.check == "money_without_an_amount")
    assert "No amount is said of it, so it pays $900" in said.detail
    match = {"rate": 0.25, "basis": "grant spent", "pledged": 1_000}
    matched = project(loaded(tmp_path, funding_sources=[GRANT | {"match": match, "claimable_indirect_rate": 0.1}]))
    drawn, paid, claimed = (float(matched.by_year(row)[0, -1]) for row in ("drawdown", "match_paid", "indirect_claimed"))
    assert (drawn, claimed) == pytest.approx((720, 72))
    assert paid == pytest.approx(180), "of the match on overhead claimed no cost is left to pay"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"funding_sources": [GRANT | {"pays_what_arises": True, "award": 5}]}, "expected one of: award, yearly_amount"),
        ({"funding_sources": [GRANT | {"pace": "Even over its period"}]}, "expected 'As cost arises': it has no amount"),
        (
            {"caps": [{"name": "Cap", "source": "Grant", "category": "Services and supplies", "share": 0.1, "of": "Award"}]},
            "caps[Cap].of is 'Award'; expected 'Money spent', or an amount of 'Grant'",
        ),
    ],
)
def test_what_needs_an_amount_is_refused_without_one(tmp_path: Path, parts: dict[str, Any], expected: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        loaded(tmp_path, **parts)
    assert expected in str(refused.value)
