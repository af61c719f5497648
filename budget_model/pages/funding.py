"""Funding: what each source offers, pays and loses, the match it asks for, and what no source pays."""

from __future__ import annotations

import streamlit as st

from budget_model import Projection
from budget_model.assumption import MONTH_UNIT
from budget_model.charts import award_left, funding_gap, sources_by_year
from budget_model.formats import dollars
from budget_model.levers import worded
from budget_model.pages.parts import Line, heading, say, sheet, show
from budget_model.pages.view import View, current
from budget_model.timeline import TOTAL

_COLUMNS = {
    "Offered": "money_awarded",
    "Drawn": "drawdown",
    "Lapses": "lapse",
    "Left at the end": "award_left",
    "Match owed": "match_owed",
    "Match paid": "match_paid",
    "Match short": "match_shortfall",
}
# What recurs and what does not: label, row, how it stands out.
_TIMING = (
    ("Ongoing cost", "all_ongoing_cost", ""),
    ("One-time cost", "all_one_time_cost", ""),
    ("Drawn from ongoing sources", "ongoing_money", ""),
    ("Drawn from one-time sources", "one_time_money", ""),
    ("Ongoing cost that only one-time money pays", "ongoing_cost_on_one_time_money", "alert"),
)


def _timing(projection: Projection) -> None:
    st.subheader("One-time and ongoing", anchor=False)
    lines = [Line(label, [dollars(amount) for amount in projection.by_year(row)], kind) for label, row, kind in _TIMING]
    sheet(["", *projection.years], lines)
    say("The last line is the cliff: cost that goes on when a grant and its match have ended.", "quiet")


def _sources(projection: Projection) -> None:
    st.subheader("Sources, in the order in which they are used", anchor=False)
    figures = {name: projection.yearly_table(row)[TOTAL] for name, row in _COLUMNS.items()}
    lines = []
    for source in projection.scenario.funding_sources:
        last = source.last_month.value if source.last_month else projection.timeline.last
        under = f"{source.treatment}, {source.timing.lower()}, {worded(source.first_month.value, MONTH_UNIT)} to {worded(last, MONTH_UNIT)}"
        lines.append(Line(source.name, [dollars(column[source.name]) for column in figures.values()], under=under))
    sheet(["Source", *_COLUMNS], lines, style="plain")
    say("All fiscal years together. Offered less drawn less lapsed is what is left. -- is nil.", "quiet")


def _page(view: View) -> None:
    heading("Funding", view, "Sources pay in their order, each in its period and for its own kinds of cost; what is left is the gap.")
    gap = funding_gap(view.now)
    if view.now.by_year("funding_gap").round().any():
        show(gap, "gap")
    else:
        say(gap.summary, "lead")
    _sources(view.now)
    show(sources_by_year(view.now), "sources")
    _timing(view.now)
    show(award_left(view.now), "award_left")


_page(current())
