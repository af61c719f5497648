"""A check that is missed, with what is known of it where a sentence is made of it."""

from __future__ import annotations

from dataclasses import dataclass

from budget_model.engine.rows import Line
from budget_model.formats import NIL, dollars, in_unit, is_money, with_cents
from budget_model.projection import Projection
from budget_model.scenario.schema import Item

Index = tuple[int, ...]


def said(amount: float, unit: str) -> str:
    """Return an amount with its unit, in whole dollars or to one decimal; below a dollar in cents.

    >>> said(14500.4, "dollars"), said(0.25, "dollars"), said(1.0, "days"), said(11.04, "places"), said(0.03, "share of salary")
    ('$14,500', '$0.25', '1 day', '11 places', '3%')
    """
    if is_money(unit):
        return dollars(amount) if abs(amount) >= 1 else with_cents(amount)
    return in_unit(amount if unit.startswith("share") else round(amount, 1), unit)


@dataclass(frozen=True)
class Missed:
    """An item that misses a check."""

    projection: Projection
    row: Line
    index: Index
    item: Item | None

    @property
    def amount(self) -> str:
        """By how much it is missed, in words."""
        return said(self.missed_by, self.row.unit)

    @property
    def missed_by(self) -> float:
        """By how much it is missed, in the row's unit."""
        return float(self.projection.missed(self.row)[self.index])

    def money(self, amount: float) -> str:
        """Return dollars beside the amount by which it is missed: where that is less than a dollar, to the cent; $0 for nothing."""
        if self.missed_by < 1:
            return with_cents(amount)
        shown = dollars(amount)
        return "$0" if shown == NIL else shown

    def given(self, name: str) -> float:
        """Return an assumption of the item, or one of the whole program."""
        values = self.projection.monthly(name)
        return float(values[self.index] if values.ndim else values)

    def month(self, name: str) -> str:
        """Return a month of the item in words, such as 'September 2018'; '' where there is none."""
        month = self.projection.month_of(name, *self.index)
        return f"{month:%B %Y}" if month else ""

    def total(self, name: str) -> float:
        """Return another row of the item over all months."""
        return float(self.projection.by_year(name)[self.index][-1])
