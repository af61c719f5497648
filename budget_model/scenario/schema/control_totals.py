"""Totals that a form or an award letter prints, to hold the plan against."""

from __future__ import annotations

from typing import ClassVar

from budget_model.scenario.assumption import MonthAssumption, NumberAssumption, month, quantity
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import NO_ITEM, AppropriationClass, CostCategory, ObjectClass
from budget_model.scenario.declarations import Flag, Part, Reference, Table
from budget_model.scenario.schema.fields import Item, Text


class ControlTotal(Item):
    """A printed total, of one line, a category, a class, a site, the money of a source or its match, or all cost."""

    table: ClassVar[Table] = Table(
        axis=Axis.CONTROL_TOTAL,
        title="Control totals",
        singular="control total",
        part=Part.FUNDING,
        keys={
            "control_total": "name",
            "position": "position",
            "contract": "contract",
            "service": "service",
            "care": "care",
            "budget_line": "budget_line",
            "rate": "rate",
            "site": "site",
            "source": "source",
            "cash_match_of": "cash_match_of",
            "in_kind_of": "in_kind_of",
            "object_class": "object_class",
            "category": "category",
            "class": "appropriation_class",
        },
        references={
            "position": Reference("county_positions", none=NO_ITEM),
            "contract": Reference("provider_contracts", none=NO_ITEM),
            "service": Reference("services_and_supplies", none=NO_ITEM),
            "care": Reference("treatment_and_housing", none=NO_ITEM),
            "budget_line": Reference("budget_lines", none=NO_ITEM),
            "rate": Reference("rates", none=NO_ITEM),
            "site": Reference("sites", none=NO_ITEM),
            "source": Reference("funding_sources", none=NO_ITEM),
            "cash_match_of": Reference("funding_sources", none=NO_ITEM),
            "in_kind_of": Reference("funding_sources", none=NO_ITEM),
        },
        blank={"printed": 0},
        flags={"is_of_all": Flag("It is of all cost", "all_cost")},
        first=("all_cost", "category", "source", "site", "printed_in", "printed", "rounded_to"),
    )

    all_cost: bool = False
    position: Text = NO_ITEM
    contract: Text = NO_ITEM
    service: Text = NO_ITEM
    care: Text = NO_ITEM
    budget_line: Text = NO_ITEM
    rate: Text = NO_ITEM
    site: Text = NO_ITEM
    source: Text = NO_ITEM
    cash_match_of: Text = NO_ITEM
    in_kind_of: Text = NO_ITEM
    object_class: ObjectClass | None = None
    category: CostCategory | None = None
    appropriation_class: AppropriationClass | None = None
    printed_in: Text = ""
    first_month: MonthAssumption = month("First month that it counts")
    last_month: MonthAssumption | None = month("Last month that it counts", optional=True)
    printed: NumberAssumption = quantity("Printed total", "dollars", at_least=-10_000_000_000, at_most=10_000_000_000)
    rounded_to: NumberAssumption = quantity(
        "To which it is printed: a difference below half of it is rounding", "dollars", default=1, at_most=1_000_000
    )

    @property
    def named(self) -> tuple[str, ...]:
        """The fields that say what it is a total of: one of them."""
        of_all = ["all_cost"] * self.all_cost
        lines = [field for field in self.table.references if getattr(self, field) != NO_ITEM]
        return (
            *of_all,
            *lines,
            *(field for field in ("object_class", "category", "appropriation_class") if getattr(self, field) is not None),
        )
