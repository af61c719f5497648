"""Tables of items, one a line: sites side by side, the roster of positions, contracts, sources, places of care.

The reader chooses the fiscal year; every figure is found by it in the row of months and years.
"""

from __future__ import annotations

from datetime import date

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from budget_model.analysis.who_pays import pace_in_words
from budget_model.budget import BUDGET
from budget_model.scenario.agencies import law_enforcement
from budget_model.scenario.axes import Axis
from budget_model.scenario.declarations import field_of
from budget_model.scenario.tables import TABLES
from budget_model.timeline import TOTAL as ALL_MONTHS
from budget_model.workbook.layout.book import HEAD_ROW, TOTAL, Block, Book, cell_reference, item_axes
from budget_model.workbook.layout.template import Column, Items
from budget_model.workbook.sheets.sheet import Pen

YEAR_ROW, _HEAD, _UNITS, FIRST_ITEM_ROW = 3, 5, 6, 7
_LINE = 15  # points
_NAME_WIDTH = 26


def write_items(pen: Pen, declared: Items) -> None:
    """Write the table with the year's choice above it and, for columns that add up, a total below."""
    book = pen.book
    members = book.members[declared.axis]
    pen.head(declared.title)
    pen.text(2, 0, declared.note, "status")
    years = list(book.projection.years)
    pen.choice(YEAR_ROW, "Fiscal year shown", ALL_MONTHS, years, "a fiscal year, or Total for all months")
    pen.text(_HEAD, 0, str(declared.axis).capitalize(), "head_left")
    pen.sheet.set_column(0, 0, _NAME_WIDTH)
    pen.sheet.set_row(_HEAD, 3 * _LINE)
    pen.sheet.set_row(_UNITS, 2 * _LINE)
    pen.text(_UNITS, 0, "Unit", "unit")
    pen.sheet.freeze_panes(FIRST_ITEM_ROW, 1)
    pen.sheet.repeat_rows(0, _UNITS)
    named = next(block for block in book.blocks.values() if item_axes(block.row) == (declared.axis,))
    for position in range(len(members)):
        pen.label(FIRST_ITEM_ROW + position, 0, named, (position,), style="wrapped")
        pen.sheet.set_row(FIRST_ITEM_ROW + position, _LINE * _lines_of(book, declared, position))
    for column, about in enumerate(declared.columns, 1):
        pen.sheet.set_column(column, column, about.width)
        _write_column(pen, declared, column, about)
    pen.text(FIRST_ITEM_ROW + len(members), 0, "All" if members else "None in this scenario", "total")
    pen.sheet.print_area(0, 0, FIRST_ITEM_ROW + len(members), len(declared.columns))


def in_chosen_year(home: str, block: Block, line: int, last: int, year: str) -> str:
    """Return the formula of a block's figure in the fiscal year that stands in the cell `year`."""
    first, final = xl_col_to_name(TOTAL), xl_col_to_name(last)
    sheet = "" if block.sheet == home else f"{quote_sheetname(block.sheet)}!"
    heads = f"{sheet}${first}${HEAD_ROW + 1}:${final}${HEAD_ROW + 1}"
    return f"SUMIFS({sheet}${first}{line + 1}:${final}{line + 1},{heads},{year})"


def _write_column(pen: Pen, declared: Items, column: int, about: Column) -> None:
    book, members = pen.book, pen.book.members[declared.axis]
    last = FIRST_ITEM_ROW + len(members)
    if about.field:
        pen.text(_HEAD, column, about.heading, "head")
        pen.text(_UNITS, column, "", "unit")
        for position, text in enumerate(column_texts(book, declared, about.heading)):
            choice = (f"{declared.axis}_{about.field.replace('.', '_')}", (position,))
            # What may be chosen anew in the workbook is shown as it is chosen there; what is earned comes as cost arises all the same.
            if choice in book.address and not (about.field == "pace" and book.projection.scenario.funding_sources[position].earns):
                pen.formula(FIRST_ITEM_ROW + position, column, f"={book.assumption(*choice)}", book.chosen(*choice), pen.styles("wrapped"))
            else:
                pen.text(FIRST_ITEM_ROW + position, column, text, "wrapped")
        return pen.text(last, column, "", "total")
    unit = BUDGET.rows[about.row or about.input].unit
    pen.text(_HEAD, column, about.heading, "head")
    pen.text(_UNITS, column, unit, "unit")
    form, total = pen.figure(unit, "top"), 0.0
    for position in range(len(members)):
        formula, value = _figure(pen, about, position)
        pen.formula(FIRST_ITEM_ROW + position, column, formula, value, form)
        total += value
    letter = xl_col_to_name(column)
    if about.total and members:
        return pen.formula(last, column, f"=SUM({letter}{FIRST_ITEM_ROW + 1}:{letter}{last})", total, pen.figure(unit, "total"))
    return pen.text(last, column, "", "total")


def _figure(pen: Pen, about: Column, position: int) -> tuple[str, float]:
    """Return the formula and the value over all months of an item's figure."""
    book, row = pen.book, BUDGET.rows[about.row or about.input]
    if about.input:
        return f"={book.assumption(about.input, (position,))}", float(book.projection.monthly(about.input)[position])
    block = book.blocks[about.row]
    line = block.line_of[position,]
    if not {Axis.MONTH, Axis.YEAR} & set(row.over):
        reference = cell_reference(pen.name, block.sheet, book.columns.opening, line)
        return f"={reference}", float(book.projection.monthly(row.name)[position])
    formula = in_chosen_year(pen.name, block, line, book.columns.years.stop - 1, f"$B${YEAR_ROW + 1}")
    return f"={formula}", float(book.projection.by_year(row.name)[position][-1])


def _lines_of(book: Book, declared: Items, position: int) -> int:
    """Return how many lines of text the longest text of an item takes in its column."""
    lines = [1 + len(book.members[declared.axis][position].name) // (_NAME_WIDTH - 4)]
    for column in declared.columns:
        if column.field:
            lines.append(1 + len(column_texts(book, declared, column.heading)[position]) // (column.width - 3))
    return max(lines)


def column_of(declared: Items, heading: str) -> int:
    """Return the sheet column of a declared column."""
    return 1 + next(index for index, column in enumerate(declared.columns) if column.heading == heading)


def column_texts(book: Book, declared: Items, heading: str) -> list[str]:
    """Return the texts of a column that shows a field of the scenario."""
    column = declared.columns[column_of(declared, heading) - 1]
    table = next(table for axis, _, table in TABLES if axis is declared.axis)
    scenario = book.projection.scenario
    if declared.axis is Axis.SITE and column.field == "law_enforcement_agencies":  # by records, and by the site's own list
        named = [law_enforcement(scenario, site.name) for site in scenario.sites]
        return [_as_text(tuple(agency.name for agency in found)) or column.nothing for found in named]
    if declared.axis is Axis.SOURCE and column.field == "pace":
        return [pace_in_words(source) for source in scenario.funding_sources]
    return [_as_text(field_of(item, column.field)) or column.nothing for item in getattr(scenario, table)]


def _as_text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    return ("yes" if value else "no") if isinstance(value, bool) else str(value or "")
