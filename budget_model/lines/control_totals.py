"""Control totals: what lines come to beside the total that a form or an award letter prints."""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import Kind, carry, check, line, total
from budget_model.engine.vocabulary import nothing_below_tolerance, when
from budget_model.formats import HALF_A_CENT
from budget_model.scenario.axes import Axis

AREA = "checks"
CONTROL, MONTH = Axis.CONTROL_TOTAL, Axis.MONTH


@line(unit="1 = yes", over=(CONTROL, MONTH))
def control_total_counts(month, control_total_first_month, control_total_last_month):
    """1 from the first month that the total counts to the last, else 0."""
    return when(month >= control_total_first_month, 1, 0) * when(month <= control_total_last_month, 1, 0)


@total(unit="dollars", over=(CONTROL, MONTH), of="position_cost", match={"position": "position"})
def position_under_control():
    """Cost of the position that the total is of."""


@total(unit="dollars", over=(CONTROL, MONTH), of="contract_cost", match={"contract": "contract"})
def contract_under_control():
    """Cost of the contract that the total is of."""


@total(unit="dollars", over=(CONTROL, MONTH), of="service_cost", match={"service": "service"})
def service_under_control():
    """Cost of the service that the total is of."""


@total(unit="dollars", over=(CONTROL, MONTH), of="care_cost", match={"care": "care"})
def care_under_control():
    """Cost of the place of care that the total is of."""


@total(unit="dollars", over=(CONTROL, MONTH), of="budget_line_cost", match={"budget_line": "budget_line"})
def budget_line_under_control():
    """Cost of the line by quantity and rate that the total is of."""


@total(unit="dollars", over=(CONTROL, MONTH), of="rate_cost", match={"rate": "rate"})
def rate_under_control():
    """Cost of the rate that the total is of."""


@total(unit="dollars", over=(CONTROL, MONTH), of="site_cost", match={"site": "site"})
def site_under_control():
    """Cost of the site that the total is of."""


@total(unit="dollars", over=(CONTROL, MONTH), of="drawdown", match={"source": "source"})
def source_under_control():
    """Money drawn from the source that the total is of."""


@total(unit="dollars", over=(CONTROL, MONTH), of="match_paid", match={"source": "cash_match_of"})
def cash_match_under_control():
    """Cash match paid to the source of whose match the total is."""


@total(unit="dollars", over=(CONTROL, MONTH), of="given_in_kind", match={"source": "in_kind_of"})
def in_kind_under_control():
    """Value given in kind to the match of the source that the total is of."""


@total(unit="dollars", over=(CONTROL, MONTH), of="cost_by_category", match={"category": "category"})
def category_under_control():
    """Cost of the category that the total is of."""


@total(unit="dollars", over=(CONTROL, MONTH), of="cost_by_class", match={"class": "class"})
def class_under_control():
    """Cost of the class that the total is of."""


@line(unit="dollars", over=(CONTROL, MONTH))
def lines_under_control(
    position_under_control,
    contract_under_control,
    service_under_control,
    care_under_control,
    budget_line_under_control,
    rate_under_control,
):
    """Cost of the single line that the total is of."""
    staffed = position_under_control + contract_under_control + service_under_control + care_under_control
    return staffed + budget_line_under_control + rate_under_control


@line(unit="dollars", over=(CONTROL, MONTH))
def match_under_control(cash_match_under_control, in_kind_under_control):
    """Match, in cash or in kind, that the total is of."""
    return cash_match_under_control + in_kind_under_control


@line(unit="dollars", over=(CONTROL, MONTH), in_a_year="sum")
def under_control(
    lines_under_control,
    site_under_control,
    source_under_control,
    category_under_control,
    class_under_control,
    gross_appropriation,
    object_class_under_control,
    match_under_control,
    control_total_is_of_all,
    control_total_counts,
):
    """What the plan comes to of what the total is of, in its months."""
    money = source_under_control + match_under_control
    groups = site_under_control + money + category_under_control + class_under_control + object_class_under_control
    return (lines_under_control + groups + gross_appropriation * control_total_is_of_all) * control_total_counts


@carry(unit="dollars", over=(CONTROL, MONTH), of="under_control_to_date", start=0, inline=True)
def opening_under_control_to_date():
    """That amount before the month."""


@line(unit="dollars", over=(CONTROL, MONTH))
def under_control_to_date(opening_under_control_to_date, under_control):
    """That amount since the scenario began."""
    return opening_under_control_to_date + under_control


@line(unit="dollars", over=(CONTROL, MONTH))
def apart_from_printed(under_control_to_date, control_total_printed):
    """By how much what lines come to to date differs from the printed total."""
    return np.absolute(under_control_to_date - control_total_printed)


@check(Kind.DUTY, tolerance=HALF_A_CENT, over=(CONTROL, MONTH))
def control_totals_are_met(month, control_total_last_month, apart_from_printed, control_total_rounded_to):
    """What lines come to is the printed total, to the digit in which it is printed."""
    beyond = nothing_below_tolerance(apart_from_printed * 2 - control_total_rounded_to)  # half of a digit is rounded either way
    return apart_from_printed * when(beyond > 0, 1, 0) * when(month == control_total_last_month, 1, 0)
