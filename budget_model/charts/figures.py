"""The charts: a drawing, the same in one sentence and in a table. Nothing here knows the dashboard or calculates a dollar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from budget_model.analysis.bridge import Bridge
from budget_model.analysis.who_pays import gap_in_words, outside_money_in_words, standing
from budget_model.analysis.why.addresses import text_of
from budget_model.charts.chart import NO_FIGURES, Chart, Course, Drawing, Figures, course_of_years, wrapped
from budget_model.charts.hues import BLUE, EDGE, GRAY, LINE_ORANGE, ORANGE, SKY
from budget_model.charts.lying_bars import lying_bars
from budget_model.charts.palette import COUNTY_MONEY, GAP, MATCH, Fill, fills_of, marker, source_fills
from budget_model.charts.small_multiples import (
    monthly_courses,
    monthly_panels,
    short_years,
    two_line_years,
    yearly_courses,
    yearly_panels,
)
from budget_model.formats import change, count, counted, dollars, is_money, shown_change
from budget_model.projection import MATCH_LABEL, Projection
from budget_model.timeline import TOTAL, month_label

_MONEY = "%{x}, %{fullData.name}: %{y:$,.0f}<extra></extra>"
_NOW = "Now"
_NOBODY = 0.05  # people: less shows as none
_FEW = 8  # sites that a sentence may list
_NO_GROUPS: Mapping[str, str] = MappingProxyType({})
_CAUSES = 12  # bars of a bridge, beside one for all smaller changes


def cost_by_year(projection: Projection, split: str, title: str) -> Chart:
    """Cost for each fiscal year, stacked by a row such as `cost_by_class`; the total stands above."""
    every = projection.yearly_table(split)
    table = _used(every)
    totals = pd.Series(projection.by_year("gross_appropriation"), projection.years)
    largest = table[TOTAL].idxmax() if len(table) else "nothing"
    summary = f"{_course(projection, 'gross_appropriation', 'Cost')} The largest part is {largest}."
    figures = _of_items(every, split) | {TOTAL: ("gross_appropriation",)}
    drawing = _stack(table, fills_of(every.index), totals, figures=figures)
    return Chart(title, drawing, summary, _with_total(table, totals), "dollars", figures, course_of_years(TOTAL, totals))


def sources_by_year(projection: Projection) -> Chart:
    """Who pays the cost of each fiscal year: every source, cash match, and the funding gap."""
    gap = pd.DataFrame([projection.by_year("funding_gap")], index=[GAP], columns=list(projection.years))
    table = _used(pd.concat([projection.sources, gap]))
    totals = pd.Series(projection.by_year("gross_appropriation"), projection.years)
    summary = f"{outside_money_in_words(projection)} {gap_in_words(projection)}"
    names = [source.name for source in projection.scenario.funding_sources]
    figures: dict[str, tuple[str, ...]] = {name: ("drawdown", name) for name in names}
    figures |= {f"{MATCH_LABEL}{name}": ("match_paid", name) for name in names}
    figures |= {GAP: ("funding_gap",), TOTAL: ("gross_appropriation",)}
    drawing = _stack(table, source_fills(projection.scenario), totals, groups=_standings(projection), figures=figures)
    whole = _with_total(table, totals)
    return Chart("Who pays, and who would pay", drawing, summary, whole, "dollars", figures, course_of_years(TOTAL, totals))


def sources_by_month(projection: Projection) -> Chart:
    """When each source is drawn, with its cash match, and when the gap falls: a bar for each month."""
    drawn = projection.monthly("drawdown")
    found = {source.name: drawn[index] for index, source in enumerate(projection.scenario.funding_sources)}
    figures = {name: ("drawdown", name) for name in found} | {MATCH: ("all_match_paid",), GAP: ("funding_gap",)}
    found |= {MATCH: projection.monthly("all_match_paid"), GAP: projection.monthly("funding_gap")}
    months = [f"{month:%b %Y}" for month in projection.timeline.months]
    table = _used(pd.DataFrame.from_dict(found, orient="index", columns=months))
    fills, groups = source_fills(projection.scenario), _standings(projection)
    dates = [month.isoformat() for month in projection.timeline.months]
    traces = [
        {
            "type": "bar",
            "x": dates,
            "y": values.to_list(),
            "name": str(name),
            "marker": marker(fills[str(name)], edge=0.5),
            "hovertemplate": f"%{{x|%b %Y}}, {name}: %{{y:$,.0f}}<extra></extra>",
            "legendgroup": groups.get(str(name), ""),
            **_explained(figures[str(name)], [month_label(month) for month in projection.timeline.months]),
        }
        for name, values in table.iterrows()
    ]
    layout = {
        "barmode": "stack",
        "bargap": 0.08,
        "height": 360,
        "xaxis": {"type": "date", "tickformat": "%b '%y", "tick0": "2000-07-01", "dtick": "M12", "tickangle": 0},
        "yaxis": {"tickformat": "$~s", "nticks": 6, "rangemode": "tozero"},
    }
    summary = _months_of_the_gap(projection, months)
    return Chart("When each source is drawn, by month", Drawing(traces, layout), summary, table.T, "dollars")


def _months_of_the_gap(projection: Projection, months: list[str]) -> str:
    """Return in which months the gap falls, in a sentence."""
    gap = projection.monthly("funding_gap")
    short = [index for index, amount in enumerate(gap) if round(float(amount))]
    if not short:
        return "No month has a gap."
    largest = int(np.argmax(gap))
    span = (
        f"in {counted(len(short), 'month')} from {months[short[0]]} to {months[short[-1]]}" if len(short) > 1 else f"in {months[short[0]]}"
    )
    return f"The gap falls {span}; it is largest in {months[largest]} ({dollars(float(gap[largest]))})."


def _standings(projection: Projection) -> dict[str, str]:
    """Return the group of the legend in which each source stands: what may be said of its money, and how the budget shows it."""
    return {source.name: f"{standing(source)}, {source.treatment.lower()}" for source in projection.scenario.funding_sources}


def funding_gap(projection: Projection) -> Chart:
    """The cost of each fiscal year that no source pays."""
    table = pd.DataFrame([projection.by_year("funding_gap")], index=[GAP], columns=list(projection.years))
    figures = {GAP: ("funding_gap",)}
    drawing = _stack(table, fills_of([GAP]), table.T[GAP], figures=figures)
    return Chart(
        "Funding gap by fiscal year", drawing, gap_in_words(projection), table, "dollars", figures, course_of_years(GAP, table.T[GAP])
    )


def effect_by_year(saved: Projection, now: Projection) -> Chart:
    """Net county cost of each fiscal year as it stands now, who pays it, and a line where it was saved."""
    cost = now.by_year("net_county_cost")
    payers = {COUNTY_MONEY: "county_allocations", MATCH: "all_match_paid", GAP: "funding_gap"}
    paid = {name: now.by_year(row) for name, row in payers.items() if now.by_year(row).round(2).any()}
    known = dict(zip(saved.years, saved.by_year("net_county_cost"), strict=True))
    before = np.array([known.get(year, 0.0) for year in now.years])
    amounts = {_NOW: cost, **paid, "Saved": before, "Difference": cost - before}
    years, drawn = list(now.years[:-1]), slice(0, -1)
    shown = {"x": years, "hovertemplate": _MONEY}
    traces = [
        {
            "type": "bar",
            "y": paid[name][drawn].tolist(),
            "name": name,
            "marker": marker(fill),
            **shown,
            **_explained((payers[name],), years),
        }
        for name, fill in fills_of(paid).items()
    ]
    line = {"symbol": "line-ew", "size": 34, "line": {"width": 3, "color": EDGE}}
    traces.append({"type": "scatter", "mode": "markers", "y": before[drawn].tolist(), "name": "Saved", "marker": line, **shown})
    labels = {"text": cost[drawn].tolist(), "texttemplate": "%{text:$.3s}", "textposition": "top center", "cliponaxis": False}
    above = {"size": 8, "opacity": 0}  # keeps the label off the line
    labels |= {"x": years, "y": np.maximum(cost, before)[drawn].tolist(), "hoverinfo": "skip", "marker": above}
    traces.append({"type": "scatter", "mode": "markers+text", **labels})
    layout = {
        "barmode": "stack",
        "height": 380,
        "margin": {"l": 52, "r": 8, "t": 28, "b": 28},  # given, for finding them takes a third of the time to draw
        "xaxis": {"automargin": False, **short_years(years)},
        "yaxis": {"tickformat": "$~s", "nticks": 6, "rangemode": "tozero", "automargin": False},
    }
    moved = shown_change(float(before[-1]), float(cost[-1]), "dollars")
    than = "as saved" if moved == "no change" else f"{moved} against the saved scenario"
    summary = f"Net county cost is {dollars(float(cost[-1]))} over all fiscal years, {than}. {gap_in_words(now)}"
    table = pd.DataFrame(np.array([*amounts.values()]), index=[*amounts], columns=list(now.years))
    figures = {name: (payers[name],) for name in paid} | {_NOW: ("net_county_cost",)}
    courses = course_of_years(_NOW, table.T[_NOW])
    return Chart("Net county cost by fiscal year", Drawing(traces, layout), summary, table, "dollars", figures, courses)


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
    drawn = partial(monthly_panels, projection, sites, rows, "%{y:,.0f}", shared=True)
    figures = _of_items(table, "active_participants")
    courses = monthly_courses(projection, sites, "active_participants", "Active participants")
    title = "Active participants against slots, by month"
    return Chart(title, drawn(), f"{summary}.", table, "participants", figures, courses, partial(drawn, abreast=1))


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
        "Waiting": ("people_waiting", LINE_ORANGE, "dash"),
    }
    yaxis = {"rangemode": "tozero", "nticks": 4}
    drawn = partial(monthly_panels, projection, names, rows, "%{y:,.1f}", shared=False, yaxis=yaxis)
    row = "people_in_place"
    table, courses = projection.yearly_table(row), monthly_courses(projection, names, row, "People in place")
    title, figures = "People in place and waiting, by month", _of_items(table, row)
    return Chart(title, drawn(), summary, table, "people", figures, courses, partial(drawn, abreast=1))


def award_left(projection: Projection) -> Chart:
    """Money of each source left at the end of each month; what a source earns as it is spent leaves no balance and is left out."""
    left = projection.monthly("award_left")
    shown = [source for source in range(len(left)) if left[source].max(initial=0.0) > 1]
    names = [projection.scenario.funding_sources[source].name for source in shown]
    given_up = projection.yearly_table("outside_money_lost")[TOTAL]
    lost = [f"{name} ({dollars(amount)})" for name, amount in given_up.items() if round(amount)]
    summary = f"Outside money is lost unused from {', '.join(lost)}." if lost else "No outside money is lost."
    yaxis = {"tickformat": "$~s", "rangemode": "tozero", "nticks": 4}
    rows = {"Money left": ("award_left", BLUE, "solid")}
    drawn = partial(monthly_panels, projection, names, rows, "%{y:$,.0f}", shared=False, yaxis=yaxis, items=shown)
    table, courses = projection.yearly_table("award_left"), monthly_courses(projection, names, "award_left", "", shown)
    title, figures = "Money left of each source, by month", _of_items(table, "award_left")
    return Chart(title, drawn(), summary, table, "dollars", figures, courses, partial(drawn, abreast=1))


def site_years(projection: Projection, row: str, title: str, unit: str) -> Chart:
    """One figure of every site, a panel for each site with a bar for each fiscal year, all to the same scale."""
    every = projection.yearly_table(row)
    years, last = every[list(projection.years[:-1])], projection.years[-2]
    form = "$.3s" if is_money(unit) else ",.0f"
    yaxis = {"tickformat": "$~s" if is_money(unit) else ",", "nticks": 4, "rangemode": "tozero"}
    drawn = partial(yearly_panels, years.mask(years.abs() < _NOBODY), row, f"%{{y:{form}}}", f"%{{y:{form}}}", yaxis)
    largest, most = years[last].idxmax(), float(years[last].max())
    said = dollars(most) if is_money(unit) else count(most, 0)
    summary = f"In {last} {largest} has the most ({said})." if round(most) else f"No site has this figure in {last}."
    return Chart(title, drawn(), summary, every, unit, _of_items(every, row), yearly_courses(years), partial(drawn, abreast=1))


def by_site(projection: Projection, row: str, year: str, title: str) -> Chart:
    """One figure of every site in a fiscal year, as bars from the largest to the smallest; nil, or a year not covered, is left out."""
    values = projection.yearly_table(row).get(year, pd.Series(name=year, dtype=float))
    values = values[values > 0].sort_values()
    bars = {
        "type": "bar",
        "x": values.to_list(),
        "y": [wrapped(name) for name in values.index],
        "orientation": "h",
        "marker": marker(Fill(BLUE)),
        "texttemplate": "%{x:$,.0f}",
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": "%{y}: %{x:$,.0f}<extra></extra>",
        "customdata": [text_of(row, year, [str(name)]) for name in values.index],
    }
    axes = {"xaxis": {"visible": False}, "yaxis": {"showgrid": False}}
    layout = {"height": 24 + 40 * len(values), "bargap": 0.45, "margin": {"l": 8, "r": 70, "t": 0, "b": 8}, **axes}
    drawing = Drawing([bars], layout)
    if values.empty:
        return Chart(title, drawing, f"No site has this figure in {year}.", values.to_frame(), "dollars")
    span = f"from {dollars(values.iloc[0])} in {values.index[0]} to {dollars(values.iloc[-1])} in {values.index[-1]}"
    table = values[::-1].to_frame()
    courses = (Course("", {wrapped(str(name)): float(value) for name, value in values.items()}, "across"),)
    summary = f"{'Over all years' if year == TOTAL else year}: {span}."
    return Chart(title, drawing, summary, table, "dollars", _of_items(table, row), courses)


def heads(projection: Projection, row: str, total_row: str, title: str, unit: str) -> Chart:
    """People of a row at the end of each fiscal year, stacked; `total_row` names the model's own total of them."""
    table = projection.yearly_table(row)
    used = _used(table)
    totals = pd.Series(projection.by_year(total_row), projection.years)
    figures = _of_items(table, row) | {TOTAL: (total_row,)}
    drawing = _stack(used, fills_of(table.index), totals, "%{text:,.1f}", "%{y:,.1f}", ",", figures=figures)
    each = ", ".join(f"{count(totals[year])} in {year}" for year in projection.years[:-1])
    summary = f"{unit.capitalize()} at the end of the year: {each}."
    return Chart(title, drawing, summary, _with_total(used, totals), unit, figures, course_of_years(TOTAL, totals))


