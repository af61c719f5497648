"""Read a scenario file: YAML, laid over the file it extends, validated, with every problem found at once.

`extends: other.yaml` names a file of the same folder. What a file says replaces what it extends; mappings are merged
key by key, lists of named items name by name, each once, an assumption is replaced whole (a new value does not keep the old
source), and `remove: true` takes an item out. `form` says in which form a file is written: each is brought to that of
today before it is laid over another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from budget_model.errors import Problem, ScenarioError, near_name
from budget_model.files import is_there
from budget_model.scenario.assumption import Assumption
from budget_model.scenario.evidence import Refuse, caps_from_catalog, filled_in
from budget_model.scenario.forms import FIRST_FORM, FORM, form_of, migrated
from budget_model.scenario.plausible import without_faults
from budget_model.scenario.rules import broken_rules
from budget_model.scenario.schema import ONE_SITE, Scenario
from budget_model.scenario.synonyms import PLAN, below_zero_elsewhere, meant_key, said_elsewhere
from budget_model.scenario.tables import MODELS
from budget_model.scenario.usual_names import MAKES_A_NAME, NAMED_THEMSELVES, with_usual_names
from budget_model.scenario.wording import expected
from budget_model.scenario.yaml_text import Problems, Written, label, parsed, read_text, shown

_MAX_EXTENDS = 8
_CAPPED = ("source", "category", "appropriation_class")


class _File(NamedTuple):
    """A file as it is read: its name, and what is written in it."""

    name: str
    written: Written


def load_scenario(path: str | Path) -> Scenario:
    """Return the scenario of a file, with what it extends filled in.

    Raises ScenarioError with the problems, all of them up to 50: each names the file, the line, the place, the value given and
    what was expected. No file takes more than a second or two, or is opened unless it is a regular one.
    """
    return _validated(*_merged(Path(path), ()))


def form_of_file(path: str | Path) -> int:
    """Return the oldest form in which a file, or one that it extends, is written. The file is one that `load_scenario` takes."""
    content = _file(Path(path)).written.content
    form, base = form_of(content.get("form")), content.get("extends")
    return form if base is None else min(form, form_of_file(Path(path).parent / base))


def file_schema() -> dict[str, Any]:
    """Return the JSON Schema of scenario files, for editors that check while one types: a scenario, and what only files say."""
    schema = Scenario.model_json_schema()
    of_files = {
        "form": {"type": "integer", "minimum": FIRST_FORM, "maximum": FORM, "description": f"The form it is written in, {FORM} today"},
        "extends": {"type": "string", "description": "A file of the same folder that this one is laid over"},
    }
    for table in NAMED_THEMSELVES:
        schema["$defs"][MODELS[table].__name__]["required"].remove("name")
    required = [key for key in schema["required"] if key != "sites"]  # a file that names none is of one site
    del schema["properties"]["sites"]["minItems"]
    return {**schema, "properties": of_files | schema["properties"], "required": required}


def _merged(path: Path, above: tuple[Path, ...]) -> tuple[dict[str, Any], _File]:
    """Return the raw content of a file laid over what it extends, and the file."""
    file = _file(path)
    problems = Problems()
    with _lines_said(file):
        content = with_usual_names(filled_in(file.written.content, file.name, problems.append))
        caps = filled_in(caps_from_catalog(file.written.content), file.name, problems.append)
        form, base = _form(content.pop("form", None), file.name, problems.append), content.pop("extends", None)
        _refuse_origins(content, file.name, "", problems.append)
        if problems:
            raise ScenarioError(problems)
        if base is None:
            said = {key: value for key, value in content.items() if key != "sites" or value != []}  # none listed is as none said
            return _with_caps(migrated(said, form), caps), file
        base_path = _base_path(base, (*above, path), file.name)
    base_content, base_file = _merged(base_path, (*above, path))
    _validated(base_content, base_file)
    with _lines_said(file):
        merged = _overlay(base_content, _with_caps(migrated(content, form, base_content), caps), file.name, "", problems)
        if problems:
            raise ScenarioError(problems)
    return merged, file


def _with_caps(content: dict[str, Any], caps: list[dict[str, Any]]) -> dict[str, Any]:
    """Return content with the caps of its sources from the catalog, but for those that it says otherwise."""
    said = content.get("caps", [])
    if not caps or not isinstance(said, list):
        return content
    kinds = {tuple(cap.get(key) for key in _CAPPED) for cap in said if isinstance(cap, Mapping)}
    return {**content, "caps": [*said, *(cap for cap in caps if tuple(cap.get(key) for key in _CAPPED) not in kinds)]}


def _base_path(base: Any, chain: tuple[Path, ...], file: str) -> Path:
    """Return the file that the last one of a chain extends."""
    folder = chain[-1].parent
    if not isinstance(base, str) or base in ("", "..") or Path(base).name != base:
        raise ScenarioError([Problem(file, "extends", shown(base), "expected the name of a file in the same folder")])
    if folder / base in chain or len(chain) > _MAX_EXTENDS:
        raise ScenarioError([Problem(file, "extends", shown(base), "files extend each other in a circle, or too many times")])
    known = sorted(found.name for found in folder.glob("*.yaml"))
    if base not in known and not is_there(folder / base):
        raise ScenarioError([Problem(file, "extends", shown(base), f"there is no such file.{near_name(base, known)}")])
    return folder / base


@contextmanager
def _lines_said(file: _File) -> Iterator[None]:
    """Say beside each problem of a file the line of its place."""
    try:
        yield
    except ScenarioError as error:
        raise ScenarioError(
            replace(problem, line=file.written.line_of(problem.place))
            if problem.file == file.name and problem.place and not problem.line
            else problem
            for problem in error.problems
        ) from None


def _form(given: Any, file: str, refuse: Refuse) -> int:
    try:
        return form_of(given)
    except ValueError as error:
        refuse(Problem(file, "form", shown(given), str(error)))
        return FORM


def _refuse_origins(content: Any, file: str, place: str, refuse: Refuse) -> None:
    """Refuse assumptions that say themselves how they came: in a file every value is given."""
    if isinstance(content, list):
        for index, item in enumerate(content, 1):
            _refuse_origins(item, file, f"{place}{label(item, index)}", refuse)
    elif isinstance(content, Mapping):
        for key, value in content.items():
            if key == "origin" and "value" in content:
                refuse(Problem(file, f"{place}.origin", shown(value), "this key is not known: what a file says is given"))
            _refuse_origins(value, file, f"{place}.{key}".lstrip("."), refuse)


def _file(path: Path) -> _File:
    file = str(path)
    try:
        text = read_text(path)
    except FileNotFoundError:
        known = sorted(str(found) for found in path.parent.glob("*.yaml"))
        raise ScenarioError([Problem(file, "", "", f"there is no such file.{near_name(file, known)}")]) from None
    return _File(file, _parsed(text, file))


@lru_cache(maxsize=8)
def _parsed(text: str, file: str) -> Written:
    """Return the content of a file's text; kept, because several files extend the same one. Nobody may alter it."""
    written = parsed(text, file)
    if written.content is None:
        raise ScenarioError([Problem(file, "", "", "the file is empty; copy templates/scenario.yaml to begin")])
    if not isinstance(written.content, dict):
        given = "a list" if isinstance(written.content, list) else "one word or text"  # a link may lead to what nobody should read
        raise ScenarioError([Problem(file, "", given, "expected 'key: value' lines, beginning with 'name:'", written.line)])
    return written


