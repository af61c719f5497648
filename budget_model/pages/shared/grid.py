"""A table of the scenario, edited in its cells; lines are added, copied and removed by name, so that no key is lost.

Cells are text, so that what is typed comes as it was typed and is understood, or refused beside the table, by one function. The
grid is given the same cells while it is on the page, until the scenario changes elsewhere: a refused cell shows what was typed,
an emptied one nothing, while the last change names its default. What was typed is read from the grid's own record of edits.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from budget_model.editing.grid import Column, frame, typed_entries
from budget_model.editing.typed_entries import Entry, Place
from budget_model.pages.shared import (
    changed_cells,
    column_choice,
    draft_session,
    drawn_anew,
    jumps,
    line_acts,
    line_form,
    line_names,
    line_style,
    typed_cells,
)
from budget_model.pages.shared.pending_entries import show_pending
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.typed_cells import Cells, Grid
from budget_model.pages.shared.widgets import said, say
from budget_model.scenario.tables import MODELS


def edit_table(screen: ScreenState, table: str) -> None:
    """Show a table to edit, one of its lines as a form beside it, and the ways to add, copy, remove and order its lines."""
    st.header(MODELS[table].table.title, anchor=False)
    jumps.show_at(table, said(inspect.getdoc(MODELS[table]) or "", "quiet"))
    above = st.container()  # always there, so that what is refused moves no field in which somebody types on
    scenario, in_form = screen.now.scenario, set[Place]()
    if getattr(scenario, table):
        line = line_form.choose(screen, table)
        if line:
            with st.container(key="line_beside"):
                form, beside = st.columns(2, gap="medium")
            with form, st.container(key="line_form"):
                st.html(line_style.CSS)
                in_form = line_form.show(screen, table, line)
            with beside:
                _show_grid(screen, table)
        else:
            _show_grid(screen, table)
    else:
        say("No line yet. Add the first one below.", "quiet")
    with above:
        show_pending(screen, (table,), but=in_form)
    line_acts.offer(scenario, table)


def _show_grid(screen: ScreenState, table: str) -> None:
    scenario = screen.now.scenario
    shown = column_choice.choose(scenario, table)
    columns = ".".join(column.field for column in shown)
    key = f"table.{table}.{screen.slug}.{columns}.{drawn_anew.generation(table)}"
    typed_cells.show_grid(key, lambda: _grid(screen, table, shown))
    changed_cells.show(screen, table)


def _grid(screen: ScreenState, table: str, shown: Sequence[Column]) -> Grid:
    scenario = screen.now.scenario
    names = [item.name for item in getattr(scenario, table)]
    cells = changed_cells.with_saved(screen, table, frame(scenario, table, shown))
    saved = changed_cells.headings(cells, shown)
    look = {
        "height": "content",
        **line_names.of_lines(names),
        "column_config": {
            **{column.field: _config(column, names) for column in shown},
            **{name: st.column_config.TextColumn(heading, disabled=True) for name, heading in saved.items()},
        },
        "alt": f"{MODELS[table].table.title}: {len(names)} lines to edit",
    }
    return Grid(table, cells, look, partial(_entries, table, names))


def _entries(table: str, names: list[str], new: Cells, taken: Cells) -> list[Entry]:
    """Return new cells as entries of the items that the lines have by now, whose `names` follow what was typed and taken."""
    scenario = draft_session.scenario_now()
    items = {item.name for item in getattr(scenario, table)}
    for line, cells in taken.items():
        name = str(cells.get("name") or "").strip()
        if name in items and not draft_session.is_pending((table, names[line], "name")):
            names[line] = name
    return typed_entries(scenario, table, names, new)


def _config(column: Column, names: Sequence[str]) -> Any:
    """Return how a column is typed. The grid refuses nothing, for it would do so without a word."""
    common: dict[str, Any] = {"label": column.heading, "help": column.help}
    kinds = st.column_config
    if column.field == "name":
        return kinds.TextColumn("Name", pinned=True, width=line_names.width(names))
    made = {
        "number": lambda: kinds.TextColumn(**common, alignment="right"),
        "share": lambda: kinds.TextColumn(**common, alignment="right"),
        "choice": lambda: kinds.SelectboxColumn(**common, options=column.choices),
        "choices": lambda: kinds.MultiselectColumn(**common, options=column.choices),
        "texts": lambda: kinds.MultiselectColumn(**common, options=(), accept_new_options=True),
        "flag": lambda: kinds.CheckboxColumn(**common),
    }
    return made.get(column.kind, lambda: kinds.TextColumn(**common))()
