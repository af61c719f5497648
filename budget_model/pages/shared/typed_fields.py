"""Fields to type into: what is typed in one becomes an entry of the draft, once, and none is lost.

A field shows what is kept or, where its entry is not taken, what was typed. As with grids (`typed_cells.py`) a run may be stopped
before it has taken what it was begun for. So each field knows what it was given, and is compared with that at the beginning of
each run too. Its key is the place of its line and not the line's name: a field that is given another key while somebody types in
it loses the letters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from budget_model.editing.line_names import as_it_is_called
from budget_model.editing.typed_entries import Entry
from budget_model.pages.shared import draft_session, drawn_anew
from budget_model.pages.shared.widgets import plain
from budget_model.scenario.assumption import LAST_MONTH
from budget_model.scenario.entries import Refused, as_typed, whole_text
from budget_model.scenario.fields import Field
from budget_model.scenario.schema import Item

_FIELDS = "typed_fields"  # by key
_LONG = 60  # letters above which a text has a field of several lines
_NOTHING, _LAST_MONTH = "Not given", LAST_MONTH.capitalize()


@dataclass(frozen=True)
class _Known:
    """What a field is for, with what it was given or what was taken of it; and the lines of its table when it was shown."""

    entry: Entry
    lines: tuple[Item, ...]


def show_field(key: str, entry: Entry, takes: Field, waiting: Refused | None, label: str, about: str) -> None:
    """Show a field for a place. `entry` holds what stands there; `waiting` is the entry there that is not taken, if there is one.

    `label` is a declared one, of which Markdown makes nothing else: it is read out as it stands.
    """
    kept = as_typed(entry.typed, takes)
    if takes.kind == "choice":
        kept = kept or None  # else the first choice stood there, and was taken as if somebody had chosen it
    shown = kept if waiting is None else _as_far_as_it_fits(waiting.typed, kept, takes)
    if takes.kind not in ("choice", "choices", "texts", "flag"):
        shown = whole_text(shown)
    if key not in st.session_state or st.session_state[key] != shown:
        st.session_state[key] = shown
    _fields()[key] = _Known(replace(entry, typed=shown), _lines(entry.table))
    common: dict[str, Any] = {"label": label, "help": plain(about), "key": key, "on_change": _take, "args": (key,)}
    _WIDGETS.get(takes.kind, _text)(takes, shown, common)


def _text(takes: Field, shown: Any, common: dict[str, Any]) -> None:
    if takes.kind == "text" and len(shown) > _LONG:
        st.text_area(**common)
    else:
        st.text_input(placeholder=_LAST_MONTH if takes.kind == "month" and takes.default is None else None, **common)


def _choice(takes: Field, shown: Any, common: dict[str, Any]) -> None:
    can_be_none = shown is None or takes.default in (None, "")
    st.selectbox(options=takes.choices, index=None if can_be_none else 0, placeholder=_NOTHING, **common)


def _choices(takes: Field, shown: Any, common: dict[str, Any]) -> None:
    st.multiselect(options=takes.choices, placeholder=_NOTHING, **common)


def _texts(takes: Field, shown: Any, common: dict[str, Any]) -> None:
    st.multiselect(options=shown, accept_new_options=True, placeholder="Type one and press Enter", **common)


def _flag(takes: Field, shown: Any, common: dict[str, Any]) -> None:
    st.checkbox(**common)


_WIDGETS: dict[str, Callable[[Field, Any, dict[str, Any]], None]] = {"choice": _choice, "choices": _choices, "texts": _texts, "flag": _flag}


def _as_far_as_it_fits(typed: Any, kept: Any, takes: Field) -> Any:
    """Return what was typed as a field can show it; a list of choices shows what is kept in place of what is none."""
    if takes.kind == "choice":
        return typed if typed in takes.choices else kept
    if takes.kind in ("choices", "texts"):
        return list(typed) if isinstance(typed, (list, tuple)) and {*typed} <= {*(takes.choices or typed)} else kept
    return kept if takes.kind == "flag" else typed


def take_what_was_missed() -> None:
    """Take what fields hold of which a run was stopped before it was taken."""
    for key in list(_fields()):
        if key in st.session_state:
            _take(key)
        else:
            del _fields()[key]


def _take(key: str) -> None:
    known, typed = _fields()[key], st.session_state[key]
    if typed == known.entry.typed:
        return
    item = as_it_is_called(known.entry.item, known.lines, _lines(known.entry.table))
    entry = replace(known.entry, item=item, typed=typed)
    if draft_session.enter([entry]):
        drawn_anew.renew()  # the tables on the page show it
    _fields()[key] = replace(known, entry=replace(known.entry, typed=typed))  # last, for a run may be stopped before


def _lines(table: str) -> tuple[Item, ...]:
    lines: tuple[Item, ...] = getattr(draft_session.scenario_now(), table)
    return lines


def _fields() -> dict[str, _Known]:
    fields: dict[str, _Known] = st.session_state.setdefault(_FIELDS, {})
    return fields
