"""Other costs."""

from __future__ import annotations

from typing import ClassVar

from budget_model.scenario.assumption import MonthAssumption, NumberAssumption, month, quantity
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import (
    NO_ITEM,
    OFFICE_OF_DIVERSION,
    PROGRAM_WIDE,
    AppropriationClass,
    CostCategory,
    Driver,
    ObjectClass,
)
from budget_model.scenario.declarations import Flag, Group, Part, Reference, Table
from budget_model.scenario.schema.fields import Item, Text, share_purchased


class Service(Item):
    """A cost that is neither a county position nor a provider contract: supplies, training, agency time, evaluation."""

    table: ClassVar[Table] = Table(
        axis=Axis.SERVICE,
        title="Services and supplies",
        singular="service",
        part=Part.SERVICES,
        is_main=True,
        keys={
            "site": "site",
            "driver": "driver",
            "class": "appropriation_class",
            "category": "category",
            "service": "name",
            "budget_unit": "budget_unit",
            "buyer": "purchased_by",
        },
        worked_out_keys=("object_class",),
        references={"site": Reference("sites", none=PROGRAM_WIDE)},
        flags={
            "one_time_grows": Flag("The one-time amount grows with prices", "one_time_grows"),
            "keeps_its_months": Flag("Keeps its months when its site opens late", "keeps_its_months"),
            "is_capital_asset": Flag("Its class is Capital Assets", "appropriation_class", AppropriationClass.CAPITAL_ASSETS),
        },
        blank_rows=2,
        groups={Group.WHEN: ("keeps_its_months",), Group.COST: ("one_time_grows",)},
        first=("site", "category", "driver", "amount_per_unit", "monthly_amount", "one_time_amount", "first_month"),
    )

    site: Text = PROGRAM_WIDE
    budget_unit: Text = OFFICE_OF_DIVERSION
    purchased_by: Text = NO_ITEM
    purchased_share: NumberAssumption = share_purchased()
    narrative: Text = ""
    appropriation_class: AppropriationClass = AppropriationClass.SERVICES_AND_SUPPLIES
    category: CostCategory = CostCategory.SERVICES_AND_SUPPLIES
    object_class: ObjectClass | None = None
    driver: Driver = Driver.NONE
    one_time_grows: bool = False
    keeps_its_months: bool = False
    first_month: MonthAssumption = month("First month")
    last_month: MonthAssumption | None = month("Last month", optional=True)
    monthly_amount: NumberAssumption = quantity("Amount each month", "dollars a month", default=0, at_most=100_000_000)
    amount_per_unit: NumberAssumption = quantity("Amount for each driver unit", "dollars a unit a month", default=0, at_most=10_000_000)
    unit_price: NumberAssumption = quantity(
        "Price of each thing that is bought (0: not stated)", "dollars each", default=0, at_most=10_000_000
    )
    one_time_amount: NumberAssumption = quantity("Amount once, in the first month", "dollars", default=0, at_most=1_000_000_000, once=True)
