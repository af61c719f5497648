"""A funder's form, filled in, as plain data: the format of `form --template T --json` (docs/funder_form.schema.json)."""

from __future__ import annotations

from typing import Any

from budget_model.analysis.funder_forms.filled_form import FilledForm, FilledRow, FilledTable


def funder_form_record(form: FilledForm) -> dict[str, Any]:
    """Return a filled form as plain data, in dollars; tables, rows and columns stand in the order of the form."""
    return {
        "form": form.template.name,
        "title": form.template.title,
        "scenario": form.scenario,
        "source": form.items.source.name,
        "assistance_listing": form.items.source.assistance_listing,
        "rounding": form.rounding,
        "tables": [_table(table) for table in form.tables],
        "narrative": [{"line": name, "text": text} for name, text in form.narrative],
        "lines_without_narrative": list(form.without_narrative),
        "remarks": list(form.remarks),
    }


def _table(table: FilledTable) -> dict[str, Any]:
    return {
        "heading": table.heading,
        "rows": [_row(table, row) for row in table.rows],
        "closings": [{"of": one.of, "taken_by": one.at, "difference": float(one.difference)} for one in table.closings],
        "rounding_above_exact_amounts": float(table.difference),
    }


def _row(table: FilledTable, row: FilledRow) -> dict[str, Any]:
    columns = table.declared.columns
    return {
        "label": row.label,
        "kind": row.kind,
        "texts": {column.heading: text for column, text in zip(columns, row.texts, strict=True) if column.text},
        "amounts": {column.heading: float(cell.amount) for column, cell in zip(columns, row.cells, strict=True) if cell is not None},
        "exact": {column.heading: cell.exact for column, cell in zip(columns, row.cells, strict=True) if cell is not None},
    }
