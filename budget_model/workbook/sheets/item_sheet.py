"""Tables of items, one a line: sites side by side, the roster of positions, contracts, sources, places of care.

The reader chooses the fiscal year; every figure is found by it in the row of months and years.
"""

from __future__ import annotations

from datetime import date

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from budget_model.analysis.who_pays import cap_uses, pace_in_words
from budget_model.budget import BUDGET
from budget_model.scenario.agencies import law_enforcement
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import Pace
from budget_model.scenario.declarations import field_of
from budget_model.scenario.tables import TABLES
from budget_model.timeline import TOTAL as ALL_MONTHS
from budget_model.workbook.layout.book import CONSTANT, HEAD_ROW, TOTAL, Block, Book, cell_reference
from budget_model.workbook.layout.rows_without_lines import item_axes
from budget_model.workbook.layout.styles import height_of, lines_of
from budget_model.workbook.layout.template import Column, Items
from budget_model.workbook.sheets.sheet import Pen

YEAR_ROW, _HEAD, _UNITS, FIRST_ITEM_ROW = 3, 5, 6, 7
# The choice of a source's pace, and what is more than nothing where its money is earned.
_PACE = "source_pace"
_UNPACED = ("source_amount_per_unit", "source_is_drug_medi_cal", "source_brings_nonfederal_share", "source_pays_what_arises")


def write_items(pen: Pen, declared: Items) -> None:
    """Write the table with the year's choice above it and, for columns that add up, a total below.

    A table that is wider than a page stands in blocks, one below the other: the same items, further columns.
    """
    book, count = pen.book, len(pen.book.members[declared.axis])
    blocks = _blocks(declared)
    last = max(len(columns) for _, columns in blocks)
    pen.sheet.set_column(0, 0, declared.name_width)
    for column in range(1, last + 1):
        pen.sheet.set_column(column, column, _width(declared, column))
    pen.head(declared.title, status_column=3)
    pen.note(2, declared.note, last)
    years = list(book.projection.years)
    pen.choice(YEAR_ROW, "Fiscal year", ALL_MONTHS, years, "a fiscal year, or Total for all months")
    pen.sheet.freeze_panes(FIRST_ITEM_ROW if len(blocks) == 1 else YEAR_ROW + 1, 1)
    parts = []
    for place, (heading, columns) in enumerate(blocks):
        first = _first_item_row(place, count)
        parts.append(first - 3 if heading else first - 2)
        if heading:
            pen.band(first - 3, heading, last)
        _write_items_of(pen, declared, first, columns)
        for column, about in enumerate(columns, 1):
            _write_column(pen, declared, (first, column), about)
    end = _first_item_row(len(blocks) - 1, count) + count
    pen.on_paper(end, last, head=(0, _UNITS if len(blocks) == 1 else YEAR_ROW), parts=parts, whole=True)


def _blocks(declared: Items) -> list[tuple[str, list[Column]]]:
    """Return the blocks of a table, each with its heading, the first without one."""
    blocks: list[tuple[str, list[Column]]] = [("", [])]
    for column in declared.columns:
        if column.below:
            blocks.append((column.below, []))
        blocks[-1][1].append(column)
    return blocks


def _first_item_row(block: int, count: int) -> int:
    """Return the row of the first item of a block of so many items: a total, a free row, heading, heads and units lie between."""
    return FIRST_ITEM_ROW + block * (count + 5)


def _width(declared: Items, column: int) -> int:
    return max(columns[column - 1].width for _, columns in _blocks(declared) if column <= len(columns))


def _write_items_of(pen: Pen, declared: Items, first: int, columns: list[Column]) -> None:
    """Write the heads' first column, the items and the last line of a block, and set the heights of its rows."""
    members = pen.book.members[declared.axis]
    pen.text(first - 2, 0, str(declared.axis).capitalize(), "head_left")
    pen.text(first - 1, 0, "Unit", "unit_head")
    units = [_unit(about) for about in columns]
    widths = [_width(declared, column) for column in range(1, len(columns) + 1)]
    pen.sheet.set_row(first - 2, height_of(max(map(lines_of, (about.heading for about in columns), widths))))
    pen.sheet.set_row(first - 1, height_of(max(map(lines_of, units, widths))))
    named = next(block for block in pen.book.blocks.values() if item_axes(block.row) == (declared.axis,))
    texts = [column_texts(pen.book, declared, about.heading) if about.field else [""] * len(members) for about in columns]
    for position, member in enumerate(members):
        pen.label(first + position, 0, named, (position,), style="wrapped", faint_to=len(columns))
        of_it = [lines_of(member.name, declared.name_width - 1)]
        of_it += [lines_of(text[position], width - 1) for text, width in zip(texts, widths, strict=True)]
        pen.sheet.set_row(first + position, height_of(max(of_it)))
    pen.text(first + len(members), 0, "All" if members else "None in this scenario", "total")


def _unit(about: Column) -> str:
    return "" if about.field else BUDGET.rows[about.row or about.input].unit


def in_chosen_year(home: str, block: Block, line: int, last: int, year: str) -> str:
    """Return the formula of a block's figure in the fiscal year that stands in the cell `year`."""
    first, final = xl_col_to_name(TOTAL), xl_col_to_name(last)
    sheet = "" if block.sheet == home else f"{quote_sheetname(block.sheet)}!"
    heads = f"{sheet}${first}${HEAD_ROW + 1}:${final}${HEAD_ROW + 1}"
    return f"SUMIFS({sheet}${first}{line + 1}:${final}{line + 1},{heads},{year})"


