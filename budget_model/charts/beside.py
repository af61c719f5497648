"""Other plans in a chart: a narrow gray bar or a thin line beside each figure, named in the legend, in words and in the chart's table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from budget_model.charts.chart import Chart, Course, Drawing
from budget_model.charts.hues import GRAY
from budget_model.charts.small_multiples import short_years
from budget_model.formats import is_money, listed
from budget_model.timeline import TOTAL

_BAR_GAP, _ROOM = 0.42, 0.19  # of the width of a place: what its bar leaves free, and what the others take of that on one side
_LEAST = 0.05  # less shows as none
_SITE = 40  # pixels
_MOST_NAMED, _FEW_YEARS = 5, 5
# How the first and the second other plan are drawn.
_BARS = {"filled": "rgba(138, 148, 156, 0.55)", "hollow": "rgba(0, 0, 0, 0)"}
_LINES = {"long dashes": "longdash", "dashes and dots": "longdashdot"}


def with_others(chart: Chart, others: Mapping[str, Chart]) -> Chart:
    """Return a chart with the same figures of other plans, by name, beside its own; as it is where it has none that can stand so.

    `others` are the same chart of two other plans at most. Fiscal years, sites and panels are matched by name; what stands in a
    panel that only another plan has is in the table.
    """
    if not others or not chart.courses:
        return chart
    ghosts: list[dict[str, Any]] = []
    for number, (name, other) in enumerate(others.items()):
        theirs = {course.line: course for course in other.courses}
        both = [(course, theirs[course.line].values) for course in chart.courses if course.line in theirs]
        drawn = [_ghost(chart, course, values, name, number, len(others)) for course, values in both]
        ghosts += [ghost | {"showlegend": not place} for place, ghost in enumerate(drawn)]
    beside = partial(_beside, chart, ghosts, list(others.values()))
    on_phone = chart.on_phone
    return replace(
        chart,
        drawing=beside(chart.drawing),
        on_phone=on_phone and (lambda: beside(on_phone())),
        summary=f"{chart.summary} {_in_words(chart, others)}",
        table=_table(chart, others),
    )


def _beside(chart: Chart, ghosts: Sequence[dict[str, Any]], others: Sequence[Chart], own: Drawing) -> Drawing:
    """Return a drawing of a chart with what is drawn of other plans behind it."""
    return Drawing([*ghosts, *own.traces], own.layout | _places(own.layout, chart.courses, others) | {"bargap": _BAR_GAP})


def _ghost(chart: Chart, course: Course, values: Mapping[str, float], name: str, number: int, count: int) -> dict[str, Any]:
    """Return the bars or the line of another plan beside a course of a chart."""
    form = "$,.0f" if is_money(chart.unit) else ",.1f"
    shown = {"name": f"{name}: {course.what}" if course.what else name, "legendgroup": name, **course.axes}
    if course.form == "line":
        line = {"color": GRAY, "width": 1.8, "dash": [*_LINES.values()][number]}
        drawn = {"type": "scatter", "mode": "lines", "x": [*values], "y": [*values.values()], "line": line}
        return drawn | shown | {"hovertemplate": f"%{{x|%b %Y}}: %{{y:{form}}}<extra>{name}</extra>"}
    places, amounts = [*values], [value if abs(value) >= _LEAST else None for value in values.values()]  # nil has no outline
    width = _ROOM / count
    bars = {
        "type": "bar",
        "base": 0,  # a bar with a base is stacked on no other
        "width": 0.85 * width,
        "offset": (1 - _BAR_GAP) / 2 + 0.01 + number * width,
        "marker": {"color": [*_BARS.values()][number], "line": {"color": GRAY, "width": 1.2}},
    }
    if course.form == "across":
        drawn = {"orientation": "h", "x": amounts, "y": places, "hovertemplate": f"%{{y}}, {name}: %{{x:{form}}}<extra></extra>"}
    else:
        drawn = {"x": places, "y": amounts, "hovertemplate": f"%{{x}}, {name}: %{{y:{form}}}<extra></extra>"}
    return bars | shown | drawn


def _places(layout: Mapping[str, Any], courses: Sequence[Course], others: Iterable[Chart]) -> dict[str, Any]:
    """Return what of a layout says the order of fiscal years or sites, the own sites first, with room for those that others alone have."""
    if courses[0].form == "line":
        return {}
    own = list(dict.fromkeys(place for course in courses for place in course.values))
    more = list(dict.fromkeys(place for other in others for course in other.courses for place in course.values if place not in own))
    if courses[0].form == "across":
        yaxis = {**layout.get("yaxis", {}), "type": "category", "categoryorder": "array", "categoryarray": [*own, *more]}
        return {"height": layout["height"] + _SITE * len(more), "yaxis": yaxis}
    years = sorted([*own, *more])
    axes = {name: axis for name, axis in layout.items() if name.startswith("xaxis")} or {"xaxis": {}}
    ordered = {"type": "category", "categoryorder": "array", "categoryarray": years, "range": [-0.5, len(years) - 0.5]}
    labeled = years[:: 2 if len(axes) > 1 and len(years) > _FEW_YEARS else 1]
    return {name: {**axis, **ordered, **(short_years(labeled) if "tickvals" in axis else {})} for name, axis in axes.items()}


def _table(chart: Chart, others: Mapping[str, Chart]) -> pd.DataFrame:
    """Return the table of a chart with a line of each other plan below each line that is drawn beside; empty where it has none."""
    columns = {str(column) for one in (chart, *others.values()) for column in one.table.columns}
    ordered = [*sorted(columns - {TOTAL}), *sorted(columns & {TOTAL})]
    theirs = {name: {str(line): values for line, values in other.table.iterrows()} for name, other in others.items()}
    compared = {*_lines_of(chart)}
    lines: dict[str, pd.Series] = {}
    for line, values in chart.table.iterrows():
        lines[str(line)] = values
        if line in compared:
            lines |= {f"{line}: {name}": table[str(line)] for name, table in theirs.items() if line in table}
    for name, other in others.items():
        lines |= {f"{line}: {name}": theirs[name][line] for line in _lines_of(other) if line not in chart.table.index}
    return pd.DataFrame(lines).T.reindex(columns=ordered)


def _lines_of(chart: Chart) -> list[str]:
    """Return the lines of a chart's table that another plan's chart can show beside its own."""
    return [line for course in chart.courses for line in ([course.line] if course.line else map(str, chart.table.index))]


def _in_words(chart: Chart, others: Mapping[str, Chart]) -> str:
    """Return how the other plans are drawn, and which of their panels are not."""
    forms = _LINES if chart.courses[0].form == "line" else _BARS
    named = [f"{name} ({form})" for name, form in zip(others, forms, strict=False)]
    words = [f"Beside it in gray: {', '.join(named)}."]
    for name, other in others.items():
        only = [line for line in _lines_of(other) if line not in chart.table.index]
        words += [f"In {name} only: {listed(only, _MOST_NAMED, ', ')}."] if only else []
    return " ".join(words)
