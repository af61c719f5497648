"""Arithmetic that is read twice: as amounts by month, and as the formula of a workbook's cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from budget_model.engine.arrays import Array
from budget_model.projection import Projection


class Places(Protocol):
    """Where things stand in a workbook."""

    def of_row(self, name: str, index: tuple[int, ...], column: int) -> str:
        """Return the reference of a row of the model in a month's column."""

    def of_line(self, line: FormAmount, column: int) -> str:
        """Return the reference of a line of the form's amounts in a column."""


Text = Callable[[Places, int], str]


@dataclass(frozen=True)
class Term:
    """A value by month, and what a cell says for it; `loose` where brackets must stand around it in a product."""

    value: Array
    text: Text
    loose: bool = False

    def __add__(self, other: Term) -> Term:
        return Term(self.value + other.value, lambda at, column: f"{self.text(at, column)}+{other.text(at, column)}", loose=True)

    def __sub__(self, other: Term) -> Term:
        return Term(self.value - other.value, lambda at, column: f"{self.text(at, column)}-{other.inner(at, column)}", loose=True)

    def __mul__(self, other: Term) -> Term:
        return Term(self.value * other.value, lambda at, column: f"{self.inner(at, column)}*{other.inner(at, column)}")

    def inner(self, at: Places, column: int) -> str:
        """Return the text as it stands within a product."""
        text = self.text(at, column)
        return f"({text})" if self.loose else text


@dataclass(frozen=True, eq=False)
class FormAmount:
    """A line of amounts by month that a form is filled in from: what it is, and how it comes about."""

    label: str
    term: Term = field(repr=False)
    unit: str = "dollars"

    @property
    def value(self) -> Array:
        """The amounts by month."""
        return self.term.value

    @property
    def cell(self) -> Term:
        """The line as another one reads it."""
        return Term(self.value, lambda at, column: at.of_line(self, column))


def row_of(projection: Projection, name: str, *index: int) -> Term:
    """Return a monthly row of the model for one of its items."""
    return Term(projection.monthly(name)[index], lambda at, column: at.of_row(name, index, column))


def one() -> Term:
    """Return 1."""
    return Term(np.array(1.0), lambda at, column: "1")


def share(part: Term, whole: Term, otherwise: int = 0) -> Term:
    """Return a part of a whole, or `otherwise` where the whole is nil."""
    value = np.divide(part.value, whole.value, out=np.full(np.shape(whole.value), float(otherwise)), where=whole.value != 0)
    return Term(
        value,
        lambda at, column: f"IF({whole.text(at, column)}=0,{otherwise},{part.inner(at, column)}/{whole.inner(at, column)})",
    )


def not_below_nil(term: Term) -> Term:
    """Return a value, or 0 where it is below."""
    return Term(np.maximum(0.0, term.value), lambda at, column: f"MAX(0,{term.text(at, column)})")


def added(terms: list[Term]) -> Term:
    """Return the sum of terms, at least one."""
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total
