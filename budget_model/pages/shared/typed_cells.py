"""What is typed into the cells of grids, taken as entries of the draft once, whatever comes between.

Streamlit stops a run, within a callback as well, when the browser asks for the next one, and never calls back for a grid that
was replaced meanwhile. So what a grid holds is compared with what was taken of it, also of grids that were just replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

import streamlit as st

from budget_model.editing.typed_entries import Entry
from budget_model.pages.shared import draft_session

Cells = Mapping[int, Mapping[str, Any]]  # typed cells by line and column
Reader = Callable[[Cells], Sequence[Entry]]
_GRIDS = "typed_cells.grids"  # of each grid: how its cells are read, and those that were taken


def take(key: str, read: Reader) -> bool:
    """Take what a grid holds, and return whether anything is different now."""
    cells: Cells = deepcopy(st.session_state[key]["edited_rows"])
    different = draft_session.enter(read(cells))
    st.session_state.setdefault(_GRIDS, {})[key] = (read, cells)
    return different


def take_what_was_missed() -> bool:
    """Take what any grid holds and was not taken, also one that was replaced; return whether anything is different now."""
    grids: dict[str, tuple[Reader, Cells]] = st.session_state.setdefault(_GRIDS, {})
    for gone in [key for key in grids if key not in st.session_state]:
        del grids[gone]
    missed = [(key, read) for key, (read, done) in grids.items() if st.session_state[key]["edited_rows"] != done]
    return sum(take(key, read) for key, read in missed) > 0
