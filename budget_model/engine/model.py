"""The whole model: every row by name, checked against each other, in the order in which they can be calculated.

The order follows from the rows' parameters alone. Rows that read each other's past form a group (a strongly connected
component of the graph of reads) through which the engine steps along the axis of the carry; all others are calculated
for every month at once. A group that is closed by no carry is a loop within a month and is refused by name.

What rows vary over is handed in: the axes in their order, and by which keys totals find the items of each (keys.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType, ModuleType

import networkx as nx

from budget_model.engine.arrays import Member
from budget_model.engine.declarations import check_row
from budget_model.engine.keys import keys_of_axes, matched
from budget_model.engine.rows import MONTH, Axes, Carry, Input, Listing, OverPeriod, Row, Total, area_of
from budget_model.errors import LineError


@dataclass(frozen=True)
class Step:
    """Calculate one row for all its items and months at once."""

    row: str

    @property
    def rows(self) -> frozenset[str]:
        """The row, as a group of one."""
        return frozenset((self.row,))


@dataclass(frozen=True)
class Loop:
    """Calculate a group of rows one item (or month) of an axis after the other."""

    axis: str
    steps: tuple[Step | Loop, ...]
    rows: frozenset[str]

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The rows in the order in which they can be calculated for one item and month."""
        return tuple(name for step in self.steps for name in (step.order if isinstance(step, Loop) else (step.row,)))


NO_KEYS: Mapping[str, Set[str]] = MappingProxyType({})
ALL_ITEMS = Member("All", {})


class Model:
    """Rows by name, and `plan`, the order of calculation.

    `axes` are the axes that rows may vary over, in the order in which rows list them; `keys` are the keys of each axis'
    items; `whole` is the item under which a listing shows a row that has no items. Raises LineError for rows that are
    declared wrongly or form a loop within a month.
    """

    def __init__(self, rows: Iterable[Row], axes: Axes, keys: Mapping[str, Set[str]] = NO_KEYS, whole: Member = ALL_ITEMS) -> None:
        known: dict[str, Row] = {}
        for row in rows:
            if row.name in known:
                raise LineError(f"Two rows are named '{row.name}', in {known[row.name].area} and {row.area}.")
            known[row.name] = row
        self.rows: Mapping[str, Row] = MappingProxyType(known)
        self.whole = whole
        for row in known.values():
            check_row(row, known, axes)
        self.listings = tuple(row for row in known.values() if isinstance(row, Listing))
        has = keys_of_axes(keys, self.listings, known, whole)
        self.matched = {row.name: matched(row, known[row.of], has) for row in known.values() if isinstance(row, Total)}
        self.carried_by = {row.of: row for row in known.values() if isinstance(row, Carry)}
        calculated = {name for name, row in known.items() if not isinstance(row, Input)}
        self.plan = _arranged(calculated, known, axes, frozenset())
        self._steps = {name: (step, self._read_before(step)) for step in self.plan for name in step.rows}
        self._reads: nx.DiGraph[str] = nx.DiGraph((read, row.name) for row in known.values() for read in row.reads)
        self._readers: dict[str, frozenset[str]] = {}

    def area(self, area: str) -> tuple[Row, ...]:
        """Return the rows of a budget area in the order in which they are declared."""
        return tuple(row for row in self.rows.values() if row.area == area and not isinstance(row, Input))

    def step_to(self, name: str) -> tuple[Step | Loop, frozenset[str]]:
        """Return the step of the plan that calculates a row, and what must be known before it. Raises KeyError for no row."""
        return self._steps[name]

    def readers(self, name: str) -> frozenset[str]:
        """Return the rows that read a row or an assumption, directly or through others."""
        if name not in self._readers:
            self._readers[name] = frozenset(nx.descendants(self._reads, name) if name in self._reads else ())
        return self._readers[name]

    def _read_before(self, step: Step | Loop) -> frozenset[str]:
        return frozenset(read for name in step.rows for read in self.rows[name].reads) - step.rows


def rows_of(modules: Iterable[ModuleType]) -> list[Row]:
    """Return the rows declared in modules, in the order of their declaration."""
    return [
        value for module in modules for value in vars(module).values() if isinstance(value, Row) and value.area == area_of(vars(module))
    ]


def _arranged(names: set[str], rows: Mapping[str, Row], axes: Axes, looped: frozenset[str]) -> tuple[Step | Loop, ...]:
    """Return the order for these rows, taking carries along the axes already stepped through as known."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(name for name in rows if name in names)
    for name in graph.nodes:
        row = rows[name]
        past = {row.of} if isinstance(row, Carry) and row.along in looped else set()
        graph.add_edges_from((read, name) for read in row.reads if read in names and read not in past)
    groups = nx.condensation(graph)
    plan: list[Step | Loop] = []
    for group in nx.lexicographical_topological_sort(groups):
        members = set(groups.nodes[group]["members"])
        if len(members) == 1 and not graph.has_edge(*(2 * tuple(members))):
            plan.append(Step(next(iter(members))))
        else:
            plan.append(_loop(members, rows, axes, looped, graph))
    return tuple(plan)


def _loop(members: set[str], rows: Mapping[str, Row], axes: Axes, looped: frozenset[str], graph: nx.DiGraph[str]) -> Loop:
    """Return the loop that closes a group of rows, along items before months: fewer steps in the outer loop."""
    carries = [row for name in members if isinstance(row := rows[name], Carry) and row.of in members and row.along not in looped]
    if not carries:
        circle = [edge[0] for edge in nx.find_cycle(graph.subgraph(members))]
        raise LineError(f"These rows read each other within a month: {' -> '.join([*circle, circle[0]])}. Let one read a @carry.")
    axis = min((row.along for row in carries), key=axes.index)
    unknown = sorted(row.name for row in carries if row.start in members)
    if unknown:
        raise LineError(f"{', '.join(unknown)} must start from a row that is known before the loop begins.")
    later = sorted(name for name in members if axis == MONTH and isinstance(rows[name], OverPeriod))
    if later:
        raise LineError(f"{', '.join(later)} would have to know later months of what is stepped through by month.")
    outside = sorted(name for name in members if axis not in rows[name].over)
    if outside:
        raise LineError(f"{', '.join(outside)} would have to be known for each {axis} but does not vary over it.")
    return Loop(axis, _arranged(members, rows, axes, looped | {axis}), frozenset(members))
