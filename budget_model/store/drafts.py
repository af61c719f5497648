"""Drafts: what was typed and not yet saved, step by step, so that a reload, a restart or a second tab loses nothing.

A draft holds the scenario it began from and a patch for each step. Undoing lowers the number of steps that stand; a new
step drops those that were undone. Every change names the revision it began from, so that two tabs never mix.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from budget_model.editing.patch import patch, patched
from budget_model.errors import StoreError, UnreadableError
from budget_model.scenario.forms import FORM, form_of
from budget_model.scenario.schema import Item, Scenario
from budget_model.store.bodies import body_of, canonical, scenario_of
from budget_model.store.checksums import altered, compare, with_checksum
from budget_model.store.database import DRAFTS, STEPS, TEXTS, Database, now

MOST_STEPS = 2_000
_MOST_WORDS = 500


@dataclass(frozen=True)
class Draft:
    """Unsaved work on `base`: the scenario of a file (version 0) or of a saved version.

    `states` are the scenarios after each step, `base` first; `applied_steps` says how many steps stand. `pending` are entries
    that are not taken yet, refused or waiting for others, as plain data of whoever keeps them there.
    """

    id: str
    slug: str
    version: int
    revision: int
    applied_steps: int
    states: tuple[Scenario, ...]
    words: tuple[str, ...]
    pending: tuple[Any, ...] = ()

    @property
    def base(self) -> Scenario:
        """The scenario the work began from."""
        return self.states[0]

    @property
    def scenario(self) -> Scenario:
        """The scenario as it stands now."""
        return self.states[self.applied_steps]

    @property
    def before_last(self) -> Scenario:
        """The scenario before the last step that stands."""
        return self.states[max(self.applied_steps - 1, 0)]

    @property
    def without_last(self) -> Draft:
        """The draft without the last step that stands, so that another takes its place."""
        return replace(self, applied_steps=max(self.applied_steps - 1, 0))

    @property
    def last_words(self) -> str:
        """What the last step that stands did."""
        return self.words[self.applied_steps - 1] if self.applied_steps else ""

    @property
    def can_redo(self) -> bool:
        """Whether steps were undone that can be done again."""
        return self.applied_steps < len(self.words)

    def states_to(self, steps: int) -> tuple[Scenario, ...]:
        """Return the scenarios on the way from now to where that many steps stand, both ends among them."""
        low, high = sorted((self.applied_steps, steps))
        return self.states[low : high + 1][:: -1 if steps < self.applied_steps else 1]

    @cached_property
    def reference(self) -> Scenario:
        """The items of now as they were when they came: those of `base`, and each added one as it was added."""
        tables = {}
        for table, items in self.scenario.tables.items():
            first: dict[str, Item] = {}
            seen = None
            for state in self.states[: self.applied_steps + 1]:
                there = getattr(state, table)
                if there is not seen:  # most steps leave most tables as they are
                    seen = there
                    for item in there:
                        first.setdefault(item.name, item)
            tables[table] = tuple(first[item.name] for item in items)
        return self.base.model_copy(update=tables)


@dataclass(frozen=True)
class Unsaved:
    """A draft in a list: what it is of, how many steps stand, what the last one did, when it was changed (UTC), and by whom.

    `author` is the name that was typed into its save form, "" while there is none.
    """

    id: str
    slug: str
    version: int
    steps: int
    last_words: str
    changed_at: str
    author: str = ""


def begin(database: Database, slug: str, version: int, scenario: Scenario) -> Draft:
    """Begin a draft of a scenario; it has no steps yet."""
    draft = new(slug, version, scenario)
    keep(database, draft)
    return draft


def new(slug: str, version: int, scenario: Scenario) -> Draft:
    """Return a draft without steps that no database has yet."""
    return Draft(secrets.token_urlsafe(9), slug, version, 0, 0, (scenario,), ())


def keep(database: Database, draft: Draft) -> None:
    """Keep a new draft. One that is there already, for an answer was lost, stays as it is."""
    row = {"id": draft.id, "slug": draft.slug, "version": draft.version, "body": body_of(draft.base), "form": FORM}
    first = {"standing": 0, "revision": 0, "waiting": "[]", "changed_at": now()}
    with database.transaction() as connection:
        if connection.execute(select(DRAFTS.c.id).where(DRAFTS.c.id == draft.id)).first() is None:
            connection.execute(insert(DRAFTS).values(with_checksum(DRAFTS, row) | first))


def open_draft(database: Database, id: str, known: Draft | None = None) -> Draft:
    """Return a draft; `known`, what the caller has of it, where it was not changed since.

    Raises StoreError when there is none, UnreadableError when it is not what was kept.
    """
    with database.reading() as connection:
        row = connection.execute(select(DRAFTS).where(DRAFTS.c.id == id)).first()
        if row is None:
            raise StoreError("The draft that the address names is not there; it was saved or put away")
        if known and known.id == id and known.revision == row.revision:
            return known
        steps = connection.execute(select(STEPS).where(STEPS.c.draft == id).order_by(STEPS.c.number)).all()
    what = f"The draft of '{row.slug}'"
    compare(DRAFTS, row, what)
    if [step.number for step in steps] != list(range(1, len(steps) + 1)) or not 0 <= row.standing <= len(steps):
        raise altered(what)
    states = [scenario_of(row.body, row.form, what)]
    try:
        for step in steps:
            compare(STEPS, step, f"Step {step.number} of the draft of '{row.slug}'")
            states.append(patched(states[-1], json.loads(step.patch), form_of(step.form)))
        waiting = tuple(json.loads(row.waiting))
    except (ValueError, KeyError, TypeError):
        raise UnreadableError(f"{what} cannot be read by this version of the modeler; nothing of it was changed") from None
    words = tuple(step.words for step in steps)
    return Draft(id, row.slug, row.version, row.revision, row.standing, tuple(states), words, waiting)


def with_step(
    database: Database | None, draft: Draft, scenario: Scenario, words: str, pending: tuple[Any, ...] | None = None
) -> Draft | None:
    """Return the draft after one more step, which it keeps; None when it was changed elsewhere since it was opened.

    What is pending stays so unless it is given. Without a database nothing is kept.
    """
    kept = draft.pending if pending is None else pending
    number = draft.applied_steps + 1
    if number > MOST_STEPS:
        raise StoreError(f"The draft has {MOST_STEPS:,} steps; save it as a version and go on from there")
    words = words if len(words) <= _MOST_WORDS else f"{words[: _MOST_WORDS - 1]}…"
    step = {"draft": draft.id, "number": number, "words": words, "patch": canonical(patch(draft.scenario, scenario)), "form": FORM}
    if database:
        with database.transaction() as connection:
            if not _moved(connection, draft, number, kept):
                return None
            if draft.can_redo:
                connection.execute(delete(STEPS).where(STEPS.c.draft == draft.id, STEPS.c.number >= number))
            connection.execute(insert(STEPS).values(with_checksum(STEPS, step)))
    states, said = (*draft.states[:number], scenario), (*draft.words[: number - 1], words)
    return Draft(draft.id, draft.slug, draft.version, draft.revision + 1, number, states, said, kept)


def with_applied_steps(database: Database | None, draft: Draft, steps: int, pending: tuple[Any, ...] | None = None) -> Draft | None:
    """Return the draft with that many of its steps standing (undo and redo); None when it was changed elsewhere.

    What is pending stays so unless it is given. Without a database nothing is kept.
    """
    kept = draft.pending if pending is None else pending
    if database:
        with database.transaction() as connection:
            if not _moved(connection, draft, steps, kept):
                return None
    return Draft(draft.id, draft.slug, draft.version, draft.revision + 1, steps, draft.states, draft.words, kept)


def keep_text(database: Database, id: str, field: str, text: str) -> None:
    """Keep what was typed beside a draft, such as why it will be saved. Raises StoreError when the draft is not there."""
    with database.transaction() as connection:
        connection.execute(delete(TEXTS).where(TEXTS.c.draft == id, TEXTS.c.field == field))
        connection.execute(insert(TEXTS).values(draft=id, field=field, text=text))


def texts(database: Database, id: str) -> dict[str, str]:
    """Return what was typed beside a draft, by field."""
    with database.reading() as connection:
        return {row.field: row.text for row in connection.execute(select(TEXTS).where(TEXTS.c.draft == id))}


def put_away(database: Database, id: str, revision: int | None = None) -> None:
    """Forget a draft: it was saved, or its author does not want it. With a revision, only if nobody changed it since."""
    with database.transaction() as connection:
        found = connection.execute(select(DRAFTS.c.revision).where(DRAFTS.c.id == id).with_for_update()).scalar()
        if revision in (None, found):
            for kept in (STEPS, TEXTS):
                connection.execute(delete(kept).where(kept.c.draft == id))
            connection.execute(delete(DRAFTS).where(DRAFTS.c.id == id))


def unsaved(database: Database, most: int = 20) -> tuple[Unsaved, ...]:
    """Return the newest drafts that have steps, the newest first."""
    last = select(STEPS.c.words).where(STEPS.c.draft == DRAFTS.c.id, STEPS.c.number == DRAFTS.c.standing).scalar_subquery()
    author = select(TEXTS.c.text).where(TEXTS.c.draft == DRAFTS.c.id, TEXTS.c.field == "author").scalar_subquery()
    listed = [column for column in DRAFTS.c if column.name not in ("body", "waiting")]
    said = (func.coalesce(last, "").label("last_words"), func.coalesce(author, "").label("author"))
    query = select(*listed, *said).where(DRAFTS.c.standing > 0)
    with database.reading() as connection:
        rows = connection.execute(query.order_by(DRAFTS.c.changed_at.desc(), DRAFTS.c.id).limit(most)).all()
    return tuple(Unsaved(row.id, row.slug, row.version, row.standing, row.last_words, row.changed_at, row.author) for row in rows)


def count_unsaved(database: Database, slug: str = "") -> int:
    """Return how many drafts have steps, of one scenario or of all."""
    query = select(func.count()).select_from(DRAFTS).where(DRAFTS.c.standing > 0)
    with database.reading() as connection:
        return int(connection.execute(query.where(DRAFTS.c.slug == slug) if slug else query).scalar_one())


def _moved(connection: Connection, draft: Draft, standing: int, pending: tuple[Any, ...]) -> bool:
    own = update(DRAFTS).where(DRAFTS.c.id == draft.id, DRAFTS.c.revision == draft.revision)
    changed = own.values(standing=standing, revision=draft.revision + 1, waiting=canonical(pending), changed_at=now())
    return connection.execute(changed).rowcount == 1
