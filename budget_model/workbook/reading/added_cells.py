"""Cells in which the export wrote nothing and a person did; and whether a formula reads them."""

from __future__ import annotations

from collections.abc import Mapping
from string import digits

import numpy as np
from xlsxwriter.utility import xl_cell_to_rowcol

from budget_model.workbook.layout.filling import Area, read_areas
from budget_model.workbook.layout.record import Record
from budget_model.workbook.reading.cells import ABOUT, RECORD, SCENARIO_FILE, Cells
from budget_model.workbook.reading.change_log import CHANGE_LOG, FIRST_LOG_ROW, LOG_COLUMNS
from budget_model.workbook.sheets.front_sheets import FIRST_FILE_ROW, RECORD_ROW

_HASH_OF_THE_RECORD = f"B{RECORD_ROW}"  # written after the record, and compared with it
Addresses = dict[str, list[str]]  # by sheet


def added_cells(cells: Cells, record: Record) -> Addresses:
    """Return the cells of the export's sheets that hold something, and in which the export wrote nothing that people may change."""
    known: dict[str, set[str]] = {sheet: set() for sheet in record.sheets}
    for area in (*record.formulas, *record.constants, *record.free):
        known.setdefault(area.sheet, set()).update(area.addresses)
    found: Addresses = {}
    for sheet, written in known.items():
        there = [*cells.formulas.get(sheet, {}), *(one for one, (_, value) in cells.values.get(sheet, {}).items() if value != "")]
        added = [address for address in there if address not in written and not _is_read_otherwise(sheet, address)]
        if added:
            found[sheet] = added
    return found


def _is_read_otherwise(sheet: str, address: str) -> bool:
    """Whether a cell belongs to what has a digest of its own, the scenario and the record, or to the change log of an earlier version."""
    column = address.rstrip(digits)
    row = int(address[len(column) :])
    if sheet in (SCENARIO_FILE, RECORD):
        return row > FIRST_FILE_ROW
    if sheet == CHANGE_LOG:
        return row > FIRST_LOG_ROW and column in LOG_COLUMNS
    return (sheet, address) == (ABOUT, _HASH_OF_THE_RECORD)


def read_by_formulas(record: Record, added: Mapping[str, list[str]]) -> Addresses:
    """Return those of the added cells that a formula of the export reads."""
    if not added:
        return {}
    read: dict[str, list[Area]] = {}
    for formulas in record.formulas:
        for area in read_areas(formulas):
            read.setdefault(area.sheet, []).append(area)
    found = {sheet: _inside(addresses, read.get(sheet, [])) for sheet, addresses in added.items()}
    return {sheet: addresses for sheet, addresses in found.items() if addresses}


def _inside(addresses: list[str], areas: list[Area]) -> list[str]:
    """Return those of the cells that lie in an area: counted by corners, so that many cells and many areas take no long."""
    if not areas:
        return []
    places = np.array([xl_cell_to_rowcol(address) for address in addresses])
    rows, columns = np.unique(places[:, 0]), np.unique(places[:, 1])
    corners = np.array([(area.top, area.left, area.bottom, area.right) for area in areas])
    top, bottom = np.searchsorted(rows, corners[:, 0]), np.searchsorted(rows, corners[:, 2], side="right")
    left, right = np.searchsorted(columns, corners[:, 1]), np.searchsorted(columns, corners[:, 3], side="right")
    count = np.zeros((len(rows) + 1, len(columns) + 1), dtype=int)
    for at, step in (((top, left), 1), ((bottom, right), 1), ((top, right), -1), ((bottom, left), -1)):
        np.add.at(count, at, step)
    inside = (count.cumsum(axis=0).cumsum(axis=1) > 0)[np.searchsorted(rows, places[:, 0]), np.searchsorted(columns, places[:, 1])]
    return [address for address, one in zip(addresses, inside.tolist(), strict=True) if one]
