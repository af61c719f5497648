"""Glossary: every term of the budget and its plain meaning."""

from __future__ import annotations

from html import escape

import streamlit as st

from budget_model.pages.shared.glossary import terms
from budget_model.pages.shared.screen_state import ScreenState, current
from budget_model.pages.shared.widgets import heading, say, small


def _page(screen: ScreenState) -> None:
    heading("Glossary", screen, "The words of the budget in plain meaning. Elsewhere they are dotted, and say it where they stand.")
    typed = st.text_input("Search", placeholder="a term or a word of its meaning", key="term", bind="query-params")
    found = [term for term in terms() if typed.casefold() in " ".join((term.name, *term.others, term.meaning)).casefold()]
    if not found:
        say(f"No term has '{typed}' in it. Empty the field to see all of them.")
        return
    rows = (
        f'<tr><th scope="row">{escape(term.name)}{small("; ".join(term.others))}</th><td class="t">{escape(term.meaning)}</td></tr>'
        for term in found
    )
    head = '<tr><th scope="col">Term</th><th scope="col">Meaning</th></tr>'
    st.html(f'<div class="sheet plain" tabindex="0"><table><thead>{head}</thead><tbody>{"".join(rows)}</tbody></table></div>')


_page(current())
