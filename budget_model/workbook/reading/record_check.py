"""What of a workbook is not as it was written: compared with the record that it carries, never with today's model."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from budget_model.errors import Problem
from budget_model.timeline import from_serial, serial
from budget_model.workbook.layout.constants import as_kept, value_of
from budget_model.workbook.layout.filling import filled
from budget_model.workbook.layout.record import Record
from budget_model.workbook.reading.added_cells import added_cells, read_by_formulas
from budget_model.workbook.reading.cells import AGAIN, Cells, refuse
from budget_model.workbook.reading.formulas import same_formula
from budget_model.workbook.reading.moved_rows import moved_rows
from budget_model.workbook.reading.place_words import with_words

_LONGEST = 80  # letters of a formula or a text in a message
_DAYS = 2_900_000  # that a spreadsheet counts, to the year 9839
_MOST = 12  # cells named in a remark
_TOLD_OF_FORMULAS_ALONE = (
    "The record of this workbook, an early one of its form, lists formulas and no other cells: whether a label or a number "
    "that is no input was changed cannot be checked."
)


def missing_sheets(cells: Cells, record: Record, file: str) -> Iterator[Problem]:
    """Yield the sheets that were removed."""
    for sheet in record.sheets:
        if sheet not in cells.sheets:
            yield Problem(file, sheet, "", f"the sheet was removed; {AGAIN}")


def missing_names(cells: Cells, names: Mapping[str, tuple[str, str]], file: str) -> Iterator[Problem]:
    """Yield the names that were removed, or stand for another cell than they did; `names` are they with sheet and cell."""
    for name, (sheet, address) in names.items():
        target = cells.target(name)
        if target != (sheet, address):
            found = f"now names {'!'.join(target)}" if target else "was removed or no longer names one cell"
            yield Problem(file, f"{sheet}!{address}", "", f"its name '{name}' {found}; {AGAIN}")


def hidden_names(cells: Cells, record: Record, file: str) -> Iterator[Problem]:
    """Yield the names that formulas read and a sheet of the export has for itself: what they calculate there is another thing."""
    read = {name.casefold() for name in record.names if not name.startswith("in_")}  # inputs are read by their cells
    for sheet in record.sheets:
        for name in cells.local_names.get(sheet, []):
            if name.casefold() in read:
                yield Problem(file, sheet, "", f"the sheet has a name '{name}' of its own, which its formulas read; {AGAIN}")


def strange_sheets(cells: Cells, ours: Collection[str]) -> Iterator[str]:
    """Yield a remark for each sheet that the export did not write."""
    for sheet in cells.sheets:
        if sheet not in ours:
            yield f"'{sheet}' is no sheet of the export; it was not read."


def notes_on_cells(cells: Cells) -> Iterator[str]:
    """Yield a remark on the notes that people put on cells: they are no part of what comes back."""
    found = [f"{sheet}!{address}" for sheet, addresses in cells.notes.items() for address in addresses]
    if found:
        more = f" and {len(found) - _MOST:,} more" if len(found) > _MOST else ""
        where = f"{', '.join(found[:_MOST])}{more}"
        yield f"Notes on cells stay in the workbook and do not come back: {where}. Write them in the column Comment beside the number."


def compared(cells: Cells, record: Record, file: str) -> tuple[str, ...]:
    """Refuse a workbook in which a name or a cell that is no input is not as it was written; return remarks on what was not read.

    A cell in which the export wrote nothing may be filled in where no formula reads it. Rows and columns that moved are told
    as such, and not as the cells that moved with them. Raises ScenarioError.
    """
    refuse(missing_sheets(cells, record, file))
    added = added_cells(cells, record) if record.lists_all_cells else {}
    read = read_by_formulas(record, added)
    changed = [*_formulas(cells, record, file), *_constants(cells, record, file), *_filled_in(cells, read, file)]
    problems = [*missing_names(cells, record.names, file), *hidden_names(cells, record, file), *with_words(changed, record)]
    if problems:
        refuse(list(moved_rows(cells, record, file)) or problems)
    unread = [f"{sheet}!{address}" for sheet, addresses in added.items() for address in addresses]
    more = f" and {len(unread) - _MOST:,} more" if len(unread) > _MOST else ""
    told = [f"Not read, for the export wrote nothing there: {', '.join(unread[:_MOST])}{more}."] if unread else []
    told += [] if record.lists_all_cells else [_TOLD_OF_FORMULAS_ALONE]
    return (*strange_sheets(cells, record.sheets), *told)


def _formulas(cells: Cells, record: Record, file: str) -> Iterator[Problem]:
    """Yield the formulas that were changed or replaced by a value."""
    for area in record.formulas:
        there = cells.formulas.get(area.sheet, {})
        for address, (_, _, formula) in zip(area.addresses, filled(area), strict=True):
            found = there.get(address)
            if found != formula and (found is None or not same_formula(found, formula, area.sheet)):
                given = shown_in(cells, area.sheet, address)
                yield Problem(file, f"{area.sheet}!{address}", given, f"the formula was changed; only blue cells may be; {AGAIN}")


def _constants(cells: Cells, record: Record, file: str) -> Iterator[Problem]:
    """Yield the texts and numbers that are not as they were written."""
    for area in record.constants:
        value, there = value_of(area.formula), cells.values.get(area.sheet, {})
        for address in area.addresses:
            if not _is(given := there.get(address), value):
                expected = f"{_written(value, given)} was written there; only blue cells may be changed; {AGAIN}"
                yield Problem(file, f"{area.sheet}!{address}", shown_in(cells, area.sheet, address), expected)


def _filled_in(cells: Cells, read: Mapping[str, list[str]], file: str) -> Iterator[Problem]:
    for sheet, addresses in read.items():
        for address in addresses:
            expected = f"nothing was written there, and a formula reads it; empty the cell, or {AGAIN}"
            yield Problem(file, f"{sheet}!{address}", shown_in(cells, sheet, address), expected)


def _is(given: tuple[str, Any] | None, value: float | str) -> bool:
    """Whether a cell holds a value, as far as spreadsheets keep it: numbers to 15 significant digits, months as days."""
    kind: str
    found: Any
    kind, found = given or ("", None)
    if isinstance(value, str):
        return kind == "s" and (found == value or as_kept(found) == value)
    if kind == "d":
        try:
            day = datetime.fromisoformat(found)
        except ValueError:
            return False
        kind, found = "n", serial(day.date()) + (day - datetime.combine(day, datetime.min.time())).total_seconds() / 86_400
    return kind == "n" and f"{found:.15g}" == f"{value:.15g}"


def shown_in(cells: Cells, sheet: str, address: str) -> str:
    """Return what stands in a cell, for a message."""
    if formula := cells.formulas.get(sheet, {}).get(address):
        return _short(formula)
    kind, found = cells.values.get(sheet, {}).get(address, ("", "empty"))
    if kind == "s":
        return f"'{_short(found)}'"
    return str(found).removesuffix("T00:00:00") if kind == "d" else str(found).upper() if kind == "b" else str(found)


def _written(value: float | str, given: tuple[str, Any] | None) -> str:
    """Return what was written, for a message: a day as such beside a day."""
    if isinstance(value, str):
        return f"'{_short(value)}'"
    is_day = given is not None and given[0] == "d" and 0 < value < _DAYS
    return from_serial(value).isoformat() if is_day else f"{value:.15g}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
