"""A table of the scenario, edited in its cells; lines are added, copied and removed by name, so that no key is lost.

Cells are text, so that what is typed comes as it was typed and is understood, or refused beside the table, by one function. The
grid is given the same cells while it is on the page, until the scenario changes elsewhere: a refused cell shows what was typed,
an emptied one nothing, while the last change names its default. What was typed is read from the grid's own record of edits.
"""

from __future__ import annotations

import inspect
from functools import partial
from typing import Any

import streamlit as st

from budget_model.editing import items as editing
from budget_model.editing.grid import Column, columns, frame, typed_entries
from budget_model.editing.typed_entries import Entry
from budget_model.pages.shared import draft_session, typed_cells
from budget_model.pages.shared.pending_entries import show_pending
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.typed_cells import Cells, Grid
from budget_model.pages.shared.widgets import say
from budget_model.scenario.schema import Scenario
from budget_model.scenario.tables import MODELS


def edit_table(screen: ScreenState, table: str) -> None:
    """Show a table to edit, and the ways to add, copy, remove and order its lines."""
    title = MODELS[table].table.title
    st.header(title, anchor=False)
    say(inspect.getdoc(MODELS[table]) or "", "quiet")
    show_pending(screen, (table,))
    scenario = screen.now.scenario
    if getattr(scenario, table):
        every = st.toggle("All columns", key=f"every.{table}", help="Also those that no line gives; they stand at their default.")
        key = f"table.{table}.{screen.slug}.{every}.{draft_session.generation(table)}"
        typed_cells.show_grid(key, lambda: _grid(scenario, table, every=every))
    else:
        say("No line yet. Add the first one below.", "quiet")
    _lines(scenario, table)


def _grid(scenario: Scenario, table: str, *, every: bool) -> Grid:
    names = [item.name for item in getattr(scenario, table)]
    shown = columns(scenario, table, every=every)
    look = {
        "height": "content",
        "column_config": {column.field: _config(column) for column in shown},
        "alt": f"{MODELS[table].table.title}: {len(names)} lines to edit",
    }
    return Grid(table, frame(scenario, table, shown), look, partial(_entries, table, names))


def _entries(table: str, names: list[str], new: Cells, taken: Cells) -> list[Entry]:
    """Return new cells as entries of the items that the lines have by now, whose `names` follow what was typed and taken."""
    scenario = draft_session.scenario_now()
    items = {item.name for item in getattr(scenario, table)}
    for line, cells in taken.items():
        name = str(cells.get("name") or "").strip()
        if name in items and not draft_session.is_pending((table, names[line], "name")):
            names[line] = name
    return typed_entries(scenario, table, names, new)


def _config(column: Column) -> Any:
    """Return how a column is typed. The grid refuses nothing, for it would do so without a word."""
    common: dict[str, Any] = {"label": column.heading, "help": column.help}
    kinds = st.column_config
    if column.field == "name":
        return kinds.TextColumn("Name", pinned=True, width="medium")
    made = {
        "number": lambda: kinds.TextColumn(**common, alignment="right"),
        "share": lambda: kinds.TextColumn(**common, alignment="right"),
        "choice": lambda: kinds.SelectboxColumn(**common, options=column.choices),
        "choices": lambda: kinds.MultiselectColumn(**common, options=column.choices),
        "texts": lambda: kinds.MultiselectColumn(**common, options=(), accept_new_options=True),
        "flag": lambda: kinds.CheckboxColumn(**common),
    }
    return made.get(column.kind, lambda: kinds.TextColumn(**common))()


def _lines(scenario: Scenario, table: str) -> None:
    """Offer to add a blank line, to copy one, to remove one and to move one."""
    names = [item.name for item in getattr(scenario, table)]
    word = MODELS[table].table.singular
    one = f"{'an' if word[0] in 'aeiou' else 'a'} {word}"
    add, copy, remove = st.columns(3, gap="medium")
    closed = f"{table}.{draft_session.generation(table)}"  # done with it, a new one takes its place, which is closed
    with add, st.popover(f"Add {one}", key=f"adding.{closed}", icon=":material/add:", width="stretch"):
        say(f"A new {word} costs and carries nothing until its cells are filled in.", "quiet")
        with st.form(f"add.{table}", clear_on_submit=True, border=False):
            name = st.text_input("Name", max_chars=60, key=f"new.{table}")
            if st.form_submit_button("Add", type="primary"):
                _do(lambda now: editing.with_new(now, table, name.strip()), f"{name.strip()} added")
    if not names:
        return
    with copy, st.popover(f"Duplicate {one}", key=f"copying.{closed}", icon=":material/content_copy:", width="stretch"):
        say("A site brings its contracts, staff and services along; a contract its staff.", "quiet")
        with st.form(f"copy.{table}", clear_on_submit=True, border=False):
            source = st.selectbox("Copy of", names, key=f"copied.{table}")
            name = st.text_input("Name of the copy", max_chars=60, key=f"copy_name.{table}")
            if st.form_submit_button("Duplicate", type="primary"):
                _do(lambda now: editing.with_copy(now, table, source, name.strip()), f"{name.strip()} added as a copy of {source}")
    with remove, st.popover(f"Remove or move {one}", icon=":material/delete:", width="stretch"):
        gone = st.selectbox("Line", names, key=f"removed.{table}")
        also = editing.dependents(scenario, table, gone)
        if also:
            say(f"With it go: {', '.join(name for _, name in also)}.", "quiet")
        if st.button("Remove", key=f"remove.{table}", type="primary"):
            _do(lambda now: editing.without(now, table, gone), f"{gone} removed" + (f" with {len(also)} items of it" if also else ""))
        up, down = st.columns(2)
        if up.button("Move up", key=f"up.{table}", disabled=gone == names[0], width="stretch"):
            _do(lambda now: editing.moved(now, table, gone, -1), f"{gone} moved up")
        if down.button("Move down", key=f"down.{table}", disabled=gone == names[-1], width="stretch"):
            _do(lambda now: editing.moved(now, table, gone, 1), f"{gone} moved down")


def _do(change: Any, words: str) -> None:
    draft_session.edit(change, words)
    st.rerun()
