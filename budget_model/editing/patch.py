"""A step from one scenario to the next as plain data: only the items that changed. Small enough to keep each one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from budget_model.scenario.schema import Scenario

Patch = Mapping[str, Any]


def patch(before: Scenario, after: Scenario) -> Patch:
    """Return what leads from one scenario to the other: changed fields of its own, and by table its order and changed items."""
    whole, tables = {}, {}
    for field in type(after).model_fields:
        old, new = getattr(before, field), getattr(after, field)
        if old is new or old == new:
            continue
        if isinstance(new, tuple):
            same = {item.name: item for item in old}
            items = {item.name: item.model_dump(mode="json", exclude_defaults=True) for item in new if same.get(item.name) != item}
            tables[field] = {"order": [item.name for item in new], "items": items}
        else:
            whole[field] = after.model_dump(mode="json", include={field})[field]
    return {"whole": whole, "tables": tables}


def patched(scenario: Scenario, given: Patch) -> Scenario:
    """Return the scenario after a step. `patched(before, patch(before, after))` is `after`.

    Raises ValueError (pydantic's ValidationError is one) or KeyError where the step is not one of this scenario.
    """
    content = {field: getattr(scenario, field) for field in type(scenario).model_fields} | dict(given["whole"])
    for table, change in given["tables"].items():
        items = {item.name: item for item in getattr(scenario, table)} | change["items"]
        content[table] = tuple(items[name] for name in change["order"])
    return Scenario.model_validate(content)
