"""The sheet of assumptions: every input now and as it was saved, with its unit, who changed it and why, and what vouches for it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, get_args

from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_rowcol_to_cell

from budget_model.analysis.motion_clauses import numbers_of_clauses
from budget_model.engine.vocabulary import COUNT_DIGITS, COUNT_DIGITS_NAME, SMALLEST_AMOUNT, SMALLEST_AMOUNT_NAME
from budget_model.formats import is_money
from budget_model.scenario.assumption import MONTH_UNIT, Confidence, EvidenceKind
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import Timing
from budget_model.scenario.names import MOST_IN_A_NAME
from budget_model.scenario.tables import PlacedAssumption
from budget_model.workbook.layout.accepted import accepted
from budget_model.workbook.layout.assumption_columns import (
    ASSUMPTION,
    COLUMN,
    COLUMNS_OF_SHEET,
    CONFIDENCE,
    EVIDENCE,
    FIRST_HIDDEN,
    GIVEN,
    HIGH,
    HIGH_SAVED,
    ID,
    ITEM,
    KIND,
    LAST_PRINTED,
    LAST_SEEN,
    LOW,
    LOW_SAVED,
    NOW,
    ONCE,
    SAVED,
    UNIT,
    WHO,
    WHY,
)
from budget_model.workbook.layout.book import FIRST_ASSUMPTION_ROW
from budget_model.workbook.layout.entries import A_TEXT, CHOICE, DERIVED, FLAG, HEADING, WHOLE_PROGRAM, YES_OR_NO, Entry
from budget_model.workbook.layout.evidence_cells import AS_TEXT, CLAUSE_COLUMN, COLUMNS, RANGE, evidence_cells
from budget_model.workbook.layout.styles import height_of, lines_of, number_format
from budget_model.workbook.layout.template import Assumptions
from budget_model.workbook.sheets.choice_lists import ChoiceLists
from budget_model.workbook.sheets.followed_choices import formula_of
from budget_model.workbook.sheets.input_bounds import NO_BOUND, bounds_of
from budget_model.workbook.sheets.input_checks import write_input_checks
from budget_model.workbook.sheets.name_checks import write_name_checks
from budget_model.workbook.sheets.saved_and_now import write_net_county_cost_now
from budget_model.workbook.sheets.sheet import Pen

IS_GIVEN, IS_DEFAULT, IS_SPARE, FOLLOWS = "given", "default", "spare row", "follows"
_HEAD_ROW = FIRST_ASSUMPTION_ROW - 1
_NOTE_ROW, _ZOOM = 2, 90
_RANGE_SAVED = {LOW: LOW_SAVED, HIGH: HIGH_SAVED}
_LONGEST_TITLE, _LONGEST_PROMPT = 32, 255  # letters that a spreadsheet shows beside a cell


def write_assumptions(pen: Pen, declared: Assumptions) -> None:
    """Write every line of the scenario's assumptions, spare rows last, then what the model fixes and the checks of inputs."""
    book = pen.book
    for name, column in COLUMNS_OF_SHEET.items():
        pen.text(_HEAD_ROW, COLUMN[name], column.heading, "head")
        pen.sheet.set_column(COLUMN[name], COLUMN[name], column.width, None, {"hidden": COLUMN[name] >= FIRST_HIDDEN})
    pen.head(declared.title, status_column=COLUMN[NOW])
    pen.note(_NOTE_ROW, declared.note, LAST_PRINTED)
    write_net_county_cost_now(pen)
    pen.sheet.set_row(_HEAD_ROW, height_of(2))
    pen.sheet.freeze_panes(FIRST_ASSUMPTION_ROW, COLUMN[SAVED] + 1)
    pen.sheet.set_zoom(_ZOOM)
    lists = ChoiceLists(pen)
    chosen, parts = "", []
    for offset, entry in enumerate(book.entries):
        line = FIRST_ASSUMPTION_ROW + offset
        if entry.kind == HEADING:
            parts.append(line)
            _write_heading(pen, line, entry)
            continue
        if entry.kind == CHOICE:
            chosen = xl_rowcol_to_cell(line, COLUMN[NOW])
        _write_entry(pen, line, entry, lists, chosen)
        if entry.is_input:
            _name_value(pen, book.template.prefix + book.names[offset], line)
    lists.of_part(CONFIDENCE, get_args(Confidence))
    lists.of_part(KIND, [kind for kind in get_args(EvidenceKind) if kind])
    lists.write()
    write_name_checks(pen)
    _write_clauses(pen)
    last = FIRST_ASSUMPTION_ROW + len(book.entries) - 1
    below = write_input_checks(pen, _write_fixed(pen, last + 1), lists)
    _mark(pen, last)
    pen.sheet.autofilter(_HEAD_ROW, 0, last, LAST_SEEN)
    pen.sheet.filter_column_list(COLUMN[GIVEN], [IS_GIVEN, IS_SPARE])
    printed = next((line for line in parts if book.entries[line - FIRST_ASSUMPTION_ROW].item in book.blank_rows), below) - 1
    pen.on_paper(printed, LAST_PRINTED, head=(0, _HEAD_ROW), parts=[part for part in parts if part <= printed])
    _offer(pen, CONFIDENCE, lists.parts[CONFIDENCE], "Low where no published source is given.")
    _offer(pen, KIND, lists.parts[KIND], "What sort of number it is; the first three are uncertain.")


