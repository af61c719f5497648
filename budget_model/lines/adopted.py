"""The adopted budget by site and by budget unit, where the scenario gives it in lines (convention A4)."""

from __future__ import annotations

from budget_model.engine.rows import line, total
from budget_model.scenario.axes import Axis

AREA = "appropriation"
ADOPTED, PLACE, UNIT = Axis.ADOPTED, Axis.PLACE, Axis.BUDGET_UNIT


@line(unit="dollars", over=(ADOPTED,))
def adopted_gross_in_line(adopted_line_gross_appropriation):
    """Gross appropriation adopted in the line."""
    return adopted_line_gross_appropriation + 0


@line(unit="dollars", over=(ADOPTED,))
def adopted_transfers_in_line(adopted_line_intrafund_transfers):
    """Intrafund transfers adopted in the line."""
    return adopted_line_intrafund_transfers + 0


@line(unit="dollars", over=(ADOPTED,))
def adopted_revenue_in_line(adopted_line_revenue):
    """Revenue adopted in the line."""
    return adopted_line_revenue + 0


@line(unit="positions", over=(ADOPTED,))
def adopted_positions_in_line(adopted_line_positions):
    """Positions adopted in the line."""
    return adopted_line_positions + 0


@total(unit="dollars", over=(PLACE,), of="adopted_gross_in_line", match={"site": "site"})
def adopted_gross_of_place():
    """Gross appropriation adopted for the site, or for the program as a whole."""


@total(unit="dollars", over=(PLACE,), of="adopted_transfers_in_line", match={"site": "site"})
def adopted_transfers_of_place():
    """Intrafund transfers adopted for the site, or for the program as a whole."""


@total(unit="dollars", over=(PLACE,), of="adopted_revenue_in_line", match={"site": "site"})
def adopted_revenue_of_place():
    """Revenue adopted for the site, or for the program as a whole."""


@total(unit="positions", over=(PLACE,), of="adopted_positions_in_line", match={"site": "site"})
def adopted_positions_of_place():
    """Positions adopted for the site, or for the program as a whole."""


@total(unit="dollars", over=(UNIT,), of="adopted_gross_in_line", match={"budget_unit": "budget_unit"})
def adopted_gross_of_unit():
    """Gross appropriation adopted for the budget unit."""


@total(unit="dollars", over=(UNIT,), of="adopted_transfers_in_line", match={"budget_unit": "budget_unit"})
def adopted_transfers_of_unit():
    """Intrafund transfers adopted for the budget unit."""


@total(unit="dollars", over=(UNIT,), of="adopted_revenue_in_line", match={"budget_unit": "budget_unit"})
def adopted_revenue_of_unit():
    """Revenue adopted for the budget unit."""


@total(unit="positions", over=(UNIT,), of="adopted_positions_in_line", match={"budget_unit": "budget_unit"})
def adopted_positions_of_unit():
    """Positions adopted for the budget unit."""
