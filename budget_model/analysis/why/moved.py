"""How a figure differs from the same figure of another projection: by how much, through which parts, after which changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from budget_model.analysis.why.addresses import Address, as_text, read_address, value_at
from budget_model.analysis.why.explanation import Explanation
from budget_model.analysis.why.parts import Part
from budget_model.budget import BUDGET
from budget_model.editing.differences import Difference
from budget_model.errors import ScenarioError
from budget_model.formats import HALF_A_CENT
from budget_model.projection import Projection
from budget_model.scenario.tables import TABLES

_AXES = {table: axis for axis, _, table in TABLES}


@dataclass(frozen=True)
class Moved:
    """A figure in another projection: its value there, None where it has no such item or time; and of which parts it differs."""

    value: float | None
    by_part: dict[Part, float]


def moved(projection: Projection, other: Projection, one: Explanation) -> Moved:
    """Return how a figure stands in another projection; by each part how much larger it is here, where that is more than half a cent."""
    found = {}
    for part in one.made.parts:
        difference = sum(_difference(projection, other, single) for single in part.gathered or (part,))
        if abs(difference) > HALF_A_CENT:
            found[part] = difference
    return Moved(_value_in(projection, other, one.address), found)


def _difference(projection: Projection, other: Projection, part: Part) -> float:
    """Return how much larger a term is here; what is not there at all counts as nothing."""
    return part.value - (_value_in(projection, other, part.item) or 0.0) if part.item else 0.0


def _value_in(projection: Projection, other: Projection, address: Address) -> float | None:
    if projection is other:
        return value_at(projection, address)
    try:
        return value_at(other, read_address(other, as_text(projection, address)))
    except ScenarioError:
        return None


def changes_behind(changes: Iterable[Difference], address: Address) -> tuple[Difference, ...]:
    """Return the changes of a scenario that a figure follows; what is no number, or a whole item, may always be one of them."""
    return tuple(change for change in changes if _reaches(change, address.row))


def _reaches(change: Difference, row: str) -> bool:
    axis = _AXES.get(change.table)
    field = change.field.replace(".", "_")
    name = f"{axis}_{field}" if axis else field
    return name not in BUDGET.rows or name == row or row in BUDGET.readers(name)
