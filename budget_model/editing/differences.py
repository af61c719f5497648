"""What differs between two scenarios, field by field and item by item; and a scenario brought part of the way to another.

One list serves the workbook, the review before saving, conflicts between two people, and the bridge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from budget_model.formats import NIL, in_unit, spoken, worded, written
from budget_model.scenario.assumption import LAST_MONTH, MONTH_UNIT, Assumption, Described, declared
from budget_model.scenario.schema import Item, Match, Scenario

ADDED, REMOVED, ORDER = "added", "removed", "order"
Place = tuple[str, str, str]  # a table, an item of it, a field of that
Part = TypeVar("Part", bound=Described)


@dataclass(frozen=True)
class Difference:
    """One difference. `table` is '' for the scenario itself, `item` '' for what has no items, `field` '' for a whole item.

    `before` and `after` are what stands there: an Assumption, a text, a choice, an Item; None where there is nothing.
    """

    table: str
    item: str
    field: str
    label: str
    before: Any
    after: Any
    unit: str = ""

    @property
    def place(self) -> Place:
        """Where it is, in both scenarios."""
        return self.table, self.item, self.field

    @property
    def shown_before(self) -> str:
        """What stands in the first scenario, as a reader sees it."""
        return self._shown(self.before, self.after)

    @property
    def shown_after(self) -> str:
        """What stands in the second scenario, as a reader sees it."""
        return self._shown(self.after, self.before)

    def _shown(self, given: Any, other: Any) -> str:
        if isinstance(given, Item):
            return self.table.replace("_", " ")
        if isinstance(given, Assumption):
            value = in_unit(given.value, self.unit)
            same = isinstance(other, Assumption) and given.value == other.value
            return f"{value}, {_evidence(given)}" if same else value
        if given is None:
            return LAST_MONTH if self.unit == MONTH_UNIT else NIL
        return _said(given)


def _said(given: Any) -> str:
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, tuple):
        return "; ".join(map(str, given)) or NIL
    return worded(given, MONTH_UNIT) if isinstance(given, date) else str(given) or NIL


def _evidence(given: Assumption) -> str:
    """Return the evidence of a number in a few words, where its value is the same."""
    span = f"{written(given.low)} to {written(given.high)}" if given.low is not None and given.high is not None else ""
    said = (given.kind, given.remark, given.owner, given.comment, given.confirmation, given.evidence)
    parts = (span, f"{given.confidence} confidence", given.source or "unsourced", *said)
    return ", ".join(part for part in parts if part)


def differences(before: Scenario, after: Scenario) -> tuple[Difference, ...]:
    """Return every difference: of the scenario's own fields, then table by table of its items, in the order of `after`."""
    if before is after:
        return ()
    found: list[Difference] = []
    for field in type(after).model_fields:
        old, new = getattr(before, field), getattr(after, field)
        if old is new:
            continue
        if isinstance(new, tuple):
            found += _of_items(field, old, new)
        elif isinstance(new, Described):
            found += _of_fields(field, "", old, new)
        elif old != new:
            found.append(Difference("", "", field, spoken(field), old, new))
    return tuple(found)


def _of_items(table: str, before: tuple[Item, ...], after: tuple[Item, ...]) -> Iterator[Difference]:
    old = {item.name: item for item in before}
    new = {item.name: item for item in after}
    for name, item in new.items():
        if name not in old:
            yield Difference(table, name, "", ADDED, None, item)
        elif old[name] is not item:
            yield from _of_fields(table, name, old[name], item)
    for name, item in old.items():
        if name not in new:
            yield Difference(table, name, "", REMOVED, item, None)
    kept = tuple(name for name in old if name in new)
    order = tuple(name for name in new if name in old)
    if kept != order:
        yield Difference(table, "", ORDER, f"Order of {table.replace('_', ' ')}", kept, order)


def _of_fields(table: str, item: str, before: Described, after: Described, part: str = "") -> Iterator[Difference]:
    for field, info in type(after).model_fields.items():
        old, new = getattr(before, field), getattr(after, field)
        if old is new or old == new:
            continue
        if isinstance(old, Match) and isinstance(new, Match):
            yield from _of_fields(table, item, old, new, f"{field}.")
            continue
        about = declared(info)
        label, unit = (about.label, about.unit) if about else (spoken(field), "")
        yield Difference(table, item, part + field, label, _gist(old), _gist(new), unit)


