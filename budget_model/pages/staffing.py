"""Staffing and contracts: county positions and what they cost, provider staff and what the contracts cost."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from budget_model.analysis.late_lines import LateLine, late_lines
from budget_model.analysis.why.addresses import text_of
from budget_model.budget import BUDGET
from budget_model.charts.figures import heads
from budget_model.formats import NIL, count, dollars, figure, worded
from budget_model.pages.shared import beside
from budget_model.pages.shared.empty_state import teach_in_build
from budget_model.pages.shared.screen_state import ScreenState, current
from budget_model.pages.shared.widgets import Line, heading, say, sheet, show, year_choice
from budget_model.pages.shared.year_table import YearLine, of_row, year_table
from budget_model.projection import Projection
from budget_model.scenario.assumption import MONTH_UNIT
from budget_model.scenario.choices import NO_ITEM, Payment
from budget_model.scenario.declarations import Part
from budget_model.scenario.schema import Contract, Position
from budget_model.timeline import TOTAL, from_serial

_POSITIONS = {
    "Positions": "budgeted_positions",
    "FTE": "budgeted_full_time_equivalents",
    "Filled FTE": "filled_full_time_equivalents",
    "Salaries": "salaries",
    "Employee benefits": "employee_benefits",
    "Salary savings": "salary_savings",
    "Overtime": "overtime",
    "Set-up": "set_up_cost",
    "Cost": "position_cost",
    "Full-year cost": "full_year_cost",
}
_ALL_POSITIONS = {
    "Positions": "all_budgeted_positions",
    "FTE": "all_budgeted_full_time_equivalents",
    "Filled FTE": "all_filled_full_time_equivalents",
    "Salaries": "all_salaries",
    "Employee benefits": "all_employee_benefits",
    "Salary savings": "all_salary_savings",
    "Overtime": "all_overtime",
    "Set-up": "all_set_up_cost",
    "Cost": "all_position_cost",
    "Full-year cost": "all_full_year_cost",
}
_CONTRACTS = {
    "Case managers": "case_managers",
    "Supervisors": "supervisors",
    "Other staff": "other_staff_of_contract",
    "Salaries": "provider_salaries",
    "Fringe": "provider_fringe_benefits",
    "Participant assistance": "participant_assistance",
    "Operating": "provider_operating_cost",
    "Start-up": "start_up_cost",
    "Indirect": "provider_indirect_cost",
    "Start-up indirect": "start_up_indirect_cost",
    "Cost": "contract_cost",
}

# Charts of people at the end of each year: the row, the model's own total of it, the title and the unit.
_HEADS = {
    "positions": ("department_budgeted_positions", "all_budgeted_positions", "County positions by department", "positions"),
    "staff": ("provider_staff_at_site", "all_provider_staff", "Provider staff by site", "full-time equivalents"),
}
_CASELOADS = {
    "Active": "active_participants",
    "Engaged": "engaged_participants",
    "Case managers": "case_managers_at_site",
    "Active for each": "active_participants_per_case_manager",
}
_WHOLE = ("Active", "Engaged")  # people


def _lines(projection: Projection, columns: dict[str, str], year: str, about: dict[str, str]) -> list[Line]:
    """Return a line for each item with its figures of a fiscal year; `about` says what stands under each name."""
    figures = {heading: projection.yearly_table(row)[year] for heading, row in columns.items()}
    return [
        Line(
            name,
            [figure(values[name], BUDGET.rows[columns[title]].unit) for title, values in figures.items()],
            under=under,
            figures=[text_of(row, year, [name]) for row in columns.values()],
        )
        for name, under in about.items()
    ]


def _figure(projection: Projection, row: str, year: str) -> str:
    return figure(projection.by_year(row)[projection.years.index(year)], BUDGET.rows[row].unit)


def _about(position: Position, late: Mapping[str, LateLine]) -> str:
    """Return what stands under a position's name: class, department, site, status, kind of item, and when it begins where that is late."""
    kind = "temporary position" if position.temporary else "ordinance position"
    parts = (position.item_number, position.class_title, position.department, position.site, f"{position.status.lower()}, {kind}")
    about = ", ".join(part for part in parts if part)
    return f"{about}; {late[position.name].months}" if position.name in late else about


