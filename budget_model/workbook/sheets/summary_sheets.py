"""Figures by fiscal year, each linked to where it is calculated; and native charts beside the tables they are drawn from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Any

from xlsxwriter.chart import Chart as NativeChart
from xlsxwriter.chart_bar import ChartBar

from budget_model.analysis.who_pays import Standing, standing
from budget_model.charts.hues import BLUE, GREEN, MANY, ORANGE, PURPLE, SKY, VERMILION, YELLOW
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import SourceStatus
from budget_model.scenario.schema import Source
from budget_model.workbook.layout.book import FIRST_YEAR, LABEL, TOTAL, UNIT, Block, Index
from budget_model.workbook.layout.rows_without_lines import item_axes
from budget_model.workbook.layout.styles import INK
from budget_model.workbook.layout.template import Chart, Charts, Section, ShownRow, Summary
from budget_model.workbook.sheets.sheet import Pen

_CHART_HEIGHT, _CHART_WIDTH = 320, 620  # pixels
_ROW_HEIGHT = 20  # pixels
_GAP = "funding_gap"
_STATUSES = (
    SourceStatus.AWARDED, SourceStatus.EARNED_BY_CLAIMS, SourceStatus.APPLIED_FOR, SourceStatus.REQUESTED, SourceStatus.IDEA,
    SourceStatus.NOT_STATED,
)  # fmt: skip
_DOTS = {Standing.EARNED_BY_CLAIMS: "percent_75", Standing.ASKED_FOR: "percent_50", Standing.NOT_STATED: "percent_25"}
_COLORS = (BLUE, ORANGE, SKY, GREEN, YELLOW, PURPLE, *MANY[6:])  # neighbors in a stack far apart
GRIDLINES = {"visible": True, "line": {"color": "#D5DBE0", "width": 0.75}}
_FONT = {"name": "Calibri", "size": 10, "color": INK}
HATCHED = {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": VERMILION, "bg_color": "#FFFFFF"}}


def write_summary(pen: Pen, declared: Summary) -> None:
    """Write the sections with their rows, one line for each item of a row."""
    last = _year_heads(pen, 3)
    pen.head(declared.title, status_column=2)
    pen.note(2, declared.note, last)
    pen.sheet.freeze_panes(4, 1)
    line, parts = 4, []
    for heading, section, item in _sections(pen, declared):
        parts.append(line)
        pen.band(line, heading, last)
        line += 1
        for entry in section.rows:
            for block, index in _items(pen, entry, item):
                _line(pen, line, block, index, entry, of_item=item is not None)
                line += 1
    of_items = any(section.each for section in declared.sections)  # what is of one unit stands together
    pen.on_paper(line - 1, last, head=(0, 3), parts=parts, whole=of_items)


def _sections(pen: Pen, declared: Summary) -> Iterator[tuple[str, Section, int | None]]:
    """Yield each section with its heading; one that is declared for an axis for each of its items, with the item's place."""
    for section in declared.sections:
        if section.each is None:
            yield section.heading, section, None
        else:
            for position, member in enumerate(pen.book.members[section.each]):
                yield f"{section.heading}{member.name}", section, position


def _year_heads(pen: Pen, line: int) -> int:
    """Write the heads of a table by fiscal year, the total first; return the last column."""
    years = pen.book.projection.years
    for column, text in enumerate(("", "Unit", "Total", *years[:-1])):
        pen.text(line, column, text, "head" if column > UNIT else "head_left")
    pen.sheet.set_column(LABEL, LABEL, 60)
    pen.sheet.set_column(UNIT, UNIT, 26)
    pen.sheet.set_column(TOTAL, TOTAL + len(years) - 1, 14)
    return TOTAL + len(years) - 1


def _items(pen: Pen, entry: ShownRow, of: int | None = None) -> Iterator[tuple[Block, Index]]:
    """Yield the items of a row, or those of one item of its first axis."""
    block = pen.book.blocks[entry.row]
    return ((block, index) for index, _ in block.items if of is None or index[0] == of)


