"""Changes to a scenario: fields of its items set to other values. A scenario is never altered, only replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from budget_model.errors import Problem, ScenarioError
from budget_model.scenario.assumption import declared
from budget_model.scenario.rules import HERE, problems_of
from budget_model.scenario.schema import Scenario


@dataclass(frozen=True)
class Change:
    """Set a field (`caseload`, `site`, or `match.rate`) of a table's item to a value; `general` has no items.

    An assumption may also be given whole, as a mapping with its value, range, source, confidence and note.
    """

    table: str
    item: str
    field: str
    value: float | date | str | bool | tuple[str, ...] | Mapping[str, Any] | None

    @property
    def place(self) -> str:
        """The place as error messages name it."""
        return f"{_item_place(self.table, self.item)}.{self.field}"


def changed(scenario: Scenario, changes: Iterable[Change]) -> Scenario:
    """Return the scenario with the changes made together and checked. A number that was changed has no source any more.

    Raises ScenarioError naming the place and what was expected there.
    """
    by_item: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        by_item.setdefault((change.table, change.item), []).append(change)
    for (table, name), together in by_item.items():
        part = getattr(scenario, table)
        try:
            part = tuple(_with(item, together) if item.name == name else item for item in part) if name else _with(part, together)
        except ValidationError as error:
            raise ScenarioError([_problem(together, table, name, detail) for detail in error.errors(include_url=False)]) from None
        scenario = scenario.model_copy(update={table: part})
    return checked(scenario)


def checked(scenario: Scenario, changed_at: Iterable[tuple[str, str, str]] = ()) -> Scenario:
    """Return the scenario if what must hold between its parts does; raises ScenarioError with all that does not.

    So must what holds within an item, or a part without items, that was put together of two scenarios: at (table, item, field).
    """
    for table, name in dict.fromkeys(place[:2] for place in changed_at if place[0]):
        part = getattr(scenario, table)
        for one in part if isinstance(part, tuple) else [part]:
            if getattr(one, "name", "") == name:
                _check_alone(one, table, name)
    if problems := problems_of(scenario):
        raise ScenarioError(problems)
    return scenario


def _check_alone(part: Any, table: str, name: str) -> None:
    try:
        type(part).model_validate(dict(part))
    except ValidationError as error:
        raise ScenarioError([_problem([], table, name, detail) for detail in error.errors(include_url=False)]) from None


def _item_place(table: str, item: str) -> str:
    return f"{table}[{item}]" if item else table


def _problem(together: list[Change], table: str, item: str, detail: Any) -> Problem:
    """Return what is wrong with the field that the validator names, or with the item as a whole."""
    field = ".".join(str(part) for part in detail["loc"])
    given = next((str(change.value) for change in together if change.field == field), "")
    return Problem(HERE, f"{_item_place(table, item)}.{field}".rstrip("."), given, detail["msg"])


def _with(part: Any, changes: list[Change]) -> Any:
    """Return a part of the scenario with fields replaced, all of them before it is checked."""
    content = dict(part)
    for change in changes:
        field, _, inner = change.field.partition(".")
        if not inner:
            content[field] = _value(type(part), field, change.value)
            continue
        model = next(kind for kind in type(part).model_fields[field].annotation.__args__ if hasattr(kind, "model_fields"))
        content[field] = {**dict(content[field] or {"rate": 0}), inner: _value(model, inner, change.value)}
    return type(part).model_validate(content)


def _value(model: Any, field: str, value: Any) -> Any:
    """Return a value as its field takes it: an assumption, unless given whole, that was changed."""
    whole = value is None or isinstance(value, Mapping) or not declared(model.model_fields[field])
    return value if whole else {"value": value, "origin": "changed"}
