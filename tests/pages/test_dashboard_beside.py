"""Other plans beside the one that is worked on: ticked once, shown by every page that can, kept in the address."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from conftest import EXPANSION
from dashboard import BUILD, CASELOAD, build, card, dashboard, opened, save, words
from streamlit.testing.v1 import AppTest

from budget_model import load_scenario, project
from budget_model.formats import dollars, shown_change
from budget_model.pages.shared.widgets import UNLIKE
from budget_model.projection import Projection

TWO, EIGHT, PILOT, CLIFF = "expansion_2018_two_areas", "expansion_2018_eight_areas", "pilot_2017", "pilot_cliff"
NAMES = {TWO: "Two new areas", EIGHT: "Eight new areas", PILOT: "LEAD pilot 2017"}  # beside the expansion


def plan(name: str) -> Projection:
    return project(load_scenario(EXPANSION.with_name(f"{name}.yaml")))


def beside(*others: str, page: str = "overview", **address: str) -> AppTest:
    """Open a page of the expansion with others beside it, by the address."""
    return dashboard(page, scenario="expansion_2018", beside=",".join(others), **address)


def said(app: AppTest) -> str:
    return unescape(words(app)).replace("\u00a0", " ").replace("\u2011", "-")


def charts(app: AppTest) -> list[dict]:
    """Return the charts of a page as Plotly gets them."""
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def ghosts(app: AppTest, name: str) -> list[dict]:
    """Return what charts draw of another plan."""
    return [trace for chart in charts(app) for trace in chart["data"] if trace.get("legendgroup") == name]


def of_line(app: AppTest, label: str) -> dict[object, str]:
    """Return the cells of a line of a table with columns of another plan, by their headings; a difference also by its year."""
    (table,) = [one for one in re.findall(r"<table>.*?</table>", said(app), re.DOTALL) if "set-off" in one and f'"row">{label}<' in one]
    heads = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<t[hd][ >].*?</t[hd]>", table.partition("<tbody>")[0])][1:]
    (line,) = re.findall(rf'<th scope="row">{label}</th>(.*?)</tr>', table)
    cells = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<td.*?</td>", line)]
    named = [(head, heads[at - 1].rpartition(", ")[2]) if head == "Difference" else head for at, head in enumerate(heads)]
    return dict(zip(named, cells, strict=True))


def test_without_others_nothing_of_them_is_shown() -> None:
    app = dashboard(scenario="expansion_2018")
    assert app.multiselect(key="beside").value == [] and "beside" not in app.query_params
    assert 'set-off"' not in words(app) and not [box for box in app.selectbox if box.key == "differences"]
    assert not any("base" in trace for chart in charts(app) for trace in chart["data"])


def test_what_is_ticked_stands_under_the_cards_in_the_charts_and_on_the_other_pages_and_the_base_stays() -> None:
    app = dashboard(scenario="expansion_2018")
    net = card(app, "Net county cost")
    app.multiselect(key="beside").set_value([TWO, EIGHT]).run()
    assert app.query_params["beside"] == f"{TWO},{EIGHT}" and card(app, "Net county cost") == net
    now, shown = plan("expansion_2018"), said(app)
    for one in (TWO, EIGHT):
        other = plan(one)
        before, after = (float(each.by_year("net_county_cost")[-1]) for each in (now, other))
        assert f"{NAMES[one]}: {dollars(after)}; difference {shown_change(before, after, 'dollars')}" in shown
        drawn = ghosts(app, NAMES[one])
        assert len(drawn) == 2, "in both charts by fiscal year"
        assert all(trace["y"] == pytest.approx(other.by_year("gross_appropriation")[:-1]) for trace in drawn)
    app.switch_page("budget_model/pages/staffing.py").run()
    assert app.query_params["beside"] == f"{TWO},{EIGHT}" and len(ghosts(app, NAMES[TWO])) == 2
    app.multiselect(key="beside").set_value([]).run()
    assert "beside" not in app.query_params and not ghosts(app, NAMES[TWO])


def test_a_link_keeps_them_and_the_columns_and_says_what_is_not_there() -> None:
    app = beside(TWO, "gone", PILOT, EIGHT, differences="FY 2019-20")
    assert app.multiselect(key="beside").value == [TWO, PILOT] and app.query_params["beside"] == f"{TWO},{PILOT}"
    warned = " ".join(one.value for one in app.warning)
    assert "'gone'" in warned.replace("\\", "") and "Eight new areas" in warned
    assert app.query_params["differences"] == "FY 2019-20" and not app.run().warning


def test_tables_by_fiscal_year_show_their_figures_and_the_difference_for_the_year_asked_for() -> None:
    app = beside(TWO)
    app.selectbox(key="differences").select("FY 2019-20").run()
    now, other = plan("expansion_2018"), plan(TWO)
    before, after = (float(each.by_year("gross_appropriation")[1]) for each in (now, other))
    cells, name = of_line(app, "Gross appropriation"), NAMES[TWO]
    assert [cells["FY 2019-20"], cells[f"{name}, FY 2019-20"]] == [dollars(before), dollars(after)]
    assert cells["Difference", "FY 2019-20"] == shown_change(before, after, "dollars")
    assert f"{name}, FY 2020-21" not in cells
    app.selectbox(key="differences").select("Every year").run()
    assert {f"{name}, FY 2020-21", f"{name}, Total"} <= of_line(app, "Gross appropriation").keys()


@pytest.mark.parametrize("page", ["funding", "staffing", "budget_units", "sites"])
def test_other_pages_show_the_same_columns_and_bars(page: str) -> None:
    app = beside(TWO, EIGHT, page=page, differences="Total")
    assert (not app.exception and f"{NAMES[EIGHT]}, Total" in said(app) and ghosts(app, NAMES[EIGHT])) or page == "budget_units"
    assert "Difference" in said(app)


@pytest.mark.parametrize("page", ["build", "scenarios", "evidence", "downloads", "motion", "outcomes"])
def test_pages_that_show_nothing_of_them_say_so(page: str) -> None:
    app = beside(TWO, page=page, differences="Total")
    assert not app.exception and not [box for box in app.selectbox if box.key == "differences"]
    assert "plan you work on" in said(app) or "Scenarios compares" in said(app)
    assert (app.query_params["beside"], app.query_params["differences"]) == (TWO, "Total")


def test_plans_of_unlike_length_are_aligned_by_fiscal_year_and_what_one_alone_has_is_said() -> None:
    app = beside(CLIFF, PILOT, differences="Every year")
    shown = said(app)
    assert "These scenarios cover unlike months." in shown and "LEAD pilot 2017: May 2017 to Jun 2019, 26 months" in shown
    assert f"{NAMES[PILOT]}: {dollars(plan(PILOT).by_year('gross_appropriation')[-1])}; May 2017 to Jun 2019" in shown
    cells = of_line(app, "Gross appropriation")
    assert cells["FY 2016-17"] == "" and cells["Difference", "FY 2016-17"] == "", "the expansion has no such year"
    assert cells[f"{NAMES[PILOT]}, FY 2016-17"] == dollars(plan(PILOT).by_year("gross_appropriation")[0])
    assert cells["Difference", "FY 2018-19"].startswith(("(", "+")), "both have all its months"
    assert cells["Difference", "Total"] == UNLIKE
    chart = next(chart for chart in charts(app) if any(trace.get("legendgroup") == NAMES[PILOT] for trace in chart["data"]))
    assert chart["layout"]["xaxis"]["categoryarray"][:2] == ["FY 2016-17", "FY 2017-18"]


def test_a_draft_stands_beside_what_is_saved_and_an_older_version() -> None:
    app = build(scenario="expansion_2018")
    app.number_input(key=CASELOAD).set_value(18.0).run()
    app.multiselect(key="beside").set_value(["expansion_2018"]).run()
    assert len(ghosts(app, "As saved")) == 1, "the chart beside the levers"
    app = save(app, author="Ana", reason="smaller caseloads", name="Held beside")
    app = app.switch_page(BUILD).run()
    app.button_group(key="part").set_value("Levers").run()
    app.number_input(key="lever.held_beside.caseload.0").set_value(16.0).run()
    save(app, author="Ana", reason="smaller still")
    app.multiselect(key="beside").set_value(["held_beside@1", "held_beside"]).run()
    assert "As saved is what is on the screen." in said(app)
    app.switch_page("budget_model/pages/overview.py").run()
    assert app.query_params["beside"] == "held_beside@1,held_beside" and "Version 1: $" in said(app)


def test_the_tables_under_charts_hold_the_other_plans_figures() -> None:
    (table,) = [
        found
        for found in re.findall(r"<table>.*?</table>", said(opened(beside(TWO, page="funding"), "sources.table")), re.DOTALL)
        if f"Total: {NAMES[TWO]}" in found
    ]
    assert all(dollars(amount) in table for amount in plan(TWO).by_year("gross_appropriation"))
