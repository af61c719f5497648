"""Draws of the headline figures in every way, in one run: eight new areas beside the pilot's two over sixty months.

usage: .venv/bin/python -m benchmarks.simulation

Prints draws a second of processor time: a changed scenario projected for each draw, NumPy with an axis of draws, and compiled. Then
what it takes to write and compile the code, and to load it from the cache; memory beyond the results; the exponents with which the
cost grows in sites, months and draws; and, where there is a C++ compiler, the participants' pass as it is generated against the same
pass fused by hand. Numbers are of the same run: only their ratios hold for another machine.
"""

from __future__ import annotations

import ctypes
import math
import shutil
import subprocess
import tempfile
import tracemalloc
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.clock import seconds
from budget_model import Projection, load_scenario, project
from budget_model.budget import BUDGET
from budget_model.engine.arrays import Array, Inputs, Member
from budget_model.engine.model import Model
from budget_model.engine.rows import Input
from budget_model.engine.run import Run, members_of_listings
from budget_model.inputs import read_inputs
from budget_model.scenario.axes import Axis
from budget_model.simulation import object_cache
from budget_model.simulation.compiled import LANES, Program
from budget_model.simulation.draws import drawn
from budget_model.simulation.kernel import run
from budget_model.simulation.outputs import HEADLINE_OUTPUTS
from budget_model.simulation.schedule import schedule
from budget_model.simulation.tables import tables
from budget_model.simulation.uncertain import uncertain_numbers

FILE = Path(__file__).parents[1] / "scenarios" / "expansion_2018_eight_areas.yaml"
DRAWS = 8192
MANY = 16 * DRAWS  # for one pass alone
# What multiplies with the sites: they themselves and what each has of its own.
OF_SITES = (Axis.SITE, Axis.CONTRACT, Axis.STAFF, Axis.CARE, Axis.SERVICE, Axis.POSITION)
KEPT = ("slots", "exits", "enrollments", "homeless_entrants", "active_participants", "engaged_participants")
# What that pass is given and what it keeps, in the order of participants.cc.
GIVEN = (
    *("pre_booking_referrals_after_ramp", "social_contact_referrals_after_ramp", "site_community_referrals", "site_ramp_months"),
    *("site_newly_eligible_people", "site_slots", "site_monthly_exit_rate", "site_waiting_exit_rate", "site_inactive_share"),
    *("referral_level", "pre_booking_enrollment_share", "social_contact_enrollment_share", "community_enrollment_share"),
    *("pre_booking_homeless_share", "social_contact_homeless_share", "community_homeless_share", "site_eligible_people"),
    *("site_starting_participants", "open_sites"),
)


