"""The rules of texts by which items are grouped, such as departments and units of the budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from budget_model.engine.names import folded
from budget_model.scenario.names import MOST_IN_A_NAME, expected_of_name, expected_of_word_for_none
from budget_model.scenario.rule import Finding, Names, Rule, Same
from budget_model.scenario.schema import Scenario

# Keys by which units of the budget are named, in whatever table: one name for each unit. What nobody said names none.
_KEYS_OF_UNITS = {"budget_unit": "budget_unit", "buyer": "budget_unit"}


def _groups_have_names(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """Texts by which items are grouped, such as departments, obey the rule for names."""
    for place, name in dict.fromkeys((place, name) for place, _, name in _grouped(scenario)):
        if expected := expected_of_name(name) or expected_of_word_for_none(name):
            yield place, repr(name) if len(name) <= MOST_IN_A_NAME else f"{len(name):,} letters long", expected


def _groups_are_told_apart(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """A group has one name, that which most of its items say."""
    written: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for place, key, name in _grouped(scenario):
        written.setdefault((key, folded(name)), []).append((name, place))
    for alike in written.values():
        usual = Counter(name for name, _ in alike).most_common(1)[0][0]
        there = next(place for name, place in alike if name == usual)
        for name, place in alike:
            if name != usual:
                yield place, repr(name), f"expected '{usual}', as in {there}, or a name that differs by more than capitals and spaces"


def _grouped(scenario: Scenario) -> Iterator[tuple[str, str, str]]:
    """Yield the texts by which items are grouped: where each stands, the key it is, and the text."""
    for table, items in scenario.tables.items():
        yield from _grouped_in(table, Same(items))


@lru_cache(maxsize=256)
def _grouped_in(table: str, same: Same) -> tuple[tuple[str, str, str], ...]:
    found = []
    for item in same.it:
        for key, field in item.table.grouping.items():
            text = getattr(item, field)
            says_nothing = key in _KEYS_OF_UNITS and text == type(item).model_fields[field].default
            if text is not None and not isinstance(text, StrEnum) and not says_nothing:
                found.append((f"{table}[{item.name}].{field}", _KEYS_OF_UNITS.get(key, key), text))
    return tuple(found)


GROUP_RULES: tuple[Rule, ...] = (_groups_have_names, _groups_are_told_apart)
