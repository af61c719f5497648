"""Processes beside this one that never outlive it."""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor


def processes(count: int, *, tasks_each: int | None = None) -> ProcessPoolExecutor:
    """Return an executor of fresh processes, which end with this one however it ends; after `tasks_each` tasks another takes over.

    Those of the standard library wait for work for ever where this process is killed: each holds both ends of the queue that it reads.
    """
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, spawn, initializer=_end_with_the_parent, max_tasks_per_child=tasks_each)


def _end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None, "only a process that another began runs this"

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
