"""What commands share: how they are added, what they end with, how a file and a fiscal year are named, where JSON goes."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from budget_model.engine.names import folded
from budget_model.errors import Problem, ScenarioError
from budget_model.files import is_there, write_whole
from budget_model.folders import LIBRARY

GOOD, DUTY_MISSED, BAD_INPUT = 0, 1, 2
# What commands read and write, by the names of their arguments. A scenario may be brought up to date with a workbook made from it (--of).
_READ, _WRITTEN = ("file", "files", "base"), ("output", "json", "questions")

_MONTHS = re.compile(r"\d{4}-(0[1-9]|1[0-2]) to \d{4}-\d{2}")  # as grant years are named, such as 2020-01 to 2020-12


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
        raise ScenarioError([Problem("--year", "", repr(given), f"expected one of: {', '.join(years)}{_of_grant_years(given)}")])
    return found


def _of_grant_years(given: str) -> str:
    """Return which source has such a year, where months are asked for that are none, or ''."""
    found = _MONTHS.fullmatch(given.strip())
    return f"; forms have years from month {int(found[1])} where a source says grant_year_month: {int(found[1])}" if found else ""


def refuse_to_write_over_what_is_read(given: argparse.Namespace) -> None:
    """Raise ScenarioError where a command is to write a file that it reads: a slip of the hand, and the file is gone."""
    read = [path for name in _READ for path in _paths(given, name)]
    for name in _WRITTEN:
        for path in _paths(given, name):
            if is_there(path) and any(is_there(one) and one.samefile(path) for one in read):
                raise ScenarioError([Problem(f"--{name}", "", repr(str(path)), "expected another file than one that is read here")])


def _paths(given: argparse.Namespace, name: str) -> list[Path]:
    found = getattr(given, name, None)
    return [path for path in (found if isinstance(found, list) else [found]) if isinstance(path, Path)]


def printed_and_written(printed: str, record: dict[str, Any], out: Path | None) -> str:
    """Write a record as JSON where `out` says: nowhere, to a file, or in place of what is printed (-). Return what to print."""
    if out is None:
        return printed
    text = json.dumps(record, indent=2)
    if str(out) == "-":
        return text
    write_whole(out, f"{text}\n".encode())
    return f"{printed}\n{out} written."
