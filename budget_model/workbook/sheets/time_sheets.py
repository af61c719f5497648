"""The sheets with months across: one for each budget area, one for each site. Same columns, one formula a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from xlsxwriter.format import Format

from budget_model.analysis.findings import YES_OR_NO
from budget_model.budget import BUDGET
from budget_model.engine.excel import in_words
from budget_model.engine.rows import Line, Row
from budget_model.scenario.agencies import law_enforcement
from budget_model.scenario.axes import Axis
from budget_model.timeline import serial
from budget_model.workbook.layout.book import (
    CONSTANT,
    FIRST_ROW,
    FIRST_YEAR,
    FISCAL_YEAR_ROW,
    HEAD_ROW,
    LABEL,
    NUMBER_ROW,
    TOTAL,
    UNIT,
    Block,
    Index,
    cell_reference,
    is_calendar,
)
from budget_model.workbook.layout.rows_without_lines import item_axes
from budget_model.workbook.layout.styles import number_format
from budget_model.workbook.layout.template import EachSite, Rows, ShownRow
from budget_model.workbook.layout.widths import (
    KEY_WIDTH,
    LABEL_WIDTH,
    MONTH_WIDTH,
    OPENING_WIDTH,
    TOTAL_WIDTH,
    UNIT_WIDTH,
    YEAR_WIDTH,
    zoom,
)
from budget_model.workbook.sheets.row_formulas import formula, opening_formula, year_formula
from budget_model.workbook.sheets.sheet import Pen


def write_rows(pen: Pen, declared: Rows) -> None:
    """Write all rows of a budget area."""
    _head(pen, declared.title)
    blocks = [block for block in pen.book.blocks.values() if block.sheet == pen.name and block.items]
    for block in blocks:
        if not block.repeats:
            _heading(pen, block)
            _outline(pen, block)
            for index, _ in block.items:
                _label(pen, block, index)
                _line(pen, block, index)
    _print_years(pen, blocks[-1].last if blocks else HEAD_ROW, [block.top for block in blocks])


def write_site(pen: Pen, declared: EachSite, position: int) -> None:
    """Write the sheet of one site: its rows, linked to where they are calculated."""
    book = pen.book
    site = book.scenario.sites[position]
    _head(pen, f"{declared.title}: {site.name}")
    line, parts = FIRST_ROW, []
    for section in declared.sections:
        parts.append(line)
        line = _section(pen, line, section.heading)
        for entry in section.rows:
            block = book.blocks[entry.row]
            for index, (_, *of) in block.items:
                if index[0] == position:
                    _site_line(pen, line, entry, block, index, ": ".join([entry.label or block.row.label, *(one.name for one in of)]))
                    line += 1
    line = _section(pen, line, "Area, and law-enforcement agencies with how far they agree")
    areas = {"Service planning area": site.service_planning_area, "Supervisorial district": site.supervisorial_district}
    agencies = [f"{agency.name}: {agency.stage}" for agency in law_enforcement(book.scenario, site.name)]
    for text in (*(f"{area}: {named or 'not named'}" for area, named in areas.items()), *(agencies or ["Agencies: not named"])):
        pen.text(line, LABEL, text, "item")
        line += 1
    _print_years(pen, line - 1, parts)


def _print_years(pen: Pen, last_row: int, parts: Sequence[int]) -> None:
    """Print the fiscal years; the months are for the screen."""
    pen.on_paper(last_row, pen.book.columns.years.stop - 1, head=(0, HEAD_ROW), parts=parts)


def _section(pen: Pen, line: int, heading: str) -> int:
    """Write the heading of a section of a site's sheet; return the next line."""
    for column in range(LABEL, pen.book.columns.months.stop):
        pen.sheet.write_blank(line, column, None, pen.styles("block"))
    pen.text(line, LABEL, heading, "block")
    return line + 1


