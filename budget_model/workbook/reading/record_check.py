"""What of a workbook is not as it was written: compared with the record that it carries, never with today's model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xlsxwriter.utility import xl_rowcol_to_cell

from budget_model.errors import Problem
from budget_model.workbook.layout.filling import filled
from budget_model.workbook.layout.record import Record
from budget_model.workbook.reading.cells import AGAIN, Cells

_LONGEST = 80  # letters of a formula in a message


def missing_sheets(cells: Cells, record: Record, file: str) -> Iterator[Problem]:
    """Yield the sheets that were removed."""
    for sheet in record.sheets:
        if sheet not in cells.sheets:
            yield Problem(file, sheet, "", f"the sheet was removed; {AGAIN}")


def missing_names(cells: Cells, names: Mapping[str, tuple[str, str]], file: str) -> Iterator[Problem]:
    """Yield the names that were removed, or stand for another cell than they did; `names` are they with sheet and cell."""
    for name, (sheet, address) in names.items():
        if cells.target(name) != (sheet, address):
            yield Problem(file, f"{sheet}!{address}", "", f"its name '{name}' was removed or no longer names one cell; {AGAIN}")


def changed_cells(cells: Cells, record: Record, file: str) -> Iterator[Problem]:
    """Yield the formulas that were changed or replaced by a value, and the constants that are another number."""
    for area in record.formulas:
        there = cells.formulas.get(area.sheet, {})
        for row, column, formula in filled(area):
            address = xl_rowcol_to_cell(row, column)
            found = there.get(address)
            if found != formula and (found is None or _plain(found) != _plain(formula)):
                given = "a value" if found is None else found if len(found) <= _LONGEST else f"{found[: _LONGEST - 3]}..."
                yield Problem(file, f"{area.sheet}!{address}", given, f"the formula was changed; only blue cells may be; {AGAIN}")
    for (sheet, address), value in record.constants.items():
        kind, given = cells.values.get(sheet, {}).get(address, ("", "empty"))
        if kind != "n" or f"{given:.15g}" != f"{value:.15g}":
            yield Problem(
                file, f"{sheet}!{address}", str(given), f"the model fixes it at {value:g}; only blue cells may be changed; {AGAIN}"
            )


def _plain(formula: str) -> str:
    """Return a formula without what spreadsheet programs may write in another way."""
    return formula.removeprefix("=").replace(" ", "").replace("'", "").upper()
