"""The evidence of a number beside its field: range, confidence, source and note, to read and, opened, to edit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

import streamlit as st

from budget_model.editing.typed_entries import Entry, Place, field_at
from budget_model.formats import spoken, worded
from budget_model.pages.shared.evidence_register import linked_source
from budget_model.pages.shared.typed_fields import show_field
from budget_model.pages.shared.widgets import say
from budget_model.scenario.assumption import UNSOURCED, Assumption
from budget_model.scenario.entries import Refused
from budget_model.scenario.schema import Scenario

PARTS = ("source", "confidence", "low", "high", "kind", "note", "owner", "comment", "confirmed_by", "confirmed_on")
_FIRST_WORD = re.compile(r"^[a-z]+(?=[ ,;]|$)")  # and no address or id, which keep their letters
_OPEN = "line_evidence.open"  # the place of the number whose evidence is edited


def show(scenario: Scenario, key: str, place: Place, given: Assumption, waiting: Mapping[Place, Refused]) -> None:
    """Show the evidence of a number in words, and its fields where they are opened."""
    is_open = st.session_state.get(_OPEN) == place
    with st.container(horizontal=True, gap="small", key=f"evidence_row.{key}"):
        st.html(_in_words(given, field_at(scenario, place[0], place[2]).unit))
        label = "Close evidence" if is_open else "Evidence"
        st.button(label, key=f"evidence.{key}", type="tertiary", on_click=_turn, args=(place,), help="Source, confidence, range and note")
    if is_open:
        with st.container(border=True):
            _fields(scenario, key, place, given, waiting)


def _turn(place: Place) -> None:
    st.session_state[_OPEN] = None if st.session_state.get(_OPEN) == place else place


def _in_words(given: Assumption, unit: str) -> str:
    """Return the evidence of a number as HTML: confidence and kind, range, source with its date, note, who confirmed it."""
    ends = [worded(end, unit) for end in (given.low, given.high) if end is not None]
    span = f", {' to '.join(ends)}" if ends else ""
    source = _FIRST_WORD.sub(lambda word: word[0].capitalize(), linked_source(given.source or UNSOURCED))
    dated = f"{source} ({escape(given.date)})" if given.date else source
    about = escape(f"{given.confidence.capitalize()} confidence{f', {given.kind}' if given.kind else ''}{span}")
    rest = [f"{part[0].upper()}{part[1:].rstrip('.')}." for part in (given.remark, given.comment, given.confirmation) if part]
    return f'<p class="quiet">{about}. {dated}. {escape(" ".join(rest))}</p>'


def _fields(scenario: Scenario, key: str, place: Place, given: Assumption, waiting: Mapping[Place, Refused]) -> None:
    table, item, field = place
    for part in PARTS:
        entry = Entry(table, item, f"{field}.{part}", getattr(given, part))
        takes = field_at(scenario, table, entry.field)
        if takes.kind == "none":  # a month has no range
            continue
        refused = waiting.get(entry.place)
        show_field(f"{key}.{part}", entry, takes, refused, spoken(part), f"Expected: {takes.expected}.")
        if refused:
            say(refused.words, "alert")
