"""The County's change table in the workbook: live amounts, rounded by the stated rule, with the sentences of the day of the export."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from budget_model.analysis.adopted import Adopted, adopted
from budget_model.analysis.budget_amounts import STEPS
from budget_model.analysis.budget_units import units
from budget_model.analysis.change_lines import ChangeLine
from budget_model.analysis.change_table import BETWEEN_UNITS
from budget_model.workbook.layout.book import CONSTANT, FIRST_YEAR, Index, cell_reference
from budget_model.workbook.layout.template import ChangeTable
from budget_model.workbook.sheets import change_rows as rows
from budget_model.workbook.sheets.filled_in_rows import write_filled_in_rows
from budget_model.workbook.sheets.sheet import Pen, SheetCheck

_ADOPTED_IN_ALL = ("adopted_gross_appropriation", "adopted_intrafund_transfers", "adopted_revenue", "adopted_positions")
ADOPTED_IN_LINES = ("adopted_gross_of_{}", "adopted_transfers_of_{}", "adopted_revenue_of_{}", "adopted_positions_of_{}")
_PROGRAM = ("gross_appropriation", "intrafund_transfers", "revenue", "all_budgeted_positions")
_PLACES = ("cost_by_place", "site_intrafund_transfers", "site_revenue", "budgeted_positions_by_place")
UNIT_ROWS = ("unit_gross_appropriation", "unit_intrafund_transfers", "unit_revenue", "unit_budgeted_positions")
_HERE = " What an assumption that is changed in this workbook does to a line that was nil stands here as well."
Places = dict[tuple[str, str], int]  # the rows of the adopted budget, by kind ("place", "unit") and name


def write_change_table(pen: Pen, declared: ChangeTable) -> None:
    """Write the adopted budget by site and unit, where it is known, and a table for each fiscal year, each on a page of its own."""
    line = rows.begin(pen, declared.title, declared.note)
    base = adopted(pen.book.projection)
    places, parts = Places(), []
    if base.is_by_site:
        line = _write_adopted(pen, line, base, places)
    for index in range(len(pen.book.projection.timeline.years)):
        parts.append(line)
        line = _Year(pen, index, places).write(line)
    parts.append(line)
    line = write_filled_in_rows(pen, line, f"${xl_col_to_name(rows.GROSS)}${rows.STEP_ROW + 1}")
    pen.on_paper(line - 1, max(rows.POSITIONS, len(parts) - 1), head=(0, 1), parts=parts, whole=True)


def _write_adopted(pen: Pen, line: int, base: Adopted, places: Places) -> int:
    """Write the adopted budget by site and by budget unit, from which the first year's changes begin; return the line after it."""
    line = rows.heads(pen, line, base.label)
    rows.wrapped(pen, line, base.said)
    line += 1
    for kind, amounts in (("place", base.by_place), ("unit", base.by_unit)):
        if kind == "unit":
            pen.band(line, "The same by budget unit", rows.POSITIONS)
            line += 1
        for position, (name, of_it) in enumerate(amounts.items()):
            places[kind, name] = line
            pen.text(line, 0, name, "item")
            for column, name_of_row, field in zip(rows.COLUMNS, ADOPTED_IN_LINES, STEPS, strict=True):
                form = rows.form(pen, "plain", column)
                if base.is_from_scenario:
                    pen.number(line, column, getattr(of_it, field), form)
                else:
                    block = pen.book.blocks[name_of_row.format(kind)]
                    pen.link(line, column, block, (position,), CONSTANT, getattr(of_it, field), form)
            rows.net(pen, line, of_it, "plain")
            line += 1
    places["unit", BETWEEN_UNITS] = line
    pen.text(line, 0, BETWEEN_UNITS, "item")
    for column, field in zip(rows.COLUMNS, STEPS, strict=True):
        pen.number(line, column, getattr(base.bought, field), rows.form(pen, "plain", column))
    rows.net(pen, line, base.bought, "plain")
    return line + 2


