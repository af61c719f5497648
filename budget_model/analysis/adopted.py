"""The adopted budget from which the first fiscal year's changes begin: of a scenario of the library, by site, or in all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeVar

from budget_model.analysis.budget_amounts import (
    NIL,
    Amounts,
    between_units,
    of_places,
    of_units,
    one_time_of_places,
    people_of_places,
    to_the_cent,
)
from budget_model.analysis.offset_by_source import offsets_of_places
from budget_model.budget import BUDGET
from budget_model.engine.names import folded
from budget_model.errors import ScenarioError, near_name
from budget_model.files import Stamp, stamp
from budget_model.folders import EVIDENCE, LIBRARY
from budget_model.projection import Projection, project
from budget_model.scenario.file import load_scenario

NOTHING = "Nothing adopted"
Found = TypeVar("Found")


@dataclass(frozen=True)
class Adopted:
    """The adopted budget: what it is called, its amounts in all and, where they are known, by site and by budget unit.

    `said` is what a reader must know of it, in a sentence. `bought` is what its units buy from each other, as it is taken out.
    `one_time` is one-time cost by site, `people` are participants at the year's end, and `offsets` what sources pay, by site and then
    by source: these are known of a scenario alone. `months` is how many months of the year it covers, 0 where nobody says.
    """

    label: str
    said: str
    total: Amounts = NIL
    by_place: Mapping[str, Amounts] = field(default_factory=dict)
    by_unit: Mapping[str, Amounts] = field(default_factory=dict)
    bought: Amounts = NIL
    one_time: Mapping[str, float] = field(default_factory=dict)
    people: Mapping[str, float] = field(default_factory=dict)
    offsets: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    is_by_site: bool = False
    is_from_scenario: bool = False
    months: int = 0


NOT_READ = Adopted("", "")  # of every year but the first


def adopted(projection: Projection) -> Adopted:
    """Return the adopted budget before the first fiscal year, as the scenario gives it."""
    scenario, year = projection.scenario, projection.timeline.years[0]
    if scenario.adopted_from:
        return _from_scenario(projection, year)
    if scenario.adopted_budget:
        by_place, by_unit = _by_lines(projection, "place"), _by_lines(projection, "budget_unit")
        said = "The adopted budget is given by site (adopted_budget)."
        return Adopted("Adopted budget", said, sum(by_place.values(), NIL), by_place, by_unit, is_by_site=True)
    general = scenario.general
    given = (general.adopted_gross_appropriation, general.adopted_intrafund_transfers, general.adopted_revenue, general.adopted_positions)
    total = Amounts(*(one.number for one in given))
    if total == NIL:
        return _nothing(f"No adopted budget is given, so {year} is stated in full, as new against nothing.")
    said = "The adopted budget is given in all and not by site, so each site is stated in full and one line takes the adopted budget out."
    return Adopted("Adopted budget before", said, total)


def _nothing(said: str) -> Adopted:
    return Adopted(NOTHING, said)


def _by_lines(projection: Projection, of: str) -> dict[str, Amounts]:
    """Return what lines of the adopted budget add up to, by place or by budget unit."""
    row = f"adopted_{{}}_of_{'unit' if of == 'budget_unit' else of}"
    names = [row.format(what) for what in ("gross", "transfers", "revenue", "positions")]
    (members,) = projection.members(BUDGET.rows[names[0]])
    values = [projection.monthly(name) for name in names]
    return {member.name: Amounts(*(float(value[at]) for value in values)) for at, member in enumerate(members)}


def _from_scenario(projection: Projection, year: str) -> Adopted:
    """Return what a scenario of the library has for a fiscal year; where it has nothing, say so, and what to write instead.

    Sites, units and sources of the same name are the same however it is written, as everywhere.
    """
    name = projection.scenario.adopted_from
    known = {folded(path.stem): path.stem for path in sorted(LIBRARY.glob("*.yaml"))}
    file = known.get(folded(name.removesuffix(".yaml")), "")
    stated = f"so {year} is stated in full, as new against nothing"
    if not file:
        near = near_name(name, list(known.values()))
        return _nothing(f"adopted_from names '{name}', which is no scenario of the library, {stated}.{near}")
    try:
        base = _projected(file, _stamp())
    except ScenarioError as error:
        problem = replace(error.problems[0], file=f"{file}.yaml")  # the reader knows it by its name in the library
        return _nothing(f"adopted_from names '{name}', which cannot be read, {stated}: {problem}")
    if year not in base.timeline.years:
        has = ", ".join(base.timeline.years)
        return _nothing(f"adopted_from names '{name}', which has {has} and not {year}, {stated}.")
    index = base.timeline.years.index(year)
    said = f"The adopted budget is that of the scenario '{base.scenario.name}' ({file}) for {year}."
    if folded(base.scenario.name) == folded(projection.scenario.name):
        said += " It is this plan itself as the library keeps it, so the first year shows only what was changed since."
    sites = [site.name for site in projection.scenario.sites]
    sources = [source.name for source in projection.scenario.funding_sources]
    by_place = {name: to_the_cent(amounts) for name, amounts in _as_named(of_places(base, index), sites).items()}
    offsets = {place: _as_named(amounts, sources) for place, amounts in _as_named(offsets_of_places(base, index), sites).items()}
    start, stop = base.timeline.spans[index]
    return Adopted(
        f"Adopted budget, {year}",
        said,
        sum(by_place.values(), NIL),
        by_place,
        {name: to_the_cent(amounts) for name, amounts in _as_named(of_units(base, index), list(of_units(projection, 0))).items()},
        to_the_cent(between_units(base, index)),
        _as_named(one_time_of_places(base, index), sites),
        _as_named(people_of_places(base, index), sites),
        offsets,
        is_by_site=True,
        is_from_scenario=True,
        months=stop - start,
    )


def _as_named(found: Mapping[str, Found], names: Iterable[str]) -> dict[str, Found]:
    """Return what stands by name under the names that a plan writes for the same."""
    known = {folded(name): name for name in names}
    return {known.get(folded(name), name): value for name, value in found.items()}


def _stamp() -> tuple[Stamp, ...]:
    """Return what tells whether a file of the library or of its evidence was written since; a link may lead nowhere."""
    return tuple(stamp(path) for folder in (LIBRARY, EVIDENCE) for path in sorted(folder.glob("*.yaml")))


@lru_cache(maxsize=4)
def _projected(name: str, standing: tuple[Stamp, ...]) -> Projection:
    return project(load_scenario(LIBRARY / f"{name}.yaml"))
