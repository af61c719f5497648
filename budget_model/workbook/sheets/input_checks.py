"""The checks of inputs, below the assumptions: no cell empty, no text for a number, none outside its bounds, its list or its range.

A check says how many cells are at fault and the row of the first. The same is refused when the workbook comes back.
Comparisons alone tell a number from a text here, for not every program takes ISNUMBER over a range: a number is less than
any text, an empty cell is equal to an empty text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import quote_sheetname, xl_range, xl_range_abs, xl_rowcol_to_cell

from budget_model.formats import NIL
from budget_model.scenario.assumption import LEAST_CONFIDENCE, MONTH_UNIT, UNSOURCED
from budget_model.workbook.layout.assumption_columns import (
    ASSUMPTION,
    COLUMN,
    CONFIDENCE,
    FIRST_HIDDEN,
    HIGH,
    HIGH_SAVED,
    ID,
    ITEM,
    LAST_SEEN,
    LOW,
    LOW_SAVED,
    NAME_AT_FAULT,
    NOW,
    SAVED,
    SOURCE,
    UNIT,
)
from budget_model.workbook.layout.book import FIRST_ASSUMPTION_ROW
from budget_model.workbook.layout.entries import A_TEXT, MONTH, NUMBER, WHOLE_PROGRAM, YES_OR_NO
from budget_model.workbook.sheets.choice_lists import ChoiceLists
from budget_model.workbook.sheets.input_bounds import Bounds, bounds_of
from budget_model.workbook.sheets.sheet import Pen, SheetCheck

ROW_FORM = '"row "0'
_HEAD = "Checks of the inputs: cells at fault, and the row of the first"


@dataclass(frozen=True)
class _Check:
    """A check of all inputs: its condition cell by cell, and the lines that miss it when the workbook is made."""

    label: str
    rule: str
    condition: str
    at_fault: Sequence[int] = ()


def write_input_checks(pen: Pen, line: int, lists: ChoiceLists) -> int:
    """Write the checks from a line on, and have the Checks sheet show them; return the line after them."""
    pen.band(line, _HEAD, LAST_SEEN)
    for check in _checks(pen):
        line += 1
        first = f"=IFERROR(SUMPRODUCT(MATCH(1,{check.condition},0))+ROW({xl_rowcol_to_cell(FIRST_ASSUMPTION_ROW - 1, 0)}),0)"
        row = check.at_fault[0] + 1 if check.at_fault else 0
        _write(pen, line, (check.label, check.rule), f"=SUMPRODUCT({check.condition})", len(check.at_fault), first, row)
    line += 1
    rule = "What is chosen from a list is one of the list, in whatever capitals; confidence and kind too."
    _write(pen, line, ("Choices are of their list", rule), f"=SUM({lists.wrong})", 0, lists.row_of_a_wrong, 0)
    return line + 1


def _write(pen: Pen, line: int, words: tuple[str, str], count: str, found: int, first: str, row: int) -> None:
    label, rule = words
    pen.text(line, COLUMN[ASSUMPTION], label)
    pen.formula(line, COLUMN[NOW], count, float(found), pen.styles("plain", "0"))
    pen.formula(line, COLUMN[SAVED], first, float(row), pen.styles("plain", ROW_FORM))
    pen.text(line, COLUMN[UNIT], "cells")
    sheet, last = quote_sheetname(pen.name), FIRST_ASSUMPTION_ROW + len(pen.book.entries) - 1
    counted, first_row = (f"{sheet}!{xl_rowcol_to_cell(line, COLUMN[name])}" for name in (NOW, SAVED))
    where = tuple(f"{sheet}!{xl_range_abs(0, COLUMN[name], last, COLUMN[name])}" for name in (ITEM, ASSUMPTION))
    about = _about(pen, row) if row else ""
    pen.pens.checks.append(
        SheetCheck(label, rule, f"={counted}", float(found), "cells", first_row, where, float(row) if row else NIL, about)
    )


def _about(pen: Pen, row: int) -> str:
    entry = pen.book.entries[row - 1 - FIRST_ASSUMPTION_ROW]
    return f"{entry.item or WHOLE_PROGRAM}: {entry.label}"


def _checks(pen: Pen) -> list[_Check]:
    last = FIRST_ASSUMPTION_ROW + len(pen.book.entries) - 1

    def cells(column: int) -> str:
        found: str = xl_range(FIRST_ASSUMPTION_ROW, column, last, column)  # no formula of a comparison is long
        return found

    now, saved, unit, of_input = (cells(COLUMN[name]) for name in (NOW, SAVED, UNIT, ID))
    least, most, least_here, most_here = (cells(FIRST_HIDDEN + number) for number in range(4))
    low, high, low_saved, high_saved = (cells(COLUMN[name]) for name in (LOW, HIGH, LOW_SAVED, HIGH_SAVED))
    confidence, source, name_at_fault = (cells(COLUMN[name]) for name in (CONFIDENCE, SOURCE, NAME_AT_FAULT))
    month, yes_or_no = f'"{MONTH_UNIT}"', f'"{YES_OR_NO}"'
    return [
        _Check("Inputs are filled in", "No cell of an input is empty.", f'({of_input}<>"")*({now}="")'),
        _Check(
            "Numbers are numbers",
            "No text stands in the cell of a number or a month.",
            f'({saved}<"")*({now}>"")*(1-({unit}={yes_or_no})*(({now}=TRUE)+({now}=FALSE)))',
        ),
        _Check("Words are words", "No number stands in the cell of a name or a choice.", f'({saved}>"")*({now}<"")'),
        _Check("Yes or no is 1 or 0", "What is yes or no is 1 or 0.", f'({unit}={yes_or_no})*({now}<"")*({now}>0)*({now}<1)'),
        _Check(
            "Numbers are within bounds",
            "Each number is one that its cell accepts: the cell says which.",
            f'({unit}<>{month})*({now}<"")*(({now}<{least})+({now}>{most})>0)',
            _at_fault(pen, NUMBER, _beyond),
        ),
        _Check(
            "Numbers suit each other",
            "A number that another input rules out is 0, and one that it asks for is not; an effect lies within its range.",
            f'({unit}<>{month})*({now}<"")*(({now}<{least_here})+({now}>{most_here})>0)',
            _at_fault(pen, NUMBER, _unsuited),
        ),
        _Check(
            "Months are the plan's",
            "What begins, begins in a month of the plan.",
            f'({unit}={month})*({now}<"")*(({now}<{least})+({now}>{most})>0)',
            _at_fault(pen, MONTH, _beyond),
        ),
        _Check(
            "Months are in order",
            "A last month is not before the first one, and a month is given by its first day.",
            f'({unit}={month})*({now}<"")*(({now}<{least_here})+({now}>{most_here})>0)',
            _at_fault(pen, MONTH, _unsuited),
        ),
        _Check(
            "Spare rows have names",
            "A spare row that is filled in has a name of its own, which no other line of its table has.",
            f'({unit}="{A_TEXT}")*({name_at_fault}>0)',
        ),
        # The range of a number that was changed goes with it, unless it was written anew.
        _Check(
            "Low ends are below",
            "The low end of a range is not above the number, and one that its cell accepts.",
            f'({low}<>"")*(({now}={saved})+({low}<>{low_saved})>0)*(({low}>{now})+({low}<{least})>0)',
        ),
        _Check(
            "High ends are above",
            "The high end of a range is not below the number, and one that its cell accepts.",
            f'({high}<>"")*(({now}={saved})+({high}<>{high_saved})>0)*(({high}<{now})+({high}>{most})>0)',
        ),
        _Check(
            "Confidence has a source",
            "Confidence is low where no source is given.",
            f'({now}={saved})*({confidence}<>"")*({confidence}<>"{LEAST_CONFIDENCE}")*(({source}="")+({source}="{UNSOURCED}")>0)',
        ),
    ]


def _beyond(bounds: Bounds, value: float) -> bool:
    return not bounds.least <= value <= bounds.most


def _unsuited(bounds: Bounds, value: float) -> bool:
    return not bounds.least_here.value <= value <= bounds.most_here.value


def _at_fault(pen: Pen, kind: str, misses: Callable[[Bounds, float], bool]) -> list[int]:
    """Return the lines of a kind of input that miss a check when the workbook is made: of a plan that breaks a rule already."""
    found = []
    for line, entry in enumerate(pen.book.entries, FIRST_ASSUMPTION_ROW):
        if entry.kind == kind and (bounds := bounds_of(pen.book, entry)) and misses(bounds, float(entry.value)):
            found.append(line)
    return found
