"""Caps and paces of files, steps and stored scenarios of forms 1 and 2: they mean what they meant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_forms import FILE, SOURCE, problems_of

from budget_model import Scenario, load_scenario
from budget_model.editing.patch import patched
from budget_model.scenario.choices import CapBasis, CostCategory, Pace
from budget_model.scenario.schema import Source
from budget_model.scenario.text import whole
from budget_model.store import bodies

CAP = {"value": 0.05, "unit": "share of award and match", "source": "Award letter, page 2", "confidence": "high", "owner": "ODR"}
CAPPED = SOURCE | {"administration_cap": CAP, "evaluation_cap": 0.1}
Caps = list[tuple[str, str, str, float]]


def loaded(folder: Path, content: dict[str, Any], name: str = "test.yaml") -> Scenario:
    path = folder / name
    path.write_text(yaml.safe_dump(json.loads(json.dumps(FILE | content)), sort_keys=False))
    return load_scenario(path)


def caps_of(scenario: Scenario) -> Caps:
    assert all(cap.of is CapBasis.AWARD_AND_MATCH and cap.appropriation_class is None for cap in scenario.caps)
    return [(cap.name, cap.source, str(cap.category), cap.share.number) for cap in scenario.caps]


BOTH: Caps = [
    ("Grant, administration", "Grant", CostCategory.INDIRECT, 0.05),
    ("Grant, evaluation", "Grant", CostCategory.DATA_AND_EVALUATION, 0.1),
]


@pytest.mark.parametrize("form", [{}, {"form": 1}, {"form": 2}])
def test_caps_and_pace_of_an_earlier_form_mean_what_they_meant(tmp_path: Path, form: dict[str, int]) -> None:
    scenario = loaded(tmp_path, form | {"funding_sources": [CAPPED]})
    assert caps_of(scenario) == BOTH
    given = scenario.caps[0].share
    assert (given.source, given.confidence, given.owner, given.is_given) == (CAP["source"], "high", "ODR", True)
    source = scenario.funding_sources[0]
    assert (source.pace, source.prorates_part_years) == (Pace.AS_COST_ARISES, False)
    assert loaded(tmp_path, {"form": 3, "funding_sources": [SOURCE]}).funding_sources[0].pace is Pace.CONSTANT_SHARE
    assert "administration_cap is 0.1; this key is not known" in _refused(
        tmp_path, {"form": 3, "funding_sources": [SOURCE | {"administration_cap": 0.1}]}
    )


def _refused(folder: Path, content: dict[str, Any]) -> str:
    path = folder / "refused.yaml"
    path.write_text(yaml.safe_dump(json.loads(json.dumps(FILE | content)), sort_keys=False))
    return problems_of(path)[0]


@pytest.mark.parametrize("base", [2, 3])
def test_a_cap_laid_over_another_takes_its_place_whatever_the_form_of_the_file_below(tmp_path: Path, base: int) -> None:
    table = {"name": "From the award letter", "source": "Grant", "category": "Administration and indirect", "share": 0.08}
    below = {"funding_sources": [CAPPED]} if base == 2 else {"funding_sources": [SOURCE], "caps": [table]}
    loaded(tmp_path, {"form": base, **below}, "base.yaml")
    over = tmp_path / "over.yaml"
    over.write_text(yaml.safe_dump({"form": 2, "extends": "base.yaml", "funding_sources": [{"name": "Grant", "administration_cap": 0.02}]}))
    name = BOTH[0][0] if base == 2 else table["name"]
    assert caps_of(load_scenario(over))[0] == (name, "Grant", CostCategory.INDIRECT, 0.02)
    over.write_text(yaml.safe_dump({"form": 2, "extends": "base.yaml", "funding_sources": [{"name": "Grant", "remove": True}]}))
    assert load_scenario(over).caps == ()
    anew = [{"name": "Grant", "remove": True}, {**SOURCE, "administration_cap": 0.02}]
    over.write_text(yaml.safe_dump({"form": 2, "extends": "base.yaml", "funding_sources": anew}))
    assert caps_of(load_scenario(over)) == [(name, "Grant", CostCategory.INDIRECT, 0.02)]


def test_a_source_of_the_catalog_brings_its_caps_unless_a_file_says_others(tmp_path: Path) -> None:
    taken = {"catalog": "proposition_47", "name": "Cohort 2", "first_month": "2018-07", "last_month": None}
    for form in (2, 3):
        scenario = loaded(tmp_path, {"form": form, "funding_sources": [taken]})
        assert [name for name, *_ in caps_of(scenario)] == ["Cohort 2, administration", "Cohort 2, evaluation"]
        assert all(cap.share.evidence for cap in scenario.caps)
    own = {"name": "Mine", "source": "Cohort 2", "category": "Data and evaluation", "share": 0.2}
    assert [cap.name for cap in loaded(tmp_path, {"form": 3, "funding_sources": [taken], "caps": [own]}).caps] == [
        "Mine",
        "Cohort 2, administration",
    ]
    older = loaded(tmp_path, {"form": 2, "funding_sources": [taken | {"evaluation_cap": 0.2}]})
    assert [(cap.name, cap.share.value) for cap in older.caps] == [("Cohort 2, evaluation", 0.2), ("Cohort 2, administration", 0.05)]


@pytest.mark.parametrize("form", [1, 2])
def test_steps_of_an_earlier_form_lead_to_the_caps_they_led_to(tmp_path: Path, form: int) -> None:
    before = loaded(tmp_path, {"funding_sources": [CAPPED, SOURCE | {"name": "Other", "administration_cap": 0.3}]})
    item = _item_of(form, before.funding_sources[0])
    lowered = _step({"Grant": item | {"administration_cap": {"value": 0.01}}}, ["Grant", "Other"])
    assert [share for *_, share in caps_of(patched(before, lowered, form))] == [0.3, 0.01, 0.1]
    called = patched(before, _step({"Award": item | {"name": "Award", "administration_cap": {"value": 0.05}}}, ["Award", "Other"]), form)
    assert [(source, share) for _, source, _, share in caps_of(called)] == [("Other", 0.3), ("Award", 0.05), ("Award", 0.1)]
    assert called.funding_sources[0].pace is Pace.AS_COST_ARISES
    assert caps_of(patched(before, _step({}, ["Other"]), form)) == [("Other, administration", "Other", CostCategory.INDIRECT, 0.3)]


def _item_of(form: int, source: Source) -> dict[str, Any]:
    """Return a source as a step of an earlier form kept it, whole."""
    later = (
        "pace",
        "prorates_part_years",
        "status",
        "pays_only_at",
        "income_of",
        "income_use",
        "nonfederal_drug_medi_cal",
        "claimable_indirect_rate",
    )
    kept = {key: value for key, value in whole(source).items() if key not in later}
    no_cap = {"value": 1.0, "unit": "share of award and match", **({"note": "default"} if form == 1 else {"origin": "default"})}
    return kept | {"administration_cap": no_cap, "evaluation_cap": {"value": 0.1, "unit": "share of award and match"}}


def _step(items: dict[str, Any], order: list[str]) -> dict[str, Any]:
    return {"whole": {}, "tables": {"funding_sources": {"order": order, "items": items}}}


def test_a_stored_scenario_without_caps_has_none(tmp_path: Path) -> None:
    kept = json.dumps(FILE | {"funding_sources": [_item_of(2, loaded(tmp_path, {"funding_sources": [SOURCE]}).funding_sources[0])]})
    assert [cap.share.value for cap in bodies.scenario_of(kept, 2, "It").caps] == [0.1]
