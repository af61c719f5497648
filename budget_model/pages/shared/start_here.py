"""Start here: the five steps of a first day on Overview, until the visitor puts them away, for good in this browser."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

import streamlit as st

from budget_model.analysis.why.addresses import text_of
from budget_model.pages.shared.address import of_the_work
from budget_model.pages.shared.build_parts import LEVERS, REVIEW
from budget_model.pages.shared.why_links import WHY, linked
from budget_model.pages.shared.widgets import said
from budget_model.timeline import TOTAL

ASKED = {"start": "here"}  # what the address says to bring the steps back
_COOKIE, _PUT_AWAY, _AWAY = "lead_start_here", "away", "start_here.away"
SCRIPT = f'document.cookie = "{_COOKIE}={_PUT_AWAY}; path=/; max-age=315360000; SameSite=Strict";'


class _Step(NamedTuple):
    name: str
    about: str
    path: str
    asked: dict[str, str]


_STEPS = (
    _Step("Look", "Each figure says why: what it is made of, and on whose word.", "", {WHY: text_of("net_county_cost", TOTAL)}),
    _Step(
        "Move a lever", "Cost, people and the gap follow at once. Nothing is lost, and all of it can be undone.", "build", {"part": LEVERS}
    ),
    _Step("Compare", "Two plans side by side, and which change causes how much.", "scenarios", {}),
    _Step("Save", "A version with your name and the reason. No version is ever altered.", "build", {"part": REVIEW}),
    _Step("Take the workbook", "The same figures as live formulas in Excel, which come back with your edits.", "downloads", {}),
)


def show() -> None:
    """Show the steps, unless they were put away and the address does not ask for them."""
    if st.session_state.get(_AWAY):
        st.html(f"<script>{SCRIPT}</script>", unsafe_allow_javascript=True)
    if not _is_asked() and (st.session_state.get(_AWAY) or st.context.cookies.get(_COOKIE) == _PUT_AWAY):
        return
    with st.container(border=True, key="start_here"):
        st.html(f"<h2>Start here</h2><ol>{''.join(map(_line, _STEPS))}</ol>")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(said("Ctrl+K, or Find above, leads to any line, page and action. Dotted words say what they mean.", "quiet"))
            st.button("Put away", key="start_here.put_away", on_click=_put_away, help="Find, Start here, brings it back.")


def _line(step: _Step) -> str:
    address = f"{step.path}?{urlencode(of_the_work() | step.asked)}"
    return f"<li>{linked(step.name, address)}{said(step.about, 'quiet')}</li>"


def _is_asked() -> bool:
    return all(st.query_params.get(key) == value for key, value in ASKED.items())


def _put_away() -> None:
    st.session_state[_AWAY] = True
    for key in ASKED:
        st.query_params.pop(key, None)
