"""Whether a line of months says the same of a year: whether its formula holds with the sums of the year in place of the months.

It does where the formula adds up what is summed over the year, at most times or divided by what is the same in all of its
months; and where of several cases the same one holds in each month. Elsewhere a year's figure is the sum of its months.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np

from budget_model.engine.arrays import Array
from budget_model.engine.expressions import applied, worth
from budget_model.engine.vocabulary import Symbol

Nature = Literal["constant", "sum", ""]  # the same in all months; a sum of them; neither


class Monthly(NamedTuple):
    """What stands in a formula in the months of a year: their values, and what a year makes of them."""

    values: Array
    nature: Nature


def holds(symbol: Symbol, read: Callable[[str], Monthly]) -> bool:
    """Whether an expression is the sum of what it says of each month, for the rows that `read` gives."""
    return followed(symbol, read).nature == "sum"


def followed(symbol: Symbol, read: Callable[[str], Monthly]) -> Monthly:
    """Return an expression's values by month, and what a year makes of them."""
    operation, arguments = symbol.operation, symbol.arguments
    if operation == "name":
        return read(arguments[0])
    if not arguments or operation in ("number", "constant"):
        return Monthly(np.asarray(worth(symbol, lambda _: 0.0), float), "constant")
    parts = [followed(argument, read) for argument in arguments]
    values = np.asarray(applied(operation, [part.values for part in parts]), float)
    if all(part.nature == "constant" for part in parts):
        return Monthly(values, "constant")
    nature = _NATURES.get(operation)
    return Monthly(values, nature(values, parts) if nature else "")


def _sum(_: Array, parts: list[Monthly]) -> Nature:
    return "sum" if all(part.nature == "sum" or not part.values.any() for part in parts) else ""


def _product(_: Array, parts: list[Monthly]) -> Nature:
    return "sum" if sorted(part.nature for part in parts) == ["constant", "sum"] else ""


def _quotient(_: Array, parts: list[Monthly]) -> Nature:
    return parts[0].nature if parts[1].nature == "constant" else ""


def _chosen(values: Array, parts: list[Monthly]) -> Nature:
    """Return the nature of the one case that holds in every month."""
    cases = parts[-2:]
    return next((case.nature for case in cases if case.nature and np.array_equal(np.broadcast_to(case.values, values.shape), values)), "")


def _size(values: Array, parts: list[Monthly]) -> Nature:
    return parts[0].nature if np.array_equal(values, parts[0].values) else ""


_NATURES: dict[str, Callable[[Array, list[Monthly]], Nature]] = {
    "+": _sum,
    "-": _sum,
    "*": _product,
    "/": _quotient,
    "if": _chosen,
    "minimum": _chosen,
    "maximum": _chosen,
    "absolute": _size,
}
