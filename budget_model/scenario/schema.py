"""What a scenario is: the plan for an expansion of LEAD, its costs and the money offered for it.

Every number is an `Assumption`. A field's label, unit and bounds are declared here and nowhere else; the rows of the
model, the workbook and the pages read them from here.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from budget_model.scenario.assumption import Assumption, Described, month, quantity, share
from budget_model.scenario.choices import (
    NO_ITEM,
    PROGRAM_WIDE,
    AppropriationClass,
    BudgetTreatment,
    CareKind,
    ChangeHeading,
    CostCategory,
    Driver,
    MatchBasis,
    Payment,
    PositionStatus,
    Readiness,
    Timing,
)
from budget_model.timeline import Timeline, timeline

MAX_MONTHS = 120


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
# Degrees, within Los Angeles County: they place the site on the map and enter no figure.
Latitude = Annotated[float, Field(ge=32.7, le=34.9)]
Longitude = Annotated[float, Field(ge=-119.0, le=-117.6)]
Month = Annotated[datetime.date, BeforeValidator(_read_month)]


class Item(Described):
    """A named row of a scenario's tables."""

    name: Name


class General(Described):
    """Assumptions that hold for the whole program."""

    cost_of_living_rate: Assumption = share("Cost-of-living increase of county salaries, each July", "share a year", default=0.0)
    price_growth_rate: Assumption = share("Price growth of services, treatment and housing, each July", "share a year", default=0.0)
    referral_level: Assumption = quantity("Referrals that come, of those planned", "share", default=1.0, at_most=5.0)
    pre_booking_enrollment_share: Assumption = share("Pre-booking referrals that become enrollments", default=1.0)
    social_contact_enrollment_share: Assumption = share("Social contact referrals that become enrollments", default=1.0)
    community_enrollment_share: Assumption = share("Community referrals that become enrollments", default=1.0)
    pre_booking_homeless_share: Assumption = share("Pre-booking entrants who are homeless", default=0.0)
    social_contact_homeless_share: Assumption = share("Social contact entrants who are homeless", default=0.0)
    community_homeless_share: Assumption = share("Community entrants who are homeless", default=0.0)
    substance_use_share: Assumption = share("Entrants with a substance use disorder", default=0.0)
    medi_cal_eligible_share: Assumption = share("Participants with Medi-Cal", default=0.0)
    newly_eligible_share: Assumption = share("Of those, adults newly eligible since 2014", default=0.0)
    longest_wait_days: Assumption = quantity(
        "Wait counted where no place opens, and longest wait counted", "days", default=365, at_most=3_650
    )
    county_baseline: Assumption = quantity(
        "The County's own spending before the program, which grants may not replace", "dollars a year", default=0, at_most=10_000_000_000
    )
    adopted_gross_appropriation: Assumption = quantity(
        "Adopted budget of the year before: gross appropriation", "dollars", default=0, at_most=100_000_000_000
    )
    adopted_intrafund_transfers: Assumption = quantity(
        "Adopted budget of the year before: intrafund transfers", "dollars", default=0, at_most=100_000_000_000
    )
    adopted_revenue: Assumption = quantity("Adopted budget of the year before: revenue", "dollars", default=0, at_most=100_000_000_000)
    adopted_positions: Assumption = quantity("Adopted budget of the year before: positions", "positions", default=0, at_most=1_000_000)


class Site(Item):
    """A service area: where, with which law-enforcement agencies, and how many participants it takes."""

    law_enforcement_agencies: tuple[Text, ...] = Field(default=(), max_length=20)
    law_enforcement_readiness: Readiness = Readiness.NOT_KNOWN
    prosecutors: tuple[Text, ...] = Field(default=(), max_length=10)
    prosecutor_readiness: Readiness = Readiness.NOT_KNOWN
    service_planning_area: Text = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    description: Text = ""
    change_heading: ChangeHeading = ChangeHeading.NEW_EXPANDED_PROGRAMS
    justification: Text = ""
    go_live: Assumption = month("First month of referrals")
    slots: Assumption = quantity("Participants the site can carry", "participants", at_most=5_000)
    pre_booking_referrals: Assumption = quantity(
        "Pre-booking diversion referrals after the ramp", "referrals a month", default=0, at_most=2_000
    )
    social_contact_referrals: Assumption = quantity(
        "Social contact referrals after the ramp", "referrals a month", default=0, at_most=2_000
    )
    community_referrals: Assumption = quantity("Community referrals after the ramp", "referrals a month", default=0, at_most=2_000)
    eligible_people: Assumption = quantity("People of the area who are eligible at the beginning", "people", default=0, at_most=1_000_000)
    newly_eligible_people: Assumption = quantity("People who become eligible", "people a month", default=0, at_most=100_000)
    ramp_months: Assumption = quantity("Months until referrals are full", "months", default=0, at_most=60)
    waiting_exit_rate: Assumption = share("People waiting for a slot who give up in a month", "share a month", default=0.0)
    monthly_exit_rate: Assumption = share("Participants who leave in a month", "share a month", default=0.0)
    inactive_share: Assumption = share("Participants not engaged at a given time", default=0.0)
    starting_participants: Assumption = quantity("Participants when the scenario begins", "participants", default=0, at_most=5_000)


