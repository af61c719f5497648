"""The charts of a simulation: the fan by fiscal year, how likely which total is, and what moves it. All in tenths of a million."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from budget_model.charts.chart import Chart, Drawing
from budget_model.charts.hues import BLUE, EDGE, GRAY, LINE_ORANGE, ORANGE, SKY
from budget_model.charts.lying_bars import lying_bars
from budget_model.charts.palette import Fill, marker
from budget_model.charts.small_multiples import two_line_years
from budget_model.engine.arrays import Array
from budget_model.formats import millions, signed_millions
from budget_model.simulation.outputs import NET_COUNTY_COST
from budget_model.simulation.results import Simulation, quantile
from budget_model.simulation.tornado import widest
from budget_model.simulation.wording import ENDS, MOVERS, TITLE, chance_in_words, moves_most, percentile_of_the_plan

MILLIONS = "millions of dollars"
_PLAN, _MIDDLE = "Plan", "P50, the middle"
_BARS = 12
_MONEY = {"tickformat": "$.3~s", "nticks": 6}


def fan(simulation: Simulation, output: str = NET_COUNTY_COST) -> Chart:
    """The plan of each fiscal year, and the bands in which 50 and 80 of 100 draws lie."""
    years = list(simulation.years[:-1])
    level = {percent: simulation.percentile(output, percent)[:-1] for percent in (10, 25, 50, 75, 90)}
    plan = simulation.base(output)[:-1]
    traces = [
        *_band(years, level[10], level[90], "80 of 100 draws", "rgba(86, 180, 233, 0.28)"),
        *_band(years, level[25], level[75], "50 of 100 draws", "rgba(86, 180, 233, 0.55)"),
        _line(years, level[50], _MIDDLE, {"color": BLUE, "dash": "dot", "width": 2}),
        _line(years, plan, _PLAN, {"color": LINE_ORANGE, "width": 3}),
    ]
    layout = {
        "height": 380,
        "xaxis": two_line_years(years),
        "yaxis": {**_MONEY, "rangemode": "tozero"},
    }
    rows = {_PLAN: plan, **{f"P{percent}": values for percent, values in level.items()}}
    table = pd.DataFrame.from_dict({name: values / 1e6 for name, values in rows.items()}, orient="index", columns=years)
    span = f"between {millions(level[10][-1])} and {millions(level[90][-1])}"
    last = f"In {years[-1]}, 80 of 100 draws lie {span}; the plan is {millions(plan[-1])}."
    return Chart(f"{TITLE}: net county cost by fiscal year", Drawing(traces, layout), last, table, MILLIONS)


def likely_total(simulation: Simulation, output: str = NET_COUNTY_COST) -> Chart:
    """How likely it is that all months come to an amount or less: the S-curve, with the plan, the middle and the 80th percentile."""
    marks = {
        _PLAN: (float(simulation.base(output)[-1]), float(simulation.base_percentile(output)[-1])),
        _MIDDLE: (float(simulation.percentile(output, 50)[-1]), 50.0),
        "P80": (float(simulation.percentile(output, 80)[-1]), 80.0),
    }
    title = "Net county cost of all months: how likely it is to stay within an amount"
    return _likely(title, percentile_of_the_plan(simulation), simulation.of(output)[:, -1], marks)


def likely_difference(before: Simulation, after: Simulation, names: tuple[str, str]) -> Chart:
    """How likely which difference of net county cost over all months is, of two scenarios that share their luck, draw by draw."""
    values = after.of(NET_COUNTY_COST)[:, -1] - before.of(NET_COUNTY_COST)[:, -1]
    plan = float(after.base(NET_COUNTY_COST)[-1] - before.base(NET_COUNTY_COST)[-1])
    marks = {_PLAN: (plan, float(100 * np.mean(values <= plan))), _MIDDLE: (float(quantile(values, 50)), 50.0)}
    more = chance_in_words(float(np.mean(values > 0)))
    span = f"{signed_millions(float(quantile(values, 10)))} to {signed_millions(float(quantile(values, 90)))}"
    said = f"{more[0].upper()}{more[1:]} that {names[1]} costs the County more than {names[0]}; 80 of 100 draws differ by {span}."
    return _likely(f"The difference, {names[1]} less {names[0]}: how likely which is", said, values, marks)


def with_band(chart: Chart, simulation: Simulation, output: str) -> Chart:
    """Return a chart by fiscal year with a mark from the 10th to the 90th percentile of an output on each of its totals."""
    years = list(simulation.years[:-1])
    # The mark begins at the middle, for the plan may lie beyond its ends.
    low, middle, high = (simulation.percentile(output, percent)[:-1] for percent in (10, 50, 90))
    ends = {"type": "data", "symmetric": False, "array": (high - middle).tolist(), "arrayminus": (middle - low).tolist(), "color": GRAY}
    mark = {
        "type": "scatter",
        "mode": "markers",
        "x": years,
        "y": middle.tolist(),
        "name": "80 of 100 draws",
        "marker": {"size": 1, "color": GRAY},
        "error_y": ends,
        "text": [f"{millions(float(one))} to {millions(float(other))}" for one, other in zip(low, high, strict=True)],
        "hovertemplate": "%{x}, %{fullData.name}: %{text}<extra></extra>",
    }
    said = f"{chart.summary} Marks span 80 of 100 draws of {simulation.draws:,}."
    return replace(chart, drawing=Drawing([*chart.drawing.traces, mark], chart.drawing.layout), summary=said)


def _likely(title: str, summary: str, values: Array, marks: dict[str, tuple[float, float]]) -> Chart:
    """Return the S-curve of amounts over draws, from the 10th to the 90th percentile, with marks at (amount, percentile)."""
    percents = np.arange(10, 91)
    amounts = np.array([quantile(values, float(percent)) for percent in percents])
    hover = "%{y:.0f} of 100 draws come to %{x:$.3~s} or less<extra></extra>"
    traces: list[dict[str, Any]] = [
        {"type": "scatter", "mode": "lines", "x": amounts.tolist(), "y": percents.tolist(), "line": {"color": BLUE, "width": 3}},
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [amount for amount, _ in marks.values()],
            "y": [percent for _, percent in marks.values()],
            "text": list(marks),
            "textposition": "bottom right",
            "cliponaxis": False,
            "marker": {"size": 12, "color": [ORANGE, *[SKY] * (len(marks) - 1)], "line": {"color": EDGE, "width": 1}},
        },
    ]
    layout = {
        "height": 360,
        "margin": {"r": 110},
        "xaxis": {**_MONEY, "showgrid": True},
        "yaxis": {"title": {"text": "of 100 draws"}, "range": [0, 100], "dtick": 20},
    }
    shown = {"P10": amounts[0], **{name: amount for name, (amount, _) in marks.items()}, "P90": amounts[-1]}
    table = pd.DataFrame([[amount / 1e6 for amount in shown.values()]], index=["Net county cost"], columns=list(shown))
    return Chart(title, Drawing([trace | {"hovertemplate": hover} for trace in traces], layout), summary, table, MILLIONS)


def movers(simulation: Simulation, output: str = NET_COUNTY_COST) -> Chart:
    """What each number does alone to all months, from its 10th to its 90th percentile: the widest first."""
    bars = widest(simulation, _BARS, output)
    names = [bar.words for bar in bars]
    ends = dict(zip(ENDS, ([bar.low for bar in bars], [bar.high for bar in bars]), strict=True))
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "x": amounts,
            "y": names,
            "marker": marker(Fill(color, shape)),
            "hovertemplate": "%{y}: %{x:$.3~s}<extra>%{fullData.name}</extra>",
        }
        for (name, amounts), color, shape in zip(ends.items(), (SKY, BLUE), ("/", ""), strict=True)
    ]
    layout = {
        "barmode": "overlay",
        **lying_bars(names),
        "xaxis": {**_MONEY, "showgrid": True},
    }
    table = pd.DataFrame({name: [amount / 1e6 for amount in amounts] for name, amounts in ends.items()}, index=names)
    return Chart(MOVERS, Drawing(traces, layout), moves_most(bars), table, MILLIONS)


def _band(years: list[str], low: Array, high: Array, name: str, color: str) -> list[dict[str, Any]]:
    edge = {"type": "scatter", "mode": "lines", "x": years, "line": {"width": 1, "color": EDGE}, "hoverinfo": "skip"}
    return [
        edge | {"y": low.tolist(), "showlegend": False},
        edge | {"y": high.tolist(), "fill": "tonexty", "fillcolor": color, "name": name},
    ]


def _line(years: list[str], values: Array, name: str, line: dict[str, Any]) -> dict[str, Any]:
    hover = "%{x}, %{fullData.name}: %{y:$.3~s}<extra></extra>"
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": years,
        "y": values.tolist(),
        "name": name,
        "line": line,
        "hovertemplate": hover,
    }
