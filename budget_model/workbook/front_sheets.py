"""The sheets a reader opens first: cover, summary, assumptions, checks."""

from __future__ import annotations

import math
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_rowcol_to_cell

from budget_model.assumption import UNSOURCED
from budget_model.choices import NO_ITEM, PROGRAM_WIDE, AppropriationClass, BudgetTreatment, CareKind, CostCategory, Driver, Timing
from budget_model.evaluate import Members
from budget_model.inputs import Cell, number
from budget_model.projection import digest
from budget_model.rows import Axis
from budget_model.timeline import month_label
from budget_model.vocabulary import COUNT_DIGITS, COUNT_DIGITS_NAME, SMALLEST_AMOUNT, SMALLEST_AMOUNT_NAME
from budget_model.workbook.book import FIRST_ASSUMPTION_ROW, FIRST_YEAR, TOTAL, Entry, cell_reference, input_names
from budget_model.workbook.sheet import ALL_PASS, FAIL, PASS, SOME_FAIL, Pen
from budget_model.workbook.styles import number_format
from budget_model.workbook.template import Assumptions, Checks, Cover, Summary

_ASSUMPTION_HEADS = ("Item", "Assumption", "Value", "Unit", "Low", "High", "Confidence", "Source", "Date", "Note", "Evidence", "Id")
_ASSUMPTION_WIDTHS = (32, 44, 18, 28, 12, 12, 12, 64, 12, 64, 40, 50)
_ITEM, _ASSUMPTION, _VALUE, _UNIT, _LOW, _HIGH, _CONFIDENCE, _SOURCE, _DATE, _NOTE, _EVIDENCE, _ID = range(len(_ASSUMPTION_HEADS))
_COVER_WIDTH = 110
_LISTS_COLUMN = len(_ASSUMPTION_HEADS) + 1


def write_cover(pen: Pen, declared: Cover, order: list[str]) -> None:
    """Write what the workbook is, how to use it, what its conventions are, and a list of sheets with links."""
    scenario = pen.book.projection.scenario
    pen.sheet.set_column(0, 0, 34)
    pen.sheet.set_column(1, 1, _COVER_WIDTH)
    pen.head(declared.title)
    first, last = month_label(scenario.first_month), month_label(scenario.timeline.last)
    facts = [
        ("Scenario", scenario.name),
        ("Description", scenario.description),
        ("Budget phase", scenario.phase),
        ("Months", f"{first} to {last}"),
        ("Scenario id", digest(scenario)),
    ]
    line = 3
    for label, text in facts:
        pen.text(line, 0, label, "wrapped")
        line = _paragraph(pen, line, text)
    parts = (("How to use", declared.how_to_use), ("Conventions", declared.conventions), ("Known limits", declared.limits))
    for heading, texts in parts:
        line = _heading(pen, line + 1, heading)
        for text in texts:
            line = _paragraph(pen, line, text)
    line = _heading(pen, line + 1, "Sheets")
    for name in order[1:]:
        pen.sheet.write_url(line, 1, f"internal:{quote_sheetname(name)}!A1", pen.styles("link"), name)
        line += 1


