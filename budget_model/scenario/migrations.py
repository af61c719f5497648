"""What leads from each form of scenarios to the next, where more changed than defaults (see `forms.py`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from budget_model.scenario.assumption import NumberAssumption
from budget_model.scenario.choices import CapBasis, CostCategory
from budget_model.scenario.evidence import cap_name

Content = dict[str, Any]
Below = Mapping[str, Any] | None  # what content will be laid over, of today's form
Migration = Callable[[Content, Below], Content]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONTHS_OF_FORM_1 = frozenset({"first_month", "last_month", "go_live", "hire_month", "request_month", "order_month", "effective"})
_VALUES = frozenset({"value", "low", "high"})
FORM_WITH_CAPS = 3  # in which caps are a table
# The two caps that a source itself had until form 2: the category that each concerned, and what it was a share of.
CAPS_OF_FORM_2 = {"administration_cap": CostCategory.INDIRECT, "evaluation_cap": CostCategory.DATA_AND_EVALUATION}
_UNIT_OF_FORM_2 = "share of award and match"
_NO_CAP = NumberAssumption(value=1.0, origin="default").model_dump(mode="json")
_NAMED_OF_CAPS = {CostCategory.INDIRECT: "administration", CostCategory.DATA_AND_EVALUATION: "evaluation"}
# Tables of form 3 whose lines name a source: files of earlier forms know none of them.
_NAME_A_SOURCE = ("caps", "funding_plan", "in_kind_contributions")


def _days_left_out(content: Content, below: Below) -> Content:
    """Return content in which no month has a day: in form 1 any day stood for its month, since then a day is refused."""
    found: Content = _without_days(content)
    return found


def _without_days(content: Any, of_a_month: bool = False) -> Any:
    if isinstance(content, list):
        return [_without_days(item) for item in content]
    if isinstance(content, Mapping):
        of_it = _MONTHS_OF_FORM_1 | (_VALUES if of_a_month else frozenset())
        return {key: _without_days(value, key in of_it) for key, value in content.items()}
    if of_a_month and isinstance(content, str) and _DAY.fullmatch(content):
        with suppress(ValueError):  # which is no day, and is refused as it stands
            return f"{date.fromisoformat(content):%Y-%m}"
    return content


def _caps_in_a_table(content: Content, below: Below) -> Content:
    """Return content in which the caps of a source stand in the table of caps; those of a source that is taken out go with it."""
    sources, found = content.get("funding_sources"), []
    if not isinstance(sources, list):
        return content
    for source in sources:
        if not isinstance(source, dict):
            continue
        for key, category in CAPS_OF_FORM_2.items():
            given = source.pop(key, None)
            if given is not None and not (isinstance(given, Mapping) and given.get("origin") == "default"):
                found.append(cap_of_form_2(str(source.get("name")), category, _without_unit(given), below))
    if found:
        content["caps"] = [*found, *_list_in(content, "caps")]
    gone = {str(source.get("name")) for source in sources if isinstance(source, Mapping) and source.get("remove") is True}
    for table in _NAME_A_SOURCE if gone else ():
        lines = [{"name": line["name"], "remove": True} for line in _list_in(below, table) if line.get("source") in gone]
        if lines:
            content[table] = [*lines, *_list_in(content, table)]  # before the caps of a source that is written anew
    return content


def cap_of_form_2(source: str, category: CostCategory, given: Any, below: Below = None) -> Content:
    """Return the line of the table of caps that says what a source of form 2 said itself, under the name that it has below."""
    name = cap_name(source, _NAMED_OF_CAPS[category])
    for line in _list_in(below, "caps"):
        if (line.get("source"), line.get("category")) == (source, str(category)):
            name = str(line["name"])
    return {"name": name, "source": source, "category": str(category), "of": str(CapBasis.AWARD_AND_MATCH), "share": given}


def with_caps_of_form_2(content: Content) -> Content:
    """Return the whole content of a scenario of today's form with caps in the sources, as those had them until form 2."""
    for source in content["funding_sources"]:
        for key, category in CAPS_OF_FORM_2.items():
            said = [cap["share"] for cap in content["caps"] if (cap["source"], cap["category"]) == (source["name"], category)]
            source[key] = {**(said[0] if said else _NO_CAP), "unit": _UNIT_OF_FORM_2}
    return content


def _without_unit(given: Any) -> Any:
    return {key: value for key, value in given.items() if key != "unit"} if isinstance(given, Mapping) else given


def _list_in(content: Below, table: str) -> Iterator[Mapping[str, Any]]:
    found = (content or {}).get(table)
    yield from (line for line in (found if isinstance(found, list) else ()) if isinstance(line, Mapping))


# By the form that content is in: what leads to the next one.
MIGRATIONS: Mapping[int, Migration] = {1: _days_left_out, 2: _caps_in_a_table}
