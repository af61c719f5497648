"""What tampering with a workbook is: a case to work on, what must come of it, and the kinds there are.

A kind changes one thing in an exported workbook and says what reading it back must find. It is registered by `kind` under
a name that says what was done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import TypeVar

from openpyxl.utils.cell import coordinate_from_string, get_column_letter
from workbook_parts import WORKBOOK, WorkbookParts

from budget_model import Change, Scenario, changed
from budget_model.analysis.workbook_content import workbook_content
from budget_model.errors import BudgetModelError
from budget_model.workbook.layout.book import FIRST_ASSUMPTION_ROW, Book
from budget_model.workbook.layout.entries import Entry
from budget_model.workbook.layout.template import load_template
from budget_model.workbook.reading.edits import Imported

ASSUMPTIONS, RECORD, SCENARIO_FILE, ABOUT, WHAT_CHANGED = "Assumptions", "Record", "Scenario file", "About", "What changed"
TEXT_SHEETS = (ABOUT, WHAT_CHANGED, RECORD, SCENARIO_FILE)
One = TypeVar("One")
Step = tuple[str, ...]  # what LibreOffice does before the workbook is saved: a command of office.py with what it needs
_NAME = re.compile(r'<definedName name="([^"]+)">([^<]+)</definedName>')
_STYLE = re.compile(r"<xf [^>]*?(?:/>|>(.*?)</xf>)", re.DOTALL)


class NothingToChangeError(Exception):
    """A workbook has nothing that a kind of tampering could change."""


def first(found: Iterable[One]) -> One:
    """Return the first of what was found; raises NothingToChangeError where it is nothing."""
    for one in found:
        return one
    raise NothingToChangeError


@dataclass
class Case:
    """A workbook to tamper with: its parts, the scenario that it was made from, and the luck that chooses where."""

    parts: WorkbookParts
    scenario: Scenario
    luck: Random
    steps: list[Step] = field(default_factory=list)

    @cached_property
    def book(self) -> Book:
        """The layout of the scenario's workbook; that of another template has the same inputs."""
        return Book(workbook_content(self.scenario), load_template())

    @cached_property
    def names(self) -> Mapping[str, tuple[str, str]]:
        """Sheet and cell of each defined name."""
        found = _NAME.findall(self.parts.text(WORKBOOK))
        return {name: (target.rpartition("!")[0].strip("'"), target.rpartition("!")[2].replace("$", "")) for name, target in found}

    def inputs(self, *kinds: str) -> list[tuple[Entry, str]]:
        """Return the inputs of some kinds with their cells, in an order of luck; spare rows are none."""
        found = [
            (entry, self.names[self.book.names[offset]][1])
            for offset, entry in enumerate(self.book.entries)
            if entry.is_input and entry.kind in kinds and entry.item not in self.book.blank_rows
        ]
        self.luck.shuffle(found)
        return found

    def an_input(self, *kinds: str) -> tuple[Entry, str]:
        """Return one input of some kinds with its cell."""
        return first(self.inputs(*kinds))

    def put(self, address: str, value: float | str) -> None:
        """Type a number or a text into a cell of Assumptions."""
        if isinstance(value, str):
            self.parts.set_text(ASSUMPTIONS, address, value)
        else:
            self.parts.set_number(ASSUMPTIONS, address, value)

    def is_sound(self, *changes: Change) -> bool:
        """Whether the rules take these changes of the scenario."""
        try:
            changed(self.scenario, list(changes))
        except BudgetModelError:
            return False
        return True

    @cached_property
    def columns(self) -> Mapping[str, str]:
        """The letters of the columns of Assumptions by their headings."""
        row = str(FIRST_ASSUMPTION_ROW)
        texts = self.parts.texts(ASSUMPTIONS)
        return {text: place.removesuffix(row) for place, text in texts.items() if re.fullmatch(f"[A-Z]+{row}", place)}

    def beside(self, address: str, heading: str) -> str:
        """Return the cell of the same line of Assumptions in the column of a heading."""
        return f"{self.columns[heading]}{coordinate_from_string(address)[1]}"

    def model_sheets(self) -> list[str]:
        """Return the sheets that hold what is calculated, in an order of luck."""
        found = [sheet for sheet in self.parts.sheets if sheet not in (*TEXT_SHEETS, ASSUMPTIONS, "Cover", "Charts")]
        self.luck.shuffle(found)
        return found

    def locked(self, sheet: str, addresses: Mapping[str, object]) -> list[str]:
        """Return those of some cells that a reader may not change, in an order of luck."""
        styles = self.parts.text("xl/styles.xml").partition("<cellXfs")[2].partition("</cellXfs>")[0]
        free = {str(number) for number, one in enumerate(_STYLE.finditer(styles)) if 'locked="0"' in (one[1] or "")}
        style = dict(re.findall(r'<c r="([A-Z]+[0-9]+)" s="(\d+)"', self.parts.text(self.parts.sheets[sheet])))
        found = [address for address in addresses if style.get(address) not in free]
        self.luck.shuffle(found)
        return found

    def a_formula(self, wanted: str = "", sheets: Sequence[str] = ()) -> tuple[str, str, str]:
        """Return sheet, cell and text of a formula in which a pattern is found."""
        for sheet in sheets or self.model_sheets():
            found = [(place, formula) for place, formula in self.parts.formulas(sheet).items() if re.search(wanted, formula)]
            if found:
                return (sheet, *self.luck.choice(found))
        raise NothingToChangeError(f"no formula has {wanted}")

    def beyond(self, sheet: str) -> str:
        """Return an empty cell to the right of all that a sheet holds, in its first rows."""
        columns = [coordinate_from_string(address)[0] for address in self.parts.cells(sheet)]
        widest = max(columns, key=lambda letters: (len(letters), letters))
        return f"{get_column_letter(sum((ord(one) - 64) * 26**power for power, one in enumerate(reversed(widest))) + 3)}6"


