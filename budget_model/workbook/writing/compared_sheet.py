"""The sheet that compares scenarios: the figures of each, over the months that the reader chooses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from budget_model.analysis.shared_months import Months, months_of, shared_months, unlike_months_in_words
from budget_model.errors import WorkbookError
from budget_model.scenario.text import digest
from budget_model.timeline import TOTAL as ALL_MONTHS
from budget_model.timeline import serial
from budget_model.workbook.layout.book import HEAD_ROW as MONTH_ROW
from budget_model.workbook.layout.book import Block, Book, Index
from budget_model.workbook.layout.paper import columns_on_first_page
from budget_model.workbook.layout.styles import height_of, lines_of, number_format
from budget_model.workbook.layout.template import Comparison, ShownRow
from budget_model.workbook.sheets.sheet import ALL_PASS, MASTER_CELL, SOME_FAIL, Pen

SHARED = "Months that all cover"
_NOTE, _PERIOD, _FROM, _TO, _FIRST_MONTH, _LAST_MONTH, _MONTHS, _HASH, _MASTER, HEAD = range(2, 12)
_FIRST = HEAD + 1
FIRST_SCENARIO = 2
_WIDE, _NARROW, _MOST_WIDE = 22, 13, 5  # letters of a scenario's column, where there are so many at most, and where there are more
_UNLIKE = "LOOK: these figures are of unlike numbers of months."


@dataclass(frozen=True)
class _Figure:
    """A line of the comparison: its row, its label, whether it closes a section, and where each scenario has it."""

    row: str
    label: str
    total: bool
    where: tuple[tuple[Block, Index] | None, ...]


@dataclass(frozen=True)
class Levels:
    """Where the figures of all scenarios stand that a chart shows: the sheet, the rows, the last column."""

    sheet: str
    rows: list[int]
    last: int


def headings(books: Sequence[Book]) -> list[str]:
    """Return what each scenario is called: its letter and its name."""
    return [f"{book.template.prefix.rstrip('_')}: {book.scenario.name}" for book in books]


def head(pen: Pen, title: str, note: str, last: int) -> None:
    """Write the title and what is to know of all figures."""
    pen.text(0, 0, title, "title")
    pen.note(1, note, last)
    pen.protect()


def write_compared(pen: Pen, layout: Comparison, books: Sequence[Book]) -> Levels:
    """Write the figures of each scenario; where these cover unlike months, that is said first, and shared months are shown.

    Return where the figures stand that a chart shows.
    """
    last = FIRST_SCENARIO + len(books) - 1
    pen.sheet.set_column(0, 0, 58)
    pen.sheet.set_column(1, 1, 26)
    pen.sheet.set_column(FIRST_SCENARIO, last, _width(books))
    is_parted = columns_on_first_page(pen.sheet, last, FIRST_SCENARIO) <= last
    said_over = FIRST_SCENARIO - 1 if is_parted else last  # what a page repeats, so that none cuts the words
    head(pen, layout.title, layout.note, said_over)
    timelines = [book.projection.timeline for book in books]
    pen.note(_NOTE, unlike_months_in_words(headings(books), timelines, stand_below=is_parted), said_over)
    chosen = _write_periods(pen, books, last)
    _write_scenarios(pen, books, chosen)
    pen.sheet.freeze_panes(_FIRST, 1)
    line, parts = _FIRST, []
    charted: dict[str, int] = {}
    for section in layout.sections:
        parts.append(line)
        pen.band(line, section.heading, last)
        line += 1
        for entry in section.rows:
            for figure in _figures(entry, books):
                _line(pen, line, figure, books, chosen)
                charted.setdefault(figure.row, line)
                line += 1
    pen.on_paper(line - 1, last, head=(0, HEAD), parts=parts, across=FIRST_SCENARIO)
    return Levels(pen.name, [charted[row] for row in layout.chart.rows], last)


def _width(books: Sequence[Book]) -> int:
    return _WIDE if len(books) <= _MOST_WIDE else _NARROW


def _write_periods(pen: Pen, books: Sequence[Book], last: int) -> Months:
    """Write the choice of months, and beside the figures the periods to choose from; return the one that is chosen."""
    timelines = [book.projection.timeline for book in books]
    spans, shared = [months_of(one) for one in timelines], shared_months(timelines)
    whole = min(first for first, _ in spans), max(end for _, end in spans)
    periods: dict[str, Months] = {SHARED: shared} if shared and len(set(spans)) > 1 else {}
    for year, month in sorted({(year, month) for one in timelines for month, year in zip(one.months, one.fiscal_years, strict=True)}):
        periods[year] = (periods[year][0] if year in periods else month, month)
    periods[ALL_MONTHS] = whole
    chosen = SHARED if SHARED in periods else ALL_MONTHS
    pen.choice(_PERIOD, "Months shown", chosen, list(periods), "a fiscal year, Total for all months, or the months that all cover")
    labels, month = last + 2, pen.styles("plain", number_format("month"))
    pen.sheet.set_column(labels, labels, 24)
    for column, text in enumerate(("Months to choose from", "First", "Last"), labels):
        pen.text(HEAD, column, text, "head")
    for line, (name, ends) in enumerate(periods.items(), _FIRST):
        pen.text(line, labels, name, "item")
        for column, day in enumerate(ends, labels + 1):
            pen.number(line, column, serial(day), month)
    for line, text, column, day in ((_FROM, "From", labels + 1, periods[chosen][0]), (_TO, "To", labels + 2, periods[chosen][1])):
        pen.text(line, 0, text, "item")
        of, names = (f"${xl_col_to_name(one)}${_FIRST + 1}:${xl_col_to_name(one)}${_FIRST + len(periods)}" for one in (column, labels))
        pen.formula(line, 1, f"=INDEX({of},MATCH($B${_PERIOD + 1},{names},0),1)", serial(day), month)
    return periods[chosen]


def _write_scenarios(pen: Pen, books: Sequence[Book], chosen: Months) -> None:
    """Write what each scenario is: its months, how many of them are shown, its hash, its checks."""
    month, counts = pen.styles("plain", number_format("month")), []
    labels = {_FIRST_MONTH: "First month of the scenario", _LAST_MONTH: "Its last month", _MONTHS: "Months shown",
              _HASH: "Content hash of the scenario", _MASTER: "Checks"}  # fmt: skip
    for line, text in labels.items():
        pen.text(line, 0, text, "wrapped")
    pen.text(HEAD, 0, "Figure", "head_left")
    pen.text(HEAD, 1, "Unit", "head")
    pen.sheet.set_row(HEAD, height_of(max(lines_of(heading, _width(books) - 1) for heading in headings(books))))
    for column, (book, heading) in enumerate(zip(books, headings(books), strict=True), FIRST_SCENARIO):
        timeline, letter = book.projection.timeline, xl_col_to_name(column)
        for line, day in zip((_FIRST_MONTH, _LAST_MONTH), months_of(timeline), strict=True):
            pen.number(line, column, serial(day), month)
        counts.append(sum(chosen[0] <= one <= chosen[1] for one in timeline.months))
        heads = _heads(book, book.blocks["gross_appropriation"])
        shown = f'COUNTIFS({heads},">="&$B${_FROM + 1},{heads},"<="&$B${_TO + 1})'
        pen.formula(_MONTHS, column, f"={shown}", counts[-1], pen.styles("plain", "0"))
        pen.text(_HASH, column, digest(book.scenario), "wrapped")
        master = f"={quote_sheetname(book.checks)}!{MASTER_CELL}"
        pen.formula(_MASTER, column, master, SOME_FAIL if book.fails else ALL_PASS, pen.styles("wrapped"))
        pen.verdict(_MASTER, column)
        pen.text(HEAD, column, heading, "head")
    for line, text in ((_MASTER, SOME_FAIL), (_HASH, digest(books[0].scenario))):
        pen.sheet.set_row(line, height_of(lines_of(text, _width(books) - 1)))
    first, letter = xl_col_to_name(FIRST_SCENARIO), xl_col_to_name(FIRST_SCENARIO + len(books) - 1)
    counted = f"${first}${_MONTHS + 1}:${letter}${_MONTHS + 1}"
    said = _UNLIKE if len(set(counts)) > 1 else ""
    pen.formula(_PERIOD, FIRST_SCENARIO, f'=IF(MAX({counted})=MIN({counted}),"","{_UNLIKE}")', said, pen.styles("status"))
    pen.verdict(_PERIOD, FIRST_SCENARIO)


def _figures(entry: ShownRow, books: Sequence[Book]) -> Iterator[_Figure]:
    """Yield a line for each item that any of the scenarios has of a row, found by its name."""
    known: dict[str, list[tuple[Block, Index] | None]] = {}
    for number, book in enumerate(books):
        block = book.blocks[entry.row]
        for index, members in block.items:
            name = ": ".join(member.name for member in members)
            known.setdefault(name, [None] * len(books))[number] = (block, index)
    for name, where in known.items():
        yield _Figure(entry.row, ": ".join(part for part in (entry.label, name) if part), entry.total, tuple(where))


def _line(pen: Pen, line: int, figure: _Figure, books: Sequence[Book], chosen: Months) -> None:
    row = next(found for found in figure.where if found)[0].row
    pen.text(line, 0, figure.label, "total" if figure.total else "item")
    pen.text(line, 1, row.unit, "total" if figure.total else "plain")
    form = pen.figure(row.unit, "total" if figure.total else "plain")
    for column, (book, found) in enumerate(zip(books, figure.where, strict=True), FIRST_SCENARIO):
        if found is None:
            pen.number(line, column, 0, form)
            continue
        block, index = found
        begin, end = f"$B${_FROM + 1}", f"$B${_TO + 1}"
        formula = over_chosen_months(book, block, index, begin, end, f"{xl_col_to_name(column)}${_LAST_MONTH + 1}")
        pen.formula(line, column, f"={formula}", _value(book, block, index, chosen), form)


def over_chosen_months(book: Book, block: Block, index: Index, begin: str, end: str, last: str = "") -> str:
    """Return the formula of a monthly row over the months from one cell to another; `last` is the cell of the scenario's last month.

    What a row shows of a year is the sum of its months or the last of them; raises WorkbookError for a row of another kind.
    """
    heads, line = _heads(book, block), block.line_of[index] + 1
    first, final = (xl_col_to_name(column) for column in (book.columns.months.start, book.columns.months.stop - 1))
    values = f"{quote_sheetname(block.sheet)}!${first}{line}:${final}{line}"
    if block.row.in_a_year == "sum":
        return f'SUMIFS({values},{heads},">="&{begin},{heads},"<="&{end})'
    if block.row.in_a_year == "last":
        return f'SUMIFS({values},{heads},MIN({end},{last}),{heads},">="&{begin})'
    raise WorkbookError(f"{block.row.name} is neither summed over months nor read in the last of them: it can't be compared")


def _heads(book: Book, block: Block) -> str:
    first, final = (xl_col_to_name(column) for column in (book.columns.months.start, book.columns.months.stop - 1))
    return f"{quote_sheetname(block.sheet)}!${first}${MONTH_ROW + 1}:${final}${MONTH_ROW + 1}"


def _value(book: Book, block: Block, index: Index, chosen: Months) -> float:
    """Return what the formula comes to over the months chosen."""
    months: list[date] = list(book.projection.timeline.months)
    shown = [at for at, month in enumerate(months) if chosen[0] <= month <= chosen[1]]
    values = np.asarray(book.projection.monthly(block.row.name)[index])[shown]
    return float(values.sum() if block.row.in_a_year == "sum" else values[-1] if shown else 0.0)
