"""Entries as a person typed them: what they come to in a scenario, what is refused, and what waits for another entry.

The cells of a table, the register of evidence and a correction are the same kind of entry, and a draft keeps them as they were
typed until they are taken or dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic.fields import FieldInfo

from budget_model.editing.changes import Change, changed
from budget_model.editing.items import renamed
from budget_model.editing.line_names import as_it_is_called
from budget_model.errors import ScenarioError
from budget_model.formats import in_unit
from budget_model.scenario.assumption import Assumption, Described, SourcedValue
from budget_model.scenario.declarations import field_of
from budget_model.scenario.entries import NotUnderstoodError, Refused, typed_words, understood, what_stands
from budget_model.scenario.fields import Field, evidence_field, field_from
from budget_model.scenario.schema import General, Scenario
from budget_model.scenario.tables import MODELS, inner_parts, nameable
from budget_model.scenario.wording import for_people

GENERAL = "general"
Place = tuple[str, str, str]
_GONE = "a line of this name; it was renamed or removed"
_KEPT = ("kind", "owner")  # of a number that is changed: what it is and who can confirm it stay the same
_EVIDENCE = tuple(part for part in SourcedValue.model_fields if part not in ("value", "unit"))


@dataclass(frozen=True)
class Entry:
    """What was typed in one place: a field of an item (`match.rate` within a part), or the evidence of one (`caseload.source`).

    `typed` is text as it was typed. Lists and ticks are values; so are the entries of drafts that version 0.4.0 kept, where a
    mapping is a number with its evidence. `item` is '' in `general`.
    """

    table: str
    item: str
    field: str
    typed: Any

    @property
    def place(self) -> Place:
        """Where it was typed; of two entries in one place the later holds."""
        return self.table, self.item, self.field

    @property
    def line(self) -> tuple[str, str]:
        """The item it was typed for."""
        return self.table, self.item


def field_at(scenario: Scenario, table: str, field: str) -> Field:
    """Return what may be typed into a field of a table in a scenario, whose items it may name."""
    model: type[Described] = General if table == GENERAL else MODELS[table]
    reference = MODELS[table].table.references.get(field) if table != GENERAL else None
    found = _field(model, field)
    if reference is None:
        return found
    return replace(found, choices=(*nameable(scenario, reference), *([reference.none] if reference.none else [])))


@cache
def _field(model: type[Described], field: str) -> Field:
    info, part = _declared(model, field)
    names = () if not part and field in getattr(getattr(model, "table", None), "references", ()) else None
    value = field_from(_without_evidence(model, field), info, names)
    return evidence_field(part, value) if part else value


def _declared(model: type[Described], field: str) -> tuple[FieldInfo, str]:
    """Return the declaration of a field, and the part of its evidence that is meant, or ''."""
    first, _, rest = field.partition(".")
    inner = dict(inner_parts(model)).get(first)
    return _declared(inner, rest) if inner else (model.model_fields[first], rest)


def _without_evidence(model: type[Described], field: str) -> str:
    """Return the field of an assumption from the place of its evidence."""
    part = _declared(model, field)[1]
    return field.removesuffix(f".{part}") if part else field


def _line_of(scenario: Scenario, entry: Entry) -> Any:
    """Return the item that an entry is for, or None where it is gone."""
    if entry.table == GENERAL:
        return scenario.general
    return next((item for item in getattr(scenario, entry.table, ()) if item.name == entry.item), None)


def changes_of(scenario: Scenario, entries: Iterable[Entry]) -> tuple[list[Change], list[Refused]]:
    """Return the changes that entries ask for, where the scenario says something else, and the entries that are not understood.

    What an entry comes to is compared with what stands, so that taking the changes and asking again finds none.
    """
    changes: list[Change] = []
    refused: list[Refused] = []
    evidence: dict[Place, dict[str, Any]] = {}
    for entry in entries:
        try:
            found = _read(scenario, entry)
        except NotUnderstoodError as error:
            refused.append(_refusal(scenario, entry, str(error)))
            continue
        if found is None:
            continue
        base, part, value = found
        if part:
            evidence.setdefault((entry.table, entry.item, base), {})[part] = value
        elif base == "name":
            changes += renamed(scenario, entry.table, entry.item, value)
        else:
            changes.append(Change(entry.table, entry.item, base, value))
    return [*with_evidence(scenario, changes, evidence)], refused


def _read(scenario: Scenario, entry: Entry) -> tuple[str, str, Any] | None:
    """Return the field that an entry is for, the part of its evidence or '', and the value; None where that stands already.

    Raises NotUnderstoodError with what is expected.
    """
    line = _line_of(scenario, entry)
    if line is None:
        raise NotUnderstoodError(_GONE)
    try:
        base = _without_evidence(type(line), entry.field)
    except KeyError:
        raise NotUnderstoodError("a field that this version has") from None
    part = entry.field.removeprefix(base).removeprefix(".")
    standing = field_of(line, base)
    if isinstance(entry.typed, Mapping):  # as version 0.4.0 kept a number with its evidence
        return base, "", entry.typed
    if standing is None and not typed_words(entry.typed):
        return None  # nothing is typed where nothing stands
    takes = field_at(scenario, entry.table, entry.field)
    value = understood(entry.typed, takes)
    if not part:
        return None if value == what_stands(plain_value(standing), takes) else (base, "", value)
    if standing is None:
        raise NotUnderstoodError("a value first: this one is not given")
    return base, part, value


def plain_value(standing: Any) -> Any:
    """Return what stands in a field as `understood` gives it."""
    if isinstance(standing, Assumption):
        return standing.value
    if isinstance(standing, tuple):
        return tuple(map(str, standing))
    return str(standing) if isinstance(standing, str) else standing


def with_evidence(scenario: Scenario, changes: Sequence[Change], evidence: Mapping[Place, Mapping[str, Any]]) -> Iterable[Change]:
    """Yield the changes with the evidence typed beside their numbers; a changed number keeps its kind and owner alone.

    `evidence` has, for the place of a number, what is typed of it part by part, such as its source; '' or None empties a part.
    A number that nobody gave has evidence only beside a change that gives it.
    """
    left = dict(evidence)
    for change in changes:
        standing = _standing(scenario, change)
        told = left.pop((change.table, change.item, change.field), {})
        kept = {part: getattr(standing, part) for part in _KEPT} if isinstance(standing, Assumption) else {}
        if change.value is not None and (told or any(kept.values())):
            given = change.value if isinstance(change.value, Mapping) else {"value": change.value, "origin": "changed"}
            yield replace(change, value=_given({**kept, **given, **told}))
        else:
            yield change
    for (table, item, field), told in left.items():
        place = Change(table, item, field, None)
        standing = _standing(scenario, place)
        before = _given({part: getattr(standing, part) for part in ("value", "evidence", *_EVIDENCE)})
        if (after := _given({**before, **told})) != before:
            yield replace(place, value=after)


def _standing(scenario: Scenario, change: Change) -> Any:
    line = _line_of(scenario, Entry(change.table, change.item, change.field, None))
    return field_of(line, change.field)


def _given(whole: Mapping[str, Any]) -> dict[str, Any]:
    return {part: said for part, said in whole.items() if said not in (None, "")}


def _refusal(scenario: Scenario, entry: Entry, expected: str, *, waits: bool = False) -> Refused:
    try:
        label = field_at(scenario, entry.table, entry.field).label
    except KeyError:
        label = entry.field
    return Refused(entry.table, entry.item, entry.field, label, entry.typed, expected, waits)


def news(scenario: Scenario, pending: Sequence[Entry], entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that come to something else than what stands, are refused, or are typed where one is pending."""
    places = {entry.place for entry in pending}
    return [entry for entry in entries if entry.place in places or any(changes_of(scenario, [entry]))]


