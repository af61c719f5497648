"""What each payer gives of each line by month: the steps, then a line for each payer and item, which the form's cells add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from budget_model.analysis.funder_forms.chosen_source import source_of_form
from budget_model.analysis.funder_forms.filled_form import FilledForm, filled_form
from budget_model.analysis.funder_forms.payers import Payer
from budget_model.analysis.funder_forms.template import FormTemplate, load_form, months_of
from budget_model.analysis.funder_forms.terms import FormAmount
from budget_model.budget import BUDGET
from budget_model.engine.rows import MONTH, YEAR
from budget_model.timeline import serial
from budget_model.workbook.layout.book import CONSTANT, FIRST_ROW, HEAD_ROW, LABEL, TOTAL, UNIT, Book, cell_reference
from budget_model.workbook.layout.styles import number_format
from budget_model.workbook.layout.template import FormAmounts, FunderForm
from budget_model.workbook.layout.widths import LABEL_WIDTH, MONTH_WIDTH, TOTAL_WIDTH, UNIT_WIDTH
from budget_model.workbook.sheets.sheet import Pen, SheetCheck

Months = tuple[int, int] | None
# What the lines of a payer come to, by the rows of the source that must agree.
_TIES: Sequence[tuple[tuple[Payer, ...], tuple[str, ...]]] = (
    ((Payer.GRANT,), ("money_claimed",)),
    ((Payer.CASH_MATCH,), ("match_paid",)),
    ((Payer.IN_KIND_OF_APPLICANT, Payer.IN_KIND_OF_OTHERS), ("contributions_in_kind", "pledge_in_kind_given")),
)


@dataclass(frozen=True)
class FormPlaces:
    """Where the lines of a form's amounts stand on their sheet: what `analysis/funder_forms/terms.py` asks of a workbook."""

    book: Book
    form: FilledForm
    sheet: str

    @cached_property
    def steps(self) -> Sequence[FormAmount]:
        """The steps that are no amounts of an item, the month of the grant first."""
        listed = {id(amount) for amounts in self.amounts.values() for amount in amounts}
        return (self.form.month_of_grant, *(step for step in self.form.items.steps if id(step) not in listed))

    @cached_property
    def amounts(self) -> Mapping[Payer, Sequence[FormAmount]]:
        """The amounts of each payer, in the order of the form, so that a row of the form finds its own side by side."""
        rows = [row for table in self.form.template.tables for row in table.rows if row.picks]

        def place(at: int) -> int:
            item = self.form.items.items[at]
            takes = (number for number, row in enumerate(rows) if item.object_class in row.classes or item.category in row.categories)
            return next(takes, len(rows))

        order = sorted(range(len(self.form.items.items)), key=place)
        items = [self.form.items.items[at] for at in order]
        return {payer: [item.amounts[payer] for item in items if payer in item.amounts] for payer in Payer}

    @cached_property
    def lines(self) -> Mapping[int, int]:
        """The sheet row of each line, by the identity of what stands there."""
        found: dict[int, int] = {}
        row = FIRST_ROW
        for listed in (self.steps, *self.amounts.values()):
            row += 1  # a heading
            for amount in listed:
                found[id(amount)] = row
                row += 1
        return found

    @cached_property
    def periods(self) -> Sequence[Months]:
        """The periods that the form asks for, all months first."""
        asked = {
            months_of(row.period or column.period or table.period)
            for table in self.form.template.tables for row in table.rows for column in table.columns
        } | {months_of(table.beside) for table in self.form.template.tables}  # fmt: skip
        return (None, *sorted(months for months in asked if months))

    @property
    def months(self) -> range:
        """The columns of the months; the one before them is empty."""
        first = TOTAL + len(self.periods) + 1
        return range(first, first + self.book.columns.timeline.count)

    def of_row(self, name: str, index: tuple[int, ...], column: int) -> str:
        """Return the reference of a row of the model in a column of months, or of a constant."""
        block = self.book.blocks.get(name)
        if block is None:
            known = (name, index) in self.book.address
            return self.book.assumption(name, index) if known else "0"
        varies = {MONTH, YEAR} & set(BUDGET.rows[name].over)
        place = self.book.columns.months.start + column - self.months.start if varies else CONSTANT
        return cell_reference(self.sheet, block.sheet, place, block.line_of[index])

    def of_line(self, line: FormAmount, column: int) -> str:
        """Return the reference of a line in a column of this sheet."""
        return f"{xl_col_to_name(column)}{self.lines[id(line)] + 1}"

    def added(self, amounts: Sequence[FormAmount], months: Months) -> str:
        """Return what a cell of another sheet says to add up amounts in a period: their lines, those side by side as a range."""
        letter, sheet = xl_col_to_name(TOTAL + list(self.periods).index(months)), quote_sheetname(self.sheet)
        spans: list[list[int]] = []
        for line in sorted(self.lines[id(amount)] + 1 for amount in amounts):
            if spans and line == spans[-1][1] + 1:
                spans[-1][1] = line
            else:
                spans.append([line, line])
        return ",".join(f"{sheet}!{letter}{first}" + (f":{letter}{last}" if last > first else "") for first, last in spans) or "0"


