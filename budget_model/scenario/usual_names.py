"""What an item that has no name is called: lines of a form's product name themselves by what they say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NAMED_THEMSELVES = ("factors", "amounts")
_OF = ("budget_line", "factor", "contract", "source")  # what an amount is of


def usual_name(item: Any) -> str:
    """Return the name of an item without one: of a factor its line and what it counts, of an amount what it is of and its first month.

    It is '' where the item has a name or does not say these.

    >>> usual_name({"budget_line": "Airfare", "number": 2, "counts": "trips"})
    'Airfare, trips'
    """
    if not isinstance(item, Mapping) or "name" in item:
        return ""
    of, says = next((item[key] for key in _OF if key in item), ""), item.get("first_month" if "amount" in item else "counts")
    return f"{of}, {says}" if isinstance(of, str) and isinstance(says, str) and of and says else ""


def with_usual_names(content: dict[str, Any]) -> dict[str, Any]:
    """Return the raw content of a file in which factors and amounts without a name have their usual one."""
    named = {
        table: [{"name": name, **item} if (name := usual_name(item)) else item for item in content[table]]
        for table in NAMED_THEMSELVES
        if isinstance(content.get(table), list)
    }
    return {**content, **named}
