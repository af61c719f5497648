"""Where texts stand on a sheet that openpyxl has read."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet as Sheet


def texts(sheet: Sheet) -> list[str]:
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def line_of(sheet: Sheet, label: str, column: int = 1) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, column).value == label)
