"""Figures as a county analyst writes them: $1,234,567, parentheses for negatives, -- for nil.

Rounded as spreadsheets round (15 significant digits, then half away from zero), so that the screen and the workbook show
the same figure: 0.95 positions are 1.0 in both.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

NIL = "--"


def dollars(amount: float) -> str:
    """Return an amount in whole dollars.

    >>> dollars(1234567.4), dollars(-1234.6), dollars(0.2)
    ('$1,234,567', '($1,235)', '--')
    """
    return _signed(amount, "$", 0)


def count(amount: float, digits: int = 1) -> str:
    """Return a number of people, positions or sites.

    >>> count(1234.56), count(-3), count(0), count(0.95)
    ('1,234.6', '(3.0)', '--', '1.0')
    """
    return _signed(amount, "", digits)


def change(amount: float, unit: str) -> str:
    """Return a difference with its sign in words a reader cannot miss.

    >>> change(1200, "dollars"), change(-1200, "dollars"), change(0.0, "positions")
    ('+$1,200', '($1,200)', 'no change')
    """
    shown = figure(amount, unit)
    return "no change" if shown == NIL else f"+{shown}" if amount > 0 else shown


def figure(amount: float, unit: str) -> str:
    """Return an amount in the form of its unit."""
    return dollars(amount) if unit.startswith("dollars") else count(amount)


def _signed(amount: float, sign: str, digits: int) -> str:
    rounded = Decimal(f"{abs(amount):.15g}").quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    if not rounded:
        return NIL
    text = f"{sign}{rounded:,}"
    return f"({text})" if amount < 0 else text
