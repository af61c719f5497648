"""The clauses of the Board's motion of October 2018: what is asked, where it is answered, and whose numbers the answer rests on.

Each number that a plan gives belongs to one clause. It is the partners' word on these numbers that makes a draft an answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from budget_model.scenario.choices import CareKind
from budget_model.scenario.numbers import numbers_given
from budget_model.scenario.schema import Scenario
from budget_model.scenario.tables import PlacedAssumption

REPORT, AREAS, AGENCIES, CONTRACTING = "M0", "M1a", "M1b", "M1c"
FUNDING, STAFF, RESOURCES, TREATMENT, HOUSING = "M2a", "M2b", "M2c", "M2-A", "M2-B"
KINDS: Mapping[str, tuple[CareKind, ...]] = {
    TREATMENT: (CareKind.INPATIENT_TREATMENT, CareKind.OUTPATIENT_TREATMENT, CareKind.RECOVERY_BRIDGE_HOUSING),
    HOUSING: (CareKind.INTERIM_HOUSING, CareKind.SUPPORTIVE_HOUSING),
}


@dataclass(frozen=True)
class Clause:
    """A clause of the motion: what it asks, what answers it, the sheet of the workbook with the answer, and what is open."""

    id: str
    asks: str
    answer: str
    sheet: str
    question: str


CLAUSES: tuple[Clause, ...] = (
    Clause(
        REPORT,
        "A report in 90 days by ODR with the CEO, Health Services, Public Health (SAPC) and LAHSA",
        "The summary by fiscal year is the report's budget",
        "Summary",
        "Which figures the partners confirm before the report.",
    ),
    Clause(
        AREAS,
        "New service areas",
        "Each area with its slots, opening, people and cost, side by side",
        "Site comparison",
        "Which areas, in which order; slots and openings are planning figures.",
    ),
    Clause(
        AGENCIES,
        "Law-enforcement agencies that may take part",
        "Each agency once, with the sites it serves and how far it has come",
        "Agencies",
        "Which agencies sign, and who pays for their officers' time.",
    ),
    Clause(
        CONTRACTING,
        "A way to contract with community providers at the new sites",
        "Each contract with its mechanism, lead time, earliest first day, term, unit rates and contract sum",
        "Contract plan",
        "Which mechanism under which authority of the Board; lead times are of low confidence.",
    ),
    Clause(
        FUNDING,
        "The funding that is needed",
        "Cost by appropriation class, category and site for each fiscal year",
        "Summary",
        "Figures of low confidence, listed with their effect in the dashboard.",
    ),
    Clause(
        STAFF,
        "The staff that is needed",
        "Positions by department with their cost in the year and in a full year; provider staff by contract",
        "Staffing by department",
        "Item numbers and salaries to be confirmed by the departments.",
    ),
    Clause(
        RESOURCES,
        "Resources that may pay",
        "Each source with its status, period, award, drawdown, match and what is lost; what none pays is the gap",
        "Funding and match",
        "Which of the sources that are asked for will be awarded; what closes the gap.",
    ),
    Clause(
        TREATMENT,
        "Timely substance use treatment through Public Health (SAPC)",
        "People in treatment and waiting, the expected wait, places to add",
        "Treatment and housing",
        "Places that SAPC can give, and the wait it can promise.",
    ),
    Clause(
        HOUSING,
        "Interim and permanent supportive housing with Health Services and LAHSA",
        "People in housing and waiting, the expected wait, places to add and their cost",
        "Treatment and housing",
        "Beds and units that the departments can give to LEAD.",
    ),
)

# The clause to which the numbers of a table belong; those of the places of care belong to that of their kind.
_TABLES: Mapping[str, str] = {
    "sites": AREAS,
    "contracting_mechanisms": CONTRACTING,
    "provider_contracts": CONTRACTING,
    "provider_staff": FUNDING,
    "services_and_supplies": FUNDING,
    "budget_lines": FUNDING,
    "factors": FUNDING,
    "amounts": FUNDING,
    "rates": FUNDING,
    "rate_bases": FUNDING,
    "cost_of_living_adjustments": STAFF,
    "benefit_components": STAFF,
    "salary_savings": STAFF,
    "county_positions": STAFF,
    "federal_shares": TREATMENT,
    "funding_sources": RESOURCES,
    "funding_assignments": RESOURCES,
    "caps": RESOURCES,
    "funding_plan": RESOURCES,
    "in_kind_contributions": RESOURCES,
    "control_totals": RESOURCES,
}
_GENERAL: Mapping[str, str] = {
    "cost_of_living_rate": STAFF,
    "price_growth_rate": FUNDING,
    "substance_use_share": TREATMENT,
    "medi_cal_eligible_share": TREATMENT,
    "newly_eligible_share": TREATMENT,
    "claim_success_share": TREATMENT,
    "medi_cal_activation_months": TREATMENT,
    "pre_booking_homeless_share": HOUSING,
    "social_contact_homeless_share": HOUSING,
    "community_homeless_share": HOUSING,
    "county_baseline": RESOURCES,
}


def clause_of(scenario: Scenario, placed: PlacedAssumption) -> str:
    """Return the clause that a number belongs to: that of the report as a whole where no other asks for it."""
    if placed.table == "treatment_and_housing":
        kind = next(care.kind for care in scenario.treatment_and_housing if care.name == placed.item)
        return next(clause for clause, kinds in KINDS.items() if kind in kinds)
    return (_GENERAL if placed.table == "general" else _TABLES).get(placed.field if placed.table == "general" else placed.table, REPORT)


def numbers_of_clauses(scenario: Scenario, spare: Collection[str] = frozenset()) -> dict[str, list[PlacedAssumption]]:
    """Return the numbers that need a partner's word, by clause, each number once; `spare` are items that are no part of the plan.

    A number used in several places belongs to the clause of the first. It stands at the place beside which it is confirmed, or at the
    first, so that the workbook's live count there is the model's.
    """
    found: dict[str, list[PlacedAssumption]] = {clause.id: [] for clause in CLAUSES}
    for uses in numbers_given(scenario).values():
        if uses[0].item in spare:
            continue
        told = next((placed for placed in uses if placed.assumption.is_confirmed), uses[0])
        found[clause_of(scenario, uses[0])].append(told)
    return found
