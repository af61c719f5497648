"""What a workbook was written with, kept in the workbook: by it an edited one is compared with itself, not with today's model.

The record lists each formula in relative form, the target of every defined name, the id of each row of the model beside
its heading, and the constants that the model fixes. It is text in lines of cells; a digest tells whether it is whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from budget_model.errors import WorkbookError
from budget_model.upload.limits import CELLS, FORMULA_CHARACTERS, ROWS
from budget_model.workbook.layout.filling import Area, area_of

FORMULAS, NAMES, ROW_IDS, CONSTANTS = "formulas", "names", "rows", "constants"
_KINDS = (FORMULAS, NAMES, ROW_IDS, CONSTANTS)
ON_A_LINE = 12  # entries; so that the largest scenario keeps below the rows that an upload may have
_MOST_ENTRIES = ROWS * ON_A_LINE
Cell = tuple[str, str]  # sheet and address, such as B5


@dataclass(frozen=True)
class Record:
    """Formulas by areas; and by their names the cells of defined names, the headings of rows and the fixed constants."""

    formulas: tuple[Area, ...] = ()
    names: dict[str, Cell] = field(default_factory=dict)
    row_ids: dict[str, Cell] = field(default_factory=dict)
    constants: dict[Cell, float] = field(default_factory=dict)

    @property
    def sheets(self) -> list[str]:
        """The sheets that hold formulas, which are all of them: each shows the result of the checks."""
        return list(dict.fromkeys(area.sheet for area in self.formulas))

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that tell this record from any other."""
        return hashlib.sha256(json.dumps(list(self._entries())).encode()).hexdigest()[:16]

    def lines(self) -> Iterator[list[str]]:
        """Yield the record as lines of cells: what is listed, the sheet, then entries: an address, a space and what is there."""
        for (kind, sheet), group in groupby(self._entries(), key=lambda entry: entry[:2]):
            listed = [f"{address} {text}" for _, _, address, text in group]
            for start in range(0, len(listed), ON_A_LINE):
                yield [kind, sheet, *listed[start : start + ON_A_LINE]]

    def _entries(self) -> Iterator[tuple[str, str, str, str]]:
        for area in self.formulas:  # without the sign, so that no program takes the text for a formula
            yield FORMULAS, area.sheet, area.address, area.formula.removeprefix("=")
        for kind, known in ((NAMES, self.names), (ROW_IDS, self.row_ids)):
            for name, (sheet, address) in known.items():
                yield kind, sheet, address, name
        for (sheet, address), value in self.constants.items():
            yield CONSTANTS, sheet, address, repr(value)


def record_of(lines: Iterable[Sequence[str]], address: str) -> Record:
    """Return the record of its lines, read without trust. Raises WorkbookError, beginning with `address`, for any other text.

    The work that the record can ask for is bounded by what a workbook may hold.
    """
    record = Record()
    formulas: list[Area] = []
    try:
        for kind, sheet, place_of, text in _listed(lines):
            if kind == FORMULAS:
                formulas.append(area_of(sheet, place_of, f"={text}"))
            elif kind == CONSTANTS:
                record.constants[sheet, place_of] = float(text)
            else:
                (record.names if kind == NAMES else record.row_ids)[text] = (sheet, place_of)
    except ValueError:
        raise _changed(address) from None
    if sum(area.size for area in formulas) > CELLS or sum(area.size * len(area.formula) for area in formulas) > FORMULA_CHARACTERS:
        raise _changed(address)
    return Record(tuple(formulas), record.names, record.row_ids, record.constants)


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
