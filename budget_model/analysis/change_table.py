"""The County's change table of a fiscal year: the adopted budget before, numbered changes, the budget after (A4 to A6).

Each change is what a site, or what is of no single site, costs more or less, with what offsets it on the same line. Each has a
heading of the County's and a sentence. Changes of budget units stand below: they come to the same. Money is printed in thousands
and positions in tenths, each amount rounded on its own; what that leaves of the year is a line, so that every column adds up as printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from budget_model.analysis.adopted import NOT_READ, Adopted, adopted
from budget_model.analysis.budget_amounts import (
    NIL,
    Amounts,
    between_units,
    of_places,
    of_program,
    of_units,
    one_time_of_places,
    people_of_places,
)
from budget_model.analysis.change_words import Offset, cause_at_site, cause_of_program, sentence
from budget_model.analysis.offset_by_source import offsets_of_places
from budget_model.analysis.who_pays import Standing, standing
from budget_model.formats import count, counted, dollars
from budget_model.projection import Projection
from budget_model.scenario.choices import ChangeHeading

BEFORE, TOTAL_CHANGES, CLOSING = "Budget of the year before", "Total changes", "Budget of the year"
NOT_BY_SITE, NOT_BY_UNIT = "Adopted budget, not given by site", "Adopted budget, not given by budget unit"
BETWEEN_UNITS, REST = "Less: what units buy from each other", "Other changes and rounding"
OF_THE_REST = "Reflects changes that are each less than half a thousand dollars, and what rounding the lines above leaves."
ROUNDING = (
    "Each amount is rounded to thousands of dollars, or tenths of positions, and net county cost is what the rounded ones leave. "
    f"What rounding leaves of the year stands in the line '{REST}', so that every column adds up as printed."
)

_A_YEAR = 12  # months
Subject = Literal["opening", "place", "former", "adopted", "rest", "unit", "purchases", "total", "closing"]


@dataclass(frozen=True)
class ChangeLine:
    """A line of the change table, with exact amounts and as it is printed.

    `subject` says what changes: the site, or what belongs to none, or the budget unit at `position`; a site or unit that the adopted
    budget has and the plan has not; the adopted budget where it is not given by site; what units buy from each other; what is nearly
    nil, with what rounding leaves. Or it is the opening line, the total or the closing line.
    """

    subject: Subject
    name: str
    exact: Amounts
    printed: Amounts
    heading: str = ""
    number: int | None = None
    text: str = ""
    position: int = 0

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as it is read: four amounts of money and the positions, -- for nil."""
        shown = self.printed
        money = (shown.gross_appropriation, shown.intrafund_transfer, shown.revenue, shown.net_county_cost)
        return (*map(dollars, money), count(shown.budgeted_positions))


@dataclass(frozen=True)
class ChangeTable:
    """The change table of one fiscal year: the opening line, the changes by heading, their total, the closing line.

    `units` are the same changes by budget unit, where there is more than one. `notes` are sentences to stand below: how the adopted
    budget is given, and what sources say of their money.
    """

    year: str
    lines: tuple[ChangeLine, ...]
    units: tuple[ChangeLine, ...]
    notes: tuple[str, ...]

    @property
    def changes(self) -> tuple[ChangeLine, ...]:
        """The changes alone: those with a number, and the line of rounding where there is one."""
        return self.lines[1:-2]


