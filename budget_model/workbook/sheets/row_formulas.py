"""The formula of every kind of row in every column: what engine/kinds.py does with arrays, in Excel's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from budget_model.budget import BUDGET
from budget_model.engine.excel import filled, pieces
from budget_model.engine.rows import MONTH, YEAR, Axes, Carry, Delay, Line, Listing, OverPeriod, Row, Total, complete
from budget_model.workbook.layout.book import (
    CONSTANT,
    FISCAL_YEAR_ROW,
    HEAD_ROW,
    NUMBER_ROW,
    TOTAL,
    Block,
    Book,
    Index,
    cell_reference,
    fixed_keys,
    range_reference,
    summed_along,
    summed_keys,
)

InColumn = Callable[[int], str]
COMBINED = {"sum": "SUM", "largest": "MAX", "smallest": "MIN"}


def formula(book: Book, block: Block, index: Index) -> InColumn:
    """Return, for an item of a block, the function from a column to its formula."""
    return _FORMULAS[type(block.row)](book, block, index, block.row)


def opening_formula(book: Book, carry: Carry, block: Block, index: Index) -> str | int:
    """Return what stands before the first month of a row that is carried over: a formula, or 0 or 1."""
    if isinstance(carry.start, int):
        return carry.start
    return "=" + _reference(book, block, index, carry.start)(CONSTANT)


def year_formula(book: Book, block: Block, line: int) -> InColumn:
    """Return the function from a fiscal year's column (or the total's) to its formula over the months of a line: their sum or the last."""
    months = book.columns.months
    first, last = xl_col_to_name(months.start), xl_col_to_name(months.stop - 1)
    values = f"${first}{line + 1}:${last}{line + 1}"
    if block.row.in_a_year == "last":
        return lambda column: f"=INDEX({values},1,{xl_col_to_name(column)}${NUMBER_ROW + 1})"
    years = f"${first}${FISCAL_YEAR_ROW + 1}:${last}${FISCAL_YEAR_ROW + 1}"
    return lambda column: (
        f"=SUMIFS({values},{years},{xl_col_to_name(column)}${HEAD_ROW + 1})" if column in book.columns.years else f"=SUM({values})"
    )


def _reference(book: Book, block: Block, index: Index, name: str, over: Axes | None = None) -> InColumn:
    """Return the function from a column to the reference of what a row reads there; `over` are the axes of the index."""
    row = BUDGET.rows[name]
    position = dict(zip(over or block.row.over, index, strict=False))
    item = tuple(position[axis] for axis in row.over if axis in position and axis != MONTH)
    in_its_reader = _inline(book, block, index, row, item, over)
    if in_its_reader is not None:
        return in_its_reader
    read = book.blocks.get(name)
    if read is None:
        text = book.assumption(name, item)
        return lambda column: text
    line = read.line_of[item]
    if MONTH in row.over or YEAR in row.over:
        return lambda column: cell_reference(block.sheet, read.sheet, column, line, fixed_row=not read.row.over[:-1])
    constant = cell_reference(block.sheet, read.sheet, CONSTANT, line, fixed_column=True)
    return lambda column: constant


def _inline(book: Book, block: Block, index: Index, row: Row, item: Index, over: Axes | None) -> InColumn | None:
    """Return the function from a column to what stands in the reader for a row that has no lines of its own; None for one that has."""
    if isinstance(row, Carry) and (row.inline or row.along != MONTH):
        return (_month_before if row.along == MONTH else _item_before)(book, block, item, row)
    if isinstance(row, Total) and row.inline:
        return _summed(book, block, index, row)
    if isinstance(row, Listing) and row.inline:
        return _listed_in_place(book, block, *book.items_listed(row)[item[0]])
    if isinstance(row, Line) and row.inline:
        references = {read: _reference(book, block, index, read, over) for read in row.reads}
        template = pieces(row, book.settled_of(row))
        if len(template) == 1:
            return lambda column: filled(template, lambda read: references[read](column))[1:]
        return lambda column: f"({filled(template, lambda read: references[read](column))[1:]})"
    return None


def _listed_in_place(book: Book, block: Block, name: str, index: Index) -> InColumn:
    """Return the reference of what a listing without lines of its own lists: an item of a row, or an assumption."""
    if name not in book.blocks:
        text = book.assumption(name, index)
        return lambda _: text
    listed = book.blocks[name]
    return lambda column: cell_reference(block.sheet, listed.sheet, column, listed.line_of[index])


def _item_before(book: Book, block: Block, index: Index, row: Carry) -> InColumn:
    """Return the reference of the row carried, one item before, or of what stands before the first: no row of its own."""
    position = row.over.index(row.along)
    if index[position] == 0:
        start = row.start
        return _reference(book, block, index, start, row.over) if isinstance(start, str) else lambda column: str(start)
    before = (*index[:position], index[position] - 1, *index[position + 1 :])
    of = book.blocks[row.of]
    return lambda column: cell_reference(block.sheet, of.sheet, column, of.line_of[before])


def _line(book: Book, block: Block, index: Index, row: Line) -> InColumn:
    references = {name: _reference(book, block, index, name) for name in row.reads}
    template, total = pieces(row, book.settled_of(row)), None
    if YEAR in row.over and row.in_a_year:
        first, last = (xl_col_to_name(column) for column in (book.columns.years.start, book.columns.years.stop - 1))
        total = f"={COMBINED[row.in_a_year]}({first}{block.line_of[index] + 1}:{last}{block.line_of[index] + 1})"
    return lambda column: total if total and column == TOTAL else filled(template, lambda name: references[name](column))


def _month_before(book: Book, block: Block, index: Index, row: Carry) -> InColumn:
    """Return the reference of the row carried, one month before: in the first month, of what stands before it."""
    of = book.blocks[row.of]
    return lambda column: cell_reference(block.sheet, of.sheet, column - 1, of.line_of[index])


def _carry(book: Book, block: Block, index: Index, row: Carry) -> InColumn:
    before = _month_before(book, block, index, row)
    return lambda column: f"={before(column)}"


def _listing(book: Book, block: Block, index: Index, row: Listing) -> InColumn:
    listed, item = book.listed(row)[index[0]]
    return lambda column: "=" + cell_reference(block.sheet, listed.sheet, column, listed.line_of[item])


def _total(book: Book, block: Block, index: Index, row: Total) -> InColumn:
    summed = _summed(book, block, index, row)
    return lambda column: f"={summed(column)}"


def _delay(book: Book, block: Block, index: Index, row: Delay) -> InColumn:
    """Find the month that lies so far back in the row of months; where there is none, the sum is 0."""
    of = book.blocks[row.of]
    values, heads = _months_of(book, block, of, of.line_of[index]), _months_of(book, block, of, HEAD_ROW, fixed_row=True)
    by = _reference(book, block, index, row.by)
    return lambda column: f"=SUMIFS({values},{heads},EDATE({xl_col_to_name(column)}${HEAD_ROW + 1},-{by(column)}))"


def _over_period(book: Book, block: Block, index: Index, row: OverPeriod) -> InColumn:
    """Add up the months of the row summed for which the row of periods says what it says here."""
    of, by = book.blocks[row.of], book.blocks[row.by]
    position = dict(zip(row.over, index, strict=False))
    line = by.line_of[tuple(position[axis] for axis in by.row.over if axis in position)]
    values, periods = _months_of(book, block, of, of.line_of[index]), _months_of(book, block, by, line)
    period = _reference(book, block, index, row.by)
    return lambda column: f"=SUMIFS({values},{periods},{period(column)})"


def _months_of(book: Book, home: Block, block: Block, line: int, *, fixed_row: bool = False) -> str:
    """Return the reference of all months in a line of another block's sheet."""
    first, last = (xl_col_to_name(column) for column in (book.columns.months.start, book.columns.months.stop - 1))
    sheet = "" if block.sheet == home.sheet else f"{quote_sheetname(block.sheet)}!"
    row = f"{'$' * fixed_row}{line + 1}"
    return f"{sheet}${first}{row}:${last}{row}"


