"""The line that is open as a form: the address of the page names it, `line=county_positions` and `line=` its name."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from budget_model.editing.line_names import as_it_is_called
from budget_model.scenario.schema import Item

LINE = "line"
_SHOWN, _CALLED = "line_address.shown.", "line_address.called."  # before a table: its lines in the last run, and new names by old ones


def asked() -> tuple[str, str]:
    """Return the table and the line that the address names; '' and '' for none."""
    table, name = (*st.query_params.get_all(LINE), "", "")[:2]
    return table, name


def open_line(table: str, name: str) -> None:
    """Have the address name a line, or none for ''."""
    if name:
        st.query_params[LINE] = [table, name]
    else:
        st.query_params.pop(LINE, None)


def followed(table: str, lines: Sequence[Item]) -> str:
    """Return the line of a table that is open, '' for none. One that was renamed, or undone to its old name, is followed.

    The old name is known for as long as the session lasts: an address may be late, for the browser sends the one that it has.
    """
    called: dict[str, str] = st.session_state.setdefault(_CALLED + table, {})
    before: Sequence[Item] = st.session_state.get(_SHOWN + table, ())
    names = [line.name for line in lines]
    for old in (line.name for line in before):
        if (new := as_it_is_called(old, before, lines)) != old:
            called[old] = new
            called.pop(new, None)
    st.session_state[_SHOWN + table] = tuple(lines)
    asked_table, name = asked()
    if asked_table != table:
        return ""
    now = name
    while now not in names and now in called:
        now = called[now]
    if now != name:
        open_line(table, now)
    return now
