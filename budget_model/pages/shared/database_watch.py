"""What every page says while the database is away or does not take changes; it looks again by itself."""

from __future__ import annotations

import logging

import streamlit as st

from budget_model.errors import StoreError, UnavailableError
from budget_model.pages.shared import catalog, draft_session, held_moves, leaving
from budget_model.pages.shared.widgets import plain
from budget_model.store.database import Database, configured_url


def open_once() -> None:
    """Open the database as the server starts, so that what keeps it from being opened is said on the console then."""
    try:
        Database(configured_url()).engine.dispose()
    except StoreError as error:
        say_on_the_console(error)


def say_on_the_console(error: StoreError) -> None:
    """Say in one sentence what the database does not do."""
    logging.getLogger("budget_model").error("%s", error)


def show() -> None:
    """Say where the changes on the screen are while they are not in the database, until they are."""
    if held_moves.said():
        leaving.mark_as_held()
    if catalog.away() or held_moves.said():
        _look_again()


@st.fragment(run_every=held_moves.PAUSE_SECONDS)
def _look_again() -> None:
    if _answers():
        st.rerun()
    st.warning(plain(draft_session.where_changes_are()), icon=":material/cloud_off:")


def _answers() -> bool:
    """Send what is held, and return whether the database takes and gives everything again."""
    if held_moves.said():
        draft_session.deliver()
        return not held_moves.said()
    try:
        catalog.offered()
    except UnavailableError:
        return False
    return not catalog.away()
