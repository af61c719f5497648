"""The sheet Range: the figures of the simulation as values, with what they were drawn with; read back, it changes nothing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from conftest import PILOT
from openpyxl.chart import BarChart
from openpyxl.worksheet.worksheet import Worksheet

from budget_model import export_workbook, import_workbook, load_scenario, project, simulate
from budget_model.errors import WorkbookError
from budget_model.formats import NIL, millions
from budget_model.simulation.results import Simulation
from budget_model.simulation.tornado import questions, widest
from budget_model.simulation.wording import ENDS, HAS_A_RANGE, MOVERS, NOTHING_MOVES
from budget_model.workbook.writing.export import workbook_of

NO_RANGE = """
name: Nothing is uncertain
first_month: 2019-07
months: 12
services_and_supplies:
  - {name: Rent, first_month: 2019-07, monthly_amount: 100}
"""


@pytest.mark.parametrize("rho", [None, 0.0])
def test_the_sheet_has_the_figures_and_reads_back_unchanged(tmp_path: Path, rho: float | None) -> None:
    scenario, file = load_scenario(PILOT), tmp_path / "range.xlsx"
    found = simulate(scenario, draws=64, rho=rho)
    export_workbook(project(scenario), file, simulation=found)
    sheet = openpyxl.load_workbook(file)["Range"]
    lines = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert lines["P80"][: len(found.years)] == pytest.approx(found.percentile("net_county_cost", 80).tolist())
    assert lines["Reserve up to the 80th percentile"][: len(found.years)] == pytest.approx(found.reserve.tolist())
    assert (lines["Seed"][0], lines["Draws"][0], lines["Scenario digest"][0]) == ("1", "64", found.digest)
    assert len(sheet._charts) == 3
    assert lines[MOVERS][:2] == ENDS
    _draws_the_widest(sheet, found)
    _shows_millions_as_the_pages_do(sheet, found)
    with zipfile.ZipFile(file) as parts:
        drawings = "".join(parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/drawings/drawing"))
    assert 'descr="Bars: what each number of the table above does alone' in drawings
    assert import_workbook(file.read_bytes(), file.name).changes == ()


def _draws_the_widest(sheet: Worksheet, found: Simulation) -> None:
    """The bars are those cells of the sheet that have the ten widest swings, and their names and shares."""
    bars = widest(found, 10)
    assert len(bars) == 10
    (chart,) = (chart for chart in sheet._charts if isinstance(chart, BarChart))
    for series, amounts in zip(chart.series, ([bar.low for bar in bars], [bar.high for bar in bars]), strict=True):
        assert _drawn(sheet, series.val.numRef.f) == pytest.approx(amounts)
        assert _drawn(sheet, series.cat.strRef.f) == [bar.words for bar in bars]


def _drawn(sheet: Worksheet, reference: str) -> list[object]:
    name, _, cells = reference.rpartition("!")
    assert name == sheet.title
    return [cell.value for (cell,) in sheet[cells.replace("$", "")]]


def _shows_millions_as_the_pages_do(sheet: Worksheet, found: Simulation) -> None:
    """What rounds to no tenth of a million shows as nil, with the amount kept below."""
    asked = [one for one in questions(found) if one.bar.swing]
    first = next(cell.row for cell in sheet["A"] if cell.value == "What to find out first") + 1
    rows = sheet.iter_rows(first, first + len(asked) - 1)
    amounts = [
        (cell, amount)
        for row, one in zip(rows, asked, strict=True)
        for cell, amount in zip(row[2:4], (one.bar.low, one.bar.high), strict=True)
    ]
    assert [cell.value for cell, _ in amounts] == pytest.approx([amount for _, amount in amounts])
    nil = {cell.coordinate for cell, amount in amounts if millions(amount) == NIL}
    assert 0 < len(nil) < len(amounts)
    assert {cell.coordinate for cell, _ in amounts if cell.number_format == f'"{NIL}";"{NIL}";"{NIL}"'} == nil


def test_a_plan_without_ranges_says_so_in_place_of_bars_and_questions(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(NO_RANGE)
    scenario = load_scenario(tmp_path / "plan.yaml")
    written = workbook_of(scenario, simulation=simulate(scenario, draws=64))
    sheet = openpyxl.load_workbook(io.BytesIO(written.content))["Range"]
    said = [cell.value for cell in sheet["A"] if cell.value]
    assert f"{NOTHING_MOVES} {HAS_A_RANGE}" in said
    assert MOVERS not in said and "What to find out first" not in said
    assert len(sheet._charts) == 2


def test_without_a_simulation_there_is_no_such_sheet_and_no_form_has_one(tmp_path: Path) -> None:
    scenario = load_scenario(PILOT)
    export_workbook(project(scenario), tmp_path / "plain.xlsx")
    assert "Range" not in openpyxl.load_workbook(io.BytesIO((tmp_path / "plain.xlsx").read_bytes()), read_only=True).sheetnames
    with pytest.raises(WorkbookError, match="Only the budget workbook has a sheet Range"):
        workbook_of(scenario, "state_grant", simulation=simulate(scenario, draws=64))
