"""Figures as a county analyst writes them: $1,234,567, parentheses for negatives, -- for nil."""

from __future__ import annotations

NIL = "--"


def dollars(amount: float) -> str:
    """Return an amount in whole dollars.

    >>> dollars(1234567.4), dollars(-1234.6), dollars(0.2)
    ('$1,234,567', '($1,235)', '--')
    """
    return _signed(amount, "$", 0)


def count(amount: float, digits: int = 1) -> str:
    """Return a number of people, positions or sites.

    >>> count(1234.56), count(-3), count(0)
    ('1,234.6', '(3.0)', '--')
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
    text = f"{sign}{abs(amount):,.{digits}f}"
    if round(abs(amount), digits) == 0:
        return NIL
    return f"({text})" if amount < 0 else text
