"""Figures as a county analyst writes them: $1,234,567, parentheses for negatives, -- for nil.

Rounded as spreadsheets round (15 significant digits, then half away from zero), so that the screen and the workbook show
the same figure: 0.95 positions are 1.0 in both.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NIL = "--"
HALF_A_CENT = 0.005  # dollars: what adding in another order may leave, and less than what is shown


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


def is_money(unit: str) -> bool:
    """Whether a unit is money: dollars, or dollars for each of something.

    >>> is_money("dollars a month"), is_money("participants")
    (True, False)
    """
    return unit.startswith("dollars")


def figure(amount: float, unit: str) -> str:
    """Return an amount in the form of its unit."""
    return dollars(amount) if is_money(unit) else count(amount)


def worded(value: float | date, unit: str) -> str:
    """Return a value in its unit as a reader sees it: a month, a percentage, whole dollars or a number.

    >>> worded(date(2019, 9, 1), "month"), worded(0.035, "share a year"), worded(1234.0, "dollars"), worded(8.5, "referrals a month")
    ('Sep 2019', '3.5%', '$1,234', '8.5')
    >>> worded(16.5, "dollars a unit")
    '$16.50'
    """
    if isinstance(value, date):
        return f"{value:%b %Y}"
    if unit.startswith("share"):
        return f"{100 * value:.4g}%"
    if is_money(unit):
        return dollars(value) if value == int(value) else f"${value:,.2f}"
    return f"{value:,g}"


def in_unit(value: float | date, unit: str) -> str:
    """Return a value with its unit, where the form does not already say it.

    >>> in_unit(0.035, "share a year"), in_unit(1234.0, "dollars a month"), in_unit(8.5, "referrals a month")
    ('3.5%', '$1,234', '8.5 referrals a month')
    """
    text = worded(value, unit)
    return text if isinstance(value, date) or unit.startswith(("share", "dollars")) else f"{text} {unit}"


_COMPOUNDS = {"Pre booking": "Pre-booking", "One time": "One-time", "Start up": "Start-up", "edi cal": "edi-Cal"}


def spoken(field: str) -> str:
    """Return the name of a field as a heading.

    >>> spoken("one_time_amount"), spoken("match.in_kind_pledged")
    ('One-time amount', 'Match in kind pledged')
    """
    words = field.replace("_", " ").replace(".", " ").capitalize()
    for apart, together in _COMPOUNDS.items():
        words = words.replace(apart, together)
    return words


def _signed(amount: float, sign: str, digits: int) -> str:
    rounded = Decimal(f"{abs(amount):.15g}").quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    if not rounded:
        return NIL
    text = f"{sign}{rounded:,}"
    return f"({text})" if amount < 0 else text
