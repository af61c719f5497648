"""The table of a list of numbers with their evidence: the least certain first or, where it is known, by what each moves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape

import streamlit as st

from budget_model.analysis.evidence_lists import LISTS
from budget_model.analysis.sensitivity import Effect
from budget_model.analysis.why.addresses import as_text
from budget_model.analysis.why.explanation import address_of
from budget_model.formats import NIL, change, listed, worded
from budget_model.pages.shared import glossary, why_links
from budget_model.pages.shared.evidence_table import CONFIDENCE
from budget_model.pages.shared.widgets import column_head, small
from budget_model.projection import Projection
from budget_model.scenario.assumption import MONTH_UNIT, UNSOURCED
from budget_model.scenario.numbers import id_of
from budget_model.scenario.tables import PlacedAssumption

_LINK = re.compile(r"https?://(?:www\.)?([^/\s,;]+)[^\s,;]*")
_NOTE_ID = re.compile(r"^([a-z0-9]+(?:_[a-z0-9]+)+): (.+)$", re.DOTALL)  # of a source that begins with the id of a note
_HEAD = {"Assumption": "", "Value": "n", "Range": "", "Confidence": "", "Who can confirm it": "", "Source and note": ""}
_MOST_PLACES = 3  # of a number that are named
_MOVES = {"Net county cost at the low end": "n", "At the high end": "n"}
_REFUSED = {"If refused": "n", "Funding gap if refused": "n"}


def list_of(placed: PlacedAssumption) -> str:
    """Return the list in which an assumption stands; a month of which nobody says its kind is a date of the plan, decided on."""
    kind = placed.assumption.kind or ("decision" if placed.declared.is_month else "")
    return next(name for name, kinds in LISTS.items() if kind in kinds)


def show_register(now: Projection, found: list[PlacedAssumption], moved: Mapping[str, Effect]) -> None:
    """Show assumptions, changed ones and the least certain first; or the numbers that `moved` has by their ids, by what each moves.

    A number that is used in several places moves in all of them, and then is one line. Each value opens its reasons, which lead to
    its cell in Build.
    """
    of_moves = {**(_MOVES if moved else {}), **(_REFUSED if _is_asked(moved) else {})}
    heads = {**_HEAD, **of_moves}
    order, marked = [*list(_HEAD)[:3], *of_moves, *list(_HEAD)[3:]], glossary.marker()
    opener = why_links.opener()
    names = "".join(column_head(name, heads[name], marked) for name in order)
    places: dict[str, list[PlacedAssumption]] = {}
    for placed in found:
        places.setdefault(id_of(placed) if moved else f"{placed.table}.{placed.item}.{placed.field}", []).append(placed)
    body = "".join(
        _line(together, moved, _linked(now, together[0], opener))
        for together in sorted(places.values(), key=lambda together: _rank(together[0], moved))
    )
    st.html(
        f'<div class="sheet plain register wordy" tabindex="0"><table><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _is_asked(moved: Mapping[str, Effect]) -> bool:
    """Whether numbers are money that is asked, of which a refusal is shown."""
    return any(effect.gap_if_refused is not None for effect in moved.values())


def _rank(placed: PlacedAssumption, moved: Mapping[str, Effect]) -> tuple[float, bool, int]:
    effect = moved.get(id_of(placed))
    return -effect.size if effect else 0.0, not placed.assumption.is_changed, CONFIDENCE.index(placed.assumption.confidence)


def linked_source(source: str) -> str:
    """Return a source as HTML, its addresses shortened to links named after their host; the id of a note stands behind."""
    source = _NOTE_ID.sub(r"\2 [\1]", source)
    parts, at = [], 0
    for found in _LINK.finditer(source):
        parts.append(escape(source[at : found.start()]))
        parts.append(f'<a href="{escape(found[0])}" target="_blank" rel="noopener noreferrer">{escape(found[1])}</a>')
        at = found.end()
    return "".join(parts) + escape(source[at:])


def _linked(now: Projection, placed: PlacedAssumption, opener: Callable[[str], str]) -> str:
    """Return a value as HTML that opens its reasons, where a line of the budget reads it."""
    shown = worded(placed.assumption.value, placed.declared.unit)
    address = address_of(now, placed.table, placed.item, placed.field)
    return why_links.linked(shown, opener(as_text(now, address))) if address else escape(shown)


def _line(together: list[PlacedAssumption], moved: Mapping[str, Effect], value: str) -> str:
    """Return an assumption as a line of the register, or one that is used in several places; `value` is HTML."""
    placed = together[0]
    items = listed(dict.fromkeys(one.item for one in together if one.item), _MOST_PLACES)
    given, unit = placed.assumption, placed.declared.unit
    low, high = (NIL if figure is None else worded(figure, unit) for figure in (given.low, given.high))
    span = NIL if low == high == NIL else f"{low} to {high}"
    source = linked_source(given.source) if given.source else UNSOURCED.capitalize()
    dated = f"{source} ({escape(given.date)})" if given.date else source
    parts = (given.remark, given.comment, f"[{given.evidence}]" if given.evidence else "")
    under = " ".join(part for part in parts if part)
    return (
        f'<tr><th scope="row">{escape(placed.declared.label)}{small(items)}</th>'
        f'<td class="n" data-head="Value">{value}{small("" if unit == MONTH_UNIT else unit)}</td>'
        f'<td class="s" data-head="Range">{escape(span)}</td>{_moves(placed, moved)}'
        f'<td data-head="Confidence">{given.confidence}{small(given.kind)}</td>'
        f'<td data-head="Who can confirm it">{escape(given.owner or NIL)}{small(given.confirmation)}</td>'
        f'<td data-head="Source and note">{dated}{small(under)}</td></tr>'
    )


def _moves(placed: PlacedAssumption, moved: Mapping[str, Effect]) -> str:
    """Return the cells of what a number moves, empty where it has no range."""
    if not moved:
        return ""
    effect = moved.get(id_of(placed))
    ends = [None, None] if effect is None else [effect.low, effect.high]
    if _is_asked(moved):
        ends += [None, None] if effect is None else [effect.cost_if_refused, effect.gap_if_refused]
    cells = zip([*_MOVES, *_REFUSED], (NIL if end is None else change(end, "dollars") for end in ends), strict=False)
    return "".join(f'<td class="n" data-head="{name}">{escape(words)}</td>' for name, words in cells)
