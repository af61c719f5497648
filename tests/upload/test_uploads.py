"""Nobody fills the server's memory with files, and every answer tells the browser what the page may not do."""

from __future__ import annotations

import asyncio
import gc
import http.client
import pickle
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
import websockets
from hypothesis import given
from hypothesis import strategies as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from benchmarks.latency import BUILD, server
from benchmarks.uploads import FIELD, READ, Visitor, arrived
from budget_model.errors import Problem, ScenarioError
from budget_model.serving import memory, policy, uploads
from budget_model.upload.limits import FILE_BYTES

pytestmark = pytest.mark.xdist_group("uploads")
LARGEST = str(FILE_BYTES)


class Person:
    """A session as Streamlit's runtime knows it."""

    def __init__(self, name: str) -> None:
        self.id, self.reruns, self._client_state = name, 0, None

    def request_rerun(self, client_state: object) -> None:
        self.reruns += 1


class Runtime:
    """What the limits ask of Streamlit's runtime: who is connected, what has come, and whose script runs."""

    def __init__(self, *names: str) -> None:
        self.people = {name: Person(name) for name in names}
        self.uploaded_file_mgr = MemoryUploadedFileManager("/upload")
        self.running = ""

    def get_app_session(self, name: str) -> Person | None:
        return self.people.get(name)

    def is_active_session(self, name: str) -> bool:
        return name in self.people

    def at(self, name: str, takes: bool = True) -> None:
        """Show a person a page."""
        self.running = name
        uploads.take_files(takes)

    def send(self, name: str, file: str = "file", size: int = FILE_BYTES) -> None:
        """Have a file come from a person, as Streamlit's own route takes it."""
        with uploads.room(name, str(size)):
            self.uploaded_file_mgr.add_file(name, UploadedFileRec(file, "edited.xlsx", "", bytes(size)))
            uploads.arrived(name, file)


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Runtime:
    return faked(monkeypatch)


def faked(monkeypatch: pytest.MonkeyPatch) -> Runtime:
    found = Runtime(*"abcdefghijkl")
    monkeypatch.setattr(uploads, "get_instance", lambda: found)
    monkeypatch.setattr(uploads, "get_script_run_ctx", lambda: SimpleNamespace(session_id=found.running))
    for kept in (uploads._takers, uploads._waiting, uploads._coming, uploads._refusals):
        kept.clear()
    return found


def status(name: str, length: str | None = LARGEST) -> int:
    """Return the status with which a file is refused, or 0."""
    try:
        with uploads.room(name, length):
            return 0
    except uploads.UploadRefusedError as refused:
        assert refused.words.endswith(".")
        return refused.status


def test_a_file_is_taken_only_where_a_page_takes_files_and_tells_its_size(runtime: Runtime) -> None:
    assert status("a") == status("nobody") == 403
    runtime.at("a", takes=False)
    assert status("a") == 403
    runtime.at("a")
    assert status("a") == 0
    assert [status("a", length) for length in (None, "", "-1", "1e3", "١٢")] == [411] * 5
    assert status("a", str(uploads.REQUEST_BYTES + 1)) == 413
    assert runtime.people["a"].reruns == 6, "the page is shown anew"
    assert "more than 12 MB" in str(uploads.refusal())
    assert uploads.refusal() is None, "it is said once"


def test_a_session_and_all_of_them_have_room_for_so_much(runtime: Runtime) -> None:
    for name in runtime.people:
        runtime.at(name)
    with ExitStack() as under_way:
        for _ in range(uploads.SESSION_FILES):
            under_way.enter_context(uploads.room("a", LARGEST))
        assert status("a") == 429
        for name in "bcdefg":
            under_way.enter_context(uploads.room(name, LARGEST))
        assert status("h") == 503
        runtime.running = "h"
        assert "some minutes" in str(uploads.refusal())
    assert status("h") == 0, "what is over leaves its room"


