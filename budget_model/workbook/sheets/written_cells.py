"""What was written into the sheets of a workbook beside its formulas, as XlsxWriter holds it until the file is made."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, CellNumberTuple, CellStringTuple, Worksheet

from budget_model.errors import WorkbookError
from budget_model.workbook.layout.constants import literal

Literals = dict[tuple[str, int, int], str]  # by sheet, row and column, counted from 0


def written_cells(sheets: Mapping[str, Worksheet]) -> tuple[Literals, Literals]:
    """Return every text and number in a locked cell as a literal; and every cell that is not locked, with no text.

    What people may write into is not locked, whether it holds something or not. Raises WorkbookError for a kind of cell that
    the record does not know.
    """
    constants: Literals = {}
    free: Literals = {}
    for name, sheet in sheets.items():
        texts = list(sheet.str_table.string_table)  # in the order of their numbers
        for row, cells in sheet.table.items():
            for column, cell in cells.items():
                if cell.format is not None and not cell.format.locked:
                    free[name, row, column] = ""
                elif isinstance(cell, CellStringTuple):
                    if texts[cell.string]:  # an empty text is no cell to other programs
                        constants[name, row, column] = literal(texts[cell.string])
                elif isinstance(cell, CellNumberTuple):
                    constants[name, row, column] = literal(cell.number)
                elif not isinstance(cell, (CellBlankTuple, CellFormulaTuple)):
                    kind = type(cell).__name__
                    raise WorkbookError(f"Sheet {name}, row {row + 1}, column {column + 1}: the record has no word for a {kind}")
    return constants, free
