"""A funder's form, filled in: every cell with its exact amount, the whole dollars printed for it, and what it adds up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from budget_model.analysis.funder_forms.chosen_source import month_of_grant, source_of_form
from budget_model.analysis.funder_forms.items import FormItem, FormItems, computation_of, form_items, has_amount
from budget_model.analysis.funder_forms.payers import Payer
from budget_model.analysis.funder_forms.remarks import remarks_of
from budget_model.analysis.funder_forms.template import FormColumn, FormRow, FormTable, FormTemplate, months_of
from budget_model.analysis.funder_forms.terms import FormAmount
from budget_model.analysis.rounding import CELL_DIGITS, SUM_DIGITS, closed, in_words, missing_to_total, rounded
from budget_model.projection import Projection
from budget_model.scenario.schema import Rounding

WHOLE_DOLLARS = Rounding(to="dollar")
PLAIN, SECTION, LINE, TOTAL = "row", "section", "line", "total"
LEAVES = (PLAIN, LINE)  # rows of which totals are made


@dataclass
class FormCell:
    """A cell of amounts: those that it adds up and in which months, the exact sum, and the whole dollars printed.

    `elsewhere` is the exact sum in the period of which another table prints the amounts of its row.
    """

    added: tuple[FormAmount, ...]
    months: tuple[int, int] | None
    exact: float
    amount: Decimal = Decimal(0)
    elsewhere: float = 0.0


@dataclass(frozen=True)
class FilledRow:
    """A row: its label, its kind, its cells by column (None where a column has no amount), and the texts of its columns."""

    label: str
    kind: str
    cells: tuple[FormCell | None, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Closing:
    """What rounding left of a column, or a row, of whole dollars, and the cell that takes it."""

    of: str
    at: str
    difference: Decimal


@dataclass(frozen=True)
class FilledTable:
    """A table with its rows; `closings` say where whole dollars were made to add up, `difference` what rounding adds in all."""

    declared: FormTable
    heading: str
    note: str
    rows: tuple[FilledRow, ...]
    closings: tuple[Closing, ...]
    difference: Decimal


@dataclass(frozen=True)
class FilledForm:
    """A form of one source, with its narrative by line, the lines whose narrative is missing, and what is to be said of it."""

    template: FormTemplate
    scenario: str
    rule: Rounding
    items: FormItems = field(repr=False)
    month_of_grant: FormAmount = field(repr=False)
    tables: tuple[FilledTable, ...]
    narrative: tuple[tuple[str, str], ...]
    without_narrative: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def rounding(self) -> str:
        """The rule that rounds and closes, in words."""
        closes = "where they do not add up to the rounded total, those that rounding moved farthest take a dollar or give one up"
        return f"Amounts are {in_words(self.rule)}; {closes}."


def filled_form(projection: Projection, template: FormTemplate, source: str = "") -> FilledForm:
    """Return a form filled in for a source, the one that the form is for unless it is named.

    Whole dollars follow the scenario's rule where that rounds each line to the dollar, else half away from zero. Raises
    ScenarioError where there is no such source.
    """
    scenario = projection.scenario
    items = form_items(projection, source_of_form(scenario, template, source))
    said = scenario.rounding
    rule = said if said.to == "dollar" and said.applies_to == "each line" else WHOLE_DOLLARS
    month = month_of_grant(projection, items.position)
    words = {"source": items.source.name, "listing": items.source.assistance_listing or "not stated", "scenario": scenario.name}
    maker = _Maker(items, month, rule, words)
    listed = [item for item in items.items if has_amount(item)]
    told = {item.line: (item.name, item.narrative.strip()) for item in listed if item.asks_for_narrative}
    return FilledForm(
        template, scenario.name, rule, items, month, tuple(maker.table(table) for table in template.tables),
        tuple((name, text) for name, text in told.values() if text),
        tuple(name for name, text in told.values() if not text),
        (*(remark.format(**words) for remark in template.remarks), *remarks_of(template, items, month)),
    )  # fmt: skip


@dataclass(frozen=True)
class _Maker:
    items: FormItems
    month: FormAmount
    rule: Rounding
    words: dict[str, str]

    def table(self, declared: FormTable) -> FilledTable:
        rows = [self.row(declared, *expanded) for expanded in _expanded(declared, self.items.items)]
        closings = _close(declared, rows, self.rule)
        _add_up(declared, rows)
        leaves = [cell for row in rows if row.kind in LEAVES for cell in _leaf_cells(declared, row)]
        difference = sum((cell.amount for cell in leaves), Decimal(0)) - rounded(sum(cell.exact for cell in leaves), Rounding(to="cent"))
        return FilledTable(
            declared, declared.heading.format(**self.words), declared.note.format(**self.words), tuple(rows), closings, difference
        )

    def row(self, table: FormTable, label: str, kind: str, row: FormRow, items: Sequence[FormItem]) -> FilledRow:
        cells = tuple(None if column.text or column.nothing else self.cell(table, row, column, kind, items) for column in table.columns)
        computation = computation_of(items) if kind == LINE else ""
        listing = self.words["listing"] if kind == PLAIN else ""
        texts = {"computation": computation, "assistance listing": listing, "": ""}
        return FilledRow(label.format(**self.words), kind, cells, tuple(texts[column.text] for column in table.columns))

    def cell(self, table: FormTable, row: FormRow, column: FormColumn, kind: str, items: Sequence[FormItem]) -> FormCell:
        if column.total or kind in (SECTION, TOTAL):
            return FormCell((), None, 0.0)
        payers = set(row.payers or column.payers or table.payers or (Payer.GRANT,))
        months = months_of(row.period or column.period or table.period)
        added = tuple(amount for item in items for payer, amount in item.amounts.items() if payer in payers)
        exact = round(sum(_of_months(amount, self.month, months) for amount in added), CELL_DIGITS)
        elsewhere = sum(_of_months(amount, self.month, months_of(table.beside)) for amount in added) if table.beside else 0.0
        return FormCell(added, months, exact, rounded(exact, self.rule), round(elsewhere, SUM_DIGITS))


def _of_months(amount: FormAmount, month: FormAmount, months: tuple[int, int] | None) -> float:
    inside = True if months is None else (month.value >= months[0]) & (month.value <= months[1])
    return float(np.sum(amount.value, where=inside))


def _expanded(table: FormTable, items: Sequence[FormItem]) -> Iterator[tuple[str, str, FormRow, list[FormItem]]]:
    """Yield each row with its kind and items, the lines of a section below it; what no row takes stands in a row of its own."""
    said = (table.payers, *(row.payers for row in table.rows), *(column.payers for column in table.columns))
    payers = {payer for some in said for payer in some} or {Payer.GRANT}
    rest = [item for item in items if payers.intersection(item.amounts) and not any(_takes(row, item) for row in table.rows)]
    rows = list(table.rows)
    if any(row.picks for row in rows) and not any(row.rest for row in rows) and any(has_amount(item, payers) for item in rest):
        at = next((at for at, row in enumerate(rows) if row.total), len(rows))
        rows.insert(at, FormRow(label="What no line above takes", rest=True, lines=True))
    for row in rows:
        if row.total:
            yield row.label, TOTAL, row, []
            continue
        found = rest if row.rest else [item for item in items if not row.picks or _takes(row, item)]
        yield row.label, SECTION if row.lines else PLAIN, row, found
        if row.lines:
            for line, name in {item.line: item.name for item in found if has_amount(item, payers)}.items():
                yield _escaped(name), LINE, row, [item for item in found if item.line == line]


def _escaped(name: str) -> str:
    return name.replace("{", "{{").replace("}", "}}")


def _takes(row: FormRow, item: FormItem) -> bool:
    return item.object_class in row.classes or item.category in row.categories


def _leaf_cells(table: FormTable, row: FilledRow) -> list[FormCell]:
    return [cell for column, cell in zip(table.columns, row.cells, strict=True) if cell is not None and not column.total]


def _close(table: FormTable, rows: Sequence[FilledRow], rule: Rounding) -> tuple[Closing, ...]:
    """Have cells of each column (or row) take the dollars that they lack to the rounded total; return what each took."""
    leaves = [row for row in rows if row.kind in LEAVES]
    by_row = [[(row.label, column.heading, cell) for column, cell in zip(table.columns, row.cells, strict=True)
               if cell is not None and not column.total] for row in leaves]  # fmt: skip
    lines: Iterable[Sequence[tuple[str, str, FormCell]]] = by_row if table.closes == "across" else zip(*by_row, strict=True)
    closings = []
    for line in lines:
        cells = [cell for *_, cell in line]
        exact = [cell.exact for cell in cells]
        missing = missing_to_total([*exact, *(cell.elsewhere for cell in cells[:1])], rule)
        for (label, heading, cell), amount in zip(line, closed(exact, rule, missing), strict=True):
            if amount != cell.amount:
                of, at = (label, heading) if table.closes == "across" else (heading, label)
                closings.append(Closing(of, at, amount - cell.amount))
                cell.amount = amount
    return tuple(closings)


def _add_up(table: FormTable, rows: Sequence[FilledRow]) -> None:
    """Fill in sections (of the lines below), totals (of the rows above) and, across, the columns of totals."""
    for at, row in enumerate(rows):
        if row.kind not in (SECTION, TOTAL):
            continue
        for number, cell in enumerate(row.cells):
            if cell is not None and not table.columns[number].total:
                parts = [one.cells[number] for one in added_rows(rows, at)]
                cell.exact = sum(part.exact for part in parts if part is not None)
                cell.amount = sum((part.amount for part in parts if part is not None), Decimal(0))
    for row in rows:
        leaves = _leaf_cells(table, row)
        for column, cell in zip(table.columns, row.cells, strict=True):
            if cell is not None and column.total:
                cell.exact = sum(leaf.exact for leaf in leaves)
                cell.amount = sum((leaf.amount for leaf in leaves), Decimal(0))


def added_rows(rows: Sequence[FilledRow], at: int) -> list[FilledRow]:
    """Return the rows that a section or a total adds up: the lines right below it, or all rows and lines above."""
    if rows[at].kind == TOTAL:
        return [row for row in rows[:at] if row.kind in LEAVES]
    found = []
    for row in rows[at + 1 :]:
        if row.kind != LINE:
            break
        found.append(row)
    return found
