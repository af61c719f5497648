"""Read an edited workbook back: find the inputs by their names, say what was changed, and refuse what cannot be trusted.

Only inputs and what people write beside them are read. The workbook carries the scenario it was made from:
what differs from it are the edits. It also carries a record of what was written, by which it is checked, so that a workbook of
an earlier version is read as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from math import prod
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from budget_model.analysis.mended import mended
from budget_model.analysis.workbook_content import workbook_content
from budget_model.errors import Problem, WorkbookError, near_name
from budget_model.projection import Projection
from budget_model.scenario.choices import NO_ITEM
from budget_model.scenario.migrations import FORM_WITH_CAPS
from budget_model.scenario.names import expected_of_item_name, expected_of_word_for_none
from budget_model.scenario.schema import Scenario
from budget_model.scenario.text import digest
from budget_model.timeline import serial
from budget_model.upload.gate import check_upload
from budget_model.upload.limits import FILE_BYTES
from budget_model.workbook.layout.accepted import accepted
from budget_model.workbook.layout.book import rows_of_sheets
from budget_model.workbook.layout.entries import CHOICE, FLAG, MONTH, NAME, Entry
from budget_model.workbook.layout.input_lines import InputLines, input_lines
from budget_model.workbook.layout.rows_without_lines import item_axes
from budget_model.workbook.reading.cells import ABOUT, AGAIN, ASSUMPTIONS, Cells, read, refuse
from budget_model.workbook.reading.consequences import consequences
from budget_model.workbook.reading.edits import Edit, Imported, imported
from budget_model.workbook.reading.evidence_edits import evidence_edits
from budget_model.workbook.reading.first_form_check import compared_without_record
from budget_model.workbook.reading.former_caps import FORMER, caps_without_a_line, with_former_caps
from budget_model.workbook.reading.news import news
from budget_model.workbook.reading.origin import Origin, origin_of
from budget_model.workbook.reading.record_check import compared, missing_names, notes_on_cells, shown_in
from budget_model.workbook.reading.who_and_why import with_who_and_why
from budget_model.workbook.sheets.front_sheets import HASH_ROW

# By how much a scenario may seem larger than its workbook: a later version has more rows than the one that wrote it.
_ROOM, _TIMES = 10_000, 4
_IDS_OF_FORM_1 = "O"  # the column of Assumptions in which the ids stand
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T00:00:00)?")  # with an hour the formulas take it for after the first of the month
Addresses = Mapping[int, tuple[str, str]]  # sheet and cell of an input, by the offset of its line


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
    return read_back(read(content, file), file, expected, report)


def read_back(cells: Cells, file: str, expected: Sequence[Scenario] = (), report: Callable[[str], None] = lambda _: None) -> Imported:
    """Return what the cells of an edited workbook hold, as `import_workbook` does once they are read; raises what it raises."""
    origin = origin_of(cells, file)
    if expected and digest(origin.base) not in map(digest, expected):
        raise WorkbookError(
            f"{file}: {ABOUT}!B{HASH_ROW}: the workbook was made from '{origin.base.name}' (hash {digest(origin.base)}), "
            f"not from '{expected[0].name}' as it stands now (hash {digest(expected[0])}); choose the scenario it was made from"
        )
    written = workbook_content(origin.base)
    inputs = input_lines(written.projection.scenario, written.projection.evaluation.members, written.blank_rows)
    _is_large_enough(cells, origin, written.projection, file)
    report("Comparing the cells")
    told = compared(cells, origin.record, file) if origin.record else compared_without_record(cells, written, file)
    addresses = _addresses(cells, inputs, origin, file)
    edits = _edits(cells, origin.base, inputs, addresses, file)
    report("Projecting the changes")
    since = (
        *mended(written.projection, origin.form),
        *news(written.projection.scenario, inputs, written.projection.evaluation.members, addresses, origin.record),
    )
    remarks = (*origin.remarks, *told, *notes_on_cells(cells), *since, *consequences(inputs, edits))
    found = imported(origin.base, inputs, addresses, edits, file, remarks, origin.form)
    return with_who_and_why(found, inputs, addresses, cells, file)


def read_file(path: Path) -> bytes:
    """Return a workbook's bytes; raises WorkbookError when there is no such file or it is too large to be one of ours."""
    try:
        if path.stat().st_size > FILE_BYTES:
            raise WorkbookError(f"{path}: the file is larger than {FILE_BYTES:,} bytes; no workbook of the modeler is")
        return path.read_bytes()
    except OSError as error:
        raise WorkbookError(f"{path}: the file cannot be read: {error.strerror or error}") from None


def _is_large_enough(cells: Cells, origin: Origin, projection: Projection, file: str) -> None:
    """Refuse a workbook with far fewer formulas than its scenario gives: a small file could ask for hours of work."""
    there = sum(map(len, cells.formulas.values()))
    if origin.record:
        there = min(there, sum(area.size for area in origin.record.formulas))
    members = projection.evaluation.members
    lines = sum(prod(len(members[axis]) for axis in item_axes(row)) for row in rows_of_sheets())
    if lines * projection.timeline.count > _TIMES * there + _ROOM:
        raise WorkbookError(f"{file}: the workbook has {there:,} formulas, far fewer than its scenario gives; {AGAIN}")


