"""The sidebar: the choice of scenario and its levers. What is chosen stands in the address, so that a link can be mailed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

import streamlit as st

from budget_model import Scenario, ScenarioError, changed
from budget_model.levers import Lever, Value, levers
from budget_model.pages.library import Library, projection
from budget_model.pages.parts import plain
from budget_model.pages.view import Move, View

_GROUPS = {
    "Program": "Rates and caseloads for the whole program",
    "Slots": "Participants each site can carry",
    "Opening month": "First month of referrals at each site",
    "Places": "Beds, units and slots of treatment and housing",
    "Funding amount": "Dollars, for the whole period, each fiscal year or each unit",
    "Funding ends": "Last month in which each source pays",
}


def choose_scenario(library: Library) -> str:
    """Show the scenarios and the files that cannot be used; return the one chosen."""
    slug: str = st.selectbox("Scenario", list(library.scenarios), format_func=library.label, key="scenario", bind="query-params")
    show_problems(library)
    return slug


def show_problems(library: Library) -> None:
    """Show what is wrong with the files that cannot be used, if there are any."""
    if not library.problems:
        return
    count = len(library.problems)
    with st.expander(f"{count} scenario {'file' if count == 1 else 'files'} cannot be used", icon=":material/error:"):
        for name, problems in library.problems.items():
            st.error(plain("\n\n".join((name, *problems))))


def pull_levers(library: Library, slug: str) -> View:
    """Show the levers and return the view they make. Where the scenario's rules refuse it, the last good one stays."""
    saved = library.scenarios[slug]
    offered = levers(saved)
    head = st.container()
    values: dict[str, Value] = {}
    for group, members in groupby(offered, lambda lever: lever.group):
        with st.expander(group, expanded=group == "Program"):
            st.caption(_GROUPS[group])
            values |= {lever.key: _widget(slug, lever) for lever in members}
    moves = tuple(Move(lever, values[lever.key]) for lever in offered if lever.is_moved(values[lever.key]))
    with head:
        _title(slug, offered, len(moves))
    good = f"good.{slug}"
    try:
        now = _with(saved, moves)
    except ScenarioError as error:
        st.error(plain(f"{error} The pages show the last figures that were possible."))
        moves = st.session_state.get(good, ())
        now = _with(saved, moves)
    st.session_state[good] = moves
    return View(slug, projection(saved), projection(now), moves)


def _with(saved: Scenario, moves: Iterable[Move]) -> Scenario:
    return changed(saved, [change for move in moves for change in move.lever.changes(move.value)])


def _title(slug: str, offered: Iterable[Lever], moved: int) -> None:
    """Show how many levers are moved, beside the button that puts them back."""
    left, right = st.columns(2, vertical_alignment="center")
    left.markdown(f"**Levers** ({moved} moved)" if moved else "**Levers**")
    right.button("Reset all", disabled=not moved, on_click=_reset, args=(slug, offered), width="stretch")


def _key(slug: str, lever: Lever) -> str:
    return f"{slug}.{lever.key}"


def _reset(slug: str, offered: Iterable[Lever]) -> None:
    for lever in offered:
        st.session_state[_key(slug, lever)] = lever.saved


def _widget(slug: str, lever: Lever) -> Value:
    """Show one lever, marked where it is moved, and return where it stands."""
    common: dict[str, Any] = {
        "label": plain(lever.label),
        "value": lever.saved,
        "help": plain(lever.help),
        "key": _key(slug, lever),
        "bind": "query-params",
    }
    money = lever.unit.startswith("dollars")
    at: Value | None
    if isinstance(lever.saved, date):
        at = st.select_slider(options=lever.months, format_func=lever.shown, **common)
    elif lever.unit.startswith("share"):
        at = st.slider(min_value=lever.low, max_value=lever.high, step=lever.step, format="percent", **common)
    else:
        form = "%.0f" if money else "%g"
        at = st.number_input(min_value=lever.low, max_value=lever.high, step=lever.step, format=form, **common)
    at = lever.saved if at is None else at
    words = [plain(lever.shown(at))] if money else []
    if lever.is_moved(at):
        words.append(f":blue-badge[saved: {plain(lever.shown(lever.saved))}]")
    if words:
        st.caption(" ".join(words))
    return at
