"""The cells of an uploaded workbook, read by a process of its own with limits of memory and time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from budget_model.errors import Problem, ScenarioError, WorkbookError
from budget_model.workbook.reading import read_cells

# Sheets that are called so in every template and every form.
ASSUMPTIONS, ABOUT, SCENARIO_FILE, RECORD = "Assumptions", "About", "Scenario file", "Record"
AGAIN = "take a fresh copy of the workbook and enter the changes there"
_SECONDS = 180
MOST_PROBLEMS = 20  # told in full
_ONE_CELL = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d+)")


@dataclass(frozen=True)
class Cells:
    """What the process read: sheets, names, properties, formulas, plain values as (kind, value) by sheet and cell.

    Local names are those that a sheet defines for itself; there they stand before the workbook's own.
    A kind is n for a number, s for a text, b for true or false, d for a date and e for an error.
    """

    sheets: list[str]
    names: Mapping[str, str]
    local_names: Mapping[str, list[str]]
    properties: Mapping[str, str]
    formulas: Mapping[str, Mapping[str, str]]
    values: Mapping[str, Mapping[str, tuple[str, Any]]]
    notes: Mapping[str, list[str]] = field(default_factory=dict)  # the cells that have one, by sheet

    def target(self, name: str) -> tuple[str, str] | None:
        """Return sheet and cell that a defined name stands for, or None where it is gone or names anything but one cell."""
        found = _ONE_CELL.fullmatch(self.names.get(name, ""))
        return ((found[1] or found[2]).replace("''", "'"), f"{found[3]}{found[4]}") if found else None

    def lines(self, sheet: str, first: int) -> list[dict[str, str]]:
        """Return the texts of a sheet from a row on, counted from 0, each line by its columns in their order."""
        return [line for _, line in self.rows(sheet, first)]

    def rows(self, sheet: str, first: int) -> list[tuple[int, dict[str, str]]]:
        """Return the same lines, each with its row as people count it, from 1."""
        found: dict[int, dict[str, str]] = {}
        for address, (_, value) in self.values.get(sheet, {}).items():
            column = address.rstrip("0123456789")
            found.setdefault(int(address[len(column) :]) - 1, {})[column] = str(value)
        order = sorted(row for row in found if row >= first)
        return [(row + 1, {column: found[row][column] for column in sorted(found[row], key=lambda one: (len(one), one))}) for row in order]


def read(content: bytes, file: str) -> Cells:
    """Return the cells of a workbook that passed the gate; raises WorkbookError when it cannot be read."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(content)
        command = [sys.executable, "-I", read_cells.__file__, str(path)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)  # noqa: S603 - our own program
            found = json.loads(done.stdout)
            faults = found.pop("faults")
            cells = Cells(**found)
        except (subprocess.SubprocessError, ValueError, TypeError, LookupError):
            raise WorkbookError(f"{file}: the workbook cannot be read; it is damaged or too large; {AGAIN}") from None
    refuse(Problem(file, f"{sheet}!{address}" if address else sheet, "", f"{told}; {AGAIN}") for sheet, address, told in faults)
    return cells


def refuse(problems: Iterable[Problem]) -> None:
    """Raise ScenarioError with all problems, the first ones in full; does nothing where there are none."""
    found = list(problems)
    if found:
        more = len(found) - MOST_PROBLEMS
        rest = [Problem(found[0].file, "", "", f"and {more:,} more of this kind")] if more > 0 else []
        raise ScenarioError([*found[:MOST_PROBLEMS], *rest])
