"""What rows are calculated from: the items of each axis with their keys, the calendar, and an array for each input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Member:
    """One item of an axis: its name and the keys by which totals find it."""

    name: str
    keys: dict[str, str]


Members = Mapping[str, tuple[Member, ...]]


@dataclass(frozen=True)
class Calendar:
    """The number of months, and for each year the index of its first month and of the month after its last.

    >>> Calendar(months=4, years=((0, 2), (2, 4))).months
    4
    """

    months: int
    years: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Inputs:
    """Everything the rows read: `values` by input, each (draws, *axes of the input) in the input's unit."""

    calendar: Calendar
    members: Members
    values: Mapping[str, Array]
