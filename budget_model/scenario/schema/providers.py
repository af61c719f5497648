"""Contracts with community providers, how they are made, and staff beside case managers."""

from __future__ import annotations

from typing import ClassVar

from budget_model.scenario.assumption import MonthAssumption, NumberAssumption, month, quantity, share
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import (
    NO_ITEM,
    OFFICE_OF_DIVERSION,
    AppropriationClass,
    CostCategory,
    CountedParticipants,
    Escalation,
    ObjectClass,
    Payment,
)
from budget_model.scenario.declarations import Flag, Group, Part, Reference, Table
from budget_model.scenario.schema.fields import Item, Text, share_purchased


class ContractingMechanism(Item):
    """A way to contract with providers, and the time it takes from the request to the first day of service."""

    table: ClassVar[Table] = Table(
        axis=Axis.MECHANISM,
        title="Contracting mechanisms",
        singular="contracting mechanism",
        part=Part.CONTRACTS,
        keys={"mechanism": "name"},
        groups={Group.WHEN: ("lead_days",)},
    )

    lead_days: NumberAssumption = quantity("From the request to the contract's first day", "days", at_most=2_000, whole=True)


class Contract(Item):
    """A contract with a community provider that serves one site's participants."""

    table: ClassVar[Table] = Table(
        axis=Axis.CONTRACT,
        title="Provider contracts",
        singular="contract",
        part=Part.CONTRACTS,
        is_main=True,
        keys={
            "site": "site",
            "category": "category",
            "contract": "name",
            "mechanism": "mechanism",
            "class": "appropriation_class",
            "budget_unit": "budget_unit",
            "buyer": "purchased_by",
        },
        worked_out_keys=("object_class",),
        references={
            "site": Reference("sites"),
            "mechanism": Reference("contracting_mechanisms", none=NO_ITEM, removed_with_it=False, copied_with_it=False),
        },
        flags={
            "reimburses_cost": Flag("The County reimburses the provider's cost", "payment", Payment.COST_REIMBURSEMENT),
            "keeps_its_months": Flag("Keeps its months when its site opens late", "keeps_its_months"),
            "start_up_bears_indirect": Flag("Start-up is in the base of indirect cost", "start_up_bears_indirect"),
            "counts_active": Flag("Caseload of active participants, engaged or not", "caseload_of", CountedParticipants.ACTIVE),
            "rises_on_its_anniversary": Flag("Escalator on the contract's anniversary", "escalation", Escalation.ANNIVERSARY),
        },
        blank={
            **{"participant_share": 0, "caseload": 1, "case_manager_salary": 0},
            **{"supervisor_span": 1, "supervisor_salary": 0, "fringe_rate": 0},
        },
        blank_rows=2,
        groups={
            Group.WHEN: ("mechanism", "keeps_its_months"),
            Group.HOW_MANY: ("caseload_of",),
            Group.PAY: ("case_manager_salary", "supervisor_salary", "vacancy_rate"),
            Group.BENEFITS: ("fringe_rate",),
            Group.COST: ("indirect_rate", "indirect_cap", "start_up_bears_indirect", "escalation", "escalation_rate"),
            Group.PAYMENT: (
                *("payment", "fixed_monthly_amount", "fee_per_participant_month", "floor_participants", "months_at_cost"),
                "ceiling",
            ),
        },
        first=("site", "first_month", "payment", "caseload", "case_manager_salary", "operating_cost", "indirect_rate"),
    )

    site: Text
    provider: Text = ""
    budget_unit: Text = OFFICE_OF_DIVERSION
    purchased_by: Text = NO_ITEM
    purchased_share: NumberAssumption = share_purchased()
    appropriation_class: AppropriationClass = AppropriationClass.SERVICES_AND_SUPPLIES
    mechanism: Text = NO_ITEM
    request_month: MonthAssumption | None = month("Month in which contracting begins", optional=True)
    payment: Payment = Payment.COST_REIMBURSEMENT
    purpose: Text = ""
    narrative: Text = ""
    keeps_its_months: bool = False
    caseload_of: CountedParticipants = CountedParticipants.ACTIVE
    escalation: Escalation = Escalation.EACH_JULY
    start_up_bears_indirect: bool = True
    category: CostCategory = CostCategory.COMMUNITY_PROVIDERS
    object_class: ObjectClass | None = None
    first_month: MonthAssumption = month("First month")
    last_month: MonthAssumption | None = month("Last month", optional=True)
    slip_months: NumberAssumption = quantity(
        "Months by which it begins later than planned", "months late", default=0, at_most=60, whole=True
    )
    start_up_months: NumberAssumption = quantity("Months of start-up before its site can open", "months", default=0, at_most=60, whole=True)
    participant_share: NumberAssumption = share("Share of the site's participants served", default=1.0)
    caseload: NumberAssumption = quantity("Participants for each case manager (0: none employed)", "participants", default=0, at_most=500)
    minimum_case_managers: NumberAssumption = quantity("Case managers at least", "full-time equivalents", default=0, at_most=500)
    case_manager_salary: NumberAssumption = quantity("Case manager salary", "dollars a year", default=0, at_most=500_000)
    supervisor_span: NumberAssumption = quantity(
        "Case managers for each supervisor (0: none employed)", "full-time equivalents", default=0, at_most=100
    )
    supervisor_salary: NumberAssumption = quantity("Supervisor salary", "dollars a year", default=0, at_most=500_000)
    fringe_rate: NumberAssumption = share("Fringe benefits", "share of salary", default=0.0)
    vacancy_rate: NumberAssumption = share("Provider staff vacancies", "share of salaries and fringe", default=0.0)
    participant_assistance: NumberAssumption = quantity(
        "Assistance for each participant served", "dollars a participant a month", default=0, at_most=20_000
    )
    operating_cost: NumberAssumption = quantity("Rent, travel and other operating cost", "dollars a month", default=0, at_most=10_000_000)
    start_up_cost: NumberAssumption = quantity("Start-up cost, once", "dollars", default=0, at_most=100_000_000, once=True)
    indirect_rate: NumberAssumption = share("Indirect cost", "share of direct cost", default=0.0)
    indirect_cap: NumberAssumption = share("Indirect cost allowed at most", "share of direct cost", default=1.0)
    escalation_rate: NumberAssumption = share("Escalator of pay, fees and operating cost", "share a year", default=0.0)
    fixed_monthly_amount: NumberAssumption = quantity("Fixed payment", "dollars a month", default=0, at_most=10_000_000)
    fee_per_participant_month: NumberAssumption = quantity("Fee", "dollars a participant a month", default=0, at_most=50_000)
    floor_participants: NumberAssumption = quantity(
        "Participants whose fee is paid at least", "participants", default=0, at_most=5_000, whole=True
    )
    months_at_cost: NumberAssumption = quantity(
        "Months at cost before what is agreed is paid", "months", default=0, at_most=120, whole=True
    )
    ceiling: NumberAssumption = quantity("Contract sum (0: none set)", "dollars", default=0, at_most=1_000_000_000)


class ProviderStaff(Item):
    """Staff of a provider beside case managers and supervisors, such as outreach workers and peers."""

    table: ClassVar[Table] = Table(
        axis=Axis.STAFF,
        title="Provider staff",
        singular="line of staff",
        part=Part.CONTRACTS,
        keys={"contract": "contract"},
        references={"contract": Reference("provider_contracts")},
        blank_rows=2,
        groups={Group.PAY: ("annual_salary",)},
    )

    contract: Text
    number: NumberAssumption = quantity("Staff whatever the number of participants", "full-time equivalents", default=0, at_most=500)
    participants_each: NumberAssumption = quantity("Participants for each further one", "participants", default=0, at_most=10_000)
    annual_salary: NumberAssumption = quantity("Salary", "dollars a year", at_most=500_000)
