"""The panel Why this number: opened from figures of every page, at an address of its own, down to the cell in Build."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable
from functools import cache
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit as st
from conftest import EXPANSION
from dashboard import build, card, dashboard, looked_at, press, words
from streamlit.testing.v1 import AppTest

from budget_model import load_scenario, project
from budget_model.analysis.compare import HEADLINES
from budget_model.analysis.why.addresses import read_address, value_at
from budget_model.charts.figures import by_site, site_years, sources_by_month
from budget_model.formats import dollars
from budget_model.pages.shared import why_panel

NET_COUNTY_COST = "net_county_cost@Total"
SALARY = "position_monthly_salary@@Deputy Public Defender, LEAD"
MOST_PROJECTIONS = 8  # of which each takes some 20 milliseconds, so that the panel keeps below 150


@cache
def opened(*trail: str) -> AppTest:
    """Open the dashboard with the panel at the last figure of a trail, once for all who look at it."""
    return dashboard(scenario="expansion_2018", why=list(trail))


def panel(app: AppTest) -> str:
    """Return what the panel says, without its marks."""
    (html,) = [one.body for one in app.html if "why-panel" in one.body and "<style" not in one.body and "<script" not in one.body]
    return unescape(re.sub(r"<[^>]+>", " ", html))


def links(app: AppTest, inside: str = "") -> list[str]:
    """Return the figures to which the links of a page lead."""
    found = re.findall(r'<a class="why[^"]*" href="([^"]+)"', words(app))
    return [one for href in map(unescape, found) for one in parse_qs(urlsplit(href).query).get("why", [])[-1:] if inside in one]


def test_no_panel_stands_beside_a_page_that_nobody_asked() -> None:
    assert 'class="why-panel"' not in words(looked_at(scenario="expansion_2018"))


def test_every_card_opens_its_reasons_with_the_very_figure() -> None:
    app = looked_at(scenario="expansion_2018")
    assert NET_COUNTY_COST in links(app)
    assert card(app, "Net county cost") in panel(opened(NET_COUNTY_COST))
    assert {"gross_appropriation@Total", "funding_gap@Total", "all_enrollments@Total", "all_active_participants@Total"} <= set(links(app))


def test_each_cell_of_the_yearly_tables_leads_to_its_own_figure() -> None:
    app = looked_at(scenario="expansion_2018")
    projection = project(load_scenario(EXPANSION))
    found = re.findall(r'<td class="[^"]*"><a class="why" href="([^"]+)">([^<]+)</a></td>', words(app))
    assert len(found) > 100
    for href, shown in found:
        (figure,) = parse_qs(urlsplit(unescape(href)).query)["why"]
        if shown.startswith("$"):
            assert dollars(value_at(projection, read_address(projection, figure))) == shown


@pytest.mark.parametrize("page", ["funding", "budget_units", "staffing", "access", "sites"])
def test_figures_of_other_pages_lead_to_what_is_there(page: str) -> None:
    app = looked_at(page, scenario="expansion_2018")
    projection = project(load_scenario(EXPANSION))
    found = links(app)
    assert len(found) > 20
    for figure in found:
        read_address(projection, figure)


@pytest.mark.parametrize(
    ("page", "figures"),
    [
        ("sites", "site_cost@"),
        ("scenarios", "funding_gap@Total"),
        ("funding", "all_match_paid@"),
        ("access", "cost_of_places_to_add@Total"),
        ("motion", "gross_appropriation@"),
    ],
)
def test_dollars_of_other_tables_lead_to_the_very_figure(page: str, figures: str) -> None:
    app = looked_at(page, scenario="expansion_2018")
    projection = project(load_scenario(EXPANSION))
    cells = re.findall(r'<td class="[^"]*"><a class="why" href="([^"]+)">([^<]+)</a></td>', words(app))
    found = [(parse_qs(urlsplit(unescape(href)).query)["why"][-1], shown) for href, shown in cells]
    assert any(figure.startswith(figures) for figure, _ in found)
    for figure, shown in found:
        if shown.startswith("$"):
            assert dollars(value_at(projection, read_address(projection, figure))) == shown, figure


def test_bars_of_sites_lead_to_their_own_figure() -> None:
    projection = project(load_scenario(EXPANSION))
    (bars,) = by_site(projection, "cost_per_participant_month", "FY 2020-21", "Site cost").drawing.traces
    assert [value_at(projection, read_address(projection, figure)) for figure in bars["customdata"]] == pytest.approx(bars["x"])


def test_bars_by_month_and_of_each_site_by_year_lead_to_their_own_figure() -> None:
    projection = project(load_scenario(EXPANSION))
    for chart in (sources_by_month(projection), site_years(projection, "site_cost", "Site cost", "dollars")):
        for bars in chart.drawing.traces:
            values = [value_at(projection, read_address(projection, figure)) for figure in bars["customdata"]]
            assert values == pytest.approx([0.0 if math.isnan(height) else height for height in bars["y"]], abs=0.05)


def test_the_panel_says_rule_formula_with_values_terms_and_the_assumptions_that_move_it() -> None:
    said = panel(opened(NET_COUNTY_COST))
    assert "What the County's own money must pay" in said
    assert "= Gross appropriation \u2212 Intrafund transfers \u2212 Revenue" in said
    assert re.search(r"= \$[\d,]+ \u2212 0 \u2212 \$[\d,]+", said)
    assert "The assumptions that move it most" in said
    assert "Amount earned by each driver unit" in said


def test_the_cell_in_the_workbook_follows_a_moment_after_the_panel_and_is_copied_with_it() -> None:
    st.cache_resource.clear()
    app = opened(NET_COUNTY_COST)
    assert "Its cell in the workbook follows in a moment." in panel(app)
    app.session_state["workbook_cells.waiting"][1].result()
    said = panel(app.run())
    (cell,) = set(re.findall(r"In the workbook: (Appropriation!C\d+)\.", said))
    assert said.count(cell) == 2, "beside the figure, and in the text that is copied"
    assert "In the workbook: Assumptions!C" in panel(opened(NET_COUNTY_COST, SALARY)), "laid out once for all visitors"


def test_an_assumption_is_shown_with_its_evidence_and_leads_to_its_cell_in_build() -> None:
    app = opened(NET_COUNTY_COST, SALARY)
    said = panel(app)
    for part in ("Range", "Confidence", "Source", "Who can confirm it", "Change it", "What it moves"):
        assert part in said
    (href,) = re.findall(r'<a class="why go" href="([^"]+)"', words(app))
    asked = parse_qs(urlsplit(unescape(href)).query)
    assert urlsplit(unescape(href)).path == "build"
    assert asked["part"] == ["Positions"]
    assert asked["cell"] == ["county_positions", "Deputy Public Defender, LEAD", "monthly_salary"]
    assert asked["why"] == [NET_COUNTY_COST, SALARY]


def test_the_cell_is_changed_where_the_link_leads_and_the_panel_says_what_it_did() -> None:
    cell = ["county_positions", "Deputy Public Defender, LEAD", "monthly_salary"]
    app = build("Positions", scenario="expansion_2018", cell=cell, why=[NET_COUNTY_COST])
    field = next(one for one in app.text_input if one.label.startswith("New value"))
    assert field.value == "10,550"
    field.set_value("11,000")
    press(app, "Set")
    said = panel(app)
    assert "Against the saved scenario" in said
    assert "$10,550 to $11,000" in said, said
    assert re.search(r"Last change: .*It moved it by \+\$", said)


def test_a_cell_that_refuses_what_is_typed_says_so_and_keeps_it() -> None:
    cell = ["county_positions", "Deputy Public Defender, LEAD", "monthly_salary"]
    app = build("Positions", scenario="expansion_2018", cell=cell)
    next(one for one in app.text_input if one.label.startswith("New value")).set_value("a lot")
    press(app, "Set")
    assert '"a lot" is not taken' in unescape(words(app))


def test_what_an_address_asks_for_and_is_not_there_is_said() -> None:
    said = panel(opened("net_county_cots@Total"))
    assert "This figure is not in the plan on the screen" in said
    assert "Did you mean 'net_county_cost'?" in said
    assert "$" in panel(opened("net_county_cots@Total", NET_COUNTY_COST))


def test_the_panel_takes_little_more_of_the_server_than_a_projection() -> None:
    """The figures of the cards, each asked for the first time: in time of the processor, the best of three, on one machine."""
    screen = opened(NET_COUNTY_COST).session_state["screen_state"]
    taken = [
        _least(lambda row=row: (screen.now.__dict__.pop("_found", None), why_panel.panel(screen, [f"{row}@Total"])))
        for row in HEADLINES.values()
    ]
    assert max(taken) < MOST_PROJECTIONS * _least(lambda: project(screen.now.scenario).record()), taken


def _least(act: Callable[[], object]) -> float:
    """Return the least time of the processor that something takes in three tries, in seconds."""
    tries = []
    for _ in range(3):
        begun = time.process_time()
        act()
        tries.append(time.process_time() - begun)
    return min(tries)
