"""The register of evidence: every number the shipped scenarios use, by id, and the catalog of funding sources.

A scenario file takes a number with `{evidence: id}`, and a funding source with `catalog: id` and what differs beside it. Both
are read from `scenarios/evidence/`, where a number is corrected once for all. A value beside an id is refused: no source
vouches for a number that it did not give. Who confirms the number of a plan says it again, and it must be the register's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from budget_model.errors import Problem, ScenarioError, near_name
from budget_model.files import Stamp, stamp
from budget_model.folders import EVIDENCE
from budget_model.scenario.assumption import SourcedValue
from budget_model.scenario.wording import expected
from budget_model.scenario.yaml_text import MOST_PROBLEMS, Written, label, parsed, read_text, shown

FOLDER = EVIDENCE
_LONGEST_NAME = 60
CONFIRMED = frozenset({"confirmed_by", "confirmed_on"})
_NO_VALUE = "expected no value beside an evidence id: correct the register, or give the number a source of its own"
Refuse = Callable[[Problem], None]
_Entry = TypeVar("_Entry", bound=BaseModel)


class Evidence(SourcedValue):
    """One entry of the register: a number with what vouches for it, and what it is called there."""

    label: str
    value: float
    unit: str

    @model_validator(mode="before")
    @classmethod
    def _confirmed_in_a_scenario_alone(cls, given: Any) -> Any:
        """Refuse a confirmation: a partner confirms the number of one plan, not of all that are ever made of the register."""
        if isinstance(given, Mapping) and (told := sorted(CONFIRMED & given.keys())):
            words = "no entry of the register is confirmed: write '{keys}' in the scenario, beside the evidence id and the value confirmed"
            raise PydanticCustomError("confirmation", words, {"keys": "' and '".join(told)})
        return given


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
    return entries_of(Evidence, standing)


def entries_of(model: type[_Entry], standing: Stamp) -> Mapping[str, _Entry]:
    """Return the entries of a file of evidence by id, each read as the model says. Raises ScenarioError by line and place."""
    written = _written(standing)
    try:
        return TypeAdapter(dict[str, model]).validate_python(written.content)  # type: ignore[valid-type]
    except ValidationError as error:
        problems = [_problem(detail, model, written, str(standing[0])) for detail in error.errors()[:MOST_PROBLEMS]]
        raise ScenarioError(problems) from None


def _problem(detail: ErrorDetails, model: type[BaseModel], written: Written, file: str) -> Problem:
    place, kind = ".".join(map(str, detail["loc"])), detail["type"]
    given = "missing" if kind == "missing" else shown(detail["input"])
    unknown = f"this key is not known.{near_name(str(detail['loc'][-1]), list(model.model_fields))}"
    return Problem(file, place, given, unknown if kind == "extra_forbidden" else expected(detail), written.line_of(place))


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
        if found and (wrong := _wrong_beside(content, taken)):
            refuse(Problem(file, f"{place}.value", shown(content["value"]) if "value" in content else "missing", wrong))
        return {**taken, **content}
    return {key: filled_in(value, file, refuse, f"{place}.{key}".lstrip(".")) for key, value in content.items()}


def _wrong_beside(content: Mapping[str, Any], taken: Mapping[str, Any]) -> str:
    """Return what is wrong with the value beside an evidence id, '' where nothing is: only who confirms a number says it again.

    So a confirmation never comes to stand beside another number than the one that was confirmed.
    """
    if not CONFIRMED & content.keys():
        return _NO_VALUE if "value" in content else ""
    if "value" not in content:
        return f"expected the value that was confirmed; the register says {taken['value']:.15g}"
    return "" if content["value"] == taken["value"] else f"the register says {taken['value']:.15g}, and another number was confirmed"


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
