"""A scenario as the text of a scenario file: what `load_scenario` reads back as the same scenario."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

import yaml
from pydantic import BaseModel

from budget_model.errors import ScenarioError
from budget_model.scenario.assumption import Assumption
from budget_model.scenario.evidence import CONFIRMED, filled_in, register
from budget_model.scenario.forms import FIRST_FORM, FORM, frozen
from budget_model.scenario.migrations import with_caps_of_form_2
from budget_model.scenario.schema import Scenario
from budget_model.scenario.yaml_scalars import is_text
from budget_model.timeline import month_label

_DEFAULTS = {field: info.default for field, info in Assumption.model_fields.items()}


class _Writer(yaml.SafeDumper):
    """YAML in which a text stands in quotes wherever a scenario file without them would mean something else."""

    def represent_text(self, text: str) -> yaml.Node:
        """Return a text as the reader reads it back."""
        return self.represent_scalar("tag:yaml.org,2002:str", text, None if is_text(text) else "'")


_Writer.add_representer(str, _Writer.represent_text)


def scenario_text(scenario: Scenario, comment: str = "") -> str:
    """Return the YAML of a scenario, whole and without `extends`; what has its default is left out.

    A number of the register of evidence is written as its id, a number without evidence bare. The comment comes first.
    """
    content = {"form": FORM, **scenario.model_dump(mode="json", exclude_defaults=True)}
    content["first_month"] = month_label(scenario.first_month)
    text = yaml.dump(_as_written(content), Dumper=_Writer, sort_keys=False, allow_unicode=True, width=120)
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
    given.pop("origin", None)
    evidence = given.pop("evidence", "")
    if evidence in _known():
        entry = filled_in({"evidence": evidence}, "", lambda _: None)
        if entry["value"] == given["value"]:
            if not CONFIRMED & given.keys():  # whoever confirms a number says it again
                given.pop("value")
            return {"evidence": evidence, **{key: text for key, text in given.items() if key == "value" or entry.get(key) != text}}
    return given["value"] if set(given) <= {"value", "unit"} else given


def _known() -> Collection[str]:
    """Return the ids of the register; none where it cannot be read, so that all is written with its own evidence."""
    try:
        return register()
    except ScenarioError:
        return ()


def digest(scenario: Scenario) -> str:
    """Return a name for what the scenario says: the same for the same content, for caches and workbooks.

    What is left at its default has no part in it, so that one more optional field changes no name that was written down.
    Nor has the origin of a value: a number typed on the screen is the same as one read from a file.
    """
    return digest_of(scenario.model_dump(mode="json", exclude_defaults=True))


def cache_key(scenario: Scenario) -> str:
    """Return a name for all that is shown of a scenario: what it says, and how its values came."""
    return hashlib.sha256(scenario.model_dump_json(exclude_defaults=True).encode()).hexdigest()


def digest_of(content: Any) -> str:
    """Return the digest of a scenario as plain data that leaves defaults out: of one written down, in whatever form."""
    return hashlib.sha256(json.dumps(_told(content), sort_keys=True).encode()).hexdigest()[:16]


def digest_in_form_1(scenario: Scenario) -> str:
    """Return the name that version 0.4.0 would have given the scenario's content, as its workbooks carry it."""
    content = with_caps_of_form_2(scenario.model_dump(mode="json"))
    parts = frozen(FIRST_FORM)
    told = {key: _in_form_1(value, key, parts) for key, value in content.items() if key in _keys(parts[""]) or key in parts}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def _in_form_1(content: Any, key: str, parts: Mapping[str, Any]) -> Any:
    if isinstance(content, list):
        return [_in_form_1(item, key, parts) for item in content]
    if not isinstance(content, Mapping):
        return content
    if "value" in content:
        remark = Assumption.model_construct(**content).remark
        return {field: remark if field == "note" else content[field] for field in _keys(parts["assumption"])}
    return {field: _in_form_1(value, f"{key}.{field}", parts) for field, value in content.items() if field in _keys(parts[key])}


def _keys(part: Mapping[str, Any]) -> tuple[str, ...]:
    return (*part["required"], *part["defaults"])


def _told(content: Any) -> Any:
    """Return content without origins and without parts that say nothing."""
    if isinstance(content, list):
        return [_told(item) for item in content]
    if not isinstance(content, Mapping):
        return content
    if "value" in content:
        return {key: value for key, value in content.items() if key != "origin"}
    told = {key: _told(value) for key, value in content.items()}
    return {key: value for key, value in told.items() if value != {}}


def whole(part: BaseModel) -> dict[str, Any]:
    """Return a scenario, or a part of one, as plain data with all its defaults, to be stored beside its form.

    Of an assumption only the value and what vouches for it are there.
    """
    return {key: _whole(value) for key, value in part.model_dump(mode="json").items()}


def _whole(content: Any) -> Any:
    if isinstance(content, list):
        return [_whole(item) for item in content]
    if not isinstance(content, Mapping):
        return content
    if "value" in content:
        return {key: value for key, value in content.items() if value != _DEFAULTS[key]}
    return {key: _whole(value) for key, value in content.items()}