def change_table(projection: Projection, year: str, *, with_rest: bool = False) -> ChangeTable:
    """Return the change table of a fiscal year of the projection ('FY 2019-20'); no line of it prints as nil.

    The first year opens with the adopted budget, every later one with the year before. Changes that print as nil are one line
    together, which is left out where it prints as nil, unless asked for.
    """
    index = projection.timeline.years.index(year)
    base = NOT_READ if index else adopted(projection)
    before, after = of_program(projection, index - 1) if index else base.total, of_program(projection, index)
    found = _by_place(projection, index, base)
    ordered = [line for heading in ChangeHeading for line in found if line.heading == heading]
    changes = _adding_up(before, after, ordered, with_rest=with_rest)
    numbered = [replace(line, number=number if line.subject != "rest" else None) for number, line in enumerate(changes, 1)]
    opening = ChangeLine("opening", BEFORE if index else base.label, before, before.printed)
    total = ChangeLine("total", TOTAL_CHANGES, after - before, after.printed - before.printed)
    closing = ChangeLine("closing", f"{CLOSING}, {year}", after, after.printed)
    lines = (opening, *(_with_text(projection, index, base, line) for line in numbered), total, closing)
    units = _by_unit(projection, index, base, before, after, with_rest=with_rest)
    return ChangeTable(year, lines, units, _notes(projection, index, base))


def _change(subject: Subject, name: str, exact: Amounts, heading: str = "", position: int = 0) -> ChangeLine:
    return ChangeLine(subject, name, exact, exact.printed, heading, position=position)


def _adding_up(before: Amounts, after: Amounts, changes: list[ChangeLine], *, with_rest: bool) -> list[ChangeLine]:
    """Return the changes that do not print as nil, and the line of what they leave of the year, as exact amounts and as printed."""
    shown = [line for line in changes if line.printed != NIL]
    exact = after - before - sum((line.exact for line in shown), NIL)
    left = after.printed - before.printed - sum((line.printed for line in shown), NIL)
    rest = ChangeLine("rest", REST, exact, left.printed, ChangeHeading.OTHER_CHANGES, text=OF_THE_REST)
    return [*shown, rest] if with_rest or rest.printed != NIL else shown


def _by_place(projection: Projection, index: int, base: Adopted) -> list[ChangeLine]:
    """Return what each site, and what is of no single site, changes; and what of the adopted budget is of no site of the plan."""
    now = of_places(projection, index)
    before = of_places(projection, index - 1) if index else base.by_place
    found = []
    for position, name in enumerate(now):
        change = now[name] - before.get(name, NIL)
        heading = _heading(projection, index, position, change, more_people=_has_more_people(projection, index, base, name))
        found.append(_change("place", name, change, heading, position))
    found += [_change("former", name, NIL - amounts, ChangeHeading.CURTAILMENTS) for name, amounts in before.items() if name not in now]
    if not index and not base.is_by_site:
        found.append(_change("adopted", NOT_BY_SITE, NIL - base.total, ChangeHeading.OTHER_CHANGES))
    return found


def _has_more_people(projection: Projection, index: int, base: Adopted, place: str) -> bool:
    """Whether more people take part at a place at the year's end than in the budget before, where that is known."""
    before = people_of_places(projection, index - 1) if index else base.people
    return place in before and round(people_of_places(projection, index)[place]) > round(before[place])


def _heading(projection: Projection, index: int, position: int, change: Amounts, *, more_people: bool) -> str:
    """Return the heading of a change: that of a site until it has opened; after that by whether its cost falls.

    What serves more people for less is no curtailment.
    """
    sites = projection.scenario.sites
    if position < len(sites) and cause_at_site(projection, index, sites[position])[1]:
        return sites[position].change_heading
    return ChangeHeading.CURTAILMENTS if change.gross_appropriation < 0 and not more_people else ChangeHeading.OTHER_CHANGES


def _with_text(projection: Projection, index: int, base: Adopted, line: ChangeLine) -> ChangeLine:
    if line.subject == "place":
        sites = projection.scenario.sites
        at_site = line.position < len(sites)
        people = None if index else base.people.get(line.name)
        cause = (
            cause_at_site(projection, index, sites[line.position], people)[0] if at_site else cause_of_program(projection, index, people)
        )
        before = one_time_of_places(projection, index - 1) if index else base.one_time
        one_time: float | None = one_time_of_places(projection, index)[line.name] - before.get(line.name, 0.0)
        cost_before = of_places(projection, index - 1) if index else base.by_place
        is_new = not cost_before.get(line.name, NIL).gross_appropriation
        if not index and not base.is_from_scenario and not is_new:  # lines of an adopted budget do not say what of it is paid once
            one_time = None
        return replace(line, text=sentence(cause, line.printed, one_time, _offsets(projection, index, base, line.name), is_new=is_new))
    if line.subject == "former" and line.heading:
        cause = f"Reflects the end of {line.name}, which the adopted budget has and this plan has not"
        once = -base.one_time.get(line.name, 0.0) if base.is_from_scenario else None
        return replace(line, text=sentence(cause, line.printed, once, _offsets(projection, index, base, line.name), is_new=False))
    words = {
        "adopted": "Reflects the adopted budget, which is not given by site: the other lines state each site in full.",
    }
    return replace(line, text=words.get(line.subject, line.text))


