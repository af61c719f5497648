"""The crosswalk: from each clause of the Board's motion to the figures that answer it, all formulas, and to what is confirmed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from budget_model.analysis.motion import CLAUSES_OF_COST, Answer, crosswalk
from budget_model.analysis.motion_clauses import AGENCIES, FUNDING, REPORT
from budget_model.analysis.motion_figures import (
    DATE,
    AtStage,
    Confirmed,
    Difference,
    Earliest,
    Figure,
    Latest,
    Lines,
    Nothing,
    Opened,
    ToConfirm,
    Where,
    first_full_year,
)
from budget_model.analysis.pilot import HEADING, Quotient, Sum, freedom, pilot_figures, shows_the_pilot
from budget_model.scenario.agencies import agencies
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import AgencyStage
from budget_model.scenario.confirmation import State
from budget_model.workbook.layout.assumption_columns import CONFIRMED_BY, CONFIRMED_ON
from budget_model.workbook.layout.book import CONSTANT, FIRST_ASSUMPTION_ROW, FIRST_YEAR, TOTAL, Block, cell_reference
from budget_model.workbook.layout.evidence_cells import CLAUSE_COLUMN, COLUMNS
from budget_model.workbook.layout.styles import height_of, lines_of
from budget_model.workbook.layout.template import Crosswalk, Items
from budget_model.workbook.sheets.item_sheet import items_of_column
from budget_model.workbook.sheets.sheet import Pen, SheetCheck

FIRST_LINE = 4
_ID, _ASKS, _ANSWER, _SHEET, _FIGURE, _VALUE, _IN_YEAR, _NEEDED, _CONFIRMED, _WORD, _QUESTION = range(11)
_HEADS = (
    ("Id", 6), ("The Board asks for", 28), ("Answer", 28), ("Sheet", 14), ("Figure", 38), ("All months, or at their end", 12),
    ("First full year", 12), ("To confirm", 8), ("Confirmed", 10), ("Status", 9), ("Open question", 22),
)  # fmt: skip
_WHOLE = ("numbers", "areas", "agencies", "contracts")  # of which nil is a figure


class _Line(NamedTuple):
    """Where a figure is written: its line, the column of its value, and the column of the model's sheets that it links to."""

    line: int
    column: int
    source: int


def words_range(pen: Pen, declared: Crosswalk) -> str:
    """Return the reference of the words that say how far the clauses are answered."""
    last = FIRST_LINE + sum(len(answer.figures) for answer in answers(pen))
    letter = xl_col_to_name(_WORD)
    return f"{quote_sheetname(declared.sheet)}!${letter}${FIRST_LINE + 1}:${letter}${last}"


def answers(pen: Pen) -> tuple[Answer, ...]:
    """Return the lines of the crosswalk for the workbook's scenario."""
    return crosswalk(pen.book.projection, pen.book.blank_rows)


def write_crosswalk(pen: Pen, declared: Crosswalk) -> None:
    """Write for each clause what is asked, where it is answered, its figures line by line, what is confirmed, and what is open."""
    year = first_full_year(pen.book.projection)
    heads = [f"{text}: {pen.book.projection.years[year]}" if column == _IN_YEAR and year is not None else text
             for column, (text, _) in enumerate(_HEADS)]  # fmt: skip
    for column, text in enumerate(heads):
        pen.text(FIRST_LINE - 1, column, text, "head")
        pen.sheet.set_column(column, column, _HEADS[column][1])
    pen.head(declared.title, status_column=_SHEET)
    pen.note(2, declared.note, _QUESTION)
    pen.sheet.set_row(FIRST_LINE - 1, height_of(3))
    pen.sheet.freeze_panes(FIRST_LINE, 1)
    line, found = FIRST_LINE, answers(pen)
    starts: dict[str, int] = {}
    for answer in found:
        starts[answer.clause.id] = line
        line += len(answer.figures)
    for answer in found:
        _write_answer(pen, starts[answer.clause.id], answer, starts, year)
    letter = xl_col_to_name(_VALUE)
    targets = f"{quote_sheetname(pen.name)}!${letter}${FIRST_LINE + 1}:${letter}${line}"
    rule = "Every clause of the motion has a cell that answers it (convention B1)."
    pen.pens.checks.append(SheetCheck("Clauses have figures", rule, f"=COUNTBLANK({targets})", 0.0, "clauses"))
    if shows_the_pilot(pen.book.projection):
        line = _write_pilot(pen, line + 1)
    pen.on_paper(line - 1, _QUESTION, head=(0, FIRST_LINE - 1), parts=list(starts.values()))


