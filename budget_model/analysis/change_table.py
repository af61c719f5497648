"""The County's change table of a fiscal year: the adopted budget before, numbered changes, the budget after (A4 to A6).

Each change is what a site, or what is of no single site, costs more or less, with what offsets it on the same line. Each has a
heading of the County's and a sentence. Each budget unit has such a table of its own, with what it buys from other units in its cost
and what it sells among its offsets: the units' changes, less what they buy from each other, come to those of the plan. Money is
printed in thousands and positions in tenths, each amount rounded on its own; what that leaves of the year is a line, so that every
column adds up as printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from budget_model.analysis.accounts import Account, of_each_unit, of_plan
from budget_model.analysis.adopted import NOT_READ, Adopted, adopted
from budget_model.analysis.budget_amounts import NIL, between_units, of_program, of_units
from budget_model.analysis.change_lines import BEFORE, ChangeLine, ChangeOfYear, adding_up, change
from budget_model.analysis.units_beyond_budget import units_beyond_budget
from budget_model.formats import counted
from budget_model.projection import Projection
from budget_model.scenario.choices import ChangeHeading
from budget_model.scenario.schema import Site

NOT_BY_SITE, NOT_BY_UNIT = "Adopted budget, not given by site", "Adopted budget, not given by budget unit"
BETWEEN_UNITS = "Less: what units buy from each other"
_STATED_IN_FULL = "Reflects the adopted budget, which is not given by site: the other lines state each site in full."
_A_YEAR = 12  # months


@dataclass(frozen=True)
class UnitChanges:
    """The change table of one budget unit: the opening line, the changes by heading, their total, the closing line."""

    name: str
    lines: tuple[ChangeLine, ...]

    @property
    def total(self) -> ChangeLine:
        """What the unit's changes come to."""
        return self.lines[-2]

    @property
    def changes(self) -> tuple[ChangeLine, ...]:
        """The changes alone."""
        return self.lines[1:-2]


@dataclass(frozen=True)
class ChangeTable:
    """The change table of one fiscal year: the opening line, the changes by heading, their total, the closing line.

    `units` are what the changes of each budget unit come to, less what they buy from each other, where there is more than one unit;
    `by_unit` are the units' own tables. `notes` are sentences to stand below: how the adopted budget is given, what sources say of
    their money, which unit receives more than it budgets.
    """

    year: str
    lines: tuple[ChangeLine, ...]
    units: tuple[ChangeLine, ...]
    by_unit: tuple[UnitChanges, ...]
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
    account_before = of_plan(projection, index - 1) if index else base.account
    opening = BEFORE if index else base.label
    whole = ChangeOfYear(projection, index, base, of_plan(projection, index), account_before, after, before, opening)
    lines = whole.lines(with_rest=with_rest, beside=_not_given_by(NOT_BY_SITE, index, base))
    by_unit = _by_unit(projection, index, base, with_rest=with_rest)
    units = _units_together(projection, index, base, by_unit, lines[-2], with_rest=with_rest) if by_unit else ()
    notes = (*_notes(projection, index, base), *_headings_of_openings(projection, lines))
    return ChangeTable(year, lines, units, by_unit, notes)


def _headings_of_openings(projection: Projection, lines: tuple[ChangeLine, ...]) -> Iterator[str]:
    """Yield which sites stand under another heading than they say, for they have opened."""
    sites = {site.name: site.change_heading for site in projection.scenario.sites}
    for line in lines:
        said = sites.get(line.name, line.heading) if line.subject == "place" else line.heading
        if said not in (line.heading, Site.model_fields["change_heading"].default):
            yield f"{line.name} stands under {line.heading}: its heading, {said}, is that of its opening."


def _not_given_by(name: str, index: int, base: Adopted) -> tuple[ChangeLine, ...]:
    """Return the line that takes out an adopted budget that is given in all."""
    if index or base.is_by_site:
        return ()
    return (change("adopted", name, NIL - base.total, ChangeHeading.OTHER_CHANGES, text=_STATED_IN_FULL),)


def _by_unit(projection: Projection, index: int, base: Adopted, *, with_rest: bool) -> tuple[UnitChanges, ...]:
    """Return the table of each budget unit that changes, or of all with the line of rounding; nothing where there is one unit."""
    totals, accounts = of_units(projection, index), of_each_unit(projection, index)
    totals_before = of_units(projection, index - 1) if index else base.by_unit
    accounts_before = of_each_unit(projection, index - 1) if index else base.units
    names = list(dict.fromkeys((*totals, *totals_before)))
    if len(names) < 2:
        return ()
    opening = BEFORE if index else base.label if base.is_by_site or base.total == NIL else NOT_BY_UNIT
    found = []
    for name in names:
        accounted = accounts.get(name, Account()), accounts_before.get(name, Account())
        in_all = totals.get(name, NIL), totals_before.get(name, NIL)
        lines = ChangeOfYear(projection, index, base, *accounted, *in_all, opening).lines(with_rest=with_rest)
        found.append(UnitChanges(name, lines))
    return tuple(unit for unit in found if with_rest or any(line.printed != NIL for line in (*unit.changes, unit.total)))


def _units_together(
    projection: Projection, index: int, base: Adopted, by_unit: tuple[UnitChanges, ...], whole: ChangeLine, *, with_rest: bool
) -> tuple[ChangeLine, ...]:
    """Return what each unit's table comes to, less what units buy from each other, and the total of the plan."""
    bought = between_units(projection, index) - (between_units(projection, index - 1) if index else base.bought)
    found = [ChangeLine("unit", unit.name, unit.total.exact, unit.total.printed) for unit in by_unit]
    lines = [*found, *_not_given_by(NOT_BY_UNIT, index, base), change("purchases", BETWEEN_UNITS, bought)]
    return (*adding_up(whole.exact, whole.printed, lines, with_rest=with_rest), whole)


def _notes(projection: Projection, index: int, base: Adopted) -> tuple[str, ...]:
    """Return what stands below the table: the adopted budget in the first year, and what sources say of money that changes."""
    money = projection.by_year("money_claimed")
    moved = [float(amounts[index] - (amounts[index - 1] if index else 0)) for amounts in money]
    reasons = [f"{source.name}: {source.justification}" for source, more in zip(projection.scenario.funding_sources, moved, strict=True)
               if source.justification and abs(more) >= 1]  # fmt: skip
    return (*([base.said] * (not index)), *_part_years(projection, index, base), *units_beyond_budget(projection, index), *reasons)


def _part_years(projection: Projection, index: int, base: Adopted) -> Iterator[str]:
    """Yield what to know where a part of a year is compared with another part, or with a whole one."""
    year, spans = projection.timeline.years[index], [stop - start for start, stop in projection.timeline.spans]
    before = spans[index - 1] if index else base.months
    of_what = projection.timeline.years[index - 1] if index else "the adopted budget"
    if before and before != spans[index]:
        yield f"{year} has {counted(spans[index], 'month')} in this plan and {of_what} {before}: the changes hold that difference too."
    elif not index and not before and spans[index] < _A_YEAR and base.total != NIL:
        yield f"{year} has {counted(spans[index], 'month')} in this plan; the adopted budget is taken as it is given, for whatever months."
