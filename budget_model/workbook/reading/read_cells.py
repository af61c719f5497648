"""Read the cells of a workbook with openpyxl, as a program of its own: what hangs or dies here harms nobody.

usage: python -I read_cells.py WORKBOOK SHEET ... > cells.json

Writes the sheets' names, defined names, custom properties, every formula, and the plain values of the sheets named. Run
by path and not imported, so that it starts quickly and holds nothing of ours; memory and time are limited first.
"""

from __future__ import annotations

import json
import sys
from typing import Any

MEMORY_BYTES = 2_000_000_000  # the largest workbook we write takes a third of it
PROCESSOR_SECONDS = 120


def limit() -> None:
    """Limit memory and processor time of this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the reader's clock still stops this program
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))


def read(path: str, with_values: set[str]) -> dict[str, Any]:
    """Return what a workbook holds as plain data. A value is a pair: its kind (n, s, b, d or e) and itself."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, keep_links=False, keep_vba=False)
    formulas: dict[str, dict[str, str]] = {}
    values: dict[str, dict[str, tuple[str, Any]]] = {}
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        found, plain = formulas.setdefault(sheet.title, {}), values.setdefault(sheet.title, {})
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                if cell.data_type == "f":
                    found[cell.coordinate] = str(getattr(cell.value, "text", cell.value))
                elif sheet.title in with_values:
                    value: Any = cell.value
                    shown = value.isoformat() if cell.data_type == "d" else value
                    plain[cell.coordinate] = (cell.data_type, shown)
    return {
        "sheets": book.sheetnames,
        "names": {name: defined.attr_text for name, defined in book.defined_names.items()},
        "properties": {known.name: str(known.value) for known in book.custom_doc_props.props},  # type: ignore[attr-defined]  # newer than openpyxl's types
        "formulas": formulas,
        "values": values,
    }


if __name__ == "__main__":
    limit()
    json.dump(read(sys.argv[1], set(sys.argv[2:])), sys.stdout)
