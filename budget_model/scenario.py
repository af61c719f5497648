"""What a scenario is: the plan for an expansion of LEAD, its costs and the money offered for it.

Every number is an `Assumption`. A field's label, unit and bounds are declared here and nowhere else; the rows of the
model, the workbook and the pages read them from here.
"""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from budget_model.assumption import Assumption, Described, month, quantity, share
from budget_model.timeline import Timeline

PROGRAM_WIDE = "Program-wide"
MAX_MONTHS = 120


class Driver(StrEnum):
    """What positions and services can be counted by, at one site or over all of them."""

    NONE = "none"
    OPEN_SITES = "open sites"
    SLOTS = "slots"
    ENROLLMENTS = "enrollments"
    ACTIVE_PARTICIPANTS = "active participants"
    CASE_MANAGERS = "case managers"


class AppropriationClass(StrEnum):
    """The classes in which the County appropriates money (2 CCR 965; convention A2)."""

    SALARIES_AND_EMPLOYEE_BENEFITS = "Salaries and Employee Benefits"
    SERVICES_AND_SUPPLIES = "Services and Supplies"
    OTHER_CHARGES = "Other Charges"
    CAPITAL_ASSETS = "Capital Assets"


class CostCategory(StrEnum):
    """The categories by which a funding source says what it may pay."""

    COUNTY_STAFF = "County staff"
    COMMUNITY_PROVIDERS = "Community providers"
    PUBLIC_AGENCIES = "Public agencies"
    SERVICES_AND_SUPPLIES = "Services and supplies"
    DATA_AND_EVALUATION = "Data and evaluation"
    EQUIPMENT = "Equipment"
    INDIRECT = "Indirect"


class BudgetTreatment(StrEnum):
    """How the County's budget shows money from a source (convention A3)."""

    REVENUE = "Revenue"
    INTRAFUND_TRANSFER = "Intrafund transfer"
    NET_COUNTY_COST = "Net county cost"


class Timing(StrEnum):
    """Whether money comes or goes once or every year (convention A7)."""

    ONGOING = "Ongoing"
    ONE_TIME = "One-time"


class MatchBasis(StrEnum):
    """What a match rate is a share of (convention A16)."""

    AWARD = "award"
    TOTAL_PROJECT_COST = "total project cost"


def _usable_name(text: str) -> str:
    """Refuse names that Excel's SUMIFS would read as a pattern, a comparison or a number."""
    if not text[:1].isalpha() or any(sign in text for sign in '*?~"[]:\\') or text.lower() in {"true", "false"}:
        raise PydanticCustomError("name", 'expected a name that begins with a letter and has none of * ? ~ " [ ] : \\')
    return text


def _read_month(given: Any) -> Any:
    """Accept YYYY-MM where YAML gives text; the day is always the first."""
    try:
        if isinstance(given, str):
            given = datetime.date.fromisoformat(f"{given}-01" if len(given) == 7 else given)
        return datetime.date(given.year, given.month, 1)
    except (AttributeError, ValueError):
        raise PydanticCustomError("month", "expected a month written YYYY-MM, such as 2019-07") from None


Name = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_usable_name)]
Text = Annotated[str, Field(max_length=2000)]
Month = Annotated[datetime.date, BeforeValidator(_read_month)]


class Item(Described):
    """A named row of a scenario's tables."""

    name: Name


class General(Described):
    """Assumptions that hold for the whole program."""

    cost_of_living_rate: Assumption = share("Cost-of-living increase of county salaries, each July", "share a year", default=0.0)
    price_growth_rate: Assumption = share("Price growth of services and supplies, each July", "share a year", default=0.0)


class Site(Item):
    """A service area: where, with which law-enforcement agencies, and how many participants it takes."""

    law_enforcement_agencies: tuple[Text, ...] = Field(default=(), max_length=20)
    service_planning_area: Text = ""
    description: Text = ""
    go_live: Assumption = month("First month of referrals")
    slots: Assumption = quantity("Participants the site can carry", "participants", at_most=5_000)
    monthly_referrals: Assumption = quantity("Referrals after the ramp", "referrals a month", at_most=2_000)
    enrollment_share: Assumption = share("Referrals that become enrollments", default=1.0)
    ramp_months: Assumption = quantity("Months until referrals are full", "months", default=0, at_most=60)
    monthly_exit_rate: Assumption = share("Participants who leave in a month", "share a month", default=0.0)
    starting_participants: Assumption = quantity("Participants when the scenario begins", "participants", default=0, at_most=5_000)


class Position(Item):
    """A county position (budgeted item), fixed in number or counted by a driver."""

    department: Text = "Office of Diversion and Reentry"
    site: Text = PROGRAM_WIDE
    category: CostCategory = CostCategory.COUNTY_STAFF
    temporary: bool = False
    driver: Driver = Driver.NONE
    number: Assumption = quantity("Positions whatever the driver", "positions", default=0, at_most=1_000)
    one_per: Assumption = quantity("Driver units for each further position", "units a position", default=0, at_most=100_000)
    hire_month: Assumption = month("First month budgeted")
    last_month: Assumption | None = month("Last month budgeted", optional=True)
    monthly_salary: Assumption = quantity("Salary", "dollars a month", at_most=100_000)
    employee_benefit_rate: Assumption = share("Employee benefits", "share of salary")
    step_rate: Assumption = share("Step increase, each July", "share a year", default=0.0)
    salary_savings_rate: Assumption = share("Salary savings from vacancies", "share of salaries and benefits", default=0.0)


