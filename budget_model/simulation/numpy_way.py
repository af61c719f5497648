"""The draws in NumPy: the engine's own first reading, with an axis of draws. Slower, but wherever the product runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from budget_model.engine.arrays import Array, Inputs
from budget_model.engine.model import Model
from budget_model.engine.numbers import Evaluation, evaluate
from budget_model.engine.rows import MONTH
from budget_model.engine.run import yearly
from budget_model.simulation.places import Places

DRAWS_AT_ONCE = 64  # more take more memory and no less time for each


def calculated(
    model: Model, inputs: Inputs, places: Sequence[Places], numbers: Array, outputs: Sequence[str], by_month: bool
) -> list[Array]:
    """Return each output, (draws, its axes), for numbers (uncertain numbers, draws); months as years with the total unless `by_month`."""
    parts = [numbers[:, first : first + DRAWS_AT_ONCE] for first in range(0, numbers.shape[1], DRAWS_AT_ONCE)]
    found = []
    for part in parts:
        evaluation = evaluate(model, with_draws(inputs, places, part))
        found.append([_read(model, evaluation, name, by_month, part.shape[1]) for name in outputs])
    return [np.concatenate(of_parts) for of_parts in zip(*found, strict=True)]


def with_draws(inputs: Inputs, places: Sequence[Places], numbers: Array) -> Inputs:
    """Return a scenario's inputs with an axis of draws wherever draws change them; the engine spreads the rest."""
    values = dict(inputs.values)
    for cells, drawn in zip(places, numbers, strict=True):
        for name, index in cells:
            if values[name] is inputs.values[name]:
                values[name] = np.repeat(values[name], numbers.shape[1], axis=0)
            values[name][:, index if index is not None else ...] = drawn if index is not None else drawn.reshape(values[name].shape)
    return replace(inputs, values=values)


def _read(model: Model, evaluation: Evaluation, name: str, by_month: bool, draws: int) -> Array:
    row, values = model.rows[name], evaluation.values[name]
    if not by_month and row.in_a_year and row.over[-1:] == (MONTH,):
        values = yearly(values, row.in_a_year, evaluation.calendar)
    return np.broadcast_to(values, (draws, *values.shape[1:]))
