"""Headlines that warn: what the remarks on a plan come to for the whole program, a sentence each with its amounts.

Each sums up remarks of `findings.py`, which has them item by item, and reads the same rows. The overview and
`project --json` show them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from budget_model.analysis.finding_details import largest_loss
from budget_model.analysis.findings import Finding, findings
from budget_model.analysis.missed_check import said
from budget_model.formats import NIL, count, counted, dollars, listed
from budget_model.projection import Projection
from budget_model.scenario.choices import CareKind

_MOST = 3  # items that a sentence names; the remarks have all
_A_PERSON = 0.5  # people; fewer are what averages leave, and shown as none


@dataclass(frozen=True)
class HeadlineWarning:
    """A warning for the whole program: what it is about, in words with amounts, and the check whose remarks it sums up."""

    about: str
    words: str
    check: str


def headline_warnings(projection: Projection) -> tuple[HeadlineWarning, ...]:
    """Return what a reader of the headline figures must know beside them, in a fixed order; nothing where all is well."""
    return projection.once(_warnings)


def _warnings(projection: Projection) -> tuple[HeadlineWarning, ...]:
    found = []
    for about, check, in_words in _WARNINGS:
        remarks = tuple(finding for finding in findings(projection) if finding.check == check)
        if remarks and (words := in_words(projection, remarks)):
            found.append(HeadlineWarning(about, words, check))
    return tuple(found)


def _full(projection: Projection, remarks: Sequence[Finding]) -> str:
    """Return since when the program is full, and how many wait for a slot."""
    sites = [finding for finding in remarks if finding.amount >= _A_PERSON]
    if not sites:
        return ""
    first = min(sites, key=lambda finding: finding.since)
    is_open, waits = projection.monthly("open_sites") > 0, projection.monthly("people_waiting_for_a_slot") >= _A_PERSON
    full = np.logical_and(np.any(is_open, axis=0), np.all(waits | ~is_open, axis=0))
    if full[-1]:
        since = max((month for month, is_full in enumerate(full) if not is_full), default=-1) + 1
        head = f"Every open site has been full since {_month(projection, since)}, the first ({first.item}) since {first.since_in_words}"
    else:
        known = counted(len(projection.scenario.sites), "site")
        head = f"{len(sites)} of {known} {'fills' if len(sites) == 1 else 'fill'} up, the first ({first.item}) in {first.since_in_words}"
    everyone = projection.monthly("all_people_waiting_for_a_slot")
    most, last = int(everyone.argmax()), len(everyone) - 1
    at_the_end = f", {count(everyone[last], 0)} at the end" if most < last and everyone[last] >= _A_PERSON else ""
    return f"{head}. Up to {_people(everyone[most])} wait for a slot ({_month(projection, most)}){at_the_end}."


def _waiting(projection: Projection, _: Sequence[Finding]) -> str:
    """Return how many people wait for each kind of place when the most do."""
    by_kind = zip(CareKind, projection.monthly("people_waiting_by_kind"), strict=True)
    some = sorted(((kind, waiting) for kind, waiting in by_kind if waiting.max() >= _A_PERSON), key=lambda one: -float(one[1].max()))
    each = [f"{str(kind).lower()} {count(waiting.max(), 0)} ({_month(projection, int(waiting.argmax()))})" for kind, waiting in some]
    return f"When the most wait: {', '.join(each)}." if each else ""


def _waits(projection: Projection, remarks: Sequence[Finding]) -> str:
    """Return the longest waits beyond target, and for how many months each is beyond it."""
    late = {finding.item for finding in remarks}
    rows = (projection.by_year(row)[:, -1] for row in ("longest_wait", "months_beyond_target"))
    lines = zip(projection.scenario.treatment_and_housing, *rows, strict=True)
    longest = float(projection.monthly("longest_wait_days"))  # no wait is counted as longer
    each = sorted(((wait, months, care) for care, wait, months in lines if care.name in late), key=lambda one: (-one[0], -one[1]))
    named = (
        f"{care.name} {said(wait, 'days')}{' or more' if wait >= longest else ''} (acceptable {said(care.target_wait_days.value, 'days')}; "
        f"longer in {int(months)} of {projection.scenario.months} months)"
        for wait, months, care in each[:_MOST]
    )
    head = f"{counted(len(each), 'line')} of care {'keeps' if len(each) == 1 else 'keep'} people waiting longer than is acceptable"
    return f"{head}, {'the longest' if len(each) > _MOST else 'at the longest'}: {'; '.join(named)}."


def _providers(projection: Projection, remarks: Sequence[Finding]) -> str:
    """Return which providers lose more than they may, how much, and what share of their cost that is."""
    names = [contract.name for contract in projection.scenario.provider_contracts]
    each = (f"{finding.item}: {largest_loss(projection, names.index(finding.item)).words}" for finding in remarks)
    return f"{listed(each, _MOST)}."


def _lost(projection: Projection, remarks: Sequence[Finding]) -> str:
    """Return how much money from outside the County's own is lost, and of which sources."""
    each = listed((f"{finding.item} {dollars(finding.amount)}" for finding in remarks if dollars(finding.amount) != NIL), _MOST)
    lost = dollars(float(projection.by_year("all_outside_money_lost")[-1]))
    return f"{lost} is not spent in time: {each}." if each else ""


def _cliff(projection: Projection, _: Sequence[Finding]) -> str:
    """Return how much cost that goes on rests on money that comes once, awarded or not, over all months and at the last."""
    *years, total = projection.by_year("ongoing_cost_on_one_time_money")
    paid = [(year, float(amount)) for year, amount in zip(projection.years, years, strict=False) if dollars(amount) != NIL]
    if not paid:
        return ""
    year, amount = paid[-1]
    within = f", {dollars(amount)} of it in {year}, the last such year" if len(paid) > 1 else f", all of it in {year}"
    return f"{dollars(total)} of cost that goes on rests on money that comes once{within}. When that ends, nothing pays it."


def _month(projection: Projection, index: int) -> str:
    return f"{projection.timeline.months[index]:%b %Y}"


def _people(amount: float) -> str:
    return said(float(round(amount)), "people")


_InWords = Callable[[Projection, Sequence[Finding]], str]
# What each is about, the check whose remarks it sums up, its sentence.
_WARNINGS: tuple[tuple[str, str, _InWords], ...] = (
    ("Sites full", "site_is_full", _full),
    ("People waiting for treatment and housing", "places_short", _waiting),
    ("Waits beyond target", "wait_above_target", _waits),
    ("Providers that lose", "provider_loses_too_much", _providers),
    ("Outside money lost", "money_lost", _lost),
    ("Ongoing cost on one-time money", "ongoing_cost_on_money_that_ends", _cliff),
)
