"""The colors and the form of the charts: one color for one thing on every page.

The funding gap is always vermilion and
hatched, and nothing else is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import cycle

import plotly.graph_objects as go

from budget_model.choices import PROGRAM_WIDE, AppropriationClass, BudgetTreatment, CostCategory
from budget_model.hues import BLUE, GRAY, GREEN, MANY, ORANGE, PURPLE, SKY, VERMILION, YELLOW
from budget_model.projection import MATCH_LABEL
from budget_model.scenario import Scenario

GAP = "Funding gap"
AMBER = ORANGE
_NAMED = {
    AppropriationClass.SALARIES_AND_EMPLOYEE_BENEFITS: BLUE,
    AppropriationClass.SERVICES_AND_SUPPLIES: GREEN,
    AppropriationClass.OTHER_CHARGES: PURPLE,
    AppropriationClass.CAPITAL_ASSETS: ORANGE,
    CostCategory.COUNTY_STAFF: BLUE,
    CostCategory.COMMUNITY_PROVIDERS: GREEN,
    CostCategory.PUBLIC_AGENCIES: SKY,
    CostCategory.SERVICES_AND_SUPPLIES: PURPLE,
    CostCategory.DATA_AND_EVALUATION: YELLOW,
    CostCategory.EQUIPMENT: ORANGE,
    CostCategory.SUBSTANCE_USE_TREATMENT: "#117733",
    CostCategory.INTERIM_HOUSING: "#AA4499",
    CostCategory.SUPPORTIVE_HOUSING: "#332288",
    CostCategory.INDIRECT: GRAY,
    PROGRAM_WIDE: GRAY,
    GAP: VERMILION,
}
_TREATMENTS = {
    BudgetTreatment.REVENUE: ("#0072B2", "#7FC1E8", "#3A8FC4", "#B9DDF2", "#155A86"),
    BudgetTreatment.INTRAFUND_TRANSFER: ("#009E73", "#7CCDB4", "#00694D"),
    BudgetTreatment.NET_COUNTY_COST: ("#E69F00", "#F4CF7E", "#B87F00"),
}
_FONT = '"Source Sans", "Source Sans 3", "Segoe UI", system-ui, sans-serif'


def _template(text: str, faint: str, ground: str) -> go.layout.Template:
    axis = {"gridcolor": faint, "linecolor": faint, "zerolinecolor": faint, "title": {"font": {"size": 13}}, "fixedrange": True}
    return go.layout.Template(
        layout=go.Layout(
            font={"family": _FONT, "size": 13, "color": text},
            paper_bgcolor="rgba(0,0,0,0)",
            plot_bgcolor="rgba(0,0,0,0)",
            margin={"l": 8, "r": 8, "t": 20, "b": 8},
            xaxis=axis | {"showgrid": False, "automargin": True},
            yaxis=axis | {"automargin": True},
            hoverlabel={"font": {"family": _FONT, "size": 13, "color": text}, "bgcolor": ground, "bordercolor": faint},
            legend={"font": {"size": 13}, "itemclick": False, "itemdoubleclick": False},
            annotationdefaults={"font": {"size": 13, "color": text}},
            bargap=0.42,
        )
    )


TEMPLATES: Mapping[str, go.layout.Template] = {
    "light": _template("#1C2B36", "#D9E0E5", "#FFFFFF"),
    "dark": _template("#E6ECF0", "#34424D", "#1C262E"),
}


def colors_of(names: Iterable[str]) -> dict[str, str]:
    """Return the color of each name: the one that is always its own, or the next of many."""
    others = cycle(MANY)
    return {str(name): _NAMED.get(name) or next(others) for name in names}


def source_colors(scenario: Scenario) -> dict[str, str]:
    """Return a color for each source by how the County's budget shows its money, and one for cash match and gap."""
    shades = {treatment: cycle(colors) for treatment, colors in _TREATMENTS.items()}
    colors = {source.name: next(shades[source.treatment]) for source in scenario.funding_sources}
    return colors | {f"{MATCH_LABEL}{name}": ORANGE for name in colors} | {GAP: VERMILION}
