"""The figures that answer each clause of the Board's motion, each with the place where it stands in the model.

A place is what the workbook writes as a formula, so that page, sheet and command show one figure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import inf

from budget_model.analysis.adopted import adopted
from budget_model.analysis.motion_clauses import AGENCIES, AREAS, CONTRACTING, FUNDING, HOUSING, KINDS, REPORT, RESOURCES, STAFF, TREATMENT
from budget_model.analysis.who_pays import BEYOND, county_money_in_words, gap_in_words, outside_money_in_words
from budget_model.budget import BUDGET
from budget_model.engine.arrays import Array
from budget_model.engine.rows import Row
from budget_model.formats import NIL, change, count, counted, dollars, in_unit, is_money, listed, worded, written
from budget_model.projection import Projection
from budget_model.scenario.agencies import FROM_A_LIST, by_stage, has_agreed, law_enforcement, parents
from budget_model.scenario.assumption import MONTH_UNIT
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import AgencyStage, BudgetTreatment, CareKind, CostCategory, PositionStatus, SourceStatus
from budget_model.scenario.confirmation import doubts
from budget_model.scenario.declarations import field_of
from budget_model.scenario.schema import Care, Site
from budget_model.scenario.tables import TABLES
from budget_model.timeline import from_serial, month_label, serial

MOTION = date(2018, 10, 1)
DATE = "date"  # the unit of rows that are a day
_A_YEAR = 12  # months
_MOST_NAMED = 3  # lines in a sentence; the rest are counted


@dataclass(frozen=True)
class Lines:
    """The sum of consecutive items of a row: all of them where none are named."""

    row: str
    items: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class Where:
    """The sum of those items of a row whose fields say, or do not say, something: (field, text, whether it must be so)."""

    row: str
    axis: Axis
    told: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Earliest:
    """The first day among so many items of a row of dates, of those that come at all."""

    row: str
    count: int


@dataclass(frozen=True)
class Latest:
    """The last day among so many items of a row of dates."""

    row: str
    count: int


@dataclass(frozen=True)
class Nothing:
    """How many of so many items of a row are 0."""

    row: str
    count: int


@dataclass(frozen=True)
class AtStage:
    """Law-enforcement agencies that have come so far and no further; all that are named where no stage is given."""

    stage: AgencyStage | None = None


@dataclass(frozen=True)
class Difference:
    """What the figure so many lines above has more than those between it and this."""

    above: int


@dataclass(frozen=True)
class Opened:
    """How many of the lines below, one for each site named, have a day."""

    count: int


@dataclass(frozen=True)
class ToConfirm:
    """How many numbers of the plan need a partner's word."""


@dataclass(frozen=True)
class Confirmed:
    """How many of these are confirmed."""


Place = Lines | Where | Earliest | Latest | Nothing | AtStage | Difference | Opened | ToConfirm | Confirmed


@dataclass(frozen=True)
class Figure:
    """A figure in its unit: over all months or at their end, and in the first full year where it has one; and where it stands.

    What comes to `most` is that or more: the model counts no further.
    """

    label: str
    unit: str
    value: float
    at: Place
    in_full_year: float | None = None
    most: float = inf

    @property
    def words(self) -> str:
        """The figure as it is shown."""
        return self._said(self.value)

    @property
    def words_in_full_year(self) -> str:
        """The figure of the first full year as it is shown, "" for none."""
        return self._said(self.in_full_year)

    def _said(self, value: float | None) -> str:
        return f"{figure_in_words(value, self.unit)}{' or more' if value is not None and value >= self.most else ''}"

    @property
    def plain(self) -> float | str | None:
        """The value for other programs: a month as 2019-09, None for one that does not come."""
        if self.unit != DATE:
            return self.value
        return month_label(from_serial(self.value)) if self.value else None


def figure_in_words(value: float | None, unit: str) -> str:
    """Return a figure as it is shown, "" for none: a month, money and people whole, anything else, or its percent, to a tenth."""
    if value is None:
        return ""
    if unit == DATE:
        return worded(from_serial(value), MONTH_UNIT) if value else "not within the scenario"
    places = 0 if is_money(unit) or unit == "people" else 3 if unit.startswith("share") else 1
    return in_unit(round(value, places), unit)


def first_full_year(projection: Projection) -> int | None:
    """Return the index of the first fiscal year with all its months in which every site that opens is open from the start."""
    opened = projection.monthly("open_sites")
    every = opened.max(axis=1, initial=0.0).sum()
    for index, (start, stop) in enumerate(projection.timeline.spans):
        if stop - start == _A_YEAR and opened[:, start].sum() == every > 0:
            return index
    return None


def new_areas(projection: Projection) -> tuple[tuple[int, Site], ...]:
    """Return the sites with their place that open after the motion, or not within the plan: none of the pilot, none open as it begins."""
    opens = projection.monthly("site_opening")
    return tuple(
        (index, site)
        for index, site in enumerate(projection.scenario.sites)
        if (not opens[index] or opens[index] > serial(MOTION)) and not site.starting_participants.value
    )


