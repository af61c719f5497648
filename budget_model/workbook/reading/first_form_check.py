"""What a workbook of the first form can be asked, which has no record of itself: compared with what is written today."""

from __future__ import annotations

from collections.abc import Iterator

from budget_model.analysis.workbook_content import WorkbookContent
from budget_model.engine.vocabulary import CONSTANTS
from budget_model.errors import Problem
from budget_model.formats import written
from budget_model.workbook.layout.book import Book
from budget_model.workbook.layout.template import layouts, load_template
from budget_model.workbook.reading.cells import AGAIN, Cells, refuse
from budget_model.workbook.reading.record_check import strange_sheets

_RENAMED = ("Funder's form", "Change log")  # sheets that have another name today


def compared_without_record(cells: Cells, content: WorkbookContent, file: str) -> tuple[str, ...]:
    """Refuse a workbook in which a number that the model fixes is another; return a remark for each sheet that is not ours.

    The sheets and these numbers are those of today's export. Raises ScenarioError.
    """
    refuse(_fixed(cells, file))
    ours = [sheet for template in layouts() for sheet in Book(content, load_template(template)).order]
    return tuple(strange_sheets(cells, (*ours, *_RENAMED)))


def _fixed(cells: Cells, file: str) -> Iterator[Problem]:
    for name, value in CONSTANTS.items():
        sheet, address = cells.target(name) or ("", "")
        kind, found = cells.values.get(sheet, {}).get(address, ("", "empty"))
        if kind != "n" or found != value:
            place = f"{sheet}!{address} (the name '{name}')" if sheet else f"the name '{name}'"
            yield Problem(file, place, str(found), f"the model fixes it at {written(value)}; only blue cells may be changed; {AGAIN}")
