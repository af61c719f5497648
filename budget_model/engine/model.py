"""The whole model: every row by name, checked against each other, in the order in which they can be calculated.

The order follows from the rows' parameters alone. Rows that read each other's past form a group (a strongly connected
component of the graph of reads) through which the engine steps along the axis of the carry; all others are calculated
for every month at once. A group that is closed by no carry is a loop within a month and is refused by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType, ModuleType

import networkx as nx

from budget_model.engine.rows import Carry, Delay, Input, Ledger, Line, Row, Total
from budget_model.errors import LineError, near_name
from budget_model.scenario.axes import Axis


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

    axis: Axis
    steps: tuple[Step | Loop, ...]
    rows: frozenset[str]

    @property
    def order(self) -> tuple[str, ...]:
        """The rows in the order in which they can be calculated for one item and month."""
        return tuple(name for step in self.steps for name in (step.order if isinstance(step, Loop) else (step.row,)))


class Model:
    """Rows by name, and `plan`, the order of calculation."""

    def __init__(self, rows: Iterable[Row]) -> None:
        known: dict[str, Row] = {}
        for row in rows:
            if row.name in known:
                raise LineError(f"Two rows are named '{row.name}', in {known[row.name].area} and {row.area}.")
            known[row.name] = row
        self.rows: Mapping[str, Row] = MappingProxyType(known)
        for row in known.values():
            _check_reads(row, known)
        self.carried_by = {row.of: row for row in known.values() if isinstance(row, Carry)}
        calculated = {name for name, row in known.items() if not isinstance(row, Input)}
        self.plan = _arranged(calculated, known, frozenset())
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
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Row) and value.area == module.__name__.rpartition(".")[2]
    ]


def _check_reads(row: Row, rows: Mapping[str, Row]) -> None:
    """Refuse a row that reads an unknown name, or a value that varies over more than the row does."""
    for name in row.reads:
        if name not in rows:
            raise LineError(f"{row.area}.{row.name} reads '{name}', which is no row and no assumption.{near_name(name, list(rows))}")
        read = rows[name]
        if isinstance(row, Line):
            extra = [axis for axis in read.over if axis not in row.over]
            yearly = Axis.YEAR in row.over and read.in_a_year is not None
            if [axis for axis in extra if not (yearly and axis is Axis.MONTH)]:
                raise LineError(f"{row.area}.{row.name} reads {name}, which varies over {', '.join(extra)} as well: read a @total of it.")
    if isinstance(row, Carry) and (row.along not in row.over or row.over != rows[row.of].over):
        raise LineError(f"{row.area}.{row.name} must vary over the same axes as {row.of}, {row.along} among them.")
    if isinstance(row, Total) and row.match and len(set(rows[row.of].over) - set(row.over)) > 1:
        raise LineError(f"{row.area}.{row.name} matches more than one axis of {row.of}.")
    if isinstance(row, Total) and isinstance(rows[row.of], Input):
        raise LineError(f"{row.area}.{row.name} sums the assumption {row.of}: let a @line read it, so that it stands on the area's sheet.")
    if isinstance(row, Delay) and (row.over != rows[row.of].over or row.over[-1:] != (Axis.MONTH,) or Axis.MONTH in rows[row.by].over):
        raise LineError(f"{row.area}.{row.name} must vary over the months and items of {row.of}, and {row.by} over no months.")
    if isinstance(row, Ledger):
        for other in rows.values():
            if isinstance(other, Ledger) and other.over == row.over and _listed(other, rows) != _listed(row, rows):
                raise LineError(f"{row.area}.{row.name} and {other.area}.{other.name} must list the same items.")


def _listed(row: Ledger, rows: Mapping[str, Row]) -> list[tuple[str, tuple[Axis, ...]]]:
    """Return what a ledger lists: headings with the axes of the rows under them."""
    return [(heading, rows[name].over) for heading, names in row.parts.items() for name in names]


def _arranged(names: set[str], rows: Mapping[str, Row], looped: frozenset[Axis]) -> tuple[Step | Loop, ...]:
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
            plan.append(_loop(members, rows, looped, graph))
    return tuple(plan)


def _loop(members: set[str], rows: Mapping[str, Row], looped: frozenset[Axis], graph: nx.DiGraph[str]) -> Loop:
    """Return the loop that closes a group of rows, along sources before months: fewer steps in the outer loop."""
    carries = [row for name in members if isinstance(row := rows[name], Carry) and row.of in members and row.along not in looped]
    if not carries:
        circle = [edge[0] for edge in nx.find_cycle(graph.subgraph(members))]
        raise LineError(f"These rows read each other within a month: {' -> '.join([*circle, circle[0]])}. Let one read a @carry.")
    axis = min((row.along for row in carries), key=list(Axis).index)
    unknown = sorted(row.name for row in carries if row.start in members)
    if unknown:
        raise LineError(f"{', '.join(unknown)} must start from a row that is known before the loop begins.")
    outside = sorted(name for name in members if axis not in rows[name].over)
    if outside:
        raise LineError(f"{', '.join(outside)} would have to be known for each {axis} but does not vary over it.")
    return Loop(axis, _arranged(members, rows, looped | {axis}), frozenset(members))
