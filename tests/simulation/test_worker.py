"""The process that simulates for the dashboard: the newest request counts, and its end is nobody else's."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path

import pytest

from budget_model.errors import SimulationError
from budget_model.simulation.worker import Worker

LONGEST = 600  # seconds, on whatever machine


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


def until_there_is(path: Path) -> None:
    while not path.exists():
        time.sleep(0.01)


def test_a_newer_request_replaces_the_one_that_waits_and_nobody_elses(worker: Worker, tmp_path: Path) -> None:
    process = worker.ask("ana", os.getpid).result(LONGEST)
    assert process != os.getpid()
    running = worker.ask("ana", until_there_is, tmp_path / "all have asked")
    replaced, other, newest = (worker.ask(who, max, 0, place) for place, who in enumerate(("ana", "ben", "ana")))
    (tmp_path / "all have asked").touch()
    wait([running, replaced, other, newest], LONGEST)
    assert running.result() is None and replaced.cancelled()
    assert (other.result(), newest.result()) == (1, 2)
    assert worker.ask("ana", os.getpid).result(LONGEST) == process, "it stays warm"


def test_a_process_that_ends_is_told_in_words_and_followed_by_another(worker: Worker) -> None:
    before = worker.ask("ana", os.getpid).result(LONGEST)
    ended, waiting = worker.ask("ana", os._exit, 139), worker.ask("ben", os.getpid)
    with pytest.raises(SimulationError, match="was stopped"):
        ended.result(LONGEST)
    assert waiting.result(LONGEST) not in (before, os.getpid())
    with pytest.raises(ZeroDivisionError):
        worker.ask("ana", divmod, 1, 0).result(LONGEST)
