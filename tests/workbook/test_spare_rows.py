"""Spare rows: they change nothing as they stand, and what is filled in counts everywhere under its own name, and comes back."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from office import saved_by_libreoffice
from spreadsheets import read
from written import WrittenWorkbooks

from budget_model import Scenario, project
from budget_model.analysis.change_table import change_table
from budget_model.editing.blank_items import blank_row_names, blank_rows, with_blank_rows

CHANGE_TABLE, SUMMARY = "Change table", "Summary"
# Sheets that keep what was written, and those that list the rows to fill in.
OF_RECORD = {"Assumptions", "What changed", "Scenario file", "Record"}
FILLED_IN: dict[str, float | str] = {
    "position_name_spare_position": "Data analyst",
    "position_number_spare_position": 1.0,
    "position_monthly_salary_spare_position": 6_000.0,
    "position_name_spare_position_2": "Nurse of the program",
    "position_number_spare_position_2": 2.0,
    "position_monthly_salary_spare_position_2": 7_000.0,
    "position_site_spare_position_2": "South LA and Compton",
    "contract_name_spare_contract": "Peer outreach of South LA",
    "contract_site_spare_contract": "South LA and Compton",
    "contract_fixed_monthly_amount_spare_contract": 20_000.0,
    "contract_payment_spare_contract": "Fixed monthly",
    "staff_name_spare_line_of_staff": "Driver of the van",
    "staff_number_spare_line_of_staff": 1.0,
    "staff_annual_salary_spare_line_of_staff": 50_000.0,
    "care_name_spare_line_of_treatment_or_housing": "Sobering center",
    "care_need_share_spare_line_of_treatment_or_housing": 0.1,
    "care_places_spare_line_of_treatment_or_housing": 5.0,
    "care_stay_days_spare_line_of_treatment_or_housing": 5.0,
    "care_unit_rate_spare_line_of_treatment_or_housing": 120.0,
    "service_name_spare_service": "Translation",
    "service_monthly_amount_spare_service": 1_000.0,
    "source_name_spare_source": "CalAIM",
    "source_award_spare_source": 600_000.0,
    "source_pays_spare_source_substance_use_treatment": 1.0,
    "source_pays_spare_source_interim_housing": 1.0,
    "source_pays_spare_source_public_agencies": 1.0,
    "assignment_name_spare_assignment": "Prosecutor on county money",
    "assignment_service_spare_assignment": "Long Beach City Prosecutor",
    "assignment_site_spare_assignment": "none",
    "assignment_own_category_spare_assignment": "none",
    "assignment_source_spare_assignment": "ODR net county cost",
    "assignment_assigned_share_spare_assignment": 0.5,
}  # fmt: skip

SECOND_ROWS: dict[str, float | str] = {
    "contract_name_spare_contract_2": "Peer outreach of Long Beach",
    "contract_payment_spare_contract_2": "Fixed monthly",
    "contract_fixed_monthly_amount_spare_contract_2": 5_000.0,
    "staff_name_spare_line_of_staff_2": "Housing navigator",
    "staff_number_spare_line_of_staff_2": 0.5,
    "staff_annual_salary_spare_line_of_staff_2": 60_000.0,
    "service_name_spare_service_2": "Telephones",
    "service_monthly_amount_spare_service_2": 400.0,
    "source_name_spare_source_2": "City of Compton",
    "source_award_spare_source_2": 50_000.0,
    "source_pays_spare_source_2_community_providers": 1.0,
    "assignment_name_spare_assignment_2": "Translation on county money",
    "assignment_service_spare_assignment_2": "Long Beach City Prosecutor",
    "assignment_site_spare_assignment_2": "none",
    "assignment_own_category_spare_assignment_2": "none",
    "assignment_source_spare_assignment_2": "ODR net county cost",
    "assignment_assigned_share_spare_assignment_2": 0.25,
}


def test_spare_rows_change_no_money_and_no_people(pilot: Scenario, expansion: Scenario, random_scenarios: list[Scenario]) -> None:
    for scenario in (pilot, expansion, *random_scenarios):
        before, after = project(scenario), project(with_blank_rows(scenario))
        for row in ("cost_by_category", "cost_by_class", "net_county_cost", "revenue", "funding_gap", "all_match_paid", "all_enrollments"):
            assert np.allclose(before.monthly(row), after.monthly(row), atol=1e-6), f"{scenario.name}: {row}"


def test_each_kind_of_line_has_spare_rows_with_names_of_their_own(pilot: Scenario) -> None:
    found = {table: len(items) for table, items in blank_rows(pilot).items()}
    assert found == {
        "county_positions": 2, "provider_contracts": 2, "provider_staff": 2, "services_and_supplies": 2, "treatment_and_housing": 1,
        "funding_sources": 2, "funding_assignments": 2,
    }  # fmt: skip
    taken = pilot.model_copy(update={"county_positions": with_blank_rows(pilot).county_positions})
    assert len(blank_row_names(taken) & blank_row_names(pilot)) == len(blank_row_names(pilot)) - 2


@pytest.mark.office
def test_what_is_filled_in_counts_everywhere_under_its_own_name(pilot: Scenario, written: WrittenWorkbooks, tmp_path: Path) -> None:
    """Finding B: a spare source "CalAIM" stood in the change table as "Spare source ... Reflects no change"."""
    path = tmp_path / "filled_in.xlsx"
    saved_by_libreoffice([(written.workbook(pilot), path, {f"in_{name}": value for name, value in FILLED_IN.items()})])
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True, read_only=True)
    names = [str(value) for name, value in FILLED_IN.items() if "_name_" in name]
    spare = {text for text in blank_row_names(pilot) if not text.endswith("2")}
    texts = {sheet.title: [cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str)] for sheet in book}
    filled_in_by_kind = {"Spare position 2"}
    for sheet, found in texts.items():
        if sheet not in OF_RECORD:
            old = [text for text in found for name in spare | filled_in_by_kind if name in text and f"{name} 2" not in text]
            assert not old, f"{sheet} still calls them {old[:3]}"
    for name in names[:-1]:  # what an assignment assigns stands in the rows of its line
        assert any(name in text for sheet, found in texts.items() if sheet not in OF_RECORD for text in found), name

    imported = read(path)
    now = project(imported.scenario)
    added = {name for items in imported.scenario.tables.values() for item in items for name in [item.name]} & set(names)
    assert added == set(names)
    cells = {row[0]: row[2] for row in book[SUMMARY].iter_rows(values_only=True) if isinstance(row[0], str)}
    assert cells["Net county cost"] == pytest.approx(now.by_year("net_county_cost")[-1], abs=0.005)
    assert cells["Gross appropriation"] == pytest.approx(now.by_year("gross_appropriation")[-1], abs=0.005)

    _assert_the_change_table_is_that_of_the_scenario(book, imported.scenario)


def _assert_the_change_table_is_that_of_the_scenario(book: openpyxl.Workbook, scenario: Scenario) -> None:
    rows = [row[:6] for row in book[CHANGE_TABLE].iter_rows(values_only=True)]
    lines = {str(row[0]): row[1:] for row in rows if row[0]}
    assert any(lines["CalAIM. Reflects money of a source added in this workbook."])
    assert lines["Data analyst. Reflects County positions added in this workbook."][0]
    assert "Spare service 2: not filled in" in lines
    projection = project(scenario)
    for year in projection.timeline.years:
        closing = change_table(projection, year).lines[-1]
        assert lines[closing.name][0] == pytest.approx(closing.printed.gross_appropriation)
        assert lines[closing.name][2] == pytest.approx(closing.printed.revenue)
