"""The path of the CEO's office, in LibreOffice: change inputs, fill in spare rows, read what changed, print the set, send it back."""

from __future__ import annotations

import datetime
import io
import re
from pathlib import Path

import openpyxl
import pytest
from office import saved_by_libreoffice
from paper import pages_of, printed_pages
from spreadsheets import read
from test_spare_rows import FILLED_IN, SECOND_ROWS
from written import WrittenWorkbooks

from budget_model import Scenario, project
from budget_model.editing.blank_items import blank_row_names
from budget_model.timeline import serial
from budget_model.workbook.layout.assumption_columns import COLUMN
from budget_model.workbook.layout.book import FIRST_ASSUMPTION_ROW
from budget_model.workbook.sheets.sheet import INPUTS_CHANGED
from budget_model.workbook.sheets.what_changed_sheet import FIRST_ROW, LINES

CHANGED: dict[str, float | str] = {
    "contract_caseload_provider_north_long_beach": 12.0,
    "source_last_month_bscc_lead_grant": serial(datetime.date(2018, 12, 1)),
    "site_go_live_south_la_and_compton": serial(datetime.date(2018, 3, 1)),
}
SPARE = FILLED_IN | SECOND_ROWS
LAST_OF_THE_SET, AFTER_IT = "Check results", "Given assumptions"


def _plain(value: object) -> object:
    """Return a value as a formula that repeats it has it: a month by the number of its day."""
    return serial(value.date()) if isinstance(value, datetime.datetime) else value


@pytest.mark.office
def test_a_plan_is_changed_in_a_spreadsheet_read_printed_and_sent_back(pilot: Scenario, written: WrittenWorkbooks, tmp_path: Path) -> None:
    """Every spare row is filled in, and the pages that the Cover names are printed as a person prints them."""
    names = [str(value) for name, value in SPARE.items() if "_name_" in name]
    assert len(names) == len(blank_row_names(pilot))
    path, edits = tmp_path / "from_the_office.xlsx", {f"in_{name}": value for name, value in (CHANGED | SPARE).items()}
    saved_by_libreoffice([(written.workbook(pilot), path, edits)])

    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True, read_only=True)
    inputs = [row for row in book["Assumptions"].iter_rows(min_row=FIRST_ASSUMPTION_ROW + 1, values_only=True) if row[COLUMN["id"]]]
    changed = [row for row in inputs if row[COLUMN["now"]] != row[COLUMN["saved"]]]
    assert {f"in_{row[COLUMN['id']]}" for row in changed} == edits.keys()
    sheet = [list(row[:4]) for row in book["What changed"].iter_rows(values_only=True)]
    expected = [[_plain(row[COLUMN[name]]) for name in ("item", "assumption", "saved", "now")] for row in changed]
    assert sheet[FIRST_ROW : FIRST_ROW + LINES] == expected[:LINES], "the first of them, in their order"
    assert any(str(row[0]).startswith("More inputs are changed than the list has lines") for row in sheet[:FIRST_ROW])
    assert ["Inputs changed since", len(edits)] in [row[:2] for row in sheet]
    heads = {one.title: [str(text) for text in next(one.iter_rows(min_row=2, max_row=2, values_only=True))] for one in book}
    plain = [name for name, head in heads.items() if not any(text.endswith(INPUTS_CHANGED) for text in head)]
    assert not plain, "no page passes for what was saved"
    sentences = [str(next(book[name].iter_rows(max_row=1, min_col=2, values_only=True))[0]) for name in ("Change table", "Changes by unit")]
    assert {sentence.partition(".")[0] for sentence in sentences} == {"LOOK: inputs are changed"}

    sent_back = read(path)
    assert sorted(change.item for change in sent_back.of_figures if change.is_addition) == sorted(names)
    assert sum(not change.is_addition for change in sent_back.of_figures) == len(CHANGED)
    assert {change.address.split("!")[0] for change in sent_back.of_figures} == {"Assumptions"}
    summary = {str(row[0]): row[2] for row in book["Summary"].iter_rows(values_only=True)}
    assert summary["Net county cost"] == pytest.approx(project(sent_back.scenario).by_year("net_county_cost")[-1], abs=0.005)

    said = next(
        match for (cell,) in book["Cover"].iter_rows(max_col=1, values_only=True) if (match := re.search(r"pages 1 to (\d+)", str(cell)))
    )
    pages = int(said[1])
    found = [page.number for page in pages_of(printed_pages(path, pages + 1, tmp_path))]
    assert [number for _, number, _ in found] == list(range(1, pages + 2))
    assert {of for _, _, of in found[:-1]} == {pages}
    assert (found[-2][0], found[-1][0]) == (LAST_OF_THE_SET, AFTER_IT)
