"""The database: its tables as they are today, and a connection that neither loses an update nor a confirmed save.

SQLite keeps its journal in DELETE mode with full synchronization: a save takes a millisecond, and the versions of SQLite
that Debian ships can damage a file in WAL mode. Every transaction that writes begins IMMEDIATE; the driver's own way lets
two people read the same state and both write, and one of the two writes is lost without an error. One that only reads
holds nobody up, sees one moment of the database, and works where nothing may be written. Times are UTC text and documents
are canonical JSON, which both databases keep as they are.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Dialect,
    Engine,
    ExceptionContext,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
)
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, SQLAlchemyError

from budget_model.errors import StoreError
from budget_model.folders import DATABASE
from budget_model.store.address import PATIENCE_SECONDS, URL_VARIABLE, understood
from budget_model.store.migrate import brought_to_today
from budget_model.store.wording import BROKEN, in_words, says_lost

# It would write a driver's traceback for each connection that cannot be closed well; whoever used it says what broke.
logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
REST_SECONDS = 5  # between two calls of a server that does not answer
_metadata = MetaData()


def _form() -> Column[int]:
    """Return the column that says in which form of scenarios (`scenario/forms.py`) a row is written."""
    return Column("form", Integer, nullable=False, server_default="1")


def _checksum() -> Column[str]:
    """Return the column that `checksums.py` fills and compares."""
    return Column("checksum", String(64), nullable=False, server_default="")


SCENARIOS = Table(
    "scenarios",
    _metadata,
    Column("slug", String(80), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("starts_from", String(120), nullable=False),
    Column("latest", Integer, nullable=False),
)
# Number 1 is the first version. A version is never altered; the primary key refuses a second one of the same number.
VERSIONS = Table(
    "versions",
    _metadata,
    Column("slug", String(80), ForeignKey("scenarios.slug"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("author", String(80), nullable=False),
    Column("reason", String(500), nullable=False),
    Column("saved_at", String(32), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("body", Text, nullable=False),
    _form(),
    _checksum(),
    Column("comments", Text, nullable=False, server_default=""),  # canonical JSON: of each act that has one its name and the comment
)
# Unsaved work: where it began, and how many of its steps stand (the rest were undone). `revision` counts every change.
DRAFTS = Table(
    "drafts",
    _metadata,
    Column("id", String(32), primary_key=True),
    Column("slug", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("standing", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("waiting", Text, nullable=False),
    Column("changed_at", String(32), nullable=False),
    _form(),
    _checksum(),
)
STEPS = Table(
    "steps",
    _metadata,
    Column("draft", String(32), ForeignKey("drafts.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("words", String(500), nullable=False),
    Column("patch", Text, nullable=False),
    _form(),
    _checksum(),
)
# What else was typed beside a draft and is no part of the scenario: the reason of the save to come, a comment on an act.
TEXTS = Table(
    "texts",
    _metadata,
    Column("draft", String(32), ForeignKey("drafts.id"), primary_key=True),
    Column("field", String(40), primary_key=True),
    Column("text", Text, nullable=False),
)


def now() -> str:
    """Return the time as the store keeps it: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Database:
    """A database of scenarios. Opening it makes its tables, or brings those of an earlier version to today's (`migrate.py`).

    `waiting` makes a context in which each transaction runs: it may say that something is waited for. Raises StoreError, here
    and in every transaction, with words for the reader in place of the driver's error.
    """

    def __init__(self, url: str, waiting: Callable[[], AbstractContextManager[None]] = nullcontext) -> None:
        self._waiting = waiting
        self.engine = _engine(url)
        self._reader = self.engine.execution_options(**_READING[self.engine.name])
        try:
            with self._in_words("The database of saved scenarios cannot be opened"), waiting():
                brought_to_today(self.engine)
        except BaseException:
            self.engine.dispose()
            raise

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Give a connection whose work is kept as a whole, on disk, or not at all."""
        refused = "The database did not take it"
        with self._in_words(refused), self._waiting(), self.engine.connect() as connection, connection.begin() as work:
            yield connection
            with self._in_doubt():
                work.commit()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees the database as it is at one moment, and writes nothing."""
        with self._in_words("The database did not give it"), self._waiting(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def _in_words(self, what: str) -> Iterator[None]:
        try:
            yield
        except UnicodeError as error:
            raise StoreError(f"{what}: it holds a character that no database can keep") from error
        except (SQLAlchemyError, *BROKEN) as error:
            raise in_words(error, self.engine.url, what) from error

    @contextmanager
    def _in_doubt(self) -> Iterator[None]:
        """Say so where nobody knows whether a server did what it was asked last: its answer never came."""
        try:
            yield
        except (SQLAlchemyError, *BROKEN) as error:
            if isinstance(error, DBAPIError) and not error.connection_invalidated:
                raise
            raise in_words(error, self.engine.url, "Nobody knows whether the database took it") from error


def configured_url() -> str:
    """Return the URL that the environment names, or that of the file beside the program, whose folder is made."""
    if given := os.environ.get(URL_VARIABLE):
        return given
    try:
        DATABASE.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{DATABASE.parent} cannot be made: {error.strerror}. Name a database in {URL_VARIABLE}") from None
    return f"sqlite:///{DATABASE}"


# What makes a transaction one that reads: SQLite takes no lock before the first reading, PostgreSQL shows one moment.
_READING: dict[str, dict[str, Any]] = {
    "sqlite": {"begin": "DEFERRED"},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}


def _engine(url: str) -> Engine:
    address, told = understood(url)
    engine = create_engine(address, connect_args=told)
    if engine.name == "sqlite":
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "do_connect", _Caller())
        event.listen(engine, "connect", _set_patience)
        event.listen(engine, "checkout", partial(_ask, engine.dialect))
    event.listen(engine, "handle_error", _told_lost)
    return engine


class _Caller:
    """Calls a server. Where a call was long in vain, those of the next seconds fail at once, else every page would wait as long."""

    def __init__(self) -> None:
        self._until = 0.0
        self._error: Exception | None = None

    def __call__(self, dialect: Dialect, _: Any, given: Any, named: Any) -> Any:
        start = time.monotonic()
        if self._error and start < self._until:
            raise self._error
        try:
            return dialect.connect(*given, **named)
        except Exception as error:
            if time.monotonic() - start > 1:
                self._until, self._error = time.monotonic() + REST_SECONDS, error
            raise


def _set_up(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # the driver begins no transaction of its own
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin', 'IMMEDIATE')}")


def _set_patience(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET lock_timeout = '{PATIENCE_SECONDS}s'")
    connection.commit()
    cursor.close()


def _ask(dialect: Dialect, connection: Any, *_: Any) -> None:
    """Have a connection thrown away that a server ended meanwhile, before it is used.

    `pool_pre_ping` would do, did it not pass on a broken socket as an error: the driver's own are all that it catches.
    """
    try:
        dialect.do_ping(connection)
    except (dialect.loaded_dbapi.Error, *BROKEN) as error:
        raise InvalidatePoolError from error


def _told_lost(context: ExceptionContext) -> None:
    """Have a connection that broke thrown away; SQLAlchemy knows only some of the ways in which the driver says so."""
    if says_lost(context.original_exception):
        context.is_disconnect = True
