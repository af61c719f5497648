"""The compiled reading of the lines against the projection: every row, every shipped scenario, drawn scenarios, and bit for bit itself."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import groupby

import numpy as np
import pytest
import scale
from conftest import EXPANSION, PILOT, SHIPPED, draw
from strategies import scenarios

from budget_model import Scenario, load_scenario, project
from budget_model.budget import BUDGET
from budget_model.engine.arrays import Array
from budget_model.engine.rows import Input
from budget_model.inputs import read_inputs
from budget_model.scenario.tables import placed_assumptions
from budget_model.simulation import numpy_way
from budget_model.simulation.compiled import Program, program
from budget_model.simulation.draws import drawn
from budget_model.simulation.kernel import run
from budget_model.simulation.outputs import HEADLINE_OUTPUTS, HEADLINES
from budget_model.simulation.parts import cluster, in_parts
from budget_model.simulation.tables import tables
from budget_model.simulation.uncertain import uncertain_numbers

pytestmark = pytest.mark.xdist_group("simulation")  # what is compiled is compiled once
ROWS = tuple(name for name, row in BUDGET.rows.items() if not isinstance(row, Input))
DRAWS = 64
WITHIN = 1e-9  # of the value, or of 1
# Differences of sums of many millions: what adding in another order leaves is told in dollars, far below what counts as nothing.
REMAINDERS = {
    "one_time_cost_by_class", "payment_beyond_provider_cost", "unspent_money", "money_that_could_pay", "award_left", "money_of_columns",
}  # fmt: skip
REMAINDER_WITHIN = 1e-6  # dollars
OF_LARGEST = 1e-15  # of the largest amount of a drawn plan, which may be ten billion: dollars are differences of such sums
BOTH = ("net_county_cost", "funding_gap")


def every_row() -> Program:
    return program(BUDGET, ROWS, True)


def some_draws(scenario: Scenario, draws: int) -> tuple[list[tuple[tuple[str, int | None], ...]], Array]:
    numbers = uncertain_numbers(scenario)
    return [number.places for number in numbers], drawn(numbers, draws=draws, seed=7, rho=None)


def differing(found: Sequence[Array], expected: Sequence[Array]) -> list[str]:
    """Return the rows that differ by more than what adding in another order leaves."""
    wrong = []
    dollars = [other for name, other in zip(ROWS, expected, strict=True) if BUDGET.rows[name].unit == "dollars" and other.size]
    left_by_adding = OF_LARGEST * max(np.abs(other).max() for other in dollars)
    for name, one, other in zip(ROWS, found, expected, strict=True):
        row = BUDGET.rows[name]
        assert one.shape == other.shape, name
        is_remainder = name in REMAINDERS or row.area in ("checks", "remarks")
        allowed = REMAINDER_WITHIN if is_remainder else WITHIN * np.maximum(1, np.abs(other))
        if row.unit == "dollars":
            allowed = np.maximum(allowed, left_by_adding)
        if not (np.abs(one - other) <= allowed).all():
            wrong.append(f"{row.area}.{name} by {np.abs(one - other).max():.2e}")
    return wrong


@pytest.mark.parametrize("path", SHIPPED if scale.NOW.proof else [PILOT, EXPANSION], ids=lambda path: path.stem)
def test_every_row_of_a_shipped_scenario_is_that_of_the_projection(path: object) -> None:
    scenario = load_scenario(path)  # type: ignore[arg-type]
    inputs, projection = read_inputs(scenario), project(scenario)
    base = every_row().calculated(inputs, [], np.empty((0, 24)))
    assert all((found == found[:1]).all() for found in base), "draws of no uncertain number are equal bit for bit"
    assert differing([found[0] for found in base], [projection.monthly(name) for name in ROWS]) == []
    places, numbers = some_draws(scenario, DRAWS)
    assert len(places) > 50
    expected = numpy_way.calculated(BUDGET, inputs, places, numbers, ROWS, by_month=True)
    assert differing(every_row().calculated(inputs, places, numbers), expected) == []


@pytest.mark.parametrize("path", [PILOT, EXPANSION], ids=lambda path: path.stem)
def test_ranges_without_width_leave_the_plan_bit_for_bit(path: object) -> None:
    """Every uncertain number is drawn, and is its value in each draw."""
    scenario = load_scenario(path)  # type: ignore[arg-type]
    inputs, numbers = read_inputs(scenario), uncertain_numbers(scenario)
    places, values = [number.places for number in numbers], np.array([[number.value] for number in numbers])
    found = run(inputs, places, np.repeat(values, 24, axis=1), BOTH, method="compiled")
    plan = run(inputs, [], np.empty((0, 1)), BOTH, method="compiled")
    for name in BOTH:
        assert (found[name] == plan[name]).all(), name
        np.testing.assert_allclose(found[name][0], project(scenario).by_year(name), rtol=WITHIN, atol=REMAINDER_WITHIN)


def test_every_row_of_drawn_scenarios_is_that_of_the_projection() -> None:
    """Drawn ones have what no shipped one has: caps, a funding plan, value in kind, adopted lines, sources of one place."""

    for scenario in draw(scenarios(), 2 * scale.NOW.small):
        found = every_row().calculated(read_inputs(scenario), [], np.empty((0, 3)))
        projection = project(scenario)
        assert differing([values[1] for values in found], [projection.monthly(name) for name in ROWS]) == [], scenario
        headlines = program(BUDGET, HEADLINE_OUTPUTS, False).calculated(read_inputs(scenario), [], np.empty((0, 3)))
        left_by_adding = max(REMAINDER_WITHIN, OF_LARGEST * projection.by_year("gross_appropriation").max())
        for name, values in zip(HEADLINES, headlines, strict=False):  # here months share room, which are no outputs
            np.testing.assert_allclose(values[1], projection.by_year(name), rtol=WITHIN, atol=left_by_adding, err_msg=name)


@pytest.mark.parametrize("path", [PILOT, EXPANSION], ids=lambda path: path.stem)
def test_a_draw_is_the_projection_of_the_scenario_changed_so(path: object) -> None:
    scenario = load_scenario(path)  # type: ignore[arg-type]
    places, numbers = some_draws(scenario, 32)
    found = every_row().calculated(read_inputs(scenario), places, numbers)
    for number in range(25):
        projection = project(_changed(scenario, places, numbers[:, number]))
        assert differing([values[number] for values in found], [projection.monthly(name) for name in ROWS]) == [], number


def _changed(scenario: Scenario, places: Sequence[tuple[tuple[str, int | None], ...]], values: Array) -> Scenario:
    """Return a scenario with other values in the places of its uncertain numbers."""
    cells, counted = {}, Counter[str]()
    for placed in placed_assumptions(scenario):
        cells[placed.input, None if placed.axis is None else counted[placed.input]] = placed
        counted[placed.input] += 1
    update: dict[tuple[str, str], dict[str, float]] = {}
    for places_of_one, value in zip(places, values, strict=True):
        for place in places_of_one:
            cell = cells[place]
            update.setdefault((cell.table, cell.item), {})[cell.field] = float(value)

    def with_values(part: object, fields: dict[str, float]) -> object:
        inner: dict[str, object] = {}
        for outer, names in groupby(sorted(fields), lambda field: field.partition(".")[0]):
            old, own = getattr(part, outer), list(names)
            if own == [outer]:
                inner[outer] = old.model_copy(update={"value": fields[outer], "low": None, "high": None})
            else:
                inner[outer] = with_values(old, {field.partition(".")[2]: fields[field] for field in own})
        return part.model_copy(update=inner)  # type: ignore[attr-defined]

    tables = {
        table: tuple(with_values(item, update.get((table, item.name), {})) for item in items) for table, items in scenario.tables.items()
    }
    return scenario.model_copy(update=tables | {"general": with_values(scenario.general, update.get(("general", ""), {}))})


# What the same bits mean: however draws are divided, over threads, processes, machines, and vectors of other lengths.


def _part(places: Sequence[tuple[tuple[str, int | None], ...]], numbers: Array, first: int, count: int) -> dict[str, Array]:
    return run(read_inputs(load_scenario(EXPANSION)), places, numbers[:, first : first + count], BOTH, method="compiled")


def _whole_and_part() -> tuple[dict[str, Array], Callable[[int, int], dict[str, Array]]]:
    places, numbers = some_draws(load_scenario(EXPANSION), 256)
    return _part(places, numbers, 0, 256), partial(_part, places, numbers)


def _same(whole: dict[str, Array], function: Callable[[int, int], dict[str, Array]], executor: Executor | None) -> None:
    parts = in_parts(function, 256, executor, 100)
    assert [len(part["funding_gap"]) for part in parts] == [100, 100, 56]
    for name in BOTH:
        assert np.concatenate([part[name] for part in parts]).tobytes() == whole[name].tobytes()


def test_the_bits_are_the_same_in_parts_threads_and_processes() -> None:
    whole, function = _whole_and_part()
    _same(whole, function, None)
    with ThreadPoolExecutor(2) as threads:
        _same(whole, function, threads)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as processes:
        _same(whole, function, processes)
    scenario = load_scenario(EXPANSION)
    places, numbers = some_draws(scenario, 256)
    both = run(read_inputs(scenario), places, numbers, BOTH, method="compiled", threads=2)
    assert all(both[name].tobytes() == whole[name].tobytes() for name in BOTH)


@pytest.mark.parametrize("path", SHIPPED if scale.NOW.proof else [PILOT, EXPANSION], ids=lambda path: path.stem)
def test_what_stands_in_memory_before_a_draw_is_never_read(path: object) -> None:
    """Rows share room, and each vector of draws finds what the one before it left."""
    scenario = load_scenario(path)  # type: ignore[arg-type]
    made, inputs = program(BUDGET, HEADLINE_OUTPUTS, False), read_inputs(scenario)
    places, numbers = some_draws(scenario, DRAWS)
    given = tables(made.code, BUDGET, inputs)
    known = np.zeros(len(given.memory), bool)
    known[: 2 + inputs.calendar.months] = True  # the constants, and a list of whole numbers
    for name, first in given.inputs.items():
        known[first : first + inputs.values[name][0].size] = True
    spoiled = replace(given, memory=np.where(known, given.memory, np.nan))
    assert np.array_equal(made.found(spoiled, places, numbers, 1), made.found(given, places, numbers, 1))


@pytest.mark.parametrize("lanes", [4, 16])
def test_the_bits_are_the_same_in_vectors_of_another_length(lanes: int) -> None:
    scenario = load_scenario(EXPANSION)
    inputs, (places, numbers) = read_inputs(scenario), some_draws(scenario, 32)
    found, other = (Program(BUDGET, BOTH, False, length).calculated(inputs, places, numbers) for length in (8, lanes))
    assert all(one.tobytes() == same.tobytes() for one, same in zip(found, other, strict=True))


def test_the_bits_are_the_same_on_a_cluster() -> None:
    from distributed import LocalCluster

    whole, function = _whole_and_part()
    apart = (
        scale.NOW.proof
    )  # the workers are processes, which take long to start; before, threads: what they do is sent to them all the same
    of_cluster = {"host": "127.0.0.1", "protocol": "tcp://", "dashboard_address": None}
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=apart, **of_cluster) as started,
        cluster(started.scheduler_address) as executor,
    ):
        _same(whole, function, executor)


def test_numpy_finds_the_same_to_the_last_digits_and_the_same_bits_in_other_parts() -> None:
    scenario = load_scenario(PILOT)
    inputs, (places, numbers) = read_inputs(scenario), some_draws(scenario, 128)
    by_numpy, compiled = (run(inputs, places, numbers, BOTH, method=method) for method in ("numpy", "compiled"))
    second = run(inputs, places, numbers[:, 64:], BOTH, method="numpy")
    for name in BOTH:
        assert by_numpy[name].shape == compiled[name].shape == (128, len(scenario.timeline.years) + 1)
        np.testing.assert_allclose(by_numpy[name], compiled[name], rtol=1e-9, atol=1e-6)
        assert by_numpy[name][64:].tobytes() == second[name].tobytes()


def test_what_cannot_be_calculated_is_refused_by_name() -> None:
    inputs = read_inputs(load_scenario(PILOT))
    with pytest.raises(ValueError, match="net_cost is no row of the budget"):
        run(inputs, [], np.empty((0, 8)), ["net_cost"])
    for shape in ((1, 8), (0, 0)):
        with pytest.raises(ValueError, match="0 uncertain numbers need a row of draws each"):
            run(inputs, [], np.empty(shape), BOTH)
