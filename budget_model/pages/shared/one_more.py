"""What one more site truly costs, beside its site cost: for all sites in a fiscal year, and for one by fiscal year."""

from __future__ import annotations

import streamlit as st

from budget_model.analysis.one_more import EXPLAINED, NET_COUNTY_COST, SITE_COST, TRUE_COST, OneMore, one_more, one_more_of_each
from budget_model.analysis.rounding import WHOLE_DOLLARS
from budget_model.analysis.why.addresses import text_of
from budget_model.engine.arrays import Array
from budget_model.errors import ScenarioError
from budget_model.formats import dollars
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.widgets import Line, say, sheet
from budget_model.pages.shared.year_table import YearLine, year_table
from budget_model.projection import Projection
from budget_model.scenario.wording import for_people

_TITLE = "True cost of opening one more"


def of_all_sites(projection: Projection, year: str) -> None:
    """Show for each site, in a fiscal year, what it costs by itself, what it makes dearer, and who would pay."""
    found = one_more_of_each(projection)
    if not found:
        return
    at = projection.years.index(year)
    st.header(_TITLE, anchor=False)
    say(EXPLAINED)
    head = [
        "Site",
        "True cost",
        "Site cost",
        "Shared cost",
        "Outside money",
        "Net county cost",
        "Of it funding gap",
        "Per participant-month",
    ]
    lines = []
    for one in found:
        cells = [dollars(float(amounts[at])) for amounts in _columns(one)]
        lines.append(Line(one.site, cells, figures=["", text_of("site_cost", year, [one.site]), *[""] * (len(cells) - 2)]))
    sheet(head, lines, kept="Net county cost")
    say(
        "Each site is taken as the last to open, so the true costs of several do not add up. Choose a site above for what is shared "
        f"and for its years. -- is nil. {WHOLE_DOLLARS}",
        "quiet",
    )


def of_one_site(screen: ScreenState, site: str) -> None:
    """Show a site's true cost by fiscal year, from site cost down to who would pay; or why there is none."""
    st.header(_TITLE, anchor=False)
    try:
        one = one_more(screen.now, site)
    except ScenarioError as error:
        say(f"It cannot be told, because the plan without {site} is none: {for_people(error)}", "quiet")
        return
    say(EXPLAINED)
    year_table(screen, lambda plan: _lines(plan, site))
    for sentence in one.reasons:
        say(sentence)
    say(WHOLE_DOLLARS, "quiet")


def _lines(projection: Projection, site: str) -> list[YearLine]:
    """Return a site's true cost by fiscal year, line by line; none where the plan has not the site, or is none without it."""
    if site not in [one.name for one in projection.scenario.sites]:
        return []
    try:
        one = one_more(projection, site)
    except ScenarioError:
        return []
    figures = {SITE_COST: ("site_cost", site)}  # all else is a difference of two plans, which no line of either explains
    lines = [
        YearLine(label, amounts, kind="total" if label in (TRUE_COST, NET_COUNTY_COST) else "", figure=figures.get(label, ()))
        for label, amounts in one.lines.items()
    ]
    return [*lines, YearLine("Positions", one.budgeted_positions, "positions")]


def _columns(one: OneMore) -> tuple[Array, ...]:
    paid = (one.outside_money, one.net_county_cost, one.funding_gap)
    return one.gross_appropriation, one.site_cost, one.shared_cost, *paid, one.cost_per_participant_month
