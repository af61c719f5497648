"""The question before something is saved or handed out while checks fail: which they are, and one click to go on or to look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from budget_model.formats import counted
from budget_model.pages.shared import check_list, jumps
from budget_model.pages.shared.address import of_the_work
from budget_model.pages.shared.widgets import page_file, plain

_MOST = 3  # that stand in full; the others are counted
_Failing = Sequence[str]


def button(label: str, key: str, failing: _Failing, go_on: str, **look: Any) -> bool:
    """Show a button; return whether it was pressed and, where checks fail, whether the question after it was answered by `go_on`.

    `failing` are the checks that fail, each in words; the question goes away when they change.
    """
    asked = f"asked.{key}"
    if st.button(label, key=key, **look):
        st.session_state[asked] = tuple(failing)
        if not failing:
            return True
    if not failing or st.session_state.get(asked) != tuple(failing):
        return False
    place = st.empty()
    with place.container(border=True):
        answered = question(key, failing, go_on)
    if answered:
        del st.session_state[asked]
        place.empty()
    return answered


def question(key: str, failing: _Failing, go_on: str) -> bool:
    """Show which checks fail, with a button to go on and a link to look at them; return whether to go on."""
    listed = [plain(words) for words in failing[:_MOST]]
    if len(failing) > _MOST:
        listed.append(f"{len(failing) - _MOST:,} more")
    fail = counted(len(failing), "check fails", "checks fail")
    st.error("\n".join([f"{fail}. Go on all the same?\n", *(f"- {one}" for one in listed)]), icon=":material/rule:")
    with st.container(horizontal=True, vertical_alignment="center"):
        answered = st.button(go_on, key=f"{key}.go_on")
        look_at_checks("Look at the checks")
    return answered


def look_at_checks(label: str, icon: str = check_list.ICON) -> None:
    """Show a link to the checks."""
    st.page_link(page_file("overview"), label=label, icon=icon, query_params=of_the_work() | jumps.to(jumps.CHECKS))
