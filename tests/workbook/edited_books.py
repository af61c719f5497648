"""A workbook with cells changed by their defined names, and its sheets as two engines that are not ours recompute them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import ironcalc
import openpyxl
from office import saved_by_libreoffice
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple
from spreadsheets import cells_of_names
from workbook_parts import WorkbookParts

from budget_model.timeline import serial
from budget_model.workbook.layout.assumption_columns import COLUMN

SHEET = "Assumptions"
Value = float | str | date | None
Cells = list[list[object]]  # of a sheet, row by row


def edited(path: Path, target: Path, values: Mapping[str, Value], beside: Mapping[tuple[str, str], Value] | None = None) -> dict[str, int]:
    """Save a workbook with the inputs of some names changed, and texts in columns of their rows; return the row of each name.

    The cells alone are changed: openpyxl would write an emptied cell as a number, which one of the engines takes for 0.
    """
    parts, names = WorkbookParts(path), cells_of_names(path)
    rows = {name: coordinate_to_tuple(names[name][1])[0] for name in (*values, *(name for name, _ in beside or ()))}
    cells: dict[str, Value] = {f"{_letter('now')}{rows[name]}": value for name, value in values.items()}
    cells |= {f"{_letter(column)}{rows[name]}": value for (name, column), value in (beside or {}).items()}
    for address, value in cells.items():
        if value is None:
            parts.set(SHEET, address, "")
        elif isinstance(value, str) and value.startswith("="):
            parts.set_formula(SHEET, address, value.removeprefix("="))
        elif isinstance(value, str):
            parts.set_text(SHEET, address, value)
        else:
            parts.set_number(SHEET, address, serial(value) if isinstance(value, date) else value)
    parts.write(target)
    return rows


def _letter(column: str) -> str:
    return str(get_column_letter(COLUMN[column] + 1))


def recomputed(path: Path, sheet: str, folder: Path) -> dict[str, Cells]:
    """Return a sheet of a workbook, which stays as it is, as LibreOffice and as IronCalc recompute it, by their names."""
    office = folder / f"office_{path.name}"
    if not office.exists():
        saved_by_libreoffice([(path, office, {})])
    book = openpyxl.load_workbook(io.BytesIO(office.read_bytes()), data_only=True, read_only=True)
    found = [list(row) for row in book[sheet].iter_rows(values_only=True)]
    return {"LibreOffice": found, "IronCalc": recomputed_by_ironcalc(path, sheet)}


def recomputed_by_ironcalc(path: Path, sheet: str, changes: Mapping[str, Value] | None = None) -> Cells:
    """Return a sheet of a workbook as IronCalc alone recomputes it, with other values in cells of Assumptions."""
    model = ironcalc.load_from_bytes(_in_ironcalc(path))
    numbers = {about["name"]: number for number, about in enumerate(model.get_worksheets_properties())}
    for address, value in (changes or {}).items():
        place = (numbers[SHEET], *coordinate_to_tuple(address))
        if isinstance(value, str):
            model.update_cell_with_text(*place, value)
        elif value is None:
            model.clear_cell_contents(*place)
        else:
            model.update_cell_with_number(*place, serial(value) if isinstance(value, date) else value)
    model.evaluate()
    _, last_row, _, last_column = model.get_sheet_dimensions(numbers[sheet])
    rows, columns = range(1, last_row + 1), range(1, last_column + 1)
    return [[model.get_cell_value(numbers[sheet], row, column) for column in columns] for row in rows]


@cache
def _in_ironcalc(path: Path) -> bytes:
    """Return a workbook as IronCalc keeps it, which it reads in a moment."""
    return ironcalc.load_from_xlsx(str(path)).to_bytes()
