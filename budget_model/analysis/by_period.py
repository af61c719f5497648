"""Amounts as plain data by month, fiscal year and grant year and in all: the details of `project --json`.

Sums of months are the years. What is a level, such as positions, is in each year that of its last month.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from budget_model.analysis.grant_years import Period, grant_years, grant_years_of_all
from budget_model.budget import BUDGET
from budget_model.engine.arrays import Array
from budget_model.engine.run import yearly
from budget_model.projection import MONTHS_IN_A_YEAR, Projection


def by_period(projection: Projection, monthly: Array, in_a_year: str = "sum", years: Sequence[Period] | None = None) -> dict[str, Any]:
    """Return amounts of all months as the list of months, by fiscal year, in all and by grant year: `years`, or those of all sources."""
    *fiscal_years, total = yearly(monthly, in_a_year, projection.evaluation.calendar).tolist()
    return {
        "months": monthly.tolist(),
        "fiscal_years": dict(zip(projection.timeline.years, fiscal_years, strict=True)),
        "total": total,
        "grant_years": in_grant_years(monthly, in_a_year, grant_years_of_all(projection) if years is None else years),
    }


def in_grant_years(monthly: Array, in_a_year: str, years: Sequence[Period]) -> dict[str, float]:
    """Return amounts of all months by grant year, such as "2017-04 to 2018-03": the sum of its months, or the level in its last."""
    if in_a_year == "last":
        return {year.name: float(monthly[year.stop - 1]) for year in years}
    return {year.name: float(monthly[year.start : year.stop].sum()) for year in years}


def row_by_period(projection: Projection, row: str, *place: int, years: Sequence[Period] | None = None) -> dict[str, Any]:
    """Return a monthly row of one item by period; see `by_period`."""
    in_a_year = BUDGET.rows[row].in_a_year
    assert in_a_year is not None, row
    return by_period(projection, projection.monthly(row)[place], in_a_year, years)


def items_by_period(projection: Projection, rows: Mapping[str, str], names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield for each item its name and its rows by period, under their keys."""
    for index, name in enumerate(names):
        yield {"name": name, **{key: row_by_period(projection, row, index) for key, row in rows.items()}}


def averages(projection: Projection, row: str) -> Iterator[dict[str, Any]]:
    """Yield for each item of a monthly row its average over the twelve months of each fiscal and grant year, and over all months.

    As in fiscal notes one full-time equivalent for eleven months of a year is 0.92.
    """
    for monthly, (*fiscal_years, total) in zip(projection.monthly(row), projection.average_by_year(row).tolist(), strict=True):
        grant = in_grant_years(monthly / MONTHS_IN_A_YEAR, "sum", grant_years_of_all(projection))
        yield {"fiscal_years": dict(zip(projection.timeline.years, fiscal_years, strict=True)), "total": total, "grant_years": grant}


def years_of_money(projection: Projection, source: int) -> tuple[Period, ...]:
    """Return the grant years of a source, by its place: the last has what reaches the County after the period, for claims made in it."""
    *years, last = grant_years(projection, source)
    return (*years, replace(last, stop=projection.timeline.count))
