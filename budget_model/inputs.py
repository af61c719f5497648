"""A scenario as the model reads it: the items of each axis with their keys, and every assumption as an array.

An input is named by its table and field: `site_slots`, `contract_caseload`; those of `general` by the field alone.
Arrays have a leading axis of draws (length 1 here), then the input's own axes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from budget_model.assumption import LAST_MONTH, MONTH_UNIT, NO_MATCH, Assumption, Declared, Described, declared
from budget_model.rows import Axis, Input
from budget_model.scenario import (
    PROGRAM_WIDE,
    AppropriationClass,
    Contract,
    CostCategory,
    General,
    Item,
    Match,
    MatchBasis,
    Position,
    ProviderStaff,
    Scenario,
    Service,
    Site,
    Source,
)
from budget_model.timeline import Timeline, serial

Array = NDArray[np.float64]

# The tables of a scenario: the axis of their rows, the model of a row, the key in the file.
TABLES: tuple[tuple[Axis, type[Item], str], ...] = (
    (Axis.SITE, Site, "sites"),
    (Axis.POSITION, Position, "county_positions"),
    (Axis.CONTRACT, Contract, "provider_contracts"),
    (Axis.STAFF, ProviderStaff, "provider_staff"),
    (Axis.SERVICE, Service, "services_and_supplies"),
    (Axis.SOURCE, Source, "funding_sources"),
)

# The keys by which totals find an item: the field of the scenario that holds each, and those that are the same for all.
KEY_FIELDS: Mapping[Axis, Mapping[str, str]] = {
    Axis.SITE: {"site": "name"},
    Axis.POSITION: {"site": "site", "department": "department", "driver": "driver", "category": "category"},
    Axis.CONTRACT: {"site": "site", "category": "category", "contract": "name"},
    Axis.STAFF: {"contract": "contract"},
    Axis.SERVICE: {"site": "site", "driver": "driver", "class": "appropriation_class", "category": "category"},
    Axis.SOURCE: {"treatment": "treatment", "timing": "timing", "source": "name"},
}
FIXED_KEYS: Mapping[Axis, Mapping[str, str]] = {
    Axis.POSITION: {"class": AppropriationClass.SALARIES_AND_EMPLOYEE_BENEFITS},
    Axis.CONTRACT: {"class": AppropriationClass.SERVICES_AND_SUPPLIES},
}


@dataclass(frozen=True)
class Member:
    """One item of an axis: its name and the keys by which totals find it."""

    name: str
    keys: Mapping[str, str]


@dataclass(frozen=True)
class Cell:
    """One assumption of a scenario: the input it belongs to, its item, what it is, and its value with evidence."""

    input: str
    axis: Axis | None
    item: str
    declared: Declared
    assumption: Assumption


@dataclass(frozen=True)
class Inputs:
    """Everything the rows read from a scenario."""

    timeline: Timeline
    members: Mapping[Axis, tuple[Member, ...]]
    values: Mapping[str, Array]


def input_rows() -> list[Input]:
    """Return every input that lines may read, from the declared fields of a scenario and the calendar."""
    rows = [
        Input("month", "date", (Axis.MONTH,), "calendar", "First day of the month."),
        Input("fiscal_year_starts", "1 = yes", (Axis.MONTH,), "calendar", "1 in July, after the scenario's first month."),
        Input("fiscal_year_ends", "1 = yes", (Axis.MONTH,), "calendar", "1 in June."),
        Input("position_is_temporary", "1 = yes", (Axis.POSITION,), Axis.POSITION, "1 where the position is not an ordinance item."),
        Input("source_pays", "1 = yes", (Axis.SOURCE, Axis.CATEGORY), Axis.SOURCE, "1 where the source may pay the category."),
        Input("source_match_is_of_total", "1 = yes", (Axis.SOURCE,), Axis.SOURCE, "1 where match is a share of project cost."),
    ]
    rows += [Input(name, about.unit, (), "general", about.label) for name, about in _declared(General)]
    for axis, model, _ in TABLES:
        rows += [Input(f"{axis}_{name}", about.unit, (axis,), axis, about.label) for name, about in _declared(model)]
    rows += [Input(f"source_match_{name}", about.unit, (Axis.SOURCE,), Axis.SOURCE, about.label) for name, about in _declared(Match)]
    return rows


@cache
def _declared(model: type[Described]) -> tuple[tuple[str, Declared], ...]:
    """Return the assumption fields of a part of a scenario with what they declare."""
    return tuple((field, about) for field, info in model.model_fields.items() if (about := declared(info)) is not None)


def cells(scenario: Scenario) -> Iterator[Cell]:
    """Yield every assumption of a scenario in the order of the file; what is not given has its default."""
    for name, about in _declared(General):
        yield Cell(name, None, "", about, getattr(scenario.general, name))
    last = Assumption(value=scenario.timeline.last, unit=MONTH_UNIT, note=LAST_MONTH)
    for axis, model, table in TABLES:
        for item in getattr(scenario, table):
            for field, about in _declared(model):
                yield Cell(f"{axis}_{field}", axis, item.name, about, getattr(item, field) or last)
            if isinstance(item, Source):
                for field, about in _declared(Match):
                    none = Assumption(value=0.0, unit=about.unit, note=NO_MATCH)
                    given = getattr(item.match, field) if item.match else none
                    yield Cell(f"source_match_{field}", axis, item.name, about, given)


def number(value: float | date) -> float:
    """Return a value as lines calculate with it: a month as Excel's day number."""
    return serial(value) if isinstance(value, date) else value


