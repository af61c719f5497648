"""What the cell of an input accepts, in words: its prompt says them, and the reader of an edited workbook refuses in them."""

from __future__ import annotations

from budget_model.scenario.names import MOST_IN_A_NAME
from budget_model.workbook.layout.entries import CHOICE, FLAG, MONTH, NAME, Entry

A_MONTH = "the first day of a month as a date, such as 2019-07-01"
_MOST_LISTED = 12  # choices that a sentence names


def accepted(entry: Entry) -> str:
    """Return what an input accepts, as the end of "expected ..."."""
    if entry.kind == CHOICE:
        return f"one of: {', '.join(entry.choices[:_MOST_LISTED])}{' ...' * (len(entry.choices) > _MOST_LISTED)}"
    if entry.kind == NAME:
        return f"a name of its own, at most {MOST_IN_A_NAME} letters, beginning with a letter"
    if entry.kind == FLAG:
        return "1 for yes or 0 for no"
    if entry.kind == MONTH:
        return A_MONTH
    assert entry.placed is not None
    return entry.placed.declared.expected
