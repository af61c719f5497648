"""In which passes over items and months the rows that outputs need are calculated for one draw.

A stage is one pass: for each item of its axis, for each month, every row of the stage. Two rows may share a stage if each reads of
the other at most the same item and month, or the month before (a carry). A block steps along an axis other than the months, such as
one funding source after the other, with stages of its own for each item. Nothing here depends on a scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from budget_model.engine.model import Loop, Model
from budget_model.engine.rows import MONTH, YEAR, Axes, Carry, Delay, InAYear, Input, Line, Listing, OverPeriod, Row, Total
from budget_model.errors import LineError


@dataclass(frozen=True)
class ByYear:
    """What years make of the months of `of`, or the total that they make of its years: over its items and YEAR, the total last."""

    over: Axes
    of: str
    in_a_year: InAYear

    @property
    def reads(self) -> tuple[str, ...]:
        """The node that is read."""
        return (self.of,)


@dataclass(frozen=True)
class Periods:
    """For each month the first month for which `by` says the same; after the last month, 1 where all draws of a vector agree."""

    over: Axes
    by: str

    @property
    def reads(self) -> tuple[str, ...]:
        """The node that is read."""
        return (self.by,)


Node = Row | ByYear | Periods
Key = tuple[str | None, str | None]  # a stage's axis of items, and of time
Segment = tuple[Axes, tuple[str, ...]]  # nodes that share the loops over their further axes


@dataclass(frozen=True)
class Stage:
    """One pass. `outer` is the axis whose items are taken one after the other, `time` MONTH, YEAR or None."""

    outer: str | None
    time: str | None
    segments: tuple[Segment, ...]

    @cached_property
    def nodes(self) -> frozenset[str]:
        """The names of all nodes that the stage calculates."""
        return frozenset(name for _, names in self.segments for name in names)


@dataclass(frozen=True)
class Block:
    """Stages that are followed anew for each item of an axis."""

    axis: str
    stages: tuple[Stage, ...]

    @property
    def nodes(self) -> frozenset[str]:
        """The names of all nodes that the block calculates."""
        return frozenset(name for stage in self.stages for name in stage.nodes)


@dataclass(frozen=True)
class Schedule:
    """The nodes that outputs need with what each reads, the passes, and the node that holds each output."""

    nodes: Mapping[str, Node]
    reads: Mapping[str, tuple[str, ...]]
    passes: tuple[Stage | Block, ...]
    outputs: Mapping[str, str]

    @cached_property
    def stages(self) -> tuple[tuple[Stage, str | None], ...]:
        """Every stage in order, with the axis of the block that it belongs to."""
        return tuple(
            (stage, one.axis if isinstance(one, Block) else None)
            for one in self.passes
            for stage in (one.stages if isinstance(one, Block) else (one,))
        )

    @cached_property
    def readers(self) -> Mapping[str, tuple[str, ...]]:
        """Who reads each node."""
        return _readers(self.nodes, self.reads)


def schedule(model: Model, outputs: Iterable[str], by_month: bool) -> Schedule:
    """Return how outputs are calculated; monthly ones as years show them unless `by_month`. Raises LineError where no pass fits."""
    nodes, reads, held = _needed(model, tuple(outputs), by_month)
    loops = [step for step in model.plan if isinstance(step, Loop) and step.axis != MONTH]
    blocks = [(loop.axis, frozenset(name for name in nodes if name in loop.rows or _period_in(nodes[name], loop))) for loop in loops]
    blocks = [(axis, names) for axis, names in blocks if names]
    done = {name for name, node in nodes.items() if isinstance(node, Input)}
    keys = {name: _key(node) for name, node in nodes.items()} | dict.fromkeys(_coupled(model), (None, MONTH))
    return Schedule(nodes, reads, tuple(_arranged(nodes, reads, keys, set(nodes) - done, done, (), blocks)), held)


def _coupled(model: Model) -> Iterable[str]:
    """Yield the rows of loops along months in which items read each other: all items of a month come before the next month."""
    for step in model.plan:
        if isinstance(step, Loop) and step.axis == MONTH and len({_key(model.rows[name]) for name in step.rows}) > 1:
            yield from step.rows


def items(axes: Axes) -> Axes:
    """Return axes without the months or years."""
    return tuple(axis for axis in axes if axis not in (MONTH, YEAR))


def year_of(row: Row) -> str:
    """Return the node that holds what years make of a row's months."""
    return f"{row.name} by year"


