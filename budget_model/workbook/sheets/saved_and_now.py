"""Net county cost now and as it was saved, and how many inputs differ: on Assumptions, and where other sheets repeat it."""

from __future__ import annotations

from xlsxwriter.utility import quote_sheetname, xl_range_abs, xl_rowcol_to_cell

from budget_model.engine.vocabulary import COUNT_DIGITS_NAME
from budget_model.workbook.layout.assumption_columns import COLUMN, ID, NOW, SAVED
from budget_model.workbook.layout.book import FIRST_ASSUMPTION_ROW, TOTAL, Book
from budget_model.workbook.layout.styles import number_format
from budget_model.workbook.sheets.sheet import CHANGED_CELL, Pen

_COST_ROW, _DIFFERENCE_ROW = FIRST_ASSUMPTION_ROW - 3, FIRST_ASSUMPTION_ROW - 2  # of Assumptions, counted from 0
_ABOUT_COST, _ABOUT_DIFFERENCE = "Net county cost over all months, now and as saved ($)", "Difference ($), and inputs changed"
NOW_CELL, SAVED_CELL = (xl_rowcol_to_cell(_COST_ROW, COLUMN[name], True, True) for name in (NOW, SAVED))
DIFFERENCE_CELL = xl_rowcol_to_cell(_DIFFERENCE_ROW, COLUMN[NOW], True, True)


def saved_net_county_cost(book: Book) -> float:
    """Return the net county cost over all months with which the workbook is made, in dollars, to the 15 digits that programs keep."""
    return float(f"{book.projection.by_year('net_county_cost')[-1]:.15g}")


def is_changed(book: Book) -> str:
    """Return the condition, row by row on Assumptions, that an input is other than it was saved."""
    last = FIRST_ASSUMPTION_ROW + len(book.entries) - 1
    of_input, now, saved = (xl_range_abs(FIRST_ASSUMPTION_ROW, COLUMN[name], last, COLUMN[name]) for name in (ID, NOW, SAVED))
    return f'({of_input}<>"")*({now}<>{saved})'


def write_net_county_cost_now(pen: Pen) -> None:
    """Write on Assumptions, above the inputs, what they come to now and came to when saved, and how many are changed."""
    block = pen.book.blocks["net_county_cost"]
    cost = saved_net_county_cost(pen.book)
    dollars = pen.styles("left_total", number_format("dollars"))
    pen.band(_COST_ROW, _ABOUT_COST, COLUMN[SAVED], "total")
    pen.text(_DIFFERENCE_ROW, 0, _ABOUT_DIFFERENCE, "item")
    pen.link(_COST_ROW, COLUMN[NOW], block, (), TOTAL, cost, dollars)
    pen.number(_COST_ROW, COLUMN[SAVED], cost, dollars)
    pen.formula(
        _DIFFERENCE_ROW,
        COLUMN[NOW],
        f"=ROUND({NOW_CELL}-{SAVED_CELL},{COUNT_DIGITS_NAME})",
        0.0,
        pen.styles("left", number_format("dollars")),
    )
    pen.formula(_DIFFERENCE_ROW, COLUMN[SAVED], f"=SUMPRODUCT({is_changed(pen.book)})", 0.0, pen.styles("left", "0"))
    _mark(pen, _DIFFERENCE_ROW, COLUMN[NOW], COLUMN[SAVED])


def write_saved_and_now(pen: Pen, row: int) -> int:
    """Write the same below each other in columns A and B of another sheet; return the row after them."""
    cost, sheet = saved_net_county_cost(pen.book), quote_sheetname(pen.book.assumptions)
    dollars = number_format("dollars")
    lines = (
        ("Net county cost as saved ($)", SAVED_CELL, cost, dollars),
        ("Net county cost now ($)", NOW_CELL, cost, dollars),
        ("Difference ($)", DIFFERENCE_CELL, 0.0, dollars),
        ("Inputs changed since", CHANGED_CELL, 0.0, "0"),
    )
    for line, (label, cell, value, form) in enumerate(lines, row):
        pen.text(line, 0, label, "item")
        pen.formula(line, 1, f"={sheet}!{cell}", value, pen.styles("left", form))
    _mark(pen, row + 2, 1, 1)
    _mark(pen, row + 3, 1, 1)
    return row + len(lines)


def _mark(pen: Pen, row: int, first: int, last: int) -> None:
    """Color what is not 0 any more."""
    rule = {"type": "cell", "criteria": "!=", "value": 0, "format": pen.styles.condition("look")}
    pen.sheet.conditional_format(row, first, row, last, rule)
