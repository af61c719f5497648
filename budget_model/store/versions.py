"""Named versions of scenarios: each is kept with who saved it, when and why, and never altered.

A save names the version it began from. Where someone has saved another since, nothing is written and the save is refused
with `ConflictError`: the second person is shown the other's changes and chooses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from budget_model.errors import StoreError
from budget_model.scenario.forms import FIRST_FORM, FORM
from budget_model.scenario.schema import Scenario
from budget_model.scenario.text import digest, digest_in_form_1
from budget_model.store.bodies import body_of, canonical, scenario_of
from budget_model.store.checksums import altered, compare, with_checksum
from budget_model.store.database import SCENARIOS, VERSIONS, Database, now

MOST_AUTHOR, MOST_REASON, MOST_COMMENT = 80, 500, 500


@dataclass(frozen=True)
class Comment:
    """What was said of one act of a version: the act's name, and the comment."""

    act: str
    text: str


@dataclass(frozen=True)
class Version:
    """What is known of one version without reading it. `saved_at` is UTC, ISO 8601; `form` that of scenarios in which it is kept.

    `comments` are those on what it changed of the version before, or of the scenario that it was made from.
    """

    slug: str
    number: int
    name: str
    author: str
    reason: str
    saved_at: str
    digest: str
    form: int
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True)
class Saved:
    """A scenario that someone saved under a name; `starts_from` is the scenario it was first made from."""

    slug: str
    name: str
    starts_from: str
    latest: int


class ConflictError(StoreError):
    """Someone saved a version since the one that was edited. `latest` is theirs."""

    def __init__(self, latest: Version) -> None:
        self.latest = latest
        super().__init__(f"{latest.author} saved version {latest.number} of '{latest.name}' on {latest.saved_at}")


def saved_scenarios(database: Database) -> tuple[Saved, ...]:
    """Return all saved scenarios, by name."""
    with database.reading() as connection:
        rows = connection.execute(select(SCENARIOS).order_by(SCENARIOS.c.name, SCENARIOS.c.slug))
        return tuple(Saved(row.slug, row.name, row.starts_from, row.latest) for row in rows)


def versions(database: Database, slug: str) -> tuple[Version, ...]:
    """Return the versions of a saved scenario, the newest first."""
    with database.reading() as connection:
        return _versions(connection, slug)


def load(database: Database, slug: str, number: int = 0) -> tuple[Version, Scenario]:
    """Return a version, the newest for number 0.

    Raises StoreError when there is no such version, UnreadableError when it is not what was saved.
    """
    with database.reading() as connection:
        number = number or connection.execute(select(SCENARIOS.c.latest).where(SCENARIOS.c.slug == slug)).scalar() or 0
        query = select(VERSIONS, SCENARIOS.c.name).join(SCENARIOS).where(VERSIONS.c.slug == slug, VERSIONS.c.number == number)
        row = connection.execute(query).first()
    if row is None:
        raise StoreError(f"There is no version {number} of '{slug}'")
    what = f"Version {number} of '{row.name}'"
    compare(VERSIONS, row, what)
    scenario = scenario_of(row.body, row.form, what)
    if row.form == FIRST_FORM and row.digest != digest_in_form_1(scenario):  # what version 0.4.0 kept beside it
        raise altered(what)
    return _version(row), scenario


def save_new(
    database: Database,
    scenario: Scenario,
    author: str,
    reason: str,
    starts_from: str,
    taken: frozenset[str] = frozenset(),
    comments: Sequence[Comment] = (),
) -> Version:
    """Save a scenario as the first version of a new one, under its own name; `taken` are slugs it may not have."""
    _said(author, reason, comments)
    with database.transaction() as connection:
        used = taken | set(connection.execute(select(SCENARIOS.c.slug)).scalars())
        slug = _free(re.sub(r"[^a-z0-9]+", "_", scenario.name.lower()).strip("_")[:60] or "scenario", used)
        connection.execute(insert(SCENARIOS).values(slug=slug, name=scenario.name, starts_from=starts_from, latest=1))
        return _add(connection, slug, 1, scenario, author, reason, comments)


def save_next(
    database: Database, slug: str, began_from: int, scenario: Scenario, author: str, reason: str, comments: Sequence[Comment] = ()
) -> Version:
    """Save a scenario as the version after `began_from`. Raises ConflictError when that is not the newest any more."""
    _said(author, reason, comments)
    with database.transaction() as connection:
        number = began_from + 1
        taken = update(SCENARIOS).where(SCENARIOS.c.slug == slug, SCENARIOS.c.latest == began_from)
        if connection.execute(taken.values(latest=number, name=scenario.name)).rowcount == 1:
            return _add(connection, slug, number, scenario, author, reason, comments)
        found = _versions(connection, slug)
    if not found:
        raise StoreError(f"There is no saved scenario '{slug}'")
    raise ConflictError(found[0])


def _said(author: str, reason: str, comments: Sequence[Comment]) -> None:
    if not author.strip() or not reason.strip():
        raise StoreError("A version needs the name of who saves it and a few words on why")
    if len(author) > MOST_AUTHOR or len(reason) > MOST_REASON:
        raise StoreError(f"A name has at most {MOST_AUTHOR} letters, a reason at most {MOST_REASON}")
    if too_long := next((one for one in comments if len(one.text) > MOST_COMMENT), None):
        raise StoreError(f"A comment has at most {MOST_COMMENT} letters; that on '{too_long.act}' has {len(too_long.text)}")


def _free(slug: str, used: frozenset[str]) -> str:
    free, number = slug, 2
    while free in used:
        free, number = f"{slug}_{number}", number + 1
    return free


def _add(
    connection: Connection, slug: str, number: int, scenario: Scenario, author: str, reason: str, comments: Sequence[Comment]
) -> Version:
    kept = tuple(comments)
    version = Version(slug, number, scenario.name, author.strip(), reason.strip(), now(), digest(scenario), FORM, kept)
    row = {
        "slug": slug,
        "number": number,
        "author": version.author,
        "reason": version.reason,
        "saved_at": version.saved_at,
        "digest": version.digest,
        "body": body_of(scenario),
        "form": FORM,
        "comments": canonical([[one.act, one.text] for one in kept]) if kept else "",
    }
    connection.execute(insert(VERSIONS).values(with_checksum(VERSIONS, row)))
    return version


def _versions(connection: Connection, slug: str) -> tuple[Version, ...]:
    listed = [column for column in VERSIONS.c if column is not VERSIONS.c.body]
    query = select(*listed, SCENARIOS.c.name).join(SCENARIOS).where(VERSIONS.c.slug == slug).order_by(VERSIONS.c.number.desc())
    return tuple(_version(row) for row in connection.execute(query))


def _version(row: Any) -> Version:
    return Version(row.slug, row.number, row.name, row.author, row.reason, row.saved_at, row.digest, row.form, _comments(row.comments))


def _comments(kept: str) -> tuple[Comment, ...]:
    """Return comments as they are kept; for those that were altered into something else, one that says so."""
    try:
        return tuple(Comment(act, text) for act, text in json.loads(kept or "[]"))
    except (ValueError, TypeError):
        return (Comment("", "The comments were altered in the database and cannot be read."),)
