"""A funder's form on a sheet of its own, in whole dollars that foot; exact amounts and what closes them stand to the right.

Each cell is rounded by itself. What a column, or a row where the table closes across, lacks to its rounded total is taken a dollar
each by the cells that rounding moved farthest the other way, as the printed form does (`rounding.closed`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from budget_model.analysis.funder_forms.filled_form import (
    LEAVES,
    LINE,
    PLAIN,
    SECTION,
    TOTAL,
    FilledRow,
    FilledTable,
    FormCell,
    added_rows,
)
from budget_model.analysis.funder_forms.payers import Payer
from budget_model.analysis.funder_forms.template import months_of
from budget_model.analysis.rounding import CELL_DIGITS, SUM_DIGITS, missing_to_total, rounded
from budget_model.workbook.layout.styles import height_of, lines_of
from budget_model.workbook.layout.template import FunderForm
from budget_model.workbook.sheets.form_amounts_sheet import FormPlaces, form_places
from budget_model.workbook.sheets.sheet import Pen, SheetCheck

_NOTE_ROW, _FIRST_ROW, _HEADING_LINES = 2, 5, 2
_EXACT_WIDTH = 13
_STYLES = {SECTION: ("total", "total"), TOTAL: ("total", "total"), LINE: ("wrapped", "top"), PLAIN: ("wrapped", "top")}
_ROUNDED = {"half away from zero": "ROUND({0},0)", "up": "ROUNDUP({0},0)", "down": "ROUNDDOWN({0},0)",
            "half to even": "ROUND({0},0)-IF(MOD(ABS({0}),2)=0.5,SIGN({0}),0)"}  # fmt: skip


def write_funder_form(pen: Pen, declared: FunderForm) -> None:
    """Write the form: tables, narrative by line with what is missing, how it is rounded, and what to know."""
    places = form_places(pen.book)
    form, last = places.form, len(places.form.template.widths) - 1
    for column, width in enumerate(form.template.widths):
        pen.sheet.set_column(column, column, width)
    pen.head(declared.title, status_column=min(2, last))
    words = {"source": form.items.source.name, "listing": form.items.source.assistance_listing, "scenario": form.scenario}
    pen.note(_NOTE_ROW, form.template.note.format(**words), last)
    line = _FIRST_ROW - 1
    starts: list[int] = []
    missing: list[str] = []
    for table in form.tables:
        starts.append(line)
        writer = _Table(pen, places, table, line + _HEADING_LINES, last + 2)
        starts += [line + _HEADING_LINES + at for at, row in enumerate(table.rows) if row.kind == SECTION]
        line = writer.write(last) + 1
        missing += writer.unlisted
    line = _words(pen, places, line, last, starts)
    if missing:
        rule = "The form lists whatever its source, match and value in kind pay; a line filled in since comes with the next export."
        pen.pens.checks.append(SheetCheck("Form lists every line", rule, f"={'+'.join(f'ABS({cell})' for cell in missing)}", 0.0))
    pen.sheet.freeze_panes(_FIRST_ROW - 1, 1)
    # the heads of the columns too, where there is one table to which they belong
    pen.on_paper(line - 1, last, head=(0, _FIRST_ROW if len(form.tables) == 1 else 1), parts=starts)


def _words(pen: Pen, places: FormPlaces, line: int, last: int, starts: list[int]) -> int:
    """Write the narrative, the lines without one, the rule of rounding and the remarks; return the next line."""
    form = places.form
    told = [f"{name}: {text}" for name, text in form.narrative]
    if form.without_narrative:
        told.append(f"Narrative is missing: {'; '.join(form.without_narrative)}.")
    remarks = [form.rounding, "Words are those of the day of the export; amounts follow the assumptions.", *form.remarks]
    for heading, texts in ((form.template.narrative, told), ("To know", remarks)):
        starts.append(line)
        pen.band(line, heading, last)
        for text in texts:
            line += 1
            pen.note(line, text, last)
        line += 2
    return line - 1


@dataclass(frozen=True)
class _Leaf:
    """A column of amounts: where it is printed, where its exact amounts, those rounded alone and what these left off stand."""

    number: int
    printed: int
    exact: int
    alone: int
    left: int


class _Table:
    """Writes one table: `first` is the sheet row of its first row, `beside` the first column right of the form."""

    def __init__(self, pen: Pen, places: FormPlaces, table: FilledTable, first: int, beside: int) -> None:
        self.pen, self.places, self.table, self.first = pen, places, table, first
        self.last = first + len(table.rows) - 1
        self.across = table.declared.closes == "across"
        self.mode = _ROUNDED[places.form.rule.mode]
        numbers = [at for at, column in enumerate(table.declared.columns) if not (column.total or column.text or column.nothing)]
        count = len(numbers)
        self.leaves = [_Leaf(number, number + 1, *(beside + of * count + at for of in range(3))) for at, number in enumerate(numbers)]
        self.missing = beside + 3 * count  # to the rounded total of each row, where the table closes across
        self.unlisted: list[str] = []

    def write(self, last_column: int) -> int:
        """Write the table and return the next line; fills `unlisted` with cells that say what the form does not list."""
        pen, table = self.pen, self.table
        pen.band(self.first - _HEADING_LINES, table.heading, last_column)
        heads = (table.declared.first_column, *(column.heading for column in table.declared.columns))
        for column, text in enumerate(heads):
            pen.text(self.first - 1, column, text, "head" if column else "head_left")
        widths = self.places.form.template.widths
        pen.sheet.set_row(self.first - 1, height_of(max(lines_of(text, widths[at] - 1) for at, text in enumerate(heads))))
        for leaf in self.leaves:
            heading = table.declared.columns[leaf.number].heading
            pen.text(self.first - 1, leaf.exact, f"Exact: {heading}", "head")
            pen.text(self.first - 1, leaf.alone, f"Rounded alone: {heading}", "head")
            pen.text(self.first - 1, leaf.left, f"Left off: {heading}", "head")
            for column in (leaf.exact, leaf.alone, leaf.left):
                pen.sheet.set_column(column, column, _EXACT_WIDTH)
        for line, row in enumerate(table.rows, self.first):
            self._labels(line, row)
            self._amounts(line, row)
        self._closing()
        return self._differences() + 1

    def _labels(self, line: int, row: FilledRow) -> None:
        style, _ = _STYLES[row.kind]
        label = f"   {row.label}" if row.kind == LINE else row.label
        self.pen.text(line, 0, label, style)
        widths, lines = self.places.form.template.widths, lines_of(label, self.places.form.template.widths[0] - 2)
        for at, (column, text, cell) in enumerate(zip(self.table.declared.columns, row.texts, row.cells, strict=True), 1):
            if cell is None:
                self.pen.text(line, at, text, "total" if row.kind in (SECTION, TOTAL) else "wrapped")
                lines = max(lines, lines_of(text, widths[at] - 1)) if column.text else lines
        self.pen.sheet.set_row(line, height_of(lines))

    def _amounts(self, line: int, row: FilledRow) -> None:
        form = self.pen.figure("dollars", _STYLES[row.kind][1])
        for leaf in self.leaves:
            cell = row.cells[leaf.number]
            assert cell is not None
            if row.kind in LEAVES:
                self._leaf(line, leaf, cell)
            self.pen.formula(line, leaf.printed, f"={self._printed(line, leaf, row)}", float(cell.amount), form)
        letters = [leaf.printed for leaf in self.leaves]
        for at, column in enumerate(self.table.declared.columns):
            cell = row.cells[at]
            if column.total and cell is not None:
                added = ",".join(_span(line, line, first, last) for first, last in _runs(letters))
                self.pen.formula(line, at + 1, f"=SUM({added})", float(cell.amount), form)
        if self.across and row.kind in LEAVES:
            cells = [cell for leaf in self.leaves if (cell := row.cells[leaf.number]) is not None]
            first, last = self.leaves[0], self.leaves[-1]
            exact, alone = _range(line, line, first.exact, last.exact), _range(line, line, first.alone, last.alone)
            elsewhere = self._elsewhere(line, cells[0]) if self.table.declared.beside else ""
            self._missing((line, self.missing), exact, alone, cells, elsewhere)

    def _leaf(self, line: int, leaf: _Leaf, cell: FormCell) -> None:
        exact = self.places.added(cell.added, cell.months)
        whole = self.pen.figure("dollars", "saved")
        self.pen.formula(
            line, leaf.exact, f"=ROUND(SUM({exact}),{CELL_DIGITS})", cell.exact, self.pen.figure("dollars", "saved", exact=True)
        )
        alone = rounded(cell.exact, self.places.form.rule)
        self.pen.formula(line, leaf.alone, f"={self.mode.format(_cell(line, leaf.exact))}", float(alone), whole)
        left = f"=ROUND({_cell(line, leaf.exact)}-{_cell(line, leaf.alone)},{CELL_DIGITS})"
        self.pen.formula(
            line, leaf.left, left, round(cell.exact - float(alone), CELL_DIGITS), self.pen.figure("dollars", "saved", exact=True)
        )

    def _printed(self, line: int, leaf: _Leaf, row: FilledRow) -> str:
        """Return what a printed cell says: the rounded amount with what it takes, or the sum of other printed cells."""
        if row.kind in (SECTION, TOTAL):
            at = line - self.first
            lines = [self.first + self.table.rows.index(one) for one in added_rows(self.table.rows, at)]
            if row.kind == TOTAL:  # of sections rather than of their lines
                lines = [self.first + number for number in range(at) if self.table.rows[number].kind in (PLAIN, SECTION)]
            added = ",".join(_span(first, last, leaf.printed, leaf.printed) for first, last in _runs(lines))
            return f"SUM({added})" if added else "0"
        exact, alone, left = (_cell(line, column) for column in (leaf.exact, leaf.alone, leaf.left))
        if self.across:
            first, last = self.leaves[0], self.leaves[-1]
            exacts, lefts = _range(line, line, first.exact, last.exact), _range(line, line, first.left, last.left)
            exacts_to_here, lefts_to_here = f"{_cell(line, first.exact)}:{exact}", f"{_cell(line, first.left)}:{left}"
            missing = _cell(line, self.missing)
        else:
            exacts, lefts = (_range(self.first, self.last, column, column) for column in (leaf.exact, leaf.left))
            exacts_to_here, lefts_to_here = f"{_cell(self.first, leaf.exact)}:{exact}", f"{_cell(self.first, leaf.left)}:{left}"
            missing = _cell(self.last + 1, leaf.alone)
        farther = f'COUNTIF({lefts},IF({missing}<0,"<",">")&{left})'
        as_far = f'COUNTIFS({lefts},{left},{exacts},">"&{exact})+COUNTIFS({lefts_to_here},{left},{exacts_to_here},{exact})'
        return f"{alone}+IF({farther}+{as_far}<=ABS({missing}),SIGN({missing}),0)"

    def _closing(self) -> None:
        """Write below each column what its rounded amounts lack to its rounded total."""
        for leaf in () if self.across else self.leaves:
            cells = [cell for row in self.table.rows if row.kind in LEAVES and (cell := row.cells[leaf.number]) is not None]
            exact, alone = (_range(self.first, self.last, column, column) for column in (leaf.exact, leaf.alone))
            self._missing((self.last + 1, leaf.alone), exact, alone, cells)

    def _elsewhere(self, line: int, cell: FormCell) -> str:
        """Write what a row comes to in the period that another table prints, and return its place."""
        added = self.places.added(cell.added, months_of(self.table.declared.beside))
        place = (line, self.missing + 1)
        form = self.pen.figure("dollars", "saved", exact=True)
        self.pen.formula(*place, f"=ROUND(SUM({added}),{SUM_DIGITS})", cell.elsewhere, form)
        return _cell(*place)

    def _missing(self, place: tuple[int, int], exact: str, alone: str, cells: Sequence[FormCell], elsewhere: str = "") -> None:
        """Write what rounded amounts lack to their rounded total, of which a part may be printed elsewhere."""
        missing = missing_to_total([*(cell.exact for cell in cells), *(cell.elsewhere for cell in cells[:1])], self.places.form.rule)
        total = self.mode.format(f"ROUND(SUM({exact}){f'+{elsewhere}' * bool(elsewhere)},{SUM_DIGITS})")
        printed = f"-({self.mode.format(elsewhere)})" if elsewhere else ""
        self.pen.formula(*place, f"={total}{printed}-SUM({alone})", float(missing), self.pen.figure("dollars", "saved"))

    def _differences(self) -> int:
        """Write below the table what rounding adds to each column; return the last line. To the right stands what is not listed."""
        line = self.last + 1
        self.pen.text(line, 0, "Rounding, above the exact amounts", "rule_line")
        for leaf in self.leaves:
            cells = [cell for row in self.table.rows if row.kind in LEAVES and (cell := row.cells[leaf.number]) is not None]
            kinds = (PLAIN, SECTION)
            shown = ",".join(
                _span(first, last, leaf.printed, leaf.printed)
                for first, last in _runs([self.first + at for at, row in enumerate(self.table.rows) if row.kind in kinds])
            )
            exact = _span(self.first, self.last, leaf.exact, leaf.exact)
            added = float(sum((cell.amount for cell in cells), Decimal(0))) - sum(cell.exact for cell in cells)
            form = self.pen.figure("dollars", "saved", exact=True)
            self.pen.formula(line, leaf.printed, f"=SUM({shown})-SUM({exact})", added, form)
            self._unlisted(leaf, exact, cells)
        return line

    def _unlisted(self, leaf: _Leaf, exact: str, cells: Sequence[FormCell]) -> None:
        """Write what a column's payers give beyond what its rows list, where rows list some items each."""
        declared = self.table.declared
        payers = declared.columns[leaf.number].payers or declared.payers or (Payer.GRANT,)
        if not any(row.picks for row in declared.rows) or any(row.payers for row in declared.rows) or Payer.PROGRAM_INCOME in payers:
            return
        amounts = [amount for payer in payers for amount in self.places.amounts[payer]]
        given = self.places.added(amounts, cells[0].months if cells else None)
        place = (self.last + 2, leaf.exact)
        self.pen.formula(*place, f"=SUM({given})-SUM({exact})", 0.0, self.pen.figure("dollars", "saved", exact=True))
        self.unlisted.append(f"{quote_sheetname(self.pen.name)}!{_cell(*place)}")


def _cell(row: int, column: int) -> str:
    return f"{xl_col_to_name(column)}{row + 1}"


def _range(first_row: int, last_row: int, first: int, last: int) -> str:
    """Return the reference of cells from one to another, as a range even where they are one: what MATCH asks for."""
    return f"{_cell(first_row, first)}:{_cell(last_row, last)}"


def _span(first_row: int, last_row: int, first: int, last: int) -> str:
    """Return the reference of cells from one to another, or of the one cell that they are."""
    found = _range(first_row, last_row, first, last)
    begin, _, end = found.partition(":")
    return begin if begin == end else found


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return ascending numbers as runs without a gap, each by its first and last."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