def _write_heading(pen: Pen, line: int, entry: Entry) -> None:
    is_spare = entry.item in pen.book.blank_rows
    words = " (spare row: fill in to add one; it costs and pays nothing as it stands)" if is_spare else ""
    pen.band(line, entry.label + words, LAST_SEEN)
    pen.text(line, COLUMN[GIVEN], IS_SPARE if is_spare else IS_GIVEN, "block")


def _write_fixed(pen: Pen, line: int) -> int:
    """Write what the model fixes; return the line after it."""
    pen.band(line, "Fixed by the model", LAST_SEEN)
    constants = (
        (COUNT_DIGITS_NAME, "Digits kept before a head count is rounded up", COUNT_DIGITS, "digits", "0"),
        (SMALLEST_AMOUNT_NAME, "Remainder that counts as nothing", SMALLEST_AMOUNT, "dollars or participants", "0.000"),
    )
    for name, label, value, unit, form in constants:
        line += 1
        pen.text(line, COLUMN[ASSUMPTION], label, "item_shrunk")
        pen.number(line, COLUMN[NOW], value, pen.styles("plain", form))
        pen.text(line, COLUMN[UNIT], unit, "item_shrunk")
        _name_value(pen, name, line)
    return line + 1


def _write_clauses(pen: Pen) -> None:
    """Write beside each number that needs a partner's word the clause of the Board's motion that it answers, each number once."""
    numbers = numbers_of_clauses(pen.book.projection.scenario, pen.book.blank_rows)
    clauses = {(placed.input, placed.item): clause for clause, found in numbers.items() for placed in found}
    for line, entry in enumerate(pen.book.entries, FIRST_ASSUMPTION_ROW):
        if entry.placed and (clause := clauses.get((entry.placed.input, entry.placed.item))):
            pen.text(line, CLAUSE_COLUMN, clause, "top")


def _name_value(pen: Pen, name: str, line: int) -> None:
    """Give a value its name; in a workbook of several scenarios what the model fixes is named once."""
    if name not in pen.pens.named:
        pen.pens.named[name] = (pen.name, xl_rowcol_to_cell(line, COLUMN[NOW]))
        pen.pens.workbook.define_name(name, f"={quote_sheetname(pen.name)}!{xl_rowcol_to_cell(line, COLUMN[NOW], True, True)}")


