"""The sheets a reader opens first and last: cover, about, the scenario's own file."""

from __future__ import annotations

from importlib.metadata import version

from xlsxwriter.utility import quote_sheetname

from budget_model.analysis.unit_costs import amount_in_words, published_costs
from budget_model.scenario.comparators import Comparator
from budget_model.scenario.confirmation import State
from budget_model.scenario.text import digest
from budget_model.timeline import month_label
from budget_model.version import VERSION, WORKBOOK_FORM
from budget_model.workbook.layout.book import TOTAL
from budget_model.workbook.layout.scenario_parts import parts_of
from budget_model.workbook.layout.template import About, Cover, Crosswalk, Fact, ScenarioFile, ShownRow
from budget_model.workbook.sheets.check_lines import remark_count
from budget_model.workbook.sheets.crosswalk_sheet import answers, words_range
from budget_model.workbook.sheets.sheet import LONGEST_TEXT, REMARKS_CELL, Pen

_WIDTH = 100  # letters
FILE_HEADS = ("Part", "Content")
FIRST_FILE_ROW = 4
HASH_ROW, FORM_ROW, TEMPLATE_ROW, RECORD_ROW = 7, 9, 10, 11  # of the about sheet, counted from 1
_IDENTITY_ROW = 3


def write_cover(pen: Pen, declared: Cover) -> None:
    """Write what the workbook answers, how to use it, and a list of its sheets with links."""
    scenario, book = pen.book.scenario, pen.book
    _set_up(pen, declared.title)
    line = _paragraph(pen, 2, scenario.description)
    line = _heading(pen, line + 1, "All months together")
    for entry in declared.figures:
        line = _figure(pen, line, entry)
    crosswalk = next((sheet for sheet in book.template.sheets if isinstance(sheet, Crosswalk)), None)
    if crosswalk:
        found, words = answers(pen), words_range(pen, crosswalk)
        for word in reversed(State):
            pen.text(line, 0, f"Clauses of the motion, of {len(found)}: {word}", "item")
            value = sum(answer.word is word for answer in found)
            pen.formula(line, 1, f'=COUNTIF({words},"{word}")', value, pen.styles("left", "0"))
            line += 1
    pen.text(line, 0, "Remarks to look at, on the Checks sheet", "item")
    pen.formula(line, 1, f"={quote_sheetname(book.checks)}!{REMARKS_CELL}", remark_count(book), pen.styles("left", "0"))
    line += 1
    first, last_month = month_label(scenario.first_month), month_label(scenario.timeline.last)
    facts = (Fact(about="Budget phase", text=scenario.phase), Fact(about="Months", text=f"{first} to {last_month}"), *declared.facts)
    line = _facts(pen, line + 1, "This workbook", facts)
    line = _paragraphs(pen, line + 1, "How to use it", declared.how_to_use)
    line = _heading(pen, line + 1, "Sheets: reports and assumptions, then how each figure comes about")
    last_report = book.order.index(book.assumptions) + 1
    for column, sheets in enumerate((book.order[1:last_report], book.order[last_report:])):
        for row, sheet in enumerate(sheets, line):
            pen.sheet.write_url(row, column, f"internal:{quote_sheetname(sheet)}!A1", pen.styles("link"), sheet)
    pen.sheet.fit_to_pages(1, 1)


def _figure(pen: Pen, line: int, entry: ShownRow) -> int:
    block = pen.book.blocks[entry.row]
    value = float(pen.book.projection.by_year(entry.row)[-1])
    pen.text(line, 0, f"{entry.label or block.row.label} ({block.row.unit})", "item")
    pen.link(line, 1, block, (), TOTAL, value, pen.figure(block.row.unit, "left_total" if entry.total else "left"))
    return line + 1


def _set_up(pen: Pen, title: str) -> None:
    pen.sheet.set_column(0, 0, 48)
    pen.sheet.set_column(1, 1, _WIDTH)
    pen.head(title)


