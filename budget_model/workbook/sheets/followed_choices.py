"""What follows from choices on the sheet of assumptions: formulas in the value column, which nobody types into."""

from __future__ import annotations

from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_rowcol_to_cell

from budget_model.budget import BUDGET
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import NO_ITEM
from budget_model.workbook.layout.book import LABEL, VALUE_COLUMN, range_reference
from budget_model.workbook.layout.entries import LINES_NAMED, Entry
from budget_model.workbook.sheets.sheet import Pen


def formula_of(pen: Pen, entry: Entry, chosen: str) -> str:
    """Return the formula of a line that follows from the choice in the cell `chosen`, or from several."""
    if entry.derived_from:
        return f'=IF({chosen}="{entry.derived_from}",1,0)'
    return _FOLLOWS[entry.input](pen, entry, chosen)


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
    return f"=IF({line}=0,{own},INDEX({keys},{line},1))"


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
    cell: str = xl_rowcol_to_cell(pen.book.address[name, index], VALUE_COLUMN)
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
