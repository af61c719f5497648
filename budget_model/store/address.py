"""The address of the database as people write it: what is understood, and what is refused without repeating a password."""

from __future__ import annotations

import re
import ssl
from pathlib import Path
from typing import Any

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from budget_model.errors import StoreError

URL_VARIABLE = "LEAD_DATABASE_URL"
PATIENCE_SECONDS = 20  # how long a connection and a lock are waited for
FORMS = "sqlite:////folder/file, or postgresql://user:password@host/database"
_POSTGRESQL = ("postgresql", "postgres", "postgresql+pg8000")
_SQLITE = ("sqlite", "sqlite+pysqlite")
_HOST = re.compile(r"[\w-]{1,63}(\.[\w-]{1,63})*|[0-9A-Fa-f:.]+")  # a name, or an address of version 4 or 6
_SPECIAL = "In a user name or password write @ as %40, : as %3A, / as %2F, % as %25"
_ENCRYPTION = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_OPTIONS = ("sslmode", "sslrootcert", "application_name", "host", "unix_sock")
_FILE_OPTIONS = ("uri", "mode", "cache", "immutable")


def understood(given: str) -> tuple[URL, dict[str, Any]]:
    """Return an address as SQLAlchemy takes it, with what the driver is told beside it.

    The ordinary form of PostgreSQL's own programs is understood, `?sslmode=` and `?host=/folder/of/the/socket` among it.
    Raises StoreError, which names the remedy and never a password, for any other address.
    """
    try:
        url = make_url(given.strip())
    except (ArgumentError, ValueError):
        raise _refused(f"is no address of a database. {_SPECIAL}") from None
    if url.drivername in _SQLITE:
        if url.host or url.username or url.password or url.port:
            raise _refused("names a file of SQLite with too few slashes: four stand before a path from the root, three before another")
        _known(url, _FILE_OPTIONS)
        return url, {"timeout": PATIENCE_SECONDS}
    if url.drivername in _POSTGRESQL:
        return _postgresql(given, url)
    kind, _, driver = url.drivername.partition("+")
    if driver and kind in _POSTGRESQL:
        raise _refused(f"names the driver '{driver}', which is not part of the modeler. Write postgresql:// without it")
    raise _refused(f"names a database of the kind '{kind}', which the modeler does not keep scenarios in")


def _postgresql(given: str, url: URL) -> tuple[URL, dict[str, Any]]:
    options = {key: value if isinstance(value, str) else value[-1] for key, value in url.query.items()}
    host = options.get("host") or url.host or "localhost"
    if given.count("@") > 1:
        raise _refused(f"cannot be read: nobody can tell where its password ends. {_SPECIAL}")
    if not (host.startswith("/") or _HOST.fullmatch(host)) or not 0 <= (url.port or 0) < 65_536:
        raise _refused(f"names a host or a port that cannot be read. {_SPECIAL}")
    if not url.username:
        raise _refused("names no user")
    if not url.database:
        raise _refused("names no database")
    _known(url, _OPTIONS)
    told: dict[str, Any] = {"timeout": PATIENCE_SECONDS + 5}  # longer than a lock is waited for, which has the better words
    told["ssl_context"] = _encryption(options.get("sslmode", "prefer"), options.get("sslrootcert"))
    known = {"application_name": options.get("application_name", "lead-budget")}
    if "unix_sock" in options or host.startswith("/"):
        known["unix_sock"] = options.get("unix_sock") or f"{host}/.s.PGSQL.{url.port or 5432}"
    return url.set(drivername="postgresql+pg8000", host="localhost" if host.startswith("/") else host, query=known), told


def _encryption(mode: str, authority: str | None) -> ssl.SSLContext | bool | None:
    """Return how pg8000 encrypts: False never, None where the server does, True always, a context to prove the server too."""
    if mode not in _ENCRYPTION:
        raise _refused(f"has an sslmode that is not known. Known are {', '.join(_ENCRYPTION)}")
    if not mode.startswith("verify"):
        return {"disable": False, "require": True}.get(mode)
    if authority and not Path(authority).is_file():
        raise _refused("names a file of certificates (sslrootcert) that is not there")
    try:
        context = ssl.create_default_context(cafile=authority)
    except ssl.SSLError:
        raise _refused("names a file of certificates (sslrootcert) that holds none") from None
    context.check_hostname = mode == "verify-full"
    return context


def _known(url: URL, options: tuple[str, ...]) -> None:
    if unknown := sorted(set(url.query) - set(options)):
        raise _refused(f"has an option that is not known: {', '.join(unknown)}. Known are {', '.join(options)}")


def _refused(why: str) -> StoreError:
    return StoreError(f"{URL_VARIABLE} {why}. Expected {FORMS}")
