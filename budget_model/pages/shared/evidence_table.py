"""The assumptions one by one: value, range, source, confidence, kind, note, owner and confirmation of each, to edit."""

from __future__ import annotations

from functools import partial
from typing import Any, get_args

import pandas as pd
import streamlit as st

from budget_model.editing.typed_entries import GENERAL, Entry, field_at
from budget_model.pages.shared import drawn_anew, line_names, typed_cells
from budget_model.pages.shared.empty_state import teach_in_build
from budget_model.pages.shared.pending_entries import say_what_is_pending_elsewhere, show_pending
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.typed_cells import Cells, Grid
from budget_model.pages.shared.widgets import say
from budget_model.scenario.assumption import EvidenceKind
from budget_model.scenario.axes import Axis
from budget_model.scenario.entries import as_typed
from budget_model.scenario.fields import Field
from budget_model.scenario.schema import Scenario
from budget_model.scenario.tables import MODELS, TABLES, PlacedAssumption, placed_assumptions

# The areas of a scenario's assumptions by their axis: the whole program, then table by table.
AREAS: dict[Axis | None, str] = {None: "Whole program"} | {axis: model.table.title for axis, model, _ in TABLES}
CONFIDENCE = ("low", "medium", "high")
KINDS = tuple(kind for kind in get_args(EvidenceKind) if kind)
_TABLE = "assumptions"  # that the grid is of
_MOST_LINES, _TALLEST = 16, 620  # of a table that is shown whole; pixels of a longer one, which scrolls
_WIDEST, _UNIT = 330, 130  # pixels of a name, most of which are shown whole, and of a unit
_TEXTS = ("source", "confidence", "kind", "note", "owner", "comment", "confirmed_by", "confirmed_on")
_COLUMNS = ("label", "value", "low", "high", "unit", *_TEXTS)


def edit_assumptions(screen: ScreenState) -> None:
    """Show the assumptions of an area with their evidence, to edit."""
    say("A number that you change has no source until you give one. Shares are percentages.", "quiet")
    names = {label: axis for axis, label in AREAS.items()}
    area = st.selectbox("Area", list(names), key="edited_area")
    tables = [table for axis, _, table in TABLES if axis is names[area]] or [GENERAL]
    say_what_is_pending_elsewhere(screen, tables)
    show_pending(screen, tables)
    found = [
        placed
        for placed in placed_assumptions(screen.now.scenario)
        if placed.axis is names[area] and (placed.axis is None or placed.assumption.is_given)
    ]
    if not found:
        part = MODELS[tables[0]].table.part  # those of the whole program are never missing
        teach_in_build("No number stands here yet: they come with the lines of the table.", "Add a line", part, "quiet")
        return
    key = f"assumptions.{screen.slug}.{area}.{drawn_anew.generation(_TABLE)}"
    typed_cells.show_grid(key, lambda: _grid(screen.now.scenario, area, found))


def _grid(scenario: Scenario, area: str, listed: list[PlacedAssumption]) -> Grid:
    columns = st.column_config
    labels = [one.declared.label for one in listed]
    items = [one.item for one in listed if one.item]
    names = items or labels
    look = {
        "height": _TALLEST if len(listed) > _MOST_LINES else "content",
        **line_names.of_lines(names),
        "disabled": ["item", "label", "unit"],
        "column_order": [*(["item"] if items else []), *_COLUMNS],
        "column_config": {
            "item": columns.TextColumn("Item", pinned=True, width=line_names.width(items)),
            "label": columns.TextColumn("Assumption", pinned=names is labels, width=min(_WIDEST, line_names.width(labels))),
            "value": columns.TextColumn("Value", alignment="right"),
            "unit": columns.TextColumn("Unit", width=_UNIT),
            "low": columns.TextColumn("Low", alignment="right"),
            "high": columns.TextColumn("High", alignment="right"),
            "source": columns.TextColumn("Source", width="medium", help="Who says so, and where it is published."),
            "confidence": columns.SelectboxColumn("Confidence", options=CONFIDENCE, help="Low where there is no source."),
            "kind": columns.SelectboxColumn(
                "Kind", options=KINDS, help="Facts, forecasts and prices are uncertain; the others are choices."
            ),
            "note": columns.TextColumn("Note", width="medium"),
            "owner": columns.TextColumn("Owner", help="Who can confirm the value: a department or another partner."),
            "comment": columns.TextColumn("Comment", width="medium"),
            "confirmed_by": columns.TextColumn("Confirmed by"),
            "confirmed_on": columns.TextColumn("Confirmed on", help="A day, such as May 1, 2019."),
        },
        "alt": f"Assumptions of {area}: {len(listed)} lines to edit",
    }
    return Grid(_TABLE, _frame(scenario, listed), look, partial(_entries, listed))


def _frame(scenario: Scenario, found: list[PlacedAssumption]) -> pd.DataFrame:
    return pd.DataFrame([_line(placed, field_at(scenario, placed.table, placed.field)) for placed in found], dtype=object)


def _line(placed: PlacedAssumption, takes: Field) -> dict[str, Any]:
    """Return the cells of an assumption as they can be typed again; a share bears its sign, for the units of a column differ."""
    sign = "%" if takes.kind == "share" else ""
    given = placed.assumption
    numbers = {part: as_typed(getattr(given, part), takes) for part in ("value", "low", "high")}
    return {
        "item": placed.item or "Whole program",
        "label": placed.declared.label,
        **{part: shown and f"{shown}{sign}" for part, shown in numbers.items()},
        "unit": takes.unit.replace("share", "%", 1) if sign else takes.unit,
        **{part: getattr(given, part) for part in _TEXTS},
    }


def _entries(listed: list[PlacedAssumption], new: Cells, taken: Cells) -> list[Entry]:
    """Return the cells of each line in which one is new: a number typed again keeps the source that was typed beside it."""
    lines = {line: {**taken.get(line, {}), **parts} for line, parts in new.items()}
    return [_entry(listed[int(line)], part, typed) for line, parts in lines.items() for part, typed in parts.items()]


def _entry(placed: PlacedAssumption, part: str, typed: Any) -> Entry:
    return Entry(placed.table, placed.item, placed.field if part == "value" else f"{placed.field}.{part}", typed)
