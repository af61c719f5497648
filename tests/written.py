"""Workbooks written once in a run and used by several tests, of all processes that share the run."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from budget_model import Scenario, digest
from budget_model.files import write_whole
from budget_model.workbook.layout.template import WORKBOOK
from budget_model.workbook.sheets.saved_and_now import DIFFERENCE_CELL, SAVED_CELL
from budget_model.workbook.sheets.sheet import CHANGED_CELL
from budget_model.workbook.writing.comparison import comparison_of
from budget_model.workbook.writing.export import workbook_of

# Sheets that show nothing but what was saved, or stood at the export, and what differs from it; the lines of Assumptions stand in
# another order where an edit gives what was a default.
_OF_THE_EXPORT = ("What changed", "Data", "Assumptions")
_SAVED = (SAVED_CELL, DIFFERENCE_CELL, CHANGED_CELL)  # of Assumptions, and what refers to them


def shows_what_was_saved(sheet: str, formula: str) -> bool:
    """Whether a cell says what was saved, or how it differs: an edited workbook says so, one made of the edited scenario does not."""
    return sheet in _OF_THE_EXPORT or any(cell in formula for cell in _SAVED)


class WrittenWorkbooks:
    """Workbooks in a folder by what they were written from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(exist_ok=True)

    def workbook(self, scenario: Scenario, template: str = WORKBOOK) -> Path:
        """Return the workbook of a scenario; nobody may change the file."""
        path = self._folder / f"{digest(scenario)}_{template}.xlsx"
        if not path.exists():
            write_whole(path, workbook_of(scenario, template).content)
        return path

    def comparison(self, scenarios: Sequence[Scenario]) -> Path:
        """Return the workbook that compares scenarios; nobody may change the file."""
        path = self._folder / f"{hashlib.sha256(' '.join(map(digest, scenarios)).encode()).hexdigest()[:16]}_comparison.xlsx"
        if not path.exists():
            write_whole(path, comparison_of(scenarios).content)
        return path
