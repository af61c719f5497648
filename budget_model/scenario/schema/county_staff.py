"""County positions, their raises and their benefits."""

from __future__ import annotations

from typing import ClassVar

from budget_model.scenario.assumption import MonthAssumption, NumberAssumption, month, quantity, share
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import (
    NO_ITEM,
    OFFICE_OF_DIVERSION,
    PROGRAM_WIDE,
    AppropriationClass,
    CostCategory,
    Driver,
    ObjectClass,
    PositionStatus,
    StepRule,
)
from budget_model.scenario.declarations import Blank, Flag, Group, Part, Reference, Table
from budget_model.scenario.schema.fields import Item, Text, share_purchased


class CostOfLivingAdjustment(Item):
    """A raise of county salaries from a date, beside the yearly rate."""

    table: ClassVar[Table] = Table(
        axis=Axis.RAISE,
        title="Cost-of-living adjustments",
        singular="raise",
        part=Part.POSITIONS,
        flags={"applies_to_overtime": Flag("Overtime is raised as well", "applies_to_overtime")},
        groups={Group.PAY: ("rate", "applies_to_overtime")},
    )

    applies_to_overtime: bool = True
    effective: MonthAssumption = month("First month of the raise")
    rate: NumberAssumption = share("Raise", "share of salary")


class BenefitComponent(Item):
    """One part of the employee benefits of a plan, for positions that are budgeted by parts and not by one composite rate."""

    table: ClassVar[Table] = Table(
        axis=Axis.BENEFIT,
        title="Benefit components",
        singular="benefit component",
        part=Part.POSITIONS,
        keys={"plan": "plan"},
        flags={"applies_to_overtime": Flag("Paid on overtime as well", "applies_to_overtime")},
        blank={"plan": "Plan"},
        groups={Group.BENEFITS: ("plan", "rate", "applies_to_overtime")},
    )

    plan: Text
    applies_to_overtime: bool = False
    rate: NumberAssumption = share("Employee benefits", "share of pay")


class SalarySavings(Item):
    """What a department's vacancies leave unspent, of positions that give no rate of their own: of filled ones, and of others."""

    table: ClassVar[Table] = Table(
        axis=Axis.SAVINGS,
        title="Salary savings by department",
        singular="rate of salary savings",
        part=Part.POSITIONS,
        keys={"department": "department"},
        blank={"department": "Department"},
        groups={Group.PAY: ("filled_rate", "other_rate")},
    )

    department: Text
    filled_rate: NumberAssumption = share("Of positions filled when the scenario begins", "share of salaries and benefits", default=0.0)
    other_rate: NumberAssumption = share("Of new and vacant positions", "share of salaries and benefits", default=0.0)