def waterfall(found: Bridge, names: tuple[str, str]) -> Chart:
    """How net county cost goes from one scenario to another, the largest causes by themselves, in the order of the bridge."""
    first, second = names
    effects = list(zip(found.steps, found.whole_dollars, strict=True))
    largest = sorted(found.steps, key=lambda step: -abs(step.effect))[:_CAUSES]
    steps = [(step.cause.label, step.effect, whole) for step, whole in effects if step in largest]
    if smaller := [(step.effect, whole) for step, whole in effects if step not in largest]:
        exact, printed = map(sum, zip(*smaller, strict=True))
        steps.append((f"{len(smaller)} smaller changes", exact, printed))
    labels = [first, *(f"{number}. {label}" for number, (label, *_) in enumerate(steps, 1)), f"{second} "]  # no two may be alike
    values = [found.before, *(exact for _, exact, _ in steps), found.after]
    bars = {
        "type": "waterfall",
        "orientation": "h",
        "measure": ["absolute", *("relative" for _ in steps), "total"],
        "y": labels,
        "x": values,
        "text": [dollars(found.before), *(change(printed, "dollars") for *_, printed in steps), dollars(found.after)],
        "textposition": "outside",
        "cliponaxis": False,
        "increasing": {"marker": marker(Fill(ORANGE))},
        "decreasing": {"marker": marker(Fill(SKY))},
        "totals": {"marker": marker(Fill(BLUE))},
        "connector": {"line": {"color": GRAY, "width": 1}},
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }
    layout = {
        **lying_bars(labels),
        "xaxis": {"tickformat": "$~s", "nticks": 6, "showgrid": True, "rangemode": "tozero"},
    }
    table = pd.DataFrame({"Net county cost": values}, index=labels)
    return Chart("The bridge of net county cost", Drawing([bars], layout), bridge_in_words(found, names), table, "dollars")