def form_places(book: Book) -> FormPlaces:
    """Return the form that a workbook holds, filled in, with where its amounts stand."""
    declared = next(sheet for sheet in book.template.sheets if isinstance(sheet, FunderForm))
    amounts = next(sheet.sheet for sheet in book.template.sheets if isinstance(sheet, FormAmounts))
    form = load_form(declared.form)
    return FormPlaces(book, filled_form(book.projection, form, declared.source or _source(book, form)), amounts)


def _source(book: Book, form: FormTemplate) -> str:
    """Return the source that the form is for, none of the blank rows; raises ScenarioError where the scenario has none."""
    return book.scenario.funding_sources[source_of_form(book.scenario, form)].name


def filled_in_for(book: Book) -> str:
    """Return for which source a workbook's form is filled in, as words that follow its title; none where it holds no form."""
    holds_form = any(isinstance(sheet, FunderForm) for sheet in book.template.sheets)
    return f", filled in for {form_places(book).form.items.source.name}" if holds_form else ""


def write_form_amounts(pen: Pen, declared: FormAmounts) -> None:
    """Write the steps and the amounts by month, the amounts also by the periods of the form, and check that they come to the source's."""
    places = form_places(pen.book)
    _head(pen, declared, places)
    for heading, listed in (("Steps", places.steps), *places.amounts.items()):
        if listed:
            pen.band(places.lines[id(listed[0])] - 1, heading, places.months.stop - 1)
        for amount in listed:
            _write_line(pen, places, amount, in_periods=listed is not places.steps)
    pen.pens.checks.append(_check(pen, places))
    last = max(places.lines.values())
    pen.on_paper(last, places.months.start - 1, head=(0, HEAD_ROW))


def _head(pen: Pen, declared: FormAmounts, places: FormPlaces) -> None:
    pen.text(2, LABEL, f"{places.form.items.source.name}; the lines are those of the day of the export.", "status")
    pen.text(HEAD_ROW, LABEL, "Line", "head_left")
    pen.text(HEAD_ROW, UNIT, "Unit", "head")
    for column, months in enumerate(places.periods, TOTAL):
        pen.text(HEAD_ROW, column, "All months" if months is None else f"Months {months[0]} to {months[1]}", "head")
    for column, month in zip(places.months, pen.book.columns.timeline.months, strict=True):
        pen.sheet.write_number(HEAD_ROW, column, serial(month), pen.styles("head", number_format("date")))
    pen.sheet.set_row(HEAD_ROW, 32)
    pen.sheet.set_column(LABEL, LABEL, LABEL_WIDTH + 12)
    pen.sheet.set_column(UNIT, UNIT, UNIT_WIDTH)
    pen.sheet.set_column(TOTAL, places.months.start - 2, TOTAL_WIDTH)
    pen.sheet.set_column(places.months.start - 1, places.months.start - 1, 2)
    pen.sheet.set_column(places.months.start, places.months.stop - 1, MONTH_WIDTH)
    pen.head(declared.title, status_column=TOTAL)
    pen.sheet.freeze_panes(FIRST_ROW, TOTAL + 1)


def _write_line(pen: Pen, places: FormPlaces, amount: FormAmount, *, in_periods: bool) -> None:
    row, form = places.lines[id(amount)], pen.figure(amount.unit)
    pen.text(row, LABEL, amount.label, "item_shrunk")
    pen.text(row, UNIT, amount.unit, "small")
    values = np.broadcast_to(amount.value, (len(places.months),))
    for column, value in zip(places.months, values.tolist(), strict=True):
        pen.formula(row, column, f"={amount.term.text(places, column)}", value, form)
    if in_periods:
        number = places.form.month_of_grant
        first, last = (xl_col_to_name(column) for column in (places.months.start, places.months.stop - 1))
        line, numbers = (
            f"${first}{row + 1}:${last}{row + 1}",
            f"${first}${places.lines[id(number)] + 1}:${last}${places.lines[id(number)] + 1}",
        )
        for column, months in enumerate(places.periods, TOTAL):
            inside = np.ones(len(values), bool) if months is None else (number.value >= months[0]) & (number.value <= months[1])
            text = f"=SUM({line})" if months is None else f'=SUMIFS({line},{numbers},">={months[0]}",{numbers},"<={months[1]}")'
            pen.formula(row, column, text, float(values[inside].sum()), form)


def _check(pen: Pen, places: FormPlaces) -> SheetCheck:
    """Return the check that the lines of each payer come to what the Funding sheet has of the source."""
    parts = list(_differences(pen.book, places))
    rule = "What the form lists comes to what the source claims, the cash match paid and the value given in kind; else export it again."
    return SheetCheck("Form ties to Funding", rule, f"={'+'.join(parts)}", 0.0)


def _differences(book: Book, places: FormPlaces) -> Iterator[str]:
    for payers, rows in _TIES:
        amounts = [amount for payer in payers for amount in places.amounts[payer]]
        found = [block for row in rows if (block := book.blocks.get(row)) is not None]
        index = (places.form.items.position,)
        of_source = "-".join(cell_reference(places.sheet, block.sheet, TOTAL, block.line_of[index]) for block in found)
        listed = places.added(amounts, None)
        if of_source or listed != "0":
            yield f"ABS(SUM({listed})-{of_source or '0'})"
