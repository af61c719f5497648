"""What belongs to a site and does not slip with it."""

from __future__ import annotations

from budget_model.scenario.schema import BudgetLine, Care, Contract, Position, Rate, Scenario, Service


def lines_that_keep_their_months(scenario: Scenario, site: str) -> list[str]:
    """Return the names of a site's lines that say so, and of its lines with amounts by year or month, which name their months."""
    fixed = {amount.budget_line for amount in scenario.amounts}
    lines: tuple[Position | Contract | Service | Care | BudgetLine | Rate, ...] = (
        *scenario.county_positions,
        *scenario.provider_contracts,
        *scenario.services_and_supplies,
        *scenario.treatment_and_housing,
        *scenario.budget_lines,
        *scenario.rates,
    )
    return [
        line.name
        for line in lines
        if line.site == site and (line.keeps_its_months or (isinstance(line, BudgetLine) and line.name in fixed))
    ]
