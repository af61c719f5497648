"""Many people at once: each has the page Build open and moves a lever every ten seconds or so.

usage: .venv/bin/python -m benchmarks.load [SESSIONS] [SECONDS]      (50 sessions for 120 seconds unless given)

Drives the server over its websocket, without browsers, so that both cores are the server's. Prints the median and the 95th
percentile of a move, every error, and the server's memory for each session.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.latency import BUILD, server

LEVER = "Referrals, of those planned"
WIDGETS = ("slider", "text_input", "button", "file_uploader")
THINKING = 10.0  # seconds between two moves of one person, on average


class Session:
    """One person's page: its websocket and where the lever stands."""

    def __init__(self, address: str) -> None:
        self.address = f"ws://{urlsplit(address).netloc}/_stcore/stream"
        self.id, self.page, self.query, self.at = "", "", "", 1.0
        self.widgets: dict[str, str] = {}
        self.alerts: list[str] = []
        self.errors: list[str] = []

    async def open(self, query: str = "", page: str = BUILD.path) -> None:
        """Connect and wait for the first page."""
        self.socket = await websockets.connect(self.address, subprotocols=["streamlit"], max_size=None, open_timeout=60, ping_interval=None)  # type: ignore[list-item]
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = query
        await self.run(message)

    def message(self) -> BackMsg:
        """Return a message that runs the page anew, to be completed with what the person does."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self.page
        message.rerun_script.query_string = self.query
        return message

    async def move(self) -> float:
        """Move the lever a step; return the milliseconds until the page is finished."""
        self.at = 1.0 if self.at < 0.6 else round(self.at - 0.05, 2)
        message = self.message()
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self.widgets[LEVER]
        state.double_array_value.data.append(self.at)
        began = time.perf_counter()
        await self.run(message)
        return 1000 * (time.perf_counter() - began)

    async def run(self, message: BackMsg) -> None:
        """Send a message and note what the page that comes back holds."""
        await self.socket.send(message.SerializeToString())
        await self.hear()

    async def hear(self) -> None:
        """Note what the next page holds: its widgets by label, alerts and errors."""
        self.alerts.clear()
        while True:
            given = ForwardMsg()
            given.ParseFromString(await self.socket.recv())
            kind = given.WhichOneof("type")
            if kind == "new_session":
                self.id = given.new_session.initialize.session_id
            elif kind == "navigation":
                self.page = given.navigation.page_script_hash
            elif kind == "page_info_changed":
                self.query = given.page_info_changed.query_string
            elif kind == "delta" and given.delta.WhichOneof("type") == "new_element":
                self._note(given.delta.new_element)
            elif kind == "script_finished" and given.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return

    def _note(self, element: Element) -> None:
        kind = element.WhichOneof("type")
        if kind in WIDGETS:
            self.widgets[getattr(element, kind).label] = getattr(element, kind).id
        elif kind == "alert":
            self.alerts.append(element.alert.body)
        elif kind == "exception" or "Something went wrong" in str(element.heading.body):
            self.errors.append(str(element)[:300])


def memory(process: int) -> float:
    """Return the memory of a process in MiB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


async def person(session: Session, until: float, spent: list[float]) -> None:
    """Move the lever now and then until the time is over."""
    thinking = random.Random(id(session))
    while True:
        await asyncio.sleep(thinking.expovariate(1 / THINKING))
        if time.perf_counter() > until:
            return
        spent.append(await session.move())


async def crowd(address: str, process: int, count: int, seconds: float) -> None:
    """Open all sessions, let them work, and print what they met."""
    warm = Session(address)
    await warm.open()
    before = memory(process)
    sessions = [Session(address) for _ in range(count)]
    for session in sessions:
        await session.open()
    opened = memory(process)
    spent: list[float] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(*(person(session, until, spent) for session in sessions))
    ranked = sorted(spent)
    late = ranked[round(0.95 * (len(ranked) - 1))]
    errors = [error for session in sessions for error in session.errors]
    print(f"{count} sessions, {len(spent)} moves, {len(errors)} errors: median {statistics.median(spent):.0f} ms, 95th {late:.0f} ms")
    each, at_the_end = (opened - before) / count, (memory(process) - before) / count
    print(f"memory: {before:.0f} MiB, {each:.2f} MiB a session when opened, {at_the_end:.2f} at the end")
    for error in errors[:5]:
        print(error)


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 120.0
    with server(BUILD) as (address, process):
        asyncio.run(crowd(address, process, count, seconds))


if __name__ == "__main__":
    main()
