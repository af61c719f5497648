"""Figures by fiscal year, each linked to where it is calculated; and native charts beside the tables they are drawn from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Any

from xlsxwriter.chart import Chart as NativeChart
from xlsxwriter.chart_bar import ChartBar

from budget_model.charts.hues import BLUE, GREEN, MANY, ORANGE, PURPLE, SKY, VERMILION, YELLOW
from budget_model.workbook.layout.book import FIRST_YEAR, TOTAL, Block, Index
from budget_model.workbook.layout.styles import INK, number_format
from budget_model.workbook.layout.template import Chart, Charts, Section, ShownRow, Summary
from budget_model.workbook.sheets.sheet import Pen

_FIRST_VALUE = 2
_CHART_HEIGHT, _CHART_WIDTH = 320, 620  # pixels
_ROW_HEIGHT = 20  # pixels
_GAP = "funding_gap"
_COLORS = (BLUE, ORANGE, SKY, GREEN, YELLOW, PURPLE, *MANY[6:])  # neighbors in a stack far apart
GRIDLINES = {"visible": True, "line": {"color": "#D5DBE0", "width": 0.75}}
_FONT = {"name": "Calibri", "size": 10, "color": INK}
_HATCHED = {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": VERMILION, "bg_color": "#FFFFFF"}}


def write_summary(pen: Pen, declared: Summary) -> None:
    """Write the sections with their rows, one line for each item of a row."""
    pen.head(declared.title, status_column=2)
    pen.text(2, 0, declared.note, "status")
    last = _year_heads(pen, 3)
    pen.sheet.freeze_panes(4, 1)
    pen.sheet.repeat_rows(0, 3)
    line = 4
    for heading, section, item in _sections(pen, declared):
        pen.band(line, heading, last)
        line += 1
        for entry in section.rows:
            for block, index in _items(pen, entry, item):
                _line(pen, line, block, index, entry, of_item=item is not None)
                line += 1
    pen.sheet.print_area(0, 0, line, last)


def _sections(pen: Pen, declared: Summary) -> Iterator[tuple[str, Section, int | None]]:
    """Yield each section with its heading; one that is declared for an axis for each of its items, with the item's place."""
    for section in declared.sections:
        if section.each is None:
            yield section.heading, section, None
        else:
            for position, member in enumerate(pen.book.members[section.each]):
                yield f"{section.heading}{member.name}", section, position


def _year_heads(pen: Pen, line: int) -> int:
    """Write the heads of a table by fiscal year, the total last; return the last column."""
    years = pen.book.projection.years
    for column, text in enumerate(("", "Unit", *years)):
        pen.text(line, column, text, "head")
    pen.sheet.set_column(0, 0, 54)
    pen.sheet.set_column(1, 1, 26)
    pen.sheet.set_column(_FIRST_VALUE, 1 + len(years), 14)
    return 1 + len(years)


def _items(pen: Pen, entry: ShownRow, of: int | None = None) -> Iterator[tuple[Block, Index]]:
    """Yield the items of a row, or those of one item of its first axis."""
    block = pen.book.blocks[entry.row]
    return ((block, index) for index, _ in block.items if of is None or index[0] == of)


def _line(pen: Pen, line: int, block: Block, index: Index, entry: ShownRow, *, of_item: bool = False) -> None:
    """Write one line: label, unit, a link for each fiscal year and for the total. Under an item's heading its name is not repeated."""
    style = "total" if entry.total else "plain"
    if of_item:
        members = block.items[block.line_of[index] - block.first][1][1:]
        label = ": ".join([*filter(None, [entry.label]), *(member.name for member in members)])
        pen.text(line, 0, label, "total" if entry.total else "item")
    else:
        pen.label(line, 0, block, index, entry.label, "total" if entry.total else "item")
    pen.text(line, 1, block.row.unit, style)
    form = pen.figure(block.row.unit, style)
    values = pen.book.projection.by_year(block.row.name)[index].tolist()
    sources = [*range(FIRST_YEAR, FIRST_YEAR + len(values) - 1), TOTAL]
    for column, (source, value) in enumerate(zip(sources, values, strict=True), _FIRST_VALUE):
        pen.link(line, column, block, index, source, value, form)


def write_charts(pen: Pen, declared: Charts) -> None:
    """Write each chart's table with the chart below it, so that both stand on one page."""
    pen.head(declared.title, status_column=2)
    pen.text(2, 0, declared.note, "status")
    line = 4
    breaks = []
    for chart in declared.charts:
        line = _chart(pen, line, chart)
        breaks.append(line)
    pen.sheet.set_h_pagebreaks(breaks[:-1])


