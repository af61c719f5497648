"""Comments on the acts of a draft: each is kept beside the draft while it is typed, by a place that its act changes.

An act that changes its name, for a lever was moved further, keeps its comment; so does one that is left out and put back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

import streamlit as st

from budget_model.editing.acts import Act
from budget_model.editing.differences import Place
from budget_model.errors import StoreError
from budget_model.formats import spoken
from budget_model.pages.shared import draft_session
from budget_model.pages.shared.widgets import plain
from budget_model.store.bodies import canonical
from budget_model.store.drafts import Draft
from budget_model.store.versions import MOST_COMMENT, Comment

Comments = Mapping[Place, str]
_FIELD = "comment."


def kept(draft: Draft) -> Comments:
    """Return what was said of the acts of a draft, by the place that each comment is kept for."""
    found: dict[Place, str] = {}
    for field, text in draft_session.kept_texts(draft).items():
        if field.startswith(_FIELD):
            table, item, name, comment = json.loads(text)
            found[table, item, name] = comment
    return {place: comment for place, comment in found.items() if comment}


def of_acts(comments: Comments, found: Iterable[Act]) -> tuple[Comment, ...]:
    """Return the comments as a version keeps them, each with the name of its act."""
    return tuple(Comment(act.label, text) for act in found if (text := _on(comments, act)))


def show_field(draft: Draft, act: Act, comments: Comments) -> None:
    """Show the field in which a comment on an act is typed; what is typed is kept at once."""
    key = f"{_FIELD}{draft.id}.{_field(act.places[0])}"
    st.session_state.setdefault(key, _on(comments, act))
    _typed(draft, act, comments, key)


@st.fragment  # what is typed is sent while it is typed, and draws this field alone
def _typed(draft: Draft, act: Act, comments: Comments, key: str) -> None:
    st.text_input(
        f"Comment on {act.label}",
        max_chars=MOST_COMMENT,
        key=key,
        on_change=_keep,
        args=(draft, act, comments, key),
        placeholder="Comment",
        label_visibility="collapsed",
        live="0.3s",
    )
    if unkept := st.session_state.pop(f"{key}.unkept", ""):
        st.warning(plain(unkept))


def say_what_stands_alone(comments: Comments, found: Iterable[Act]) -> None:
    """Say which comments stand on what is no change any more: a version does not keep them."""
    changed = {place for act in found for place in act.places}
    alone = [f"{_in_words(place)}: '{text}'" for place, text in comments.items() if place not in changed]
    if alone:
        st.info(plain(f"Not saved, for what they stand on is not changed any more: comments on {'; '.join(alone)}."))


def _on(comments: Comments, act: Act) -> str:
    """Return what was said of an act; of one that was several acts before, all of it."""
    return "; ".join(comments[place] for place in act.places if place in comments)


def _keep(draft: Draft, act: Act, comments: Comments, key: str) -> None:
    """Keep what stands in the field for the first place of the act, and for no other of its places."""
    first, *others = act.places
    try:
        _write(draft, first, st.session_state[key], act.label)
        for place in others:
            if place in comments:
                _write(draft, place, "", act.label)
    except StoreError as error:
        st.session_state[f"{key}.unkept"] = f"What you typed could not be kept; copy it before you reload. {error}"


def _write(draft: Draft, place: Place, text: str, act: str) -> None:
    draft_session.keep_text(draft, _field(place), canonical([*place, text]), f"'{text}', a comment on {act}")


def _field(place: Place) -> str:
    """Return the name under which the database keeps a comment: short, whatever the place is called."""
    return _FIELD + hashlib.sha256(canonical(place).encode()).hexdigest()[:32]


def _in_words(place: Place) -> str:
    table, item, field = place
    return ", ".join(part for part in (spoken(field) if field else "", item or spoken(table)) if part)
