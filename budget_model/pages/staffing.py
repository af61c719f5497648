"""Staffing and contracts: county positions and what they cost, provider staff and what the contracts cost."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from budget_model import Projection
from budget_model.assumption import MONTH_UNIT
from budget_model.budget import BUDGET
from budget_model.charts import heads
from budget_model.levers import worded
from budget_model.pages.parts import Line, heading, say, sheet, show, shown, year_choice, yearly
from budget_model.pages.view import View, current
from budget_model.scenario import Contract
from budget_model.timeline import TOTAL

_POSITIONS = {
    "Positions": "budgeted_positions",
    "Filled FTE": "filled_full_time_equivalents",
    "Salaries": "salaries",
    "Employee benefits": "employee_benefits",
    "Salary savings": "salary_savings",
    "Cost": "position_cost",
}
_ALL_POSITIONS = {
    "Positions": "all_budgeted_positions",
    "Filled FTE": "all_filled_full_time_equivalents",
    "Salaries": "all_salaries",
    "Employee benefits": "all_employee_benefits",
    "Salary savings": "all_salary_savings",
    "Cost": "all_position_cost",
}
_CONTRACTS = {
    "Case managers": "case_managers",
    "Supervisors": "supervisors",
    "Other staff": "other_staff_of_contract",
    "Salaries": "provider_salaries",
    "Fringe": "provider_fringe_benefits",
    "Participant assistance": "participant_assistance",
    "Operating": "provider_operating_cost",
    "Start-up": "one_time_contract_cost",
    "Indirect": "provider_indirect_cost",
    "Cost": "contract_cost",
}


def _lines(projection: Projection, columns: dict[str, str], year: str, about: dict[str, str]) -> list[Line]:
    """Return a line for each item with its figures of a fiscal year; `about` says what stands under each name."""
    figures = {heading: projection.yearly_table(row)[year] for heading, row in columns.items()}
    return [
        Line(
            name,
            [shown(values[name], BUDGET.rows[columns[title]].unit) for title, values in figures.items()],
            under=under,
        )
        for name, under in about.items()
    ]


def _figure(projection: Projection, row: str, year: str) -> str:
    return shown(projection.by_year(row)[projection.years.index(year)], BUDGET.rows[row].unit)


def _mechanism(contract: Contract) -> Line:
    return Line(contract.name, [contract.site, worded(contract.first_month.value, MONTH_UNIT), contract.mechanism])


def _page(view: View) -> None:
    now = view.now
    heading("Staffing and contracts", view, "Positions and staff at the end of the year, money over the year.")
    year = year_choice(view)
    span = "All fiscal years; people at the end of the last" if year == TOTAL else f"{year}; people at its end"
    st.subheader("County positions", anchor=False)
    positions = {item.name: f"{item.department}, {item.site}" for item in now.scenario.county_positions}
    totals = [_figure(now, row, year) for row in _ALL_POSITIONS.values()]
    sheet(["Position", *_POSITIONS], [*_lines(now, _POSITIONS, year, positions), Line(TOTAL, totals, "total")], span)
    say("Salary savings from vacancies stand in their own column; cost is salaries and benefits after them.", "quiet")
    st.subheader("Provider contracts", anchor=False)
    contracts = now.scenario.provider_contracts
    sheet(["Contract", *_CONTRACTS], _lines(now, _CONTRACTS, year, {item.name: "" for item in contracts}), span)
    by_department = now.yearly_table("department_budgeted_positions")
    show(heads(now, by_department, "all_budgeted_positions", "County positions by department", "positions"), "positions")
    at_sites = now.yearly_table("provider_staff_at_site")
    show(heads(now, at_sites, "all_provider_staff", "Provider staff by site", "full-time equivalents"), "staff")
    st.subheader("Contract cost by fiscal year", anchor=False)
    total = pd.DataFrame([now.by_year("all_contract_cost")], index=[TOTAL], columns=list(now.years))
    yearly(pd.concat([now.yearly_table("contract_cost"), total]), "dollars", "Contract")
    st.subheader("How providers are contracted", anchor=False)
    sheet(["Contract", "Site", "Begins", "Mechanism"], [_mechanism(item) for item in contracts], text_columns=3)


_page(current())
