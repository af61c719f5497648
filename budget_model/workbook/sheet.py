"""A pen for one sheet: writes text as text, numbers if finite, formulas with the value they come to."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname
from xlsxwriter.worksheet import Worksheet

from budget_model.errors import WorkbookError
from budget_model.workbook.book import STATUS_ROW, TITLE_ROW, Book
from budget_model.workbook.styles import Styles

PASS, FAIL = "PASS", "FAIL"
ALL_PASS, SOME_FAIL = "ALL CHECKS PASS", "CHECKS FAIL: see the Checks sheet"
MASTER_CELL = "$C$4"


@dataclass(frozen=True)
class Pen:
    """One sheet being written."""

    book: Book
    styles: Styles
    name: str
    sheet: Worksheet
    checks: str

    def text(self, row: int, column: int, text: str, style: str = "plain") -> None:
        """Write a text, never as a formula or link, cut to what a cell can hold."""
        self.sheet.write_string(row, column, text[:32_000], self.styles(style))

    def number(self, row: int, column: int, value: float, form: Format) -> None:
        """Write a number."""
        self.sheet.write_number(row, column, self._finite(value, row, column), form)

    def formula(self, row: int, column: int, formula: str, value: float | str, form: Format) -> None:
        """Write a formula with its value; a number that is no number stops the export."""
        stored = value if isinstance(value, str) else self._finite(value, row, column)
        self.sheet.write_formula(row, column, formula, form, stored)

    def _finite(self, value: float, row: int, column: int) -> float:
        if not math.isfinite(value):
            raise WorkbookError(f"Sheet {self.name}, row {row + 1}, column {column + 1}: {value} is no number")
        return float(value)

    def head(self, title: str, *, status_column: int = 1) -> None:
        """Write the title, the scenario and the result of all checks, and set up the page."""
        scenario = self.book.projection.scenario
        self.text(TITLE_ROW, 0, title, "title")
        self.text(STATUS_ROW, 0, f"Scenario: {scenario.name}", "status")
        failed = any(not check.passed for check in self.book.projection.checks)
        master = f"={quote_sheetname(self.checks)}!{MASTER_CELL}"
        self.formula(STATUS_ROW, status_column, master, SOME_FAIL if failed else ALL_PASS, self.styles("status"))
        sheet = self.sheet
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(1)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        safe = scenario.name.replace("&", "&&")
        sheet.set_footer(f"&L{safe[:80]}&C&A, page &P of &N&R&F, &D")
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})


@dataclass(frozen=True)
class Pens:
    """The sheets of one workbook."""

    book: Book
    styles: Styles
    sheets: Mapping[str, Worksheet]
    checks: str

    def sheet(self, name: str) -> Pen:
        """Return the pen of a sheet."""
        return Pen(self.book, self.styles, name, self.sheets[name], self.checks)
