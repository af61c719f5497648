"""Who pays, as readers ask it: what is sure and what is asked for, what a cap refuses and who pays it, what comes of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from budget_model.engine.arrays import Array
from budget_model.formats import NIL, dollars, joined, worded
from budget_model.projection import Projection
from budget_model.scenario.choices import BudgetTreatment, CapBasis, CostCategory, MatchBasis, Pace, SourceStatus
from budget_model.scenario.schema import Cap, Source

UNPAID = "No source: the funding gap"
SAVED = "No source: amounts below zero beyond cost"
BEYOND = "beyond what is authorized or asked of the County"
BASES = {CapBasis.AWARD: "the award", CapBasis.AWARD_AND_MATCH: "award and match", CapBasis.MONEY_SPENT: "the money spent"}


class Standing(StrEnum):
    """What may be said of a source's money: it pays where it is awarded; all else would pay, by claims or if it is given."""

    AWARDED = "Awarded"
    EARNED_BY_CLAIMS = "Earned by claims"
    ASKED_FOR = "Asked for"
    NOT_STATED = "Status not stated"


def standing(source: Source) -> Standing:
    """Return what may be said of a source's money, by its status."""
    return _STANDINGS.get(source.status, Standing.ASKED_FOR)


_STANDINGS = {
    SourceStatus.AWARDED: Standing.AWARDED,
    SourceStatus.EARNED_BY_CLAIMS: Standing.EARNED_BY_CLAIMS,
    SourceStatus.NOT_STATED: Standing.NOT_STATED,
}


def by_standing(projection: Projection, row: str, *, county_money: bool | None = None) -> dict[Standing, Array]:
    """Return a row of sources by fiscal year, the total last, added up by what may be said of their money.

    With `county_money` only sources of the County's own money count, without it only those from outside; where nothing is said, all.
    """
    amounts = projection.by_year(row)
    found = {kind: np.zeros(len(projection.years)) for kind in Standing}
    for source, amount in zip(projection.scenario.funding_sources, amounts, strict=True):
        if county_money in (None, source.treatment is BudgetTreatment.NET_COUNTY_COST):
            found[standing(source)] += amount
    return found


def outside_money_in_words(projection: Projection) -> str:
    """Return what outside money pays and would pay over all months: 'pays' is said only of what is awarded."""
    found = {kind: float(amounts[-1]) for kind, amounts in by_standing(projection, "money_claimed", county_money=False).items()}
    sure = found.pop(Standing.AWARDED)
    would = joined([f"{dollars(amount)} {_WOULD_COME[kind]}" for kind, amount in found.items() if amount >= 1])
    pays = f"Outside money that is awarded pays {dollars(sure)}" if sure >= 1 else ""
    if not would:
        return f"{pays}." if pays else "No outside money pays."
    return f"{pays}; to that would come {would}." if pays else f"No outside money is awarded; there would come {would}."


_WOULD_COME = {
    Standing.EARNED_BY_CLAIMS: "from claims",
    Standing.ASKED_FOR: "that is asked for and not granted yet",
    Standing.NOT_STATED: "whose status is not stated",
}


def awarded_in_words(projection: Projection) -> str:
    """Return what is drawn from awarded sources over all months where the County's own money is part of it; '' where it is not."""
    outside, county = (float(by_standing(projection, "drawdown", county_money=own)[Standing.AWARDED][-1]) for own in (False, True))
    if min(outside, county) < 1:
        return ""
    return f"Drawn from awarded sources: {dollars(outside)} from outside and {dollars(county)} of County money that is authorized."


def gap_in_words(projection: Projection) -> str:
    """Return the funding gap by fiscal year in a sentence, under both its names."""
    gaps = zip(projection.years[:-1], projection.by_year("funding_gap"), strict=False)
    years = [f"{dollars(gap)} in {year}" for year, gap in gaps if round(gap)]
    if not years:
        return "Every dollar has a source in every year: there is no funding gap."
    return f"Net county cost {BEYOND}, the funding gap: {joined(years)}."


