"""What a visitor works on: the scenario, version and draft that the address names, or those of the run before.

The address says all of it (`?scenario=`, `&version=`, `&draft=`), so that a link can be mailed and a reload loses nothing.
"""

from __future__ import annotations

import time

import streamlit as st

from budget_model.errors import StoreError, UnavailableError, UnreadableError
from budget_model.pages.shared import catalog, drawn_anew, held_moves
from budget_model.pages.shared.address import printable, quoted
from budget_model.pages.shared.catalog import Catalog, database
from budget_model.pages.shared.draft_session import choose, deliver, open_draft, outdate
from budget_model.pages.shared.notices import notify
from budget_model.pages.shared.screen_state import ScreenState, last
from budget_model.pages.shared.work_keys import BEFORE, BEGUN_AT, DRAFT, JUST_KEPT, SLUG, VERSION, WRITTEN
from budget_model.projection import Projection, project
from budget_model.scenario.schema import Scenario
from budget_model.store import drafts
from budget_model.store.drafts import Draft

_LATE = 3.0  # seconds that an address may be late
_FIRST_CHOICE = "expansion_2018"


def open_work(offered: Catalog) -> ScreenState:
    """Return what the address asks for or, where it asks for nothing, what the visitor worked on before."""
    state, asked = st.session_state, st.query_params
    slug, version, draft = asked.get("scenario", ""), _number(asked.get("version", "")), asked.get("draft", "")
    deliver()
    just_kept = state.pop(JUST_KEPT, False)
    late = (slug, version, draft) == state.get(BEFORE) and time.monotonic() - state[BEGUN_AT] < _LATE
    if (slug or draft or "version" in asked) and (slug, version, draft) != state.get(WRITTEN) and not late:
        _follow(offered, slug, version, draft)
    elif SLUG not in state or state[SLUG] not in offered.slugs:
        choose(_FIRST_CHOICE if _FIRST_CHOICE in offered.slugs else offered.slugs[0])
    elif state[DRAFT] and not just_kept:
        _take(state[DRAFT])
    drawn_anew.begin_page()
    screen = _readable_screen(offered)
    _write_address(screen)
    if state.get("scenario") != screen.slug:
        state["scenario"] = screen.slug  # the choice in the sidebar follows
    return screen


def _number(text: str) -> int:
    """Return the version that an address names: 0 for none, -1 for what is no number of one."""
    return int(text) if text.isdecimal() and len(text) < 7 else -1 if text else 0


def _follow(offered: Catalog, slug: str, version: int, draft: str) -> None:
    """Open what an address names; where that is not there, say so and open what is nearest."""
    missing = []
    if draft:
        try:
            open_draft(draft)
            return
        except UnavailableError:
            raise
        except StoreError as error:
            missing.append(f"{printable(str(error))[:300]}. You see the scenario as it was saved.")
    asked = st.query_params.get("version", "")
    if slug and slug not in offered.slugs:
        missing.append(f"The address names the scenario {quoted([slug])}, which is not here. Choose one on the left.")
        version = 0
    elif asked and not (slug in offered.saved and 1 <= version <= offered.saved[slug].latest):
        number = str(version) if version >= 0 else quoted([asked])
        instead = "You see the newest." if slug in offered.saved else "You see it as it is."
        of_none = "The address names a version, and no scenario of which it would be."
        missing.append(f"There is no version {number} of {quoted([slug])}. {instead}" if slug else of_none)
        version = 0
    if missing:
        notify(" ".join(missing))
    known = slug if slug in offered.slugs else _FIRST_CHOICE if _FIRST_CHOICE in offered.slugs else offered.slugs[0]
    choose(known, version)


def _take(known: Draft) -> None:
    """Bring the draft up to what another tab made of it."""
    state = st.session_state
    if held_moves.is_held(known.id):
        return
    try:
        fresh = drafts.open_draft(database(), known.id, known)
        outdate(known, fresh)
        state[DRAFT] = fresh
    except UnavailableError:
        return  # it is shown as it was; a change of it is held
    except StoreError as error:
        notify(f"{error}. You see the scenario as it was saved.")
        state[DRAFT] = None


def _readable_screen(offered: Catalog) -> ScreenState:
    """Return the screen; where the version asked for cannot be read, that of the newest one before it that can, and say so."""
    state = st.session_state
    try:
        return _screen(offered)
    except UnreadableError as error:
        slug, reason = state[SLUG], str(error)
    for number in range((state[VERSION] or offered.saved[slug].latest) - 1, 0, -1):
        try:
            catalog.opened(offered, slug, number)
        except UnreadableError:
            continue
        choose(slug, number)
        notify(f"{reason}. You see version {number}, the newest before it that can be read.")
        return _screen(offered)
    others = [_FIRST_CHOICE, *offered.files] if _FIRST_CHOICE in offered.files else list(offered.files)
    if not others:
        raise StoreError(reason)
    choose(others[0])
    notify(f"{reason}. You see another scenario.")
    return _screen(offered)


def _write_address(screen: ScreenState) -> None:
    """Write into the address what is on the screen, and remember it: any other address was typed or followed by the visitor.

    It names the version of a saved scenario, which stays on the screen whatever is saved later: a link that is copied from there holds.
    """
    version = st.session_state[VERSION] = screen.version
    draft = screen.draft.id if screen.draft else ""
    for key, value in {"scenario": screen.slug, "version": str(version) if version else "", "draft": draft}.items():
        if value and st.query_params.get(key) != value:
            st.query_params[key] = value
        elif not value and key in st.query_params:
            del st.query_params[key]
    st.session_state[WRITTEN] = (screen.slug, version, draft)


def _screen(offered: Catalog) -> ScreenState:
    state = st.session_state
    slug, version, draft = state[SLUG], state[VERSION], state[DRAFT]
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
