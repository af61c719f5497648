"""What version 0.4.0 said otherwise of a plan of its own, with both amounts, when it is opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from budget_model import load_scenario, project
from budget_model.__main__ import main
from budget_model.analysis.mended import mended
from budget_model.scenario.file import form_of_file

SITE = {"name": "Area", "go_live": "2019-07", "slots": 50, "eligible_people": 500, "social_contact_referrals": 5}
GRANT = {
    "name": "Grant",
    "treatment": "Revenue",
    "timing": "One-time",
    "pays": ["Community providers", "Services and supplies"],
    "award": 60_000,
}
BEDS = {"name": "Winter", "kind": "Interim housing", "category": "Interim housing", "driver": "enrollments", "need_share": 1, "places": 20, "first_month": "2019-10", "last_month": "2020-02", "stay_days": 300}  # fmt: skip
COST = {"first_month": "2019-07", "monthly_amount": 5_000}
YEARS = [
    {"name": "First", "first_month": "2019-07", "last_month": "2020-06", "monthly_amount": 15_000},
    {"name": "Second", "first_month": "2020-07", "monthly_amount": 10_000},
]
COUNTY = {"name": "County", "treatment": "Net county cost", "timing": "Ongoing", "pays": ["Services and supplies"], "yearly_amount": 300_000, "first_month": "2019-07"}  # fmt: skip
PLANS: dict[str, tuple[dict[str, Any], str]] = {
    "people who lose their bed": (
        {"treatment_and_housing": [BEDS]},
        "Winter: 28.1 are placed, and 17.9 lose their place because places close; version 0.4.0 set these off and said 10.1.",
    ),
    "match for providers": (
        {
            "services_and_supplies": [{"name": "Provider", "category": "Community providers", **COST}, {"name": "Other", **COST}],
            "funding_sources": [
                GRANT
                | {
                    "first_month": "2019-07",
                    "least_to_community_providers": 0.6,
                    "match": {"rate": 1, "basis": "grant spent", "pledged": 60_000},
                }
            ],
        },
        "Grant: $30,000 of its cash match no longer counts for the least share of community providers; "
        "$6,000 is missing to it, where version 0.4.0 said nothing.",
    ),
    "county money year by year": (
        {
            "months": 24,
            "general": {"county_baseline": 120_000},
            "services_and_supplies": YEARS,
            "funding_sources": [GRANT | {"first_month": "2020-07", "no_supplanting": True}, COUNTY],
        },
        "$60,000 of grant money replaces the County's own, judged by fiscal year; version 0.4.0 said nothing in all.",
    ),
}


@pytest.mark.parametrize("kind", PLANS)
def test_what_is_mended_is_said_of_an_old_plan_alone(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts, sentence = PLANS[kind]
    content = {"name": "Plan", "first_month": "2019-07", "months": 12, "sites": [SITE]} | parts
    old, new, over = (tmp_path / f"{name}.yaml" for name in ("old", "new", "over"))
    old.write_text(yaml.safe_dump(content))
    new.write_text(yaml.safe_dump({"form": 3, **content}))
    over.write_text("form: 3\nextends: old.yaml\nname: Over\n")
    assert [form_of_file(path) for path in (old, new, over)] == [1, 3, 1]
    assert mended(project(load_scenario(old)), 1) == (sentence,)
    for path in (old, new, over):
        for command in ("check", "project"):
            main([command, str(path)])
            assert (sentence in capsys.readouterr().out) is (path != new)
