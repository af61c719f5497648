"""The strip above every page: what is on the screen and what of it is not settled, each a link to its place; and the link to mail."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from budget_model.analysis.findings import findings, in_numbers, is_sound
from budget_model.editing.typed_entries import GENERAL
from budget_model.formats import counted
from budget_model.pages.shared import ask_first, draft_session, finder, links, newer_version
from budget_model.pages.shared.address import of_the_work
from budget_model.pages.shared.build_parts import ASSUMPTIONS, REVIEW
from budget_model.pages.shared.catalog import Catalog
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.widgets import page_file, plain
from budget_model.scenario.tables import MODELS

LINK = "status_strip.link"  # the key of what opens the addresses, which are made then


def show(offered: Catalog, screen: ScreenState, page: str, pages: Mapping[str, str]) -> None:
    """Show the strip above a page; `pages` are the paths of all of them, by their titles."""
    found = findings(screen.now)
    standing = "draft" if screen.changes else "saved"
    newer_version.show(offered, screen, page)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"status_strip_{standing}"):
        what = plain(screen.in_words(offered.label(screen.slug)))
        st.page_link(page_file("scenarios"), label=what, icon=":material/description:", query_params=of_the_work())
        if screen.changes:
            _to_build(page, REVIEW, f"Review and save {counted(len(screen.acts), 'change')}", ":material/save:")
        checks = plain(f"Checks: {in_numbers(found)}")
        if is_sound(found):
            ask_first.look_at_checks(checks)
        else:
            ask_first.look_at_checks(f"**{checks}**", ":material/error:")
        if waiting := draft_session.pending(screen.draft):
            _to_build(page, _part_of(waiting[0].table), counted(len(waiting), "entry waits", "entries wait"), ":material/pending_actions:")
        with st.popover("Link", icon=":material/link:", type="tertiary", key=LINK, on_change="rerun") as box:
            if box.open:
                links.show(screen)
        finder.button(screen, pages)


def _part_of(table: str) -> str:
    """Return the part of Build in which an entry of a table is corrected or dropped."""
    return ASSUMPTIONS if table == GENERAL else MODELS[table].table.part


def _to_build(page: str, part: str, label: str, icon: str) -> None:
    """Show a link to a part of Build. On that page a link would leave the part before in the address, and a button does not."""
    if page == "Build":
        st.button(label, icon=icon, type="tertiary", on_click=_turn_to, args=(part,), key=f"to.{part}")
    else:
        st.page_link(page_file("build"), label=label, icon=icon, query_params={"part": part} | of_the_work())


def _turn_to(part: str) -> None:
    st.session_state["part"] = part
