"""What people write beside a number, who and why, comes back with it: kept, said where it is gone, and in the next workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, template_of_14_months
from edited_cells import Value, cell_of, cells_of, with_values
from spreadsheets import read
from written import WrittenWorkbooks
from xlsxwriter.utility import xl_col_to_name

from budget_model import Change, changed
from budget_model.workbook.layout.assumption_columns import COLUMN
from budget_model.workbook.layout.evidence_cells import COLUMNS, EARLIER_COLUMNS, EARLIER_HEAD_ROW, LATER
from budget_model.workbook.reading.assumption_layout import columns_of
from budget_model.workbook.reading.cells import Cells
from budget_model.workbook.reading.edits import Imported
from budget_model.workbook.reading.reader import read_back

SMALL = template_of_14_months()
SLOTS = "in_site_slots_first_area"
TOLD = {
    "low": 60, "high": 140, "confidence": "medium", "source": "Board motion", "date": 2019, "owner": "SAPC", "comment": "Ask in May", "kind": "forecast",
    "confirmed_by": "Ana Ruiz", "confirmed_on": "2019-05-01",
}  # fmt: skip


@pytest.fixture(scope="module")
def path(written: WrittenWorkbooks) -> Path:
    """The workbook of the scenario to copy, cut to fourteen months."""
    return written.workbook(SMALL)


@pytest.fixture(scope="module")
def small(path: Path) -> Cells:
    return cells_of(path)


def edited(cells: Cells, changes: Mapping[str, Value], name: str = SLOTS) -> Imported:
    """Write into an input or beside it, and read the workbook back."""
    return read_back(
        with_values(cells, {("Assumptions", cell_of(cells, name, part)): value for part, value in changes.items()}), "edited.xlsx"
    )


def test_what_people_write_beside_a_number_comes_back_and_is_in_the_next_workbook(
    path: Path, small: Cells, written: WrittenWorkbooks, tmp_path: Path
) -> None:
    """Saved by another program."""
    book = openpyxl.load_workbook(path)
    for part, value in {**TOLD, "note": None}.items():
        book["Assumptions"][cell_of(small, SLOTS, part)].value = value
    book.save(tmp_path / "beside.xlsx")
    imported = read(tmp_path / "beside.xlsx")
    expected = TOLD | {"date": "2019", "note": "", "value": 100.0}
    assert imported.scenario == changed(SMALL, [Change("sites", "First Area", "slots", expected)])
    assert [(one.address, one.part, one.after) for one in imported.of_evidence] == [
        (f"Assumptions!{cell_of(small, SLOTS, part)}", part, f"{text} participants" if part in ("low", "high") else str(text or ""))
        for part, text in ((part, expected[part]) for part in COLUMNS)
    ]  # fmt: skip
    assert (imported.of_figures, imported.effect, imported.remarks) == ((), 0, ())
    assert imported.counted.startswith("No figure changes; ") and imported.counted.endswith(
        "1 kind, 1 name of who confirmed, 1 day of a confirmation"
    )
    sheet = openpyxl.load_workbook(written_again := written.workbook(imported.scenario))["Assumptions"]
    assert {part: sheet[cell_of(small, SLOTS, part)].value for part in COLUMNS} == TOLD | {"date": "2019", "note": None}
    assert not any(sheet[cell_of(small, SLOTS, part)].protection.locked for part in COLUMNS)
    assert any(
        cell_of(small, SLOTS, "confidence") in rule.sqref and rule.formula1 == '"high,medium,low"'
        for rule in sheet.data_validations.dataValidation
    )
    assert read(written_again).changes == ()


def test_half_a_confirmation_written_in_a_workbook_is_said(small: Cells) -> None:
    assert any("confirms nothing: First Area" in remark for remark in edited(small, {"confirmed_by": "Ana Ruiz"}).remarks)


def test_what_an_earlier_workbook_has_in_the_columns_of_kind_and_confirmation_is_not_read_as_such(small: Cells) -> None:
    """Its columns are told by that of what was saved, which it lacks."""
    heads = {f"{xl_col_to_name(EARLIER_COLUMNS[part])}{EARLIER_HEAD_ROW + 1}": ("s", LATER[part]) for part in LATER}

    def found(values: Mapping[str, tuple[str, Any]]) -> Mapping[str, str]:
        return columns_of(replace(small, values={**small.values, "Assumptions": values}), "Assumptions")

    assert found(small.values["Assumptions"]) == {part: xl_col_to_name(COLUMN[part]) for part in (*COLUMNS, "who", "why")}
    assert found(heads) == {part: xl_col_to_name(column) for part, column in EARLIER_COLUMNS.items()}
    assert found({}).keys() == EARLIER_COLUMNS.keys() - LATER.keys()


def test_a_changed_number_keeps_its_owner_and_what_is_written_with_it_and_the_rest_is_said_to_be_gone(written: WrittenWorkbooks) -> None:
    owned = changed(SMALL, [Change("sites", "First Area", "slots", {"value": 100, "low": 80, "owner": "SAPC", "note": "Five caseloads"})])
    imported = edited(cells_of(written.workbook(owned)), {"": 120, "source": "Contract"})
    slots = imported.scenario.sites[0].slots
    assert (slots.value, slots.source, slots.owner, slots.low, slots.note) == (120, "Contract", "SAPC", None, "")
    assert imported.counted == "1 change of figures; 1 source"
    assert any(remark.endswith("Gone: First Area: Participants the site can carry (low, note).") for remark in imported.remarks)


def test_what_is_written_beside_a_month_that_nobody_gave_gives_it_as_it_stood(small: Cells) -> None:
    imported = edited(small, {"comment": "Ends with the grant"}, "in_position_last_month_contract_monitor")
    (found,) = imported.changes
    position = next(one for one in imported.scenario.county_positions if one.name == found.item)
    assert position.last_month and position.last_month.comment == "Ends with the grant"
    assert position.last_month.day == SMALL.timeline.last and imported.effect == 0
    assert any(remark.startswith(f"Given now as it stood, for what was written beside it: {found.item}: ") for remark in imported.remarks)


def test_an_entry_of_the_register_edited_in_one_row_says_which_rows_stay(written: WrittenWorkbooks) -> None:
    names = [site.name for site in SMALL.sites]
    shared = changed(SMALL, [Change("sites", name, "ramp_months", {"value": 3, "evidence": "ramp_months"}) for name in names])
    cells, first = cells_of(written.workbook(shared)), "in_site_ramp_months_first_area"
    imported = edited(cells, {"owner": "CEO"}, first)
    assert [site.ramp_months.owner for site in imported.scenario.sites] == ["CEO", *[""] * (len(names) - 1)]
    (told,) = imported.remarks
    alone = f"'ramp_months' of the register vouches for {len(names)} lines; Assumptions!{cell_of(cells, first, 'owner')} counts for its own line alone."
    assert told.startswith(f"{alone} Its other lines stay as they were: {names[1]}: ")


def test_the_change_log_of_an_earlier_workbook_says_who_and_why_and_where_it_and_the_changes_disagree() -> None:
    earlier = cells_of(ROOT / "tests" / "older" / "workbooks" / "scenario.xlsx")
    slots, rate = (cell_of(earlier, name) for name in (SLOTS, "in_cost_of_living_rate"))
    log = {
        "A5": "What you change in this workbook, a line for each change",
        "A6": "first  area", "B6": "participants the site can carry", "E6": "Maria Lopez", "F6": "SAPC asked for it",
        "A7": "Hollywood", "B7": "Caseload", "E7": "CEO", "F7": "Never done",
    }  # fmt: skip
    changes = {("Assumptions", slots): 120, ("Assumptions", rate): 0.05} | {("Change log", place): text for place, text in log.items()}
    imported = read_back(with_values(earlier, changes), "log.xlsx")
    told = {change.address: (change.who, change.why) for change in imported.changes}
    assert told == {f"Assumptions!{slots}": ("Maria Lopez", "SAPC asked for it"), f"Assumptions!{rate}": ("", "")}
    assert (imported.who, imported.why) == (("Maria Lopez", "CEO"), ("SAPC asked for it", "Never done"))
    said = " ".join(imported.remarks)
    assert "The change log has lines of changes that were not found: Change log!A7 'Hollywood: Caseload'." in said
    assert "The change log says nothing of: Cost-of-living increase of county salaries, each July." in said
