"""What an item that has no name is called: lines that say something of others name themselves by what they say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# What an item without a name lacks where it does not say what makes its usual one, by table.
MAKES_A_NAME: Mapping[str, str] = {
    "factors": "budget_line and counts, what the number counts",
    "amounts": "what it is of (budget_line, factor, contract, position or source) and first_month",
    "rate_bases": "rate and what it is of (a line, another rate, a category, a class, an object class or all_lines)",
    "funding_assignments": "source, what it pays (a line, or a site with a category) and assigned_share or assigned_amount",
    "control_totals": "what it is of, first_month and printed",
}
NAMED_THEMSELVES = tuple(MAKES_A_NAME)
MOST_LETTERS = 60  # of a name
_AMOUNT_OF = ("budget_line", "factor", "contract", "position", "source")
_LINES = ("position", "contract", "service", "care", "budget_line")
_GROUPS = ("category", "appropriation_class", "object_class")
_MATCH = {"cash_match_of": "cash match", "in_kind_of": "in kind"}
_WHOLE = {"all_lines": "all lines", "all_cost": "all cost"}


def usual_name(item: Any) -> str:
    """Return the name of an item without one, cut to the letters that a name may have.

    Of a factor it is its line and what it counts, of an amount what it is of and its first month, of a rate base its rate and what that
    counts, of an assignment its source and line, of a control total what it is of and its months. It is '' where the item has a name or
    does not say these.

    >>> usual_name({"budget_line": "Airfare", "number": 2, "counts": "trips"})
    'Airfare, trips'
    >>> usual_name({"object_class": "Travel", "first_month": "2019-07", "last_month": "2020-06", "printed": 100})
    'Travel, 2019-07 to 2020-06'
    """
    if not isinstance(item, Mapping) or "name" in item:
        return ""
    said = _said(item)
    if not said or not all(isinstance(one, str) and one for one in said):
        return ""
    name = ", ".join(said)
    return name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1].rstrip()}…"


def _said(item: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what makes the name of an item, by the keys that it has."""
    if "printed" in item:
        months = (item[key] for key in ("first_month", "last_month") if key in item)
        match = (words for key, words in _MATCH.items() if key in item)
        return _first(item, (*_LINES, "rate", "site", "source", *_MATCH, *_GROUPS)), *match, _joined(months)
    if "assigned_share" in item or "assigned_amount" in item:
        column = (item[key] for key in ("source", "paid_by") if key in item)
        return *column, _first(item, (*_LINES, "rate", "site", *_GROUPS))
    if "amount" in item:
        return _first(item, _AMOUNT_OF), item.get("first_month")
    if "counts" in item:
        return item.get("budget_line"), item["counts"]
    if "rate" in item and "first_month" not in item:
        return item["rate"], _first(item, (*_LINES, "other_rate", *_GROUPS))
    return ()


def _first(item: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    """Return the first of some keys that an item has, or what stands for all of them."""
    return next((item[key] for key in keys if key in item), next((words for key, words in _WHOLE.items() if item.get(key)), None))


def _joined(months: Any) -> Any:
    listed = tuple(months)
    return " to ".join(listed) if listed and all(isinstance(month, str) for month in listed) else None


def with_usual_names(content: dict[str, Any]) -> dict[str, Any]:
    """Return the raw content of a file in which items of such tables that have no name have their usual one."""
    named = {
        table: [{"name": name, **item} if (name := usual_name(item)) else item for item in content[table]]
        for table in NAMED_THEMSELVES
        if isinstance(content.get(table), list)
    }
    return {**content, **named}
