"""The sidebar of every page: the scenario, what the last change did, and the way back, forward and to a saved version."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from budget_model.analysis.compare import ComparedFigure, compare
from budget_model.analysis.findings import dollars_owed
from budget_model.formats import change, figure
from budget_model.pages.shared import catalog, check_list, draft_session, typed_cells, undo_keys
from budget_model.pages.shared.catalog import Catalog, LibraryFiles
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.widgets import page_file, plain, said, small_table
from budget_model.projection import Projection
from budget_model.store import drafts
from budget_model.store.drafts import Draft

STEPS = "sidebar.steps"  # the key of what opens the list of steps
_LIST = "sidebar.list_of_steps"  # the key of the list that is shown
_NEAR = 50  # steps to either side that the list offers
_EFFECT = ("Gross appropriation", "Net county cost", "Funding gap", "Budgeted positions", "Enrolled")


def choose_scenario(offered: Catalog) -> None:
    """Show the scenarios that can be opened."""
    st.selectbox("Scenario", offered.slugs, format_func=offered.label, key="scenario", on_change=_chosen)


def _chosen() -> None:
    draft_session.choose(st.session_state["scenario"])


def show_problems(found: LibraryFiles) -> None:
    """Show what is wrong with the files that cannot be used, if there are any."""
    if not found.problems:
        return
    count = len(found.problems)
    with st.expander(f"{count} scenario {'file' if count == 1 else 'files'} cannot be used", icon=":material/error:"):
        for name, problems in found.problems.items():
            st.error(plain("\n\n".join((name, *problems))))


def show_effect(offered: Catalog, screen: ScreenState) -> None:
    """Show beside a page which version is on the screen, and what the changes do to its headline figures."""
    differences = {found.label: found for found in compare(screen.saved, screen.now)}
    effect = small_table(
        ["", "Now", "Saved", "Difference"],
        [
            (label, figure(found.after, found.unit), figure(found.before, found.unit), found.shown_change)
            for label in _EFFECT
            for found in [differences[label]]
        ],
        "All fiscal years; positions at the end",
    )
    st.html(said(_whence(offered, screen), "quiet") + effect)  # one element, for each takes its time


def show_work(screen: ScreenState) -> None:
    """Show below the effect what the last change did, the state of the checks, and the buttons for the changes."""
    last = ""
    if screen.draft and screen.draft.applied_steps:
        last = said(f"Last change: {screen.draft.last_words}. {_effect_in_words(screen.before_last, screen.now)}", "quiet")
    st.html(last + check_list.strip(screen))
    _buttons(screen)
    if not screen.draft:
        _unsaved_elsewhere(screen)


def _jump(key: str) -> None:
    if key == st.session_state[_LIST]:  # else it is what the browser still held of a list before this one
        typed_cells.take_what_was_missed()
        draft_session.jump(st.session_state[key])


def _step(by: int) -> None:
    typed_cells.take_what_was_missed()  # what was typed last is undone first
    draft_session.step(by)


def _buttons(screen: ScreenState) -> None:
    draft = screen.draft
    can_undo, can_redo = bool(draft and draft.applied_steps), bool(draft and draft.can_redo)
    with st.container(horizontal=True, gap="xsmall"):
        st.button("Undo", disabled=not can_undo, on_click=_step, args=(-1,), width="stretch", shortcut=undo_keys.UNDO)
        st.button("Redo", disabled=not can_redo, on_click=_step, args=(1,), width="stretch", shortcut=undo_keys.REDO)
    if draft and draft.words:
        with st.popover(f"Steps: {draft.applied_steps} of {len(draft.words)}", key=STEPS, on_change="rerun", width="stretch") as box:
            if box.open:  # the list is another after each step, and a lever waits until the browser has made it
                _steps(draft)
    about = "Back to the saved scenario. Redo brings the changes again."
    st.button("Reset to saved", disabled=not can_undo, on_click=_step, args=(-drafts.MOST_STEPS,), width="stretch", help=about)


def _steps(draft: Draft) -> None:
    """List the steps, the newest first, to go to one of them: those after it are undone, those up to it done again."""
    at = draft.applied_steps
    near = range(min(at + _NEAR, len(draft.words)), max(at - _NEAR, 1) - 1, -1)
    key = st.session_state[_LIST] = f"steps.{draft.id}.{draft.revision}"  # a list of its own for each step

    def named(number: int) -> str:
        undone = " (undone)" if number > at else ""
        return f"{number}. {draft.words[number - 1]}{undone}" if number else "As saved"

    listed = [*near, 0]
    st.radio("Go to a step", listed, listed.index(at), format_func=named, key=key, on_change=_jump, args=(key,))


def _whence(offered: Catalog, screen: ScreenState) -> str:
    if screen.is_file:
        return "A file of the library, which stays as it is. What you change is saved under a name of its own."
    version, _ = catalog.opened(offered, screen.slug, screen.version)
    if version is None:
        return ""
    text = f"Version {version.number} of {screen.latest}, by {version.author} on {on_the_clock(version.saved_at)}: {version.reason}"
    return text if screen.version == screen.latest else f"{text}. Version {screen.latest} is newer."


def on_the_clock(saved_at: str) -> str:
    """Return a time of the store as people read it, in the server's time zone.

    >>> on_the_clock("2018-10-09T17:05:00Z")[:12]
    'Oct 9, 2018,'
    """
    local = datetime.strptime(saved_at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).astimezone()
    return f"{local:%b} {local.day}, {local.year}, {local:%H:%M}"


def _effect_in_words(before: Projection, after: Projection) -> str:
    found: list[ComparedFigure] = [one for one in compare(before, after) if one.label in _EFFECT]
    said = [f"{one.label} {one.shown_change}" for one in found if one.shown_change != "no change"]
    owed = change(dollars_owed(after) - dollars_owed(before), "dollars")
    said += [f"Duties missed {owed}"] if owed != "no change" else []
    return f"{'; '.join(said)}." if said else f"It moves none of these figures. {check_list.why_nothing_moves(before, after)}".strip()


def _unsaved_elsewhere(screen: ScreenState) -> None:
    if catalog.away():
        return
    count = drafts.count_unsaved(catalog.database(), screen.slug)
    if count:
        words = "1 unsaved draft" if count == 1 else f"{count} unsaved drafts"
        st.page_link(page_file("scenarios"), label=f"{words} of this scenario", icon=":material/edit_note:")
