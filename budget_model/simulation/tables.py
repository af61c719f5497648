"""What the code is given for one scenario: how many items and months there are, where rows stand in memory, what totals sum."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from budget_model.engine.arrays import Array, Inputs
from budget_model.engine.model import Model
from budget_model.engine.rows import MONTH, YEAR, Axes, Input, Listing, Row, Total
from budget_model.engine.run import Run, aligned, members_of_listings
from budget_model.simulation.code import MONTHS_OF_YEARS, STARTS, YEARS_ALONE, Code, Slot
from budget_model.simulation.places import Places
from budget_model.simulation.room import Room
from budget_model.simulation.schedule import Periods, items

Wholes = NDArray[np.int64]


@dataclass(frozen=True)
class Tables:
    """For one scenario: the table of whole numbers, what stands in each cell of the memory at first, and where outputs stand.

    `outputs` has each output's first place among all that are found, with its shape (items ..., years + 1 or months).
    """

    table: Wholes
    memory: Array
    found: Wholes
    outputs: dict[str, tuple[int, tuple[int, ...]]]
    inputs: dict[str, int]

    def cells(self, places: Sequence[Places]) -> tuple[Wholes, Wholes]:
        """Return the cells of memory that draws change, and which of the uncertain numbers each takes."""
        pairs = [
            (self.inputs[name] + (index or 0), number)
            for number, cells in enumerate(places)
            for name, index in cells
            if name in self.inputs  # else no output reads it
        ]
        cells, numbers = np.array(pairs, np.int64).reshape(-1, 2).T
        return np.ascontiguousarray(cells), np.ascontiguousarray(numbers)


def tables(code: Code, model: Model, inputs: Inputs) -> Tables:
    """Return what the code is given for a scenario's inputs."""
    run = Run(model, {**inputs.members, **members_of_listings(model, inputs.members)}, inputs.calendar, 1)
    places, size = _places(code, run)
    memory = np.zeros(size)
    memory[places["constant", "1"]] = 1.0
    given = {name: places["place", name] for name, node in code.schedule.nodes.items() if isinstance(node, Input)}
    for name, place in given.items():
        values = np.broadcast_to(inputs.values[name][0], run.shape(model.rows[name].over)[1:])
        memory[place : place + values.size] = values.ravel()
    found: list[Wholes] = []
    outputs: dict[str, tuple[int, tuple[int, ...]]] = {}
    for name, node in code.schedule.outputs.items():
        shape = run.shape(code.schedule.nodes[node].over)[1:]
        outputs[name] = sum(map(len, found)), shape
        found.append(places["place", node] + np.arange(math.prod(shape), dtype=np.int64))
    return Tables(_table(code, run, places), memory, np.concatenate(found), outputs, given)


def _places(code: Code, run: Run) -> tuple[dict[Slot, int], int]:
    """Return where everything that is kept stands in memory, and how many cells there are; the parts of a listing side by side.

    What no later pass reads leaves its room to what is calculated then: the less memory, the more of it is near the processor.
    """
    places: dict[Slot, int] = {("constant", "0"): 0, ("constant", "1"): 1, STARTS: 2}
    room = Room(2 + run.calendar.months)
    for name, node in code.schedule.nodes.items():
        if isinstance(node, Periods):
            places["agree", name] = room.taken(math.prod(run.sizes[axis] for axis in items(node.over)))
    ending: dict[int, list[tuple[int, int]]] = {}
    for begins, ends, names in sorted(_kept_together(code), key=lambda one: one[0]):
        for earlier in [number for number in ending if number < begins]:
            for first, size in ending.pop(earlier):
                room.left(first, size)
        sizes = [math.prod(run.sizes[axis] for axis in code.stored[name]) for name in names]
        first = room.taken(sum(sizes))
        ending.setdefault(ends, []).append((first, sum(sizes)))
        for name, size in zip(names, sizes, strict=True):
            places["place", name] = first
            first += size
    for name, node in code.schedule.nodes.items():
        if isinstance(node, Listing):
            places["place", name] = places["place", node.reads[0]]
    return places, room.top


def _kept_together(code: Code) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield what stands side by side, with the number of the pass that calculates it first, and of the one that reads it last.

    Inputs stand from the first to the last pass, for they are given once; outputs until all is calculated.
    """
    passes = code.schedule.passes
    made = {name: number for number, one in enumerate(passes) for name in one.nodes}
    last = {name: max(made.get(one, 0) for one in (name, *readers)) for name, readers in code.schedule.readers.items()}
    together = [node.reads for node in code.schedule.nodes.values() if isinstance(node, Listing)]
    together += [(name,) for name in code.stored if name not in code.listed]
    held = set(code.schedule.outputs.values())
    for names in together:
        listing = {code.listed[name] for name in names if name in code.listed}
        is_held = held & {*names, *listing} or any(name not in made for name in names)
        begins = min(made.get(name, 0) for name in names)
        yield begins, len(passes) if is_held else max(last[name] for name in (*names, *listing)), names


def _table(code: Code, run: Run, places: dict[Slot, int]) -> Wholes:
    """Return the whole numbers that the code is given, in the order of its slots, and after them the lists they lead to."""
    years = run.calendar.years
    lists: dict[Slot, Wholes] = {
        MONTHS_OF_YEARS: np.array([*(first for first, _ in years), run.calendar.months], np.int64),
        YEARS_ALONE: np.arange(len(years) + 1),
    }
    for name in (name for what, name in code.slots if what == "summed"):
        lists["first", name], lists["summed", name] = _summed(run, run.rows[name], code)
    table, behind, top = np.zeros(len(code.slots), np.int64), [], len(code.slots)
    for index, slot in enumerate(code.slots):
        what, of = slot
        if slot in lists:
            table[index] = top
            behind.append(lists[slot])
            top += len(lists[slot])
        else:
            table[index] = run.sizes[of] if what == "size" else places[slot]
    return np.concatenate([table, *behind])


def _summed(run: Run, row: Row, code: Code) -> tuple[Wholes, Wholes]:
    """Return which items a total sums: for each of its items the first place in the list of those summed, and that list.

    An item is numbered along the axes for which the row summed has a place for each item.
    """
    assert isinstance(row, Total)
    of = run.rows[row.of].over
    own = items(of) if of[-1:] and of[-1] in row.over and of[-1] in (MONTH, YEAR) else of
    over = items(row.over)
    new: Axes = tuple(axis for axis in over if axis not in own)
    there = (*own, *new)
    shape = [run.sizes[axis] for axis in there]
    summed = run.model.matched[row.name].summed
    chosen = np.ones([1] * len(there)) if summed is None else aligned(run.pairs(row, summed, new), (summed, *new), there, leading=0)
    kept = tuple(axis for axis in code.stored.get(row.of, of) if axis in own)
    sizes = [run.sizes[axis] for axis in kept]
    numbers = aligned(np.arange(math.prod(sizes), dtype=float).reshape(sizes), kept, there, leading=0)
    order = [there.index(axis) for axis in (*over, *(axis for axis in there if axis not in over))]
    count = math.prod(run.sizes[axis] for axis in over)
    flat = (count, math.prod(shape) // count if count else 0)
    is_chosen, number = (np.broadcast_to(each, shape).transpose(order).reshape(flat) for each in (chosen, numbers))
    items_of, place = np.nonzero(is_chosen)
    firsts = np.searchsorted(items_of, np.arange(count + 1))
    return firsts.astype(np.int64), number[items_of, place].astype(np.int64)
