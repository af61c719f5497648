"""Which signs a text of a scenario may hold: those that a page, a workbook and a file can show, and that leave the rest as it is."""

from __future__ import annotations

import re

# Control characters but tab and line break, line breaks that editors do not count, what turns the direction of the text around
# it, and what is no character.
_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def unusable_sign(text: str) -> re.Match[str] | None:
    """Return where the first sign stands that no text may hold, or None."""
    return None if text.isprintable() else _UNUSABLE.search(text)


def expected_without(sign: str) -> str:
    """Return what is expected of a text that holds an unusable sign.

    >>> expected_without(chr(7))
    'a sign that cannot be shown stands here (U+0007); delete it, and type the line anew'
    """
    return f"a sign that cannot be shown stands here (U+{ord(sign):04X}); delete it, and type the line anew"
