"""Cash match rounded up, down or to the nearest: what grant and match pay then, and that it is said."""

from __future__ import annotations

import math

import pytest
from conftest import Pool
from paid_plan import AS_COST_ARISES, AWARD, failed, planned, said

from budget_model import ScenarioError
from budget_model.analysis.rounding import rounded
from budget_model.editing.changes import checked
from budget_model.scenario.schema import Rounding


@pytest.mark.parametrize("pace", ["As cost arises", "Constant share of cost"])
@pytest.mark.parametrize(
    ("cost", "award", "rate", "mode", "match"),
    [
        (555_555, 500_000, 0.10, "down", 55_555),
        (466_667, 350_000, 0.25, "half away from zero", 116_667),
        (388_889, 350_000, 0.10, "half away from zero", 38_889),
        (611_112, 550_000, 0.10, "up", 61_112),
        (100_005, 90_000, 0.10, "half to even", 10_000),
    ],
)
def test_award_and_rounded_match_come_to_the_cost_as_guidance_prints_them(
    pace: str, cost: float, award: float, rate: float, mode: str, match: float
) -> None:
    """The first three are the examples of federal guidance on match: of total project cost, in whole dollars."""
    services = ({"name": "Project", "category": "Community providers", "first_month": "2018-06", "monthly_amount": cost / 14},)
    rounding = {"rounded_to": 1, "rounding_mode": mode}
    of_total = {"match": {"rate": rate, "basis": "total project cost", "pledged": match} | rounding}
    paid = planned(AWARD | of_total | {"award": award, "pace": pace}, services=services)
    assert paid.monthly("match_owed")[0].sum() == pytest.approx(match, abs=1e-6, rel=0)
    assert paid.monthly("match_paid")[0].sum() == pytest.approx(match, abs=1e-6, rel=0)
    assert paid.monthly("drawdown")[0].sum() == pytest.approx(min(award, cost - match), abs=1e-6, rel=0)
    assert said(paid, "match_shortfall") == pytest.approx(0) and "grant_drawn_ahead_of_match" not in failed(paid)


def test_a_way_of_rounding_alone_is_refused() -> None:
    with pytest.raises(ScenarioError, match="rounded_to beside it, such as 1 for whole dollars"):
        checked(planned(AWARD | AS_COST_ARISES | {"match": {"rate": 0.1, "rounding_mode": "up"}}).scenario)


def test_match_that_is_owed_is_rounded_when_its_source_ends(pool: Pool) -> None:
    told = 0
    for scenario, projection in pool:
        owed, exact, closes = (projection.monthly(row) for row in ("match_owed", "match_owed_to_date", "source_closes"))
        for index, source in enumerate(scenario.funding_sources):
            if source.match is None or not source.match.rounded_to.number or not closes[index].any():
                continue
            if owed[index][closes[index] > 0].sum() <= 0:
                continue  # nothing is owed in its last month: there is nothing that could be rounded down
            end, unit = int(closes[index].argmax()), source.match.rounded_to.number
            whole = float(rounded(exact[index][end] / unit, Rounding(to="dollar", mode=source.match.rounding_mode))) * unit
            assert owed[index][: end + 1].sum() == pytest.approx(whole, abs=1e-4 * max(1.0, math.fabs(unit)), rel=0), source.name
            told += 1
    assert told
