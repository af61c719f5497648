"""The tables of a scenario: which they are, the keys and flags of their items, and every assumption with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import EnumType, StrEnum
from functools import cache, lru_cache
from typing import Any, get_args, get_origin

from budget_model.scenario.assumption import (
    LAST_MONTH,
    MONTH_UNIT,
    NO_MATCH,
    Assumption,
    Declared,
    Described,
    MonthAssumption,
    NumberAssumption,
    declared,
)
from budget_model.scenario.axes import Axis
from budget_model.scenario.declarations import Flag, Part, Reference, field_of
from budget_model.scenario.schema import General, Item, Scenario
from budget_model.timeline import serial


def _item_of(annotation: Any) -> type[Item] | None:
    """Return the model of the items that a field of a scenario holds, or None where it holds no items."""
    model = (*get_args(annotation), None)[0] if get_origin(annotation) is tuple else None
    return model if isinstance(model, type) and issubclass(model, Item) else None


def _gathered() -> tuple[tuple[Axis, type[Item], str], ...]:
    found = [(model.table.axis, model, key) for key, info in Scenario.model_fields.items() if (model := _item_of(info.annotation))]
    return tuple(sorted(found, key=lambda table: list(Axis).index(table[0])))


# The tables of a scenario in the order of their axes: the axis of their rows, the model of a row, the key in the file.
TABLES: tuple[tuple[Axis, type[Item], str], ...] = _gathered()
MODELS: Mapping[str, type[Item]] = {key: model for _, model, key in TABLES}
# By axis, for tables that have any: keys by the field that holds each, keys that follow from these, keys worked out from the
# whole scenario, keys that are the same for all items, and flags.
KEY_FIELDS: Mapping[Axis, Mapping[str, str]] = {axis: model.table.keys for axis, model, _ in TABLES if model.table.keys}
DERIVED_KEYS: Mapping[Axis, tuple[str, ...]] = {axis: model.table.derived_keys for axis, model, _ in TABLES if model.table.derived_keys}
WORKED_OUT_KEYS: Mapping[Axis, tuple[str, ...]] = {
    axis: model.table.worked_out_keys for axis, model, _ in TABLES if model.table.worked_out_keys
}
FIXED_KEYS: Mapping[Axis, Mapping[str, str]] = {axis: model.table.fixed_keys for axis, model, _ in TABLES if model.table.fixed_keys}
FLAGS: Mapping[Axis, Mapping[str, Flag]] = {axis: model.table.flags for axis, model, _ in TABLES if model.table.flags}


def tables_of(part: Part) -> tuple[str, ...]:
    """Return the keys of the tables that are edited in a part, its main table first."""
    own = [(key, model.table) for key, model in MODELS.items() if model.table.part is part]
    return tuple(key for key, _ in sorted(own, key=lambda table: not table[1].is_main))


def choices_of(model: type[Item], field: str) -> tuple[StrEnum, ...]:
    """Return what a field that holds a choice chooses from; empty for a field of another kind."""
    annotation = model.model_fields[field].annotation
    return next((tuple(kind) for kind in (annotation, *get_args(annotation)) if isinstance(kind, EnumType)), ())


def nameable(scenario: Scenario, reference: Reference) -> tuple[str, ...]:
    """Return what a reference may name in a scenario, without what stands for none."""
    return tuple(dict.fromkeys(getattr(item, reference.by) for item in getattr(scenario, reference.table)))


@dataclass(frozen=True)
class PlacedAssumption:
    """One assumption of a scenario: the input it belongs to, where it stands, what it is, and its value with evidence."""

    input: str
    axis: Axis | None
    table: str
    item: str
    field: str
    declared: Declared
    assumption: Assumption


@cache
def declared_fields(model: type[Described]) -> tuple[tuple[str, Declared], ...]:
    """Return the assumption fields of a part of a scenario with what they declare."""
    return tuple((field, about) for field, info in model.model_fields.items() if (about := declared(info)) is not None)


@cache
def inner_parts(model: type[Item]) -> tuple[tuple[str, type[Described]], ...]:
    """Return the fields of an item that hold a part of their own, such as a match, with the model of the part."""
    return tuple(
        (field, kind)
        for field, info in model.model_fields.items()
        for kind in (info.annotation, *get_args(info.annotation))
        if isinstance(kind, type) and issubclass(kind, Described)
    )


@cache
def inputs_of(axis: Axis, model: type[Item]) -> tuple[tuple[str, str, Declared], ...]:
    """Return the inputs of a table: the name of each, its field in an item (`match.rate` within a part), what it declares."""
    found = [(f"{axis}_{field}", field, about) for field, about in declared_fields(model)]
    for part, kind in inner_parts(model):
        found += [(f"{axis}_{part}_{field}", f"{part}.{field}", about) for field, about in declared_fields(kind)]
    return tuple(found)


def placed_assumptions(scenario: Scenario) -> Iterator[PlacedAssumption]:
    """Yield every assumption of a scenario in the order of the file; what is not given has its default."""
    for name, about in declared_fields(General):
        yield PlacedAssumption(name, None, "general", "", name, about, getattr(scenario.general, name))
    for axis, model, table in TABLES:
        for item in getattr(scenario, table):
            for name, field, about in inputs_of(axis, model):
                yield PlacedAssumption(name, axis, table, item.name, field, about, field_of(item, field) or _not_given(about, scenario))


def columns_of(scenario: Scenario, without: Collection[str] = ()) -> Iterator[tuple[str, list[Assumption]]]:
    """Yield every input with its assumptions, item by item: what `placed_assumptions` yields, without saying where each stands.

    Those of the tables `without` are left out.
    """
    for name, _ in declared_fields(General):
        yield name, [getattr(scenario.general, name)]
    for axis, model, table in TABLES:
        if table in without:
            continue
        items = getattr(scenario, table)
        for name, field, about in inputs_of(axis, model):
            missing = _not_given(about, scenario)
            yield name, [field_of(item, field) or missing for item in items]


def _not_given(about: Declared, scenario: Scenario) -> Assumption:
    """Return what stands for an assumption that may be left out: the last month, or no match."""
    return _last_month(scenario.timeline.last) if about.is_month else _no_match(about.unit)


def unsaid_inputs(scenario: Scenario) -> Mapping[str, float]:
    """Return the inputs that a workbook leaves out, each with what holds: those `only_if_said` of which no line of any table says one."""
    fields = [(table, name, field) for axis, model, table in TABLES for name, field, about in inputs_of(axis, model) if about.only_if_said]
    said = {field for table, _, field in fields if any(_is_said(field_of(item, field)) for item in getattr(scenario, table))}
    return {name: _default_of(MODELS[table], field) for table, name, field in fields if field not in said}


def _is_said(found: Assumption | None) -> bool:
    return found is not None and found.is_given


def _default_of(model: type[Item], field: str) -> float:
    part, _, inner = field.partition(".")
    within = dict(inner_parts(model))[part] if inner else model
    return float(within.model_fields[inner or part].get_default().value)


@lru_cache(maxsize=256)
def _last_month(last: date) -> MonthAssumption:
    return MonthAssumption(value=last, unit=MONTH_UNIT, note=LAST_MONTH, origin="default")


@lru_cache(maxsize=256)
def _no_match(unit: str) -> NumberAssumption:
    return NumberAssumption(value=0.0, unit=unit, note=NO_MATCH, origin="default")


def number(value: float | date) -> float:
    """Return a value as lines calculate with it: a month as Excel's day number."""
    return serial(value) if isinstance(value, date) else value