def _write_entry(pen: Pen, line: int, entry: Entry, lists: ChoiceLists, chosen: str) -> None:
    """Write one line: item, label, the value now and as saved, who and why, and of a number or month what vouches for it."""
    pen.text(line, COLUMN[ITEM], entry.item or WHOLE_PROGRAM, "wrapped")
    pen.text(line, COLUMN[ASSUMPTION], entry.label, "wrapped")
    standing = _standing(pen, entry)
    pen.text(line, COLUMN[GIVEN], standing, "top")
    _write_bounds(pen, line, entry)
    unit = "follows from the choice"
    rule: dict[str, Any] = {}
    beside = _write_evidence(pen, line, entry.placed) if entry.placed else []
    if entry.kind == DERIVED:
        form = number_format(MONTH_UNIT, exact=True) if entry.input == "plan_begins" else "0"
        pen.formula(line, COLUMN[NOW], formula_of(pen, entry, chosen), entry.value, pen.styles("top", form))
    elif isinstance(entry.value, str):
        unit = "choose from the list" if entry.kind == CHOICE else A_TEXT
        rule = (
            lists.rule(line, entry)
            if entry.kind == CHOICE
            else {"validate": "length", "criteria": "between", "minimum": 1, "maximum": MOST_IN_A_NAME}
        )
        pen.text(line, COLUMN[NOW], entry.value, "input_text")
        pen.text(line, COLUMN[SAVED], entry.value, "saved_text")
        beside.append((entry.value, NOW))
    else:
        unit = entry.placed.declared.unit if entry.placed else YES_OR_NO
        rule = {"validate": "list", "source": [0, 1]} if entry.kind == FLAG else _rule_of_quantity(line, entry)
        form = "0" if entry.kind == FLAG else _form_of_value(unit, entry.value)
        pen.number(line, COLUMN[NOW], entry.value, pen.styles("input", form))
        pen.number(line, COLUMN[SAVED], entry.value, pen.styles("saved", form))
    pen.text(line, COLUMN[UNIT], unit, "wrapped")
    texts = [(entry.item, ITEM), (entry.label, ASSUMPTION), (unit, UNIT), *beside]
    height = height_of(max(lines_of(text, COLUMNS_OF_SHEET[name].width) for text, name in texts))
    pen.sheet.set_row(line, height, None, {"hidden": standing not in (IS_GIVEN, IS_SPARE)})
    if entry.is_input:
        for name in (WHO, WHY):
            pen.sheet.write_blank(line, COLUMN[name], None, pen.styles("fill"))
        pen.text(line, COLUMN[ID], pen.book.names[line - FIRST_ASSUMPTION_ROW].removeprefix("in_"), "shrunk")
        pen.sheet.data_validation(line, COLUMN[NOW], line, COLUMN[NOW], rule | _prompt(entry))


def _standing(pen: Pen, entry: Entry) -> str:
    """Return by which word a line is found in the column that says whether it is given."""
    if entry.kind == DERIVED:
        return FOLLOWS
    if entry.item in pen.book.blank_rows:
        return IS_SPARE
    return IS_GIVEN if entry.is_given else IS_DEFAULT


def _form_of_value(unit: str, value: float) -> str:
    """Return the number format of an input; cents show where there are some."""
    return "#,##0;(#,##0);0" if is_money(unit) and value == int(value) else number_format(unit, exact=True)


def _prompt(entry: Entry) -> dict[str, str]:
    """Return what is said beside a cell that is chosen, and where something else is typed: the whole label, in the title where it fits."""
    expected = "choose from the list" if entry.kind == CHOICE else accepted(entry)
    words = f"{expected[0].upper()}{expected[1:]}."
    fits = len(entry.label) <= _LONGEST_TITLE
    message = words if fits else f"{entry.label}. {words}"
    title = {"input_title": entry.label} if fits else {}
    return title | {"input_message": message[:_LONGEST_PROMPT], "error_title": "Not accepted", "error_message": words[:_LONGEST_PROMPT]}


