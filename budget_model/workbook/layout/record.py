"""What a workbook was written with, kept in the workbook: by it an edited one is compared with itself, not with today's model.

The record lists each formula in relative form, the target of every defined name, the id of each row of the model beside
its heading, every text and number that is no formula, and the cells that are for people. It is text in lines of cells; a
digest tells whether it is whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from budget_model.errors import WorkbookError
from budget_model.upload.limits import CELLS, FORMULA_CHARACTERS, ROWS
from budget_model.workbook.layout.constants import value_of
from budget_model.workbook.layout.filling import Area, area_of

FORMULAS, NAMES, ROW_IDS, CONSTANTS, FREE = "formulas", "names", "rows", "constants", "free"
_KINDS = (FORMULAS, NAMES, ROW_IDS, CONSTANTS, FREE)
ON_A_LINE = 12  # entries; so that the largest scenario keeps below the rows that an upload may have
_MOST_ENTRIES = ROWS * ON_A_LINE
_MOST_AREAS = 500  # of an entry, so that it keeps below what a cell can hold
_BETWEEN_SHEETS, _BETWEEN_AREAS = "/", ","  # no name of a sheet holds the first, no address the second
Cell = tuple[str, str]  # sheet and address, such as B5


@dataclass(frozen=True)
class Record:
    """What was written: formulas, constants and free cells by areas; by their names the cells of defined names and headings of rows.

    The text of an area of constants is their value as `constants.literal` writes it; that of an area of free cells is empty.
    """

    formulas: tuple[Area, ...] = ()
    names: dict[str, Cell] = field(default_factory=dict)
    row_ids: dict[str, Cell] = field(default_factory=dict)
    constants: tuple[Area, ...] = ()
    free: tuple[Area, ...] = ()

    @property
    def sheets(self) -> list[str]:
        """The sheets that hold formulas, which are all of them: each shows the result of the checks."""
        return list(dict.fromkeys(area.sheet for area in self.formulas))

    @property
    def lists_all_cells(self) -> bool:
        """Whether it lists more than formulas, as every record does but those of an early second form."""
        return bool(self.free)

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that tell this record from any other."""
        return digest_of(self.lines())

    def lines(self) -> Iterator[list[str]]:
        """Yield the record as lines of cells: what is listed, the sheet, then entries: an address, a space and what is there.

        A constant that stands more than once is one entry: of several sheets, with several addresses.
        """
        for (kind, sheet), group in groupby(self._entries(), key=lambda entry: entry[:2]):
            listed = [f"{address} {text}" if text else address for _, _, address, text in group]
            for start in range(0, len(listed), ON_A_LINE):
                yield [kind, sheet, *listed[start : start + ON_A_LINE]]

    def _entries(self) -> Iterator[tuple[str, str, str, str]]:
        for area in self.formulas:  # without the sign, so that no program takes the text for a formula
            yield FORMULAS, area.sheet, area.address, area.formula.removeprefix("=")
        for kind, known in ((NAMES, self.names), (ROW_IDS, self.row_ids)):
            for name, (sheet, address) in known.items():
                yield kind, sheet, address, name
        for kind, listed in ((CONSTANTS, self.constants), (FREE, self.free)):
            for sheets, addresses, text in _together(listed):
                for start in range(0, len(addresses), _MOST_AREAS):
                    yield kind, _BETWEEN_SHEETS.join(sheets), _BETWEEN_AREAS.join(addresses[start : start + _MOST_AREAS]), text


def _together(listed: Iterable[Area]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], str]]:
    """Yield sheets, addresses and text of what is alike, entries of the same sheets one after the other."""
    on_a_sheet: dict[tuple[str, str], list[str]] = {}
    for area in listed:
        on_a_sheet.setdefault((area.sheet, area.formula), []).append(area.address)
    sheets_of: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for (sheet, text), addresses in on_a_sheet.items():
        sheets_of.setdefault((tuple(addresses), text), []).append(sheet)
    of_sheets: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
    for alike, sheets in sheets_of.items():
        of_sheets.setdefault(tuple(sheets), []).append(alike)
    for together, entries in of_sheets.items():
        yield from ((together, addresses, text) for addresses, text in entries)


def digest_of(lines: Iterable[Sequence[str]]) -> str:
    """Return the digest of a record by its lines; raises ValueError for lines of another form."""
    return hashlib.sha256(json.dumps(list(_listed(lines))).encode()).hexdigest()[:16]


def record_of(lines: Iterable[Sequence[str]], address: str) -> Record:
    """Return the record of its lines, read without trust. Raises WorkbookError, beginning with `address`, for any other text.

    The work that the record can ask for is bounded by what a workbook may hold.
    """
    record = Record()
    found: dict[str, list[Area]] = {FORMULAS: [], CONSTANTS: [], FREE: []}
    cells = characters = 0
    try:
        for kind, sheet, place_of, text in _listed(lines):
            if kind not in found:
                (record.names if kind == NAMES else record.row_ids)[text] = (sheet, place_of)
                continue
            if kind == CONSTANTS:
                value_of(text)
            for one in sheet.split(_BETWEEN_SHEETS):
                for place in place_of.split(_BETWEEN_AREAS):
                    area = area_of(one, place, f"={text}" if kind == FORMULAS else text)
                    found[kind].append(area)
                    cells += area.size
                    characters += area.size * len(area.formula) * (kind == FORMULAS)
                    if cells > CELLS or characters > FORMULA_CHARACTERS:
                        raise _changed(address)
    except ValueError:
        raise _changed(address) from None
    return Record(tuple(found[FORMULAS]), record.names, record.row_ids, tuple(found[CONSTANTS]), tuple(found[FREE]))


def _listed(lines: Iterable[Sequence[str]]) -> Iterator[tuple[str, str, str, str]]:
    """Yield each entry of the lines; raises ValueError for a line of another form, or more entries than a record may have."""
    count = 0
    for kind, sheet, *listed in lines:
        count += len(listed)
        if kind not in _KINDS or count > _MOST_ENTRIES:
            raise ValueError(kind)
        for entry in listed:
            address, _, text = entry.partition(" ")
            yield kind, sheet, address, text


def _changed(address: str) -> WorkbookError:
    return WorkbookError(f"{address}: the record of the workbook written there was changed; take a fresh copy of the workbook")
