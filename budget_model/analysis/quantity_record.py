"""Quantities as plain data for other programs: people at sites, places of care, and what lines by quantity and rate count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from budget_model.analysis.by_period import by_period, items_by_period
from budget_model.engine.arrays import Array
from budget_model.formats import is_money
from budget_model.projection import Projection
from budget_model.scenario.schema import Factor

# Keys of the record by the rows that they show.
OF_SITES = {
    "referrals": "referrals",
    "enrolled": "enrollments",
    "active_participants": "active_participants",
    "participant_months": "participant_months",
    "people_waiting_for_a_slot": "people_waiting_for_a_slot",
}
OF_CARE = {
    "places": "places",
    "people_in_place": "people_in_place",
    "placements": "placements",
    "people_waiting": "people_waiting",
    "medi_cal_claims": "medi_cal_claims",
    "federal_reimbursement": "federal_reimbursement",
}


def quantities_record(projection: Projection) -> dict[str, Any]:
    """Return the quantities of sites, of treatment and housing, and of lines by quantity and rate, by period."""
    scenario = projection.scenario
    return {
        "sites": [*items_by_period(projection, OF_SITES, [site.name for site in scenario.sites])],
        "treatment_and_housing": [*items_by_period(projection, OF_CARE, [care.name for care in scenario.treatment_and_housing])],
        "lines": [*_lines(projection)],
    }


def _lines(projection: Projection) -> Iterator[dict[str, Any]]:
    """Yield each line that has factors: their number in each month of the line, and its quantity, what all but prices multiply to."""
    factors = list(enumerate(projection.scenario.factors))
    for at, line in enumerate(projection.scenario.budget_lines):
        places = [place for place, factor in factors if factor.budget_line == line.name]
        if not places:
            continue
        listed = [projection.scenario.factors[place] for place in places]
        values = projection.monthly("value_of_factor")[places] * projection.monthly("budget_line_runs")[at]
        quantity = _quantity(projection, at, listed, values)
        yield {
            "name": line.name,
            "amount_is": str(line.amount_is),
            "counts": _counted(listed),
            "quantity": None if quantity is None else by_period(projection, quantity),
            "factors": [
                {"name": factor.name, "counts": factor.counts, "divides": factor.divides, "months": numbers.tolist()}
                for factor, numbers in zip(listed, values, strict=True)
            ],
        }


def _quantity(projection: Projection, at: int, factors: Sequence[Factor], values: Array) -> Array | None:
    """Return what the factors that are no price multiply to, spread over months as the line's cost is; None where they can't be told."""
    if not _counted(factors):
        return None
    product = np.ones(projection.timeline.count)
    for factor, value in zip(factors, values, strict=True):
        if is_money(factor.counts):
            continue
        product = np.divide(product, value, out=np.zeros_like(product), where=value != 0) if factor.divides else product * value
    runs, months = (projection.monthly(row)[at] for row in ("budget_line_runs", "months_that_share_the_amount"))
    found: Array = np.divide(product * runs, months, out=np.zeros_like(product), where=months != 0)
    return found


def _counted(factors: Sequence[Factor]) -> str:
    """Return what the quantity of a line counts, "beds x nights"; "" where not every factor says what it counts, or all are prices."""
    if not all(factor.counts for factor in factors):
        return ""
    said = [("/ " if factor.divides else "x ") + factor.counts for factor in factors if not is_money(factor.counts)]
    return " ".join(said).removeprefix("x ")
