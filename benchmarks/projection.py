"""What a projection of every row takes: eight new areas beside the pilot's two over sixty months, against reading the same scenario's file.

usage: .venv/bin/python -m benchmarks.projection

Prints the median of 50 runs in milliseconds and as a share of loading and validating the file in the same run.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from budget_model import load_scenario, project

FILE = Path(__file__).parents[1] / "scenarios" / "expansion_2018_eight_areas.yaml"


def milliseconds(action: Callable[[], object], runs: int) -> float:
    """Return the median time of an action."""
    spent = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        spent.append(1000 * (time.perf_counter() - start))
    return statistics.median(spent)


def main() -> None:
    """Measure and print."""
    scenario = load_scenario(FILE)
    project(scenario)
    projection = milliseconds(lambda: dict(project(scenario).evaluation.values), 50)  # every row
    loading = milliseconds(lambda: load_scenario(FILE), 5)
    share = f"{projection / loading:.2f} of loading the file ({loading:.0f} ms)"
    print(f"{len(scenario.sites)} sites x {scenario.months} months: {projection:.1f} ms, {share}")


if __name__ == "__main__":
    main()
