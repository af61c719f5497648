"""Write a scenario as a workbook: every result a formula, stored with the value the screen shows.

The only module that opens an XlsxWriter workbook. Text is written as text whatever it begins with; numbers are checked
to be finite; the same scenario gives the same bytes.
"""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from budget_model.editing.differences import differences
from budget_model.scenario.axes import Axis
from budget_model.scenario.schema import Scenario
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
    Rows,
    ScenarioFile,
    Sheet,
    Summary,
    Template,
)
from budget_model.workbook.sheets.assumption_sheet import write_assumptions
from budget_model.workbook.sheets.budget_sheets import write_change_table, write_form, write_grant_form
from budget_model.workbook.sheets.check_sheet import write_checks
from budget_model.workbook.sheets.front_sheets import write_about, write_change_log, write_cover, write_crosswalk, write_scenario_file
from budget_model.workbook.sheets.item_sheet import write_items
from budget_model.workbook.sheets.sheet import FormulaCells, Pen, Pens
from budget_model.workbook.sheets.summary_sheets import write_charts, write_summary
from budget_model.workbook.sheets.time_sheets import write_rows, write_site

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_CREATED = datetime.datetime(2018, 10, 1)  # fixed, so that the same scenario gives the same bytes
HASH_PROPERTY, FORM_PROPERTY, TEMPLATE_PROPERTY = "scenario hash", "workbook form", "template"
_WRITERS = {
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
    ScenarioFile: write_scenario_file,
}


@dataclass(frozen=True)
class Written:
    """A workbook's bytes, and every formula with the value stored with it, by sheet, row and column counted from 0."""

    content: bytes
    cells: FormulaCells


def write_workbook(scenario: Scenario, template: Template, base: Scenario | None = None) -> Written:
    """Return the workbook of a validated scenario; its change log says what differs from `base`.

    Raises WorkbookError when a result is no finite number.
    """
    book = Book(scenario, template)
    content = io.BytesIO()
    with new_workbook(content, f"LEAD budget: {scenario.name}") as workbook:
        for name, text in ((HASH_PROPERTY, digest(scenario)), (FORM_PROPERTY, str(WORKBOOK_FORM)), (TEMPLATE_PROPERTY, template.name)):
            workbook.set_custom_property(name, text, "text")
        pens = Pens(book, Styles(workbook), workbook, {name: workbook.add_worksheet(name) for name in book.order}, {})
        write_sheets(pens, base)
    return Written(content.getvalue(), pens.cells)


class _Worksheet(Worksheet):
    """A worksheet that takes formulas as they are.

    XlsxWriter looks in each formula for some thirty functions newer than Excel 2010, to mark them. We write none of them, and
    the search was two thirds of the time of an export. A test compares the bytes with those of the plain class.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class ModelWorkbook(Workbook):
    """A workbook of such sheets."""

    worksheet_class = _Worksheet


def new_workbook(target: BinaryIO, title: str) -> Workbook:
    """Return an empty workbook whose bytes depend on nothing but what is written into it."""
    workbook = ModelWorkbook(target, _OPTIONS)
    workbook.set_properties({"title": title, "subject": "Law Enforcement Assisted Diversion expansion", "created": _CREATED})
    workbook.set_calc_mode("auto")
    return workbook


def write_sheets(pens: Pens, base: Scenario | None = None) -> None:
    """Write the sheets of one scenario: checks after what they check, the count of formulas last."""
    late = (Checks, About)
    for sheet in pens.book.template.sheets:
        if not isinstance(sheet, late):
            _write(pens, sheet, base)
    for kind in late:
        for sheet in pens.book.template.sheets:
            if isinstance(sheet, kind):
                _write(pens, sheet, base)


def _write(pens: Pens, sheet: Sheet, base: Scenario | None) -> None:
    book = pens.book
    if isinstance(sheet, EachSite):
        for position, site in enumerate(book.members[Axis.SITE]):
            write_site(pens.sheet(book.site_sheets[site.name]), sheet, position)
        return
    pen: Pen = pens.sheet(sheet.sheet)
    if isinstance(sheet, Checks):
        write_checks(pen, sheet)
    elif isinstance(sheet, About):
        write_about(pen, sheet, len(pens.cells) + 1)
    elif isinstance(sheet, ChangeLog):
        write_change_log(pen, sheet, differences(base, book.scenario) if base else (), base.name if base else "")
    else:
        _WRITERS[type(sheet)](pen, sheet)
