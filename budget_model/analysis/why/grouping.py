"""A sum by what its items have in common: the site, the unit, the class, the category, the source that their tables name."""

from __future__ import annotations

from budget_model.analysis.why.addresses import axes_of
from budget_model.analysis.why.explanation import Explanation
from budget_model.analysis.why.parts import Part
from budget_model.budget import BUDGET
from budget_model.engine.rows import Total
from budget_model.projection import Projection

# By which keys of items a reader looks at a sum, with what each is called.
_KEYS = {
    "site": "site",
    "place": "place",
    "budget_unit": "budget unit",
    "department": "department",
    "class": "appropriation class",
    "category": "category",
    "source": "source",
    "kind": "kind",
    "cost": "part of the budget",
}


def groupings(projection: Projection, one: Explanation) -> dict[str, dict[str, float]]:
    """Return a sum by each key that tells its terms apart: what it is called, then the sum of each group, the largest first.

    Empty for what is no sum over items. The groups of one key add up to the figure.
    """
    row = BUDGET.rows[one.address.row]
    if not isinstance(row, Total):
        return {}
    of = BUDGET.rows[row.of]
    gone = [axis for axis in axes_of(of) if axis not in axes_of(row)]
    if len(gone) != 1:
        return {}
    place, members = axes_of(of).index(gone[0]), projection.evaluation.members[gone[0]]
    parts = [(members[item], part.value) for part in _singly(one.made.parts) if (item := _item(part, of.name, place)) is not None]
    if len(parts) != len(_singly(one.made.parts)):
        return {}
    found = {}
    for key, name in _KEYS.items():
        groups: dict[str, float] = {}
        for member, value in parts:
            groups[member.keys.get(key, "")] = groups.get(member.keys.get(key, ""), 0.0) + value
        if "" not in groups and 1 < len(groups) < len(parts):
            found[name] = dict(sorted(groups.items(), key=lambda group: -abs(group[1])))
    return found


def _singly(parts: tuple[Part, ...]) -> list[Part]:
    return [single for part in parts for single in (part.gathered or (part,))]


def _item(part: Part, row: str, place: int) -> int | None:
    """Return the position of the item that a term is of; None where it stands for none of the row summed."""
    return part.item.items[place] if part.item and part.item.row == row and len(part.item.items) > place else None
