"""By which keys a total finds the items that it sums, and on which axes those keys stand: a property of the declared rows.

Resolved once for a model, from the keys that each axis is declared with, so that a table without items changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from budget_model.engine.arrays import Member
from budget_model.engine.rows import Listing, Row, Total
from budget_model.errors import LineError

Keys = Mapping[str, Set[str]]


@dataclass(frozen=True)
class Matched:
    """Where the keys of a total stand.

    `summed` is the axis of the row summed whose items carry them (one that the total keeps where it sums none), None where everything
    is summed; `own` says, for each key
    of the total's items, which of its axes carries it.
    """

    summed: str | None
    own: Mapping[str, str]


def keys_of_axes(declared: Keys, listings: Iterable[Listing], rows: Mapping[str, Row], whole: Member) -> Keys:
    """Return the keys that all items of each axis have; those of a listing are what its parts have in common, and its heading."""
    keys = dict(declared)
    for listing in listings:
        axes = [listing.axis_listed(rows[name]) for name in listing.reads]
        parts = [declared.get(axis, frozenset()) if axis else whole.keys.keys() for axis in axes]
        keys[listing.over[0]] = frozenset(parts[0]).intersection(*parts) | {listing.over[0]}
    return keys


def matched(row: Total, of: Row, keys: Keys) -> Matched:
    """Return on which axes the keys of a total stand. Raises LineError where none has a key, or more than one."""
    new = [axis for axis in row.over if axis not in of.over]
    texts = [other for other in row.match.values() if isinstance(other, str)]
    named = {key for key in texts if key in new and len(row.match) > 1}  # a key is first of all that of the axis it names
    own = {key: key if key in named else _holder(row, row.name, [axis for axis in new if axis not in named], {key}, keys) for key in texts}
    if unmatched := [axis for axis in new if axis not in own.values()]:
        raise LineError(f"{row.area}.{row.name} varies over {', '.join(unmatched)}, which {row.of} does not: match a key of it.")
    gone = [axis for axis in of.over if axis not in row.over]
    kept = [axis for axis in of.over if axis in row.over] if not gone and new else []
    return Matched(_holder(row, row.of, gone or kept, row.match.keys(), keys) if row.match else None, own)


def _holder(row: Total, name: str, axes: Iterable[str], wanted: Set[str], keys: Keys) -> str:
    """Return the one axis of a row, among those that could be meant, whose items have the wanted keys."""
    found = [axis for axis in axes if wanted <= keys.get(axis, frozenset())]
    said = ", ".join(f"'{key}'" for key in sorted(wanted))
    if len(found) > 1:
        raise LineError(f"{row.area}.{row.name} matches {said}, which more than one axis of {name} has: {', '.join(found)}.")
    if not found:
        raise LineError(f"{row.area}.{row.name} matches {said}, which no axis of {name} has that it could be matched by.")
    return found[0]
