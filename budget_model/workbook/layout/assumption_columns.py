"""The columns of the sheet of assumptions, in their order, each once: what is printed stands first, what only formulas read last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

ITEM, ASSUMPTION, NOW, SAVED, UNIT, WHO, WHY, GIVEN = "item", "assumption", "now", "saved", "unit", "who", "why", "given"
LOW, HIGH, CONFIDENCE, SOURCE, DATE, NOTE, OWNER, COMMENT = "low", "high", "confidence", "source", "date", "note", "owner", "comment"
KIND, CONFIRMED_BY, CONFIRMED_ON = "kind", "confirmed_by", "confirmed_on"
ONCE, EVIDENCE, ID, CLAUSE = "once", "evidence", "id", "clause"
LEAST, MOST, LEAST_HERE, MOST_HERE, LIST, CHANGED_ROW = "least", "most", "least here", "most here", "list", "changed row"
LOW_SAVED, HIGH_SAVED = "low saved", "high saved"
PLAIN_NAME, NAME_REFUSED, NAME_AT_FAULT = "plain name", "name refused", "name at fault"


class Column(NamedTuple):
    """The heading of a column and its width in letters."""

    heading: str
    width: int


COLUMNS_OF_SHEET: Mapping[str, Column] = {
    ITEM: Column("Item", 18),
    ASSUMPTION: Column("Assumption", 36),
    NOW: Column("Now", 16),
    SAVED: Column("Saved", 16),
    UNIT: Column("Unit", 14),
    SOURCE: Column("Source", 42),
    NOTE: Column("Note", 46),
    WHO: Column("Who changed it", 16),
    WHY: Column("Why", 30),
    GIVEN: Column("Given", 12),
    LOW: Column("Low", 11),
    HIGH: Column("High", 11),
    ONCE: Column("Once or ongoing", 12),
    CONFIDENCE: Column("Confidence", 12),
    DATE: Column("Date", 11),
    OWNER: Column("Owner", 18),
    COMMENT: Column("Comment", 30),
    KIND: Column("Kind", 12),
    CONFIRMED_BY: Column("Confirmed by", 18),
    CONFIRMED_ON: Column("Confirmed on", 12),
    EVIDENCE: Column("Evidence", 34),
    ID: Column("Id", 46),
    CLAUSE: Column("Clause", 8),
    # Hidden: what the checks of inputs and the list of changes read.
    LEAST: Column("Least", 14),
    MOST: Column("Most", 14),
    LEAST_HERE: Column("Least, by other inputs", 14),
    MOST_HERE: Column("Most, by other inputs", 14),
    LIST: Column("List", 8),
    CHANGED_ROW: Column("Changed rows", 14),
    LOW_SAVED: Column("Low, saved", 11),
    HIGH_SAVED: Column("High, saved", 11),
    PLAIN_NAME: Column("Name without signs that no name has", 14),
    NAME_REFUSED: Column("No name", 8),
    NAME_AT_FAULT: Column("Name at fault", 8),
}
COLUMN: Mapping[str, int] = {name: number for number, name in enumerate(COLUMNS_OF_SHEET)}  # counted from 0
LAST_PRINTED, FIRST_HIDDEN, LAST_SEEN = COLUMN[NOTE], COLUMN[LEAST], COLUMN[CLAUSE]
FIRST_OF_LISTS = len(COLUMN)
