"""Object classes: how a funder's form groups cost, said once for each category; a line may say its own."""

from __future__ import annotations

from typing import ClassVar

from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import CostCategory, ObjectClass
from budget_model.scenario.declarations import Blank, Part, Table
from budget_model.scenario.schema.fields import Item


class CategoryObjectClass(Item):
    """The object class of all lines of a category that say none of their own."""

    table: ClassVar[Table] = Table(
        axis=Axis.OBJECT_CLASS,
        title="Object classes by category",
        singular="object class of a category",
        part=Part.FUNDING,
        blank={"category": Blank.FIRST_FREE, "object_class": ObjectClass.SUPPLIES},
    )

    category: CostCategory
    object_class: ObjectClass
