"""Write a scenario as a workbook: every result a formula, stored with the value the screen shows.

The only module that opens an XlsxWriter workbook. Text is written as text whatever it begins with; numbers are checked
to be finite; the same scenario gives the same bytes.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from budget_model.analysis.workbook_content import WorkbookContent
from budget_model.scenario.axes import Axis
from budget_model.scenario.text import digest
from budget_model.version import WORKBOOK_FORM
from budget_model.workbook.layout.book import Book
from budget_model.workbook.layout.paper import Footer, number_pages
from budget_model.workbook.layout.styles import Styles
from budget_model.workbook.layout.template import (
    About,
    Assumptions,
    ChangesByUnit,
    ChangeTable,
    Charts,
    CheckResults,
    Checks,
    Cover,
    Crosswalk,
    Data,
    EachSite,
    Form,
    FormAmounts,
    FunderForm,
    GivenAssumptions,
    GrantForm,
    Items,
    RangeSheet,
    RecordSheet,
    Rows,
    ScenarioFile,
    Sheet,
    Summary,
    Template,
    WhatChanged,
)
from budget_model.workbook.sheets.assumption_sheet import write_assumptions
from budget_model.workbook.sheets.budget_sheets import write_form, write_grant_form
from budget_model.workbook.sheets.change_table_sheet import write_change_table
from budget_model.workbook.sheets.changes_by_unit_sheet import write_changes_by_unit
from budget_model.workbook.sheets.check_results_sheet import write_check_results
from budget_model.workbook.sheets.check_sheet import write_checks
from budget_model.workbook.sheets.cover_sheet import write_cover
from budget_model.workbook.sheets.crosswalk_sheet import write_crosswalk
from budget_model.workbook.sheets.data_sheet import write_data
from budget_model.workbook.sheets.form_amounts_sheet import write_form_amounts
from budget_model.workbook.sheets.front_sheets import write_about, write_scenario_file
from budget_model.workbook.sheets.funder_form_sheet import write_funder_form
from budget_model.workbook.sheets.given_sheet import write_given_assumptions
from budget_model.workbook.sheets.item_sheet import write_items
from budget_model.workbook.sheets.record_sheet import write_record
from budget_model.workbook.sheets.sheet import FormulaCells, Pen, Pens
from budget_model.workbook.sheets.summary_sheets import write_charts, write_summary
from budget_model.workbook.sheets.time_sheets import write_rows, write_site
from budget_model.workbook.sheets.what_changed_sheet import write_what_changed

if TYPE_CHECKING:
    from budget_model.simulation.results import Simulation


def _write_range(pen: Pen, declared: RangeSheet) -> None:
    from budget_model.workbook.sheets.range_sheet import write_range  # what draws needs takes long to import, and most need none

    write_range(pen, declared)


_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_CREATED = datetime.datetime(1980, 1, 1)  # of a draft, of which no date is known; the same scenario gives the same bytes
HASH_PROPERTY, FORM_PROPERTY, TEMPLATE_PROPERTY = "scenario hash", "workbook form", "template"
_WRITERS: Mapping[type, Callable[[Pen, Any], None]] = {
    Cover: write_cover,
    Crosswalk: write_crosswalk,
    Summary: write_summary,
    Charts: write_charts,
    RangeSheet: _write_range,
    Items: write_items,
    ChangeTable: write_change_table,
    ChangesByUnit: write_changes_by_unit,
    Form: write_form,
    GrantForm: write_grant_form,
    FunderForm: write_funder_form,
    FormAmounts: write_form_amounts,
    Assumptions: write_assumptions,
    Rows: write_rows,
    WhatChanged: write_what_changed,
    Data: write_data,
    ScenarioFile: write_scenario_file,
    Checks: write_checks,
    CheckResults: write_check_results,
    GivenAssumptions: write_given_assumptions,
    RecordSheet: write_record,
}


@dataclass(frozen=True)
class Written:
    """A workbook's bytes, and every formula with the value stored with it, by sheet, row and column counted from 0.

    `printed` are the sheets that go on paper together, the first ones of the workbook, `pages` how many pages they have.
    """

    content: bytes
    cells: FormulaCells
    printed: tuple[str, ...] = ()
    pages: int = 0


def write_workbook(content: WorkbookContent, template: Template, simulation: Simulation | None = None) -> Written:
    """Return the workbook of a scenario in a layout. Raises WorkbookError when a result is no finite number."""
    book = Book(content, template, simulation)
    hashed, target = digest(content.scenario), io.BytesIO()
    with new_workbook(target, f"LEAD budget: {content.scenario.name}", content) as workbook:
        for name, text in ((HASH_PROPERTY, hashed), (FORM_PROPERTY, str(WORKBOOK_FORM)), (TEMPLATE_PROPERTY, template.name)):
            workbook.set_custom_property(name, text, "text")
        pens = Pens(book, Styles(workbook), workbook, {name: workbook.add_worksheet(name) for name in book.order}, {})
        write_sheets(pens)
        number_pages(pens.sheets, pens.pages, book.printed_together, dict.fromkeys(book.order, footer_of(content)))
    return Written(target.getvalue(), pens.cells, tuple(book.printed_together), pens.pages.count(book.printed_together))


def footer_of(content: WorkbookContent) -> Footer:
    """Return what stands at the bottom of every page of a scenario."""
    saved = content.saved
    by_whom = f"{saved.author}, {saved.moment:%Y-%m-%d}" if saved else ""
    return Footer(content.scenario.name, content.edition, by_whom, saved.reason if saved else "")


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


def new_workbook(target: BinaryIO, title: str, content: WorkbookContent | None = None) -> Workbook:
    """Return an empty workbook whose bytes depend on nothing but what is written into it.

    Among its properties are the version that `content` is, who saved it, when and why, and what the scenario says of itself.
    """
    workbook = ModelWorkbook(target, _OPTIONS)
    workbook.set_properties({"title": title, "subject": "Law Enforcement Assisted Diversion", "created": _CREATED, **_properties(content)})
    workbook.set_calc_mode("auto")
    return workbook


def _properties(content: WorkbookContent | None) -> dict[str, Any]:
    if content is None:
        return {}
    said: dict[str, Any] = {"status": content.edition, "comments": content.description}
    if saved := content.saved:
        said |= {"author": saved.author, "created": saved.moment.replace(tzinfo=None), "keywords": f"{content.edition}: {saved.reason}"}
    return said


def write_sheets(pens: Pens) -> None:
    """Write the sheets of one scenario: checks after what they check, then the cover, the count of formulas, the record of all last."""
    late = (Checks, CheckResults, Cover, About, RecordSheet)
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
