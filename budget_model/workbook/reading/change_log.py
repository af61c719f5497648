"""The change log of an earlier workbook that comes back: who changed what and why, beside the changes that were found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from budget_model.engine.names import folded
from budget_model.formats import listed
from budget_model.workbook.reading.cells import Cells
from budget_model.workbook.reading.edits import Imported, ReadChange

# The sheet of workbooks that had who and why in lines of their own; its first line counted from 0, its columns, and the heading
# above the lines that people filled in.
CHANGE_LOG, FIRST_LOG_ROW, LOG_COLUMNS = "Change log", 4, "ABCDEF"
_WRITTEN_BY_PEOPLE = "What you change in this workbook, a line for each change"
_MOST = 8  # lines named in a sentence


@dataclass(frozen=True)
class _Line:
    """A line of the log: its row counted from 1, its cells, and whether people wrote it rather than the export."""

    row: int
    item: str
    assumption: str
    who: str
    why: str
    by_people: bool

    def names(self, change: ReadChange) -> bool:
        """Whether the line speaks of a change: by its item, its assumption or both, or by its cell."""
        said = [folded(text) for text in (self.item, self.assumption) if text]
        if not said:
            return False
        cell = {folded(change.address), folded(change.address.rpartition("!")[2])}
        if cell & set(said):
            return True
        item = {folded(change.item or "Whole program"), folded(change.item)}
        labels = {folded(change.label), folded(change.label.removesuffix(f": {change.part}"))}
        return (not self.item or folded(self.item) in item) and (
            not self.assumption or change.is_addition or folded(self.assumption) in labels
        )


def with_log(imported: Imported, cells: Cells) -> Imported:
    """Return what was read with who and why beside each change, and remarks where log and changes do not agree.

    A line that names neither item nor assumption speaks of all changes together. Nothing is refused for the log's sake. In a
    workbook without the heading above people's lines nobody was asked for them, so nothing is missing there.
    """
    rows = cells.rows(CHANGE_LOG, FIRST_LOG_ROW)
    heading = next((row for row, texts in rows if texts.get("A") == _WRITTEN_BY_PEOPLE), None)
    lines = [_line(row, texts, heading is not None and row > heading) for row, texts in rows if row != heading]
    told = [line for line in lines if line.who or line.why]
    changes = [_told(change, [line for line in told if line.names(change)]) for change in imported.changes]
    return replace(
        imported,
        changes=tuple(changes),
        who=tuple(dict.fromkeys(line.who for line in told if line.who)),
        why=tuple(dict.fromkeys(line.why for line in told if line.why)),
        remarks=(*imported.remarks, *(_disagreements(imported, lines) if heading else ())),
    )


def _line(row: int, texts: Mapping[str, str], by_people: bool) -> _Line:
    item, assumption, _, _, who, why = (" ".join(texts.get(column, "").split()) for column in LOG_COLUMNS)
    return _Line(row, item, assumption, who, why, by_people)


def _told(change: ReadChange, lines: list[_Line]) -> ReadChange:
    who, why = (dict.fromkeys(text for line in lines if (text := getattr(line, part))) for part in ("who", "why"))
    return replace(change, who="; ".join(who), why="; ".join(why))


def _disagreements(imported: Imported, lines: list[_Line]) -> Iterator[str]:
    written = [line for line in lines if line.by_people]
    lost = [line for line in written if (line.item or line.assumption) and not any(line.names(change) for change in imported.changes)]
    if lost:
        said = [f"{CHANGE_LOG}!A{line.row} '{': '.join(text for text in (line.item, line.assumption) if text)}'" for line in lost]
        yield f"The change log has lines of changes that were not found: {listed(said, _MOST)}."
    general = any(not (line.item or line.assumption) and (line.who or line.why) for line in written)
    silent = [change.about for change in imported.of_figures if not any(line.names(change) for line in lines)]
    if silent and not general:
        yield f"The change log says nothing of: {listed(silent, _MOST)}."
