"""The charts: a figure, the same in one sentence and in a table. Nothing here knows the dashboard or calculates a dollar."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from budget_model.bridge import Bridge
from budget_model.formats import change, count, dollars
from budget_model.hues import ORANGE, SKY
from budget_model.palette import AMBER, BLUE, GAP, GRAY, colors_of, source_colors
from budget_model.projection import MATCH_LABEL, Projection
from budget_model.timeline import TOTAL

_LEGEND_LETTERS = 26
_NOBODY = 0.05  # people: less shows as none
_FEW = 8  # sites that a sentence may list
_CAUSES = 12  # bars of a bridge, beside one for all smaller changes


@dataclass(frozen=True)
class Chart:
    """A figure with what a reader who cannot see it needs: `summary` in words, `table` of the values in `unit`."""

    title: str
    figure: go.Figure
    summary: str
    table: pd.DataFrame
    unit: str

    @property
    def alt(self) -> str:
        """The text a screen reader says in place of the figure."""
        return f"{self.title}. {self.summary}"


def cost_by_year(projection: Projection, split: str, title: str) -> Chart:
    """Cost for each fiscal year, stacked by a row such as `cost_by_class`; the total stands above."""
    every = projection.yearly_table(split)
    table = _used(every)
    totals = pd.Series(projection.by_year("gross_appropriation"), projection.years)
    largest = table[TOTAL].idxmax() if len(table) else "nothing"
    summary = f"{_course(projection, 'gross_appropriation', 'Cost')} The largest part is {largest}."
    return Chart(title, _stack(table, colors_of(every.index), totals), summary, _with_total(table, totals), "dollars")


def sources_by_year(projection: Projection) -> Chart:
    """Who pays the cost of each fiscal year: every source, cash match, and the funding gap."""
    gap = pd.DataFrame([projection.by_year("funding_gap")], index=[GAP], columns=list(projection.years))
    table = _used(pd.concat([projection.sources, gap]))
    totals = pd.Series(projection.by_year("gross_appropriation"), projection.years)
    summary = f"{_gap_in_words(projection)} Blue is revenue, green intrafund transfers, amber the County's own money."
    figure = _stack(table, source_colors(projection.scenario), totals)
    return Chart("Who pays", figure, summary, _with_total(table, totals), "dollars")


def funding_gap(projection: Projection) -> Chart:
    """The cost of each fiscal year that no source pays."""
    table = pd.DataFrame([projection.by_year("funding_gap")], index=[GAP], columns=list(projection.years))
    return Chart("Funding gap by fiscal year", _stack(table, colors_of([GAP]), table.loc[GAP]), _gap_in_words(projection), table, "dollars")


def participants(projection: Projection) -> Chart:
    """Active participants of each site by month, against its slots."""
    sites = [site.name for site in projection.scenario.sites]
    table = projection.yearly_table("active_participants")
    last = projection.years[-2]
    served, slots = projection.by_year("all_active_participants")[-1], projection.by_year("all_slots")[-1]
    summary = f"At the end of {last}, {count(served, 0)} participants have {count(slots, 0)} slots"
    if len(sites) <= _FEW:
        each = zip(sites, table[last], projection.yearly_table("slots")[last], strict=True)
        summary += ": " + "; ".join(f"{site} {count(active, 0)} of {count(places, 0)}" for site, active, places in each)
    rows = {"Active participants": ("active_participants", BLUE, "solid"), "Slots": ("slots", GRAY, "dot")}
    figure = _panels(projection, sites, rows, "%{y:,.0f}", shared=True)
    return Chart("Active participants against slots, by month", figure, f"{summary}.", table, "participants")


def people_and_places(projection: Projection) -> Chart:
    """People in each kind of treatment and housing by month, against its places, and the people who wait."""
    names = [care.name for care in projection.scenario.treatment_and_housing]
    waits = projection.yearly_table("people_waiting").iloc[:, -2]
    waiting = [f"{name} ({count(people)})" for name, people in waits.items() if people > _NOBODY]
    last = projection.years[-2]
    summary = f"People wait at the end of {last} for {', '.join(waiting)}." if waiting else f"Nobody waits at the end of {last}."
    rows = {
        "Places": ("places", GRAY, "dot"),
        "People in place": ("people_in_place", BLUE, "solid"),
        "Waiting": ("people_waiting", AMBER, "dash"),
    }
    figure = _panels(projection, names, rows, "%{y:,.1f}", shared=False, yaxis={"rangemode": "tozero", "nticks": 4})
    return Chart("People in place and waiting, by month", figure, summary, projection.yearly_table("people_in_place"), "people")


def award_left(projection: Projection) -> Chart:
    """Money of each source left at the end of each month."""
    names = [source.name for source in projection.scenario.funding_sources]
    lapsed = projection.yearly_table("lapse")[TOTAL]
    lost = [f"{name} ({dollars(amount)})" for name, amount in lapsed.items() if round(amount)]
    summary = f"Money lapses unused from {', '.join(lost)}." if lost else "No money lapses unused."
    yaxis = {"tickformat": "$~s", "rangemode": "tozero", "nticks": 4}
    figure = _panels(projection, names, {"Money left": ("award_left", BLUE, "solid")}, "%{y:$,.0f}", shared=False, yaxis=yaxis)
    return Chart("Money left of each source, by month", figure, summary, projection.yearly_table("award_left"), "dollars")


def by_site(projection: Projection, row: str, year: str, title: str) -> Chart:
    """One figure of every site in a fiscal year, as bars from the largest to the smallest; nil is left out."""
    values = projection.yearly_table(row)[year]
    values = values[values > 0].sort_values()
    bars = {
        "type": "bar",
        "x": values.to_list(),
        "y": [_wrapped(name) for name in values.index],
        "orientation": "h",
        "marker": {"color": BLUE},
        "texttemplate": "%{x:$,.0f}",
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": "%{y}: %{x:$,.0f}<extra></extra>",
    }
    layout = {"height": 24 + 40 * len(values), "bargap": 0.45, "margin": {"l": 8, "r": 70, "t": 0, "b": 8}, "xaxis": {"visible": False}}
    figure = figure_of([bars], layout)
    if values.empty:
        return Chart(title, figure, f"No site has this figure in {year}.", values.to_frame(), "dollars")
    span = f"from {dollars(values.iloc[0])} in {values.index[0]} to {dollars(values.iloc[-1])} in {values.index[-1]}"
    return Chart(title, figure, f"{'Over all years' if year == TOTAL else year}: {span}.", values[::-1].to_frame(), "dollars")


def heads(projection: Projection, table: pd.DataFrame, total_row: str, title: str, unit: str) -> Chart:
    """People at the end of each fiscal year, stacked; `total_row` names the model's own total of them."""
    used = _used(table)
    totals = pd.Series(projection.by_year(total_row), projection.years)
    figure = _stack(used, colors_of(table.index), totals, "%{text:,.1f}", "%{y:,.1f}", ",")
    each = ", ".join(f"{count(totals[year])} in {year}" for year in projection.years[:-1])
    return Chart(title, figure, f"{unit.capitalize()} at the end of the year: {each}.", _with_total(used, totals), unit)


