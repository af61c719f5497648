"""The line that is open as a form: the address of the page names it, `line=county_positions` and `line=` its name."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

LINE = "line"
_SHOWN = "line_address.shown"  # the lines of the table when the form was last on the page


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


def followed(table: str, names: Sequence[str]) -> str:
    """Return the line of a table that is open, '' for none; one that was renamed, or undone to its old name, is followed."""
    known = st.session_state.pop(_SHOWN, ("", ()))
    asked_table, name = asked()
    if asked_table != table:
        st.session_state[_SHOWN] = known
        return ""
    before = known[1] if known[0] == table else ()
    if name not in names and name in before and len(before) == len(names):
        place = before.index(name)
        if names[place] not in before:
            name = names[place]
            open_line(table, name)
    st.session_state[_SHOWN] = (table, tuple(names))
    return name
