"""Evidence: every number with its value, range, source, kind and owner: what is uncertain, by what it moves; choices apart."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from budget_model.analysis.evidence_lists import LISTS
from budget_model.analysis.sensitivity import Effect
from budget_model.errors import SimulationError
from budget_model.formats import counted, in_unit
from budget_model.pages.shared import number_effects
from budget_model.pages.shared.evidence_register import list_of, show_register
from budget_model.pages.shared.evidence_table import AREAS, CONFIDENCE
from budget_model.pages.shared.screen_state import ScreenState, current
from budget_model.pages.shared.widgets import Line, heading, say, sheet, show
from budget_model.scenario.comparators import Comparator, comparators
from budget_model.scenario.confirmation import confirmations, doubts
from budget_model.scenario.schema import Scenario
from budget_model.scenario.tables import PlacedAssumption, placed_assumptions

_ABOUT = {
    "Facts, forecasts and prices": "What can be looked up, what will show itself and what somebody charges: these numbers are uncertain.",
    "Decisions": "What people decide: no number here is uncertain, and another choice is another plan.",
    "Money asked": "What is asked of others, or of the County, and not granted. A refusal gives nothing; a low end may be more.",
}
_EVERYONE, _NOBODY = "Everyone", "Nobody named"


def _figures(screen: ScreenState, given: list[PlacedAssumption]) -> None:
    counts = Counter[str](placed.assumption.confidence for placed in given)
    confirmed, numbers = confirmations(screen.now.scenario)
    with st.grid(5, min_column_width=150, gap="xsmall"):
        for confidence in CONFIDENCE:
            st.metric(f"{confidence.capitalize()} confidence", counts[confidence], border=True)
        unsourced = sum(not placed.assumption.source for placed in given)
        st.metric("Unsourced", unsourced, border=True, help="Entries with a number or a month. Partner agencies say their source in words.")
        st.metric("Confirmed", f"{confirmed} of {numbers}", border=True, help="By name and day; a number used in several places once.")
    say(_counts_in_words(screen.now.scenario, given), "quiet")
    for sentence in doubts(screen.now.scenario):
        say(sentence, "alert")


def _counts_in_words(scenario: Scenario, given: list[PlacedAssumption]) -> str:
    """Return how the counts of this page hang together: entries by confidence, numbers to confirm, and the months among them."""
    months = sum(placed.declared.is_month for placed in given)
    _, numbers = confirmations(scenario)
    repeated = len(given) - months - numbers
    return (
        f"The plan gives {counted(len(given), 'entry', 'entries')}, each with its confidence: {counted(months, 'month')} and "
        f"{counted(numbers, 'number')} to confirm, some of them used in several places ({counted(repeated, 'entry', 'entries')} more)."
    )


def _chosen(every: list[PlacedAssumption], given: list[PlacedAssumption]) -> tuple[str, list[PlacedAssumption]]:
    """Let the reader choose a list and what to see of it; return both."""
    name = st.segmented_control("List", list(LISTS), default=next(iter(LISTS)), required=True, key="list") or next(iter(LISTS))
    say(_ABOUT[name], "quiet")
    owners = sorted({placed.assumption.owner for placed in given if placed.assumption.owner})
    with st.grid(4, min_column_width=210):
        word = st.text_input("Search", placeholder="word in item, source, note or id", key="search")
        area = st.selectbox("Area", ["All areas", *AREAS.values()], key="area")
        level = st.selectbox("Confidence", ["All", *CONFIDENCE], key="confidence", format_func=str.capitalize)
        owner = st.selectbox("Who can confirm it", [_EVERYONE, *owners, _NOBODY], key="owner")
    left_out = st.toggle(f"Show the {len(every) - len(given)} fields that the scenario leaves at their default", key="defaults")
    found = [
        placed
        for placed in (every if left_out else given)
        if list_of(placed) == name
        and _holds(placed, word)
        and area in ("All areas", AREAS[placed.axis])
        and level in ("All", placed.assumption.confidence)
        and owner in (_EVERYONE, placed.assumption.owner or _NOBODY)
    ]
    return name, found


def _holds(placed: PlacedAssumption, word: str) -> bool:
    given = placed.assumption
    return word.lower() in " ".join((placed.item, placed.declared.label, given.source, given.remark, given.evidence, given.owner)).lower()


def _effects(scenario: Scenario, name: str) -> dict[str, Effect]:
    """Return what the numbers of a list move, by their ids; none while that is calculated."""
    try:
        lists = number_effects.lists_with_effects(scenario)
    except SimulationError as error:
        say(f"What each number moves is not known. {error}", "alert")
        return {}
    if lists is None:
        say("Each number is set to both ends of its range, to see what it moves. A moment; then the largest stand first.", "quiet")
        number_effects.follow()
        return {}
    say("Those first that move net county cost most: each is set to both ends of its range, all others as planned.", "quiet")
    return {effect.evidence: effect for effect in lists[name]}


def _tornado(screen: ScreenState) -> None:
    """Show what moves net county cost, each number from its 10th to its 90th percentile, once the reader asks."""
    if not st.toggle("Show what moves net county cost as a chart", key="tornado"):
        return
    from budget_model.charts.ranges import movers  # what draws needs takes long to import
    from budget_model.pages.shared import simulations

    try:
        show(movers(simulations.quick(screen.now)), "movers")
    except SimulationError as error:
        say(str(error), "alert")


def _published() -> None:
    """Show the published facts that stand beside the plan."""
    found = comparators()
    if not found:
        return
    st.header("Published elsewhere", anchor=False)
    say("What LEAD and like programs cost and reach elsewhere. No figure of the plan is calculated with these.", "quiet")
    head = ["", "Value", "What it includes", "Confidence", "Source"]
    sheet(head, map(_published_line, found.values()), style="plain", text_columns=4)


def _published_line(entry: Comparator) -> Line:
    value = "" if entry.value is None else in_unit(entry.value, entry.unit)
    each = entry.unit.removeprefix("dollars ") if entry.unit.startswith("dollars ") else ""
    cells = [f"{value} {each}".strip(), entry.includes, entry.confidence, f"{entry.source} ({entry.date})" if entry.date else entry.source]
    return Line(entry.label, cells, under=entry.note)


def _page(screen: ScreenState) -> None:
    heading("Evidence", screen, "Every number says where it comes from, what sort of number it is and who can confirm it.")
    every = list(placed_assumptions(screen.now.scenario))
    given = [placed for placed in every if placed.assumption.is_given]
    _figures(screen, given)
    name, found = _chosen(every, given)
    moved = _effects(screen.now.scenario, name)
    say(
        f"{len(found)} entries are shown, of {len(given)} that the plan gives and {len(every)} that it could. "
        "Changed levers have no source until someone gives one.",
        "quiet",
    )
    if found:
        show_register(screen.now, found, moved)
    else:
        say("No number fits what is asked for above. Choose another list, or clear the search and the choices beside it.")
    _tornado(screen)
    _published()


_page(current())