def taken(scenario: Scenario, pending: Sequence[Entry], entries: Sequence[Entry]) -> tuple[Scenario, tuple[Entry, ...], str]:
    """Return the scenario with what can be taken of new entries and those that wait, what is pending after, and words for it.

    All are tried together, for one may make the other sound; then line by line, so that a sound entry does not wait for one that
    has nothing to do with it.
    """
    listed = {entry.place: entry for entry in (*pending, *entries)}
    wanted, refused = changes_of(scenario, listed.values())
    kept = {one.place for one in refused}
    asked = {entry.place for entry in entries}
    sound = [entry for entry in listed.values() if entry.place not in kept]
    new = [entry for entry in sound if entry.place in asked]
    reason, after = _tried(scenario, wanted)
    words = words_for(scenario, changes_of(scenario, new)[0] or wanted)
    if reason:
        after, waiting, words = _line_by_line(scenario, new)
        kept |= waiting | {entry.place for entry in sound if entry.place not in asked}
    names = {entry.line: str(entry.typed).strip() for entry in sound if entry.field == "name" and entry.place not in kept}
    still = _under([entry for entry in listed.values() if entry.place in kept], names)
    return after, tuple(entry for entry in still if any(changes_of(after, [entry]))), words


def carried(entries: Sequence[Entry], states: Sequence[Scenario]) -> tuple[Entry, ...]:
    """Return entries that are not taken, each under the name that its line has after steps from one scenario to the next of `states`.

    That of a line which is gone stays under the name that the line had, and is the line's again when it comes back.
    """
    for before, after in pairwise(states):
        names = {
            entry.line: as_it_is_called(entry.item, before.tables[entry.table], after.tables[entry.table])
            for entry in entries
            if entry.table in after.tables
        }
        entries = _under(entries, names)
    return tuple(entries)


