"""The lines of the assumptions sheet with their defined names: of a workbook to be written, or of one that comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from budget_model.engine.arrays import Members
from budget_model.scenario.schema import Scenario
from budget_model.workbook.layout.entries import Entry, entries, input_names


@dataclass(frozen=True)
class InputLines:
    """The lines in their order, and the names of those items that are blank rows."""

    lines: tuple[Entry, ...]
    blank_rows: frozenset[str]

    @cached_property
    def names(self) -> Mapping[int, str]:
        """The defined name of each input by the offset of its line."""
        return input_names(self.lines)


def input_lines(scenario: Scenario, members: Members, blank_rows: frozenset[str]) -> InputLines:
    """Return the lines of a scenario that has its blank rows."""
    return InputLines(entries(scenario, members, blank_rows), blank_rows)
