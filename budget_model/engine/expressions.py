"""What a traced line (trace.py) comes to in numbers: its expression followed with arrays, part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from budget_model.engine.arrays import Array
from budget_model.engine.vocabulary import CONSTANTS, INFIX, Symbol

_SIGNS: Mapping[str, Callable[..., Any]] = {sign: function for function, sign in INFIX.items()}
_CALLED: Mapping[str, Callable[..., Any]] = {
    "if": np.where,
    "minimum": np.minimum,
    "maximum": np.maximum,
    "absolute": np.absolute,
    "round": lambda value, digits: np.round(value, int(digits)),
    "round up": lambda value, _: np.ceil(value),
}


def worth(symbol: Symbol, read: Callable[[str], Any]) -> Any:
    """Return the value of an expression, from what `read` says of each row: numbers, or arrays that fit each other."""
    operation, arguments = symbol.operation, symbol.arguments
    if operation == "name":
        return read(arguments[0])
    if operation in ("number", "constant"):
        return CONSTANTS[arguments[0]] if operation == "constant" else arguments[0]
    return applied(operation, [worth(argument, read) for argument in arguments])


def applied(operation: str, values: list[Any]) -> Any:
    """Return what an operation of an expression comes to for the values of its arguments; what is divided by 0 is not chosen later."""
    if operation == "-" and len(values) == 1:
        return -values[0]
    if operation == "/":
        divisor: Array = np.asarray(values[1], float)
        return values[0] / np.where(divisor == 0, 1.0, divisor)
    return (_SIGNS.get(operation) or _CALLED[operation])(*values)