def _under(entries: Sequence[Entry], names: Mapping[tuple[str, str], str]) -> Sequence[Entry]:
    """Return entries under new names of their lines; all as they are where one would come upon another, for neither may be lost."""
    named = [replace(entry, item=names.get(entry.line, entry.item)) for entry in entries]
    return named if len({entry.place for entry in named}) == len(named) else entries


def _line_by_line(scenario: Scenario, entries: Sequence[Entry]) -> tuple[Scenario, set[Place], str]:
    """Return the scenario with the lines that are sound by themselves, the places of the others, and words for what was taken."""
    before, waiting = scenario, set[Place]()
    done: list[Change] = []
    for own in _lines(entries):
        changes, refused = changes_of(scenario, own)
        reason, after = _tried(scenario, changes)
        if reason or refused:
            waiting |= {entry.place for entry in own}
        else:
            scenario, done = after, done + changes
    return scenario, waiting, words_for(before, done)


def _lines(entries: Sequence[Entry]) -> Iterable[list[Entry]]:
    """Return entries line by line."""
    lines: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        lines.setdefault(entry.line, []).append(entry)
    return lines.values()


def _tried(scenario: Scenario, changes: Sequence[Change]) -> tuple[str, Scenario]:
    """Return what stands against changes, in words, with the scenario as it was; or '' and the scenario after them."""
    try:
        return "", changed(scenario, changes)
    except ScenarioError as error:
        return for_people(error), scenario


def refusals(scenario: Scenario, pending: Sequence[Entry]) -> tuple[Refused, ...]:
    """Return why each pending entry is not taken: it is not understood, or the rules of the scenario stand against it."""
    found: dict[Place, Refused] = {}
    for own in _lines(pending):
        changes, refused = changes_of(scenario, own)
        reason = _tried(scenario, changes)[0] or "Nothing stands against it any more; Correct takes it."
        found |= {entry.place: _refusal(scenario, entry, reason, waits=True) for entry in own} | {one.place: one for one in refused}
    return tuple(found[entry.place] for entry in pending)


def words_for(scenario: Scenario, changes: Sequence[Change]) -> str:
    """Return changes in the words of the last change: the place and value of the first, and how many more there are."""
    if not changes:
        return ""
    first = changes[0]
    place = f"{first.item or 'Whole program'}, {first.field.replace('_', ' ').replace('.', ' ')}"
    more = f" and {len(changes) - 1} more" if len(changes) > 1 else ""
    return f"{place}: {_value_in_words(scenario, first)}{more}"


def _value_in_words(scenario: Scenario, change: Change) -> str:
    value, beside = change.value, ""
    if isinstance(value, Mapping):
        standing = _standing(scenario, change)
        if isinstance(standing, Assumption) and value.get("value") == standing.value:
            return "evidence edited"
        beside = " with its evidence" if value.keys() - {"value", "origin", *_KEPT} else ""
        value = value.get("value")
    if isinstance(value, (float, int, date)) and not isinstance(value, bool):
        return in_unit(value, field_at(scenario, change.table, change.field).unit) + beside
    return (typed_words(value) or "not given") + beside
