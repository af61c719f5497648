"""A scenario as the text of a scenario file: what `load_scenario` reads back as the same scenario."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import yaml

from budget_model.scenario.evidence import filled_in, register
from budget_model.scenario.schema import Scenario
from budget_model.timeline import month_label


def scenario_text(scenario: Scenario, comment: str = "") -> str:
    """Return the YAML of a scenario, whole and without `extends`; what has its default is left out.

    A number of the register of evidence is written as its id, a number without evidence bare. The comment comes first.
    """
    content = scenario.model_dump(mode="json", exclude_defaults=True)
    content["first_month"] = month_label(scenario.first_month)
    text = yaml.safe_dump(_as_written(content), sort_keys=False, allow_unicode=True, width=120)
    return "".join(f"# {line}\n" for line in comment.splitlines()) + text


def _as_written(content: Any) -> Any:
    if isinstance(content, list):
        return [_as_written(item) for item in content]
    if not isinstance(content, Mapping):
        return content
    if "value" in content:
        return _assumption(dict(content))
    return {key: _as_written(value) for key, value in content.items()}


def _assumption(given: dict[str, Any]) -> Any:
    """Return an assumption as a file writes it: its id with what differs from the register, its value alone, or all of it."""
    evidence = given.pop("evidence", "")
    if evidence in register():
        entry = filled_in({"evidence": evidence}, "", lambda _: None)
        if entry["value"] == given["value"]:
            return {"evidence": evidence, **{key: text for key, text in given.items() if entry.get(key) != text}}
    return given["value"] if set(given) <= {"value", "unit"} else given


def digest(scenario: Scenario) -> str:
    """Return a name for the scenario's content: the same for the same content, for caches and workbooks."""
    content: Mapping[str, Any] = scenario.model_dump(mode="json")
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
