"""Refuse a hostile or damaged upload before any spreadsheet library opens it, at the first thing wrong and in one sentence.

The zip directory is checked before anything is inflated, then every part is inflated in pieces and its XML read as text
by patterns: a callback of an XML parser for each of a million tags would take longer than the whole check may. The
patterns are exact because of what is refused first: any encoding but UTF-8, document types, entities, comments, CDATA
sections and processing instructions, and `<` or `>` anywhere but around a tag. No part is trusted by its name or place.
"""

from __future__ import annotations

from dataclasses import replace

from budget_model.errors import WorkbookError
from budget_model.upload.limits import SAVE, leads_to_workbooks, refuse
from budget_model.upload.places import BOOK
from budget_model.upload.seen import Seen
from budget_model.upload.xml import check_part
from budget_model.upload.zip import Part, check_part_names, check_sizes, check_start, parts_of


def check_upload(content: bytes, file: str) -> None:
    """Accept an uploaded .xlsx file; raises WorkbookError with one sentence that names the file if it is hostile or damaged."""
    try:
        check_start(content)
        parts = parts_of(content)
        check_sizes(parts)
        check_part_names(parts)
        seen = Seen(extensions=frozenset(part.name.rpartition(".")[2].lower() for part in parts))
        for part in sorted(parts, key=_order):
            check_part(replace(part, sheet=seen.titles.sheet_of(part.name)), seen)
        if seen.links_to_workbooks or any(leads_to_workbooks(part.name.lower()) for part in parts):
            refuse("the workbook holds links to other workbooks", f"{SAVE} without them")
    except WorkbookError as error:
        raise WorkbookError(f"{file}: {error}") from None


def _order(part: Part) -> int:
    """Return when a part is read: first the lists, by which a refusal names the sheet; links that a formula may use at last."""
    name = part.name.lower()
    if leads_to_workbooks(name):
        return 2
    return 0 if name == BOOK or name.endswith(".rels") else 1