def _site_line(pen: Pen, line: int, entry: ShownRow, block: Block, index: Index, label: str) -> None:
    """Write a line of a site's sheet: links to an item of a block."""
    style, source = ("total" if entry.total else "item_shrunk"), block.line_of[index]
    pen.text(line, LABEL, label, style)
    pen.text(line, UNIT, block.row.unit, "small_total" if entry.total else "small")

    def link(column: int) -> str:
        return f"={cell_reference(pen.name, block.sheet, column, source)}"

    form = pen.styles("total" if entry.total else "plain", number_format(block.row.unit))
    _months(pen, line, block.row, index, link, form)
    _years(pen, line, block.row, index, link, form)


def _head(pen: Pen, title: str) -> None:
    """Write the head that all sheets with months share."""
    columns, timeline = pen.book.columns, pen.book.projection.timeline
    _set_columns(pen)
    pen.head(title, status_column=TOTAL)
    sheet, head = pen.sheet, pen.styles("head")
    pen.text(NUMBER_ROW, UNIT, "month no.", "small")
    pen.text(FISCAL_YEAR_ROW, UNIT, "fiscal year", "small")
    pen.text(FISCAL_YEAR_ROW, TOTAL, "constant, or", "small")
    pen.text(HEAD_ROW, LABEL, "Row", "head_left")
    pen.text(HEAD_ROW, UNIT, "Unit", "head")
    pen.text(HEAD_ROW, TOTAL, "Total", "head")
    small = pen.styles("small", "0")
    pen.number(NUMBER_ROW, TOTAL, timeline.count, small)
    for column, year, (_, stop) in zip(columns.years, timeline.years, timeline.spans, strict=True):
        pen.number(NUMBER_ROW, column, stop, small)
        pen.text(HEAD_ROW, column, year, "head")
    for number, column in enumerate(columns.keys, 1):
        pen.text(HEAD_ROW, column, f"Key {number}", "head")
    pen.text(HEAD_ROW, columns.opening, "Opening", "head")
    for number, (column, month, year) in enumerate(zip(columns.months, timeline.months, timeline.fiscal_years, strict=True), 1):
        pen.number(NUMBER_ROW, column, number, small)
        pen.text(FISCAL_YEAR_ROW, column, year, "small")
        sheet.write_number(HEAD_ROW, column, serial(month), pen.styles("head", number_format("date")))
    sheet.set_row(HEAD_ROW, 32, head)
    sheet.freeze_panes(FIRST_ROW, TOTAL + 1)


def _set_columns(pen: Pen) -> None:
    """Set widths and zoom so that twelve months are seen; keys and opening values are folded away, for formulas read them, not people."""
    sheet, columns = pen.sheet, pen.book.columns
    sheet.set_column(LABEL, LABEL, LABEL_WIDTH)
    sheet.set_column(UNIT, UNIT, UNIT_WIDTH)
    sheet.set_column(TOTAL, TOTAL, TOTAL_WIDTH)
    sheet.set_column(columns.years.start, columns.years.stop - 1, YEAR_WIDTH)
    folded = {"level": 1, "hidden": True}
    sheet.set_column(columns.keys.start, columns.keys.stop - 1, KEY_WIDTH, None, folded)
    sheet.set_column(columns.opening, columns.opening, OPENING_WIDTH, None, folded)
    sheet.set_column(columns.months.start, columns.months.start, MONTH_WIDTH, None, {"collapsed": True})
    sheet.set_column(columns.months.start + 1, columns.months.stop - 1, MONTH_WIDTH)
    sheet.outline_settings(symbols_below=False)  # a heading stands above what belongs to it
    sheet.set_zoom(zoom(len(columns.years)))


