"""What earlier sources leave of each category, and what of it a source may pay: of its categories, in its period."""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import carry, line
from budget_model.scenario.axes import Axis

AREA = "funding"
SOURCE, CATEGORY, MONTH = Axis.SOURCE, Axis.CATEGORY, Axis.MONTH


@carry(unit="dollars", over=(SOURCE, CATEGORY, MONTH), of="unpaid_after", start="common_cost", along=SOURCE)
def unpaid_before():
    """Cost of the category that earlier sources left unpaid."""


@line(unit="dollars", over=(SOURCE, CATEGORY, MONTH), in_a_year="sum")
def payable_cost(unpaid_before, source_pays, source_is_open):
    """Unpaid cost of the source's categories in its period."""
    return unpaid_before * source_pays * source_is_open


@line(unit="dollars", over=(SOURCE, CATEGORY, MONTH))
def unpaid_after(unpaid_before, cost_assigned_to_source, match_lines_by_category, paid_by_category):
    """Cost of the category left to later sources, what was assigned to this one and not paid among it."""
    return np.maximum(0, unpaid_before + cost_assigned_to_source + match_lines_by_category - paid_by_category)
