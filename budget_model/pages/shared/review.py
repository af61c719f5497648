"""The review: every change with what stood there before, what deserves a second look, and the save under a name.

Where someone else saved since, nothing is overwritten: their changes are shown beside, and the second person chooses.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from budget_model.analysis.compare import compare
from budget_model.editing import items as editing
from budget_model.editing.changes import checked
from budget_model.editing.differences import Difference, differences, with_differences
from budget_model.editing.grid import worth_a_look
from budget_model.errors import ScenarioError, StoreError
from budget_model.formats import change
from budget_model.pages.shared import library, work
from budget_model.pages.shared.library import database
from budget_model.pages.shared.parts import Line, plain, say, sheet
from budget_model.pages.shared.view import View
from budget_model.scenario.schema import Scenario
from budget_model.store import drafts, versions
from budget_model.store.drafts import Draft
from budget_model.store.versions import ConflictError, Version

_NEXT, _NEW, _MINE_ON_THEIRS = "The next version of this scenario", "A scenario of its own", "My changes on top of theirs"


def review(view: View) -> None:
    """Show the changes and save them as a version."""
    st.subheader("Changes since the saved scenario", anchor=False)
    if not view.changes:
        say("Nothing is changed. Move a lever or edit a table; what you change is listed here before you save it.", "lead")
        return
    list_changes(view.changes)
    effect = next(one for one in compare(view.saved, view.now) if one.label == "Net county cost")
    say(f"All together: net county cost {change(effect.change, effect.unit)} over all fiscal years.")
    if not view.is_file and view.latest > view.version:
        _theirs(view)
    if view.draft:
        _form(view, view.draft)


def list_changes(found: tuple[Difference, ...]) -> None:
    """Show differences with what stood there before; a number that became nothing or ten times as much stands out."""
    lines = []
    for one in found:
        look = worth_a_look(one)
        where = one.item or one.table.replace("_", " ") or "Scenario"
        lines.append(Line(f"{where}: {one.label}", [one.shown_before, one.shown_after, look], "alert" if look else ""))
    sheet(["Change", "Before", "Now", "Look again"], lines, text_columns=3)


def _theirs(view: View) -> None:
    """Show what was saved since the version this draft began from, and where both changed the same."""
    latest, theirs = library.opened(_shelf(), view.slug)
    assert latest is not None
    found = differences(view.saved.scenario, theirs)
    st.subheader(f"{plain(latest.author)} saved version {latest.number} meanwhile", anchor=False)
    say(f"Why: {latest.reason}. Nothing of it is overwritten. These are the changes between your version {view.version} and theirs.")
    list_changes(found)
    mine = {one.place for one in view.changes}
    both = [f"{one.item}: {one.label}".removeprefix(": ") for one in found if one.place in mine]
    if both:
        st.warning(plain(f"You both changed: {'; '.join(both)}. With your changes on top of theirs, yours stand there."))


def _form(view: View, draft: Draft) -> None:
    st.subheader("Save as a version", anchor=False)
    behind = not view.is_file and view.latest > view.version
    ways = [_NEW] if view.is_file else [_MINE_ON_THEIRS, _NEW] if behind else [_NEXT, _NEW]
    begun = {"name": _own_name(view), "author": st.session_state.get("author", ""), "reason": ""} | drafts.texts(database(), draft.id)
    with st.container(border=True):
        way = st.radio("Save as", ways, horizontal=True, key=f"way.{behind}") if len(ways) > 1 else ways[0]
        name = _typed(draft, "name", "Name of the scenario", begun, 120)
        left, right = st.columns(2)
        with left:
            author = _typed(draft, "author", "Who saves it", begun, versions.MOST_AUTHOR)
        with right:
            reason = _typed(draft, "reason", "Why, in a few words", begun, versions.MOST_REASON)
        pressed = st.button("Save version", type="primary", icon=":material/save:")
    if pressed:
        st.session_state["author"] = author
        _save(view, way, name, author, reason)


def _typed(draft: Draft, field: str, label: str, begun: dict[str, str], most: int) -> str:
    """Show a field of the form and return what stands in it; what is typed is kept with the draft at once."""
    key = f"save.{field}.{draft.id}"
    st.session_state.setdefault(key, begun[field][:most])
    text: str = st.text_input(label, max_chars=most, key=key, on_change=_keep, args=(draft.id, field, key))
    return text


def _keep(draft: str, field: str, key: str) -> None:
    try:
        drafts.keep_text(database(), draft, field, st.session_state[key])
    except StoreError as error:
        work.notify(f"What you typed could not be kept; copy it before you reload. {error}")


def _own_name(view: View) -> str:
    return f"{view.now.scenario.name}, changed" if view.is_file else view.now.scenario.name


def _save(view: View, way: str, name: str, author: str, reason: str) -> None:
    try:
        saved = _ways(view, name, author, reason)[way]()
    except ConflictError as error:
        work.notify(f"Not saved yet: {error}. Look at their changes below and choose.")
    except (ScenarioError, StoreError) as error:
        st.error(plain(f"Not saved. {error}"))
        return
    else:
        if view.draft:
            drafts.put_away(database(), view.draft.id, view.draft.revision)
        work.choose(saved.slug)
        work.notify(f"Saved as version {saved.number} of '{saved.name}'.")
    st.rerun()


def _ways(view: View, name: str, author: str, reason: str) -> dict[str, Callable[[], Version]]:
    """Return what each choice does. A scenario saved under its own name keeps what it was made from."""
    now = view.now.scenario

    def new() -> Version:
        taken = frozenset(library.library().scenarios)
        return versions.save_new(database(), editing.rename(now, name), author, reason, view.slug, taken)

    def following() -> Version:
        return versions.save_next(database(), view.slug, view.version, editing.rename(now, name), author, reason)

    def on_theirs() -> Version:
        latest, theirs = library.opened(_shelf(), view.slug)
        assert latest is not None
        merged: Scenario = checked(with_differences(theirs, now, view.changes))
        if name.strip() != now.name:
            merged = editing.rename(merged, name)
        return versions.save_next(database(), view.slug, latest.number, merged, author, reason)

    return {_NEW: new, _NEXT: following, _MINE_ON_THEIRS: on_theirs}


def _shelf() -> library.Shelf:
    return library.shelf(library.library())
