"""Sites side by side: what each carries, needs, costs and employs, how ready its partners are; and one site by fiscal year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from budget_model.analysis.findings import findings
from budget_model.analysis.why.addresses import text_of
from budget_model.budget import BUDGET
from budget_model.charts.figures import by_site, participants, site_years
from budget_model.charts.site_map import site_map
from budget_model.formats import NIL, count, dollars, worded
from budget_model.pages.shared import beside, grid_names, own_facts
from budget_model.pages.shared.one_more import of_all_sites, of_one_site
from budget_model.pages.shared.screen_state import ScreenState, current
from budget_model.pages.shared.site_profile import opening_in_words, profile
from budget_model.pages.shared.unit_costs import beside_published
from budget_model.pages.shared.why_links import WHY
from budget_model.pages.shared.widgets import Line, heading, nil_as_missing, said, say, say_unknown, sheet, show, year_choice
from budget_model.projection import Projection
from budget_model.scenario.agencies import law_enforcement, names_by_stage, prosecutors, stages_in_words
from budget_model.scenario.assumption import MONTH_UNIT
from budget_model.scenario.choices import CareKind
from budget_model.scenario.schema import Site
from budget_model.timeline import TOTAL

_PEOPLE, _MONEY, _STAFF = "%,.0f", "$%,.0f", "%,.1f"


@dataclass(frozen=True)
class _Column:
    """A column of the table: its row, the kind of place where the row has kinds, its format, what it says."""

    row: str
    form: str
    about: str
    kind: CareKind | None = None

    def values(self, projection: Projection, year: str) -> list[float]:
        """Return the figure of each site in a fiscal year."""
        sites = projection.by_year(self.row)[: len(projection.scenario.sites), ..., projection.years.index(year)]
        found: list[float] = (sites if self.kind is None else sites[:, list(CareKind).index(self.kind)]).tolist()
        return found


_INTERIM, _SUPPORTIVE, _INPATIENT = CareKind.INTERIM_HOUSING, CareKind.SUPPORTIVE_HOUSING, CareKind.INPATIENT_TREATMENT
_COLUMNS = {
    "Slots": _Column("slots", _PEOPLE, "Participants the site can carry at the end of the year."),
    "Served": _Column("people_served_in_year", _PEOPLE, "People on the caseload at any time of the year."),
    "Enrolled": _Column("enrollments", _PEOPLE, "People who enroll in the year."),
    "Active": _Column("active_participants", _PEOPLE, "Participants on the caseload at the end of the year."),
    "Waiting": _Column("people_waiting_for_a_slot", _PEOPLE, "People waiting for a slot at the end of the year."),
    "Eligible": _Column("eligible_people", _PEOPLE, "Need: people of the area who are eligible and not in the program."),
    "Homeless at entry": _Column("homeless_entrants", _PEOPLE, "Need of housing: people who enroll in the year and are homeless."),
    "Site cost": _Column("site_cost", _MONEY, "Costs charged to the site; program-wide costs are not spread over sites."),
    "Ongoing": _Column("site_ongoing_cost", _MONEY, "Site cost that recurs."),
    "One-time": _Column("site_one_time_cost", _MONEY, "Site cost that is paid once, such as start-up."),
    "Per person served": _Column(
        "cost_per_person_served", _MONEY, "Site cost for each person on the caseload at any time of the year; under Total, of all years."
    ),
    "Per month served": _Column("cost_per_participant_month", _MONEY, "Site cost for each month of service to a participant."),
    "Active per case manager": _Column(
        "active_participants_per_case_manager", _STAFF, "Active participants for each case manager who is there, after vacancies."
    ),
    "Case managers": _Column("case_managers_at_site", _STAFF, "Case managers of the provider at the end of the year, in FTE."),
    "Provider staff": _Column("provider_staff_at_site", _STAFF, "All staff of the provider at the end of the year, in FTE."),
    "Positions": _Column("budgeted_positions_by_place", _STAFF, "County positions budgeted at the site at the end of the year."),
    "Interim beds": _Column("places_for_site", _STAFF, "Interim housing beds: the site's, and its share of shared ones.", _INTERIM),
    "Supportive units": _Column("places_for_site", _STAFF, "Supportive housing: the site's, and its share of shared units.", _SUPPORTIVE),
    "Inpatient beds": _Column("places_for_site", _STAFF, "Treatment beds: the site's, and its share of shared ones.", _INPATIENT),
    "Waiting, interim": _Column("people_of_site_waiting", _STAFF, "People waiting for an interim bed.", _INTERIM),
    "Waiting, supportive": _Column("people_of_site_waiting", _STAFF, "People waiting for supportive housing.", _SUPPORTIVE),
}
_READINESS = {
    "Agencies": "How far the law-enforcement agencies are.",
    "Prosecutors": "How far the prosecutors are.",
    "Provider": "The community provider of the site.",
    "Contract": "Whether a provider's contract begins before the site opens.",
}
_ALL, _GRID = "All sites, side by side", "sites.grid"
_OPENS, _PLANNED, _FULL_SINCE = "Opens", "Planned to open", "Full since"
_DATES = {
    _PLANNED: "First month of referrals as planned.",
    _OPENS: "First month of referrals that is possible; empty: not within the scenario.",
}
_ABOUT_FULL = "The first month in which people wait for a slot, in any fiscal year."
_FIRST = (_OPENS, _FULL_SINCE, "Slots", "Enrolled", "Active", "Waiting", "Eligible", "Site cost", "Per person served", "Per month served",
          "Provider staff", "Interim beds", "Agencies")  # fmt: skip


def _contract(projection: Projection, site: Site) -> tuple[str, str]:
    """Return the site's providers, and when its first contract begins, in words."""
    contracts = [(place, contract) for place, contract in enumerate(projection.scenario.provider_contracts) if contract.site == site.name]
    begins = [month for place, _ in contracts if (month := projection.month_of("contract_start", place))]
    providers = "; ".join(contract.provider or "not named" for _, contract in contracts) or "none"
    none = "not within the scenario" if contracts else "none planned"
    return providers, f"from {worded(min(begins), MONTH_UNIT)}" if begins else none


