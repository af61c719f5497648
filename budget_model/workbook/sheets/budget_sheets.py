"""The budget in the forms in which funders ask for it: a funder's form, a grant's attachment."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from budget_model.scenario.choices import CostCategory
from budget_model.workbook.layout.book import FIRST_YEAR, LABEL, TOTAL, UNIT, Block, cell_reference
from budget_model.workbook.layout.template import Form, FormLine, GrantForm
from budget_model.workbook.sheets.sheet import Pen, SheetCheck

Formula = Callable[[CostCategory, int], str]
Value = Callable[[CostCategory, int], float]


def write_form(pen: Pen, declared: Form) -> None:
    """Write a funder's form: each line with the cost categories it takes in, by fiscal year, and its tie to the County's form."""
    years = pen.book.projection.years
    pen.text(3, LABEL, "Budget line", "head_left")
    for column, heading in enumerate(("Unit", "Total", *years[:-1]), UNIT):
        pen.text(3, column, heading, "head")
    pen.sheet.set_column(LABEL, LABEL, 60)
    pen.sheet.set_column(UNIT, UNIT, 12)
    pen.sheet.set_column(TOTAL, TOTAL + len(years) - 1, 15)
    pen.head(declared.title, status_column=TOTAL)
    pen.note(2, declared.note, TOTAL + len(years) - 1)
    pen.sheet.freeze_panes(4, 1)
    block = pen.book.blocks["cost_by_category"]
    amounts = pen.book.projection.by_year("cost_by_category")
    columns = range(TOTAL, TOTAL + len(years))  # the same as where the cost is calculated

    def formula(category: CostCategory, column: int) -> str:
        return "=" + cell_reference(pen.name, block.sheet, column, block.line_of[list(CostCategory).index(category),])

    def value(category: CostCategory, column: int) -> float:
        return float(amounts[list(CostCategory).index(category), column - FIRST_YEAR])  # the total stands before the years, and last

    line, lines = _lines(pen, 4, declared.lines, columns, formula, value)
    _sum(pen, line, "Total of the form", lines, columns, np.roll(amounts.sum(axis=0), 1).tolist())
    pen.text(line + 1, LABEL, "Gross appropriation in the County's form", "item")
    gross = pen.book.blocks["gross_appropriation"]
    for column, amount in zip(columns, np.roll(pen.book.projection.by_year("gross_appropriation"), 1).tolist(), strict=True):
        pen.link(line + 1, column, gross, (), column, amount, pen.figure("dollars"))
    for row in range(4, line + 2):
        pen.text(row, UNIT, "dollars", "small_total" if row in (*lines, line) else "small")
    letter, sheet = xl_col_to_name(TOTAL), quote_sheetname(pen.name)
    rule = "The funder's form comes to the County's gross appropriation (convention A15)."
    pen.pens.checks.append(SheetCheck("Forms agree", rule, f"=ABS({sheet}!{letter}{line + 1}-{sheet}!{letter}{line + 2})", 0.0))
    pen.on_paper(line + 1, columns[-1], head=(0, 3), parts=lines)


# The columns of an attachment: heading, and the row of the model that has it by source and category.
_PAYERS = (
    ("Grant", "grant_money_by_category"),
    ("Cash match", "match_money_by_category"),
    ("In kind", "contributions_in_kind_by_category"),
)
# What is of no budget line: label, the column it stands in, and its row.
_OF_NO_LINE = (
    ("Overhead claimed beside the grant, of cost that is budgeted elsewhere", 1, "indirect_claimed"),
    ("Pledged in kind, of no budget line", 3, "pledge_in_kind_given"),
)
# What each column must come to: label, the column, and the row of the source on the Funding sheet.
_TIES = (
    ("Money claimed from the source, as the Funding sheet has it", 1, ("money_claimed",)),
    ("Cash match paid", 2, ("match_paid",)),
    ("Value in kind to the source's match", 3, ("contributions_in_kind", "pledge_in_kind_given")),
)


def write_grant_form(pen: Pen, declared: GrantForm) -> None:
    """Write one grant's attachment over all months by column, for the source that the reader chooses, and tie each column."""
    book = pen.book
    sources = [source.name for source in book.scenario.funding_sources]
    pen.text(2, 0, declared.note, "status")
    chosen = next((source.name for source in book.scenario.funding_sources if source.match), sources[0] if sources else "")
    members = book.blocks["drawdown"]
    names = f"={quote_sheetname(members.sheet)}!$A${members.first + 1}:$A${members.last + 1}"
    pen.choice(3, "Funding source", chosen, names, "the grant of this attachment")
    for column, text in enumerate(("Budget line", *(heading for heading, _ in _PAYERS), "Total")):
        pen.text(5, column, text, "head" if column else "head_left")
    pen.sheet.set_column(0, 0, 70)
    pen.sheet.set_column(1, len(_PAYERS) + 1, 20)
    pen.head(declared.title)

    def total_of(row: str) -> float:
        return float(book.projection.by_year(row)[sources.index(chosen), ..., -1].sum()) if chosen else 0.0

    def formula(category: CostCategory, column: int) -> str:
        return "=" + _of_source(pen, book.blocks[_PAYERS[column - 1][1]], f'$B$4&" | {category}"')

    def value(category: CostCategory, column: int) -> float:
        position = list(CostCategory).index(category)
        return float(book.projection.by_year(_PAYERS[column - 1][1])[sources.index(chosen), position, -1]) if chosen else 0.0

    columns = range(1, len(_PAYERS) + 1)
    line, lines = _lines(pen, 6, declared.lines, columns, formula, value, totaled=len(_PAYERS) + 1, exact=True)
    amounts = [total_of(row) for _, row in _PAYERS]
    for label, column, row in _OF_NO_LINE:
        pen.text(line, 0, label, "total")
        for other in columns:
            of_it = f"={_of_source(pen, book.blocks[row], '$B$4')}" if other == column else "=0"
            pen.formula(line, other, of_it, total_of(row) if other == column else 0.0, pen.figure("dollars", "total", exact=True))
        _across(pen, line, len(_PAYERS) + 1, total_of(row), "total")
        amounts[column - 1] += total_of(row)
        lines.append(line)
        line += 1
    _sum(pen, line, "Total", lines, range(1, len(_PAYERS) + 2), [*amounts, sum(amounts)], exact=True)
    sheet, differences = quote_sheetname(pen.name), []
    for below, (label, column, rows) in enumerate(_TIES, line + 1):
        pen.text(below, 0, label, "item")
        parts = "+".join(_of_source(pen, book.blocks[row], "$B$4") for row in rows)
        pen.formula(below, column, f"={parts}", sum(total_of(row) for row in rows), pen.figure("dollars", exact=True))
        letter = xl_col_to_name(column)
        differences.append(f"ABS({sheet}!{letter}{line + 1}-{sheet}!{letter}{below + 1})")
    rule = "Each column of By source comes to what the source claims, the cash match paid and the value given in kind."
    pen.pens.checks.append(SheetCheck("By source ties to Funding", rule, f"={'+'.join(differences)}", 0.0))
    pen.on_paper(line + len(_TIES), len(_PAYERS) + 1, head=(0, 5), parts=lines)