def _offsets(projection: Projection, index: int, base: Adopted, place: str) -> list[Offset]:
    """Return what each source brings more or less at a place; of an adopted budget without sources, one amount of them all."""
    now = offsets_of_places(projection, index).get(place, {})
    before = offsets_of_places(projection, index - 1)[place] if index else base.offsets.get(place, {})
    asked = {source.name: standing(source) is Standing.ASKED_FOR for source in projection.scenario.funding_sources}
    found = [Offset(name, now.get(name, 0.0) - before.get(name, 0.0), asked.get(name, False)) for name in dict.fromkeys((*now, *before))]
    if not index and not base.is_from_scenario and place in base.by_place:
        adopted_offset = base.by_place[place].intrafund_transfer + base.by_place[place].revenue
        found.append(Offset("the sources of the adopted budget", -adopted_offset))
    return found


def _by_unit(
    projection: Projection, index: int, base: Adopted, before: Amounts, after: Amounts, *, with_rest: bool
) -> tuple[ChangeLine, ...]:
    """Return the changes by budget unit, less what units buy from each other, and their total; nothing where there is one unit."""
    units = of_units(projection, index)
    former = of_units(projection, index - 1) if index else base.by_unit
    if len({*units, *former}) < 2:
        return ()
    bought = between_units(projection, index) - (between_units(projection, index - 1) if index else base.bought)
    found = [_change("unit", name, amounts - former.get(name, NIL), position=at) for at, (name, amounts) in enumerate(units.items())]
    found += [_change("former", name, NIL - amounts) for name, amounts in former.items() if name not in units]
    if not index and not base.is_by_site:
        found.append(_change("adopted", NOT_BY_UNIT, NIL - base.total))
    found.append(_change("purchases", BETWEEN_UNITS, bought))
    lines = [replace(line, heading="", text="") for line in _adding_up(before, after, found, with_rest=with_rest)]
    return (*lines, ChangeLine("total", TOTAL_CHANGES, after - before, after.printed - before.printed))


def _notes(projection: Projection, index: int, base: Adopted) -> tuple[str, ...]:
    """Return what stands below the table: the adopted budget in the first year, and what sources say of money that changes."""
    money = projection.by_year("money_claimed")
    moved = [float(amounts[index] - (amounts[index - 1] if index else 0)) for amounts in money]
    reasons = [f"{source.name}: {source.justification}" for source, more in zip(projection.scenario.funding_sources, moved, strict=True)
               if source.justification and abs(more) >= 1]  # fmt: skip
    return (*([base.said] * (not index)), *_part_years(projection, index, base), *reasons)


def _part_years(projection: Projection, index: int, base: Adopted) -> Iterator[str]:
    """Yield what to know where a part of a year is compared with another part, or with a whole one."""
    year, spans = projection.timeline.years[index], [stop - start for start, stop in projection.timeline.spans]
    before = spans[index - 1] if index else base.months
    of_what = projection.timeline.years[index - 1] if index else "the adopted budget"
    if before and before != spans[index]:
        yield f"{year} has {counted(spans[index], 'month')} in this plan and {of_what} {before}: the changes hold that difference too."
    elif not index and not before and spans[index] < _A_YEAR and base.total != NIL:
        yield f"{year} has {counted(spans[index], 'month')} in this plan; the adopted budget is taken as it is given, for whatever months."
