"""Funding: what each source offers, pays and loses, when and at which pace, the match it asks for, and what no source pays."""

from __future__ import annotations

import streamlit as st

from budget_model.analysis.findings import findings
from budget_model.charts.figures import award_left, funding_gap, sources_by_month, sources_by_year
from budget_model.pages.shared import beside, check_list
from budget_model.pages.shared import funding_tables as tables
from budget_model.pages.shared.empty_state import teach_in_build
from budget_model.pages.shared.screen_state import ScreenState, current
from budget_model.pages.shared.widgets import Kind, heading, say, show
from budget_model.pages.shared.year_table import of_row, year_table
from budget_model.projection import Projection
from budget_model.scenario.declarations import Part

# What recurs and what does not: label, row, how it stands out.
_TIMING: tuple[tuple[str, str, Kind], ...] = (
    ("Ongoing cost", "all_ongoing_cost", ""),
    ("One-time cost", "all_one_time_cost", ""),
    ("Drawn from ongoing sources", "ongoing_money", ""),
    ("Drawn from one-time sources", "one_time_money", ""),
    ("Ongoing cost that only one-time money pays", "ongoing_cost_on_one_time_money", "alert"),
)


def _timing(screen: ScreenState) -> None:
    st.header("One-time and ongoing", anchor=False)
    year_table(screen, lambda one: [of_row(one, *line) for line in _TIMING])
    say("The last line is the cliff: cost that goes on when a grant and its match have ended.", "quiet")


_TABLES = ("funding_sources", "funding_assignments", "caps", "funding_plan", "in_kind_contributions")


def _findings(screen: ScreenState) -> None:
    """Show what the sources ask for and do not get, and the money that is lost, each in its own year."""
    found = [finding for finding in findings(screen.now) if finding.table in _TABLES or "supplant" in finding.check]
    if found:
        st.header("Duties missed and remarks", anchor=False)
        check_list.table(found, screen)


# What a plan may have on this page and need not: its table, and what it is for.
_MAY_HAVE = {
    "funding_plan": "a funding plan (what a source pays of some cost in a year)",
    "caps": "caps (the most that a source pays of a kind of cost)",
    "funding_assignments": "assignments (cost that one source pays alone)",
    "in_kind_contributions": "contributions in kind",
}


def _not_used(projection: Projection) -> None:
    """Say what the plan has none of, which else would stand on this page."""
    absent = [words for table, words in _MAY_HAVE.items() if not getattr(projection.scenario, table)]
    if absent:
        teach_in_build(f"This plan has none of these: {'; '.join(absent)}.", "Add one in Build", Part.FUNDING, "quiet")


def _page(screen: ScreenState) -> None:
    now = screen.now
    heading("Funding", screen, "Sources pay in turn, each at its pace; what none of them pays is the funding gap.")
    if not now.scenario.funding_sources:
        teach_in_build(
            "No source pays for this plan, so all of its cost is the funding gap. With sources, this page shows what each offers, pays "
            "and loses, by year and by month.",
            "Add a source",
            Part.FUNDING,
            "lead",
        )
        return
    gap = beside.charted(screen, funding_gap)
    if any(one.by_year("funding_gap").round().any() for one in (now, *(other.projection for other in screen.beside))):
        show(gap, "gap")
    else:
        say(gap.summary, "lead")
    tables.paid_by(screen)
    tables.county_money(screen)
    tables.sources(now)
    _findings(screen)
    show(beside.charted(screen, sources_by_year), "sources")
    show(sources_by_month(now), "months")
    tables.pace(now)
    tables.plan(now)
    tables.caps(now)
    tables.terms(now)
    tables.contributions(screen)
    tables.columns(now)
    _timing(screen)
    show(beside.charted(screen, award_left), "award_left")
    _not_used(now)


_page(current())
