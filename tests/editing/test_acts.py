"""Changes gathered into acts as a person would name them: each change in one act, each act to leave out and to put back."""

from __future__ import annotations

import itertools

import pytest
from conftest import SHIPPED
from hypothesis import given
from hypothesis import strategies as st

from budget_model import Change, Scenario, ScenarioError, changed, load_scenario, project
from budget_model.analysis.bridge import Bridge, Step, bridge
from budget_model.editing import items as editing
from budget_model.editing.acts import Act, acts, left_out, taken_over
from budget_model.editing.changes import checked
from budget_model.editing.differences import differences, with_differences
from budget_model.editing.levers import levers
from budget_model.formats import whole_dollars
from budget_model.projection import net_county_cost


def pairs(random_scenarios: list[Scenario]) -> list[tuple[Scenario, Scenario]]:
    shipped = [load_scenario(path) for path in SHIPPED]
    return [*itertools.pairwise(shipped), *itertools.pairwise(random_scenarios[-20:])]


def labels(before: Scenario, after: Scenario) -> list[str]:
    return [act.label for act in acts(before, after)]


def test_acts_are_exactly_the_differences_and_none_stands_twice(random_scenarios: list[Scenario]) -> None:
    for before, after in pairs(random_scenarios):
        listed = [one for act in acts(before, after) for one in act.differences]
        assert sorted(one.place for one in listed) == sorted(one.place for one in differences(before, after))
        assert with_differences(before, after, listed) == after


def test_an_act_left_out_and_put_back_gives_the_same_scenario_and_moves_nothing_else(random_scenarios: list[Scenario]) -> None:
    tried = 0
    for before, after in pairs(random_scenarios)[::3]:
        for act in acts(before, after)[::5]:
            without = taken_over(after, before, act.places)
            assert {one.place for one in differences(without, after)} == set(act.places), act.label
            assert taken_over(without, after, act.places) == after, act.label
            tried += 1
    assert tried > 50


def test_the_order_of_a_table_is_an_act_of_its_own(expansion: Scenario) -> None:
    first, second = (source.name for source in expansion.funding_sources[:2])
    after = editing.with_new(editing.moved(expansion, "funding_sources", first, 1), "funding_sources", "City grant")
    after = changed(after, [Change("funding_sources", second, "justification", "asked again")])
    order = next(act for act in acts(expansion, after) if act.label == "Order of funding sources")
    left = taken_over(after, expansion, order.places)
    assert [source.name for source in left.funding_sources] == [*(source.name for source in expansion.funding_sources), "City grant"]
    assert left.funding_sources[1].justification == "asked again"
    for act in acts(expansion, after):
        kept = taken_over(after, expansion, act.places)
        assert ("Order of funding sources" in labels(expansion, kept)) is (act.label != order.label)


def test_a_copied_site_is_one_act_whose_values_are_unfolded(expansion: Scenario) -> None:
    (act,) = acts(expansion, editing.with_copy(expansion, "sites", "North Long Beach", "Pomona"))
    assert act.label.startswith("Pomona added, with ") and act.before == "--"
    slots = next(site for site in expansion.sites if site.name == "North Long Beach").slots.number
    assert (f"{slots:g} participants") in [value.shown_after for value in act.values if value.item == "Pomona"]
    assert {value.table for value in act.values} >= {"sites", "provider_contracts"} and all(value.field for value in act.values)
    assert taken_over(editing.with_copy(expansion, "sites", "North Long Beach", "Pomona"), expansion, act.places) == expansion


def test_a_source_comes_with_what_it_pays_and_its_award_stands_in_the_act(expansion: Scenario) -> None:
    after = editing.with_new(expansion, "funding_sources", "City grant")
    after = changed(after, [Change("funding_sources", "City grant", "award", 2_000_000.0)])
    (act,) = acts(expansion, after)
    assert act.label == "City grant added (source)" and "$2,000,000" in [value.shown_after for value in act.values]


