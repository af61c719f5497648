"""A scenario as lines of a sheet, and back: by them an edited workbook knows what it was made from."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pydantic import ValidationError

from budget_model.errors import WorkbookError
from budget_model.scenario.schema import Scenario

WHOLE = "scenario"


def parts_of(scenario: Scenario) -> list[tuple[str, str]]:
    """Return a scenario as (part, content): one line for what is not in a table, one for each item; content is JSON."""
    content = scenario.model_dump(mode="json", exclude_defaults=True)
    tables = {name: content.pop(name) for name in scenario.tables if name in content}
    lines = [(WHOLE, json.dumps(content, ensure_ascii=False))]
    return lines + [(name, json.dumps(item, ensure_ascii=False)) for name, items in tables.items() for item in items]


def scenario_of(parts: Iterable[tuple[str, str]], place: str) -> Scenario:
    """Return the scenario of its lines. Raises WorkbookError, beginning with `place`, when they are not as written."""
    try:
        content: dict[str, object] = {}
        for name, text in parts:
            if name == WHOLE:
                content |= json.loads(text)
            else:
                content.setdefault(name, []).append(json.loads(text))  # type: ignore[attr-defined]
        return Scenario.model_validate(content)
    except (ValueError, TypeError, AttributeError, RecursionError, ValidationError):
        raise WorkbookError(f"{place}: the scenario written there was changed; take a fresh copy of the workbook") from None