def _paragraph(pen: Pen, line: int, text: str) -> int:
    """Write a text over as many lines as it takes; return the next row."""
    pen.text(line, 1, text, "wrapped")
    pen.sheet.set_row(line, 15 * (1 + len(text) // (_COVER_WIDTH + 10)))
    return line + 1


def _heading(pen: Pen, line: int, heading: str) -> int:
    pen.text(line, 0, heading, "block")
    pen.sheet.write_blank(line, 1, None, pen.styles("block"))
    return line + 1


def write_summary(pen: Pen, declared: Summary) -> None:
    """Write the yearly figures, each linked to where it is calculated."""
    book = pen.book
    years = book.projection.years
    pen.head(declared.title, status_column=2)
    pen.text(2, 0, declared.note, "status")
    for column, text in enumerate(("", "Unit", *years)):
        pen.text(3, column, text, "head")
    pen.sheet.set_column(0, 0, 54)
    pen.sheet.set_column(1, 1, 26)
    pen.sheet.set_column(2, 1 + len(years), 14)
    pen.sheet.freeze_panes(4, 1)
    pen.sheet.repeat_rows(0, 3)
    sources = [*range(FIRST_YEAR, FIRST_YEAR + len(years) - 1), TOTAL]
    line = 4
    for section in declared.sections:
        pen.text(line, 0, section.heading, "block")
        for column in range(1, 2 + len(years)):
            pen.sheet.write_blank(line, column, None, pen.styles("block"))
        line += 1
        for entry in section.rows:
            block = book.blocks[entry.row]
            values = book.projection.by_year(entry.row)
            style = "total" if entry.total else "plain"
            form = pen.styles(style, number_format(block.row.unit))
            for index, members in block.items:
                label = ": ".join(part for part in (entry.label, *(member.name for member in members)) if part)
                pen.text(line, 0, label, "total" if entry.total else "item")
                pen.text(line, 1, block.row.unit, style)
                for column, (source, value) in enumerate(zip(sources, values[index].tolist(), strict=True), 2):
                    link = "=" + cell_reference(pen.name, block.sheet, source, block.line_of[index])
                    pen.formula(line, column, link, value, form)
                line += 1


def write_assumptions(pen: Pen, declared: Assumptions, workbook: Workbook) -> None:
    """Write every input cell with its name, evidence, validation and message."""
    book = pen.book
    pen.head(declared.title, status_column=_VALUE)
    pen.text(2, 0, declared.note, "status")
    for column, (text, width) in enumerate(zip(_ASSUMPTION_HEADS, _ASSUMPTION_WIDTHS, strict=True)):
        pen.text(FIRST_ASSUMPTION_ROW - 1, column, text, "head")
        pen.sheet.set_column(column, column, width)
    pen.sheet.freeze_panes(FIRST_ASSUMPTION_ROW, _VALUE)
    pen.sheet.repeat_rows(0, FIRST_ASSUMPTION_ROW - 1)
    lists = _write_lists(pen)
    names = input_names(book.entries)
    for offset, entry in enumerate(book.entries):
        line = FIRST_ASSUMPTION_ROW + offset
        if not entry.kind:
            pen.text(line, _ITEM, entry.label, "block")
            for column in range(1, len(_ASSUMPTION_HEADS)):
                pen.sheet.write_blank(line, column, None, pen.styles("block"))
            continue
        _write_entry(pen, line, entry, names[offset], lists)
        _name_value(pen, workbook, names[offset], line)
    line = FIRST_ASSUMPTION_ROW + len(book.entries)
    pen.text(line, _ITEM, "Fixed by the model", "block")
    for column in range(1, len(_ASSUMPTION_HEADS)):
        pen.sheet.write_blank(line, column, None, pen.styles("block"))
    constants = (
        (COUNT_DIGITS_NAME, "Digits kept before a head count is rounded up", COUNT_DIGITS, "digits", "0"),
        (SMALLEST_AMOUNT_NAME, "Remainder that counts as nothing", SMALLEST_AMOUNT, "dollars or participants", "0.000"),
    )
    for name, label, value, unit, form in constants:
        line += 1
        pen.text(line, _ASSUMPTION, label)
        pen.number(line, _VALUE, value, pen.styles("plain", form))
        pen.text(line, _UNIT, unit)
        _name_value(pen, workbook, name, line)
    pen.sheet.print_area(0, 0, line, _SOURCE)


def _name_value(pen: Pen, workbook: Workbook, name: str, line: int) -> None:
    workbook.define_name(name, f"={quote_sheetname(pen.name)}!{xl_rowcol_to_cell(line, _VALUE, True, True)}")


def _write_entry(pen: Pen, line: int, entry: Entry, name: str, lists: dict[str, str]) -> None:
    """Write one input cell: its item, label, value with validation and message, and its evidence."""
    pen.text(line, _ITEM, entry.item, "wrapped")
    pen.text(line, _ASSUMPTION, entry.label, "wrapped")
    pen.text(line, _ID, name.removeprefix("in_"), "wrapped")
    if entry.cell is not None:
        message, rule = _write_quantity(pen, line, entry.cell)
    elif entry.kind == "choice":
        pen.text(line, _VALUE, str(entry.value), "input")
        pen.text(line, _UNIT, "choose from the list" if entry.choices in lists else "text", "wrapped")
        rule = {"validate": "list", "source": lists[entry.choices]} if entry.choices in lists else {"validate": "any"}
        message = "Choose from the list." if entry.choices in lists else "Text."
    else:
        pen.number(line, _VALUE, float(entry.value), pen.styles("input", "0"))
        pen.text(line, _UNIT, "1 = yes, 0 = no", "wrapped")
        message, rule = "1 for yes, 0 for no.", {"validate": "list", "source": [0, 1]}
    rule |= {"input_title": entry.label[:32], "input_message": message[:255]}
    rule |= {"error_title": "Not accepted", "error_message": message[:255]}
    pen.sheet.data_validation(line, _VALUE, line, _VALUE, rule)


def _write_quantity(pen: Pen, line: int, cell: Cell) -> tuple[str, dict[str, Any]]:
    """Write a number or month with its evidence; return the message and the rule of its validation."""
    about, given = cell.declared, cell.assumption
    form = number_format(about.unit, exact=True)
    pen.number(line, _VALUE, number(given.value), pen.styles("input", form))
    pen.text(line, _UNIT, about.unit, "wrapped")
    for column, bound in ((_LOW, given.low), (_HIGH, given.high)):
        if bound is not None:
            pen.number(line, column, bound, pen.styles("top", form))
    pen.text(line, _CONFIDENCE, given.confidence, "wrapped")
    pen.text(line, _SOURCE, given.source or UNSOURCED, "wrapped")
    pen.text(line, _DATE, given.date, "wrapped")
    pen.text(line, _NOTE, given.note, "wrapped")
    pen.text(line, _EVIDENCE, given.evidence, "wrapped")
    longest = max(len(given.source), len(given.note))
    pen.sheet.set_row(line, 15 * (1 + longest // (_ASSUMPTION_WIDTHS[_SOURCE] - 4)))
    if about.is_month:
        here = xl_rowcol_to_cell(line, _VALUE)
        first_of_month = f"=IF(ISNUMBER({here}),DAY({here})=1,FALSE)"
        return "The first day of a month, such as 2019-07-01.", {"validate": "custom", "value": first_of_month}
    bounds: dict[str, Any] = {"criteria": ">=", "value": about.at_least}
    if math.isfinite(about.at_most):
        bounds = {"criteria": "between", "minimum": about.at_least, "maximum": about.at_most}
    return f"{about.expected[0].upper()}{about.expected[1:]}.", {"validate": "decimal", **bounds}


def _write_lists(pen: Pen) -> dict[str, str]:
    """Write the lists that choices are made from, right of the table, and return the range of each."""
    members: Members = pen.book.members
    lists = {
        "site": [*(site.name for site in members[Axis.SITE]), PROGRAM_WIDE],
        "position": [*(position.name for position in members[Axis.POSITION]), NO_ITEM],
        "mechanism": [*(mechanism.name for mechanism in members[Axis.MECHANISM]), NO_ITEM],
        "contract": [contract.name for contract in members[Axis.CONTRACT]],
        "source": [source.name for source in members[Axis.SOURCE]],
        "plan": [*dict.fromkeys(component.keys["plan"] for component in members[Axis.BENEFIT]), NO_ITEM],
        "driver": list(Driver),
        "kind": list(CareKind),
        "class": list(AppropriationClass),
        "category": list(CostCategory),
        "treatment": list(BudgetTreatment),
        "timing": list(Timing),
    }
    ranges = {}
    for offset, (key, texts) in enumerate((key, texts) for key, texts in lists.items() if texts):
        column = _LISTS_COLUMN + offset
        pen.text(FIRST_ASSUMPTION_ROW - 1, column, f"List: {key}", "head")
        pen.sheet.set_column(column, column, 28)
        for line, text in enumerate(texts, FIRST_ASSUMPTION_ROW):
            pen.text(line, column, str(text), "small")
        letter = xl_col_to_name(column)
        ranges[key] = f"=${letter}${FIRST_ASSUMPTION_ROW + 1}:${letter}${FIRST_ASSUMPTION_ROW + len(texts)}"
    return ranges


def write_checks(pen: Pen, declared: Checks) -> None:
    """Write one line a check: the largest difference in any month, its tolerance, PASS or FAIL; above them, all checks."""
    book, results = pen.book, pen.book.projection.checks
    pen.head(declared.title)
    pen.text(2, 0, declared.note, "status")
    first = 6
    last = first + len(results) - 1
    failed = any(not check.passed for check in results)
    pen.text(3, 0, "All checks", "total")
    master = f'=IF(COUNTIF(E{first + 1}:E{last + 1},"{PASS}")=ROWS(E{first + 1}:E{last + 1}),"{ALL_PASS}","{SOME_FAIL}")'
    pen.formula(3, 2, master, SOME_FAIL if failed else ALL_PASS, pen.styles("total"))
    for column, (text, width) in enumerate((("Check", 30), ("Rule", 74), ("Largest difference", 20), ("Tolerance", 12), ("Result", 12))):
        pen.text(first - 1, column, text, "head")
        pen.sheet.set_column(column, column, width)
    exact = pen.styles("plain", "#,##0.000")
    for line, check in enumerate(results, first):
        block = book.blocks[check.name]
        span = book.columns.months if Axis.MONTH in block.row.over else range(TOTAL, book.columns.years.stop)
        first_column, last_column = xl_col_to_name(span.start), xl_col_to_name(span.stop - 1)
        detail = f"{quote_sheetname(block.sheet)}!${first_column}${block.first + 1}:${last_column}${block.last + 1}"
        pen.text(line, 0, block.row.label)
        pen.text(line, 1, check.rule)
        pen.formula(line, 2, f"=MAX({detail})" if block.items else "=0", check.difference, exact)
        pen.number(line, 3, check.tolerance, exact)
        pen.formula(line, 4, f'=IF(C{line + 1}<=D{line + 1},"{PASS}","{FAIL}")', PASS if check.passed else FAIL, pen.styles("plain"))
