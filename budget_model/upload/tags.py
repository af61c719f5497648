"""Patterns of the tags of a workbook's XML."""

from __future__ import annotations

import re

PREFIX = r"""(?:[^\s<>/:="']+:)?"""  # of the name of an element
_ATTRIBUTE = re.compile(r"""\s([^\s=<>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def attributes_of(text: str) -> dict[str, str]:
    """Return the attributes that stand in a tag, as they are written there."""
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(text)}
