"""What a rule between the parts of a scenario is: a function that yields the problems it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from budget_model.scenario.schema import Scenario

Finding = tuple[str, str, str]  # place, what is given, what was expected
Names = frozenset[tuple[str, str]]  # (table, name) pairs of a file, including items that are wrong
Rule = Callable[[Scenario, Names], Iterator[Finding]]

SHARES_ADD_UP_WITHIN = 1e-6
