"""The register of evidence: every number the shipped scenarios use, by id, and the catalog of funding sources.

A scenario file takes a number with `{evidence: id}`, and a funding source with `catalog: id` and what differs beside it. Both
are read from `scenarios/evidence/`, where a number is corrected once for all. A value beside an id is refused: no source
vouches for a number that it did not give.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from budget_model.errors import Problem, ScenarioError, near_name
from budget_model.files import Stamp, stamp
from budget_model.folders import EVIDENCE
from budget_model.scenario.assumption import SourcedValue
from budget_model.scenario.yaml_text import MOST_PROBLEMS, Written, label, parsed, read_text, shown

FOLDER = EVIDENCE
_LONGEST_NAME = 60
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
    content: dict[str, Any] = _written(stamp(FOLDER / "funding_sources.yaml")).content
    return content


@lru_cache(maxsize=4)
def _entries(standing: Stamp) -> Mapping[str, Evidence]:
    written = _written(standing)
    try:
        return TypeAdapter(dict[str, Evidence]).validate_python(written.content)
    except ValidationError as error:
        problems = [
            Problem(str(standing[0]), place, str(detail["input"])[:80], detail["msg"], written.line_of(place))
            for detail in error.errors()[:MOST_PROBLEMS]
            for place in [".".join(map(str, detail["loc"]))]
        ]
        raise ScenarioError(problems) from None


@lru_cache(maxsize=4)
def _written(standing: Stamp) -> Written:
    file = str(standing[0])
    try:
        written = parsed(read_text(standing[0], "file of evidence"), file)
    except FileNotFoundError:
        raise ScenarioError([Problem(file, "", "", "there is no such file: numbers and sources are taken from it by their ids")]) from None
    if not isinstance(written.content, dict) or not all(isinstance(entry, dict) for entry in written.content.values()):
        raise ScenarioError([Problem(file, "", "", "expected entries, each an id with its lines below it", max(written.line, 1))])
    return written


def filled_in(content: Any, file: str, refuse: Refuse, place: str = "") -> Any:
    """Return raw content with each `evidence:` and `catalog:` replaced by its entry; unknown ids are refused by place."""
    if isinstance(content, list):
        return [filled_in(item, file, refuse, f"{place}{label(item, index)}") for index, item in enumerate(content, 1)]
    if not isinstance(content, Mapping):
        return content
    if "catalog" in content:
        entry = _entry(content["catalog"], catalog(), "the catalog of funding sources", file, f"{place}.catalog", refuse)
        entry = {key: value for key, value in entry.items() if key != "caps"}
        content = {**entry, **{key: value for key, value in content.items() if key != "catalog"}}
    if "evidence" in content:
        found = _entry(content["evidence"], register(), "the register of evidence", file, f"{place}.evidence", refuse)
        taken = {key: getattr(found, key) for key in _TAKEN if getattr(found, key) is not None} if isinstance(found, Evidence) else {}
        if "value" in content:
            expected = "expected no value beside an evidence id: correct the register, or give the number a source of its own"
            refuse(Problem(file, f"{place}.value", shown(content["value"]), expected))
        return {**taken, **content}
    return {key: filled_in(value, file, refuse, f"{place}.{key}".lstrip(".")) for key, value in content.items()}


def caps_from_catalog(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the caps of the sources that raw content takes from the catalog, as its table of caps would say them."""
    sources = content.get("funding_sources")
    found = []
    for source in sources if isinstance(sources, list) else ():
        entry = catalog().get(str(source.get("catalog"))) if isinstance(source, Mapping) and "catalog" in source else None
        for cap in (entry or {}).get("caps", ()):
            name = str(source.get("name", (entry or {}).get("name")))
            found.append({**cap, "name": cap_name(name, cap["name"]), "source": name})
    return found


def cap_name(source: str, of: str) -> str:
    """Return the name of a cap that came with its source: at most as long as a name may be."""
    return f"{source[: _LONGEST_NAME - len(of) - 2].rstrip()}, {of}"


def _entry(given: Any, entries: Mapping[str, Any], kind: str, file: str, place: str, refuse: Refuse) -> Any:
    if isinstance(given, str) and given in entries:
        return entries[given]
    refuse(Problem(file, place, shown(given), f"expected an id of {kind}.{near_name(str(given), list(entries))}"))
    return {}
