"""What the program costs for each participant-month, beside what other programs publish."""

from __future__ import annotations

import streamlit as st

from budget_model.analysis.unit_costs import COMPARED, UNIT_COSTS, amount_in_words, published_costs
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.widgets import Line, say, sheet
from budget_model.pages.shared.year_table import YearLine, year_table


def beside_published(screen: ScreenState) -> None:
    """Show the program's cost for each participant-month by fiscal year, and published figures with what each includes."""
    st.header("Cost for each participant-month, beside other programs", anchor=False)
    say(COMPARED)
    year_table(
        screen,
        lambda one: [YearLine(label, one.by_year(row), under=includes, figure=(row,)) for label, row, includes in UNIT_COSTS],
        "This plan",
    )
    published = published_costs()
    if published:
        sheet(
            ["Published", "Amount", "Year", "Confidence", "What it includes"],
            [Line(one.label, [amount_in_words(one), one.date, str(one.confidence), one.includes], under=one.source) for one in published],
            text_columns=4,
        )
        say(
            "Dollars of the year published; years, counties, pay and caseloads differ.",
            "quiet",
        )
