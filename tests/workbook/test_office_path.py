"""The path of the CEO's office, in LibreOffice: change inputs, fill in spare rows, read what changed, print the set, send it back."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import openpyxl
import pytest
from office import saved_by_libreoffice
from spreadsheets import read
from test_spare_rows import FILLED_IN
from written import WrittenWorkbooks

from budget_model import Scenario, project
from budget_model.timeline import serial
from budget_model.workbook.sheets.what_changed_sheet import FIRST_ROW
from budget_model.workbook.writing.pdf import printed

CASELOAD, LAST_MONTH, GO_LIVE = (
    "contract_caseload_provider_north_long_beach",
    "source_last_month_bscc_lead_grant",
    "site_go_live_south_la_and_compton",
)


@pytest.mark.office
def test_a_plan_is_changed_in_a_spreadsheet_read_printed_and_sent_back(pilot: Scenario, written: WrittenWorkbooks, tmp_path: Path) -> None:
    later = serial(datetime.date(2018, 3, 1))
    changes: dict[str, float | str] = {CASELOAD: 12.0, LAST_MONTH: serial(datetime.date(2018, 12, 1)), GO_LIVE: later}
    path = tmp_path / "from_the_office.xlsx"
    edits = {f"in_{name}": value for name, value in {**changes, **FILLED_IN}.items()}
    saved_by_libreoffice([(written.workbook(pilot), path, edits)])

    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    listed = [row[:4] for row in book["What changed"].iter_rows(min_row=FIRST_ROW + 1, values_only=True) if row[0]]
    assert any(pilot.provider_contracts[0].name in str(item) and now == 12 for item, _, _, now in listed)
    assert {"CalAIM", "Sobering center"} <= {str(now) for _, _, _, now in listed}

    sent_back = read(path)
    assert sum(change.is_addition for change in sent_back.of_figures) == sum("_name_" in name for name in FILLED_IN)
    assert sum(not change.is_addition for change in sent_back.of_figures) == len(changes)
    assert {change.address.split("!")[0] for change in sent_back.of_figures} == {"Assumptions"}
    summary = {str(row[0]): row[2] for row in book["Summary"].iter_rows(values_only=True)}
    assert summary["Net county cost"] == pytest.approx(project(sent_back.scenario).by_year("net_county_cost")[-1], abs=0.005)

    in_the_set = book.sheetnames.index("Given assumptions")
    pages = len(re.findall(rb"/Type\s*/Page\b", printed(path.read_bytes(), in_the_set, 0)))
    assert pages > in_the_set, "each sheet of the set takes a page or more"
