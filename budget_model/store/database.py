"""The database: its tables as they are today, and a connection that neither loses an update nor a confirmed save.

SQLite keeps its journal in DELETE mode with full synchronization: a save takes a millisecond, and the versions of SQLite
that Debian ships can damage a file in WAL mode. Every transaction begins IMMEDIATE; the driver's own way lets two people
read the same state and both write, and one of the two writes is lost without an error. Times are UTC text and
documents are canonical JSON, which both databases keep as they are.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.exc import SQLAlchemyError

from budget_model.errors import StoreError
from budget_model.folders import DATABASE
from budget_model.store.migrate import brought_to_today

URL_VARIABLE = "LEAD_DATABASE_URL"
_BUSY_SECONDS = 20

_metadata = MetaData()


def _form() -> Column[int]:
    """Return the column that says in which form of scenarios (`scenario/forms.py`) a row is written."""
    return Column("form", Integer, nullable=False, server_default="1")


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
)
STEPS = Table(
    "steps",
    _metadata,
    Column("draft", String(32), ForeignKey("drafts.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("words", String(500), nullable=False),
    Column("patch", Text, nullable=False),
    _form(),
)
# What else was typed beside a draft and is no part of the scenario: the reason of the save to come.
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

    Raises StoreError, here and in every transaction, with words for the reader in place of the driver's error.
    """

    def __init__(self, url: str) -> None:
        with _in_words():
            self.engine = _engine(url)
            try:
                brought_to_today(self.engine)
            except BaseException:
                self.engine.dispose()
                raise

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Give a connection whose work is kept as a whole, on disk, or not at all."""
        with _in_words(), self.engine.begin() as connection:
            yield connection


def configured_url() -> str:
    """Return the URL that the environment names, or that of the file beside the program, whose folder is made."""
    if given := os.environ.get(URL_VARIABLE):
        return given
    try:
        DATABASE.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{DATABASE.parent} cannot be made: {error.strerror}. Name a database in {URL_VARIABLE}") from None
    return f"sqlite:///{DATABASE}"


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise StoreError(
            f"The database did not take or give the scenario: {reason}. What was saved before is untouched; try again"
        ) from error


def _engine(url: str) -> Engine:
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if make_url(url).get_backend_name() == "sqlite":
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin_immediate)
    return engine


def _set_up(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # the driver begins no transaction of its own
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
