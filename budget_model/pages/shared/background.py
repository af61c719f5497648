"""Work that a page does not wait for: it is done in a process of its own, and the page is shown anew once it is done."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from budget_model.simulation.worker import Worker

SECONDS = 1  # between looks at whether it is done
_MOST_KEPT = 32  # results of one slot


def taken(slot: str, key: Hashable) -> Any | None:
    """Return what the work of a slot came to if it was asked for `key` and is done, once; None otherwise.

    Raises SimulationError, in words, where it was stopped.
    """
    waiting = _waiting(slot)
    if not waiting or waiting[0] != key or not waiting[1].done() or waiting[1].cancelled():
        return None
    del st.session_state[slot]
    return waiting[1].result()


def ask(slot: str, key: Hashable, who: str, worker: Worker, function: Callable[..., Any], *given: Any) -> None:
    """Have a function of a module calculated for a slot, unless that is under way for the same `key`; `who` asks the worker for it."""
    waiting = _waiting(slot)
    if not waiting or waiting[0] != key or waiting[1].cancelled():
        st.session_state[slot] = (key, worker.ask(who, function, *given))


def once_for_all(slot: str, key: Hashable, function: Callable[..., Any], *given: Any) -> Any | None:
    """Return what a function of a module comes to for `key`, calculated once for all visitors; None while it is calculated.

    That is done in one process for all such work, so that nobody's draws wait for it. Raises SimulationError, in words, where it was
    stopped.
    """
    known = _results(slot)
    if key not in known:
        found = taken(slot, key)
        if found is None:
            ask(slot, key, f"{visitor()} {slot}", _worker(), function, *given)
            return None
        known[key] = found
        while len(known) > _MOST_KEPT:
            known.pop(next(iter(known)))
    return known[key]


@st.cache_resource(show_spinner=False)
def _results(slot: str) -> dict[Hashable, Any]:
    """Return what a slot came to lately, by what it was asked for."""
    return {}


@st.cache_resource(show_spinner=False)
def _worker() -> Worker:
    return Worker()


def is_awaited(slot: str, key: Hashable) -> bool:
    """Return whether this visitor waits for what a slot comes to for `key`."""
    waiting = _waiting(slot)
    return waiting is not None and waiting[0] == key


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