class CostOfLivingAdjustment(Item):
    """A raise of county salaries from a date, beside the yearly rate."""

    applies_to_overtime: bool = True
    effective: Assumption = month("First month of the raise")
    rate: Assumption = share("Raise", "share of salary")


class BenefitComponent(Item):
    """One part of the employee benefits of a plan, for positions that are budgeted by parts and not by one composite rate."""

    plan: Text
    applies_to_overtime: bool = False
    rate: Assumption = share("Employee benefits", "share of pay")


class Position(Item):
    """A county position (budgeted item), fixed in number or counted by a driver."""

    department: Text = "Office of Diversion and Reentry"
    site: Text = PROGRAM_WIDE
    category: CostCategory = CostCategory.COUNTY_STAFF
    item_number: Text = ""
    class_title: Text = ""
    status: PositionStatus = PositionStatus.NEW
    temporary: bool = False
    benefit_plan: Text = NO_ITEM
    driver: Driver = Driver.NONE
    number: Assumption = quantity("Positions whatever the driver", "positions", default=0, at_most=1_000)
    one_per: Assumption = quantity("Driver units for each further position", "units a position", default=0, at_most=100_000)
    hire_month: Assumption = month("First month budgeted")
    last_month: Assumption | None = month("Last month budgeted", optional=True)
    time_share: Assumption = share("Percent of full time", "share of full time", default=1.0)
    monthly_salary: Assumption = quantity("Salary by the month", "dollars a month", default=0, at_most=100_000)
    annual_salary: Assumption = quantity("Salary by the year", "dollars a year", default=0, at_most=1_200_000)
    hourly_pay: Assumption = quantity("Pay by the hour", "dollars an hour", default=0, at_most=1_000)
    hours_a_year: Assumption = quantity("Hours paid by the hour", "hours a year", default=0, at_most=8_760)
    step_rate: Assumption = share("Step increase, each July", "share a year", default=0.0)
    top_step_multiple: Assumption = quantity("Salary at the top step", "multiple of the salary given", default=10, at_least=1, at_most=10)
    employee_benefit_rate: Assumption = share("Employee benefits", "share of salary", default=0.0)
    monthly_benefit_amount: Assumption = quantity("Employee benefits, flat", "dollars a position a month", default=0, at_most=20_000)
    overtime_hours_a_year: Assumption = quantity("Overtime of each position", "hours a year", default=0, at_most=4_000)
    overtime_hourly_pay: Assumption = quantity("Overtime pay", "dollars an hour", default=0, at_most=1_000)
    overtime_benefit_rate: Assumption = share("Employee benefits on overtime", "share of overtime pay", default=0.0)
    salary_savings_rate: Assumption = share("Salary savings from vacancies", "share of salaries and benefits", default=0.0)
    cost_per_new_hire: Assumption = quantity("Set-up for each new hire, once", "dollars", default=0, at_most=1_000_000, once=True)


class ContractingMechanism(Item):
    """A way to contract with providers, and the time it takes from the request to the first day of service."""

    lead_days: Assumption = quantity("From the request to the contract's first day", "days", at_most=2_000)