def _side_by_side(projection: Projection, year: str, chosen: Sequence[str]) -> pd.DataFrame:
    """Return a line for each site with the columns chosen, in a fiscal year."""
    scenario, sites = projection.scenario, projection.scenario.sites
    found: dict[str, Any] = {"Site": [site.name for site in sites]}
    contracts = [_contract(projection, site) for site in sites]
    full = {finding.item: finding.since_in_words for finding in findings(projection) if finding.check == "site_is_full"}
    words = {
        _PLANNED: [site.go_live.value for site in sites],
        _OPENS: [projection.month_of("site_opening", place) for place in range(len(sites))],
        _FULL_SINCE: [full.get(site.name, "") for site in sites],
        "Agencies": [stages_in_words(law_enforcement(scenario, site.name), site.law_enforcement_readiness) for site in sites],
        "Prosecutors": [stages_in_words(prosecutors(scenario, site.name), site.prosecutor_readiness) for site in sites],
        "Provider": [provider for provider, _ in contracts],
        "Contract": [begins for _, begins in contracts],
    }
    for name in (*_DATES, _FULL_SINCE, *_COLUMNS, *_READINESS):
        if name in chosen:
            found[name] = words[name] if name in words else _COLUMNS[name].values(projection, year)
    return nil_as_missing(pd.DataFrame(found))


def _ask_why() -> None:
    """Open the reasons of the figure that was chosen in the table."""
    for place, name in st.session_state[_GRID].selection.cells:
        if name in _COLUMNS:
            column, site = _COLUMNS[name], current().now.scenario.sites[place].name
            kinds = [str(column.kind)] if column.kind else []
            st.query_params[WHY] = text_of(column.row, st.session_state.get("year") or TOTAL, [site, *kinds])


def _on_paper(column: str, value: Any) -> str:
    """Return a cell of the table as text."""
    if pd.isna(value) or value == "":
        return NIL
    if column in _COLUMNS:
        form = _COLUMNS[column].form
        return dollars(value) if form == _MONEY else count(value, 0 if form == _PEOPLE else 1)
    return worded(value, MONTH_UNIT) if column in _DATES else str(value)


def _table(projection: Projection, year: str) -> None:
    every = [*_DATES, _FULL_SINCE, *_COLUMNS, *_READINESS]
    say_unknown("columns", every, "the column", "Choose others below.")
    about = {name: column.about for name, column in _COLUMNS.items()} | _READINESS | _DATES | {_FULL_SINCE: _ABOUT_FULL}
    with st.popover("Choose columns, and read what they say", icon=":material/view_column:"):
        chosen = st.pills(
            "Columns", every, selection_mode="multi", default=[name for name in every if name in _FIRST], key="columns", bind="query-params"
        )
        say("The choice stands in the address, so that a link shows the same columns.", "quiet")
        if chosen:
            st.html("".join(said(f"{name}: {about[name]}") for name in every if name in chosen))
    kinds = st.column_config
    config: dict[str, Any] = {name: kinds.NumberColumn(name, format=column.form, help=column.about) for name, column in _COLUMNS.items()}
    config |= {name: kinds.TextColumn(name, help=about) for name, about in _READINESS.items()}
    config["Site"] = kinds.TextColumn("Site", pinned=True)
    config |= {name: kinds.DateColumn(name, format="MMM YYYY", help=about) for name, about in _DATES.items()}
    config[_FULL_SINCE] = kinds.TextColumn(_FULL_SINCE, help=_ABOUT_FULL)
    found = _side_by_side(projection, year, chosen or [])
    grid_names.are_not_faded()
    st.dataframe(
        found,
        column_config=config,
        hide_index=True,
        placeholder=NIL,
        height="content",
        alt=f"Sites side by side, {year}: {', '.join(chosen or [])}.",
        key=_GRID,
        on_select=_ask_why,
        selection_mode="single-cell",
    )
    names = [str(name) for name in found.columns[1:]]  # on paper all columns, of which the screen may show some
    lines = [Line(str(site), list(map(_on_paper, names, cells))) for site, *cells in found.itertuples(index=False)]
    sheet(["Site", *names], lines, style="on-paper plain")
    whole = float(projection.by_year("gross_appropriation")[projection.years.index(year)])
    of_sites = float(projection.by_year("site_cost")[: len(projection.scenario.sites), projection.years.index(year)].sum())
    say(
        f"Site cost comes to {dollars(of_sites)} of {dollars(whole)}. The other {dollars(whole - of_sites)} stands on no site: "
        "treatment, housing, program management and what else serves all of them; it grows with each site that opens. "
        "Beds and units that all sites use are shared as their active participants are. -- is nil."
    )


