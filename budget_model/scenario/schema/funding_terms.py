"""What binds the money of a source beside its amount and period: caps, a plan by fiscal year, and value given in kind."""

from __future__ import annotations

from typing import ClassVar

from budget_model.scenario.assumption import MonthAssumption, NumberAssumption, month, quantity
from budget_model.scenario.assumption import share as share_of
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import AppropriationClass, CapBasis, CostCategory, ObjectClass
from budget_model.scenario.declarations import Blank, Flag, Group, Part, Reference, Table
from budget_model.scenario.schema.fields import FiscalYear, Item, Text


class Cap(Item):
    """The most that a source may pay of one category, or of one appropriation class."""

    table: ClassVar[Table] = Table(
        axis=Axis.CAP,
        title="Caps",
        singular="cap",
        part=Part.FUNDING,
        keys={"source": "source", "category": "category", "class": "appropriation_class", "cap": "name"},
        references={"source": Reference("funding_sources")},
        flags={
            "is_of_award": Flag("It is a share of the award", "of", CapBasis.AWARD),
            "is_of_award_and_match": Flag("It is a share of the award and its match", "of", CapBasis.AWARD_AND_MATCH),
            "is_of_money_spent": Flag("It is a share of the money spent", "of", CapBasis.MONEY_SPENT),
        },
        blank={"category": Blank.FIRST_FREE, "share": 1},
        groups={Group.PAYS: ("category", "appropriation_class", "share", "of")},
    )

    source: Text
    category: CostCategory | None = None
    appropriation_class: AppropriationClass | None = None
    of: CapBasis = CapBasis.AWARD_AND_MATCH
    share: NumberAssumption = share_of("Most that the source may pay of it")

    @property
    def capped(self) -> tuple[str, CostCategory | None, AppropriationClass | None]:
        """What the cap is on: a source, and a category or a class."""
        return self.source, self.category, self.appropriation_class


class PlannedFunding(Item):
    """What a source is planned to pay in a fiscal year: a share of the cost that earlier sources leave, an amount at most, or both."""

    table: ClassVar[Table] = Table(
        axis=Axis.PLAN,
        title="Funding plan",
        singular="line of the funding plan",
        part=Part.FUNDING,
        keys={"source": "source", "category": "category", "fiscal_year": "fiscal_year", "plan": "name"},
        references={"source": Reference("funding_sources")},
        blank={"fiscal_year": Blank.FIRST_FREE},
        groups={Group.WHEN: ("fiscal_year",), Group.PAYS: ("category",), Group.MONEY: ("share", "amount")},
    )

    source: Text
    category: CostCategory | None = None
    fiscal_year: FiscalYear
    share: NumberAssumption = share_of("Share of the cost that earlier sources leave", "share of cost", default=1.0)
    amount: NumberAssumption = quantity("Amount at most (0: no limit)", "dollars", default=0, at_most=10_000_000_000)


class InKindContribution(Item):
    """Value that somebody gives to the project in kind: it counts to the match of a source and pays no cost of the budget."""

    table: ClassVar[Table] = Table(
        axis=Axis.IN_KIND,
        title="In-kind contributions",
        singular="in-kind contribution",
        part=Part.FUNDING,
        keys={"source": "source", "category": "category"},
        references={"source": Reference("funding_sources")},
        blank={"category": CostCategory.COMMUNITY_PROVIDERS, "first_month": Blank.FIRST_MONTH_OF_SOURCE},
        groups={Group.PAYS: ("category",), Group.MONEY: ("total_value", "monthly_value", "quantity_given", "counts", "unit_value")},
        first=("source", "category", "giver", "first_month", "last_month", "total_value", "monthly_value"),
    )

    source: Text
    category: CostCategory
    object_class: ObjectClass | None = None
    giver: Text = ""
    counts: Text = ""
    narrative: Text = ""
    first_month: MonthAssumption = month("First month in which it is given")
    last_month: MonthAssumption | None = month("Last month in which it is given", optional=True)
    total_value: NumberAssumption = quantity("Value over all its months", "dollars", default=0, at_most=10_000_000_000)
    monthly_value: NumberAssumption = quantity("Value each month", "dollars a month", default=0, at_most=100_000_000)
    quantity_given: NumberAssumption = quantity("Quantity over all its months, such as hours", "units", default=0, at_most=1_000_000)
    unit_value: NumberAssumption = quantity("Value of a unit", "dollars a unit", default=0, at_most=10_000)
