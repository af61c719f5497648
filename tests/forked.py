"""Work done in processes of their own, each forked from one that has imported it, with what it took of processor and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT

# Peak memory is read from /proc: that of `getrusage` would be no less than what the tests' own process ever took.
_SERVER = """
import json, os, re, resource, signal, sys, time, traceback
from pathlib import Path
sys.path.insert(0, {folder!r})
from {module} import {function} as work

def measured(path):
    signal.alarm(60)
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    start = time.process_time()
    try:
        answer = work(Path(path))
    except BaseException:
        answer = traceback.format_exc()
    seconds = time.process_time() - start
    peak = int(re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024
    print(json.dumps([answer, seconds, peak]), flush=True)

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        measured(line.rstrip("\\n"))
        os._exit(0)
    if status := os.waitpid(child, 0)[1]:
        print(json.dumps([f"the process ended with {{status}}", 0, 0]), flush=True)
"""


class Measured(NamedTuple):
    """What work came to: its answer or how it failed, seconds of processor, peak memory in MiB."""

    answer: str
    seconds: float
    mebibytes: float


class Forked:
    """A function of one path and one answer, in a process of its own for each path."""

    def __init__(self, module: str, function: str) -> None:
        if sys.platform != "linux":
            pytest.skip("a process forks and tells its peak memory on Linux")
        program = _SERVER.format(folder=str(Path(__file__).parent), module=module, function=function)
        self._server = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, path: Path) -> Measured:
        """Return what the work on a path came to."""
        assert self._server.stdin and self._server.stdout
        print(path, file=self._server.stdin, flush=True)
        return Measured(*json.loads(self._server.stdout.readline()))

    def close(self) -> None:
        """End the process."""
        assert self._server.stdin and self._server.stdout
        self._server.stdin.close()
        self._server.wait()
        self._server.stdout.close()
