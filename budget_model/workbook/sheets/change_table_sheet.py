"""The County's change table in the workbook: live amounts, rounded by the stated rule, with the sentences of the day of the export."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from budget_model.analysis.adopted import Adopted, adopted
from budget_model.analysis.budget_amounts import STEPS, Amounts
from budget_model.analysis.change_table import BETWEEN_UNITS, ROUNDING, ChangeLine
from budget_model.engine.vocabulary import COUNT_DIGITS_NAME
from budget_model.workbook.layout.book import CONSTANT, FIRST_YEAR, Index, cell_reference
from budget_model.workbook.layout.styles import height_of, lines_of, number_format
from budget_model.workbook.layout.template import ChangeTable
from budget_model.workbook.sheets.filled_in_rows import write_filled_in_rows
from budget_model.workbook.sheets.sheet import Pen, SheetCheck

_HEADS = (
    ("Change", 120), ("Gross appropriation ($)", 15), ("Intrafund transfer ($)", 14), ("Revenue ($)", 14), ("Net county cost ($)", 15),
    ("Budgeted positions", 11),
)  # fmt: skip
_GROSS, _TRANSFER, _REVENUE, _NET, _POSITIONS = range(1, 6)
_LETTERS = 119  # of a wrapped text on a line of the first column
_COLUMNS = (_GROSS, _TRANSFER, _REVENUE, _POSITIONS)  # in the order of the fields of `Amounts`
_STEP_ROW = 3
_ADOPTED_IN_ALL = ("adopted_gross_appropriation", "adopted_intrafund_transfers", "adopted_revenue", "adopted_positions")
_ADOPTED_IN_LINES = ("adopted_gross_of_{}", "adopted_transfers_of_{}", "adopted_revenue_of_{}", "adopted_positions_of_{}")
_PROGRAM = ("gross_appropriation", "intrafund_transfers", "revenue", "all_budgeted_positions")
_PLACES = ("cost_by_place", "site_intrafund_transfers", "site_revenue", "budgeted_positions_by_place")
_UNITS = ("unit_gross_appropriation", "unit_intrafund_transfers", "unit_revenue", "unit_budgeted_positions")
_HERE = " What an assumption that is changed in this workbook does to a line that was nil stands here as well."
Places = dict[tuple[str, str], int]  # the rows of the adopted budget, by kind ("place", "unit") and name


def write_change_table(pen: Pen, declared: ChangeTable) -> None:
    """Write the adopted budget by site and unit, where it is known, and a table for each fiscal year, each on a page of its own."""
    pen.head(declared.title)
    for column, (_, width) in enumerate(_HEADS):
        pen.sheet.set_column(column, column, width)
    pen.note(2, declared.note, _POSITIONS)
    pen.sheet.freeze_panes(_STEP_ROW + 1, 1)
    _write_wrapped(pen, _STEP_ROW, f"Rounded to: {ROUNDING[0].lower()}{ROUNDING[1:]}")
    for column, (name, step) in zip(_COLUMNS, STEPS.items(), strict=True):
        pen.number(_STEP_ROW, column, step, _form(pen, "top", is_positions=name == "budgeted_positions"))
    base = adopted(pen.book.projection)
    line, places, parts = _STEP_ROW + 2, Places(), []
    if base.is_by_site:
        line = _write_adopted(pen, line, base, places)
    for index in range(len(pen.book.projection.timeline.years)):
        parts.append(line)
        line = _Year(pen, index, places).write(line)
    parts.append(line)
    line = write_filled_in_rows(pen, line, f"${xl_col_to_name(_GROSS)}${_STEP_ROW + 1}")
    pen.on_paper(line - 1, max(_POSITIONS, len(parts) - 1), head=(0, 1), parts=parts, whole=True)


def _write_wrapped(pen: Pen, line: int, text: str) -> None:
    pen.text(line, 0, text, "wrapped")
    pen.sheet.set_row(line, height_of(lines_of(text, _LETTERS)))


def _form(pen: Pen, style: str, *, is_positions: bool) -> Format:
    return pen.styles(style, number_format("positions" if is_positions else "dollars"))


def _write_heads(pen: Pen, line: int, title: str) -> int:
    pen.text(line, 0, title, "head_left")
    pen.sheet.set_row(line, 30)
    for column, (text, _) in enumerate(_HEADS[1:], 1):
        pen.text(line, column, text, "head")
    return line + 1


def _write_adopted(pen: Pen, line: int, base: Adopted, places: Places) -> int:
    """Write the adopted budget by site and by budget unit, from which the first year's changes begin; return the line after it."""
    line = _write_heads(pen, line, base.label)
    _write_wrapped(pen, line, base.said)
    line += 1
    for kind, amounts in (("place", base.by_place), ("unit", base.by_unit)):
        if kind == "unit":
            pen.band(line, "The same by budget unit", _POSITIONS)
            line += 1
        for position, (name, of_it) in enumerate(amounts.items()):
            places[kind, name] = line
            pen.text(line, 0, name, "item")
            for column, row, field in zip(_COLUMNS, _ADOPTED_IN_LINES, STEPS, strict=True):
                form = _form(pen, "plain", is_positions=column == _POSITIONS)
                if base.is_from_scenario:
                    pen.number(line, column, getattr(of_it, field), form)
                else:
                    block = pen.book.blocks[row.format(kind)]
                    pen.link(line, column, block, (position,), CONSTANT, getattr(of_it, field), form)
            _write_net(pen, line, of_it, "plain")
            line += 1
    places["unit", BETWEEN_UNITS] = line
    pen.text(line, 0, BETWEEN_UNITS, "item")
    for column, field in zip(_COLUMNS, STEPS, strict=True):
        pen.number(line, column, getattr(base.bought, field), _form(pen, "plain", is_positions=column == _POSITIONS))
    _write_net(pen, line, base.bought, "plain")
    return line + 2


