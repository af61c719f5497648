"""Print a traced line (trace.py) as instructions of a machine: the third reading of a line, beside NumPy and the workbook."""

from __future__ import annotations

from collections.abc import Callable

from budget_model.engine.vocabulary import (
    COUNT_DIGITS,
    COUNT_DIGITS_NAME,
    FUNCTIONS,
    INFIX,
    SMALLEST_AMOUNT,
    SMALLEST_AMOUNT_NAME,
    Symbol,
)
from budget_model.errors import LineError
from budget_model.simulation.machine_text import ARITHMETIC, COMPARED, Text

_CONSTANTS = {COUNT_DIGITS_NAME: float(COUNT_DIGITS), SMALLEST_AMOUNT_NAME: SMALLEST_AMOUNT}
_CHOSEN = {"minimum": "<", "maximum": ">"}
_CALLED = {"absolute": "absolute", "round up": "whole above"}
_SAID = {*ARITHMETIC, *COMPARED, *_CHOSEN, *_CALLED, "if", "round"}

if unsaid := (FUNCTIONS | set(INFIX.values())) - _SAID:
    raise LineError(f"No machine instruction says {', '.join(sorted(unsaid))}.")


class Words:
    """Writes expressions; `value` gives the vector of a row by the name that the line knows it by."""

    def __init__(self, text: Text, value: Callable[[str], str]) -> None:
        self._text, self._value = text, value
        self._known: dict[int, tuple[Symbol, str]] = {}  # what a line says twice is calculated once

    def number(self, symbol: Symbol) -> str:
        """Return the vector that an expression comes to."""
        if id(symbol) not in self._known:
            self._known[id(symbol)] = symbol, self._number(symbol)
        return self._known[id(symbol)][1]

    def _number(self, symbol: Symbol) -> str:
        text, operation, arguments = self._text, symbol.operation, symbol.arguments
        if operation == "name":
            found = self._value(arguments[0])
        elif operation in ("number", "constant"):
            found = text.constant(arguments[0] if operation == "number" else _CONSTANTS[arguments[0]])
        elif operation == "if":
            found = text.choose(self._condition(arguments[0]), self.number(arguments[1]), self.number(arguments[2]))
        elif operation in COMPARED:
            found = text.as_number(self._condition(symbol))
        elif operation == "round":  # as np.round does it
            scale = text.constant(10.0**COUNT_DIGITS)
            found = text.arithmetic("/", text.called("nearest whole", text.arithmetic("*", self.number(arguments[0]), scale)), scale)
        elif operation in _CALLED:
            found = text.called(_CALLED[operation], self.number(arguments[0]))
        elif operation in _CHOSEN:
            one, other = map(self.number, arguments)
            found = text.choose(text.compare(_CHOSEN[operation], one, other), one, other)
        elif len(arguments) == 1:
            found = text.negative(self.number(arguments[0]))
        else:
            found = text.arithmetic(operation, *map(self.number, arguments))
        return found

    def _condition(self, symbol: Symbol) -> str:
        if symbol.operation in COMPARED:
            return self._text.compare(symbol.operation, *map(self.number, symbol.arguments))
        return self._text.compare("<>", self.number(symbol), self._text.constant(0.0))
