"""What version 0.4.0 said of a plan where a fault of it is mended since, which no field of an old file can bring back.

A file, or a version, of an earlier form keeps its figures; these alone differ, and are said with both amounts when it is opened.
"""

from __future__ import annotations

from collections.abc import Iterator

from budget_model.formats import HALF_A_CENT, NIL, count, dollars
from budget_model.projection import Projection
from budget_model.scenario.choices import CostCategory
from budget_model.scenario.forms import FORM

_NOBODY = 0.005  # people; fewer are what averages leave


def mended(projection: Projection, form: int) -> tuple[str, ...]:
    """Return a sentence for each figure that 0.4.0 gave otherwise, for a plan that is kept in an earlier form than today's.

    The amounts are those of all fiscal years: dollars, or people.
    """
    if form >= FORM:
        return ()
    return (*_placements(projection), *_shares_of_providers(projection), *_county_money(projection))


def _said(amount: float) -> str:
    return "nothing" if dollars(amount) == NIL else dollars(amount)


def _placements(projection: Projection) -> Iterator[str]:
    """Who loses a place because places close was set off against who takes one."""
    rows = (projection.by_year(row)[:, -1] for row in ("placements", "people_put_out"))
    for care, placed, out in zip(projection.scenario.treatment_and_housing, *rows, strict=True):
        if out > _NOBODY:
            yield (
                f"{care.name}: {count(placed)} are placed, and {count(out)} lose their place because places close; "
                f"version 0.4.0 set these off and said {count(placed - out)}."
            )


def _shares_of_providers(projection: Projection) -> Iterator[str]:
    """The least share for community providers was met by the cash match as well."""
    rows = ("drawdown", "paid_to_community_providers", "short_of_community_minimum")
    drawn, own, short = (projection.by_year(row)[:, :-1] for row in rows)
    with_match = projection.by_year("paid_by_category")[:, list(CostCategory).index(CostCategory.COMMUNITY_PROVIDERS), :-1]
    for index, source in enumerate(projection.scenario.funding_sources):
        least, of_match = source.least_to_community_providers.number, float((with_match - own)[index].sum())
        if least and of_match > HALF_A_CENT:
            before = float((least * drawn - with_match)[index].clip(min=0).sum())
            yield (
                f"{source.name}: {dollars(of_match)} of its cash match no longer counts for the least share of community providers; "
                f"{_said(float(short[index].sum()))} is missing to it, where version 0.4.0 said {_said(before)}."
            )


def _county_money(projection: Projection) -> Iterator[str]:
    """A year in which the County spent more hid, in the total, another in which it spent less."""
    rows = ("all_drawdown_that_may_not_supplant", "county_baseline_spending", "net_county_cost", "funding_gap", "money_that_supplants")
    drawn, baseline, spent, gap, found = (float(projection.by_year(row)[-1]) for row in rows)
    before = min(drawn, max(0.0, baseline - spent + gap))
    if found - before > HALF_A_CENT:
        judged = f"{dollars(found)} of grant money replaces the County's own, judged by fiscal year"
        yield f"{judged}; version 0.4.0 said {_said(before)} in all."
