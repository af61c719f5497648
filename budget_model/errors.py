"""What can go wrong, in words a budget analyst can act on.

BudgetModelError            anything this package raises on purpose
├── ScenarioError           a scenario file is wrong; holds every problem found in it
├── LineError               a budget line is declared wrongly (a developer's mistake)
├── WorkbookError           a workbook cannot be written or trusted
├── SimulationError         draws cannot be calculated where they were asked for
└── StoreError              a version or a draft cannot be kept or found
    ├── UnavailableError    the database does not take or give anything now; another time it may
    └── UnreadableError     what is kept is not what was saved, or of a later version
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_IN_A_NAME = 255  # letters


class BudgetModelError(Exception):
    """The base of every error that this package raises on purpose."""


class LineError(BudgetModelError):
    """A budget line reads what it may not, or forms a loop within a month."""


class WorkbookError(BudgetModelError):
    """A workbook cannot be written as asked."""


class SimulationError(BudgetModelError):
    """Draws cannot be calculated where they were asked for."""


class StoreError(BudgetModelError):
    """A version or a draft cannot be kept, found or read."""


class UnavailableError(StoreError):
    """The database does not take or give anything now: it is away, held by others, full, or may only be read."""


class UnreadableError(StoreError):
    """One version or draft cannot be read: it was altered, or a later version of the modeler wrote it."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a scenario file: the file, the place in it, what stands there, what was expected.

    `line` is counted from 1; 0 where no line of a file is meant.
    """

    file: str
    place: str
    given: str
    expected: str
    line: int = 0

    def __str__(self) -> str:
        file = f"{self.file}, line {self.line}" if self.line else self.file
        where = f"{file}: {self.place}" if self.place else file
        given = f" is {self.given};" if self.given else ":"
        return f"{where}{given} {self.expected}"


class ScenarioError(BudgetModelError):
    """A scenario that cannot be used, with all its problems at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[tuple[Problem, ...]]]:
        """Come whole from another process; an exception would be made anew of its text, a problem for each letter."""
        return type(self), (self.problems,)


def near_name(given: str, known: Sequence[str]) -> str:
    """Return ' Did you mean ...?' for the known name most like the given one, or ''."""
    if len(given) > MOST_IN_A_NAME:  # to compare long texts takes long
        return ""
    by_lower = {name.lower(): name for name in known}
    found = difflib.get_close_matches(given.lower(), by_lower, n=1, cutoff=0.6)
    return f" Did you mean '{by_lower[found[0]]}'?" if found else ""
