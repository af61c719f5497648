"""Figures and formulas in words: as a reader says them, and as a spreadsheet calculates them."""

from __future__ import annotations

from collections.abc import Iterable

from budget_model.analysis.why.parts import Part, Piece
from budget_model.formats import dollars, is_money, worded, written
from budget_model.scenario.assumption import MONTH_UNIT
from budget_model.timeline import from_serial

_DATES = (MONTH_UNIT, "date")
_SIGNS = {"*": "\u00d7", "/": "\u00f7", "-": "\u2212", "<=": "\u2264", ">=": "\u2265", "<>": "\u2260"}
_INFIX = ("+", "-", "*", "/", "=", "<", ">", "<=", ">=", "<>")
_OPENED = {
    "MIN(": "the smaller of (",
    "MAX(": "the larger of (",
    "ABS(": "the size of (",
    "IF(": "(if ",
    "ROUND(": "(",
    "CEILING(": "rounded up (",
}
# What stands at the commas of a function, one after the other; the digits to which is rounded are not said.
_BETWEEN = {"IF(": (" then ", ", otherwise "), "MIN(": (" and ",), "MAX(": (" and ",), "ROUND(": ("",), "CEILING(": ("",)}
_SMALL = 1_000  # dollars below which cents are shown


def amount(value: float, unit: str) -> str:
    """Return a value in its unit as it stands in a formula: whole dollars, cents below a thousand, six digits of anything else.

    >>> amount(64244086.4, "dollars"), amount(0.5, "dollars"), amount(-1234.0, "dollars"), amount(0.0, "dollars")
    ('$64,244,086', '$0.50', '($1,234)', '0')
    >>> amount(0.225, "share"), amount(12.3456789, "participants"), amount(43831.0, "month"), amount(0.0, "date")
    ('22.5%', '12.3457', 'Jan 2020', 'no month')
    """
    if unit in _DATES:
        return f"{from_serial(value):%b %Y}" if value else "no month"
    if not value:
        return "0"
    if is_money(unit):
        shown = dollars(value) if abs(value) >= _SMALL or value == int(value) else f"${abs(value):,.2f}"
        return f"({shown})" if value < 0 and not shown.startswith("(") else shown
    short = float(f"{value:.6g}")
    return worded(short, unit) if unit.startswith("share") else written(short)


def in_names(formula: Iterable[Piece]) -> str:
    """Return a formula with the names of its parts."""
    return _said(piece if isinstance(piece, str) else Part(piece.label, 0.0, "") for piece in formula)


def in_values(formula: Iterable[Piece]) -> str:
    """Return a formula with the values of its parts, as a reader sees them."""
    return _said(piece if isinstance(piece, str) else Part(amount(piece.value, piece.unit), 0.0, "") for piece in formula)


def for_a_spreadsheet(formula: Iterable[Piece]) -> str:
    """Return a formula with the values of its parts to the last digit, as a spreadsheet calculates it: `=64244086.4-1200000`."""
    return "=" + "".join(piece if isinstance(piece, str) else _digits(piece.value) for piece in formula)


def _digits(value: float) -> str:
    return repr(value + 0.0) if value >= 0 else f"({value!r})"


def _said(formula: Iterable[Piece]) -> str:
    """Return a formula in words: a space around each sign, cases with if and otherwise, what is rounded without its digits."""
    text: list[str] = []
    opened: list[list[str]] = [[""]]  # the brackets around, each with the words that come at its commas
    before: Piece = "("
    for piece in formula:
        if isinstance(piece, Part):
            text.append(piece.label)
        elif piece.endswith("("):
            opened.append([piece, *_BETWEEN.get(piece, ())])
            text.append(_OPENED.get(piece, piece))
        elif piece == ")":
            opened.pop()
            text.append(piece)
        elif piece == ",":
            bracket = opened[-1]
            text.append(bracket.pop(1) if len(bracket) > 2 else bracket[-1] if len(bracket) > 1 else ", ")
        elif piece in _INFIX:
            leads = isinstance(before, str) and (before.endswith("(") or before in (*_INFIX, ","))
            sign = _SIGNS.get(piece, piece)
            text.append(sign if leads else f" {sign} ")
        elif not opened[-1][0].startswith("ROUND") or before != ",":
            text.append(piece)
        before = piece
    return "".join(text)
