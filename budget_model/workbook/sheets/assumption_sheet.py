"""The sheet of assumptions: every input cell with its unit, range, evidence, name, validation and message."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from typing import Any, get_args

from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_rowcol_to_cell

from budget_model.analysis.motion_clauses import numbers_of_clauses
from budget_model.budget import BUDGET
from budget_model.engine.vocabulary import COUNT_DIGITS, COUNT_DIGITS_NAME, SMALLEST_AMOUNT, SMALLEST_AMOUNT_NAME
from budget_model.formats import is_money
from budget_model.scenario.assumption import MONTH_UNIT, Assumption, Confidence, EvidenceKind
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import NO_ITEM, Timing
from budget_model.scenario.tables import PlacedAssumption
from budget_model.workbook.layout.book import FIRST_ASSUMPTION_ROW, LABEL, range_reference
from budget_model.workbook.layout.entries import CHOICE, DERIVED, HEADING, LINES_NAMED, NAME, Entry
from budget_model.workbook.layout.evidence_cells import (
    AS_TEXT,
    CLAUSE_COLUMN,
    COLUMNS,
    CONFIDENCE,
    CONFIRMED_BY,
    CONFIRMED_ON,
    KIND,
    LATER,
    NOTE,
    RANGE,
    evidence_cells,
)  # fmt: skip
from budget_model.workbook.layout.styles import height_of, lines_of, number_format
from budget_model.workbook.layout.template import Assumptions
from budget_model.workbook.sheets.sheet import Pen

_COLUMNS = (
    ("Item", 30), ("Assumption", 42), ("Value", 20), ("Unit", 26), ("Low", 11), ("High", 11), ("Once or ongoing", 12), ("Confidence", 11),
    ("Source", 56), ("Date", 11), ("Note", 52), ("Owner", 18), ("Comment", 30), (LATER[KIND], 12), (LATER[CONFIRMED_BY], 18),
    (LATER[CONFIRMED_ON], 12), ("Evidence", 34), ("Id", 46), ("Clause", 8),
)  # fmt: skip
_ITEM, _ASSUMPTION, _VALUE, _UNIT, _TIMING, _EVIDENCE, _ID = 0, 1, 2, 3, 6, 16, 17  # the others: `evidence_cells.COLUMNS`
_LISTS_COLUMN = len(_COLUMNS) + 1
LONGEST_NAME = 60


def write_assumptions(pen: Pen, declared: Assumptions) -> None:
    """Write every line of the scenario's assumptions, then what the model fixes."""
    book = pen.book
    pen.head(declared.title, status_column=_VALUE)
    pen.text(2, 0, declared.note, "status")
    for column, (text, width) in enumerate(_COLUMNS):
        pen.text(FIRST_ASSUMPTION_ROW - 1, column, text, "head")
        pen.sheet.set_column(column, column, width)
    pen.sheet.set_row(FIRST_ASSUMPTION_ROW - 1, height_of(2))
    pen.sheet.freeze_panes(FIRST_ASSUMPTION_ROW, _VALUE)
    pen.sheet.repeat_rows(0, FIRST_ASSUMPTION_ROW - 1)
    lists = _write_lists(pen)
    chosen = ""
    for offset, entry in enumerate(book.entries):
        line = FIRST_ASSUMPTION_ROW + offset
        if entry.kind == HEADING:
            spare = " (spare row: fill in to add one; it costs and pays nothing as it stands)" if entry.item in book.blank_rows else ""
            pen.band(line, entry.label + spare, len(_COLUMNS) - 1)
            continue
        if entry.kind == CHOICE:
            chosen = xl_rowcol_to_cell(line, _VALUE)
        _write_entry(pen, line, entry, lists, chosen)
        if entry.is_input:
            _name_value(pen, book.template.prefix + book.names[offset], line)
    _write_clauses(pen)
    line = FIRST_ASSUMPTION_ROW + len(book.entries)
    pen.band(line, "Fixed by the model", len(_COLUMNS) - 1)
    constants = (
        (COUNT_DIGITS_NAME, "Digits kept before a head count is rounded up", COUNT_DIGITS, "digits", "0"),
        (SMALLEST_AMOUNT_NAME, "Remainder that counts as nothing", SMALLEST_AMOUNT, "dollars or participants", "0.000"),
    )
    for name, label, value, unit, form in constants:
        line += 1
        pen.text(line, _ASSUMPTION, label)
        pen.number(line, _VALUE, value, pen.styles("plain", form))
        pen.text(line, _UNIT, unit)
        _name_value(pen, name, line)
    given = [entry.placed.assumption for entry in book.entries if entry.placed]
    pen.sheet.print_area(0, 0, line, COLUMNS[_last_printed(given)])
    _offer(pen, CONFIDENCE, get_args(Confidence), "Low where no published source is given.")
    _offer(pen, KIND, [kind for kind in get_args(EvidenceKind) if kind], "What sort of number it is; the first three are uncertain.")


