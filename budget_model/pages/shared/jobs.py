"""Long work in a process of its own, so that no other visitor waits for it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import ParamSpec, TypeVar

import streamlit as st

from budget_model.errors import WorkbookError
from budget_model.processes import processes

_WORKERS = 2
_TASKS_EACH = 8  # then a fresh process, which gives memory back
Given = ParamSpec("Given")
Result = TypeVar("Result")


@st.cache_resource(show_spinner=False)
def _pool() -> ProcessPoolExecutor:
    return processes(_WORKERS, tasks_each=_TASKS_EACH)


def run(function: Callable[Given, Result], *given: Given.args, **named: Given.kwargs) -> Result:
    """Return what a function of a module comes to, calculated in another process; its errors are raised here.

    Raises WorkbookError when the process dies, for instance for want of memory.
    """
    try:
        return _pool().submit(function, *given, **named).result()
    except BrokenProcessPool:
        _pool.clear()  # the next job starts new processes
        raise WorkbookError("The work was stopped, perhaps for want of memory; try again, with fewer scenarios at a time") from None
