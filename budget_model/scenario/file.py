"""Read a scenario file: YAML, laid over the file it extends, validated, with every problem found at once.

`extends: other.yaml` names a file of the same folder. What a file says replaces what it extends; mappings are merged
key by key, lists of named items name by name, an assumption is replaced whole (a new value does not keep the old
source), and `remove: true` takes an item out. `form` says in which form a file is written: each is brought to that of
today before it is laid over another.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from budget_model.errors import Problem, ScenarioError, near_name
from budget_model.scenario.assumption import Assumption
from budget_model.scenario.evidence import FAST_LOADER, Refuse, filled_in
from budget_model.scenario.forms import FIRST_FORM, FORM, form_of, migrated
from budget_model.scenario.rules import broken_rules
from budget_model.scenario.schema import Scenario

MAX_BYTES = 1_000_000
_MAX_EXTENDS = 8
# What a reader is told in place of the validator's own words.
_IN_WORDS = {
    "tuple_type": "expected a list, each item beginning with '- '",
    "model_type": "expected 'key: value' lines",
    "string_type": "expected text",
    "string_too_short": "expected a text that is not empty",
    "string_too_long": "expected at most {max_length} letters",
    "int_type": "expected a whole number",
    "greater_than_equal": "expected {ge} or more",
    "less_than_equal": "expected {le} or less",
}


class _Reader(FAST_LOADER):  # type: ignore[misc, valid-type]
    """YAML without repeated keys: one of two figures would be lost."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"the key '{key.value}' stands twice", problem_mark=key.start_mark)
            seen.add(key.value)
        found: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return found


def load_scenario(path: str | Path) -> Scenario:
    """Return the scenario of a file, with what it extends filled in.

    Raises ScenarioError with all problems: each names the file, the place, the value given and what was expected.
    """
    return _validated(*_merged(Path(path), ()))


def file_schema() -> dict[str, Any]:
    """Return the JSON Schema of scenario files, for editors that check while one types: a scenario, and what only files say."""
    schema = Scenario.model_json_schema()
    of_files = {
        "form": {"type": "integer", "minimum": FIRST_FORM, "maximum": FORM, "description": f"The form it is written in, {FORM} today"},
        "extends": {"type": "string", "description": "A file of the same folder that this one is laid over"},
    }
    return {**schema, "properties": of_files | schema["properties"]}


def _merged(path: Path, above: tuple[Path, ...]) -> tuple[dict[str, Any], str]:
    """Return the raw content of a file laid over what it extends, and the file's name."""
    file = str(path)
    problems: list[Problem] = []
    content = filled_in(_parsed(_read(path), file), file, problems.append)
    form, base = _form(content.pop("form", None), file, problems.append), content.pop("extends", None)
    _refuse_origins(content, file, "", problems.append)
    if problems:
        raise ScenarioError(problems)
    if base is None:
        return migrated(content, form), file
    given = repr(base)
    if not isinstance(base, str) or Path(base).name != base:
        raise ScenarioError([Problem(file, "extends", given, "expected the name of a file in the same folder")])
    chain = (*above, path)
    base_path = path.parent / base
    if base_path in chain or len(chain) > _MAX_EXTENDS:
        raise ScenarioError([Problem(file, "extends", given, "files extend each other in a circle, or too many times")])
    if not base_path.is_file():
        known = sorted(found.name for found in path.parent.glob("*.yaml"))
        raise ScenarioError([Problem(file, "extends", given, f"there is no such file.{near_name(base, known)}")])
    base_content, base_file = _merged(base_path, chain)
    _validated(base_content, base_file)
    merged = _overlay(base_content, migrated(content, form, base_content), file, "", problems)
    if problems:
        raise ScenarioError(problems)
    return merged, file


def _form(given: Any, file: str, refuse: Refuse) -> int:
    try:
        return form_of(given)
    except ValueError as error:
        refuse(Problem(file, "form", _shown(given), str(error)))
        return FORM


