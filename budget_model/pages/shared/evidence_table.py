"""The assumptions one by one: value, range, source, confidence and note of each, to edit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from budget_model.editing.changes import Change
from budget_model.formats import NIL
from budget_model.pages.shared import draft_session
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.widgets import say
from budget_model.scenario.assumption import Assumption, SourcedValue
from budget_model.scenario.axes import Axis
from budget_model.scenario.tables import TABLES, PlacedAssumption, placed_assumptions

# The areas of a scenario's assumptions by their axis: the whole program, then table by table.
AREAS: dict[Axis | None, str] = {None: "Whole program"} | {axis: model.table.title for axis, model, _ in TABLES}
CONFIDENCE = ("low", "medium", "high")
_MOST_LINES, _TALLEST = 16, 620  # of a table that is shown whole; pixels of a longer one, which scrolls
_PARTS = ("value", "low", "high", "source", "confidence", "note")


def edit_assumptions(screen: ScreenState) -> None:
    """Show the assumptions of an area with their evidence, to edit."""
    say("A number that you change has no source until you give one. Shares are decimals here, as in scenario files.", "quiet")
    names = {label: axis for axis, label in AREAS.items()}
    area = st.selectbox("Area", list(names), key="edited_area")
    found = [
        placed
        for placed in placed_assumptions(screen.now.scenario)
        if placed.axis is names[area]
        and not isinstance(placed.assumption.value, date)
        and (placed.axis is None or placed.assumption.is_given)
    ]
    if not found:
        say("This scenario gives no numbers here.", "quiet")
        return
    key = f"assumptions.{screen.slug}.{area}.{draft_session.generation()}"
    if st.session_state.get("register_key") != key:
        st.session_state["register_key"], st.session_state["register"] = key, (_frame(found), found)
    table, listed = st.session_state["register"]
    columns = st.column_config
    st.data_editor(
        table,
        key=key,
        hide_index=True,
        placeholder=NIL,
        height=_TALLEST if len(listed) > _MOST_LINES else "content",
        disabled=["item", "label", "unit"],
        column_config={
            "item": columns.TextColumn("Item", pinned=True),
            "label": columns.TextColumn("Assumption", width="medium"),
            "value": columns.NumberColumn("Value", required=True, format="%.10g"),
            "unit": columns.TextColumn("Unit"),
            "low": columns.NumberColumn("Low", format="%.10g"),
            "high": columns.NumberColumn("High", format="%.10g"),
            "source": columns.TextColumn("Source", width="medium", help="Who says so, and where it is published."),
            "confidence": columns.SelectboxColumn("Confidence", options=CONFIDENCE, required=True, help="Low where there is no source."),
            "note": columns.TextColumn("Note", width="medium"),
        },
        on_change=_typed,
        args=(listed, key),
        alt=f"Assumptions of {area}: {len(found)} lines to edit",
    )


def _frame(found: list[PlacedAssumption]) -> pd.DataFrame:
    lines = [
        {
            "item": placed.item or "Whole program",
            "label": placed.declared.label,
            "value": placed.assumption.value,
            "unit": placed.declared.unit,
            "low": placed.assumption.low,
            "high": placed.assumption.high,
            "source": placed.assumption.source,
            "confidence": placed.assumption.confidence,
            "note": placed.assumption.note,
        }
        for placed in found
    ]
    return pd.DataFrame(lines).astype({"low": float, "high": float})


def _typed(listed: list[PlacedAssumption], key: str) -> None:
    edited: dict[int, dict[str, Any]] = st.session_state[key]["edited_rows"]
    changes = [change for row, typed in edited.items() if (change := _change(listed[int(row)], typed))]
    if changes:
        draft_session.enter(
            changes, f"{changes[0].item or 'Whole program'}, {changes[0].field.replace('_', ' ')}: number or evidence edited"
        )


def _change(placed: PlacedAssumption, typed: dict[str, Any]) -> Change | None:
    """Return the assumption with what was typed; a new value drops the evidence that does not speak of it."""
    given = placed.assumption
    kept = {part: getattr(given, part) for part in SourcedValue.model_fields} | {"evidence": given.evidence}
    if typed.get("value", given.value) != given.value:
        kept = {"value": given.value, "confidence": "low", "owner": given.owner}
    content = {part: value for part, value in {**kept, **typed}.items() if value not in (None, "")}
    places = {(now.table, now.item, now.field): now.assumption for now in placed_assumptions(draft_session.standing())}
    standing = places.get((placed.table, placed.item, placed.field))
    nothing = {part: Assumption.model_fields[part].default for part in _PARTS}
    same = standing and all(getattr(standing, part) == content.get(part, nothing[part]) for part in _PARTS)
    return None if same or standing is None else Change(placed.table, placed.item, placed.field, content)
