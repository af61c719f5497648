"""Small multiples: one panel for each site, source or kind of place, three abreast or on a phone one, drawn to be compared."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd

from budget_model.analysis.why.addresses import text_of
from budget_model.charts.chart import Course, Drawing, wrapped
from budget_model.charts.hues import BLUE
from budget_model.charts.palette import Fill, marker
from budget_model.projection import Projection

_ABREAST, _TITLE_LETTERS = 3, 24
_NOTHING: Mapping[str, Any] = MappingProxyType({})


def monthly_panels(
    projection: Projection,
    names: Sequence[str],
    rows: Mapping[str, tuple[str, str, str]],
    hover: str,
    *,
    shared: bool,
    yaxis: Mapping[str, Any] = _NOTHING,
    items: Sequence[int] | None = None,
    abreast: int = _ABREAST,
) -> Drawing:
    """Return a panel for each name with lines of monthly rows over (item, month).

    `rows` says of each line its row, color and dash; `items` are the items drawn, all of them unless given.
    `abreast` panels stand side by side.
    """
    every = 1 if len(projection.timeline.years) <= 3 else 2
    months = {"type": "date", "tickformat": "%b '%y", "tick0": "2000-07-01", "dtick": f"M{12 * every}", "tickangle": 0}
    traces = []
    dates = [month.isoformat() for month in projection.timeline.months]
    for label, (row, color, dash) in rows.items():
        line = {"color": color, "width": 2.2, "dash": dash, "shape": "hv" if dash == "dot" else "linear"}
        shown = {"name": label, "legendgroup": label, "line": line, "hovertemplate": f"%{{x|%b %Y}}: {hover}<extra>{label}</extra>"}
        values = projection.monthly(row)
        for panel, item in enumerate(range(len(names)) if items is None else items):
            drawn = {"type": "scatter", "mode": "lines", "x": dates, "y": values[item].tolist(), "showlegend": panel == 0}
            traces.append(drawn | shown | _axes_of(panel))
    return Drawing(traces, _layout(names, months, yaxis, shared=shared, abreast=abreast))


def yearly_panels(
    table: pd.DataFrame, row: str, text: str, hover: str, yaxis: Mapping[str, Any] = _NOTHING, *, abreast: int = _ABREAST
) -> Drawing:
    """Return a panel for each line of a row's table with a labeled bar for each fiscal year, all to the same scale."""
    traces = [
        {
            "type": "bar",
            "x": [str(year) for year in table.columns],
            "y": values.to_list(),
            "marker": marker(Fill(BLUE)),
            "texttemplate": text,
            "textposition": "outside",
            "cliponaxis": False,
            "hovertemplate": f"{name}, %{{x}}: {hover}<extra></extra>",
            "customdata": [text_of(row, str(year), [str(name)]) for year in table.columns],
            **_axes_of(panel),
        }
        for panel, (name, values) in enumerate(table.iterrows())
    ]
    axis = {"type": "category", **short_years([str(year) for year in table.columns])}
    layout = _layout([str(name) for name in table.index], axis, yaxis, shared=True, abreast=abreast)
    return Drawing(traces, layout | {"bargap": 0.3})


def yearly_courses(table: pd.DataFrame) -> tuple[Course, ...]:
    """Return the course of each line of a table by fiscal year, in the panel of its own."""
    return tuple(
        Course(str(name), {str(year): float(value) for year, value in values.items()}, axes=_axes_of(panel))
        for panel, (name, values) in enumerate(table.iterrows())
    )


def monthly_courses(
    projection: Projection, names: Sequence[str], row: str, what: str, items: Sequence[int] | None = None
) -> tuple[Course, ...]:
    """Return the course of a monthly row over (item, month) in the panel of each item; `what` names its line among others."""
    dates = [month.isoformat() for month in projection.timeline.months]
    values = projection.monthly(row)
    return tuple(
        Course(name, dict(zip(dates, values[item].tolist(), strict=True)), "line", what, _axes_of(panel))
        for panel, (name, item) in enumerate(zip(names, range(len(names)) if items is None else items, strict=True))
    )


def short_years(years: Sequence[str]) -> dict[str, Any]:
    """Return what labels an axis of fiscal years in little room: 18-19 for FY 2018-19."""
    return {"tickangle": 0, "tickvals": list(years), "ticktext": [year.removeprefix("FY 20") for year in years]}


def two_line_years(years: Sequence[str]) -> dict[str, Any]:
    """Return what labels an axis of fiscal years on two lines, so that those of five years fit on a phone."""
    return {"tickangle": 0, "tickvals": list(years), "ticktext": [year.replace(" ", "<br>", 1) for year in years]}


def _axes_of(panel: int) -> dict[str, str]:
    number = str(panel + 1) if panel else ""
    return {"xaxis": f"x{number}", "yaxis": f"y{number}"}


def _layout(names: Sequence[str], xaxis: Mapping[str, Any], yaxis: Mapping[str, Any], *, shared: bool, abreast: int) -> dict[str, Any]:
    """Return axes and titles of the panels; `shared` gives all the same scale."""
    down, across = math.ceil(len(names) / abreast), max(1, min(abreast, len(names)))
    above, gap_down, gap_across = 60 + 200 * down, 84 / (60 + 200 * down), 0.05 if shared else 0.08
    width, height = (1 - gap_across * (across - 1)) / across, (1 - gap_down * (down - 1)) / max(down, 1)
    ticks = {"ticks": "outside", "ticklen": 6, "tickcolor": "rgba(0,0,0,0)", "showticklabels": True}
    layout: dict[str, Any] = {"annotations": []}
    for panel, name in enumerate(names):
        row, column, number = panel // abreast, panel % abreast, str(panel + 1) if panel else ""
        left, top = column * (width + gap_across), 1 - row * (height + gap_down)
        layout[f"xaxis{number}"] = {"anchor": f"y{number}", "domain": [left, left + width], **ticks, **xaxis}
        layout[f"yaxis{number}"] = {"anchor": f"x{number}", "domain": [max(0.0, top - height), top], **yaxis}
        if shared and panel:
            layout[f"yaxis{number}"] |= {"matches": "y", "showticklabels": column == 0}
        where = {"x": left + width / 2, "y": top, "xref": "paper", "yref": "paper", "xanchor": "center", "yanchor": "bottom"}
        title = wrapped(name, _TITLE_LETTERS if across > 1 else 2 * _TITLE_LETTERS)
        layout["annotations"].append({"text": f"<b>{title}</b>", "showarrow": False, **where})
    return layout | {"height": above - 20 - 15 * down, "margin": {"l": 8, "r": 8, "t": 36, "b": 8}}