def _chart(pen: Pen, line: int, chart: Chart) -> int:
    pen.band(line, chart.title, _year_heads(pen, line + 1))
    head, first = line + 1, line + 2
    line = first
    for entry in chart.rows:
        for block, index in _items(pen, entry):
            _line(pen, line, block, index, entry)
            line += 1
    last = line - 1
    drawn = _stacked(pen, chart, head, first, last) if chart.shape == "stacked by year" else _bars(pen, chart, first, last)
    if chart.line:
        block = pen.book.blocks[chart.line.row]
        _line(pen, line, block, (), chart.line)
        drawn.combine(_as_line(pen, head, line))
        line += 1
    unit = pen.book.blocks[chart.rows[0].row].row.unit
    _dress(drawn, chart.title, unit)
    pen.text(line, 0, chart.alt, "status")
    drawn.set_size({"width": _CHART_WIDTH + 14 * 7 * max(0, len(pen.book.projection.years) - 4), "height": _CHART_HEIGHT})
    pen.sheet.insert_chart(line + 2, 0, drawn, {"description": chart.alt, "object_position": 2})
    return line + 3 + _CHART_HEIGHT // _ROW_HEIGHT


def _range(pen: Pen, first_row: int, first_column: int, last_row: int, last_column: int) -> list[Any]:
    return [pen.name, first_row, first_column, last_row, last_column]


def _stacked(pen: Pen, chart: Chart, head: int, first: int, last: int) -> NativeChart:
    """Draw a column for each fiscal year, a series for each line of the table."""
    drawn = pen.pens.workbook.add_chart({"type": "column", "subtype": "stacked"})
    final = _FIRST_VALUE + len(pen.book.projection.timeline.years) - 1
    colors = cycle(_COLORS)
    lines = [entry.row for entry in chart.rows for _ in _items(pen, entry)]
    for row, name in zip(range(first, last + 1), lines, strict=True):
        fill = _HATCHED if name == _GAP else {"fill": {"color": next(colors)}}
        drawn.add_series({
            "name": [pen.name, row, 0],
            "categories": _range(pen, head, _FIRST_VALUE, head, final),
            "values": _range(pen, row, _FIRST_VALUE, row, final),
            "gap": 60,
            **fill,
        })  # fmt: skip
    return drawn


def _bars(pen: Pen, chart: Chart, first: int, last: int) -> NativeChart:
    """Draw a bar for each line of the table, over all months, in the table's order from the top."""
    drawn = pen.pens.workbook.add_chart({"type": "bar"})
    total = _FIRST_VALUE + len(pen.book.projection.years) - 1
    drawn.add_series({
        "name": chart.title,
        "categories": _range(pen, first, 0, last, 0),
        "values": _range(pen, first, total, last, total),
        "fill": {"color": BLUE},
        "gap": 50,
        "data_labels": {"value": True, "num_format": "#,##0"},
    })  # fmt: skip
    drawn.set_y_axis({"reverse": True, "num_font": _FONT})
    drawn.set_legend({"none": True})
    return drawn


def _as_line(pen: Pen, head: int, row: int) -> NativeChart:
    drawn = pen.pens.workbook.add_chart({"type": "line"})
    final = _FIRST_VALUE + len(pen.book.projection.timeline.years) - 1
    drawn.add_series({
        "name": [pen.name, row, 0],
        "categories": _range(pen, head, _FIRST_VALUE, head, final),
        "values": _range(pen, row, _FIRST_VALUE, row, final),
        "line": {"color": INK, "width": 2},
        "marker": {"type": "diamond", "size": 7, "fill": {"color": INK}},
    })  # fmt: skip
    return drawn


def _dress(drawn: NativeChart, title: str, unit: str) -> None:
    """Set the title, the axis in the figures' unit, and faint lines."""
    drawn.set_title({"name": title, "name_font": {**_FONT, "size": 12, "bold": True}, "overlay": False})
    value = {"num_format": number_format(unit), "num_font": _FONT, "major_gridlines": GRIDLINES}
    axis = drawn.set_x_axis if isinstance(drawn, ChartBar) else drawn.set_y_axis
    below = {"label_position": "high"} if isinstance(drawn, ChartBar) else {}  # the first bar stands above, and so would the labels
    axis({**value, **below, "name": unit.capitalize(), "name_font": {**_FONT, "bold": False}})
    if not isinstance(drawn, ChartBar):
        drawn.set_legend({"position": "right", "font": _FONT})