def _write_net(pen: Pen, line: int, amounts: Amounts, style: str) -> None:
    gross, transfer, revenue = (f"{xl_col_to_name(column)}{line + 1}" for column in (_GROSS, _TRANSFER, _REVENUE))
    pen.formula(line, _NET, f"={gross}-{transfer}-{revenue}", amounts.net_county_cost, _form(pen, style, is_positions=False))


class _Year:
    """The table of one fiscal year being written. `places` are the rows of the adopted budget."""

    def __init__(self, pen: Pen, index: int, places: Mapping[tuple[str, str], int]) -> None:
        self.pen, self.index, self.places = pen, index, places
        self.table = pen.book.content.change_tables[index]

    def write(self, line: int) -> int:
        """Write the table, the same changes by budget unit and the notes; return the line after them."""
        pen, lines = self.pen, self.table.lines
        opening = line = _write_heads(pen, line, self.table.year)
        closing = opening + len(lines) - 1 + len({change.heading for change in lines if change.heading})
        first, heading = opening + 1, ""
        for change in lines:
            if change.heading and change.heading != heading:
                heading = change.heading
                pen.band(line, heading, _POSITIONS)
                line += 1
            self._write(change, line, first, f"{{0}}{closing + 1}-{{0}}{opening + 1}")
            line += 1
        at, total = f"{quote_sheetname(pen.name)}!{xl_col_to_name(_NET)}", closing - 1
        rule = f"The budget before and the changes of {self.table.year}, as they are printed, add up to its budget (convention A4)."
        difference = f"=ABS({at}{opening + 1}+{at}{total + 1}-{at}{closing + 1})"
        pen.pens.checks.append(SheetCheck(f"Change table, {self.table.year}", rule, difference, 0.0))
        if self.table.units:
            first = line = _write_heads(pen, line, "The same changes by budget unit")
            for change in self.table.units:
                self._write(change, line, first, f"{{0}}{total + 1}")
                line += 1
        for note in self.table.notes:
            _write_wrapped(pen, line, note)
            line += 1
        return line + 1

    def _write(self, change: ChangeLine, line: int, first: int, of_the_year: str) -> None:
        """Write a line; `first` is the first of the lines that are added up, `of_the_year` what all of them come to, by column."""
        pen, style = self.pen, "top" if change.subject not in ("opening", "total", "closing") else "total"
        label = f"{change.number}. {change.name}" if change.number else change.name
        if change.text:
            _write_wrapped(pen, line, f"{label}. {change.text}{_HERE if change.subject == 'rest' else ''}")
        else:
            pen.text(line, 0, label, "top_left" if style == "top" else style)
        for at, (column, field) in enumerate(zip(_COLUMNS, STEPS, strict=True)):
            letter = xl_col_to_name(column)
            if change.subject == "total":
                formula = f"SUM({letter}{first + 1}:{letter}{line})"
            elif change.subject == "rest":
                formula = of_the_year.format(letter) + (f"-SUM({letter}{first + 1}:{letter}{line})" if line > first else "")
            else:
                step = f"{letter}${_STEP_ROW + 1}"
                exact = self._exact(change, at)
                formula = f"ROUND(ROUND({f'({exact})' if '-' in exact else exact}/{step},{COUNT_DIGITS_NAME}),0)*{step}"
            pen.formula(line, column, f"={formula}", getattr(change.printed, field), _form(pen, style, is_positions=column == _POSITIONS))
        _write_net(pen, line, change.printed, style)

    def _exact(self, change: ChangeLine, at: int) -> str:
        """Return what a line comes to before rounding, as a formula reads it: an amount of a budget, or what it changed."""
        if change.subject == "opening":
            return self._of_program(at, self.index - 1)
        if change.subject == "closing":
            return self._of_program(at, self.index)
        if change.subject == "adopted":
            return f"0-{self.pen.book.assumption(_ADOPTED_IN_ALL[at], ())}"
        if change.subject == "former":
            return f"0-{self._adopted(change, at)}"
        now, before = self._at(change, at, self.index), self._at(change, at, self.index - 1) if self.index else self._adopted(change, at)
        if before == "0":
            return now
        return f"{now}-({before})" if change.subject == "purchases" else f"{now}-{before}"

    def _adopted(self, change: ChangeLine, at: int) -> str:
        kind = "unit" if change in self.table.units else "place"
        line = self.places.get((kind, change.name))
        return "0" if line is None else f"{xl_col_to_name(_COLUMNS[at])}${line + 1}"

    def _of_program(self, at: int, year: int) -> str:
        if year >= 0:
            return self._cell(_PROGRAM[at], (), year)
        if not self.places:
            return self.pen.book.assumption(_ADOPTED_IN_ALL[at], ())
        letter = xl_col_to_name(_COLUMNS[at])
        lines = [line for (kind, _), line in self.places.items() if kind == "place"]
        return f"SUM({letter}{min(lines) + 1}:{letter}{max(lines) + 1})"

    def _at(self, change: ChangeLine, at: int, year: int) -> str:
        """Return the amount of a site, of what is of no single one, or of a budget unit in a fiscal year."""
        if change.subject == "unit":
            return self._cell(_UNITS[at], (change.position,), year)
        if change.subject == "purchases":
            return f"0-{self._cell('all_unit_purchases', (), year)}" if _COLUMNS[at] in (_GROSS, _TRANSFER) else "0"
        block = self.pen.book.blocks[_PLACES[at]]
        if (change.position,) in block.line_of:
            return self._cell(_PLACES[at], (change.position,), year)
        sites = cell_reference(self.pen.name, block.sheet, FIRST_YEAR + year, block.first)
        last = f"{xl_col_to_name(FIRST_YEAR + year)}{block.last + 1}"
        return f"({self._cell(_PROGRAM[at], (), year)}-SUM({sites}:{last}))"

    def _cell(self, row: str, index: Index, year: int) -> str:
        block = self.pen.book.blocks[row]
        return cell_reference(self.pen.name, block.sheet, FIRST_YEAR + year, block.line_of[index])
