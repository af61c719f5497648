"""The lines of a change table, of the plan or of one budget unit: what each place changes, with a sentence, rounded so that it adds up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from budget_model.analysis.accounts import Account, ByName
from budget_model.analysis.adopted import Adopted
from budget_model.analysis.budget_amounts import NIL, Amounts, people_of_places
from budget_model.analysis.change_words import (
    Offset,
    cause_at_site,
    cause_of_lines,
    cause_of_program,
    purchases_in_words,
    sentence,
)
from budget_model.analysis.who_pays import Standing, standing
from budget_model.formats import count, dollars
from budget_model.projection import Projection
from budget_model.scenario.choices import ChangeHeading

BEFORE, TOTAL_CHANGES, CLOSING = "Budget of the year before", "Total changes", "Budget of the year"
REST = "Other changes and rounding"
OF_THE_REST = "Reflects changes that are each less than half a thousand dollars, and what rounding the lines above leaves."
ROUNDING = (
    "Each amount is rounded to thousands of dollars, or tenths of positions, and net county cost is what the rounded ones leave. "
    f"What rounding leaves of the year stands in the line '{REST}', so that every column adds up as printed."
)
CHANGE_COLUMNS = ("Gross appropriation", "Intrafund transfer", "Revenue", "Net county cost", "Positions")
_OF_EVERY_YEAR = (ChangeHeading.CURTAILMENTS, ChangeHeading.OTHER_CHANGES)
Subject = Literal["opening", "place", "former", "adopted", "rest", "unit", "purchases", "total", "closing"]


@dataclass(frozen=True)
class ChangeLine:
    """A line of a change table, with exact amounts and as it is printed.

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
    def label(self) -> str:
        """The line's name, with its number where it has one."""
        return f"{self.number}. {self.name}" if self.number else self.name

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as it is read: four amounts of money and the positions, -- for nil."""
        shown = self.printed
        money = (shown.gross_appropriation, shown.intrafund_transfer, shown.revenue, shown.net_county_cost)
        return (*map(dollars, money), count(shown.budgeted_positions))


def change(subject: Subject, name: str, exact: Amounts, heading: str = "", position: int = 0, text: str = "") -> ChangeLine:
    """Return a line that is printed as its own amounts round."""
    return ChangeLine(subject, name, exact, exact.printed, heading, text=text, position=position)


def adding_up(of_year: Amounts, printed: Amounts, changes: list[ChangeLine], *, with_rest: bool) -> list[ChangeLine]:
    """Return the changes that do not print as nil, and the line of what they leave of the year, exact and as printed."""
    shown = [line for line in changes if line.printed != NIL]
    exact = of_year - sum((line.exact for line in shown), NIL)
    left = printed - sum((line.printed for line in shown), NIL)
    rest = ChangeLine("rest", REST, exact, left.printed, ChangeHeading.OTHER_CHANGES, text=OF_THE_REST)
    return [*shown, rest] if with_rest or rest.printed != NIL else shown


@dataclass(frozen=True)
class ChangeOfYear:
    """A fiscal year beside the budget before it, of the plan or of one budget unit.

    `total` and `total_before` are what it comes to in all; `opening` is what the budget before is called.
    """

    projection: Projection
    index: int
    base: Adopted
    now: Account
    before: Account
    total: Amounts
    total_before: Amounts
    opening: str

    def lines(self, *, with_rest: bool, beside: Iterable[ChangeLine] = ()) -> tuple[ChangeLine, ...]:
        """Return the opening line, the changes by heading with their numbers and sentences, their total and the closing line.

        Those `beside` the places' are changes as well.
        """
        found = [*self._by_place(), *beside]
        ordered = [line for heading in ChangeHeading for line in found if line.heading == heading]
        opening = change("opening", self.opening, self.total_before)
        closing = change("closing", f"{CLOSING}, {self.projection.timeline.years[self.index]}", self.total)
        exact, printed = self.total - self.total_before, closing.printed - opening.printed
        changes = adding_up(exact, printed, ordered, with_rest=with_rest)
        numbered = [replace(line, number=number if line.subject != "rest" else None) for number, line in enumerate(changes, 1)]
        return (opening, *map(self._with_text, numbered), ChangeLine("total", TOTAL_CHANGES, exact, printed), closing)

    def _by_place(self) -> list[ChangeLine]:
        """Return what each site, and what is of no single site, changes; and what of the adopted budget is of no site of the plan."""
        now, before = self.now.amounts, self.before.amounts
        found = []
        for position, name in enumerate(now):
            more = now[name] - before.get(name, NIL)
            found.append(change("place", name, more, self._heading(position, name, more), position))
        former = [name for name in before if name not in now]
        return [*found, *(change("former", name, NIL - before[name], ChangeHeading.CURTAILMENTS) for name in former)]

    def _heading(self, position: int, place: str, more: Amounts) -> str:
        """Return the heading of a change: that of a site until it has opened; after that by whether its cost falls.

        What serves more people for less is no curtailment. A heading that is of no opening is the site's in every year.
        """
        sites = self.projection.scenario.sites
        if position < len(sites):
            said = sites[position].change_heading
            if said in _OF_EVERY_YEAR or cause_at_site(self.projection, self.index, sites[position])[1]:
                return said
        falls = more.gross_appropriation < 0 and not self._has_more_people(place)
        return ChangeHeading.CURTAILMENTS if falls else ChangeHeading.OTHER_CHANGES

    def _has_more_people(self, place: str) -> bool:
        """Whether more people take part at a place at the year's end than in the budget before, where that is known."""
        before = people_of_places(self.projection, self.index - 1) if self.index else self.base.people
        return place in before and round(people_of_places(self.projection, self.index)[place]) > round(before[place])

    def _with_text(self, line: ChangeLine) -> ChangeLine:
        if line.subject not in ("place", "former"):
            return line
        is_new = not self.before.amounts.get(line.name, NIL).gross_appropriation
        # Lines of an adopted budget do not say what of it is paid once, nor what is bought of whom.
        is_known = bool(self.index) or self.base.is_from_scenario or is_new
        once = self.now.one_time.get(line.name, 0.0) - self.before.one_time.get(line.name, 0.0) if is_known else None
        bought = _moved(self.now.bought.get(line.name, {}), self.before.bought.get(line.name, {})) if is_known else {}
        told = sentence(self._cause(line), line.printed, once, self._offsets(line.name), is_new=is_new)
        return replace(line, text=f"{told}{purchases_in_words(bought, is_new=is_new)}")

    def _cause(self, line: ChangeLine) -> str:
        projection, index, sites = self.projection, self.index, self.projection.scenario.sites
        if line.subject == "former":
            return f"Reflects the end of {line.name}, which the adopted budget has and this plan has not"
        people = None if index else self.base.people.get(line.name)
        if line.position < len(sites):
            return cause_at_site(projection, index, sites[line.position], people)[0]
        moved = _moved(self.now.of_no_site, self.before.of_no_site)
        return cause_of_lines(projection, index, moved, people) if moved else cause_of_program(projection, index, people)

    def _offsets(self, place: str) -> list[Offset]:
        """Return what each payer brings more or less at a place; of an adopted budget without sources, one amount of them all."""
        asked = {source.name for source in self.projection.scenario.funding_sources if standing(source) is Standing.ASKED_FOR}
        moved = _moved(self.now.offsets.get(place, {}), self.before.offsets.get(place, {}))
        found = [Offset(name, amount, name in asked) for name, amount in moved.items()]
        if not self.index and not self.base.is_from_scenario and place in self.before.amounts:
            adopted = self.before.amounts[place]
            found.append(Offset("the sources of the adopted budget", -(adopted.intrafund_transfer + adopted.revenue)))
        return found


def _moved(now: ByName, before: ByName) -> Mapping[str, float]:
    return {name: now.get(name, 0.0) - before.get(name, 0.0) for name in dict.fromkeys((*now, *before))}
