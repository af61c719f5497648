"""What a visitor works on: the scenario the address names, and the draft that holds every change not yet saved.

The address says all of it (`?scenario=`, `&version=`, `&draft=`), so that a link can be mailed and a reload loses nothing.
Changes are made in callbacks, before the page runs; each is kept in the database before it is shown.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from budget_model.editing.changes import Change, changed
from budget_model.errors import ScenarioError, StoreError
from budget_model.pages.shared import catalog
from budget_model.pages.shared.catalog import Catalog, database
from budget_model.pages.shared.screen_state import ScreenState, current, last
from budget_model.projection import Projection, project
from budget_model.scenario.schema import Scenario
from budget_model.store import drafts
from budget_model.store.drafts import Draft

_SLUG, _VERSION, _DRAFT, _WRITTEN = "draft_session.slug", "draft_session.version", "draft_session.draft", "draft_session.written"
_NOTICE, _GENERATION = "draft_session.notice", "draft_session.generation"
_FIRST_CHOICE = "expansion_2018"
_TRIES = 3


def open_work(offered: Catalog) -> ScreenState:
    """Return what the address asks for or, where it asks for nothing, what the visitor worked on before."""
    state, asked = st.session_state, st.query_params
    slug, version, draft = asked.get("scenario", ""), _number(asked.get("version", "")), asked.get("draft", "")
    held: Draft | None = state.get(_DRAFT)
    if (slug or draft) and (slug, version, draft) != state.get(_WRITTEN):
        _follow(offered, slug, version, draft)
    elif _SLUG not in state or state[_SLUG] not in offered.slugs:
        choose(_FIRST_CHOICE if _FIRST_CHOICE in offered.slugs else offered.slugs[0])
    elif held:
        _take(held)
    screen = _screen(offered)
    _write_address(screen)
    if state.get("scenario") != screen.slug:
        state["scenario"] = screen.slug  # the choice in the sidebar follows
    return screen


def choose(slug: str, version: int = 0, draft: Draft | None = None) -> None:
    """Open a scenario, the newest version for 0, with a draft or without, from the next run on."""
    state = st.session_state
    state[_SLUG], state[_VERSION], state[_DRAFT] = slug, version, draft
    for key in ("scenario", "version", "draft"):
        st.query_params.pop(key, None)
    renew()


def open_draft(id: str) -> None:
    """Open a draft with the scenario it belongs to. Raises StoreError when it is not there."""
    draft = drafts.open_draft(database(), id)
    choose(draft.slug, draft.version, draft)


def notify(text: str) -> None:
    """Say something at the top of the next page."""
    st.session_state[_NOTICE] = text


def notice() -> str:
    """Return what is to be said once."""
    text: str = st.session_state.pop(_NOTICE, "")
    return text


def generation() -> int:
    """Return a number that changes whenever the tables on the page must be read anew."""
    number: int = st.session_state.get(_GENERATION, 0)
    return number


def renew() -> None:
    """Have the tables on the page read anew: the scenario changed otherwise than in them."""
    st.session_state[_GENERATION] = generation() + 1


def edit(change: Callable[[Scenario], Scenario], words: str, *, from_table: bool = False) -> bool:
    """Change the scenario on the screen and keep the step; return whether it was taken.

    What the scenario's rules refuse is said at the top of the page, and nothing changes.
    """
    try:
        taken = _edited(lambda draft: (change(draft.scenario), draft.waiting), words)
    except ScenarioError as error:
        notify(f"Not changed. {error}")
        return False
    except StoreError as error:
        _lost(error)
        return False
    if taken and not from_table:
        renew()
    return taken


def enter(changes: Sequence[Change], words: str) -> None:
    """Take entries of a table. Those that the rules refuse wait in the draft until another entry makes them sound."""
    try:
        _edited(lambda draft: (changed(draft.scenario, _together(draft.waiting, changes)), ()), words)
    except ScenarioError as error:
        notify(f"Not yet taken, and kept for you below: {error}")
        _wait(lambda draft: _plain(_together(draft.waiting, changes)))
    except StoreError as error:
        _lost(error)


def standing() -> Scenario:
    """Return the scenario with every change made so far, within a callback as well."""
    draft: Draft | None = st.session_state.get(_DRAFT)
    return draft.scenario if draft else current().saved.scenario


def waiting(draft: Draft | None) -> tuple[Change, ...]:
    """Return the entries of a draft that wait for others."""
    return _together(draft.waiting, ()) if draft else ()


def drop_waiting() -> None:
    """Forget the entries that wait."""
    _wait(lambda draft: ())
    renew()


def step(by: int) -> None:
    """Undo (-1) or redo (1) a step; for -1000 undo all of them."""
    draft: Draft | None = st.session_state.get(_DRAFT)
    if draft:
        try:
            _retried(lambda draft: drafts.standing_at(database(), draft, min(max(draft.standing + by, 0), len(draft.words))), draft)
        except StoreError as error:
            _lost(error)
        renew()


def _edited(change: Callable[[Draft], tuple[Scenario, tuple[Any, ...]]], words: str) -> bool:
    draft: Draft | None = st.session_state.get(_DRAFT)
    screen = current()
    if draft is None:
        trial = Draft("", screen.slug, screen.version, 0, 0, (screen.saved.scenario,), ())
        if change(trial)[0] == trial.scenario:
            return False
        draft = drafts.begin(database(), screen.slug, screen.version, screen.saved.scenario)
        st.session_state[_DRAFT] = draft

    def once(draft: Draft) -> Draft | None:
        scenario, still = change(draft)
        return draft if scenario == draft.scenario else drafts.with_step(database(), draft, scenario, words, still)

    before = draft.revision
    return _retried(once, draft).revision != before


def _wait(entries: Callable[[Draft], tuple[Any, ...]]) -> None:
    screen = current()
    try:
        draft = st.session_state.get(_DRAFT) or drafts.begin(database(), screen.slug, screen.version, screen.saved.scenario)
        _retried(lambda draft: drafts.standing_at(database(), draft, draft.standing, entries(draft)), draft)
    except StoreError as error:
        _lost(error)


def _retried(once: Callable[[Draft], Draft | None], draft: Draft) -> Draft:
    """Do something with the draft; where another tab changed it at the same time, with what it is now."""
    for _ in range(_TRIES):
        after = once(draft)
        if after is not None:
            st.session_state[_DRAFT] = after
            return after
        draft = drafts.open_draft(database(), draft.id)
    raise StoreError("The draft is being changed elsewhere at the same time; try again")


def _lost(error: StoreError) -> None:
    logging.getLogger("budget_model").exception("A change could not be kept")
    renew()  # else a grid would hold what was typed and offer it again without end
    notify(f"This change could not be kept and is not shown. {error}")


def _together(given: Sequence[Any], changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return entries that wait with new ones; of two for the same place the later."""
    listed = [*(Change(table, item, field, tuple(v) if isinstance(v, list) else v) for table, item, field, v in given), *changes]
    return tuple({(change.table, change.item, change.field): change for change in listed}.values())


