"""What a figure is made of: its parts, and the formula that puts them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from budget_model.analysis.why.addresses import Address

MOST_PARTS = 10  # of a long sum that are shown one by one
_LONG = 12  # a year of months is shown whole
Gathering = Literal["sum", "largest", "smallest"]


@dataclass(frozen=True)
class Part:
    """One term of a formula: its name, value and unit, the figure that it is, and the address at which it is explained further.

    The two differ where a figure only hands on another. `gathered` holds the small terms of a long sum that are shown as one;
    such a part has no address of its own.
    """

    label: str
    value: float
    unit: str
    address: Address | None = None
    gathered: tuple[Part, ...] = ()
    item: Address | None = None


Piece = str | Part


@dataclass(frozen=True)
class Composition:
    """How a figure comes about: its formula as pieces of text (as a spreadsheet writes it) and parts, and `how` in a few words.

    `beside` is what decides which parts count and stands in no formula, such as the months of a delay.
    """

    formula: tuple[Piece, ...] = ()
    how: str = ""
    beside: tuple[Part, ...] = field(default=())

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the formula, each once, in their order."""
        return tuple(dict.fromkeys(piece for piece in self.formula if isinstance(piece, Part)))


def summed(parts: Sequence[Part], unit: str, how: str, *, in_time: bool = False) -> Composition:
    """Return the sum of parts without those that are nothing: of many the ten largest one by one, the rest with its sum.

    Months and years (`in_time`) stand in their order, items by their size.
    """
    shown = _shortened([part for part in parts if part.value], unit, "sum")
    if not shown:
        return Composition(("0",), f"{how}, all of which are nothing" if parts else "there is nothing to add up")
    if not in_time:
        shown = sorted(shown, key=lambda part: (bool(part.gathered), -abs(part.value)))
    formula: list[Piece] = [shown[0]]
    for part in shown[1:]:
        formula += ["+", part]
    return Composition(tuple(formula), how)


def extreme(parts: Sequence[Part], unit: str, gathering: Gathering, how: str) -> Composition:
    """Return the largest or the smallest of parts."""
    shown = _shortened(list(parts), unit, gathering)
    formula: list[Piece] = ["MAX(" if gathering == "largest" else "MIN("]
    for part in shown:
        formula += [",", part] if len(formula) > 1 else [part]
    return Composition((*formula, ")"), how)


def _shortened(parts: list[Part], unit: str, gathering: Gathering) -> list[Part]:
    """Return parts in their order; of many the ten that count most, and the others as one."""
    if len(parts) <= _LONG:
        return parts
    by_size = sorted(parts, key=lambda part: part.value if gathering == "smallest" else -abs(part.value))
    most, rest = set(by_size[:MOST_PARTS]), by_size[MOST_PARTS:]
    values = [part.value for part in rest]
    together = sum(values) if gathering == "sum" else max(values) if gathering == "largest" else min(values)
    return [*(part for part in parts if part in most), Part(f"{len(rest):,} more", together, unit, gathered=tuple(rest))]
