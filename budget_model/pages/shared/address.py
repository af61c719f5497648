"""What an address asks for that is not there, in words: nothing that it names is replaced in silence."""

from __future__ import annotations

from collections.abc import Sequence

_MOST_SIGNS, _MOST_NAMES = 60, 5


def printable(text: str) -> str:
    """Return a text with signs that cannot be shown, such as bytes that are no UTF-8, written by their numbers."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def quoted(given: Sequence[str]) -> str:
    """Return what an address names, as a sentence shows it: in quotes, the first few, each with its beginning."""
    shown = [f"'{printable(text[:_MOST_SIGNS])}{'...' * (len(text) > _MOST_SIGNS)}'" for text in given[:_MOST_NAMES]]
    more = [f"{len(given) - _MOST_NAMES:,} more"] * (len(given) > _MOST_NAMES)
    listed = [*shown, *more]
    return " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)
