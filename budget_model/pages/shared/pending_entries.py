"""Entries that are not taken, beside their table: where, what was typed and what is expected, to correct or to drop."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import streamlit as st

from budget_model.editing.typed_entries import GENERAL, Entry, Place
from budget_model.formats import counted
from budget_model.pages.shared import draft_session, drawn_anew
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.widgets import say
from budget_model.scenario.entries import Refused, whole_text
from budget_model.scenario.tables import MODELS

_MOST = 10  # that are shown at a time: each has a field and two buttons


def show_pending(screen: ScreenState, tables: Collection[str], but: Collection[Place] = ()) -> None:
    """Show the entries of some tables that are not taken, each with a field to correct it, but those at places that have one."""
    found = [one for one in draft_session.pending(screen.draft) if one.table in tables and one.place not in but]
    if not found:
        return
    with st.container(border=True):
        say(f"{counted(len(found), 'entry is', 'entries are')} not taken and not counted.", "alert")
        for one in found[:_MOST]:
            _show(one)
        if len(found) > _MOST:
            say(f"{counted(len(found) - _MOST, 'more is', 'more are')} shown when these are dealt with.", "quiet")


def say_what_is_pending_elsewhere(screen: ScreenState, tables: Collection[str]) -> None:
    """Say where entries are pending that are not of these tables."""
    elsewhere = [one.table for one in draft_session.pending(screen.draft) if one.table not in tables]
    if elsewhere:
        titles = dict.fromkeys(MODELS[table].table.title if table in MODELS else "Whole program" for table in elsewhere)
        say(f"{counted(len(elsewhere), 'entry is', 'entries are')} not taken under {', '.join(titles)}.", "alert")


def show_pending_before_saving(screen: ScreenState) -> None:
    """Show the entries of all tables that are not taken, and what saving does to them."""
    if draft_session.pending(screen.draft):
        say("A saved version does not have the entries that are not taken: correct or drop them before you save.", "alert")
        show_pending(screen, (GENERAL, *MODELS))


def _show(one: Refused) -> None:
    key = ".".join(("pending", *one.place))
    say(one.words)
    with (
        st.form(f"form.{key}", border=False),
        st.container(horizontal=True, vertical_alignment="center", gap="small"),
    ):
        if not isinstance(one.typed, Mapping):  # a number with its evidence, as version 0.4.0 kept it, has more than one field
            st.text_input(f"Correct {one.where}", whole_text(one.typed), key=key, label_visibility="collapsed")
            st.form_submit_button("Correct", key=f"correct.{key}", type="primary", on_click=_correct, args=(one, key))
        st.form_submit_button("Drop", key=f"drop.{key}", on_click=draft_session.drop, args=(one.place,))


def _correct(one: Refused, key: str) -> None:
    typed: Any = st.session_state[key]
    draft_session.enter([Entry(*one.place, typed)])
    drawn_anew.renew()
