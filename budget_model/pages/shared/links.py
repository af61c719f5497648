"""The addresses to mail: a draft, these figures whatever is saved later, or always the newest; after the question where a check fails."""

from __future__ import annotations

import streamlit as st

from budget_model.pages.shared import ask_first, check_list
from budget_model.pages.shared.address import addressed, addressed_overview
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.widgets import say

_ACCEPTED = "link.accepted"


def show(screen: ScreenState) -> None:
    """Show the addresses of what is on the screen."""
    if not _is_asked(screen, "link"):
        return
    if screen.draft:
        _address("This draft. Whoever opens the link edits the same draft, and sees what you change.", addressed())
    elif screen.is_file:
        _address("This scenario, a file of the library.", addressed(version=""))
    else:
        _address(_these(screen), addressed(version=f"{screen.version}"))
        _address("Always the newest version.", addressed(version=""))


def show_of_version(screen: ScreenState) -> None:
    """Show where others read a saved version: its Overview."""
    if _is_asked(screen, "link_of_version"):
        _address(_these(screen), addressed_overview(scenario=screen.slug, version=f"{screen.version}"))
        _address("Always the newest version.", addressed_overview(scenario=screen.slug))


def _these(screen: ScreenState) -> str:
    return f"These figures: version {screen.version}, whatever is saved later."


def _is_asked(screen: ScreenState, key: str) -> bool:
    """Whether no check fails, or the question was answered; asks it else."""
    failing = check_list.failing(screen.now)
    if failing and st.session_state.get(_ACCEPTED) != failing:
        if not ask_first.question(key, failing, "Show the link all the same"):
            return False
        st.session_state[_ACCEPTED] = failing
        st.rerun()
    return True


def _address(about: str, address: str) -> None:
    say(about, "quiet")
    st.code(address, language=None, wrap_lines=True)
