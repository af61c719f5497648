"""What belongs to a site and does not slip with it."""

from __future__ import annotations

from budget_model.scenario.schema import Scenario


def lines_that_keep_their_months(scenario: Scenario, site: str) -> list[str]:
    """Return the names of a site's lines that say so, and of its lines with amounts by year or month, which name their months."""
    with_amounts = {amount.budget_line for amount in scenario.amounts}
    return [
        line.name
        for table, lines in scenario.tables.items()
        for line in lines
        if getattr(line, "site", "") == site
        if getattr(line, "keeps_its_months", False) or (table == "budget_lines" and line.name in with_amounts)
    ]
