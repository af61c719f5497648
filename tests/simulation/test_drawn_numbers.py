"""Draws: each number has its own luck, in every scenario, whatever else is drawn; and depends on others as far as is asked."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import EXPANSION
from scipy.stats import spearmanr

from budget_model import ScenarioError, load_scenario
from budget_model.analysis.sensitivity import UNCERTAIN
from budget_model.scenario.evidence import register
from budget_model.scenario.schema import General, Scenario
from budget_model.scenario.tables import MODELS, declared_fields, inputs_of
from budget_model.simulation import streams
from budget_model.simulation.dependence import GROUPS, groups_of
from budget_model.simulation.draws import check_request, drawn
from budget_model.simulation.uncertain import UncertainNumber, decisions, uncertain_numbers

EIGHT = EXPANSION.with_name("expansion_2018_eight_areas.yaml")
# Names are added at the end of the file of streams; those that stood there when this was written stand as they stood.
WRITTEN, DIGEST = 375, "0ae897c77ff51f84"


@pytest.fixture(scope="module")
def numbers() -> tuple[UncertainNumber, ...]:
    return uncertain_numbers(load_scenario(EIGHT))


def test_every_entry_has_a_stream_number_of_its_own_that_never_changes() -> None:
    given = json.loads(Path(streams.__file__).with_name("streams.json").read_text())
    names, dimensions = given["names"], given["dimensions"]
    assert len(set(names)) == len(names) <= len(set(dimensions)) == len(dimensions)
    assert max(dimensions) < streams.DIMENSIONS == 1024
    missing = register().keys() - set(names)
    assert not missing, f"add at the end of streams.json: {sorted(missing)}"
    assert not {group.name for group in GROUPS} & set(names), "groups are keyed by their names"
    stood = json.dumps([names[:WRITTEN], dimensions]).encode()
    assert hashlib.sha256(stood).hexdigest()[:16] == DIGEST, "a stream number was moved, taken out or used again"


def test_another_number_leaves_the_draws_of_all_others(numbers: tuple[UncertainNumber, ...]) -> None:
    whole = drawn(numbers, draws=256, seed=3)
    for gone in (0, 40, len(numbers) - 1):
        fewer = numbers[:gone] + numbers[gone + 1 :]
        assert (drawn(fewer, draws=256, seed=3) == np.delete(whole, gone, axis=0)).all()


def test_a_new_entry_of_the_register_leaves_the_draws_of_all_others(
    numbers: tuple[UncertainNumber, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is added at the end of the file of streams, and then drawn among the others."""
    new = replace(numbers[0], id="an_entry_of_tomorrow")
    before = drawn(numbers, draws=256, seed=3, rho=0)
    given = json.loads(Path(streams.__file__).with_name("streams.json").read_text())
    known = {name: number for number, name in enumerate([*given["names"], new.id])}
    monkeypatch.setattr(streams, "stream_numbers", lambda: known)
    after = drawn((*numbers[:40], new, *numbers[40:]), draws=256, seed=3, rho=0)
    assert (np.delete(after, 40, axis=0) == before).all()
    assert abs(spearmanr(after[40], after[0]).statistic) < 0.2, "it has luck of its own"


@pytest.mark.parametrize(("seed", "most", "beyond"), [(1, 0.03, 0.0), (7, 0.2, 0.001)])
def test_no_two_streams_of_the_register_are_alike_but_by_chance(seed: int, most: float, beyond: float) -> None:
    """At the seed that is given; at others few pairs of dimensions of a scrambled sequence correlate, as docs/simulation.md says."""
    points = streams.uniform(list(streams.stream_numbers()), seed=seed, first=0, count=8192, block=8192)
    ranks = np.abs(spearmanr(points.T).statistic - np.eye(len(points)))
    assert ranks.max() < most
    assert (ranks > 0.03).mean() <= beyond


