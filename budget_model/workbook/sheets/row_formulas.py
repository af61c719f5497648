"""The formula of every kind of row in a column: what engine/kinds.py does with arrays, in Excel's words.

That of the first month, and that of the first fiscal year, fill the others to the right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
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
from budget_model.workbook.layout.rows_without_lines import stands_in_its_readers

COMBINED = {"sum": "SUM", "largest": "MAX", "smallest": "MIN"}


@dataclass(frozen=True)
class _Here:
    """The cell in which a formula stands: a column of an item's line in a block; `over` are the axes of the index."""

    book: Book
    block: Block
    index: Index
    over: Axes
    column: int

    def reference(self, of: Block, index: Index, column: int) -> str:
        """Return the reference of a cell of another item's line."""
        return cell_reference(self.block.sheet, of.sheet, column, of.line_of[index])


def formula(book: Book, block: Block, index: Index, column: int) -> str:
    """Return the formula of an item of a block in a column."""
    row = block.row
    return f"={_FORMULAS[type(row)](_Here(book, block, index, row.over, column), row, index)}"


def opening_formula(book: Book, carry: Carry, block: Block, index: Index) -> str | int:
    """Return what stands before the first month of a row that is carried over: a formula, or 0 or 1."""
    if isinstance(carry.start, int):
        return carry.start
    return f"={_reference(_Here(book, block, index, block.row.over, CONSTANT), carry.start)}"


def year_formula(book: Book, block: Block, index: Index, column: int) -> str:
    """Return the formula of a fiscal year's column (or the total's) over the months of an item: their sum or the last."""
    values, letter = _months_of(book, block, block, block.line_of[index]), xl_col_to_name(column)
    if block.row.in_a_year == "last":
        return f"=INDEX({values},1,{letter}${NUMBER_ROW + 1})"
    if column == TOTAL:
        return f"=SUM({values})"
    return f"=SUMIFS({values},{_months_of(book, block, block, FISCAL_YEAR_ROW, fixed_row=True)},{letter}${HEAD_ROW + 1})"


def _reference(here: _Here, name: str) -> str:
    """Return the reference of what a row reads; for a row that has no lines of its own, what stands in its reader."""
    row, home = BUDGET.rows[name], here.block.sheet
    position = dict(zip(here.over, here.index, strict=False))
    item = tuple(position[axis] for axis in row.over if axis in position and axis != MONTH)
    if stands_in_its_readers(row):
        return _in_brackets(here, row) if isinstance(row, Line) else _FORMULAS[type(row)](here, row, item)
    read = here.book.blocks.get(name)
    if read is None:
        return here.book.assumption(name, item)
    line = read.line_of[item]
    if MONTH in row.over or YEAR in row.over:
        return cell_reference(home, read.sheet, here.column, line, fixed_row=not read.row.over[:-1])
    return cell_reference(home, read.sheet, CONSTANT, line, fixed_column=True)


def _in_brackets(here: _Here, row: Line) -> str:
    """Return what a line says that stands in its reader, in brackets unless it is a name or a number alone."""
    template = pieces(row, here.book.nothing.intersection(row.reads))
    text = filled(template, lambda name: _reference(here, name))
    return text if len(template) == 1 else f"({text})"


def _line(here: _Here, row: Line, index: Index) -> str:
    book, block, column = here.book, here.block, here.column
    if column == TOTAL and YEAR in row.over and row.in_a_year:
        first, last = (here.reference(block, index, year) for year in (book.columns.years.start, book.columns.years.stop - 1))
        return f"{COMBINED[row.in_a_year]}({first}:{last})"
    return filled(pieces(row, book.nothing.intersection(row.reads)), lambda name: _reference(here, name))


def _carry(here: _Here, row: Carry, index: Index) -> str:
    """Return the reference of the row carried: one month before, which is what stands before the first, or one item before.

    A row carried along items has no lines, so what stands before its first item stands in its reader.
    """
    of, along = here.book.blocks[row.of], row.over.index(row.along)
    if row.along == MONTH:
        return here.reference(of, index, here.column - 1)
    if index[along]:
        return here.reference(of, (*index[:along], index[along] - 1, *index[along + 1 :]), here.column)
    return _reference(replace(here, index=index, over=row.over), row.start) if isinstance(row.start, str) else str(row.start)


