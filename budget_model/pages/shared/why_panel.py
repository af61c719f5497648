"""The panel *Why this number*, beside every page: opened from a figure, with an address of its own."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote

import streamlit as st

from budget_model.analysis.why.addresses import Address, as_text, label_of, places, read_address, value_at
from budget_model.analysis.why.behind import behind
from budget_model.analysis.why.explanation import Explanation, explained
from budget_model.analysis.why.graph import graph_of
from budget_model.analysis.why.grouping import groupings
from budget_model.analysis.why.moved import changes_behind, moved
from budget_model.analysis.why.parts import Part
from budget_model.analysis.why.report import report
from budget_model.budget import BUDGET
from budget_model.editing.typed_entries import GENERAL
from budget_model.errors import ScenarioError
from budget_model.formats import change, listed, shown_change
from budget_model.pages.shared import why_html, why_links, why_style, workbook_cells
from budget_model.pages.shared.address import quoted
from budget_model.pages.shared.build_parts import ASSUMPTIONS
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.why_html import Way, valued
from budget_model.pages.shared.widgets import said
from budget_model.projection import Projection
from budget_model.scenario.axes import Axis
from budget_model.scenario.tables import MODELS, PlacedAssumption

_MOST_CHANGES, _COPIED_DEPTH, _MOST_STEPS = 5, 1, 12


def show(screen: ScreenState) -> None:
    """Show the panel where the address asks for a figure; beside a page it takes no place of its own."""
    asked = [text for text in st.query_params.get_all(why_links.WHY) if text][-_MOST_STEPS:]
    if not asked:
        return
    with st.container(key="why_panel"):
        st.html(why_style.ROOM)
        st.html(panel(screen, asked))
        workbook_cells.follow(screen.now)


def panel(screen: ScreenState, asked: Sequence[str]) -> str:
    """Return the panel of the last of the figures that are asked for, as HTML; the others are the way that led there."""
    now = screen.now
    known: list[Address] = []
    unknown = []
    for text in asked:
        try:
            known.append(read_address(now, text))
        except ScenarioError as error:
            unknown.append(f"{quoted([unquote(text)])}: {error.problems[0].expected}")
    trail = [as_text(now, address) for address in known]
    warnings = "".join(said(f"This figure is not in the plan on the screen. {words}", "alert") for words in unknown)
    if not known:
        inner = why_html.crumbs([Way("", "Not here")], why_links.href()) + warnings
    else:
        inner = why_html.crumbs(_crumbs(now, known, trail), why_links.href()) + warnings + _figure(screen, known[-1], trail)
    return f'<section class="why-panel" aria-label="Why this number" tabindex="-1">{inner}</section>'


def _crumbs(now: Projection, known: Sequence[Address], trail: Sequence[str]) -> list[Way]:
    return [
        Way(why_links.href(*trail[: step + 1]), ", ".join(filter(None, (label_of(now, address), places(now).when(address.at)))))
        for step, address in enumerate(known)
    ]


def _figure(screen: ScreenState, address: Address, trail: Sequence[str]) -> str:
    now = screen.now
    one = explained(now, address)
    cell = workbook_cells.said(now, address)
    shown = [why_html.figure(one), why_html.in_the_workbook(cell)]
    if one.given or one.is_given:
        changing = _build(one, trail)
        shown.append(why_html.evidence(one.given, changing) if one.given else why_html.given_elsewhere(changing))
        shown += [why_html.section("What it moves", _effect(now, one, trail))] * bool(one.given) + [_change_words(screen, one)]
    else:
        links = _links(now, one, trail)
        shown += [why_html.formula(one), why_html.parts(one, links, _differences(screen, one)), _change_words(screen, one)]
        shown.append(_years(now, one, trail))
        shown += [why_html.groups(name, found, one.unit) for name, found in groupings(now, one).items()]
        shown.append(_assumptions(now, one, trail))
    copied = "\n".join(filter(None, (report(graph_of(now, address, _COPIED_DEPTH)), cell)))
    return "".join([*shown, why_html.tools(copied)])


def _build(one: Explanation, trail: Sequence[str]) -> str:
    """Return the address of the place in Build where a given figure is changed; '' where it is not given there."""
    if one.place is None:
        return ""
    table = one.place[0]
    return why_links.href_of_build(ASSUMPTIONS if table == GENERAL else MODELS[table].table.part, one.place, trail)


def _links(now: Projection, one: Explanation, trail: Sequence[str]) -> dict[Part, str]:
    parts = [single for part in (*one.made.parts, *one.made.beside) for single in (part, *part.gathered)]
    to = why_links.opener(*trail)
    return {part: to(as_text(now, part.address)) for part in parts if part.address}


def _differences(screen: ScreenState, one: Explanation) -> dict[Part, float]:
    return moved(screen.now, screen.saved, one).by_part if screen.changes else {}


def _years(now: Projection, one: Explanation, trail: Sequence[str]) -> str:
    row = BUDGET.rows[one.address.row]
    if Axis.YEAR not in row.over and not (Axis.MONTH in row.over and row.in_a_year):
        return ""
    found = []
    for year in now.years:
        address = Address(row.name, one.address.items, year)
        way = Way(
            why_links.href(*trail[:-1], as_text(now, address)), places(now).when(year).capitalize() if year == now.years[-1] else year
        )
        found.append((way, valued(value_at(now, address), row.unit), year == one.address.at))
    return why_html.years(found)


def _assumptions(now: Projection, one: Explanation, trail: Sequence[str]) -> str:
    found = behind(now, one.address)
    to = why_links.opener(*trail)
    links = {each: to(as_text(now, each.address)) for each in found if each.address}
    return why_html.assumptions(found, links, one.unit)


def _effect(now: Projection, one: Explanation, trail: Sequence[str]) -> list[str]:
    """Return what one percent more of an assumption moves: of the figure from which the way led here, or net county cost."""
    root = read_address(now, trail[0] if len(trail) > 1 else "net_county_cost")
    place = one.place or ("", "", "")
    found = next((each for each in behind(now, root) if place in [_place(use) for use in each.uses]), None)
    if found is None:
        return []
    about = ", ".join(filter(None, (label_of(now, root), places(now).when(root.at))))
    sentences = [f"One percent more of it moves {about} by {change(found.effect, BUDGET.rows[root.row].unit)}."]
    if len(found.uses) > 1:
        others = [use.item for use in found.uses if _place(use) != place]
        sentences[0] = (
            f"One percent more of it, in all {len(found.uses)} places, moves {about} by {change(found.effect, BUDGET.rows[root.row].unit)}."
        )
        sentences.append(f"The same number stands in {listed(others, _MOST_CHANGES)}. Changing it here changes it here alone.")
    return sentences


def _place(placed: PlacedAssumption) -> tuple[str, str, str]:
    return placed.table, placed.item, placed.field


def _change_words(screen: ScreenState, one: Explanation) -> str:
    """Return how the figure differs from the saved one and why, and what the last change did to it."""
    if not screen.changes:
        return ""
    title, saved = "Against the saved scenario", moved(screen.now, screen.saved, one)
    if saved.value is None:
        return why_html.section(title, ["The saved scenario has no such figure."])
    if one.is_given:
        return why_html.section(title, [f"Saved: {valued(saved.value, one.unit)}."])
    difference = shown_change(saved.value, one.value, one.unit)
    sentences = [f"Saved: {valued(saved.value, one.unit)}. Difference: {difference}."]
    if difference != "no change":
        causes = [
            f"{each.item or each.table or 'Scenario'}: {each.label}, {each.shown_before} to {each.shown_after}"
            for each in changes_behind(screen.changes, one.address)
        ]
        sentences += [f"Changes that it follows: {listed(causes, _MOST_CHANGES)}."] if causes else []
    if screen.draft and screen.draft.applied_steps:
        before = moved(screen.now, screen.before_last, one).value
        by = "no change" if before is None else shown_change(before, one.value, one.unit)
        effect = "It brought this figure." if before is None else "It does not move it." if by == "no change" else f"It moved it by {by}."
        sentences.append(f"Last change: {screen.draft.last_words}. {effect}")
    return why_html.section(title, sentences)