def _write_pilot(pen: Pen, line: int) -> int:
    """Write the published figures of the pilot beside those of the model, with how each came in; return the next line."""
    figures = pilot_figures(pen.book.projection)
    pen.band(line, HEADING, _QUESTION)
    for column, text in ((_FIGURE, "Figure"), (_VALUE, "Model"), (_IN_YEAR, "Published"), (_WORD, "It is"), (_QUESTION, "What to know")):
        pen.text(line + 1, column, text, "head")
    for row, figure in enumerate(figures, line + 2):
        form = pen.figure(figure.unit, "top")
        pen.text(row, _FIGURE, f"{figure.label} ({figure.unit})", "wrapped")
        pen.formula(row, _VALUE, f"={_of_pilot(pen, figure.at)}", figure.model, form)
        pen.number(row, _IN_YEAR, figure.published, form)
        pen.text(row, _WORD, str(figure.how), "wrapped")
        pen.text(row, _QUESTION, figure.note, "wrapped")
        beside = ((_FIGURE, f"{figure.label} ({figure.unit})"), (_WORD, str(figure.how)), (_QUESTION, figure.note))
        pen.sheet.set_row(row, height_of(max(lines_of(text, _HEADS[column][1] - 1) for column, text in beside)))
    last = line + 2 + len(figures)
    pen.text(last, _FIGURE, freedom(pen.book.projection, figures).sentence, "plain")
    return last + 1


def _of_pilot(pen: Pen, at: Sum | Quotient) -> str:
    if isinstance(at, Quotient):
        of, by = _of_pilot(pen, at.of), _of_pilot(pen, at.by)
        return f"IF({by}=0,0,{of}/{by})"
    block, months = pen.book.blocks[at.row], pen.book.columns.months
    first, last = (months.start + month for month in at.months) if at.months else (TOTAL, TOTAL)
    parts = []
    for item in at.items or (None,):
        line = block.line_of[() if item is None else (item,)]
        begin, end = (cell_reference(pen.name, block.sheet, column, line) for column in (first, last))
        parts.append(begin if first == last else f"SUM({begin}:{end.rpartition('!')[2]})")
    return "+".join(parts)


def _write_answer(pen: Pen, line: int, answer: Answer, starts: Mapping[str, int], year: int | None) -> None:
    clause = answer.clause
    for column, text in ((_ID, clause.id), (_ASKS, clause.asks), (_ANSWER, clause.answer), (_QUESTION, clause.question)):
        pen.text(line, column, text, "wrapped")
    sheet = clause.sheet if clause.sheet in pen.book.order else pen.book.assumptions
    pen.sheet.write_url(line, _SHEET, f"internal:{quote_sheetname(sheet)}!A1", pen.styles("wrapped_link"), sheet)
    first = ((_ASKS, clause.asks), (_ANSWER, clause.answer), (_QUESTION, clause.question))
    for offset, figure in enumerate(answer.figures):
        label = figure.label if figure.unit == DATE else f"{figure.label} ({figure.unit})"
        pen.text(line + offset, _FIGURE, label, "wrapped")
        beside = ((_FIGURE, label), (_SHEET, sheet), *first) if offset == 0 else ((_FIGURE, label),)
        pen.sheet.set_row(line + offset, height_of(max(lines_of(text, _HEADS[column][1] - 1) for column, text in beside)))
        _write_value(pen, figure, _Line(line + offset, _VALUE, TOTAL), figure.value)
        if figure.in_full_year is not None and year is not None:
            _write_value(pen, figure, _Line(line + offset, _IN_YEAR, FIRST_YEAR + year), figure.in_full_year)
    counts = pen.styles("top", "0")
    for column, formula, value in (
        (_NEEDED, _needed(pen, answer, line, starts), answer.needed),
        (_CONFIRMED, _confirmed(pen, answer, line, starts), answer.confirmed),
    ):
        if formula:
            pen.formula(line, column, formula, value, counts)
        else:
            pen.number(line, column, value, counts)
    main, needed, done = (f"{xl_col_to_name(column)}{line + 1}" for column in (_VALUE, _NEEDED, _CONFIRMED))
    told = f'IF({done}=0,"{State.DRAFT}",IF({done}<{needed},"{State.IN_PART}","{State.CONFIRMED}"))'
    pen.formula(line, _WORD, f'=IF({main}*{needed}=0,"{State.MISSING}",{told})', str(answer.word), pen.styles("wrapped"))


