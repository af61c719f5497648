"""Take out of an expression what is settled: terms of rows that are one number whatever is given, and what is left of them.

So a formula holds no `+0` and no `*(1-0)` where a plan has no caps, and a line that only repeats another one is seen to do so.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping

from budget_model.engine.vocabulary import Symbol

_NUMBERS: Mapping[str, Callable[..., float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "minimum": min,
    "maximum": max,
    "absolute": abs,
    "=": lambda a, b: float(a == b),
    "<>": lambda a, b: float(a != b),
    "<": lambda a, b: float(a < b),
    "<=": lambda a, b: float(a <= b),
    ">": lambda a, b: float(a > b),
    ">=": lambda a, b: float(a >= b),
}


def simplified(symbol: Symbol, settled: Mapping[str, float]) -> Symbol:
    """Return an expression that means the same where rows are `settled`, each at its number, without the terms that this makes idle."""
    if symbol.operation == "name":
        return _number(settled[symbol.arguments[0]]) if symbol.arguments[0] in settled else symbol
    if symbol.operation in ("number", "constant"):
        return symbol
    return _without_idle_terms(symbol.operation, tuple(simplified(argument, settled) for argument in symbol.arguments))


def is_nothing(symbol: Symbol) -> bool:
    """Whether an expression is the number 0."""
    return _is(symbol, 0.0)


def _without_idle_terms(operation: str, arguments: tuple[Symbol, ...]) -> Symbol:
    left = _chosen(*arguments) if operation == "if" else _of_two(operation, *arguments) if len(arguments) == 2 else None
    if operation in _NUMBERS and all(argument.operation == "number" for argument in arguments):
        values = [argument.arguments[0] for argument in arguments]
        return _number(-values[0] if operation == "-" and len(values) == 1 else _NUMBERS[operation](*values))
    return Symbol(operation, arguments) if left is None else left


def _chosen(condition: Symbol, then: Symbol, otherwise: Symbol) -> Symbol | None:
    """Return what a condition that is settled chooses, or what it chooses in any case; None where it depends."""
    if condition.operation == "number":
        return then if condition.arguments[0] else otherwise
    return then if then.operation == otherwise.operation == "number" and then.arguments == otherwise.arguments else None


def _of_two(operation: str, first: Symbol, last: Symbol) -> Symbol | None:
    """Return what is left where one of two terms is idle; None where both count."""
    if operation in "+-" and is_nothing(last):
        return first
    if operation in "+-" and is_nothing(first):
        return last if operation == "+" else Symbol("-", (last,))
    if operation in "*/" and (is_nothing(first) or (operation == "*" and is_nothing(last))):
        return _number(0.0)
    if operation in "*/" and _is(last, 1.0):
        return first
    return last if operation == "*" and _is(first, 1.0) else None


def _number(value: float) -> Symbol:
    return Symbol("number", (float(value),))


def _is(symbol: Symbol, value: float) -> bool:
    return symbol.operation == "number" and bool(symbol.arguments[0] == value)