def _overlay(base: Any, over: Any, file: str, place: str, problems: list[Problem]) -> Any:
    """Return `over` laid over `base`."""
    if isinstance(base, Mapping) and "value" in base and isinstance(over, Mapping) and "value" not in over:
        words = "an assumption is replaced whole, never its evidence alone; give the value as well"
        problems.append(Problem(file, place, shown(over), words))
        return base
    if isinstance(base, Mapping) and isinstance(over, Mapping) and "value" not in over:
        return {
            key: _overlay(base.get(key), over[key], file, f"{place}.{key}".lstrip("."), problems) if key in over else base[key]
            for key in [*base, *(key for key in over if key not in base)]
        }
    if not _are_named(over) or not (base is None or _are_named(base)):
        return over
    items = {item["name"]: item for item in base or ()}
    if items and not over:
        words = "an empty list takes nothing out; write 'remove: true' beside the name of each item, or leave this key out"
        problems.append(Problem(file, place, "empty", words))
    said: dict[str, bool] = {}  # whether an item was taken out, by its name: it may be written anew after that, and not else
    for number, item in enumerate(over, 1):
        named, gone = f"{place}{label(item, number)}", item.get("remove") is True
        if item["name"] in said and (gone or not said[item["name"]]):
            problems.append(Problem(file, named, "named twice", "expected all that this file says of it in one item"))
        said[item["name"]] = gone
        if gone:
            if items.pop(item["name"], None) is None:
                known = near_name(str(item["name"]), [str(name) for name in items])
                problems.append(Problem(file, named, "remove: true", f"there is no such item to remove.{known}"))
        else:
            items[item["name"]] = _overlay(items.get(item["name"]), item, file, named, problems)
    return list(items.values())


