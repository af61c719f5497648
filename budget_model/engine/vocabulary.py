"""The closed list of words a budget line may be written in, each with its meaning in numbers, in a workbook and in machine code.

A line is an ordinary function over NumPy arithmetic. Called with arrays it gives numbers. Called with `Symbol`s it
gives an expression (trace.py), which excel.py prints as a formula and simulation/words.py as machine instructions. What is
not in this module is refused with a sentence that says what to write instead, so that a formula is never silently frozen
into a number.

To add a word: write its meaning for arrays and for symbols side by side here; where it needs a function that no word
needed before, name it in `FUNCTIONS`, say in excel.py what it is called there, and in plain.py and simulation/words.py how it
is calculated: each refuses to be imported, or its test fails, until it is said. The agreement test in
`tests/engine/test_vocabulary.py` covers the word as soon as it stands in `WORDS`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from budget_model.errors import LineError

# Digits kept before a head count is rounded up: 110 x 1.1 is 121.00000000000001 to a computer and 121 to a budget.
COUNT_DIGITS = 6
COUNT_DIGITS_NAME = "count_digits"
# Dollars or participants below which a remainder is what adding in another order leaves, and counts as nothing.
SMALLEST_AMOUNT = 0.001
SMALLEST_AMOUNT_NAME = "smallest_amount"
# What a constant of a traced line is, by its name.
CONSTANTS = {COUNT_DIGITS_NAME: COUNT_DIGITS, SMALLEST_AMOUNT_NAME: SMALLEST_AMOUNT}

INFIX = {
    np.add: "+",
    np.subtract: "-",
    np.multiply: "*",
    np.true_divide: "/",
    np.less: "<",
    np.less_equal: "<=",
    np.greater: ">",
    np.greater_equal: ">=",
    np.equal: "=",
    np.not_equal: "<>",
}
_CALLED = {np.minimum: "minimum", np.maximum: "maximum", np.absolute: "absolute"}
FUNCTIONS = frozenset((*_CALLED.values(), "if", "round", "round up"))
_INSTEAD = {
    np.where: "when(condition, then, otherwise)",
    np.round: "round_up for head counts",
    np.ceil: "round_up",
    np.floor: "round_up",
    np.sum: "a @total row",
    np.cumsum: "a @carry row",
    np.power: "a @carry row that grows month by month",
}


class Symbol(NDArrayOperatorsMixin):
    """A value known only by name: arithmetic on it builds an expression.

    `operation` is 'name' (of a row), 'constant' (a defined name), 'number', an infix sign, '-' with one argument, or a
    function of `FUNCTIONS`.
    """

    __array_priority__ = 1000
    __hash__ = object.__hash__

    def __init__(self, operation: str, arguments: tuple[Any, ...]) -> None:
        self.operation = operation
        self.arguments = arguments

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **keywords: Any) -> Symbol:
        """Build the expression for an allowed NumPy operation (NEP 13)."""
        if method != "__call__" or keywords:
            raise LineError(f"A line may not use numpy.{ufunc.__name__} with {method} or keywords.")
        if ufunc is np.negative:
            return Symbol("-", (as_symbol(inputs[0]),))
        if ufunc is np.true_divide and isinstance(inputs[1], Symbol):
            raise LineError("A line may not divide by another line: write ratio(a, b), which is 0 where b is 0.")
        word = INFIX.get(ufunc) or _CALLED.get(ufunc)
        if word is None:
            raise _refusal(ufunc)
        return Symbol(word, tuple(as_symbol(value) for value in inputs))

    def __array_function__(self, function: Callable[..., Any], *_: Any) -> Symbol:
        """Refuse every other NumPy function (NEP 18)."""
        raise _refusal(function)

    def _refuse_value(self, *_: Any, **__: Any) -> Any:
        raise LineError(
            "A line may not ask for the value of what it reads (if, and, or, not, min, max, float, round, array): "
            "write when(...), np.minimum or np.maximum."
        )

    __bool__ = __float__ = __int__ = __index__ = __round__ = __iter__ = __array__ = _refuse_value


def _refusal(function: Any) -> LineError:
    instead = _INSTEAD.get(function)
    advice = f": write {instead}." if instead else "; the words a line may use stand in budget_model/engine/vocabulary.py."
    return LineError(f"A line may not use numpy.{function.__name__}{advice}")


def as_symbol(value: Any) -> Symbol:
    """Return a symbol as it is and a plain finite number as a symbol; refuse anything else."""
    if isinstance(value, Symbol):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise LineError(f"A line may hold plain numbers, not {type(value).__name__}: declare it as an assumption.")
    if not math.isfinite(value):
        raise LineError("A line may not hold nan or infinity.")
    return Symbol("number", (float(value),))


def name(text: str) -> Symbol:
    """Return the symbol of a row or an assumption."""
    return Symbol("name", (text,))


def _traced(*values: Any) -> bool:
    return Symbol in map(type, values)


def when(condition: Any, then: Any, otherwise: Any) -> Any:
    """Choose by a condition, value by value: IF(condition, then, otherwise)."""
    if _traced(condition, then, otherwise):
        return Symbol("if", (as_symbol(condition), as_symbol(then), as_symbol(otherwise)))
    return np.where(condition, then, otherwise)


def ratio(dividend: Any, divisor: Any) -> Any:
    """Divide, giving 0 where the divisor is 0: IF(b=0,0,a/b)."""
    if _traced(dividend, divisor):
        a, b = as_symbol(dividend), as_symbol(divisor)
        return when(b == 0, 0, Symbol("/", (a, b)))
    dividend, divisor = np.asarray(dividend, float), np.asarray(divisor, float)
    divisible = divisor != 0
    return np.where(divisible, dividend / np.where(divisible, divisor, 1.0), 0.0)


def round_up(count: Any) -> Any:
    """Round a head count (never negative) up to whole people: CEILING(ROUND(x,6),1). LibreOffice's ROUNDUP is coarse beyond a trillion."""
    if _traced(count):
        return Symbol("round up", (without_residue(count), as_symbol(1)))
    return np.ceil(without_residue(count))


def without_residue(amount: Any) -> Any:
    """Return an amount without what a computer leaves beyond its sixth decimal: ROUND(x,6)."""
    if _traced(amount):
        return Symbol("round", (as_symbol(amount), Symbol("constant", (COUNT_DIGITS_NAME,))))
    return np.round(amount, COUNT_DIGITS)


def nothing_below_tolerance(amount: Any) -> Any:
    """Return what is left over (dollars or people), 0 where it is negative or below 0.001: IF(x<smallest_amount,0,x)."""
    if _traced(amount):
        return when(as_symbol(amount) < Symbol("constant", (SMALLEST_AMOUNT_NAME,)), 0, amount)
    return np.where(amount < SMALLEST_AMOUNT, 0.0, amount)


def nothing_within_tolerance(amount: Any) -> Any:
    """Return a difference (dollars or people), above or below zero, 0 where it is within 0.001: IF(ABS(x)<smallest_amount,0,x)."""
    if _traced(amount):
        return when(np.absolute(as_symbol(amount)) < Symbol("constant", (SMALLEST_AMOUNT_NAME,)), 0, amount)
    return np.where(np.absolute(amount) < SMALLEST_AMOUNT, 0.0, amount)


WORDS = (when, ratio, round_up, without_residue, nothing_below_tolerance, nothing_within_tolerance)