def test_scenarios_that_are_compared_share_their_luck(numbers: tuple[UncertainNumber, ...]) -> None:
    other = uncertain_numbers(load_scenario(EXPANSION))
    one, two = drawn(numbers, draws=256, seed=1), drawn(other, draws=256, seed=1)
    at = {number.id: position for position, number in enumerate(numbers)}
    both = [(at[number.id], position) for position, number in enumerate(other) if number.id in at]
    assert len(both) > 100
    assert all((one[mine] == two[theirs]).all() for mine, theirs in both)


def test_numbers_without_an_entry_are_keyed_by_their_place() -> None:
    scenario = load_scenario(EXPANSION)
    own = [replace(number, id=f"sites.{number.id}.slots") for number in uncertain_numbers(scenario)]
    found = drawn(tuple(own), draws=1024, seed=1, rho=0)
    assert (drawn(tuple(own[5:9]), draws=1024, seed=1, rho=0) == found[5:9]).all()
    ranks = spearmanr(found.T).statistic - np.eye(len(own))
    assert np.abs(ranks).max() < 0.2, "as far as chance lets 1,024 draws of 10,000 pairs"


def test_a_part_of_the_draws_is_the_same_wherever_it_is_drawn(numbers: tuple[UncertainNumber, ...]) -> None:
    few = numbers[:12]
    whole = drawn(few, draws=16384, seed=1)
    assert (drawn(few, draws=16384, seed=1, first=8192, count=8192) == whole[:, 8192:]).all()
    with pytest.raises(ValueError, match="no whole blocks"):
        drawn(few, draws=16384, seed=1, first=100, count=8192)


def test_dependence_is_as_asked_and_changes_no_number_alone(numbers: tuple[UncertainNumber, ...]) -> None:
    independent = drawn(numbers, draws=8192, seed=1, rho=0)
    ranks = spearmanr(independent.T).statistic - np.eye(len(numbers))
    assert np.abs(ranks).max() < 0.03
    for rho in (None, 0.5):
        values = drawn(numbers, draws=8192, seed=1, rho=rho)
        assert (np.sort(values) == np.sort(independent)).all()
        for group, members in groups_of(numbers):
            # Whole months are too few to have a rank correlation as asked: most draws share their rank with others.
            many = [(position, sign) for position, sign in members if len(np.unique(independent[position])) > 100]
            positions, signs = [position for position, _ in many], np.array([sign for _, sign in many])
            found = spearmanr(values[positions].T).statistic
            asked = group.rank_correlation if rho is None else rho
            off = np.abs(found - asked * np.outer(signs, signs))[~np.eye(len(positions), dtype=bool)]
            assert off.size == 0 or off.max() < 0.03, group.name


def test_groups_name_fields_that_exist_and_each_once() -> None:
    known = {(table, field) for table, model in MODELS.items() for _, field, _ in inputs_of(model.table.axis, model)}
    known |= {("general", field) for field, _ in declared_fields(General)}
    named_ones = [place for group in GROUPS for place in group.fields]
    assert set(named_ones) <= known
    assert len(set(named_ones)) == len(named_ones)


def test_decisions_and_money_asked_are_not_drawn() -> None:
    scenario: Scenario = load_scenario(EXPANSION)
    assert {number.kind for number in uncertain_numbers(scenario)} <= set(UNCERTAIN)
    assert "added_places_stabilization_interim_housing" in decisions(scenario)


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"draws": 1000}, "1,000; expected a power of two: 512 or 1,024"),
        ({"draws": 0}, "0; expected a power of two: 2 is the nearest"),
        ({"draws": 2**30}, "16,777,216 is the nearest"),
        ({"rho": 1.5}, "1.5; expected a rank correlation from 0 (independent) to 1"),
        ({"rho": float("nan")}, "expected a rank correlation"),
        ({"seed": -1}, "expected a whole number from 0"),
        ({"widened": 0.0}, "expected a factor above 0"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(request_: dict[str, float], words: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        check_request(**({"draws": 8192, "seed": 1, "rho": None} | request_))  # type: ignore[arg-type]
    assert words in str(refused.value)
