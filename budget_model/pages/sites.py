"""Sites side by side: what each carries, costs and employs."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from budget_model import Projection
from budget_model.assumption import MONTH_UNIT
from budget_model.charts import by_site, participants
from budget_model.formats import count, worded
from budget_model.pages.parts import Line, heading, nil_as_missing, say, sheet, show, year_choice
from budget_model.pages.view import View, current
from budget_model.site_map import site_map

# Heading, row, format of the cell, what it says.
_COLUMNS = (
    ("Slots", "slots", "%,.0f", "Participants the site can carry at the end of the year."),
    ("Enrolled", "enrollments", "%,.0f", "People who enroll in the year."),
    ("Active", "active_participants", "%,.0f", "Participants on the caseload at the end of the year."),
    ("Waiting", "people_waiting_for_a_slot", "%,.0f", "People waiting for a slot at the end of the year."),
    ("Site cost", "site_cost", "$%,.0f", "Costs charged to the site; program-wide costs are not spread over sites."),
    ("Per enrollment", "cost_per_enrollment", "$%,.0f", "Site cost for each participant enrolled in the year."),
    ("Per month served", "cost_per_participant_month", "$%,.0f", "Site cost for each month of service to a participant."),
    ("Case managers", "case_managers_at_site", "%,.1f", "Case managers of the provider at the end of the year, full-time equivalents."),
    ("Provider staff", "provider_staff_at_site", "%,.1f", "All staff of the provider at the end of the year, full-time equivalents."),
    ("Positions", "budgeted_positions_by_place", "%,.1f", "County positions budgeted at the site at the end of the year."),
)


def _side_by_side(projection: Projection, year: str) -> pd.DataFrame:
    """Return a line for each site: opening month and the figures of a fiscal year."""
    sites = projection.scenario.sites
    names = [site.name for site in sites]
    figures = {name: projection.yearly_table(row)[year].loc[names].to_list() for name, row, _, _ in _COLUMNS}
    opens = [site.go_live.value for site in sites]
    return nil_as_missing(pd.DataFrame({"Site": names, "Opens": opens, **figures}))


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
    st.subheader("From referral to enrollment", anchor=False)
    figures = [projection.yearly_table(row)[year] for row in _PATHWAYS.values()]
    sheet(
        ["Site", *_PATHWAYS], [Line(site.name, [count(column[site.name], 0) for column in figures]) for site in projection.scenario.sites]
    )
    say("People of the year, or at its end where they are still eligible and not in the program.", "quiet")


def _readiness(projection: Projection) -> None:
    """Show how far each site's partners are: agencies, prosecutors, provider, and whether the contract can begin in time."""
    st.subheader("Readiness", anchor=False)
    scenario = projection.scenario
    lines = []
    for site in scenario.sites:
        contracts = [contract for contract in scenario.provider_contracts if contract.site == site.name]
        providers = [contract.provider or "not named" for contract in contracts]
        begins = min((contract.first_month.day for contract in contracts), default=None)
        contract = f"from {worded(begins, MONTH_UNIT)}, site opens {worded(site.go_live.day, MONTH_UNIT)}" if begins else "none planned"
        agencies, prosecutors = ("; ".join(names) or "none named" for names in (site.law_enforcement_agencies, site.prosecutors))
        cells = [f"{site.law_enforcement_readiness}: {agencies}", f"{site.prosecutor_readiness}: {prosecutors}"]
        lines.append(Line(site.name, [*cells, "; ".join(providers) or "none", contract]))
    sheet(["Site", "Law-enforcement agencies", "Prosecutors", "Provider", "Contract"], lines, text_columns=4)


def _page(view: View) -> None:
    heading("Sites", view, "Click a heading to sort; point at it to read what it says.")
    year = year_choice(view)
    config = {name: st.column_config.NumberColumn(name, format=form, help=about) for name, _, form, about in _COLUMNS}
    config["Site"] = st.column_config.TextColumn("Site", pinned=True)
    config["Opens"] = st.column_config.DateColumn("Opens", format="MMM YYYY", help="First month of referrals.")
    st.dataframe(
        _side_by_side(view.now, year),
        column_config=config,
        hide_index=True,
        placeholder="--",
        height="content",
        alt=f"Sites side by side, {year}: slots, participants, cost and staff of each site.",
    )
    say("Costs of no single site, such as program management, stand on no site. -- is nil.", "quiet")
    _pathways(view.now, year)
    show(site_map(view.now, year), "map")
    show(participants(view.now), "participants")
    left, right = st.columns(2, gap="large")
    with left:
        show(by_site(view.now, "cost_per_participant_month", year, "Cost per participant-month"), "month_cost")
    with right:
        show(by_site(view.now, "cost_per_enrollment", year, "Cost per enrollment"), "enrollment_cost")
    _readiness(view.now)
    st.subheader("Service areas", anchor=False)
    areas = [Line(site.name, [site.service_planning_area, site.description]) for site in view.now.scenario.sites]
    sheet(["Site", "Service planning area", "About"], areas, text_columns=2)


_page(current())
