"""One line of a table as a form: its fields in groups, each with its evidence, and what they move below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from budget_model.editing.grid import Column, columns
from budget_model.editing.typed_entries import Entry, Place, plain_value
from budget_model.pages.shared import draft_session, line_acts, line_address, line_effect, line_evidence
from budget_model.pages.shared.address import quoted
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.typed_fields import show_field
from budget_model.pages.shared.widgets import plain
from budget_model.scenario.assumption import Assumption
from budget_model.scenario.declarations import Group, field_of
from budget_model.scenario.entries import Refused
from budget_model.scenario.field_groups import first_columns, groups_of
from budget_model.scenario.schema import Item
from budget_model.scenario.tables import MODELS


@dataclass(frozen=True)
class _Form:
    """What the fields of a line need to know."""

    screen: ScreenState
    table: str
    item: Item
    key: str
    waiting: dict[Place, Refused]
    saved: dict[str, str]  # what is saved of changed fields
    asked_first: frozenset[str]  # the fields that a line begins with, of one that is not saved yet

    def place(self, field: str) -> Place:
        """Return where a field of the line is typed."""
        return self.table, self.item.name, field


def choose(screen: ScreenState, table: str) -> str:
    """Offer the lines of a table to open as a form; return the one that the address names, '' for none."""
    items: Sequence[Item] = getattr(screen.now.scenario, table)
    names = [item.name for item in items]
    name = line_address.followed(table, items)
    if name and name not in names:
        words = f"The address asks for the line {quoted([name])} of {MODELS[table].table.title}, which is not here. Choose another."
        st.warning(plain(words), icon=":material/link_off:")
        name = ""
    key = f"open.{table}"
    st.session_state[key] = name or None
    st.selectbox(
        "One line as a form",
        names,
        index=None,
        placeholder="Choose a line",
        key=key,
        on_change=_chosen,
        args=(table, key),
        width=420,
    )
    return name


def say_unknown_table() -> None:
    """Say that the address asks for a line of a table that no plan has."""
    table, _ = line_address.asked()
    if table and table not in MODELS:
        st.warning(plain(f"The address asks for a line of the table {quoted([table])}, which is not here."), icon=":material/link_off:")


def _chosen(table: str, key: str) -> None:
    line_address.open_line(table, st.session_state[key] or "")


def show(screen: ScreenState, table: str, name: str) -> set[Place]:
    """Show the form of a line; return the places of the fields that are shown in it."""
    items: Sequence[Item] = getattr(screen.now.scenario, table)
    place = next(place for place, item in enumerate(items) if item.name == name)
    own = [change for change in screen.changes if (change.table, change.item) == (table, name)]
    form = _Form(
        screen,
        table,
        items[place],
        f"{screen.slug}.{table}.{place}",
        {one.place: one for one in draft_session.pending(screen.draft)},
        {change.field: change.shown_before for change in own},
        frozenset() if name in {item.name for item in getattr(screen.saved.scenario, table)} else frozenset(first_columns(MODELS[table])),
    )
    _head(table, [item.name for item in items], place)
    by_field = {column.field: column for column in columns(screen.now.scenario, table, every=True)}
    shown: set[Place] = set()
    for group, fields in groups_of(MODELS[table]).items():
        shown |= _group(form, group, [by_field[field] for field in fields])
    with st.container(key="line_effect"):
        line_effect.show(screen, table, name)
    line_acts.offer_for(screen.now.scenario, table, name)
    return shown


def _head(table: str, names: Sequence[str], place: int) -> None:
    """Show which line it is of how many, and the way to the ones beside it."""
    st.subheader(plain(names[place]), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        before, after = names[max(place - 1, 0)], names[min(place + 1, len(names) - 1)]
        _to(table, "Previous line", before, ":material/chevron_left:", place == 0)
        _to(table, "Next line", after, ":material/chevron_right:", place == len(names) - 1)
        _to(table, "Close the form", "", ":material/close:", False)
        st.caption(f"Line {place + 1} of {len(names)}")


def _to(table: str, label: str, name: str, icon: str, off: bool) -> None:
    st.button(label, icon=icon, key=f"{label}.{table}", on_click=line_address.open_line, args=(table, name), disabled=off, type="tertiary")


def _group(form: _Form, group: Group, fields: Sequence[Column]) -> set[Place]:
    """Show a group of fields, open where one of them says something; return the places that are shown."""
    key = f"group.{form.key}.{group}"
    # As it was at first: an expander that is to begin otherwise is another one, with other fields, and loses what is typed in them.
    begins_open = st.session_state.setdefault(f"begins.{key}", any(_says_something(form, column) for column in fields))
    with st.expander(str(group), expanded=begins_open, key=key, on_change="rerun") as box:
        if not box.open:
            return set()
        for column in fields:
            _field(form, column)
    return {form.place(column.field) for column in fields}


def _says_something(form: _Form, column: Column) -> bool:
    """Whether a field holds more than what holds where nothing is said, is the first to be asked for, or an entry of it is not taken."""
    given = field_of(form.item, column.field)
    if form.place(column.field) in form.waiting or column.field in form.saved or column.field in form.asked_first:
        return True
    if isinstance(given, Assumption):
        return given.is_given and given.value not in (0, column.takes.default)
    return given not in (column.takes.default, None, "", ())


def _field(form: _Form, column: Column) -> None:
    """Show a field with what is saved of it where it is changed, its evidence, and why what was typed is not taken."""
    given = field_of(form.item, column.field)
    place, key = form.place(column.field), f"{form.key}.{column.field}"
    refused = form.waiting.get(place)
    with st.container(gap="xxsmall"):  # one for each field, so that what comes and goes below it moves no other
        about = f"{column.heading} in the table. Expected: {column.takes.expected}."
        show_field(f"field.{key}", Entry(*place, plain_value(given)), column.takes, refused, column.label, about)
        if column.field in form.saved:
            st.html(f'<p class="saved">Saved: {escape(form.saved[column.field])}</p>')
        if refused:
            st.html(f'<p class="alert">{escape(refused.words)}</p>')
            st.button("Drop", key=f"drop.{key}", on_click=draft_session.drop, args=(place,), type="tertiary")
        if isinstance(given, Assumption) and given.is_given:
            line_evidence.show(form.screen.now.scenario, key, place, given, form.waiting)
