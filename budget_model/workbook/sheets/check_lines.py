"""The lines of the Checks sheet: each check with each of its items, by how much it is missed and since when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from budget_model.analysis.findings import first_missed, of_kind, rule_of
from budget_model.engine.arrays import Array
from budget_model.engine.rows import Kind, Line
from budget_model.formats import NIL
from budget_model.projection import check_rows
from budget_model.scenario.axes import Axis
from budget_model.timeline import serial
from budget_model.workbook.layout.book import CONSTANT, HEAD_ROW, Block, Book, Index, cell_reference
from budget_model.workbook.sheets.row_formulas import COMBINED

_MONTH_THAT_CAN_BE_KEPT: Mapping[str, str] = {"site_opens_late": "site_opening", "contract_begins_late": "contract_start"}


@dataclass(frozen=True)
class CheckLine:
    """One item of a check.

    `amount` is in the row's unit; `since` is the day number of a month, a fiscal year, or '--' for never; `rule` stands with the
    first item of its check alone.
    """

    row: Line
    block: Block
    index: Index
    amount: float
    since: float | str
    rule: str

    @property
    def missed(self) -> bool:
        """Whether the amount is above the tolerance."""
        return self.amount > self.row.tolerance

    @property
    def item(self) -> str:
        """The item's name; empty for the whole program."""
        return ": ".join(member.name for member in self.block.items[self.block.line_of[self.index] - self.block.first][1])

    def amount_formula(self, book: Book) -> str:
        """Return the formula of the amount over all months or fiscal years, as the row's declaration says."""
        return f"={COMBINED[self.row.in_a_year or 'sum']}({self._cells(book, self.block.line_of[self.index])})"

    def since_formula(self, book: Book, amount: str, tolerance: str) -> str:
        """Return the formula of the first month or fiscal year above the tolerance; where only their sum is, the first above 0.

        `amount` and `tolerance` are the cells in which these stand. SUMPRODUCT makes a list of what MATCH searches, in every program;
        which needs no key for arrays: MINIFS is younger than Excel 2010.
        """
        cells, heads = self._cells(book, self.block.line_of[self.index]), self._cells(book, HEAD_ROW, fixed=True)
        counted = f"{tolerance}*(MAX({cells})>{tolerance})" if self.row.tolerance and self.row.in_a_year == "sum" else tolerance
        first = f"SUMPRODUCT(MATCH(1,1*({cells}>{counted}),0))" if len(self._span(book)) > 1 else "1"  # one cell is no list to search
        return f'=IF({amount}>{tolerance},INDEX({heads},1,{first}),"{NIL}")'

    @property
    def can_be_kept(self) -> bool:
        """Whether it is of a month that is planned too early, so that another can be kept."""
        return self.row.name in _MONTH_THAT_CAN_BE_KEPT

    def kept(self, book: Book) -> float | str:
        """Return the day number of the month that can be kept, '--' where the planned one is, or where there is none."""
        month = float(book.projection.monthly(_MONTH_THAT_CAN_BE_KEPT[self.row.name])[self.index])
        return month if self.missed and month else NIL

    def kept_formula(self, book: Book, amount: str, tolerance: str) -> str:
        """Return the formula of that month."""
        block = book.blocks[_MONTH_THAT_CAN_BE_KEPT[self.row.name]]
        month = cell_reference("", block.sheet, CONSTANT, block.line_of[self.index])
        return f'=IF(({amount}>{tolerance})*({month}>0),{month},"{NIL}")'

    def _span(self, book: Book) -> range:
        return book.columns.years if Axis.YEAR in self.row.over else book.columns.months

    def _cells(self, book: Book, line: int, *, fixed: bool = False) -> str:
        """Return a line of the sheet of details, over its months or its fiscal years."""
        span = self._span(book)
        first, last, row = xl_col_to_name(span.start), xl_col_to_name(span.stop - 1), f"{'$' * fixed}{line + 1}"
        return f"{quote_sheetname(self.block.sheet)}!${first}{row}:${last}{row}"


def check_lines(book: Book, kind: Kind) -> tuple[CheckLine, ...]:
    """Return the lines of all checks of a kind, in the order in which these are declared.

    Blank rows of the workbook are among them, so that what is filled in is checked, but for the rows that say nothing of blanks.
    """
    return tuple(line for row in check_rows() if row.kind is kind for line in _of_row(book, row))


def missed_count(book: Book, kind: Kind) -> int:
    """Return how many lines of a kind are missed, those that no row judges among them, and those of what sheets print not."""
    return sum(line.missed for line in check_lines(book, kind)) + len(of_kind(book.content.judged_by_no_row, kind))


def _of_row(book: Book, row: Line) -> Iterator[CheckLine]:
    block = book.blocks[row.name]
    values, amounts = book.projection.monthly(row.name), book.projection.missed(row)
    rule = rule_of(row)
    for index, members in block.items:
        if row.blank_rows or not any(member.name in book.blank_rows for member in members):
            amount = float(amounts[index])
            since = _since(book, row, values[index]) if amount > row.tolerance else NIL
            yield CheckLine(row, block, index, amount, since, rule)
            rule = ""


def _since(book: Book, row: Line, values: Array) -> float | str:
    first, timeline = first_missed(row, values), book.projection.timeline
    return timeline.years[first] if Axis.YEAR in row.over else serial(timeline.months[first])
