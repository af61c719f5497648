"""The lists from which choices are made, right of the sheet of assumptions: each across a row, with how many cells hold none of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_range_abs, xl_rowcol_to_cell

from budget_model.workbook.layout.assumption_columns import COLUMN, FIRST_OF_LISTS, LIST, NOW
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

    def rule(self, line: int, entry: Entry) -> dict[str, Any]:
        """Return the rule by which a line is chosen from its list, and note the line."""
        if entry.choices not in self.lines:
            self.lines[entry.choices] = []
            self.labels.append(entry.label)
        self.lines[entry.choices].append(line)
        number = list(self.lines).index(entry.choices)
        self.pen.number(line, COLUMN[LIST], number + 1, self.pen.styles("plain", "0"))
        return {"validate": "list", "source": f"={self._choices(number, entry.choices)}"}

    def write(self) -> None:
        """Write the lists."""
        pen, sheet = self.pen, self.pen.sheet
        longest = max(map(len, self.lines))
        sheet.set_column(FIRST_OF_LISTS, _FIRST + longest - 1, 14, None, {"hidden": True})
        for column, text in _HEADS.items():
            pen.text(FIRST_ASSUMPTION_ROW - 1, column, text, "head")
        for number, ((choices, lines), label) in enumerate(zip(self.lines.items(), self.labels, strict=True)):
            row = FIRST_ASSUMPTION_ROW + number
            pen.number(row, _NUMBER, number + 1, pen.styles("plain", "0"))
            pen.text(row, _LABEL, label)
            for column, choice in enumerate(choices, _FIRST):
                pen.text(row, column, choice)
            here = xl_rowcol_to_cell(row, _NUMBER)
            last = lines[-1] + (len(lines) == 1)  # one cell is no list to every program
            of_list, now = (xl_range_abs(lines[0], COLUMN[name], last, COLUMN[name]) for name in (LIST, NOW))
            found = f"({of_list}={here})*({now}={self._choices(number, choices)})"
            pen.formula(row, _WRONG, f"=COUNTIF({of_list},{here})-SUMPRODUCT({found})", 0.0, pen.styles("plain", "0"))
            rows = f"SUMPRODUCT(({of_list}={here})*ROW({now}))"
            pen.formula(row, _ROWS, f"={rows}-SUMPRODUCT({found}*ROW({now}))", 0.0, pen.styles("plain", "0"))

    @property
    def wrong(self) -> str:
        """The cells that say how many cells hold none of their list."""
        return self._column(_WRONG)

    @property
    def row_of_a_wrong(self) -> str:
        """A formula of the row of a cell that holds none of its list, which is known where it is the only one of its list; 0 for none."""
        return f'=IFERROR(INDEX({self._column(_ROWS)},MATCH(1,{self.wrong},0),1),IF(SUM({self.wrong})=0,0,"several"))'

    def _column(self, column: int) -> str:
        cells: str = xl_range_abs(FIRST_ASSUMPTION_ROW, column, FIRST_ASSUMPTION_ROW + len(self.lines) - 1, column)
        return cells

    def _choices(self, number: int, choices: tuple[str, ...]) -> str:
        row = FIRST_ASSUMPTION_ROW + number + 1
        return f"${xl_col_to_name(_FIRST)}${row}:${xl_col_to_name(_FIRST + len(choices) - 1)}${row}"
