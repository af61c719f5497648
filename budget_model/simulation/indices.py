"""The exact shares: what of the variance each number has alone and together with others. They take a draw for each number and draw.

A number's total share is what would be left of the variance if all other numbers were known (Jansen's estimator). Numbers that act
only together with others have one, which neither the tornado nor their own share shows; so total shares add up to more than 1.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from budget_model.engine.arrays import Array
from budget_model.simulation.draws import block_of, drawn
from budget_model.simulation.outputs import NET_COUNTY_COST
from budget_model.simulation.simulate import Request, calculated
from budget_model.simulation.streams import order_of
from budget_model.simulation.uncertain import uncertain_numbers

DRAWS = 1024  # for each number
_AT_ONCE = 16  # numbers
Calculate = Callable[[Array], Array]


def total_shares(request: Request, output: str = NET_COUNTY_COST, threads: int = 2) -> dict[str, float]:
    """Return the total share of the variance of an output over all months by number, of independent draws, from 0 to 1."""
    numbers = uncertain_numbers(request.scenario, request.widened)
    values = drawn(numbers, draws=request.draws, seed=request.seed, rho=0.0)
    size = block_of(request.draws)
    again = np.array(
        [row[order_of(f"again\n{number.id}", request.seed, 0, size)] for number, row in zip(numbers, values[:, :size], strict=True)]
    )
    found = jansen(lambda columns: calculated(request, columns, threads)[output][:, -1], values[:, :size], again)
    return {number.id: float(share) for number, share in zip(numbers, found, strict=True)}


def jansen(calculate: Calculate, values: Array, again: Array) -> Array:
    """Return the total shares of a function of numbers (numbers, draws) to (draws), from two sets of draws that are independent."""
    count, draws = values.shape
    if not count:
        return np.zeros(0)
    plain = calculate(values)
    variance = float(np.var(plain))
    found = np.zeros(count)
    if not variance:
        return found
    for first in range(0, count, _AT_ONCE):
        some = range(first, min(first + _AT_ONCE, count))
        columns = np.tile(values, (1, len(some)))
        for place, position in enumerate(some):
            columns[position, place * draws : (place + 1) * draws] = again[position]
        moved = calculate(columns).reshape(len(some), draws)
        found[first : first + len(some)] = np.mean((moved - plain) ** 2, axis=1) / 2 / variance
    return found
