"""Write a scenario as a workbook: every result a formula, stored with the value the screen shows.

The only module that opens an XlsxWriter workbook. Text is written as text whatever it begins with; numbers are checked
to be finite; the same scenario gives the same bytes.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from budget_model.analysis.workbook_content import WorkbookContent
from budget_model.scenario.axes import Axis
from budget_model.scenario.text import digest
from budget_model.version import WORKBOOK_FORM
from budget_model.workbook.layout.book import Book
from budget_model.workbook.layout.styles import Styles
from budget_model.workbook.layout.template import (
    About,
    Assumptions,
    ChangeLog,
    ChangeTable,
    Charts,
    Checks,
    Cover,
    Crosswalk,
    EachSite,
    Form,
    GrantForm,
    Items,
    RecordSheet,
    Rows,
    ScenarioFile,
    Sheet,
    Summary,
    Template,
)
from budget_model.workbook.sheets.assumption_sheet import write_assumptions
from budget_model.workbook.sheets.budget_sheets import write_form, write_grant_form
from budget_model.workbook.sheets.change_log_sheet import write_change_log
from budget_model.workbook.sheets.change_table_sheet import write_change_table
from budget_model.workbook.sheets.check_sheet import write_checks
from budget_model.workbook.sheets.crosswalk_sheet import write_crosswalk
from budget_model.workbook.sheets.front_sheets import write_about, write_cover, write_scenario_file
from budget_model.workbook.sheets.item_sheet import write_items
from budget_model.workbook.sheets.record_sheet import write_record
from budget_model.workbook.sheets.sheet import FormulaCells, Pen, Pens
from budget_model.workbook.sheets.summary_sheets import write_charts, write_summary
from budget_model.workbook.sheets.time_sheets import write_rows, write_site

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_CREATED = datetime.datetime(2018, 10, 1)  # fixed, so that the same scenario gives the same bytes
HASH_PROPERTY, FORM_PROPERTY, TEMPLATE_PROPERTY = "scenario hash", "workbook form", "template"
_WRITERS: Mapping[type, Callable[[Pen, Any], None]] = {
    Cover: write_cover,
    Crosswalk: write_crosswalk,
    Summary: write_summary,
    Charts: write_charts,
    Items: write_items,
    ChangeTable: write_change_table,
    Form: write_form,
    GrantForm: write_grant_form,
    Assumptions: write_assumptions,
    Rows: write_rows,
    ChangeLog: write_change_log,
    ScenarioFile: write_scenario_file,
    Checks: write_checks,
    RecordSheet: write_record,
}


@dataclass(frozen=True)
class Written:
    """A workbook's bytes, and every formula with the value stored with it, by sheet, row and column counted from 0."""

    content: bytes
    cells: FormulaCells


def write_workbook(content: WorkbookContent, template: Template) -> Written:
    """Return the workbook of a scenario in a layout. Raises WorkbookError when a result is no finite number."""
    book = Book(content, template)
    hashed, target = digest(content.scenario), io.BytesIO()
    with new_workbook(target, f"LEAD budget: {content.scenario.name}") as workbook:
        for name, text in ((HASH_PROPERTY, hashed), (FORM_PROPERTY, str(WORKBOOK_FORM)), (TEMPLATE_PROPERTY, template.name)):
            workbook.set_custom_property(name, text, "text")
        pens = Pens(book, Styles(workbook), workbook, {name: workbook.add_worksheet(name) for name in book.order}, {})
        write_sheets(pens)
    return Written(target.getvalue(), pens.cells)


class _Worksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter brings no types
    """A worksheet that takes formulas as they are.

    XlsxWriter looks in each formula for some thirty functions newer than Excel 2010, to mark them. We write none of them, and
    the search was two thirds of the time of an export. A test compares the bytes with those of the plain class.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class ModelWorkbook(Workbook):  # type: ignore[misc]  # likewise
    """A workbook of such sheets."""

    worksheet_class = _Worksheet


def new_workbook(target: BinaryIO, title: str) -> Workbook:
    """Return an empty workbook whose bytes depend on nothing but what is written into it."""
    workbook = ModelWorkbook(target, _OPTIONS)
    workbook.set_properties({"title": title, "subject": "Law Enforcement Assisted Diversion expansion", "created": _CREATED})
    workbook.set_calc_mode("auto")
    return workbook


def write_sheets(pens: Pens) -> None:
    """Write the sheets of one scenario: checks after what they check, then the count of formulas, the record of all last."""
    late = (Checks, About, RecordSheet)
    for sheet in pens.book.template.sheets:
        if not isinstance(sheet, late):
            _write(pens, sheet)
    for kind in late:
        for sheet in pens.book.template.sheets:
            if isinstance(sheet, kind):
                _write(pens, sheet)


def _write(pens: Pens, sheet: Sheet) -> None:
    book = pens.book
    if isinstance(sheet, EachSite):
        for position, site in enumerate(book.members[Axis.SITE]):
            write_site(pens.sheet(book.site_sheets[site.name]), sheet, position)
        return
    pen: Pen = pens.sheet(sheet.sheet)
    if isinstance(sheet, About):
        heads = 1 + sum(isinstance(other, RecordSheet) for other in book.template.sheets)  # this sheet's, and that of what comes after
        write_about(pen, sheet, len(pens.cells) + heads)
    else:
        _WRITERS[type(sheet)](pen, sheet)
