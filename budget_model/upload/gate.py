"""Refuse a hostile or damaged upload before any spreadsheet library opens it, at the first thing wrong and in one sentence.

The zip directory is checked before anything is inflated, then every part is inflated in pieces and its XML read as text
by patterns: a callback of an XML parser for each of a million tags would take longer than the whole check may. The
patterns are exact because of what is refused first: any encoding but UTF-8, document types, entities, comments, CDATA
sections and processing instructions, and `<` or `>` anywhere but around a tag. No part is trusted by its name or place.
"""

from __future__ import annotations

from budget_model.errors import WorkbookError
from budget_model.upload.xml import Seen, check_part
from budget_model.upload.zip import check_part_names, check_sizes, check_start, parts_of


def check_upload(content: bytes, file: str) -> None:
    """Accept an uploaded .xlsx file; raises WorkbookError with one sentence that names the file if it is hostile or damaged."""
    try:
        check_start(content)
        parts = parts_of(content)
        check_sizes(parts)
        check_part_names(parts)
        seen = Seen()
        for part in parts:
            check_part(part, seen)
    except WorkbookError as error:
        raise WorkbookError(f"{file}: {error}") from None
