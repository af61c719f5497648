"""The cells of a workbook as the reader has them, with some changed: what a person could have sent, without a file for each change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from xlsxwriter.utility import xl_col_to_name

from budget_model.workbook.layout.evidence_cells import COLUMNS
from budget_model.workbook.reading.cells import Cells, read

Value = float | str | date | time | None


@cache
def cells_of(path: Path) -> Cells:
    """Return the cells of a workbook that nobody changes, read once."""
    return read(path.read_bytes(), path.name)


def cell_of(cells: Cells, name: str, part: str = "") -> str:
    """Return the address of an input on Assumptions, or of a part of what stands beside it."""
    target = cells.target(name)
    assert target, f"{name} is no name of the workbook"
    return f"{xl_col_to_name(COLUMNS[part])}{target[1].lstrip('C')}" if part else target[1]


def with_values(cells: Cells, changes: Mapping[tuple[str, str], Value]) -> Cells:
    """Return cells with what was typed into some, by sheet and address: a text that begins with = is a formula, None empties a cell."""
    sheets = {sheet for sheet, _ in changes}
    values = {**cells.values, **{sheet: dict(cells.values.get(sheet, {})) for sheet in sheets}}
    formulas = {**cells.formulas, **{sheet: dict(cells.formulas.get(sheet, {})) for sheet in sheets}}
    for (sheet, address), value in changes.items():
        values[sheet].pop(address, None)
        formulas[sheet].pop(address, None)
        if isinstance(value, str) and value.startswith("="):
            formulas[sheet][address] = value
        elif value is not None:
            values[sheet][address] = _read(value)
    return replace(cells, values=values, formulas=formulas)


def _read(value: float | str | date | time) -> tuple[str, float | str | bool]:
    """Return kind and value as `read_cells` gives them."""
    if isinstance(value, bool):
        return "b", value
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if isinstance(value, (datetime, time)):
        return "d", value.isoformat()
    return ("s" if isinstance(value, str) else "n"), value


def without_sheet(cells: Cells, title: str) -> Cells:
    """Return cells without a sheet; what names stand for stays as it was."""
    kept = [sheet for sheet in cells.sheets if sheet != title]
    formulas, values = ({sheet: found[sheet] for sheet in kept if sheet in found} for found in (cells.formulas, cells.values))
    return replace(cells, sheets=kept, formulas=formulas, values=values)


def with_name(cells: Cells, name: str, target: str | None) -> Cells:
    """Return cells whose name stands for another cell, or is gone."""
    others = {one: place for one, place in cells.names.items() if one != name}
    return replace(cells, names=others if target is None else {**others, name: target})


def with_property(cells: Cells, name: str, value: str) -> Cells:
    """Return cells with another text in a property of their workbook, which it has."""
    assert name in cells.properties
    return replace(cells, properties={**cells.properties, name: value})
