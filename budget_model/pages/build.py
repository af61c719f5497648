"""Build: the levers that move the answer most, every table of the scenario to edit in place, and the review before saving."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from itertools import groupby
from typing import Any

import streamlit as st

from budget_model.charts.figures import effect_by_year
from budget_model.editing.levers import Lever, Value, levers
from budget_model.formats import is_money
from budget_model.pages.shared import (
    beside,
    cell_entry,
    check_list,
    draft_session,
    drawn_anew,
    grid_keys,
    grid_names,
    line_form,
    match_to_pledge,
    own_facts,
)
from budget_model.pages.shared.build_parts import ASSUMPTIONS, LEVERS, REVIEW
from budget_model.pages.shared.evidence_table import edit_assumptions
from budget_model.pages.shared.grid import edit_table
from budget_model.pages.shared.lever_entry import type_a_value
from budget_model.pages.shared.pending_entries import say_what_is_pending_elsewhere, show_pending_before_saving
from budget_model.pages.shared.review import review
from budget_model.pages.shared.screen_state import ScreenState, current
from budget_model.pages.shared.widgets import heading, plain, say, say_unknown, show
from budget_model.scenario.declarations import Part
from budget_model.scenario.schema import Scenario
from budget_model.scenario.tables import tables_of

_LEVER_GROUPS = {
    "Program": "Rates and caseloads for the whole program",
    "Slots": "Participants each site can carry",
    "Opening month": "First month of referrals at each site",
    "Opens late by": "Months by which each site opens later than planned",
    "Places": "Beds, units and slots of treatment and housing",
    "Funding amount": "Dollars, for the whole period, each fiscal year or each unit",
    "Funding ends": "Last month in which each source pays",
}


def _levers(screen: ScreenState) -> None:
    reference = screen.draft.reference if screen.draft else screen.now.scenario
    offered = {name: list(members) for name, members in groupby(levers(reference), lambda lever: lever.group)}
    with st.container(key="levers_beside"):
        left, right = st.columns([5, 8], gap="large")
    with right:  # first, so that it is drawn while the rest is on its way
        show(beside.charted(screen, lambda one: effect_by_year(screen.saved if one is screen.now else one, one)), "effect")
    with left:
        group = st.selectbox("Levers of", list(offered), key="levers")
        say(f"{_LEVER_GROUPS[group]}.", "quiet")
        type_a_value(offered[group])
        for lever in offered[group]:
            _lever(screen, lever)
    check_list.show(screen)


def _lever(screen: ScreenState, lever: Lever) -> None:
    """Show one lever where the scenario stands now, and what is saved where it was moved."""
    at = lever.value_in(screen.now.scenario)
    settings = drawn_anew.settings_of_levers()
    key = f"lever.{screen.slug}.{lever.key}.{settings}"
    if key not in st.session_state or lever.differs(st.session_state[key], at):
        st.session_state[key] = at
    common: dict[str, Any] = {
        "label": plain(lever.label),
        "help": plain(lever.help),
        "key": key,
        "on_change": _pulled,
        "args": (lever, key, settings),
    }
    money = is_money(lever.unit)
    if isinstance(at, date):
        st.select_slider(options=lever.months, format_func=lever.shown, **common)
    elif lever.unit.startswith("share"):
        st.slider(min_value=lever.low, max_value=max(lever.high, at), step=lever.step, format="percent", **common)
    else:
        form = "%.0f" if money else "%g"
        low, high = lever.bounds
        st.number_input(min_value=min(low, at), max_value=max(high, at), step=lever.step, format=form, **common)
    words = [f"{lever.shown(at)}{lever.unit.removeprefix('dollars')}"] if money else []
    words += [f"saved: {lever.shown(lever.saved)}"] if lever.is_moved(at) else []
    if words:
        say("; ".join(words), "moved" if lever.is_moved(at) else "quiet")


def _pulled(lever: Lever, key: str, settings: int) -> None:
    if settings != drawn_anew.settings_of_levers():  # what the browser still held of before the lever was set
        return
    to: Value = st.session_state[key]

    def words(before: Scenario) -> str:
        return f"{lever.group}, {lever.label}: {lever.shown(lever.value_in(before))} to {lever.shown(to)}"

    if not draft_session.edit(lambda scenario: lever.set_in(scenario, to), words, key):
        st.session_state.pop(key, None)


def _above(screen: ScreenState, part: str, tables: Collection[str]) -> None:
    """Show what stands above the tables of a part, or above another one."""
    if tables or part == ASSUMPTIONS:
        grid_keys.wait_for_the_editor()
        grid_names.are_not_faded()
    cell_entry.show(screen, part, ASSUMPTIONS)
    line_form.say_unknown_table()
    if part == REVIEW:
        show_pending_before_saving(screen)
    elif part != ASSUMPTIONS:  # which says it for the area that is chosen there
        say_what_is_pending_elsewhere(screen, tables)
    if part == Part.SITES:
        own_facts.ask(screen, [site.name for site in screen.now.scenario.sites])
    if part == Part.FUNDING:
        match_to_pledge.show(screen)
    if tables:
        check_list.beside_tables(screen, tables)


def _page(screen: ScreenState) -> None:
    heading("Build", screen, "Change anything; each change is kept as a draft at once and can be undone.")
    others: dict[str, Callable[[ScreenState], None]] = {LEVERS: _levers, ASSUMPTIONS: edit_assumptions, REVIEW: review}
    parts = [LEVERS, *Part, ASSUMPTIONS, REVIEW]
    say_unknown("part", parts, "the part", f"You see {LEVERS}.")
    part = st.segmented_control("Part", parts, default=LEVERS, required=True, key="part", bind="query-params") or LEVERS
    tables = () if part in others else tables_of(Part(part))
    with st.container():  # one place, so that what comes and goes in it moves no field in which somebody types on
        _above(screen, part, tables)
    if part in others:
        others[part](screen)
        return
    for table in tables:
        edit_table(screen, table)


_page(current())
