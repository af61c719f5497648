"""The change table of each budget unit in the workbook: its lines as on the day of the export, its totals live.

What a unit changes at a place has no row in the workbook: a year of it would take a row of cost, of transfers, of revenue by the unit
that receives it and of positions for each unit at each site, some thousands of formulas. So the lines are numbers with the sentences
of that day, and what an assumption that is changed does to the unit stands in its line of rounding.
"""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_col_to_name

from budget_model.analysis.adopted import adopted
from budget_model.analysis.budget_units import units
from budget_model.analysis.change_lines import ChangeLine
from budget_model.analysis.change_table import UnitChanges
from budget_model.workbook.layout.book import CONSTANT, FIRST_YEAR, cell_reference
from budget_model.workbook.layout.template import ChangesByUnit
from budget_model.workbook.sheets import change_rows as rows
from budget_model.workbook.sheets.change_table_sheet import ADOPTED_IN_LINES, UNIT_ROWS
from budget_model.workbook.sheets.sheet import Pen

_NOTHING = [""] * len(rows.COLUMNS)  # no formula: the number of the day
_ONE_UNIT = "This plan has one budget unit: its changes are those of the sheet Change table."


def write_changes_by_unit(pen: Pen, declared: ChangesByUnit) -> None:
    """Write the changes of each budget unit in each fiscal year, each unit on pages of its own, no year of it broken where it fits."""
    line = rows.begin(pen, declared.title, declared.note)
    tables, units_begin, years_begin = pen.book.content.change_tables, [], []
    for name in dict.fromkeys(unit.name for table in tables for unit in table.by_unit):
        units_begin.append(line)
        before = -1
        for index, table in enumerate(tables):
            for unit in table.by_unit:
                if unit.name == name:
                    years_begin.append(line)
                    line = _write_year(pen, line, index, unit, before)
                    before = line - 2
    if not units_begin:
        rows.wrapped(pen, line, _ONE_UNIT)
        line += 2
    pen.on_paper(line - 2, rows.POSITIONS, head=(0, 1), parts=years_begin[1:], whole=True, own_pages=units_begin[1:])


def _write_year(pen: Pen, line: int, index: int, unit: UnitChanges, before: int) -> int:
    """Write a unit's table of a fiscal year; `before` is the line that closes the year before, below 0 where none does."""
    opening, *changes, total, closing = unit.lines
    first = rows.heads(pen, line, f"{unit.name}, {pen.book.projection.timeline.years[index]}")
    letters = [xl_col_to_name(column) for column in rows.COLUMNS]
    goes_on = [f"{letter}{before + 1}" for letter in letters] if before >= 0 else _adopted(pen, unit.name)
    line = _write(pen, first, opening, goes_on)
    end = line + len(changes) + 1
    for change in changes:
        left = [f"{letter}{end + 1}-SUM({letter}{first + 1}:{letter}{line})" for letter in letters]
        line = _write(pen, line, change, left if change.subject == "rest" else _NOTHING)
    line = _write(pen, line, total, [f"SUM({letter}{first + 2}:{letter}{line})" for letter in letters])
    return _write(pen, line, closing, _budgets(pen, unit.name, index)) + 1


def _write(pen: Pen, line: int, change: ChangeLine, formulas: list[str]) -> int:
    """Write a line with a formula for each amount, or the number of the day where there is none; return the line after it."""
    rows.label(pen, line, change, f"{change.heading}. {change.text}" if change.number else "")
    for at, formula in enumerate(formulas):
        if formula:
            rows.live(pen, line, at, change, formula)
        else:
            rows.of_the_day(pen, line, at, change)
    (rows.net_of if any(formulas) else rows.net_of_the_day)(pen, line, change)
    return line + 1


def _adopted(pen: Pen, unit: str) -> list[str]:
    """Return what is adopted for a unit, as formulas round it; nothing where that is no input of this workbook."""
    base = adopted(pen.book.projection)
    if base.is_from_scenario or unit not in base.by_unit:
        return _NOTHING
    return _rounded(pen, ADOPTED_IN_LINES, "unit", list(base.by_unit).index(unit), CONSTANT)


def _budgets(pen: Pen, unit: str, year: int) -> list[str]:
    """Return what a unit budgets in a fiscal year, as formulas round it; nothing of a unit that the plan has not."""
    names = units(pen.book.projection)
    return _rounded(pen, UNIT_ROWS, "", names.index(unit), FIRST_YEAR + year) if unit in names else _NOTHING


def _rounded(pen: Pen, names: Sequence[str], of: str, position: int, column: int) -> list[str]:
    blocks = [pen.book.blocks[name.format(of)] for name in names]
    cells = [cell_reference(pen.name, block.sheet, column, block.line_of[position,]) for block in blocks]
    return [rows.rounded(cell, at) for at, cell in enumerate(cells)]
