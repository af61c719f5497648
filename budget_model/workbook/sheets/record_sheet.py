"""The last sheet: what the workbook was written with, by which an edited one is compared with itself."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell

from budget_model.workbook.layout.book import LABEL
from budget_model.workbook.layout.filling import areas
from budget_model.workbook.layout.record import ON_A_LINE, Record
from budget_model.workbook.layout.template import About, RecordSheet, ScenarioFile
from budget_model.workbook.sheets.front_sheets import FIRST_FILE_ROW, RECORD_ROW
from budget_model.workbook.sheets.sheet import Pen, Pens
from budget_model.workbook.sheets.written_cells import written_cells

RECORD_PROPERTY = "record hash"
_HEADS = ("What", "Sheet", *["Cells and what they hold"] * ON_A_LINE)


def write_record(pen: Pen, declared: RecordSheet) -> None:
    """Write the record of all that was written, its own head included, and its digest on About and as a property.

    No formula may be written after it.
    """
    pen.sheet.set_column(0, 0, 12)
    pen.sheet.set_column(1, len(_HEADS) - 1, 30)
    pen.head(declared.title, status_column=2)
    pen.text(2, 0, declared.note, "status")
    for column, text in enumerate(_HEADS):
        pen.text(FIRST_FILE_ROW - 1, column, text, "head_left")
    pen.sheet.freeze_panes(FIRST_FILE_ROW, 2)
    record = _record(pen.pens)
    for line, texts in enumerate(record.lines(), FIRST_FILE_ROW):
        for column, text in enumerate(texts):
            pen.text(line, column, text, "file")
    pen.on_paper(FIRST_FILE_ROW, 1)
    pen.pens.workbook.set_custom_property(RECORD_PROPERTY, record.digest, "text")
    about = next(sheet.sheet for sheet in pen.book.template.sheets if isinstance(sheet, About))
    pen.pens.sheet(about).text(RECORD_ROW - 1, 1, record.digest, "wrapped")


def _record(pens: Pens) -> Record:
    headings = {name: (block.sheet, xl_rowcol_to_cell(block.top, LABEL)) for name, block in pens.book.blocks.items() if block.items}
    formulas = {address: cell.formula for address, cell in pens.cells.items()}
    file = next(sheet.sheet for sheet in pens.book.template.sheets if isinstance(sheet, ScenarioFile))
    constants, free = written_cells(pens.sheets)
    beside = {place: text for place, text in constants.items() if place[0] != file or place[1] < FIRST_FILE_ROW}  # it has its own digest
    return Record(areas(formulas), pens.named, headings, areas(beside), areas(free))
