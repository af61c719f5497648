"""Find by name, with Ctrl+K or its button: every line of Build, site, source, headline figure, term, page and action.

The page says what there is; `finder.js` shows the dialog, finds in it, and goes to the address, without the page being loaded anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import streamlit as st

from budget_model.analysis.compare import HEADLINES
from budget_model.analysis.why.addresses import text_of
from budget_model.pages.shared import glossary, jumps, start_here
from budget_model.pages.shared.build_parts import LEVERS, REVIEW
from budget_model.pages.shared.line_address import LINE
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.why_links import WHY
from budget_model.scenario.declarations import Part
from budget_model.scenario.tables import MODELS
from budget_model.timeline import TOTAL

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
OVERVIEW, PRESENTATION = "./", "presentation"
Names = tuple[tuple[str, tuple[str, ...]], ...]  # of the lines of each table


class Entry(NamedTuple):
    """Something to find: its name, what it is, and where it leads.

    That is the address of a page without the work on the screen, which the browser adds; or, after `!`, a button of the sidebar.
    """

    name: str
    kind: str
    leads_to: str


def button(screen: ScreenState, pages: Mapping[str, str]) -> None:
    """Show the button that opens the dialog, with the paths of all pages by their titles."""
    draft = screen.draft
    names = tuple((table, tuple(line.name for line in lines)) for table, lines in screen.now.scenario.tables.items())
    can_undo, can_redo = bool(draft and draft.applied_steps), bool(draft and draft.can_redo)
    st.html(_button(names, tuple(pages.items()), can_undo=can_undo, can_redo=can_redo), unsafe_allow_javascript=True)


@lru_cache(maxsize=64)  # most changes name nothing anew
def _button(names: Names, pages: tuple[tuple[str, str], ...], *, can_undo: bool, can_redo: bool) -> str:
    """Return the button as HTML, with what can be found where tables have lines of these names."""
    entries = [*_actions(can_undo=can_undo, can_redo=can_redo), *_entries(dict(names), pages)]
    found = escape(json.dumps(entries, separators=(",", ":")), quote=False).replace("'", "&#39;")
    words = '<span aria-hidden="true">Find</span><kbd aria-hidden="true">Ctrl K</kbd>'
    opens = f"""<button type="button" class="finder-opens" aria-label="Find, Ctrl+K" data-entries='{found}'>{words}</button>"""
    return f"{opens}<script>{SCRIPT}</script>"


def _entries(names: Mapping[str, tuple[str, ...]], pages: tuple[tuple[str, str], ...]) -> Iterator[Entry]:
    """Yield everything that can be found but actions, what one wants most often first."""
    yield from (Entry(title, "Page", path or OVERVIEW) for title, path in pages)
    yield from (Entry(part, "Part of Build", _address("build", part=part)) for part in Part)
    yield from (Entry(site, "Site", _address("sites", site=site)) for site in names["sites"])
    yield from (Entry(label, "Figure, and why", f"?{urlencode({WHY: text_of(row, TOTAL)})}") for label, row in HEADLINES.items())
    for table, model in MODELS.items():
        kind = f"{model.table.singular[0].upper()}{model.table.singular[1:]}, in Build"
        yield from (Entry(name, kind, _line_address(table, name)) for name in names[table])
    yield from (Entry(term.name, "Term", _address("glossary", term=term.name)) for term in glossary.terms())


def _line_address(table: str, name: str) -> str:
    """Return the address of the form of a line in Build, without the work on the screen; the page is scrolled to its table."""
    asked = [("part", MODELS[table].table.part), (LINE, table), (LINE, name), *jumps.to(table).items()]
    return f"build?{urlencode(asked)}"


def _actions(*, can_undo: bool, can_redo: bool) -> Iterator[Entry]:
    if can_undo:
        yield Entry("Undo the last change", "Action", "!Undo")
    if can_redo:
        yield Entry("Redo", "Action", "!Redo")
    yield Entry("Move a lever", "Action", _address("build", part=LEVERS))
    yield Entry("Review and save", "Action", _address("build", part=REVIEW))
    yield Entry("Make the workbook", "Action", "downloads")
    yield Entry("Compare scenarios", "Action", "scenarios")
    yield Entry("Present the charts", "Action", PRESENTATION)
    yield Entry("Look at the checks", "Action", f"{OVERVIEW}?{urlencode(jumps.to(jumps.CHECKS))}")
    yield Entry("Start here: five steps", "Action", f"{OVERVIEW}?{urlencode(start_here.ASKED)}")


def _address(path: str, **asked: str) -> str:
    return f"{path}?{urlencode(asked)}"
