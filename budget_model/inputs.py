"""A scenario as the model reads it: the items of each axis with their keys, and every assumption as an array.

An input is named by its table and field: `site_slots`, `contract_caseload`; those of `general` by the field alone.
Arrays have a leading axis of draws (length 1 here), then the input's own axes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

import numpy as np

from budget_model.engine.arrays import Array, Calendar, Inputs, Member, Members
from budget_model.engine.names import folded
from budget_model.engine.rows import Input
from budget_model.scenario.assumption import NUMBER_OF_THE_MONTH
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import (
    EVERYWHERE_ELSE,
    NO_ITEM,
    PROGRAM_WIDE,
    SERVICES_TO_PARTICIPANTS,
    USUALLY_PAID_BY_PLACE,
    AppropriationClass,
    CareKind,
    CostCategory,
)
from budget_model.scenario.object_classes import classes_of
from budget_model.scenario.schema import FundingAssignment, General, Item, Scenario
from budget_model.scenario.schema.columns import LINES_OF_THE_BUDGET
from budget_model.scenario.tables import (
    FIXED_KEYS,
    FLAGS,
    KEY_FIELDS,
    TABLES,
    WORKED_OUT_KEYS,
    columns_of,
    declared_fields,
    inputs_of,
    number,
)
from budget_model.timeline import Timeline, add_months, serial, start_of

NOTHING_KNOWN = Inputs(Calendar(0, ()), {}, {})
# What belongs to no single site, where totals and listings show it.
WHOLE_PROGRAM = Member(PROGRAM_WIDE, {"site": PROGRAM_WIDE})


@cache
def input_rows() -> tuple[Input, ...]:
    """Return every input that lines may read, from the declared fields of a scenario and the calendar."""
    rows = [
        Input("month", "date", (Axis.MONTH,), "calendar", "First day of the month."),
        Input("fiscal_year_starts", "1 = yes", (Axis.MONTH,), "calendar", "1 in July, after the scenario's first month."),
        Input("fiscal_year_ends", "1 = yes", (Axis.MONTH,), "calendar", "1 in June."),
        Input(
            "fiscal_year_begins", "date", (Axis.MONTH,), "calendar", "First day of the month's fiscal year, in the scenario or before it."
        ),
        Input("month_of_year", NUMBER_OF_THE_MONTH, (Axis.MONTH,), "calendar", "Number of the month, 1 for January."),
        Input("next_month_of_year", NUMBER_OF_THE_MONTH, (Axis.MONTH,), "calendar", "Number of the month after it, 1 for January."),
        Input("number_of_calendar_year", "years", (Axis.MONTH,), "calendar", "Calendar year of the month, 1 for the scenario's first."),
        Input("after_first_month", "1 = yes", (Axis.MONTH,), "calendar", "1 after the scenario's first month."),
        Input("last_month_of_plan", "1 = yes", (Axis.MONTH,), "calendar", "1 in the scenario's last month."),
        Input("days_in_month", "days", (Axis.MONTH,), "calendar", "Days of the month."),
        Input("kind_is_usually_paid_by_place", "1 = yes", (Axis.KIND,), "calendar", "1 for kinds of places paid filled or not."),
        Input(
            "class_is_services_and_supplies", "1 = yes", (Axis.CLASS,), "calendar", "1 for the class in which a unit budgets what it buys."
        ),
        Input("average_days_in_a_month", "days", (), "calendar", "Days of a month on the average of years with and without leap days."),
        Input("category_is_of_services", "1 = yes", (Axis.CATEGORY,), "calendar", "1 for categories of services to participants."),
        Input("source_pays", "1 = yes", (Axis.SOURCE, Axis.CATEGORY), Axis.SOURCE, "1 where the source may pay the category."),
        Input("source_pays_at", "1 = yes", (Axis.SOURCE, Axis.POOL), Axis.SOURCE, "1 where the source may pay cost of the place."),
        Input("pool_is_elsewhere", "1 = yes", (Axis.POOL,), "calendar", "1 for the cost of all places at which no source pays alone."),
        Input("plan_begins", "date", (Axis.PLAN,), Axis.PLAN, "First day of the fiscal year that is planned."),
    ]
    rows += [Input(f"{axis}_{name}", "1 = yes", (axis,), axis, flag.label) for axis, flags in FLAGS.items() for name, flag in flags.items()]
    rows += [Input(name, about.unit, (), "general", about.label) for name, about in declared_fields(General)]
    for axis, model, _ in TABLES:
        rows += [Input(name, about.unit, (axis,), axis, about.label) for name, _, about in inputs_of(axis, model)]
    return tuple(rows)


def read_inputs(scenario: Scenario, like: tuple[Scenario, Inputs] | None = None) -> Inputs:
    """Return the axes and arrays of a validated scenario.

    `like` is a similar scenario with its own: what follows from a table that both have is taken, for a table is never altered.
    """
    timeline = scenario.timeline
    other, known = like or (None, NOTHING_KNOWN)
    of_one_time = other is not None and other.timeline == timeline
    both = {table for _, _, table in TABLES if of_one_time and getattr(other, table) is getattr(scenario, table)}
    members = _members(scenario, {axis: known.members[axis] for axis, _, table in TABLES if table in both})
    values = dict(_calendar(timeline))
    for axis, model, table in TABLES:
        if table in both:
            values.update((name, known.values[name]) for name in _of_table(axis, model))
        else:
            for name, flag in FLAGS.get(axis, {}).items():
                values[f"{axis}_{name}"] = np.array([[float(flag.holds(item)) for item in getattr(scenario, table)]])
    general = {name for name, _ in declared_fields(General)}
    for name, assumptions in columns_of(scenario, without=both):
        numbers = np.array([number(assumption.value) for assumption in assumptions], float)
        values[name] = numbers if name in general else numbers[np.newaxis]
    sources = scenario.funding_sources
    pays = [[float(category in source.pays) for category in CostCategory] for source in sources]
    values["source_pays"] = np.array(pays, float).reshape(1, len(sources), len(CostCategory))
    places = [member.name for member in members[Axis.POOL]]
    pays_at = [[float(not source.pays_only_at or place in source.pays_only_at) for place in places] for source in sources]
    values["source_pays_at"] = np.array(pays_at, float).reshape(1, len(sources), len(places))
    values["pool_is_elsewhere"] = np.array([[float(place == EVERYWHERE_ELSE) for place in places]])
    values["plan_begins"] = np.array([[serial(start_of(line.fiscal_year)) for line in scenario.funding_plan]])
    return Inputs(Calendar(timeline.count, timeline.spans), members, values)


@lru_cache(maxsize=64)
def _calendar(timeline: Timeline) -> Mapping[str, Array]:
    """Return the arrays that follow from the months alone, and those that are the same in every scenario."""
    months = timeline.months
    found = {
        "month": [serial(month) for month in months],
        "fiscal_year_starts": [float(month.month == 7 and month != timeline.first) for month in months],
        "fiscal_year_ends": [float(month.month == 6) for month in months],
        "fiscal_year_begins": [serial(start_of(year)) for year in timeline.fiscal_years],
        "month_of_year": [float(month.month) for month in months],
        "next_month_of_year": [float(add_months(month, 1).month) for month in months],
        "number_of_calendar_year": [float(month.year - timeline.first.year + 1) for month in months],
        "after_first_month": [float(month != timeline.first) for month in months],
        "last_month_of_plan": [float(month == timeline.last) for month in months],
        "days_in_month": [serial(add_months(month, 1)) - serial(month) for month in months],
        "kind_is_usually_paid_by_place": [float(kind in USUALLY_PAID_BY_PLACE) for kind in CareKind],
        "average_days_in_a_month": 365.25 / 12,
        "category_is_of_services": [float(category in SERVICES_TO_PARTICIPANTS) for category in CostCategory],
        "class_is_services_and_supplies": [float(one is AppropriationClass.SERVICES_AND_SUPPLIES) for one in AppropriationClass],
    }
    arrays = {name: np.array([numbers]) for name, numbers in found.items()}
    for array in arrays.values():
        array.flags.writeable = False  # every scenario of these months reads the same array
    return arrays


@cache
def _of_table(axis: Axis, model: type[Item]) -> tuple[str, ...]:
    """Return the inputs that follow from a table and the months alone."""
    return (*(name for name, _, _ in inputs_of(axis, model)), *(f"{axis}_{name}" for name in FLAGS.get(axis, {})))


def _members(scenario: Scenario, known: Members) -> dict[str, tuple[Member, ...]]:
    """Return the items of every axis that the scenario or the County's forms fix; listings add their own.

    Those of a table that are known are taken, but for assignments, whose keys follow from other tables as well.
    """
    tables: dict[str, tuple[Member, ...]] = {
        axis: known[axis]
        if axis in known and axis is not Axis.ASSIGNMENT
        else tuple(Member(item.name, _keys(axis, item)) for item in getattr(scenario, table))
        for axis, _, table in TABLES
    }
    if scenario.control_totals or any(base.object_class for base in scenario.rate_bases):  # which may be of an object class
        for axis, _, table in TABLES:
            if axis in WORKED_OUT_KEYS:
                items = getattr(scenario, table)
                tables[axis] = tuple(Member(item.name, _keys(axis, item) | classes_of(scenario, item)) for item in items)
    departments = dict.fromkeys(position.department for position in scenario.county_positions)
    lines = {
        (field, line.name): {"category": str(line.category), "place": line.site}
        for field in LINES_OF_THE_BUDGET
        for line in getattr(scenario, FundingAssignment.table.references[field].table)
    }
    for member, assignment in zip(tables[Axis.ASSIGNMENT], scenario.funding_assignments, strict=True):
        # What is assigned of a line is of the line's own category and place.
        member.keys["place"] = assignment.site
        for field in assignment.lines:
            member.keys.update(lines.get((field, getattr(assignment, field)), {}))
    return {
        **tables,
        Axis.INCOME: tables[Axis.SOURCE],
        Axis.RATED: tuple(Member(rate.name, {"rated": rate.name, "same_rate": rate.name}) for rate in scenario.rates),
        Axis.CLASS_CAP: tuple(
            member for member, cap in zip(tables[Axis.CAP], scenario.caps, strict=True) if cap.appropriation_class is not None
        ),
        Axis.JOINT_CAP: joint_caps(scenario),
        Axis.PLACE: (*tables[Axis.SITE], WHOLE_PROGRAM),
        Axis.DEPARTMENT: tuple(Member(name, {"department": name}) for name in departments),
        Axis.BUDGET_UNIT: tuple(Member(name, {"budget_unit": name}) for name in budget_units(scenario)),
        Axis.POOL: pools(scenario),
        Axis.KIND: tuple(Member(name, {"kind": name}) for name in CareKind),
        Axis.CLASS: tuple(Member(name, {"class": name}) for name in AppropriationClass),
        Axis.CATEGORY: tuple(Member(name, {"category": name}) for name in CostCategory),
    }


def budget_units(scenario: Scenario) -> tuple[str, ...]:
    """Return the units that budget, buy or receive anything, in the order in which the scenario names them.

    Of the tables that name any: positions by their department, then what else costs, then what comes in.
    """
    named = (
        getattr(item, KEY_FIELDS[axis][key])
        for key in ("budget_unit", "buyer")
        for axis, _, table in TABLES
        if key in KEY_FIELDS.get(axis, {})
        for item in getattr(scenario, table)
    )
    units: dict[str, str] = {}
    for name in named:
        units.setdefault(folded(name), name)
    units.pop(NO_ITEM, None)
    return tuple(units.values())


def joint_caps(scenario: Scenario) -> tuple[Member, ...]:
    """Return the caps that stand with others of their source on the same category or class, each with the names of the others.

    There are two others at most, one for each basis; where there is one, the third is none.
    """
    found = []
    for cap in scenario.caps:
        same = [other.name for other in scenario.caps if other.name != cap.name and other.capped == cap.capped]
        if same:
            second, third = (*same, NO_ITEM)[:2]
            found.append(Member(cap.name, {"cap": cap.name, "second_cap": second, "third_cap": third}))
    return tuple(found)


def pools(scenario: Scenario) -> tuple[Member, ...]:
    """Return the places whose cost is told apart: each site at which some source pays alone, and everywhere else."""
    sites = dict.fromkeys(site for source in scenario.funding_sources for site in source.pays_only_at)
    return tuple(Member(place, {"site": place, "pool": place}) for place in (*sites, EVERYWHERE_ELSE))


@cache
def keys_of_items() -> dict[str, frozenset[str]]:
    """Return the keys that the items of each axis have (see `_members`); listings add their own."""
    keys: dict[str, frozenset[str]] = {
        axis: frozenset((*KEY_FIELDS.get(axis, {}), *FIXED_KEYS.get(axis, {}), *model.table.derived_keys, *model.table.worked_out_keys))
        for axis, model, _ in TABLES
    }
    keys |= {axis: frozenset((axis,)) for axis in (Axis.DEPARTMENT, Axis.KIND, Axis.BUDGET_UNIT, Axis.CLASS, Axis.CATEGORY)}
    return {
        **keys,
        Axis.INCOME: keys[Axis.SOURCE],
        Axis.CLASS_CAP: keys[Axis.CAP],
        Axis.JOINT_CAP: frozenset({"cap", "second_cap", "third_cap"}),
        Axis.RATED: frozenset({"rated", "same_rate"}),
        Axis.POOL: frozenset({"site", "pool"}),
        Axis.PLACE: keys[Axis.SITE] & WHOLE_PROGRAM.keys.keys(),
    }


def _keys(axis: Axis, item: Item) -> dict[str, str]:
    fields = KEY_FIELDS.get(axis, {})
    found = {key: str(getattr(item, field) or NO_ITEM) for key, field in fields.items()} | dict(FIXED_KEYS.get(axis, {}))
    return found | dict.fromkeys(WORKED_OUT_KEYS.get(axis, ()), "")