def _heading(pen: Pen, block: Block) -> None:
    """Write a block's heading: its name, the names of its keys, its unit, its formula in words; and below it its rule."""
    row = block.row
    for column in range(LABEL, pen.book.columns.months.stop):
        pen.sheet.write_blank(block.top, column, None, pen.styles("block"))
    pen.text(block.top, LABEL, row.label, "block_shrunk")
    for key in block.keys:
        pen.text(block.top, block.key_column(key), key[1], "rule")
    pen.text(block.top, UNIT, row.unit, "unit_of_block")
    if isinstance(row, Line):
        pen.text(block.top, pen.book.columns.months.start, f"{row.name} = {in_words(row)}", "rule")
    for line, text in enumerate(block.rule, block.top + 1):
        pen.text(line, LABEL, text, "rule_line")


def _outline(pen: Pen, block: Block) -> None:
    """Group the lines of a block under its heading; lines that say yes or no in each month are folded away."""
    folded = block.row.unit == YES_OR_NO
    for line in range(block.top + 1, block.last + 1):
        pen.sheet.set_row(line, None, None, {"level": 1, "hidden": folded})
    if folded:
        pen.sheet.set_row(block.top, None, None, {"collapsed": True})


def _label(pen: Pen, block: Block, index: Index) -> None:
    """Write an item's name, keys and unit. A key that is an assumption is a link to it."""
    line = block.line_of[index]
    pen.label(line, LABEL, block, index, "" if index else "All", "item_shrunk")
    members = block.items[line - block.first][1]
    keys = {(axis, name): text for axis, member in zip(item_axes(block.row), members, strict=True) for name, text in member.keys.items()}
    for key in block.keys:
        source = pen.book.key_source(block.row, index, key)
        if source is None:
            pen.text(line, block.key_column(key), keys[key], "key")
        else:
            pen.formula(line, block.key_column(key), f"={source}", keys[key], pen.styles("key"))
    pen.text(line, UNIT, block.row.unit, "small")


def _line(pen: Pen, block: Block, index: Index) -> None:
    """Write an item's figures: constants, opening value, months, fiscal years."""
    book, row, line = pen.book, block.row, block.line_of[index]
    form = pen.styles("plain", number_format(row.unit))
    if is_calendar(row):
        columns = book.columns.months if Axis.MONTH in row.over else [CONSTANT]
        for column, value in zip(columns, np.atleast_1d(book.projection.monthly(row.name)[index]), strict=True):
            pen.number(line, column, float(value), form)
        return
    if row.name in book.settled:  # nothing in this scenario makes it up: its cells are empty, which is 0 to whoever reads them
        return
    in_column = partial(formula, book, block, index)
    if row.over[-1:] == (Axis.YEAR,):
        _years(pen, line, row, index, in_column, form)
        return
    if Axis.MONTH not in row.over:
        pen.formula(line, CONSTANT, in_column(CONSTANT), float(book.projection.monthly(row.name)[index]), form)
        return
    carry = BUDGET.carried_by.get(row.name)
    if carry is not None and carry.along == Axis.MONTH:
        start = opening_formula(book, carry, block, index)
        first = float(book.projection.monthly(carry.name)[index][0])
        if isinstance(start, int):
            pen.number(line, book.columns.opening, start, form)
        else:
            pen.formula(line, book.columns.opening, start, first, form)
    _months(pen, line, row, index, in_column, form)
    if row.in_a_year in ("sum", "last"):  # no function of Excel 2010 finds the largest month of a year
        _years(pen, line, row, index, partial(year_formula, book, block, index), form)


def _months(pen: Pen, line: int, row: Row, index: Index, in_column: Callable[[int], str], form: Format) -> None:
    if Axis.MONTH in row.over:
        first = pen.book.columns.months.start
        pen.fill(line, first, in_column(first), pen.book.projection.monthly(row.name)[index].tolist(), form)


def _years(pen: Pen, line: int, row: Row, index: Index, in_column: Callable[[int], str], form: Format) -> None:
    *years, total = pen.book.projection.by_year(row.name)[index].tolist()
    pen.fill(line, FIRST_YEAR, in_column(FIRST_YEAR), years, form)
    pen.formula(line, TOTAL, in_column(TOTAL), total, form)
