"""The list of checks wherever a figure is read, changed, saved or handed out: faults, duties missed, remarks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

import streamlit as st

from budget_model.analysis.findings import Finding, findings, grave, in_numbers, is_sound, of_kind
from budget_model.analysis.headline_warnings import headline_warnings
from budget_model.editing.differences import differences
from budget_model.engine.rows import Kind
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.widgets import Line, plain, said, sheet
from budget_model.projection import Projection

ICON = ":material/rule:"
REMARKS = "check_list.remarks"  # the key of the list of remarks, which is made when it is opened
_LEFT_OUT_BESIDE = 3  # faults and duties that stand in full beside a page; the rest is counted


def why_nothing_moves(before: Projection, after: Projection) -> str:
    """Return the remarks on the items that a change touched: a cap that binds is why a rate above it moves nothing."""
    touched = {(one.table, one.item) for one in differences(before.scenario, after.scenario)}
    return " ".join(finding.words for finding in findings(after) if finding.table and (finding.table, finding.item) in touched)


def strip(screen: ScreenState) -> str:
    """Return the state of the checks as HTML for the sidebar: the count, and the gravest in words."""
    found = findings(screen.now)
    lines = "".join(said(words, "quiet") for words in failing(screen.now)[:_LEFT_OUT_BESIDE])
    return f'<div class="strip {"" if is_sound(found) else "alert"}">{said(f"Checks: {in_numbers(found)}.")}{lines}</div>'


def failing(projection: Projection) -> tuple[str, ...]:
    """Return each fault and duty missed in words."""
    return tuple(f"{finding.kind}: {finding.words}" for finding in grave(findings(projection)))


def warn(screen: ScreenState) -> None:
    """Say before something is saved or handed out that checks fail, with each fault and duty; remarks are folded away."""
    found = findings(screen.now)
    if grave(found):
        text = "\n".join(f"- {plain(words)}" for words in failing(screen.now))
        st.error(f"{plain(in_numbers(grave(found)))}. The workbook says so too.\n\n{text}", icon=ICON)
    _listed(of_kind(found, Kind.REMARK), screen)


def show(screen: ScreenState) -> None:
    """Show faults and duties open, what the remarks come to for the whole program, and the remarks one by one folded away."""
    found = findings(screen.now)
    if grave(found):
        table(grave(found), screen)
    warnings = headline_warnings(screen.now)
    if warnings:
        sheet(["To know beside the figures", ""], [Line(warning.about, [warning.words]) for warning in warnings], text_columns=1)
    if remarks := of_kind(found, Kind.REMARK):
        _folded(remarks, f"{in_numbers(remarks)}, item by item", screen)


def beside_tables(screen: ScreenState, tables: Collection[str]) -> None:
    """Show the findings on items of some tables, where these are edited."""
    _listed([finding for finding in findings(screen.now) if finding.table in tables], screen)


def _listed(found: Sequence[Finding], screen: ScreenState) -> None:
    if grave(found):
        table(grave(found), screen)
    if remarks := of_kind(found, Kind.REMARK):
        _folded(remarks, f"{in_numbers(remarks)}, what a reader should know: {remarks[0].words}", screen)


def _folded(remarks: Sequence[Finding], label: str, screen: ScreenState) -> None:
    with st.expander(plain(label), icon=ICON, key=REMARKS, on_change="rerun") as box:
        if box.open:
            table(remarks, screen)


def table(found: Sequence[Finding], screen: ScreenState) -> None:
    """Show findings with amount, item and since when; what the saved scenario did not have is marked."""
    before = {(finding.check, finding.item) for finding in findings(screen.saved)}
    lines = []
    for finding in found:
        kind = f"{finding.kind}, new" if (finding.check, finding.item) not in before else str(finding.kind)
        what = f"{finding.item}: {finding.detail}" if finding.item else finding.detail
        rule = finding.rule if finding.rule != finding.detail else ""
        style: Literal["", "alert"] = "" if finding.kind is Kind.REMARK else "alert"
        lines.append(Line(what, [kind, finding.since_in_words, finding.amount_in_words], style, under=rule))
    sheet(["What", "Kind", "Since", "Amount"], lines, text_columns=2)
