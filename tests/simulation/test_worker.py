"""The process that simulates for the dashboard: the newest request counts, and its end is nobody else's."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path

import pytest
from conftest import ROOT

from budget_model.errors import SimulationError
from budget_model.simulation.worker import Worker

LONGEST, A_MOMENT = 600, 60  # seconds, on whatever machine


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


def test_it_ends_with_the_server_however_that_ends() -> None:
    """A server that is killed says nothing to anybody; its process would wait for work for ever."""
    program = (
        "import os, time; from budget_model.simulation.worker import Worker; print(Worker().ask('ana', os.getpid).result(), flush=True)"
    )
    command = [sys.executable, "-c", f"{program}; time.sleep({LONGEST})"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        assert server.stdout is not None
        process = Path("/proc") / server.stdout.readline().strip() / "stat"
        assert _lives(process)
        server.kill()
        server.wait()
    until = time.monotonic() + A_MOMENT
    while _lives(process) and time.monotonic() < until:
        time.sleep(0.01)
    assert not _lives(process)


def _lives(process: Path) -> bool:
    try:
        return process.read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
