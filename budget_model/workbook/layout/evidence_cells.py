"""The cells beside a number in which people write what vouches for it, and what each is written with.

The export writes them and the import reads them, so that what a person wrote there is found by its column.
"""

from __future__ import annotations

from collections.abc import Mapping

from budget_model.scenario.assumption import UNSOURCED
from budget_model.scenario.tables import PlacedAssumption
from budget_model.workbook.layout.assumption_columns import (
    CLAUSE,
    COLUMN,
    COLUMNS_OF_SHEET,
    COMMENT,
    CONFIDENCE,
    CONFIRMED_BY,
    CONFIRMED_ON,
    DATE,
    HIGH,
    KIND,
    LOW,
    NOTE,
    OWNER,
    SOURCE,
)

PARTS = (LOW, HIGH, CONFIDENCE, SOURCE, DATE, NOTE, OWNER, COMMENT, KIND, CONFIRMED_BY, CONFIRMED_ON)
# The column of the sheet of assumptions, counted from 0, in which each part of an assumption's evidence stands.
COLUMNS: Mapping[str, int] = {part: COLUMN[part] for part in PARTS}
CLAUSE_COLUMN = COLUMN[CLAUSE]  # in which the clause of the motion stands that a number answers, for the crosswalk to count by
# The same in workbooks in which nothing is saved beside what is now; their first ones have other things where the later parts stand.
EARLIER_COLUMNS: Mapping[str, int] = {
    LOW: 4, HIGH: 5, CONFIDENCE: 7, SOURCE: 8, DATE: 9, NOTE: 10, OWNER: 11, COMMENT: 12, KIND: 13, CONFIRMED_BY: 14, CONFIRMED_ON: 15,
}  # fmt: skip
EARLIER_HEAD_ROW = 3  # counted from 0
LATER: Mapping[str, str] = {part: COLUMNS_OF_SHEET[part].heading for part in (KIND, CONFIRMED_BY, CONFIRMED_ON)}
RANGE = (LOW, HIGH)
AS_TEXT = (DATE, CONFIRMED_ON)  # so that no program makes "2019-05" a day
Written = float | str | None


def evidence_cells(placed: PlacedAssumption) -> dict[str, Written]:
    """Return what stands beside an assumption, part by part: a number of its unit, a text, None for an empty cell.

    A month has no range. Where no source is given the word for it stands there; where no note, how the value came.
    """
    given = placed.assumption
    texts = {CONFIDENCE: given.confidence, SOURCE: given.source or UNSOURCED, DATE: given.date, NOTE: given.remark}
    span = {} if placed.declared.is_month else {LOW: given.low, HIGH: given.high}
    confirmed = {CONFIRMED_BY: given.confirmed_by, CONFIRMED_ON: given.confirmed_on}
    return {**span, **texts, OWNER: given.owner, COMMENT: given.comment, KIND: given.kind, **confirmed}