def _write_clauses(pen: Pen) -> None:
    """Write beside each number that needs a partner's word the clause of the Board's motion that it answers, each number once."""
    numbers = numbers_of_clauses(pen.book.projection.scenario, pen.book.blank_rows)
    clauses = {(placed.input, placed.item): clause for clause, found in numbers.items() for placed in found}
    for line, entry in enumerate(pen.book.entries, FIRST_ASSUMPTION_ROW):
        if entry.placed and (clause := clauses.get((entry.placed.input, entry.placed.item))):
            pen.text(line, CLAUSE_COLUMN, clause, "top")


def _last_printed(given: list[Assumption]) -> str:
    """Return the last part of the evidence that goes on paper: no column that is empty all the way down."""
    if any(one.confirmed_by or one.confirmed_on for one in given):
        return CONFIRMED_ON
    return KIND if any(one.owner or one.comment or one.kind for one in given) else NOTE


def _name_value(pen: Pen, name: str, line: int) -> None:
    """Give a value its name; in a workbook of several scenarios what the model fixes is named once."""
    if name not in pen.pens.named:
        pen.pens.named[name] = (pen.name, xl_rowcol_to_cell(line, _VALUE))
        pen.pens.workbook.define_name(name, f"={quote_sheetname(pen.name)}!{xl_rowcol_to_cell(line, _VALUE, True, True)}")


def _write_entry(pen: Pen, line: int, entry: Entry, lists: dict[tuple[str, ...], str], chosen: str) -> None:
    """Write one line: item, label, value with validation and message, and of a number or month its evidence."""
    pen.text(line, _ITEM, entry.item, "wrapped")
    pen.text(line, _ASSUMPTION, entry.label, "wrapped")
    if entry.kind == DERIVED:
        formula = f'=IF({chosen}="{entry.derived_from}",1,0)' if entry.derived_from else _FOLLOWS[entry.input](pen, entry, chosen)
        form = number_format(MONTH_UNIT, exact=True) if entry.input == "plan_begins" else "0"
        pen.formula(line, _VALUE, formula, entry.value, pen.styles("top", form))
        return pen.text(line, _UNIT, "1 = yes; follows from the choice" if entry.derived_from else "follows from the choices", "wrapped")
    if entry.placed is not None:
        message, rule = _write_quantity(pen, line, entry.placed)
    elif entry.kind == CHOICE:
        pen.text(line, _VALUE, str(entry.value), "input")
        pen.text(line, _UNIT, "choose from the list", "wrapped")
        message, rule = "Choose from the list.", {"validate": "list", "source": lists[entry.choices]}
    elif entry.kind == NAME:
        pen.text(line, _VALUE, str(entry.value), "input")
        pen.text(line, _UNIT, "text", "wrapped")
        message = f"A name of its own, at most {LONGEST_NAME} letters, beginning with a letter."
        rule = {"validate": "length", "criteria": "between", "minimum": 1, "maximum": LONGEST_NAME}
    else:
        pen.number(line, _VALUE, float(entry.value), pen.styles("input", "0"))
        pen.text(line, _UNIT, "1 = yes, 0 = no", "wrapped")
        message, rule = "1 for yes, 0 for no.", {"validate": "list", "source": [0, 1]}
    pen.text(line, _ID, pen.book.names[line - FIRST_ASSUMPTION_ROW].removeprefix("in_"), "top")
    rule |= {"input_title": entry.label[:32], "input_message": message[:255]}
    rule |= {"error_title": "Not accepted", "error_message": message[:255]}
    pen.sheet.data_validation(line, _VALUE, line, _VALUE, rule)
    return None