def bridge_in_words(found: Bridge, names: tuple[str, str]) -> str:
    """Return the bridge in a sentence or two: the difference, and the causes that matter most."""
    first, second = names
    if not found.steps:
        return f"{second} costs the County as much as {first}: no difference moves net county cost."
    difference = found.whole_difference
    direction = "more" if difference > 0 else "less"
    largest = sorted(zip(found.steps, found.whole_dollars, strict=True), key=lambda one: -abs(one[0].effect))[:3]
    said = "; ".join(f"{step.cause.label}: {change(printed, 'dollars')}" for step, printed in largest)
    whole = f"{second} costs the County {dollars(abs(difference))} {direction} than {first} over all months"
    if not difference:
        whole = f"{second} costs the County as much as {first}; changes cancel out"
    return f"{whole}. What moves it most: {said}."


def _stack(
    table: pd.DataFrame,
    fills: Mapping[str, Fill],
    totals: pd.Series,
    top: str = "%{text:$.3s}",
    hover: str = "%{y:$,.0f}",
    ticks: str = "$~s",
    groups: Mapping[str, str] = _NO_GROUPS,
    figures: Figures = NO_FIGURES,
) -> Drawing:
    """Return bars for each fiscal year, one on the other in the table's order, with the totals above them.

    `groups` are the titles under which names stand together in the legend.
    """
    years = [str(name) for name in table.columns if name != TOTAL]
    traces: list[dict[str, Any]] = []
    for name, values in table[years].iterrows():
        filled = marker(fills[str(name)])
        label = f"{name}: {hover}<extra></extra>"
        shown = {"name": str(name), "marker": filled, "hovertemplate": label, "legendgroup": groups.get(str(name), "")}
        shown |= _explained(figures[str(name)], years) if str(name) in figures else {}
        traces.append({"type": "bar", "x": years, "y": values.to_list(), **shown})
    above = totals[[year for year in years if round(float(totals[year]), 1)]]
    labels = {"text": above.to_list(), "texttemplate": top, "mode": "text", "textposition": "top center", "cliponaxis": False}
    points = {"x": above.index.to_list(), "y": above.to_list(), "showlegend": False, "hoverinfo": "skip"}
    traces.append({"type": "scatter", **points, **labels})
    return Drawing(
        traces,
        {
            "barmode": "stack",
            "height": 360,
            "xaxis": two_line_years(years),
            "yaxis": {"tickformat": ticks, "nticks": 6, "rangemode": "tozero"},
        },
    )


def _explained(figure: tuple[str, ...], times: Sequence[str]) -> dict[str, Any]:
    """Return what a trace says of its bars, so that a page can open the reasons of each: the address of its figure in a year or month."""
    row, *items = figure
    return {"customdata": [text_of(row, at, items) for at in times]}


def _of_items(table: pd.DataFrame, row: str) -> dict[str, tuple[str, ...]]:
    """Return of which row and item each line of a row's yearly table is."""
    return {str(name): (row, str(name)) for name in table.index}


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
