"""When two names are one: what a spreadsheet, or a reader, does not tell apart."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Return a name as it is compared: two names are alike where this is the same text.

    Capitals, width, ligatures, signs that can't be seen and the number of spaces do not count; accents do. It is as coarse as
    the coarsest of the spreadsheets whose SUMIFS were measured (docs/scenario-files.md), for names must be told apart by all.

    >>> folded("East  LOS Angeles") == folded("East Los Angeles"), folded("Jose") == folded("José")
    (True, False)
    """
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", name) if unicodedata.category(sign) != "Cf")
    # By way of the capitals, because some small letters, such as the dotless i, have the capital of another.
    return " ".join(unicodedata.normalize("NFKC", seen.upper().casefold()).split())
