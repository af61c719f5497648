"""The sheet Range: the figures of the simulation as values, with what they were drawn with; read back, it changes nothing."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from conftest import PILOT

from budget_model import export_workbook, import_workbook, load_scenario, project, simulate


@pytest.mark.parametrize("rho", [None, 0.0])
def test_the_sheet_has_the_figures_and_reads_back_unchanged(tmp_path: Path, rho: float | None) -> None:
    scenario, file = load_scenario(PILOT), tmp_path / "range.xlsx"
    found = simulate(scenario, draws=64, rho=rho)
    export_workbook(project(scenario), file, simulation=found)
    book = openpyxl.load_workbook(file)
    lines = {row[0]: row[1:] for row in book["Range"].iter_rows(values_only=True) if row[0]}
    assert lines["P80"][: len(found.years)] == pytest.approx(found.percentile("net_county_cost", 80).tolist())
    assert lines["Reserve up to the 80th percentile"][: len(found.years)] == pytest.approx(found.reserve.tolist())
    assert (lines["Seed"][0], lines["Draws"][0], lines["Scenario digest"][0]) == ("1", "64", found.digest)
    assert len(book["Range"]._charts) == 2
    assert import_workbook(file.read_bytes(), file.name).changes == ()


def test_without_a_simulation_there_is_no_such_sheet(tmp_path: Path) -> None:
    export_workbook(project(load_scenario(PILOT)), tmp_path / "plain.xlsx")
    assert "Range" not in openpyxl.load_workbook(tmp_path / "plain.xlsx", read_only=True).sheetnames
