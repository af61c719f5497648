"""Read an edited workbook back: find the inputs by their names, say what was changed, and refuse what cannot be trusted.

Only input cells are read. The workbook carries the scenario it was made from; what differs from it are the edits.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from budget_model.errors import Problem, ScenarioError, WorkbookError, near_name
from budget_model.scenario.choices import NO_ITEM
from budget_model.scenario.schema import Scenario
from budget_model.scenario.text import digest
from budget_model.timeline import serial
from budget_model.upload.gate import check_upload
from budget_model.upload.limits import FILE_BYTES
from budget_model.version import WORKBOOK_FORM
from budget_model.workbook.layout.book import FIRST_ASSUMPTION_ROW, VALUE_COLUMN, Book
from budget_model.workbook.layout.entries import CHOICE, FLAG, MONTH, NAME, Entry
from budget_model.workbook.layout.scenario_parts import scenario_of
from budget_model.workbook.layout.template import STATE_GRANT, WORKBOOK, About, ScenarioFile, Template, load_template
from budget_model.workbook.reading import read_cells
from budget_model.workbook.reading.edits import Edit, Imported, imported
from budget_model.workbook.sheets.front_sheets import FIRST_FILE_ROW, HASH_ROW
from budget_model.workbook.writing.writer import FORM_PROPERTY, HASH_PROPERTY, TEMPLATE_PROPERTY, write_workbook

_SECONDS = 180
_WITH_VALUES = ("Assumptions", "About", "Scenario file")  # the sheets of which more than formulas is read, in every template
_ROOM = 10_000  # cells by which a scenario may seem larger than its workbook
_MOST_PROBLEMS = 20
_ONE_CELL = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d+)$")
_AGAIN = "take a fresh copy of the workbook and enter the changes there"


@dataclass(frozen=True)
class _Cells:
    """What the child process read: sheets, names, properties, formulas, plain values as (kind, value) by sheet and cell."""

    sheets: list[str]
    names: Mapping[str, str]
    properties: Mapping[str, str]
    formulas: Mapping[str, Mapping[str, str]]
    values: Mapping[str, Mapping[str, tuple[str, Any]]]


def import_workbook(
    content: bytes, file: str, expected: Sequence[Scenario] = (), report: Callable[[str], None] = lambda _: None
) -> Imported:
    """Return the scenario that an edited workbook holds, with every change and its effect on net county cost.

    It must have been made from one of the `expected` scenarios, if any are given; `report` hears what is being done.
    Raises WorkbookError for a file that is no sound workbook of ours, and ScenarioError for values that are refused; both
    name sheet and cell.
    """
    report("Checking the file")
    check_upload(content, file)
    report("Reading the cells")
    cells = _read(content, file)
    template = _template(cells, file)
    base = _base(cells, template, file)
    if expected and digest(base) not in map(digest, expected):
        raise WorkbookError(
            f"{file}: {_sheet(template, About)}!B{HASH_ROW}: the workbook was made from '{base.name}' (hash {digest(base)}), "
            f"not from '{expected[0].name}' as it stands now (hash {digest(expected[0])}); choose the scenario it was made from"
        )
    book = Book(base, template)
    places = _places(cells, book, file)
    report("Comparing the formulas")
    _formulas_stand(cells, book, file)
    edits = _edits(cells, book, places, file)
    report("Projecting the changes")
    return imported(base, book, edits, file)


def read_file(path: Path) -> bytes:
    """Return a workbook's bytes; raises WorkbookError when there is no such file or it is too large to be one of ours."""
    try:
        if path.stat().st_size > FILE_BYTES:
            raise WorkbookError(f"{path}: the file is larger than {FILE_BYTES:,} bytes; no workbook of the modeler is")
        return path.read_bytes()
    except OSError as error:
        raise WorkbookError(f"{path}: the file cannot be read: {error.strerror or error}") from None