def _refuse_origins(content: Any, file: str, place: str, refuse: Refuse) -> None:
    """Refuse assumptions that say themselves how they came: in a file every value is given."""
    if isinstance(content, list):
        for index, item in enumerate(content, 1):
            name = item.get("name", index) if isinstance(item, Mapping) else index
            _refuse_origins(item, file, f"{place}[{name}]", refuse)
    elif isinstance(content, Mapping):
        for key, value in content.items():
            if key == "origin" and "value" in content:
                refuse(Problem(file, f"{place}.origin", _shown(value), "this key is not known: what a file says is given"))
            _refuse_origins(value, file, f"{place}.{key}".lstrip("."), refuse)


def _read(path: Path) -> str:
    file = str(path)
    try:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            raise ScenarioError([Problem(file, "", "", f"the file is larger than {MAX_BYTES:,} bytes; no scenario is")])
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        known = sorted(str(found) for found in path.parent.glob("*.yaml"))
        raise ScenarioError([Problem(file, "", "", f"there is no such file.{near_name(file, known)}")]) from None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ScenarioError([Problem(file, "", "", f"the file cannot be read: {reason}")]) from None


@lru_cache(maxsize=16)
def _parsed(text: str, file: str) -> dict[str, Any]:
    """Return the content of a file's text; kept, because several files extend the same one. Nobody may alter it."""
    try:
        for event in yaml.parse(text, FAST_LOADER):
            if isinstance(event, yaml.AliasEvent):  # they can grow without end
                mark: Any = event.start_mark
                raise yaml.MarkedYAMLError(problem="aliases (*name) are not allowed", problem_mark=mark)
        content = yaml.load(text, _Reader)  # noqa: S506 - _Reader is a SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        reason = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise ScenarioError([Problem(file, place, "", f"this is not valid YAML: {reason}")]) from None
    if content is None:
        raise ScenarioError([Problem(file, "", "", "the file is empty; copy templates/scenario.yaml to begin")])
    if not isinstance(content, dict):
        raise ScenarioError([Problem(file, "", _shown(content), "expected 'key: value' lines, beginning with 'name:'")])
    return content


def _overlay(base: Any, over: Any, file: str, place: str, problems: list[Problem]) -> Any:
    """Return `over` laid over `base`."""
    if isinstance(base, Mapping) and "value" in base and isinstance(over, Mapping) and "value" not in over:
        expected = "an assumption is replaced whole, never its evidence alone; give the value as well"
        problems.append(Problem(file, place, _shown(over), expected))
        return base
    if isinstance(base, Mapping) and isinstance(over, Mapping) and "value" not in over:
        return {
            key: _overlay(base.get(key), over[key], file, f"{place}.{key}".lstrip("."), problems) if key in over else base[key]
            for key in [*base, *(key for key in over if key not in base)]
        }
    if not _are_named(over) or not (base is None or _are_named(base)):
        return over
    items = {item["name"]: item for item in base or ()}
    for item in over:
        named = f"{place}[{item['name']}]"
        if item.get("remove") is True:
            if items.pop(item["name"], None) is None:
                known = near_name(str(item["name"]), [str(name) for name in items])
                problems.append(Problem(file, named, "remove: true", f"there is no such item to remove.{known}"))
        else:
            items[item["name"]] = _overlay(items.get(item["name"]), item, file, named, problems)
    return list(items.values())


def _are_named(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) and isinstance(item.get("name"), str) for item in value)


def _validated(content: dict[str, Any], file: str) -> Scenario:
    """Return the scenario of raw content; where fields are wrong, still check the rest and report everything."""
    try:
        scenario = Scenario.model_validate(content)
    except ValidationError as error:
        details = _worth_saying(error.errors(include_url=False))
        problems = [_problem(detail, content, file) for detail in details]
        try:
            sound = Scenario.model_validate(_without(content, details))
        except ValidationError:
            raise ScenarioError(problems) from None
        raise ScenarioError([*problems, *broken_rules(sound, file, _names(content))]) from None
    problems = list(broken_rules(scenario, file, _names(content)))
    if problems:
        raise ScenarioError(problems)
    return scenario


