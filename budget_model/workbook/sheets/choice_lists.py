"""The lists from which choices are made, right of the sheet of assumptions: each across a row, with how many cells hold none of it.

Behind those of inputs stand those of what is chosen beside every number, such as its confidence, where an empty cell is no fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_range_abs, xl_rowcol_to_cell

from budget_model.workbook.layout.assumption_columns import COLUMN, COLUMNS_OF_SHEET, FIRST_OF_LISTS, LIST, NOW
from budget_model.workbook.layout.book import FIRST_ASSUMPTION_ROW
from budget_model.workbook.layout.entries import Entry
from budget_model.workbook.sheets.sheet import Pen

_NUMBER, _WRONG, _ROWS, _LABEL, _FIRST = range(FIRST_OF_LISTS, FIRST_OF_LISTS + 5)
_HEADS = {_NUMBER: "List", _WRONG: "Cells with none of it", _ROWS: "Their rows, added up", _LABEL: "Chosen for", _FIRST: "Choices"}


@dataclass
class ChoiceLists:
    """The lists of a sheet as they come up, each with the lines that choose from it."""

    pen: Pen
    lines: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def rule(self, line: int, entry: Entry) -> dict[str, Any]:
        """Return the rule by which a line is chosen from its list, and note the line."""
        if entry.choices not in self.lines:
            self.lines[entry.choices] = []
            self.labels.append(entry.label)
        self.lines[entry.choices].append(line)
        number = list(self.lines).index(entry.choices)
        self.pen.number(line, COLUMN[LIST], number + 1, self.pen.styles("plain", "0"))
        return {"validate": "list", "source": f"={self._choices(number, entry.choices)}"}

    def of_part(self, part: str, choices: Sequence[str]) -> None:
        """Note the list from which a part of the evidence is chosen in its column."""
        self.parts[part] = tuple(choices)

    def write(self) -> None:
        """Write the lists."""
        pen, sheet = self.pen, self.pen.sheet
        longest = max(map(len, (*self.lines, *self.parts.values())))
        sheet.set_column(FIRST_OF_LISTS, _FIRST + longest - 1, 14, None, {"hidden": True})
        for column, text in _HEADS.items():
            pen.text(FIRST_ASSUMPTION_ROW - 1, column, text, "head")
        for number, ((choices, lines), label) in enumerate(zip(self.lines.items(), self.labels, strict=True)):
            here = xl_rowcol_to_cell(self._write_list(number, label, choices), _NUMBER)
            last = lines[-1] + (len(lines) == 1)  # one cell is no list to every program
            of_list, now = (xl_range_abs(lines[0], COLUMN[name], last, COLUMN[name]) for name in (LIST, NOW))
            self._write_wrong(number, choices, now, f"({of_list}={here})", f"COUNTIF({of_list},{here})")
        for number, (part, choices) in enumerate(self.parts.items(), len(self.lines)):
            self._write_list(number, COLUMNS_OF_SHEET[part].heading, choices)
            last = FIRST_ASSUMPTION_ROW + len(pen.book.entries) - 1
            cells = xl_range_abs(FIRST_ASSUMPTION_ROW, COLUMN[part], last, COLUMN[part])
            self._write_wrong(number, choices, cells, f'({cells}<>"")', f"ROWS({cells})-COUNTBLANK({cells})")

    def _write_list(self, number: int, label: str, choices: Sequence[str]) -> int:
        """Write a list across its row; return the row."""
        row = FIRST_ASSUMPTION_ROW + number
        self.pen.number(row, _NUMBER, number + 1, self.pen.styles("plain", "0"))
        self.pen.text(row, _LABEL, label)
        for column, choice in enumerate(choices, _FIRST):
            self.pen.text(row, column, choice)
        return row

    def _write_wrong(self, number: int, choices: Sequence[str], cells: str, chosen: str, count: str) -> None:
        """Write how many of the cells that are chosen from a list hold none of it, and their rows added up."""
        row, form = FIRST_ASSUMPTION_ROW + number, self.pen.styles("plain", "0")
        found = f"{chosen}*({cells}={self._choices(number, choices)})"
        self.pen.formula(row, _WRONG, f"={count}-SUMPRODUCT({found})", 0.0, form)
        self.pen.formula(row, _ROWS, f"=SUMPRODUCT({chosen}*ROW({cells}))-SUMPRODUCT({found}*ROW({cells}))", 0.0, form)

    @property
    def wrong(self) -> str:
        """The cells that say how many cells hold none of their list."""
        return self._column(_WRONG)

    @property
    def row_of_a_wrong(self) -> str:
        """A formula of the row of a cell that holds none of its list, which is known where it is the only one of its list; 0 for none."""
        return f'=IFERROR(INDEX({self._column(_ROWS)},MATCH(1,{self.wrong},0),1),IF(SUM({self.wrong})=0,0,"several"))'

    def _column(self, column: int) -> str:
        cells: str = xl_range_abs(FIRST_ASSUMPTION_ROW, column, FIRST_ASSUMPTION_ROW + len(self.lines) + len(self.parts) - 1, column)
        return cells

    def _choices(self, number: int, choices: Sequence[str]) -> str:
        row = FIRST_ASSUMPTION_ROW + number + 1
        return f"${xl_col_to_name(_FIRST)}${row}:${xl_col_to_name(_FIRST + len(choices) - 1)}${row}"
