"""Lines that are a rate of other lines: indirect cost, administration, a fee, a reserve; and what each is a rate of."""

from __future__ import annotations

from typing import ClassVar

from budget_model.scenario.assumption import MonthAssumption, NumberAssumption, month, quantity
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import (
    NO_ITEM,
    OFFICE_OF_DIVERSION,
    PROGRAM_WIDE,
    AmountOf,
    AppropriationClass,
    CostCategory,
    ObjectClass,
    RoundedTo,
    RoundingMode,
    Timing,
)
from budget_model.scenario.declarations import Flag, Group, Part, Reference, Table
from budget_model.scenario.schema.fields import Item, Text, share_purchased


class Rate(Item):
    """A line of the budget that is a rate of other lines, such as indirect cost of 10 percent; its base is said by rate bases."""

    table: ClassVar[Table] = Table(
        axis=Axis.RATE,
        title="Rates of other lines",
        singular="rate",
        part=Part.SERVICES,
        keys={
            "site": "site",
            "class": "appropriation_class",
            "category": "category",
            "rate": "name",
            "budget_unit": "budget_unit",
            "buyer": "purchased_by",
        },
        worked_out_keys=("object_class",),
        references={"site": Reference("sites", none=PROGRAM_WIDE)},
        flags={
            "is_one_time": Flag("It does not recur", "timing", Timing.ONE_TIME),
            "is_of_total": Flag("It is a share of the total, itself included", "is_of_total"),
            "is_rounded_to_cents": Flag("It is rounded to the cent", "rounded_to", RoundedTo.CENT),
            "is_rounded_to_dollars": Flag("It is rounded to the dollar", "rounded_to", RoundedTo.DOLLAR),
            "rounds_its_base_to_cents": Flag("Its base is rounded to the cent", "base_rounded_to", RoundedTo.CENT),
            "rounds_its_base_to_dollars": Flag("Its base is rounded to the dollar", "base_rounded_to", RoundedTo.DOLLAR),
            "rounds_half_to_even": Flag("Half a cent or dollar is rounded to the even one", "rounding_mode", RoundingMode.HALF_TO_EVEN),
            "rounds_up": Flag("It is rounded up", "rounding_mode", RoundingMode.UP),
            "rounds_down": Flag("It is rounded down", "rounding_mode", RoundingMode.DOWN),
            "rounds_all_months": Flag("The sum of all its months is rounded", "rounding_period", AmountOf.ALL_MONTHS),
            "rounds_fiscal_years": Flag("The sum of each fiscal year is rounded", "rounding_period", AmountOf.FISCAL_YEAR),
            "rounds_months": Flag("Each month is rounded", "rounding_period", AmountOf.MONTH),
            "keeps_its_months": Flag("Keeps its months when its site opens late", "keeps_its_months"),
        },
        groups={
            Group.WHEN: ("keeps_its_months",),
            Group.COST: ("rate", "is_of_total", "rounded_to", "base_rounded_to", "rounding_mode", "rounding_period"),
        },
        first=("site", "category", "rate", "at_most", "first_month", "last_month", "timing"),
    )

    site: Text = PROGRAM_WIDE
    budget_unit: Text = OFFICE_OF_DIVERSION
    purchased_by: Text = NO_ITEM
    purchased_share: NumberAssumption = share_purchased()
    narrative: Text = ""
    appropriation_class: AppropriationClass = AppropriationClass.SERVICES_AND_SUPPLIES
    category: CostCategory = CostCategory.INDIRECT
    object_class: ObjectClass | None = None
    timing: Timing = Timing.ONGOING
    is_of_total: bool = False
    rounded_to: RoundedTo = RoundedTo.NONE
    base_rounded_to: RoundedTo = RoundedTo.NONE
    rounding_mode: RoundingMode = RoundingMode.HALF_AWAY_FROM_ZERO
    rounding_period: AmountOf = AmountOf.ALL_MONTHS
    keeps_its_months: bool = False
    first_month: MonthAssumption = month("First month in which it is charged")
    last_month: MonthAssumption | None = month("Last month in which it is charged", optional=True)
    rate: NumberAssumption = quantity("Rate (below zero: a credit)", "share of its base", at_least=-1, at_most=5)
    at_most: NumberAssumption = quantity("Amount at most, over all its months (0: no limit)", "dollars", default=0, at_most=1_000_000_000)


class RateBase(Item):
    """What a rate counts, or leaves out: one line, another rate, a category, a class, an object class, or all lines but rates."""

    table: ClassVar[Table] = Table(
        axis=Axis.RATE_BASE,
        title="What rates are of",
        singular="rate base",
        part=Part.SERVICES,
        keys={
            "rate_base": "name",
            "rate": "rate",
            "position": "position",
            "contract": "contract",
            "service": "service",
            "care": "care",
            "budget_line": "budget_line",
            "other_rate": "other_rate",
            "category": "category",
            "class": "appropriation_class",
            "object_class": "object_class",
        },
        references={
            "rate": Reference("rates"),
            "position": Reference("county_positions", none=NO_ITEM),
            "contract": Reference("provider_contracts", none=NO_ITEM),
            "service": Reference("services_and_supplies", none=NO_ITEM),
            "care": Reference("treatment_and_housing", none=NO_ITEM),
            "budget_line": Reference("budget_lines", none=NO_ITEM),
            "other_rate": Reference("rates", none=NO_ITEM),
        },
        flags={
            "leaves_out": Flag("The rate leaves it out", "leaves_out"),
            "leaves_out_start_up": Flag("Start-up, set-up of new hires and creation of places are left out", "leaves_out_start_up"),
            "all_lines": Flag("It is of all lines but rates", "all_lines"),
        },
        first=("rate", "all_lines", "category", "appropriation_class", "object_class", "leaves_out", "contract_limit"),
    )

    rate: Text
    all_lines: bool = False
    position: Text = NO_ITEM
    contract: Text = NO_ITEM
    service: Text = NO_ITEM
    care: Text = NO_ITEM
    budget_line: Text = NO_ITEM
    other_rate: Text = NO_ITEM
    category: CostCategory | None = None
    appropriation_class: AppropriationClass | None = None
    object_class: ObjectClass | None = None
    leaves_out: bool = False
    leaves_out_start_up: bool = False
    contract_limit: NumberAssumption = quantity(
        "Part of each contract that counts, over all months (0: all of it)", "dollars", default=0, at_most=1_000_000_000
    )

    @property
    def named(self) -> tuple[str, ...]:
        """The fields that say what it is of: one of them."""
        lines = [field for field in self.table.references if field != "rate" and getattr(self, field) != NO_ITEM]
        of_all = ["all_lines"] * self.all_lines
        groups = (field for field in ("category", "appropriation_class", "object_class") if getattr(self, field) is not None)
        return (*of_all, *lines, *groups)
