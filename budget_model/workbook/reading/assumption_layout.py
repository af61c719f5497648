"""In which columns of the sheet of assumptions a workbook has what stands beside an input: today's, or those of an earlier one."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.utility import xl_col_to_name

from budget_model.workbook.layout.assumption_columns import COLUMN, COLUMNS_OF_SHEET, SAVED, WHO, WHY
from budget_model.workbook.layout.book import FIRST_ASSUMPTION_ROW
from budget_model.workbook.layout.evidence_cells import COLUMNS, EARLIER_COLUMNS, EARLIER_HEAD_ROW, LATER
from budget_model.workbook.reading.cells import Cells


def says_who_and_why(cells: Cells, sheet: str) -> bool:
    """Whether a workbook has who and why in the row of each input, beside the value as it was saved."""
    return _text(cells, sheet, COLUMN[SAVED], FIRST_ASSUMPTION_ROW - 1) == COLUMNS_OF_SHEET[SAVED].heading


def columns_of(cells: Cells, sheet: str) -> Mapping[str, str]:
    """Return the letters of the columns by what stands there: the parts of the evidence, who and why. An earlier workbook lacks some."""
    if says_who_and_why(cells, sheet):
        return {part: xl_col_to_name(column) for part, column in {**COLUMNS, WHO: COLUMN[WHO], WHY: COLUMN[WHY]}.items()}
    return {
        part: xl_col_to_name(column)
        for part, column in EARLIER_COLUMNS.items()
        if part not in LATER or _text(cells, sheet, column, EARLIER_HEAD_ROW) == LATER[part]
    }


def _text(cells: Cells, sheet: str, column: int, row: int) -> str:
    return str(cells.values.get(sheet, {}).get(f"{xl_col_to_name(column)}{row + 1}", ("", ""))[1])
