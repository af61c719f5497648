"""Levers make only changes that the scenario's rules accept, and none where they stand as saved."""

from __future__ import annotations

import pytest

from budget_model import Change, Scenario, changed, project
from budget_model.editing.levers import Lever, Target, levers


def lever_named(scenario: Scenario, key: str) -> Lever:
    return next(lever for lever in levers(scenario) if lever.key == key)


def test_levers_at_their_bounds_make_valid_scenarios(shipped: Scenario) -> None:
    for lever in levers(shipped):
        for value in (lever.low, lever.high):
            result = changed(shipped, lever.changes(value))
            assert (result != shipped) == lever.is_moved(value), lever


def test_a_lever_at_its_saved_value_changes_nothing(shipped: Scenario) -> None:
    for lever in levers(shipped):
        assert lever.low <= lever.saved <= lever.high, lever
        assert lever.changes(lever.saved) == ()
        if isinstance(lever.saved, float):
            assert lever.changes(lever.saved + lever.step / 1e6) == (), "the noise of a slider is no change"


def test_every_lever_has_a_key_of_its_own_and_moves_other_places(shipped: Scenario) -> None:
    found = levers(shipped)
    targets = [target for lever in found for target in lever.targets]
    assert len({lever.key for lever in found}) == len(found)
    assert len(set(targets)) == len(targets)


def test_contracts_with_different_caseloads_have_a_lever_each(expansion: Scenario) -> None:
    contract = expansion.provider_contracts[0].name
    mixed = changed(expansion, [Change("provider_contracts", contract, "caseload", 15.0)])
    found = [lever for lever in levers(mixed) if lever.targets[0].field == "caseload"]
    assert [lever.saved for lever in found] == [15.0, 20.0]
    assert found[0].targets == (Target("provider_contracts", contract, "caseload"),)


def test_money_that_ends_a_year_earlier_leaves_a_larger_gap(expansion: Scenario) -> None:
    lever = lever_named(expansion, "last_month.AB 109 realignment")
    earlier = lever.months[lever.months.index(lever.saved) - 12]
    gap = project(changed(expansion, lever.changes(earlier))).record()["total"]["funding_gap"]
    assert gap > project(expansion).record()["total"]["funding_gap"]


def test_a_site_opens_no_sooner_than_its_contract(expansion: Scenario) -> None:
    for lever in levers(expansion):
        if lever.group == "Opening month":
            begins = [contract.first_month.value for contract in expansion.provider_contracts if contract.site == lever.label]
            assert lever.low == min(begins)


@pytest.mark.parametrize(("value", "expected"), [(1.0, "1"), (1234.5, "1,234.5")])
def test_numbers_are_worded_with_thousands(expansion: Scenario, value: float, expected: str) -> None:
    assert lever_named(expansion, "caseload").shown(value) == expected


def test_what_a_lever_moves_stays_what_it_is_and_whose_it_is(expansion: Scenario) -> None:
    lever = next(lever for lever in levers(expansion) if lever.targets[0].field == "caseload")
    before, after = expansion.provider_contracts[0].caseload, lever.set_in(expansion, lever.high).provider_contracts[0].caseload
    assert before.kind and before.owner
    assert (after.value, after.kind, after.owner, after.source) == (lever.high, before.kind, before.owner, "")