class _Year:
    """The table of one fiscal year being written. `places` are the rows of the adopted budget."""

    def __init__(self, pen: Pen, index: int, places: Mapping[tuple[str, str], int]) -> None:
        self.pen, self.index, self.places = pen, index, places
        self.table = pen.book.content.change_tables[index]

    def write(self, line: int) -> int:
        """Write the table, what the units' changes come to and the notes; return the line after them."""
        pen, lines = self.pen, self.table.lines
        opening = line = rows.heads(pen, line, self.table.year)
        closing = opening + len(lines) - 1 + len({change.heading for change in lines if change.heading})
        first, heading = opening + 1, ""
        for change in lines:
            if change.heading and change.heading != heading:
                heading = change.heading
                pen.band(line, heading, rows.POSITIONS)
                line += 1
            self._write(change, line, first, f"{{0}}{closing + 1}-{{0}}{opening + 1}")
            line += 1
        at, total = f"{quote_sheetname(pen.name)}!{xl_col_to_name(rows.NET)}", closing - 1
        rule = f"The budget before and the changes of {self.table.year}, as they are printed, add up to its budget (convention A4)."
        difference = f"=ABS({at}{opening + 1}+{at}{total + 1}-{at}{closing + 1})"
        pen.pens.checks.append(SheetCheck(f"Change table, {self.table.year}", rule, difference, 0.0))
        if self.table.units:
            first = line = rows.heads(pen, line + 1, "The same changes by budget unit")
            for change in self.table.units:
                self._write(change, line, first, f"{{0}}{total + 1}")
                line += 1
        line += 1
        for note in self.table.notes:
            rows.wrapped(pen, line, note)
            line += 1
        return line + 1

    def _write(self, change: ChangeLine, line: int, first: int, of_the_year: str) -> None:
        """Write a line; `first` is the first of the lines that are added up, `of_the_year` what all of them come to, by column."""
        pen = self.pen
        rows.label(pen, line, change, change.text and f"{change.text}{_HERE if change.subject == 'rest' else ''}")
        for at, column in enumerate(rows.COLUMNS):
            letter = xl_col_to_name(column)
            above = f"SUM({letter}{first + 1}:{letter}{line})"
            if change.subject == "total":
                rows.live(pen, line, at, change, above)
            elif change.subject == "rest":
                rows.live(pen, line, at, change, of_the_year.format(letter) + (f"-{above}" if line > first else ""))
            elif change.subject == "unit":
                rows.live(pen, line, at, change, self._of_unit(change, at))
            elif exact := self._exact(change, at):
                rows.live(pen, line, at, change, rows.rounded(exact, at))
            else:  # however assumptions change
                rows.of_the_day(pen, line, at, change)
        rows.net_of(pen, line, change)

    def _of_unit(self, change: ChangeLine, at: int) -> str:
        """Return what a unit's budget of the year is more than the one before, both as they are printed."""
        names = units(self.pen.book.projection)
        now, before = "", self._adopted("unit", change.name, at)
        if change.name in names:
            position = (names.index(change.name),)
            now = self._cell(UNIT_ROWS[at], position, self.index)
            before = self._cell(UNIT_ROWS[at], position, self.index - 1) if self.index else before
        less = f"-{rows.rounded(before, at)}" if before else ""
        return f"{rows.rounded(now, at) if now else 0}{less}"

    def _exact(self, change: ChangeLine, at: int) -> str:
        """Return what a line comes to before rounding, as a formula reads it: an amount of a budget, or what it changed."""
        if change.subject in ("opening", "closing"):
            return self._of_program(at, self.index - (change.subject == "opening"))
        kind = "unit" if change.subject == "purchases" else "place"
        before = self._at(change, at, self.index - 1) if self.index else self._adopted(kind, change.name, at)
        now = self._at(change, at, self.index)
        if change.subject == "adopted":
            before = self.pen.book.assumption(_ADOPTED_IN_ALL[at], ())
        if not before:
            return now
        return f"{now or 0}-({before})" if change.subject == "purchases" else f"{now or 0}-{before}"

    def _adopted(self, kind: str, name: str, at: int) -> str:
        line = self.places.get((kind, name))
        return "" if line is None else f"{xl_col_to_name(rows.COLUMNS[at])}${line + 1}"

    def _of_program(self, at: int, year: int) -> str:
        if year >= 0:
            return self._cell(_PROGRAM[at], (), year)
        if not self.places:
            return self.pen.book.assumption(_ADOPTED_IN_ALL[at], ())
        letter = xl_col_to_name(rows.COLUMNS[at])
        lines = [line for (kind, _), line in self.places.items() if kind == "place"]
        return f"SUM({letter}{min(lines) + 1}:{letter}{max(lines) + 1})"

    def _at(self, change: ChangeLine, at: int, year: int) -> str:
        """Return the amount of a site, of what is of no single one, or of what units buy from each other in a fiscal year."""
        if change.subject == "purchases":
            return f"0-{self._cell('all_unit_purchases', (), year)}" if rows.COLUMNS[at] in (rows.GROSS, rows.TRANSFER) else ""
        if change.subject != "place":
            return ""
        block = self.pen.book.blocks[_PLACES[at]]
        if (change.position,) in block.line_of:
            return self._cell(_PLACES[at], (change.position,), year)
        sites = cell_reference(self.pen.name, block.sheet, FIRST_YEAR + year, block.first)
        last = f"{xl_col_to_name(FIRST_YEAR + year)}{block.last + 1}"
        return f"({self._cell(_PROGRAM[at], (), year)}-SUM({sites}:{last}))"

    def _cell(self, row: str, index: Index, year: int) -> str:
        block = self.pen.book.blocks[row]
        return cell_reference(self.pen.name, block.sheet, FIRST_YEAR + year, block.line_of[index])
