"""Rows of change tables: the County's columns, amounts rounded by the stated rule, names with their sentences."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from budget_model.analysis.budget_amounts import STEPS, Amounts
from budget_model.analysis.change_lines import ROUNDING, ChangeLine
from budget_model.engine.vocabulary import COUNT_DIGITS_NAME
from budget_model.workbook.layout.book import TITLE_ROW
from budget_model.workbook.layout.styles import height_of, lines_of, number_format
from budget_model.workbook.sheets.sheet import Pen

_HEADS = (
    ("Change", 120), ("Gross appropriation ($)", 15), ("Intrafund transfer ($)", 14), ("Revenue ($)", 14), ("Net county cost ($)", 15),
    ("Budgeted positions", 11),
)  # fmt: skip
GROSS, TRANSFER, REVENUE, NET, POSITIONS = range(1, 6)
COLUMNS = (GROSS, TRANSFER, REVENUE, POSITIONS)  # in the order of the fields of `Amounts`
STEP_ROW = 3
_SENTENCES_STAY = "LOOK: inputs are changed. Amounts follow; sentences are of the day of the export."
_LETTERS = 119  # of a wrapped text on a line of the first column


def begin(pen: Pen, title: str, note: str) -> int:
    """Write what stands above the tables of a sheet, with the steps of rounding; return the line after it."""
    for column, (_, width) in enumerate(_HEADS):
        pen.sheet.set_column(column, column, width)
    pen.head(title)
    pen.formula(TITLE_ROW, GROSS, f"={pen.if_changed(_SENTENCES_STAY)}", "", pen.styles("status"))  # on every page
    pen.note(2, note, POSITIONS)
    pen.sheet.freeze_panes(STEP_ROW + 1, 1)
    wrapped(pen, STEP_ROW, f"Rounded to: {ROUNDING[0].lower()}{ROUNDING[1:]}")
    for column, step in zip(COLUMNS, STEPS.values(), strict=True):
        pen.number(STEP_ROW, column, step, form(pen, "top", column))
    return STEP_ROW + 2


def wrapped(pen: Pen, line: int, text: str) -> None:
    """Write a text in the first column, in as many lines as it takes."""
    pen.text(line, 0, text, "wrapped")
    pen.sheet.set_row(line, height_of(lines_of(text, _LETTERS)))


def heads(pen: Pen, line: int, title: str) -> int:
    """Write the head of a table; return the line after it."""
    pen.text(line, 0, title, "head_left")
    pen.sheet.set_row(line, 30)
    for column, (text, _) in enumerate(_HEADS[1:], 1):
        pen.text(line, column, text, "head")
    return line + 1


def form(pen: Pen, style: str, column: int) -> Format:
    """Return how an amount of a column is shown."""
    return pen.styles(style, number_format("positions" if column == POSITIONS else "dollars"))


def label(pen: Pen, line: int, change: ChangeLine, text: str = "") -> None:
    """Write a line's name, with what is said of it where something is."""
    if text:
        wrapped(pen, line, f"{change.label}. {text}")
    else:
        pen.text(line, 0, change.label, "total" if _style(change) == "total" else "item")


def live(pen: Pen, line: int, at: int, change: ChangeLine, formula: str) -> None:
    """Write the amount of a line in the column of a field of `Amounts`, as a formula."""
    column = COLUMNS[at]
    pen.formula(line, column, f"={formula}", _printed(change, at), form(pen, _style(change), column))


def of_the_day(pen: Pen, line: int, at: int, change: ChangeLine) -> None:
    """Write the amount of a line in the column of a field of `Amounts`, as a number."""
    column = COLUMNS[at]
    pen.number(line, column, _printed(change, at), form(pen, _style(change), column))


def rounded(exact: str, at: int) -> str:
    """Return the formula of an amount rounded by the rule: in steps of its column, half a step away from zero."""
    step = f"{xl_col_to_name(COLUMNS[at])}${STEP_ROW + 1}"
    return f"ROUND(ROUND({f'({exact})' if '-' in exact else exact}/{step},{COUNT_DIGITS_NAME}),0)*{step}"


def net(pen: Pen, line: int, amounts: Amounts, style: str) -> None:
    """Write net county cost, which is what the other amounts of the line leave."""
    gross, transfer, revenue = (f"{xl_col_to_name(column)}{line + 1}" for column in (GROSS, TRANSFER, REVENUE))
    pen.formula(line, NET, f"={gross}-{transfer}-{revenue}", amounts.net_county_cost, form(pen, style, NET))


def net_of(pen: Pen, line: int, change: ChangeLine) -> None:
    """Write the net county cost of a line."""
    net(pen, line, change.printed, _style(change))


def net_of_the_day(pen: Pen, line: int, change: ChangeLine) -> None:
    """Write the net county cost of a line as a number."""
    pen.number(line, NET, change.printed.net_county_cost, form(pen, _style(change), NET))


def _style(change: ChangeLine) -> str:
    return "total" if change.subject in ("opening", "total", "closing") else "top" if change.text else "plain"


def _printed(change: ChangeLine, at: int) -> float:
    return float(getattr(change.printed, list(STEPS)[at]))