def _summed(book: Book, block: Block, index: Index, row: Total) -> InColumn:
    """Return the SUM or SUMIFS of a total, for an item of the total's own block or of one that reads it inline."""
    home, line = block.sheet, block.line_of[index]
    summed = BUDGET.rows[row.of]
    if isinstance(summed, Listing) and summed.inline:
        parts = [part for name in summed.reads if (part := book.blocks[name]).items]
        return lambda column: "+".join(f"SUM({range_reference(home, part, column)})" for part in parts) or "0"
    of = book.blocks[row.of]
    if not of.items:
        return lambda column: "0"
    if MONTH in of.row.over and not {MONTH, YEAR} & set(row.over):
        months = book.columns.months
        first, last = (cell_reference(home, of.sheet, column, of.line_of[index]) for column in (months.start, months.stop - 1))
        return lambda column: f"SUM({first}:{last.rpartition('!')[2]})"
    along = summed_along(row, of.row)
    own = dict(zip(block.row.over, index, strict=False))[along] if along else None
    criteria = ""
    for key, other in summed_keys(row, of.row).items():
        keys = range_reference(home, of, of.key_column(key), of=own, fixed_column=True)
        criteria += f",{keys},{cell_reference(home, home, block.key_column(other), line, fixed_column=True)}"
    for key, text in fixed_keys(row).items():
        criteria += f',{range_reference(home, of, of.key_column(key), of=own, fixed_column=True)},"{text}"'

    def values(column: int) -> str:
        """Return the figures added up; what varies over no months stands in one column, also where a month reads the total inline."""
        elsewhere = column != CONSTANT and not {MONTH, YEAR} & set(of.row.over)
        return range_reference(home, of, CONSTANT if elsewhere else column, of=own, fixed_column=elsewhere)

    if not criteria:
        return lambda column: f"SUM({values(column)})"
    return lambda column: f"SUMIFS({values(column)}{criteria})"


_FORMULAS: Mapping[type[Row], Callable[[Book, Block, Index, Any], InColumn]] = complete(
    "workbook/sheets/row_formulas.py",
    {Line: _line, Carry: _carry, Listing: _listing, Total: _total, Delay: _delay, OverPeriod: _over_period},
)
