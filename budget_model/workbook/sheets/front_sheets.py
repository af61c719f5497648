"""The sheets that say what the workbook is made of: about, and the scenario's own file."""

from __future__ import annotations

from importlib.metadata import version

from budget_model.analysis.unit_costs import amount_in_words, published_costs
from budget_model.scenario.comparators import Comparator
from budget_model.scenario.text import digest
from budget_model.version import VERSION, WORKBOOK_FORM
from budget_model.workbook.layout.scenario_parts import parts_of
from budget_model.workbook.layout.template import About, Fact, ScenarioFile
from budget_model.workbook.sheets.sheet import LONGEST_TEXT, Pen

_WIDTH = 100  # letters
FILE_HEADS = ("Part", "Content")
FIRST_FILE_ROW = 4
HASH_ROW, FORM_ROW, TEMPLATE_ROW, RECORD_ROW = 7, 9, 10, 11  # of the about sheet, counted from 1
_IDENTITY_ROW = 3


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
    line = _facts(pen, _IDENTITY_ROW, "Identity", (*identity, *version_facts(pen), *declared.facts))
    line = _facts(pen, line + 1, "Color key", declared.color_key)
    for heading, texts in (("Conventions", declared.conventions), ("Known limits", declared.limits), ("What was tested", declared.tests)):
        line = _paragraphs(pen, line + 1, heading, texts)
    if published := published_costs():
        line = _facts(pen, line + 1, "What other programs cost for each participant-month", tuple(map(_published, published)))
    pen.on_paper(line - 1, 1, head=(0, 1))


def version_facts(pen: Pen) -> tuple[Fact, ...]:
    """Return which version the scenario is, who saved it, when and why."""
    saved = pen.book.content.saved
    if saved is None:
        return (Fact(about="Version", text="Draft, not saved: no author, date or reason is known."),)
    when = f"{saved.moment:%B} {saved.moment.day}, {saved.moment.year}"
    return (Fact(about="Version", text=f"{saved.number}, saved by {saved.author} on {when}"), Fact(about="Reason", text=saved.reason))


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
    pen.sheet.set_column(0, 0, 48)
    pen.sheet.set_column(1, 1, 160)
    pen.head(declared.title)
    pen.text(2, 0, declared.note, "status")
    for column, text in enumerate(FILE_HEADS):
        pen.text(FIRST_FILE_ROW - 1, column, text, "head_left")
    pen.sheet.freeze_panes(FIRST_FILE_ROW, 1)
    for line, (part, content) in enumerate(parts_of(pen.book.scenario), FIRST_FILE_ROW):
        pen.text(line, 0, part, "file")
        for column, start in enumerate(range(0, len(content), LONGEST_TEXT), 1):
            pen.text(line, column, content[start : start + LONGEST_TEXT], "file")
    pen.on_paper(FIRST_FILE_ROW, 1)
