"""Hand out a workbook: write it, recompute it with an engine that is not ours, and only then give it away."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from budget_model.analysis.funder_forms.template import load_form
from budget_model.analysis.workbook_content import SavedVersion, workbook_content
from budget_model.errors import WorkbookError
from budget_model.files import write_whole
from budget_model.projection import Projection
from budget_model.scenario.schema import Scenario
from budget_model.workbook.layout.template import WORKBOOK, load_template
from budget_model.workbook.writing.recompute import Proof, recomputed
from budget_model.workbook.writing.writer import Written, write_workbook

if TYPE_CHECKING:
    from budget_model.simulation.results import Simulation

_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # of Windows; the others forbid less
_LONGEST_NAME = 120  # letters of the scenario's name


def export_workbook(
    projection: Projection,
    target: str | Path | BinaryIO,
    template: str = WORKBOOK,
    base: Scenario | None = None,
    saved: SavedVersion | None = None,
    simulation: Simulation | None = None,
) -> Proof:
    """Write the workbook of a projection to a path or a binary stream, and return what was recomputed of it.

    `template` is `workbook` or `state_grant`; What changed says what differed from the scenario `base`; `saved` is the
    version that the scenario is; with a simulation of the scenario the layout `workbook` has a sheet Range. The workbook is
    made in memory and written aside, so that a failure leaves what stood at the path before. Raises WorkbookError when the
    target cannot be written, a result is no finite number, a recomputed cell differs, or a simulation is given for a form.
    """
    written = workbook_of(projection.scenario, template, base, saved, simulation)
    proof = recomputed(written)
    hand_out(written.content, target)
    return proof


def workbook_of(
    scenario: Scenario,
    template: str = WORKBOOK,
    base: Scenario | None = None,
    saved: SavedVersion | None = None,
    simulation: Simulation | None = None,
    source: str = "",
) -> Written:
    """Return the workbook of a validated scenario, not recomputed yet.

    Raises WorkbookError as `export_workbook` does, and ScenarioError for a form where its source is not there.
    """
    if simulation is not None and template != WORKBOOK:
        raise WorkbookError("Only the budget workbook has a sheet Range; a form has none")
    if source and template == WORKBOOK:
        raise WorkbookError(f"The budget workbook is of all sources; '{source}' is one that a form may be for: name the form as well")
    return write_workbook(workbook_content(scenario, base, saved), load_template(template, source), simulation)


def file_name(name: str, template: str = WORKBOOK, saved: SavedVersion | None = None, *, with_range: bool = False) -> str:
    """Return what the file of a scenario's workbook is called, so that a person knows which it is.

    >>> file_name("LEAD expansion 2018", saved=SavedVersion(3, "A. Ruiz", "Beds", "2018-10-09T17:05:00Z"))
    'LEAD expansion 2018 version 3.xlsx'
    >>> file_name("Beds: 40/50?", "state_grant")
    'Beds 40 50 state grant attachment draft.xlsx'
    >>> file_name("Beds", with_range=True)
    'Beds with range draft.xlsx'
    """
    readable = " ".join(_NOT_IN_FILE_NAMES.sub(" ", name).split())[:_LONGEST_NAME].strip(" .")
    what = f"{'' if template == WORKBOOK else f' {load_form(template).short}'}{' with range' * with_range}"
    return f"{readable or 'LEAD budget'}{what} {f'version {saved.number}' if saved else 'draft'}.xlsx"


def hand_out(content: bytes, target: str | Path | BinaryIO) -> None:
    """Write the bytes of a workbook or its PDF to a path or a binary stream; raises WorkbookError when they cannot be written."""
    if not isinstance(target, (str, Path)):
        target.write(content)
        return
    try:
        write_whole(Path(target), content)
    except OSError as error:
        raise WorkbookError(f"{target}: cannot be written: {error.strerror or error}") from None
