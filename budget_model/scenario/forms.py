"""The form of what a scenario is written in, and how content of an earlier form is brought to that of today.

A form names the keys there are and what holds where one is left out. A file says its form with the key `form`; one without
the key is of form 1, that of version 0.4.0. What a file leaves out keeps the default of the file's own form: the defaults of
every form are frozen in `defaults.json`, each form with the parts that differ from the form before.

Whenever a declared default or a required key changes, raise `FORM`, add the changed parts to `defaults.json` and, where keys
were renamed or moved, a function to `MIGRATIONS`; a test fails until it is done. A new key with a default needs no new form,
only its part among those of today's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FORM = 3
FIRST_FORM = 1  # of files, and of stored content, that name none
_FROZEN = Path(__file__).with_name("defaults.json")
# How version 0.4.0 kept in the note what is now the origin.
_DEFAULT_NOTE, _CHANGED_NOTE = "default", "changed from the saved scenario"

Content = dict[str, Any]
Part = Mapping[str, Any]  # {"required": [key, ...], "defaults": {key: what a file would say}}


def form_of(given: Any) -> int:
    """Return the form that content names, 1 for None. Raises ValueError, in words, for one that this version does not know."""
    if given is None:
        return FIRST_FORM
    if isinstance(given, bool) or not isinstance(given, int) or given < FIRST_FORM:
        raise ValueError(f"expected a whole number from {FIRST_FORM} to {FORM}")
    if given > FORM:
        raise ValueError(f"a later version of the modeler wrote it; this one reads forms {FIRST_FORM} to {FORM}")
    return given


@cache
def frozen(form: int) -> Mapping[str, Part]:
    """Return the parts of a scenario in a form, by their key in the file ('' is the scenario itself)."""
    forms = json.loads(_FROZEN.read_text(encoding="utf-8"))
    parts: dict[str, Part] = {}
    for number in range(FIRST_FORM, form + 1):
        parts |= forms[str(number)]
    return parts


def migrated(content: Content, form: int, below: Mapping[str, Any] | None = None, *, whole: bool = True) -> Content:
    """Return raw content of an earlier form as one of today's form would say it.

    `below` is what the content will be laid over, of today's form already: what stands there is no default. With `whole`
    false only the parts that are there are seen to, as in a step of a draft.
    """
    for number in range(form, FORM):
        old, new = frozen(number), frozen(number + 1)
        for key, part in _parts(content, below, whole=whole):
            for field, default in (_differing(old.get(key), new.get(key)) | BEFORE_IT_WAS_A_KEY.get(number, {}).get(key, {})).items():
                part.setdefault(field, _as_default(default))
        if number in MIGRATIONS:
            content = MIGRATIONS[number](content)
    return content


def restored(content: Content, form: int, *, whole: bool = True) -> Content:
    """Return content that the modeler stored itself, rather than a person wrote, as one of today's form would say it."""
    if form == FIRST_FORM:
        for key, part in _parts(content, None, whole=whole):
            _note_to_origin(part, frozen(form).get(key, {"defaults": {}})["defaults"])
    return migrated(content, form, whole=whole)


def _days_left_out(content: Any, of_a_month: bool = False) -> Any:
    """Return content in which no month has a day: in form 1 any day stood for its month, since then a day is refused."""
    if isinstance(content, list):
        return [_days_left_out(item) for item in content]
    if isinstance(content, Mapping):
        of_it = _MONTHS_OF_FORM_1 | (_VALUES if of_a_month else frozenset())
        return {key: _days_left_out(value, key in of_it) for key, value in content.items()}
    if of_a_month and isinstance(content, str) and _DAY.fullmatch(content):
        with suppress(ValueError):  # which is no day, and is refused as it stands
            return f"{date.fromisoformat(content):%Y-%m}"
    return content


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONTHS_OF_FORM_1 = frozenset({"first_month", "last_month", "go_live", "hire_month", "request_month", "order_month", "effective"})
_VALUES = frozenset({"value", "low", "high"})
# What leads from the form of the key to the next one, where more changed than defaults.
MIGRATIONS: Mapping[int, Callable[[Content], Content]] = {1: _days_left_out}

# What held in a form of which the next one has a key for it with another default.
BEFORE_IT_WAS_A_KEY: Mapping[int, Mapping[str, Content]] = {
    2: {
        "county_positions": {"step_rule": "July after a month"},
        "provider_contracts": {"caseload_of": "engaged participants"},
        "treatment_and_housing": {"paid_by": "people"},
        "outcomes": {"effect_on": "active participants", "effect_lasts": True},
    }
}


def _parts(content: Content, below: Mapping[str, Any] | None, *, whole: bool) -> Iterator[tuple[str, Content]]:
    """Yield the parts of content, to be altered, that do not lie over another: with their key in the tables of defaults."""
    if whole and below is None:
        yield "", content
        for key in ("general", "rounding"):
            content.setdefault(key, {})
    for key, value in content.items():
        lower = (below or {}).get(key)
        if isinstance(value, dict) and lower is None:
            yield key, value
        elif isinstance(value, list):
            named = {str(item.get("name")): item for item in (lower if isinstance(lower, list) else ()) if isinstance(item, Mapping)}
            for item in value:
                if isinstance(item, dict) and item.get("remove") is not True:
                    yield from _item_parts(key, item, named.get(str(item.get("name"))))


def _item_parts(table: str, item: Content, lower: Mapping[str, Any] | None) -> Iterator[tuple[str, Content]]:
    if lower is None:
        yield table, item
    for key, value in item.items():
        if isinstance(value, dict) and "value" not in value and not isinstance((lower or {}).get(key), Mapping):
            yield f"{table}.{key}", value


def _differing(old: Part | None, new: Part | None) -> Content:
    """Return the defaults of a part that the next form does not have any more, or has otherwise."""
    before, after = (part["defaults"] if part else {} for part in (old, new))
    return {key: default for key, default in before.items() if key not in after or after[key] != default}


def _as_default(default: Any) -> Any:
    return {**default, "origin": "default"} if isinstance(default, dict) and "value" in default else default


def _note_to_origin(part: Content, defaults: Mapping[str, Any]) -> None:
    """Say as origin what form 1 said in the note; that of an analyst, beside a value that is no default, stays."""
    for field, given in part.items():
        if not isinstance(given, dict) or "value" not in given:
            continue
        default = defaults.get(field)
        if given.get("note") == _CHANGED_NOTE:
            part[field] = {**given, "note": "", "origin": "changed"}
        elif given.get("note") == _DEFAULT_NOTE and default and default["value"] == given["value"]:
            part[field] = {**given, "note": "", "origin": "default"}