def _figure(projection: Projection, label: str, at: Place, *, in_full_year: bool = True) -> Figure:
    """Return a figure of rows of the model; with `in_full_year` also that of the first full year."""
    assert isinstance(at, (Lines, Where))
    row = BUDGET.rows[at.row]
    amounts = _amounts(projection, row, at)
    if amounts.ndim == 0:
        return Figure(label, row.unit, float(amounts), at)
    year = first_full_year(projection) if in_full_year else None
    return Figure(label, row.unit, float(amounts[-1]), at, None if year is None else float(amounts[year]))


def _amounts(projection: Projection, row: Row, at: Lines | Where) -> Array:
    yearly = bool({Axis.MONTH, Axis.YEAR} & set(row.over))
    values = projection.by_year(row.name) if yearly else projection.monthly(row.name)
    if len(row.over) == yearly:
        return values
    items = at.items if isinstance(at, Lines) else _matching(projection, at)
    summed: Array = values[list(items)].sum(axis=0)
    return summed


def _matching(projection: Projection, at: Where) -> list[int]:
    table = next(key for axis, _, key in TABLES if axis is at.axis)
    items = getattr(projection.scenario, table)
    return [index for index, item in enumerate(items) if all((str(field_of(item, field)) == text) is must for field, text, must in at.told)]


def _areas(projection: Projection, spare: Collection[str]) -> tuple[Figure, ...]:
    areas = new_areas(projection)
    opens = projection.monthly("site_opening")
    lines = [Figure(f"{site.name} opens", DATE, float(opens[index]), Lines("site_opening", (index,))) for index, site in areas]
    return (Figure("New areas that open", "areas", sum(bool(opens[index]) for index, _ in areas), Opened(len(areas))), *lines)


def _agencies(projection: Projection, spare: Collection[str]) -> tuple[Figure, ...]:
    named = law_enforcement(projection.scenario)
    lines = [Figure(str(stage), "agencies", number, AtStage(stage)) for stage, number in by_stage(named).items()]
    return (Figure("Law-enforcement agencies named, each once", "agencies", len(named), AtStage()), *lines)


def _contracts(projection: Projection, spare: Collection[str]) -> tuple[Figure, ...]:
    count = sum(contract.name not in spare for contract in projection.scenario.provider_contracts)
    if not count:
        return (Figure("Contracts planned", "contracts", 0, Nothing("contract_slip", 0)),)
    begins, slips = (projection.monthly(row)[:count] for row in ("contract_start", "contract_slip"))
    coming = begins[begins > 0]
    first, last = (float(coming.min()), float(coming.max())) if coming.size else (0.0, 0.0)
    return (
        Figure("The first contract begins", DATE, first, Earliest("contract_start", count)),
        Figure("The last contract begins", DATE, last, Latest("contract_start", count)),
        Figure(f"Contracts that can begin as planned, of {count}", "contracts", float((slips == 0).sum()), Nothing("contract_slip", count)),
    )


def _funding(projection: Projection, spare: Collection[str]) -> tuple[Figure, ...]:
    rows = {
        "gross_appropriation": "Gross appropriation",
        "net_county_cost": "Net county cost",
        "all_ongoing_cost": "Ongoing cost",
        "all_one_time_cost": "One-time cost",
    }
    return tuple(_figure(projection, label, Lines(row)) for row, label in rows.items())


def _staff(projection: Projection, spare: Collection[str]) -> tuple[Figure, ...]:
    added = (("status", str(PositionStatus.NEW), True),)
    return (
        _figure(projection, "County positions, at the end", Lines("all_budgeted_positions")),
        _figure(projection, "New positions among them, at the end", Where("budgeted_positions", Axis.POSITION, added)),
        _figure(projection, "Full-year cost of the new positions", Where("full_year_cost", Axis.POSITION, added)),
    )


def _resources(projection: Projection, spare: Collection[str]) -> tuple[Figure, ...]:
    outside = ("treatment", str(BudgetTreatment.NET_COUNTY_COST), False)
    awarded, earned = (("status", str(status)) for status in (SourceStatus.AWARDED, SourceStatus.EARNED_BY_CLAIMS))
    parts = {
        "Outside money that pays or would pay": (outside,),
        "Of it awarded": (outside, (*awarded, True)),
        "Of it earned by claims": (outside, (*earned, True)),
        "Of it asked for, or of a status not stated": (outside, (*awarded, False), (*earned, False)),
    }
    *told, rest = (_figure(projection, label, Where("money_claimed", Axis.SOURCE, which)) for label, which in parts.items())
    gap = _figure(projection, f"Net county cost {BEYOND}: the gap", Lines("funding_gap"))
    return (*told, replace(rest, at=Difference(len(told))), gap)