def _names(content: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    """Return every (list, name) in the file, sound or not, so that a wrong item is not also reported as missing."""
    tables = ((key, items) for key, items in content.items() if isinstance(items, list))
    return frozenset((key, str(item.get("name"))) for key, items in tables for item in items if isinstance(item, Mapping))


def _worth_saying(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Drop the complaint that a list is too short when that is only because its items are wrong."""
    inside = {detail["loc"][:1] for detail in details if len(detail["loc"]) > 1}
    return [detail for detail in details if not (detail["type"] == "too_short" and detail["loc"] in inside)]


def _without(content: Mapping[str, Any], details: Sequence[ErrorDetails]) -> dict[str, Any]:
    """Return the content without what has errors: unknown keys, items with wrong fields, whole keys."""
    whole = {str(detail["loc"][0]) for detail in details if len(detail["loc"]) < 3}
    return {
        key: _sound_items(value, key, details) if isinstance(value, list) else value for key, value in content.items() if key not in whole
    }


def _sound_items(items: list[Any], table: str, details: Sequence[ErrorDetails]) -> list[Any]:
    sound = []
    for index, item in enumerate(items):
        wrong = [detail for detail in details if detail["loc"][:2] == (table, index)]
        unknown = {detail["loc"][2] for detail in wrong if detail["type"] == "extra_forbidden" and len(detail["loc"]) == 3}
        if len(unknown) == len(wrong):
            sound.append({key: value for key, value in item.items() if key not in unknown} if unknown else item)
    return sound


def _problem(detail: ErrorDetails, content: Any, file: str) -> Problem:
    place, keys = _place(detail["loc"], content)
    given, kind, context = _shown(detail["input"]), detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return Problem(file, place, given, f"this key is not known.{near_name(str(detail['loc'][-1]), keys)}")
    if kind == "missing":
        return Problem(file, place, "missing", f"expected {_missing(detail['loc'])}")
    if kind == "too_long":
        return Problem(file, place, f"{len(detail['input']):,} entries long", f"expected at most {context['max_length']:,}")
    if kind == "too_short":
        return Problem(file, place, "empty", f"expected at least {context['min_length']}")
    if kind in {"enum", "literal_error"}:
        choices = re.findall(r"'([^']*)'", context["expected"])
        near = near_name(str(detail["input"]), choices)
        return Problem(file, place, given, f"expected one of: {', '.join(choices)}.{near}")
    message = _IN_WORDS.get(kind, detail["msg"]).format(**context)
    return Problem(file, place, given, message[0].lower() + message[1:])


def _place(location: tuple[int | str, ...], content: Any) -> tuple[str, list[str]]:
    """Return a location as `sites[Antelope Valley].slots`, and the field names known where it ends."""
    model: type[BaseModel] = Scenario
    place, known = "", list(Scenario.model_fields)
    for key in location:
        if isinstance(key, int):
            content = content[key] if isinstance(content, list) and key < len(content) else None
            name = content.get("name") if isinstance(content, Mapping) else None
            place += f"[{name if isinstance(name, str) else key + 1}]"
        else:
            content = content.get(key) if isinstance(content, Mapping) else None
            place += f".{key}" if place else key
            known = list(model.model_fields)
            model = _model_at(model, key) or model
    return place, known


def _model_at(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    """Return the model of a field's value, or of its list's items."""
    about = model.model_fields.get(key)
    kinds = [about.annotation, *getattr(about.annotation, "__args__", ())] if about else []
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)


def _missing(location: tuple[int | str, ...]) -> str:
    """Return what a missing key should hold."""
    model: type[BaseModel] = Scenario
    for key in location[:-1]:
        model = model if isinstance(key, int) else _model_at(model, key) or model
    about = model.model_fields.get(str(location[-1]))
    kind = about.annotation if about else None
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return f"one of: {', '.join(kind)}"
    is_assumption = isinstance(kind, type) and issubclass(kind, Assumption)
    return about.description if about and about.description and is_assumption else f"the key '{location[-1]}'"


def _shown(value: Any) -> str:
    """Return a value as a short text for a message."""
    text = repr(value) if not isinstance(value, (Mapping, list)) else f"a {'mapping' if isinstance(value, Mapping) else 'list'}"
    return text if len(text) <= 80 else f"{text[:77]}..."
