"""Columns: a line of the budget, or a site's cost in one category, names what pays it, by share or by amount.

Such cost waits for its source in the source's period and is paid before anything else. What columns leave of a line is common. In a month
in which the line, or the site's category, is below zero, its columns have nothing to pay (below_zero.py).
A column may name the most that its source pays of each salary, stay or person: the part above is the County's, and no source pays it.
A source one of whose columns names its money alone, or its match alone, has its match paid by its columns of match alone.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import line, over_period, total
from budget_model.engine.vocabulary import ratio, when
from budget_model.scenario.axes import Axis

AREA = "funding"
ASSIGNMENT, SOURCE, CATEGORY, MONTH = Axis.ASSIGNMENT, Axis.SOURCE, Axis.CATEGORY, Axis.MONTH


@total(unit="1 = yes", over=(ASSIGNMENT, MONTH), of="source_is_open", match={"source": "source"}, inline=True)
def source_of_column_is_open():
    """1 in the period of the source to which the cost is assigned."""


@line(unit="1 = yes", over=(ASSIGNMENT, MONTH))
def assignment_is_open(source_of_column_is_open, column_is_of_services, months_without_services_of_column):
    """1 in the months of that period in which the source pays such cost: services not in its start-up and close-out months."""
    return source_of_column_is_open - column_is_of_services * months_without_services_of_column


@total(unit="dollars", over=(ASSIGNMENT, MONTH), of="position_cost", match={"position": "position"})
def cost_of_assigned_position():
    """Cost of the position that is assigned."""


@total(unit="dollars", over=(ASSIGNMENT, MONTH), of="contract_cost", match={"contract": "contract"})
def cost_of_assigned_contract():
    """Cost of the contract that is assigned."""


@total(unit="dollars", over=(ASSIGNMENT, MONTH), of="service_cost", match={"service": "service"})
def cost_of_assigned_service():
    """Cost of the service that is assigned."""


@total(unit="dollars", over=(ASSIGNMENT, MONTH), of="care_cost", match={"care": "care"})
def cost_of_assigned_care():
    """Cost of the treatment or housing that is assigned."""


@total(unit="dollars", over=(ASSIGNMENT, MONTH), of="budget_line_cost", match={"budget_line": "budget_line"})
def cost_of_assigned_budget_line():
    """Cost of the line by quantity and rate that is assigned."""


@total(unit="dollars", over=(ASSIGNMENT, MONTH), of="rate_cost", match={"rate": "rate"})
def cost_of_assigned_rate():
    """Cost of the rate that is assigned."""


@total(unit="dollars", over=(ASSIGNMENT, MONTH), of="cost", match={"site": "site", "category": "category"})
def cost_of_assigned_site():
    """Cost of the site in the category that is assigned."""


@line(unit="dollars", over=(ASSIGNMENT, MONTH))
def cost_of_column(
    cost_of_assigned_position,
    cost_of_assigned_contract,
    cost_of_assigned_service,
    cost_of_assigned_care,
    cost_of_assigned_budget_line,
    cost_of_assigned_rate,
    cost_of_assigned_site,
):
    """Cost of the line, or of the site's category; nothing where it is below zero."""
    lines = cost_of_assigned_position + cost_of_assigned_contract + cost_of_assigned_service + cost_of_assigned_care
    lines = lines + cost_of_assigned_budget_line + cost_of_assigned_rate
    return np.maximum(0, lines + cost_of_assigned_site)


@line(unit="dollars", over=(ASSIGNMENT, MONTH), in_a_year="sum")
def cost_to_assign(cost_of_column, assignment_is_open):
    """That cost in the months in which the source pays it."""
    return cost_of_column * assignment_is_open


@line(unit="dollars", over=(ASSIGNMENT, MONTH), in_a_year="sum")
def services_not_paid_by_column(cost_of_column, assignment_assigned_share, source_of_column_is_open, assignment_is_open):
    """Cost of services that the column gives a share of to its source in months in which that pays none: no column names it then."""
    return cost_of_column * assignment_assigned_share * (source_of_column_is_open - assignment_is_open)


@over_period(unit="dollars", over=(ASSIGNMENT, MONTH), of="cost_to_assign", by="assignment_is_open")
def cost_to_assign_in_all():
    """That cost in all months of the source."""


@line(unit="share", over=(ASSIGNMENT, MONTH))
def share_assigned(assignment_assigned_share, assignment_assigned_amount, cost_to_assign_in_all):
    """Share of the cost that is assigned: as said, or the one at which an amount is reached when the source ends."""
    of_amount = np.minimum(1, ratio(assignment_assigned_amount, cost_to_assign_in_all))
    return when(assignment_assigned_amount > 0, of_amount, assignment_assigned_share)


@line(unit="dollars", over=(ASSIGNMENT, MONTH), in_a_year="sum")
def assigned_cost(cost_to_assign, share_assigned):
    """Cost that waits for its source, or its match, in the source's period."""
    return cost_to_assign * share_assigned


@line(unit="dollars", over=(ASSIGNMENT, MONTH), in_a_year="sum")
def cost_assigned_to_match(assigned_cost, share_within_limit, assignment_is_paid_by_match):
    """Cost that the source's cash match alone pays."""
    return assigned_cost * share_within_limit * assignment_is_paid_by_match


@line(unit="dollars", over=(ASSIGNMENT, MONTH), in_a_year="sum")
def cost_assigned_to_money(assigned_cost, share_within_limit, cost_assigned_to_match):
    """Cost that waits for the source itself, alone or with its match."""
    return assigned_cost * share_within_limit - cost_assigned_to_match


@total(unit="dollars", over=(CATEGORY, MONTH), of="assigned_cost", match={"category": "category"}, inline=True)
def assigned_cost_by_category():
    """Cost of the category that waits for one source or its match."""


@line(unit="dollars", over=(CATEGORY, MONTH), in_a_year="sum", inline=True)
def common_cost(cost_by_category, assigned_cost_by_category):
    """Cost of the category that any source may pay."""
    return cost_by_category - assigned_cost_by_category


@total(
    unit="dollars",
    over=(SOURCE, CATEGORY, MONTH),
    of="cost_assigned_to_money",
    match={"source": "source", "category": "category"},
)
def cost_assigned_to_source():
    """Cost of the category that waits for the source."""


@total(
    unit="dollars",
    over=(SOURCE, CATEGORY, MONTH),
    of="cost_assigned_to_match",
    match={"source": "source", "category": "category"},
    inline=True,
)
def match_lines_by_category():
    """Cost of the category that the columns of the source's match pay."""


@total(unit="dollars", over=(SOURCE, MONTH), of="cost_assigned_to_match", match={"source": "source"}, in_a_year="sum")
def match_lines():
    """Cost that the columns of the source's match pay."""


@line(unit="1 = yes", over=(ASSIGNMENT,))
def column_names_its_payer(assignment_is_paid_by_source, assignment_is_paid_by_match):
    """1 where the column names the source's money alone or its match alone."""
    return assignment_is_paid_by_source + assignment_is_paid_by_match


@total(unit="columns", over=(SOURCE,), of="column_names_its_payer", match={"source": "source"})
def columns_of_one_payer():
    """Columns that name the source's money alone or its match alone."""


@line(unit="1 = yes", over=(SOURCE,))
def match_has_own_lines(columns_of_one_payer):
    """1 where the source's match is what its columns of match pay, and no part of every cost."""
    return when(columns_of_one_payer > 0, 1, 0)
