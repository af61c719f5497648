"""The page Budget units: each unit with its money, what units buy from each other, and the plan they add up to."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from dashboard import dashboard, words

from budget_model.pages.shared import catalog

PLAN = {
    "form": 3, "name": "Two units", "first_month": "2018-07", "months": 24,
    "sites": [{"name": "A", "go_live": "2018-07", "slots": 10, "social_contact_referrals": 5, "eligible_people": 500}],
    "county_positions": [
        {
            "name": "Deputy", "department": "Public Defender", "purchased_by": "Office of Diversion and Reentry", "purchased_share": 0.8,
            "number": 1, "hire_month": "2018-07", "monthly_salary": 12_500,
        }
    ],
    "services_and_supplies": [{"name": "Training", "first_month": "2018-07", "monthly_amount": 1_000}],
}  # fmt: skip


def test_the_page_shows_units_their_purchases_and_the_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "two_units.yaml").write_text(yaml.safe_dump(PLAN))
    monkeypatch.setattr(catalog, "FOLDER", tmp_path)
    app = dashboard("budget_units", scenario="two_units", year="FY 2018-19")
    said = words(app)
    assert not app.exception
    assert "the units budget $282,000 together. They buy $120,000 of it from each other, so the plan costs $162,000." in said
    assert "($120,000)" in said and "Deputy" in said and "Share of its cost" in said and "80%" in said
    app.selectbox(key="unit").select("Public Defender").run()
    assert not app.exception and "Sold to other units of this plan" in words(app)
    assert app.selectbox(key="unit").options == ["Public Defender", "Office of Diversion and Reentry"]


def test_the_overview_has_the_change_table_of_each_unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "two_units.yaml").write_text(yaml.safe_dump(PLAN))
    monkeypatch.setattr(catalog, "FOLDER", tmp_path)
    app = dashboard(scenario="two_units").run()
    assert not app.exception
    labels = [one.label for one in app.expander]
    assert "Changes of Public Defender" in labels and "Changes of Office of Diversion and Reentry" in labels
    said = words(app)
    assert "1.0 position and $150,000 of ongoing cost, offset by $120,000 from Office of Diversion and Reentry." in said
    assert "The unit buys $120,000 from Public Defender." in said


def test_a_plan_without_purchases_says_where_they_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one_unit.yaml").write_text(yaml.safe_dump(PLAN | {"county_positions": []}))
    monkeypatch.setattr(catalog, "FOLDER", tmp_path)
    said = words(dashboard("budget_units", scenario="one_unit"))
    assert "Over all years the units budget $24,000 together. They buy nothing from each other." in said
    assert "Where one is, the field Purchased by of the line names the unit." in said
