"""What is uncertain is ranked by what it moves; what people decide or grant stands apart and does not vary."""

from __future__ import annotations

import json

import pytest

from budget_model import Scenario, project
from budget_model.analysis.evidence_lists import LISTS, evidence_record, lists_of_evidence
from budget_model.analysis.sensitivity import effects
from budget_model.scenario.numbers import numbers_given


def test_only_facts_forecasts_and_prices_are_ranked_as_uncertain(pilot: Scenario) -> None:
    found = lists_of_evidence(pilot)
    kinds = {name: {effect.kind for effect in listed} for name, listed in found.items()}
    assert kinds["Facts, forecasts and prices"] == {"fact", "forecast", "price"}
    assert kinds["Decisions"] == {"decision"} and kinds["Money asked"] <= {"money asked"}
    listed = [effect.evidence for name in LISTS for effect in found[name]]
    assert sorted(listed) == sorted(numbers_given(pilot)), "each number stands in one list"
    sizes = [effect.size for effect in found["Facts, forecasts and prices"]]
    assert sizes == sorted(sizes, reverse=True) and sizes[0] > 0
    assert effects(project(pilot)) == found["Facts, forecasts and prices"], "what varies where nothing else is asked for"


def test_a_refusal_is_no_money_at_all_and_the_countys_own_request_is_money_asked(expansion: Scenario) -> None:
    """The low end of Measure H was taken for a refusal, and what is asked of the County for a decision."""
    projection = project(expansion)
    found = {effect.evidence: effect for effect in effects(projection, ("money asked",))}
    measure_h, county = found["measure_h_for_each_participant"], found["odr_net_county_cost_expansion"]
    assert measure_h.least and measure_h.low and measure_h.cost_if_refused and measure_h.cost_if_refused > measure_h.low > 0
    names = [source.name for source in expansion.funding_sources]
    drawn = float(projection.by_year("drawdown")[names.index("ODR net county cost"), -1])
    assert county.gap_if_refused == pytest.approx(drawn), "nobody pays what the Board refuses"
    assert county.cost_if_refused == pytest.approx(0, abs=0.005), "it stays net county cost"


def test_a_number_of_which_nobody_says_what_it_is_varies(pilot: Scenario) -> None:
    site = pilot.sites[0]
    bare = site.slots.model_copy(update={"kind": "", "evidence": "", "low": 100.0, "high": 200.0})
    unsaid = pilot.model_copy(update={"sites": (site.model_copy(update={"slots": bare}), *pilot.sites[1:])})
    assert f"sites.{site.name}.slots" in {effect.evidence for effect in effects(project(unsaid))}


def test_the_lists_go_out_as_plain_data(pilot: Scenario) -> None:
    record = evidence_record(pilot, {"Decisions": effects(project(pilot), ("decision",))[:1]})
    assert json.loads(json.dumps(record)) == record
    assert record["numbers_confirmed"] == 0 < record["numbers_given"]
    assert {"evidence", "kind", "owner", "value", "low", "high", "confirmation"} <= set(record["decisions"][0])
    assert record["published_beside"]["seattle_lead_average"]["value"] == 899
