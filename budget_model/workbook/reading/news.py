"""What the model has today that a workbook of an earlier version was not written with, and the other way round, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from budget_model.budget import BUDGET
from budget_model.engine.arrays import Members
from budget_model.formats import listed
from budget_model.scenario.schema import Scenario
from budget_model.scenario.tables import unsaid_inputs
from budget_model.workbook.layout.book import rows_of_sheets
from budget_model.workbook.layout.input_lines import InputLines
from budget_model.workbook.layout.record import Record
from budget_model.workbook.layout.rows_without_lines import item_axes, settled_by_structure, unread_rows

_MOST = 12  # named in a sentence


def news(scenario: Scenario, inputs: InputLines, members: Members, read: Collection[int], record: Record | None) -> Iterator[str]:
    """Yield a sentence for each kind of difference between today's model and the workbook; none is a fault of the reader's.

    `scenario` is that of the workbook with its blank rows, `members` are its items, `read` the offsets of the inputs that the workbook has.
    """
    lines = [inputs.lines[offset] for offset in inputs.names if offset not in read and inputs.lines[offset].item not in inputs.blank_rows]
    labels = Counter(f"{entry.label} ({entry.table.replace('_', ' ')})" for entry in lines)
    if labels:
        counted = [f"{label} of {count} items" if count > 1 else label for label, count in labels.items()]
        yield f"New since the workbook was made, and at what its scenario means without them: {_named(counted)}."
    if record is None:
        return
    gone = [name for name in record.names if name.startswith("in_") and name not in set(inputs.names.values())]
    if gone:
        yield f"In the workbook, but no input of the model any more, and not read: {_named(gone)}."
    areas = {BUDGET.rows[name].area for name in record.row_ids if name in BUDGET.rows}  # no template shows all
    known = record.row_ids.keys() | unread_rows(members, settled_by_structure(members, unsaid_inputs(scenario)))
    of_items = [row for row in rows_of_sheets() if all(members[axis] for axis in item_axes(row))]  # a row without any has no lines
    later = [row.label for row in of_items if row.area in areas and row.name not in known]
    if later:
        yield f"Calculated today and not in the workbook: {_named(later)}."
    earlier = [name for name in record.row_ids if name not in BUDGET.rows]
    if earlier:
        yield f"In the workbook and not calculated any more: {_named(earlier)}."


def _named(texts: Iterable[str]) -> str:
    return listed(texts, _MOST, ", ")
