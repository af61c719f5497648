"""The register of evidence: every number the shipped scenarios use, by id, and the catalog of funding sources.

A scenario file takes a number with `{evidence: id}`, and a funding source with `catalog: id` and what differs beside it. Both
are read from `scenarios/evidence/`, where a number is corrected once for all. A value beside an id is refused: no source
vouches for a number that it did not give.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from budget_model.errors import Problem, ScenarioError, near_name
from budget_model.files import Stamp, stamp
from budget_model.folders import EVIDENCE
from budget_model.scenario.assumption import SourcedValue

FAST_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's, which PyYAML's wheels bring: ten times as fast
FOLDER = EVIDENCE
Refuse = Callable[[Problem], None]


class Evidence(SourcedValue):
    """One entry of the register: a number with what vouches for it, and what it is called there."""

    label: str
    value: float
    unit: str


# What an assumption takes over from the register.
_TAKEN = tuple(SourcedValue.model_fields)


def register() -> Mapping[str, Evidence]:
    """Return every entry by id, as the file stands now. Raises ScenarioError naming the entry that is wrong."""
    return _entries(stamp(FOLDER / "register.yaml"))


def catalog() -> Mapping[str, Mapping[str, Any]]:
    """Return the catalog of funding sources by id, each as a scenario file would write it."""
    return _content(stamp(FOLDER / "funding_sources.yaml"))


@lru_cache(maxsize=4)
def _entries(standing: Stamp) -> Mapping[str, Evidence]:
    try:
        return TypeAdapter(dict[str, Evidence]).validate_python(_content(standing))
    except ValidationError as error:
        problems = [(".".join(map(str, detail["loc"])), str(detail["input"])[:80], detail["msg"]) for detail in error.errors()]
        raise ScenarioError(Problem(str(standing[0]), *problem) for problem in problems) from None


@lru_cache(maxsize=4)
def _content(standing: Stamp) -> dict[str, Any]:
    file = standing[0]
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), FAST_LOADER)  # noqa: S506 - a SafeLoader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ScenarioError([Problem(str(file), "", "", f"the file cannot be read: {' '.join(str(error).split())}")]) from None
    if not isinstance(content, dict):
        raise ScenarioError([Problem(str(file), "", "", "expected entries, each an id with its lines below it")])
    return content


def filled_in(content: Any, file: str, refuse: Refuse, place: str = "") -> Any:
    """Return raw content with each `evidence:` and `catalog:` replaced by its entry; unknown ids are refused by place."""
    if isinstance(content, list):
        return [filled_in(item, file, refuse, f"{place}[{_name(item, index)}]") for index, item in enumerate(content, 1)]
    if not isinstance(content, Mapping):
        return content
    if "catalog" in content:
        entry = _entry(content["catalog"], catalog(), "the catalog of funding sources", file, f"{place}.catalog", refuse)
        content = {**entry, **{key: value for key, value in content.items() if key != "catalog"}}
    if "evidence" in content:
        found = _entry(content["evidence"], register(), "the register of evidence", file, f"{place}.evidence", refuse)
        taken = {key: getattr(found, key) for key in _TAKEN if getattr(found, key) is not None} if isinstance(found, Evidence) else {}
        if "value" in content:
            expected = "expected no value beside an evidence id: correct the register, or give the number a source of its own"
            refuse(Problem(file, f"{place}.value", repr(content["value"]), expected))
        return {**taken, **content}
    return {key: filled_in(value, file, refuse, f"{place}.{key}".lstrip(".")) for key, value in content.items()}


def _entry(given: Any, entries: Mapping[str, Any], kind: str, file: str, place: str, refuse: Refuse) -> Any:
    if isinstance(given, str) and given in entries:
        return entries[given]
    refuse(Problem(file, place, repr(given), f"expected an id of {kind}.{near_name(str(given), list(entries))}"))
    return {}


def _name(item: Any, index: int) -> Any:
    return item.get("name", index) if isinstance(item, Mapping) else index