def _line(pen: Pen, line: int, block: Block, index: Index, entry: ShownRow, *, of_item: bool = False) -> None:
    """Write one line: label, unit, a link for each fiscal year and for the total. Under an item's heading its name is not repeated."""
    style = "total" if entry.total else "plain"
    values = pen.book.projection.by_year(block.row.name)[index].tolist()
    columns = [*range(FIRST_YEAR, FIRST_YEAR + len(values) - 1), TOTAL]  # the same as where it is calculated
    if of_item:
        members = block.items[block.line_of[index] - block.first][1][1:]
        label = ": ".join([*filter(None, [entry.label]), *(member.name for member in members)])
        pen.text(line, 0, label, "total" if entry.total else "item")
    else:
        pen.label(line, 0, block, index, entry.label, "total" if entry.total else "item", faint_to=columns[-2])
    pen.text(line, UNIT, block.row.unit, style)
    form = pen.figure(block.row.unit, style)
    for column, value in zip(columns, values, strict=True):
        pen.link(line, column, block, index, column, value, form)


def write_charts(pen: Pen, declared: Charts) -> None:
    """Write each chart's table with the chart below it, so that both stand on one page."""
    pen.text(2, 0, declared.note, "status")
    line = 4
    breaks = []
    for chart in declared.charts:
        line = _chart(pen, line, chart)
        breaks.append(line)
    pen.head(declared.title, status_column=2)
    pen.on_paper(line - 1, TOTAL + len(pen.book.projection.years) - 1, parts=breaks, whole=True)


def _chart(pen: Pen, line: int, chart: Chart) -> int:
    pen.band(line, chart.title, _year_heads(pen, line + 1))
    head, first = line + 1, line + 2
    line, looks = first, _looks(pen, chart)
    for entry, block, index, _ in looks:
        _line(pen, line, block, index, entry)
        if _is_of_a_source(chart, block):
            _label_with_status(pen, line, block, index)
        line += 1
    last = line - 1
    if chart.shape == "bars by item":
        drawn = _bars(pen, chart, first, last)
    else:
        drawn = _columns(pen, chart, head, first, [look for *_, look in looks])
    if chart.line:
        block = pen.book.blocks[chart.line.row]
        _line(pen, line, block, (), chart.line)
        drawn.combine(_as_line(pen, head, line))
        line += 1
    unit = pen.book.blocks[chart.rows[0].row].row.unit
    dress(drawn, chart.title, unit)
    pen.text(line, 0, chart.alt, "status")
    drawn.set_size({"width": _CHART_WIDTH + 14 * 7 * max(0, len(pen.book.projection.years) - 4), "height": _CHART_HEIGHT})
    pen.sheet.insert_chart(line + 2, 0, drawn, {"description": chart.alt, "object_position": 2})
    return line + 3 + _CHART_HEIGHT // _ROW_HEIGHT


def _range(pen: Pen, first_row: int, first_column: int, last_row: int, last_column: int) -> list[Any]:
    return [pen.name, first_row, first_column, last_row, last_column]


def _looks(pen: Pen, chart: Chart) -> list[tuple[ShownRow, Block, Index, dict[str, Any]]]:
    """Return the lines of a chart's table, each with how it is filled: what is not awarded dotted, the gap hatched."""
    colors, found = cycle(_COLORS), []
    for entry in chart.rows:
        items = list(_items(pen, entry))
        if by_status := _is_of_a_source(chart, items[0][0]):
            items.sort(key=lambda item: _STATUSES.index(_source(pen, item[1]).status))
        for block, index in items:
            if entry.row == _GAP:
                look = HATCHED
            elif by_status and (pattern := _DOTS.get(standing(_source(pen, index)))):
                look = {"pattern": {"pattern": pattern, "fg_color": next(colors), "bg_color": "#FFFFFF"}}
            else:
                look = {"fill": {"color": next(colors)}}
            found.append((entry, block, index, look))
    return found