_PATHWAYS = {
    "Pre-booking": "pre_booking_referrals",
    "Social contact": "social_contact_referrals",
    "Community": "community_referrals",
    "All referrals": "referrals",
    "Ready to enroll": "people_ready_to_enroll",
    "Enrolled": "enrollments",
    "Homeless at entry": "homeless_entrants",
    "Eligible, not in": "eligible_people",
}


def _pathways(projection: Projection, year: str) -> None:
    st.header("From referral to enrollment", anchor=False)
    figures = [projection.yearly_table(row)[year] for row in _PATHWAYS.values()]
    lines = [
        Line(
            site.name,
            [count(column[site.name], 0) for column in figures],
            figures=[text_of(row, year, [site.name]) for row in _PATHWAYS.values()],
        )
        for site in projection.scenario.sites
    ]
    sheet(["Site", *_PATHWAYS], lines, kept="Enrolled")
    say("People who come in the year; those eligible and not in the program are counted at its end.", "quiet")


def _readiness(projection: Projection) -> None:
    """Show how far each site's partners are: agencies, prosecutors, provider, and whether the contract can begin in time."""
    st.header("Readiness", anchor=False)
    lines = []
    for place, site in enumerate(projection.scenario.sites):
        provider, contract = _contract(projection, site)
        police = names_by_stage(law_enforcement(projection.scenario, site.name), site.law_enforcement_readiness)
        prosecution = names_by_stage(prosecutors(projection.scenario, site.name), site.prosecutor_readiness)
        lines.append(Line(site.name, [police, prosecution, provider, f"{contract}; site {opening_in_words(projection, place)}"]))
    sheet(["Site", "Law-enforcement agencies", "Prosecutors", "Provider", "Contract"], lines, text_columns=4)


def _by_year(screen: ScreenState) -> None:
    """Show a figure that the reader chooses, by site and fiscal year."""
    figures = {name: column for name, column in _COLUMNS.items() if column.kind is None and name != "Positions"}
    say_unknown("figure", figures, "the figure", "You see the site cost.")
    name = st.selectbox("Compare by fiscal year", list(figures), index=list(figures).index("Site cost"), key="figure", bind="query-params")
    row = figures[name].row
    title, unit = f"{name}, by site and fiscal year", BUDGET.rows[row].unit
    show(beside.charted(screen, lambda one: site_years(one, row, title, unit)), "site_years")
    say(figures[name].about, "quiet")


def _bars(screen: ScreenState, row: str, year: str, title: str) -> None:
    show(beside.charted(screen, lambda one: by_site(one, row, year, title)), row)


def _all_sites(screen: ScreenState) -> None:
    """Show all sites side by side."""
    projection = screen.now
    year = year_choice(projection)
    _table(projection, year)
    of_all_sites(projection, year)
    _readiness(projection)
    _by_year(screen)
    left, right = st.columns(2, gap="large")
    with left:
        _bars(screen, "cost_per_participant_month", year, "Site cost per participant-month")
    with right:
        _bars(screen, "cost_per_person_served", year, "Site cost per person served")
    say(
        "Per participant-month says what a month of service costs, however long people stay. Per person served says what a year "
        "costs for each person who was there at any time of it; under Total each person counts once over all years."
    )
    beside_published(screen)
    show(site_map(projection, year), "map")
    show(beside.charted(screen, participants), "participants")
    _pathways(projection, year)


def _page(screen: ScreenState) -> None:
    heading("Sites", screen, "What each carries, needs, costs and employs, and how ready its partners are.")
    names = [site.name for site in screen.now.scenario.sites]
    about = "One site by fiscal year, or all of them. The choice stands in the address, so that a link to it can be mailed."
    say_unknown("site", [_ALL, *names], "the site", "You see all sites of this scenario.")
    chosen = st.selectbox("Site", [_ALL, *names], key="site", bind="query-params", help=about, width=420)
    own_facts.ask(screen, [chosen] if chosen in names else names)
    if chosen in names:
        profile(screen, chosen)
        of_one_site(screen, chosen)
    else:
        _all_sites(screen)


_page(current())