class Expected:
    """What must come of reading a tampered workbook back."""

    def faults(self, found: Imported | str, case: Case) -> Iterator[str]:
        """Yield what is wrong with what was found: an import, or the message of a refusal."""
        raise NotImplementedError


@dataclass(frozen=True)
class Refused(Expected):
    """It is refused, and the message has all these words."""

    words: tuple[str, ...]

    def faults(self, found: Imported | str, case: Case) -> Iterator[str]:
        if not isinstance(found, str):
            yield f"accepted, expected to be refused naming {self.words}: {_shown(found)}"
            return
        for word in self.words:
            if word not in found:
                yield f"refused without naming {word}: {found}"


def refused_at(sheet: str, address: str) -> Refused:
    """Expect a refusal that names a cell."""
    return Refused((f"{sheet}!{address}",))


@dataclass(frozen=True)
class Found(Expected):
    """Exactly these changes of the scenario are found, by the cells in which they stand."""

    changes: Mapping[str, Change]

    def faults(self, found: Imported | str, case: Case) -> Iterator[str]:
        if isinstance(found, str):
            yield f"refused: {found}"
            return
        listed = sorted(change.address for change in found.changes)
        if listed != sorted(f"{ASSUMPTIONS}!{address}" for address in self.changes):
            yield f"found at {listed}, expected at {sorted(self.changes)}"
        if found.scenario != changed(case.scenario, list(self.changes.values())):
            yield f"the scenario is not the one with {self.changes}"
        if said := [remark for remark in found.remarks if "not read" in remark.lower()]:
            yield f"remarks {said}"


@dataclass(frozen=True)
class Told(Expected):
    """Nothing is changed, and the remarks have all these words; without words there are none."""

    words: tuple[str, ...] = ()

    def faults(self, found: Imported | str, case: Case) -> Iterator[str]:
        if isinstance(found, str):
            yield f"refused: {found}"
            return
        if found.changes or found.scenario != case.scenario:
            yield f"changes are listed: {_shown(found)}"
        said = " ".join(found.remarks)
        for word in self.words:
            if word not in said:
                yield f"the remarks do not name {word}: {said!r}"
        if said and not self.words:
            yield f"remarks {said}"


@dataclass(frozen=True)
class Kept(Expected):
    """A word that a person wrote beside the numbers is listed with its cell, if it has one there, and kept in the scenario."""

    address: str
    word: str

    def faults(self, found: Imported | str, case: Case) -> Iterator[str]:
        if isinstance(found, str):
            yield f"refused: {found}"
            return
        listed = _shown(found)
        if self.address not in listed or self.word not in listed:
            yield f"{self.word!r} of {self.address} is not listed: {listed}"
        kept = found.scenario.model_dump_json()
        if self.address and self.word not in kept and self.word.replace(",", "") not in kept:
            yield f"{self.word!r} is not in the scenario"


@dataclass(frozen=True)
class OneOf(Expected):
    """One of several outcomes."""

    outcomes: tuple[Expected, ...]

    def faults(self, found: Imported | str, case: Case) -> Iterator[str]:
        wrong = [list(outcome.faults(found, case)) for outcome in self.outcomes]
        if all(wrong):
            yield "; or ".join(faults[0] for faults in wrong)


def _shown(found: Imported) -> str:
    """Return what a person is told of an import."""
    without = {"base", "scenario", "before", "after"}
    return "; ".join(str(value) for name, value in vars(found).items() if name not in without)


Tamper = Callable[[Case], Expected]


@dataclass(frozen=True)
class Kind:
    """A kind of tampering. `by` are the programs that can save it again as it is meant; none: all of them."""

    name: str
    tamper: Tamper
    by: tuple[str, ...] = ()


KINDS: dict[str, Kind] = {}


def kind(name: str, *by: str) -> Callable[[Tamper], Tamper]:
    """Register a kind of tampering under a name."""

    def register(tamper: Tamper) -> Tamper:
        assert name not in KINDS, name
        KINDS[name] = Kind(name, tamper, by)
        return tamper

    return register