def read_inputs(scenario: Scenario) -> Inputs:
    """Return the axes and arrays of a validated scenario."""
    timeline = scenario.timeline
    members = _members(scenario)
    lists: dict[str, list[float]] = {}
    shaped: dict[str, tuple[int, ...]] = {}
    for cell in cells(scenario):
        lists.setdefault(cell.input, []).append(number(cell.assumption.value))
        shaped[cell.input] = (1,) if cell.axis is None else (1, len(members[cell.axis]))
    values: dict[str, Array] = {}
    for row in input_rows():
        if row.area != "calendar" and len(row.over) < 2:
            values[row.name] = np.array(lists.get(row.name, []), float).reshape(shaped.get(row.name, (1, 0)))
    months = timeline.months
    values["month"] = np.array([[serial(month) for month in months]])
    values["fiscal_year_starts"] = np.array([[float(month.month == 7 and month != timeline.first) for month in months]])
    values["fiscal_year_ends"] = np.array([[float(month.month == 6) for month in months]])
    sources = scenario.funding_sources
    pays = [[float(category in source.pays) for category in CostCategory] for source in sources]
    values["source_pays"] = np.array(pays, float).reshape(1, len(sources), len(CostCategory))
    of_total = [float(source.match is not None and source.match.basis is MatchBasis.TOTAL_PROJECT_COST) for source in sources]
    values["source_match_is_of_total"] = np.array([of_total], float).reshape(1, len(sources))
    temporary = [float(position.temporary) for position in scenario.county_positions]
    values["position_is_temporary"] = np.array([temporary], float).reshape(1, len(temporary))
    return Inputs(timeline, members, values)


def _members(scenario: Scenario) -> dict[Axis, tuple[Member, ...]]:
    """Return the items of every axis that the scenario or the County's forms fix; ledgers add their own."""
    tables = {axis: tuple(Member(item.name, _keys(axis, item)) for item in getattr(scenario, table)) for axis, _, table in TABLES}
    departments = dict.fromkeys(position.department for position in scenario.county_positions)
    return {
        **tables,
        Axis.PLACE: (*tables[Axis.SITE], Member(PROGRAM_WIDE, {"site": PROGRAM_WIDE})),
        Axis.DEPARTMENT: tuple(Member(name, {"department": name}) for name in departments),
        Axis.CLASS: tuple(Member(name, {"class": name}) for name in AppropriationClass),
        Axis.CATEGORY: tuple(Member(name, {"category": name}) for name in CostCategory),
    }


def _keys(axis: Axis, item: Item) -> dict[str, str]:
    return {key: str(getattr(item, field)) for key, field in KEY_FIELDS[axis].items()} | dict(FIXED_KEYS.get(axis, {}))
