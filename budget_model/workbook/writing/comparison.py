"""A workbook of several scenarios: side by side, the bridge between two of them, and each one's live model.

Every scenario has the sheets of its own workbook, their names begun by its letter; the comparison reads them by formulas.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from budget_model.analysis.workbook_content import WorkbookContent, workbook_content
from budget_model.charts.hues import MANY
from budget_model.errors import WorkbookError
from budget_model.formats import HALF_A_CENT
from budget_model.scenario.schema import Scenario
from budget_model.scenario.text import digest
from budget_model.timeline import TOTAL as ALL_MONTHS
from budget_model.workbook.layout.book import Block, Book, Index
from budget_model.workbook.layout.record import Cell
from budget_model.workbook.layout.styles import Styles
from budget_model.workbook.layout.template import Bridge, Comparison, ShownRow, load_comparison, load_template
from budget_model.workbook.sheets.item_sheet import in_chosen_year
from budget_model.workbook.sheets.sheet import ALL_PASS, FAIL, MASTER_CELL, PASS, SOME_FAIL, FormulaCells, Pen, Pens
from budget_model.workbook.sheets.summary_sheets import GRIDLINES
from budget_model.workbook.writing.export import hand_out
from budget_model.workbook.writing.recompute import Proof, recomputed
from budget_model.workbook.writing.writer import Written, new_workbook, write_sheets

_YEAR, _HASH, _MASTER, _HEAD, _FIRST = 3, 4, 5, 6, 7
_FIRST_SCENARIO = 2
_BRIDGE_HEAD = 6


@dataclass(frozen=True)
class _Figure:
    """A line of the comparison: its row, its label, whether it closes a section, and where each scenario has it."""

    row: str
    label: str
    total: bool
    where: tuple[tuple[Block, Index] | None, ...]


def export_comparison(scenarios: Sequence[Scenario], target: str | Path | BinaryIO) -> Proof:
    """Write the workbook that compares two scenarios or more, recomputed before it is handed out.

    Raises WorkbookError for fewer than two, when it cannot be written, or when a recomputed cell differs.
    """
    written = comparison_of(scenarios)
    proof = recomputed(written)
    hand_out(written.content, target)
    return proof


def comparison_of(scenarios: Sequence[Scenario]) -> Written:
    """Return the workbook of several validated scenarios, not recomputed yet; raises WorkbookError as `export_comparison` does."""
    return write_comparison([workbook_content(scenario) for scenario in scenarios])


def write_comparison(contents: Sequence[WorkbookContent]) -> Written:
    """Return the workbook of several scenarios, in their order under the letters A, B, C ...

    Raises WorkbookError for fewer than two.
    """
    if len(contents) < 2:
        raise WorkbookError("A comparison needs two scenarios or more")
    layout = load_comparison()
    each = load_template(layout.each)
    books = [Book(content, each.prefixed(f"{xl_col_to_name(number)}_", layout.without)) for number, content in enumerate(contents)]
    target = io.BytesIO()
    cells: FormulaCells = {}
    named: dict[str, Cell] = {}
    with new_workbook(target, "LEAD budget: scenarios compared") as workbook:
        styles = Styles(workbook)
        first = {name: workbook.add_worksheet(name) for name in (layout.sheet, layout.bridge.sheet)}
        for book in books:
            sheets = {name: workbook.add_worksheet(name) for name in book.order}
            write_sheets(Pens(book, styles, workbook, sheets, cells, named=named))
        pens = Pens(books[0], styles, workbook, first, cells)
        figures = _write_comparison(pens.sheet(layout.sheet), layout, books)
        _write_bridge(pens.sheet(layout.bridge.sheet), layout, books, figures)
    return Written(target.getvalue(), cells)


def _head(pen: Pen, title: str, note: str) -> None:
    pen.text(0, 0, title, "title")
    pen.text(1, 0, note, "status")
    pen.page("LEAD scenarios compared", "see the checks of each scenario")


def _headings(books: Sequence[Book]) -> list[str]:
    return [f"{book.template.prefix.rstrip('_')}: {book.scenario.name}" for book in books]


def _write_comparison(pen: Pen, layout: Comparison, books: Sequence[Book]) -> list[tuple[_Figure, int]]:
    """Write the comparison of a fiscal year that the reader chooses; return the figures with their lines."""
    _head(pen, layout.title, layout.note)
    last = _FIRST_SCENARIO + len(books) - 1
    pen.sheet.set_column(0, 0, 50)
    pen.sheet.set_column(1, 1, 26)
    pen.sheet.set_column(_FIRST_SCENARIO, last, 22)
    years = list(dict.fromkeys(year for book in books for year in book.projection.timeline.years))
    pen.choice(_YEAR, "Fiscal year shown", ALL_MONTHS, [*sorted(years), ALL_MONTHS], "a fiscal year, or Total for all months")
    pen.text(_HASH, 0, "Content hash of the scenario", "item")
    pen.text(_MASTER, 0, "Checks", "item")
    pen.text(_HEAD, 0, "Figure", "head_left")
    pen.text(_HEAD, 1, "Unit", "head")
    pen.sheet.set_row(_HEAD, 48)
    for column, (book, heading) in enumerate(zip(books, _headings(books), strict=True), _FIRST_SCENARIO):
        pen.text(_HEAD, column, heading, "head")
        pen.text(_HASH, column, digest(book.scenario), "small")
        master = f"={quote_sheetname(book.checks)}!{MASTER_CELL}"
        pen.formula(_MASTER, column, master, SOME_FAIL if book.fails else ALL_PASS, pen.styles("wrapped"))
    pen.sheet.set_row(_MASTER, 32)
    pen.sheet.freeze_panes(_FIRST, 1)
    pen.sheet.repeat_rows(0, _HEAD)
    line, lines = _FIRST, []
    for section in layout.sections:
        pen.band(line, section.heading, last)
        line += 1
        for entry in section.rows:
            for figure in _figures(entry, books):
                _line(pen, line, figure, books)
                lines.append((figure, line))
                line += 1
    chart = pen.pens.workbook.add_chart({"type": "column"})
    for color, row in zip(MANY, layout.chart.rows, strict=False):
        at = next(number for figure, number in lines if figure.row == row)
        chart.add_series({
            "name": [pen.name, at, 0],
            "categories": [pen.name, _HEAD, _FIRST_SCENARIO, _HEAD, last],
            "values": [pen.name, at, _FIRST_SCENARIO, at, last],
            "fill": {"color": color},
        })  # fmt: skip
    chart.set_title({"name": layout.chart.title, "name_font": {"size": 12}})
    chart.set_y_axis({"num_format": "#,##0", "name": "Dollars", "major_gridlines": GRIDLINES})
    chart.set_size({"width": 760, "height": 340})
    pen.sheet.insert_chart(line + 1, 0, chart, {"description": layout.chart.alt, "object_position": 2})
    return lines


def _figures(entry: ShownRow, books: Sequence[Book]) -> Iterator[_Figure]:
    """Yield a line for each item that any of the scenarios has of a row, found by its name."""
    known: dict[str, list[tuple[Block, Index] | None]] = {}
    for number, book in enumerate(books):
        block = book.blocks[entry.row]
        for index, members in block.items:
            name = ": ".join(member.name for member in members)
            known.setdefault(name, [None] * len(books))[number] = (block, index)
    for name, where in known.items():
        yield _Figure(entry.row, ": ".join(part for part in (entry.label, name) if part), entry.total, tuple(where))


def _line(pen: Pen, line: int, figure: _Figure, books: Sequence[Book]) -> None:
    row = next(found for found in figure.where if found)[0].row
    pen.text(line, 0, figure.label, "total" if figure.total else "item")
    pen.text(line, 1, row.unit, "total" if figure.total else "plain")
    form = pen.figure(row.unit, "total" if figure.total else "plain")
    for column, (book, found) in enumerate(zip(books, figure.where, strict=True), _FIRST_SCENARIO):
        if found is None:
            pen.number(line, column, 0, form)
            continue
        block, index = found
        formula = in_chosen_year(pen.name, block, block.line_of[index], book.columns.years.stop - 1, f"$B${_YEAR + 1}")
        pen.formula(line, column, f"={formula}", _over_all_months(book, found), form)


def _over_all_months(book: Book, found: tuple[Block, Index] | None) -> float:
    return float(book.projection.by_year(found[0].row.name)[found[1]][-1]) if found else 0.0


def _write_bridge(pen: Pen, layout: Comparison, books: Sequence[Book], lines: Sequence[tuple[_Figure, int]]) -> None:
    """Write the steps between two scenarios that the reader chooses, and whether they add up."""
    bridge: Bridge = layout.bridge
    _head(pen, bridge.title, bridge.note)
    pen.sheet.set_column(0, 0, 50)
    pen.sheet.set_column(1, 4, 24)
    sheet, last = quote_sheetname(layout.sheet), xl_col_to_name(_FIRST_SCENARIO + len(books) - 1)
    first = xl_col_to_name(_FIRST_SCENARIO)
    heads = f"{sheet}!${first}${_HEAD + 1}:${last}${_HEAD + 1}"
    headings = _headings(books)
    for line, (label, heading) in enumerate((("From", headings[0]), ("To", headings[1])), 2):
        pen.choice(line, label, heading, f"={heads}", "a scenario")
    pen.text(4, 0, "Fiscal year shown (chosen on the Comparison sheet)", "item")
    pen.formula(4, 1, f"={sheet}!$B${_YEAR + 1}", ALL_MONTHS, pen.styles("plain"))
    for column, text in enumerate(("Line", "From", "To", "Difference", "Adds to net county cost")):
        pen.text(_BRIDGE_HEAD, column, text, "head" if column else "head_left")
    pen.sheet.freeze_panes(_BRIDGE_HEAD + 1, 1)
    pen.sheet.repeat_rows(0, _BRIDGE_HEAD)
    line = _BRIDGE_HEAD + 1
    steps = [(entry, figure, at) for entry in (*bridge.rows, bridge.total) for figure, at in lines if figure.row == entry.row]
    total = steps[-1][1]
    for entry, figure, at in steps:
        form = pen.figure("dollars", "total" if figure is total else "plain")
        values = [_over_all_months(book, found) for book, found in zip(books, figure.where, strict=True)]
        pen.text(line, 0, entry.label or figure.label, "total" if figure is total else "item")
        for column, (row, value) in enumerate(((3, values[0]), (4, values[1])), 1):
            cells = f"{sheet}!${first}{at + 1}:${last}{at + 1}"
            pen.formula(line, column, f"=INDEX({cells},MATCH($B${row},{heads},0))", value, form)
        difference = values[1] - values[0]
        pen.formula(line, 3, f"=C{line + 1}-B{line + 1}", difference, form)
        sign = "-" if entry.deducted else ""
        if figure is not total:
            pen.formula(line, 4, f"={sign}D{line + 1}", -difference if entry.deducted else difference, form)
        line += 1
    first_step, last_step = _BRIDGE_HEAD + 2, line - 1
    change = _over_all_months(books[1], total.where[1]) - _over_all_months(books[0], total.where[0])
    pen.formula(line - 1, 4, f"=SUM(E{first_step}:E{last_step})", change, pen.figure("dollars", "total"))
    pen.text(line + 1, 0, "The steps add up to the difference of net county cost", "item")
    pen.number(line + 1, 3, HALF_A_CENT, pen.styles("plain", "0.000"))
    pen.formula(line + 1, 1, f'=IF(ABS(D{line}-E{line})<=D{line + 2},"{PASS}","{FAIL}")', PASS, pen.styles("plain"))
    pen.text(line + 1, 2, "tolerance, dollars", "small")
    chart = pen.pens.workbook.add_chart({"type": "bar"})
    chart.add_series({
        "name": [pen.name, _BRIDGE_HEAD, 4],
        "categories": [pen.name, first_step - 1, 0, last_step - 1, 0],
        "values": [pen.name, first_step - 1, 4, last_step - 1, 4],
        "fill": {"color": MANY[0]},
        "invert_if_negative": True,
        "invert_if_negative_color": MANY[5],
        "gap": 50,
    })  # fmt: skip
    chart.set_title({"name": bridge.title, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "label_position": "low"})
    chart.set_x_axis({"num_format": "#,##0;(#,##0)", "label_position": "high", "name": "Dollars", "major_gridlines": GRIDLINES})
    chart.set_size({"width": 860, "height": 340})
    pen.sheet.insert_chart(line + 3, 0, chart, {"description": bridge.alt, "object_position": 2})
