"""Evidence: every assumption with its value, range, source and confidence, the least certain first."""

from __future__ import annotations

import re
from collections import Counter
from html import escape

import streamlit as st

from budget_model.formats import NIL, worded
from budget_model.pages.shared.evidence_table import AREAS, CONFIDENCE
from budget_model.pages.shared.screen_state import ScreenState, current
from budget_model.pages.shared.widgets import heading, say, small
from budget_model.scenario.assumption import MONTH_UNIT, UNSOURCED
from budget_model.scenario.tables import PlacedAssumption, placed_assumptions

_LINK = re.compile(r"https?://(?:www\.)?([^/\s,;]+)[^\s,;]*")
_HEAD = ("Assumption", "Value", "Range", "Confidence", "Source and note")


def _rank(placed: PlacedAssumption) -> tuple[bool, int]:
    """Return the order of the register: changed levers, then the least certain."""
    return not placed.assumption.is_changed, CONFIDENCE.index(placed.assumption.confidence)


def _linked(source: str) -> str:
    """Return a source as HTML, its addresses shortened to links named after their host."""
    parts, at = [], 0
    for found in _LINK.finditer(source):
        parts.append(escape(source[at : found.start()]))
        parts.append(f'<a href="{escape(found[0])}" target="_blank" rel="noopener noreferrer">{escape(found[1])}</a>')
        at = found.end()
    return "".join(parts) + escape(source[at:])


def _line(placed: PlacedAssumption) -> str:
    """Return an assumption as a line of the register."""
    given, unit = placed.assumption, placed.declared.unit
    low, high = (NIL if figure is None else worded(figure, unit) for figure in (given.low, given.high))
    span = NIL if low == high == NIL else f"{low} to {high}"
    source = _linked(given.source) if given.source else UNSOURCED.capitalize()
    dated = f"{source} ({escape(given.date)})" if given.date else source
    parts = (given.remark, given.owner, given.comment, given.confirmation, f"[{given.evidence}]" if given.evidence else "")
    under = " ".join(part for part in parts if part)
    return (
        f'<tr><th scope="row">{escape(placed.declared.label)}{small(placed.item)}</th>'
        f'<td class="n">{escape(worded(given.value, unit))}{small("" if unit == MONTH_UNIT else unit)}</td>'
        f'<td class="s">{escape(span)}</td><td>{given.confidence}</td><td>{dated}{small(under)}</td></tr>'
    )


def _register(found: list[PlacedAssumption]) -> None:
    head = "".join(f'<th scope="col"{" class=n" if name == "Value" else ""}>{name}</th>' for name in _HEAD)
    body = "".join(_line(placed) for placed in sorted(found, key=_rank))
    st.html(f'<div class="sheet plain register" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>')


def _holds(placed: PlacedAssumption, word: str) -> bool:
    given = placed.assumption
    return word.lower() in " ".join((placed.item, placed.declared.label, given.source, given.remark, given.evidence)).lower()


def _page(screen: ScreenState) -> None:
    heading("Evidence", screen, "Every number says where it comes from; the least certain stand first.")
    every = list(placed_assumptions(screen.now.scenario))
    given = [placed for placed in every if placed.assumption.is_given]
    counts = Counter[str](placed.assumption.confidence for placed in given)
    with st.grid(4, min_column_width=150, gap="xsmall"):
        for confidence in CONFIDENCE:
            st.metric(f"{confidence.capitalize()} confidence", counts[confidence], border=True)
        st.metric("Unsourced", sum(not placed.assumption.source for placed in given), border=True)
    with st.grid(3, min_column_width=210):
        word = st.text_input("Search", placeholder="word in item, source, note or id", key="search")
        area = st.selectbox("Area", ["All areas", *AREAS.values()], key="area")
        level = st.selectbox("Confidence", ["All", *CONFIDENCE], key="confidence", format_func=str.capitalize)
    left_out = st.toggle(f"Show the {len(every) - len(given)} fields that the scenario leaves at their default", key="defaults")
    found = [
        placed
        for placed in (every if left_out else given)
        if _holds(placed, word) and area in ("All areas", AREAS[placed.axis]) and level in ("All", placed.assumption.confidence)
    ]
    say(f"{len(found)} of {len(every)} assumptions. Changed levers have no source until someone gives one.", "quiet")
    _register(found)


_page(current())
