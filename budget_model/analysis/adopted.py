"""The adopted budget from which the first fiscal year's changes begin: of a scenario of the library, by site, or in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from budget_model.analysis.accounts import Account, of_each_unit, of_plan
from budget_model.analysis.budget_amounts import NIL, Amounts, between_units, of_units, people_of_places, to_the_cent
from budget_model.budget import BUDGET
from budget_model.engine.names import folded
from budget_model.errors import ScenarioError, near_name
from budget_model.files import Stamp, stamp
from budget_model.folders import EVIDENCE, LIBRARY
from budget_model.projection import Projection, project
from budget_model.scenario.file import load_scenario

NOTHING = "Nothing adopted"


@dataclass(frozen=True)
class Adopted:
    """The adopted budget: what it is called, its amounts in all and, where they are known, by site and by budget unit.

    `said` is what a reader must know of it, in a sentence. `account` and `units` are the accounts of the whole and of each unit; one-time
    cost, who pays and what is bought stand in them where the budget is that of a scenario. `bought` is what its units buy from each
    other, as it is taken out. `people` are participants at the year's end by site, known of a scenario alone. `months` is how many
    months of the year it covers, 0 where nobody says.
    """

    label: str
    said: str
    total: Amounts = NIL
    account: Account = field(default_factory=Account)
    by_unit: Mapping[str, Amounts] = field(default_factory=dict)
    units: Mapping[str, Account] = field(default_factory=dict)
    bought: Amounts = NIL
    people: Mapping[str, float] = field(default_factory=dict)
    is_by_site: bool = False
    is_from_scenario: bool = False
    months: int = 0

    @property
    def by_place(self) -> Mapping[str, Amounts]:
        """The amounts by site, and of no single one."""
        return self.account.amounts


NOT_READ = Adopted("", "")  # of every year but the first


def adopted(projection: Projection) -> Adopted:
    """Return the adopted budget before the first fiscal year, as the scenario gives it."""
    scenario, year = projection.scenario, projection.timeline.years[0]
    if scenario.adopted_from:
        return _from_scenario(projection, year)
    if scenario.adopted_budget:
        by_place, by_unit = _by_lines(projection, "place"), _by_lines(projection, "budget_unit")
        said = "The adopted budget is given by site (adopted_budget)."
        units = {name: Account(amounts) for name, amounts in _by_unit_and_place(projection).items()}
        return Adopted("Adopted budget", said, sum(by_place.values(), NIL), Account(by_place), by_unit, units, is_by_site=True)
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


def _by_unit_and_place(projection: Projection) -> dict[str, dict[str, Amounts]]:
    """Return what lines of the adopted budget add up to, by budget unit and then by place."""
    names = [f"adopted_{what}_in_line" for what in ("gross", "transfers", "revenue", "positions")]
    (lines,) = projection.members(BUDGET.rows[names[0]])
    found: dict[str, dict[str, Amounts]] = defaultdict(lambda: defaultdict(Amounts))
    for line, *amounts in zip(lines, *(projection.monthly(name).tolist() for name in names), strict=True):
        found[line.keys["budget_unit"]][line.keys["site"]] += Amounts(*amounts)
    return found


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
    units = list(of_units(projection, 0))
    place = _as_written(site.name for site in projection.scenario.sites)
    unit, payer = _as_written(units), _as_written([*units, *(source.name for source in projection.scenario.funding_sources)])
    account = of_plan(base, index).as_named(place, payer)
    account = replace(account, amounts={name: to_the_cent(amounts) for name, amounts in account.amounts.items()})
    start, stop = base.timeline.spans[index]
    return Adopted(
        f"Adopted budget, {year}",
        said,
        sum(account.amounts.values(), NIL),
        account,
        {unit(name): to_the_cent(amounts) for name, amounts in of_units(base, index).items()},
        {unit(name): one.as_named(place, payer) for name, one in of_each_unit(base, index).items()},
        to_the_cent(between_units(base, index)),
        {place(name): people for name, people in people_of_places(base, index).items()},
        is_by_site=True,
        is_from_scenario=True,
        months=stop - start,
    )


def _as_written(names: Iterable[str]) -> Callable[[str], str]:
    """Return what gives the name that a plan writes for the same, however another plan writes it."""
    known = {folded(name): name for name in names}
    return lambda name: known.get(folded(name), name)


def _stamp() -> tuple[Stamp, ...]:
    """Return what tells whether a file of the library or of its evidence was written since; a link may lead nowhere."""
    return tuple(stamp(path) for folder in (LIBRARY, EVIDENCE) for path in sorted(folder.glob("*.yaml")))


@lru_cache(maxsize=4)
def _projected(name: str, standing: tuple[Stamp, ...]) -> Projection:
    return project(load_scenario(LIBRARY / f"{name}.yaml"))