def _category_that_counts(pen: Pen, entry: Entry, own: str) -> str:
    """Return the formula of an assignment's category: its own, or that of the line it names."""
    return _of_the_line(pen, entry, own, "category")


def _place_that_counts(pen: Pen, entry: Entry, own: str) -> str:
    """Return the formula of an assignment's place: its own site, or that of the line it names."""
    return _of_the_line(pen, entry, own, "site")


def _of_the_line(pen: Pen, entry: Entry, own: str, key: str) -> str:
    """Return the formula of a key of the line that an assignment names, by its place among all costs; its own where it names none."""
    costs, named = pen.book.blocks["cost"], list(LINES_NAMED)
    keys = range_reference(pen.name, costs, costs.key_column((Axis.COST, key)), fixed_column=True)
    line = f"SUM({_beside(pen, named[0], entry.index)}:{_beside(pen, named[-1], entry.index)})"
    return f"=IF({line}=0,{own},INDEX({keys},{line}))"


def _line_named(pen: Pen, entry: Entry, chosen: str) -> str:
    """Return the formula of the place, among all costs, of the line of one table that an assignment names; 0 where it names none."""
    costs, before = pen.book.blocks["cost"], 0
    sheet, letter = quote_sheetname(costs.sheet), xl_col_to_name(LABEL)
    for name in BUDGET.rows["cost"].reads:
        count = len(pen.book.blocks[name].items)
        if BUDGET.rows[name].over[0] == LINES_NAMED[entry.input] and count:
            named = _beside(pen, f"assignment_{LINES_NAMED[entry.input]}", entry.index)
            top, first = costs.first + 1, costs.first + before + 1
            found = f"MATCH({named},{sheet}!${letter}${first}:${letter}${first + count - 1},0)"
            above = f"+ROWS({sheet}!${letter}${top}:${letter}${first - 1})" if before else ""
            return f'=IF({named}="{NO_ITEM}",0,{found}{above})'
        before += count
    return "=0"


def _beside(pen: Pen, name: str, index: tuple[int, ...]) -> str:
    """Return the cell of another line of this sheet."""
    cell: str = xl_rowcol_to_cell(pen.book.address[name, index], _VALUE)
    return cell


def _first_day_of_year(pen: Pen, entry: Entry, chosen: str) -> str:
    """Return the formula of the first day of a fiscal year, from its name, FY 2019-20."""
    return f"=DATE(VALUE(MID({chosen},4,4)),7,1)"


def _everywhere(pen: Pen, entry: Entry, chosen: str) -> str:
    """Return the formula of a source that pays everywhere, for no source is limited to sites."""
    return "=1"


# What follows from more than one choice, by the input that it is.
_FOLLOWS = {
    **dict.fromkeys(LINES_NAMED, _line_named),
    "assignment_category": _category_that_counts,
    "assignment_place": _place_that_counts,
    "plan_begins": _first_day_of_year,
    "source_pays_at": _everywhere,
}


