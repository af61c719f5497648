"""A step from one scenario to the next as plain data: only the items that changed. Small enough to keep each one.

Items are written whole, so that a step leads to the same scenario when a default is another one later.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from budget_model.scenario.forms import FORM, restored
from budget_model.scenario.migrations import FORM_WITH_CAPS
from budget_model.scenario.schema import Scenario
from budget_model.scenario.text import whole

Patch = Mapping[str, Any]


def patch(before: Scenario, after: Scenario) -> Patch:
    """Return what leads from one scenario to the other: changed fields of its own, and by table its order and changed items."""
    fields, tables = {}, {}
    for field in type(after).model_fields:
        old, new = getattr(before, field), getattr(after, field)
        if old is new or old == new:
            continue
        if isinstance(new, tuple):
            same = {item.name: item for item in old}
            items = {item.name: whole(item) for item in new if same.get(item.name) != item}
            tables[field] = {"order": [item.name for item in new], "items": items}
        else:
            fields[field] = whole(new) if isinstance(new, BaseModel) else after.model_dump(mode="json", include={field})[field]
    return {"whole": fields, "tables": tables}


def patched(scenario: Scenario, given: Patch, form: int = FORM) -> Scenario:
    """Return the scenario after a step of a form. `patched(before, patch(before, after))` is `after`.

    Raises ValueError (pydantic's ValidationError is one) or KeyError where the step is not one of this scenario.
    """
    changed = {table: list(change["items"].values()) for table, change in given["tables"].items()}
    changed = restored({**given["whole"], **changed}, form, whole=False)
    content = {field: getattr(scenario, field) for field in type(scenario).model_fields} | changed
    if form < FORM_WITH_CAPS and "funding_sources" in given["tables"]:
        content["caps"] = _caps_after(scenario, given["tables"]["funding_sources"], changed.get("caps", []))
    for table, change in given["tables"].items():
        items = {item.name: item for item in getattr(scenario, table)} | {item["name"]: item for item in changed.get(table, ())}
        content[table] = tuple(items[name] for name in change["order"])
    return Scenario.model_validate(content)


def _caps_after(scenario: Scenario, sources: Mapping[str, Any], new: list[Any]) -> tuple[Any, ...]:
    """Return the caps after a step of a form in which sources had them: of the sources that stay as they are, and of new ones."""
    kept = set(sources["order"]) - set(sources["items"])
    return (*(cap for cap in scenario.caps if cap.source in kept), *new)