def write_about(pen: Pen, declared: About, formulas: int) -> None:
    """Write what the workbook is made of. The rows of its identity are fixed: the import reads them.

    The hash of the record is filled in with the record.
    """
    scenario = pen.book.scenario
    _set_up(pen, declared.title)
    pen.text(2, 0, declared.note, "status")
    proof = (
        f"{formulas:,} formula cells were recomputed with IronCalc {version('ironcalc')} before this file was handed out; "
        "each came to the value stored in it within half a cent, and none to an error."
    )
    identity = (
        Fact(about="Scenario", text=scenario.name),
        Fact(about="Scenario id", text="-".join("".join(sign if sign.isalnum() else " " for sign in scenario.name.lower()).split())),
        Fact(about="Content hash of the scenario", text=digest(scenario)),
        Fact(about="Made with", text=f"LEAD Budget Modeler {VERSION}"),
        Fact(about="Form of the workbook", text=str(WORKBOOK_FORM)),
        Fact(about="Template", text=pen.book.template.name),
        Fact(about="Hash of the record", text=""),
        Fact(about="Recomputed", text=proof),
    )
    line = _facts(pen, _IDENTITY_ROW, "Identity", (*identity, *declared.facts))
    line = _facts(pen, line + 1, "Color key", declared.color_key)
    for heading, texts in (("Conventions", declared.conventions), ("Known limits", declared.limits), ("What was tested", declared.tests)):
        line = _paragraphs(pen, line + 1, heading, texts)
    if published := published_costs():
        _facts(pen, line + 1, "What other programs cost for each participant-month", tuple(map(_published, published)))


def _published(cost: Comparator) -> Fact:
    """Return a published cost with year, confidence, what it includes and source."""
    return Fact(
        about=cost.label, text=f"{amount_in_words(cost)}, {cost.date}, confidence {cost.confidence}. {cost.includes} {cost.source}."
    )


def _facts(pen: Pen, line: int, heading: str, facts: tuple[Fact, ...]) -> int:
    line = _heading(pen, line, heading)
    for fact in facts:
        pen.text(line, 0, fact.about, "wrapped")
        line = _paragraph(pen, line, fact.text)
    return line


def _paragraphs(pen: Pen, line: int, heading: str, texts: tuple[str, ...]) -> int:
    line = _heading(pen, line, heading)
    for number, text in enumerate(texts, 1):
        pen.text(line, 0, f"{number}.", "wrapped")
        line = _paragraph(pen, line, text)
    return line


def _paragraph(pen: Pen, line: int, text: str) -> int:
    """Write a text over as many lines as it takes; return the next row."""
    pen.text(line, 1, text, "wrapped")
    pen.sheet.set_row(line, 15 * (1 + len(text) // (_WIDTH + 10)))
    return line + 1


def _heading(pen: Pen, line: int, heading: str) -> int:
    pen.band(line, heading, 1)
    return line + 1


def write_scenario_file(pen: Pen, declared: ScenarioFile) -> None:
    """Write the scenario the workbook was made from; a long content runs on to the right."""
    pen.head(declared.title)
    pen.text(2, 0, declared.note, "status")
    for column, text in enumerate(FILE_HEADS):
        pen.text(FIRST_FILE_ROW - 1, column, text, "head_left")
    pen.sheet.set_column(0, 0, 28)
    pen.sheet.set_column(1, 1, 160)
    pen.sheet.freeze_panes(FIRST_FILE_ROW, 1)
    for line, (part, content) in enumerate(parts_of(pen.book.scenario), FIRST_FILE_ROW):
        pen.text(line, 0, part, "file")
        for column, start in enumerate(range(0, len(content), LONGEST_TEXT), 1):
            pen.text(line, column, content[start : start + LONGEST_TEXT], "file")
    pen.sheet.print_area(0, 0, FIRST_FILE_ROW, 1)
