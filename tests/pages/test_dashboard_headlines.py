"""Headlines that warn, unit costs and the true cost of one more, on Overview and Sites."""

from __future__ import annotations

from html import unescape

import pytest
from conftest import EXPANSION
from dashboard import dashboard, words

from budget_model import load_scenario, project
from budget_model.analysis.headline_warnings import headline_warnings
from budget_model.analysis.one_more import EXPLAINED, one_more_of_each
from budget_model.formats import dollars
from budget_model.scenario.comparators import comparators
from budget_model.scenario.confirmation import confirmations

SITES = "budget_model/pages/sites.py"


@pytest.mark.parametrize("name", ["expansion_2018", "pilot_2017", "expansion_2018_low_referral"])
def test_the_overview_shows_each_headline_that_warns_once(name: str) -> None:
    projection = project(load_scenario(EXPANSION.with_name(f"{name}.yaml")))
    shown = unescape(words(dashboard(scenario=name))).replace("\u00a0", " ").replace("\u2011", "-")
    warnings = headline_warnings(projection)
    assert warnings and all(shown.count(warning.words) == 1 for warning in warnings)


def test_the_overview_says_how_sure_it_is_and_leads_to_the_range_to_what_to_ask_whom_and_to_the_motion() -> None:
    app = dashboard(scenario="pilot_2017")
    confirmed, numbers = confirmations(load_scenario(EXPANSION.with_name("pilot_2017.yaml")))
    assert f"How sure that is: {confirmed} of {numbers} numbers are confirmed by name and day." in unescape(words(app))
    links = {link.proto.label: (link.proto.page, link.proto.query_string) for link in app.get("page_link")}
    for label, page in {"The range behind": "range", "Where each number": "evidence", "What each clause of the motion": "motion"}.items():
        assert [where for said, where in links.items() if said.startswith(label)] == [(page, "scenario=pilot_2017")]


def test_sites_show_unit_costs_beside_what_is_published_with_its_year_and_what_it_includes() -> None:
    shown = unescape(words(dashboard("sites", scenario="expansion_2018")))
    projection = project(load_scenario(EXPANSION))
    for row in ("contract_cost_per_participant_month", "cost_without_care_per_participant_month", "full_cost_per_participant_month"):
        assert dollars(projection.by_year(row)[-1]) in shown
    for one in comparators("dollars a participant-month").values():
        assert all(part in shown for part in (one.label, one.date, one.source, one.includes))


def test_the_true_cost_of_each_site_stands_beside_its_site_cost() -> None:
    app = dashboard("sites", scenario="expansion_2018")
    projection = project(load_scenario(EXPANSION))
    for one in one_more_of_each(projection):
        assert all(dollars(amount) in words(app) for amount in (one.site_cost[-1], one.gross_appropriation[-1], one.net_county_cost[-1]))
    assert EXPLAINED in unescape(words(app))
    first = one_more_of_each(projection)[0]
    app.selectbox(key="site").select(first.site).run()
    assert all(dollars(amount) in words(app) for amount in first.gross_appropriation)
