"""Simulations in a process of their own, kept warm, apart from all other work: what goes wrong there takes nothing else along.

Generated code that fails ends the process that runs it, with nothing to catch. So a server never runs it itself.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from threading import RLock
from typing import Any

from budget_model.errors import SimulationError
from budget_model.processes import processes

STOPPED = "The simulation was stopped, perhaps for want of memory; the next one begins anew."


@dataclass(frozen=True)
class _Task:
    who: str
    work: Callable[[], Any]
    future: Future[Any] = field(default_factory=Future)


def _cancel(task: _Task) -> None:
    """Cancel what waits, and tell whoever waits for it."""
    if task.future.cancel():
        task.future.set_running_or_notify_cancel()


class Worker:
    """One process that takes one request after the other; of one visitor's requests that wait, the newest alone."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._pool: ProcessPoolExecutor | None = None
        self._running: _Task | None = None
        self._waiting: dict[str, _Task] = {}

    def ask(self, who: str, function: Callable[..., Any], *given: Any, **named: Any) -> Future[Any]:
        """Return the future result of a function of a module, for a visitor.

        A request of theirs that still waits is cancelled: its future says so. Raises SimulationError, from the future, where the
        process ends before it has answered; the next request starts another.
        """
        task = _Task(who, partial(function, *given, **named))
        with self._lock:
            if older := self._waiting.pop(who, None):
                _cancel(older)
            self._waiting[who] = task
            self._begin()
        return task.future

    def close(self) -> None:
        """End the process; what waits is cancelled."""
        with self._lock:
            for task in self._waiting.values():
                _cancel(task)
            self._waiting.clear()
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(cancel_futures=True)

    def _begin(self) -> None:
        """Give the process what has waited longest, if it is free."""
        while self._running is None and self._waiting:
            task = self._waiting.pop(next(iter(self._waiting)))
            if task.future.set_running_or_notify_cancel():
                self._running = task
                self._submitted(task.work).add_done_callback(partial(self._answered, task))

    def _submitted(self, work: Callable[[], Any]) -> Future[Any]:
        if self._pool is not None:
            try:
                return self._pool.submit(work)
            except BrokenProcessPool:  # it ended while it had nothing to do
                pass
        self._pool = processes(1)
        return self._pool.submit(work)

    def _answered(self, task: _Task, found: Future[Any]) -> None:
        with self._lock:
            self._running = None
            error = SimulationError(STOPPED) if found.cancelled() else found.exception()
            if isinstance(error, BrokenProcessPool):
                self._pool, error = None, SimulationError(STOPPED)
            self._begin()
        if error is None:
            task.future.set_result(found.result())
        else:
            task.future.set_exception(error)
