"""The command that simulates a plan."""

from __future__ import annotations

import argparse
import contextlib
from concurrent.futures import Executor
from pathlib import Path

from budget_model.commands.shared import Add, printed_and_written
from budget_model.files import write_whole
from budget_model.scenario.file import load_scenario


def add_to(command: Add) -> None:
    """Add `simulate`."""
    simulated = command("simulate", _simulate, "Print the range that follows from a plan's uncertain numbers, and which to find out first.")
    simulated.add_argument("--draws", type=int, default=8192, metavar="N", help="a power of two (default: 8192)")
    simulated.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed gives the same figures (default: 1)")
    simulated.add_argument("--rho", type=float, metavar="R", help="rank correlation in every group, 0 to 1 (default: each group's own)")
    simulated.add_argument("--outputs", metavar="A,B", help="rows of figures by fiscal year (default: the headline figures)")
    simulated.add_argument("--widened", type=float, default=1.0, metavar="F", help="make every range wider by a factor, such as 1.5")
    simulated.add_argument("--cluster", metavar="tcp://...", help="the address of a Dask cluster that calculates the draws")
    simulated.add_argument("--json", type=Path, metavar="OUT", help="also write the results as JSON (- for standard output)")
    simulated.add_argument("--questions", type=Path, metavar="OUT.csv", help="also write what to find out first, by who can confirm it")


def _simulate(given: argparse.Namespace) -> str:
    from budget_model.simulation.outputs import HEADLINES as OUTPUTS
    from budget_model.simulation.record import record as record_of
    from budget_model.simulation.report import question_list, report
    from budget_model.simulation.simulate import simulate

    outputs = [name.strip() for name in given.outputs.split(",")] if given.outputs is not None else OUTPUTS
    with _workers(given.cluster) as executor:
        found = simulate(load_scenario(given.file), outputs, given.draws, given.seed, given.rho, executor, widened=given.widened)
    printed = report(found)
    if given.questions is not None:
        write_whole(given.questions, question_list(found).encode())
        printed += f"\n{given.questions} written."
    return printed_and_written(printed, record_of(found), given.json)


def _workers(address: str | None) -> contextlib.AbstractContextManager[Executor | None]:
    """Return what calculates the draws: a cluster by its address, or None for this process."""
    if address is None:
        return contextlib.nullcontext()
    from budget_model.simulation.parts import cluster

    return cluster(address)