def waterfall(found: Bridge, names: tuple[str, str]) -> Chart:
    """How net county cost goes from one scenario to another, the largest causes by themselves, in the order of the bridge."""
    first, second = names
    largest = sorted(found.steps, key=lambda step: -abs(step.effect))[:_CAUSES]
    rest = sum(step.effect for step in found.steps if step not in largest)
    steps = [(step.cause.label, step.effect) for step in found.steps if step in largest]
    if len(found.steps) > len(largest):
        steps.append((f"{len(found.steps) - len(largest)} smaller changes", rest))
    labels = [first, *(f"{number}. {label}" for number, (label, _) in enumerate(steps, 1)), f"{second} "]  # no two may be alike
    values = [found.before, *(effect for _, effect in steps), found.after]
    bars = {
        "type": "waterfall",
        "orientation": "h",
        "measure": ["absolute", *("relative" for _ in steps), "total"],
        "y": [_wrapped(label, 52) + " " * label.endswith(" ") for label in labels],
        "x": values,
        "text": [dollars(found.before), *(change(effect, "dollars") for _, effect in steps), dollars(found.after)],
        "textposition": "outside",
        "cliponaxis": False,
        "increasing": {"marker": {"color": ORANGE}},
        "decreasing": {"marker": {"color": SKY}},
        "totals": {"marker": {"color": BLUE}},
        "connector": {"line": {"color": GRAY, "width": 1}},
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }
    layout = {
        "height": 90 + 42 * len(labels),
        "showlegend": False,
        "margin": {"l": 8, "r": 90, "t": 8, "b": 8},
        "yaxis": {"autorange": "reversed"},
        "xaxis": {"tickformat": "$~s", "nticks": 6, "showgrid": True, "rangemode": "tozero"},
        "bargap": 0.35,
    }
    table = pd.DataFrame({"Net county cost": values}, index=labels)
    return Chart("The bridge of net county cost", figure_of([bars], layout), bridge_in_words(found, names), table, "dollars")


