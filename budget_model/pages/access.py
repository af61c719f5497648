"""Timely access: places of treatment and housing, who waits and how long, and what must be added when and at what cost."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from budget_model.analysis.why.addresses import text_of
from budget_model.charts.figures import people_and_places
from budget_model.formats import count, counted, dollars, worded, written
from budget_model.pages.shared import beside
from budget_model.pages.shared.empty_state import teach_in_build
from budget_model.pages.shared.screen_state import ScreenState, current
from budget_model.pages.shared.widgets import Line, heading, say, sheet, show, year_choice
from budget_model.projection import Projection
from budget_model.scenario.assumption import MONTH_UNIT
from budget_model.scenario.declarations import Part
from budget_model.scenario.schema import Care
from budget_model.timeline import TOTAL

_PEOPLE = {
    "Came to need one": "people_in_need",
    "Waiting": "people_waiting",
    "Places": "places",
    "In place": "people_in_place",
    "Placed": "placements",
}
_HYPHEN = "\u2011"  # one that does not break a line


def _waits(projection: Projection, year: str) -> None:
    st.header("Who needs a place, who has one, who waits", anchor=False)
    figures = [projection.yearly_table(row)[year] for row in _PEOPLE.values()]
    most = float(projection.monthly("longest_wait_days"))  # no wait is counted as longer
    wait, longest, beyond = (projection.yearly_table(row)[year] for row in ("expected_wait", "longest_wait", "months_beyond_target"))
    lines = []
    for care in projection.scenario.treatment_and_housing:
        late = beyond[care.name]
        verdict = f"{counted(int(late), 'month')} beyond" if late else "meets the target"
        cells = [count(column[care.name]) for column in figures]
        target = written(care.target_wait_days.number)
        under = ", ".join(part for part in (care.kind, care.owner, _begins_in_words(projection, care)) if part)
        waits = [f"{count(days[care.name], 0)}{'+' if days[care.name] >= most else ''}" for days in (wait, longest)]
        rows = (*_PEOPLE.values(), "expected_wait", "longest_wait")
        addresses = [*(text_of(row, year, [care.name]) for row in rows), text_of("care_target_wait_days", "", [care.name]), ""]
        lines.append(Line(care.name, [*cells, *waits, target, verdict], "alert" if late else "", under, addresses))
    sheet(["", *_PEOPLE, "Wait (days)", "Longest (days)", "Target (days)", "Against the target"], lines, style="plain")
    say(
        "Who came to need a place and who was placed count over the year; all else stands as at its end, and the longest wait is that of "
        "any of its months. A wait is the time in which full places free up for everyone who waits"
        f"{f'; {most:,.0f}+ is that or longer' if max(*wait, *longest) >= most else ''}.",
        "quiet",
    )


def _begins_in_words(projection: Projection, care: Care) -> str:
    """Return from when the places are there, and beside it when they were planned where that is another month."""
    there = projection.monthly("care_has_begun")[projection.scenario.treatment_and_housing.index(care)]
    begins, planned = projection.timeline.months[int(there.argmax())] if there.any() else None, care.first_month.day
    said = f"from {worded(begins, MONTH_UNIT)}" if begins else "not within the scenario"
    return said if begins == planned else f"{said} (planned for {worded(planned, MONTH_UNIT)})"


def _to_add(projection: Projection) -> None:
    st.header("What must be added, when, and at what cost", anchor=False)
    missing = projection.monthly("places_to_add")
    years, places = projection.years[:-1], projection.by_year("places_to_add")
    cost, once = (projection.yearly_table(row)[TOTAL] for row in ("cost_of_places_to_add", "one_time_cost_of_places_to_add"))
    lines = []
    for care, by_month, by_year in zip(projection.scenario.treatment_and_housing, missing, places, strict=True):
        if not by_month.any():
            continue
        first = projection.timeline.months[int(by_month.nonzero()[0][0])]
        order = first - timedelta(days=care.lead_days.number)
        each = [count(amount, 0) for amount in by_year[:-1]]
        dates = [worded(first, MONTH_UNIT), worded(order, MONTH_UNIT)]
        figures = [text_of("places_to_add", year, [care.name]) for year in years]
        figures += ["", "", "", *(text_of(row, TOTAL, [care.name]) for row in ("cost_of_places_to_add", "one_time_cost_of_places_to_add"))]
        cells = [*each, count(by_month.max(), 0), *dates, dollars(cost[care.name]), dollars(once[care.name])]
        lines.append(Line(care.name, cells, figures=figures))
    if not lines:
        say("Nothing: every wait meets its target in every month.", "lead")
        return
    heads = [year.replace("-", _HYPHEN) for year in years]
    sheet(
        ["Places missing at year end", *heads, "Most", "First missing", "Order by", "Cost, all years", "To create, once"],
        lines,
        kept="Cost, all years",
    )
    extra = projection.by_year("all_cost_of_places_to_add")
    by_year = ", ".join(f"{dollars(amount)} in {year}" for year, amount in zip(projection.years, extra, strict=False) if year != TOTAL)
    say(
        f"With these places every wait meets its target. They would cost {dollars(extra[-1])} in all ({by_year}) and are not in the budget."
    )


def _money(projection: Projection, year: str) -> None:
    st.header("Gross cost, federal share, net cost", anchor=False)
    rows = ("care_cost", "federal_reimbursement", "net_care_cost")
    figures = [projection.yearly_table(row)[year] for row in rows]
    lines = [
        Line(care.name, [dollars(column[care.name]) for column in figures], figures=[text_of(row, year, [care.name]) for row in rows])
        for care in projection.scenario.treatment_and_housing
    ]
    totals = [projection.by_year(row)[projection.years.index(year)] for row in ("all_care_cost", "all_federal_reimbursement")]
    sheet(["", "Gross cost", "Federal share", "Net cost"], lines)
    say(f"All: {dollars(totals[0])} gross, of which {dollars(totals[1])} is the federal share of Drug Medi-Cal.", "quiet")


def _page(screen: ScreenState) -> None:
    heading("Treatment and housing", screen, "Timely access, and what it would take.")
    if not screen.now.scenario.treatment_and_housing:
        teach_in_build(
            "This scenario plans no places of treatment or housing. With some, this page shows who needs one, who waits and how long, "
            "and what must be added when.",
            "Add some in Build",
            Part.TREATMENT_AND_HOUSING,
            "lead",
        )
        return
    year = year_choice(screen.now)
    _waits(screen.now, year)
    _to_add(screen.now)
    show(beside.charted(screen, people_and_places), "people_and_places")
    _money(screen.now, year)


_page(current())
