"""Other plans in charts: sound drawings, their very figures, by fiscal year, site and month, and the same in words and in the table."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date

import plotly.graph_objects as go
import pytest
from conftest import ROOT

from budget_model import load_scenario, project
from budget_model.analysis.shared_months import alike
from budget_model.charts import figures
from budget_model.charts.beside import with_others
from budget_model.charts.chart import Chart
from budget_model.charts.chart_form import in_form
from budget_model.charts.legend import entries
from budget_model.charts.site_map import site_map
from budget_model.projection import Projection
from budget_model.timeline import TOTAL, Timeline

CHARTS: dict[str, Callable[[Projection], Chart]] = {
    "cost": lambda one: figures.cost_by_year(one, "cost_by_class", "Cost"),
    "sources": figures.sources_by_year,
    "gap": figures.funding_gap,
    "effect": lambda one: figures.effect_by_year(one, one),
    "heads": lambda one: figures.heads(one, "provider_staff_at_site", "all_provider_staff", "Staff", "positions"),
    "site years": lambda one: figures.site_years(one, "site_cost", "Site cost", "dollars"),
    "by site": lambda one: figures.by_site(one, "site_cost", TOTAL, "Site cost"),
    "by site in a year": lambda one: figures.by_site(one, "site_cost", "FY 2022-23", "Site cost"),
    "participants": figures.participants,
    "places": figures.people_and_places,
    "money left": figures.award_left,
}


@pytest.fixture(scope="module")
def plans() -> dict[str, Projection]:
    names = {"Expansion": "expansion_2018", "Eight": "expansion_2018_eight_areas", "Cliff": "pilot_cliff"}
    return {name: project(load_scenario(ROOT / "scenarios" / f"{file}.yaml")) for name, file in names.items()}


@pytest.mark.parametrize("name", CHARTS)
def test_each_figure_of_another_plan_is_drawn_once_named_and_in_the_table(plans: dict[str, Projection], name: str) -> None:
    own, eight, cliff = (CHARTS[name](plan) for plan in plans.values())
    made = with_others(own, {"Eight": eight, "Cliff": cliff})
    go.Figure(deepcopy(in_form(made.drawing, "dark").to_dict()))
    for label, other in (("Eight", eight), ("Cliff", cliff)):
        drawn = [trace for trace in made.drawing.traces if trace.get("legendgroup") == label]
        lines = {course.line for course in own.courses}
        both = [course for course in other.courses if course.line in lines]
        assert len(drawn) == len(both) and sum(trace["showlegend"] for trace in drawn) == bool(drawn)
        for trace, course in zip(drawn, both, strict=True):
            places, amounts = (trace["y"], trace["x"]) if trace.get("orientation") == "h" else (trace["x"], trace["y"])
            found = {place: amount or 0.0 for place, amount in zip(places, amounts, strict=True)}
            assert found == pytest.approx(dict(course.values), abs=0.05)
            assert ("base" in trace) == (trace["type"] == "bar"), "stacked on no other bar"
        for line in [course.line for course in other.courses if course.line]:
            shown = made.table.loc[f"{line}: {label}"].dropna()
            assert shown.to_dict() == pytest.approx(other.table.loc[line].to_dict())
        assert label in made.summary or not drawn
    assert [trace for trace in made.drawing.traces if trace.get("legendgroup") not in ("Eight", "Cliff")] == own.drawing.traces
    assert {*entries(own.drawing)} <= {*entries(made.drawing)}, "the legend says what it said"
    assert [entry.group for entry in entries(made.drawing) if entry.name.startswith(("Eight", "Cliff"))] in (["", ""], [""], [])


def test_years_that_another_plan_alone_has_come_in_their_order_and_are_empty_in_the_own_line(plans: dict[str, Projection]) -> None:
    make = CHARTS["effect"]
    made = with_others(make(plans["Expansion"]), {"Cliff": make(plans["Cliff"])})
    assert made.drawing.layout["xaxis"]["categoryarray"] == [f"FY {year}-{year % 100 + 1}" for year in range(2016, 2023)]
    assert len(made.drawing.layout["xaxis"]["ticktext"]) == 7
    assert [*made.table.columns] == [*made.drawing.layout["xaxis"]["categoryarray"], TOTAL]
    assert made.table.loc["Now"].isna().tolist() == [True, True, *[False] * 6]


@pytest.mark.parametrize("name", ["gap", "by site", "site years"])
def test_the_own_years_and_sites_keep_their_order_whatever_others_have(plans: dict[str, Projection], name: str) -> None:
    own = CHARTS[name](plans["Expansion"])
    layout = with_others(own, {"Eight": CHARTS[name](plans["Eight"])}).drawing.layout
    places = layout["yaxis" if name == "by site" else "xaxis"]["categoryarray"]
    assert places[: len(own.courses[0].values)] == [*own.courses[0].values]


def test_a_chart_without_others_or_without_such_a_figure_stays_as_it_is(plans: dict[str, Projection]) -> None:
    cost, where = CHARTS["cost"](plans["Expansion"]), site_map(plans["Expansion"], TOTAL)
    assert with_others(cost, {}) is cost
    assert with_others(where, {"Eight": site_map(plans["Eight"], TOTAL)}) is where


def test_a_year_compares_where_both_have_all_its_months() -> None:
    pilot, expansion = Timeline(date(2017, 5, 1), 26), Timeline(date(2018, 7, 1), 60)
    assert [alike(pilot, expansion, year) for year in ("FY 2017-18", "FY 2018-19", "FY 2019-20", TOTAL)] == [False, True, False, False]
    assert alike(expansion, Timeline(date(2018, 7, 1), 60), TOTAL) and not alike(expansion, Timeline(date(2018, 8, 1), 59), "FY 2018-19")
    assert not alike(pilot, pilot, "FY 2019-20"), "neither has the year"
