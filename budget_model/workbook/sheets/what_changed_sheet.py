"""What changed: the inputs that are other than saved, found by formulas with who and why; below them what differed before the export."""

from __future__ import annotations

from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_range_abs, xl_rowcol_to_cell

from budget_model.workbook.layout.assumption_columns import ASSUMPTION, CHANGED_ROW, COLUMN, ITEM, NOW, SAVED, UNIT, WHO, WHY
from budget_model.workbook.layout.book import FIRST_ASSUMPTION_ROW
from budget_model.workbook.layout.styles import height_of, lines_of, number_format
from budget_model.workbook.layout.template import WhatChanged
from budget_model.workbook.sheets.saved_and_now import is_changed, write_saved_and_now
from budget_model.workbook.sheets.sheet import CHANGED_CELL, Pen

LINES = 40  # of changes that are listed
_HEADS = (("Item", 28), ("Assumption", 38), ("Saved", 14), ("Now", 14), ("Unit", 16), ("Who", 16), ("Why", 40), ("Row of Assumptions", 12))
_SHOWN = (ITEM, ASSUMPTION, SAVED, NOW, UNIT, WHO, WHY)
_WHERE_EMPTY = {NOW: "empty", WHO: "", WHY: ""}
_ROW = len(_SHOWN)
_FIRST_COST_ROW = 4
_SAID_ROW = _FIRST_COST_ROW + 4
_NONE = "No input is changed."
_MORE = "More inputs are changed than the list has lines. On Assumptions, Now differs from Saved where one is changed."
HEAD_ROW = _SAID_ROW + 2
FIRST_ROW = HEAD_ROW + 1


def write_what_changed(pen: Pen, declared: WhatChanged) -> None:
    """Write the list of changed inputs, each found by a formula; and what differs from the scenario that was compared with."""
    for column, (text, width) in enumerate(_HEADS):
        pen.text(HEAD_ROW, column, text, "head")
        pen.sheet.set_column(column, column, width)
    pen.head(declared.title, status_column=2)
    pen.note(2, declared.note, _ROW)
    write_saved_and_now(pen, _FIRST_COST_ROW)
    changed = f"{quote_sheetname(pen.book.assumptions)}!{CHANGED_CELL}"
    lines = f"ROWS({xl_range_abs(FIRST_ROW, 0, FIRST_ROW + LINES - 1, 0)})"
    pen.formula(_SAID_ROW, 0, f'=IF({changed}=0,"{_NONE}","")', _NONE, pen.styles("status"))
    pen.formula(_SAID_ROW + 1, 0, f'=IF({changed}>{lines},"{_MORE}","")', "", pen.styles("status"))
    pen.sheet.set_row(HEAD_ROW, height_of(2))
    pen.sheet.freeze_panes(FIRST_ROW, 0)
    _write_rows_of_changes(pen.pens.sheet(pen.book.assumptions))
    for line in range(FIRST_ROW, FIRST_ROW + LINES):
        _write_change(pen, line)
    _form(pen)
    last = _write_before(pen, FIRST_ROW + LINES)
    pen.on_paper(last, _ROW, head=(0, HEAD_ROW))


def _write_rows_of_changes(pen: Pen) -> None:
    """Write on Assumptions, out of sight, the rows of the changed inputs one below the other: each the first after the one before."""
    last = FIRST_ASSUMPTION_ROW + len(pen.book.entries) - 1
    rows, column = xl_range_abs(FIRST_ASSUMPTION_ROW, 0, last, 0), COLUMN[CHANGED_ROW]
    head = xl_rowcol_to_cell(FIRST_ASSUMPTION_ROW - 1, 0, True, True)
    for number in range(LINES):
        line = FIRST_ASSUMPTION_ROW + number
        after = f"*(ROW({rows})>{xl_rowcol_to_cell(line - 1, column)})" if number else ""
        formula = f'=IFERROR(SUMPRODUCT(MATCH(1,{is_changed(pen.book)}{after},0))+ROW({head}),"")'
        pen.formula(line, column, formula, "", pen.styles("plain", "0"))


def _write_change(pen: Pen, line: int) -> None:
    """Write one line of the list: what stands in the row of Assumptions that it is about, empty where there is none."""
    sheet, found = quote_sheetname(pen.book.assumptions), f"${xl_col_to_name(_ROW)}{line + 1}"
    last = FIRST_ASSUMPTION_ROW + len(pen.book.entries) - 1
    source = xl_rowcol_to_cell(FIRST_ASSUMPTION_ROW + line - FIRST_ROW, COLUMN[CHANGED_ROW])
    pen.formula(line, _ROW, f"={sheet}!{source}", "", pen.styles("top_left", "0"))
    pen.sheet.set_row(line, height_of(2))
    for column, name in enumerate(_SHOWN):
        cells = f"{sheet}!{xl_range_abs(0, COLUMN[name], last, COLUMN[name])}"
        value = f"INDEX({cells},{found},1)"
        text = f'IF({value}="","{_WHERE_EMPTY[name]}",{value})' if name in _WHERE_EMPTY else value
        pen.formula(line, column, f'=IF({found}="","",{text})', "", pen.styles("top_left", "#,##0.0###"))


def _form(pen: Pen) -> None:
    """Show months as months, shares in percent and money with cents, by the unit beside them."""
    unit = f"$E{FIRST_ROW + 1}"
    for begins, unit_of in (("month", "month"), ("share", "share"), ("dollars", "dollars")):
        rule = {
            "type": "formula",
            "criteria": f'=LEFT({unit},{len(begins)})="{begins}"',
            "format": pen.styles.number_condition(number_format(unit_of, exact=True)),
        }
        pen.sheet.conditional_format(FIRST_ROW, 2, FIRST_ROW + LINES - 1, 3, rule)


def _write_before(pen: Pen, line: int) -> int:
    """Write what differs from the scenario compared with when the workbook was made; return the last line."""
    differences, base = pen.book.content.differences, pen.book.content.base
    if not base:
        return line - 1
    pen.band(line, f"Before this workbook was made: what differs from {base}", _ROW)
    for number, difference in enumerate(differences, line + 1):
        texts = (difference.item, difference.label, difference.shown_before, difference.shown_after)
        for column, text in enumerate(texts):
            pen.text(number, column, text, "wrapped")
        pen.sheet.set_row(number, height_of(max(lines_of(text, width) for text, (_, width) in zip(texts, _HEADS, strict=False))))
    return line + len(differences)
