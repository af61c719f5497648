"""Draws of the uncertain numbers: which value each of them has in each draw.

A part of the draws follows from the seed, its first draw and its size, so that any machine that calculates a part has the same
numbers to the last bit. Dependence puts the draws of a number in another order, block by block: what a number may be, and how often,
is the same whatever it depends on.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from budget_model.engine.arrays import Array
from budget_model.errors import Problem, ScenarioError
from budget_model.formats import written
from budget_model.simulation.dependence import groups_of, share_of_factor
from budget_model.simulation.streams import BLOCK, uniform
from budget_model.simulation.uncertain import UncertainNumber

MOST_DRAWS = 2**24


def block_of(draws: int) -> int:
    """Return how many draws stand in a block: parts of the draws are whole blocks."""
    return min(draws, BLOCK)


def check_request(draws: int, seed: int, rho: float | None, widened: float = 1.0) -> None:
    """Raise ScenarioError, in words, for a count of draws, a seed or a dependence that can't be taken."""
    problems = []
    if draws < 2 or draws > MOST_DRAWS or draws & (draws - 1):
        problems.append(Problem("draws", "", f"{draws:,}" if draws >= 0 else str(draws), f"expected a power of two: {_nearest(draws)}"))
    if not 0 <= seed < 2**32:
        problems.append(Problem("seed", "", str(seed), "expected a whole number from 0 to 4,294,967,295"))
    if rho is not None and not 0 <= rho <= 1:
        problems.append(Problem("rho", "", written(rho), "expected a rank correlation from 0 (independent) to 1"))
    if not 0 < widened <= 5:
        problems.append(Problem("widened", "", written(widened), "expected a factor above 0, 5 at most"))
    if problems:
        raise ScenarioError(problems)


def _nearest(draws: int) -> str:
    """Return the powers of two next to a count, as words."""
    below = 2 ** max(1, min(int(math.log2(max(draws, 2))), int(math.log2(MOST_DRAWS))))
    above = min(below * 2, MOST_DRAWS)
    return f"{below:,} or {above:,}" if 2 <= draws < MOST_DRAWS else f"{below:,} is the nearest"


def drawn(
    numbers: tuple[UncertainNumber, ...], *, draws: int, seed: int, rho: float | None = None, first: int = 0, count: int | None = None
) -> Array:
    """Return the value of every number in draws `first` to `first + count` of `draws`: (numbers, count), each in its unit.

    `rho` is the rank correlation within every group, None for each group's own. A part is of whole blocks (`block_of`).
    """
    count = draws - first if count is None else count
    block = block_of(draws)
    if first % block or count % block:
        raise ValueError(f"draws {first} to {first + count} are no whole blocks of {block}")
    groups = [
        (group, members, share)
        for group, members in groups_of(numbers)
        if (share := share_of_factor(group.rank_correlation if rho is None else rho)) > 0
    ]
    names = [*(number.id for number in numbers), *(group.name for group, _, _ in groups)]
    scores = special.ndtri(uniform(names, seed=seed, first=first, count=count, block=block))
    factors = scores[len(numbers) :]
    for factor, (_, members, share) in zip(factors, groups, strict=True):
        for position, sign in members:
            for start in range(0, count, block):
                _put_in_order(scores[position, start : start + block], sign * factor[start : start + block], share)
    found = np.empty((len(numbers), count))
    for position, number in enumerate(numbers):
        found[position] = number.shape.at_scores(scores[position])
    return found


def _put_in_order(own: Array, factor: Array, share: float) -> None:
    """Put a number's normal scores in the order of a mixture with the factor of its group, which has a share of its variance.

    What the two have in common by chance is taken out, so that numbers depend on each other as far as is asked.
    """
    apart = own - factor * (own @ factor) / (factor @ factor)
    order = np.argsort(math.sqrt(share) * factor + math.sqrt(1 - share) * apart, kind="stable")
    own[order] = np.sort(own)