def _addresses(cells: Cells, inputs: InputLines, origin: Origin, file: str) -> Addresses:
    """Return where every input stands that the workbook was written with, by its defined name; refuses names removed."""
    names = origin.record.names if origin.record else _named_beside(cells, inputs)
    refuse(missing_names(cells, names, file))
    if origin.form < FORM_WITH_CAPS:
        refuse(caps_without_a_line(origin.base, cells, names, file))
        names = with_former_caps(origin.base, inputs, names)
    return {offset: names[name] for offset, name in inputs.names.items() if name in names}


def _named_beside(cells: Cells, inputs: InputLines) -> dict[str, tuple[str, str]]:
    """Return the inputs of a workbook without a record: their ids stand beside them on the sheet of assumptions."""
    beside = ((address.removeprefix(_IDS_OF_FORM_1), f"in_{text}") for address, (_, text) in cells.values.get(ASSUMPTIONS, {}).items())
    known = set(inputs.names.values())
    return {name: (ASSUMPTIONS, f"C{row}") for row, name in beside if row.isdigit() and (name in known or name.startswith(FORMER))}


def _edits(cells: Cells, base: Scenario, inputs: InputLines, addresses: Addresses, file: str) -> list[Edit]:
    """Return every input whose value was changed, and what was written beside it; refuses all of a wrong kind at once."""
    problems: list[Problem] = []
    edits = []
    for offset, (sheet, address) in addresses.items():
        entry = inputs.lines[offset]
        given = cells.values.get(sheet, {}).get(address)
        formula = cells.formulas.get(sheet, {}).get(address)
        try:
            value = _value(entry, ("f", formula) if formula else given)
        except ValueError as error:
            problems.append(Problem(file, f"{sheet}!{address} ({entry.about})", shown_in(cells, sheet, address), str(error)))
        else:
            if not _same(value, entry.value):
                edits.append(Edit(entry, f"{sheet}!{address}", value))
        for found in evidence_edits(cells, base, entry, sheet, address.lstrip(ascii_uppercase), file):
            if isinstance(found, Edit):
                edits.append(found)
            else:
                problems.append(found)
    refuse([*problems, *_matches_without_basis(inputs, edits, file)])
    return edits


def _matches_without_basis(inputs: InputLines, edits: list[Edit], file: str) -> Iterator[Problem]:
    """Yield the match figures that were filled in for a source whose basis of match is still none."""
    bases = {entry.item: entry.value for entry in inputs.lines if entry.field == "match.basis" and entry.kind == CHOICE}
    bases |= {edit.entry.item: str(edit.value) for edit in edits if edit.entry.field == "match.basis"}
    for edit in edits:
        if edit.entry.field.startswith("match.") and bases[edit.entry.item] == NO_ITEM:
            expected = "expected the line 'Match basis' of this source to be chosen as well"
            yield Problem(file, f"{edit.address} ({edit.about})", repr(edit.value) if edit.part else str(edit.value), expected)


def _same(value: float | str, written: float | str) -> bool:
    """Whether a value is the one written, as far as spreadsheets keep it: to 15 significant digits."""
    if isinstance(value, str) or isinstance(written, str):
        return value == written
    return f"{value:.15g}" == f"{written:.15g}"


def _value(entry: Entry, given: tuple[str, Any] | None) -> float | str:
    """Return a cell's value as its input has it; raises ValueError with what was expected."""
    kind: str
    value: Any
    kind, value = given or ("", None)
    if kind == "f":
        raise ValueError("expected a value, not a formula; type the result")
    if entry.kind == CHOICE:
        alike = {choice.casefold(): choice for choice in entry.choices}  # formulas take capitals for small letters, and nothing else
        if kind != "s" or value.casefold() not in alike:
            if len(entry.choices) == 1:
                raise ValueError(f"expected '{entry.choices[0]}', which a workbook can't change; change it on the page Build instead")
            raise ValueError(f"expected {accepted(entry)}.{near_name(str(value), entry.choices)}")
        return alike[value.casefold()]
    if entry.kind == NAME:
        if kind != "s" or not str(value).strip():
            raise ValueError(f"expected {accepted(entry)}")
        name = str(value).strip()
        if expected := expected_of_item_name(name) or expected_of_word_for_none(name):
            raise ValueError(expected)
        return name
    if entry.kind == FLAG:
        if kind == "b" or (kind == "n" and value in (0, 1)):
            return float(value)
        raise ValueError(f"expected {accepted(entry)}")
    assert entry.placed is not None
    about = entry.placed.declared
    if entry.kind == MONTH:
        if kind == "d" and _DAY.fullmatch(value) and (day := date.fromisoformat(value[:10])).day == 1:  # a time of day alone is none
            return serial(day)
        raise ValueError(f"expected {accepted(entry)}")
    if kind == "n" and about.at_least <= value <= about.at_most:
        return float(value)
    raise ValueError(f"expected {accepted(entry)}")