def _write_value(pen: Pen, figure: Figure, at: _Line, value: float) -> None:
    formula = _FORMULAS[type(figure.at)](pen, figure.at, at)
    if formula:
        pen.formula(at.line, at.column, f"={formula}", value, _form(pen, figure.unit))
    else:
        pen.number(at.line, at.column, value, _form(pen, figure.unit))


def _form(pen: Pen, unit: str) -> Format:
    return pen.styles("top", "0") if unit in _WHOLE else pen.figure(unit, "top")


def _needed(pen: Pen, answer: Answer, line: int, starts: Mapping[str, int]) -> str:
    """Return the formula of how many numbers, or agencies, a clause needs a word from; '' where it is no formula."""
    if answer.clause.id == AGENCIES:
        return f"={xl_col_to_name(_VALUE)}{line + 1}"
    if answer.clause.id == REPORT:
        return f'=COUNTIF({_evidence(pen, CLAUSE_COLUMN)},"?*")'
    counted = f"COUNTIF({_evidence(pen, CLAUSE_COLUMN)},{xl_col_to_name(_ID)}{line + 1})"
    return f"={counted}{_of_other_clauses(answer, _NEEDED, starts)}"


def _confirmed(pen: Pen, answer: Answer, line: int, starts: Mapping[str, int]) -> str:
    """Return the formula of how many of these are confirmed, by name and by day."""
    if answer.clause.id == AGENCIES:
        formula = _at_stage(pen, AtStage(AgencyStage.SIGNED), _Line(line, _CONFIRMED, TOTAL))
        return f"={formula.removesuffix(')')}{_with_day_and_site(pen)})" if formula and _records_say_all(pen) else ""
    by_whom, on_day = (_evidence(pen, COLUMNS[part]) for part in (CONFIRMED_BY, CONFIRMED_ON))
    of = '"?*"' if answer.clause.id == REPORT else f"{xl_col_to_name(_ID)}{line + 1}"
    counted = f'COUNTIFS({_evidence(pen, CLAUSE_COLUMN)},{of},{by_whom},"?*",{on_day},"<>")'
    return f"={counted}{_of_other_clauses(answer, _CONFIRMED, starts)}"


def _of_other_clauses(answer: Answer, column: int, starts: Mapping[str, int]) -> str:
    """Return what the funding that is needed takes in of other clauses' numbers."""
    if answer.clause.id != FUNDING:
        return ""
    return "".join(f"+{xl_col_to_name(column)}{starts[name] + 1}" for name in CLAUSES_OF_COST if name != FUNDING)


def _evidence(pen: Pen, column: int) -> str:
    letter, last = xl_col_to_name(column), FIRST_ASSUMPTION_ROW + len(pen.book.entries)
    return f"{quote_sheetname(pen.book.assumptions)}!${letter}${FIRST_ASSUMPTION_ROW + 1}:${letter}${last}"


def _column(pen: Pen, block: Block, at: _Line) -> int:
    """Return the column of a block in which a figure stands: that of the year or total, or of what varies by no month."""
    return at.source if {Axis.MONTH, Axis.YEAR} & set(block.row.over) else CONSTANT


def _lines(pen: Pen, place: Lines, at: _Line) -> str:
    block = pen.book.blocks[place.row]
    lines = [block.line_of[(item,) if block.items[0][0] else ()] for item in place.items]
    first, last = (cell_reference(pen.name, block.sheet, _column(pen, block, at), line) for line in (lines[0], lines[-1]))
    return first if len(lines) == 1 else f"SUM({first}:{last.rpartition('!')[2]})"


def _where(pen: Pen, place: Where, at: _Line) -> str:
    block = pen.book.blocks[place.row]
    criteria = "".join(f',{_items_column(pen, place.axis, field=field)},"{"" if must else "<>"}{text}"' for field, text, must in place.told)
    return f"SUMIFS({_items_of(pen, block, _column(pen, block, at), len(block.items))}{criteria})"


