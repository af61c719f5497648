"""What each check came to, a line a check, for paper: the Checks sheet has a line for each check and item."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from budget_model.formats import NIL
from budget_model.workbook.layout.styles import height_of, lines_of
from budget_model.workbook.layout.template import CheckResults
from budget_model.workbook.sheets.check_sheet import ITEM, RESULT
from budget_model.workbook.sheets.sheet import ListedLine, Pen

_HEADS = (("Check", 36), ("Kind", 9), ("Looked at", 9), ("Missed", 8), ("Result", 9), ("First place at fault", 38), ("Rule", 86))
_CHECK, _KIND, _LOOKED_AT, _MISSED, _RESULT, _PLACE, _RULE = range(len(_HEADS))
_HEAD_ROW = 3
_AN_ERROR = "a line that reads as an error"


def write_check_results(pen: Pen, declared: CheckResults) -> None:
    """Write a line for each check over its lines on the Checks sheet, which is written before."""
    for column, (_, width) in enumerate(_HEADS):
        pen.sheet.set_column(column, column, width)
    pen.head(declared.title, status_column=_PLACE)
    pen.note(2, declared.note, _RULE)
    for column, (text, _) in enumerate(_HEADS):
        pen.text(_HEAD_ROW, column, text, "head" if column else "head_left")
    pen.sheet.freeze_panes(_HEAD_ROW + 1, 1)
    line, parts, kind = _HEAD_ROW + 1, [], ""
    for _, group in groupby(pen.pens.listed, key=lambda one: (one.kind, one.label)):
        lines = list(group)
        if lines[0].kind != kind:
            kind = lines[0].kind
            parts.append(line)
        _write_check(pen, line, lines)
        line += 1
    pen.verdict(_HEAD_ROW + 1, _RESULT, line - 1)
    pen.on_paper(line - 1, _RULE, head=(0, _HEAD_ROW), parts=parts)


def _write_check(pen: Pen, line: int, lines: Sequence[ListedLine]) -> None:
    """Write how many lines of a check are missed and where the first of them is: all that do not read as kept, an error among them."""
    check, first, last = lines[0], lines[0].line + 1, lines[-1].line + 1
    sheet = quote_sheetname(pen.book.checks)
    results, items = (f"{sheet}!{letter}{first}:{letter}{last}" for letter in map(xl_col_to_name, (RESULT, ITEM)))
    missed = [one for one in lines if one.missed]
    count = f"{xl_col_to_name(_MISSED)}{line + 1}"
    for column, text in ((_CHECK, check.label), (_KIND, check.kind), (_RULE, check.rule)):
        pen.text(line, column, text, "top_left")
    top = pen.styles("top", "0")
    pen.number(line, _LOOKED_AT, len(lines), top)
    pen.formula(line, _MISSED, f'=ROWS({results})-COUNTIF({results},"{check.kept}")', len(missed), top)
    told = check.lost if missed else check.kept
    pen.formula(line, _RESULT, f'=IF({count}=0,"{check.kept}","{check.lost}")', told, pen.styles("top_left"))
    found = f'IFERROR(INDEX({items},MATCH("{check.lost}",{results},0),1),"{_AN_ERROR}")' if len(lines) > 1 else items.split(":")[0]
    place = missed[0].item if missed else NIL
    pen.formula(line, _PLACE, f'=IF({count}=0,"{NIL}",{found})', place, pen.styles("top_left" if missed else "shrunk"))
    texts = ((check.label, _CHECK), (check.rule, _RULE), (place, _PLACE))
    pen.sheet.set_row(line, height_of(max(lines_of(text, _HEADS[column][1] - 1) for text, column in texts)))
