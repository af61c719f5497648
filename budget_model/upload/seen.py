"""What was found so far in an uploaded workbook."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from budget_model.upload.places import Titles, cell_before
from budget_model.upload.zip import Part


@dataclass
class Seen:
    """What was counted so far: in the whole file, and in the part being read (rows and depth); and what its sheets are called."""

    tags: int = 0
    cells: int = 0
    empty_cells: int = 0
    names: Counter[str] = field(default_factory=Counter)
    merged_cells: int = 0
    relations: int = 0
    formula_characters: int = 0
    rows: int = 0
    depth: int = 0
    before: str = ""  # of the part being read, the last text with a cell in it, or with the end of all cells
    extensions: frozenset[str] = frozenset()  # of the parts that are there
    links_to_workbooks: bool = False
    titles: Titles = field(default_factory=Titles)

    def place(self, part: Part, block: str, position: int) -> str:
        """Return sheet and cell within which a position of the text now read is; where it is in none, what its part is called."""
        cell = cell_before(f"{self.before}{block[:position]}")
        if not cell:
            return part.called
        return f"{part.sheet}!{cell}" if part.sheet else f"{cell} of {part.called}"
