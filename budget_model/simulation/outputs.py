"""Which rows of the budget a simulation reads: the headline figures, and what tells that a draw breaks a rule or slips too far."""

from __future__ import annotations

from collections.abc import Sequence

from budget_model.budget import BUDGET
from budget_model.engine.rows import Line
from budget_model.errors import Problem, ScenarioError, near_name
from budget_model.projection import check_rows
from budget_model.scenario.axes import Axis
from budget_model.scenario.schema import Scenario

NET_COUNTY_COST, GAP, OPEN = "net_county_cost", "funding_gap", "open_sites"
# What may be asked for and is calculated in any case: one compiled object serves every scenario.
HEADLINES: tuple[str, ...] = (
    NET_COUNTY_COST,
    "gross_appropriation",
    "intrafund_transfers",
    "revenue",
    GAP,
    "all_outside_money_lost",
    "all_drawdown_awarded",
    "all_budgeted_positions",
    "all_enrollments",
    "all_active_participants",
    "all_people_served_in_year",
    "full_cost_per_participant_month",
)
_BREAKABLE = ("sites_hold_those_who_are_there", "sites_with_participants_are_open", "people_move_on_once", "no_cost_is_assigned_twice")
# What an uncertain number can break: checks of the model, evaluated with each draw.
RULES: tuple[Line, ...] = tuple(row for row in check_rows() if row.name in _BREAKABLE)
HEADLINE_OUTPUTS: tuple[str, ...] = (*HEADLINES, OPEN, *(row.name for row in RULES))
# What an uncertain cost can break where columns assign amounts of a line: read in such plans alone, for they have a figure for each line.
COLUMN_RULES: tuple[Line, ...] = tuple(row for row in check_rows() if row.name.startswith("columns_of_"))


def rules_of_columns(scenario: Scenario) -> tuple[str, ...]:
    """Return the checks of what columns assign, where any assigns an amount of a line or a site."""
    has_amounts = any(one.assigned_amount.number for one in scenario.funding_assignments)
    return tuple(row.name for row in COLUMN_RULES) if has_amounts else ()


def check_outputs(outputs: Sequence[str]) -> tuple[str, ...]:
    """Return outputs as they are asked for, each once. Raises ScenarioError for what is no figure of the whole plan by fiscal year."""
    known = [row.name for row in BUDGET.rows.values() if is_an_output(row.name)]
    problems = [
        Problem(
            "outputs", "", repr(name), f"expected figures of the whole plan, such as {', '.join(HEADLINES[:3])}.{near_name(name, known)}"
        )
        for name in outputs
        if name not in known
    ]
    if problems or not outputs:
        raise ScenarioError(problems or [Problem("outputs", "", "nothing", f"expected figures such as {', '.join(HEADLINES[:3])}")])
    return tuple(dict.fromkeys(outputs))


def is_an_output(name: str) -> bool:
    """Whether a row is one figure for each fiscal year: over months with a yearly reading, or over years, and no items."""
    row = BUDGET.rows.get(name)
    return row is not None and ((row.over == (Axis.MONTH,) and row.in_a_year is not None) or row.over == (Axis.YEAR,))
