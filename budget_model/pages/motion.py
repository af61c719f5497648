"""Motion: each clause of the Board's motion, what answers it and how far that is confirmed, and what the pilot was fitted to."""

from __future__ import annotations

import streamlit as st

from budget_model.analysis.motion import Answer, crosswalk
from budget_model.analysis.motion_figures import Figure, Lines, figure_in_words, first_full_year
from budget_model.analysis.pilot import HEADING, PILOT, PilotFigure, beside_the_published, freedom, whose
from budget_model.analysis.why.addresses import axes_of, text_of
from budget_model.budget import BUDGET
from budget_model.formats import change, count, is_money
from budget_model.pages.shared import catalog
from budget_model.pages.shared.screen_state import ScreenState, current
from budget_model.pages.shared.widgets import Line, heading, page_file, say, sheet
from budget_model.projection import Projection
from budget_model.scenario.axes import Axis
from budget_model.scenario.confirmation import State
from budget_model.timeline import TOTAL

# The page that answers each clause.
_PAGES = {
    "M0": ("evidence", "Evidence"),
    "M1a": ("sites", "Sites"),
    "M1b": ("sites", "Sites"),
    "M1c": ("staffing", "Staffing"),
    "M2a": ("overview", "Overview"),
    "M2b": ("staffing", "Staffing"),
    "M2c": ("funding", "Funding"),
    "M2-A": ("access", "Treatment and housing"),
    "M2-B": ("access", "Treatment and housing"),
}
_MEANINGS = {
    State.MISSING: "no figure, or no number behind it",
    State.DRAFT: "none of its numbers is confirmed",
    State.IN_PART: "some of its numbers are confirmed",
    State.CONFIRMED: "all of its numbers are confirmed, by name and day",
}


def _explained(figure: Figure, at: str) -> str:
    """Return the address of a figure that is one row of the whole plan by fiscal year; '' for a part or a date."""
    if not isinstance(figure.at, Lines):
        return ""
    row = BUDGET.rows[figure.at.row]
    by_year = Axis.YEAR in row.over or (Axis.MONTH in row.over and row.in_a_year)
    return text_of(row.name, at) if by_year and not axes_of(row) else ""


def _lines(figures: tuple[Figure, ...], year: str) -> list[Line]:
    """Return the lines of a clause's figures; with a column for the first full year where one is named."""
    return [
        Line(
            figure.label,
            [figure.words, *([figure.words_in_full_year] if year else [])],
            figures=[_explained(figure, TOTAL), *([_explained(figure, year)] if year else [])],
        )
        for figure in figures
    ]


def _clause(answer: Answer, year: str) -> None:
    clause, (page, title) = answer.clause, _PAGES[answer.clause.id]
    by_year = any(figure.in_full_year is not None for figure in answer.figures)
    with st.container(border=True):
        left, right = st.columns([5, 2])
        with left:
            say(f"{clause.id}. {clause.asks}", "lead")
            say(f"{clause.answer}.")
        with right:
            st.metric(answer.confirmation, str(answer.word), help=_MEANINGS[answer.word].capitalize() + ".")
            st.page_link(page_file(page), label=f"Look at {title}", icon=":material/arrow_forward:")
        heads = ["", "All months, or at their end", *([f"{year}, the first full year"] if by_year else [])]
        sheet(heads, _lines(answer.figures, year if by_year else ""), style="plain")
        if answer.said:
            say(answer.said)
        say(f"Open: {clause.question}", "quiet")


def _clauses(screen: ScreenState) -> None:
    st.header("What the Board asks, and the answer", anchor=False)
    say("; ".join(f"{word}: {meaning}" for word, meaning in _MEANINGS.items()) + ".", "quiet")
    full = first_full_year(screen.now)
    for answer in screen.now.once(crosswalk):
        _clause(answer, "" if full is None else screen.now.years[full])


def _gap(one: PilotFigure) -> str:
    """Return a difference with its sign; of a share in points, for a percent of a percent would be read as another thing."""
    if is_money(one.unit):
        return change(one.difference, one.unit)
    if one.unit == "share":
        shown = change(100 * one.difference, "points")
        return shown if shown == change(0, "points") else f"{shown} points"
    return change(one.difference, "positions")


def _kept(name: str) -> Projection | None:
    files = catalog.library().scenarios
    return catalog.projection(files[name]) if name in files else None


def _pilot(projection: Projection) -> None:
    st.header(HEADING, anchor=False)
    found = beside_the_published(projection, _kept)
    if found is None:
        say(f"The library has no file {PILOT}.yaml to compare with the motion.", "quiet")
        return
    pilot, figures = found
    say(whose(pilot))
    lines = []
    for one in figures:
        cells = [str(one.how), figure_in_words(one.published, one.unit), figure_in_words(one.model, one.unit), _gap(one)]
        lines.append(Line(one.label, cells, under=one.note))
    sheet(["Figure", "How it came in", "Published", "Model", "Difference"], lines, style="plain", text_columns=1)
    counted = freedom(pilot, figures)
    say(counted.sentence)
    if counted.numbers:
        say(f"{count(len(counted.numbers), 0)} set to fit: {'; '.join(counted.numbers)}.", "quiet")


def _page(screen: ScreenState) -> None:
    heading("Motion", screen, "The Board's motion of October 2018, clause by clause.")
    _clauses(screen)
    _pilot(screen.now)


_page(current())
