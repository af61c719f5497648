"""Columns of a budget form: lines that say themselves what pays them."""

from __future__ import annotations

from typing import ClassVar

from budget_model.scenario.assumption import NumberAssumption, quantity, share
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import NO_ITEM, CostCategory, LimitEach, PaidBy
from budget_model.scenario.declarations import Blank, Flag, Group, Part, Reference, Table
from budget_model.scenario.schema.fields import Item, Text


class FundingAssignment(Item):
    """Cost that one source pays before anything else, by share or by amount: of one line, or of a site in one category.

    What is paid by the cash match of a source alone is its match: such a source has no match on other cost.
    """

    table: ClassVar[Table] = Table(
        axis=Axis.ASSIGNMENT,
        title="Columns and assignments",
        singular="assignment",
        part=Part.FUNDING,
        keys={
            "source": "source",
            "position": "position",
            "contract": "contract",
            "service": "service",
            "care": "care",
            "budget_line": "budget_line",
            "rate": "rate",
            "site": "site",
            "category": "category",
        },
        derived_keys=("place",),
        references={
            "source": Reference("funding_sources", copied_with_it=False),
            "position": Reference("county_positions", none=NO_ITEM),
            "contract": Reference("provider_contracts", none=NO_ITEM),
            "service": Reference("services_and_supplies", none=NO_ITEM),
            "care": Reference("treatment_and_housing", none=NO_ITEM),
            "budget_line": Reference("budget_lines", none=NO_ITEM),
            "rate": Reference("rates", none=NO_ITEM),
            "site": Reference("sites", none=NO_ITEM),
        },
        flags={
            "is_paid_by_source": Flag("The source alone pays it", "paid_by", PaidBy.SOURCE),
            "is_paid_by_match": Flag("The source's cash match alone pays it", "paid_by", PaidBy.CASH_MATCH),
            "limits_salary": Flag("The limit is of a salary of a year", "limit_each", LimitEach.SALARY),
            "limits_stay": Flag("The limit is of a stay", "limit_each", LimitEach.STAY),
            "limits_person": Flag("The limit is of a person", "limit_each", LimitEach.PERSON),
        },
        blank={"site": Blank.FIRST_NAMED, "category": CostCategory.COMMUNITY_PROVIDERS},
        blank_rows=2,
        groups={
            Group.PAYS: ("position", "contract", "service", "care", "site", "category"),
            Group.MONEY: ("paid_by", "assigned_share", "assigned_amount"),
        },
        first=("source", "paid_by", "site", "category", "contract", "assigned_share", "assigned_amount"),
    )

    source: Text
    paid_by: PaidBy = PaidBy.SOURCE_AND_MATCH
    position: Text = NO_ITEM
    contract: Text = NO_ITEM
    service: Text = NO_ITEM
    care: Text = NO_ITEM
    budget_line: Text = NO_ITEM
    rate: Text = NO_ITEM
    site: Text = NO_ITEM
    category: CostCategory | None = None
    assigned_share: NumberAssumption = share("Share of the cost assigned to the source", "share of cost", default=0.0)
    assigned_amount: NumberAssumption = quantity(
        "Cost assigned to the source, over all months", "dollars", default=0, at_most=10_000_000_000
    )
    limit: NumberAssumption = quantity(
        "Most that the source pays of each salary, stay or person (0: no limit)", "dollars each", default=0, at_most=10_000_000
    )
    limit_each: LimitEach | None = None
    people: NumberAssumption = quantity("People for whom the line pays in all months", "people", default=0, at_most=1_000_000)

    @property
    def lines(self) -> tuple[str, ...]:
        """The fields that name a single line of the budget, of those that say one."""
        return tuple(field for field in LINES_OF_THE_BUDGET if getattr(self, field) != NO_ITEM)


# The fields by which a line of the budget is named, each a reference to the table that holds it.
LINES_OF_THE_BUDGET = ("position", "contract", "service", "care", "budget_line", "rate")
