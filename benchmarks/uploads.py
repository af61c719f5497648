"""Four visitors who each send a file of 11 MB, again and again: what of it the server still holds a minute later.

usage: .venv/bin/python -m benchmarks.uploads [ROUNDS] [SECONDS]      (20 rounds, then 60 seconds, unless given)

In each round one has the file read, one goes to another page, one closes the window, and one chooses another file in its
place and stays; then the three who are still here do the same again in the next. Before and after, a stranger on a page that
takes no files is refused. Prints the memory of the server, and with its workers, above what they take idle, and ends with
status 1 where it is more than 100 MiB.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg

from benchmarks.latency import BUILD, server
from benchmarks.load import Session, memory

CONTENT = b"PK\x03\x04" + os.urandom(11_000_000)
LARGEST = 100  # MiB above idle
TAKEN, REFUSED = 204, 403
FIELD, READ = "An edited workbook (.xlsx)", "Read the workbook"


class Visitor(Session):
    """A person who sends files."""

    async def show(self, page: str) -> None:
        """Go to a page of the dashboard."""
        message = BackMsg()
        message.rerun_script.page_name = page
        await self.run(message)

    async def send(self) -> str:
        """Send a file, and show the page with it, as the browser does; return what it is called there."""
        file = str(uuid.uuid4())
        status = await asyncio.to_thread(self.status, file)
        if status != TAKEN:
            raise RuntimeError(f"A file was refused with {status}.")
        await self.choose(file)
        return file

    def headers(self) -> dict[str, str]:
        """Return what a browser sends before a file of this dashboard's page."""
        with urllib.request.urlopen(f"http://{urlsplit(self.address).netloc}/_stcore/health") as answer:
            cookie = answer.headers["Set-Cookie"].partition(";")[0]
        return {"Content-Type": "multipart/form-data; boundary=part", "Cookie": cookie, "X-Xsrftoken": cookie.partition("=")[2]}

    def status(self, file: str) -> int:
        """Send a file; return the status of the answer."""
        address = f"http://{urlsplit(self.address).netloc}/_stcore/upload_file/{self.id}/{file}"
        head = b'--part\r\nContent-Disposition: form-data; name="file"; filename="edited.xlsx"\r\n\r\n'
        body = b"".join((head, CONTENT, b"\r\n--part--\r\n"))
        request = urllib.request.Request(address, body, self.headers(), method="PUT")
        try:
            with urllib.request.urlopen(request) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:  # the server answered and closed before all was sent
            return REFUSED

    async def choose(self, file: str, press: str = "") -> None:
        """Show the page with a file in its field; press a button beside it if one is named."""
        message = self.message()
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self.widgets[FIELD]
        state.file_uploader_state_value.uploaded_file_info.add(file_id=file, name="edited.xlsx", size=len(CONTENT))
        if press:
            pressed = message.rerun_script.widget_states.widgets.add()
            pressed.id, pressed.trigger_value = self.widgets[press], True
        await self.run(message)


def with_workers(process: int) -> float:
    """Return the memory of a process and of those that it started, in MiB."""
    started = [int(child) for children in Path(f"/proc/{process}/task").glob("*/children") for child in children.read_text().split()]
    return memory(process) + sum(with_workers(child) for child in started)


async def arrived(address: str) -> Visitor:
    """Return a visitor who has opened the page that takes files."""
    visitor = Visitor(address)
    await visitor.open(page="downloads")
    return visitor


async def reads(visitor: Visitor) -> None:
    """Send a file and have it read, which finds that it is no workbook."""
    await visitor.choose(await visitor.send(), READ)
    if not any("edited" in alert for alert in visitor.alerts):
        raise RuntimeError("The page does not say that the file cannot be read.")


async def leaves(visitor: Visitor) -> None:
    """Send a file and go to another page before it is read."""
    await visitor.send()
    await visitor.show("motion")
    await visitor.show("downloads")


async def closes(address: str) -> None:
    """Send a file and close the window."""
    visitor = await arrived(address)
    await visitor.send()
    await visitor.socket.close()


async def replaces(visitor: Visitor) -> None:
    """Send a file and another in its place."""
    await visitor.send()
    await visitor.send()


async def measure(address: str, process: int, rounds: int, seconds: float) -> bool:
    """Let the visitors come, and print what is left of them; return whether it is little enough."""
    stranger = Visitor(address)
    await stranger.open(page="motion")
    reader, leaver, stayer = [await arrived(address) for _ in range(3)]
    await asyncio.gather(reads(reader), reads(stayer))  # starts the workers
    idle, idle_with_workers, most = memory(process), with_workers(process), 0.0
    for number in range(rounds):
        status = await asyncio.to_thread(stranger.status, str(uuid.uuid4()))
        if status != REFUSED:
            raise RuntimeError(f"A file was not refused where no page takes files: {status}.")
        await asyncio.gather(reads(reader), leaves(leaver), closes(address), replaces(stayer))
        most = max(most, memory(process))
        print(f"round {number + 1}: {memory(process) - idle:.0f} MiB above idle", flush=True)
    for visitor in (reader, leaver, stayer, stranger):
        await visitor.socket.close()
    ended = time.perf_counter()
    while time.perf_counter() - ended < seconds:
        await asyncio.sleep(1)
    above, above_with_workers = memory(process) - idle, with_workers(process) - idle_with_workers
    print(f"{rounds} rounds of 4 visitors with 11 MB each: idle {idle:.0f} MiB, at most {most:.0f}, {seconds:.0f} s later {above:+.0f} MiB")
    print(f"with the workers: idle {idle_with_workers:.0f} MiB, later {above_with_workers:+.0f} MiB")
    return above <= LARGEST


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 60.0
    with server(BUILD) as (address, process):
        little = asyncio.run(measure(address, process, rounds, seconds))
    sys.exit(0 if little else 1)


if __name__ == "__main__":
    main()