def test_a_file_is_let_go_when_it_is_read_replaced_or_taken_out_and_when_its_page_is_left_or_its_visitor_gone(runtime: Runtime) -> None:
    runtime.at("a")
    runtime.send("a", "first")
    runtime.send("a", "second")
    assert (found := uploads.waiting(None)) and found.id == "second"
    uploads.taken_back("a", "first")
    assert uploads._held() == FILE_BYTES, "only the newest is here"
    uploads.taken_back("a", "second")
    assert uploads._held() == 0
    runtime.send("a")
    uploads.let_go()
    assert uploads._held() == 0
    runtime.send("a")
    runtime.at("a", takes=False)
    assert uploads._held() == 0
    runtime.at("a")
    runtime.send("a")
    del runtime.people["a"]
    uploads.let_go_of_the_absent()
    assert uploads._held() == 0
    runtime.at("b")
    with uploads.room("b", LARGEST):
        runtime.uploaded_file_mgr.add_file("b", UploadedFileRec("late", "edited.xlsx", "", b"late"))
        runtime.at("b", takes=False)
        uploads.arrived("b", "late")
    assert uploads._held() == 0, "it came after its page was left"
    assert not any(runtime.uploaded_file_mgr.file_storage.values())


def test_files_that_nobody_reads_make_room_for_the_next_and_no_sooner(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abcdefghi":
        runtime.at(name)
    for name in "abcdefgh":
        runtime.send(name)
    assert status("i") == 503
    now = uploads.time.monotonic() + uploads.UNREAD_SECONDS
    monkeypatch.setattr(uploads, "time", SimpleNamespace(monotonic=lambda: now))
    assert status("i") == 0
    assert [session.id for session in uploads._waiting] == list("bcdefgh"), "the oldest alone"


STEPS = st.tuples(st.sampled_from(["take", "leave", "send", "read", "go"]), st.sampled_from("abcd"), st.integers(0, 130))


@given(st.lists(STEPS, max_size=40))
def test_whatever_visitors_do_no_more_is_held_than_may_be(steps: list[tuple[str, str, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        runtime = faked(patch)
        patch.setattr(uploads, "ALL_BYTES", 200)
        patch.setattr(uploads, "REQUEST_BYTES", 100)
        for step, name, size in steps:
            if step in ("take", "leave"):
                runtime.at(name, takes=step == "take")
            elif step == "read":
                runtime.running = name
                uploads.let_go()
            elif step == "go":
                runtime.people.pop(name, None)
                uploads.let_go_of_the_absent()
            elif not status(name, str(size)):
                runtime.send(name, size=size)
            assert uploads._held() <= uploads.ALL_BYTES
            assert {session.id for session in uploads._waiting} <= {
                session.id for session in uploads._takers if session.id in runtime.people
            }
        assert not any(runtime.uploaded_file_mgr.file_storage.values()), "Streamlit itself keeps none"


def test_a_refusal_comes_whole_from_the_process_that_read_the_file() -> None:
    refused = ScenarioError([Problem("edited.xlsx", f"Summary!C{row}", "2", "the formula was changed") for row in (6, 7)])
    assert str(pickle.loads(pickle.dumps(refused))) == str(refused)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with server(BUILD) as (found, _process):
        yield found.removesuffix(BUILD.path)


def answer(address: str, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    """Return an answer of the server; no body is sent, whatever its headers announce."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    found = connection.getresponse()
    found.read()
    connection.close()
    return found


def test_every_answer_carries_the_headers_and_what_is_closed_is_closed(address: str) -> None:
    upload = f"/_stcore/upload_file/{uuid.uuid4()}/{uuid.uuid4()}"
    asked = {
        ("/", "GET"): 200,
        ("/build", "GET"): 200,
        ("/media/nothing.xlsx", "GET"): 404,
        ("/_stcore/health", "GET"): 200,
        ("/_stcore/metrics", "GET"): 404,
        ("/_stcore/agent/openapi.json", "GET"): 404,
        (upload, "PUT"): 403,
        (upload, "DELETE"): 403,  # no token
    }
    carried = {name: answer(address, "/").headers[name] for name in policy.headers()}
    for (path, method), expected in asked.items():
        found = answer(address, path, method)
        assert found.status == expected, path
        assert {name: found.headers[name] for name in carried} == carried, path
        assert found.headers["Access-Control-Allow-Origin"] in (None, address.removesuffix("/")), path
    assert None not in carried.values()
    policies = carried["Content-Security-Policy"].split("; ")
    assert "frame-ancestors 'none'" in policies and "default-src 'self'" in policies
    (scripts,) = [part for part in policies if part.startswith("script-src ")]
    assert all(source in ("'self'", "'wasm-unsafe-eval'") or source.startswith("'sha256-") for source in scripts.split()[1:])


def test_a_foreign_name_and_a_foreign_page_are_not_answered(address: str) -> None:
    assert answer(address, "/", Host="evil.example").status == 421
    assert answer(address, "/", Host=f"localhost:{urlsplit(address).port}").status == 200

    async def connects(**headers: str) -> bool:
        try:
            async with websockets.connect(f"ws://{urlsplit(address).netloc}/_stcore/stream", additional_headers=headers):
                return True
        except websockets.InvalidStatus:
            return False

    assert asyncio.run(connects())
    assert not asyncio.run(connects(Origin="https://evil.example"))


def test_bytes_are_refused_before_they_are_sent(address: str) -> None:
    async def statuses() -> list[int]:
        found = []
        for page in ("motion", "downloads"):
            visitor = Visitor(address)
            await visitor.open(page=page)
            for size in ({"Content_Length": LARGEST}, {"Content_Length": "99000000"}, {"Transfer_Encoding": "chunked"}):
                if page == "motion" or size != {"Content_Length": LARGEST}:
                    path = f"/_stcore/upload_file/{visitor.id}/{uuid.uuid4()}"
                    found.append((await asyncio.to_thread(answer, address, path, "PUT", **size)).status)
                    if page == "downloads":
                        await visitor.hear()
                        assert any("was not taken" in alert for alert in visitor.alerts), "the page says so in words"
            await visitor.socket.close()
        return found

    assert asyncio.run(statuses()) == [403, 403, 403, 413, 411]


def test_room_is_held_while_a_file_is_sent_and_free_when_its_sender_is_gone(address: str) -> None:
    async def visited() -> None:
        visitor = await arrived(address)
        path = f"/_stcore/upload_file/{visitor.id}/"

        def third_is_refused() -> bool:
            return answer(address, path + str(uuid.uuid4()), "PUT", Content_Length=LARGEST).status == 429  # else for want of a token

        stalled = [http.client.HTTPConnection(urlsplit(address).netloc) for _ in range(uploads.SESSION_FILES)]
        for connection in stalled:
            connection.putrequest("PUT", path + str(uuid.uuid4()))
            for name, value in {**visitor.headers(), "Content-Length": LARGEST}.items():
                connection.putheader(name, value)
            connection.endheaders(b"--part")
        await until(third_is_refused)
        for connection in stalled:
            connection.close()
        await until(lambda: not third_is_refused())
        visitor.socket.transport.close()  # without a farewell, which would wait behind the pages that say why

    asyncio.run(visited())


async def until(holds: Callable[[], bool]) -> None:
    """Ask again and again until something holds."""
    async with asyncio.timeout(60):
        while not await asyncio.to_thread(holds):
            await asyncio.sleep(0.05)


def test_a_file_waits_on_its_page_until_it_is_read_or_the_page_is_left(address: str) -> None:
    async def visited() -> None:
        visitor = await arrived(address)

        async def offers(page: str = "downloads") -> bool:
            visitor.widgets.clear()
            await visitor.show(page)
            return READ in visitor.widgets

        assert not await offers()
        await visitor.send()
        assert await offers()
        assert not await offers("motion") and not await offers()
        first = visitor.widgets[FIELD]
        await visitor.choose(await visitor.send(), READ)
        assert any("edited" in alert and "incomplete or damaged" in alert for alert in visitor.alerts)
        assert visitor.widgets[FIELD] != first, "the field is empty again"
        assert not await offers()
        await visitor.socket.close()

    asyncio.run(visited())


def test_what_stands_when_the_server_starts_is_in_no_later_search_for_garbage() -> None:
    try:
        memory.keep_what_stands()
        assert len(gc.get_objects()) < gc.get_freeze_count() / 10
    finally:
        gc.unfreeze()
