"""The charts of a simulation show its percentiles, the plan, and what moves it: nothing beyond the 10th and the 90th percentile."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import PILOT

from budget_model import load_scenario, simulate
from budget_model.charts.ranges import fan, likely_difference, likely_total, movers
from budget_model.simulation.results import Simulation
from budget_model.simulation.tornado import widest
from budget_model.simulation.wording import TITLE, percentile_of_the_plan

NET = "net_county_cost"


@pytest.fixture(scope="module")
def found() -> Simulation:
    return simulate(load_scenario(PILOT), draws=64)


def test_the_fan_has_the_bands_of_50_and_80_of_100_draws_the_middle_and_the_plan(found: Simulation) -> None:
    chart = fan(found)
    edges = [trace["y"] for trace in chart.drawing.traces]
    expected = [*(found.percentile(NET, percent) for percent in (10, 90, 25, 75, 50)), found.base(NET)]
    assert np.allclose(edges, [values[:-1] for values in expected])
    assert [trace["name"] for trace in chart.drawing.traces if "name" in trace] == [
        "80 of 100 draws", "50 of 100 draws", "P50, the middle", "Plan",
    ]  # fmt: skip
    assert chart.title.startswith(TITLE)
    assert np.allclose(chart.table.loc["P90"] * 1e6, found.percentile(NET, 90)[:-1])


def test_the_s_curve_goes_from_the_10th_to_the_90th_percentile_and_marks_plan_middle_and_p80(found: Simulation) -> None:
    curve, marks = likely_total(found).drawing.traces
    assert (curve["y"][0], curve["y"][-1]) == (10, 90)
    assert [curve["x"][0], curve["x"][-1]] == pytest.approx([found.percentile(NET, percent)[-1] for percent in (10, 90)])
    assert (np.diff(curve["x"]) >= 0).all()
    assert marks["x"] == pytest.approx([found.base(NET)[-1], *(found.percentile(NET, percent)[-1] for percent in (50, 80))])
    assert marks["y"] == pytest.approx([found.base_percentile(NET)[-1], 50, 80])
    assert likely_total(found).summary == percentile_of_the_plan(found)


def test_a_plan_differs_from_itself_by_nothing_in_any_draw(found: Simulation) -> None:
    curve, _ = likely_difference(found, found, ("One", "The same")).drawing.traces
    assert set(curve["x"]) == {0.0}


def test_the_bars_are_the_widest_twelve(found: Simulation) -> None:
    bars = widest(found, 12)
    low, high = movers(found).drawing.traces
    assert len(bars) == 12
    assert (low["x"], high["x"]) == ([bar.low for bar in bars], [bar.high for bar in bars])
    assert low["y"] == high["y"] == [bar.words for bar in bars]
