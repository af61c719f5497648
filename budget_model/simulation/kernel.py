"""The budget for many draws of its uncertain numbers: compiled where the machine can, else in NumPy; the same draws either way."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

import numpy as np

from budget_model.budget import BUDGET
from budget_model.engine.arrays import Array, Inputs
from budget_model.simulation import numpy_way
from budget_model.simulation.places import Places

Method = Literal["compiled", "numpy"]


@cache
def default_method() -> Method:
    """Return how draws are calculated on this machine: compiled where llvmlite makes code for its processor, else in NumPy."""
    try:
        from budget_model.simulation import machine

        machine.told()
    except (ImportError, OSError, RuntimeError):  # no llvmlite, a library of it that does not load, no code for this processor
        return "numpy"
    return "compiled"


def run(
    inputs: Inputs,
    places: Sequence[Places],
    numbers: Array,
    outputs: Sequence[str],
    *,
    method: Method | None = None,
    threads: int = 1,
    by_month: bool = False,
) -> dict[str, Array]:
    """Return each output for numbers (uncertain numbers, draws), one row for each of `places`.

    An output is read as `Projection.by_year` reads it, with an axis of draws before: (draws, items ..., years + 1), the total last.
    `by_month` reads months: (draws, items ..., months). A row that varies over no month is (draws, items ...). The compiled way gives
    the same bits whatever the threads and whichever draws are asked for together; NumPy does where parts begin at multiples of 64.
    Raises ValueError for a name that is no row, and for numbers that do not go with the places.
    """
    if unknown := [name for name in outputs if name not in BUDGET.rows]:
        raise ValueError(f"{unknown[0]} is no row of the budget.")
    if numbers.ndim != 2 or len(numbers) != len(places) or not numbers.shape[1]:
        raise ValueError(f"{len(places)} uncertain numbers need a row of draws each: these are {numbers.shape}.")
    names, given = tuple(outputs), np.asarray(numbers, float)
    if (method or default_method()) == "numpy":
        found = numpy_way.calculated(BUDGET, inputs, places, given, names, by_month)
    else:
        from budget_model.simulation.compiled import program

        found = program(BUDGET, names, by_month).calculated(inputs, places, given, threads)
    return dict(zip(names, found, strict=True))