def _listing(here: _Here, row: Listing, index: Index) -> str:
    listed, item = here.book.listed(row)[index[0]]
    return here.reference(listed, item, here.column)


def _delay(here: _Here, row: Delay, index: Index) -> str:
    """Find the month that lies so far back in the row of months; where there is none, the sum is 0."""
    of = here.book.blocks[row.of]
    values, heads = (
        _months_of(here.book, here.block, of, of.line_of[index]),
        _months_of(here.book, here.block, of, HEAD_ROW, fixed_row=True),
    )
    return f"SUMIFS({values},{heads},EDATE({xl_col_to_name(here.column)}${HEAD_ROW + 1},-{_reference(here, row.by)}))"


def _over_period(here: _Here, row: OverPeriod, index: Index) -> str:
    """Add up the months of the row summed for which the row of periods says what it says here."""
    of, by = here.book.blocks[row.of], here.book.blocks[row.by]
    position = dict(zip(row.over, index, strict=False))
    line = by.line_of[tuple(position[axis] for axis in by.row.over if axis in position)]
    values, periods = _months_of(here.book, here.block, of, of.line_of[index]), _months_of(here.book, here.block, by, line)
    return f"SUMIFS({values},{periods},{_reference(here, row.by)})"


def _months_of(book: Book, home: Block, block: Block, line: int, *, fixed_row: bool = False) -> str:
    """Return the reference of all months in a line of another block's sheet."""
    first, last = (xl_col_to_name(column) for column in (book.columns.months.start, book.columns.months.stop - 1))
    sheet = "" if block.sheet == home.sheet else f"{quote_sheetname(block.sheet)}!"
    row = f"{'$' * fixed_row}{line + 1}"
    return f"{sheet}${first}{row}:${last}{row}"


def _total(here: _Here, row: Total, _: Index) -> str:
    """Return the SUM or SUMIFS of a total, for an item of the total's own block or of one that reads it inline."""
    book, block, index, column = here.book, here.block, here.index, here.column
    home, line = block.sheet, block.line_of[index]
    summed = BUDGET.rows[row.of]
    if isinstance(summed, Listing) and summed.inline:
        parts = [part for name in summed.reads if (part := book.blocks[name]).items]
        return "+".join(f"SUM({range_reference(home, part, column)})" for part in parts) or "0"
    of = book.blocks[row.of]
    if not of.items:
        return "0"
    if MONTH in of.row.over and not {MONTH, YEAR} & set(row.over):
        months = book.columns.months
        first, last = (here.reference(of, index, month) for month in (months.start, months.stop - 1))
        return f"SUM({first}:{last.rpartition('!')[2]})"
    along = summed_along(row, of.row)
    own = dict(zip(block.row.over, index, strict=False))[along] if along else None
    # What varies over no months stands in one column, also where a month reads the total inline.
    elsewhere = column != CONSTANT and not {MONTH, YEAR} & set(of.row.over)
    values = range_reference(home, of, CONSTANT if elsewhere else column, of=own, fixed_column=elsewhere)
    criteria = ""
    for key, other in summed_keys(row, of.row).items():
        keys = range_reference(home, of, of.key_column(key), of=own, fixed_column=True)
        criteria += f",{keys},{cell_reference(home, home, block.key_column(other), line, fixed_column=True)}"
    for key, text in fixed_keys(row).items():
        criteria += f',{range_reference(home, of, of.key_column(key), of=own, fixed_column=True)},"{text}"'
    return f"SUMIFS({values}{criteria})" if criteria else f"SUM({values})"


_FORMULAS: Mapping[type[Row], Callable[[_Here, Any, Index], str]] = complete(
    "workbook/sheets/row_formulas.py",
    {Line: _line, Carry: _carry, Listing: _listing, Total: _total, Delay: _delay, OverPeriod: _over_period},
)
