"""The review: every change as a person would name it, with what it does; the save under a name, and what comes after it.

Where someone else saved since, nothing is overwritten: their changes are shown beside, and the second person chooses.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from budget_model.editing import items as editing
from budget_model.editing.acts import acts
from budget_model.editing.changes import checked
from budget_model.editing.differences import with_differences
from budget_model.errors import ScenarioError, StoreError, UnreadableError
from budget_model.pages.shared import act_comments, act_list, ask_first, catalog, check_list, draft_session, held_moves, notices, what_now
from budget_model.pages.shared.build_parts import LEVERS
from budget_model.pages.shared.catalog import database
from budget_model.pages.shared.empty_state import teach_in_build
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.widgets import plain, say
from budget_model.scenario.schema import Scenario
from budget_model.scenario.wording import for_people
from budget_model.store import drafts, versions
from budget_model.store.drafts import Draft
from budget_model.store.versions import ConflictError, Version

_NEXT, _NEW, _MINE_ON_THEIRS = "The next version of this scenario", "A scenario of its own", "My changes on top of theirs"

_UNKEPT = "review.unkept"


def review(screen: ScreenState) -> None:
    """Show the changes and save them as a version."""
    if not screen.changes:
        if not screen.is_file:
            what_now.show(screen)
        teach_in_build(
            "Nothing is changed. Move a lever or edit a table; what you change is listed here before you save it.",
            "Move a lever",
            LEVERS,
            "lead" if screen.is_file else "quiet",
        )
        if screen.draft:
            act_list.show_left_out(screen.draft)
        return
    st.header("Changes since the saved scenario", anchor=False)
    if screen.draft:
        act_list.show_bridge(screen, screen.draft)
    if not screen.is_file and screen.latest > screen.version:
        _theirs(screen)
    if screen.draft:
        st.header("Checks", anchor=False)
        check_list.warn(screen)
        _form(screen, screen.draft)


def _theirs(screen: ScreenState) -> None:
    """Show what was saved since the version this draft began from, and where both changed the same."""
    newest = _their_version(screen)
    if newest is None:
        st.warning(f"Version {screen.latest}, saved since, cannot be read. Your changes can be saved as a scenario of its own.")
        return
    latest, theirs = newest
    found = acts(screen.saved.scenario, theirs)
    st.header(f"{plain(latest.author)} saved version {latest.number} meanwhile", anchor=False)
    say(f"Why: {latest.reason}. Nothing of it is overwritten. These are the changes between your version {screen.version} and theirs.")
    act_list.table(found)
    mine = {one.place for one in screen.changes}
    both = [act.label for act in found if not mine.isdisjoint(act.places)]
    if both:
        st.warning(plain(f"You both changed: {'; '.join(both)}. With your changes on top of theirs, yours stand there."))


def _their_version(screen: ScreenState) -> tuple[Version, Scenario] | None:
    """Return the newest version of what is on the screen; None where it cannot be read."""
    try:
        latest, theirs = catalog.opened(catalog.offered(), screen.slug)
    except UnreadableError:
        return None
    assert latest is not None
    return latest, theirs


@st.fragment  # what is typed is sent while it is typed, and draws this form alone
def _form(screen: ScreenState, draft: Draft) -> None:
    st.header("Save as a version", anchor=False)
    behind = not screen.is_file and screen.latest > screen.version
    alone = screen.is_file or (behind and _their_version(screen) is None)
    ways = [_NEW] if alone else [_MINE_ON_THEIRS, _NEW] if behind else [_NEXT, _NEW]
    begun = {"name": _own_name(screen), "author": st.session_state.get("author", ""), "reason": ""} | draft_session.kept_texts(draft)
    with st.container(border=True):
        way = st.radio("Save as", ways, horizontal=True, key=f"way.{behind}") if len(ways) > 1 else ways[0]
        name = _typed(draft, "name", "Name of the scenario", begun, 120)
        left, right = st.columns(2)
        with left:
            author = _typed(draft, "author", "Who saves it", begun, versions.MOST_AUTHOR)
        with right:
            reason = _typed(draft, "reason", "Why, in a few words", begun, versions.MOST_REASON)
        if unkept := st.session_state.pop(_UNKEPT, "") or held_moves.said():
            st.warning(plain(unkept))
        failing = check_list.failing(screen.now)
        pressed = ask_first.button("Save version", "save_version", failing, "Save all the same", type="primary", icon=":material/save:")
    if pressed:
        st.session_state["author"] = author
        _save(screen, way, name, author, reason)


def _typed(draft: Draft, field: str, label: str, begun: dict[str, str], most: int) -> str:
    """Show a field of the form and return what stands in it; what is typed is kept with the draft at once."""
    key = f"save.{field}.{draft.id}"
    st.session_state.setdefault(key, begun[field][:most])
    text: str = st.text_input(label, max_chars=most, key=key, on_change=_keep, args=(draft, field, key), live="0.3s")
    return text


def _keep(draft: Draft, field: str, key: str) -> None:
    try:
        draft_session.keep_text(draft, field, st.session_state[key])
    except StoreError as error:
        st.session_state[_UNKEPT] = f"What you typed could not be kept; copy it before you reload. {error}"


def _own_name(screen: ScreenState) -> str:
    return f"{screen.now.scenario.name}, changed" if screen.is_file else screen.now.scenario.name


def _save(screen: ScreenState, way: str, name: str, author: str, reason: str) -> None:
    if held := held_moves.said():
        st.error(plain(f"Not saved yet. {held}"))
        return
    try:
        saved = _ways(screen, name, author, reason)[way]()
    except ConflictError as error:
        notices.notify(f"Not saved yet: {error}. Look at their changes below and choose.")
    except (ScenarioError, StoreError) as error:
        st.error(plain(f"Not saved. {for_people(error)}"))
        return
    else:
        said = f"Saved as version {saved.number} of '{saved.name}'."
        try:
            if screen.draft:
                drafts.put_away(database(), screen.draft.id, screen.draft.revision)
        except StoreError as error:
            said = f"{said} Its draft is still among the drafts not yet saved, and may be put away there: {error}."
        draft_session.choose(saved.slug)
        notices.notify(said, done=True)
    st.rerun()


def _ways(screen: ScreenState, name: str, author: str, reason: str) -> dict[str, Callable[[], Version]]:
    """Return what each choice does. A scenario saved under its own name keeps what it was made from."""
    now = screen.now.scenario
    said = act_comments.of_acts(act_comments.kept(screen.draft), screen.acts) if screen.draft else ()

    def new() -> Version:
        taken = frozenset(catalog.library().scenarios)
        return versions.save_new(database(), editing.rename(now, name), author, reason, screen.slug, taken, said)

    def following() -> Version:
        return versions.save_next(database(), screen.slug, screen.version, editing.rename(now, name), author, reason, said)

    def on_theirs() -> Version:
        latest, theirs = catalog.opened(catalog.offered(), screen.slug)
        assert latest is not None
        merged: Scenario = checked(with_differences(theirs, now, screen.changes), [one.place for one in screen.changes])
        if name.strip() != now.name:
            merged = editing.rename(merged, name)
        return versions.save_next(database(), screen.slug, latest.number, merged, author, reason, said)

    return {_NEW: new, _NEXT: following, _MINE_ON_THEIRS: on_theirs}
