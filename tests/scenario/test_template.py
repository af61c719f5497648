"""The scenario to copy shows every key, and is valid as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conftest import ROOT

from budget_model import Scenario, load_scenario
from budget_model.editing.changes import checked
from budget_model.scenario.schema import General, Rounding
from budget_model.scenario.tables import MODELS, inner_parts

TEMPLATE = ROOT / "templates" / "scenario.yaml"


def keys() -> Iterator[tuple[str, str]]:
    """Yield every key that a scenario file may have, with the part of the file that it stands in."""
    for key in Scenario.model_fields:
        yield "", key
    for part, model in {"general": General, "rounding": Rounding, **MODELS}.items():
        for field in model.model_fields:
            yield part, field
    for table, model in MODELS.items():
        yield from ((table, inner) for _, kind in inner_parts(model) for inner in kind.model_fields)


def test_every_key_stands_in_the_scenario_to_copy() -> None:
    text = TEMPLATE.read_text()
    # A part goes from its key to the next line that begins with a letter; a key may stand in a comment.
    parts = dict(re.findall(r"^(\w+):(.*?)(?=^\w|\Z)", text, re.M | re.S))
    shown = {(part, key) for part, body in parts.items() for key in re.findall(r"(?:^|[ {#])(\w+):(?= |$)", body, re.M)}
    assert [key for key in keys() if key not in shown | {("", part) for part in parts}] == []


def test_the_scenario_to_copy_is_valid() -> None:
    scenario = load_scenario(TEMPLATE)
    assert checked(scenario) == scenario
