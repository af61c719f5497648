"""The change log: what differs from the saved scenario, and lines in which people write what they change, who and why."""

from __future__ import annotations

from budget_model.workbook.layout.styles import height_of, lines_of
from budget_model.workbook.layout.template import ChangeLog
from budget_model.workbook.sheets.sheet import Pen

HEADS = (("Item", 30), ("Assumption", 40), ("Before", 30), ("After", 30), ("Who", 18), ("Why", 44))
FIRST_LOG_ROW = 4  # counted from 0
WRITTEN_BY_PEOPLE = "What you change in this workbook, a line for each change"  # the heading above the lines to fill in
_LINES_TO_FILL_IN = 20


def write_change_log(pen: Pen, declared: ChangeLog) -> None:
    """Write what differs from the scenario compared with, with room for who and why, and empty lines for what people change."""
    differences, base = pen.book.content.differences, pen.book.content.base
    pen.head(declared.title)
    pen.text(2, 0, f"Against {base}. {declared.note}" if base else declared.note, "status")
    for column, (text, width) in enumerate(HEADS):
        pen.text(FIRST_LOG_ROW - 1, column, text, "head")
        pen.sheet.set_column(column, column, width)
    pen.sheet.freeze_panes(FIRST_LOG_ROW, 0)
    pen.sheet.repeat_rows(0, FIRST_LOG_ROW - 1)
    for line, difference in enumerate(differences, FIRST_LOG_ROW):
        texts = (difference.item, difference.label, difference.shown_before, difference.shown_after)
        for column, text in enumerate(texts):
            pen.text(line, column, text, "wrapped")
        pen.sheet.set_row(line, height_of(max(lines_of(text, width) for text, (_, width) in zip(texts, HEADS, strict=False))))
        _to_fill_in(pen, line, 4)
    heading = FIRST_LOG_ROW + len(differences)
    pen.band(heading, WRITTEN_BY_PEOPLE, len(HEADS) - 1)
    for line in range(heading + 1, heading + 1 + _LINES_TO_FILL_IN):
        _to_fill_in(pen, line, 0)


def _to_fill_in(pen: Pen, line: int, first: int) -> None:
    for column in range(first, len(HEADS)):
        pen.sheet.write_blank(line, column, None, pen.styles("fill"))
