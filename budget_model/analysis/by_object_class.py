"""Cost by object class: the pay and the benefits of positions apart, every other line whole; what each payer pays of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from budget_model.analysis.lines_by_payer import lines_by_payer
from budget_model.analysis.who_pays import UNPAID
from budget_model.budget import BUDGET
from budget_model.engine.arrays import Array
from budget_model.projection import Projection
from budget_model.scenario.choices import ObjectClass
from budget_model.scenario.object_classes import classes_of
from budget_model.scenario.schema import Item, Position
from budget_model.scenario.tables import TABLES

# What a position costs, by the key of its object class; salary savings are divided as salaries and benefits are.
_OF_POSITION = {"object_class": "pay_in_class", "benefits_object_class": "benefits_in_class", "set_up_object_class": "set_up_in_class"}


@dataclass(frozen=True)
class LinePart:
    """What of one line of the budget is of one object class, by month, in dollars.

    `cost` and each array of `paid` go by month; `paid` goes by payer as in `lines_by_payer` and adds up to the cost.
    """

    line: str
    kind: str
    site: str
    category: str
    object_class: ObjectClass
    cost: Array
    paid: Mapping[str, Array]


def by_object_class(projection: Projection) -> tuple[LinePart, ...]:
    """Return every line that costs anything, in the order of the budget, as parts of one object class each.

    The parts of a line add up to its cost in every month, and a payer pays the same share of each.
    """
    return projection.once(_by_object_class)


def object_class_totals(parts: Iterable[LinePart], payer: str | None = None) -> dict[ObjectClass, Array]:
    """Return what parts of lines cost by object class and month, in dollars, or what one payer pays; classes with nothing are left out."""
    found: dict[ObjectClass, Array] = {}
    for part in parts:
        amounts = part.cost if payer is None else part.paid.get(payer, np.zeros_like(part.cost))
        if amounts.any():
            found[part.object_class] = found.get(part.object_class, 0) + amounts
    return {name: found[name] for name in ObjectClass if name in found}


def lines_of_the_budget(projection: Projection) -> tuple[tuple[str, int, Item], ...]:
    """Return the items listed as cost, in the order of the row `cost`: their table, their place in it and the item."""
    tables = {str(axis): table for axis, _, table in TABLES}
    listed = (tables[BUDGET.rows[name].over[0]] for name in BUDGET.rows["cost"].reads)
    return tuple((table, index, item) for table in listed for index, item in enumerate(getattr(projection.scenario, table)))


def _by_object_class(projection: Projection) -> tuple[LinePart, ...]:
    monthly = projection.monthly("cost")
    costing = [index for index, amounts in enumerate(monthly) if amounts.any()]
    listed, found = lines_of_the_budget(projection), []
    for index, line in zip(costing, lines_by_payer(projection), strict=True):
        _, at, item = listed[index]
        for object_class, cost in _parts(projection, item, at, monthly[index]).items():
            if cost.any():
                paid = _paid(line.paid_by_month, cost, monthly[index])
                found.append(LinePart(line.name, str(line.keys["cost"]), line.keys["site"], line.category, object_class, cost, paid))
    return tuple(found)


def _parts(projection: Projection, item: Item, at: int, cost: Array) -> dict[ObjectClass, Array]:
    """Return the cost of a line by object class: of a position that is personnel its benefits and set-up apart."""
    classes = classes_of(projection.scenario, item)
    if not isinstance(item, Position):
        return {ObjectClass(classes["object_class"]): cost}
    found: dict[ObjectClass, Array] = {}
    for key, row in _OF_POSITION.items():
        object_class = ObjectClass(classes[key])
        found[object_class] = found.get(object_class, 0) + projection.monthly(row)[at]
    return found


def _paid(paid: Mapping[str, Array], part: Array, whole: Array) -> dict[str, Array]:
    """Return what each payer pays of a part of a line: the share that it pays of the line; nobody the rest."""
    share = np.divide(part, whole, out=np.zeros_like(part), where=whole != 0)
    found = {name: amounts * share for name, amounts in paid.items() if name != UNPAID}
    rest = part - sum(found.values(), np.zeros_like(part))
    return {**found, UNPAID: rest} if UNPAID in paid else found
