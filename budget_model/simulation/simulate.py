"""Draw the uncertain numbers of a scenario, calculate the budget for every draw, and gather what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from budget_model.engine.arrays import Array
from budget_model.inputs import read_inputs
from budget_model.projection import Projection, project
from budget_model.scenario.schema import Scenario
from budget_model.simulation.draws import block_of, check_request, drawn
from budget_model.simulation.kernel import Method, default_method, run
from budget_model.simulation.outputs import HEADLINE_OUTPUTS, HEADLINES, check_outputs, rules_of_columns
from budget_model.simulation.parts import in_parts
from budget_model.simulation.results import Simulation
from budget_model.simulation.uncertain import uncertain_numbers

DRAWS, SEED = 8192, 1
QUICK_DRAWS = 1024  # while somebody waits
LEAST_OF_A_PART = 64  # draws: NumPy gives the same bits where parts begin at multiples of it
DRAWN_AT_ONCE = 65_536  # numbers of as many draws are held in memory: what is needed does not grow with the draws, but for the results


@dataclass(frozen=True)
class Request:
    """What a part of a simulation needs: it may be sent to another process or machine, which draws the same numbers."""

    scenario: Scenario
    outputs: tuple[str, ...]
    draws: int
    seed: int
    rho: float | None
    widened: float
    method: Method


@dataclass(frozen=True)
class Figures:
    """Each output in every draw, as given and independent, and at the ends of one number after another (`Simulation` says more)."""

    values: Mapping[str, Array]
    independent: Mapping[str, Array]
    ends: Mapping[str, Array]


def simulate(
    scenario: Scenario,
    outputs: Sequence[str] = HEADLINES,
    draws: int = DRAWS,
    seed: int = SEED,
    rho: float | None = None,
    executor: Executor | None = None,
    *,
    widened: float = 1.0,
    method: Method | None = None,
    threads: int = 2,
) -> Simulation:
    """Return what a scenario's figures come to over draws of its uncertain numbers, as given and with all numbers independent.

    Args:
        scenario: a validated scenario.
        outputs: rows that have one figure for each fiscal year.
        draws: a power of two.
        seed: the same seed gives the same figures, to the last bit, on any machine with the same method.
        rho: the rank correlation within every group of numbers that move together; None for each group's own.
        executor: calculates the parts, for instance in other processes or on a cluster; None for threads of this one.
        widened: makes every range wider by this factor.
        method: "compiled" or "numpy"; None for what this machine can do.
        threads: of this process.

    Raises:
        ScenarioError: a count of draws, a dependence or an output that can't be taken, in words.

    """
    request = request_of(scenario, outputs, draws, seed, rho, widened=widened, method=method)
    return gathered(project(scenario), outputs, request, figures_of(request, executor, threads))


def request_of(
    scenario: Scenario,
    outputs: Sequence[str] = HEADLINES,
    draws: int = DRAWS,
    seed: int = SEED,
    rho: float | None = None,
    *,
    widened: float = 1.0,
    method: Method | None = None,
) -> Request:
    """Return what is asked for, as `simulate` takes it. Raises ScenarioError for what can't be taken, in words."""
    check_request(draws, seed, rho, widened)
    asked = check_outputs(outputs)
    rows = tuple(dict.fromkeys((*HEADLINE_OUTPUTS, *rules_of_columns(scenario), *asked)))
    return Request(scenario, rows, draws, seed, rho, widened, method or default_method())


def figures_of(request: Request, executor: Executor | None = None, threads: int = 2) -> Figures:
    """Return the figures of every draw: plain arrays, which another process may send."""
    as_given = _in_all(request, executor, threads)
    independent = as_given if request.rho == 0 else _in_all(replace(request, rho=0.0), executor, threads)
    return Figures(as_given, independent, _at_ends(request, threads))


def gathered(projection: Projection, outputs: Sequence[str], request: Request, figures: Figures) -> Simulation:
    """Return a simulation of figures that were calculated, here or elsewhere, for the scenario of a projection."""
    numbers = uncertain_numbers(request.scenario, request.widened)
    first = min(request.draws, DRAWN_AT_ONCE)
    return Simulation(
        projection=projection,
        outputs=check_outputs(outputs),
        draws=request.draws,
        seed=request.seed,
        rho=request.rho,
        widened=request.widened,
        method=request.method,
        numbers=numbers,
        values=figures.values,
        independent=figures.independent,
        ends=figures.ends,
        drawn=drawn(numbers, draws=request.draws, seed=request.seed, rho=0.0, count=first),
    )


def part(request: Request, first: int, count: int, threads: int = 1) -> dict[str, Array]:
    """Return each output in draws `first` to `first + count`: (draws, items ..., years + 1). What one worker does.

    Numbers are drawn in whole blocks, for dependence orders them within a block; a part may calculate less of them.
    """
    numbers, block = uncertain_numbers(request.scenario, request.widened), block_of(request.draws)
    before = first % block
    whole = -(-(before + count) // block) * block
    values = drawn(numbers, draws=request.draws, seed=request.seed, rho=request.rho, first=first - before, count=whole)
    return calculated(request, values[:, before : before + count], threads)


def calculated(request: Request, values: Array, threads: int) -> dict[str, Array]:
    """Return each output for values of the uncertain numbers, (numbers, draws): (draws, items ..., years + 1)."""
    places = [number.places for number in uncertain_numbers(request.scenario, request.widened)]
    return run(read_inputs(request.scenario), places, values, request.outputs, method=request.method, threads=threads)


def _in_all(request: Request, executor: Executor | None, threads: int) -> dict[str, Array]:
    """Return each output in every draw, calculated by the executor's workers or, part by part, by threads of this process."""
    if executor is None:
        size = min(request.draws, DRAWN_AT_ONCE)
        found = [part(request, first, size, threads) for first in range(0, request.draws, size)]
    else:
        work: Callable[[int, int], dict[str, Array]] = partial(part, request)
        found = in_parts(work, request.draws, executor, _size_of_parts(request.draws))
    return {name: np.concatenate([one[name] for one in found]) for name in request.outputs}


def _size_of_parts(draws: int) -> int:
    """Return how many draws a worker is given at least: a block or, where there is but one, the half, so that two share it."""
    block = block_of(draws)
    return block if draws > block else max(block // 2, LEAST_OF_A_PART)


def _at_ends(request: Request, threads: int) -> dict[str, Array]:
    """Return each output at the 10th and the 90th percentile of one number after another, all others as planned.

    Each is (2 x numbers + 1, items ..., years + 1): the lower ends, the upper ends, and the plan itself.
    """
    numbers = uncertain_numbers(request.scenario, request.widened)
    values = np.tile(np.array([[number.value] for number in numbers]).reshape(len(numbers), 1), (1, 2 * len(numbers) + 1))
    for position, number in enumerate(numbers):
        values[position, [position, len(numbers) + position]] = number.least, number.most
    return calculated(request, values, threads)
