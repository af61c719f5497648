"""Which uncertain numbers move together, and how far: groups of fields with a common factor.

How strongly numbers of a group depend on each other is a judgment of low confidence, as are most ranges: so results are shown
beside those of independent draws, and one value may be set for all groups. It is the rank correlation of any two numbers of a
group; what has a negative sign moves against the others.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from budget_model.simulation.uncertain import UncertainNumber


@dataclass(frozen=True)
class Group:
    """Fields whose numbers move together: `fields` has the sign of each, by (table, field)."""

    name: str
    rank_correlation: float
    fields: Mapping[tuple[str, str], int]


def _together(table: str, *fields: str) -> dict[tuple[str, str], int]:
    return {(table, field): 1 for field in fields}


GROUPS: tuple[Group, ...] = (
    Group(
        "Referrals across sites",
        0.6,
        _together("sites", "pre_booking_referrals", "social_contact_referrals", "community_referrals", "officer_referral_level")
        | _together("general", "referral_level", "officer_referrals_per_100_homeless_people"),
    ),
    Group(
        "Eligible people and enrollment",
        0.3,
        _together("sites", "eligible_people", "newly_eligible_people")
        | _together("general", "pre_booking_enrollment_share", "social_contact_enrollment_share", "community_enrollment_share"),
    ),
    Group("Need of treatment and housing", 0.4, _together("treatment_and_housing", "need_share", "need_again_share")),
    Group(
        "Stays, and people who give up waiting",
        0.4,
        _together("treatment_and_housing", "stay_days", "waiting_exit_rate") | _together("sites", "waiting_exit_rate"),
    ),
    Group(
        "Provider wages, fringe and vacancies",
        0.6,
        _together("provider_contracts", "case_manager_salary", "supervisor_salary", "fringe_rate")
        | _together("provider_staff", "annual_salary")
        | {("provider_contracts", "vacancy_rate"): -1},
    ),
    Group(
        "County raises and benefits",
        0.3,
        _together("cost_of_living_adjustments", "rate")
        | _together("benefit_components", "rate")
        | _together("county_positions", "step_rate", "employee_benefit_rate", "monthly_benefit_amount", "overtime_benefit_rate")
        | _together("general", "cost_of_living_rate"),
    ),
    Group(
        "Prices, rates and rents",
        0.6,
        _together("general", "price_growth_rate")
        | _together("services_and_supplies", "monthly_amount", "amount_per_unit", "one_time_amount", "unit_price")
        | _together(
            "treatment_and_housing", "unit_rate", "monthly_subsidy", "monthly_services", "cost_per_added_place", "cost_per_placement"
        )
        | _together(
            "provider_contracts",
            "participant_assistance",
            "operating_cost",
            "start_up_cost",
            "escalation_rate",
            "fixed_monthly_amount",
            "fee_per_participant_month",
        ),
    ),
    Group(
        "Lead times and slips",
        0.5,
        _together("contracting_mechanisms", "lead_days")
        | _together("treatment_and_housing", "lead_days")
        | _together("sites", "slip_months")
        | _together("county_positions", "slip_months")
        | _together("provider_contracts", "slip_months", "start_up_months"),
    ),
)


@cache
def _of_fields() -> Mapping[tuple[str, str], tuple[Group, int]]:
    return {place: (group, sign) for group in GROUPS for place, sign in group.fields.items()}


def groups_of(numbers: tuple[UncertainNumber, ...]) -> Iterator[tuple[Group, list[tuple[int, int]]]]:
    """Yield each group that numbers belong to, with the position and the sign of each of them."""
    found: dict[str, list[tuple[int, int]]] = {}
    for position, number in enumerate(numbers):
        if (number.table, number.field) in _of_fields():
            group, sign = _of_fields()[number.table, number.field]
            found.setdefault(group.name, []).append((position, sign))
    for group in GROUPS:
        if group.name in found:
            yield group, found[group.name]


def share_of_factor(rank_correlation: float) -> float:
    """Return the part of each normal score's variance that the common factor has, for a rank correlation from 0 to 1.

    Of two normal distributions with the correlation r the rank correlation is 6 / pi * arcsin(r / 2).
    """
    return 2 * math.sin(math.pi / 6 * rank_correlation)
