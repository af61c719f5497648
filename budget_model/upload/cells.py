"""The cells, rows and ranges of an uploaded workbook: how many, how far they reach, and what they may be told to span."""

from __future__ import annotations

import re
from functools import lru_cache

from budget_model.upload.limits import CELLS, COLUMNS, EMPTY_CELLS, MERGED_CELLS, ROWS, SAVE, refuse, shown
from budget_model.upload.seen import Seen
from budget_model.upload.tags import PREFIX, attributes_of
from budget_model.upload.zip import Part

_CELL = re.compile(rf"""<{PREFIX}c\s(?:r=|[^<>']*?\sr=)"([A-Z]{{1,3}}+)([1-9][0-9]{{0,6}}+)"[\s/>]""")
_FILLED_CELL = re.compile(rf"""<{PREFIX}c\s(?:r=|[^<>']*?\sr=)"([A-Z]{{1,3}}+)([1-9][0-9]{{0,6}}+)"[^<>]*(?<!/)>""")
_ROW = re.compile(rf"<{PREFIX}row((?:\s[^<>]*)?)>")
_REGION = re.compile(rf"<{PREFIX}(mergeCell|hyperlink|comment)((?:\s[^<>]*)?)>")
_CORNERS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}))?")


def check_cells(part: Part, block: str, cells: int, seen: Seen) -> None:
    """Check that each of so many cells has an address, and that none that holds something stands too far out.

    Some programs write a format for every column to the last one: cells that hold nothing may stand there.
    """
    found = _CELL.findall(block)
    if len(found) != cells:
        refuse(f"{part.called} has cells without an address", SAVE)
    if all(_is_near(column, row) for column, row in _extremes(found)):
        seen.cells += cells
    else:
        filled = _FILLED_CELL.findall(block)
        for column, row in filled:
            _check_place(part, column, row)
        seen.cells += len(filled)
        seen.empty_cells += cells - len(filled)
    if seen.cells > CELLS:
        refuse(f"the workbook has more than {CELLS:,} cells", "delete the rows and sheets that were added")
    if seen.empty_cells > EMPTY_CELLS:
        refuse(f"the workbook formats more than {EMPTY_CELLS:,} cells that hold nothing", f"{SAVE} without the formats of whole rows")


def check_rows(part: Part, block: str, seen: Seen) -> None:
    """Check the number of rows and the number that each has; the rows of a drawing's anchor have none."""
    rows = _ROW.findall(block)
    seen.rows += len(rows)
    numbers = {attributes_of(row).get("r", "") for row in rows if row.strip("/ \t\r\n")}
    if any(re.fullmatch(r"[1-9][0-9]{0,6}", number) is None for number in numbers):
        refuse(f"{part.called} has rows without a number", SAVE)
    if seen.rows > ROWS:
        refuse(f"{part.called} has more than {ROWS:,} rows", "delete the rows below the last one used")


def check_regions(part: Part, block: str, seen: Seen) -> None:
    """Check the ranges that are merged, linked or noted on: that they are some, near, and not too many cells."""
    for kind, attributes in _REGION.findall(block):
        reference = attributes_of(attributes).get("ref", "")
        corners = _CORNERS.fullmatch(reference)
        if corners is None:
            refuse(f"{part.called} refers to '{shown(reference)}', which is no range of cells", SAVE)
        left, top, right, bottom = (corners[1], corners[2], corners[3] or corners[1], corners[4] or corners[2])
        _check_place(part, left, top)
        _check_place(part, right, bottom)
        if kind in ("mergeCell", "hyperlink"):
            seen.merged_cells += (abs(_column(right) - _column(left)) + 1) * (abs(int(bottom) - int(top)) + 1)
    if seen.merged_cells > MERGED_CELLS:
        refuse(f"the workbook merges or links more than {MERGED_CELLS:,} cells", "unmerge the cells")


def _extremes(found: list[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(column, "1") for column, _row in found} | {("A", row) for _column, row in found}


def _is_near(column: str, row: str) -> bool:
    return int(row) <= ROWS and _column(column) <= COLUMNS


def _check_place(part: Part, column: str, row: str) -> None:
    if int(row) > ROWS:
        refuse(f"{part.called} reaches beyond {ROWS:,} rows, to {column}{row}", "delete the rows below the last one used")
    if _column(column) > COLUMNS:
        refuse(f"{part.called} reaches beyond {COLUMNS} columns, to {column}{row}", "delete the columns to the right of the last one used")


@lru_cache(maxsize=20_000)
def _column(letters: str) -> int:
    """Return the number of a column, counted from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
