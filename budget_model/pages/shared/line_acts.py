"""Lines of a table added, copied, removed and moved, below the table and in the form of one line. A new line opens as a form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from budget_model.editing import items as editing
from budget_model.formats import counted
from budget_model.pages.shared import draft_session, drawn_anew, jumps, line_address
from budget_model.pages.shared.widgets import say
from budget_model.scenario.schema import Scenario
from budget_model.scenario.tables import MODELS

_MOST_LETTERS = 60  # of a name
_COMES_ALONG = {"sites": "Its contracts, staff and services come along.", "provider_contracts": "Its staff comes along."}


def offer(scenario: Scenario, table: str) -> None:
    """Offer to add a blank line to a table, to copy one, to remove one and to move one."""
    names = [item.name for item in getattr(scenario, table)]
    with st.container(horizontal=True, gap="small"):
        _add(table)
        if names:
            _copy(table, names)
            _remove_or_move(scenario, table, names)


def _remove_or_move(scenario: Scenario, table: str, names: list[str]) -> None:
    with st.popover(f"Remove or move {_one(table)}", icon=":material/delete:"):
        gone = st.selectbox("Line", names, key=f"removed.{table}")
        _removal(scenario, table, gone, f"remove.{table}")
        up, down = st.columns(2)
        for at, label, by, end in ((up, "up", -1, names[0]), (down, "down", 1, names[-1])):
            if at.button(f"Move {label}", key=f"{label}.{table}", disabled=gone == end, width="stretch"):
                _do(partial(editing.moved, table=table, name=gone, by=by), f"{gone} moved {label}", *line_address.asked())


def offer_for(scenario: Scenario, table: str, name: str) -> None:
    """Offer to add a line beside one that is open, to copy it and to remove it."""
    with st.container(horizontal=True, gap="small"):
        _add(table, "form.")
        _copy(table, [name], "form.")
        with st.popover(f"Remove this {MODELS[table].table.singular}", icon=":material/delete:"):
            _removal(scenario, table, name, f"form.remove.{table}")


def _one(table: str) -> str:
    word = MODELS[table].table.singular
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _closed(table: str) -> str:
    """Return what a popover is named after: done with it, a new one takes its place, which is closed."""
    return f"{table}.{drawn_anew.generation(table)}"


def _add(table: str, where: str = "") -> None:
    with st.popover(f"Add {_one(table)}", key=f"{where}adding.{_closed(table)}", icon=":material/add:"):
        say(f"A new {MODELS[table].table.singular} costs and carries nothing until its fields are filled in.", "quiet")
        with st.form(f"{where}add.{table}", clear_on_submit=True, border=False):
            name = st.text_input("Name", max_chars=_MOST_LETTERS, key=f"{where}new.{table}").strip()
            if st.form_submit_button("Add", type="primary", key=f"{where}add_it.{table}"):
                _do(lambda now: editing.with_new(now, table, name), f"{name} added", table, name, is_new=True)


def _copy(table: str, names: list[str], where: str = "") -> None:
    label = "Duplicate it" if where else f"Duplicate {_one(table)}"
    with st.popover(label, key=f"{where}copying.{_closed(table)}", icon=":material/content_copy:"):
        if table in _COMES_ALONG:
            say(_COMES_ALONG[table], "quiet")
        with st.form(f"{where}copy.{table}", clear_on_submit=True, border=False):
            source = names[0] if where else st.selectbox("Copy of", names, key=f"copied.{table}")
            name = st.text_input("Name of the copy", max_chars=_MOST_LETTERS, key=f"{where}copy_name.{table}").strip()
            if st.form_submit_button("Duplicate", type="primary", key=f"{where}copy_it.{table}"):
                words = f"{name} added as a copy of {source}"
                _do(lambda now: editing.with_copy(now, table, source, name), words, table, name, is_new=True)


def _removal(scenario: Scenario, table: str, gone: str, key: str) -> None:
    also = editing.dependents(scenario, table, gone)
    if also:
        say(f"With it go: {', '.join(name for _, name in also)}.", "quiet")
    if st.button("Remove", key=key, type="primary"):
        words = f"{gone} removed" + (f" with {counted(len(also), 'item')} of its own" if also else "")
        _do(lambda now: editing.without(now, table, gone), words, *_after(scenario, table, gone))


def _after(scenario: Scenario, table: str, gone: str) -> tuple[str, str]:
    """Return what is open once a line is removed: where it is open itself, the next one, or the one before the last."""
    if line_address.asked() != (table, gone):
        return line_address.asked()
    names = [item.name for item in getattr(scenario, table)]
    place = names.index(gone)
    left = [*names[place + 1 :], *reversed(names[:place])]
    return table, left[0] if left else ""


def _do(change: Callable[[Scenario], Scenario], words: str, table: str, opened: str, *, is_new: bool = False) -> None:
    """Change the scenario and open a line; the page goes to the form of a new one. What is refused opens none."""
    if draft_session.edit(change, words):
        line_address.open_line(table, opened)
        st.query_params.update(jumps.to(table) if is_new else {})
    st.rerun()
