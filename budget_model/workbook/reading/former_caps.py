"""The two caps that workbooks of forms 1 and 2 show among the inputs of a source, found as lines of today's table of caps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from budget_model.errors import Problem
from budget_model.scenario.migrations import CAPS_OF_FORM_2
from budget_model.scenario.schema import Scenario
from budget_model.workbook.layout.entries import name_of_input
from budget_model.workbook.layout.input_lines import InputLines
from budget_model.workbook.reading.cells import Cells

FORMER = tuple(f"{name_of_input(f'source_{key}')}_" for key in CAPS_OF_FORM_2)  # how their names begin
Names = Mapping[str, tuple[str, str]]  # sheet and cell of an input, by its defined name


def with_former_caps(scenario: Scenario, inputs: InputLines, names: Names) -> dict[str, tuple[str, str]]:
    """Return the names of a workbook's inputs, those of caps by their name of today as well."""
    found = dict(names)
    for offset, entry in enumerate(inputs.lines):
        if entry.table == "caps" and entry.field == "share":
            cap = next(cap for cap in scenario.caps if cap.name == entry.item)
            former = {name_of_input(f"source_{key}", cap.source) for key, category in CAPS_OF_FORM_2.items() if category == cap.category}
            found.update((inputs.names[offset], names[name]) for name in former if name in names)
    return found


def caps_without_a_line(scenario: Scenario, cells: Cells, names: Names, file: str) -> Iterator[Problem]:
    """Yield the caps that were filled in for a source that had none: the table of today has no line for them."""
    capped = {(cap.source, cap.category) for cap in scenario.caps}
    for source in scenario.funding_sources:
        for key, category in CAPS_OF_FORM_2.items():
            sheet, address = names.get(name_of_input(f"source_{key}", source.name), ("", ""))
            _, given = cells.values.get(sheet, {}).get(address, ("", 1))
            if (source.name, category) not in capped and given != 1:
                expected = f"caps are a table of their own now: add one for '{source.name}' and '{category}' on the page Build"
                yield Problem(file, f"{sheet}!{address} ({source.name}: {category})", str(given), expected)
