"""What rows are calculated from: the items of each axis with their keys, and an array for each input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from budget_model.scenario.axes import Axis
from budget_model.timeline import Timeline

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Member:
    """One item of an axis: its name and the keys by which totals find it."""

    name: str
    keys: dict[str, str]


@dataclass(frozen=True)
class Inputs:
    """Everything the rows read from a scenario."""

    timeline: Timeline
    members: Mapping[Axis, tuple[Member, ...]]
    values: Mapping[str, Array]