def test_a_new_name_is_one_act_wherever_the_line_is_named(expansion: Scenario) -> None:
    after = changed(expansion, editing.renamed(expansion, "sites", "North Long Beach", "Long Beach"))
    (act,) = acts(expansion, after)
    assert (act.label, act.before, act.after) == ("North Long Beach renamed Long Beach", "North Long Beach", "Long Beach")
    assert len(act.differences) > 2
    changed_too = changed(after, [Change("sites", "Long Beach", "slots", 61.0)])
    assert labels(expansion, changed_too) == ["North Long Beach renamed Long Beach"]
    (value,) = acts(expansion, changed_too)[0].values[:1]
    assert (value.item, value.shown_after) == ("Long Beach", "61 participants"), "what both lines say is not unfolded"


def test_a_line_that_goes_and_one_like_it_that_comes_with_another_site_are_not_one(expansion: Scenario) -> None:
    pomona = editing.with_copy(expansion, "sites", "North Long Beach", "Pomona")
    gone = next(one.name for one in expansion.provider_contracts if one.site == "North Long Beach")
    left = tuple(one for one in pomona.provider_contracts if one.name != gone)
    after = pomona.model_copy(update={"provider_contracts": left})
    assert [label.partition(",")[0] for label in labels(expansion, after)] == ["Pomona added", gone.partition(",")[0]]
    assert "renamed" not in " ".join(labels(expansion, after))


def test_an_agency_that_loses_a_removed_site_is_no_act_of_its_own(expansion: Scenario) -> None:
    site = expansion.sites[0].name
    assert len(labels(expansion, editing.without(expansion, "sites", site))) == 1


def test_a_move_of_a_lever_is_one_act(expansion: Scenario) -> None:
    for key in ("caseload", "indirect_rate", "cost_of_living_rate"):
        lever = next(one for one in levers(expansion) if one.key == key)
        (act,) = acts(expansion, lever.set_in(expansion, lever.bounds[1]))
        assert len(act.differences) == len(lever.targets)


def test_evidence_of_several_numbers_is_one_act_without_effect(expansion: Scenario) -> None:
    site = expansion.sites[0]
    evidence = {"source": "Letter of May 1", "confidence": "medium"}
    fields = ("slots", "monthly_exit_rate")
    after = changed(expansion, [Change("sites", site.name, field, {"value": getattr(site, field).value, **evidence}) for field in fields])
    assert labels(expansion, after) == [f"Evidence of 2 numbers, {site.name}"]


def test_effects_of_acts_add_up_to_the_whole_effect_and_an_act_that_is_needed_is_refused(expansion: Scenario) -> None:
    after = editing.with_copy(expansion, "sites", "North Long Beach", "Pomona")
    after = changed(after, [Change("provider_contracts", after.provider_contracts[0].name, "caseload", 12.0)])
    found = bridge(project(expansion), project(after))
    assert len(found.steps) == 2
    assert sum(step.effect for step in found.steps) == pytest.approx(net_county_cost(project(after)) - net_county_cost(project(expansion)))
    for step in found.steps:
        assert checked(taken_over(after, expansion, step.cause.places))


@given(before=st.floats(-1e9, 1e9), effects=st.lists(st.floats(-1e6, 1e6), max_size=6))
def test_effects_in_whole_dollars_lead_from_one_printed_cost_to_the_other(before: float, effects: list[float]) -> None:
    after = before + sum(effects)
    found = Bridge(before, after, tuple(Step(Act("", "", "", ()), effect) for effect in effects), 0)
    assert sum(found.whole_dollars) == (found.whole_difference if effects else 0)
    assert whole_dollars(before) + found.whole_difference == whole_dollars(after)
    assert all(abs(printed - effect) <= 1.01 for printed, effect in zip(found.whole_dollars, effects, strict=True))


def test_an_act_that_stands_or_falls_with_others_is_left_out_with_them_or_refused(expansion: Scenario) -> None:
    position = next(one for one in expansion.county_positions if one.monthly_salary.value)
    place = ("county_positions", position.name)
    yearly = changed(expansion, [Change(*place, "monthly_salary", 0.0), Change(*place, "annual_salary", 90_000.0)])
    first, second = acts(expansion, yearly)
    assert left_out(expansion, yearly, first) == (expansion, (first, second)), "a position has one pay"
    assert left_out(expansion, yearly, second)[1] == (second,)
    pomona = editing.with_copy(expansion, "sites", "North Long Beach", "Pomona")
    moved = changed(pomona, [Change(*place, "site", "Pomona")])
    added, _ = acts(expansion, moved)
    with pytest.raises(ScenarioError, match="Pomona"):
        left_out(expansion, moved, added)
