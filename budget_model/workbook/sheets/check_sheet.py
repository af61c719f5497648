"""The Checks sheet: faults, duties and remarks, one line for each check and item, and how many of each kind are missed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from budget_model.analysis.findings import Finding, of_kind
from budget_model.engine.rows import Kind
from budget_model.formats import HALF_A_CENT, NIL
from budget_model.scenario.axes import Axis
from budget_model.timeline import read_month, serial
from budget_model.workbook.layout.entries import WHOLE_PROGRAM
from budget_model.workbook.layout.styles import height_of, lines_of, number_format
from budget_model.workbook.layout.template import Checks, Summary
from budget_model.workbook.sheets.check_lines import CheckLine, check_lines
from budget_model.workbook.sheets.input_checks import ROW_FORM
from budget_model.workbook.sheets.sheet import ALL_PASS, FAIL, LOOK, MASTER_ROW, PASS, REMARKS_ROW, SOME_FAIL, ListedLine, Pen, SheetCheck

NOTHING = "none"
THIS_WORKBOOK = "This workbook"
_HEADS = (
    ("Kind", 9), ("Check", 30), ("Item", 34), ("Result", 9), ("Amount", 13), ("Unit", 12), ("Since", 10), ("Tolerance", 12),
    ("Can be kept", 13), ("Rule", 44),
)  # fmt: skip
_KIND, _CHECK, ITEM, RESULT, _AMOUNT, _UNIT, _SINCE, _TOLERANCE, _KEPT, _RULE = range(len(_HEADS))
_HEAD_ROW = REMARKS_ROW + 1
_FIRST = _HEAD_ROW + 1


class _Words(NamedTuple):
    """What stands for a kind in the list, where it is counted, and as the result of what is missed and what is not."""

    one: str
    several: str
    meaning: str
    missed: str
    kept: str


_WORDS: Mapping[Kind, _Words] = {
    Kind.FAULT: _Words("Fault", "Faults", "The plan can't be so.", FAIL, PASS),
    Kind.DUTY: _Words("Duty", "Duties missed", "The plan owes what it does not give.", FAIL, PASS),
    Kind.REMARK: _Words("Remark", "Remarks", "No mistake, but a reader should know.", LOOK, NOTHING),
}


def write_checks(pen: Pen, declared: Checks) -> None:
    """Write how many faults, duties missed and remarks there are, and below them the list, kind by kind, which can be filtered."""
    for column, (text, width) in enumerate(_HEADS):
        pen.text(_HEAD_ROW, column, text, "head")
        pen.sheet.set_column(column, column, width)
    pen.head(declared.title, status_column=RESULT)
    pen.text(2, 0, declared.note, "status")
    pen.sheet.set_row(_HEAD_ROW, height_of(2))
    pen.sheet.freeze_panes(_FIRST, RESULT)
    line = _FIRST
    for count_row, kind in enumerate(Kind, MASTER_ROW + 1):
        first, (line, count) = line, _write_kind(pen, line, kind)
        _write_count(pen, count_row, _WORDS[kind], (first, line), count)
    pen.text(MASTER_ROW, 0, "All checks", "total")
    pen.text(MASTER_ROW, 1, "", "total")
    master = f'=IF(C{MASTER_ROW + 2}+C{MASTER_ROW + 3}=0,"{ALL_PASS}","{SOME_FAIL}")'
    pen.formula(MASTER_ROW, ITEM, master, SOME_FAIL if pen.book.fails else ALL_PASS, pen.styles("total"))
    pen.verdict(MASTER_ROW, ITEM)
    pen.verdict(_FIRST, RESULT, line - 1)
    pen.sheet.autofilter(_HEAD_ROW, 0, line - 1, len(_HEADS) - 1)
    pen.on_paper(line - 1, len(_HEADS) - 1, head=(0, _HEAD_ROW))


def _write_kind(pen: Pen, line: int, kind: Kind) -> tuple[int, int]:
    """Write the lines of a kind, those of inputs first; return the line after them, and how many of them are missed."""
    words, lines = _WORDS[kind], check_lines(pen.book, kind)
    is_fault = kind is Kind.FAULT
    unjudged = of_kind(pen.book.content.judged_by_no_row, kind)
    of_inputs = [one for one in pen.pens.checks if one.row] if is_fault else []
    printed = [*(one for one in pen.pens.checks if not one.row), *_no_error(pen)] if is_fault else []
    for sheet_check in of_inputs:
        _write_printed(pen, line, sheet_check, words)
        line += 1
    for number, check in enumerate(lines, line):
        _write_line(pen, number, check, words)
    for number, finding in enumerate(unjudged, line + len(lines)):
        _write_unjudged(pen, number, finding, words)
    line += len(lines) + len(unjudged)
    for number, sheet_check in enumerate(printed, line):
        _write_printed(pen, number, sheet_check, words)
    missed = sum(check.missed for check in lines) + len(unjudged) + sum(one.difference > HALF_A_CENT for one in (*of_inputs, *printed))
    return line + len(printed), missed


def _write_count(pen: Pen, row: int, words: _Words, span: tuple[int, int], count: int) -> None:
    """Write how many lines of a kind are missed: all that do not read as kept, an error among them."""
    letter = xl_col_to_name(RESULT)
    results = f"{letter}{span[0] + 1}:{letter}{span[1]}"
    pen.text(row, 0, words.several, "item")
    pen.formula(row, ITEM, f'=ROWS({results})-COUNTIF({results},"{words.kept}")', count, pen.styles("left", "0"))
    pen.text(row, RESULT, words.meaning, "status")


def _write_line(pen: Pen, line: int, check: CheckLine, words: _Words) -> None:
    row = check.row
    _write_texts(pen, line, {
        _KIND: words.one,
        _CHECK: row.label,
        ITEM: check.item or WHOLE_PROGRAM,
        _UNIT: row.unit,
        _RULE: check.rule,
    })  # fmt: skip
    if check.index:
        pen.label(line, ITEM, check.block, check.index, style="top_left")
    _write_result(pen, line, words, check.amount_formula(pen.book), check.amount, row.unit, row.tolerance)
    _list(pen, line, words, row.label, check.item or WHOLE_PROGRAM, check.rule, missed=check.missed)
    since = check.since_formula(pen.book, *_cells(line, _AMOUNT, _TOLERANCE))
    pen.formula(line, _SINCE, since, check.since, pen.styles("top_left", "" if Axis.YEAR in row.over else number_format("month")))
    if check.can_be_kept:
        formula = check.kept_formula(pen.book, *_cells(line, _AMOUNT, _TOLERANCE))
        pen.formula(line, _KEPT, formula, check.kept(pen.book), pen.styles("top_left", number_format("month")))


def _write_unjudged(pen: Pen, line: int, finding: Finding, words: _Words) -> None:
    """Write what no formula judges, such as a rule of scenario files that the plan breaks, or months that amounts leave out."""
    name = finding.check.replace("_", " ").capitalize()
    item = finding.item or WHOLE_PROGRAM
    rule = f"{finding.detail} Judged when this workbook was made."
    texts = {_KIND: words.one, _CHECK: name, ITEM: item, _UNIT: finding.unit, _RULE: rule}
    _write_texts(pen, line, texts)
    _write_result(pen, line, words, "=1", finding.amount, finding.unit, 0.0)
    _list(pen, line, words, f"{name}: {item}", item, rule, missed=True)
    pen.number(line, _SINCE, serial(read_month(finding.since)), pen.styles("top_left", number_format("month")))


def _write_printed(pen: Pen, line: int, check: SheetCheck, words: _Words) -> None:
    """Write a check of what sheets print or hold, which has no months; of cells it names the first at fault, and its row."""
    about = check.about or THIS_WORKBOOK
    texts = {_KIND: words.one, _CHECK: check.label, ITEM: about, _UNIT: check.unit, _SINCE: NIL, _RULE: check.rule}
    _write_texts(pen, line, texts)
    _write_result(pen, line, words, check.formula, check.difference, check.unit, HALF_A_CENT)
    _list(pen, line, words, check.label, about, check.rule, missed=check.difference > HALF_A_CENT)
    if check.row:
        amount, tolerance, since = _cells(line, _AMOUNT, _TOLERANCE, _SINCE)
        named = '&": "&'.join(f"INDEX({cells},{since},1)" for cells in check.names)
        item = f'=IF(ISNUMBER({since}),{named},"{THIS_WORKBOOK}")'
        pen.formula(line, _SINCE, f'=IF({amount}>{tolerance},{check.row},"{NIL}")', check.first, pen.styles("top_left", ROW_FORM))
        pen.formula(line, ITEM, item, about, pen.styles("top_left"))


def _list(pen: Pen, line: int, words: _Words, label: str, item: str, rule: str, *, missed: bool) -> None:
    """Remember a line for the sheet that says what each check came to."""
    pen.pens.listed.append(ListedLine(words.one, label, item, rule, words.missed, words.kept, missed, line))


def _write_texts(pen: Pen, line: int, texts: Mapping[int, str]) -> None:
    """Write texts by column, in a row as high as they take."""
    for column, text in texts.items():
        pen.text(line, column, text, "top_left")
    pen.sheet.set_row(line, height_of(max(lines_of(text, _HEADS[column][1] - 1) for column, text in texts.items())))


def _write_result(pen: Pen, line: int, words: _Words, formula: str, amount: float, unit: str, tolerance: float) -> None:
    amount_cell, tolerance_cell = _cells(line, _AMOUNT, _TOLERANCE)
    result = words.missed if amount > tolerance else words.kept
    pen.formula(line, RESULT, f'=IF({amount_cell}>{tolerance_cell},"{words.missed}","{words.kept}")', result, pen.styles("top_left"))
    pen.formula(line, _AMOUNT, formula, amount, pen.figure(unit, "top", exact=True))
    pen.number(line, _TOLERANCE, tolerance, pen.styles("top", "0.000"))


def _cells(line: int, *columns: int) -> tuple[str, ...]:
    return tuple(f"{xl_col_to_name(column)}{line + 1}" for column in columns)


def _no_error(pen: Pen) -> list[SheetCheck]:
    """Return the check that no figure of the summary is an error; every result reaches it."""
    summary = next((sheet.sheet for sheet in pen.book.template.sheets if isinstance(sheet, Summary)), None)
    if summary is None:
        return []
    last = xl_col_to_name(1 + len(pen.book.projection.years))
    bottom = max(row + 1 for sheet, row, _ in pen.pens.cells if sheet == summary)
    formula = f"=IF(ISERROR(SUM({quote_sheetname(summary)}!$C$5:${last}${bottom})),1,0)"
    return [SheetCheck("No error", "No figure of the summary is an error.", formula, 0.0, "1 = yes")]
