"""A loop laid out for plain numbers (plain.py): lists of what it reads go into one Python function, lists of its rows come out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from budget_model.engine.arrays import Array


@dataclass(frozen=True)
class PlainLoop:
    """A loop laid out for plain numbers: its function, and how arrays become what it is given and what it gives become arrays.

    given: each row read, with its axes in the order that has the loop's axis first (None where it does not vary along it), and
    the shape in which it is listed. starts: each carry, with the place of its first step. written: each row in the order in which
    its numbers follow in a step, its axes likewise, and how many numbers it has in a step. nothing: totals that are 0 throughout.
    Rows without an item are neither given nor written.
    """

    function: Callable[..., Any]
    steps: int
    given: tuple[tuple[str, tuple[int, ...] | None, tuple[int, ...]], ...]
    starts: tuple[tuple[str, tuple[Any, ...]], ...]
    written: tuple[tuple[str, tuple[int, ...], int], ...]
    nothing: tuple[str, ...]


def step_through(loop: PlainLoop, store: dict[str, Array]) -> None:
    """Calculate a loop's rows into the arrays that the store has for them."""
    given = [(store[name] if order is None else store[name].transpose(order)).reshape(shape).tolist() for name, order, shape in loop.given]
    starts = [store[name][place].ravel().tolist() for name, place in loop.starts]
    numbers = loop.function(loop.steps, *given, *starts)
    found = np.fromiter(numbers, float, len(numbers)).reshape(loop.steps, -1)
    first = 0
    for name, order, count in loop.written:
        result = store[name].transpose(order)
        result[...] = found[:, first : first + count].reshape(result.shape)
        first += count
    for name in loop.nothing:
        store[name][...] = 0.0
