"""Sound edits of a scenario's inputs, drawn by luck: what a person could type into its workbook."""

from __future__ import annotations

import random
from datetime import date

from budget_model import Change, Scenario, ScenarioError, changed
from budget_model.timeline import from_serial
from budget_model.workbook.layout.book import Book
from budget_model.workbook.layout.entries import CHOICE, FLAG, MONTH, Entry

MOST_EDITS = 7


def some_edits(scenario: Scenario, book: Book, luck: random.Random) -> dict[int, tuple[float | str, Change]]:
    """Choose sound edits of inputs by their offset: each with the value for the cell and the change it means."""
    found: dict[int, tuple[float | str, Change]] = {}
    made: list[Change] = []
    offsets = [offset for offset, entry in enumerate(book.entries) if entry.is_input and entry.item not in book.blank_rows]
    luck.shuffle(offsets)
    wanted = luck.randint(1, MOST_EDITS)
    for offset in offsets:
        entry = book.entries[offset]
        # A new department or plan would be a new row of the sheets; a match needs its basis chosen with it.
        if entry.field in {"department", "plan", "benefit_plan", "pays"} or entry.field.startswith("match."):
            continue
        edit = _edit(entry, luck)
        try:
            changed(scenario, [*made, edit[1]])
        except ScenarioError:
            continue
        found[offset] = edit
        made.append(edit[1])
        if len(found) == wanted:
            break
    return found


def _edit(entry: Entry, luck: random.Random) -> tuple[float | str, Change]:
    if entry.kind == CHOICE:
        value = luck.choice([choice for choice in entry.choices if choice != entry.value] or [str(entry.value)])
        return value, Change(entry.table, entry.item, entry.field, value)
    assert isinstance(entry.value, float)
    if entry.kind == FLAG:
        return 1 - entry.value, Change(entry.table, entry.item, entry.field, not entry.value)
    if entry.kind == MONTH:
        later = entry.value + luck.choice([31, 62, 92])
        month = from_serial(later).replace(day=1)
        return float((month - date(1899, 12, 30)).days), Change(entry.table, entry.item, entry.field, month)
    number = round(entry.value * luck.choice([0.5, 0.8, 1.25]) + luck.choice([0, 0.25]), 4)
    return number, Change(entry.table, entry.item, entry.field, number)
