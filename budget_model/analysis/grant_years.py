"""The grant years of a source: twelve months each from the month that it says, or from the first of its period of performance."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from budget_model.projection import Projection
from budget_model.timeline import TOTAL, Timeline, month_label


@dataclass(frozen=True)
class Period:
    """Months of a scenario: the index of the first and of the month after the last, and their name, such as "2017-04 to 2018-03"."""

    name: str
    start: int
    stop: int


def grant_years(projection: Projection, source: int) -> tuple[Period, ...]:
    """Return the grant years of a source, by its place, within its period of performance, extended; the first and last may be part years.

    Without a month of its own a grant year begins when the period of performance did.
    """
    months = projection.timeline.months
    open_months = np.flatnonzero(projection.monthly("source_is_open")[source])
    first, last = int(open_months[0]), int(open_months[-1])
    begins = int(projection.scenario.funding_sources[source].grant_year_month.number) or months[first].month
    starts = [first, *(at for at in range(first + 1, last + 1) if months[at].month == begins)]
    return tuple(_period(projection.timeline, start, stop) for start, stop in pairwise((*starts, last + 1)))


def grant_years_of_all(projection: Projection) -> tuple[Period, ...]:
    """Return the grant years of all sources, each once, in the order of the sources."""
    return projection.once(_grant_years_of_all)


def _grant_years_of_all(projection: Projection) -> tuple[Period, ...]:
    sources = range(len(projection.scenario.funding_sources))
    return tuple(dict.fromkeys(year for source in sources for year in grant_years(projection, source)))


def names_of_grant_years(projection: Projection) -> list[str]:
    """Return the names of the grant years of all sources, each once, in the order of the sources."""
    return [year.name for year in grant_years_of_all(projection)]


def period_of(projection: Projection, name: str) -> Period:
    """Return the months of a fiscal year, of a grant year of any source, or of 'Total'. Raises KeyError for another name."""
    timeline = projection.timeline
    known = {year: Period(year, *span) for year, span in zip(timeline.years, timeline.spans, strict=True)}
    known |= {year.name: year for year in grant_years_of_all(projection)}
    return ({TOTAL: Period(TOTAL, 0, timeline.count)} | known)[name]


def _period(timeline: Timeline, start: int, stop: int) -> Period:
    return Period(f"{month_label(timeline.months[start])} to {month_label(timeline.months[stop - 1])}", start, stop)