def county_money_in_words(projection: Projection) -> str:
    """Return what makes up net county cost over all months: what is authorized, what is only asked of the County, match, the gap."""
    of_county = {kind: float(amounts[-1]) for kind, amounts in by_standing(projection, "drawdown", county_money=True).items()}
    rows = ("all_match_paid", "funding_gap", "all_indirect_claimed", "saved_beyond_cost", "net_county_cost")
    match, gap, claimed, saved, needed = (float(projection.by_year(row)[-1]) for row in rows)
    said = {
        f"{dollars(of_county[Standing.AWARDED])} is authorized": of_county[Standing.AWARDED],
        f"{dollars(of_county[Standing.EARNED_BY_CLAIMS])} is County money that claims would earn": of_county[Standing.EARNED_BY_CLAIMS],
        f"{dollars(of_county[Standing.ASKED_FOR])} is asked of the County and not yet authorized": of_county[Standing.ASKED_FOR],
        f"{dollars(of_county[Standing.NOT_STATED])} is County money whose status is not stated": of_county[Standing.NOT_STATED],
        f"{dollars(match)} is the match in cash": match,
        f"{dollars(gap)} is beyond what is authorized or asked, the funding gap": gap,
        f"less {dollars(claimed)} of overhead claimed back": claimed,
        f"less {dollars(saved)} by which amounts below zero are more than the cost that they lower": saved,
    }
    parts = [words for words, amount in said.items() if dollars(amount) != NIL]
    covered = "" if dollars(gap) != NIL else " Every dollar has a source: there is no funding gap."
    return f"Net county cost is {dollars(needed)}{': ' if parts else ''}{joined(parts)}.{covered}"


class Part(StrEnum):
    """How a line of the table of who pays stands to the others."""

    PAYS = "pays"
    TAKEN_OFF = "taken off"
    SUM = "sum"


@dataclass(frozen=True)
class PayerLine:
    """A line of the table of who pays, in dollars by fiscal year, the total last; `row` is the row of the budget that it shows, if any."""

    label: str
    amounts: Array
    part: Part = Part.PAYS
    row: str = ""


def who_pays(projection: Projection) -> tuple[PayerLine, ...]:
    """Return who pays gross appropriation: outside money by its standing, then what makes up net county cost; lines of nil are left out.

    The two sums come to gross appropriation. Money from outside is with the overhead that it pays back, which lowers net county cost.
    """
    outside = by_standing(projection, "money_claimed", county_money=False)
    county = by_standing(projection, "drawdown", county_money=True)
    found = [PayerLine(_OUTSIDE[kind], amounts) for kind, amounts in outside.items()]
    found.append(PayerLine("Outside money", np.sum(list(outside.values()), axis=0), Part.SUM))
    found += [PayerLine(_COUNTY[kind], amounts) for kind, amounts in county.items()]
    paid = {"Match in cash": "all_match_paid", UNPAID: "funding_gap"}
    found += [PayerLine(label, projection.by_year(row), row=row) for label, row in paid.items()]
    found.append(PayerLine("Less: overhead claimed back", -projection.by_year("all_indirect_claimed"), Part.TAKEN_OFF))
    found.append(PayerLine("Less: amounts below zero beyond cost", -projection.by_year("saved_beyond_cost"), Part.TAKEN_OFF))
    sums = {"Net county cost": "net_county_cost", "Gross appropriation": "gross_appropriation"}
    found += [PayerLine(label, projection.by_year(row), Part.SUM, row) for label, row in sums.items()]
    return tuple(line for line in found if line.part is Part.SUM or any(dollars(float(amount)) != NIL for amount in line.amounts))


_OUTSIDE = {
    Standing.AWARDED: "Outside money that is awarded",
    Standing.EARNED_BY_CLAIMS: "Outside money that claims would earn",
    Standing.ASKED_FOR: "Outside money that is asked for",
    Standing.NOT_STATED: "Outside money whose status is not stated",
}
_COUNTY = {
    Standing.AWARDED: "County money that is authorized",
    Standing.EARNED_BY_CLAIMS: "County money that claims would earn",
    Standing.ASKED_FOR: "County money that is asked for",
    Standing.NOT_STATED: "County money whose status is not stated",
}


def pace_in_words(source: Source) -> str:
    """Return how fast the money of a source is drawn; money that is earned always pays as cost arises."""
    return str(source.pace if source.is_paced else Pace.AS_COST_ARISES)


def match_in_words(source: Source) -> str:
    """Return what match a source asks for, of what, in words; '' for none."""
    if source.match is None or not source.match.rate.value:
        return ""
    of_kind = f", {worded(source.match.in_kind_share.value, 'share')} of it in kind" if source.match.in_kind_share.value else ""
    of_kind = ", what is given in kind counted first" if source.match.in_kind_counts_first else of_kind
    return f"match {worded(source.match.rate.value, 'share')} of {BASES_OF_MATCH[source.match.basis]}{of_kind}"


