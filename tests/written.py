"""Workbooks written once in a run and used by several tests, of all processes that share the run."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from budget_model import Scenario, digest
from budget_model.files import write_whole
from budget_model.workbook.layout.template import WORKBOOK
from budget_model.workbook.writing.comparison import comparison_of
from budget_model.workbook.writing.export import workbook_of

# Sheets with what was saved, or stood at the export, beside what is now.
SHOWING_SAVED = frozenset({"Cover", "Given assumptions", "Assumptions", "What changed", "Data"})


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