def _is_of_a_source(chart: Chart, block: Block) -> bool:
    return chart.by_status and item_axes(block.row) == (Axis.SOURCE,)


def _source(pen: Pen, index: Index) -> Source:
    return pen.book.projection.scenario.funding_sources[index[0]]


def _label_with_status(pen: Pen, line: int, block: Block, index: Index) -> None:
    """Write a source's name after its status, which may be chosen anew in the workbook."""
    status, name = pen.book.assumption("source_status", index), pen.book.blank_name(Axis.SOURCE, index[0])
    source = _source(pen, index)
    quoted = source.name.replace('"', '""')
    pen.formula(line, LABEL, f'={status}&": "&' + (name or f'"{quoted}"'), f"{source.status}: {source.name}", pen.styles("item"))


def _columns(pen: Pen, chart: Chart, head: int, first: int, looks: Sequence[dict[str, Any]]) -> NativeChart:
    """Draw a column for each fiscal year, a series for each line of the table, filled as `looks` say."""
    kind = {"subtype": "stacked"} if chart.shape == "stacked by year" else {}
    drawn = pen.pens.workbook.add_chart({"type": "column", **kind})
    final = FIRST_YEAR + len(pen.book.projection.timeline.years) - 1
    for row, look in enumerate(looks, first):
        drawn.add_series({
            "name": [pen.name, row, 0],
            "categories": _range(pen, head, FIRST_YEAR, head, final),
            "values": _range(pen, row, FIRST_YEAR, row, final),
            "gap": 60,
            **look,
        })  # fmt: skip
    return drawn


def _bars(pen: Pen, chart: Chart, first: int, last: int) -> NativeChart:
    """Draw a bar for each line of the table, over all months, in the table's order from the top."""
    drawn = pen.pens.workbook.add_chart({"type": "bar"})
    drawn.add_series({
        "name": chart.title,
        "categories": _range(pen, first, 0, last, 0),
        "values": _range(pen, first, TOTAL, last, TOTAL),
        "fill": {"color": BLUE},
        "gap": 50,
        "data_labels": {"value": True, "num_format": '"$"#,##0'},
    })  # fmt: skip
    drawn.set_y_axis({"reverse": True, "num_font": _FONT})
    drawn.set_legend({"none": True})
    return drawn


def _as_line(pen: Pen, head: int, row: int) -> NativeChart:
    drawn = pen.pens.workbook.add_chart({"type": "line"})
    final = FIRST_YEAR + len(pen.book.projection.timeline.years) - 1
    drawn.add_series({
        "name": [pen.name, row, 0],
        "categories": _range(pen, head, FIRST_YEAR, head, final),
        "values": _range(pen, row, FIRST_YEAR, row, final),
        "line": {"color": INK, "width": 2},
        "marker": {"type": "diamond", "size": 7, "fill": {"color": INK}},
    })  # fmt: skip
    return drawn


def dress(drawn: NativeChart, title: str, unit: str) -> None:
    """Set the title, the axis in the figures' unit, from zero, and faint lines."""
    drawn.set_title({"name": title, "name_font": {**_FONT, "size": 12, "bold": True}, "overlay": False})
    form = '"$"#,##0' if unit.startswith("dollars") else "#,##0"
    value = {"min": 0, "num_format": form, "num_font": _FONT, "major_gridlines": GRIDLINES}
    axis = drawn.set_x_axis if isinstance(drawn, ChartBar) else drawn.set_y_axis
    below = {"label_position": "high"} if isinstance(drawn, ChartBar) else {}  # the first bar stands above, and so would the labels
    axis({**value, **below, "name": unit.capitalize(), "name_font": {**_FONT, "bold": False}})
    if not isinstance(drawn, ChartBar):
        drawn.set_legend({"position": "right", "font": _FONT})
