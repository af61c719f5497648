"""Drawn scenarios: they keep the rules, and each input, flag and choice varies among them."""

from __future__ import annotations

from collections import defaultdict

from conftest import Drawn

from budget_model.editing.changes import checked
from budget_model.inputs import input_rows
from budget_model.scenario.tables import MODELS, choices_of


def test_drawn_scenarios_keep_the_rules(drawn: list[Drawn]) -> None:
    for scenario, _ in drawn:
        assert checked(scenario) is scenario


def test_every_input_takes_more_than_one_value(drawn: list[Drawn]) -> None:
    found = defaultdict(set)
    for _, projection in drawn:
        for row in input_rows():
            if row.area != "calendar":
                found[row.name].update(projection.evaluation.values[row.name].ravel().tolist())
    assert [name for name, values in found.items() if len(values) < 2] == []


def test_every_choice_varies(drawn: list[Drawn]) -> None:
    for table, model in MODELS.items():
        for field in model.model_fields:
            made: set[object] = set()
            for scenario, _ in drawn:
                for item in getattr(scenario, table):
                    given = getattr(item, field)
                    made.update(given if isinstance(given, tuple) else [given])
            offered = set(choices_of(model, field))
            assert len(made & offered) >= min(2, len(offered)), f"{table}: {field}"
