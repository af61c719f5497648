"""A workbook with cells changed by their defined names, and its sheets as two engines that are not ours recompute them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import ironcalc
import openpyxl
from office import saved_by_libreoffice
from openpyxl.utils import get_column_letter
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
    parts, names = WorkbookParts(path), openpyxl.load_workbook(path, read_only=True).defined_names
    rows = {name: int(names[name].attr_text.rpartition("$")[2]) for name in (*values, *(name for name, _ in beside or ()))}
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
    found = [[cell.value for cell in row] for row in openpyxl.load_workbook(office, data_only=True)[sheet].iter_rows()]
    return {"LibreOffice": found, "IronCalc": recomputed_by_ironcalc(path, sheet)}


def recomputed_by_ironcalc(path: Path, sheet: str) -> Cells:
    """Return a sheet of a workbook as IronCalc alone recomputes it."""
    model = ironcalc.load_from_xlsx(str(path))
    model.evaluate()
    number = next(number for number, about in enumerate(model.get_worksheets_properties()) if about["name"] == sheet)
    written = openpyxl.load_workbook(path, read_only=True)[sheet]
    rows, columns = range(1, written.max_row + 1), range(1, written.max_column + 1)
    return [[model.get_cell_value(number, row, column) for column in columns] for row in rows]
