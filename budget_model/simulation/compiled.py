"""The code compiled by LLVM and run over draws: a program for a set of outputs, which serves every scenario."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from threading import Lock

import numpy as np

from budget_model.engine.arrays import Array, Inputs
from budget_model.engine.model import Model
from budget_model.simulation.code import written
from budget_model.simulation.machine import loaded
from budget_model.simulation.places import Places
from budget_model.simulation.schedule import schedule
from budget_model.simulation.tables import Tables, tables

LANES = 8  # draws in a vector: 512 bits; on a machine with shorter vectors LLVM takes two or four for each
_PARAMETERS = (*[ctypes.c_void_p] * 4, *[ctypes.c_int64] * 3, *[ctypes.c_void_p] * 2, ctypes.c_int64, ctypes.c_void_p, ctypes.c_int64)
_ALIGNED = 128  # bytes
_MAKING = Lock()


class Program:
    """The compiled code of a set of outputs."""

    def __init__(self, model: Model, outputs: tuple[str, ...], by_month: bool, lanes: int = LANES) -> None:
        self.model, self.lanes = model, lanes
        self.code = written(schedule(model, outputs, by_month), lanes)
        self._engine, address = loaded(self.code.text)
        self._run = ctypes.CFUNCTYPE(None, *_PARAMETERS)(address)

    def calculated(self, inputs: Inputs, places: Sequence[Places], numbers: Array, threads: int = 1) -> list[Array]:
        """Return each output, (draws, items ..., years + 1 or months), for numbers (uncertain numbers, draws)."""
        given = tables(self.code, self.model, inputs)
        found = self.found(given, places, numbers, threads)
        return [
            np.moveaxis(found[first : first + int(np.prod(shape, dtype=int))].reshape(*shape, found.shape[1]), -1, 0)
            for first, shape in given.outputs.values()
        ]

    def found(self, given: Tables, places: Sequence[Places], numbers: Array, threads: int) -> Array:
        """Return every number of the outputs, (numbers, draws)."""
        draws = numbers.shape[1]
        vectors = -(-draws // self.lanes)
        missing = vectors * self.lanes - draws
        padded = np.ascontiguousarray(np.pad(numbers, ((0, 0), (0, missing)), mode="edge") if missing else numbers, float)
        cells, taken = given.cells(places)
        result = np.empty((len(given.found), vectors * self.lanes))
        parts = min(threads, vectors)
        ends = [vectors * part // parts * self.lanes for part in range(parts + 1)]

        def part(number: int) -> None:
            memory = self.memory(given.memory)
            self._run(
                *(each.ctypes.data for each in (memory, given.table, padded, result)),
                *(ends[number], ends[number + 1], padded.shape[1]),
                *(cells.ctypes.data, taken.ctypes.data, len(cells), given.found.ctypes.data, len(given.found)),
            )

        if parts == 1:
            part(0)
        else:
            with ThreadPoolExecutor(parts) as pool:
                list(pool.map(part, range(parts)))
        return result[:, :draws]

    def memory(self, first: Array) -> Array:
        """Return memory of a thread's own with the same number for each draw of a vector, where vectors are aligned."""
        room = np.empty(first.size * self.lanes + _ALIGNED // 8)
        skipped = (-room.ctypes.data % _ALIGNED) // 8
        memory: Array = room[skipped : skipped + first.size * self.lanes]
        memory.reshape(-1, self.lanes)[:] = first[:, np.newaxis]
        return memory


@lru_cache(maxsize=8)
def _made(model: Model, outputs: tuple[str, ...], by_month: bool) -> Program:
    return Program(model, outputs, by_month)


def program(model: Model, outputs: tuple[str, ...], by_month: bool) -> Program:
    """Return the program of a set of outputs, made once in a process; threads that ask for it meanwhile wait."""
    with _MAKING:
        return _made(model, outputs, by_month)