def _period_in(node: Node, loop: Loop) -> bool:
    return isinstance(node, Periods) and node.by in loop.rows


def _needed(model: Model, outputs: tuple[str, ...], by_month: bool) -> tuple[dict[str, Node], dict[str, tuple[str, ...]], dict[str, str]]:
    """Return every node that outputs need, in the order of the model, what each reads, and the node of each output."""
    nodes: dict[str, Node] = {}
    reads: dict[str, tuple[str, ...]] = {}
    order = {name: place for place, name in enumerate(model.rows)}

    def of_year(name: str) -> str:
        row = model.rows[name]
        return year_of(row) if row.in_a_year and row.over[-1:] == (MONTH,) else name

    held = {name: name if by_month else of_year(name) for name in outputs}
    waiting, place = list(held.values()), {}
    while waiting:
        name = waiting.pop()
        if name in nodes:
            continue
        row = model.rows[name.partition(" ")[0]]
        nodes[name], reads[name] = _node(row, name, of_year)
        place[name] = (order[row.name], name)
        waiting += reads[name]
    names = sorted(nodes, key=place.__getitem__)
    return {name: nodes[name] for name in names}, {name: reads[name] for name in names}, held


def _node(row: Row, name: str, of_year: Callable[[str], str]) -> tuple[Node, tuple[str, ...]]:
    """Return what calculates a node, and the nodes that it reads: a line of years reads months as its years show them."""
    _, _, what = name.partition(" ")
    node: Node
    if what == "by year":
        node = ByYear((*items(row.over), YEAR), row.name, row.in_a_year)
    elif what == "periods":
        node = Periods(row.over, row.name)
    elif isinstance(row, OverPeriod):
        return row, (row.of, f"{row.by} periods")
    elif isinstance(row, Line) and row.over[-1:] == (YEAR,):
        if row.in_a_year and not what:
            node = ByYear(row.over, f"{row.name} in each year", row.in_a_year)
        else:
            return row, tuple(map(of_year, row.reads))
    else:
        return row, row.reads
    return node, node.reads


