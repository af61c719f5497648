"""Months and fiscal years. A fiscal year runs from July to June and is named `FY 2018-19` (convention A1)."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

TOTAL = "Total"
FIRST_YEAR, LAST_YEAR = 1900, 2199  # of months: spreadsheets count days from 1900, and no budget is made for 2200
_EXCEL_DAY_ZERO = datetime.date(1899, 12, 30)


def serial(day: datetime.date) -> float:
    """Return the date as Excel stores it, in days: lines and workbook compare months by the same number.

    >>> serial(datetime.date(2018, 7, 1))
    43282.0
    """
    return float((day - _EXCEL_DAY_ZERO).days)


def from_serial(days: float) -> datetime.date:
    """Return the date of a day number.

    >>> from_serial(43282.0)
    datetime.date(2018, 7, 1)
    """
    return _EXCEL_DAY_ZERO + datetime.timedelta(days=int(days))


def add_months(month: datetime.date, count: int) -> datetime.date:
    """Return the first of the month that lies `count` months later.

    >>> add_months(datetime.date(2018, 11, 1), 3)
    datetime.date(2019, 2, 1)
    """
    year, index = divmod(month.year * 12 + month.month - 1 + count, 12)
    return datetime.date(year, index + 1, 1)


def fiscal_year(month: datetime.date) -> str:
    """Return the fiscal year that a month belongs to.

    >>> fiscal_year(datetime.date(2019, 6, 1)), fiscal_year(datetime.date(2019, 7, 1))
    ('FY 2018-19', 'FY 2019-20')
    """
    first = month.year if month.month >= 7 else month.year - 1
    return f"FY {first}-{(first + 1) % 100:02d}"


_WRITTEN_MONTH = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", re.ASCII)


def read_month(given: object) -> datetime.date:
    """Return a month by its first day, from 2019-07, from that day itself, 2019-07-01, or from its date.

    Raises ValueError saying what is expected: a day within the month would be lost.

    >>> read_month("2019-07")
    datetime.date(2019, 7, 1)
    """
    if isinstance(given, datetime.date):
        year, number, day = given.year, given.month, given.day
    elif isinstance(given, str) and (found := _WRITTEN_MONTH.fullmatch(given)):
        year, number, day = (int(part or 1) for part in found.groups())
    else:
        year = number = day = 0
    if not (1 <= number <= 12 and 1 <= day <= 31):
        raise ValueError("expected a month written YYYY-MM, such as 2019-07")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"expected a month from {FIRST_YEAR}-01 to {LAST_YEAR}-12")
    if day != 1:
        raise ValueError(f"expected a month without a day, {year}-{number:02d}")
    return datetime.date(year, number, 1)


_WRITTEN_YEAR = re.compile(r"(?:FY ?)?(\d{4}) ?[-/\u2013] ?(?:\d{2})?(\d{2})", re.ASCII | re.IGNORECASE)


def read_fiscal_year(given: object) -> str:
    """Return the name of a fiscal year from what a person writes for it.

    Raises ValueError saying what is expected.

    >>> read_fiscal_year("FY 2019-20"), read_fiscal_year("2019-20"), read_fiscal_year("fy 2019/2020")
    ('FY 2019-20', 'FY 2019-20', 'FY 2019-20')
    """
    found = _WRITTEN_YEAR.fullmatch(" ".join(given.split())) if isinstance(given, str) else None
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise ValueError("expected a fiscal year written FY 2019-20")
    if not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise ValueError(f"expected a fiscal year from FY {FIRST_YEAR} to FY {LAST_YEAR}")
    return f"FY {found[1]}-{found[2]}"


def start_of(name: str) -> datetime.date:
    """Return the first day of a fiscal year, by its name.

    >>> start_of("FY 2019-20")
    datetime.date(2019, 7, 1)
    """
    return datetime.date(int(name[3:7]), 7, 1)


def month_label(month: datetime.date) -> str:
    """Return the month as scenario files write it.

    >>> month_label(datetime.date(2019, 6, 1))
    '2019-06'
    """
    return f"{month:%Y-%m}"


@dataclass(frozen=True)
class Timeline:
    """The months a scenario covers, in order.

    >>> timeline = Timeline(datetime.date(2018, 5, 1), 4)
    >>> timeline.years, timeline.spans
    (('FY 2017-18', 'FY 2018-19'), ((0, 2), (2, 4)))
    """

    first: datetime.date
    count: int

    @cached_property
    def months(self) -> tuple[datetime.date, ...]:
        """The first day of every month."""
        return tuple(add_months(self.first, index) for index in range(self.count))

    @property
    def last(self) -> datetime.date:
        """The first day of the last month."""
        return add_months(self.first, self.count - 1)

    @cached_property
    def fiscal_years(self) -> tuple[str, ...]:
        """The fiscal year of every month."""
        return tuple(fiscal_year(month) for month in self.months)

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The fiscal years touched, in order."""
        return tuple(year for year, _ in groupby(self.fiscal_years))

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """For each fiscal year the index of its first month and of the month after its last."""
        ends, start = [], 0
        for _, months in groupby(self.fiscal_years):
            stop = start + len(tuple(months))
            ends.append((start, stop))
            start = stop
        return tuple(ends)


@lru_cache(maxsize=64)
def timeline(first: datetime.date, count: int) -> Timeline:
    """Return the timeline of a number of months; its months and years are counted once."""
    return Timeline(first, count)
