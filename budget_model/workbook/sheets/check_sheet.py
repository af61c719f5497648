"""The table of checks: those of the model, those of what sheets print, and figures that a reader should look at."""

from __future__ import annotations

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from budget_model.formats import HALF_A_CENT
from budget_model.scenario.axes import Axis
from budget_model.workbook.layout.book import TOTAL, cell_reference
from budget_model.workbook.layout.template import Checks, ShownRow, Summary
from budget_model.workbook.sheets.sheet import ALL_PASS, FAIL, PASS, SOME_FAIL, Pen, SheetCheck

_HEADS = (("Check", 34), ("Rule", 78), ("Largest difference", 20), ("Tolerance", 12), ("Result", 12))
_FIRST = 6
LOOK, NOTHING = "LOOK", "none"


def write_checks(pen: Pen, declared: Checks) -> None:
    """Write one line a check: the largest difference, its tolerance, PASS or FAIL; above them whether all pass; below them notes."""
    book, results = pen.book, pen.book.projection.checks
    pen.head(declared.title)
    pen.text(2, 0, declared.note, "status")
    more = [*pen.pens.checks, *_no_error(pen)]
    last = _FIRST + len(results) + len(more) - 1
    pen.text(3, 0, "All checks", "total")
    results_range = f"E{_FIRST + 1}:E{last + 1}"
    master = f'=IF(COUNTIF({results_range},"{PASS}")=ROWS({results_range}),"{ALL_PASS}","{SOME_FAIL}")'
    pen.formula(3, 2, master, SOME_FAIL if pen.fails else ALL_PASS, pen.styles("total"))
    for column, (text, width) in enumerate(_HEADS):
        pen.text(_FIRST - 1, column, text, "head")
        pen.sheet.set_column(column, column, width)
    pen.sheet.freeze_panes(_FIRST, 1)
    pen.sheet.repeat_rows(0, _FIRST - 1)
    for line, check in enumerate(results, _FIRST):
        block = book.blocks[check.name]
        span = book.columns.months if Axis.MONTH in block.row.over else range(TOTAL, book.columns.years.stop)
        first, final = xl_col_to_name(span.start), xl_col_to_name(span.stop - 1)
        detail = f"{quote_sheetname(block.sheet)}!${first}${block.first + 1}:${final}${block.last + 1}"
        formula = f"=MAX({detail})" if block.items else "=0"
        _line(pen, line, block.row.label, check.rule, formula, check.difference, check.tolerance)
    for line, printed in enumerate(more, _FIRST + len(results)):
        _line(pen, line, printed.label, printed.rule, printed.formula, printed.difference, HALF_A_CENT)
    if declared.notes:
        pen.band(last + 2, "To look at: no mistake, but a reader should know", len(_HEADS) - 1)
    for line, note in enumerate(declared.notes, last + 3):
        _note(pen, line, note)


def _line(pen: Pen, line: int, label: str, rule: str, formula: str, difference: float, tolerance: float) -> None:
    exact = pen.styles("top", "#,##0.000")
    pen.text(line, 0, label, "wrapped")
    pen.text(line, 1, rule, "wrapped")
    pen.formula(line, 2, formula, difference, exact)
    pen.number(line, 3, tolerance, exact)
    result = PASS if difference <= tolerance else FAIL
    pen.formula(line, 4, f'=IF(C{line + 1}<=D{line + 1},"{PASS}","{FAIL}")', result, pen.styles("wrapped"))


def _note(pen: Pen, line: int, note: ShownRow) -> None:
    """Write a figure over all months that is no mistake but matters."""
    block = pen.book.blocks[note.row]
    value = float(pen.book.projection.by_year(note.row).reshape(-1)[-1])
    pen.text(line, 0, note.label or block.row.label, "wrapped")
    rule = " ".join(block.row.rule.split())
    pen.text(line, 1, rule, "wrapped")
    pen.sheet.set_row(line, 15 * (1 + len(rule) // 70))
    reference = "=" + cell_reference(pen.name, block.sheet, TOTAL, block.first)
    pen.formula(line, 2, reference, value, pen.figure(block.row.unit, "top"))
    result = LOOK if value > HALF_A_CENT else NOTHING
    pen.formula(line, 4, f'=IF(C{line + 1}>D{line + 1},"{LOOK}","{NOTHING}")', result, pen.styles("wrapped"))
    pen.number(line, 3, HALF_A_CENT, pen.styles("top", "#,##0.000"))


def _no_error(pen: Pen) -> list[SheetCheck]:
    """Return the check that no figure of the summary is an error; every result reaches it."""
    summary = next((sheet.sheet for sheet in pen.book.template.sheets if isinstance(sheet, Summary)), None)
    if summary is None:
        return []
    last = xl_col_to_name(1 + len(pen.book.projection.years))
    bottom = max(row + 1 for sheet, row, _ in pen.pens.cells if sheet == summary)
    formula = f"=IF(ISERROR(SUM({quote_sheetname(summary)}!$C$5:${last}${bottom})),1,0)"
    return [SheetCheck("No error", "No figure of the summary is an error.", formula, 0.0)]