def _pace(book: Book, source: int) -> tuple[str, str]:
    """Return the formula of a source's pace, and its value: what is earned, or has no amount, pays as cost arises."""
    chosen = (_PACE, (source,))
    unpaced = "+".join(book.assumption(name, (source,)) for name in _UNPACED)
    is_paced = book.projection.scenario.funding_sources[source].is_paced
    formula = f'IF({unpaced}>0,"{Pace.AS_COST_ARISES}",{book.assumption(*chosen)})'
    return formula, book.chosen(*chosen) if is_paced else Pace.AS_COST_ARISES


def _write_column(pen: Pen, declared: Items, place: tuple[int, int], about: Column) -> None:
    """Write a column of a block, whose first item is at `place`."""
    book, members = pen.book, pen.book.members[declared.axis]
    first, column = place
    last = first + len(members)
    pen.text(first - 2, column, about.heading, "head")
    pen.text(first - 1, column, _unit(about), "unit")
    if about.field:
        for position, text in enumerate(column_texts(book, declared, about.heading)):
            choice = (f"{declared.axis}_{about.field.replace('.', '_')}", (position,))
            if choice in book.address:  # what may be chosen anew in the workbook is shown as it is chosen there
                refers, shown = _pace(book, position) if choice[0] == _PACE else (book.assumption(*choice), book.chosen(*choice))
                pen.formula(first + position, column, f"={refers}", shown, pen.styles("wrapped"))
            else:
                pen.text(first + position, column, text, "wrapped")
        return pen.text(last, column, "", "total")
    unit, total = _unit(about), 0.0
    form = pen.figure(unit, "top")
    for position in range(len(members)):
        formula, value = _figure(pen, about, position)
        pen.formula(first + position, column, formula, value, form)
        total += value
    letter = xl_col_to_name(column)
    if about.total and members:
        return pen.formula(last, column, f"=SUM({letter}{first + 1}:{letter}{last})", total, pen.figure(unit, "total"))
    return pen.text(last, column, "", "total")


def _figure(pen: Pen, about: Column, position: int) -> tuple[str, float]:
    """Return the formula and the value over all months of an item's figure."""
    book, row = pen.book, BUDGET.rows[about.row or about.input]
    if about.begun:
        return _first_month(book, about, position)
    if about.input:
        return f"={book.assumption(about.input, (position,))}", float(book.projection.monthly(about.input)[position])
    block = book.blocks[about.row]
    line = block.line_of[position,]
    if not {Axis.MONTH, Axis.YEAR} & set(row.over):
        reference = cell_reference(pen.name, block.sheet, CONSTANT, line)
        return f"={reference}", float(book.projection.monthly(row.name)[position])
    formula = in_chosen_year(pen.name, block, line, book.columns.years.stop - 1, f"$B${YEAR_ROW + 1}")
    return f"={formula}", float(book.projection.by_year(row.name)[position][-1])


def _first_month(book: Book, about: Column, position: int) -> tuple[str, float]:
    """Return the formula and the day number of the month in which an item begins; 0 where that is not within the scenario.

    What has begun when the scenario begins did so in its planned month.
    """
    block, months = book.blocks[about.begun], book.columns.months
    sheet, line = f"{quote_sheetname(block.sheet)}!", block.line_of[position,] + 1
    first, last = xl_col_to_name(months.start), xl_col_to_name(months.stop - 1)
    heads, begun = f"{sheet}${first}${HEAD_ROW + 1}:${last}${HEAD_ROW + 1}", f"{sheet}${first}{line}:${last}{line}"
    planned = book.assumption(about.input, (position,))
    formula = f"=IF({sheet}${first}{line}=1,{planned},IFERROR(INDEX({heads},1,MATCH(1,{begun},0)),0))"
    values = book.projection.monthly(about.begun)[position]
    if values[0] == 1:
        return formula, float(book.projection.monthly(about.input)[position])
    return formula, float(book.projection.monthly("month")[int(values.argmax())]) if values.any() else 0.0


def items_of_column(declared: Items, count: int, about: Column) -> tuple[int, int, int]:
    """Return the sheet column, the first and the last row of what a declared column says of each of so many items."""
    for place, (_, columns) in enumerate(_blocks(declared)):
        if about in columns:
            first = _first_item_row(place, count)
            return 1 + columns.index(about), first, first + count - 1
    raise KeyError(about.heading)


def column_texts(book: Book, declared: Items, heading: str) -> list[str]:
    """Return the texts of a column that shows a field of the scenario, or what comes of it as the workbook is made."""
    column = next(one for one in declared.columns if one.heading == heading)
    table = next(table for axis, _, table in TABLES if axis is declared.axis)
    scenario = book.projection.scenario
    if declared.axis is Axis.SITE and column.field == "law_enforcement_agencies":  # by records, and by the site's own list
        named = [law_enforcement(scenario, site.name) for site in scenario.sites]
        return [_as_text(tuple(agency.name for agency in found)) or column.nothing for found in named]
    if declared.axis is Axis.SOURCE and column.field == "pace":
        return [pace_in_words(source) for source in scenario.funding_sources]
    if declared.axis is Axis.CAP and column.field == "payers":
        return [use.payers or column.nothing for use in cap_uses(book.projection)]
    return [_as_text(field_of(item, column.field)) or column.nothing for item in getattr(scenario, table)]


def _as_text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    return ("yes" if value else "no") if isinstance(value, bool) else str(value or "")
