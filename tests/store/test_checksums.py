"""What is kept is compared with its checksum whenever it is read: nothing altered loads as if it were sound."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from sqlalchemy import text, update

from budget_model import Change, Scenario, changed
from budget_model.errors import StoreError, UnreadableError
from budget_model.store import drafts, versions
from budget_model.store.checksums import COVERED
from budget_model.store.database import DRAFTS, STEPS, VERSIONS, Database

pytestmark = pytest.mark.xdist_group("store")  # one PostgreSQL serves them all


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path}/scenarios.sqlite" if request.param == "sqlite" else request.getfixturevalue("postgresql")
    opened = Database(url)
    yield opened
    opened.engine.dispose()


def more(body: str) -> str:
    """Return the text of a scenario, or of a step, with another figure in it: what is still a sound scenario."""
    altered = body.replace('"value":20.0', '"value":19.0', 1)
    assert altered != body and json.loads(altered)
    return altered


def test_an_altered_version_is_refused_by_its_name_and_the_others_open(database: Database, pilot: Scenario) -> None:
    first = versions.save_new(database, pilot, "Ana", "to begin", "pilot_2017")
    versions.save_next(database, first.slug, 1, pilot, "Ana", "again")
    of_it = (VERSIONS.c.slug == first.slug) & (VERSIONS.c.number == 2)
    with database.transaction() as connection:
        kept = connection.execute(VERSIONS.select().where(of_it)).one()._mapping
    others = {"body": more(kept["body"]), "author": "Ben", "reason": "no", "saved_at": "2020-01-01T00:00:00Z", "digest": "0" * 16}
    others["comments"] = '[["Slots, North Long Beach","nobody said so"]]'
    for column in sorted(set(COVERED["versions"]) - {"slug", "number", "form"}):
        with database.transaction() as connection:
            connection.execute(update(VERSIONS).where(of_it).values({column: others[column]}))
        with pytest.raises(UnreadableError, match=f"^Version 2 of '{pilot.name}' was altered in the database after it was saved"):
            versions.load(database, first.slug)
        with database.transaction() as connection:
            connection.execute(update(VERSIONS).where(of_it).values({column: kept[column]}))
    assert versions.load(database, first.slug)[1] == versions.load(database, first.slug, 1)[1] == pilot


@pytest.mark.parametrize(("table", "column"), [(DRAFTS, "body"), (STEPS, "patch"), (STEPS, "words"), (DRAFTS, "version")])
def test_an_altered_draft_is_refused(database: Database, pilot: Scenario, table: object, column: str) -> None:
    draft = drafts.begin(database, "pilot_2017", 0, pilot)
    contract = pilot.provider_contracts[0].name
    drafts.with_step(database, draft, changed(pilot, [Change("provider_contracts", contract, "caseload", 20.0)]), "the caseload is 20")
    other = {"body": more, "patch": more, "words": str.upper, "version": lambda number: number + 1}[column]
    key = DRAFTS.c.id if table is DRAFTS else STEPS.c.draft
    with database.transaction() as connection:
        row = connection.execute(table.select().where(key == draft.id)).one()._mapping
        connection.execute(update(table).where(key == draft.id).values({column: other(row[column])}))
    with pytest.raises(UnreadableError, match=r"draft of 'pilot_2017' was altered in the database"):
        drafts.open_draft(database, draft.id)


@pytest.mark.parametrize("fault", ["DELETE FROM steps WHERE draft = :id AND number = 1", "UPDATE drafts SET standing = 9 WHERE id = :id"])
def test_a_draft_whose_steps_are_not_all_there_is_refused(database: Database, pilot: Scenario, fault: str) -> None:
    draft = drafts.begin(database, "pilot_2017", 0, pilot)
    for words in ("one description", "another description"):
        draft = drafts.with_step(database, draft, draft.scenario.model_copy(update={"description": words}), words)
    with database.transaction() as connection:
        connection.execute(text(fault), {"id": draft.id})
    with pytest.raises(UnreadableError, match=r"The draft of 'pilot_2017' was altered"):
        drafts.open_draft(database, draft.id)


def test_a_draft_whose_waiting_entries_are_no_entries_is_refused_in_words(database: Database, pilot: Scenario) -> None:
    draft = drafts.begin(database, "pilot_2017", 0, pilot)
    for damage in ("[", "7"):
        with database.transaction() as connection:
            connection.execute(update(DRAFTS).where(DRAFTS.c.id == draft.id).values(waiting=damage))
        with pytest.raises(StoreError, match="cannot be read"):
            drafts.open_draft(database, draft.id)


def test_a_version_of_0_4_0_that_was_altered_before_it_was_ever_opened_is_refused(tmp_path: Path) -> None:
    """That version kept a digest beside it and never looked at it."""
    shutil.copy(ROOT / "tests" / "older" / "scenarios.sqlite", tmp_path)
    import sqlite3

    with sqlite3.connect(tmp_path / "scenarios.sqlite") as connection:
        (body,) = connection.execute("SELECT body FROM versions WHERE slug = 'my_scenario' AND number = 2").fetchone()
        altered = body.replace('"value":20.0', '"value":21.0', 1)
        assert altered != body
        connection.execute("UPDATE versions SET body = ? WHERE slug = 'my_scenario' AND number = 2", [altered])
    connection.close()
    database = Database(f"sqlite:///{tmp_path}/scenarios.sqlite")
    assert versions.load(database, "my_scenario", 1) and versions.load(database, "my_scenario", 3)
    with pytest.raises(UnreadableError, match=r"^Version 2 of '.*' was altered"):
        versions.load(database, "my_scenario", 2)
    database.engine.dispose()
