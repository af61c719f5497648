"""Draws in parts, on any `concurrent.futures.Executor`: threads on a desk, processes, or a cluster by its address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from budget_model.errors import SimulationError

Found = TypeVar("Found")
MOST_PARTS = 256  # each tells a worker the scenario anew


def in_parts(function: Callable[[int, int], Found], draws: int, executor: Executor | None, block: int) -> list[Found]:
    """Return what `function(first, count)` finds for each part of the draws, in their order.

    A part is whole blocks of draws, the last one what is left. Without an executor the parts are calculated one after the other.
    With one, `function` and what it finds must travel: a function of a module, or `functools.partial` of it.
    """
    blocks = -(-draws // block)
    size = block * -(-blocks // MOST_PARTS)
    parts = [(first, min(size, draws - first)) for first in range(0, draws, size)]
    if executor is None:
        return [function(first, count) for first, count in parts]
    return [future.result() for future in [executor.submit(function, first, count) for first, count in parts]]


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """Give the executor of a Dask cluster by its address, such as tcp://desk:8786. Raises SimulationError where there is none."""
    try:
        from distributed import Client
    except ImportError as missing:
        raise SimulationError("A cluster needs the extra 'cluster': pip install lead-budget-modeler[cluster].") from missing
    try:
        client = cast("Any", Client)(address)
    except (OSError, ValueError) as refused:
        raise SimulationError(f"No cluster answers at {address}: {refused}") from refused
    with client:
        yield client.get_executor(pure=False)
