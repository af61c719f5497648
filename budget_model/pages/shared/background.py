"""Work that a page does not wait for: it is done in a process of its own, and the page is shown anew once it is done."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from budget_model.simulation.worker import Worker

SECONDS = 1  # between looks at whether it is done


def taken(slot: str, key: Hashable) -> Any | None:
    """Return what the work of a slot came to if it was asked for `key` and is done, once; None otherwise.

    Raises SimulationError, in words, where it was stopped.
    """
    waiting = _waiting(slot)
    if not waiting or waiting[0] != key or not waiting[1].done() or waiting[1].cancelled():
        return None
    del st.session_state[slot]
    return waiting[1].result()


def ask(slot: str, key: Hashable, worker: Worker, function: Callable[..., Any], *given: Any) -> None:
    """Have a function of a module calculated for a slot, unless that is under way for the same `key`."""
    waiting = _waiting(slot)
    if not waiting or waiting[0] != key or waiting[1].cancelled():
        st.session_state[slot] = (key, worker.ask(visitor(), function, *given))


@st.fragment(run_every=SECONDS)
def follow(slot: str) -> None:
    """Show the page anew once the work of a slot is done, or never will be."""
    waiting = _waiting(slot)
    if waiting is None or waiting[1].done():
        st.rerun()


def visitor() -> str:
    """Return who asks: of one visitor's requests that wait for a worker, the newest alone is calculated."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else ""


def _waiting(slot: str) -> tuple[Hashable, Future[Any]] | None:
    found: tuple[Hashable, Future[Any]] | None = st.session_state.get(slot)
    return found