def _items_of(pen: Pen, block: Block, column: int, count: int) -> str:
    """Return the range of the first items of a block in a column."""
    letter = xl_col_to_name(column)
    return f"{quote_sheetname(block.sheet)}!${letter}${block.first + 1}:${letter}${block.first + count}"


def _items_column(pen: Pen, axis: Axis, *, field: str = "", row: str = "") -> str:
    """Return the range of a column of the table of items of an axis, found by the field or the row that it shows."""
    sheet = next(
        sheet for sheet in pen.book.template.sheets if isinstance(sheet, Items) and sheet.axis is axis and _shows(sheet, field, row)
    )
    about = next(one for one in sheet.columns if (one.field, one.row) == (field, row))
    column, first, last = items_of_column(sheet, len(pen.book.members[axis]), about)
    letter = xl_col_to_name(column)
    return f"{quote_sheetname(sheet.sheet)}!${letter}${first + 1}:${letter}${last + 1}"


def _shows(sheet: Items, field: str, row: str) -> bool:
    return any((column.field, column.row) == (field, row) for column in sheet.columns)


def _earliest(pen: Pen, place: Earliest, at: _Line) -> str:
    block = pen.book.blocks[place.row]
    days = _items_of(pen, block, _column(pen, block, at), place.count)
    return f"IF(MAX({days})=0,0,SMALL({days},COUNTIF({days},0)+1))"


def _latest(pen: Pen, place: Latest, at: _Line) -> str:
    block = pen.book.blocks[place.row]
    return f"MAX({_items_of(pen, block, _column(pen, block, at), place.count)})"


def _nothing(pen: Pen, place: Nothing, at: _Line) -> str:
    if not place.count:
        return ""
    block = pen.book.blocks[place.row]
    return f"COUNTIF({_items_of(pen, block, _column(pen, block, at), place.count)},0)"


def _at_stage(pen: Pen, place: AtStage, at: _Line) -> str:
    """Return the sum over the table of agencies; '' where a site lists names without a record, which the table does not have."""
    scenario = pen.book.projection.scenario
    if len(agencies(scenario)) > len(scenario.agencies) or not scenario.agencies:
        return ""
    if place.stage is None:
        return _lines(pen, Lines("all_law_enforcement_agencies"), at)
    counts, stages = (
        _items_column(pen, Axis.AGENCY, row="law_enforcement_agency"),
        _items_column(pen, Axis.AGENCY, field="stage"),
    )
    return f'SUMIFS({counts},{stages},"{place.stage}")'


def _records_say_all(pen: Pen) -> bool:
    """Whether no site lists an agency that has a record, which the table of agencies would not know."""
    scenario = pen.book.projection.scenario
    sites = {agency.name: agency.sites for agency in agencies(scenario)}
    return all(sites.get(agency.name, agency.sites) == agency.sites for agency in scenario.agencies)


def _with_day_and_site(pen: Pen) -> str:
    """Return the criteria by which an agreement counts as an agency's word: it has a day, and a site."""
    day, site = (_items_column(pen, Axis.AGENCY, field=field) for field in ("agreement_date", "sites"))
    return f',{day},"?*",{day},"<>--",{site},"?*"'


def _difference(pen: Pen, place: Difference, at: _Line) -> str:
    letter = xl_col_to_name(at.column)
    whole = at.line + 1 - place.above
    return f"{letter}{whole}-SUM({letter}{whole + 1}:{letter}{at.line})"


def _opened(pen: Pen, place: Opened, at: _Line) -> str:
    letter = xl_col_to_name(at.column)
    return f'COUNTIF({letter}{at.line + 2}:{letter}{at.line + 1 + place.count},">0")' if place.count else ""


def _to_confirm(pen: Pen, place: ToConfirm, at: _Line) -> str:
    return f"{xl_col_to_name(_NEEDED)}{at.line + 1}"


def _of_them_confirmed(pen: Pen, place: Confirmed, at: _Line) -> str:
    return f"{xl_col_to_name(_CONFIRMED)}{at.line}"


_FORMULAS: Mapping[type, Callable[[Pen, Any, _Line], str]] = {
    Lines: _lines,
    Where: _where,
    Earliest: _earliest,
    Latest: _latest,
    Nothing: _nothing,
    AtStage: _at_stage,
    Difference: _difference,
    Opened: _opened,
    ToConfirm: _to_confirm,
    Confirmed: _of_them_confirmed,
}
