"""Motion: each clause of the Board's motion, where it is answered, and the motion's own figures beside the model's."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from budget_model.analysis.motion import compared_with_motion
from budget_model.analysis.who_pays import gap_in_words, outside_money_in_words
from budget_model.budget import BUDGET
from budget_model.formats import NIL, count, counted, in_unit, is_money
from budget_model.pages.shared import catalog
from budget_model.pages.shared.screen_state import ScreenState, current
from budget_model.pages.shared.widgets import Line, heading, page_file, say, sheet
from budget_model.projection import Projection
from budget_model.scenario.choices import CareKind
from budget_model.workbook.layout.template import WORKBOOK, Crosswalk, Directive, load_template

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
_KINDS = {
    "M2-A": (CareKind.INPATIENT_TREATMENT, CareKind.OUTPATIENT_TREATMENT, CareKind.RECOVERY_BRIDGE_HOUSING),
    "M2-B": (CareKind.INTERIM_HOUSING, CareKind.SUPPORTIVE_HOUSING),
}
_RESOURCES = "M2c"
_PILOT = "pilot_2017"


def _value(projection: Projection, directive: Directive) -> tuple[str, str, bool]:
    """Return what the figure that answers a directive is, the figure, and whether it is more than nothing."""
    if directive.row:
        row, amount = BUDGET.rows[directive.row], float(projection.by_year(directive.row)[-1])
        label = directive.label or row.label.removeprefix("All ")
        return label[0].upper() + label[1:], in_unit(round(amount, 0 if is_money(row.unit) else 1), row.unit), amount > 0
    agencies = {name for site in projection.scenario.sites for name in site.law_enforcement_agencies}
    return "Law-enforcement agencies named", f"{len(agencies)} agencies", bool(agencies)


def _access(projection: Projection, kinds: Sequence[CareKind]) -> str:
    """Return who waits for places of these kinds at the end of the last year, and the longest wait in any month, in a sentence."""
    year, last = projection.years[-2], len(projection.years) - 2
    figures = [projection.by_year(row)[:, last] for row in ("people_waiting", "expected_wait", "places", "people_in_place")]
    over_all = [projection.by_year(row)[:, -1] for row in ("longest_wait", "months_beyond_target")]
    said = []
    for care, waiting, wait, places, inside, longest, late in zip(
        projection.scenario.treatment_and_housing, *figures, *over_all, strict=True
    ):
        if care.kind in kinds:
            queue = f"{count(waiting)} waiting for {count(wait, 0)} days" if count(waiting) != NIL else "nobody waiting"
            beyond = f" ({counted(int(late), 'month')} beyond the target, at the longest {count(longest, 0)} days)" if late else ""
            said.append(f"{care.name}: {queue}{beyond}, {count(inside)} in {count(places, 0)} {'place' if places == 1 else 'places'}")
    return f"At the end of {year}: {'; '.join(said)}." if said else "This scenario plans no such places."


def _clauses(screen: ScreenState) -> None:
    st.subheader("What the Board asks, and the answer", anchor=False)
    (crosswalk,) = [sheet for sheet in load_template(WORKBOOK).sheets if isinstance(sheet, Crosswalk)]
    for directive in crosswalk.directives:
        label, value, answered = _value(screen.now, directive)
        page, title = _PAGES[directive.id]
        with st.container(border=True):
            left, right = st.columns([5, 2], vertical_alignment="center")
            with left:
                say(f"{directive.id}. {directive.clause}", "lead")
                say(f"{directive.answer}.")
                if directive.id == _RESOURCES:
                    say(f"{outside_money_in_words(screen.now)} {gap_in_words(screen.now)}")
                if directive.id in _KINDS:
                    say(_access(screen.now, _KINDS[directive.id]))
                say(f"Open: {directive.question}", "quiet")
            with right:
                st.metric(label if answered else f"Not answered yet: {label.lower()}", value)
                st.page_link(page_file(page), label=f"Look at {title}", icon=":material/arrow_forward:")


def _pilot(screen: ScreenState) -> None:
    st.subheader("The pilot as proof", anchor=False)
    files = catalog.library().scenarios
    if _PILOT not in files:
        say(f"The library has no file {_PILOT}.yaml to compare with the motion.", "quiet")
        return
    lines = []
    for line in compared_with_motion(catalog.projection(files[_PILOT])):
        gap = NIL if abs(line.difference) < 0.005 else in_unit(round(line.difference, 2), line.unit)
        lines.append(Line(line.label, [in_unit(line.motion, line.unit), in_unit(round(line.model, 2), line.unit), gap]))
    sheet(["Figure of the motion", "Motion", "Model", "Difference"], lines, style="plain")
    say(f"{count(len(lines), 0)} figures of the pilot, projected from its own assumptions and not entered as results.", "quiet")


def _page(screen: ScreenState) -> None:
    heading("Motion", screen, "The Board's motion of October 2018, clause by clause.")
    _clauses(screen)
    _pilot(screen)


_page(current())
