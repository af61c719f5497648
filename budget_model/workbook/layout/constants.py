"""How the record writes a text or a number that a cell holds, and reads it again."""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache

_LONGEST = 400  # letters that are kept of a text; a longer one is told by its beginning and a digest
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how a workbook's file writes a sign that XML has not
_NUMBER = re.compile(r"-?[0-9.]+(?:e[+-]?[0-9]+)?")


def literal(value: float | str) -> str:
    """Return a number or a text in one line, a text in quotation marks with none inside: so nothing in it is a reference."""
    if isinstance(value, str):
        inside = json.dumps(as_kept(value), ensure_ascii=False)[1:-1].replace('\\"', "\\u0022")
        return f'"{inside}"'
    return repr(float(value))


@lru_cache(maxsize=20_000)  # one that stands in many cells is read once
def value_of(text: str) -> float | str:
    """Return the value of a literal, a text as it is kept; raises ValueError for any other text."""
    if text.startswith('"'):
        return str(json.loads(text))
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text[:20]!r} is no constant")
    return float(text)


def as_kept(text: str) -> str:
    """Return a text as it is compared: as every program reads it again, and a long one by its beginning and a digest."""
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text.replace("x005F_", "")).replace("\r\n", "\n").replace("\r", "\n")
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}... {hashlib.sha256(plain.encode(errors='replace')).hexdigest()[:16]}"
