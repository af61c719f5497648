"""The tables an analyst edits: which columns a table of the scenario has, its cells as they are typed, and what was typed.

Shares are typed in percent, months as 2019-07. Everything else is typed as it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

import pandas as pd
from pydantic.fields import FieldInfo

from budget_model.editing.changes import Change
from budget_model.editing.differences import Difference
from budget_model.editing.items import renamed
from budget_model.formats import spoken
from budget_model.scenario.assumption import Assumption, Declared, declared
from budget_model.scenario.schema import Item, Scenario
from budget_model.scenario.tables import MODELS, inner_parts, nameable, placed_assumptions
from budget_model.timeline import month_label

Kind = Literal["number", "share", "month", "text", "choice", "several", "words", "flag"]
MONTH_PATTERN = r"^(19|20)\d\d-(0[1-9]|1[0-2])$"
_PERCENT = 100
_LARGE = 10  # times as much, or a tenth: worth a second look


@dataclass(frozen=True)
class Column:
    """A column of an editable table: the field it holds (`match.rate` for a part), how it is typed, and its bounds as typed."""

    field: str
    heading: str
    kind: Kind
    help: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    required: bool = True


def columns(scenario: Scenario, table: str, *, every: bool = False) -> tuple[Column, ...]:
    """Return the columns of a table: the item's name, its choices, and the numbers that some item gives; or every field."""
    model = MODELS[table]
    given = {placed.field for placed in placed_assumptions(scenario) if placed.table == table and placed.assumption.is_given}
    found = [column for column in _columns(model) if column.field not in ("latitude", "longitude") or every]
    shown = [column for column in found if every or column.field in given or _is_telling(column, scenario, table)]
    shown.sort(key=_rank)
    return tuple(_with_choices(column, model, scenario) for column in shown)


def _rank(column: Column) -> int:
    """Return where a column stands: name, site, months, numbers; then choices, and what takes most room last."""
    first = {"name": 0, "site": 1}
    later = {"month": 2, "number": 3, "share": 3, "choice": 4, "flag": 4}
    return first.get(column.field, later.get(column.kind, 5))


def _is_telling(column: Column, scenario: Scenario, table: str) -> bool:
    """Whether a column that is no number says something of some item, or must be there to choose by."""
    if column.field == "name" or column.kind == "month":
        return True
    if column.kind in ("number", "share"):
        return False
    fields = MODELS[table].model_fields
    default = fields[column.field].get_default() if column.field in fields else None
    return column.kind == "choice" or any(read(item, column.field) not in (default, None) for item in getattr(scenario, table))


@cache
def _columns(model: type[Item]) -> tuple[Column, ...]:
    found, parts = [], dict(inner_parts(model))
    for field, info in model.model_fields.items():
        if field in parts:
            found += [_column(f"{field}.{inner}", about, required=True) for inner, about in parts[field].model_fields.items()]
        else:
            found.append(_column(field, info, required=info.is_required(), names_items=field in model.table.references))
    return tuple(found)


def _column(field: str, info: FieldInfo, *, required: bool, names_items: bool = False) -> Column:
    about = declared(info)
    if about:
        return _of_assumption(field, about, required=required)
    return _of_other(field, info.annotation, required=required, names_items=names_items)


def _of_other(field: str, annotation: Any, *, required: bool, names_items: bool) -> Column:
    """Return the column of a field that is no assumption: a choice, a reference, yes or no, a list, a place, a text."""
    heading = spoken(field)
    bare = [get_args(part)[0] if get_origin(part) is Annotated else part for part in (annotation, *get_args(annotation))]
    kinds = [kind for kind in bare if isinstance(kind, type)]
    choices = next((tuple(kind) for kind in kinds if issubclass(kind, StrEnum)), ())
    if get_origin(annotation) is tuple:
        return Column(field, heading, "several" if choices else "words", "Any number of them.", choices=choices, required=False)
    if choices or names_items:
        return Column(field, heading, "choice", "Choose one.", choices=choices, required=required)
    if annotation is bool:
        return Column(field, heading, "flag", "Yes or no.")
    if float in kinds:
        return Column(field, f"{heading} (degrees)", "number", "Places the site on the map.", required=False)
    return Column(field, heading, "text", "Text.", required=field == "name")