def _of_source(pen: Pen, block: Block, criterion: str) -> str:
    """Return the sum over all months of the lines of a block whose label is the criterion."""
    sheet, total = quote_sheetname(block.sheet), xl_col_to_name(TOTAL)
    labels = f"{sheet}!$A${block.first + 1}:$A${block.last + 1}"
    return f"SUMIFS({sheet}!${total}${block.first + 1}:${total}${block.last + 1},{labels},{criterion})"


def _lines(
    pen: Pen,
    line: int,
    declared: Sequence[FormLine],
    columns: range,
    formula: Formula,
    value: Value,
    *,
    totaled: int = 0,
    exact: bool = False,
) -> tuple[int, list[int]]:
    """Write each line of a form with its categories below; return the next line and the lines that the form's total adds up.

    With `totaled`, that column adds up the columns before it; `exact` amounts show their cents.
    """
    totals: list[int] = []
    for about in declared:
        totals.append(line)
        pen.text(line, 0, about.label, "total")
        first, last = line + 2, line + 1 + len(about.categories)
        sums = [sum(value(category, column) for category in about.categories) for column in columns]
        for column, amount in zip(columns, sums, strict=True):
            letter = xl_col_to_name(column)
            pen.formula(line, column, f"=SUM({letter}{first}:{letter}{last})", amount, pen.figure("dollars", "total", exact=exact))
        _across(pen, line, totaled, sum(sums), "total")
        for category in about.categories:
            line += 1
            pen.text(line, 0, category, "item")
            amounts = [value(category, column) for column in columns]
            for column, amount in zip(columns, amounts, strict=True):
                pen.formula(line, column, formula(category, column), amount, pen.figure("dollars", exact=exact))
            _across(pen, line, totaled, sum(amounts), "plain")
        line += 1
    return line, totals


def _across(pen: Pen, line: int, totaled: int, amount: float, style: str) -> None:
    if totaled:
        last = xl_col_to_name(totaled - 1)
        pen.formula(line, totaled, f"=SUM(B{line + 1}:{last}{line + 1})", amount, pen.figure("dollars", style, exact=True))


def _sum(pen: Pen, line: int, label: str, lines: Sequence[int], columns: range, amounts: Sequence[float], *, exact: bool = False) -> None:
    """Write the total of a form: the sum of its lines."""
    pen.text(line, 0, label, "total")
    for column, amount in zip(columns, amounts, strict=True):
        cells = ",".join(f"{xl_col_to_name(column)}{one + 1}" for one in lines)
        pen.formula(line, column, f"=SUM({cells})", amount, pen.figure("dollars", "total", exact=exact))
