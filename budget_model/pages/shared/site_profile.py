"""One site by fiscal year: people, staff, cost, places and waits; its area."""

from __future__ import annotations

import streamlit as st

from budget_model.budget import BUDGET
from budget_model.formats import NIL, count, dollars, figure, worded
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.widgets import Kind, plain, say
from budget_model.pages.shared.year_table import YearLine, year_table
from budget_model.projection import Projection
from budget_model.scenario.assumption import MONTH_UNIT
from budget_model.scenario.choices import CareKind
from budget_model.scenario.schema import Site

# Label, row, how it stands out; rows with kinds show each kind that has any.
_SECTIONS: dict[str, tuple[tuple[str, str, Kind], ...]] = {
    "People": (
        ("Slots", "slots", ""),
        ("Referrals", "referrals", ""),
        ("Enrolled", "enrollments", ""),
        ("Homeless at entry", "homeless_entrants", ""),
        ("Active participants", "active_participants", "total"),
        ("Served in the year", "people_served_in_year", ""),
        ("Waiting for a slot", "people_waiting_for_a_slot", ""),
        ("Eligible, not in the program", "eligible_people", ""),
    ),
    "Staff": (
        ("Case managers", "case_managers_at_site", ""),
        ("All provider staff", "provider_staff_at_site", ""),
        ("County positions", "budgeted_positions_by_place", ""),
    ),
    "Cost": (
        ("Provider contracts", "site_contract_cost", ""),
        ("County positions", "site_position_cost", ""),
        ("Services, treatment and housing", "site_other_cost", ""),
        ("Site cost", "site_cost", "total"),
        ("Of which ongoing", "site_ongoing_cost", ""),
        ("Of which one-time", "site_one_time_cost", ""),
        ("Per person served in the year", "cost_per_person_served", ""),
        ("Per participant-month", "cost_per_participant_month", ""),
    ),
    "Treatment and housing": (("Places", "places_for_site", ""), ("Waiting", "people_of_site_waiting", "")),
}


def profile(screen: ScreenState, name: str) -> None:
    """Show a site by fiscal year."""
    projection = screen.now
    place = next(place for place, site in enumerate(projection.scenario.sites) if site.name == name)
    st.header(f"{plain(name)} by fiscal year", anchor=False)
    say(_in_words(projection, projection.scenario.sites[place], place), "lead")
    year_table(screen, lambda one: _all_lines(one, name))
    say(
        "Slots, staff, active participants, places and people waiting at the end of each fiscal year, and of the last one under Total. "
        "Places that all sites use are shared as their active participants are. -- is nil.",
        "quiet",
    )


def _all_lines(projection: Projection, name: str) -> list[YearLine]:
    """Return all lines of a site under their headings; none where the plan has not the site."""
    place = next((place for place, site in enumerate(projection.scenario.sites) if site.name == name), None)
    if place is None:
        return []
    lines = []
    for heading, rows in _SECTIONS.items():
        lines.append(YearLine(heading, kind="total"))
        for label, row, kind in rows:
            lines += _lines(projection, place, label, row, kind)
    return lines


def _lines(projection: Projection, place: int, label: str, row: str, kind: Kind) -> list[YearLine]:
    """Return the line of a row, or one for each kind of place that the row has any of."""
    unit, amounts, site = BUDGET.rows[row].unit, projection.by_year(row)[place], projection.scenario.sites[place].name
    if amounts.ndim == 1:
        return [YearLine(label, amounts, "people" if unit == "referrals" else unit, kind, figure=(row, site))]
    listed = [YearLine(f"{label}: {name}", each, unit, figure=(row, site, str(name))) for name, each in zip(CareKind, amounts, strict=True)]
    return [line for line in listed if {figure(amount, unit) for amount in line.amounts} != {NIL}]


def opening_in_words(projection: Projection, place: int) -> str:
    """Return when a site opens, and beside it when it was planned to where that is another month."""
    planned, opens = projection.scenario.sites[place].go_live.day, projection.month_of("site_opening", place)
    said = f"opens in {worded(opens, MONTH_UNIT)}" if opens else "does not open within the scenario"
    return said if opens == planned else f"{said} (planned for {worded(planned, MONTH_UNIT)})"


def _in_words(projection: Projection, site: Site, place: int) -> str:
    cost, enrolled = (float(projection.by_year(row)[place, -1]) for row in ("site_cost", "enrollments"))
    areas = "; ".join(filter(None, (site.service_planning_area, site.supervisorial_district)))
    area = f" ({areas})" if areas else ""
    about = f" {site.description}" if site.description else ""
    everywhere = float(
        projection.by_year("gross_appropriation")[-1] - projection.by_year("site_cost")[: len(projection.scenario.sites), -1].sum()
    )
    return (
        f"{site.name}{area} {opening_in_words(projection, place)}, costs {dollars(cost)} over all fiscal years "
        f"and enrolls {count(enrolled, 0)} people. Not in it: its part of the {dollars(everywhere)} that stands on no site, such as "
        "treatment and housing."
        f"{about}"
    )
