"""Evidence: every assumption with its value, range, source and confidence, the least certain first."""

from __future__ import annotations

import re
from collections import Counter
from html import escape

import streamlit as st

from budget_model.formats import NIL, worded
from budget_model.pages.shared.parts import heading, say, small
from budget_model.pages.shared.register import AREAS, CONFIDENCE
from budget_model.pages.shared.view import View, current
from budget_model.scenario.assumption import MONTH_UNIT, UNSOURCED
from budget_model.scenario.tables import Cell, cells

_LINK = re.compile(r"https?://(?:www\.)?([^/\s,;]+)[^\s,;]*")
_HEAD = ("Assumption", "Value", "Range", "Confidence", "Source and note")


def _rank(cell: Cell) -> tuple[bool, int]:
    """Return the order of the register: changed levers, then the least certain."""
    return not cell.assumption.is_changed, CONFIDENCE.index(cell.assumption.confidence)


def _linked(source: str) -> str:
    """Return a source as HTML, its addresses shortened to links named after their host."""
    parts, at = [], 0
    for found in _LINK.finditer(source):
        parts.append(escape(source[at : found.start()]))
        parts.append(f'<a href="{escape(found[0])}" target="_blank" rel="noopener noreferrer">{escape(found[1])}</a>')
        at = found.end()
    return "".join(parts) + escape(source[at:])


def _line(cell: Cell) -> str:
    """Return an assumption as a line of the register."""
    given, unit = cell.assumption, cell.declared.unit
    low, high = (NIL if figure is None else worded(figure, unit) for figure in (given.low, given.high))
    span = NIL if low == high == NIL else f"{low} to {high}"
    source = _linked(given.source) if given.source else UNSOURCED.capitalize()
    dated = f"{source} ({escape(given.date)})" if given.date else source
    under = " ".join(part for part in (given.note, f"[{given.evidence}]" if given.evidence else "") if part)
    return (
        f'<tr><th scope="row">{escape(cell.declared.label)}{small(cell.item)}</th>'
        f'<td class="n">{escape(worded(given.value, unit))}{small("" if unit == MONTH_UNIT else unit)}</td>'
        f'<td class="s">{escape(span)}</td><td>{given.confidence}</td><td>{dated}{small(under)}</td></tr>'
    )


def _register(found: list[Cell]) -> None:
    head = "".join(f'<th scope="col"{" class=n" if name == "Value" else ""}>{name}</th>' for name in _HEAD)
    body = "".join(_line(cell) for cell in sorted(found, key=_rank))
    st.html(f'<div class="sheet plain register" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>')


def _holds(cell: Cell, word: str) -> bool:
    given = cell.assumption
    return word.lower() in " ".join((cell.item, cell.declared.label, given.source, given.note, given.evidence)).lower()


def _page(view: View) -> None:
    heading("Evidence", view, "Every number says where it comes from; the least certain stand first.")
    every = list(cells(view.now.scenario))
    given = [cell for cell in every if cell.assumption.is_given]
    counts = Counter(cell.assumption.confidence for cell in given)
    with st.grid(4, min_column_width=150, gap="xsmall"):
        for confidence in CONFIDENCE:
            st.metric(f"{confidence.capitalize()} confidence", counts[confidence], border=True)
        st.metric("Unsourced", sum(not cell.assumption.source for cell in given), border=True)
    with st.grid(3, min_column_width=210):
        word = st.text_input("Search", placeholder="word in item, source, note or id", key="search")
        area = st.selectbox("Area", ["All areas", *AREAS.values()], key="area")
        level = st.selectbox("Confidence", ["All", *CONFIDENCE], key="confidence", format_func=str.capitalize)
    left_out = st.toggle(f"Show the {len(every) - len(given)} fields that the scenario leaves at their default", key="defaults")
    found = [
        cell
        for cell in (every if left_out else given)
        if _holds(cell, word) and area in ("All areas", AREAS[cell.axis]) and level in ("All", cell.assumption.confidence)
    ]
    say(f"{len(found)} of {len(every)} assumptions. Changed levers have no source until someone gives one.", "quiet")
    _register(found)


_page(current())
