"""The numbers that the scenario gives, with range and note, for paper: what several items share stands once, sources at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import NamedTuple

from xlsxwriter.utility import quote_sheetname

from budget_model.formats import is_money
from budget_model.scenario.tables import MODELS
from budget_model.workbook.layout.assumption_columns import CONFIDENCE, HIGH, LOW, NOTE, SOURCE
from budget_model.workbook.layout.book import Book
from budget_model.workbook.layout.entries import Entry
from budget_model.workbook.layout.evidence_cells import evidence_cells
from budget_model.workbook.layout.styles import height_of, lines_of, number_format
from budget_model.workbook.layout.template import GivenAssumptions
from budget_model.workbook.sheets.sheet import CHANGED_CELL, Pen

_HEADS = (
    ("Assumption", 30), ("Value", 12), ("Low", 10.5), ("High", 10.5), ("Unit", 14), ("Of", 38), ("Confidence", 11), ("Source", 7),
    ("Note", 54),
)  # fmt: skip
_ASSUMPTION, _VALUE, _LOW, _HIGH, _UNIT, _OF, _CONFIDENCE, _SOURCE, _NOTE = range(len(_HEADS))
_CHANGED_ROW, _HEAD_ROW = 3, 4
_NAMES = 3  # as many items are named, or all but so many


class _Given(NamedTuple):
    """A number as it is given: all that is printed of it but whose it is."""

    table: str
    label: str
    unit: str
    value: float
    low: float | None
    high: float | None
    confidence: str
    source: str
    note: str


def write_given_assumptions(pen: Pen, declared: GivenAssumptions) -> None:
    """Write a line for each number as the scenario gives it, and how many inputs of this workbook were changed since."""
    for column, (_, width) in enumerate(_HEADS):
        pen.sheet.set_column(column, column, width)
    pen.head(declared.title, status_column=_OF)
    pen.note(2, declared.note, _NOTE)
    pen.text(_CHANGED_ROW, 0, "Inputs changed since", "item")
    pen.formula(_CHANGED_ROW, _VALUE, f"={quote_sheetname(pen.book.assumptions)}!{CHANGED_CELL}", 0, pen.styles("left", "0"))
    for column, (text, _) in enumerate(_HEADS):
        pen.text(_HEAD_ROW, column, text, "head" if column else "head_left")
    pen.sheet.set_row(_HEAD_ROW, height_of(2))
    pen.sheet.freeze_panes(_HEAD_ROW + 1, 1)
    line, parts, table = _HEAD_ROW + 1, [], ""
    sources: dict[str, int] = {}
    for given, items in _given(pen.book).items():
        if given.table != table:
            table = given.table
            parts.append(line)
            pen.band(line, _table_words(table), _NOTE)
            line += 1
        _write_line(pen, line, given, items, sources.setdefault(given.source, 1 + len(sources)))
        line += 1
    parts.append(line)
    line = _write_sources(pen, line, sources)
    pen.on_paper(line - 1, _NOTE, head=(_CHANGED_ROW, _HEAD_ROW), parts=parts)


def _given(book: Book) -> Mapping[_Given, list[str]]:
    """Return the numbers and months that are given, each with the items that have it so, in the order of the assumptions."""
    found: dict[_Given, list[str]] = {}
    for entry in _numbers(book):
        assert entry.placed
        cells = evidence_cells(entry.placed)
        low, high = (cell if isinstance(cell, float) else None for cell in (cells.get(LOW), cells.get(HIGH)))
        confidence, source, note = (str(cells[part] or "") for part in (CONFIDENCE, SOURCE, NOTE))
        given = _Given(entry.table, entry.label, entry.placed.declared.unit, float(entry.value), low, high, confidence, source, note)
        found.setdefault(given, []).append(entry.item)
    return dict(sorted(found.items(), key=lambda one: _tables(book).index(one[0].table)))


def _numbers(book: Book) -> Iterator[Entry]:
    return (entry for entry in book.entries if entry.placed and entry.is_given and entry.item not in book.blank_rows)


def _tables(book: Book) -> list[str]:
    return list(dict.fromkeys(entry.table for entry in book.entries))


def _table_words(table: str) -> str:
    return MODELS[table].table.title if table in MODELS else "Whole program"


def _of_items(book: Book, table: str, items: Sequence[str]) -> str:
    """Return in words which items of a table have a number so."""
    all_of_it = dict.fromkeys(entry.item for entry in book.entries if entry.table == table and entry.item not in book.blank_rows)
    others = [item for item in all_of_it if item not in items]
    if table not in MODELS:
        return ""
    if not others and len(items) > 1:
        return f"Each of {len(items)}"
    return f"All but {', '.join(others)}" if len(others) <= _NAMES < len(items) else ", ".join(items)


def _write_sources(pen: Pen, line: int, sources: Mapping[str, int]) -> int:
    """Write the sources by their numbers; return the next line."""
    pen.band(line, "Sources", _NOTE)
    letters = int(sum(width for _, width in _HEADS[_VALUE:]))  # addresses have wider letters than running text
    for source, number in sources.items():
        pen.number(line + 1, 0, number, pen.styles("top_left", "0"))
        for text in wrap(source, letters):  # each in a row of its own, over the columns to its right
            line += 1
            pen.text(line, _VALUE, text, "item")
    return line + 1


def _write_line(pen: Pen, line: int, given: _Given, items: Sequence[str], source: int) -> None:
    for column, value in ((_VALUE, given.value), (_LOW, given.low), (_HIGH, given.high)):
        if value is not None:
            whole = is_money(given.unit) and value.is_integer() and value != 0
            pen.number(line, column, value, pen.styles("top", number_format(given.unit, exact=not whole)))
    pen.number(line, _SOURCE, source, pen.styles("top_left", "0"))
    texts = {
        _ASSUMPTION: given.label,
        _UNIT: given.unit,
        _OF: _of_items(pen.book, given.table, items),
        _CONFIDENCE: given.confidence,
        _NOTE: given.note,
    }
    for column, text in texts.items():
        pen.text(line, column, text, "wrapped")
    pen.sheet.set_row(line, height_of(max(lines_of(text, _HEADS[column][1] - 1) for column, text in texts.items())))