def main() -> None:
    """Print every measure."""
    scenario = load_scenario(FILE)
    inputs, numbers = read_inputs(scenario), uncertain_numbers(scenario)
    places = [number.places for number in numbers]
    values = drawn(numbers, draws=DRAWS, seed=1, rho=None)
    made = schedule(BUDGET, HEADLINE_OUTPUTS, False)
    rows = Run(BUDGET, {**inputs.members, **members_of_listings(BUDGET, inputs.members)}, inputs.calendar, 1)
    cells = sum(math.prod(rows.shape(node.over)) for stage, _ in made.stages for node in map(made.nodes.__getitem__, stage.nodes))
    print(f"{len(numbers)} uncertain numbers, {len(HEADLINE_OUTPUTS)} outputs, {cells:,} cells a draw")

    with tempfile.TemporaryDirectory() as folder:
        object_cache.folder = lambda: Path(folder) / "kept"  # type: ignore[method-assign]
        compiling, loading = (seconds(lambda: Program(BUDGET, HEADLINE_OUTPUTS, False), 1) for _ in range(2))
        program = Program(BUDGET, HEADLINE_OUTPUTS, False)
    print(f"written and compiled in {compiling:.2f} s, from the cache {loading:.2f} s, tables of a scenario ", end="")
    print(f"{seconds(lambda: tables(program.code, BUDGET, inputs)):.3f} s")

    compiled = seconds(lambda: program.calculated(inputs, places, values)) / DRAWS
    by_numpy = seconds(lambda: run(inputs, places, values[:, :256], HEADLINE_OUTPUTS, method="numpy"), 2) / 256
    projected = seconds(lambda: _headlines(project(scenario)))
    for way, each in (("project for each draw", projected), ("NumPy, 64 draws at once", by_numpy), ("compiled", compiled)):
        print(f"{way:25} {1 / each:10,.0f} draws a second, {each / compiled:8.1f} times as long")
    print(f"{DRAWS} draws in {compiled * DRAWS:.2f} s: {compiled * DRAWS * 105_000 / cells:.2f} s for each 105,000 cells a draw")

    for draws in (1024, DRAWS, 4 * DRAWS):
        print(f"memory beyond numbers and results, {draws:6,} draws: {_beyond_results(program, inputs, places, draws, values):.1f} MB")
    by_draws = [(draws, program, inputs) for draws in (DRAWS, 2 * DRAWS, 4 * DRAWS)]
    by_sites = [(DRAWS * times, program, more_sites(inputs, times)) for times in (1, 2, 4)]
    months = [scenario.model_copy(update={"months": count}) for count in (60, 120, 180)]
    by_months = [(DRAWS * one.months // 60, program, read_inputs(one)) for one in months]
    print(f"exponent in draws {_exponent([(draws, draws, given) for draws, _, given in by_draws], program):.2f}", end="")
    for what, sizes in (("sites", by_sites), ("months", by_months)):
        print(f", in {what} {_exponent([(size, DRAWS // 4, given) for size, _, given in sizes], program):.2f}", end="")
    print()
    if shutil.which("g++"):
        generated, by_hand = _participants(inputs)
        print(f"participants' pass: generated {generated:.3f} s, fused by hand in C++ {by_hand:.3f} s, ratio {generated / by_hand:.2f}")


def _headlines(projection: Projection) -> None:
    """Read the headlines of one projection."""
    for name in HEADLINE_OUTPUTS:
        projection.by_year(name)


def _beyond_results(program: Program, inputs: Inputs, places: list[tuple[tuple[str, int | None], ...]], draws: int, values: Array) -> float:
    """Return the most memory in MB that draws take beside the numbers that they are given and the results."""
    given = np.tile(values, (1, -(-draws // values.shape[1])))[:, :draws]
    tracemalloc.start()
    found = program.calculated(inputs, places, given)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (peak - sum(one.nbytes for one in found)) / 1e6


def _exponent(sizes: list[tuple[int, int, Inputs]], program: Program) -> float:
    """Return with which power of a size the cost grows: the slope between logarithms of the least of several rounds."""
    spent = np.min(
        [[seconds(lambda d=draws, g=given: program.calculated(g, [], np.empty((0, d))), 1) for _, draws, given in sizes] for _ in range(5)],
        0,
    )
    return float(np.polyfit(np.log([size for size, _, _ in sizes]), np.log(spent), 1)[0])


def more_sites(inputs: Inputs, times: int) -> Inputs:
    """Return inputs with each site, and what belongs to it, several times: all under names of their own."""
    own = {member.name for axis in OF_SITES for member in inputs.members[axis]}

    def again(member: Member, number: int) -> Member:
        def named(text: str) -> str:
            return f"{text} ({number})" if number and text in own else text

        return Member(named(member.name), {key: named(text) for key, text in member.keys.items()})

    members = {
        axis: tuple(again(one, number) for number in range(times) for one in items) if axis in OF_SITES else items
        for axis, items in inputs.members.items()
    }
    members[Axis.PLACE] = (*members[Axis.SITE], inputs.members[Axis.PLACE][-1])
    repeated = {row.name for row in BUDGET.rows.values() if isinstance(row, Input) and row.over and row.over[0] in OF_SITES}
    values = {
        name: np.repeat(array, 1, axis=0) if name not in repeated else np.concatenate([array] * times, 1)
        for name, array in inputs.values.items()
    }
    return replace(inputs, members=members, values=values)


def _participants(inputs: Inputs) -> tuple[float, float]:
    """Return the seconds of the participants' pass alone, generated and fused by hand, after comparing what they come to."""
    known = _given_to_the_pass(inputs)
    needed, waiting = {}, list(KEPT)
    while waiting:
        name = waiting.pop()
        if name not in needed:
            row = BUDGET.rows[name]
            needed[name] = Input(name, row.unit, row.over, "given", row.rule) if name in GIVEN or isinstance(row, Input) else row
            waiting += needed[name].reads
    model = Model([needed[name] for name in BUDGET.rows if name in needed], tuple(Axis))
    given = replace(inputs, values={name: known[name] for name in needed if isinstance(needed[name], Input)})
    program = Program(model, KEPT, True)
    assert len(program.code.schedule.stages) == 1
    table = tables(program.code, model, given)
    slots = {slot: index for index, slot in enumerate(program.code.slots)}
    other = program.memory(table.memory)
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "pass.so"
        flags = ["-O3", "-march=native", "-ffp-contract=off", "-shared", "-fPIC"]
        subprocess.run(["g++", *flags, str(Path(__file__).with_name("participants.cc")), "-o", str(library)], check=True)
        by_hand = ctypes.CDLL(str(library))["pass"]
    offered = np.array([table.inputs[name] for name in GIVEN], np.int64)
    put = np.array([table.table[slots["place", name]] for name in KEPT], np.int64)
    pointers = [ctypes.c_void_p(array.ctypes.data) for array in (other, offered, put)]
    sizes = [len(inputs.members[Axis.SITE]), inputs.calendar.months]
    hand = seconds(lambda: by_hand(*pointers, *map(ctypes.c_longlong, (*sizes, MANY // LANES))), 7)
    alone, no_draws = replace(table, found=np.empty(0, np.int64)), np.empty((0, MANY))
    generated = seconds(lambda: program.found(alone, [], no_draws, 1), 7)
    for place, found in zip(put, program.calculated(given, [], np.empty((0, LANES))), strict=True):
        by_other = other.reshape(-1, LANES)[place : place + math.prod(sizes)]
        np.testing.assert_array_equal(found, by_other.T.reshape(found.shape))
    return generated, hand


def _given_to_the_pass(inputs: Inputs) -> dict[str, Array]:
    """Return what the participants' pass is given, from the engine's own reading."""
    from budget_model.engine.numbers import evaluate

    values = evaluate(BUDGET, inputs).values
    return {name: values[name] for name in (*GIVEN, *(row.name for row in BUDGET.rows.values() if isinstance(row, Input)))}


if __name__ == "__main__":
    main()
