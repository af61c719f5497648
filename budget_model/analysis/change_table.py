"""The County's change table of a fiscal year: the adopted budget before, numbered changes, the budget after (A4 to A6).

Every site, and what is of no single site, is a change of cost and positions; every source outside net county cost is a
change of revenue or intrafund transfers. Each change has a heading of the County's and a sentence that says what it
reflects: drafted from the scenario, or the scenario's own `justification`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from budget_model.analysis.who_pays import Standing, standing
from budget_model.formats import NIL, count
from budget_model.projection import Projection
from budget_model.scenario.choices import PROGRAM_WIDE, BudgetTreatment, ChangeHeading
from budget_model.scenario.schema import Site, Source
from budget_model.timeline import add_months, fiscal_year

ADOPTED, BEFORE, TOTAL_CHANGES, CLOSING = "Adopted budget before", "Budget of the year before", "Total changes", "Budget of the year"
NO_CHANGE = "Reflects no change."
_SMALLEST = 0.005  # dollars or positions: less is nil


Subject = Literal["opening", "place", "source", "adopted", "total", "closing"]


@dataclass(frozen=True)
class ChangeLine:
    """A line of the change table. Money in dollars, positions as budgeted at the year's end.

    `subject` says what changes: the place or the source at `position` in the scenario, or the adopted budget; or it is
    the opening line, the total or the closing line.
    """

    heading: str
    number: int | None
    name: str
    text: str
    subject: Subject
    position: int = 0
    gross_appropriation: float = 0.0
    intrafund_transfer: float = 0.0
    revenue: float = 0.0
    budgeted_positions: float = 0.0

    @property
    def net_county_cost(self) -> float:
        """Gross appropriation less intrafund transfer and revenue (convention A3)."""
        return self.gross_appropriation - self.intrafund_transfer - self.revenue


_AMOUNTS = tuple(field.name for field in fields(ChangeLine) if field.type == "float")


@dataclass(frozen=True)
class ChangeTable:
    """The change table of one fiscal year: the opening line, the changes by heading, their total, the closing line."""

    year: str
    lines: tuple[ChangeLine, ...]


def change_table(projection: Projection, year: str, *, with_nil: bool = False) -> ChangeTable:
    """Return the change table of a fiscal year of the projection ('FY 2019-20'), without lines that are nil unless asked for.

    The first year opens with the adopted budget that the scenario's `general` gives, every later one with the year before.
    """
    index = projection.timeline.years.index(year)
    opening, closing = _budget(projection, index - 1), _budget(projection, index)
    found = []
    for line in _changes(projection, index):
        if any(abs(getattr(line, name)) > _SMALLEST for name in _AMOUNTS):
            found.append(line)
        elif with_nil:
            found.append(replace(line, heading=ChangeHeading.OTHER_CHANGES, text=NO_CHANGE))
    ordered = [line for heading in ChangeHeading for line in found if line.heading == heading]
    changes = [replace(line, number=number) for number, line in enumerate(ordered, 1)]
    sums: dict[str, Any] = {name: sum(getattr(line, name) for line in changes) for name in _AMOUNTS}
    return ChangeTable(year, (
        ChangeLine("", None, BEFORE if index else ADOPTED, "", "opening", **opening),
        *changes,
        ChangeLine("", None, TOTAL_CHANGES, "", "total", **sums),
        ChangeLine("", None, f"{CLOSING}, {year}", "", "closing", **closing),
    ))  # fmt: skip


def _budget(projection: Projection, index: int) -> dict[str, Any]:
    """Return the amounts of a fiscal year; of the year before the first one what was adopted."""
    if index < 0:
        general = projection.scenario.general
        adopted = (
            general.adopted_gross_appropriation,
            general.adopted_intrafund_transfers,
            general.adopted_revenue,
            general.adopted_positions,
        )
        return {name: given.number for name, given in zip(_AMOUNTS, adopted, strict=True)}
    rows = ("gross_appropriation", "intrafund_transfers", "revenue", "all_budgeted_positions")
    return {name: float(projection.by_year(row)[index]) for name, row in zip(_AMOUNTS, rows, strict=True)}


def _changes(projection: Projection, index: int) -> Iterator[ChangeLine]:
    costs, positions = projection.by_year("cost_by_place"), projection.by_year("budgeted_positions_by_place")
    for place, site in enumerate((*projection.scenario.sites, None)):
        more = float(costs[place, index] - (costs[place, index - 1] if index else 0))
        posts = float(positions[place, index] - (positions[place, index - 1] if index else 0))
        yield replace(_of_place(projection, index, site, more, posts), position=place)
    for order, source in enumerate(projection.scenario.funding_sources):
        drawn = projection.by_year("money_claimed")[order]
        before = float(drawn[index - 1]) if index else 0.0
        yield replace(_of_source(source, before, float(drawn[index])), position=order)
    if index == 0:
        adopted = {name: -amount for name, amount in _budget(projection, -1).items()}
        text = "Reflects the adopted budget of the year before, which the other lines restate in full."
        yield ChangeLine(ChangeHeading.OTHER_CHANGES, 0, "Restated", text, "adopted", **adopted)


def _of_place(projection: Projection, index: int, site: Site | None, more: float, posts: float) -> ChangeLine:
    heading = ChangeHeading.CURTAILMENTS if more < 0 else ChangeHeading.OTHER_CHANGES
    if site is None:
        text = _of_the_program(projection, index)
        return ChangeLine(heading, 0, PROGRAM_WIDE, text, "place", gross_appropriation=more, budgeted_positions=posts)
    place, year = projection.scenario.sites.index(site), projection.timeline.years[index]
    here = projection.by_year("active_participants")[place]
    before, after = here[index - 1] if index else site.starting_participants.number, here[index]
    opens = projection.month_of("site_opening", place) or add_months(projection.timeline.last, 1)
    opening, when = fiscal_year(opens), f"{opens:%B %Y}"
    if opening >= year and not site.starting_participants.number:
        heading = site.change_heading
        coming = f"the opening of {site.name} in {when}" if opening == year else f"preparations for {site.name}, which opens in {when},"
        text = f"Reflects {coming} for up to {_people(site.slots.number)}."
    else:
        change = f"{_people(after)} at the year's end after {_people(before)} the year before"
        text = f"Reflects {site.name} with {change}, and growth of pay and prices."
    reason = site.justification or text
    return ChangeLine(heading, 0, site.name, reason, "place", gross_appropriation=more, budgeted_positions=posts)


def _of_the_program(projection: Projection, index: int) -> str:
    rows = projection.by_year("all_active_participants")
    before = rows[index - 1] if index else sum(site.starting_participants.number for site in projection.scenario.sites)
    return (
        "Reflects positions, treatment, housing and services of no single site, "
        f"for {_people(rows[index])} at the year's end after {_people(before)} the year before."
    )


def _people(number: float) -> str:
    shown = count(float(number), 0)
    return f"{'no' if shown == NIL else shown} participants"


def _of_source(source: Source, before: float, after: float) -> ChangeLine:
    more = after - before
    how = "new" if not before else "the end of" if not after else "more" if more > 0 else "less"
    asked_for = "asked for " if standing(source) is Standing.ASKED_FOR else ""
    text = source.justification or f"Reflects {how} {source.timing.lower()} money {asked_for}from {source.name}."
    heading = ChangeHeading.COLLABORATIVE_PROGRAMS if more >= 0 else ChangeHeading.CURTAILMENTS
    transfer = more if source.treatment is BudgetTreatment.INTRAFUND_TRANSFER else 0.0
    revenue = more if source.treatment is BudgetTreatment.REVENUE else 0.0
    return ChangeLine(heading, 0, source.name, text, "source", intrafund_transfer=transfer, revenue=revenue)
