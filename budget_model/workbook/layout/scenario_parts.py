"""A scenario as lines of a sheet, and back: by them an edited workbook knows what it was made from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from budget_model.errors import WorkbookError
from budget_model.scenario.forms import FORM, form_of, restored
from budget_model.scenario.schema import Scenario

WHOLE = "scenario"
_FORM = "form"


def parts_of(scenario: Scenario) -> list[tuple[str, str]]:
    """Return a scenario as (part, content): one line for what is not in a table, one for each item; content is JSON.

    The first line says the form as well; what has its default is left out.
    """
    content = scenario.model_dump(mode="json", exclude_defaults=True)
    tables = {name: content.pop(name) for name in scenario.tables if name in content}
    lines = [(WHOLE, json.dumps({_FORM: FORM, **content}, ensure_ascii=False))]
    return lines + [(name, json.dumps(item, ensure_ascii=False)) for name, items in tables.items() for item in items]


def content_of(parts: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the plain data of a scenario's lines; raises ValueError, TypeError or AttributeError for other text."""
    content: dict[str, Any] = {}
    for name, text in parts:
        if name == WHOLE:
            content |= json.loads(text)
        else:
            content.setdefault(name, []).append(json.loads(text))
    return content


def scenario_of(content: dict[str, Any], cell: str) -> Scenario:
    """Return the scenario of plain data of any form up to today's. Raises WorkbookError, beginning with `cell`, where it is none."""
    try:
        form = form_of(content.pop(_FORM, None))
    except ValueError as error:
        raise WorkbookError(f"{cell}: the form of the scenario written there: {error}") from None
    try:
        return Scenario.model_validate(restored(content, form))
    except (ValueError, TypeError, AttributeError, RecursionError, ValidationError):
        raise changed(cell) from None


def changed(cell: str) -> WorkbookError:
    """Return the refusal of lines that are not as they were written."""
    return WorkbookError(f"{cell}: the scenario written there was changed; take a fresh copy of the workbook")
