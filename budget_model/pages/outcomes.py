"""Outcomes beside the budget: what a study elsewhere would have the program avoid, with its range and its caution."""

from __future__ import annotations

import streamlit as st

from budget_model.analysis.why.addresses import text_of
from budget_model.formats import count, dollars, written
from budget_model.pages.shared.empty_state import teach_in_build
from budget_model.pages.shared.screen_state import ScreenState, current
from budget_model.pages.shared.widgets import Line, heading, say, sheet, year_choice
from budget_model.projection import Projection
from budget_model.scenario.declarations import Part

_EVENTS = {"Avoided": "events_avoided", "Low": "events_avoided_low", "High": "events_avoided_high"}
_MONEY = {"At average cost": "average_cost_avoided", "That could be cashed": "cashable_cost_avoided"}


def _table(projection: Projection, year: str) -> None:
    events = [projection.yearly_table(row)[year] for row in _EVENTS.values()]
    money = [projection.yearly_table(row)[year] for row in _MONEY.values()]
    lines = []
    for outcome in projection.scenario.outcomes:
        cells = [*(count(column[outcome.name], 0) for column in events), *(dollars(column[outcome.name]) for column in money)]
        under = f"{written(outcome.effect.value)} for each participant-year"
        figures = ["", *(text_of(row, year, [outcome.name]) for row in (*_EVENTS.values(), *_MONEY.values()))]
        lines.append(Line(outcome.name, [outcome.evidence_grade, *cells], under=under, figures=figures))
    sheet(["", "Evidence", *_EVENTS, *_MONEY], lines, style="plain", text_columns=1, kept="That could be cashed")


def _page(screen: ScreenState) -> None:
    heading("Outcomes", screen, "Shown beside the budget and never netted into it.")
    outcomes = screen.now.scenario.outcomes
    if not outcomes:
        teach_in_build(
            "This scenario names no outcomes. With some, such as jail days, this page shows what is avoided, with its range.",
            "Add some in Build",
            Part.SERVICES,
            "lead",
        )
        return
    _table(screen.now, year_choice(screen.now))
    say("Average cost is all cost spread over all events: no saving in any budget. The last column is the part that could be cashed.")
    st.header("Read with care", anchor=False)
    for caution in dict.fromkeys(outcome.caution for outcome in outcomes if outcome.caution):
        say(caution)


_page(current())