BASES_OF_MATCH = {
    MatchBasis.AWARD: "the award, spent or not",
    MatchBasis.GRANT_SPENT: "the grant spent",
    MatchBasis.TOTAL_PROJECT_COST: "total project cost",
}


@dataclass(frozen=True)
class CapUse:
    """A cap as a reader sees it, over all months. Money in dollars.

    `refused` is cost that the source has money for and does not pay for the cap; `paid_by` names who pays it, later sources or
    nobody, in proportion to what each pays of the cost that the source leaves in the same category and month.
    """

    cap: Cap
    limit: float
    used: float
    refused: float
    paid_by: Mapping[str, float]

    @property
    def rule(self) -> str:
        """The cap in words: 'at most 5% of the award for Data and evaluation'."""
        share = worded(self.cap.share.value, "share")
        return f"at most {share} of {BASES[self.cap.of]} for {self.cap.category or self.cap.appropriation_class}"

    @property
    def payers(self) -> str:
        """Who pays what the cap refuses, with amounts: 'AB 109 realignment $12,000; no source: the funding gap $3,000'."""
        return "; ".join(f"{name} {dollars(amount)}" for name, amount in self.paid_by.items() if round(amount))


def cap_uses(projection: Projection) -> tuple[CapUse, ...]:
    """Return every cap of the scenario with what it allows, what counts under it, and what it refuses."""
    return projection.once(_cap_uses)


def _cap_uses(projection: Projection) -> tuple[CapUse, ...]:
    rows = ("cap_limit", "used_under_cap", "cost_above_cap")
    figures = [projection.by_year(row)[:, -1] for row in rows]
    return tuple(
        CapUse(cap, float(limit), float(used), float(refused), _payers(projection, index, float(refused)) if refused >= 1 else {})
        for index, (cap, limit, used, refused) in enumerate(zip(projection.scenario.caps, *figures, strict=True))
    )


def _payers(projection: Projection, cap: int, refused: float) -> dict[str, float]:
    """Return who pays the cost that a cap refuses: later sources and the gap, by their parts of what the source leaves."""
    names = [source.name for source in projection.scenario.funding_sources]
    source = names.index(projection.scenario.caps[cap].source)
    paid = projection.monthly("paid_by_category")
    left = projection.monthly("cost_by_category") - paid[: source + 1].sum(axis=0)  # (category, month)
    later = np.concatenate([paid[source + 1 :], (left - paid[source + 1 :].sum(axis=0))[np.newaxis]])
    weight = _counted(projection, cap) * projection.monthly("cost_above_cap")[cap]
    parts = np.divide(later * weight, left, out=np.zeros_like(later), where=left > 0).sum(axis=(1, 2))
    payers = [*names[source + 1 :], UNPAID]
    return {name: float(refused * part / parts.sum()) for name, part in zip(payers, parts, strict=True) if part > 0}


def _counted(projection: Projection, position: int) -> Array:
    """Return the share of each category's cost, by month, that a cap counts: all of its category, or what its class has in each."""
    cap = projection.scenario.caps[position]
    if cap.category is not None:
        return np.array([[float(category == cap.category)] for category in CostCategory])
    on_a_class = [other.name for other in projection.scenario.caps if other.appropriation_class is not None]
    of_class: Array = projection.monthly("share_under_class_cap")[on_a_class.index(cap.name)]
    return of_class


@dataclass(frozen=True)
class PlanLine:
    """A line of the funding plan with what comes of it in its year: the cost it looks at, and the share of it that it gives."""

    name: str
    source: str
    of: str
    fiscal_year: str
    asked: str
    cost: float
    share: float


def plan_lines(projection: Projection) -> tuple[PlanLine, ...]:
    """Return the lines of the funding plan."""
    names = [source.name for source in projection.scenario.funding_sources]
    found = []
    for index, line in enumerate(projection.scenario.funding_plan):
        at = names.index(line.source), index
        asked = [f"{worded(line.share.value, 'share')} of the cost"] * (line.share.value < 1 or not line.amount.value)
        asked += [f"at most {dollars(line.amount.value)}"] * bool(line.amount.value)
        cost = float(projection.monthly("payable_of_plan_line")[at].sum())
        share = float(projection.monthly("share_of_plan_line")[at].max(initial=0.0))
        of = str(line.category or "all its categories")
        found.append(PlanLine(line.name, line.source, of, line.fiscal_year, ", ".join(asked), cost, share))
    return tuple(found)
