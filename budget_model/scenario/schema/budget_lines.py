"""Lines of a budget as a form writes them: quantity x rate with any number of factors, or amounts by year or month."""

from __future__ import annotations

from typing import ClassVar

from budget_model.scenario.assumption import MonthAssumption, NumberAssumption, month, quantity, share
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import (
    NO_ITEM,
    OFFICE_OF_DIVERSION,
    PROGRAM_WIDE,
    AmountOf,
    AppropriationClass,
    CostCategory,
    Escalation,
    ObjectClass,
    RoundedTo,
    RoundingMode,
    Timing,
)
from budget_model.scenario.declarations import Flag, Group, Part, Reference, Table
from budget_model.scenario.number_text import ANY_UNIT
from budget_model.scenario.schema.fields import Item, Text, share_purchased

MOST = 10_000_000_000


class BudgetLine(Item):
    """A cost that is the product of its factors, such as 45 rides x 20 dollars a ride, or that has its amounts by year or month."""

    table: ClassVar[Table] = Table(
        axis=Axis.BUDGET_LINE,
        title="Lines by quantity and rate",
        singular="line by quantity and rate",
        part=Part.SERVICES,
        keys={
            "site": "site",
            "class": "appropriation_class",
            "category": "category",
            "budget_line": "name",
            "budget_unit": "budget_unit",
            "buyer": "purchased_by",
        },
        worked_out_keys=("object_class",),
        references={"site": Reference("sites", none=PROGRAM_WIDE)},
        flags={
            "is_one_time": Flag("It does not recur", "timing", Timing.ONE_TIME),
            "is_of_all_months": Flag("Its factors make the amount of all its months", "amount_is", AmountOf.ALL_MONTHS),
            "is_of_fiscal_years": Flag("Its factors make the amount of each fiscal year", "amount_is", AmountOf.FISCAL_YEAR),
            "is_of_months": Flag("Its factors make the amount of each month", "amount_is", AmountOf.MONTH),
            "grows_with_prices": Flag("It grows with prices", "grows_with_prices"),
            "may_be_below_zero": Flag("It may be below zero", "may_be_below_zero"),
            "keeps_its_months": Flag("Keeps its months when its site opens late", "keeps_its_months"),
            "rises_on_its_anniversary": Flag("Its escalator rises on its anniversary", "escalation", Escalation.ANNIVERSARY),
            "is_rounded_to_cents": Flag("Its product is rounded to the cent", "rounded_to", RoundedTo.CENT),
            "is_rounded_to_dollars": Flag("Its product is rounded to the dollar", "rounded_to", RoundedTo.DOLLAR),
            "rounds_half_to_even": Flag("Half a cent or dollar is rounded to the even one", "rounding_mode", RoundingMode.HALF_TO_EVEN),
            "rounds_up": Flag("It is rounded up", "rounding_mode", RoundingMode.UP),
            "rounds_down": Flag("It is rounded down", "rounding_mode", RoundingMode.DOWN),
        },
        groups={
            Group.WHEN: ("keeps_its_months",),
            Group.COST: (
                *("amount_is", "grows_with_prices", "escalation_rate", "escalation", "rounded_to", "rounding_mode"),
                "may_be_below_zero",
            ),
        },
        first=("site", "category", "appropriation_class", "amount_is", "first_month", "last_month", "timing"),
    )

    site: Text = PROGRAM_WIDE
    budget_unit: Text = OFFICE_OF_DIVERSION
    purchased_by: Text = NO_ITEM
    purchased_share: NumberAssumption = share_purchased()
    narrative: Text = ""
    appropriation_class: AppropriationClass = AppropriationClass.SERVICES_AND_SUPPLIES
    category: CostCategory = CostCategory.SERVICES_AND_SUPPLIES
    object_class: ObjectClass | None = None
    timing: Timing = Timing.ONGOING
    amount_is: AmountOf = AmountOf.ALL_MONTHS
    grows_with_prices: bool = False
    escalation: Escalation = Escalation.EACH_JULY
    rounded_to: RoundedTo = RoundedTo.NONE
    rounding_mode: RoundingMode = RoundingMode.HALF_AWAY_FROM_ZERO
    may_be_below_zero: bool = False
    keeps_its_months: bool = False
    first_month: MonthAssumption = month("First month")
    last_month: MonthAssumption | None = month("Last month", optional=True)
    escalation_rate: NumberAssumption = share("Escalation of the product of its factors", "share a year", default=0.0)


class Factor(Item):
    """One of the numbers whose product is a line's amount: a quantity, a price, a share, a number of months or trips; or what divides."""

    table: ClassVar[Table] = Table(
        axis=Axis.FACTOR,
        title="Factors",
        singular="factor",
        part=Part.SERVICES,
        keys={"budget_line": "budget_line", "factor": "name"},
        references={"budget_line": Reference("budget_lines")},
        flags={"divides": Flag("It divides the product of the factors above", "divides")},
    )

    budget_line: Text
    counts: Text = ""
    divides: bool = False
    number: NumberAssumption = quantity("Number (none: by year or month)", ANY_UNIT, default=0, at_least=-MOST, at_most=MOST)


class Amount(Item):
    """An amount of one year, month or other time: of a line, a contract or the pay of a position, of a factor, or the money of a source."""

    table: ClassVar[Table] = Table(
        axis=Axis.AMOUNT,
        title="Amounts by year or month",
        singular="amount",
        part=Part.SERVICES,
        keys={
            **{"budget_line": "budget_line", "factor": "factor", "contract": "contract", "position": "position"},
            **{"source": "source", "amount": "name"},
        },
        references={
            "budget_line": Reference("budget_lines", none=NO_ITEM),
            "factor": Reference("factors", none=NO_ITEM),
            "contract": Reference("provider_contracts", none=NO_ITEM),
            "position": Reference("county_positions", none=NO_ITEM),
            "source": Reference("funding_sources", none=NO_ITEM),
        },
        blank={"amount": 0},
        first=("budget_line", "contract", "position", "source", "first_month", "last_month", "amount"),
    )

    budget_line: Text = NO_ITEM
    factor: Text = NO_ITEM
    contract: Text = NO_ITEM
    position: Text = NO_ITEM
    source: Text = NO_ITEM
    first_month: MonthAssumption = month("First month")
    last_month: MonthAssumption | None = month("Last month", optional=True)
    amount: NumberAssumption = quantity("Amount", "dollars, or units of its factor", at_least=-MOST, at_most=MOST)

    @property
    def named(self) -> tuple[str, ...]:
        """The fields that say what it is an amount of: one of them."""
        return tuple(field for field in self.table.references if getattr(self, field) != NO_ITEM)
