"""What a scenario's choices are made from: the County's classes, what costs are counted by, how money comes, what a place is."""

from __future__ import annotations

from enum import StrEnum

PROGRAM_WIDE = "Program-wide"
NO_ITEM = "none"  # where a reference names no item
OFFICE_OF_DIVERSION = "Office of Diversion and Reentry"  # the unit that budgets and receives where nothing else is said
EVERYWHERE_ELSE = "Everywhere else"  # all cost but that of sites at which some source pays alone
# Words that stand where no item is meant, with what each means: no item, department or plan may be called so.
WORDS_FOR_NONE = {NO_ITEM: "no item", PROGRAM_WIDE: "what belongs to no single site", EVERYWHERE_ELSE: "all but some sites"}


class Driver(StrEnum):
    """What positions and services can be counted by, at one site or over all of them."""

    NONE = "none"
    OPEN_SITES = "open sites"
    SLOTS = "slots"
    ENROLLMENTS = "enrollments"
    HOMELESS_ENTRANTS = "homeless entrants"
    ENTRANTS_WITH_SUBSTANCE_USE_DISORDER = "entrants with substance use disorder"
    ACTIVE_PARTICIPANTS = "active participants"
    ENGAGED_PARTICIPANTS = "engaged participants"
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
    SUBSTANCE_USE_TREATMENT = "Substance use treatment"
    INTERIM_HOUSING = "Interim housing"
    SUPPORTIVE_HOUSING = "Permanent supportive housing"
    INDIRECT = "Administration and indirect"


# Categories whose cost is that of services to participants. Staff of cities and other agencies are as County staff.
SERVICES_TO_PARTICIPANTS = frozenset(
    {
        CostCategory.COMMUNITY_PROVIDERS,
        CostCategory.SUBSTANCE_USE_TREATMENT,
        CostCategory.INTERIM_HOUSING,
        CostCategory.SUPPORTIVE_HOUSING,
    }
)


class ObjectClass(StrEnum):
    """The object classes by which federal and state forms list costs (SF-424A, section B)."""

    PERSONNEL = "Personnel"
    FRINGE_BENEFITS = "Fringe benefits"
    TRAVEL = "Travel"
    EQUIPMENT = "Equipment"
    SUPPLIES = "Supplies"
    CONTRACTUAL = "Contractual"
    CONSTRUCTION = "Construction"
    OTHER = "Other"
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


class AmountOf(StrEnum):
    """Which months one amount is of: the product of a line's factors, or what is rounded of a rate."""

    ALL_MONTHS = "All its months"
    FISCAL_YEAR = "Each fiscal year"
    YEAR_OF_ITS_OWN = "Each year from its first month"
    MONTH = "Each month"


class RoundedTo(StrEnum):
    """What an amount is rounded to in the chain of a budget."""

    NONE = "none"
    CENT = "cent"
    DOLLAR = "dollar"


class FormRoundedTo(StrEnum):
    """What a form rounds its amounts to."""

    NONE = "none"
    CENT = "cent"
    DOLLAR = "dollar"
    HUNDRED_DOLLARS = "hundred dollars"
    THOUSAND_DOLLARS = "thousand dollars"


class RoundingMode(StrEnum):
    """Which way an amount is rounded; up and down are away from zero and towards it."""

    HALF_AWAY_FROM_ZERO = "half away from zero"
    HALF_TO_EVEN = "half to even"
    UP = "up"
    DOWN = "down"


class MatchBasis(StrEnum):
    """What a match rate is a share of (convention A16)."""

    AWARD = "award"
    GRANT_SPENT = "grant spent"
    TOTAL_PROJECT_COST = "total project cost"


class SourceStatus(StrEnum):
    """How far the money of a source has come. Only what is awarded pays; money earned by claims comes as claims are paid."""

    NOT_STATED = "Not stated"
    AWARDED = "Awarded"
    APPLIED_FOR = "Applied for"
    REQUESTED = "Requested"
    IDEA = "Idea"
    EARNED_BY_CLAIMS = "Earned by claims"


class FunderType(StrEnum):
    """Whose money a source is: a federal form is filled in for federal money, and tells what others give beside it."""

    NOT_STATED = "Not stated"
    FEDERAL = "Federal"
    STATE = "State"
    LOCAL = "Local"
    PRIVATE = "Private"