def _write_bounds(pen: Pen, line: int, entry: Entry) -> None:
    """Write the least and the most that an input may be, for the checks of inputs."""
    bounds, form = bounds_of(pen.book, entry), pen.styles("plain", number_format("count", exact=True))
    if bounds is None:
        return
    pen.number(line, FIRST_HIDDEN, bounds.least, form)
    pen.number(line, FIRST_HIDDEN + 1, bounds.most, form)
    for column, bound in enumerate((bounds.least_here, bounds.most_here), FIRST_HIDDEN + 2):
        if bound.formula:
            pen.formula(line, column, bound.formula, bound.value, form)
        else:
            pen.number(line, column, bound.value, form)


def _write_evidence(pen: Pen, line: int, cell: PlacedAssumption) -> list[tuple[str, str]]:
    """Write what vouches for a number or month; return the texts that wrap, with their columns."""
    form = number_format(cell.declared.unit, exact=True)
    pen.text(line, COLUMN[ONCE], _once_or_ongoing(pen, cell), "wrapped")
    pen.text(line, COLUMN[EVIDENCE], cell.assumption.evidence, "wrapped")
    texts = []
    for part, written in evidence_cells(cell).items():
        column = COLUMNS[part]
        if isinstance(written, float):
            pen.number(line, column, written, pen.styles("fill", form))
            pen.number(line, COLUMN[_RANGE_SAVED[part]], written, pen.styles("plain", form))
        elif written:
            pen.text(line, column, written, "fill")
            texts.append((written, part))
        else:
            pen.sheet.write_blank(line, column, None, pen.styles("fill", form if part in RANGE else "@" if part in AS_TEXT else ""))
    return texts


def _rule_of_quantity(line: int, entry: Entry) -> dict[str, Any]:
    """Return the rule of what may be typed into the cell of a number or month."""
    assert entry.placed is not None
    about = entry.placed.declared
    if about.is_month:
        here = xl_rowcol_to_cell(line, COLUMN[NOW])
        return {"validate": "custom", "value": f"=IF(ISNUMBER({here}),DAY({here})=1,FALSE)"}
    return {"validate": "decimal", "criteria": "between", "minimum": about.at_least, "maximum": min(about.at_most, NO_BOUND)}


def _mark(pen: Pen, last: int) -> None:
    """Color what was changed, and what no cell may hold; show cents where there are some."""
    first, letters = FIRST_ASSUMPTION_ROW, {name: xl_col_to_name(column) for name, column in COLUMN.items()}
    now, saved, of_input = (f"${letters[name]}{first + 1}" for name in (NOW, SAVED, ID))
    bounds = [f"${xl_col_to_name(column)}{first + 1}" for column in range(FIRST_HIDDEN, FIRST_HIDDEN + 4)]
    outside = ",".join(f"{now}{sign}{bound}" for sign, bound in zip("<><>", bounds, strict=True))
    wrong = f'=AND({of_input}<>"",OR(ISERROR({now}),{now}="",ISNUMBER({saved})<>ISNUMBER({now}),AND(ISNUMBER({now}),OR({outside}))))'
    changed = f'=AND({of_input}<>"",{now}<>{saved})'
    cents = f'=AND(LEFT(${letters[UNIT]}{first + 1},7)="dollars",ISNUMBER({now}),{now}<>INT({now}))'
    for formula, style in ((wrong, "fails"), (changed, "look")):
        rule = {"type": "formula", "criteria": formula, "format": pen.styles.condition(style)}
        pen.sheet.conditional_format(first, COLUMN[NOW], last, COLUMN[NOW], rule)
    pen.sheet.conditional_format(
        first, COLUMN[SAVED], last, COLUMN[SAVED], {"type": "formula", "criteria": changed, "format": pen.styles.condition("look")}
    )
    pen.sheet.conditional_format(
        first, COLUMN[NOW], last, COLUMN[NOW], {"type": "formula", "criteria": cents, "format": pen.styles.condition("cents")}
    )


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
