"""The tables an analyst edits: which columns a table of the scenario has, its cells as text, and what typed cells come to.

A cell shows a number with all its digits as people write them: shares in percent, months as Dec 2019. What it shows can be
typed again and comes to the very same value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from budget_model.editing.differences import Difference
from budget_model.editing.typed_entries import Entry, field_at, plain_value
from budget_model.formats import spoken
from budget_model.scenario.assumption import Assumption
from budget_model.scenario.declarations import field_of
from budget_model.scenario.entries import as_typed
from budget_model.scenario.fields import Field, Kind
from budget_model.scenario.schema import Item, Scenario
from budget_model.scenario.tables import MODELS, inner_parts, placed_assumptions

_LARGE = 10  # times as much, or a tenth: worth a second look


@dataclass(frozen=True)
class Column:
    """A column of an editable table: the field it holds (`match.rate` for a part), its heading, and what may be typed there."""

    field: str
    heading: str
    help: str
    takes: Field

    @property
    def kind(self) -> Kind:
        """How it is typed."""
        return self.takes.kind

    @property
    def choices(self) -> tuple[str, ...]:
        """What it chooses from."""
        return self.takes.choices


def columns(scenario: Scenario, table: str, *, every: bool = False) -> tuple[Column, ...]:
    """Return the columns of a table: the item's name, its choices, and the numbers that some item gives; or every field."""
    given = {placed.field for placed in placed_assumptions(scenario) if placed.table == table and placed.assumption.is_given}
    found = [_column(scenario, table, field) for field in _fields(MODELS[table]) if field not in ("latitude", "longitude") or every]
    shown = [column for column in found if every or column.field in given or _is_telling(column, scenario, table)]
    return tuple(sorted(shown, key=_rank))


def _rank(column: Column) -> int:
    """Return where a column stands: name, site, months, numbers; then choices, and what takes most room last."""
    first = {"name": 0, "site": 1}
    later = {"month": 2, "number": 3, "share": 3, "choice": 4, "flag": 4}
    return first.get(column.field, later.get(column.kind, 5))


def _is_telling(column: Column, scenario: Scenario, table: str) -> bool:
    """Whether a column that is no number says something of some item, or must be there to choose by."""
    if column.kind in ("number", "share"):
        return False
    if column.field == "name" or column.kind in ("month", "choice", "choices", "texts"):
        return True
    nothing = (column.takes.default, None)
    return any(plain_value(field_of(item, column.field)) not in nothing for item in getattr(scenario, table))


@cache
def _fields(model: type[Item]) -> tuple[str, ...]:
    """Return the fields of a table in the order of their declaration, those of a part with it (`match.rate`)."""
    parts = dict(inner_parts(model))
    inner = {field: tuple(f"{field}.{part}" for part in parts[field].model_fields) for field in parts}
    return tuple(name for field in model.model_fields for name in inner.get(field, (field,)))


def _column(scenario: Scenario, table: str, field: str) -> Column:
    takes, name = field_at(scenario, table, field), spoken(field)
    unit = f"%{takes.unit.removeprefix('share')}" if takes.kind == "share" else takes.unit
    plain = takes.kind not in ("number", "share") or unit in name.lower()
    heading = name if plain else f"{name} ({unit.replace('dollars', '$').replace('full-time equivalents', 'FTE')})"
    about = takes.expected if takes.label == name else f"{takes.label}: {takes.expected}"
    return Column(field, heading, f"{about[0].upper()}{about[1:]}.", takes)


def frame(scenario: Scenario, table: str, shown: Sequence[Column]) -> pd.DataFrame:
    """Return the cells of a table as they can be typed again, text but for ticks and lists: a line an item, a column a field."""
    items = getattr(scenario, table)
    return pd.DataFrame({column.field: pd.Series(_cells(items, column), dtype=_dtype(column)) for column in shown})


def _cells(items: Sequence[Item], column: Column) -> list[Any]:
    return [as_typed(plain_value(field_of(item, column.field)), column.takes) for item in items]


def _dtype(column: Column) -> type:
    return bool if column.kind == "flag" else object


def typed_entries(scenario: Scenario, table: str, names: Sequence[str], edited: Mapping[int, Mapping[str, Any]]) -> list[Entry]:
    """Return typed cells as entries; `edited` holds them by line and field, `names` are the lines' items.

    A line whose name was typed, and taken, is found under its new name.
    """
    items = {item.name for item in getattr(scenario, table)}
    found = []
    for row, cells in edited.items():
        name, new = names[int(row)], str(cells.get("name") or "").strip()
        found += [Entry(table, new if new in items and name not in items else name, field, cell) for field, cell in cells.items()]
    return found


def worth_a_look(difference: Difference) -> str:
    """Return why a change deserves a second look, or '': a number that became nothing, or ten times as much or as little."""
    before, after = difference.before, difference.after
    if (
        not (isinstance(before, Assumption) and isinstance(after, Assumption))
        or isinstance(after.value, date)
        or isinstance(before.value, date)
    ):
        return ""
    if before.value and not after.value:
        return "now nothing"
    if before.value and not 1 / _LARGE < after.value / before.value < _LARGE:
        return f"{after.value / before.value:,.3g} times as much"
    return ""