def _read(content: bytes, file: str) -> _Cells:
    """Return the workbook's cells, read by a process of its own with limits of memory and time."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(content)
        command = [sys.executable, "-I", read_cells.__file__, str(path), *_WITH_VALUES]
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)  # noqa: S603 - our own program
            return _Cells(**json.loads(done.stdout))
        except (subprocess.SubprocessError, ValueError, TypeError):
            raise WorkbookError(f"{file}: the workbook cannot be read; it is damaged or too large; {_AGAIN}") from None


def _template(cells: _Cells, file: str) -> Template:
    form = cells.properties.get(FORM_PROPERTY)
    if form is None:
        raise WorkbookError(f"{file}: this is no workbook of the modeler: it has no property '{FORM_PROPERTY}'; {_AGAIN}")
    if form != str(WORKBOOK_FORM):
        raise WorkbookError(
            f"{file}: property '{FORM_PROPERTY}' is {form!r}; this modeler reads form {WORKBOOK_FORM}; export the workbook again"
        )
    name = cells.properties.get(TEMPLATE_PROPERTY, "")
    if name not in (WORKBOOK, STATE_GRANT):
        raise WorkbookError(f"{file}: property '{TEMPLATE_PROPERTY}' is {name!r}; expected {WORKBOOK} or {STATE_GRANT}; {_AGAIN}")
    return load_template(name)


def _sheet(template: Template, kind: type[Any]) -> str:
    found: str = next(sheet.sheet for sheet in template.sheets if isinstance(sheet, kind))
    return found


def _base(cells: _Cells, template: Template, file: str) -> Scenario:
    """Return the scenario that the workbook was made from, if what it says of itself agrees."""
    about, sheet = _sheet(template, About), _sheet(template, ScenarioFile)
    for needed in (sheet, about):
        if needed not in cells.sheets:
            raise WorkbookError(f"{file}: the sheet '{needed}' was removed; {_AGAIN}")
    lines: dict[int, dict[str, str]] = {}
    for place, (_, value) in cells.values[sheet].items():
        column, row = re.fullmatch(r"([A-Z]+)(\d+)", place).groups()  # type: ignore[union-attr]
        lines.setdefault(int(row) - 1, {})[column] = str(value)
    parts = []
    for row in sorted(row for row in lines if row >= FIRST_FILE_ROW):
        line = lines[row]
        texts = [line[column] for column in sorted(line, key=lambda letters: (len(letters), letters)) if column != "A"]
        parts.append((line.get("A", ""), "".join(texts)))
    base = scenario_of(parts, f"{file}: {sheet}!A{FIRST_FILE_ROW + 1}")
    said = cells.values[about].get(f"B{HASH_ROW}", ("s", ""))[1]
    for place, text in ((f"{about}!B{HASH_ROW}", said), (f"property '{HASH_PROPERTY}'", cells.properties.get(HASH_PROPERTY, ""))):
        if text != digest(base):
            raise WorkbookError(
                f"{file}: {place} is {text!r}, but the scenario on the sheet '{sheet}' has the hash {digest(base)}: "
                f"they are of different scenarios; {_AGAIN}"
            )
    return base


def _places(cells: _Cells, book: Book, file: str) -> dict[int, tuple[str, str]]:
    """Return the sheet and cell of every input by its offset, found by its defined name."""
    problems = [Problem(file, sheet, "", f"the sheet was removed; {_AGAIN}") for sheet in book.order if sheet not in cells.sheets]
    places = {}
    for offset, name in book.names.items():
        found = _ONE_CELL.match(cells.names.get(name, ""))
        if found is None:
            written = f"{book.assumptions}!{xl_rowcol_to_cell(FIRST_ASSUMPTION_ROW + offset, VALUE_COLUMN)}"
            problems.append(Problem(file, written, "", f"its name '{name}' was removed or no longer names one cell; {_AGAIN}"))
        else:
            places[offset] = ((found[1] or found[2]).replace("''", "'"), f"{found[3]}{found[4]}")
    _refuse(problems)
    return places


def _refuse(problems: list[Problem]) -> None:
    """Raise all problems found, the first ones in full."""
    if problems:
        more = len(problems) - _MOST_PROBLEMS
        rest = [Problem(problems[0].file, "", "", f"and {more:,} more of this kind")] if more > 0 else []
        raise ScenarioError([*problems[:_MOST_PROBLEMS], *rest])


def _formulas_stand(cells: _Cells, book: Book, file: str) -> None:
    """Refuse a workbook in which a formula was changed or replaced by a value."""
    there = sum(map(len, cells.formulas.values()))
    needed = sum(len(block.items) for block in book.blocks.values()) * book.projection.timeline.count
    if needed > 2 * there + _ROOM:  # or a small file could ask for hours of work
        raise WorkbookError(f"{file}: the workbook has {there:,} formulas, far fewer than its scenario gives; {_AGAIN}")
    problems = []
    for (sheet, row, column), cell in write_workbook(book.scenario, book.template).cells.items():
        place = xl_rowcol_to_cell(row, column)
        found = cells.formulas.get(sheet, {}).get(place)
        if found is None or _plain(found) != _plain(cell.formula):
            given = "a value" if found is None else found if len(found) <= 80 else f"{found[:77]}..."
            problems.append(Problem(file, f"{sheet}!{place}", given, f"the formula was changed; only blue cells may be; {_AGAIN}"))
    _refuse(problems)


def _plain(formula: str) -> str:
    """Return a formula without what spreadsheet programs may write in another way."""
    return formula.removeprefix("=").replace(" ", "").replace("'", "").upper()


def _edits(cells: _Cells, book: Book, places: Mapping[int, tuple[str, str]], file: str) -> list[Edit]:
    """Return every input whose value was changed; refuses all values of a wrong kind at once."""
    problems: list[Problem] = []
    edits = []
    for offset, (sheet, place) in places.items():
        entry = book.entries[offset]
        given = cells.values.get(sheet, {}).get(place)
        formula = cells.formulas.get(sheet, {}).get(place)
        try:
            value = _value(entry, ("f", formula) if formula else given)
        except ValueError as error:
            kind, text = given or ("", "empty")
            said = formula or (repr(text) if kind == "s" else str(text))
            problems.append(Problem(file, f"{sheet}!{place} ({_about(entry)})", said, str(error)))
            continue
        if not _same(value, entry.value):
            edits.append(Edit(entry, f"{sheet}!{place}", value))
    _refuse([*problems, *_matches_without_basis(book, edits, file)])
    return edits


def _matches_without_basis(book: Book, edits: list[Edit], file: str) -> Iterator[Problem]:
    """Yield the match figures that were filled in for a source whose basis of match is still none."""
    bases = {entry.item: entry.value for entry in book.entries if entry.field == "match.basis" and entry.kind == CHOICE}
    bases |= {edit.entry.item: edit.value for edit in edits if edit.entry.field == "match.basis"}
    for edit in edits:
        if edit.entry.field.startswith("match.") and bases[edit.entry.item] == NO_ITEM:
            expected = "expected the line 'Match basis' of this source to be chosen as well"
            yield Problem(file, f"{edit.place} ({_about(edit.entry)})", str(edit.value), expected)


def _same(value: float | str, written: float | str) -> bool:
    """Whether a value is the one written, as far as spreadsheets keep it: to 15 significant digits."""
    if isinstance(value, str) or isinstance(written, str):
        return value == written
    return f"{value:.15g}" == f"{written:.15g}"


def _about(entry: Entry) -> str:
    return f"{entry.item}: {entry.label}" if entry.item else entry.label


def _value(entry: Entry, given: tuple[str, Any] | None) -> float | str:
    """Return a cell's value as its input has it; raises ValueError with what was expected."""
    kind, value = given or ("", None)
    if kind == "f":
        raise ValueError("expected a value, not a formula; type the result")
    if entry.kind == CHOICE:
        if value not in entry.choices:
            near = near_name(str(value), entry.choices)
            raise ValueError(f"expected one of: {', '.join(entry.choices[:12])}{' ...' * (len(entry.choices) > 12)}.{near}")
        return str(value)
    if entry.kind == NAME:
        if kind != "s" or not str(value).strip():
            raise ValueError("expected a name")
        return str(value).strip()
    if entry.kind == FLAG:
        if kind == "b" or (kind == "n" and value in (0, 1)):
            return float(value)
        raise ValueError("expected 1 for yes or 0 for no")
    assert entry.cell is not None
    about = entry.cell.declared
    if entry.kind == MONTH:
        if kind == "d" and (day := date.fromisoformat(value[:10])).day == 1:
            return serial(day)
        raise ValueError("expected the first day of a month as a date, such as 2019-07-01")
    if kind == "n" and about.at_least <= value <= about.at_most:
        return float(value)
    raise ValueError(f"expected {about.expected}")
