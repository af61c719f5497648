"""Changes to a scenario: one assumption of one item set to another value. A scenario is never altered, only replaced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from budget_model.assumption import CHANGED
from budget_model.errors import Problem, ScenarioError
from budget_model.scenario import Scenario
from budget_model.scenario_rules import broken_rules

HERE = "this scenario"


@dataclass(frozen=True)
class Change:
    """Set a field (`caseload`, or `match.rate`) of a table's item to a value; `general` has no items."""

    table: str
    item: str
    field: str
    value: float | date

    @property
    def place(self) -> str:
        """The place as error messages name it."""
        return f"{self.table}[{self.item}].{self.field}" if self.item else f"{self.table}.{self.field}"


def changed(scenario: Scenario, changes: Iterable[Change]) -> Scenario:
    """Return the scenario with the changes made and checked. What was changed has no source any more.

    Raises ScenarioError naming the place and what was expected there.
    """
    for change in changes:
        part = getattr(scenario, change.table)
        try:
            part = tuple(_with(item, change) if item.name == change.item else item for item in part) if change.item else _with(part, change)
        except ValidationError as error:
            detail = error.errors(include_url=False)[0]
            raise ScenarioError([Problem(HERE, change.place, str(change.value), detail["msg"])]) from None
        scenario = scenario.model_copy(update={change.table: part})
    names = frozenset((table, item.name) for table, items in scenario.tables.items() for item in items)
    problems = list(broken_rules(scenario, HERE, names))
    if problems:
        raise ScenarioError(problems)
    return scenario


def _with(part: Any, change: Change) -> Any:
    """Return a part of the scenario with one assumption replaced."""
    field, _, inner = change.field.partition(".")
    value = {"value": change.value, "note": CHANGED}
    if inner:
        value = type(getattr(part, field)).model_validate({**dict(getattr(part, field)), inner: value})
    return type(part).model_validate({**dict(part), field: value})