class Contract(Item):
    """A contract with a community provider that serves one site's participants."""

    site: Text
    provider: Text = ""
    mechanism: Text = NO_ITEM
    request_month: Assumption | None = month("Month in which contracting begins", optional=True)
    payment: Payment = Payment.COST_REIMBURSEMENT
    category: CostCategory = CostCategory.COMMUNITY_PROVIDERS
    first_month: Assumption = month("First month")
    last_month: Assumption | None = month("Last month", optional=True)
    participant_share: Assumption = share("Share of the site's participants served", default=1.0)
    caseload: Assumption = quantity("Engaged participants for each case manager", "participants", at_least=1, at_most=500)
    minimum_case_managers: Assumption = quantity("Case managers at least", "full-time equivalents", default=0, at_most=500)
    case_manager_salary: Assumption = quantity("Case manager salary", "dollars a year", at_most=500_000)
    supervisor_span: Assumption = quantity("Case managers for each supervisor", "full-time equivalents", at_least=1, at_most=100)
    supervisor_salary: Assumption = quantity("Supervisor salary", "dollars a year", at_most=500_000)
    fringe_rate: Assumption = share("Fringe benefits", "share of salary")
    vacancy_rate: Assumption = share("Provider staff vacancies", "share of salaries and fringe", default=0.0)
    participant_assistance: Assumption = quantity(
        "Assistance for each participant served", "dollars a participant a month", default=0, at_most=20_000
    )
    operating_cost: Assumption = quantity("Rent, travel and other operating cost", "dollars a month", default=0, at_most=10_000_000)
    start_up_cost: Assumption = quantity("Start-up cost, once", "dollars", default=0, at_most=100_000_000, once=True)
    indirect_rate: Assumption = share("Indirect cost", "share of direct cost", default=0.0)
    indirect_cap: Assumption = share("Indirect cost allowed at most", "share of direct cost", default=1.0)
    escalation_rate: Assumption = share("Escalator of pay, fees and operating cost, each July", "share a year", default=0.0)
    fixed_monthly_amount: Assumption = quantity("Fixed payment", "dollars a month", default=0, at_most=10_000_000)
    fee_per_participant_month: Assumption = quantity("Fee", "dollars a participant a month", default=0, at_most=50_000)
    ceiling: Assumption = quantity("Contract sum (0: none set)", "dollars", default=0, at_most=1_000_000_000)


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
    one_time_grows: bool = False
    first_month: Assumption = month("First month")
    last_month: Assumption | None = month("Last month", optional=True)
    monthly_amount: Assumption = quantity("Amount each month", "dollars a month", default=0, at_most=100_000_000)
    amount_per_unit: Assumption = quantity("Amount for each driver unit", "dollars a unit a month", default=0, at_most=10_000_000)
    one_time_amount: Assumption = quantity("Amount once, in the first month", "dollars", default=0, at_most=1_000_000_000, once=True)


class Care(Item):
    """Places of one level of treatment or one kind of housing: who needs them, how many there are, what they cost."""

    kind: CareKind
    owner: Text = ""
    site: Text = PROGRAM_WIDE
    appropriation_class: AppropriationClass = AppropriationClass.SERVICES_AND_SUPPLIES
    category: CostCategory
    driver: Driver = Driver.ENROLLMENTS
    need_share: Assumption = share("Entrants counted by the driver who need it")
    places: Assumption = quantity("Beds, units or treatment slots", "places", at_most=100_000)
    first_month: Assumption = month("First month of the places")
    last_month: Assumption | None = month("Last month of the places", optional=True)
    added_places: Assumption = quantity("Places ordered in addition", "places", default=0, at_most=100_000)
    order_month: Assumption | None = month("Month in which they are ordered", optional=True)
    lead_days: Assumption = quantity("From the order to the first day of new places", "days", default=0, at_most=2_000)
    occupancy_share: Assumption = share("Occupancy to budget", default=1.0)
    stay_days: Assumption = quantity("Length of stay", "days", at_least=1, at_most=10_000)
    waiting_exit_rate: Assumption = share("People waiting who give up in a month", "share a month", default=0.0)
    starting_people: Assumption = quantity("People in the places when the scenario begins", "people", default=0, at_most=100_000)
    starting_waiting: Assumption = quantity("People waiting when the scenario begins", "people", default=0, at_most=100_000)
    target_wait_days: Assumption = quantity("Longest wait that is acceptable", "days", default=14, at_least=1, at_most=3_650)
    unit_rate: Assumption = quantity("Rate", "dollars a unit", default=0, at_most=100_000)
    units_a_day: Assumption = quantity("Units for each day in a place", "units a day", default=1, at_most=100)
    monthly_subsidy: Assumption = quantity("Rental subsidy", "dollars a person a month", default=0, at_most=20_000)
    monthly_services: Assumption = quantity("Intensive case management services", "dollars a person a month", default=0, at_most=20_000)
    cost_per_added_place: Assumption = quantity(
        "Cost of each added place, once, when ordered", "dollars", default=0, at_most=5_000_000, once=True
    )
    cost_per_placement: Assumption = quantity("Cost of each placement, such as moving in", "dollars", default=0, at_most=1_000_000)
    medi_cal_share: Assumption = share("Cost that Drug Medi-Cal covers for a person with Medi-Cal", "share of cost", default=0.0)


class FederalShare(Item):
    """The federal share of Drug Medi-Cal cost in a period, for newly eligible adults and for others."""

    first_month: Assumption = month("First month")
    last_month: Assumption | None = month("Last month", optional=True)
    newly_eligible: Assumption = share("Federal share for newly eligible adults", "share of cost")
    others: Assumption = share("Federal share for others", "share of cost")


class Outcome(Item):
    """An effect shown beside the budget, never netted into it: events avoided for each participant-year, with a range."""

    evidence_grade: Text
    caution: Text = ""
    effect: Assumption = quantity("Events avoided", "events a participant-year", at_most=365)
    effect_low: Assumption = quantity("Events avoided, low", "events a participant-year", at_most=365)
    effect_high: Assumption = quantity("Events avoided, high", "events a participant-year", at_most=365)
    average_cost: Assumption = quantity("Average cost of an event", "dollars an event", default=0, at_most=1_000_000)
    cashable_share: Assumption = share("Average cost that can be cashed", default=0.0)