def _are_named(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) and isinstance(item.get("name"), str) for item in value)


def _validated(content: dict[str, Any], file: _File) -> Scenario:
    """Return the scenario of raw content; where fields are wrong, still check the rest and report everything."""
    problems = Problems()
    with _lines_said(file):
        try:
            scenario = Scenario.model_validate(content)
        except ValidationError as error:
            details = _worth_saying(error.errors(include_url=False))
            for detail in details:
                problems.append(_problem(detail, content, file.name))
            for problem in _broken_in_any_case(content, details, file.name):
                problems.append(problem)
            raise ScenarioError(problems) from None
        for problem in broken_rules(scenario, file.name, _names(content)):
            problems.append(problem)
        if problems:
            raise ScenarioError(problems)
        return scenario


def _broken_in_any_case(content: dict[str, Any], details: Sequence[ErrorDetails], file: str) -> Iterator[Problem]:
    """Yield the rules that are broken whatever stands in place of what the validator found wrong."""
    names, faulty = _names(content), {_place(detail["loc"], content)[0] for detail in details}
    common: list[Problem] | None = None
    for plausible in without_faults(content, details):
        with suppress(ValidationError):
            found = [*broken_rules(Scenario.model_validate(plausible), file, names)]
            common = [problem for problem in (found if common is None else common) if problem in found and problem.place not in faulty]
        if common == []:
            break
    yield from common or ()


def _names(content: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    """Return every (list, name) in the file, sound or not, so that a wrong item is not also reported as missing.

    A file that lists no sites has the one that stands for them.
    """
    tables = ((key, items) for key, items in content.items() if isinstance(items, list))
    named = {(key, str(item.get("name"))) for key, items in tables for item in items if isinstance(item, Mapping)}
    return frozenset(named if "sites" in content else {*named, ("sites", ONE_SITE)})


def _worth_saying(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Drop the complaint that a list is too short when that is only because its items are wrong."""
    inside = {detail["loc"][:1] for detail in details if len(detail["loc"]) > 1}
    return [detail for detail in details if not (detail["type"] == "too_short" and detail["loc"] in inside)]


def _problem(detail: ErrorDetails, content: Any, file: str) -> Problem:
    place, keys = _place(detail["loc"], content)
    given, kind, context = shown(detail["input"]), detail["type"], detail.get("ctx", {})
    if "part" in context:
        place, given = f"{place}.{context['part']}", shown(context["given"])
    if kind == "extra_forbidden":
        key, within = str(detail["loc"][-1]), len(detail["loc"])
        table = PLAN if within == len(("key",)) else str(detail["loc"][0]) if within == len(("table", "item", "field")) else ""
        return Problem(file, place, given, f"this key is not known.{said_elsewhere(key, table, keys) or meant_key(key, keys)}")
    if kind == "missing" and detail["loc"][-1] == "name" and (made_of := MAKES_A_NAME.get(str(detail["loc"][0]))):
        return Problem(file, place, "missing", f"expected a name, or all that makes one: {made_of}")
    if kind == "missing":
        return Problem(file, place, "missing", f"expected {_missing(detail['loc'])}")
    if kind == "too_long":
        expected_at_most = f"expected at most {context['max_length']:,}: put entries that are alike together in one"
        return Problem(file, place, f"{len(detail['input']):,} entries long", expected_at_most)
    if kind == "too_short":
        return Problem(file, place, "empty", f"expected at least {context['min_length']}")
    return Problem(file, place, given, expected(detail) + below_zero_elsewhere(str(detail["loc"][0]), given))


def _place(location: tuple[int | str, ...], content: Any) -> tuple[str, list[str]]:
    """Return a location as `sites[Antelope Valley].slots`, and the field names known where it ends."""
    model: type[BaseModel] = Scenario
    place, known = "", list(Scenario.model_fields)
    for key in location:
        if isinstance(key, int):
            content = content[key] if isinstance(content, list) and key < len(content) else None
            place += label(content, key + 1)
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
