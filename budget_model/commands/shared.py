"""What commands share: how they are added, what they end with, how a file and a fiscal year are named, where JSON goes."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from budget_model.engine.names import folded
from budget_model.errors import Problem, ScenarioError
from budget_model.files import is_there, write_whole
from budget_model.folders import LIBRARY

GOOD, DUTY_MISSED, BAD_INPUT = 0, 1, 2


class Outcome(NamedTuple):
    """What a command prints, and the status that it ends with."""

    text: str
    status: int = GOOD


class Add(Protocol):
    """Adds a command by its name, what it runs and what it is about; `file` says whether it takes a scenario file first."""

    def __call__(
        self, name: str, run: Callable[[argparse.Namespace], str | Outcome], about: str, more: str = "", *, file: bool = True
    ) -> argparse.ArgumentParser:
        """Return the parser of the command, for what else it takes."""


def scenario_file(text: str) -> Path:
    """Return the file that is named: as a path, or else by its name in the library, with or without `.yaml`."""
    of_the_library = LIBRARY / f"{text.removesuffix('.yaml')}.yaml"
    return of_the_library if not is_there(Path(text)) and is_there(of_the_library) else Path(text)


def fiscal_year(years: Sequence[str], given: str | None) -> str:
    """Return the fiscal year asked for, or the first."""
    if given is None:
        return years[0]
    named = {folded(year).removeprefix("fy "): year for year in years}
    found = named.get(folded(given).removeprefix("fy "))
    if found is None:
        raise ScenarioError([Problem("--year", "", repr(given), f"expected one of: {', '.join(years)}")])
    return found


def printed_and_written(printed: str, record: dict[str, Any], out: Path | None) -> str:
    """Write a record as JSON where `out` says: nowhere, to a file, or in place of what is printed (-). Return what to print."""
    if out is None:
        return printed
    text = json.dumps(record, indent=2)
    if str(out) == "-":
        return text
    write_whole(out, f"{text}\n".encode())
    return f"{printed}\n{out} written."