def _of_assumption(field: str, about: Declared, *, required: bool = True) -> Column:
    name = spoken(field)
    if about.is_month:
        return Column(field, f"{name} (YYYY-MM)", "month", f"{about.label}: {about.expected}", required=required)
    share = about.unit.startswith("share")
    unit = f"%{about.unit.removeprefix('share')}" if share else about.unit
    scale = _PERCENT if share else 1
    high = None if about.at_most == float("inf") else about.at_most * scale
    kind: Kind = "share" if share else "number"
    span = f"from {about.at_least * scale:g}" + (f" to {high:g}" if high is not None else "")
    heading = name if unit in name.lower() else f"{name} ({_short(unit)})"
    return Column(field, heading, kind, f"{about.label}: {unit}, {span}", about.at_least * scale, high)


def _short(unit: str) -> str:
    return unit.replace("dollars", "$").replace("full-time equivalents", "FTE")


def _with_choices(column: Column, model: type[Item], scenario: Scenario) -> Column:
    """Return a column with the names it may hold, where it names another item."""
    reference = model.table.references.get(column.field)
    if reference is None:
        return column
    names = (*nameable(scenario, reference), *([reference.none] if reference.none else []))
    return replace(column, choices=names)


def read(item: Item, field: str) -> Any:
    """Return what an item holds in a field as it is typed; None where there is nothing."""
    part, _, inner = field.partition(".")
    found = getattr(item, part)
    if inner:
        found = getattr(found, inner) if found is not None else None
    return typed(found, field, type(item))


def typed(found: Any, field: str, model: type[Item]) -> Any:
    """Return a value of a field as it is typed."""
    if isinstance(found, Assumption):
        if isinstance(found.value, date):
            return month_label(found.value)
        column = next(column for column in _columns(model) if column.field == field)
        return round(found.value * _PERCENT, 9) if column.kind == "share" else found.value
    if isinstance(found, StrEnum):
        return str(found)
    return [str(part) for part in found] if isinstance(found, tuple) else found


def frame(scenario: Scenario, table: str, shown: Sequence[Column]) -> pd.DataFrame:
    """Return the cells of a table as they are typed: a line an item, a column a field."""
    items = getattr(scenario, table)
    kinds = {"number": float, "share": float, "flag": bool}
    data = {column.field: pd.Series([read(item, column.field) for item in items], dtype=kinds.get(column.kind, object)) for column in shown}
    return pd.DataFrame(data)


def entered(scenario: Scenario, table: str, names: Sequence[str], edited: Mapping[int, Mapping[str, Any]]) -> list[Change]:
    """Return the changes that typed cells ask for, where the scenario says something else; `names` are the lines' items.

    `edited` holds the typed cells by line and field. A line whose name was typed is found under its new name.
    """
    return [change for row, cells in edited.items() for change in _of_line(scenario, table, names[int(row)], cells)]


def _of_line(scenario: Scenario, table: str, name: str, typed_cells: Mapping[str, Any]) -> Iterator[Change]:
    items: dict[str, Item] = {item.name: item for item in getattr(scenario, table)}
    new = str(typed_cells.get("name") or name).strip()
    if new in items and name not in items:
        name = new
    if name not in items:
        return
    shown = {column.field: column for column in _columns(type(items[name]))}
    for field, cell in typed_cells.items():
        if field == "name":
            if new != name:
                yield from renamed(scenario, table, name, new)
        elif cell != read(items[name], field):
            yield Change(table, name, field, _kept(shown[field], cell))


def _kept(column: Column, cell: Any) -> Any:
    """Return a typed cell as a scenario keeps it. An emptied number is nothing; an emptied month is not given."""
    if column.kind in ("number", "share"):
        if cell is None and column.low is None:
            return None
        given = float(cell or 0.0)
        return round(given / _PERCENT, 12) if column.kind == "share" else given
    if column.kind == "month":
        return cell or None
    if column.kind in ("several", "words"):
        return tuple(cell or ())
    return bool(cell) if column.kind == "flag" else (cell or "")


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
