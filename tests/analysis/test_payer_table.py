"""The table of who pays: outside money by its standing and what makes up net county cost come to all cost, whatever the plan."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import Pool

from budget_model import Scenario, project
from budget_model.analysis.who_pays import Part, Standing, by_standing, county_money_in_words, who_pays
from budget_model.formats import dollars

CENT = 0.01


def test_outside_money_and_net_county_cost_come_to_gross_appropriation_whatever_the_plan(pool: Pool) -> None:
    for _, projection in pool:
        lines = who_pays(projection)
        sums = {line.label: line.amounts for line in lines if line.part is Part.SUM}
        parts = sum((line.amounts for line in lines if line.part is not Part.SUM), np.zeros(len(projection.years)))
        assert parts == pytest.approx(sums["Gross appropriation"], abs=1), "but for lines of less than half a dollar"
        assert sums["Outside money"] + sums["Net county cost"] == pytest.approx(sums["Gross appropriation"], abs=CENT, rel=0)


def test_what_is_only_asked_of_the_county_is_not_called_authorized(expansion: Scenario) -> None:
    projection = project(expansion)
    lines = {line.label: float(line.amounts[-1]) for line in who_pays(projection)}
    authorized, asked = lines["County money that is authorized"], lines["County money that is asked for"]
    assert authorized < asked
    assert f"{dollars(authorized)} is authorized, {dollars(asked)} is asked of the County and not yet authorized" in county_money_in_words(
        projection
    )
    awarded = lines["Outside money that is awarded"]
    assert awarded + authorized == pytest.approx(float(projection.by_year("all_drawdown_awarded")[-1])), "the two headlines reconcile"
    everyone = by_standing(projection, "drawdown")[Standing.ASKED_FOR][-1]
    assert lines["Outside money that is asked for"] + asked == pytest.approx(float(everyone))
