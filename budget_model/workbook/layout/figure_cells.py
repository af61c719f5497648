"""Where each figure of a plan stands in the workbook that is made of it: its row, item and time as a sheet and a cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from budget_model.analysis.why.addresses import Address
from budget_model.analysis.workbook_content import workbook_content
from budget_model.budget import BUDGET
from budget_model.engine.rows import MONTH, YEAR, Input, Listing, Row
from budget_model.scenario.schema import Scenario
from budget_model.timeline import TOTAL as ALL_MONTHS
from budget_model.timeline import Timeline, month_label
from budget_model.workbook.layout.book import CONSTANT, FIRST_YEAR, TOTAL, VALUE_COLUMN, Book, Columns, Index
from budget_model.workbook.layout.rows_without_lines import item_axes, stands_in_its_readers
from budget_model.workbook.layout.template import load_template

_Place = tuple[str, int, bool]  # a sheet, a row of it counted from 0, and whether that shows the figure's fiscal years


@dataclass(frozen=True)
class FigureCell:
    """A cell of the workbook; or the months, to `last`, of which a year is what `of_months` says: sum, last, largest or smallest."""

    sheet: str
    cell: str
    last: str = ""
    of_months: str = ""

    @property
    def reference(self) -> str:
        """The place as Excel's name box and formulas take it: `'Net county cost'!C31`."""
        return f"{quote_sheetname(self.sheet)}!{self.cell}{self.last and f':{self.last}'}"


@dataclass(frozen=True)
class FigureCells:
    """The place of each item of each row that has lines in the workbook, by its position among the plan's own items."""

    timeline: Timeline
    places: Mapping[str, Mapping[Index, _Place]]

    def cell_of(self, address: Address) -> FigureCell | None:
        """Return where a figure stands; None for one that has no cell, and stands in the formulas of those that read it."""
        row, place = BUDGET.rows[address.row], self.places.get(address.row, {}).get(address.items)
        if place is None:
            return None
        (sheet, line, with_years), columns = place, Columns(self.timeline)
        years = (*self.timeline.years, ALL_MONTHS)
        if address.at not in years:
            return FigureCell(sheet, xl_rowcol_to_cell(line, self._constant_or_month(row, address.at, columns)))
        if with_years:
            column = TOTAL if address.at == ALL_MONTHS else FIRST_YEAR + years.index(address.at)
            return FigureCell(sheet, xl_rowcol_to_cell(line, column))
        first, stop = (*self.timeline.spans, (0, self.timeline.count))[years.index(address.at)]
        begins, ends = (xl_rowcol_to_cell(line, columns.months[month]) for month in (first, stop - 1))
        return FigureCell(sheet, begins, ends, str(row.in_a_year))

    def _constant_or_month(self, row: Row, at: str, columns: Columns) -> int:
        if MONTH in row.over:
            return columns.months[[month_label(month) for month in self.timeline.months].index(at)]
        return VALUE_COLUMN if isinstance(row, Input) else CONSTANT


def figure_cells(scenario: Scenario) -> FigureCells:
    """Return where the figures of a scenario stand in its budget workbook, of which no cell is written for that.

    A sheet Range moves none of them.
    """
    content = workbook_content(scenario)
    book = Book(content, load_template())
    own = {
        axis: {place: number for number, place in enumerate(place for place, one in enumerate(members) if one.name not in book.blank_rows)}
        for axis, members in book.members.items()
    }
    places: dict[str, dict[Index, _Place]] = {}
    for name, index, place in _places(book):
        if all(position in own[axis] for axis, position in zip(item_axes(BUDGET.rows[name]), index, strict=True)):
            known = tuple(own[axis][position] for axis, position in zip(item_axes(BUDGET.rows[name]), index, strict=True))
            places.setdefault(name, {})[known] = place
    return FigureCells(book.projection.timeline, places)


def in_words(cells: FigureCells, address: Address) -> str:
    """Return where a figure stands in the workbook, in a sentence; of one without a cell, why it has none."""
    found = cells.cell_of(address)
    if found is not None:
        return f"In the workbook: {f'the {found.of_months} of ' * bool(found.of_months)}{found.reference}."
    if stands_in_its_readers(BUDGET.rows[address.row]):
        return "In the workbook it has no cell of its own: it stands in the formulas of the figures that read it."
    return "In the workbook it has no cell: nothing in this plan makes it up, or nothing reads it."


def _places(book: Book) -> Iterator[tuple[str, Index, _Place]]:
    """Yield each row with an item of it and where that stands, in the positions of the workbook, which has spare rows."""
    for name, block in book.blocks.items():
        if book.settled.keys().isdisjoint((name, block.repeats)):  # else its cells are empty
            with_years = _shows_years(block.row, BUDGET.rows[block.repeats or name])
            for index, line in block.line_of.items():
                yield name, index, (block.sheet, line, with_years)
    for row in BUDGET.rows.values():
        if isinstance(row, Listing) and row.inline and all(name in book.blocks for name in row.reads):
            for position, (block, index) in enumerate(book.listed(row)):
                yield row.name, (position,), (block.sheet, block.line_of[index], _shows_years(row, block.row))
    for (name, index), line in book.address.items():
        if name in BUDGET.rows:
            yield name, index, (book.assumptions, line, False)


def _shows_years(row: Row, written: Row) -> bool:
    """Whether the fiscal years beside the months of the row that is written are those of a row that stands on its lines."""
    return YEAR in written.over or (written.in_a_year in ("sum", "last") and row.in_a_year == written.in_a_year)
