"""The checksum that stands beside everything that is kept, and is compared whenever it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, Table

from budget_model.errors import UnreadableError
from budget_model.scenario.forms import FIRST_FORM
from budget_model.store.bodies import canonical

COLUMN = "checksum"
# What a row says and never changes afterwards.
COVERED = {
    "versions": ("slug", "number", "author", "reason", "saved_at", "digest", "body", "form", "comments"),
    "drafts": ("id", "slug", "version", "body", "form"),
    "steps": ("draft", "number", "words", "patch", "form"),
}
# Columns that came later: they count where they say something, so that the checksum of a row that is older stays.
_LATER = {"versions": ("comments",)}


def checksum(values: list[Any]) -> str:
    """Return the SHA-256 of texts and whole numbers, in their order."""
    return hashlib.sha256(canonical(values).encode()).hexdigest()


def with_checksum(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row that is to be written, with its checksum."""
    return {**row, COLUMN: checksum(_covered(table, row))}


def compare(table: Table, row: Row[Any], what: str) -> None:
    """Raise UnreadableError, naming `what` it is, where a row is not what was written.

    A program of version 0.4.0 that still writes into a database of today gives no checksum, and form 1.
    """
    kept = row._mapping[COLUMN]
    if not kept and row._mapping["form"] == FIRST_FORM:
        return
    if kept != checksum(_covered(table, dict(row._mapping))):
        raise altered(what)


def _covered(table: Table, row: Mapping[str, Any]) -> list[Any]:
    return [row[name] for name in COVERED[table.name] if row[name] or name not in _LATER.get(table.name, ())]


def altered(what: str) -> UnreadableError:
    """Return the refusal of something that is not what was saved."""
    return UnreadableError(
        f"{what} was altered in the database after it was saved: its content and its checksum do not agree. It is not shown, for "
        "its figures may be wrong. A backup of the database may have it as it was"
    )
