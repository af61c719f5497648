"""What a rule between the parts of a scenario is: a function that yields the problems it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from budget_model.scenario.schema import Scenario

Finding = tuple[str, str, str]  # place, what is given, what was expected
Names = frozenset[tuple[str, str]]  # (table, name) pairs of a file, including items that are wrong
Rule = Callable[[Scenario, Names], Iterator[Finding]]

SHARES_ADD_UP_WITHIN = 1e-6


class Same:
    """A scenario, or a part of one, that is the same as itself alone: it is never altered, and to compare two takes longer than a rule."""

    def __init__(self, it: Any) -> None:
        self.it = it

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.it is other.it

    def __hash__(self) -> int:
        return id(self.it)
