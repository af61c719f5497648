"""Who changed an input and why, as its own row of Assumptions says: beside each change that was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from string import ascii_uppercase

from budget_model.errors import Problem
from budget_model.formats import listed
from budget_model.workbook.layout.assumption_columns import COLUMNS_OF_SHEET, WHO, WHY
from budget_model.workbook.layout.entries import Entry
from budget_model.workbook.layout.input_lines import InputLines
from budget_model.workbook.reading.assumption_layout import columns_of, says_who_and_why
from budget_model.workbook.reading.cells import ASSUMPTIONS, Cells, refuse
from budget_model.workbook.reading.change_log import with_log
from budget_model.workbook.reading.edits import Imported, ReadChange
from budget_model.workbook.reading.record_check import shown_in

_MOST = 8  # inputs named in a sentence


@dataclass(frozen=True)
class _Said:
    """What the row of an input says of its change."""

    entry: Entry
    who: str
    why: str


def with_who_and_why(imported: Imported, inputs: InputLines, addresses: Mapping[int, tuple[str, str]], cells: Cells, file: str) -> Imported:
    """Return what was read with who and why beside each change, and remarks where rows and changes do not agree.

    A workbook of an earlier version says it in its change log. Raises ScenarioError for a formula among these texts.
    """
    if not says_who_and_why(cells, ASSUMPTIONS):
        return with_log(imported, cells)
    rows = {address.lstrip(ascii_uppercase): inputs.lines[offset] for offset, (_, address) in addresses.items()}
    refuse(_formulas(rows, cells, file))
    said = _said(rows, cells)
    added = {rows[_row(change)].item for change in imported.changes if change.is_addition}
    changes = [_told(change, _of(change, rows, said)) for change in imported.changes]
    changed = {_row(change) for change in imported.changes}
    idle = [one.entry.about for row, one in said.items() if row not in changed and one.entry.item not in added]
    return replace(
        imported,
        changes=tuple(changes),
        who=tuple(dict.fromkeys(one.who for one in said.values() if one.who)),
        why=tuple(dict.fromkeys(one.why for one in said.values() if one.why)),
        remarks=(*imported.remarks, *_disagreements(changes, idle)),
    )


def _said(rows: Mapping[str, Entry], cells: Cells) -> dict[str, _Said]:
    """Return what rows say of who and why, by the number of the row as people count it."""
    columns, values = columns_of(cells, ASSUMPTIONS), cells.values.get(ASSUMPTIONS, {})
    found = {}
    for row, entry in rows.items():
        who, why = (" ".join(str(values.get(f"{columns[part]}{row}", ("", ""))[1]).split()) for part in (WHO, WHY))
        if who or why:
            found[row] = _Said(entry, who, why)
    return found


def _formulas(rows: Mapping[str, Entry], cells: Cells, file: str) -> Iterator[Problem]:
    columns, formulas = columns_of(cells, ASSUMPTIONS), cells.formulas.get(ASSUMPTIONS, {})
    for row, entry in rows.items():
        for part in (WHO, WHY):
            if (cell := f"{columns[part]}{row}") in formulas:
                place = f"{ASSUMPTIONS}!{cell} ({entry.about}: {COLUMNS_OF_SHEET[part].heading.lower()})"
                yield Problem(file, place, shown_in(cells, ASSUMPTIONS, cell), "expected a text, not a formula; type the result")


def _row(change: ReadChange) -> str:
    return change.address.rpartition("!")[2].lstrip(ascii_uppercase)


def _of(change: ReadChange, rows: Mapping[str, Entry], said: Mapping[str, _Said]) -> list[_Said]:
    """Return what is said of a change in its row; of an item that was added, in all of its rows."""
    row = _row(change)
    if change.is_addition:
        return [one for one in said.values() if one.entry.item == rows[row].item]
    return [said[row]] if row in said else []


def _told(change: ReadChange, said: list[_Said]) -> ReadChange:
    who, why = (dict.fromkeys(text for one in said if (text := getattr(one, part))) for part in (WHO, WHY))
    return replace(change, who="; ".join(who), why="; ".join(why))


def _disagreements(changes: list[ReadChange], idle: list[str]) -> Iterator[str]:
    if idle:
        yield f"Who or why stands beside inputs that were not changed: {listed(idle, _MOST)}."
    silent = [change.about for change in changes if not change.part and not (change.who or change.why)]
    if silent:
        yield f"Nothing says who changed these inputs, or why: {listed(silent, _MOST)}."