def bridge_in_words(found: Bridge, names: tuple[str, str]) -> str:
    """Return the bridge in a sentence or two: the difference, and the causes that matter most."""
    first, second = names
    if not found.steps:
        return f"{second} costs the County as much as {first}: no difference moves net county cost."
    direction = "more" if found.difference > 0 else "less"
    largest = sorted(found.steps, key=lambda step: -abs(step.effect))[:3]
    said = "; ".join(f"{step.cause.label} ({change(step.effect, 'dollars')})" for step in largest)
    whole = f"{second} costs the County {dollars(abs(found.difference))} {direction} than {first} over all months"
    if not round(found.difference):
        whole = f"{second} costs the County as much as {first}; changes cancel out"
    return f"{whole}. What moves it most: {said}."


def _stack(
    table: pd.DataFrame,
    colors: Mapping[str, str],
    totals: pd.Series,
    top: str = "%{text:$.3s}",
    hover: str = "%{y:$,.0f}",
    ticks: str = "$~s",
) -> go.Figure:
    """Return bars for each fiscal year, one on the other in the table's order, with the totals above them."""
    years = [str(name) for name in table.columns if name != TOTAL]
    traces: list[dict[str, Any]] = []
    for name, values in table[years].iterrows():
        shape = "/" if name == GAP else "." if str(name).startswith(MATCH_LABEL) else ""
        color = colors[str(name)]
        marker = {"color": color, "pattern": {"shape": shape, "size": 7, "solidity": 0.3, "bgcolor": color, "fgcolor": "#FFFFFF"}}
        label = f"{name}: {hover}<extra></extra>"
        traces.append(
            {"type": "bar", "x": years, "y": values.to_list(), "name": _wrapped(str(name)), "marker": marker, "hovertemplate": label}
        )
    above = totals[[year for year in years if round(float(totals[year]), 1)]]
    labels = {"text": above.to_list(), "texttemplate": top, "mode": "text", "textposition": "top center", "cliponaxis": False}
    points = {"x": above.index.to_list(), "y": above.to_list(), "showlegend": False, "hoverinfo": "skip"}
    traces.append({"type": "scatter", **points, **labels})
    return figure_of(
        traces,
        {
            "barmode": "stack",
            "height": 360,
            "showlegend": len(table) > 1,
            "legend": {"traceorder": "reversed", "y": 0.5, "yanchor": "middle"},
            "yaxis": {"tickformat": ticks, "nticks": 6, "rangemode": "tozero"},
        },
    )


def figure_of(traces: list[dict[str, Any]], layout: dict[str, Any]) -> go.Figure:
    """Return the figure of traces and a layout, unchecked: checking takes ten times as long as all else. The tests check."""
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


_ABREAST = 3


