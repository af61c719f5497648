"""Cost and money as flat rows: they come to what the sheets show, by every way of adding them up, and say when they do not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from conftest import ROOT
from office import saved_by_libreoffice
from spreadsheets import read
from written import WrittenWorkbooks

from budget_model import Scenario, load_scenario, project
from budget_model.analysis.flat_data import COLUMNS, COST, MONEY, OF_MATCH, OF_NOBODY, OF_OVERHEAD, OF_SAVINGS, OF_SOURCE, flat_data
from budget_model.projection import Projection
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import EVERYWHERE_ELSE
from budget_model.workbook.sheets.data_sheet import CHANGED, EQUAL, HEAD_ROW, TABLE

PUBLISHED = sorted((ROOT / "tests" / "analysis" / "published").glob("*.yaml"))


def test_rows_come_to_the_budget_by_year_class_category_place_and_payer(
    pilot: Scenario, expansion: Scenario, random_scenarios: list[Scenario]
) -> None:
    for scenario in (pilot, expansion, *random_scenarios, *map(load_scenario, PUBLISHED)):
        projection = project(scenario)
        table = flat_data(projection)
        cost, money = table[table["Kind"] == COST], table[table["Kind"] == MONEY]
        budget = money[money["Paid by"] != OF_OVERHEAD]
        for rows in (cost, budget):
            _sums_to(rows, "Fiscal year", projection.timeline.years, projection.by_year("gross_appropriation")[:-1])
            _sums_to(rows, "Category", _names(projection, Axis.CATEGORY), projection.by_year("cost_by_category")[:, -1])
        _sums_to(cost, "Class", _names(projection, Axis.CLASS), projection.by_year("cost_by_class")[:, -1])
        _sums_to(cost, "Site", _names(projection, Axis.PLACE), projection.by_year("cost_by_place")[:, -1])
        of_sources = money[money["Paid by"] == OF_SOURCE]
        _sums_to(of_sources, "Source", _names(projection, Axis.SOURCE), projection.by_year("drawdown")[:, -1])
        for paid_by, row in ((OF_MATCH, "all_match_paid"), (OF_NOBODY, "funding_gap"), (OF_OVERHEAD, "all_indirect_claimed")):
            _sums_to(money, "Paid by", [paid_by], projection.by_year(row)[-1:])
        assert (table["Amount"].abs() > 0).all(), "no nil rows"
        of_savings = money["Paid by"] == OF_SAVINGS
        assert (money[~of_savings]["Amount"] > -0.01).all() and (money[of_savings]["Amount"] < 0).all()


def test_a_site_stands_with_money_where_it_is_known_and_a_source_with_cost_where_columns_name_it(random_scenarios: list[Scenario]) -> None:
    told_apart = assigned = 0
    for scenario in random_scenarios:
        projection = project(scenario)
        table = flat_data(projection)
        pools = [member.name for member in projection.evaluation.members[Axis.POOL] if member.name != EVERYWHERE_ELSE]
        unpaid = projection.monthly("unpaid_after")[-1] if scenario.funding_sources else projection.monthly("common_cost_at_place")
        gap = table[table["Paid by"] == OF_NOBODY]
        for position, site in enumerate(pools):
            told_apart += 1
            assert gap[gap["Site"] == site]["Amount"].sum() == pytest.approx(unpaid[position].sum(), abs=0.01)
        lines = [one for one in scenario.funding_assignments if one.lines]
        named = table[(table["Kind"] == COST) & (table["Source"] != "")]
        of_lines = [projection.by_year("assigned_cost")[scenario.funding_assignments.index(one), -1] for one in lines]
        assert named["Amount"].sum() == pytest.approx(sum(of_lines), abs=0.01)
        assigned += len(named)
    assert told_apart
    assert assigned


def test_the_sheet_is_a_table_of_values_beside_what_the_sheets_show(pilot: Scenario, written: WrittenWorkbooks) -> None:
    path = written.workbook(pilot)
    with zipfile.ZipFile(path) as archive:
        (table,) = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/tables/")]
    assert f'name="{TABLE}"' in table
    assert '<tableStyleInfo name="' in table, "exceljs cannot save a table without a style"
    sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True)["Data"]
    rows = list(sheet.iter_rows(min_row=HEAD_ROW + 1, max_col=len(COLUMNS), values_only=True))
    assert rows[0] == COLUMNS
    expected = flat_data(project(pilot))
    assert len(rows) - 1 == len(expected)
    assert [tuple(value or "" for value in row[:-1]) for row in rows[1:]] == list(expected.iloc[:, :-1].itertuples(index=False, name=None))
    assert np.allclose([row[-1] for row in rows[1:]], expected["Amount"])
    assert openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True, read_only=True)["Data"]["A4"].value == EQUAL


@pytest.mark.office
def test_a_change_is_said_and_rows_that_were_deleted_or_sorted_come_back_unread(
    pilot: Scenario, written: WrittenWorkbooks, tmp_path: Path
) -> None:
    changed, played = tmp_path / "changed.xlsx", tmp_path / "played.xlsx"
    name = f"in_contract_caseload_{pilot.provider_contracts[0].name.lower().replace(', ', '_').replace(' ', '_')}"
    saved_by_libreoffice([(written.workbook(pilot), changed, {name: 12.0})])
    assert openpyxl.load_workbook(io.BytesIO(changed.read_bytes()), data_only=True, read_only=True)["Data"]["A4"].value == CHANGED
    book = openpyxl.load_workbook(written.workbook(pilot))
    book["Data"].cell(HEAD_ROW + 2, 3).value = "elsewhere"
    book["Data"].cell(HEAD_ROW + 3, len(COLUMNS)).value = None
    book.save(played)
    assert not read(played).changes


def _names(projection: Projection, axis: Axis) -> list[str]:
    return [member.name for member in projection.evaluation.members[axis]]


def _sums_to(rows: pd.DataFrame, column: str, names: Iterable[str], expected: Iterable[float]) -> None:
    sums = rows.groupby(column)["Amount"].sum()
    found = [float(sums.get(name, 0.0)) for name in names]
    assert np.allclose(found, list(expected), atol=0.005), f"{column}: {found} and {list(expected)}"
