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


def edited(path: Path, target: Path, values: Mapping[str, Value], beside: Mapping[tuple[str, str], str] | None = None) -> dict[str, int]:
    """Save a workbook with the inputs of some names changed, and texts in columns of their rows; return the row of each name.

    The cells alone are changed: openpyxl would write an emptied cell as a number, which one of the engines takes for 0.
    """
    parts, names = WorkbookParts(path), openpyxl.load_workbook(path, read_only=True).defined_names
    rows = {name: int(names[name].attr_text.rpartition("$")[2]) for name in values}
    cells: dict[str, Value] = {f"{_letter('now')}{rows[name]}": value for name, value in values.items()}
    for address, value in (cells | {f"{_letter(column)}{rows[name]}": text for (name, column), text in (beside or {}).items()}).items():
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
    """Return a sheet of a workbook as LibreOffice and as IronCalc recompute it, by their names."""
    office = folder / f"office_{path.name}"
    saved_by_libreoffice([(path, office, {})])
    found = [[cell.value for cell in row] for row in openpyxl.load_workbook(office, data_only=True)[sheet].iter_rows()]
    model = ironcalc.load_from_xlsx(str(path))
    model.evaluate()
    number = next(number for number, about in enumerate(model.get_worksheets_properties()) if about["name"] == sheet)
    others = [[model.get_cell_value(number, row, column) for column in range(1, len(cells) + 1)] for row, cells in enumerate(found, 1)]
    return {"LibreOffice": found, "IronCalc": others}
