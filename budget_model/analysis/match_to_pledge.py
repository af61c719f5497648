"""The cash match that sources ask for, in dollars: of what it is a share, what comes to it, and what is still to be pledged."""

from __future__ import annotations

from dataclasses import dataclass

from budget_model.analysis.who_pays import BASES_OF_MATCH
from budget_model.formats import dollars, worded
from budget_model.projection import Projection
from budget_model.scenario.choices import MatchBasis, PaidBy
from budget_model.scenario.schema import Match, Source
from budget_model.timeline import TOTAL

_CENT = 0.01


@dataclass(frozen=True)
class MatchToPledge:
    """The match of a source over all months of the plan, in dollars.

    `base` is what the rate is a share of (convention A16), `owed` the cash owed, `in_kind` what is owed in kind, and `by_income`
    what program income, and value in kind that counts first, meet of the cash. `by_columns` says that columns of its own pay it, so
    that none is to be pledged.
    """

    source: Source
    match: Match
    base: float
    owed: float
    in_kind: float
    by_income: float
    by_columns: bool

    @property
    def pledged(self) -> float:
        """The cash pledged."""
        return self.match.pledged.number

    @property
    def whole_pledge(self) -> float:
        """The pledge that the match asks for, to the cent."""
        return round(self.owed - self.by_income, 2)

    @property
    def is_short(self) -> bool:
        """Whether more is to be pledged."""
        return not self.by_columns and self.whole_pledge - self.pledged >= _CENT

    @property
    def words(self) -> str:
        """What is asked and what is pledged, in a sentence or two."""
        rate = worded(self.match.rate.value, self.match.rate.unit)
        of_what = f"{rate} of {_named(self.base)} ({BASES_OF_MATCH[self.match.basis]})"
        parts = [f"{of_what} = {_named(self.owed + self.in_kind)}"]
        if self.in_kind:
            parts.append(f"of it {_named(self.in_kind)} in kind and {_named(self.owed)} in cash")
        if self.by_income:
            what = (
                "value in kind and program income meet" if self.match.in_kind_counts_first else "program income or a partner's cash meets"
            )
            parts.append(f"{what} {_named(self.by_income)}")
        if self.by_columns:
            return f"{', '.join(parts)}. Columns of its own pay it."
        return f"{', '.join(parts)} to pledge; pledged {_named(self.pledged)}."


def matches_to_pledge(projection: Projection) -> tuple[MatchToPledge, ...]:
    """Return the match of each source that asks for one, in the order in which sources pay."""
    scenario = projection.scenario
    rows = ("grant_money_matched", "match_owed", "match_met_before_cash", "in_kind_match_owed")
    totals = {row: projection.yearly_table(row)[TOTAL] for row in rows}
    with_columns = {line.source for line in scenario.funding_assignments if line.paid_by is PaidBy.CASH_MATCH}
    found = []
    for source in scenario.funding_sources:
        if source.match is None or not source.match.rate.value:
            continue
        matched, owed, by_income, in_kind = (float(totals[row][source.name]) for row in rows)
        base = matched + owed + in_kind if source.match.basis is MatchBasis.TOTAL_PROJECT_COST else matched
        found.append(MatchToPledge(source, source.match, base, owed, in_kind, by_income, source.name in with_columns))
    return tuple(found)


def _named(amount: float) -> str:
    """Return an amount as a sentence names it, where nil is $0."""
    return dollars(amount) if round(amount) else "$0"
