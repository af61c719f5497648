"""What of a table is otherwise than in the saved scenario: beside each changed cell what is saved, and a list below the table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from pandas.io.formats.style import Styler

from budget_model.editing.differences import Difference
from budget_model.editing.grid import Column
from budget_model.formats import counted
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.widgets import Line, say, sheet

_SAVED = "saved: "  # begins the name of a column that shows what is saved of another
_MOST = 8  # changes that the list shows
_LOOK = "background-color: #FFE9B8; color: #4A3000"


def of_table(screen: ScreenState, table: str) -> list[Difference]:
    """Return the changes of cells of a table since the saved scenario."""
    return [change for change in screen.changes if change.table == table and change.item and change.field]


def with_saved(screen: ScreenState, table: str, cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of a table with a column beside each that has changed ones, which says of these what is saved."""
    places = {item.name: place for place, item in enumerate(getattr(screen.now.scenario, table))}
    changed: dict[str, dict[int, str]] = {}
    for change in of_table(screen, table):
        if change.field in cells:
            changed.setdefault(change.field, {})[places[change.item]] = change.shown_before
    beside = {field: pd.Series(saved, dtype=object).reindex(cells.index) for field, saved in changed.items()}
    parts = [part for field in cells for part in (cells[field], *([beside[field].rename(_SAVED + field)] if field in beside else []))]
    return pd.concat(parts, axis=1)


def headings(cells: pd.DataFrame, shown: Sequence[Column]) -> dict[str, str]:
    """Return the columns that say what is saved, each with its heading."""
    return {_SAVED + column.field: f"{column.heading}: saved" for column in shown if _SAVED + column.field in cells}


def marked(cells: pd.DataFrame) -> pd.DataFrame | Styler:
    """Return cells in which those that say what is saved stand out."""
    beside = [name for name in cells if str(name).startswith(_SAVED)]
    return cells.style.map(lambda saved: _LOOK if isinstance(saved, str) else "", subset=beside) if beside else cells


def show(screen: ScreenState, table: str) -> None:
    """List the changed cells of a table, as they are now."""
    found = of_table(screen, table)
    if not found:
        return
    lines = [Line(f"{change.item}: {change.label}", [change.shown_before, change.shown_after]) for change in found[:_MOST]]
    sheet([f"{counted(len(found), 'changed cell')} of this table", "Saved", "Now"], lines, text_columns=2)
    if len(found) > _MOST:
        say(f"{counted(len(found) - _MOST, 'more is', 'more are')} listed under Review and save.", "quiet")
