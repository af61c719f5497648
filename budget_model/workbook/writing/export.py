"""Hand out a workbook: write it, recompute it with an engine that is not ours, and only then give it away."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from budget_model.analysis.workbook_content import workbook_content
from budget_model.errors import WorkbookError
from budget_model.files import write_whole
from budget_model.projection import Projection
from budget_model.scenario.schema import Scenario
from budget_model.workbook.layout.template import WORKBOOK, load_template
from budget_model.workbook.writing.recompute import Proof, recomputed
from budget_model.workbook.writing.writer import Written, write_workbook


def export_workbook(projection: Projection, target: str | Path | BinaryIO, template: str = WORKBOOK, base: Scenario | None = None) -> Proof:
    """Write the workbook of a projection to a path or a binary stream, and return what was recomputed of it.

    `template` is `workbook` or `state_grant`; the change log says what differs from the scenario `base`. The workbook is
    made in memory and written aside, so that a failure leaves what stood at the path before. Raises WorkbookError when the target cannot be
    written, a result is no finite number, or a recomputed cell differs.
    """
    written = workbook_of(projection.scenario, template, base)
    proof = recomputed(written)
    hand_out(written.content, target)
    return proof


def workbook_of(scenario: Scenario, template: str = WORKBOOK, base: Scenario | None = None) -> Written:
    """Return the workbook of a validated scenario, not recomputed yet; raises WorkbookError as `export_workbook` does."""
    return write_workbook(workbook_content(scenario, base), load_template(template))


def hand_out(content: bytes, target: str | Path | BinaryIO) -> None:
    """Write a workbook's bytes to a path or a binary stream; raises WorkbookError when it cannot be written."""
    if not isinstance(target, (str, Path)):
        target.write(content)
        return
    try:
        write_whole(Path(target), content)
    except OSError as error:
        raise WorkbookError(f"{target}: the workbook cannot be written: {error.strerror or error}") from None