class Contract(Item):
    """A contract with a community provider that serves one site's participants."""

    site: Text
    mechanism: Text = ""
    category: CostCategory = CostCategory.COMMUNITY_PROVIDERS
    first_month: Assumption = month("First month")
    last_month: Assumption | None = month("Last month", optional=True)
    participant_share: Assumption = share("Share of the site's participants served", default=1.0)
    caseload: Assumption = quantity("Participants for each case manager", "participants", at_least=1, at_most=500)
    minimum_case_managers: Assumption = quantity("Case managers at least", "full-time equivalents", default=0, at_most=500)
    case_manager_salary: Assumption = quantity("Case manager salary", "dollars a year", at_most=500_000)
    supervisor_span: Assumption = quantity("Case managers for each supervisor", "full-time equivalents", at_least=1, at_most=100)
    supervisor_salary: Assumption = quantity("Supervisor salary", "dollars a year", at_most=500_000)
    fringe_rate: Assumption = share("Fringe benefits", "share of salary")
    participant_assistance: Assumption = quantity(
        "Assistance for each active participant", "dollars a participant a month", default=0, at_most=20_000
    )
    operating_cost: Assumption = quantity("Rent, travel and other operating cost", "dollars a month", default=0, at_most=10_000_000)
    start_up_cost: Assumption = quantity("Start-up cost, once", "dollars", default=0, at_most=100_000_000)
    indirect_rate: Assumption = share("Indirect cost", "share of direct cost", default=0.0)
    escalation_rate: Assumption = share("Escalator of pay and operating cost, each July", "share a year", default=0.0)


class ProviderStaff(Item):
    """Staff of a provider beside case managers and supervisors, such as outreach workers and peers."""

    contract: Text
    number: Assumption = quantity("Staff whatever the number of participants", "full-time equivalents", default=0, at_most=500)
    participants_each: Assumption = quantity("Participants for each further one", "participants", default=0, at_most=10_000)
    annual_salary: Assumption = quantity("Salary", "dollars a year", at_most=500_000)


class Service(Item):
    """A cost that is neither a county position nor a provider contract: supplies, training, agency time, evaluation."""

    site: Text = PROGRAM_WIDE
    appropriation_class: AppropriationClass = AppropriationClass.SERVICES_AND_SUPPLIES
    category: CostCategory = CostCategory.SERVICES_AND_SUPPLIES
    driver: Driver = Driver.NONE
    first_month: Assumption = month("First month")
    last_month: Assumption | None = month("Last month", optional=True)
    monthly_amount: Assumption = quantity("Amount each month", "dollars a month", default=0, at_most=100_000_000)
    amount_per_unit: Assumption = quantity("Amount for each driver unit", "dollars a unit a month", default=0, at_most=10_000_000)
    one_time_amount: Assumption = quantity("Amount once, in the first month", "dollars", default=0, at_most=1_000_000_000)


class Match(Described):
    """The local share that a funding source asks for, paid in cash from the County's own money."""

    rate: Assumption = quantity("Match rate", "share", at_most=0.95)
    basis: MatchBasis = MatchBasis.AWARD
    pledged: Assumption = quantity("Match money pledged", "dollars", at_most=10_000_000_000)


class Source(Item):
    """A funding source. Sources pay in the order in which they are listed."""

    treatment: BudgetTreatment
    timing: Timing
    pays: tuple[CostCategory, ...] = Field(min_length=1)
    award: Assumption = quantity("Award for the whole period", "dollars", default=0, at_most=10_000_000_000)
    yearly_amount: Assumption = quantity("Amount for each fiscal year", "dollars a year", default=0, at_most=10_000_000_000)
    first_month: Assumption = month("First month of the period of performance")
    last_month: Assumption | None = month("Last month of the period of performance", optional=True)
    match: Match | None = None

    @model_validator(mode="after")
    def _one_kind_of_amount(self) -> Source:
        given = self.model_fields_set & {"award", "yearly_amount"}
        if not given or (self.award.value and self.yearly_amount.value):
            raise PydanticCustomError("amount", "expected either an award or a yearly_amount, and not both")
        return self


class Scenario(Described):
    """A complete scenario: its calendar, assumptions, items and funding."""

    model_config = ConfigDict(title="LEAD budget scenario")

    name: Annotated[str, Field(min_length=1, max_length=120)]
    description: Text = ""
    phase: Literal[
        "Department Request", "Recommended", "Public Hearings", "Final Changes", "Adopted", "Supplemental", "Mid-year Adjustment"
    ] = "Department Request"
    first_month: Month
    months: Annotated[int, Field(ge=1, le=MAX_MONTHS, strict=True)]
    general: General = Field(default_factory=General)
    sites: tuple[Site, ...] = Field(min_length=1, max_length=50)
    county_positions: tuple[Position, ...] = Field(default=(), max_length=200)
    provider_contracts: tuple[Contract, ...] = Field(default=(), max_length=100)
    provider_staff: tuple[ProviderStaff, ...] = Field(default=(), max_length=200)
    services_and_supplies: tuple[Service, ...] = Field(default=(), max_length=200)
    funding_sources: tuple[Source, ...] = Field(default=(), max_length=30)

    @property
    def tables(self) -> dict[str, tuple[Item, ...]]:
        """The tables of named items, by their key in the file."""
        return {name: value for name, value in self if isinstance(value, tuple)}

    @property
    def timeline(self) -> Timeline:
        """The months the scenario covers."""
        return Timeline(self.first_month, self.months)
