"""A value for a lever, typed: as people write it, where a slider has steps and ends."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from budget_model.editing.levers import Lever
from budget_model.pages.shared import draft_session, drawn_anew
from budget_model.pages.shared.widgets import say
from budget_model.scenario.entries import NotUnderstoodError

TYPING = "typed_lever.open"  # the key of what opens the form, which is made then
_LEVER, _VALUE, _REFUSED = "typed_lever.lever", "typed_lever.value", "typed_lever.refused"


def type_a_value(offered: Sequence[Lever]) -> None:
    """Offer to type the value of one of some levers; what is refused is said below, and stays in the field."""
    levers = {lever.key: lever for lever in offered}
    with st.popover("Type a value", icon=":material/keyboard:", key=TYPING, on_change="rerun") as box:
        if box.open:
            _form(levers)
    key, words = st.session_state.get(_REFUSED, ("", ""))
    if key in levers:
        say(words, "alert")


def _form(levers: dict[str, Lever]) -> None:
    with st.form("typed_lever", border=False):
        st.selectbox("Lever", list(levers), format_func=lambda key: levers[key].label, key=_LEVER)
        st.text_input("Value", key=_VALUE, help="Such as 15%, 1,200, $2m or Dec 2019.")
        st.form_submit_button("Set", type="primary", on_click=_set, args=(levers,))


def _set(levers: dict[str, Lever]) -> None:
    lever, typed = levers[st.session_state[_LEVER]], st.session_state[_VALUE]
    now = draft_session.scenario_now()
    try:
        value = lever.understood(typed, now)
    except NotUnderstoodError as error:
        st.session_state[_REFUSED] = (lever.key, f'{lever.group}, {lever.label}: "{typed.strip()}" is not taken. Expected {error}.')
        return
    words = f"{lever.group}, {lever.label}: {lever.shown(lever.value_in(now))} to {lever.shown(value)}"
    if draft_session.edit(lambda scenario: lever.set_in(scenario, value), words):
        drawn_anew.set_levers()
    st.session_state[_REFUSED], st.session_state[_VALUE] = ("", ""), ""
