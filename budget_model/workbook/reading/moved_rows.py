"""Rows and columns that were inserted into a sheet or deleted from it: said as such, and not as the thousand cells that moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

from budget_model.errors import Problem
from budget_model.workbook.layout.constants import as_kept, value_of
from budget_model.workbook.layout.record import Record
from budget_model.workbook.reading.cells import AGAIN, Cells

_MOST_MOVED = 60  # rows or columns at once
_MOST_COMPARED = 5_000  # cells behind them: enough to tell, and few enough for any workbook
_MOST_EMPTIED = 2  # cells that were emptied at the end of a sheet, where they may be a whole row
_MOST_OF_THEM = 0.8  # so many must stand where they are looked for: a cell or two may be edited beside
_FORMULA = "="  # stands for any formula: those that read moved cells have changed
_NAME, _TEXT, _CALCULATED = 0, 1, 2


class _Key(NamedTuple):
    """What is compared in a row: its column, counted from 0, and whether a name, a text or a formula is looked at."""

    across: int
    kind: int


_Line = dict[_Key, str]
_Lines = dict[int, _Line]  # by rows, or turned, by columns
_Place = tuple[str, int]  # address and kind


def moved_rows(cells: Cells, record: Record, file: str) -> Iterator[Problem]:
    """Yield a problem for each sheet in which rows, or else columns, were inserted or deleted."""
    names: dict[str, dict[_Place, str]] = {}
    for name in record.names:
        if target := cells.target(name):
            names.setdefault(target[0], {})[target[1], _NAME] = name
    for sheet, written in _written(record).items():
        found = names.get(sheet, {}) | _found(cells, sheet)
        if sheet not in cells.sheets or all(found.get(place) == text for place, text in written.items()):
            continue
        rows, found_rows = _rows(written), _rows(found)
        if told := _moved(rows, found_rows, "row", "above", lambda row: str(row + 1)) or _moved(
            _turned(rows), _turned(found_rows), "column", "left of", xl_col_to_name
        ):
            yield Problem(file, sheet, "", f"{told}; undo that, or {AGAIN}")


def _written(record: Record) -> dict[str, dict[_Place, str]]:
    """Return by sheet the names, texts and formulas that were written."""
    sheets: dict[str, dict[_Place, str]] = {}
    for area in record.formulas:
        sheets.setdefault(area.sheet, {}).update(((address, _CALCULATED), _FORMULA) for address in area.addresses)
    for area in record.constants:
        value = value_of(area.formula)
        if isinstance(value, str):
            sheets.setdefault(area.sheet, {}).update(((address, _TEXT), value) for address in area.addresses)
    for name, (sheet, address) in record.names.items():
        sheets.setdefault(sheet, {})[address, _NAME] = name
    return sheets


def _found(cells: Cells, sheet: str) -> dict[_Place, str]:
    values: Mapping[str, tuple[str, Any]] = cells.values.get(sheet, {})
    found = {(address, _TEXT): as_kept(value) for address, (kind, value) in values.items() if kind == "s"}
    return found | {(address, _CALCULATED): _FORMULA for address in cells.formulas.get(sheet, {})}


def _rows(places: Mapping[_Place, str]) -> _Lines:
    rows: _Lines = {}
    for (address, kind), text in places.items():
        row, column = xl_cell_to_rowcol(address)
        rows.setdefault(row, {})[_Key(column, kind)] = text
    return rows


def _turned(rows: _Lines) -> _Lines:
    """Return what stands in each column, by its rows."""
    columns: _Lines = {}
    for row, line in rows.items():
        for key, text in line.items():
            columns.setdefault(key.across, {})[_Key(row, key.kind)] = text
    return columns


def _moved(written: _Lines, found: _Lines, called: str, beside: str, number: Callable[[int], str]) -> str:
    """Return in words how many lines were inserted or deleted, and where at the latest; '' where that is not what happened."""
    order = sorted(written)
    first = next((line for line in order if not _alike(written[line], found.get(line, {}))), None)
    if first is None:
        return ""
    shift = _shift(written, found, [line for line in order if line >= first])
    many = f"{abs(shift)} {called}s were" if abs(shift) > 1 else f"a {called} was"
    return f"{many} {'inserted' if shift > 0 else 'deleted'} at or {beside} {called} {number(first)}" if shift else ""


def _shift(written: _Lines, found: _Lines, lines: list[int]) -> int:
    """Return by how many lines what stood in these lines and behind stands further down now; 0 where it is not so."""
    shares: dict[int, float] = {}
    lost = [len(written[line]) for line in lines]  # where all of these are gone
    for shift in sorted(range(-_MOST_MOVED, _MOST_MOVED + 1), key=abs):
        behind = [line for line in lines if line >= lines[0] - shift]  # those deleted are nowhere
        left = range(max(lines[-1] + shift + 1, lines[0]), lines[-1] + 1)  # and nothing stands any more where the last ones stood
        if not any(found.get(line) for line in left):
            shares[shift] = _share(written, found, behind, shift) if behind else float(sum(lost) > _MOST_EMPTIED)
    best = max(shares, key=lambda shift: shares[shift], default=0)  # the nearest of the best
    return best if shares.get(best, 0) >= _MOST_OF_THEM else 0


def _share(written: _Lines, found: _Lines, lines: list[int], shift: int) -> float:
    """Return the share of the lines, or of the first of them, that stand so many lines further down."""
    alike = compared = cells = 0
    for line in lines:
        alike += _alike(written[line], found.get(line + shift, {}))
        compared += 1
        cells += len(written[line])
        if cells > _MOST_COMPARED:
            break
    return alike / compared


def _alike(written: _Line, found: _Line) -> bool:
    """Whether most names and texts of a line, and most of all that was written in it, are as they were."""
    said = {key: text for key, text in written.items() if key.kind != _CALCULATED}
    return all(sum(found.get(key) == text for key, text in part.items()) >= _MOST_OF_THEM * len(part) for part in (said, written))
