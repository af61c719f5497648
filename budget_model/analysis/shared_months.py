"""The months that several plans all cover: over these alone their sums can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from budget_model.formats import counted
from budget_model.projection import Projection
from budget_model.timeline import TOTAL, Timeline

Months = tuple[date, date]  # the first and the last


def months_of(timeline: Timeline) -> Months:
    """Return the first and the last month of a timeline."""
    return timeline.months[0], timeline.months[-1]


def shared_months(timelines: Iterable[Timeline]) -> Months | None:
    """Return the first and the last month that all timelines have, None where there is no such month."""
    firsts, lasts = zip(*map(months_of, timelines), strict=True)
    return (max(firsts), min(lasts)) if max(firsts) <= min(lasts) else None


def in_words(months: Months) -> str:
    """Return a span of months as it is read: May 2017 to Jun 2019."""
    first, last = months
    return f"{first:%b %Y} to {last:%b %Y}"


def unlike_months_in_words(names: Sequence[str], timelines: Sequence[Timeline], *, stand_below: bool = False) -> str:
    """Return what a reader must know of plans that cover unlike months; nothing where they cover the same.

    Where the months of each `stand_below`, beside its figures, they are not told.
    """
    if len(set(map(months_of, timelines))) == 1:
        return ""
    shared = shared_months(timelines)
    compared = f"They are compared over the months that all cover, {in_words(shared)}" if shared else "No month is covered by all"
    told = "These scenarios cover unlike months, as stands below." if stand_below else _spans_in_words(names, timelines)
    return f"{told} {compared}."


def unlike_years_in_words(names: Sequence[str], timelines: Sequence[Timeline]) -> str:
    """Return the same of plans that stand side by side by fiscal year, where `alike` says in which years a difference means something."""
    if len(set(map(months_of, timelines))) == 1:
        return ""
    return f"{_spans_in_words(names, timelines)} A difference is shown for years of which both have the same months, else 'unlike'."


def _spans_in_words(names: Sequence[str], timelines: Sequence[Timeline]) -> str:
    spans = [f"{name}: {in_words(months_of(one))}, {counted(one.count, 'month')}" for name, one in zip(names, timelines, strict=True)]
    return f"These scenarios cover unlike months. {'; '.join(spans)}."


def alike(one: Timeline, other: Timeline, year: str) -> bool:
    """Whether two plans have the same months of a fiscal year, one at least, or in all ('Total'), so that what they sum compares."""
    if year == TOTAL:
        return months_of(one) == months_of(other)
    own, others = (
        [month for month, its_year in zip(timeline.months, timeline.fiscal_years, strict=True) if its_year == year]
        for timeline in (one, other)
    )
    return bool(own) and own == others


def over_months(projection: Projection, row: str, months: Months) -> float:
    """Return a monthly row without other items over a span of months, summed."""
    covered = zip(projection.timeline.months, projection.monthly(row).tolist(), strict=True)
    return float(sum(value for month, value in covered if months[0] <= month <= months[1]))
