"""What a place says in which nothing stands: what would stand there, how it comes there, and a link to where that is done."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from budget_model.pages.shared.address import of_the_work
from budget_model.pages.shared.widgets import Style, on_one_line


def teach(words: str, label: str, path: str, style: Style = "say", **asked: str) -> None:
    """Show sentences, and a link to a page, or a part of it; it is followed on that page as well."""
    address = escape(f"{path}?{urlencode(of_the_work() | asked)}")
    st.html(f'<p class="{style}">{escape(on_one_line(words))} <a class="why there" href="{address}">{escape(label)}</a></p>')


def teach_in_build(words: str, label: str, part: str, style: Style = "say") -> None:
    """Show sentences, and a link to a part of Build."""
    teach(words, label, "build", style, part=part)
