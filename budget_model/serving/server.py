"""The layers around Streamlit's server, in the order in which a request meets them, and what happens when it starts."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import cli_util, config
from streamlit.starlette import App
from streamlit.web.server.server_util import get_url
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from budget_model.serving import memory, policy, uploads

# Wherever they stand: `server.baseUrlPath` may come before them.
_CLOSED = re.compile(r"/_stcore/(?:metrics|agent)(?:/|$)")
_UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/([^/]+)/?$")
_DONE = 204  # what Streamlit answers once a file has come, or has been taken back


def layers(*scripts: str) -> list[Middleware]:
    """Return the layers around Streamlit's server; `scripts` are the inline scripts that the pages bring."""
    return [Middleware(_WithHeaders, given=policy.headers(*scripts)), Middleware(_KnownHost), Middleware(_Closed), Middleware(_Uploads)]


@asynccontextmanager
async def started(_app: App) -> AsyncIterator[None]:
    """Prepare the server, and open the dashboard in a browser where there is a screen, as Streamlit does for a plain script."""
    memory.give_large_blocks_back()
    memory.keep_what_stands()
    if not config.get_option("server.headless"):
        cli_util.open_browser(get_url(config.get_option("server.address") or "localhost"))
    yield


class _WithHeaders:
    """Gives every answer the headers of the policy, also that of a failure."""

    def __init__(self, app: ASGIApp, given: Mapping[str, str]) -> None:
        self.app, self.given = app, given

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                MutableHeaders(scope=message).update(self.given)
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            if scope["type"] == "http" and not begun:
                await PlainTextResponse("The answer failed. The reason is in the log.", 500)(scope, receive, send_with_headers)
            raise


class _KnownHost:
    """Answers only to the names of `server.allowedHosts`: a foreign page could else reach this machine under a name of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; Streamlit checks those of websockets itself, by the same list."""
        if scope["type"] == "http" and not is_host_allowed(Headers(scope=scope).get("host")):
            words = "The dashboard does not answer to this name. Whoever runs it can add the name to server.allowedHosts."
            await PlainTextResponse(words, 421)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class _Closed:
    """Closes what Streamlit offers to programs: its metrics, and the description of an interface that is off."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and _CLOSED.search(scope["path"]):
            await PlainTextResponse("Not offered here.", 404)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class _Uploads:
    """Lets a file through to Streamlit only where there is room for it, and lets go of a visitor's files when the visitor goes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "websocket":
            try:
                await self.app(scope, receive, send)
            finally:
                uploads.let_go_of_the_absent()
        elif scope["type"] == "http" and (found := _UPLOAD.search(scope["path"])) and scope["method"] in ("PUT", "DELETE"):
            await self._upload(found[1], found[2], scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _upload(self, session_id: str, file_id: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a file, or let go of one, before the visitor hears that it is done."""

        async def send_when_done(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == _DONE:
                (uploads.arrived if scope["method"] == "PUT" else uploads.taken_back)(session_id, file_id)
            await send(message)

        if scope["method"] == "DELETE":
            await self.app(scope, receive, send_when_done)
            return
        given = Headers(scope=scope)
        length = None if "transfer-encoding" in given else given.get("content-length")
        try:
            with uploads.room(session_id, length):
                async with asyncio.timeout(uploads.SENDING_SECONDS):
                    await self.app(scope, receive, send_when_done)
        except uploads.UploadRefusedError as refused:
            refusal = PlainTextResponse(refused.words, refused.status, {"Connection": "close"})
            await refusal(scope, receive, send)
        except TimeoutError:
            late = PlainTextResponse("The file took too long to send and was not taken.", 408, {"Connection": "close"})
            await late(scope, receive, send)