def _care(clause: str, word: str) -> Callable[[Projection, Collection[str]], tuple[Figure, ...]]:
    kinds = KINDS[clause]
    items = tuple(list(CareKind).index(kind) for kind in kinds)

    def found(projection: Projection, spare: Collection[str]) -> tuple[Figure, ...]:
        longest = float(projection.monthly("longest_wait_days"))
        lines = [
            replace(_figure(projection, _of_wait(care, longest), Lines("longest_wait", (index,))), most=longest)
            for index, care in enumerate(projection.scenario.treatment_and_housing)
            if care.kind in kinds and care.name not in spare
        ]
        return (
            _figure(projection, f"People who came to need {word}, each time counted", Lines("people_in_need_by_kind", items)),
            _figure(projection, "People placed, each time counted", Lines("placements_by_kind", items)),
            *lines,
            _figure(projection, f"Cost of places of {word} alone", Lines("care_cost_by_kind", items)),
        )

    return found


def _of_wait(care: Care, longest: float) -> str:
    accepted = f"of {written(care.target_wait_days.value)} days accepted"
    return f"{care.name}: longest wait in any month, {accepted}, counted up to {longest:g}"


FIGURES: Mapping[str, Callable[[Projection, Collection[str]], tuple[Figure, ...]]] = {
    AREAS: _areas,
    AGENCIES: _agencies,
    CONTRACTING: _contracts,
    FUNDING: _funding,
    STAFF: _staff,
    RESOURCES: _resources,
    TREATMENT: _care(TREATMENT, "treatment"),
    HOUSING: _care(HOUSING, "housing"),
}


def _areas_said(projection: Projection) -> str:
    opens = projection.monthly("site_opening")
    return "" if any(opens[index] for index, _ in new_areas(projection)) else "No area of this plan opens after the motion."


def _agencies_said(projection: Projection) -> str:
    named = law_enforcement(projection.scenario)
    if not named:
        return "No agency is named."
    belong = (
        f"They belong to {counted(len(parents(named)), 'parent agency', 'parent agencies')}." if len(parents(named)) < len(named) else ""
    )
    shared = [f"{agency.name} serves {' and '.join(agency.sites)}" for agency in named if len(agency.sites) > 1]
    bare = sum(agency.note == FROM_A_LIST for agency in named)
    unrecorded = f"{counted(bare, 'name')} stand only in the list of a site, which says no stage of its own." if bare else ""
    signed = [agency.name for agency in named if agency.stage is AgencyStage.SIGNED and not has_agreed(agency)]
    short = f"Signed without a day, or for no site, and so not counted as confirmed: {listed(signed, _MOST_NAMED)}." if signed else ""
    ended = [agency.name for agency in named if agency.agreement_date and agency.stage is not AgencyStage.SIGNED]
    past = f"The day of an agreement stands, but not that it is signed: {listed(ended, _MOST_NAMED)}." if ended else ""
    return " ".join(filter(None, [belong, f"{'; '.join(shared)}; it counts once." if shared else "", unrecorded, short, past]))


def _staff_said(projection: Projection) -> str:
    """Return how the positions of the change tables stand to the new ones: items that the County has come into the budget too."""
    before, after = adopted(projection).total.budgeted_positions, float(projection.by_year("all_budgeted_positions")[-1])
    of_adopted = f"the {count(before)} of the adopted budget" if before else "none, for no adopted budget is given"
    return (
        f"From {of_adopted}, the change tables of all years come to {count(after)} positions at the end "
        f"({change(after - before, 'positions')}). "
        "New ones are those that the County does not have yet; the others it has, filled or vacant."
    )


def _report_said(projection: Projection) -> str:
    return " ".join(doubts(projection.scenario))


def _resources_said(projection: Projection) -> str:
    return f"{outside_money_in_words(projection)} {county_money_in_words(projection)} {gap_in_words(projection)}"


def _beside_places(*categories: CostCategory) -> Callable[[Projection], str]:
    def said(projection: Projection) -> str:
        """Return what other lines of the same categories cost, such as navigators, which the cost of places leaves out."""
        scenario, costs = projection.scenario, projection.by_year("cost")[:, -1]
        (lines,) = projection.members(BUDGET.rows["cost"])
        places = {care.name for care in scenario.treatment_and_housing}
        beside = [
            (line.name, float(cost))
            for line, cost in zip(lines, costs, strict=True)
            if line.keys["category"] in categories and line.name not in places and dollars(float(cost)) != NIL
        ]
        if not beside:
            return ""
        named = listed((name for name, _ in beside), _MOST_NAMED, ", ")
        return f"Beside the places, other lines of the same purpose cost {dollars(sum(cost for _, cost in beside))}: {named}."

    return said


SAID: Mapping[str, Callable[[Projection], str]] = {
    AREAS: _areas_said,
    AGENCIES: _agencies_said,
    STAFF: _staff_said,
    REPORT: _report_said,
    RESOURCES: _resources_said,
    TREATMENT: _beside_places(CostCategory.SUBSTANCE_USE_TREATMENT),
    HOUSING: _beside_places(CostCategory.INTERIM_HOUSING, CostCategory.SUPPORTIVE_HOUSING),
}
