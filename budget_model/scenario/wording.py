"""What a validator finds, in words: as files name it, and for people who never saw a file.

A problem names its place as scenario files do (`funding_sources[BSCC LEAD grant].pays`), which whoever writes a file looks
up. On the screen the same place is said by the titles and headings that stand there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic_core import ErrorDetails

from budget_model.errors import Problem, ScenarioError, near_name
from budget_model.formats import joined, spoken
from budget_model.scenario.choices import CostCategory, ObjectClass
from budget_model.scenario.object_classes import USUAL
from budget_model.scenario.schema import Scenario
from budget_model.scenario.schema.funding import Match
from budget_model.scenario.tables import MODELS, declared_fields

_IN_WORDS = {
    "tuple_type": "expected a list, each item beginning with '- '",
    "model_type": "expected 'key: value' lines",
    "string_type": "expected text",
    "string_too_short": "expected a text that is not empty",
    "string_too_long": "expected at most {max_length} letters",
    "int_type": "expected a whole number",
    "float_type": "expected a number",
    "float_parsing": "expected a number",
    "missing": "expected this key",
    "greater_than_equal": "expected {ge} or more",
    "less_than_equal": "expected {le} or less",
}
_PLACE = re.compile(r"(?P<table>[a-z_]+)(?:\[(?P<item>.*)\])?(?:\.(?P<field>[a-z_.]+))?")
_KEY = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b(?!\()")
_NOTHING = {"()", "[]", "''", "None", "", "missing", "empty"}


def expected(detail: ErrorDetails) -> str:
    """Return what was expected where the validator found a value wrong, such as 'expected text'."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in {"enum", "literal_error"}:
        choices = [choice for choice in re.findall(r"'([^']*)'", context["expected"]) if choice]  # '' is said by leaving it out
        given = str(detail["input"])
        return f"expected one of: {', '.join(choices)}.{near_name(given, choices) or _of_an_object_class(given, choices)}"
    if kind == "string_type" and isinstance(detail["input"], (int, float)):
        return f"expected text: put it in quotes, letter for letter as it is printed, such as '{detail['input']}'"
    if kind == "model_type" and context["class_name"] == Match.__name__:
        return "expected 'key: value' lines within it, such as match: {rate: 20%}"
    message = _IN_WORDS.get(kind, detail["msg"]).format(**context)
    return message[0].lower() + message[1:]


def _of_an_object_class(given: str, choices: list[str]) -> str:
    """Return which categories are usual for an object class that stands where a category is expected, or ''."""
    named = next((one for one in ObjectClass if one.casefold() == given.casefold()), None)
    if named is None or choices != list(CostCategory):
        return ""
    usual = [f"'{category}'" for category, object_class in USUAL.items() if object_class is named]
    return f" '{named}' is an object class" + (f": usual for {joined(usual)}." if usual else ", which no category has unless lines say it.")


def for_people(error: Exception) -> str:
    """Return what is wrong for whoever looks at the screen: titles and headings in place of the words of files."""
    if not isinstance(error, ScenarioError):
        return str(error)
    return " ".join(_sentence(problem) for problem in error.problems)


def _sentence(problem: Problem) -> str:
    given = problem.given.strip()
    found = "nothing is given" if given in _NOTHING else _in_words(given)
    where = place_in_words(problem.place)
    text = f"{where}: {found}; {_in_words(problem.expected)}" if where else f"{found}; {_in_words(problem.expected)}"
    return f"{text[0].upper()}{text[1:].rstrip('.')}."


def place_in_words(place: str) -> str:
    """Return where a problem is as the screen names it.

    >>> place_in_words("funding_sources[City grant].first_month")
    'Funding sources, City grant, First month of the period of performance'
    """
    found = _PLACE.fullmatch(place)
    if not found:
        return _in_words(place)
    table, item, field = found["table"], found["item"], found["field"]
    title = MODELS[table].table.title if table in MODELS else spoken(table)
    return ", ".join(part for part in (title, item, field and _labels(table).get(field, spoken(field))) if part)


@cache
def _labels(table: str) -> Mapping[str, str]:
    """Return the headings of a table's numbers and months."""
    model: Any = MODELS[table] if table in MODELS else Scenario.model_fields[table].annotation if table in Scenario.model_fields else None
    return {field: about.label for field, about in declared_fields(model)} if hasattr(model, "model_fields") else {}


def _in_words(text: str) -> str:
    """Return a text in which keys of files (`first_month`) are said as headings are."""
    return _KEY.sub(lambda key: f"'{MODELS[key[0]].table.title if key[0] in MODELS else spoken(key[0])}'", text)
