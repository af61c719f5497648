"""The adopted budget from which the change table of the first fiscal year begins."""

from __future__ import annotations

from typing import ClassVar

from budget_model.scenario.assumption import NumberAssumption, quantity
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import OFFICE_OF_DIVERSION, PROGRAM_WIDE
from budget_model.scenario.declarations import Part, Reference, Table
from budget_model.scenario.schema.fields import Item, Text


class AdoptedBudget(Item):
    """What the Board has adopted for one site, or for the program as a whole, in one budget unit."""

    table: ClassVar[Table] = Table(
        axis=Axis.ADOPTED,
        title="Adopted budget by site",
        singular="line of the adopted budget",
        part=Part.FUNDING,
        keys={"site": "site", "budget_unit": "budget_unit"},
        references={"site": Reference("sites", none=PROGRAM_WIDE)},
    )

    site: Text = PROGRAM_WIDE
    budget_unit: Text = OFFICE_OF_DIVERSION
    gross_appropriation: NumberAssumption = quantity("Adopted gross appropriation", "dollars", default=0, at_most=100_000_000_000)
    intrafund_transfers: NumberAssumption = quantity("Adopted intrafund transfers", "dollars", default=0, at_most=100_000_000_000)
    revenue: NumberAssumption = quantity("Adopted revenue", "dollars", default=0, at_most=100_000_000_000)
    positions: NumberAssumption = quantity("Adopted positions", "positions", default=0, at_most=1_000_000)
