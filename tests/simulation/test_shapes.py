"""Shapes: low and high are the 10th and 90th percentile whatever the shape, and the quantiles are those of the distribution named."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import EXPANSION
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from budget_model import load_scenario
from budget_model.scenario.assumption import Declared
from budget_model.simulation.shapes import shape_of
from budget_model.simulation.uncertain import uncertain_numbers

RATE, SHARE = Declared("Rate", "dollars", 0.0, 1e6), Declared("Part", "share", 0.0, 1.0)
DAYS, PLACES = Declared("Lead", "days", 0.0, 2000.0, whole=True), Declared("Beds", "places", 0.0, 1000.0, whole=True)


@pytest.mark.parametrize(
    ("about", "low", "value", "high", "kind"),
    [
        (SHARE, 0.2, 0.3, 0.5, "beta"),
        (SHARE, 0.0, 0.3, 0.5, "PERT"),  # no beta has its 10th percentile at the bound
        (RATE, 80.0, 100.0, 125.0, "lognormal"),  # the value is the geometric mean
        (RATE, 80.0, 85.0, 125.0, "PERT"),
        (DAYS, 60.0, 200.0, 240.0, "lognormal"),
        (PLACES, 10.0, 30.0, 35.0, "PERT"),
        (RATE, None, 100.0, 150.0, "triangle"),
        (RATE, 60.0, 100.0, None, "triangle"),
    ],
)
def test_low_and_high_are_the_10th_and_90th_percentile(about: Declared, low: float, value: float, high: float, kind: str) -> None:
    shape = shape_of(about, low, value, high)
    assert shape.kind == kind
    assert low is None or shape.at(0.1) == pytest.approx(low)
    assert high is None or shape.at(0.9) == pytest.approx(high)
    assert (shape.least, shape.most) == pytest.approx((shape.at(0.1), shape.at(0.9)))


@given(st.tuples(*[st.floats(0.02, 0.98)] * 3).map(sorted).filter(lambda ends: ends[2] - ends[0] > 0.01), st.sampled_from([SHARE, RATE]))
def test_percentiles_hold_and_never_fall(ends: list[float], about: Declared) -> None:
    low, value, high = ends
    shape = shape_of(about, low, value, high)
    assert (shape.at(0.1), shape.at(0.9)) == pytest.approx((low, high), rel=1e-6)
    values = shape.at_scores(np.linspace(-6, 6, 500))
    assert (np.diff(values) >= -1e-9).all()
    assert values.min() >= about.at_least
    assert values.max() <= about.at_most


def test_tabulated_quantiles_are_those_of_the_distribution() -> None:
    """Within a hundredth of the step between 65,536 draws."""
    chances = np.linspace(0.0005, 0.9995, 2000)
    beta = shape_of(SHARE, 0.2, 0.3, 0.5)
    found = stats.beta(*stats.beta.fit(beta.at_scores(special.ndtri(chances)), floc=0, fscale=1)).cdf
    values = beta.at_scores(special.ndtri(chances))
    assert np.abs(found(values) - chances).max() < 2e-3, "the shape is a beta distribution"
    pert = shape_of(RATE, 80.0, 85.0, 125.0)
    ends = pert.at_scores(np.array([-6.7, 6.7]))
    least, span = ends[0], ends[1] - ends[0]
    mode = (85.0 - least) / span
    exact = stats.beta(1 + 4 * mode, 5 - 4 * mode, loc=least, scale=span)
    assert np.abs(exact.cdf(pert.at_scores(special.ndtri(chances))) - chances).max() < 2e-3, "the mode of PERT is the value"


def test_counts_are_whole_in_shipped_scenarios_and_rates_are_not_made_so() -> None:
    numbers = uncertain_numbers(load_scenario(EXPANSION))
    whole = [number for number in numbers if number.shape.whole]
    assert {number.unit for number in whole} >= {"days", "months", "months late", "places", "people", "participants"}
    scores = np.linspace(-5, 5, 99)
    assert all((number.shape.at_scores(scores) == np.rint(number.shape.at_scores(scores))).all() for number in whole)
    assert not any(number.shape.whole for number in numbers if number.unit.startswith(("dollars", "share")))


def test_low_confidence_widens_and_the_field_bounds() -> None:
    numbers = {number.id: number for number in uncertain_numbers(load_scenario(EXPANSION))}
    rent = numbers["monthly_subsidy"]
    assert (rent.confidence, rent.low, rent.value, rent.high) == ("low", 1000, 1250, 1500)
    assert (rent.least, rent.most) == (937.5, 1562.5)
    conversion = numbers["referral_conversion"]
    assert conversion.confidence == "medium"
    assert (conversion.least, conversion.most) == (conversion.low, conversion.high)
    assert numbers["overtime_hours"].least == 0.0, "no hours below none"
    wider = {number.id: number for number in uncertain_numbers(load_scenario(EXPANSION), widened=1.5)}
    assert wider["monthly_subsidy"].most - 1250 == pytest.approx(1.5 * 312.5)


def test_a_distribution_is_found_again_by_its_percentiles_and_mode() -> None:
    """Made by SciPy's own distributions and not by ours: the draws have their quantiles within 1e-6 of a probability."""
    chances = np.linspace(0.0005, 0.9995, 2000)
    beta, pert = stats.beta(3, 7), stats.beta(1 + 4 * 0.08, 5 - 4 * 0.08, loc=60, scale=90)
    for about, exact, mode in ((SHARE, beta, 0.25), (RATE, pert, 60 + 0.08 * 90)):
        shape = shape_of(about, float(exact.ppf(0.1)), mode, float(exact.ppf(0.9)))
        assert shape.kind == ("beta" if about is SHARE else "PERT")
        assert np.abs(exact.cdf(shape.at_scores(special.ndtri(chances))) - chances).max() < 1e-6, shape.kind
