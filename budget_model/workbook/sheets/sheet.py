"""A pen for one sheet: writes text as text, numbers if finite, formulas with the value they come to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_pixel_width, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from budget_model.engine.arrays import Member
from budget_model.errors import WorkbookError
from budget_model.workbook.layout.assumption_columns import COLUMN, SAVED
from budget_model.workbook.layout.book import FIRST_ASSUMPTION_ROW, STATUS_ROW, TITLE_ROW, Block, Book, Index, cell_reference
from budget_model.workbook.layout.filling import Area, filled
from budget_model.workbook.layout.paper import Pages, Printed, column_width, lay_out
from budget_model.workbook.layout.record import Cell
from budget_model.workbook.layout.rows_without_lines import item_axes
from budget_model.workbook.layout.sheet_kinds import TAB_COLORS
from budget_model.workbook.layout.styles import LETTER_PIXELS, Styles, height_of, lines_of, number_format

PASS, FAIL, LOOK = "PASS", "FAIL", "LOOK"
VERDICTS = {FAIL: "fails", LOOK: "look", PASS: "passes"}  # a word in a cell, and how the cell looks
ALL_PASS, SOME_FAIL = "ALL CHECKS PASS", "CHECKS FAIL: see the Checks sheet"
MASTER_ROW, REMARKS_ROW = 3, 6  # of the Checks sheet, counted from 0: whether all pass; below it faults, duties missed, remarks
MASTER_CELL, REMARKS_CELL = (f"$C${row + 1}" for row in (MASTER_ROW, REMARKS_ROW))
_READ_ALIKE = 0.94  # of the columns before it: printers draw letters wider than screens do
CHANGED_CELL = xl_rowcol_to_cell(FIRST_ASSUMPTION_ROW - 2, COLUMN[SAVED], True, True)  # of Assumptions: how many inputs are changed
INPUTS_CHANGED = "; inputs changed"  # after that result, on every sheet: its figures are not those of the version it names
LONGEST_TEXT = 32_000  # Excel holds 32,767 letters in a cell


class FormulaCell(NamedTuple):
    """A formula as it is written, and the value stored with it."""

    formula: str
    value: float | str


FormulaCells = dict[tuple[str, int, int], FormulaCell]  # by sheet, row and column, counted from 0


@dataclass(frozen=True)
class SheetCheck:
    """A check of what sheets print or hold, beside those of the model: a formula that must come to 0 within half a cent, or is a fault.

    Of cells, `row` is the reference of the sheet row of the first at fault, and `names` are the columns that name what stands
    there; `first` and `about` are what these come to.
    """

    label: str
    rule: str
    formula: str
    difference: float
    unit: str = "dollars"
    row: str = ""
    names: tuple[str, ...] = ()
    first: float | str = ""
    about: str = ""


@dataclass(frozen=True)
class ListedLine:
    """A line of the Checks sheet: the words of its kind, of what is missed and what is kept, its check and item, its sheet row."""

    kind: str
    label: str
    item: str
    rule: str
    lost: str
    kept: str
    missed: bool
    line: int


@dataclass(frozen=True)
class Pens:
    """The sheets of one scenario in a workbook, with what they have written so far: formulas, checks, names."""

    book: Book
    styles: Styles
    workbook: Workbook
    sheets: Mapping[str, Worksheet]
    cells: FormulaCells
    checks: list[SheetCheck] = field(default_factory=list)
    named: dict[str, Cell] = field(default_factory=dict)
    pages: Pages = field(default_factory=Pages)
    listed: list[ListedLine] = field(default_factory=list)

    def sheet(self, name: str) -> Pen:
        """Return the pen of a sheet."""
        return Pen(self, name, self.sheets[name])


@dataclass(frozen=True)
class Pen:
    """One sheet being written."""

    pens: Pens
    name: str
    sheet: Worksheet

    @property
    def book(self) -> Book:
        """Where the cells of the workbook stand."""
        return self.pens.book

    @property
    def styles(self) -> Styles:
        """The formats of the workbook."""
        return self.pens.styles

    def text(self, row: int, column: int, text: str, style: str = "plain") -> None:
        """Write a text, never as a formula or link, cut to what a cell can hold."""
        self.sheet.write_string(row, column, text[:LONGEST_TEXT], self.styles(style))

    def number(self, row: int, column: int, value: float, form: Format) -> None:
        """Write a number."""
        self.sheet.write_number(row, column, self._finite(value, row, column), form)

    def formula(self, row: int, column: int, formula: str, value: float | str, form: Format) -> None:
        """Write a formula with its value; a number that is no number stops the export."""
        stored = value if isinstance(value, str) else self._finite(value, row, column)
        self.sheet.write_formula(row, column, formula, form, stored)
        self.pens.cells[self.name, row, column] = FormulaCell(formula, stored)

    def fill(self, row: int, column: int, formula: str, values: Sequence[float], form: Format) -> None:
        """Write a formula and fill it to the right, each cell with its own value."""
        cells = filled(Area(self.name, row, column, row, column + len(values) - 1, formula))
        for (_, each, said), value in zip(cells, values, strict=True):
            self.formula(row, each, said, value, form)

    def band(self, row: int, text: str, last: int, style: str = "block") -> None:
        """Write a heading over columns 0 to `last`."""
        self.text(row, 0, text, style)
        for column in range(1, last + 1):
            self.sheet.write_blank(row, column, None, self.styles(style))

    def _finite(self, value: float, row: int, column: int) -> float:
        if not math.isfinite(value):
            raise WorkbookError(f"Sheet {self.name}, row {row + 1}, column {column + 1}: {value} is no number")
        return float(value) + 0.0  # 0, where the difference of two amounts is -0: programs save that as 0, and it would not be as written

    def label(
        self, line: int, column: int, block: Block, index: Index, before: str = "", style: str = "item", *, faint_to: int | None = None
    ) -> None:
        """Write the names of an item of a block; a blank row is called as the assumptions sheet names it.

        Up to a column `faint_to` the line is faint while nobody has named its spare row.
        """
        members = block.items[block.line_of[index] - block.first][1]
        blanks = [self.book.blank_name(axis, number) for axis, number in zip(item_axes(block.row), index, strict=True)]
        if not any(blanks):
            self.text(line, column, ": ".join(part for part in (before, _together(members)) if part), style)
            return
        parts = [blank or f'"{member.name}"' for blank, member in zip(blanks, members, strict=True)]
        start = f'"{before}: "&' if before else ""
        value = (f"{before}: " if before else "") + _together(members)
        self.formula(line, column, "=" + start + '&" | "&'.join(parts), value, self.styles(style))
        if faint_to is not None:
            self.faint(line, column, faint_to, value)

    def faint(self, line: int, column: int, last: int, while_it_says: str) -> None:
        """Make a line faint up to its last column while its label says a text: that of a spare row, which says nothing of the plan."""
        rule = {"type": "formula", "criteria": f'={xl_rowcol_to_cell(line, column, col_abs=True)}="{while_it_says}"'}
        self.sheet.conditional_format(line, column, line, last, rule | {"format": self.styles.condition("spare")})

    def link(self, line: int, column: int, block: Block, index: Index, source: int, value: float, form: Format) -> None:
        """Write a link to a column of a block's item."""
        self.formula(line, column, "=" + cell_reference(self.name, block.sheet, source, block.line_of[index]), value, form)

    def choice(self, line: int, label: str, chosen: str, source: Sequence[str] | str, what: str) -> None:
        """Write a cell in column B in which the reader chooses what a sheet shows, from a list or a range."""
        self.text(line, 0, f"{label} (choose)", "item")
        self.text(line, 1, chosen, "choice")
        message = f"Choose {what}. This choice is no assumption and is not read back."
        rule = {"validate": "list", "source": source, "input_title": label, "input_message": message}
        self.sheet.data_validation(line, 1, line, 1, rule)

    def link_to(self, row: int, column: int, sheet: str, text: str) -> None:
        """Write a text that leads to the top of a sheet."""
        self.sheet.write_url(row, column, f"internal:{quote_sheetname(sheet)}!A1", self.styles("link"), text, f"To the sheet {sheet}")

    def verdict(self, row: int, column: int, last_row: int | None = None) -> None:
        """Color the cells of a column that say how a check went, each by its word: what fails, or is an error, in red."""
        last = row if last_row is None else last_row
        for word, style in VERDICTS.items():
            rule = {"type": "text", "criteria": "containing", "value": word, "format": self.styles.condition(style)}
            self.sheet.conditional_format(row, column, last, column, rule)
        self.sheet.conditional_format(row, column, last, column, {"type": "errors", "format": self.styles.condition("fails")})

    def figure(self, unit: str, style: str = "plain", *, exact: bool = False) -> Format:
        """Return the format of a figure in a unit."""
        return self.styles(style, number_format(unit, exact=exact))

    def head(self, title: str, *, status_column: int = 1) -> None:
        """Write the title, the scenario as a link to the first sheet, the result of all checks as a link to them, after widths are set."""
        home = self.pens.workbook.worksheets()[0].name
        self.sheet.set_tab_color(TAB_COLORS[self.book.kinds[self.name]])
        self.text(TITLE_ROW, 0, title, "title")
        edition = self.book.content.edition
        if self.name == home:
            self.text(STATUS_ROW, 0, edition.capitalize(), "status")
        else:
            self.link_to(STATUS_ROW, 0, home, self._where(home, status_column))
        failed = self.book.fails
        self.link_to(STATUS_ROW, status_column, self.book.checks, SOME_FAIL if failed else ALL_PASS)
        master = f"={quote_sheetname(self.book.checks)}!{MASTER_CELL}&{self.if_changed(INPUTS_CHANGED)}"
        self.formula(STATUS_ROW, status_column, master, SOME_FAIL if failed else ALL_PASS, self.styles("verdict"))
        self.verdict(STATUS_ROW, status_column)
        self.protect()

    def _where(self, home: str, status_column: int) -> str:
        """Return the first sheet, the scenario and its version, the name shortened where the result of the checks would cut the text."""
        room = _READ_ALIKE * sum(column_width(self.sheet, column) for column in range(status_column))
        name, edition = self.book.scenario.name, self.book.content.edition
        shorter = (name, *(f"{name[:letters].rstrip()} ..." for letters in range(len(name) - 1, 0, -1)))
        texts = [f"{home}: {one}, {edition}" for one in shorter]
        return next((text for text in texts if xl_pixel_width(text) <= room), texts[-1])

    def if_changed(self, words: str) -> str:
        """Return the part of a formula that says words as soon as an input is changed in the workbook, and nothing before."""
        return f'IF({quote_sheetname(self.book.assumptions)}!{CHANGED_CELL}=0,"","{words}")'

    def note(self, row: int, text: str, last_column: int) -> None:
        """Write a text across columns 0 to `last_column`, in as many lines as it takes, so that paper does not cut it."""
        pixels = sum(column_width(self.sheet, column) for column in range(last_column + 1))
        lines = lines_of(text, int(pixels / LETTER_PIXELS))
        if lines > 1:
            self.sheet.merge_range(row, 0, row, last_column, "", self.styles("note"))
            self.sheet.set_row(row, height_of(lines))
        self.text(row, 0, text, "note" if lines > 1 else "status")

    def on_paper(
        self,
        last_row: int,
        last_column: int,
        *,
        head: tuple[int, int] | None = None,
        parts: Sequence[int] = (),
        whole: bool = False,
        own_pages: Sequence[int] = (),
        across: int = 0,
    ) -> None:
        """Set up the page, after widths and heights are set: `layout/paper.py` says what is given. Footers follow when all sheets stand."""
        printed = Printed(last_row, last_column, head, parts, whole, own_pages, across)
        self.pens.pages.of_sheets[self.name] = lay_out(self.sheet, printed)

    def protect(self) -> None:
        """Lock what is no input, and show no lines between cells."""
        self.sheet.hide_gridlines(2)
        self.sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})


def _together(members: tuple[Member, ...]) -> str:
    return " | ".join(member.name for member in members)
