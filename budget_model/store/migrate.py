"""A database brought to the tables of today when it is opened, after a copy of it is made.

It is done in one transaction that only one process at a time may hold: the others wait and find it done. In SQLite that is
the write lock, and the copy is a file beside the database; in PostgreSQL it is an advisory lock, and the transaction itself
is what leaves the old tables whole when a step fails.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from budget_model.errors import StoreError

REVISION = "0004"  # of the tables as `database.py` has them
FOLDER = Path(__file__).parent / "migrations"
_FIRST = "0001"  # what a database of version 0.4.0 has, which kept no revision
_LOCK = 4_010_418  # a number of our own among PostgreSQL's advisory locks
_ASKED = text("SELECT version_num FROM alembic_version")


def brought_to_today(engine: Engine) -> None:
    """Bring the database of an engine to today's tables, or make them where there is none.

    Raises StoreError for a database that a later version made, and where no copy can be made; nothing was changed then.
    """
    if _revision(engine.execution_options(begin="DEFERRED")) == REVISION:
        return
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        tables = inspect(connection).get_table_names()
        found = connection.execute(_ASKED).scalar() if "alembic_version" in tables else _FIRST if "versions" in tables else None
        if found != REVISION:
            _migrated(connection, found, marked="alembic_version" in tables)


def _revision(engine: Engine) -> str | None:
    """Return the revision that the database says it is of, by one query; None where it says none."""
    try:
        with engine.connect() as connection:
            return connection.execute(_ASKED).scalar()
    except DBAPIError as error:
        if error.connection_invalidated or not _is_missing(error):
            raise
        return None


def _is_missing(error: DBAPIError) -> bool:
    return "alembic_version" in str(error.orig)


def _migrated(connection: Connection, found: str | None, *, marked: bool) -> None:
    """Run what leads from a revision, None for an empty database, to today's."""
    from alembic.config import Config  # here, for it is seldom needed and slow to import
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(FOLDER))
    known = {step.revision for step in script.walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(
            f"The database is of revision {found}; this version of the modeler knows revisions up to {REVISION}. A later version "
            "has used it: open it with that one. Nothing of it was changed"
        )
    if found is not None:
        _copied(connection)
    # The steps are found as Alembic's own command finds them.
    with EnvironmentContext(Config(), script, fn=lambda _, __: script._upgrade_revs(REVISION, found or "base")) as environment:
        environment.configure(connection=connection)
        if found is not None and not marked:
            environment.get_context().stamp(script, found)
        environment.run_migrations()


def _copied(connection: Connection) -> None:
    """Copy a SQLite file, whose write lock the connection holds, to one beside it."""
    if connection.dialect.name != "sqlite":
        return
    path = next((row.file for row in connection.exec_driver_sql("PRAGMA database_list") if row.name == "main"), "")
    if not path:  # it is in memory
        return
    copy, unfinished = f"{path}.before-{REVISION}", f"{path}.{os.getpid()}.copy"
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
        Path(unfinished).replace(copy)
    except (sqlite3.Error, OSError) as error:
        Path(unfinished).unlink(missing_ok=True)
        raise StoreError(f"{copy}, a copy of the database before it is changed, cannot be made: {error}. Nothing was changed") from None
