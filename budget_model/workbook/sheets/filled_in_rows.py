"""Below the change tables: what rows that were filled in in this workbook change, each under its own name, heading and sentence.

Their amounts are in the lines of the tables above, which stand by site; here they are told apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from budget_model.engine.vocabulary import COUNT_DIGITS_NAME
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import ChangeHeading
from budget_model.workbook.layout.book import FIRST_YEAR, cell_reference
from budget_model.workbook.layout.styles import height_of
from budget_model.workbook.sheets.sheet import Pen

_TITLE = "Of it, by rows that were filled in in this workbook: more or less than the year before, in dollars"
_NOT_FILLED_IN = "not filled in"


@dataclass(frozen=True)
class _Kind:
    """A kind of row that may be filled in: what it is called, the row of the model that has its amounts, and where it is counted."""

    axis: Axis
    row: str
    heading: ChangeHeading
    sentence: str


_KINDS = (
    _Kind(Axis.POSITION, "position_cost", ChangeHeading.NEW_EXPANDED_PROGRAMS, "Reflects County positions added in this workbook."),
    _Kind(Axis.CONTRACT, "contract_cost", ChangeHeading.NEW_EXPANDED_PROGRAMS, "Reflects a provider contract added in this workbook."),
    _Kind(Axis.SERVICE, "service_cost", ChangeHeading.NEW_EXPANDED_PROGRAMS, "Reflects services or supplies added in this workbook."),
    _Kind(Axis.CARE, "care_cost", ChangeHeading.NEW_EXPANDED_PROGRAMS, "Reflects treatment or housing added in this workbook."),
    _Kind(Axis.SOURCE, "money_claimed", ChangeHeading.OTHER_CHANGES, "Reflects money of a source added in this workbook."),
)


def write_filled_in_rows(pen: Pen, line: int, step: str) -> int:
    """Write a line for each row that may be filled in, with its change by fiscal year, rounded to the step; return the next line."""
    years = pen.book.projection.timeline.years
    pen.text(line, 0, _TITLE, "head_left")
    pen.sheet.set_row(line, height_of(2))
    for column, year in enumerate(years, 1):
        pen.text(line, column, year, "head")
    heading = ""
    for kind, position in _blank_rows(pen):
        line += 1
        if kind.heading != heading:
            heading = kind.heading
            pen.band(line, heading, len(years))
            line += 1
        _write(pen, line, kind, position, step)
    return line + 1


def _blank_rows(pen: Pen) -> Iterator[tuple[_Kind, int]]:
    for kind in _KINDS:
        for position, member in enumerate(pen.book.members[kind.axis]):
            if member.name in pen.book.blank_rows:
                yield kind, position


def _write(pen: Pen, line: int, kind: _Kind, position: int, step: str) -> None:
    book, block = pen.book, pen.book.blocks[kind.row]
    written, name = book.members[kind.axis][position].name, book.blank_name(kind.axis, position)
    not_filled_in, years = f"{written}: {_NOT_FILLED_IN}", len(book.projection.timeline.years)
    pen.formula(line, 0, f'={name}&IF({name}="{written}",": {_NOT_FILLED_IN}",". {kind.sentence}")', not_filled_in, pen.styles("item"))
    pen.faint(line, 0, years, not_filled_in)
    for number in range(years):
        now = cell_reference(pen.name, block.sheet, FIRST_YEAR + number, block.line_of[position,])
        changed = f"({now}-{cell_reference(pen.name, block.sheet, FIRST_YEAR + number - 1, block.line_of[position,])})" if number else now
        formula = f"=ROUND(ROUND({changed}/{step},{COUNT_DIGITS_NAME}),0)*{step}"
        pen.formula(line, 1 + number, formula, 0.0, pen.figure("dollars"))
