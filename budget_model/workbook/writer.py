"""Write a projection as a workbook: every result a formula, stored with the value the screen shows.

The only module that opens an XlsxWriter workbook. Text is written as text whatever it begins with; numbers are checked
to be finite; the same scenario gives the same bytes.
"""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import BinaryIO

from xlsxwriter import Workbook

from budget_model.errors import WorkbookError
from budget_model.projection import Projection, digest
from budget_model.rows import Axis
from budget_model.workbook.book import Book, sheet_names
from budget_model.workbook.front_sheets import write_assumptions, write_checks, write_cover, write_summary
from budget_model.workbook.sheet import Pen, Pens
from budget_model.workbook.styles import Styles
from budget_model.workbook.template import Assumptions, Checks, Cover, EachSite, Rows, Summary, Template, load_template
from budget_model.workbook.time_sheets import write_rows, write_site

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CREATED = datetime.datetime(2018, 10, 1)  # fixed, so that the same scenario gives the same bytes


def export_workbook(projection: Projection, target: str | Path | BinaryIO, template: Template | None = None) -> None:
    """Write the workbook of a projection to a path or a binary stream.

    The workbook is made in memory first, so that a failure leaves no half-written file. Raises WorkbookError when the
    target cannot be written or a result is no finite number.
    """
    book = Book(projection, template or load_template())
    content = io.BytesIO()
    with Workbook(content, _OPTIONS) as workbook:
        _write(workbook, book)
    if not isinstance(target, (str, Path)):
        target.write(content.getvalue())
        return
    try:
        Path(target).write_bytes(content.getvalue())
    except OSError as error:
        raise WorkbookError(f"{target}: the workbook cannot be written: {error.strerror or error}") from None


def _write(workbook: Workbook, book: Book) -> None:
    scenario = book.projection.scenario
    workbook.set_properties(
        {"title": f"LEAD budget: {scenario.name}", "subject": "Law Enforcement Assisted Diversion expansion", "created": _CREATED}
    )
    workbook.set_custom_property("scenario", scenario.name)
    workbook.set_custom_property("scenario digest", digest(scenario))
    workbook.set_calc_mode("auto")
    sites = book.members[Axis.SITE]
    named = {sheet.sheet for sheet in book.template.sheets if not isinstance(sheet, EachSite)}
    site_sheets = sheet_names(sites, named)
    order = [name for sheet in book.template.sheets for name in (site_sheets.values() if isinstance(sheet, EachSite) else [sheet.sheet])]
    checks = next(sheet.sheet for sheet in book.template.sheets if isinstance(sheet, Checks))
    pens = Pens(book, Styles(workbook), {name: workbook.add_worksheet(name) for name in order}, checks)
    for sheet in book.template.sheets:
        if isinstance(sheet, EachSite):
            for position, site in enumerate(sites):
                write_site(pens.sheet(site_sheets[site.name]), sheet, position)
            continue
        pen: Pen = pens.sheet(sheet.sheet)
        if isinstance(sheet, Cover):
            write_cover(pen, sheet, order)
        elif isinstance(sheet, Summary):
            write_summary(pen, sheet)
        elif isinstance(sheet, Assumptions):
            write_assumptions(pen, sheet, workbook)
        elif isinstance(sheet, Rows):
            write_rows(pen, sheet)
        elif isinstance(sheet, Checks):
            write_checks(pen, sheet)
