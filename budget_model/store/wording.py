"""What a driver of a database says, in words for whoever works on a scenario; no password, and no driver's dictionary."""

from __future__ import annotations

import sqlite3
import ssl
import struct
from collections.abc import Mapping
from typing import Any

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFreeError

from budget_model.errors import StoreError, UnavailableError
from budget_model.store.address import PATIENCE_SECONDS

# A connection that dies in the middle of an answer reaches the caller of pg8000 as one of these as well.
BROKEN = (OSError, struct.error)
READ_ONLY = "it may only be read, and nothing can be saved in it. Whoever runs the dashboard can give it leave to write"
_HELD = f"somebody else has held it for more than {PATIENCE_SECONDS} seconds. Try again when they are done"
_OTHER_TABLES = "its tables are not those of this version of the modeler. Another program changed them; nothing was changed now"
_SQLITE = {
    "database is locked": _HELD,
    "readonly database": READ_ONLY,
    "not a database": "the file is no database of SQLite",
    "malformed": "the file is damaged. Put a backup in its place",
    "no such column": _OTHER_TABLES,
    "no such table": _OTHER_TABLES,
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL = {
    "28P01": "the server does not accept the user '{user}' with this password",
    "28000": "the server does not let the user '{user}' in",
    "3D000": "the server has no database '{database}'",
    "55P03": _HELD,
    "57014": _HELD,
    "25006": READ_ONLY,
    "42703": _OTHER_TABLES,
    "42P01": _OTHER_TABLES,
    "42501": "the user '{user}' may not do this there. Whoever runs the database can allow it",
    "53300": "the server has as many connections as it takes. Try again in a moment",
    "57P01": "the server was stopped",
    "57P02": "the server was stopped",
    "57P03": "the server is just starting or stopping. Try again in a moment",
}
_NEVER = ("22", "23")  # classes of errors that come again however often it is tried: the content is not accepted


def in_words(error: Exception, url: URL, what: str) -> StoreError:
    """Return a driver's error in words that begin with `what` was not done.

    It is an UnavailableError where another time may be better, a StoreError where the content itself is refused.
    """
    original = error.orig if isinstance(error, DBAPIError) else error
    kind = StoreError if isinstance(original, sqlite3.IntegrityError) or _code(original).startswith(_NEVER) else UnavailableError
    return kind(f"{what}: {_reason(error, original, url)}")


def says_lost(error: BaseException) -> bool:
    """Whether an error of a driver means that its connection is of no more use."""
    return isinstance(error, BROKEN) or _code(error).startswith("57P")


def _reason(error: Exception, original: BaseException | None, url: URL) -> str:
    server = url.query.get("unix_sock") or f"{url.host}, port {url.port or 5432}"
    if isinstance(error, NoneFreeError):
        return "too many people ask it at once. Try again in a moment"
    if said := _said(original):
        known = _POSTGRESQL.get(said.get("C", ""), said.get("M", "no reason was given"))
        return str(known).format(user=url.username, database=url.database) if said.get("C") in _POSTGRESQL else str(known)
    lost = "the connection to it was lost"
    if isinstance(original, BROKEN):
        return f"the certificate of the server at {server} is not accepted" if isinstance(original, ssl.SSLError) else lost
    text = str(original).splitlines()[0] if str(original) else type(original).__name__
    known = _SQLITE | {
        "network error": lost,
        "create a connection": f"no server answers at {server}",
        "communication error": f"no server answers at {server}",
        "refuses SSL": f"the server at {server} does not encrypt, which sslmode asks for",
    }
    return next((words for part, words in known.items() if part in text), text)


def _said(original: BaseException | None) -> Mapping[str, Any]:
    """Return what a server of PostgreSQL answered, by its letters: C is the code, M the message.

    A driver that cannot say goodbye to a server which refused it raises that in place of the refusal.
    """
    while original is not None:
        if original.args and isinstance(original.args[0], Mapping):
            return original.args[0]
        original = original.__cause__ or original.__context__
    return {}


def _code(original: BaseException | None) -> str:
    return str(_said(original).get("C", ""))
