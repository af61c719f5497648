"""The stream of random numbers that each uncertain number has of its own: the same in every scenario, whatever else is drawn.

An entry of the register has a stream number: its place among the names of `streams.json`, where names are added at the end and none
is ever taken out or moved. The stream is a dimension of one scrambled Sobol sequence with a fixed number of dimensions. So a new
entry leaves the draws of all others as they are, and scenarios that are compared share their luck. Few pairs of dimensions of a
Sobol sequence correlate, and which ones do depends on the seed; the file has the dimensions in an order in which, at seed 1, any two
of the first 313 do so by less than 0.012 over 8,192 draws, and any two at all that have a name by less than 0.03.

A number without a stream number is keyed by its table, item and field, and a group of numbers that move together by its name: the
points of stream 0, which nothing else takes, in an order that follows from a hash of the key, of 128 bits. So no two of them ever
share a stream.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from budget_model.engine.arrays import Array

DIMENSIONS = 1024  # never changed: the scrambling of all depends on it
BLOCK = 8192  # draws that are put in order, and made to depend on each other, at a time
_AT_ONCE = 1024  # draws of all dimensions held in memory at a time
_FILE = Path(__file__).with_name("streams.json")
_BITS = 30  # of each point of the sequence; half of the last bit keeps points from 0 and 1


@cache
def stream_numbers() -> Mapping[str, int]:
    """Return the stream number of each entry of the register, by name; 0 is that of all who have none."""
    return {name: number for number, name in enumerate(_file()["names"])}


@cache
def _file() -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def uniform(names: Sequence[str], *, seed: int, first: int, count: int, block: int) -> Array:
    """Return draws `first` to `first + count` of each stream, between 0 and 1: (names, count).

    `first` and `count` are multiples of the block, a power of two.
    """
    known = stream_numbers()
    dimensions = _file()["dimensions"]
    columns = np.array([dimensions[known.get(name, 0)] for name in names], dtype=int)
    found = np.empty((len(names), count))
    sequence = qmc.Sobol(DIMENSIONS, rng=seed, bits=_BITS)
    if first:  # SciPy 1.17.1 raises OverflowError for 0
        sequence.fast_forward(first)
    for start in range(0, count, _AT_ONCE):
        size = min(_AT_ONCE, count - start)
        found[:, start : start + size] = sequence.random(size).T[columns]
    found += 2.0 ** -(_BITS + 1)
    for position, name in enumerate(names):
        if name not in known:
            for start in range(0, count, block):
                found[position, start : start + block] = found[position, start + order_of(name, seed, first + start, block)]
    return found


def order_of(key: str, seed: int, first: int, size: int) -> NDArray[np.int64]:
    """Return an order of the draws of a block that follows from a key alone."""
    digest = hashlib.sha256(f"{seed}\n{first}\n{key}".encode()).digest()[:16]
    return np.random.Generator(np.random.Philox(key=int.from_bytes(digest, "little"))).permutation(size)
