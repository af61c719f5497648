"""A workbook of several scenarios: side by side, the bridge between two of them, and each one's live model.

Every scenario has the sheets of its own workbook, their names begun by its letter; the comparison reads them by formulas. The
bridge says, cause by cause, why net county cost differs.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from xlsxwriter.utility import xl_col_to_name

from budget_model.analysis.workbook_content import WorkbookContent, workbook_content
from budget_model.errors import WorkbookError
from budget_model.scenario.schema import Scenario
from budget_model.workbook.layout.book import Book
from budget_model.workbook.layout.paper import Footer, Pages, number_pages
from budget_model.workbook.layout.record import Cell
from budget_model.workbook.layout.styles import Styles
from budget_model.workbook.layout.template import load_comparison, load_template
from budget_model.workbook.sheets.sheet import FormulaCells, Pens
from budget_model.workbook.writing.bridge_sheet import write_bridges
from budget_model.workbook.writing.compared_sheet import write_compared
from budget_model.workbook.writing.export import hand_out
from budget_model.workbook.writing.recompute import Proof, recomputed
from budget_model.workbook.writing.writer import Written, footer_of, new_workbook, write_sheets


def export_comparison(scenarios: Sequence[Scenario], target: str | Path | BinaryIO) -> Proof:
    """Write the workbook that compares two scenarios or more, recomputed before it is handed out.

    Raises WorkbookError for fewer than two, when it cannot be written, or when a recomputed cell differs.
    """
    written = comparison_of(scenarios)
    proof = recomputed(written)
    hand_out(written.content, target)
    return proof


def comparison_of(scenarios: Sequence[Scenario]) -> Written:
    """Return the workbook of several validated scenarios, not recomputed yet; raises WorkbookError as `export_comparison` does."""
    return write_comparison([workbook_content(scenario) for scenario in scenarios])


def write_comparison(contents: Sequence[WorkbookContent]) -> Written:
    """Return the workbook of several scenarios, in their order under the letters A, B, C ...

    Raises WorkbookError for fewer than two.
    """
    if len(contents) < 2:
        raise WorkbookError("A comparison needs two scenarios or more")
    layout = load_comparison()
    each = load_template(layout.each)
    books = [Book(content, each.prefixed(f"{xl_col_to_name(number)}_", layout.without)) for number, content in enumerate(contents)]
    target = io.BytesIO()
    cells: FormulaCells = {}
    named: dict[str, Cell] = {}
    pages = Pages()
    with new_workbook(target, "LEAD budget: scenarios compared") as workbook:
        styles = Styles(workbook)
        first = {name: workbook.add_worksheet(name) for name in (layout.sheet, layout.bridge.sheet)}
        for book in books:
            sheets = {name: workbook.add_worksheet(name) for name in book.order}
            write_sheets(Pens(book, styles, workbook, sheets, cells, named=named, pages=pages))
        pens = Pens(books[0], styles, workbook, first, cells, pages=pages)
        levels = write_compared(pens.sheet(layout.sheet), layout, books)
        write_bridges(pens.sheet(layout.bridge.sheet), layout, books, levels)
        footers = dict.fromkeys(first, Footer(layout.title, ", ".join(book.scenario.name for book in books)))
        footers |= {name: footer_of(book.content) for book in books for name in book.order}
        number_pages({sheet.name: sheet for sheet in workbook.worksheets()}, pages, list(first), footers)
    return Written(target.getvalue(), cells, tuple(first), pages.count(list(first)))