def _readers(names: Iterable[str], reads: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {name: [] for name in names}
    for reader in found:
        for read in reads[reader]:
            if read in found:
                found[read].append(reader)
    return {name: tuple(readers) for name, readers in found.items()}


def _arranged(
    nodes: Mapping[str, Node],
    reads: Mapping[str, tuple[str, ...]],
    keys: Mapping[str, Key],
    names: set[str],
    done: set[str],
    fixed: Axes,
    blocks: list[tuple[str, frozenset[str]]],
) -> list[Stage | Block]:
    """Return the passes for these nodes: the largest group that can be calculated at once, then the next."""
    within = frozenset().union(*(block for _, block in blocks))
    left = [name for name in nodes if name in names and name not in within]
    listings = [name for name in left if isinstance(nodes[name], Listing)]
    left = [name for name in left if name not in listings]
    done, waiting = set(done), list(blocks)
    groups: list[tuple[Key | str, list[str]]] = []

    def list_what_is_known() -> None:
        done.update(name for name in listings if all(read in done for read in reads[name]))

    list_what_is_known()
    while left or waiting:
        best = _largest(nodes, reads, keys, left, done, fixed)
        ready = next(
            (block for block in waiting if all(read in done or read in block[1] for name in block[1] for read in reads[name])), None
        )
        if ready and len(ready[1]) > len(best):
            waiting.remove(ready)
            groups.append((ready[0], [name for name in nodes if name in ready[1]]))
        elif best:
            groups.append((keys[best[0]], best))
            left = [name for name in left if name not in best]
        else:
            raise LineError(f"No pass calculates {', '.join(left) or 'a block'} for many draws at once.")
        done.update(groups[-1][1])
        list_what_is_known()
    _sink(nodes, reads, groups, set(listings), fixed)
    passes: list[Stage | Block] = []
    for key, group in groups:
        if isinstance(key, str):
            outside = {name for name in nodes if name not in group}
            by_time = {name: (None, keys[name][1]) for name in group}
            inner = _arranged(nodes, reads, by_time, set(group), outside, (*fixed, key), [])
            passes.append(Block(key, tuple(stage for stage in inner if isinstance(stage, Stage))))
        elif group:
            passes.append(Stage(*key, _segments(nodes, reads, group, _outer(key), fixed)))
    return passes


def _outer(key: Key) -> Axes:
    return () if key[0] is None else (key[0],)


def _key(node: Node) -> Key:
    """Return in which kind of stage a node is calculated; what reads all months of an item at once steps through them itself."""
    itself = isinstance(node, (ByYear, Periods, OverPeriod))
    time = node.over[-1] if node.over[-1:] in ((MONTH,), (YEAR,)) and not itself else None
    own = items(node.over)
    return (own[0] if own else None), time


def _largest(
    nodes: Mapping[str, Node],
    reads: Mapping[str, tuple[str, ...]],
    keys: Mapping[str, Key],
    left: list[str],
    done: set[str],
    fixed: Axes,
) -> list[str]:
    """Return the largest group of one stage that reads only what is done and itself; rows without months before all others."""
    best: list[str] = []
    rank = (False, 0)
    for key in dict.fromkeys(keys[name] for name in left):
        group = {name for name in left if keys[name] == key}
        while kept := {name for name in group if _ready(nodes[name], reads[name], done, group, fixed)}:
            if kept == group:
                break
            group = kept
        if kept and (key[1] is None, len(kept)) > rank:
            best, rank = [name for name in left if name in kept], (key[1] is None, len(kept))
    return best


def _ready(node: Node, reads: tuple[str, ...], done: set[str], group: set[str], fixed: Axes) -> bool:
    if isinstance(node, Carry):
        start = not isinstance(node.start, str) or node.start in done
        return start and (node.along in fixed or node.of in done or (node.along == MONTH and node.of in group))
    if isinstance(node, Delay):
        return node.by in done and (node.of in done or node.of in group)
    if isinstance(node, (Line, Total)):
        return all(read in done or read in group for read in reads)
    return all(read in done for read in reads)


def _sink(
    nodes: Mapping[str, Node],
    reads: Mapping[str, tuple[str, ...]],
    groups: list[tuple[Key | str, list[str]]],
    listings: set[str],
    fixed: Axes,
) -> None:
    """Move each row to the last stage of its kind before which nobody reads it: fewer stages, less to store."""
    stage_of = {name: place for place, (_, group) in enumerate(groups) for name in group}
    readers = _readers((*stage_of, *listings), reads)

    def fits(name: str, reader: str, place: int) -> bool:
        node = nodes[reader]
        if isinstance(node, Carry) and node.along in fixed:
            return True  # reads the item before
        if reader in listings:
            return all(stage_of[one] > place for one in readers[reader])
        if stage_of[reader] != place:
            return stage_of[reader] > place
        if isinstance(node, (Line, Total)):
            return True
        if isinstance(node, Carry):
            return node.of == name and node.start != name and node.along == MONTH
        return isinstance(node, Delay) and node.of == name and node.by != name

    moved = True
    while moved:
        moved = False
        for place in reversed(range(len(groups) - 1)):
            key, group = groups[place]
            for name in reversed(group.copy()):
                for later in reversed(range(place + 1, len(groups))):
                    other, there = groups[later]
                    if (
                        other == key
                        and there
                        and not isinstance(key, str)
                        and readers[name]
                        and all(fits(name, one, later) for one in readers[name])
                    ):
                        group.remove(name)
                        there.append(name)
                        stage_of[name] = later
                        moved = True
                        break


def _segments(
    nodes: Mapping[str, Node], reads: Mapping[str, tuple[str, ...]], group: list[str], outer: Axes, fixed: Axes
) -> tuple[Segment, ...]:
    """Return a stage's nodes in an order in which each can be calculated for one item and month, by their further axes.

    A total of what a segment calculates for all of its items begins another.
    """
    left = dict.fromkeys(name for name in nodes if name in group)
    closed: set[str] = set()
    segments: list[tuple[Axes, list[str]]] = []

    def inner(name: str) -> Axes:
        return tuple(axis for axis in items(nodes[name].over) if axis not in (*outer, *fixed))

    def ready(name: str, current: Iterable[str]) -> bool:
        node = nodes[name]
        if isinstance(node, Carry):
            return True
        known = {*closed} if isinstance(node, Total) else {*closed, *current}
        return all(read not in group or read in known for read in reads[name])

    while left:
        axes, current = segments[-1] if segments else ((), [])
        found = next((name for name in left if inner(name) == axes and ready(name, current)), None) if segments else None
        if found is None:
            closed.update(current)
            found = next((name for name in left if ready(name, ())), None)
            if found is None:
                raise LineError(f"No order calculates {', '.join(left)} for many draws at once.")
            segments.append((inner(found), []))
        segments[-1][1].append(found)
        del left[found]
    return tuple((axes, tuple(names)) for axes, names in segments)
