"""Rounding as a named rule: for forms that ask for it, from the cent to a thousand dollars in one of four modes; and in steps.

Amounts are first taken to 15 significant digits, as spreadsheets do, so that 3,442.50 that a computer holds as
3,442.4999999 rounds as the 3,442.50 it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal

from budget_model.engine.vocabulary import COUNT_DIGITS
from budget_model.scenario.schema import Rounding

WHOLE_DOLLARS = "Each amount is rounded to the dollar by itself, so what is shown may differ from the total shown by a dollar or two."
CELL_DIGITS, SUM_DIGITS = 6, 4  # of exact amounts: beyond them stands what adding in another order leaves, which may turn half a dollar
_MODES = {"half away from zero": ROUND_HALF_UP, "half to even": ROUND_HALF_EVEN, "up": ROUND_UP, "down": ROUND_DOWN}
_UNITS = {"cent": Decimal("0.01"), "dollar": Decimal(1), "hundred dollars": Decimal(100), "thousand dollars": Decimal(1000)}


def rounded(amount: float, rule: Rounding) -> Decimal:
    """Return an amount in dollars under a rule; under `none` as it is, to 15 significant digits.

    >>> rounded(3442.5, Rounding(to="dollar", mode="half to even")), rounded(21209.76, Rounding(to="dollar", mode="down"))
    (Decimal('3442'), Decimal('21209'))
    >>> rounded(1234500, Rounding(to="thousand dollars", mode="half to even")), rounded(0.005, Rounding(to="cent"))
    (Decimal('1234000'), Decimal('0.01'))
    """
    exact = Decimal(f"{amount:.15g}")
    unit = _UNITS.get(rule.to)
    return exact if unit is None else (exact / unit).quantize(Decimal(1), _MODES[rule.mode]) * unit


def summed(amounts: Iterable[float], rule: Rounding) -> Decimal:
    """Return a total under a rule: of rounded lines, or rounded itself where only totals are.

    >>> summed([0.5, 0.5], Rounding(to="dollar")), summed([0.5, 0.5], Rounding(to="dollar", applies_to="totals only"))
    (Decimal('2'), Decimal('1'))
    """
    listed = tuple(amounts)
    if rule.applies_to == "each line":
        return sum((rounded(amount, rule) for amount in listed), Decimal(0))
    return rounded(sum(listed), rule)


def missing_to_total(amounts: Sequence[float], rule: Rounding) -> Decimal:
    """Return what amounts, each rounded by itself, lack to their rounded total, in dollars; below zero what they have too much."""
    return rounded(round(sum(amounts), SUM_DIGITS), rule) - sum((rounded(amount, rule) for amount in amounts), Decimal(0))


def closed(amounts: Sequence[float], rule: Rounding, missing: Decimal | None = None) -> list[Decimal]:
    """Return amounts under a rule that rounds each, so that they come to their rounded total, or to `missing` dollars more than rounded.

    What is missing is taken a unit of the rule each by those that rounding by itself moved farthest the other way; of equal ones by
    the largest, then the first.

    >>> [int(amount) for amount in closed([1000.5, 2000.5, 75000.0], Rounding(to="dollar"))]
    [1001, 2000, 75000]
    """
    alone = [rounded(amount, rule) for amount in amounts]
    steps = int((missing_to_total(amounts, rule) if missing is None else missing) / _UNITS[rule.to])
    step = _UNITS[rule.to] if steps > 0 else -_UNITS[rule.to]
    left = [round(amount - float(one), CELL_DIGITS) for amount, one in zip(amounts, alone, strict=True)]
    order = sorted(range(len(amounts)), key=lambda at: (-left[at] if steps > 0 else left[at], -amounts[at], at))
    for at in order[: abs(steps)]:
        alone[at] += step
    return alone


def in_words(rule: Rounding) -> str:
    """Return the rule as a form's footnote says it.

    >>> in_words(Rounding()), in_words(Rounding(to="dollar", mode="down"))
    ('not rounded', 'rounded to the dollar, down, each line')
    """
    return "not rounded" if rule.to == "none" else f"rounded to the {rule.to}, {rule.mode}, {rule.applies_to}"


def stepped(amount: float, step: float) -> Decimal:
    """Return an amount in whole steps, half a step away from zero; what a computer leaves beyond so many digits counts as nothing.

    >>> stepped(2_500, 1000), stepped(-2_500, 1000), stepped(0.25, 0.1), stepped(499.9999999999, 1000)
    (Decimal('3000'), Decimal('-3000'), Decimal('0.3'), Decimal('1000'))
    """
    size = Decimal(f"{step:.15g}")
    return round(Decimal(f"{amount:.15g}") / size, COUNT_DIGITS).quantize(Decimal(1), ROUND_HALF_UP) * size
