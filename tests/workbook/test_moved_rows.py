"""An inserted or deleted row or column is said as such, and nothing else is taken for one."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as some
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from budget_model.workbook.layout.constants import literal
from budget_model.workbook.layout.filling import Area
from budget_model.workbook.layout.record import Record
from budget_model.workbook.reading.cells import Cells
from budget_model.workbook.reading.moved_rows import moved_rows

SHEET, ROWS, COLUMNS = "Funding", 40, 12
TEXTS = {(row, 0): f"Source {row}" for row in range(ROWS)} | {(2, column): f"Month {column}" for column in range(1, COLUMNS)}
FORMULAS = [(row, column) for row in range(3, ROWS) for column in range(3, COLUMNS)]
NAMES = {f"in_{row}": (row, 1) for row in range(4, ROWS, 3)}
WRITTEN = Record(
    formulas=(Area(SHEET, 3, 3, ROWS - 1, COLUMNS - 1, "=C4"),),
    names={name: (SHEET, xl_rowcol_to_cell(*place)) for name, place in NAMES.items()},
    constants=tuple(Area(SHEET, row, column, row, column, literal(text)) for (row, column), text in TEXTS.items()),
)
Move = Callable[[int, int], tuple[int, int] | None]


def found(move: Move, edited: tuple[tuple[int, int], ...] = ()) -> list[str]:
    """Return what is said of the sheet when each of its cells stands where `move` puts it, and some were edited beside."""
    texts = {moved: text for place, text in TEXTS.items() if place not in edited and (moved := move(*place))}
    formulas = [moved for place in FORMULAS if place not in edited and (moved := move(*place))]
    cells = Cells(
        sheets=[SHEET],
        names={name: f"{SHEET}!{xl_rowcol_to_cell(*moved, True, True)}" for name, place in NAMES.items() if (moved := move(*place))},
        local_names={},
        properties={},
        formulas={SHEET: {xl_rowcol_to_cell(*place): "=SUM(A1)" for place in formulas}},
        values={SHEET: {xl_rowcol_to_cell(*place): ("s", text) for place, text in texts.items()}},
    )
    return [str(problem) for problem in moved_rows(cells, WRITTEN, "edited.xlsx")]


def shifted(line: int, first: int, count: int) -> int | None:
    """Return where a line stands when so many are inserted before another, or deleted from it on."""
    if line < first:
        return line
    return None if count < 0 and line < first - count else line + count


COUNTS = some.integers(-3, 3).filter(bool)
EDITED = some.lists(some.sampled_from([*FORMULAS, (7, 0)]), max_size=2).map(tuple)


@given(some.integers(0, ROWS - 6), COUNTS, EDITED)
def test_rows_that_were_inserted_or_deleted_are_said(first: int, count: int, edited: tuple[tuple[int, int], ...]) -> None:
    def move(row: int, column: int) -> tuple[int, int] | None:
        return None if (to := shifted(row, first, count)) is None else (to, column)

    (said,) = found(move, tuple(place for place in edited if place[0] > first))
    many = "a row was" if abs(count) == 1 else f"{abs(count)} rows were"
    assert said.startswith(
        f"edited.xlsx: Funding: {many} {'inserted' if count > 0 else 'deleted'} at or above row {first + 1}; undo that, or "
    )


@given(some.integers(0, COLUMNS - 6), COUNTS)
def test_columns_that_were_inserted_or_deleted_are_said(first: int, count: int) -> None:
    def move(row: int, column: int) -> tuple[int, int] | None:
        return None if (to := shifted(column, first, count)) is None else (row, to)

    (said,) = found(move)
    many = "a column was" if abs(count) == 1 else f"{abs(count)} columns were"
    assert f"{many} {'inserted' if count > 0 else 'deleted'} at or left of column {xl_col_to_name(first)}; " in said


@given(some.integers(0, ROWS - 1), some.integers(0, ROWS - 1), EDITED)
def test_rows_that_were_sorted_or_cells_that_were_edited_are_no_rows_inserted(
    one: int, other: int, edited: tuple[tuple[int, int], ...]
) -> None:
    swapped = {one: other, other: one}
    assert found(lambda row, column: (swapped.get(row, row), column), edited) == []
