"""The stages of a schedule written as machine instructions, for one vector of draws at a time.

The code depends on the model and the outputs alone, never on a scenario: how many items and months there are, where rows stand in
memory and which items a total sums are whole numbers that it is given. So it is compiled once for a version of the product.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from budget_model.engine.rows import MONTH, YEAR, Axes, Carry, Delay, Input, Line, Listing, OverPeriod, Row, Total, complete
from budget_model.engine.trace import traced
from budget_model.errors import LineError
from budget_model.simulation.machine_text import Text
from budget_model.simulation.passes import driver, over_period, periods
from budget_model.simulation.schedule import Block, ByYear, Periods, Schedule, Stage, items
from budget_model.simulation.words import Words

# A whole number that follows from a scenario, by what it says and of what: the size of an axis, the place of a node in memory...
Slot = tuple[str, str]
MONTHS_OF_YEARS, YEARS_ALONE = ("years", "of months"), ("years", "of years")
STARTS = ("list", "of the months in which periods begin")
_START = {"sum": 0.0, "last": 0.0, "largest": -math.inf, "smallest": math.inf}
Items = Mapping[str, str]  # the whole number of the present item of each axis


@dataclass(frozen=True)
class Code:
    """The text of the code, the whole numbers that it is given in their order, and what it keeps in memory."""

    text: str
    schedule: Schedule
    slots: tuple[Slot, ...]
    stored: Mapping[str, Axes]  # each node that has a place for the items along some of its axes, or all
    listed: Mapping[str, str]  # each part of a listing, which stands beside the others, with the listing


def written(schedule: Schedule, lanes: int) -> Code:
    """Return the code that calculates a schedule for `lanes` draws at once."""
    return _Writer(schedule, lanes).code()


class _Writer:
    def __init__(self, schedule: Schedule, lanes: int) -> None:
        self.schedule, self.nodes = schedule, schedule.nodes
        self.text = Text(lanes)
        self.slots: dict[Slot, int] = {}
        self.stage_of = {name: stage for stage, _ in schedule.stages for name in stage.nodes}
        self.listed: dict[str, str] = {}
        for name, node in self.nodes.items():
            for part in node.reads if isinstance(node, Listing) else ():
                if part in self.listed:
                    raise LineError(f"{part} stands in two listings, {self.listed[part]} and {name}: draws are calculated for one.")
                self.listed[part] = name
        block_of = {name: axis for stage, axis in schedule.stages for name in stage.nodes}
        self.stored = {name: self._kept(name, block_of) for name in self.nodes if self._is_stored(name)}

    def code(self) -> Code:
        periods(self.text)
        over_period(self.text)
        number = 0
        calls: list[str] = []
        for one in self.schedule.passes:
            stages, axis = (one.stages, one.axis) if isinstance(one, Block) else ((one,), None)
            names = [f"stage_{number + place}" for place in range(len(stages))]
            number += len(stages)
            for name, stage in zip(names, stages, strict=True):
                self._stage(name, stage, axis)
            if axis is None:
                calls += names
            else:
                self.text.begin(f"block_{names[0]}")
                with self.text.loop("0", self.text.table_at_head(self._slot("size", axis))) as item:
                    for name in names:
                        self.text.call(name, item)
                self.text.end()
                calls.append(f"block_{names[0]}")
        driver(self.text, calls)
        return Code(self.text.text(), self.schedule, tuple(self.slots), self.stored, self.listed)

    def _is_stored(self, name: str) -> bool:
        """Whether a node is read where it is not at hand, as memory, or is an output."""
        node, stage = self.nodes[name], self.stage_of.get(name)
        if isinstance(node, Listing):
            return False
        if isinstance(node, (Input, ByYear, Periods, OverPeriod)) or name in self.listed or name in self.schedule.outputs.values():
            return True
        assert stage is not None
        segment = {one: place for place, (_, names) in enumerate(stage.segments) for one in names}
        inner = {one: bool(axes) for axes, names in stage.segments for one in names}[name]
        for other in self.schedule.readers[name]:
            reader = self.nodes[other]
            if other not in stage.nodes or isinstance(reader, (Total, Delay, ByYear, Periods, OverPeriod)):
                return True
            if isinstance(reader, Carry) and not self._is_register(reader, stage):
                return True
            if inner and segment[other] != segment[name] and not isinstance(reader, Carry):
                return True
        return False

    def _kept(self, name: str, block_of: Mapping[str, str | None]) -> Axes:
        """Return for which of its axes a node keeps a value of each item: not for those that all who read it are at the same item of."""
        node, readers = self.nodes[name], self.schedule.readers[name]
        if isinstance(node, Input) or name in self.listed or name in self.schedule.outputs.values():
            return node.over
        stage, block = self.stage_of[name], block_of[name]
        gone: set[str | None] = set()
        if all(block_of.get(other) == block for other in readers) and not any(
            isinstance(reader := self.nodes[other], Carry) and reader.along == block for other in readers
        ):
            gone.add(block)
        if stage.time and all(other in stage.nodes for other in readers):
            gone.add(stage.outer)
            if not any(isinstance(self.nodes[other], (Carry, Delay)) for other in readers):
                gone.add(stage.time)
        return tuple(axis for axis in node.over if axis not in gone)

    def _is_register(self, carry: Carry, stage: Stage) -> bool:
        """Whether a carry passes from month to month without a place in memory: of the stage's own row, without further axes."""
        there = {name: axes for axes, names in stage.segments for name in names}
        return carry.along == MONTH and carry.of in stage.nodes and not there[carry.name]

    # Whole numbers

    def _slot(self, what: str, of: str) -> int:
        return self.slots.setdefault((what, of), len(self.slots))

    def given(self, what: str, of: str) -> str:
        """Return a whole number that the code is given, read once in each function."""
        if (what, of) not in self.heads:
            self.heads[what, of] = self.text.table_at_head(self._slot(what, of))
        return self.heads[what, of]

    def flat(self, axes: Axes, at: Items) -> str:
        """Return the number of an item among all items along axes."""
        index = "0"
        for axis in axes:
            index = self.text.whole("+", self.text.whole("*", index, self.given("size", axis)) if index != "0" else "0", at[axis])
        return index

    def address(self, name: str, at: Items) -> str:
        """Return where a node stands in memory for the present items."""
        return self.text.whole("+", self.given("place", name), self.flat(self.stored.get(name, self.nodes[name].over), at))

    # A stage

    def _stage(self, name: str, stage: Stage, block: str | None) -> None:
        text = self.text
        text.begin(name, *(["%item"] if block else []))
        self.heads: dict[Slot, str] = {}
        self.scopes: list[dict[str, str]] = [{}]
        at = {block: "%item"} if block else {}
        outside = {read for one in stage.nodes for read in self._direct_reads(one)} - stage.nodes
        self._hoist(outside, stage, at)
        with text.loop("0", self.given("size", stage.outer)) if stage.outer else nullcontext("") as item:
            if stage.outer:
                at = {**at, stage.outer: item}
            self.scopes.append({})
            self._hoist(outside, stage, at)
            carries = [node for one in stage.nodes if isinstance(node := self.nodes[one], Carry) and self._is_register(node, stage)]
            carries.sort(key=lambda carry: carry.name)
            kept = {carry.name: text.variable(self._start(carry, at)) for carry in carries}
            with text.loop("0", self.given("size", stage.time)) if stage.time else nullcontext("") as month:
                if stage.time:
                    at = {**at, stage.time: month}
                self.scopes.append({carry: text.get(variable) for carry, variable in kept.items()})
                for carry in (name for name in kept if name in self.stored):
                    text.store(self.address(carry, at), self.scopes[-1][carry])
                for axes, names in stage.segments:
                    self._segment(axes, [one for one in names if one not in kept], at)
                for register in carries:
                    text.put(kept[register.name], self.value(register.of, at))
                self.scopes.pop()
            self.scopes.pop()
        text.end()

    def _segment(self, axes: Axes, names: list[str], at: Items) -> None:
        if not axes:
            for name in names:
                self._calculate(name, at)
            return
        with self.text.loop("0", self.given("size", axes[0])) as item:
            self.scopes.append({})
            self._segment(axes[1:], names, {**at, axes[0]: item})
            self.scopes.pop()

    def _direct_reads(self, name: str) -> tuple[str, ...]:
        """Return what a node reads as the value of the present items."""
        node = self.nodes[name]
        if isinstance(node, Delay):
            return (node.by,)
        return self.schedule.reads[name] if isinstance(node, Line) else ()

    def _hoist(self, outside: set[str], stage: Stage, at: Items) -> None:
        """Read once what does not vary by month, before the months."""
        if stage.time:
            for name in sorted(outside):
                over = self.nodes[name].over
                if set(over) <= set(at) and not any(name in scope for scope in self.scopes):
                    self.scopes[-1][name] = self.text.load(self.address(name, at))

    def _start(self, carry: Carry, at: Items) -> str:
        return self.value(carry.start, at) if isinstance(carry.start, str) else self.text.constant(float(carry.start))

    def value(self, name: str, at: Items) -> str:
        """Return the vector of a node for the present items: at hand, or from memory."""
        for scope in reversed(self.scopes):
            if name in scope:
                return scope[name]
        assert name in self.stored or name not in self.stage_of, name
        found = self.scopes[-1][name] = self.text.load(self.address(name, at))
        return found

    def _calculate(self, name: str, at: Items) -> None:
        """Calculate a node for the present items, and put it where others read it."""
        node = self.nodes[name]
        calculated = _ROWS[type(node)] if isinstance(node, Row) else _OTHERS[type(node)]
        found = calculated(self, name, node, at)
        if found is not None:
            self.scopes[-1][name] = found
            if name in self.stored:
                self.text.store(self.address(name, at), found)

    def _line(self, name: str, line: Line, at: Items) -> str:
        own = dict(zip(line.reads, self.schedule.reads[name], strict=True))
        return Words(self.text, lambda read: self.value(own[read], at)).number(traced(line))

    def _delayed(self, _: str, delay: Delay, at: Items) -> str:
        return self.text.months_before(self.address(delay.of, {**at, MONTH: "0"}), at[MONTH], self.value(delay.by, at))

    def _carried(self, _: str, carry: Carry, at: Items) -> str:
        """Return what a row was one step before, from memory."""
        item = at[carry.along]
        before = self.address(carry.of, {**at, carry.along: self.text.whole("-", item, "1")})
        start = self.address(carry.start, at) if isinstance(carry.start, str) else self.given("constant", str(carry.start))
        return self.text.load(self.text.chosen_whole(item, "0", start, before))

    def _total(self, _: str, total: Total, at: Items) -> str:
        """Return the sum of the items that a table lists for the present one."""
        text, of = self.text, self.nodes[total.of]
        listed = text.whole("+", self.given("first", total.name), self.flat(items(total.over), at))
        first, stop = text.table(listed), text.table(text.whole("+", listed, "1"))
        found = text.variable(text.constant(0.0))
        kept = self.stored.get(total.of, of.over)
        time = kept[-1] if kept[-1:] in ((MONTH,), (YEAR,)) and kept[-1] in total.over else None
        with text.loop(first, stop) as number:
            index = text.table(text.whole("+", self.given("summed", total.name), number))
            if time:
                index = text.whole("+", text.whole("*", index, self.given("size", time)), at[time])
            summand = text.load(text.whole("+", self.given("place", total.of), index))
            text.put(found, text.arithmetic("+", text.get(found), summand))
        return text.get(found)

    def _by_year(self, name: str, node: ByYear, at: Items) -> None:
        """Write what years make of a row's months (or the total of its years): each year, then the total."""
        text, of = self.text, self.nodes[node.of]
        result = self.address(name, {**at, YEAR: "0"})
        time = of.over[-1]
        base = self.address(node.of, {**at, time: "0"})
        listed = self.given(*(MONTHS_OF_YEARS if time == MONTH else YEARS_ALONE))
        years = text.whole("-", self.given("size", YEAR), "1")
        total, of_year = (text.variable(text.constant(_START[node.in_a_year or "sum"])) for _ in range(2))
        with text.loop("0", years) as year:
            begins = text.whole("+", listed, year)
            first, stop = text.table(begins), text.table(text.whole("+", begins, "1"))
            if node.in_a_year == "last":
                last = text.load(text.whole("+", base, text.whole("-", stop, "1")))
                text.put(of_year, last)
                text.put(total, last)
            else:
                text.put(of_year, text.constant(_START[node.in_a_year or "sum"]))
                with text.loop(first, stop) as month:
                    text.put(of_year, self._combined(node, text.get(of_year), text.load(text.whole("+", base, month))))
                text.put(total, self._combined(node, text.get(total), text.get(of_year)))
            text.store(text.whole("+", result, year), text.get(of_year))
        text.store(text.whole("+", result, years), text.get(total))

    def _combined(self, node: ByYear, one: str, other: str) -> str:
        if node.in_a_year == "sum":
            return self.text.arithmetic("+", one, other)
        return self.text.choose(self.text.compare(">" if node.in_a_year == "largest" else "<", one, other), one, other)

    def _periods(self, name: str, node: Periods, at: Items) -> None:
        by, result = (self.address(one, {**at, MONTH: "0"}) for one in (node.by, name))
        self.text.call("periods", by, result, self._agree(name, at), self.given(*STARTS), self.given("size", MONTH))

    def _over_period(self, name: str, node: OverPeriod, at: Items) -> None:
        by = self.schedule.reads[name][1]
        of, months, result = (self.address(one, {**at, MONTH: "0"}) for one in (node.of, by, name))
        self.text.call("over_period", of, months, self._agree(by, at), result, self.given("size", MONTH))

    def _agree(self, periods: str, at: Items) -> str:
        """Return where it stands whether all draws agree on periods."""
        return self.text.whole("+", self.given("agree", periods), self.flat(items(self.nodes[periods].over), at))

    def _listed(self, name: str, _: Listing, __: Items) -> None:
        """Do nothing: the parts of a listing stand side by side where they are calculated."""
        raise LineError(f"{name} is calculated with its parts.")


# How each kind of node is calculated: its vector, or None where it puts all months or years of an item in their places itself.
_Calculated = Callable[[_Writer, str, Any, Items], str | None]
_ROWS: Mapping[type[Row], _Calculated] = complete(
    "simulation/code.py",
    {
        Line: _Writer._line,
        Total: _Writer._total,
        Carry: _Writer._carried,
        Delay: _Writer._delayed,
        OverPeriod: _Writer._over_period,
        Listing: _Writer._listed,
    },
)
_OTHERS: Mapping[type[ByYear] | type[Periods], _Calculated] = {ByYear: _Writer._by_year, Periods: _Writer._periods}