def values_of(whole: Difference) -> Iterator[Difference]:
    """Yield the values that an item gives which came or went, one by one: what is not as where nothing is said."""
    item = whole.after or whole.before
    for field, info in type(item).model_fields.items():
        given, default = getattr(item, field), info.get_default(call_default_factory=True)
        if field == "name" or given == default or (isinstance(given, Assumption) and not given.is_given):
            continue
        if isinstance(given, Assumption) and isinstance(default, Assumption) and given.value == default.value:
            continue
        about = declared(info)
        label, unit = (about.label, about.unit) if about else (spoken(field), "")
        before, after = (None, _gist(given)) if whole.after else (_gist(given), None)
        yield Difference(whole.table, whole.item, field, label, before, after, unit)


def _gist(value: Any) -> Any:
    """Return what is said of a match that is added or taken away as a whole: its rate."""
    return f"{worded(value.rate.number, 'share')} of {value.basis}" if isinstance(value, Match) else value


def with_differences(scenario: Scenario, toward: Scenario, chosen: Iterable[Difference]) -> Scenario:
    """Return the scenario with the chosen of its differences from `toward` taken over; the rules are not checked.

    Taking all of `differences(scenario, toward)` gives `toward`. Items stand in the order of `toward` where that is among the
    differences, what only `scenario` has after the item it followed there; else as they stood, a new one after the item it follows
    in `toward`. Differences of items that are not there are passed over.
    """
    by_table: dict[str, list[Difference]] = {}
    for difference in chosen:
        by_table.setdefault(difference.table, []).append(difference)
    update: dict[str, Any] = {difference.field: getattr(toward, difference.field) for difference in by_table.pop("", [])}
    for table, changes in by_table.items():
        part, goal = getattr(scenario, table), getattr(toward, table)
        update[table] = _items_taken(part, goal, changes) if isinstance(part, tuple) else _fields_taken(part, goal, changes)
    return scenario.model_copy(update=update)


def _items_taken(items: tuple[Item, ...], goal: tuple[Item, ...], changes: list[Difference]) -> tuple[Item, ...]:
    target = {item.name: item for item in goal}
    have = {item.name: item for item in items}
    for name in dict.fromkeys(change.item for change in changes if change.item):
        own = [change for change in changes if change.item == name]
        if own[0].field:
            if name in have and name in target:
                have[name] = _fields_taken(have[name], target[name], own)
        elif own[0].label == REMOVED:
            have.pop(name, None)
        elif name in target:
            have[name] = target[name]
    old, wanted = [item.name for item in items], [item.name for item in goal]
    is_ordered = any(change.field == ORDER for change in changes)
    return tuple(have[name] for name in (_ordered(list(have), wanted) if is_ordered else _with_added(old, list(have), wanted)))


def _ordered(names: list[str], goal: list[str]) -> list[str]:
    """Return the names in the order of the goal; what it lacks follows the name it followed before."""
    ordered = [name for name in goal if name in names]
    for index, name in enumerate(names):
        if name not in goal:
            place = ordered.index(names[index - 1]) + 1 if index else 0
            ordered.insert(place, name)
    return ordered


def _with_added(old: list[str], names: list[str], goal: list[str]) -> list[str]:
    """Return the names in their old order; one that is new follows the name it follows in the goal."""
    ordered = [name for name in old if name in names]
    for index, name in enumerate(goal):
        if name in names and name not in old:
            before = next((other for other in reversed(goal[:index]) if other in ordered), None)
            ordered.insert(ordered.index(before) + 1 if before else 0, name)
    return ordered


def _fields_taken(part: Part, goal: Part, changes: list[Difference]) -> Part:
    update: dict[str, Any] = {}
    for change in changes:
        field, _, inner = change.field.partition(".")
        if inner:
            match = update.get(field, getattr(part, field))
            update[field] = match.model_copy(update={inner: getattr(getattr(goal, field), inner)}) if match else getattr(goal, field)
        else:
            update[field] = getattr(goal, field)
    return part.model_copy(update=update)
