"""What rows of the budget can vary over."""

from __future__ import annotations

from enum import StrEnum


class Axis(StrEnum):
    """What a row can vary over. `over=` lists axes in the order they stand here, and so stand the tables of a scenario."""

    SITE = "site"
    PLACE = "place"
    AGENCY = "agency"
    DEPARTMENT = "department"
    RAISE = "raise"
    BENEFIT = "benefit"
    SAVINGS = "savings"
    POSITION = "position"
    MECHANISM = "mechanism"
    CONTRACT = "contract"
    STAFF = "staff"
    SERVICE = "service"
    CARE = "care"
    KIND = "kind"
    FEDERAL = "federal"
    DRIVER = "driver"
    COST = "cost"
    BUDGET_UNIT = "budget_unit"
    CLASS = "class"
    SOURCE = "source"
    INCOME = "income"
    ASSIGNMENT = "assignment"
    CAP = "cap"
    CLASS_CAP = "class_cap"
    PLAN = "plan"
    IN_KIND = "in_kind"
    POOL = "pool"
    CATEGORY = "category"
    OUTCOME = "outcome"
    OBJECT_CLASS = "object_class"
    ADOPTED = "adopted_line"
    MONTH = "month"
    YEAR = "year"
