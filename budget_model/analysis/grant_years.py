"""The grant years of a source: twelve months each from the month that it says, or from the first of its period of performance."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from budget_model.projection import Projection
from budget_model.scenario.schema import Source
from budget_model.timeline import TOTAL, Timeline, month_label


@dataclass(frozen=True)
class Period:
    """Months of a scenario: the index of the first and of the month after the last, and their name, such as "2017-04 to 2018-03"."""

    name: str
    start: int
    stop: int


def grant_years(timeline: Timeline, source: Source) -> tuple[Period, ...]:
    """Return the grant years of a source, from its first month to the scenario's last; the first and the last may be part years.

    Without a month of its own a grant year begins when the period of performance did.
    """
    first = source.first_month.day
    begins = int(source.grant_year_month.number) or first.month
    starts = [at for at, month in enumerate(timeline.months) if month >= first and (month == first or month.month == begins)]
    return tuple(_period(timeline, start, stop) for start, stop in pairwise((*starts, timeline.count)))


def names_of_grant_years(projection: Projection) -> list[str]:
    """Return the names of the grant years of all sources, each once, in the order of the sources."""
    sources = projection.scenario.funding_sources
    return list(dict.fromkeys(year.name for source in sources for year in grant_years(projection.timeline, source)))


def period_of(projection: Projection, name: str) -> Period:
    """Return the months of a fiscal year, of a grant year of any source, or of 'Total'. Raises KeyError for another name."""
    timeline = projection.timeline
    known = {year: Period(year, *span) for year, span in zip(timeline.years, timeline.spans, strict=True)}
    known |= {year.name: year for source in projection.scenario.funding_sources for year in grant_years(timeline, source)}
    return ({TOTAL: Period(TOTAL, 0, timeline.count)} | known)[name]


def _period(timeline: Timeline, start: int, stop: int) -> Period:
    return Period(f"{month_label(timeline.months[start])} to {month_label(timeline.months[stop - 1])}", start, stop)
