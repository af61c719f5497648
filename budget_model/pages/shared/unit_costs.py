"""What the program costs for each participant-month, beside what other programs publish."""

from __future__ import annotations

import streamlit as st

from budget_model.analysis.unit_costs import COMPARED, UNIT_COSTS, amount_in_words, published_costs
from budget_model.formats import dollars
from budget_model.pages.shared.why_links import of_years
from budget_model.pages.shared.widgets import Line, say, sheet
from budget_model.projection import Projection


def beside_published(projection: Projection) -> None:
    """Show the program's cost for each participant-month by fiscal year, and published figures with what each includes."""
    st.header("Cost for each participant-month, beside other programs", anchor=False)
    say(COMPARED)
    amounts = {label: [dollars(float(amount)) for amount in projection.by_year(row)] for label, row, _ in UNIT_COSTS}
    lines = [Line(label, amounts[label], under=includes, figures=of_years(projection.years, row)) for label, row, includes in UNIT_COSTS]
    sheet(["This plan", *projection.years], lines)
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