def _write_quantity(pen: Pen, line: int, cell: PlacedAssumption) -> tuple[str, dict[str, Any]]:
    """Write a number or month with its evidence; return the message and the rule of its validation."""
    about, given = cell.declared, cell.assumption
    form = number_format(about.unit, exact=True)
    pen.number(line, _VALUE, float(pen.book.entries[line - FIRST_ASSUMPTION_ROW].value), pen.styles("input", form))
    pen.text(line, _UNIT, about.unit, "wrapped")
    pen.text(line, _TIMING, _once_or_ongoing(pen, cell), "wrapped")
    pen.text(line, _EVIDENCE, given.evidence, "wrapped")
    lines = [lines_of(text, _COLUMNS[column][1]) for column, text in ((_ITEM, cell.item), (_ASSUMPTION, about.label), (_UNIT, about.unit))]
    for part, written in evidence_cells(cell).items():
        column = COLUMNS[part]
        if isinstance(written, float):
            pen.number(line, column, written, pen.styles("fill", form))
        elif written:
            pen.text(line, column, written, "fill")
            lines.append(lines_of(written, _COLUMNS[column][1]))
        else:
            pen.sheet.write_blank(line, column, None, pen.styles("fill", form if part in RANGE else "@" if part in AS_TEXT else ""))
    pen.sheet.set_row(line, height_of(max(lines)))
    if about.is_month:
        here = xl_rowcol_to_cell(line, _VALUE)
        first_of_month = f"=IF(ISNUMBER({here}),DAY({here})=1,FALSE)"
        return "The first day of a month, such as 2019-07-01.", {"validate": "custom", "value": first_of_month}
    bounds: dict[str, Any] = {"criteria": ">=", "value": about.at_least}
    if math.isfinite(about.at_most):
        bounds = {"criteria": "between", "minimum": about.at_least, "maximum": about.at_most}
    return f"{about.expected[0].upper()}{about.expected[1:]}.", {"validate": "decimal", **bounds}


def _offer(pen: Pen, part: str, choices: Sequence[str], message: str) -> None:
    """Have a part of the evidence chosen from a list beside every number and month."""
    column, lines = COLUMNS[part], [line for line, entry in enumerate(pen.book.entries, FIRST_ASSUMPTION_ROW) if entry.placed]
    together = ([line for _, line in one] for _, one in groupby(enumerate(lines), key=lambda pair: pair[1] - pair[0]))
    spans = [[one[0], column, one[-1], column] for one in together]
    rule = {"validate": "list", "source": list(choices), "input_title": part.capitalize(), "input_message": message}
    rule |= {"error_title": "Not accepted", "error_message": "Choose from the list."}
    pen.sheet.data_validation(*spans[0], rule | {"other_cells": spans})


def _once_or_ongoing(pen: Pen, cell: PlacedAssumption) -> str:
    """Return whether an amount of money is spent or comes once or every year; nothing for what is no money (convention A7)."""
    if not is_money(cell.declared.unit):
        return ""
    if cell.axis is Axis.SOURCE:
        return next(str(source.timing) for source in pen.book.projection.scenario.funding_sources if source.name == cell.item)
    return Timing.ONE_TIME if cell.declared.once else Timing.ONGOING


def _write_lists(pen: Pen) -> dict[tuple[str, ...], str]:
    """Write the lists that choices are made from, right of the table, and return the range of each."""
    ranges: dict[tuple[str, ...], str] = {}
    for entry in pen.book.entries:
        if entry.choices and entry.choices not in ranges:
            column = _LISTS_COLUMN + len(ranges)
            pen.text(FIRST_ASSUMPTION_ROW - 1, column, f"List: {entry.label}", "head")
            pen.sheet.set_column(column, column, 24)
            for line, text in enumerate(entry.choices, FIRST_ASSUMPTION_ROW):
                pen.text(line, column, text)
            letter = xl_col_to_name(column)
            ranges[entry.choices] = f"=${letter}${FIRST_ASSUMPTION_ROW + 1}:${letter}${FIRST_ASSUMPTION_ROW + len(entry.choices)}"
    return ranges
