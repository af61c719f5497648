"""What was done between two scenarios, as a person would name it: acts, each with the differences that belong to it.

A site comes with its contract, staff and beds, a lever moves a dozen contracts at once, a line gets another name wherever it is
named: each is one act. Every difference belongs to exactly one act.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from budget_model.editing.changes import checked
from budget_model.editing.differences import ADDED, ORDER, REMOVED, Difference, Place, differences, values_of, with_differences
from budget_model.errors import ScenarioError
from budget_model.formats import NIL, counted, listed
from budget_model.scenario.assumption import Assumption
from budget_model.scenario.declarations import named_in
from budget_model.scenario.schema import Item, Scenario
from budget_model.scenario.tables import MODELS

_PERIOD = ("first_month", "months")
_MOST_IN_SHORT = 3  # values that stand for an added item
_Line = tuple[str, str]  # a table and the name of one of its items
_Key = tuple[str, ...]
_PERIOD_KEY, _RENAMED, _MATCH, _EVIDENCE = ("period",), "renamed", "match", "evidence"


@dataclass(frozen=True)
class Act:
    """One change that a person would name. `before` and `after` are what stands there, as a reader sees it."""

    label: str
    before: str
    after: str
    differences: tuple[Difference, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """Where it changes something."""
        return tuple(one.place for one in self.differences)

    @cached_property
    def values(self) -> tuple[Difference, ...]:
        """Every single value that it changes; an item that comes or goes is unfolded into those that it gives.

        What a line said under its old name and says under its new one is left out.
        """
        found = [value for one in self.differences for value in ([one] if one.field else values_of(one))]
        gone = {(one.table, one.field, one.shown_before) for one in found if one.after is None}
        same = gone & {(one.table, one.field, one.shown_after) for one in found if one.before is None}
        return tuple(one for one in found if not {(one.table, one.field, one.shown_before), (one.table, one.field, one.shown_after)} & same)


def acts(before: Scenario, after: Scenario) -> tuple[Act, ...]:
    """Return the differences of two scenarios gathered as a person would name them, in the order of the differences."""
    found = differences(before, after)
    groups = _Groups(before, after, found)
    gathered: dict[_Key, list[Difference]] = {}
    for difference in found:
        gathered.setdefault(groups.key(difference), []).append(difference)
    return tuple(_act(key, tuple(together)) for key, together in gathered.items())


def taken_over(scenario: Scenario, toward: Scenario, places: Collection[Place]) -> Scenario:
    """Return the scenario with what stands in some places as it is in `toward`; the rules are not checked.

    With the places of an act and what was before, the act is left out; toward what was there with it, it is put back.
    """
    return with_differences(scenario, toward, [one for one in differences(scenario, toward) if one.place in places])


def left_out(before: Scenario, after: Scenario, act: Act) -> tuple[Scenario, tuple[Act, ...]]:
    """Return a scenario without one of its acts, and the acts that were left out.

    An act that stands or falls with others on the same line, such as a monthly salary with the yearly one that it replaced, is
    left out with these. Raises ScenarioError where it cannot be left out, for others name what it brought.
    """
    found = acts(before, after)
    alone = [one for one in found if not set(one.places).isdisjoint(act.places)]
    lines = {place[:2] for one in alone for place in one.places}
    try:
        return _without(before, after, alone)
    except ScenarioError:
        with_it = [one for one in found if not lines.isdisjoint(place[:2] for place in one.places)]
        if len(with_it) == len(alone):
            raise
        return _without(before, after, with_it)


def _without(before: Scenario, after: Scenario, chosen: Sequence[Act]) -> tuple[Scenario, tuple[Act, ...]]:
    places = [place for act in chosen for place in act.places]
    return checked(taken_over(after, before, places), places), tuple(chosen)


class _Groups:
    """To which act a difference belongs: what came or went with what, and what was only given another name."""

    def __init__(self, before: Scenario, after: Scenario, found: Iterable[Difference]) -> None:
        whole = [one for one in found if not one.field]
        self._items: Mapping[str, dict[_Line, Item]] = {
            what: {(one.table, one.item): one.after or one.before for one in whole if one.label == what} for what in (REMOVED, ADDED)
        }
        self._tables = {table: place for place, table in enumerate(after.tables)}
        alike = dict(_renamed(self._items[REMOVED], self._items[ADDED]))
        self._new_name = {old: new for old, new in alike.items() if self._is_renamed(old, new, alike)}
        self._old_name = {new: old for old, new in self._new_name.items()}

    def key(self, difference: Difference) -> _Key:
        """Return what is the same for all differences of an act."""
        table, item, field = difference.place
        if table == "" and field in _PERIOD:
            return _PERIOD_KEY
        if not field:
            return self._whole(difference.label, (table, item))
        if follows := self._followed(difference):
            return follows
        if field.startswith(f"{_MATCH}."):
            return (_MATCH, table, item)
        if _is_evidence(difference):
            return (_EVIDENCE, table, item)
        return (table, field, difference.shown_before, difference.shown_after)

    def _is_renamed(self, old: _Line, new: _Line, alike: Mapping[_Line, _Line]) -> bool:
        """Whether two lines that are alike are one: by themselves, or those with which they went and came are."""
        went, came = self._root(REMOVED, old), self._root(ADDED, new)
        return (went, came) == (old, new) or alike.get(went) == came

    def _whole(self, what: str, line: _Line) -> _Key:
        """Return the key of an item that came or went: that of the one with which it did, which is named last of all."""
        root = self._root(what, line)
        old = root if what == REMOVED else self._old_name.get(root)
        new = self._new_name.get(old) if old else None
        return (_RENAMED, *old, new[1]) if old and new else (what, *root)

    def _root(self, what: str, line: _Line) -> _Line:
        seen = {line}
        while (owner := self._owner(what, line)) and owner not in seen:
            seen.add(owner)
            line = owner
        return line

    def _owner(self, what: str, line: _Line) -> _Line | None:
        """Return the item that came or went with which this one did, a site before others; None where it did by itself."""
        item = self._items[what][line]
        owners = [
            (reference.table, name)
            for field, reference in item.table.references.items()
            if reference.removed_with_it and len(names := named_in(item, field)) == 1
            for name in names
            if (reference.table, name) in self._items[what]
        ]
        return min(owners, key=lambda owner: self._tables[owner[0]], default=None)

    def _followed(self, difference: Difference) -> _Key | None:
        """Return the key of the item whose coming, going or new name a reference only follows."""
        reference = MODELS[difference.table].table.references.get(difference.field) if difference.table in MODELS else None
        if reference is None or reference.by != "name":
            return None
        old, new = _names(difference.before), _names(difference.after)
        gone, come = ([(reference.table, name) for name in names if name not in others] for names, others in ((old, new), (new, old)))
        if gone and [self._new_name.get(line) for line in gone] == come:
            return self._whole(REMOVED, gone[0])
        is_list = isinstance(difference.after, tuple)
        if is_list and not come and gone and gone[0] in self._items[REMOVED]:
            return self._whole(REMOVED, gone[0])
        if is_list and not gone and come and come[0] in self._items[ADDED]:
            return self._whole(ADDED, come[0])
        return None


def _names(given: Any) -> tuple[str, ...]:
    return given if isinstance(given, tuple) else (str(given),)


def _is_evidence(difference: Difference) -> bool:
    """Whether a number stays, and what vouches for it is another."""
    before, after = difference.before, difference.after
    return isinstance(before, Assumption) and isinstance(after, Assumption) and before.value == after.value


def _renamed(gone: Mapping[_Line, Item], come: Mapping[_Line, Item]) -> Iterator[tuple[_Line, _Line]]:
    """Yield removed items with the added ones of the same table that are more like them than not: they have another name."""
    free = list(come)
    for line, item in gone.items():
        alike = {other: _alikeness(item, come[other]) for other in free if other[0] == line[0]}
        best = max(alike, key=alike.__getitem__, default=None)
        if best and alike[best] > 0.5:
            free.remove(best)
            yield line, best


def _alikeness(one: Item, other: Item) -> float:
    """Return the share of the fields which either item says, but for names, in which both say the same."""
    fields = [field for field in type(one).model_fields if field != "name" and field not in one.table.references]
    said = [field for field in fields if not (_is_default(one, field) and _is_default(other, field))]
    return sum(getattr(one, field) == getattr(other, field) for field in said) / len(said) if said else 0.0


def _is_default(item: Item, field: str) -> bool:
    return bool(getattr(item, field) == type(item).model_fields[field].get_default(call_default_factory=True))


def _act(key: _Key, together: tuple[Difference, ...]) -> Act:
    first = together[0]
    if key == _PERIOD_KEY:
        span = " and ".join(one.label.lower() for one in together)
        return Act(f"The months covered: {span}", _joined(together, "before"), _joined(together, "after"), together)
    if key[0] == _RENAMED:
        _, _, old, new = key
        return Act(f"{old} renamed {new}", old, new, together)
    if key[0] in (ADDED, REMOVED):
        return _come_or_gone(key, together, sum(not one.field for one in together))
    if key[0] in (_MATCH, _EVIDENCE) and len(together) > 1:
        what = "Match" if key[0] == _MATCH else f"Evidence of {counted(len(together), 'number')}"
        return Act(_of(what, first.item), _said(together, "before"), _said(together, "after"), together)
    if first.field == ORDER:
        return Act(first.label, first.shown_before, first.shown_after, together)
    where = first.item if len(together) == 1 else f"{len(together)} {first.table.replace('_', ' ')}"
    return Act(_of(first.label, where), first.shown_before, first.shown_after, together)


def _come_or_gone(key: _Key, together: tuple[Difference, ...], items: int) -> Act:
    """Return the act of an item that came or went, with what belongs to it; its own values stand for it in short."""
    what, table, item = key
    own = next(one for one in together if (one.table, one.item, one.field) == (table, item, ""))
    more = f", with {counted(items - 1, 'item')} of its own" if items > 1 else f" ({MODELS[table].table.singular})"
    telling = sorted(values_of(own), key=lambda value: not isinstance(value.after or value.before, Assumption))
    short = listed((f"{value.label}: {_stands(value)}" for value in telling), _MOST_IN_SHORT) or NIL
    texts = (NIL, short) if what == ADDED else (short, NIL)
    return Act(f"{item} {what}{more}", *texts, together)


def _stands(value: Difference) -> str:
    """Return a value of an item that came or went."""
    return value.shown_after if value.before is None else value.shown_before


def _of(what: str, where: str) -> str:
    return f"{what}, {where}" if where else what


def _joined(together: tuple[Difference, ...], side: str) -> str:
    return ", ".join(str(getattr(one, f"shown_{side}")) for one in together)


def _said(together: tuple[Difference, ...], side: str) -> str:
    return listed((f"{one.label}: {getattr(one, f'shown_{side}')}" for one in together), _MOST_IN_SHORT)