class Pace(StrEnum):
    """How fast the money of a source is drawn."""

    AS_COST_ARISES = "As cost arises"
    EVEN = "Even over its period"
    CONSTANT_SHARE = "Constant share of cost"


class IncomeUse(StrEnum):
    """What income that a program earns does to the award that it belongs to (2 CFR 200.307)."""

    ADDED = "Added"
    DEDUCTED = "Deducted"
    COUNTED_AS_MATCH = "Counted as match"


class PaidBy(StrEnum):
    """The columns of a budget form: what of a source pays a line."""

    SOURCE_AND_MATCH = "Source and its match"
    SOURCE = "Source"
    CASH_MATCH = "Cash match"


class LimitEach(StrEnum):
    """What a grantor limits: it pays at most so much of each."""

    SALARY = "Salary of a year"
    STAY = "Stay"
    PERSON = "Person"


class CapBasis(StrEnum):
    """What a cap is a share of."""

    AWARD = "Award"
    AWARD_AND_MATCH = "Award and match"
    MONEY_SPENT = "Money spent"


class PositionStatus(StrEnum):
    """Whether a position is a new request, or an item that the County has, filled or vacant (convention A11)."""

    NEW = "New"
    FILLED = "Filled"
    VACANT = "Vacant"


class Payment(StrEnum):
    """How the County pays a provider."""

    COST_REIMBURSEMENT = "Cost reimbursement"
    FIXED_MONTHLY = "Fixed monthly"
    FEE = "Fee per participant-month"


class CountedParticipants(StrEnum):
    """Which of a site's participants are counted."""

    ACTIVE = "active participants"
    ENGAGED = "engaged participants"


class StepRule(StrEnum):
    """When a position's salary takes a step."""

    ANNIVERSARY = "anniversary"
    JULY_AFTER_A_YEAR = "July after twelve months"
    JULY_AFTER_A_MONTH = "July after a month"


class Escalation(StrEnum):
    """When the pay and cost of a contract rise."""

    EACH_JULY = "each July"
    ANNIVERSARY = "anniversary"


class CarePaidBy(StrEnum):
    """Whether places are paid while people are in them, or whether they are filled or not."""

    USUAL = "usual for the kind"
    PEOPLE = "people"
    PLACES = "places"


class CareKind(StrEnum):
    """What a place of treatment or housing is, as the Board's motion distinguishes them."""

    INPATIENT_TREATMENT = "Inpatient treatment"
    OUTPATIENT_TREATMENT = "Outpatient treatment"
    RECOVERY_BRIDGE_HOUSING = "Recovery bridge housing"
    INTERIM_HOUSING = "Interim housing"
    SUPPORTIVE_HOUSING = "Permanent supportive housing"


# Kinds of which the County contracts the place, by the bed and night, rather than the stay of a person.
USUALLY_PAID_BY_PLACE = frozenset({CareKind.INTERIM_HOUSING})


class ChangeHeading(StrEnum):
    """The headings under which the County's budget lists changes (convention A5)."""

    CRITICAL_ISSUES = "Critical Issues"
    COLLABORATIVE_PROGRAMS = "Collaborative Programs"
    NEW_EXPANDED_PROGRAMS = "New/Expanded Programs"
    CURTAILMENTS = "Curtailments"
    OTHER_CHANGES = "Other Changes"


class Readiness(StrEnum):
    """How far a partner of a site has come."""

    NOT_KNOWN = "Not known"
    APPROACHED = "Approached"
    AGREED = "Agreed"


class AgencyType(StrEnum):
    """What a partner agency is."""

    POLICE = "Police department"
    SHERIFF = "Sheriff's station"
    OTHER_LAW_ENFORCEMENT = "Other law enforcement"
    PROSECUTOR = "Prosecutor"
    PUBLIC_DEFENDER = "Public defender"
    OTHER_PARTNER = "Other partner"


LAW_ENFORCEMENT = (AgencyType.POLICE, AgencyType.SHERIFF, AgencyType.OTHER_LAW_ENFORCEMENT)


class AgencyStage(StrEnum):
    """How far a partner agency has come, from the first to the last; a line at which none is named yet counts as no agency."""

    NONE_NAMED = "None named"
    NAMED = "Named"
    CONTACTED = "Contacted"
    INTERESTED = "Interested in writing"
    DRAFTED = "Agreement drafted"
    SIGNED = "Agreement signed"


class SourceConfidence(StrEnum):
    """How well a source vouches for what a line says in words; of numbers it stands beside each."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
