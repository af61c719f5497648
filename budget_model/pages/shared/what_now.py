"""What comes after saving: what the version changed, its workbook, the comparison with its parent, and the links to mail."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from budget_model.analysis.compare import compare
from budget_model.errors import UnreadableError
from budget_model.formats import figure
from budget_model.pages.shared import catalog, links
from budget_model.pages.shared.address import compared, of_the_work
from budget_model.pages.shared.catalog import Catalog
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.widgets import Line, page_file, plain, sheet
from budget_model.scenario.schema import Scenario
from budget_model.store.versions import Version


def show(screen: ScreenState) -> None:
    """Show the next steps with the saved version that is on the screen."""
    offered = catalog.offered()
    version, _ = catalog.opened(offered, screen.slug, screen.version)
    assert version is not None
    st.header(plain(f"Version {version.number} of {version.name}: what now"), anchor=False)
    parent = _parent(offered, screen)
    if parent:
        _against(screen, *parent[1:])
    show_comments([version])
    with st.container(horizontal=True, vertical_alignment="center"):
        label = f"Make the workbook of version {version.number}"
        st.page_link(page_file("downloads"), label=label, icon=":material/table_view:", query_params=of_the_work())
        if parent:
            choice, name, _ = parent
            label = plain(f"Compare with {name}, change by change")
            asked = compared([choice, f"{screen.slug}@{version.number}"])
            st.page_link(page_file("scenarios"), label=label, icon=":material/compare_arrows:", query_params=asked)
    links.show_of_version(screen)


def show_comments(found: Sequence[Version]) -> None:
    """Show what was said of the acts of versions, where something was."""
    lines = [Line(f"Version {one.number}", [comment.act, comment.text]) for one in found for comment in one.comments]
    if lines:
        sheet(["", "Change", "Comment"], lines, "Comments on what a version changed", style="plain", text_columns=2)


def _parent(offered: Catalog, screen: ScreenState) -> tuple[str, str, Scenario] | None:
    """Return what a version was made from: as an address names it, as a reader does, and the scenario; None where it is gone."""
    number, slug = screen.version - 1, screen.slug
    choice, name = f"{slug}@{number}", f"version {number}"
    if not number:
        slug = choice = offered.saved[slug].starts_from
        if slug not in offered.slugs:
            return None
        name = offered.label(slug)
    try:
        return choice, name, catalog.opened(offered, slug, number)[1]
    except UnreadableError:
        return None


def _against(screen: ScreenState, name: str, parent: Scenario) -> None:
    lines = [
        Line(one.label, [figure(one.before, one.unit), figure(one.after, one.unit), one.shown_change])
        for one in compare(catalog.projection(parent), screen.now)
    ]
    sheet(["All fiscal years", name[0].upper() + name[1:], f"Version {screen.version}", "Difference"], lines)
