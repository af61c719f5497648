"""Print a traced line (trace.py) as the text of an Excel formula. The only module that knows Excel's grammar.

A formula is printed once for each line, as pieces with the names of the rows between them; each cell then fills in its
references. Excel's order of operations, strongest first: unary minus, * and /, + and -, comparisons; all left to right.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from budget_model.engine.rows import Line
from budget_model.engine.simplify import simplified
from budget_model.engine.trace import traced
from budget_model.engine.vocabulary import FUNCTIONS, INFIX, Symbol
from budget_model.errors import LineError

Piece = str | Symbol  # text, or the symbol of a row whose reference goes there
_STRENGTH = {"=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, "+": 3, "-": 3, "*": 4, "/": 4}
_FUNCTIONS = {"minimum": "MIN", "maximum": "MAX", "absolute": "ABS", "if": "IF", "round": "ROUND", "round up": "CEILING"}
_ATOM = 9
_NEGATIVE = 3  # a leading minus is bracketed wherever a sum would be

if unsaid := (FUNCTIONS | set(INFIX.values())) - (_FUNCTIONS.keys() | _STRENGTH.keys()):
    raise LineError(f"No Excel formula says {', '.join(sorted(unsaid))}.")


@cache
def pieces(line: Line, settled: frozenset[tuple[str, float]] = frozenset()) -> tuple[Piece, ...]:
    """Return a line's formula as pieces of text and row names, without the rows it reads that are `settled`, each with its number.

    Raises LineError for what no formula can say.
    """
    return tuple(_printed(simplified(traced(line), dict(settled)), 0))


def filled(template: tuple[Piece, ...], reference: Callable[[str], str]) -> str:
    """Return the formula, without its sign, with every row name replaced by its reference."""
    return "".join(piece if isinstance(piece, str) else reference(piece.arguments[0]) for piece in template)


def in_words(line: Line) -> str:
    """Return a line's formula with row names for references, as a reader would say it."""
    return filled(pieces(line), lambda row: row)


def _printed(symbol: Symbol, needed: int) -> list[Piece]:
    """Return the pieces of a symbol, in brackets where it binds more weakly than its surroundings need."""
    found, strength = _pieces(symbol)
    return ["(", *found, ")"] if strength < needed else found


def _pieces(symbol: Symbol) -> tuple[list[Piece], int]:
    operation, arguments = symbol.operation, symbol.arguments
    if operation == "name":
        return [symbol], _ATOM
    if operation == "constant":
        return [arguments[0]], _ATOM
    if operation == "number":
        return [f"{arguments[0]:.15g}"], _ATOM if arguments[0] >= 0 else _NEGATIVE
    if operation == "-" and len(arguments) == 1:
        return ["-", *_printed(arguments[0], _ATOM)], _NEGATIVE
    if operation in _STRENGTH:
        strength = _STRENGTH[operation]
        left, right = arguments
        return [*_printed(left, strength), operation, *_printed(right, strength + 1)], strength
    inner: list[Piece] = []
    for index, argument in enumerate(arguments):
        inner += [","] * bool(index) + _printed(argument, 0)
    return [f"{_FUNCTIONS[operation]}(", *inner, ")"], _ATOM
