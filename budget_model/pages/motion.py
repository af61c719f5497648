"""Motion: each clause of the Board's motion, where it is answered, and the motion's own figures beside the model's."""

from __future__ import annotations

import streamlit as st

from budget_model import Projection
from budget_model.budget import BUDGET
from budget_model.formats import NIL, count, in_unit
from budget_model.motion import compared_with_motion
from budget_model.pages import library
from budget_model.pages.parts import Line, heading, say, sheet, shown
from budget_model.pages.view import View, current
from budget_model.workbook.template import WORKBOOK, Crosswalk, Directive, load_template

# The page that answers each directive of the crosswalk.
_PAGES = {
    "M0": ("overview", "Overview"),
    "M1a": ("sites", "Sites"),
    "M1b": ("sites", "Sites"),
    "M1c": ("staffing", "Staffing"),
    "M2a": ("overview", "Overview"),
    "M2b": ("staffing", "Staffing"),
    "M2c": ("funding", "Funding"),
    "M2-A": ("access", "Treatment and housing"),
    "M2-B": ("access", "Treatment and housing"),
}
_PILOT = "pilot_2017"


def _value(projection: Projection, directive: Directive) -> tuple[str, bool]:
    """Return the figure that answers a directive, as a reader sees it, and whether it is more than nothing."""
    if directive.row:
        amount = float(projection.by_year(directive.row)[-1])
        return shown(amount, BUDGET.rows[directive.row].unit), amount > 0
    agencies = {name for site in projection.scenario.sites for name in site.law_enforcement_agencies}
    return f"{len(agencies)} agencies", bool(agencies)


def _clauses(view: View) -> None:
    st.subheader("What the Board asks, and the answer", anchor=False)
    (crosswalk,) = [sheet for sheet in load_template(WORKBOOK).sheets if isinstance(sheet, Crosswalk)]
    for directive in crosswalk.directives:
        value, answered = _value(view.now, directive)
        page, title = _PAGES[directive.id]
        with st.container(border=True):
            left, right = st.columns([5, 2], vertical_alignment="center")
            with left:
                say(f"{directive.id}. {directive.clause}", "lead")
                say(f"{directive.answer}.")
                say(f"Open: {directive.question}", "quiet")
            with right:
                st.metric("Answered" if answered else "Not answered yet", value)
                st.page_link(f"budget_model/pages/{page}.py", label=f"Look at {title}", icon=":material/arrow_forward:")


def _pilot(view: View) -> None:
    st.subheader("The pilot as proof", anchor=False)
    files = library.library().scenarios
    if _PILOT not in files:
        say(f"The library has no file {_PILOT}.yaml to compare with the motion.", "quiet")
        return
    lines = []
    for line in compared_with_motion(library.projection(files[_PILOT])):
        gap = NIL if abs(line.difference) < 0.005 else in_unit(round(line.difference, 2), line.unit)
        lines.append(Line(line.label, [in_unit(line.motion, line.unit), in_unit(round(line.model, 2), line.unit), gap]))
    sheet(["Figure of the motion", "Motion", "Model", "Difference"], lines, style="plain")
    say(f"{count(len(lines), 0)} figures of the pilot, projected from its own assumptions and not entered as results.", "quiet")


def _page(view: View) -> None:
    heading("Motion", view, "The Board's motion of October 2018, clause by clause.")
    _clauses(view)
    _pilot(view)


_page(current())
