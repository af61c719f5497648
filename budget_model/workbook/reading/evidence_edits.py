"""What people wrote beside the numbers of a workbook: range, confidence, source, note, owner, confirmation ..., as edits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from budget_model.editing.typed_entries import field_at
from budget_model.errors import Problem
from budget_model.scenario.assumption import UNSOURCED
from budget_model.scenario.entries import NotUnderstoodError, understood
from budget_model.scenario.fields import Field
from budget_model.scenario.schema import Scenario
from budget_model.workbook.layout.assumption_columns import SOURCE
from budget_model.workbook.layout.constants import as_kept
from budget_model.workbook.layout.entries import Entry
from budget_model.workbook.layout.evidence_cells import RANGE, Written, evidence_cells
from budget_model.workbook.reading.assumption_layout import columns_of
from budget_model.workbook.reading.cells import Cells
from budget_model.workbook.reading.edits import Edit
from budget_model.workbook.reading.record_check import shown_in
from budget_model.workbook.sheets.sheet import LONGEST_TEXT


def evidence_edits(cells: Cells, scenario: Scenario, entry: Entry, sheet: str, row: str, file: str) -> Iterator[Edit | Problem]:
    """Yield what was written beside an input in a row of its sheet, or why it cannot be taken, cell by cell.

    What may be written is what may be typed into the assumptions of the dashboard (`understood`), but for numbers: a cell of a
    range holds a number and no text. Whether a range holds its number is for the rules of the scenario.
    """
    if entry.placed is None:
        return
    columns = columns_of(cells, sheet)
    for part, written in evidence_cells(entry.placed).items():
        if part not in columns:
            continue
        cell = f"{columns[part]}{row}"
        formula, given = cells.formulas.get(sheet, {}).get(cell), cells.values.get(sheet, {}).get(cell)
        try:
            value = _read(entry, part, ("f", formula) if formula else given or ("", None), written, scenario)
        except NotUnderstoodError as error:
            yield Problem(file, f"{sheet}!{cell} ({entry.about}: {part})", shown_in(cells, sheet, cell), f"expected {error}")
            continue
        if value != getattr(entry.placed.assumption, part):
            yield Edit(entry, f"{sheet}!{cell}", value, part)


def _read(entry: Entry, part: str, given: tuple[str, Any], written: Written, scenario: Scenario) -> float | str | None:
    """Return a part of an assumption's evidence as its cell holds it; raises NotUnderstoodError with what is expected there."""
    assert entry.placed is not None
    standing: float | str | None = getattr(entry.placed.assumption, part)
    takes = field_at(scenario, entry.table, f"{entry.field}.{part}")
    if given[0] == "f":
        raise NotUnderstoodError(f"{takes.expected}, not a formula; type the result")
    if part in RANGE:
        return _bound(given, takes, standing)
    text = _text(given, takes)
    if as_kept(text) == as_kept(_plain(str(written or "")[:LONGEST_TEXT])) or (part == SOURCE and text == UNSOURCED and not standing):
        return standing
    value: str = understood("" if part == SOURCE and text == UNSOURCED else text, takes)
    return value


def _bound(given: tuple[str, Any], takes: Field, standing: float | str | None) -> float | str | None:
    kind, value = given
    if kind not in ("", "n"):
        raise NotUnderstoodError(takes.expected)
    if standing is not None and kind == "n" and f"{value:.15g}" == f"{standing:.15g}":
        return standing
    bound: float | None = understood(value, takes)
    return bound


def _text(given: tuple[str, Any], takes: Field) -> str:
    """Return a cell as text: a number as it reads, a day as 2019-05-01."""
    kind, value = given
    if kind in ("b", "e"):
        raise NotUnderstoodError(takes.expected)
    if kind == "n":
        return f"{value:.15g}"
    return _plain(str(value)[:10] if kind == "d" else str(value or ""))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
