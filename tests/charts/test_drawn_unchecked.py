"""Charts are drawn without Plotly's checks, which take long; here they pass them."""

from __future__ import annotations

from copy import deepcopy

import plotly.graph_objects as go
from conftest import ROOT

from budget_model import load_scenario, project
from budget_model.analysis.bridge import bridge
from budget_model.charts import figures as charts
from budget_model.charts.chart_form import in_form


def test_charts_are_sound_though_they_are_drawn_unchecked() -> None:
    expansion, pilot = (project(load_scenario(ROOT / "scenarios" / f"{name}.yaml")) for name in ("expansion_2018", "pilot_2017"))
    drawn = [charts.cost_by_year(expansion, "cost_by_class", "Cost"), charts.sources_by_year(expansion), charts.participants(expansion)]
    drawn += [
        charts.people_and_places(expansion),
        charts.award_left(expansion),
        charts.by_site(expansion, "cost_per_person_served", "Total", "Cost"),
    ]
    drawn += [charts.funding_gap(expansion), charts.waterfall(bridge(pilot, expansion), ("Pilot", "Expansion"))]
    for chart in drawn:
        for theme in ("light", "dark"):
            made = in_form(chart.drawing, theme).to_dict()
            go.Figure(deepcopy(made))  # which takes its parts out of what it is given
            assert in_form(chart.drawing, theme).to_dict() == made, "the same drawing is not drawn again"
        assert chart.summary.endswith(".") and len(chart.table)
