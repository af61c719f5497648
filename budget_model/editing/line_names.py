"""What a line of a table is called after a step: its name is all that it is known by, and a step may give it another."""

from __future__ import annotations

from collections.abc import Sequence

from budget_model.scenario.schema import Item


def as_it_is_called(name: str, before: Sequence[Item], after: Sequence[Item]) -> str:
    """Return what a line of a table with the lines `before` is called with the lines `after`: it stands in its place, where it was renamed.

    A line that is gone has the name that it had. So has one whose name another line has now, unless all else of it stands in its place:
    names may be handed on from line to line.
    """
    old, new = [line.name for line in before], [line.name for line in after]
    if name not in old or len(old) != len(new) or {*old} == {*new}:
        return name
    place = old.index(name)
    there = after[place]
    is_new = name not in new and there.name not in old
    return there.name if is_new or there.model_copy(update={"name": name}) == before[place] else name
