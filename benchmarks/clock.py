"""The processor time of an action: what other work on the machine disturbs least."""

from __future__ import annotations

import time
from collections.abc import Callable

RUNS = 3


def seconds(action: Callable[[], object], runs: int = RUNS) -> float:
    """Return the least processor time of an action over some runs, in seconds."""
    spent = []
    for _ in range(runs):
        start = time.process_time()
        action()
        spent.append(time.process_time() - start)
    return min(spent)