class Match(Described):
    """The local share that a funding source asks for, in cash from the County's own money or in kind."""

    rate: Assumption = quantity("Match rate", "share", at_most=5.0)
    basis: MatchBasis = MatchBasis.AWARD
    pledged: Assumption = quantity("Cash match pledged", "dollars", default=0, at_most=10_000_000_000)
    in_kind_share: Assumption = share("Share of the match given in kind", default=0.0)
    in_kind_pledged: Assumption = quantity("In-kind match pledged", "dollars", default=0, at_most=10_000_000_000)


class Source(Item):
    """A funding source. Sources pay in the order in which they are listed."""

    treatment: BudgetTreatment
    timing: Timing
    justification: Text = ""
    pays: tuple[CostCategory, ...] = ()
    carries_over: bool = False
    drug_medi_cal: bool = False
    no_supplanting: bool = False
    driver: Driver = Driver.NONE
    award: Assumption = quantity("Award for the whole period", "dollars", default=0, at_most=10_000_000_000)
    yearly_amount: Assumption = quantity("Amount for each fiscal year", "dollars a year", default=0, at_most=10_000_000_000)
    amount_per_unit: Assumption = quantity("Amount earned by each driver unit", "dollars a unit a month", default=0, at_most=1_000_000)
    first_month: Assumption = month("First month of the period of performance")
    last_month: Assumption | None = month("Last month of the period of performance", optional=True)
    claiming_lag_months: Assumption = quantity("Months from drawdown to cash", "months", default=0, at_most=24)
    administration_cap: Assumption = share("Most that may go to administration and indirect cost", "share of award and match", default=1.0)
    evaluation_cap: Assumption = share("Most that may go to data and evaluation", "share of award and match", default=1.0)
    least_to_community_providers: Assumption = share("Least to community providers", "share of the award", default=0.0)
    match: Match | None = None

    @model_validator(mode="after")
    def _one_kind_of_amount(self) -> Source:
        kinds = ("award", "yearly_amount", "amount_per_unit")
        given = sum(bool(getattr(self, kind).value) for kind in kinds) + self.drug_medi_cal
        if given > 1 or not (self.model_fields_set & set(kinds) or self.drug_medi_cal):
            raise PydanticCustomError("amount", "expected one of: award, yearly_amount, amount_per_unit with a driver, drug_medi_cal: true")
        return self


class FundingAssignment(Item):
    """A share of a position's cost, or of a site's cost in one category, that one source pays before anything else."""

    source: Text
    position: Text = NO_ITEM
    site: Text = NO_ITEM
    category: CostCategory | None = None
    assigned_share: Assumption = share("Share of the cost assigned to the source", "share of cost")


class Rounding(Described):
    """How a form rounds. `none` unless a funder's form asks for it; the workbook and the screen never round."""

    to: Literal["none", "cent", "dollar"] = "none"
    mode: Literal["half away from zero", "half to even", "up", "down"] = "half away from zero"
    applies_to: Literal["each line", "totals only"] = "each line"


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
    rounding: Rounding = Field(default_factory=Rounding)
    general: General = Field(default_factory=General)
    sites: tuple[Site, ...] = Field(min_length=1, max_length=50)
    cost_of_living_adjustments: tuple[CostOfLivingAdjustment, ...] = Field(default=(), max_length=50)
    benefit_components: tuple[BenefitComponent, ...] = Field(default=(), max_length=30)
    county_positions: tuple[Position, ...] = Field(default=(), max_length=200)
    contracting_mechanisms: tuple[ContractingMechanism, ...] = Field(default=(), max_length=20)
    provider_contracts: tuple[Contract, ...] = Field(default=(), max_length=100)
    provider_staff: tuple[ProviderStaff, ...] = Field(default=(), max_length=200)
    services_and_supplies: tuple[Service, ...] = Field(default=(), max_length=200)
    federal_shares: tuple[FederalShare, ...] = Field(default=(), max_length=30)
    treatment_and_housing: tuple[Care, ...] = Field(default=(), max_length=60)
    funding_sources: tuple[Source, ...] = Field(default=(), max_length=30)
    funding_assignments: tuple[FundingAssignment, ...] = Field(default=(), max_length=200)
    outcomes: tuple[Outcome, ...] = Field(default=(), max_length=20)

    @property
    def tables(self) -> dict[str, tuple[Item, ...]]:
        """The tables of named items, by their key in the file."""
        return {name: value for name, value in self if isinstance(value, tuple)}

    @property
    def timeline(self) -> Timeline:
        """The months the scenario covers."""
        return timeline(self.first_month, self.months)
