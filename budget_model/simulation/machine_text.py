"""LLVM's own text, instruction by instruction. The only module that knows its grammar.

Two kinds of values: whole numbers (`i64`: items, months, places in memory) and vectors, one double for each of the draws that are
calculated at once. No instruction may be reordered or fused where that would change a figure's last digit: no fast-math.
Memory is one array of vectors, `%S`; whole numbers that follow from a scenario are read from the table `%T`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager

ARITHMETIC = {"+": "fadd", "-": "fsub", "*": "fmul", "/": "fdiv"}
COMPARED = {"<": "olt", "<=": "ole", ">": "ogt", ">=": "oge", "=": "oeq", "<>": "une"}
INTRINSIC = {"absolute": "fabs", "whole above": "ceil", "whole below": "floor", "nearest whole": "rint"}


class Text:
    """Writes one function after the other; `lanes` is the number of draws in a vector."""

    def __init__(self, lanes: int) -> None:
        self.lanes, self.align = lanes, 8 * lanes
        self.vector, self.flags = f"<{lanes} x double>", f"<{lanes} x i1>"
        self.wholes, self.addresses = f"<{lanes} x i64>", f"<{lanes} x ptr>"
        self._functions: list[str] = []
        self._declared: set[str] = set()

    def begin(self, name: str, *parameters: str) -> None:
        """Begin a function of the memory, the table and whole numbers."""
        given = "".join(f", i64 {parameter}" for parameter in parameters)
        self._heading = f"define internal void @{name}(ptr noalias %S, ptr noalias readonly %T{given}) {{\nentry:"
        self._head: list[str] = []
        self._lines: list[str] = []
        self._count, self._block = 0, "entry"

    def end(self) -> None:
        """End the function."""
        self._functions.append("\n".join([self._heading, *self._head, *self._lines, "ret void", "}\n"]))

    def append(self, function: str) -> None:
        """Add a function written as text."""
        self._functions.append(function)

    def text(self) -> str:
        """Return all functions with what they call."""
        return "\n".join([*sorted(self._declared), "", *self._functions])

    def call(self, name: str, *arguments: str) -> None:
        """Call a function of the memory, the table and whole numbers."""
        given = "".join(f", i64 {argument}" for argument in arguments)
        self._lines.append(f"call void @{name}(ptr %S, ptr %T{given})")

    # Whole numbers

    def whole(self, sign: str, one: str, other: str) -> str:
        """Return the sum, difference or product of whole numbers."""
        if (sign == "*" and one == "1") or (sign == "+" and one == "0"):
            return other
        if (sign == "*" and other == "1") or (sign in "+-" and other == "0"):
            return one
        return self._result(f"{ {'+': 'add', '-': 'sub', '*': 'mul'}[sign] } nsw i64 {one}, {other}")

    def chosen_whole(self, one: str, other: str, then: str, otherwise: str) -> str:
        """Return `then` where two whole numbers are the same."""
        same = self._result(f"icmp eq i64 {one}, {other}")
        return self._result(f"select i1 {same}, i64 {then}, i64 {otherwise}")

    def table(self, index: str) -> str:
        """Return a whole number of the table."""
        return self._result(f"load i64, ptr {self._result(f'getelementptr i64, ptr %T, i64 {index}')}, align 8")

    def table_at_head(self, index: int) -> str:
        """Return a whole number of the table, read once when the function begins."""
        place, number = self._name(), self._name()
        self._head += [f"{place} = getelementptr i64, ptr %T, i64 {index}", f"{number} = load i64, ptr {place}, align 8"]
        return number

    # Vectors

    def constant(self, number: float) -> str:
        """Return the same number for each draw."""
        return f"splat (double 0x{struct.pack('>d', number).hex().upper()})"

    def load(self, index: str) -> str:
        """Return a vector of the memory."""
        return self._result(f"load {self.vector}, ptr {self._at(index)}, align {self.align}")

    def store(self, index: str, value: str) -> None:
        """Put a vector into the memory."""
        self._lines.append(f"store {self.vector} {value}, ptr {self._at(index)}, align {self.align}")

    def arithmetic(self, sign: str, one: str, other: str) -> str:
        """Return what a sign of arithmetic makes of two vectors."""
        return self._result(f"{ARITHMETIC[sign]} {self.vector} {one}, {other}")

    def negative(self, value: str) -> str:
        """Return a vector with its sign changed."""
        return self._result(f"fneg {self.vector} {value}")

    def called(self, function: str, value: str) -> str:
        """Return what a function of INTRINSIC makes of a vector."""
        name = f"@llvm.{INTRINSIC[function]}.v{self.lanes}f64"
        self._declared.add(f"declare {self.vector} {name}({self.vector})")
        return self._result(f"call {self.vector} {name}({self.vector} {value})")

    def compare(self, sign: str, one: str, other: str) -> str:
        """Return yes or no for each draw."""
        return self._result(f"fcmp {COMPARED[sign]} {self.vector} {one}, {other}")

    def as_number(self, flags: str) -> str:
        """Return 1 for yes and 0 for no."""
        return self._result(f"uitofp {self.flags} {flags} to {self.vector}")

    def choose(self, flags: str, then: str, otherwise: str) -> str:
        """Return `then` for the draws of which the flag is yes."""
        return self._result(f"select {self.flags} {flags}, {self.vector} {then}, {self.vector} {otherwise}")

    def variable(self, value: str) -> str:
        """Return a vector that changes from one turn of a loop to the next."""
        name = self._name()
        self._head.append(f"{name} = alloca {self.vector}, align {self.align}")
        self.put(name, value)
        return name

    def get(self, variable: str) -> str:
        """Return the present value of a variable."""
        return self._result(f"load {self.vector}, ptr {variable}, align {self.align}")

    def put(self, variable: str, value: str) -> None:
        """Give a variable a value."""
        self._lines.append(f"store {self.vector} {value}, ptr {variable}, align {self.align}")

    def months_before(self, base: str, month: str, months: str) -> str:
        """Return for each draw what stands a number of months before in the memory from `base` on, 0 before the first month."""
        back = self._result(f"sub {self.wholes} {self._everywhere(month)}, {self._wholes_of(self.called('whole below', months))}")
        there = self._result(f"icmp sge {self.wholes} {back}, zeroinitializer")
        return self._gathered(base, back, there)

    @contextmanager
    def loop(self, first: str, stop: str) -> Iterator[str]:
        """Repeat what is written within for each whole number from `first` to before `stop`."""
        self._count += 1
        number, before = self._count, self._block
        index = f"%x{number}"
        self._lines.append(f"br label %head{number}\nhead{number}:")
        place = len(self._lines)
        self._lines.append("")  # its value in each turn, known when the turn is written
        more = self._result(f"icmp slt i64 {index}, {stop}")
        self._lines.append(f"br i1 {more}, label %turn{number}, label %done{number}\nturn{number}:")
        self._block = f"turn{number}"
        yield index
        following = self._result(f"add nsw i64 {index}, 1")
        self._lines[place] = f"{index} = phi i64 [ {first}, %{before} ], [ {following}, %{self._block} ]"
        self._lines.append(f"br label %head{number}\ndone{number}:")
        self._block = f"done{number}"

    @contextmanager
    def only_if(self, flag: str) -> Iterator[None]:
        """Do what is written within where a flag is yes."""
        self._count += 1
        number = self._count
        self._lines.append(f"br i1 {flag}, label %then{number}, label %on{number}\nthen{number}:")
        self._block = f"then{number}"
        yield
        self._lines.append(f"br label %on{number}\non{number}:")
        self._block = f"on{number}"

    # Vectors as places in the memory, for what differs between draws

    def whole_as_vector(self, number: str) -> str:
        """Return a whole number as the same double for each draw."""
        return self._result(f"sitofp {self.wholes} {self._everywhere(number)} to {self.vector}")

    def whole_of_first(self, value: str) -> str:
        """Return the whole number that the first draw of a vector has."""
        return self._result(f"fptosi double {self._result(f'extractelement {self.vector} {value}, i64 0')} to i64")

    def all_of(self, flags: str) -> str:
        """Return whether a flag is yes for all draws."""
        name = f"@llvm.vector.reduce.and.v{self.lanes}i1"
        self._declared.add(f"declare i1 {name}({self.flags})")
        return self._result(f"call i1 {name}({self.flags} {flags})")

    def neither(self, flag: str) -> str:
        """Return the opposite of one flag."""
        return self._result(f"xor i1 {flag}, true")

    def gather(self, base: str, places: str) -> str:
        """Return for each draw what stands in the memory at its own place after `base`."""
        return self._gathered(base, self._wholes_of(places), "splat (i1 true)")

    def scatter(self, base: str, places: str, value: str) -> None:
        """Put the number of each draw into the memory at its own place after `base`."""
        name = f"@llvm.masked.scatter.v{self.lanes}f64.v{self.lanes}p0"
        self._declared.add(f"declare void {name}({self.vector}, {self.addresses}, i32, {self.flags})")
        addresses = self._own_addresses(base, self._wholes_of(places))
        self._lines.append(f"call void {name}({self.vector} {value}, {self.addresses} {addresses}, i32 8, {self.flags} splat (i1 true))")

    def _gathered(self, base: str, places: str, where: str) -> str:
        name = f"@llvm.masked.gather.v{self.lanes}f64.v{self.lanes}p0"
        self._declared.add(f"declare {self.vector} {name}({self.addresses}, i32, {self.flags}, {self.vector})")
        addresses = self._own_addresses(base, places)
        return self._result(
            f"call {self.vector} {name}({self.addresses} {addresses}, i32 8, {self.flags} {where}, {self.vector} zeroinitializer)"
        )

    def _own_addresses(self, base: str, places: str) -> str:
        scaled = self._result(f"mul {self.wholes} {places}, splat (i64 {self.lanes})")
        own = "<" + ", ".join(f"i64 {lane}" for lane in range(self.lanes)) + ">"
        shifted = self._result(f"add {self.wholes} {scaled}, {own}")
        return self._result(f"getelementptr double, ptr {self._at(base)}, {self.wholes} {shifted}")

    def _wholes_of(self, value: str) -> str:
        return self._result(f"fptosi {self.vector} {value} to {self.wholes}")

    def _everywhere(self, number: str) -> str:
        first = self._result(f"insertelement {self.wholes} poison, i64 {number}, i64 0")
        return self._result(f"shufflevector {self.wholes} {first}, {self.wholes} poison, <{self.lanes} x i32> zeroinitializer")

    def _at(self, index: str) -> str:
        return self._result(f"getelementptr {self.vector}, ptr %S, i64 {index}")

    def _result(self, instruction: str) -> str:
        name = self._name()
        self._lines.append(f"{name} = {instruction}")
        return name

    def _name(self) -> str:
        self._count += 1
        return f"%v{self._count}"
