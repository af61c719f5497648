"""What a workbook was made from, as it says itself: its form, its scenario, and the record of what was written."""

from __future__ import annotations

from dataclasses import dataclass

from budget_model.errors import WorkbookError
from budget_model.scenario.forms import FIRST_FORM
from budget_model.scenario.schema import Scenario
from budget_model.scenario.text import digest_in_form_1, digest_of
from budget_model.version import FIRST_WORKBOOK_FORM, WORKBOOK_FORM
from budget_model.workbook.layout.record import Record, record_of
from budget_model.workbook.layout.record import digest_of as digest_of_record
from budget_model.workbook.layout.scenario_parts import changed, content_of, scenario_of
from budget_model.workbook.layout.template import layouts
from budget_model.workbook.reading.cells import ABOUT, AGAIN, RECORD, SCENARIO_FILE, Cells
from budget_model.workbook.sheets.front_sheets import FIRST_FILE_ROW, FORM_ROW, HASH_ROW, RECORD_ROW, TEMPLATE_ROW
from budget_model.workbook.sheets.record_sheet import RECORD_PROPERTY
from budget_model.workbook.writing.writer import FORM_PROPERTY, HASH_PROPERTY, TEMPLATE_PROPERTY

_TOLD_OF_FORM_1 = (
    "The workbook is of form 1, that of version 0.4.0, which kept no record of its cells: its inputs are read, but whether "
    "a formula, a label or a number that is no input was changed cannot be checked."
)


@dataclass(frozen=True)
class Origin:
    """The scenario a workbook was made from, the form it was written in, and what was written.

    A workbook of the first form has no record of it.
    """

    base: Scenario
    form: int
    record: Record | None

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader must know of how the workbook could be checked."""
        return () if self.record else (_TOLD_OF_FORM_1,)


def origin_of(cells: Cells, file: str) -> Origin:
    """Return what a workbook was made from, if all that it says of itself agrees; raises WorkbookError."""
    form = _form(cells, file)
    for needed in (SCENARIO_FILE, ABOUT, *([RECORD] if form > FIRST_WORKBOOK_FORM else [])):
        if needed not in cells.sheets:
            raise WorkbookError(f"{file}: the sheet '{needed}' was removed; {AGAIN}")
    base, hashed, form_of_base = _base(cells, file)
    if form == FIRST_WORKBOOK_FORM:  # its hash was taken of defaults as well
        hashed = digest_in_form_1(base)
    _agrees(cells, file, HASH_ROW, HASH_PROPERTY, hashed, f"the scenario on the sheet '{SCENARIO_FILE}' has the hash {hashed}")
    return Origin(base, form_of_base, _record(cells, file) if form > FIRST_WORKBOOK_FORM else None)


def _form(cells: Cells, file: str) -> int:
    """Return the form of the workbook, as its property tells it or, where a program left the properties out, the sheet About."""
    place, said = _told(cells, FORM_PROPERTY, FORM_ROW)
    if not said:
        raise WorkbookError(f"{file}: this is no workbook of the modeler that can be read back: nothing in it tells its form; {AGAIN}")
    known = {str(form): form for form in range(FIRST_WORKBOOK_FORM, WORKBOOK_FORM + 1)}
    if said not in known:
        raise WorkbookError(
            f"{file}: {place} is {said!r}; this modeler reads form {FIRST_WORKBOOK_FORM} to {WORKBOOK_FORM}; "
            "a workbook of a later form is read by the version of the modeler that made it, or a later one"
        )
    template_place, template = _told(cells, TEMPLATE_PROPERTY, TEMPLATE_ROW)
    if template not in layouts():
        raise WorkbookError(f"{file}: {template_place} is {template!r}; expected one of {', '.join(layouts())}; {AGAIN}")
    shown = _about(cells, FORM_ROW)
    if shown not in ("", said) or (known[said] == FIRST_WORKBOOK_FORM and RECORD in cells.sheets):
        raise WorkbookError(f"{file}: {place} is {said!r}, but the workbook is of form {shown}; {AGAIN}")
    return known[said]


def _told(cells: Cells, name: str, row: int) -> tuple[str, str]:
    """Return what the workbook tells of itself, and where: a property, or the same on About where the property is gone."""
    if name in cells.properties:
        return f"property '{name}'", cells.properties[name]
    return f"{ABOUT}!B{row}", _about(cells, row)


def _base(cells: Cells, file: str) -> tuple[Scenario, str, int]:
    """Return the scenario that the workbook carries, the hash of what is written there, and its form."""
    cell = f"{file}: {SCENARIO_FILE}!A{FIRST_FILE_ROW + 1}"
    lines = cells.lines(SCENARIO_FILE, FIRST_FILE_ROW)
    parts = [(line.get("A", ""), "".join(text for column, text in line.items() if column != "A")) for line in lines]
    try:
        content = content_of(parts)
        hashed = digest_of({key: part for key, part in content.items() if key != "form"})
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise changed(cell) from None
    given = content.get("form")
    return scenario_of(content, cell), hashed, FIRST_FORM if given is None else int(given)


def _record(cells: Cells, file: str) -> Record:
    cell = f"{file}: {RECORD}!A{FIRST_FILE_ROW + 1}"
    lines = [list(line.values()) for line in cells.lines(RECORD, FIRST_FILE_ROW)]
    record, hashed = record_of(lines, cell), digest_of_record(lines)
    _agrees(cells, file, RECORD_ROW, RECORD_PROPERTY, hashed, f"the record on the sheet '{RECORD}' has the hash {hashed}")
    return record


def _agrees(cells: Cells, file: str, row: int, name: str, hashed: str, told: str) -> None:
    """Refuse a workbook in which About or the property, where it is there, tells another hash than what it is of."""
    for cell, text in ((f"{ABOUT}!B{row}", _about(cells, row)), (f"property '{name}'", cells.properties.get(name, hashed))):
        if text != hashed:
            raise WorkbookError(f"{file}: {cell} is {text!r}, but {told}: they are of different workbooks; {AGAIN}")


def _about(cells: Cells, row: int) -> str:
    return str(cells.values.get(ABOUT, {}).get(f"B{row}", ("s", ""))[1])
