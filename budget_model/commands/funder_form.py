"""A funder's form, filled in, as text: what `form --template` prints."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from budget_model.analysis.funder_forms.filled_form import LINE, FilledForm, FilledRow, FilledTable
from budget_model.formats import in_columns, joined

WIDTH = 120  # letters


def form_text(form: FilledForm) -> str:
    """Return a form as text: its tables with how each line is worked out, its narrative, what is missing and what to know."""
    return "\n".join(_blocks(form))


def _blocks(form: FilledForm) -> Iterator[str]:
    yield f"{form.template.title}\n{form.scenario}: {form.items.source.name}\n{form.rounding}"
    for table in form.tables:
        yield f"\n{table.heading}"
        if table.note:
            yield table.note
        yield _table(table)
        for of in dict.fromkeys(one.of for one in table.closings):
            taken = joined([f"{one.difference:+,} on {one.at}" for one in table.closings if one.of == of])
            yield _wrapped(f"Rounded to add up: {of}, {taken}.", "")
        if table.difference:
            yield f"Rounding, above the exact amounts: {table.difference:,}"
    yield f"\n{form.template.narrative}"
    for name, text in form.narrative:
        yield _wrapped(f"{name}: {text}", "")
    if form.without_narrative:
        yield _wrapped(f"Narrative is missing: {'; '.join(form.without_narrative)}.", "")
    if form.remarks:
        yield "\nTo know"
        yield from (_wrapped(remark, "") for remark in form.remarks)


def _table(table: FilledTable) -> str:
    columns = table.declared.columns
    shown = [at for at, column in enumerate(columns) if column.text != "computation"]
    lines = [[table.declared.first_column, *(columns[at].heading for at in shown)]]
    lines += [[f"{'  ' * (row.kind == LINE)}{row.label}", *(_shown(row, at) for at in shown)] for row in table.rows]
    head, *printed = in_columns(lines).split("\n")
    told = [head]
    for row, line in zip(table.rows, printed, strict=True):
        told.append(line)
        texts = [text for text, column in zip(row.texts, columns, strict=True) if column.text == "computation"]
        told += [_wrapped(line, "      ") for text in texts for line in text.splitlines()]
    return "\n".join(told)


def _shown(row: FilledRow, at: int) -> str:
    cell = row.cells[at]
    return row.texts[at] if cell is None else f"{cell.amount + 0:,}"


def _wrapped(text: str, indent: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent)
