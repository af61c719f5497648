"""Workbooks that were tampered with and saved by five programs: no change goes unseen, and nothing is read wrongly.

Each kind changes one thing and says what must come of it (`tampered_*.py`); each program saves it in its own way. Whatever the
kind, a workbook that is accepted comes to what LibreOffice calculates from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import pytest
import scale
import tampered_cells  # noqa: F401 - registers its kinds
import tampered_evidence  # noqa: F401 - registers its kinds
import tampered_formulas  # noqa: F401 - registers its kinds
import tampered_inputs  # noqa: F401 - registers its kinds
import tampered_names  # noqa: F401 - registers its kinds
import tampered_structure  # noqa: F401 - registers its kinds
import tampered_values  # noqa: F401 - registers its kinds
from conftest import template_of_14_months
from office import saved_by_libreoffice
from openpyxl.utils import get_column_letter
from savers import LIBREOFFICE, SAVERS, UNSAVED
from spreadsheets import formula_cells
from tampering import KINDS, Case, Expected, Kind, NothingToChangeError
from workbook_parts import WorkbookParts
from written import WrittenWorkbooks

from budget_model import Scenario, project
from budget_model.analysis.funder_forms.template import STATE_GRANT
from budget_model.errors import BudgetModelError
from budget_model.projection import net_county_cost
from budget_model.workbook.layout.book import TOTAL
from budget_model.workbook.layout.template import WORKBOOK
from budget_model.workbook.reading.edits import Imported
from budget_model.workbook.reading.reader import import_workbook

SMALL = template_of_14_months()
OF_RANDOM = 3  # random scenarios whose workbooks are tampered with
A_HANDFUL = (  # of which no other test tries the like; as they are, for saving takes longer
    "inputs of all kinds typed",
    "numbers with 17 digits",
    "rows hidden",
    "a filter",
    "a shared formula changed where it begins",
    "texts written in the cells",
)


@pytest.mark.parametrize("name", KINDS if scale.NOW.proof else A_HANDFUL)
def test_what_was_tampered_with_is_found_or_refused(
    name: str, request: pytest.FixtureRequest, written: WrittenWorkbooks, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    kind, luck, faults, sound = KINDS[name], Random(f"{scale.NOW.seed} {name}"), list[str](), 0
    programs = kind.by or (tuple(SAVERS) if scale.NOW.proof else (UNSAVED,))
    chosen = luck.sample(programs, min(scale.NOW.savers, len(programs)))
    scenarios = [SMALL, *(request.getfixturevalue("random_scenarios")[-OF_RANDOM:] if scale.NOW.proof else ())]
    for program in chosen:
        case, expected = _tampered(kind, scenarios, written, luck)
        saved = _saved(case, program, tmp_path)
        found = _read(saved)
        wrong = [*expected.faults(found, case), *_wrong(found, case, saved, program)]
        faults += [f"{saved} of {case.scenario.name}: {fault}" for fault in wrong]
        sound += not wrong
        record_property(f"of them saved by {program}" if program != UNSAVED else "of them as they were tampered with", int(not wrong))
    record_property("kinds of tampering with a workbook", 1)
    record_property("tampered workbooks: no traceback, no change unseen, no wrong reading", sound)
    assert not faults, "\n".join(faults)


def _tampered(kind: Kind, scenarios: Sequence[Scenario], written: WrittenWorkbooks, luck: Random) -> tuple[Case, Expected]:
    """Tamper with the workbook of one of the scenarios, another where a kind finds nothing to change in it."""
    candidates = [(scenario, template) for scenario in scenarios for template in (STATE_GRANT, WORKBOOK)]
    candidates = [(one, template) for one, template in candidates if template == WORKBOOK or one.funding_sources]
    luck.shuffle(candidates)
    for scenario, template in candidates:
        case = Case(WorkbookParts(written.workbook(scenario, template)), scenario, luck)
        try:
            return case, kind.tamper(case)
        except NothingToChangeError:
            continue
    raise AssertionError(f"{kind.name}: nothing to change in any workbook")


def _saved(case: Case, program: str, folder: Path) -> Path:
    """Write what was tampered with, let LibreOffice take the steps of the case, and save it by a program."""
    path = case.parts.write(folder / f"{program}_tampered.xlsx")
    if case.steps:
        stepped = folder / f"{program}_stepped.xlsx"
        saved_by_libreoffice([(path, stepped, {})], case.steps)
        parts = WorkbookParts(stepped)
        parts.restyle_tables(case.parts)  # LibreOffice leaves out what Excel keeps, and without it exceljs ends with an error
        path = parts.write(stepped)
    saved = folder / f"{program}.xlsx"
    SAVERS[program](path, saved)
    return saved


def _read(path: Path) -> Imported | str:
    """Return what a workbook is read as, or how it is refused; any other failure fails the test."""
    try:
        return import_workbook(path.read_bytes(), path.name)
    except BudgetModelError as error:
        return str(error)


def _wrong(found: Imported | str, case: Case, saved: Path, program: str) -> Iterator[str]:
    """Yield what is wrong whatever the kind: a message that names a part of the file, a figure that the workbook does not show."""
    said = found if isinstance(found, str) else " ".join(found.remarks)
    if re.search(r"xl/|\.xml|\.rels", said):
        yield f"names a part of the file: {said}"
    if program == LIBREOFFICE and isinstance(found, Imported):
        place = f"{get_column_letter(TOTAL + 1)}{case.book.blocks['net_county_cost'].first + 1}"
        shown = formula_cells(saved)["Appropriation", place].stored
        read = net_county_cost(project(found.scenario))
        if not isinstance(shown, float) or abs(shown - read) > 0.005:
            yield f"the workbook shows {shown}, what was read comes to {read}"
