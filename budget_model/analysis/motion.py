"""The crosswalk: each clause of the Board's motion with the figures that answer it, and how far the partners have confirmed them.

The Motion page, the sheet Crosswalk and the command `motion` show these lines.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from budget_model.analysis.motion_clauses import (
    AGENCIES,
    CLAUSES,
    CONTRACTING,
    FUNDING,
    HOUSING,
    REPORT,
    STAFF,
    TREATMENT,
    Clause,
    numbers_of_clauses,
)
from budget_model.analysis.motion_figures import FIGURES, SAID, Confirmed, Figure, ToConfirm
from budget_model.formats import counted
from budget_model.projection import Projection
from budget_model.scenario.agencies import has_agreed, law_enforcement
from budget_model.scenario.confirmation import State, state_of


@dataclass(frozen=True)
class Answer:
    """A clause with its figures, what is said beside them, and how many of its numbers the partners confirmed, of how many."""

    clause: Clause
    figures: tuple[Figure, ...]
    confirmed: int
    needed: int
    said: str = ""

    @property
    def word(self) -> State:
        """Missing where there is no figure or no number; else Draft, In part or Confirmed, by the numbers confirmed."""
        return state_of(self.confirmed, self.needed) if self.figures[0].value else State.MISSING

    @property
    def confirmation(self) -> str:
        """The count in words."""
        if self.clause.id == AGENCIES:
            return f"{self.confirmed} of {counted(self.needed, 'agency', 'agencies')} signed"
        return f"{self.confirmed} of {counted(self.needed, 'number')} confirmed"

    def record(self) -> dict[str, Any]:
        """Return the clause as plain data: a month as 2019-09 or None, None for no first full year."""
        figures = [
            {"figure": figure.label, "unit": figure.unit, "all_months": figure.plain, "first_full_year": figure.in_full_year}
            for figure in self.figures
        ]
        word = {"clause": self.clause.id, "asks": self.clause.asks, "status": str(self.word)}
        return word | {"confirmed": self.confirmed, "needed": self.needed, "figures": figures}


def crosswalk(projection: Projection, spare: Collection[str] = frozenset()) -> tuple[Answer, ...]:
    """Return the answer to each clause; `spare` are the names of a workbook's spare rows, which are no plan."""
    numbers = numbers_of_clauses(projection.scenario, spare)
    needed = {name: len(found) for name, found in numbers.items()}
    confirmed = {name: sum(placed.assumption.is_confirmed for placed in found) for name, found in numbers.items()}
    of_all = {REPORT: (sum(confirmed.values()), sum(needed.values())), FUNDING: _of_cost(confirmed, needed), AGENCIES: _signed(projection)}
    found = []
    for clause in CLAUSES:
        done, asked = of_all.get(clause.id, (confirmed[clause.id], needed[clause.id]))
        figures = _of_the_report(done, asked) if clause.id == REPORT else FIGURES[clause.id](projection, spare)
        said = SAID[clause.id](projection) if clause.id in SAID else ""
        found.append(Answer(clause, figures, done, asked, said))
    return tuple(found)


def _of_the_report(confirmed: int, needed: int) -> tuple[Figure, ...]:
    return (
        Figure("Numbers of the plan that need a partner's word", "numbers", needed, ToConfirm()),
        Figure("Of them confirmed, by name and day", "numbers", confirmed, Confirmed()),
    )


# The funding that is needed rests on what providers, staff, treatment and housing cost, beside its own numbers.
CLAUSES_OF_COST = (CONTRACTING, FUNDING, STAFF, TREATMENT, HOUSING)


def _of_cost(confirmed: Mapping[str, int], needed: Mapping[str, int]) -> tuple[int, int]:
    return sum(confirmed[name] for name in CLAUSES_OF_COST), sum(needed[name] for name in CLAUSES_OF_COST)


def _signed(projection: Projection) -> tuple[int, int]:
    """Return how many law-enforcement agencies have signed, of all that are named: an agreement with its day and site is their word."""
    named = law_enforcement(projection.scenario)
    return sum(map(has_agreed, named)), len(named)
