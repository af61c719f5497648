"""A hostile upload is refused in one sentence, in less than two seconds and 500 MiB, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from hostile_files import HOSTILE, packed

from budget_model import export_workbook, load_scenario, project
from budget_model.upload.gate import check_upload

SECONDS, MEBIBYTES = 2, 500
FORKING = """
import json, os, re, signal, sys, time
from pathlib import Path
from budget_model.errors import WorkbookError
from budget_model.upload.gate import check_upload

def measured(path):
    signal.alarm(20)
    content, message = Path(path).read_bytes(), ""
    start = time.perf_counter()
    try:
        check_upload(content, "upload.xlsx")
    except WorkbookError as error:
        message = str(error)
    seconds = time.perf_counter() - start
    peak = int(re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024
    print(json.dumps([message, seconds, peak]), flush=True)

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        measured(line.strip())
        os._exit(0)
    if status := os.waitpid(child, 0)[1]:
        print(json.dumps([f"the process ended with {status}", 0, 0]), flush=True)
"""
Measured = tuple[str, float, float]  # message, seconds, peak memory in MiB


@pytest.fixture(scope="module")
def gate() -> Iterator[Callable[[Path], Measured]]:
    """The gate in a new process for each file, forked from one that has imported it.

    Peak memory is read from /proc: that of `getrusage` would be no less than what the tests' own process ever took.
    """
    if sys.platform != "linux":
        pytest.skip("a process forks and tells its peak memory on Linux")
    command = [sys.executable, "-c", FORKING]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin and server.stdout
        told, heard = server.stdin, server.stdout

        def ask(path: Path) -> Measured:
            print(path, file=told, flush=True)
            return tuple(json.loads(heard.readline()))

        yield ask
        told.close()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_at_once_in_one_sentence(name, tmp_path, gate):
    path = tmp_path / "upload"
    path.write_bytes(HOSTILE[name].build())
    message, seconds, mebibytes = gate(path)
    print(f"\n{name:40} {path.stat().st_size:>10,} bytes {seconds:6.3f} s {mebibytes:4.0f} MiB  {message}")  # with pytest -s
    assert message.startswith("upload.xlsx: ")
    assert HOSTILE[name].reason in message
    assert message.endswith(".")
    assert "\n" not in message
    assert seconds < SECONDS
    assert mebibytes < MEBIBYTES


def test_the_smallest_workbook_is_accepted():
    check_upload(packed(), "upload.xlsx")


@pytest.mark.parametrize("scenario", ["pilot_2017", "expansion_2018"])
def test_a_workbook_of_ours_is_accepted(scenario, tmp_path):
    path = tmp_path / "ours.xlsx"
    export_workbook(project(load_scenario(ROOT / "scenarios" / f"{scenario}.yaml")), path)
    check_upload(path.read_bytes(), path.name)
