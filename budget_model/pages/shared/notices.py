"""What is said once, on the next page: what was done, or what was not and why."""

from __future__ import annotations

import streamlit as st

_NOTICE = "notices.notice"


def notify(text: str, *, done: bool = False, in_passing: bool = False) -> None:
    """Say something on the next page: what was `done`, or what was not and why; `in_passing` for what the page shows by itself."""
    st.session_state[_NOTICE] = (text, done, in_passing)


def notify_unless_more_is_said(text: str) -> None:
    """Say on the next page what was not done, unless something else is to be said there."""
    st.session_state.setdefault(_NOTICE, (text, False, False))


def notice() -> tuple[str, bool, bool]:
    """Return what is to be said once, whether it is something done, and whether it is said in passing."""
    said: tuple[str, bool, bool] = st.session_state.pop(_NOTICE, ("", False, False))
    return said
