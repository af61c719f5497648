"""The sheet of bridges: what leads from the first scenario's net county cost to that of each other one, cause by cause.

It is the bridge of the dashboard (analysis/bridge.py), over the months that both cover: values of the day the workbook was made,
with a cell that says whether the sheets still come to what the bridge leads from and to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
from budget_model.workbook.layout.template import Bridge
from budget_model.workbook.sheets.sheet import Pen
from budget_model.workbook.sheets.summary_sheets import GRIDLINES
from budget_model.workbook.writing.compared_sheet import head, headings, over_chosen_months

_HEADS = (("Cause", 62), ("Before", 34), ("After", 34), ("Adds to net county cost ($)", 20))
_CAUSE, _BEFORE, _AFTER, _EFFECT = range(4)
_TOLERANCE_ROW = 2
_MOST = 12  # causes by themselves, as in the dashboard's chart; smaller ones are one line, and named below it
_CHART_ROWS = 18
_NO_DIFFERENCE = "No difference between them moves net county cost in these months."
EQUAL, CHANGED = "The sheets come to these figures.", "LOOK: the sheets have changed since this bridge was made."


@dataclass(frozen=True)
class _Pair:
    """Two scenarios, what each is called, and the months over which the bridge leads from one to the other."""

    books: tuple[Book, Book]
    names: tuple[str, str]
    months: Months
    steps: Steps


def write_bridges(pen: Pen, layout: Bridge, books: Sequence[Book]) -> None:
    """Write the bridge from the first scenario to each other one that shares a month with it."""
    for column, (_, width) in enumerate(_HEADS):
        pen.sheet.set_column(column, column, width)
    head(pen, layout.title, layout.note, _EFFECT)
    pen.text(_TOLERANCE_ROW, _AFTER, "Tolerance, dollars", "small")
    pen.number(_TOLERANCE_ROW, _EFFECT, HALF_A_CENT, pen.styles("plain", "0.000"))
    pen.sheet.freeze_panes(_TOLERANCE_ROW + 1, 1)
    line, parts, names = _TOLERANCE_ROW + 2, [], headings(books)
    for number, other in enumerate(books[1:], 1):
        parts.append(line)
        months = shared_months([books[0].projection.timeline, other.projection.timeline])
        if months is None:
            pen.band(line, f"From {names[0]} to {names[number]}: no month is covered by both", _EFFECT)
            line += 2
            continue
        steps = bridge(project(books[0].scenario), project(other.scenario), months=months)
        line = _write(pen, line, layout, _Pair((books[0], other), (names[0], names[number]), months, steps))
    pen.on_paper(line - 1, _EFFECT, head=(0, 1), parts=parts)


def _write(pen: Pen, line: int, layout: Bridge, pair: _Pair) -> int:
    first, second = pair.names
    all_months = months_of(pair.books[0].projection.timeline) == months_of(pair.books[1].projection.timeline)
    span = "all months" if all_months else "the months that both cover"
    pen.band(line, f"From {first} to {second}, over {span}, {in_words(pair.months)}", _EFFECT)
    for column, (text, _) in enumerate(_HEADS):
        pen.text(line + 1, column, text, "head" if column else "head_left")
    pen.sheet.set_row(line + 1, height_of(2))
    start, dollars, total = line + 2, pen.figure("dollars"), pen.figure("dollars", "total")
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
    if by_themselves:
        _chart(pen, line + 1, layout, start + 1, end - 1)
        line += 1 + _CHART_ROWS
    return line + 1


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
        pen.text(line + number, _CAUSE, f"{pair.names[number]}: net county cost on the sheets now", "item")
        formula = over_chosen_months(book, book.blocks["net_county_cost"], (), begin, final)
        pen.formula(line + number, _EFFECT, f"={formula}", cost, pen.figure("dollars"))
        now.append(f"{letter}{line + number + 1}")
    is_equal = f"ABS({now[0]}-{letter}{start + 1})+ABS({now[1]}-{letter}{end + 1})<={tolerance}"
    pen.formula(line + 1, _BEFORE, f'=IF({is_equal},"{EQUAL}","{CHANGED}")', EQUAL, pen.styles("status"))
    pen.verdict(line + 1, _BEFORE)
    return line + 2


def _chart(pen: Pen, line: int, layout: Bridge, first: int, last: int) -> None:
    chart = pen.pens.workbook.add_chart({"type": "bar"})
    chart.add_series({
        "name": [pen.name, first - 2, _EFFECT],
        "categories": [pen.name, first, _CAUSE, last, _CAUSE],
        "values": [pen.name, first, _EFFECT, last, _EFFECT],
        "fill": {"color": MANY[0]},
        "invert_if_negative": True,
        "invert_if_negative_color": MANY[5],
        "gap": 50,
    })  # fmt: skip
    chart.set_title({"name": layout.title, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "label_position": "low"})
    chart.set_x_axis({"num_format": "#,##0;(#,##0)", "label_position": "high", "name": "Dollars", "major_gridlines": GRIDLINES})
    chart.set_size({"width": 860, "height": 20 * (_CHART_ROWS - 1)})
    pen.sheet.insert_chart(line, 0, chart, {"description": layout.alt, "object_position": 2})
