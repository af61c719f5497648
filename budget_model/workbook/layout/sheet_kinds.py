"""What a sheet is for: shown by the color of its tab and, in words, in the list of sheets on the cover."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from budget_model.workbook.layout.template import (
    Assumptions,
    CheckResults,
    Checks,
    EachSite,
    FormAmounts,
    RecordSheet,
    Rows,
    ScenarioFile,
    Sheet,
    WhatChanged,
)


class SheetKind(StrEnum):
    """What a sheet is for."""

    REPORT = "Report"
    INPUT = "Input"
    CALCULATION = "Calculation"
    CHECK = "Check"
    RECORD = "Record"


TAB_COLORS: Mapping[SheetKind, str] = {
    SheetKind.REPORT: "#0B4F6C",
    SheetKind.INPUT: "#FFC000",
    SheetKind.CALCULATION: "#9FB3C8",
    SheetKind.CHECK: "#2E7D32",
    SheetKind.RECORD: "#52606D",
}
MEANING: Mapping[SheetKind, str] = {
    SheetKind.REPORT: "what the plan comes to",
    SheetKind.INPUT: "what may be changed, and what was",
    SheetKind.CALCULATION: "how each figure comes about, month by month",
    SheetKind.CHECK: "whether the plan holds",
    SheetKind.RECORD: "what it is made of, to be read back",
}
# Every other class of sheet is a report.
_KINDS: Mapping[type, SheetKind] = {
    Assumptions: SheetKind.INPUT,
    WhatChanged: SheetKind.REPORT,
    Rows: SheetKind.CALCULATION,
    FormAmounts: SheetKind.CALCULATION,
    EachSite: SheetKind.CALCULATION,
    Checks: SheetKind.CHECK,
    CheckResults: SheetKind.CHECK,
    ScenarioFile: SheetKind.RECORD,
    RecordSheet: SheetKind.RECORD,
}


def kind_of(sheet: Sheet) -> SheetKind:
    """Return what a sheet of a layout is for."""
    return _KINDS.get(type(sheet), SheetKind.REPORT)
