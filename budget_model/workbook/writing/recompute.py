"""Recompute a workbook with IronCalc, an engine that is not ours, before it is handed out."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import ironcalc
from xlsxwriter.utility import xl_rowcol_to_cell

from budget_model.errors import WorkbookError
from budget_model.formats import HALF_A_CENT
from budget_model.workbook.writing.writer import Written

_SHOWN = 5


@dataclass(frozen=True)
class Proof:
    """What was recomputed: the number of formula cells, and the engine. None differs, or there would be no proof."""

    cells: int
    engine: str

    def __str__(self) -> str:
        return f"{self.cells:,} formula cells recomputed with {self.engine}; none differs from the value stored in it."


def recomputed(written: Written) -> Proof:
    """Return the proof that every formula of a workbook comes to the value stored with it, within half a cent.

    Raises WorkbookError naming the cells where it does not.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(written.content)
        model = ironcalc.load_from_xlsx(str(path))
    model.evaluate()
    sheets = {sheet["name"]: index for index, sheet in enumerate(model.get_worksheets_properties())}
    wrong = []
    for (sheet, row, column), cell in written.cells.items():
        found = model.get_cell_value(sheets[sheet], row + 1, column + 1)
        if not _agree(cell.value, found):
            wrong.append(f"{sheet}!{xl_rowcol_to_cell(row, column)} comes to {found!r} and not to {cell.value!r}")
    if wrong:
        more = f", and {len(wrong) - _SHOWN:,} more" if len(wrong) > _SHOWN else ""
        raise WorkbookError(f"The workbook is not handed out: recomputed, {'; '.join(wrong[:_SHOWN])}{more}")
    return Proof(len(written.cells), f"IronCalc {version('ironcalc')}")


def _agree(stored: float | str, found: object) -> bool:
    if isinstance(stored, str) or isinstance(found, (str, bool)) or not isinstance(found, (int, float)):
        return stored == found
    return abs(stored - found) <= HALF_A_CENT