def _plain(changes: Sequence[Change]) -> tuple[Any, ...]:
    return tuple([change.table, change.item, change.field, change.value] for change in changes)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def _follow(offered: Catalog, slug: str, version: int, draft: str) -> None:
    """Open what an address names; where that is not there, say so and open what is nearest."""
    if draft:
        try:
            open_draft(draft)
            return
        except StoreError as error:
            notify(f"{error}. You see the scenario as it was saved.")
    if slug and slug not in offered.slugs:
        notify(f"The address names the scenario '{slug}', which is not here. Choose one on the left.")
    if version and not (slug in offered.saved and 1 <= version <= offered.saved[slug].latest):
        notify(f"There is no version {version} of '{slug}'. You see the newest.")
        version = 0
    known = slug if slug in offered.slugs else _FIRST_CHOICE if _FIRST_CHOICE in offered.slugs else offered.slugs[0]
    choose(known, version)


def _take(known: Draft) -> None:
    """Bring the draft up to what another tab made of it."""
    state = st.session_state
    try:
        fresh = drafts.open_draft(database(), known.id, known)
        if fresh is not known:
            renew()
        state[_DRAFT] = fresh
    except StoreError as error:
        notify(f"{error}. You see the scenario as it was saved.")
        state[_DRAFT] = None


def _write_address(screen: ScreenState) -> None:
    """Write into the address what is on the screen, and remember it: any other address was typed or followed by the visitor."""
    version, draft = st.session_state[_VERSION], screen.draft.id if screen.draft else ""
    for key, value in {"scenario": screen.slug, "version": str(version) if version else "", "draft": draft}.items():
        if value and st.query_params.get(key) != value:
            st.query_params[key] = value
        elif not value and key in st.query_params:
            del st.query_params[key]
    st.session_state[_WRITTEN] = (screen.slug, version, draft)


def _screen(offered: Catalog) -> ScreenState:
    state = st.session_state
    slug, version, draft = state[_SLUG], state[_VERSION], state[_DRAFT]
    known, saved = catalog.opened(offered, slug, version)
    base: Scenario = draft.base if draft else saved
    before = last()
    made = (before.saved, before.now, before.before_last) if before else ()

    def projection(scenario: Scenario) -> Projection:
        """Return a projection made in the run before; of a saved scenario the cached one, of a draft's state a new one."""
        known = next((done for done in made if done.scenario is scenario), None)
        if known or scenario is base:
            return known or catalog.projection(scenario)
        return project(scenario, before.now if before else None)

    now = projection(draft.scenario if draft else base)
    number = draft.version if draft else known.number if known else 0
    latest = offered.saved[slug].latest if slug in offered.saved else 0
    return ScreenState(slug, number, latest, projection(base), now, projection(draft.before_last) if draft else now, draft)
