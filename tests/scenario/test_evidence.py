"""The register says what each number is and who can confirm it; who confirms does so in a plan, and says which number."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from budget_model import ScenarioError, load_scenario
from budget_model.scenario import evidence
from budget_model.scenario.assumption import NumberAssumption
from budget_model.scenario.comparators import comparators
from budget_model.scenario.confirmation import Confirmations, State, confirmations, state_of
from budget_model.scenario.evidence import catalog, register
from budget_model.scenario.text import scenario_text

SITE = {"name": "A", "go_live": "2018-07", "slots": 40}
FILE = {"name": "Test", "first_month": "2018-07", "months": 24, "sites": [SITE]}
ENTRY = {"label": "Slots", "value": 40, "unit": "participants", "kind": "decision", "owner": "ODR"}
OWNERS = {
    "ODR", "DHS Housing for Health", "DPH-SAPC", "LAHSA", "CEO", "CEO Homeless Initiative", "CEO Classification and Compensation",
    "Auditor-Controller", "District Attorney", "Public Defender", "Sheriff", "Probation", "Department of Mental Health", "LAPD",
    "Long Beach", "Los Angeles City Attorney", "BSCC", "Providers",
}  # fmt: skip


def with_slots(folder: Path, slots: object) -> Path:
    path = folder / "test.yaml"
    path.write_text(yaml.safe_dump(FILE | {"sites": [SITE | {"slots": slots}]}))
    return path


def problem_of(path: Path) -> str:
    with pytest.raises(ScenarioError) as refused:
        load_scenario(path)
    [problem] = refused.value.problems
    return str(problem)


@pytest.fixture
def own_register(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(evidence, "FOLDER", tmp_path)
    (tmp_path / "register.yaml").write_text(yaml.safe_dump({"slots": ENTRY}))
    return tmp_path


def ids_in(content: Any) -> Iterator[str]:
    if isinstance(content, Mapping):
        yield from [content["evidence"]] if "evidence" in content else []
        content = list(content.values())
    for part in content if isinstance(content, list) else ():
        yield from ids_in(part)


def test_every_entry_says_what_it_is_and_who_can_confirm_it() -> None:
    for name, entry in register().items():
        assert entry.kind, f"{name} has no kind"
        assert entry.owner in OWNERS, f"{name}: '{entry.owner}' is no owner that the head of the register names"
    head = " ".join(line.lstrip("# ") for line in (evidence.FOLDER / "register.yaml").read_text().splitlines() if line[:1] == "#")
    assert all(owner in head for owner in OWNERS)


def test_every_number_of_the_catalog_of_sources_stands_in_the_register_with_its_kind_and_owner() -> None:
    for name, source in catalog().items():
        found = [register()[id] for id in ids_in(source)]
        assert found or "drug_medi_cal" in str(source), f"{name} has no number of the register"
    awarded = {register()[source["award"]["evidence"]].kind for source in catalog().values() if source.get("status") == "Awarded"}
    assert awarded == {"fact"}


@pytest.mark.usefixtures("own_register")
def test_the_register_is_confirmed_by_nobody(own_register: Path) -> None:
    (own_register / "register.yaml").write_text(yaml.safe_dump({"slots": ENTRY | {"confirmed_by": "Ana", "confirmed_on": "2019-05-01"}}))
    told = problem_of(with_slots(own_register, {"evidence": "slots"}))
    assert "no entry of the register is confirmed: write 'confirmed_by' and 'confirmed_on' in the scenario" in told


def test_whoever_confirms_a_number_of_the_register_says_which(own_register: Path) -> None:
    confirmed = {"evidence": "slots", "value": 40, "confirmed_by": "Ana, ODR", "confirmed_on": "2019-05-01"}
    scenario = load_scenario(with_slots(own_register, confirmed))
    slots = scenario.sites[0].slots
    assert (slots.is_confirmed, slots.kind, slots.owner) == (True, "decision", "ODR")
    again = own_register / "again.yaml"
    again.write_text(scenario_text(scenario))
    assert load_scenario(again) == scenario and "evidence: slots" in again.read_text()
    without = {key: value for key, value in confirmed.items() if key != "value"}
    assert "slots.value is missing; expected the value that was confirmed; the register says 40" in problem_of(
        with_slots(own_register, without)
    )
    other = problem_of(with_slots(own_register, confirmed | {"value": 38}))
    assert "slots.value is 38; the register says 40, and another number was confirmed" in other
    (own_register / "register.yaml").write_text(yaml.safe_dump({"slots": ENTRY | {"value": 42}}))
    assert "the register says 42, and another number was confirmed" in problem_of(again), "a confirmation came to vouch for another number"


def test_an_unknown_kind_is_refused_in_words(own_register: Path) -> None:
    told = problem_of(with_slots(own_register, {"value": 40, "kind": "forcast"}))
    assert "slots.kind is 'forcast'; expected one of: fact, forecast, price, decision, money asked. Did you mean 'forecast'?" in told


def test_a_set_of_numbers_is_missing_a_draft_confirmed_in_part_or_confirmed() -> None:
    states = [state_of(confirmed, needed) for confirmed, needed in ((0, 0), (0, 2), (1, 2), (2, 2))]
    assert states == [State.MISSING, State.DRAFT, State.IN_PART, State.CONFIRMED]
    assert not NumberAssumption(value=1, confirmed_by="Ana").is_confirmed, "a name without a day confirms nothing"


def test_a_number_used_twice_is_confirmed_once_wherever_it_stands(own_register: Path) -> None:
    said = {"evidence": "slots", "value": 40, "confirmed_by": "Ana", "confirmed_on": "2019-05-01"}
    for second, expected in ((said, Confirmations(1, 1)), ({"evidence": "slots"}, Confirmations(1, 1)), (40, Confirmations(1, 2))):
        sites = [SITE | {"slots": said}, SITE | {"name": "B", "slots": second}]
        (own_register / "test.yaml").write_text(json.dumps(FILE | {"sites": sites}))
        assert confirmations(load_scenario(own_register / "test.yaml")) == expected


def test_published_facts_stand_beside_the_plan_with_source_and_grade(own_register: Path) -> None:
    assert comparators() == {}, "a library may keep none"
    (own_register / "comparators.yaml").write_text("a: {label: A, unit: people, date: '2019', source: S, confidence: sure, includes: x}")
    with pytest.raises(ScenarioError, match=r"a\.confidence is 'sure'; expected one of: high, medium, low"):
        comparators()


def test_the_published_costs_of_a_month_say_what_they_include() -> None:
    found = comparators("dollars a participant-month")
    assert len(found) >= 6 and all(entry.value and entry.source and entry.includes for entry in found.values())
    assert all(entry.low is None or entry.low <= (entry.value or 0) <= (entry.high or 0) for entry in comparators().values())


def test_each_published_fact_that_the_shipped_plans_are_judged_by_has_its_grade() -> None:
    """The further sources of the review of the model, with the grade that each was read with."""
    graded = {
        "seattle_lead_2024": "low", "snohomish_lead_2024": "high", "king_county_lead_2023": "high", "king_county_lead_2019_20": "medium",
        "seattle_lead_budget_2020": "medium", "colorado_lead_site": "low", "gaston_lead": "high", "csh_tenancy_services": "high",
        "el_dorado_drug_medi_cal": "high", "sapc_contracts_funding": "high", "santa_fe_engagement": "high",
        "homeless_count_by_tract": "medium", "overdose_deaths_by_community": "high", "lapd_drug_arrests_2024": "low",
    }  # fmt: skip
    assert {name: str(comparators()[name].confidence) for name in graded} == graded
