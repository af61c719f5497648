"""The range of a simulation in the workbook: values with the seed and method they were drawn with, beside native charts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from budget_model.charts.hues import BLUE, EDGE, ORANGE, SKY
from budget_model.engine.arrays import Array
from budget_model.formats import NIL, millions, worded, written
from budget_model.simulation.outputs import NET_COUNTY_COST
from budget_model.simulation.results import Simulation
from budget_model.simulation.tornado import questions, share_of_low_confidence, tornado, widest
from budget_model.simulation.wording import (
    ALONE,
    APART,
    ENDS,
    HAS_A_RANGE,
    MEANING,
    MOVERS,
    NOTHING_MOVES,
    RESERVE,
    drawn_in_words,
    moves_most,
    percentile_of_the_plan,
    rules_in_words,
)
from budget_model.workbook.layout.styles import height_of, lines_of
from budget_model.workbook.layout.template import RangeSheet
from budget_model.workbook.sheets.sheet import Pen
from budget_model.workbook.sheets.summary_sheets import GRIDLINES

_MILLIONS, _SHARE, _WHOLE = '$#,##0.0,,"M";($#,##0.0,,"M");--', "0%", "0"
_NO_MILLIONS = '"--";"--";"--"'  # of less than a tenth of a million
_ON_AXIS = '$#,##0.0,,"M";($#,##0.0,,"M");$0'
_BARS = 10
_LOOKS: tuple[dict[str, Any], ...] = (  # of the bars of either end
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#FFFFFF", "bg_color": SKY}},
    {"fill": {"color": BLUE}},
)
_FAN = {10: SKY, 25: SKY, 50: BLUE, 75: SKY, 90: SKY}
_PLAN = "Plan"
_WIDTHS = (62, 15, 15, 15, 15, 15, 15, 15, 26)
_QUESTIONS = (
    "What to find out first", "Share of the variance", "At P10", "At P90", "Confidence", "Value", "P10", "P90", "Who can confirm it",
)  # fmt: skip
_LETTERS = 150  # of a sentence on a line over all columns
_CHART_LINES, _BARS_LINES = 18, 24  # that a chart covers


def write_range(pen: Pen, declared: RangeSheet) -> None:
    """Write percentiles by fiscal year, the S-curve of all months and what moves it, with their charts, and what to find out first."""
    simulation = pen.book.simulation
    assert simulation is not None
    for column, width in enumerate(_WIDTHS):
        pen.sheet.set_column(column, column, width)
    pen.head(declared.title)
    pen.text(2, 0, declared.note, "status")
    line = _sentences(pen, 4, (percentile_of_the_plan(simulation), RESERVE))
    parts = [line + 1]
    said = [rules_in_words(simulation), drawn_in_words(simulation), MEANING, APART]
    written = [_by_year, _curve]
    if widest(simulation, 1):
        written += [_movers, _questions]
        low = share_of_low_confidence(tornado(simulation))
        said.insert(0, f"{low:.0%} of what the numbers explain of the variance is of numbers of low confidence.")
    else:
        said.insert(0, f"{NOTHING_MOVES} {HAS_A_RANGE}")
    for part in written:
        line = part(pen, line + 1, simulation)
        parts.append(line + 1)
    line = _sentences(pen, line + 1, said)
    last = _facts(pen, line + 1, simulation)
    pen.on_paper(last, len(_WIDTHS) - 1, parts=parts, whole=True)


def _sentences(pen: Pen, line: int, sentences: Iterable[str]) -> int:
    for sentence in sentences:
        pen.sheet.merge_range(line, 0, line, len(_WIDTHS) - 1, "", pen.styles("wrapped"))
        pen.text(line, 0, sentence, "wrapped")
        pen.sheet.set_row(line, height_of(lines_of(sentence, _LETTERS)))
        line += 1
    return line


def _heads(pen: Pen, line: int, heads: Iterable[str]) -> int:
    for column, text in enumerate(heads):
        pen.text(line, column, text, "head" if column else "head_left")
    pen.sheet.set_row(line, 30)
    return line + 1


def _numbers(pen: Pen, line: int, label: str, values: Iterable[float], form: str) -> int:
    pen.text(line, 0, label, "wrapped")
    pen.sheet.set_row(line, height_of(_lines(label, 0)))
    for column, value in enumerate(values, 1):
        _number(pen, line, column, value, form)
    return line + 1


def _lines(text: str, column: int) -> int:
    """Return how many lines a text takes in a column, within its indent."""
    return lines_of(text, _WIDTHS[column] - 2)


def _number(pen: Pen, line: int, column: int, value: float, form: str) -> None:
    """Write a value with as many digits as a spreadsheet keeps, so that it reads back as it was written; nil shows as on the pages."""
    if form == _MILLIONS and millions(value) == NIL:
        form = _NO_MILLIONS
    pen.number(line, column, float(f"{value:.12g}"), pen.styles("top", form))


def _by_year(pen: Pen, line: int, simulation: Simulation) -> int:
    """Write net county cost by fiscal year and over all months, with a chart of the years; return the line after it."""
    head = line
    line = _heads(pen, line, ["Net county cost", *simulation.years])
    rows: dict[str, Array] = {_PLAN: simulation.base(NET_COUNTY_COST)}
    rows |= {f"P{percent}": simulation.percentile(NET_COUNTY_COST, percent) for percent in _FAN}
    rows["P80"] = simulation.percentile(NET_COUNTY_COST, 80)
    of_chart = {}
    for label, values in rows.items():
        of_chart[label] = line
        line = _numbers(pen, line, label, values, _MILLIONS)
    for percent in (10, 90):
        values = simulation.percentile(NET_COUNTY_COST, percent, independent=True)
        line = _numbers(pen, line, f"P{percent}, all numbers independent", values, _MILLIONS)
    line = _numbers(pen, line, "Reserve up to the 80th percentile", simulation.reserve, _MILLIONS)
    line = _numbers(pen, line, "The plan's own percentile", simulation.base_percentile(NET_COUNTY_COST), _WHOLE)
    line = _numbers(pen, line, "Chance of a funding gap", simulation.chance_of_a_gap, _SHARE)
    last = len(simulation.years) - 1
    colors = {_PLAN: (ORANGE, 3.0), **{f"P{percent}": (color, 1.5) for percent, color in _FAN.items()}}
    chart = pen.pens.workbook.add_chart({"type": "line"})
    for label, (color, width) in colors.items():
        chart.add_series({
            "name": [pen.name, of_chart[label], 0],
            "categories": [pen.name, head, 1, head, last],
            "values": [pen.name, of_chart[label], 1, of_chart[label], last],
            "line": {"color": color, "width": width},
        })  # fmt: skip
    alt = "Lines: the plan, and the percentiles of the table above, by fiscal year."
    chart.set_y_axis({"num_format": _ON_AXIS, "major_gridlines": GRIDLINES})
    return _placed(pen, line, chart, "Net county cost by fiscal year", alt)


def _curve(pen: Pen, line: int, simulation: Simulation) -> int:
    """Write how likely it is that all months come to an amount or less, with its chart; return the line after it."""
    percents = range(10, 91, 10)
    head = line
    line = _heads(pen, line, ["All months: of 100 draws so many", *(str(percent) for percent in percents[: len(_WIDTHS) - 1])])
    shown = list(percents)[: len(_WIDTHS) - 1]
    for column, percent in enumerate(shown, 1):
        pen.number(head, column, percent, pen.styles("head", _WHOLE))
    amounts = [float(simulation.percentile(NET_COUNTY_COST, percent)[-1]) for percent in shown]
    line = _numbers(pen, line, "come to this amount or less", amounts, _MILLIONS)
    chart = pen.pens.workbook.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    chart.add_series({
        "name": "Draws",
        "categories": [pen.name, line - 1, 1, line - 1, len(shown)],
        "values": [pen.name, head, 1, head, len(shown)],
        "line": {"color": BLUE, "width": 2.5},
        "marker": {"type": "circle", "size": 6, "fill": {"color": BLUE}},
    })  # fmt: skip
    chart.set_x_axis({"num_format": _ON_AXIS, "major_gridlines": GRIDLINES})
    chart.set_y_axis({"num_format": _WHOLE, "major_gridlines": GRIDLINES, "min": 0, "max": 100})
    alt = "Curve: of 100 draws, how many come to an amount or less. The table above the chart has the figures."
    return _placed(pen, line, chart, "Net county cost of all months", alt, legend=False)


def _movers(pen: Pen, line: int, simulation: Simulation) -> int:
    """Write what each of the widest numbers does alone, with its chart; return the line after it."""
    bars = widest(simulation, _BARS)
    line = _sentences(pen, line, (moves_most(bars), ALONE))
    head = line
    first = line = _heads(pen, line, [MOVERS, *ENDS])
    for bar in bars:
        line = _numbers(pen, line, bar.words, (bar.low, bar.high), _MILLIONS)
    chart = pen.pens.workbook.add_chart({"type": "bar"})
    for column, look in enumerate(_LOOKS, 1):
        chart.add_series({
            "name": [pen.name, head, column],
            "categories": [pen.name, first, 0, line - 1, 0],
            "values": [pen.name, first, column, line - 1, column],
            "border": {"color": EDGE, "width": 0.75},
            "gap": 40,
            "overlap": 100,
            **look,
        })  # fmt: skip
    chart.set_y_axis({"reverse": True, "label_position": "low"})
    chart.set_x_axis({"num_format": _ON_AXIS, "label_position": "high", "major_gridlines": GRIDLINES})  # high: below, for bars go down
    alt = "Bars: what each number of the table above does alone to net county cost of all months, the widest first."
    return _placed(pen, line, chart, MOVERS, alt, _BARS_LINES)


def _questions(pen: Pen, line: int, simulation: Simulation) -> int:
    """Write every number that moves net county cost, by who can confirm it, most valuable first; return the line after them."""
    line = _heads(pen, line, _QUESTIONS)
    for one in questions(simulation):
        number, bar = one.bar.number, one.bar
        if not bar.swing:
            continue
        line = _numbers(pen, line, one.words, (bar.share,), _SHARE)
        for column, amount in enumerate((bar.low, bar.high), 2):
            _number(pen, line - 1, column, amount, _MILLIONS)
        ends = (worded(value, number.unit) for value in (number.value, number.least, number.most))
        for column, text in enumerate((number.confidence, *ends, one.owner or "nobody named"), 4):
            pen.text(line - 1, column, text, "wrapped")
        pen.sheet.set_row(line - 1, height_of(max(_lines(one.words, 0), _lines(one.owner, len(_WIDTHS) - 1))))
    return line


def _facts(pen: Pen, line: int, simulation: Simulation) -> int:
    """Write how it was drawn; return the last line."""
    facts: tuple[tuple[str, Any], ...] = (
        ("Seed", simulation.seed),
        ("Draws", simulation.draws),
        ("Method", simulation.method),
        ("Rank correlation within groups", "each group's own" if simulation.rho is None else written(simulation.rho)),
        ("Ranges wider by a factor of", written(simulation.widened)),
        ("Scenario digest", simulation.digest),
    )
    for about, text in facts:
        pen.text(line, 0, about, "item")
        pen.text(line, 1, f"{text:,}" if isinstance(text, int) else text)
        line += 1
    return line - 1


def _placed(pen: Pen, line: int, chart: Any, title: str, alt: str, lines: int = _CHART_LINES, *, legend: bool = True) -> int:
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"} if legend else {"none": True})
    chart.set_size({"width": 900, "height": 20 * (lines - 1)})
    pen.sheet.insert_chart(line, 0, chart, {"description": alt, "object_position": 2})
    return line + lines
