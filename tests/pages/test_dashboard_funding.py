"""The Funding page and what Overview and Motion say of who pays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote_plus

import pytest
import yaml
from conftest import ROOT
from dashboard import card, dashboard, words

from budget_model import load_scenario, project
from budget_model.analysis.who_pays import outside_money_in_words
from budget_model.analysis.why.addresses import read_address, text_of, value_at
from budget_model.formats import dollars
from budget_model.pages.shared import catalog
from budget_model.timeline import TOTAL

RICH: Mapping[str, object] = {
    "caps": [{"name": "Interim housing", "source": "Measure H", "category": "Interim housing", "of": "Money spent", "share": 0.3}],
    "funding_plan": [{"name": "AB 109", "source": "AB 109 realignment", "fiscal_year": "FY 2020-21", "share": 0.5}],
    "in_kind_contributions": [
        {"name": "Desks", "source": "BSCC LEAD grant", "category": "County staff", "giver": "City Attorney", "first_month": "2018-07", "total_value": 90_000}
    ],
}  # fmt: skip


def test_overview_and_motion_say_pays_only_of_what_is_awarded() -> None:
    projection = project(load_scenario(ROOT / "scenarios" / "expansion_2018.yaml"))
    said = outside_money_in_words(projection)
    app = dashboard(scenario="expansion_2018")
    assert "that is awarded pays" in said and "to that would come" in said and said in words(app)
    total = projection.record()["total"]
    assert card(app, "Outside money lost") == dollars(total["outside_money_lost"])
    assert card(app, "Drawn from awarded sources") == dollars(total["drawn_from_awarded_sources"])
    assert f"{dollars(total['funding_gap'])} is beyond what is authorized or asked, the funding gap" in words(app)
    assert "beyond what is authorized," not in words(app), "most of it is only asked for"
    app.switch_page("budget_model/pages/motion.py").run()
    assert said in words(app)


def test_sources_without_terms_or_pace_are_named_in_a_sentence_and_nothing_raises_no_alarm() -> None:
    app = dashboard(scenario="expansion_2018")
    lines = re.findall(r'<tr class="alert"><th.*?</tr>', words(app), re.DOTALL)
    assert lines and all("$" in line for line in lines), "no outside money is lost"
    app.switch_page("budget_model/pages/funding.py").run()
    said = words(app)
    assert "Without a share of their own: Drug Medi-Cal federal share (as cost arises)" in said and "no terms" not in said
    assert "Without terms: " in said and "Status: awarded, revenue, one-time" in said


def test_funding_shows_status_pace_caps_plan_columns_and_value_in_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rich = yaml.safe_load((ROOT / "scenarios" / "expansion_2018.yaml").read_text()) | RICH
    city = next(source for source in rich["funding_sources"] if source["name"].startswith("City share"))
    city["pays"] = []  # by columns alone
    rich["funding_assignments"].append(
        {"name": "City", "source": city["name"], "site": "North Long Beach", "category": "Public agencies", "assigned_share": 0.5}
    )
    (tmp_path / "rich.yaml").write_text(yaml.safe_dump(rich))
    monkeypatch.setattr(catalog, "FOLDER", tmp_path)
    app = dashboard("funding", scenario="rich")
    assert not app.exception
    projection = project(load_scenario(tmp_path / "rich.yaml"))
    said = words(app)
    for heading in (
        "Who pays",
        "The County&#x27;s own money",
        "Pace of the sources",
        "Funding plan",
        "Caps",
        "Value in kind",
        "Lines of the budget by what pays them",
    ):
        assert any(shown.value == heading.replace("&#x27;", "'") for shown in app.header), heading
    for text in (
        "Status: requested",
        "Asked for: these would pay, the County&#x27;s own among them",
        "Constant share of cost",
        "by plan",
        "by columns",
        "50% of the cost",
    ):
        assert text in said, text
    assert (
        "Measure H: at most 30% of the money spent for Interim housing" in said
        and "What it refuses is left to: ODR net county cost" in said
    )
    for row in ("cap_limit", "used_under_cap", "cost_above_cap"):
        figure = text_of(row, TOTAL, ["Interim housing"])
        (shown,) = re.findall(rf'why={re.escape(quote_plus(figure))}">([^<]+)</a>', said)
        assert shown == dollars(value_at(projection, read_address(projection, figure))), row
    for row in ("county_money_authorized", "county_money_not_asked_for", "net_county_cost", "project_total", "value_in_kind"):
        assert dollars(float(projection.by_year(row)[-1])) in said, row
