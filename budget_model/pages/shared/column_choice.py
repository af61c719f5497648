"""Which columns of a table are on the screen: those that matter, and others by their group or looked for by name."""

from __future__ import annotations

import streamlit as st

from budget_model.editing.grid import Column, columns
from budget_model.scenario.declarations import Group
from budget_model.scenario.field_groups import groups_of
from budget_model.scenario.schema import Scenario
from budget_model.scenario.tables import MODELS


def choose(scenario: Scenario, table: str) -> tuple[Column, ...]:
    """Offer the columns of a table that are not shown at first, and return those that are shown."""
    first = {column.field for column in columns(scenario, table)}
    more = {column.field: column.heading for column in columns(scenario, table, every=True) if column.field not in first}
    if not more:
        return columns(scenario, table)
    counts = {group: len(more.keys() & {*fields}) for group, fields in groups_of(MODELS[table]).items()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        groups: list[Group] = st.pills(
            "More columns",
            [group for group, count in counts.items() if count],
            selection_mode="multi",
            format_func=lambda group: f"{group} ({counts[group]})",
            key=f"groups.{table}",
            persist_state="session",
        )
        fields: list[str] = st.multiselect(
            "Find a column",
            list(more),
            format_func=more.__getitem__,
            key=f"columns.{table}",
            placeholder="Type a part of its name",
            width=200,
            persist_state="session",
        )
        every = st.toggle("All columns", key=f"every.{table}", persist_state="session")
    return columns(scenario, table, every=every, groups=groups, fields=fields)
