"""What a projection takes: ten sites over sixty months, beside reading the same scenario's file.

usage: .venv/bin/python benchmarks/projection.py

Prints the median of 50 runs in milliseconds and as a share of loading and validating the file once in the same run.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from budget_model import Scenario, load_scenario, project

FILE = Path(__file__).parents[1] / "scenarios" / "expansion_2018.yaml"
SITES = 10


def ten_sites() -> Scenario:
    """Return the expansion with further copies of its first site and contract."""
    scenario = load_scenario(FILE)
    sites, contracts = list(scenario.sites), list(scenario.provider_contracts)
    for number in range(len(sites), SITES):
        sites.append(sites[0].model_copy(update={"name": f"Further {number}"}))
        contracts.append(contracts[0].model_copy(update={"name": f"Contract {number}", "site": f"Further {number}"}))
    return scenario.model_copy(update={"sites": tuple(sites), "provider_contracts": tuple(contracts)})


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
    scenario = ten_sites()
    project(scenario)
    projection = milliseconds(lambda: project(scenario), 50)
    loading = milliseconds(lambda: load_scenario(FILE), 5)
    share = f"{projection / loading:.2f} of loading the file ({loading:.0f} ms)"
    print(f"{len(scenario.sites)} sites x {scenario.months} months: {projection:.1f} ms, {share}")


if __name__ == "__main__":
    main()