class Position(Item):
    """A county position (budgeted item), fixed in number or counted by a driver."""

    table: ClassVar[Table] = Table(
        axis=Axis.POSITION,
        title="County positions",
        singular="position",
        part=Part.POSITIONS,
        is_main=True,
        keys={
            "site": "site",
            "department": "department",
            "driver": "driver",
            "category": "category",
            "plan": "benefit_plan",
            "position": "name",
            "budget_unit": "department",
            "buyer": "purchased_by",
            "set_up_class": "set_up_class",
        },
        fixed_keys={"class": AppropriationClass.SALARIES_AND_EMPLOYEE_BENEFITS},
        worked_out_keys=("object_class", "benefits_object_class", "set_up_object_class"),
        references={
            "site": Reference("sites", none=PROGRAM_WIDE),
            "benefit_plan": Reference("benefit_components", none=NO_ITEM, by="plan", removed_with_it=False, copied_with_it=False),
        },
        flags={
            "is_temporary": Flag("Temporary position, not an ordinance item", "temporary"),
            "is_filled": Flag("Filled when the scenario begins: no set-up cost", "status", PositionStatus.FILLED),
            "keeps_its_months": Flag("Keeps its months when its site opens late", "keeps_its_months"),
            "steps_on_its_anniversary": Flag("Step on the anniversary of the hire", "step_rule", StepRule.ANNIVERSARY),
            "steps_in_july_after_a_year": Flag("Step each July after twelve months", "step_rule", StepRule.JULY_AFTER_A_YEAR),
            "steps_in_july_after_a_month": Flag("Step each July after a month", "step_rule", StepRule.JULY_AFTER_A_MONTH),
        },
        blank={"department": Blank.AS_THE_FIRST},
        blank_rows=2,
        groups={
            Group.WHEN: ("keeps_its_months",),
            Group.PAY: (
                *("monthly_salary", "annual_salary", "hourly_pay", "hours_a_year", "step_rule", "step_rate", "top_step_multiple"),
                *("overtime_hours_a_year", "overtime_hourly_pay", "salary_savings_rate", "cost_per_new_hire"),
            ),
            Group.BENEFITS: ("benefit_plan", "employee_benefit_rate", "monthly_benefit_amount", "overtime_benefit_rate"),
            Group.WHO_PAYS: ("set_up_class",),
        },
        first=("site", "driver", "number", "one_per", "hire_month", "monthly_salary", "employee_benefit_rate"),
    )

    department: Text = OFFICE_OF_DIVERSION
    purchased_by: Text = NO_ITEM
    purchased_share: NumberAssumption = share_purchased()
    site: Text = PROGRAM_WIDE
    category: CostCategory = CostCategory.COUNTY_STAFF
    object_class: ObjectClass | None = None
    item_number: Text = ""
    class_title: Text = ""
    narrative: Text = ""
    status: PositionStatus = PositionStatus.NEW
    set_up_class: AppropriationClass = AppropriationClass.SERVICES_AND_SUPPLIES
    temporary: bool = False
    keeps_its_months: bool = False
    step_rule: StepRule = StepRule.ANNIVERSARY
    benefit_plan: Text = NO_ITEM
    driver: Driver = Driver.NONE
    number: NumberAssumption = quantity("Positions whatever the driver", "positions", default=0, at_most=200_000, whole=True)
    one_per: NumberAssumption = quantity(
        "Driver units for each further position", "units a position", default=0, at_most=100_000, whole=True
    )
    hire_month: MonthAssumption = month("First month budgeted")
    last_month: MonthAssumption | None = month("Last month budgeted", optional=True)
    slip_months: NumberAssumption = quantity(
        "Months by which it is filled later than planned", "months late", default=0, at_most=60, whole=True
    )
    time_share: NumberAssumption = share("Percent of full time", "share of full time", default=1.0)
    monthly_salary: NumberAssumption = quantity("Salary by the month", "dollars a month", default=0, at_most=100_000)
    annual_salary: NumberAssumption = quantity("Salary by the year", "dollars a year", default=0, at_most=1_200_000)
    hourly_pay: NumberAssumption = quantity("Pay by the hour", "dollars an hour", default=0, at_most=1_000)
    hours_a_year: NumberAssumption = quantity("Hours paid by the hour", "hours a year", default=0, at_most=8_760)
    step_rate: NumberAssumption = share("Step increase", "share a year", default=0.0)
    top_step_multiple: NumberAssumption = quantity(
        "Salary at the top step", "multiple of the salary given", default=10, at_least=1, at_most=10
    )
    employee_benefit_rate: NumberAssumption = share("Employee benefits", "share of salary", default=0.0)
    monthly_benefit_amount: NumberAssumption = quantity("Employee benefits, flat", "dollars a position a month", default=0, at_most=20_000)
    overtime_hours_a_year: NumberAssumption = quantity("Overtime of each position", "hours a year", default=0, at_most=4_000)
    overtime_hourly_pay: NumberAssumption = quantity("Overtime pay", "dollars an hour", default=0, at_most=1_000)
    overtime_benefit_rate: NumberAssumption = share("Employee benefits on overtime", "share of overtime pay", default=0.0)
    salary_savings_rate: NumberAssumption = share("Salary savings from vacancies", "share of salaries and benefits", default=0.0)
    cost_per_new_hire: NumberAssumption = quantity("Set-up for each new hire, once", "dollars", default=0, at_most=1_000_000, once=True)
