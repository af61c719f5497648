"""Formulas in relative form: an area of cells with the formula of its first cell, which fills it to the right and down.

All months of a row, and often all items of a block, are one area, as a spreadsheet program would fill them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

# Names of sheets and texts are passed over; a reference is no part of a name and calls nothing.
_REFERENCE = re.compile(r"""'(?:[^']|'')*+'|"(?:[^"]|"")*+"|(?<![\w.$])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\w.(!])""")
# The same with the sheet before it and the other corner behind it, for what a formula reads.
_READ = re.compile(
    r"""(?:(?:'((?:[^']|'')++)'|(?<![\w.'])([A-Za-z_][\w.]*+))!)?(?<![\w.])(\$?[A-Z]{1,3}\$?\d{1,7})(?::(\$?[A-Z]{1,3}\$?\d{1,7}))?(?![\w.(!])"""
    r"""|"(?:[^"]|"")*+\""""
)
_AREA = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})(?::([A-Z]{1,3})([1-9]\d{0,6}))?")


class Area(NamedTuple):
    """A rectangle of cells on a sheet, its corners counted from 0, and the formula of its first cell."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    formula: str

    @property
    def size(self) -> int:
        """The number of its cells."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    @property
    def addresses(self) -> Iterator[str]:
        """The address of each of its cells, row by row."""
        letters = [_letters(column) for column in range(self.left, self.right + 1)]
        return (f"{letter}{row}" for row in range(self.top + 1, self.bottom + 2) for letter in letters)

    @property
    def address(self) -> str:
        """The rectangle as a spreadsheet writes it, such as B5:D9."""
        first, last = (f"{_letters(column)}{row + 1}" for row, column in ((self.top, self.left), (self.bottom, self.right)))
        return first if first == last else f"{first}:{last}"


class _Fixed(str):
    """A part of a formula that is the same in every cell of an area."""


class _Relative(NamedTuple):
    """A reference that moves with its cell, in the row, the column or both."""

    row: int
    column: int
    row_moves: bool
    column_moves: bool


class _Row(NamedTuple):
    """A formula as one row of an area has it: the letters of some columns are left open, and stand here for the first cell."""

    text: str
    columns: tuple[int, ...]

    def at(self, across: int) -> str:
        return self.text % tuple([_letters(column + across) for column in self.columns])


_Parts = tuple[_Fixed | _Relative, ...]
_letters = lru_cache(maxsize=20_000)(xl_col_to_name)


@lru_cache(maxsize=20_000)
def _column(letters: str) -> int:
    """Return the number of a column, counted from 0."""
    return int(xl_cell_to_rowcol(f"{letters}1")[1])


def area_of(sheet: str, address: str, formula: str) -> Area:
    """Return the area that `address` names; raises ValueError when it names none."""
    found = _AREA.fullmatch(address)
    if found is None:
        raise ValueError(f"{address!r} is no area of cells")
    left, right = _column(found[1]), _column(found[3] or found[1])
    top, bottom = int(found[2]) - 1, int(found[4] or found[2]) - 1
    if bottom < top or right < left:
        raise ValueError(f"{address!r} is no area of cells")
    return Area(sheet, top, left, bottom, right, formula)


def areas(formulas: Mapping[tuple[str, int, int], str]) -> tuple[Area, ...]:
    """Return the formulas of a workbook, by sheet, row and column counted from 0, as few areas: along rows, then down."""
    sheets: dict[str, dict[int, dict[int, str]]] = {}
    for (sheet, row, column), formula in formulas.items():
        sheets.setdefault(sheet, {}).setdefault(row, {})[column] = formula
    return tuple(area for sheet, rows in sheets.items() for area in _areas_of(sheet, rows))


def filled(area: Area) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and formula of each cell of an area."""
    parts = _parts(area.formula)
    for row in range(area.top, area.bottom + 1):
        moved = _row(parts, row - area.top)
        for column in range(area.left, area.right + 1):
            yield row, column, moved.at(column - area.left)


def read_areas(area: Area) -> Iterator[Area]:
    """Yield every rectangle of cells that the formulas of an area read, of all its cells together and without a formula."""
    down, across = area.bottom - area.top, area.right - area.left
    for quoted, plain, first, last in _READ.findall(area.formula):
        if first:
            corners = [_corner(text, down, across) for text in (first, last or first)]
            rows, columns = (sorted(one for corner in corners for one in corner[axis]) for axis in (0, 1))
            sheet = quoted.replace("''", "'") or plain or area.sheet
            yield Area(sheet, rows[0], columns[0], rows[-1], columns[-1], "")


def _corner(reference: str, down: int, across: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the first and last row, and column, of a reference as an area fills it."""
    row, column = xl_cell_to_rowcol(reference.replace("$", ""))
    return (row, row if "$" in reference[1:] else row + down), (column, column if reference.startswith("$") else column + across)


def _areas_of(sheet: str, rows: Mapping[int, Mapping[int, str]]) -> list[Area]:
    found: list[Area] = []
    above: dict[tuple[int, int], tuple[int, _Parts]] = {}  # by columns: the area that ends in the row before, and its formula
    for row in sorted(rows):
        here = {}
        for left, right, parts in _runs(rows[row]):
            formula = rows[row][left]
            number, first = above.get((left, right), (-1, ()))
            if number >= 0 and found[number].bottom == row - 1 and _row(first, row - found[number].top).at(0) == formula:
                found[number] = found[number]._replace(bottom=row)
            else:
                number, first = len(found), parts
                found.append(Area(sheet, row, left, row, right, formula))
            here[left, right] = (number, first)
        above = here
    return found


def _runs(cells: Mapping[int, str]) -> Iterator[tuple[int, int, _Parts]]:
    """Yield first and last column of each run of neighbors that one formula fills, with its parts."""
    left = right = -2
    parts: _Parts = ()
    first = _Row("", ())
    for column in sorted(cells):
        if column == right + 1 and first.at(column - left) == cells[column]:
            right = column
            continue
        if right >= 0:
            yield left, right, parts
        left = right = column
        parts = _parts(cells[column])
        first = _row(parts, 0)
    if right >= 0:
        yield left, right, parts


def _parts(formula: str) -> _Parts:
    """Return a formula cut at the references that move."""
    parts: list[_Fixed | _Relative] = []
    end = 0
    for found in _REFERENCE.finditer(formula):
        if found[2] and not (found[1] and found[3]):
            parts.append(_Fixed(formula[end : found.start()]))
            column = _column(found[2])
            parts.append(_Relative(int(found[4]), column, not found[3], not found[1]))
            end = found.end()
    return (*parts, _Fixed(formula[end:]))


def _row(parts: _Parts, down: int) -> _Row:
    """Return a formula so many rows below its first cell."""
    texts: list[str] = []
    columns: list[int] = []
    for part in parts:
        if isinstance(part, _Fixed):
            texts.append(part.replace("%", "%%"))
            continue
        if part.column_moves:
            columns.append(part.column)
        texts.append("%s" if part.column_moves else f"${_letters(part.column)}")
        texts.append(f"{part.row + down}" if part.row_moves else f"${part.row}")
    return _Row("".join(texts), tuple(columns))
