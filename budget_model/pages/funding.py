"""Funding: what each source offers, pays and loses, the match it asks for, and what no source pays."""

from __future__ import annotations

import streamlit as st

from budget_model.analysis.findings import findings
from budget_model.charts.figures import award_left, funding_gap, sources_by_year
from budget_model.formats import dollars, worded
from budget_model.pages.shared import check_list
from budget_model.pages.shared.screen_state import ScreenState, current
from budget_model.pages.shared.widgets import Kind, Line, heading, say, sheet, show
from budget_model.projection import Projection
from budget_model.scenario.assumption import MONTH_UNIT
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
_TIMING: tuple[tuple[str, str, Kind], ...] = (
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


_TERMS = {
    "Over-match": "over_match",
    "In kind given": "in_kind_match_given",
    "In kind short": "in_kind_match_shortfall",
    "Not yet received": "claims_outstanding",
    "Short for providers": "short_of_community_minimum",
}


def _terms(projection: Projection) -> None:
    st.subheader("Terms of the sources", anchor=False)
    figures = [projection.yearly_table(row)[TOTAL] for row in _TERMS.values()]
    lines = []
    for source in projection.scenario.funding_sources:
        caps = [
            f"at most {worded(cap.share.value, 'share')} of {cap.of.lower()} for {cap.category or cap.appropriation_class}"
            for cap in projection.scenario.caps
            if cap.source == source.name
        ]
        if source.least_to_community_providers.value:
            caps.append(f"at least {worded(source.least_to_community_providers.value, 'share')} to community providers")
        caps += ["may not supplant"] * source.no_supplanting + ["keeps what is not spent"] * source.carries_over
        lines.append(Line(source.name, [dollars(column[source.name]) for column in figures], under="; ".join(caps) or "no caps"))
    sheet(["Source", *_TERMS], lines, style="plain")
    say("All fiscal years together; not yet received is what the County advances at the end.", "quiet")


def _assignments(projection: Projection) -> None:
    assignments = projection.scenario.funding_assignments
    if assignments:
        st.subheader("Columns and assignments", anchor=False)
        cost = projection.by_year("assigned_cost")[:, -1]
        lines = []
        for given, amount in zip(assignments, cost, strict=True):
            of = next((getattr(given, field) for field in given.lines), f"{given.site}, {given.category}")
            part = given.assigned_amount if given.assigned_amount.value else given.assigned_share
            lines.append(Line(of, [given.source, str(given.paid_by), worded(part.value, part.unit), dollars(amount)]))
        sheet(["Cost of", "Source", "Paid by", "Share or amount", "All fiscal years"], lines, text_columns=2)


def _findings(screen: ScreenState) -> None:
    """Show what the sources ask for and do not get, and the money that is lost, each in its own year."""
    found = [
        finding
        for finding in findings(screen.now)
        if finding.table in ("funding_sources", "funding_assignments") or "supplant" in finding.check
    ]
    if found:
        st.subheader("Duties missed and remarks", anchor=False)
        check_list.table(found, screen)


def _page(screen: ScreenState) -> None:
    heading("Funding", screen, "Sources pay in their order, each in its period and for its own kinds of cost; what is left is the gap.")
    gap = funding_gap(screen.now)
    if screen.now.by_year("funding_gap").round().any():
        show(gap, "gap")
    else:
        say(gap.summary, "lead")
    _sources(screen.now)
    _findings(screen)
    show(sources_by_year(screen.now), "sources")
    _timing(screen.now)
    _terms(screen.now)
    _assignments(screen.now)
    show(award_left(screen.now), "award_left")


_page(current())
