"""Moves that the database did not take: held in the visitor's session, in their order, and sent when it takes them again.

A move is a function of a draft. With a database it keeps what it does there; without one it only returns what it leads to,
which is what the screen shows meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from budget_model.errors import ScenarioError, StoreError, UnavailableError
from budget_model.formats import counted
from budget_model.pages.shared.catalog import database
from budget_model.scenario.wording import for_people
from budget_model.store import drafts
from budget_model.store.database import Database
from budget_model.store.drafts import Draft

Move = Callable[[Database | None, Draft], Draft | None]
PAUSE_SECONDS = 5.0  # between two tries: each may wait long for a server that does not answer
_HELD, _NEXT_TRY = "held_moves", "held_moves.next_try"
_TRIES = 3


@dataclass
class _Held:
    """What is held of one draft: `known` is what the database has of it (nothing unless `begun`), `now` what the screen shows."""

    known: Draft
    begun: bool
    now: Draft
    reason: str
    moves: list[tuple[Move, Draft, str]] = field(default_factory=list)  # each with what it led to, and its words


@dataclass(frozen=True)
class Sent:
    """What became of held moves: the drafts as they are now, None for one that is gone, and what is to be said, which may be `bad`."""

    drafts: dict[str, Draft | None]
    words: str
    bad: bool


def made(move: Move, draft: Draft, words: str = "", *, begun: bool = True) -> Draft:
    """Make a move on a draft, which is begun first where it is not: in the database, or on this screen where that is away.

    `words` say what it does where that is no step of the draft.
    Raises StoreError where the move itself is refused, and ScenarioError as the move does.
    """
    held = next((one for one in _all() if one.known.id == draft.id), None)
    if held is None:
        try:
            if not begun:
                drafts.keep(database(), draft)
                begun = True
            return _taken(move, draft)
        except UnavailableError as error:
            held = _Held(draft, begun, draft, str(error))
            _pause()
    after = move(None, held.now)
    assert after is not None  # nobody else is on this screen
    if after is held.now and not words:
        return after
    if not held.moves:
        _all().append(held)
    held.moves.append((move, after, words or _words(held.now, after)))
    held.now = after
    return after


def is_held(id: str) -> bool:
    """Whether moves of a draft are held."""
    return any(one.known.id == id for one in _all())


def said() -> str:
    """Return what must be known while moves are held, or nothing."""
    count = sum(len(one.moves) for one in _all())
    if not count:
        return ""
    kept = counted(count, "change is kept", "changes are kept")
    return f"{_all()[-1].reason}. {kept} on this screen only until the database takes them: do not close or reload it."


def deliver() -> Sent:
    """Send what is held, unless that was tried a moment ago. What is refused now is lost, and said with what it was."""
    found: dict[str, Draft | None] = {}
    kept = 0
    lost: list[str] = []
    if time.monotonic() < st.session_state.get(_NEXT_TRY, 0):
        return Sent(found, "", bad=False)
    for held in list(_all()):
        count = len(held.moves)
        try:
            refused = _sent(held)
        except UnavailableError as error:
            held.reason = str(error)
            _pause()
            break
        except StoreError as error:  # the draft is not there any more, or is changed without end
            refused = [f"{words}. {error}" for _, _, words in held.moves]
            found[held.known.id] = None
        else:
            found[held.known.id] = held.known
        _all().remove(held)
        kept, lost = kept + count - len(refused), lost + refused
    taken = f"The database answers again: {counted(kept, 'change is', 'changes are')} in the draft now." if kept else ""
    gone = f"These changes are lost, for they can be made no more: {'; '.join(lost)}." if lost else ""
    return Sent(found, f"{taken} {gone}".strip(), bad=bool(lost))


def _sent(held: _Held) -> list[str]:
    """Send the moves of a draft, and return those that the scenario's rules refuse on what others made of it meanwhile."""
    refused = []
    if not held.begun:
        drafts.keep(database(), held.known)
        held.begun = True
    while held.moves:
        move, shown, words = held.moves[0]
        fresh = drafts.open_draft(database(), held.known.id, held.known)
        # The answer to a move may have been lost, and not the move.
        is_there = fresh.revision == held.known.revision + 1 and _is_like(fresh, shown)
        held.known = fresh
        if not is_there:
            try:
                held.known = _taken(move, fresh)
            except ScenarioError as error:
                refused.append(f"{words} ({for_people(error)})")
        held.moves.pop(0)
    return refused


def _words(before: Draft, after: Draft) -> str:
    if after.words != before.words:
        return after.last_words
    if after.applied_steps == before.applied_steps:
        return "an entry that is not taken yet"
    return f"{before.last_words}, undone" if after.applied_steps < before.applied_steps else f"{after.last_words}, done again"


def _is_like(one: Draft, other: Draft) -> bool:
    return (one.applied_steps, one.words, one.scenario, list(one.pending)) == (
        other.applied_steps,
        other.words,
        other.scenario,
        list(other.pending),
    )


def _taken(move: Move, draft: Draft) -> Draft:
    """Make a move in the database; where another tab changed the draft at the same time, on what it is now."""
    for _ in range(_TRIES):
        after = move(database(), draft)
        if after is not None:
            return after
        draft = drafts.open_draft(database(), draft.id)
    raise StoreError("The draft is being changed elsewhere at the same time; try again")


def _pause() -> None:
    st.session_state[_NEXT_TRY] = time.monotonic() + PAUSE_SECONDS


def _all() -> list[_Held]:
    held: list[_Held] = st.session_state.setdefault(_HELD, [])
    return held
