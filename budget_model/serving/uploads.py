"""The files that visitors send: from whom they are taken, how much at a time, and when they are let go.

Streamlit takes a file from every open session, whatever its page shows, and keeps it for minutes after the visitor has gone.
Here it is taken only while the page on the screen takes files, within limits for a session and for all, which are checked
against what the request announces, before any of it is read. What has arrived waits here, one file for each visitor, until
it is read, taken back or replaced, the page is left, or the connection ends; Streamlit's own widgets hold none of it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import cast
from weakref import WeakKeyDictionary, WeakSet

from streamlit.runtime import get_instance
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.typing import UploadedFile

from budget_model.upload.limits import FILE_BYTES, MEGABYTE

FRAMING_BYTES = MEGABYTE  # what a request has beside its file, and by what twelve megabytes of Streamlit are more than ours
REQUEST_BYTES = FILE_BYTES + FRAMING_BYTES
SESSION_FILES = 2  # under way at once: one that is chosen in the place of another may come before that has ended
ALL_BYTES = 100 * MEGABYTE  # waiting and under way: eight of the largest, fifty of our largest workbook
UNREAD_SECONDS = 600  # then a file that nobody has read makes room for the next
SENDING_SECONDS = 300  # for one file: the largest over 40 kB a second


class UploadRefusedError(Exception):
    """A file is not taken: the HTTP status, and a sentence that says why and what to do."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


@dataclass(frozen=True)
class Waiting:
    """A file that has arrived and waits to be read: its id in the browser, its name and bytes, and since when, in seconds."""

    id: str
    name: str
    content: bytes
    since: float = field(default_factory=time.monotonic)


@dataclass(frozen=True, eq=False)
class _Coming:
    """A file under way: its session, and the bytes that it announces."""

    session: AppSession
    size: int


_takers: WeakSet[AppSession] = WeakSet()  # sessions whose page takes files
_waiting: WeakKeyDictionary[AppSession, Waiting] = WeakKeyDictionary()
_coming: set[_Coming] = set()
_refusals: WeakKeyDictionary[AppSession, str] = WeakKeyDictionary()  # the last of each, until its page has shown it


def take_files(takes: bool) -> None:
    """Say of the session whose script runs whether its page takes files; where it does not, what it sent before is let go."""
    if (not takes and not _takers and not _waiting) or (session := _running()) is None:
        return
    if takes:
        _takers.add(session)
    else:
        _takers.discard(session)
        _waiting.pop(session, None)


def waiting(field: UploadedFile | None) -> Waiting | None:
    """Return the file that the session whose script runs has sent, if it is still here.

    `field` is what Streamlit's own field holds: nothing behind our server, the file where a page is run without one.
    """
    session = _running()
    found = None if session is None else _waiting.get(session)
    return Waiting(field.file_id, field.name, field.getvalue()) if found is None and field is not None else found


def refusal() -> str | None:
    """Return, once, why the last file of the session whose script runs was not taken."""
    session = _running()
    return None if session is None else _refusals.pop(session, None)


def let_go() -> None:
    """Let go of the file that the session whose script runs has sent."""
    if (session := _running()) is not None:
        _waiting.pop(session, None)


@contextmanager
def room(session_id: str, length: str | None) -> Iterator[None]:
    """Hold room for a file while it is sent; `length` is what the request announces, in bytes.

    Raises UploadRefusedError before anything is read; the visitor's page then says why.
    """
    session = get_instance().get_app_session(session_id)
    if session is None or session not in _takers:
        raise UploadRefusedError(403, "No page that takes files is open. Open the page Downloads and choose the file again.")
    try:
        coming = _Coming(session, _checked(session, length))
    except UploadRefusedError as refused:
        _refusals[session] = refused.words
        session.request_rerun(session._client_state)  # as it stands; the field itself would show a number and no words
        raise
    _coming.add(coming)
    try:
        yield
    finally:
        _coming.discard(coming)
        _streamlits().remove_session_files(session_id)


def arrived(session_id: str, file_id: str) -> None:
    """Take a file from Streamlit once it is there whole; it takes the place of the one before, if its visitor is still there."""
    session = get_instance().get_app_session(session_id)
    files = _streamlits().get_files(session_id, [file_id])
    _streamlits().remove_session_files(session_id)
    if files and session is not None and session in _takers:
        _waiting[session] = Waiting(file_id, files[0].name, files[0].data)


def taken_back(session_id: str, file_id: str) -> None:
    """Let go of a file that its visitor has taken out of the field."""
    session = get_instance().get_app_session(session_id)
    if session is not None and (found := _waiting.get(session)) and found.id == file_id:
        del _waiting[session]


def let_go_of_the_absent() -> None:
    """Let go of the files of all sessions whose visitor is not connected."""
    for session in list(_waiting):
        if not get_instance().is_active_session(session.id):
            _waiting.pop(session, None)


def _checked(session: AppSession, length: str | None) -> int:
    """Return the bytes that a request announces, if there is room for them."""
    if length is None or not (length.isascii() and length.isdecimal()):
        raise UploadRefusedError(411, "The file came without its size and was not taken. Choose it again.")
    size = int(length)
    if size > REQUEST_BYTES:
        raise UploadRefusedError(413, f"The file was not taken: it has more than {FILE_BYTES // MEGABYTE} MB.")
    if sum(each.session is session for each in _coming) >= SESSION_FILES:
        raise UploadRefusedError(429, "The file was not taken: others are still being sent. Choose it again in a moment.")
    _make_room(size)
    if _held() + size > ALL_BYTES:
        raise UploadRefusedError(503, "The file was not taken: too many others wait to be read. Choose it again in some minutes.")
    return size


def _make_room(size: int) -> None:
    """Let go of files that nobody has read for long, the oldest first, until there is room."""
    for session, found in sorted(_waiting.items(), key=lambda each: each[1].since):
        if _held() + size <= ALL_BYTES or time.monotonic() - found.since < UNREAD_SECONDS:
            return
        _waiting.pop(session, None)


def _held() -> int:
    """Return the bytes of all files that wait or are under way."""
    return sum(len(each.content) for each in list(_waiting.values())) + sum(each.size for each in _coming)


def _running() -> AppSession | None:
    """Return the session whose script runs."""
    context = get_script_run_ctx()
    return None if context is None else get_instance().get_app_session(context.session_id)


def _streamlits() -> MemoryUploadedFileManager:
    """Return where Streamlit's own server keeps what was sent."""
    return cast(MemoryUploadedFileManager, get_instance().uploaded_file_mgr)