def _panels(
    projection: Projection,
    names: Sequence[str],
    rows: Mapping[str, tuple[str, str, str]],
    hover: str,
    *,
    shared: bool,
    yaxis: Mapping[str, Any] = MappingProxyType({}),
) -> go.Figure:
    """Return one small panel for each name, three abreast, with lines of monthly rows over (name, month)."""
    down, across = math.ceil(len(names) / _ABREAST), max(1, min(_ABREAST, len(names)))
    above, gap_down, gap_across = 60 + 200 * down, 84 / (60 + 200 * down), 0.05 if shared else 0.08
    width, height = (1 - gap_across * (across - 1)) / across, (1 - gap_down * (down - 1)) / max(down, 1)
    every = 1 if len(projection.timeline.years) <= 3 else 2
    months = {"tickformat": "%b '%y", "tick0": "2000-07-01", "dtick": f"M{12 * every}", "tickangle": 0, "showticklabels": True}
    ticks = {"ticks": "outside", "ticklen": 6, "tickcolor": "rgba(0,0,0,0)"}
    layout: dict[str, Any] = {"annotations": []}
    for index, name in enumerate(names):
        row, column, number = index // _ABREAST, index % _ABREAST, str(index + 1) if index else ""
        left, top = column * (width + gap_across), 1 - row * (height + gap_down)
        layout[f"xaxis{number}"] = {"anchor": f"y{number}", "domain": [left, left + width], "type": "date", **ticks, **months}
        layout[f"yaxis{number}"] = {"anchor": f"x{number}", "domain": [max(0.0, top - height), top], **yaxis}
        if shared and index:
            layout[f"yaxis{number}"] |= {"matches": "y", "showticklabels": column == 0}
        place = {"x": left + width / 2, "y": top, "xref": "paper", "yref": "paper", "xanchor": "center", "yanchor": "bottom"}
        layout["annotations"].append({"text": f"<b>{_wrapped(name, 24)}</b>", "showarrow": False, **place})
    traces = []
    dates = [month.isoformat() for month in projection.timeline.months]
    for label, (row_name, color, dash) in rows.items():
        line = {"color": color, "width": 2.2, "dash": dash, "shape": "hv" if dash == "dot" else "linear"}
        shown = {"name": label, "legendgroup": label, "line": line, "hovertemplate": f"%{{x|%b %Y}}: {hover}<extra>{label}</extra>"}
        for index, values in enumerate(projection.monthly(row_name)):
            number = str(index + 1) if index else ""
            axes = {"xaxis": f"x{number}", "yaxis": f"y{number}", "showlegend": index == 0}
            traces.append({"type": "scatter", "mode": "lines", "x": dates, "y": values.tolist(), **shown, **axes})
    layout |= {"height": above + 10 - 15 * down, "margin": {"l": 8, "r": 8, "t": 62, "b": 8}, "showlegend": len(rows) > 1}
    layout["legend"] = {"orientation": "h", "y": 1, "yref": "container", "yanchor": "top", "x": 0}
    return figure_of(traces, layout)


def _used(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are not nil in every column."""
    return table[(table.abs() > 0.05 if table.size else table).any(axis=1)]


def _with_total(table: pd.DataFrame, totals: pd.Series) -> pd.DataFrame:
    """Return the table with the model's own totals below."""
    return pd.concat([table, totals.rename(TOTAL).to_frame().T])


def _course(projection: Projection, row: str, label: str) -> str:
    """Return how a row goes from the first to the last fiscal year, in words."""
    values, years = projection.by_year(row), projection.years
    if len(years) == 2:
        return f"{label} in {years[0]}: {dollars(values[0])}."
    return f"{label} goes from {dollars(values[0])} in {years[0]} to {dollars(values[-2])} in {years[-2]}."


def _gap_in_words(projection: Projection) -> str:
    gaps = zip(projection.years[:-1], projection.by_year("funding_gap"), strict=False)
    years = [f"{dollars(gap)} in {year}" for year, gap in gaps if round(gap)]
    if not years:
        return "Every dollar has a source in every year."
    *most, last = years
    return f"Without funding: {', '.join(most)}{' and ' if most else ''}{last}."


def _wrapped(name: str, letters: int = _LEGEND_LETTERS) -> str:
    return "<br>".join(textwrap.wrap(name, letters))
