"""Which uncertain numbers move the result, and which to find out first.

Beside each other: what one number does alone, from its 10th to its 90th percentile with all others as planned, and which share of
the variance over all draws is its own: how much less the result would vary if it were known. The shares are of independent
draws, for of numbers that move together none has a share of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from budget_model.engine.arrays import Array
from budget_model.formats import counted
from budget_model.simulation.outputs import NET_COUNTY_COST
from budget_model.simulation.results import Simulation
from budget_model.simulation.uncertain import UncertainNumber

_BINS = 20  # of draws of like size, by rank


@dataclass(frozen=True)
class Bar:
    """What one number does to an output over all months: `low` and `high` are its changes at the number's 10th and 90th percentile.

    `share` is the number's own share of the variance, from 0 to 1.
    """

    number: UncertainNumber
    low: float
    high: float
    share: float

    @property
    def swing(self) -> float:
        """How far the two ends are apart, or either from the plan."""
        return max(self.low, self.high, 0.0) - min(self.low, self.high, 0.0)

    @property
    def words(self) -> str:
        """The number with its place, and its own share of the variance."""
        return f"{subject_of(self.number)}, {self.share:.0%}"


@dataclass(frozen=True)
class Question:
    """A number to find out: who can confirm it, the share of the variance that is its own, and what it moves."""

    owner: str
    bar: Bar

    @property
    def words(self) -> str:
        """The number with its place, as one asks for it."""
        return subject_of(self.bar.number)


def tornado(simulation: Simulation, output: str = NET_COUNTY_COST) -> tuple[Bar, ...]:
    """Return what every number does to an output over all months, the widest swing first."""
    ends = simulation.ends[output][:, -1]
    count = len(simulation.numbers)
    shares = own_shares(simulation.drawn, simulation.of(output, independent=True)[: simulation.drawn.shape[1], -1])
    bars = [
        Bar(number, float(ends[position] - ends[-1]), float(ends[count + position] - ends[-1]), float(shares[position]))
        for position, number in enumerate(simulation.numbers)
    ]
    return tuple(sorted(bars, key=lambda bar: (-bar.swing, bar.number.id)))


def widest(simulation: Simulation, most: int, output: str = NET_COUNTY_COST) -> tuple[Bar, ...]:
    """Return the numbers that move an output at all, so many at most, the widest swing first."""
    return tuple(bar for bar in tornado(simulation, output) if bar.swing > 0)[:most]


def own_shares(numbers: Array, result: Array) -> Array:
    """Return the share of the result's variance that each number has alone: (numbers, draws) and (draws) to (numbers).

    Of the same draws: the variance of the means of the result in bins of the number, less what chance would leave; 0 at least.
    """
    draws, bins = result.size, min(_BINS, result.size // 2)
    variance = float(np.var(result))
    if variance <= (1e-9 * max(1.0, float(np.max(np.abs(result), initial=0.0)))) ** 2:
        return np.zeros(len(numbers))
    starts = np.arange(bins) * draws // bins
    sizes = np.diff([*starts, draws])
    middle = float(np.mean(result))
    found = np.empty(len(numbers))
    for position, number in enumerate(numbers):
        means = np.add.reduceat(result[np.argsort(number, kind="stable")], starts) / sizes
        found[position] = np.sum(sizes * (means - middle) ** 2) / draws / variance - (bins - 1) / draws
    return np.maximum(0.0, found)


def questions(simulation: Simulation, output: str = NET_COUNTY_COST) -> tuple[Question, ...]:
    """Return what to find out first, by owner: the owner whose numbers have the largest share first, and so within each."""
    bars = tornado(simulation, output)
    of_owner: dict[str, float] = {}
    for bar in bars:
        of_owner[bar.number.owner] = of_owner.get(bar.number.owner, 0.0) + bar.share
    order = sorted(bars, key=lambda bar: (-of_owner[bar.number.owner], bar.number.owner, -bar.share, -bar.swing, bar.number.id))
    return tuple(Question(bar.number.owner, bar) for bar in order)


def share_of_low_confidence(bars: Sequence[Bar]) -> float:
    """Return the part of all shares of the variance that numbers of low confidence have; 0 where nothing varies."""
    of_all = sum(bar.share for bar in bars)
    return sum(bar.share for bar in bars if bar.number.confidence == "low") / of_all if of_all else 0.0


def subject_of(number: UncertainNumber) -> str:
    """Return what a number is called with the item that it stands at, or at how many it does."""
    if len(number.places) > 1:
        return f"{number.label} ({counted(len(number.places), 'place')})"
    return f"{number.label} ({number.item})" if number.item else number.label
