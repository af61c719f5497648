"""One cell of Build by itself, where a link leads to it: what it is, where it stands, and a field to change it."""

from __future__ import annotations

import streamlit as st

from budget_model.editing.typed_entries import GENERAL, Entry, Place, field_at
from budget_model.formats import spoken
from budget_model.pages.shared import draft_session, drawn_anew, jumps, line_address, why_links
from budget_model.pages.shared.address import quoted
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.widgets import plain, say
from budget_model.scenario.entries import as_typed
from budget_model.scenario.fields import Field
from budget_model.scenario.schema import Scenario
from budget_model.scenario.tables import MODELS, PlacedAssumption, placed_assumptions

_TYPED = "cell_entry.typed"


def show(screen: ScreenState, part: str, assumptions: str) -> None:
    """Show the cell that the address names, on its own part of Build; numbers of the whole program stand under `assumptions`."""
    asked = st.query_params.get_all(why_links.CELL)
    if not asked:
        return
    table, item, field = (*asked, "", "")[:3]
    if part != (assumptions if table == GENERAL else MODELS[table].table.part if table in MODELS else part):
        return
    scenario = screen.now.scenario
    placed = _placed(scenario, (table, item, field))
    if placed is not None:
        _cell(scenario, placed)
    elif table in MODELS and field in MODELS[table].model_fields and any(line.name == item for line in getattr(scenario, table)):
        of_line = f"The line {item} stands in the table {MODELS[table].table.title} below."
        say(of_line if field == "name" else f"Change it in the table below: {spoken(field)}, in the line {item}.")
        _whole_line(table, item)
    else:
        st.warning(plain(f"The address asks for the cell {quoted(asked)}, which is not here."), icon=":material/link_off:")


def _placed(scenario: Scenario, place: Place) -> PlacedAssumption | None:
    return next((one for one in placed_assumptions(scenario) if (one.table, one.item, one.field) == place), None)


def _cell(scenario: Scenario, placed: PlacedAssumption) -> None:
    place = (placed.table, placed.item, placed.field)
    takes = field_at(scenario, placed.table, placed.field)
    value = _shown(placed, takes)
    where = placed.item or "Whole program"
    with st.container(border=True, key="cell_entry"):
        say(f"{where}: {placed.declared.label}. It stands at {value or 'nothing'} ({placed.declared.unit}).")
        key = ".".join((_TYPED, *place, value))  # another one where the value is another, by undo for instance
        with st.form("cell_entry.form", border=False), st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.text_input(plain(f"New value, {where}"), value, key=key, help=plain(f"Expected: {takes.expected}."))
            st.form_submit_button("Set", type="primary", on_click=_set, args=(place, key))
        if placed.table != GENERAL:
            _whole_line(placed.table, placed.item)


def _whole_line(table: str, item: str) -> None:
    st.button("Open the whole line as a form", key="cell_entry.line", type="tertiary", on_click=_open_line, args=(table, item))


def _open_line(table: str, item: str) -> None:
    st.query_params.pop(why_links.CELL, None)
    line_address.open_line(table, item)
    st.query_params.update(jumps.to(table))


def _shown(placed: PlacedAssumption, takes: Field) -> str:
    """Return the value as it can be typed again, a share with its sign."""
    typed = str(as_typed(placed.assumption.value, takes))
    return f"{typed}%" if takes.kind == "share" else typed


def _set(place: Place, key: str) -> None:
    draft_session.enter([Entry(*place, st.session_state[key])])
    drawn_anew.renew()
