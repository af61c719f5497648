"""What follows from the edits of a workbook beside the edits themselves, in words: nothing is lost or kept in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budget_model.formats import listed
from budget_model.scenario.assumption import LAST_MONTH, NO_MATCH
from budget_model.workbook.layout.assumption_columns import COMMENT, CONFIRMED_BY, CONFIRMED_ON, DATE, HIGH, LOW, NOTE, SOURCE
from budget_model.workbook.layout.entries import Entry, shown
from budget_model.workbook.layout.input_lines import InputLines
from budget_model.workbook.reading.edits import Edit

_MOST = 6  # inputs named in a sentence
_VOUCHING = (LOW, HIGH, SOURCE, DATE, NOTE, COMMENT, "confirmation")
Row = tuple[Entry, dict[str, Edit]]  # an input, and its edits by what of it was edited, its value under ''


def consequences(inputs: InputLines, edits: Iterable[Edit]) -> Iterator[str]:
    """Yield a sentence for each kind of consequence that the edits have."""
    by_name: dict[tuple[str, tuple[int, ...]], Row] = {}
    for edit in edits:
        by_name.setdefault((edit.entry.input, edit.entry.index), (edit.entry, {}))[1][edit.part] = edit
    rows = list(by_name.values())
    yield from _what_vouched_before(rows)
    yield from _given_now(rows)
    yield from _of_one_entry_of_the_register(inputs, rows)


def _what_vouched_before(rows: list[Row]) -> Iterator[str]:
    lost = []
    for entry, parts in rows:
        if "" in parts and entry.placed:
            given = entry.placed.assumption
            gone = [part for part in _VOUCHING if getattr(given, part) not in ("", None) and part not in parts]
            lost += [f"{entry.about} ({', '.join(gone)})"] * bool(gone)
    if lost:
        yield f"What vouched for a number goes with it when it is changed; its kind and owner stay. Gone: {listed(lost, _MOST)}."


def _given_now(rows: list[Row]) -> Iterator[str]:
    """Say which values the scenario gives now, because something was written beside what stood for them."""
    notes = (LAST_MONTH, NO_MATCH)
    found = [entry for entry, parts in rows if "" not in parts and entry.placed and entry.placed.assumption.note in notes]
    if found:
        values = [f"{entry.about} ({shown(entry, entry.value)})" for entry in found]
        yield f"Given now as it stood, for what was written beside it: {listed(values, _MOST)}."


def _of_one_entry_of_the_register(inputs: InputLines, rows: list[Row]) -> Iterator[str]:
    """Say where an entry of the register of evidence vouches for several inputs, and something else is written beside some.

    Who confirmed it, and when, is said of the number wherever it stands.
    """
    uses: dict[str, list[str]] = {}
    edited: dict[str, dict[str, dict[str, Edit]]] = {}
    for entry in inputs.lines:
        if entry.placed and (evidence := entry.placed.assumption.evidence):
            uses.setdefault(evidence, []).append(entry.about)
    for entry, parts in rows:
        beside = {part: edit for part, edit in parts.items() if part not in (CONFIRMED_BY, CONFIRMED_ON)}
        if entry.placed and beside and "" not in beside and (evidence := entry.placed.assumption.evidence):
            edited.setdefault(evidence, {})[entry.about] = beside
    for evidence, found in edited.items():
        others = [about for about in uses[evidence] if about not in found]
        if others or len({tuple((part, edit.value) for part, edit in parts.items()) for parts in found.values()}) > 1:
            cells = ", ".join(edit.address for parts in found.values() for edit in parts.values())
            left = f" Its other lines stay as they were: {listed(others, _MOST)}." if others else ""
            yield f"'{evidence}' of the register vouches for {len(uses[evidence])} lines; {cells} counts for its own line alone.{left}"
