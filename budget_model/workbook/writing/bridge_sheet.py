"""The sheet of bridges: what leads from the first scenario's net county cost to that of each other one, cause by cause.

It is the bridge of the dashboard (analysis/bridge.py), over the months that both cover: values of the day the workbook was made,
with a cell that says whether the sheets still come to what the bridge leads from and to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.chart import Chart
from xlsxwriter.utility import xl_col_to_name

from budget_model.analysis.bridge import Bridge as Steps
from budget_model.analysis.bridge import Step, bridge
from budget_model.analysis.shared_months import Months, in_words, months_of, shared_months
from budget_model.charts.hues import MANY
from budget_model.formats import HALF_A_CENT, counted
from budget_model.projection import project
from budget_model.timeline import serial
from budget_model.workbook.layout.book import Book
from budget_model.workbook.layout.styles import height_of, lines_of, number_format
from budget_model.workbook.layout.template import Bridge, Comparison, ComparisonChart
from budget_model.workbook.sheets.sheet import Pen
from budget_model.workbook.sheets.summary_sheets import GRIDLINES
from budget_model.workbook.writing.compared_sheet import FIRST_SCENARIO, HEAD, Levels, head, headings, over_chosen_months

_HEADS = (("Cause", 62), ("Before", 34), ("After", 34), ("Adds to net county cost ($)", 20))
_CAUSE, _BEFORE, _AFTER, _EFFECT = range(4)
_HEAD_ROW, _TOLERANCE_ROW = 2, 3
_MOST = 12  # causes by themselves, as in the dashboard's chart; smaller ones are one line, and named below it
_CHART_ROWS = 18
_FONT = {"size": 11}  # of charts: 7 points and more on paper
_DOLLARS = {"name": "Dollars", "name_font": {**_FONT, "bold": False}, "num_font": _FONT, "major_gridlines": GRIDLINES}
_NO_DIFFERENCE = "No difference between them moves net county cost in these months."
EQUAL, CHANGED = "The sheets come to these figures.", "LOOK: the sheets have changed since this bridge was made."


@dataclass(frozen=True)
class _Pair:
    """Two scenarios, what each is called, and the months over which the bridge leads from one to the other."""

    books: tuple[Book, Book]
    names: tuple[str, str]
    months: Months
    steps: Steps


def write_bridges(pen: Pen, layout: Comparison, books: Sequence[Book], levels: Levels) -> None:
    """Draw what the scenarios come to, and write the bridge from the first to each other one that shares a month with it."""
    for column, (_, width) in enumerate(_HEADS):
        pen.sheet.set_column(column, column, width)
    head(pen, layout.bridge.title, layout.bridge.note, _EFFECT)
    for column, (text, _) in enumerate(_HEADS):
        pen.text(_HEAD_ROW, column, text, "head" if column else "head_left")
    pen.sheet.set_row(_HEAD_ROW, height_of(2))
    pen.text(_TOLERANCE_ROW, _AFTER, "Tolerance, dollars", "small")
    pen.number(_TOLERANCE_ROW, _EFFECT, HALF_A_CENT, pen.styles("plain", "0.000"))
    pen.sheet.freeze_panes(_TOLERANCE_ROW + 1, 1)
    line, parts, names = _draw_levels(pen, _TOLERANCE_ROW + 1, layout.chart, levels), [], headings(books)
    for number, other in enumerate(books[1:], 1):
        parts.append(line)
        months = shared_months([books[0].projection.timeline, other.projection.timeline])
        if months is None:
            pen.band(line, f"From {names[0]} to {names[number]}: no month is covered by both", _EFFECT)
            line += 2
            continue
        steps = bridge(project(books[0].scenario), project(other.scenario), months=months)
        line, chart = _write(pen, line, layout.bridge, _Pair((books[0], other), (names[0], names[number]), months, steps))
        parts += [chart] * (chart > 0)
    pen.on_paper(line - 1, _EFFECT, head=(0, _HEAD_ROW), parts=parts, whole=True)


def _draw_levels(pen: Pen, line: int, declared: ComparisonChart, levels: Levels) -> int:
    """Draw what each scenario comes to over the months chosen on the sheet of the comparison; return the row after the chart."""
    chart = pen.pens.workbook.add_chart({"type": "column"})
    for color, row in zip(MANY, levels.rows, strict=False):
        chart.add_series({
            "name": [levels.sheet, row, 0],
            "categories": [levels.sheet, HEAD, FIRST_SCENARIO, HEAD, levels.last],
            "values": [levels.sheet, row, FIRST_SCENARIO, row, levels.last],
            "fill": {"color": color},
        })  # fmt: skip
    chart.set_title({"name": declared.title, "name_font": {"size": 12}})
    chart.set_x_axis({"num_font": _FONT})
    chart.set_y_axis({**_DOLLARS, "num_format": "#,##0", "min": 0})
    chart.set_legend({"position": "bottom", "font": _FONT})
    _place(pen, line, chart, declared.alt)
    return line + _CHART_ROWS + 1


def _write(pen: Pen, line: int, layout: Bridge, pair: _Pair) -> tuple[int, int]:
    """Write a bridge; return the row after it, and the row at which its chart begins, 0 without one."""
    first, second = pair.names
    all_months = months_of(pair.books[0].projection.timeline) == months_of(pair.books[1].projection.timeline)
    span = "all months" if all_months else "the months that both cover"
    pen.band(line, f"From {first} to {second}, over {span}, {in_words(pair.months)}", _EFFECT)
    start, dollars, total = line + 1, pen.figure("dollars"), pen.figure("dollars", "total")
    pen.band(start, f"Net county cost of {first}", _EFFECT, "total")
    pen.number(start, _EFFECT, pair.steps.before, total)
    largest = sorted(pair.steps.steps, key=lambda step: -abs(step.effect))[:_MOST]
    by_themselves = [step for step in pair.steps.steps if step in largest]
    smaller = [step for step in pair.steps.steps if step not in largest]
    line = start
    if not pair.steps.steps:
        line += 1
        pen.text(line, _CAUSE, _NO_DIFFERENCE, "item")
    for step in by_themselves:
        line = _cause(pen, line + 1, step)
    letter = xl_col_to_name(_EFFECT)
    if smaller:
        line += 1
        pen.text(line, _CAUSE, counted(len(smaller), "smaller change"), "item")
        rest = f"=SUM({letter}{line + 6}:{letter}{line + 5 + len(smaller)})"
        pen.formula(line, _EFFECT, rest, sum(step.effect for step in smaller), dollars)
    end = line + 1
    pen.band(end, f"Net county cost of {second}", _EFFECT, "total")
    pen.formula(end, _EFFECT, f"=SUM({letter}{start + 1}:{letter}{end})", pair.steps.after, total)
    line = _said(pen, end + 1, pair, start, end)
    if smaller:
        pen.text(line, _CAUSE, "The smaller changes", "strong")
        for step in smaller:
            line = _cause(pen, line + 1, step)
        line += 1
    if not by_themselves:
        return line + 1, 0
    _chart(pen, line + 1, f"From {first} to {second}", layout.alt, (start + 1, end - 1))
    return line + 2 + _CHART_ROWS, line + 1


def _cause(pen: Pen, line: int, step: Step) -> int:
    texts = (step.cause.label, str(step.cause.before), str(step.cause.after))
    for column, text in enumerate(texts):
        pen.text(line, column, text, "wrapped")
    pen.sheet.set_row(line, height_of(max(lines_of(text, _HEADS[column][1]) for column, text in enumerate(texts))))
    pen.number(line, _EFFECT, step.effect, pen.figure("dollars", "top"))
    return line


def _said(pen: Pen, line: int, pair: _Pair, start: int, end: int) -> int:
    """Write whether the steps lead to the second scenario, and whether the sheets still come to both figures; return the next line."""
    letter, tolerance = xl_col_to_name(_EFFECT), f"${xl_col_to_name(_EFFECT)}${_TOLERANCE_ROW + 1}"
    now, month = [], pen.styles("left", number_format("month"))
    for column, day in zip((_BEFORE, _AFTER), pair.months, strict=True):
        pen.number(line, column, serial(day), month)
    begin, final = (f"${xl_col_to_name(column)}${line + 1}" for column in (_BEFORE, _AFTER))
    for number, (book, cost) in enumerate(zip(pair.books, (pair.steps.before, pair.steps.after), strict=True)):
        letter_of_it, _, _ = pair.names[number].partition(":")
        pen.text(line + number, _CAUSE, f"On the sheets now: net county cost of {letter_of_it}", "item")
        formula = over_chosen_months(book, book.blocks["net_county_cost"], (), begin, final)
        pen.formula(line + number, _EFFECT, f"={formula}", cost, pen.figure("dollars"))
        now.append(f"{letter}{line + number + 1}")
    is_equal = f"ABS({now[0]}-{letter}{start + 1})+ABS({now[1]}-{letter}{end + 1})<={tolerance}"
    pen.formula(line + 1, _BEFORE, f'=IF({is_equal},"{EQUAL}","{CHANGED}")', EQUAL, pen.styles("status"))
    pen.verdict(line + 1, _BEFORE)
    return line + 2


def _chart(pen: Pen, line: int, title: str, alt: str, causes: tuple[int, int]) -> None:
    """Draw the causes that stand in the rows from one to another."""
    first, last = causes
    chart = pen.pens.workbook.add_chart({"type": "bar"})
    chart.add_series({
        "name": [pen.name, _HEAD_ROW, _EFFECT],
        "categories": [pen.name, first, _CAUSE, last, _CAUSE],
        "values": [pen.name, first, _EFFECT, last, _EFFECT],
        "fill": {"color": MANY[0]},
        "invert_if_negative": True,
        "invert_if_negative_color": MANY[5],
        "gap": 50,
    })  # fmt: skip
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "label_position": "low", "num_font": _FONT})
    chart.set_x_axis({**_DOLLARS, "num_format": "#,##0;(#,##0)", "label_position": "high"})
    _place(pen, line, chart, alt)


def _place(pen: Pen, line: int, chart: Chart, alt: str) -> None:
    chart.set_size({"width": 860, "height": 20 * (_CHART_ROWS - 1)})
    pen.sheet.insert_chart(line, 0, chart, {"description": alt, "object_position": 2})
