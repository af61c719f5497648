"""The page Range: what it shows of a plan, with few draws and with all, and what its choices change."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
import pytest
from dashboard import card, dashboard, press, words
from streamlit.testing.v1 import AppTest

from budget_model import load_scenario
from budget_model.analysis.compare import HEADLINES
from budget_model.charts.figures import sources_by_year
from budget_model.charts.ranges import with_band
from budget_model.formats import millions
from budget_model.pages.shared import simulations
from budget_model.simulation.simulate import DRAWS, simulate

RANGE = "budget_model/pages/range.py"
PILOT = "scenarios/pilot_2017.yaml"


@pytest.fixture(scope="module")
def app() -> AppTest:
    return dashboard("range", scenario="pilot_2017")


def in_full(app: AppTest) -> AppTest:
    """Run the page again once all draws are there, as its fragment does in a browser."""
    if "simulations.waiting" in app.session_state:
        app.session_state["simulations.waiting"][1].result()
        app.run()
    assert "More draws are being calculated" not in words(app)
    return app


def test_the_page_shows_few_draws_and_then_all_of_them(app: AppTest) -> None:
    assert not app.exception
    assert [title.value for title in app.title] == ["Range"]
    first = words(app)
    assert "Range that follows from the planning assumptions" in first
    assert "that net county cost of all months stays at or below this plan" in first
    assert "1,024 draws of 79 numbers" in first or "8,192 draws of 79 numbers" in first
    said = words(in_full(app))
    assert "8,192 draws of 79 numbers with a range, seed 1" in said
    exact = simulate(load_scenario(PILOT), draws=DRAWS)
    assert card(app, "P80") == millions(float(exact.percentile("net_county_cost", 80)[-1])), "as the command says"
    assert card(app, "Reserve up to P80") == millions(float(exact.reserve[-1]))
    assert "confidence interval" not in said


def test_a_limit_is_judged_and_wider_ranges_say_so(app: AppTest) -> None:
    in_full(app)
    app.number_input[0].set_value(1000.0).run()
    assert "More than 19 chances in 20 to stay within $1,000.0M" in words(app)
    app.toggle(key="wider").set_value(True).run()
    assert not app.exception and "ranges 1.5 times as wide" in words(app)
    app.button_group(key="together").set_value("All independent").run()
    assert not app.exception and "all numbers are independent" in words(app)


def test_exact_shares_come_when_they_are_asked_for(app: AppTest) -> None:
    assert "With others" not in words(app)
    press(app, "Exact shares, with what numbers do together")
    assert not app.exception and "With others" in words(app)


def test_other_pages_show_ranges_where_they_are_asked_for(app: AppTest) -> None:
    app.switch_page("budget_model/pages/overview.py").run()
    assert "80 of 100 draws" not in words(app)
    app.toggle(key="ranges").set_value(True).run()
    assert not app.exception and words(app).count("80 of 100 draws: ") == len(HEADLINES)
    app.switch_page("budget_model/pages/evidence.py").run()
    app.toggle(key="tornado").set_value(True).run()
    assert not app.exception and "moves net county cost most: by" in words(app)
    app.switch_page("budget_model/pages/scenarios.py").run()
    app.toggle(key="range_of_difference").set_value(True).run()
    assert not app.exception and "80 of 100 draws differ by" in words(app)


def test_a_mark_spans_80_of_100_draws_wherever_the_plan_lies() -> None:
    found = simulate(load_scenario(PILOT), draws=64)
    (mark,) = with_band(sources_by_year(found.projection), found, "gross_appropriation").drawing.traces[-1:]
    low, high = (found.percentile("gross_appropriation", percent)[:-1] for percent in (10, 90))
    assert np.subtract(mark["y"], mark["error_y"]["arrayminus"]) == pytest.approx(low)
    assert np.add(mark["y"], mark["error_y"]["array"]) == pytest.approx(high)
    assert min(*mark["error_y"]["array"], *mark["error_y"]["arrayminus"]) >= 0


def test_a_simulation_that_is_stopped_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from budget_model.errors import SimulationError

    def stopped(*_: object) -> None:
        raise SimulationError("The simulation was stopped, perhaps for want of memory; the next one begins anew.")

    monkeypatch.setattr(simulations, "simulated", stopped)
    app = dashboard("range", scenario="pilot_2017")
    assert not app.exception and "The simulation was stopped" in words(app)


def test_a_thousand_draws_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before all draws are there, and it is said that more come."""
    monkeypatch.setattr(simulations.background, "ask", lambda *_: None)
    monkeypatch.setattr(simulations, "follow", lambda: None)
    app = dashboard("range", scenario="pilot_cliff")
    assert not app.exception
    assert "1,024 draws of 79 numbers" in words(app) and "More draws are being calculated" in words(app)


def test_what_to_find_out_is_a_list_for_spreadsheets(monkeypatch: pytest.MonkeyPatch) -> None:
    from budget_model.simulation import report

    simulation = simulate(load_scenario(PILOT), draws=64)
    lines = list(csv.reader(io.StringIO(report.question_list(simulation))))
    assert len({len(line) for line in lines}) == 1 and len(lines) == 80
    first = report.questions(simulation)[0]
    hostile = [f"{sign}1+1" for sign in ("=", "+", "-", "@", "\t", "\r", "\0")]
    monkeypatch.setattr(report, "questions", lambda _: [replace(first, owner=owner) for owner in hostile])
    text = report.question_list(simulation)
    assert all(f"\n'{owner}," in text for owner in hostile), "no spreadsheet reads one as a formula"
