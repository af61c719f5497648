"""The draft that holds every change of a visitor that is not saved yet: begun, changed, undone, sent when the database is back.

Changes are made in callbacks, before the page runs; each is kept in the database before it is shown.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from budget_model.editing.typed_entries import Entry, Place, carried, news, refusals, taken
from budget_model.errors import ScenarioError, StoreError, UnavailableError
from budget_model.pages.shared import catalog, drawn_anew, held_moves
from budget_model.pages.shared.catalog import database
from budget_model.pages.shared.notices import notify
from budget_model.pages.shared.screen_state import current
from budget_model.pages.shared.work_keys import BEFORE, BEGUN_AT, DRAFT, JUST_KEPT, SLUG, VERSION, WRITTEN
from budget_model.scenario.entries import Refused, typed_words
from budget_model.scenario.schema import Scenario
from budget_model.scenario.wording import for_people
from budget_model.store import drafts
from budget_model.store.database import Database
from budget_model.store.drafts import Draft

_GESTURE, _PAUSE = "draft_session.gesture", 2.0  # seconds without a move after which the next begins another step
_MOST_SAID = 3  # steps that are named when several are undone


@dataclass
class _Gesture:
    """The last step, where it is a move of a gesture: the revision of the draft after it, and when it was first shown."""

    name: str
    draft: str
    revision: int
    at: float = 0.0
    is_shown: bool = False


def choose(slug: str, version: int = 0, draft: Draft | None = None) -> None:
    """Open a scenario, the newest version for 0, with a draft or without, from the next run on."""
    state = st.session_state
    state[SLUG], state[VERSION], state[DRAFT] = slug, version, draft
    for key in ("scenario", "version", "draft"):
        st.query_params.pop(key, None)
    drawn_anew.renew()


def open_draft(id: str) -> None:
    """Open a draft with the scenario it belongs to. Raises StoreError when it is not there."""
    draft = drafts.open_draft(database(), id)
    choose(draft.slug, draft.version, draft)


def edit(change: Callable[[Scenario], Scenario], words: str | Callable[[Scenario], str], gesture: str = "") -> bool:
    """Change the scenario on the screen and keep the step; return whether it was taken.

    `words` may be made from the scenario before the step. Moves of one `gesture`, such as a lever that is dragged, are one step
    while they follow each other within two seconds: `change` is made on the scenario before the first of them.
    What the scenario's rules refuse is said in a notice, and nothing changes.
    """

    def said(before: Scenario) -> str:
        return words if isinstance(words, str) else words(before)

    def changed(draft: Draft) -> tuple[Scenario, tuple[Any, ...], str]:
        after = change(draft.scenario)
        return after, _carried(draft, [draft.scenario, after]), said(draft.scenario)

    try:
        taken = _edited(changed, gesture)
    except ScenarioError as error:
        notify(f"Not changed. {for_people(error)}")
        return False
    except StoreError as error:
        _lost(said(scenario_now()), error)
        return False
    if taken:
        drawn_anew.renew()
    return taken


def enter(entries: Sequence[Entry]) -> bool:
    """Take what was typed, and return whether anything is different now.

    What is refused, or waits for another entry, is kept in the draft until it is dealt with.
    """
    before = _pending(st.session_state.get(DRAFT))
    asked = news(scenario_now(), before, entries)
    if not asked:
        return False

    def change(draft: Draft) -> tuple[Scenario, tuple[Any, ...], str]:
        scenario, still, words = taken(draft.scenario, _pending(draft), asked)
        return scenario, _as_kept(still), words

    try:
        return _edited(change)
    except StoreError as error:
        _lost(", ".join(f"{one.item or 'Whole program'}: {typed_words(one.typed) or 'emptied'}" for one in asked), error)
        return True


def is_shown() -> None:
    """Note that the page is drawn: from then on the pause counts that ends a gesture, for moves wait while a slow page is drawn."""
    known: _Gesture | None = st.session_state.get(_GESTURE)
    if known and not known.is_shown:
        known.at, known.is_shown = time.monotonic(), True


def scenario_now() -> Scenario:
    """Return the scenario with every change made so far, within a callback as well."""
    draft: Draft | None = st.session_state.get(DRAFT)
    return draft.scenario if draft else current().saved.scenario


def pending(draft: Draft | None) -> tuple[Refused, ...]:
    """Return the entries of a draft that are not taken, each with the reason: it is refused, or it waits for another."""
    return refusals(draft.scenario, _pending(draft)) if draft else ()


def is_pending(place: Place) -> bool:
    """Whether an entry in a place is not taken."""
    return any(entry.place == place for entry in _pending(st.session_state.get(DRAFT)))


def drop(place: Place) -> None:
    """Forget an entry that is pending in a place."""
    try:
        _edited(lambda draft: (draft.scenario, tuple(kept for kept in draft.pending if tuple(kept[:3]) != place), ""))
    except StoreError as error:
        _lost("The entry is dropped", error)
    drawn_anew.renew()


def _pending(draft: Draft | None) -> tuple[Entry, ...]:
    return tuple(Entry(*kept) for kept in draft.pending) if draft else ()


def _as_kept(entries: Sequence[Entry]) -> tuple[Any, ...]:
    """Return entries as a draft keeps them."""
    return tuple([one.table, one.item, one.field, one.typed] for one in entries)


def _carried(draft: Draft, states: Sequence[Scenario]) -> tuple[Any, ...]:
    """Return what is pending in a draft after steps from one scenario to the next, as the draft keeps it."""
    return _as_kept(carried(_pending(draft), states))


def step(by: int) -> None:
    """Undo (-1) or redo (1) steps, as many as there are, and have it said what they were."""
    draft: Draft | None = st.session_state.get(DRAFT)

    def move(database: Database | None, draft: Draft) -> Draft | None:
        steps = min(max(draft.applied_steps + by, 0), len(draft.words))
        return drafts.with_applied_steps(database, draft, steps, _carried(draft, draft.states_to(steps)))

    if draft:
        try:
            after = st.session_state[DRAFT] = held_moves.made(move, draft)
        except StoreError as error:
            _lost("Undone" if by < 0 else "Done again", error)
        else:
            notify(_stepped(draft, after), done=True, in_passing=True)
        drawn_anew.set_levers()
        drawn_anew.renew()


def jump(to: int) -> None:
    """Undo or redo steps until so many stand."""
    draft: Draft | None = st.session_state.get(DRAFT)
    if draft and to != draft.applied_steps:
        step(to - draft.applied_steps)


def _stepped(before: Draft, after: Draft) -> str:
    """Return which steps were undone, the newest first, or done again, in words."""
    low, high = sorted((before.applied_steps, after.applied_steps))
    undone = after.applied_steps < before.applied_steps
    steps = after.words[low:high][:: -1 if undone else 1]
    if not steps:
        return ""
    listed = [*steps[:_MOST_SAID], *([f"{len(steps) - _MOST_SAID:,} more"] if len(steps) > _MOST_SAID else [])]
    return f"{'Undone' if undone else 'Done again'}: {'; '.join(listed)}."


def keep_text(draft: Draft, field: str, text: str, words: str = "") -> None:
    """Keep what was typed beside a draft; `words` say what it is. Raises StoreError where it cannot be kept."""

    def move(database: Database | None, draft: Draft) -> Draft:
        if database:
            drafts.keep_text(database, draft.id, field, text)
        return draft

    held_moves.made(move, draft, words or f"{text!r} in the form to save")


def kept_texts(draft: Draft) -> dict[str, str]:
    """Return what was typed beside a draft and is kept; nothing while the database is away."""
    try:
        return drafts.texts(database(), draft.id)
    except UnavailableError:
        return {}


def propose(texts: Mapping[str, tuple[str, int]]) -> str:
    """Put texts into the form to save, each with the letters that its field holds, after what was typed there.

    Returns what did not fit or could not be kept, in words; nothing is cut.
    """
    draft: Draft | None = st.session_state.get(DRAFT)
    left = []
    for field, (text, most) in texts.items():
        if draft and text:
            whole = "; ".join(dict.fromkeys(filter(None, (kept_texts(draft).get(field, ""), text))))
            try:
                if len(whole) > most:
                    raise StoreError(f"it has {len(whole)} letters with what stands there, and the field holds {most}")
                keep_text(draft, field, whole)
            except StoreError as error:
                left.append(f" Not put into the form to save: '{text}'; {error}.")
    return "".join(left)


def deliver() -> None:
    """Send what the database did not take to it, if it takes it now, and have it said on the next page."""
    sent = held_moves.deliver()
    draft: Draft | None = st.session_state.get(DRAFT)
    if draft and draft.id in sent.drafts:
        st.session_state[DRAFT] = sent.drafts[draft.id]
        outdate(draft, sent.drafts[draft.id])
    if sent.words:
        notify(sent.words, done=not sent.bad)


def where_changes_are() -> str:
    """Return where the changes on the screen are kept; nothing where there are none."""
    draft: Draft | None = st.session_state.get(DRAFT)
    if not held_moves.said() and catalog.away():
        return f"{catalog.away()}. What you change now is kept on this screen only until the database answers."
    return held_moves.said() or ("What you changed is in the draft, which the address of this page names." if draft else "")


def _edited(change: Callable[[Draft], tuple[Scenario, tuple[Any, ...], str]], gesture: str = "") -> bool:
    """Keep what a change makes of the draft: its scenario as a step, with words for it, and what is pending after.

    Returns whether anything is different. A draft is begun where there is none. The move of a gesture that goes on takes the place
    of the step before, which goes where the gesture has come back to its beginning.
    """
    draft: Draft | None = st.session_state.get(DRAFT)
    screen = current()
    if draft is None:
        trial = Draft("", screen.slug, screen.version, 0, 0, (screen.saved.scenario,), ())
        if change(trial)[:2] == (trial.scenario, ()):
            return False
        draft = drafts.new(screen.slug, screen.version, screen.saved.scenario)
        # A move that the browser sends before it has the draft's address brings the one before: nobody went back to it.
        st.session_state[BEFORE], st.session_state[BEGUN_AT] = st.session_state.get(WRITTEN), time.monotonic()

    goes_on_from = _goes_on_from(gesture, draft)

    def move(database: Database | None, draft: Draft) -> Draft | None:
        before = draft.without_last if draft.revision == goes_on_from else draft
        scenario, still, words = change(before)
        if scenario not in (draft.scenario, before.scenario):
            return drafts.with_step(database, before, scenario, words, still)
        if scenario != draft.scenario:
            return drafts.with_applied_steps(database, draft, before.applied_steps, still)
        return draft if still == draft.pending else drafts.with_applied_steps(database, draft, draft.applied_steps, still)

    after = held_moves.made(move, draft, begun=st.session_state.get(DRAFT) is not None)
    st.session_state[_GESTURE] = None if after.can_redo else _Gesture(gesture, after.id, after.revision)
    if after.revision > draft.revision + 1:  # made on what others did meanwhile
        drawn_anew.outdate()
    st.session_state[DRAFT], st.session_state[JUST_KEPT] = after, True  # it is what the database has: nobody need ask again
    return after.revision != draft.revision


def _goes_on_from(gesture: str, draft: Draft) -> int:
    """Return the revision of the draft at which a gesture goes on that was in it a moment ago, or -1."""
    known: _Gesture | None = st.session_state.get(_GESTURE)
    if known is None or not gesture or (known.name, known.draft) != (gesture, draft.id):
        return -1
    return known.revision if not known.is_shown or time.monotonic() - known.at < _PAUSE else -1


def _lost(words: str, error: StoreError) -> None:
    logging.getLogger("budget_model").exception("A change could not be kept")
    drawn_anew.renew()  # the tables show it
    notify(f"This change could not be kept and is not shown. {error}. It was: {words}.")


def outdate(known: Draft, fresh: Draft | None) -> None:
    """Note whether the tables on the page show a draft as it was before others changed it."""
    if fresh is None or (known.scenario, known.pending) != (fresh.scenario, fresh.pending):
        drawn_anew.outdate()
