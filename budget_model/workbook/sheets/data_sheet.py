"""Cost and money as a flat table of values, for pivots, with a cell that says whether they still are what the sheets show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from budget_model.analysis.flat_data import COLUMNS, COST, OF_MATCH, OF_NOBODY, OF_OVERHEAD, OF_SOURCE, flat_rows
from budget_model.formats import HALF_A_CENT
from budget_model.workbook.layout.book import FIRST_YEAR, TOTAL, Block, Index
from budget_model.workbook.layout.styles import number_format
from budget_model.workbook.layout.template import Data
from budget_model.workbook.sheets.sheet import Pen

EQUAL, CHANGED = "These rows are what the sheets show.", "LOOK: the sheets have changed since these rows were written."
TABLE = "Cost_and_money"
SAID_ROW, HEAD_ROW = 3, 5
FIRST_DATA_ROW = HEAD_ROW + 1
_WIDTHS = (8, 10, 12, 30, 24, 28, 30, 30, 30, 40, 16)
_AMOUNT = len(COLUMNS) - 1
_ABOUT, _HERE, _NOW, _DIFFERENCE = range(_AMOUNT + 2, _AMOUNT + 6)


@dataclass(frozen=True)
class _Compared:
    """A sum of the rows, by what stands in some columns of them, and the cell of the sheets that it must equal.

    A criterion without a text is what the line is called.
    """

    label: str
    criteria: tuple[tuple[str, str], ...]
    block: Block
    index: Index
    column: int
    value: float


def write_data(pen: Pen, declared: Data) -> None:
    """Write the rows, in which people may sort, filter and delete, and beside them what the sheets show now."""
    for column, width in enumerate(_WIDTHS):
        pen.sheet.set_column(column, column, width)
    pen.sheet.set_column(_ABOUT, _ABOUT, 34)
    pen.sheet.set_column(_HERE, _DIFFERENCE, 18)
    pen.head(declared.title, status_column=4)
    pen.note(2, declared.note, 6)
    rows = flat_rows(pen.book.projection)
    last = _write_rows(pen, rows)
    compared = list(_compared(pen))
    _write_compared(pen, compared, last)
    differences = f"{xl_col_to_name(_DIFFERENCE)}{FIRST_DATA_ROW + 1}:{xl_col_to_name(_DIFFERENCE)}{FIRST_DATA_ROW + len(compared)}"
    tolerance = f"{xl_col_to_name(_DIFFERENCE)}{SAID_ROW + 1}"
    pen.formula(SAID_ROW, 0, f'=IF(MAX({differences})<={tolerance},"{EQUAL}","{CHANGED}")', EQUAL, pen.styles("status"))
    pen.verdict(SAID_ROW, 0)
    pen.sheet.freeze_panes(FIRST_DATA_ROW, 0)
    pen.on_paper(SAID_ROW, 6)


def _write_rows(pen: Pen, rows: list[tuple[str | float, ...]]) -> int:
    """Write the table; return its last row."""
    text, amount = pen.styles("data"), pen.styles("data", number_format("dollars"))
    for line, row in enumerate(rows, FIRST_DATA_ROW):
        for column, value in enumerate(row):
            if isinstance(value, str):
                pen.text(line, column, value, "data")
            else:
                pen.number(line, column, value, amount)
    last = FIRST_DATA_ROW + max(len(rows), 1) - 1
    if not rows:
        for column in range(len(COLUMNS)):
            pen.sheet.write_blank(FIRST_DATA_ROW, column, None, text)
    heads = [{"header": name, "header_format": pen.styles("head_left")} for name in COLUMNS]
    pen.sheet.add_table(HEAD_ROW, 0, last, _AMOUNT, {"name": TABLE, "style": "Table Style Light 1", "columns": heads})
    return last


def _write_compared(pen: Pen, compared: list[_Compared], last: int) -> None:
    pen.text(SAID_ROW, _NOW, "Tolerance, dollars", "small")
    pen.number(SAID_ROW, _DIFFERENCE, HALF_A_CENT, pen.styles("plain", "0.000"))
    for column, text in enumerate(("Compared with the sheets", "In these rows", "On the sheets now", "Differs by"), _ABOUT):
        pen.text(HEAD_ROW, column, text, "head" if column > _ABOUT else "head_left")
    form, exact = pen.figure("dollars"), pen.styles("plain", "#,##0.00;(#,##0.00);0.00")
    here, now = (xl_col_to_name(column) for column in (_HERE, _NOW))
    for line, one in enumerate(compared, FIRST_DATA_ROW):
        if one.label:
            pen.text(line, _ABOUT, one.label, "item")
        else:
            pen.label(line, _ABOUT, one.block, one.index)
        called = f"${xl_col_to_name(_ABOUT)}{line + 1}"
        criteria = "".join(f",{_column(name, last)},{f'{chr(34)}{text}{chr(34)}' if text else called}" for name, text in one.criteria)
        pen.formula(line, _HERE, f"=SUMIFS({_column('Amount', last)}{criteria})", one.value, form)
        pen.link(line, _NOW, one.block, one.index, one.column, one.value, form)
        pen.formula(line, _DIFFERENCE, f"=ABS({here}{line + 1}-{now}{line + 1})", 0.0, exact)


def _column(name: str, last: int) -> str:
    letter = xl_col_to_name(COLUMNS.index(name))
    return f"${letter}${FIRST_DATA_ROW + 1}:${letter}${last + 1}"


def _compared(pen: Pen) -> Iterator[_Compared]:
    """Yield gross appropriation by fiscal year; cost by category, class and place; money by source; match, gap, overhead."""
    book = pen.book
    gross, cost = book.blocks["gross_appropriation"], ("Kind", COST)
    years = book.projection.by_year("gross_appropriation")
    for number, year in enumerate(book.projection.timeline.years):
        yield _Compared(year, (cost, ("Fiscal year", "")), gross, (), FIRST_YEAR + number, float(years[number]))
    by_item = (
        ("cost_by_category", (cost, ("Category", ""))),
        ("cost_by_class", (cost, ("Class", ""))),
        ("cost_by_place", (cost, ("Site", ""))),
        ("drawdown", (("Paid by", OF_SOURCE), ("Source", ""))),
    )
    for row, criteria in by_item:
        for index, _ in book.blocks[row].items:
            yield _Compared("", criteria, book.blocks[row], index, TOTAL, float(book.projection.by_year(row)[index][-1]))
    for row, paid_by in (("all_match_paid", OF_MATCH), ("funding_gap", OF_NOBODY), ("all_indirect_claimed", OF_OVERHEAD)):
        yield _Compared(paid_by, (("Paid by", ""),), book.blocks[row], (), TOTAL, float(book.projection.by_year(row)[-1]))
