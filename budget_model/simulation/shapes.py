"""The shape of an uncertain number: how likely which value is, from its low, its value and its high.

Low and high are the 10th and the 90th percentile: whoever set them thinks that 1 in 10 chances lie beyond, on either side. Every
shape meets both. A shape with a third degree of freedom has the value where it is most likely; for the others the value is
where it falls, and is reported as a percentile.

    shares from 0 to 1                a beta distribution
    lead times in days                a lognormal one
    other numbers                     a lognormal one where the value is near the geometric mean of low and high, else PERT
    ranges that reach a bound         PERT, what lies beyond the bound at the bound
    ranges with one end               a triangle that falls, or rises, from the value to that end and beyond

A lognormal distribution begins at the least that its field may be. Counts take the same shapes, and are rounded.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from scipy import interpolate, optimize, special

from budget_model.engine.arrays import Array
from budget_model.scenario.assumption import Declared

LOW, HIGH = 0.1, 0.9  # the percentiles that low and high are
_TAIL = float(special.ndtri(HIGH))  # standard deviations from the middle of a normal distribution to its 90th percentile
_NEAR = 0.1  # a value as near as this to the geometric mean of its ends is near
_PERT = 4.0  # the weight of the most likely value in a PERT distribution
# Scores of a normal distribution at which quantiles without a closed form are tabulated; a draw is never beyond.
_SCORES: Array = np.linspace(-6.75, 6.75, 865)


@dataclass(frozen=True)
class Shape:
    """A distribution by its quantiles; `low` and `high` are its 10th and 90th percentile before rounding and None for no end.

    `kind` is beta, lognormal, PERT or triangle. Values lie from `at_least` to `at_most`, and are rounded where they count whole things.
    """

    kind: str
    low: float | None
    value: float
    high: float | None
    at_least: float
    at_most: float
    whole: bool = False

    def at_scores(self, scores: Array) -> Array:
        """Return the values that stand where a standard normal distribution has the scores: its quantiles."""
        found: Array = np.clip(_quantiles(self)(scores), self.at_least, self.at_most)
        return np.rint(found) if self.whole else found

    @property
    def least(self) -> float:
        """The 10th percentile of the draws."""
        return self.at(LOW) if self.low is None else self._as_counted(self.low)

    @property
    def most(self) -> float:
        """The 90th percentile of the draws."""
        return self.at(HIGH) if self.high is None else self._as_counted(self.high)

    def _as_counted(self, value: float) -> float:
        return float(np.rint(value)) if self.whole else value

    def at(self, chance: float) -> float:
        """Return the value below which a draw lies with a chance from 0 to 1."""
        return float(self.at_scores(special.ndtri(np.array([chance])))[0])


def shape_of(about: Declared, low: float | None, value: float, high: float | None) -> Shape:
    """Return the shape of a number that a field declares, with low <= value <= high in its unit, None where no such end is given."""
    bounds = (about.at_least, about.at_most, about.whole)
    if low is None or high is None:
        return Shape("triangle", low, value, high, *bounds)
    shape = Shape("PERT", low, value, high, *bounds)
    if not about.at_least < low or not high < about.at_most:
        return shape
    if about.unit.startswith("share") and (about.at_least, about.at_most) == (0.0, 1.0):
        return Shape("beta", low, value, high, *bounds) if _beta(low, high) else shape
    lead_time = about.unit == "days" and about.whole
    middle = math.sqrt((low - about.at_least) * (high - about.at_least))
    if lead_time or abs((value - about.at_least) / middle - 1) <= _NEAR:
        return Shape("lognormal", low, value, high, *bounds)
    return shape


def _quantiles(shape: Shape) -> Any:
    """Return the function from normal scores to the values of a shape, without its bounds."""
    low, value, high = shape.low, shape.value, shape.high
    if low is None or high is None:
        return _triangle(low, value, high)
    if shape.kind == "lognormal":
        return _lognormal(low, high, shape.at_least)
    return _tabulated(shape.kind, low, value, high)


def _lognormal(low: float, high: float, start: float) -> Any:
    middle, spread = math.log((low - start) * (high - start)) / 2, math.log((high - start) / (low - start)) / 2 / _TAIL
    return lambda scores: start + np.exp(middle + spread * scores)


def _triangle(low: float | None, value: float, high: float | None) -> Any:
    """Return the quantiles of a triangle whose peak is the value and whose 90th (or 10th) percentile is the end that is given."""
    end = high if low is None else low
    assert end is not None
    span = (end - value) / (1 - math.sqrt(1 - HIGH))
    sign = 1.0 if low is None else -1.0
    return lambda scores: value + span * (1 - np.sqrt(special.ndtr(-sign * scores)))


@lru_cache(maxsize=4096)  # the same numbers in every scenario, at every change of a figure
def _tabulated(kind: str, low: float, value: float, high: float) -> Any:
    """Return the quantiles of a beta or a PERT distribution, between tabulated ones by a cubic spline: within 1e-8 of a probability."""
    if kind == "beta":
        found = _beta(low, high)
        assert found is not None
        least, span, (first, second) = 0.0, 1.0, found
    else:
        least, span, first, second = _pert(low, value, high)
    below = special.betaincinv(first, second, special.ndtr(_SCORES[: _SCORES.size // 2]))
    above = 1 - special.betaincinv(second, first, special.ndtr(-_SCORES[_SCORES.size // 2 :]))
    return interpolate.CubicSpline(_SCORES, least + span * np.concatenate([below, above]))


@lru_cache(maxsize=4096)
def _beta(low: float, high: float) -> tuple[float, float] | None:
    """Return the two parameters of the beta distribution on 0 to 1 with the percentiles; None where it can't be found."""
    middle, spread = (low + high) / 2, (high - low) / 2 / _TAIL
    size = max(middle * (1 - middle) / spread**2 - 1, 0.5)

    def missed(logarithms: Array) -> list[float]:
        first, second = np.exp(np.clip(logarithms, -20, 20))
        return [special.betainc(first, second, low) - LOW, special.betainc(first, second, high) - HIGH]

    found = optimize.root(missed, np.log([middle * size, (1 - middle) * size]), tol=1e-13)
    if max(map(abs, missed(found.x))) > 1e-9:
        return None
    first, second = np.exp(found.x)
    return float(first), float(second)


@lru_cache(maxsize=4096)
def _pert(low: float, value: float, high: float) -> tuple[float, float, float, float]:
    """Return the least value, the span and the two parameters of the PERT distribution with the percentiles and the mode."""
    wanted = (value - low) / (high - low)

    def ends(mode: float) -> tuple[float, float, float, float]:
        first, second = 1 + _PERT * mode, 1 + _PERT * (1 - mode)
        return float(special.betaincinv(first, second, LOW)), float(special.betaincinv(first, second, HIGH)), first, second

    def missed(mode: float) -> float:
        lower, upper, _, _ = ends(mode)
        return (mode - lower) / (upper - lower) - wanted

    mode = float(optimize.brentq(missed, 0.0, 1.0, xtol=1e-14))
    lower, upper, first, second = ends(mode)
    span = (high - low) / (upper - lower)
    return low - lower * span, span, first, second
