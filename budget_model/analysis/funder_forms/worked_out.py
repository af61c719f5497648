"""A cost as it is worked out on a form: products that multiply out, what raises or lowers their sum, and what it comes to."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from budget_model.engine.arrays import Array
from budget_model.formats import HALF_A_CENT, counted, singular, written
from budget_model.projection import Projection
from budget_model.scenario.assumption import NumberAssumption
from budget_model.timeline import month_label

_NOTED_PRODUCT = re.compile(r"\d[^;]*? [x\u00d7*] ")


class Says(StrEnum):
    """What of a part's amount its words leave to say."""

    RESULT = "what a product comes to"
    CHANGE = "by how much it raises or lowers the parts before it"
    NOTHING = "they are the amount"


@dataclass(frozen=True)
class Part:
    """A product as a person writes it, an amount, or what raises or lowers those before it: what it comes to in dollars."""

    words: str
    amount: float
    says: Says = Says.RESULT

    def __str__(self) -> str:
        said = {Says.RESULT: f" = {money(self.amount)}", Says.CHANGE: f" {'+' if self.amount > 0 else ''}{money(self.amount)}"}
        return f"{self.words}{said.get(self.says, '')}"


@dataclass(frozen=True)
class WorkedOut:
    """How a cost is worked out over all months: its parts, which add up to it, and what else is to be said of it."""

    parts: tuple[Part, ...] = ()
    note: str = ""

    @property
    def cost(self) -> float:
        """What the parts come to, in dollars."""
        return sum(part.amount for part in self.parts)

    @property
    def words(self) -> str:
        """The parts, what they come to as printed where they are several, and the note.

        >>> WorkedOut((Part("45 rides x $20 a ride", 900),)).words
        '45 rides x $20 a ride = $900'
        >>> worked_out(Part("$100 a month x 12 months", 1200), amount("$50 once", 50), change("growth of prices", 12.5)).words
        '$100 a month x 12 months = $1,200; $50 once; growth of prices +$12.50; $1,262.50 in all'
        """
        told = [str(part) for part in self.parts]
        in_all = [f"{money(sum(round(part.amount, 2) for part in self.parts))} in all"] if len(told) > 1 else []
        return "; ".join([*told, *in_all, *([self.note] if self.note else [])])


def amount(words: str, dollars: float) -> Part:
    """Return a part whose words are its amount."""
    return Part(words, dollars, Says.NOTHING)


def change(words: str, dollars: float) -> Part:
    """Return what raises or lowers the parts before it."""
    return Part(words, dollars, Says.CHANGE)


def beyond(words: str, cost: float, parts: Iterable[Part]) -> Part:
    """Return what a cost is above parts that lead to it, and in words why; below zero where it is less."""
    return change(words, cost - sum(part.amount for part in parts))


def worked_out(*parts: Part, note: str = "") -> WorkedOut:
    """Return how a cost is worked out, without parts that come to nothing."""
    return WorkedOut(tuple(part for part in parts if abs(part.amount) >= HALF_A_CENT), note)


def sum_of(projection: Projection, row: str, *index: int) -> float:
    """Return a monthly row of the model for one of its items, over all months."""
    return float(projection.monthly(row)[index].sum())


def price(dollars: float) -> str:
    """Return dollars with all digits, cents with two.

    >>> price(0.365), price(6896.5), price(-20)
    ('$0.365', '$6,896.50', '-$20')
    """
    text = written(abs(dollars))
    return f"{'-' if dollars < 0 else ''}${text}{'0' * (text[-2:-1] == '.')}"


def money(dollars: float) -> str:
    """Return dollars to the cent, whole dollars without cents.

    >>> money(900.0), money(766.5), money(-12.344)
    ('$900', '$766.50', '-$12.34')
    """
    text = f"{abs(dollars):,.2f}".removesuffix(".00")
    return f"{'-' if dollars < 0 else ''}${text}"


def percent(rate: float) -> str:
    """Return a rate in percent.

    >>> percent(0.0765)
    '7.65%'
    """
    return f"{written(round(rate * 100, 6))}%"


def quantity(number: float, each: float) -> float:
    """Return a number with as many digits as its product with an amount needs to come out to the cent.

    >>> quantity(3912.3847561, 70.0), quantity(22.0, 5000.0)
    (3912.38476, 22.0)
    """
    return round(number, math.ceil(math.log10(max(1.0, abs(each) / HALF_A_CENT))))


def numbered(number: float, units: str) -> str:
    """Return a number with its unit.

    >>> numbered(1.0, "positions"), numbered(0.5, "positions")
    ('1 position', '0.5 positions')
    """
    return f"{written(number)} {singular(units) if number == 1 else units}"


def years_or_months(projection: Projection, amounts: Array) -> tuple[str, str]:
    """Return how often a yearly amount is paid in the months that have any amount, as a divisor and a multiplier.

    Whole years are years, else months of which each is a twelfth: ("", "3 years (...)") or (" / 12", "22 months (...)").
    """
    count = int(np.count_nonzero(amounts))
    if count % 12:
        return " / 12", months(projection, amounts)
    return "", f"{counted(count // 12, 'year')} ({span(projection, amounts)})"


def months(projection: Projection, amounts: Array) -> str:
    """Return how many months have any amount, with the first and the last."""
    count = int(np.count_nonzero(amounts))
    return f"{counted(count, 'month')} ({span(projection, amounts)})" if count else "no month"


def span(projection: Projection, amounts: Array) -> str:
    """Return the first and last month of any amount, at least one: 2019-07 to 2020-06."""
    at = np.flatnonzero(amounts)
    first, last = (month_label(projection.timeline.months[place]) for place in (at[0], at[-1]))
    return first if first == last else f"{first} to {last}"


def noted(number: NumberAssumption) -> str:
    """Return the product that the scenario notes beside a single amount: how it was worked out before it was typed."""
    return f" ({number.note.rstrip('.')})" if number.origin != "default" and _NOTED_PRODUCT.search(number.note) else ""
