"""Grids to type into: what is typed in their cells becomes entries of the draft, each once.

A grid is not drawn anew under whoever types in it: its cursor would go, with the open editor and what the browser holds back
before it sends it. So its cells show what was typed, also where that is refused, until something else than typing changes what
they show. Streamlit stops a run, within a callback as well, when the browser asks for the next one. So what a grid holds is
compared with what was taken of it, at the beginning of each run too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from budget_model.editing.typed_entries import Entry
from budget_model.formats import NIL
from budget_model.pages.shared import changed_cells, draft_session, drawn_anew, typed_fields

Cells = Mapping[int, Mapping[str, Any]]  # typed cells by line and column
Reader = Callable[[Cells, Cells], Sequence[Entry]]
_GRIDS = "grids"  # by their keys, the newest last
_NEVER = object()


@dataclass
class Grid:
    """A grid of a table: the cells it was given, how it looks, and how new cells are read beside those taken before."""

    table: str
    cells: pd.DataFrame
    look: Mapping[str, Any]
    read: Reader
    taken: Cells = field(default_factory=dict)


def show_grid(key: str, made: Callable[[], Grid]) -> None:
    """Show the grid of a key as it was made when it came to the page; one that comes back is made anew."""
    if key not in _grids() or key not in st.session_state:
        _grids().pop(key, None)
        _grids()[key] = made()
    grid = _grids()[key]
    st.data_editor(
        changed_cells.marked(grid.cells), key=key, hide_index=True, placeholder=NIL, on_change=_typed, args=(key, grid), **grid.look
    )
    if _take(key, grid):  # what the browser brings unannounced after a lost connection
        st.rerun()


def take_what_was_missed() -> None:
    """Take what grids and fields hold of which a run was stopped before it was taken."""
    typed_fields.take_what_was_missed()
    for key, grid in list(_grids().items()):
        if key in st.session_state:
            _take(key, grid)
        else:
            del _grids()[key]


def _typed(key: str, grid: Grid) -> None:
    drawn_anew.put_off_renewal()
    if _take(key, grid) and [one for one in _grids().values() if one.table == grid.table][-1] is not grid:
        drawn_anew.renew()  # typed while the grid was being replaced: the new one does not show it


def _take(key: str, grid: Grid) -> bool:
    """Take the cells that a grid holds otherwise than before, and return whether anything is different now."""
    held: Cells = deepcopy(st.session_state[key]["edited_rows"])
    new = {line: _new(cells, grid.taken.get(line, {})) for line, cells in held.items() if cells != grid.taken.get(line)}
    entries = grid.read(new, grid.taken)
    different = draft_session.enter(entries)
    grid.taken = held
    if different and any(entry.field == "name" for entry in entries):
        drawn_anew.renew(by=grid.table)  # names stand in other tables as well
    return different


def _new(cells: Mapping[str, Any], taken: Mapping[str, Any]) -> dict[str, Any]:
    return {column: typed for column, typed in cells.items() if typed != taken.get(column, _NEVER)}


def _grids() -> dict[str, Grid]:
    grids: dict[str, Grid] = st.session_state.setdefault(_GRIDS, {})
    return grids