def _mechanism(projection: Projection, contract: Contract, year: str) -> Line:
    asked = worded(contract.request_month.value, MONTH_UNIT) if contract.request_month else NIL
    place = projection.scenario.provider_contracts.index(contract)
    earliest = from_serial(projection.monthly("earliest_contract_start")[place])
    possible = f"{earliest:%b} {earliest.day}, {earliest.year}" if contract.mechanism != NO_ITEM else NIL
    here = (place, projection.years.index(year))
    above, beyond = (float(projection.by_year(row)[here]) for row in ("spending_above_contract_sum", "payment_beyond_provider_cost"))
    fixed = contract.payment is not Payment.COST_REIMBURSEMENT
    begins = projection.month_of("contract_start", place)
    planned, starts = worded(contract.first_month.value, MONTH_UNIT), worded(begins, MONTH_UNIT) if begins else "not within the scenario"
    how = [contract.mechanism, asked, possible, planned, starts, contract.payment]
    money = [dollars(contract.ceiling.number), dollars(above), dollars(beyond) if fixed else "at cost"]
    return Line(contract.name, [*how, *money], under=", ".join(part for part in (contract.site, contract.provider) if part))


def _caseloads(projection: Projection, year: str) -> None:
    """Show by site how many participants a case manager carries who is there."""
    most = projection.scenario.general.most_participants_per_case_manager.number
    figures = {name: projection.yearly_table(row)[year] for name, row in _CASELOADS.items()}
    each = figures["Active for each"]
    lines = [
        Line(
            site.name,
            [count(column[site.name], 0 if name in _WHOLE else 1) for name, column in figures.items()],
            "alert" if each[site.name] > most else "",
            figures=[text_of(row, year, [site.name]) for row in _CASELOADS.values()],
        )
        for site in projection.scenario.sites
    ]
    sheet(["Site", *_CASELOADS], lines, "At the end of the year")
    say(f"For each case manager who is there, after vacancies. More than {count(most, 0)} in any month is a failed check.", "quiet")


def _heads(screen: ScreenState, key: str) -> None:
    show(beside.charted(screen, lambda one: heads(one, *_HEADS[key])), key)


def _contract_cost(projection: Projection) -> list[YearLine]:
    each = zip(projection.scenario.provider_contracts, projection.by_year("contract_cost"), strict=True)
    lines = [YearLine(contract.name, amounts, figure=("contract_cost", contract.name)) for contract, amounts in each]
    return [*lines, of_row(projection, TOTAL, "all_contract_cost", "total")]


def _page(screen: ScreenState) -> None:
    now = screen.now
    heading("Staffing", screen, "Positions and staff at the end of the year, money over the year.")
    year = year_choice(screen.now)
    span = "All fiscal years together; people at the end of the last one" if year == TOTAL else f"{year}; people at its end"
    st.header("County positions", anchor=False)
    if not now.scenario.county_positions:
        teach_in_build("No position of the County is planned. With some, their number, pay and cost stand here.", "Add one", Part.POSITIONS)
    late = {one.name: one for one in late_lines(now) if one.table == "county_positions"}
    positions = {item.name: _about(item, late) for item in now.scenario.county_positions}
    totals = [_figure(now, row, year) for row in _ALL_POSITIONS.values()]
    total = Line(TOTAL, totals, "total", figures=[text_of(row, year) for row in _ALL_POSITIONS.values()])
    sheet(["Position", *_POSITIONS], [*_lines(now, _POSITIONS, year, positions), total], span, kept="Cost")
    say(
        "Cost holds benefits on overtime as well. The full-year cost is that of the positions at the year's end over twelve months.",
        "quiet",
    )
    st.header("Provider contracts", anchor=False)
    contracts = now.scenario.provider_contracts
    if not contracts:
        teach_in_build("No contract with a provider is planned. With some, their staff and cost stand here.", "Add one", Part.CONTRACTS)
    sheet(["Contract", *_CONTRACTS], _lines(now, _CONTRACTS, year, {item.name: "" for item in contracts}), span, kept="Cost")
    _caseloads(now, year)
    for key in _HEADS:
        _heads(screen, key)
    st.header("Contract cost by fiscal year", anchor=False)
    year_table(screen, _contract_cost, "Contract")
    st.header("How providers are contracted", anchor=False)
    head = [
        "Contract",
        "Mechanism",
        "Requested",
        "Earliest",
        "Planned",
        "Begins",
        "Payment",
        "Contract sum",
        "Above it",
        "Beyond provider's cost",
    ]
    sheet(head, [_mechanism(now, item, year) for item in contracts], style="plain", text_columns=6)
    say(
        "Beyond the provider's cost: what a fixed payment or a fee leaves the provider; in parentheses where it does not cover it.", "quiet"
    )


_page(current())
