"""What differs between two scenarios, assumption by assumption, and the items that one of them has and the other not."""

from __future__ import annotations

from dataclasses import dataclass

from budget_model.inputs import read_inputs
from budget_model.scenario import Scenario
from budget_model.timeline import from_serial, month_label
from budget_model.workbook.entries import CHOICE, FLAG, MONTH, NAME, Entry, entries

ADDED, REMOVED = "added", "removed"


@dataclass(frozen=True)
class Difference:
    """One difference: the item, what of it, and both values as a reader sees them."""

    item: str
    label: str
    before: str
    after: str


def differences(before: Scenario, after: Scenario) -> tuple[Difference, ...]:
    """Return every difference of a number, month, choice or flag, in the order of the later scenario; then what was removed."""
    old, new = _by_place(before), _by_place(after)
    had = {(entry.table, entry.item) for entry in old.values()}
    has = {(entry.table, entry.item) for entry in new.values()}
    found: list[Difference] = []
    told = set()
    for place, entry in new.items():
        item = (entry.table, entry.item)
        if item not in had:
            if item not in told:
                found.append(Difference(entry.item, ADDED, "", entry.table.replace("_", " ")))
            told.add(item)
        elif place in old and old[place].value != entry.value:
            found.append(Difference(entry.item, entry.label, shown(entry, old[place].value), shown(entry, entry.value)))
    gone = [item for item in dict.fromkeys((entry.table, entry.item) for entry in old.values()) if item not in has]
    return (*found, *(Difference(name, REMOVED, table.replace("_", " "), "") for table, name in gone))


def _by_place(scenario: Scenario) -> dict[tuple[str, str, str], Entry]:
    listed = entries(scenario, read_inputs(scenario).members, frozenset())
    return {(entry.table, entry.item, entry.label): entry for entry in listed if entry.is_input}


def shown(entry: Entry, value: float | str) -> str:
    """Return a value of an input as a reader sees it: a month as 2019-07, a flag as yes or no, a number with its unit."""
    if entry.kind in (CHOICE, NAME) or isinstance(value, str):
        return str(value)
    if entry.kind == MONTH:
        return month_label(from_serial(value))
    if entry.kind == FLAG:
        return "yes" if value else "no"
    assert entry.cell is not None
    return f"{value:,.10g} {entry.cell.declared.unit}"
