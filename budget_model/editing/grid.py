"""The tables an analyst edits: which columns a table of the scenario has, its cells as text, and what typed cells come to.

A cell shows a number with all its digits as people write them: shares in percent, months as Dec 2019. What it shows can be
typed again and comes to the very same value.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from budget_model.editing.differences import Difference
from budget_model.editing.typed_entries import Entry, field_at, plain_value
from budget_model.formats import spoken
from budget_model.scenario.assumption import Assumption
from budget_model.scenario.declarations import Group, field_of
from budget_model.scenario.entries import as_typed
from budget_model.scenario.field_groups import first_columns, groups_of
from budget_model.scenario.fields import Field, Kind
from budget_model.scenario.schema import Item, Scenario
from budget_model.scenario.tables import MODELS

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

    @property
    def label(self) -> str:
        """What it is called where there is room for all of it."""
        return _with_unit(self.takes.label, self.takes)


def columns(
    scenario: Scenario, table: str, *, every: bool = False, groups: Collection[Group] = (), fields: Collection[str] = ()
) -> tuple[Column, ...]:
    """Return the columns of a table: the name, those asked for by group or field, those that matter, and with `every` all others.

    What is asked for stands beside the name, where it is in sight: a table is wider than most windows.
    """
    model = MODELS[table]
    name, *first = first_columns(model)
    others = [(group, field) for group, members in groups_of(model).items() for field in members if field not in (name, *first)]
    asked = [field for group, field in others if group in groups or field in fields]
    rest = [field for _, field in others if every and field not in asked]
    return tuple(_column(scenario, table, field) for field in (name, *asked, *first, *rest))


def _column(scenario: Scenario, table: str, field: str) -> Column:
    takes, name = field_at(scenario, table, field), spoken(field)
    about = takes.expected if takes.label == name else f"{takes.label}: {takes.expected}"
    return Column(field, _with_unit(name, takes), f"{about[0].upper()}{about[1:]}.", takes)


def _with_unit(name: str, takes: Field) -> str:
    unit = f"%{takes.unit.removeprefix('share')}" if takes.kind == "share" else takes.unit
    if takes.kind not in ("number", "share") or unit in name.lower():
        return name
    return f"{name} ({unit.replace('dollars', '$').replace('full-time equivalents', 'FTE')})"


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
