"""The words by which a person finds a cell: what stands at the left of its row, and at the head of its column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from textwrap import shorten

from xlsxwriter.utility import xl_cell_to_rowcol

from budget_model.errors import Problem
from budget_model.formats import written
from budget_model.timeline import from_serial, month_label
from budget_model.workbook.layout.book import LABEL
from budget_model.workbook.layout.constants import value_of
from budget_model.workbook.layout.filling import filled
from budget_model.workbook.layout.record import Record
from budget_model.workbook.reading.cells import MOST_PROBLEMS

_LONGEST = 60  # letters of a label or head that are told; a line of a change table is a whole sentence
_HEADS = 3  # in a row of them, at least
_DAYS = range(1_000, 2_900_000)  # a number among heads that is so high stands for a month; no scenario has so many


def with_words(problems: list[Problem], record: Record) -> list[Problem]:
    """Return the problems, those that are told in full with what row and column of their cell are called beside it."""
    words = _PlaceWords(record)
    return [*(replace(problem, place=words.beside(problem.place)) for problem in problems[:MOST_PROBLEMS]), *problems[MOST_PROBLEMS:]]


class _PlaceWords:
    """The words of cells as the record has them; it is looked into only where a cell is asked for."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def beside(self, place: str) -> str:
        """Return a place such as Funding!C14 with its words in brackets."""
        sheet, _, address = place.rpartition("!")
        row, column = xl_cell_to_rowcol(address)
        words = [*self._of_row(sheet, row, column), *self._of_column(sheet, row, column)]
        return f"{place} ({', '.join(dict.fromkeys(words))})" if words else place

    def _of_row(self, sheet: str, row: int, column: int) -> Iterator[str]:
        """Yield the row of the model that the line belongs to, where the sheet has such, and what stands in the first columns."""
        if row == self._head_rows.get(sheet):
            return
        headings = self._headings.get(sheet, [])
        above = max((one for one in headings if one <= row), default=None)
        if above is not None:
            yield from self._text(sheet, above, LABEL)
        labels = (LABEL,) if headings else (LABEL, LABEL + 1)
        for one in labels:
            if one != column and row != above and isinstance(self._constants.get((sheet, row, one)), str):
                yield from self._text(sheet, row, one)

    def _of_column(self, sheet: str, row: int, column: int) -> Iterator[str]:
        head = self._head_rows.get(sheet, row)
        if head < row:
            yield from self._text(sheet, head, column)

    def _text(self, sheet: str, row: int, column: int) -> Iterator[str]:
        value = self._constants.get((sheet, row, column))
        if value is None:  # the name of an item that may be renamed is a formula; what it shows is not kept
            return
        if isinstance(value, float):
            yield month_label(from_serial(value)) if _DAYS[0] <= value <= _DAYS[-1] else written(value)
        elif value:
            yield shorten(value, _LONGEST, placeholder=" ...")

    @cached_property
    def _constants(self) -> dict[tuple[str, int, int], float | str]:
        return {(area.sheet, row, column): value_of(area.formula) for area in self._record.constants for row, column, _ in filled(area)}

    @cached_property
    def _head_rows(self) -> dict[str, int]:
        """The row of each sheet that holds the heads of its columns: the first with a text in the second, and some more beside it.

        One that names the first column as well comes before others, such as a row with the numbers of the months.
        """
        texts = Counter((sheet, row) for sheet, row, _ in self._constants)
        seconds = (place[:2] for place, value in self._constants.items() if place[2] == LABEL + 1 and isinstance(value, str))
        rows = {place for place in seconds if texts[place] >= _HEADS}
        last_is_best = sorted(rows, key=lambda place: ((*place, LABEL) in self._constants, -place[1]))
        return dict(last_is_best)

    @cached_property
    def _headings(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for sheet, address in self._record.row_ids.values():
            found.setdefault(sheet, []).append(xl_cell_to_rowcol(address)[0])
        return found
