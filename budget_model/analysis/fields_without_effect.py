"""What a scenario says that has no effect: fields that count only beside another one, which is not given.

Nothing is refused for it, for a number may stand at 0 for a while; but nothing that was typed is passed over in silence. What can only be
meant otherwise, such as a way of rounding where nothing is rounded, the rules refuse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from budget_model.editing.blank_items import BLANK_NOTE
from budget_model.formats import worded
from budget_model.scenario.assumption import Assumption
from budget_model.scenario.choices import USUALLY_PAID_BY_PLACE, AmountOf, CarePaidBy, Payment
from budget_model.scenario.fields import field_from
from budget_model.scenario.schema import Scenario

_PAY = ("monthly_salary", "annual_salary", "hourly_pay")
_OF_A_PURCHASE: Mapping[str, tuple[str, ...]] = {"purchased_share": ("purchased_by",)}
# By table, or part of a scenario: the field, and those of which one must say something for it to count.
ONLY_WITH: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "rounding": {"mode": ("to",), "applies_to": ("to",)},
    "general": {
        "price_growth_month": ("price_growth_rate",),
        "arrest_share_of_officer_referrals": ("officer_referrals_per_100_homeless_people",),
        "newly_eligible_share": ("medi_cal_eligible_share",),
    },
    "county_positions": {
        "hours_a_year": ("hourly_pay",),
        "top_step_multiple": ("step_rate",),
        "overtime_hours_a_year": ("overtime_hourly_pay",),
        "overtime_hourly_pay": ("overtime_hours_a_year",),
        "employee_benefit_rate": _PAY,
        **_OF_A_PURCHASE,
    },
    "provider_contracts": {"indirect_cap": ("indirect_rate",), "request_month": ("mechanism",), **_OF_A_PURCHASE},
    "services_and_supplies": {"driver": ("amount_per_unit",), "one_time_grows": ("one_time_amount",), **_OF_A_PURCHASE},
    "budget_lines": {"escalation": ("escalation_rate",), **_OF_A_PURCHASE},
    "rates": _OF_A_PURCHASE,
    "treatment_and_housing": {
        "order_month": ("added_places",),
        "lead_days": ("added_places",),
        "cost_per_added_place": ("added_places",),
        "units_a_day": ("unit_rate",),
        **_OF_A_PURCHASE,
    },
    "funding_sources": {"driver": ("amount_per_unit",), "carries_over": ("yearly_amount",)},
    "funding_assignments": {"category": ("site",)},
    "outcomes": {"cashable_share": ("average_cost",)},
    "in_kind_contributions": {"quantity_given": ("unit_value",), "unit_value": ("quantity_given",), "counts": ("quantity_given",)},
}
_BENEFITS = ("county_positions", "employee_benefit_rate")  # of pay that may also be said by year or month


@dataclass(frozen=True)
class WithoutEffect:
    """A field that has no effect: its table or part and item ('' for none), and in words what stands there and what is missing."""

    table: str
    item: str
    words: str


def fields_without_effect(scenario: Scenario) -> Iterator[WithoutEffect]:
    """Yield every field of a scenario that says something and has no effect."""
    paid_by_month = {amount.position for amount in scenario.amounts}
    for table, fields in ONLY_WITH.items():
        part = getattr(scenario, table)
        for one in part if isinstance(part, tuple) else (part,):
            for field, others in fields.items():
                if (table, field) == _BENEFITS and one.name in paid_by_month:
                    continue
                if _says(one, field) and not any(_says(one, other) for other in others):
                    missing = " or ".join(f"'{_label(one, other)}'" for other in others)
                    yield WithoutEffect(table, getattr(one, "name", ""), _words(one, field, missing))
    yield from _beside_other_tables(scenario)


def _beside_other_tables(scenario: Scenario) -> Iterator[WithoutEffect]:
    """Yield fields that count only beside lines of another table."""
    by_rate = "officer_referrals_per_100_homeless_people"
    for site in scenario.sites:
        if site.homeless_people.value and not _says(scenario.general, by_rate):
            yield WithoutEffect("sites", site.name, _words(site, "homeless_people", f"'{_label(scenario.general, by_rate)}'"))
    yield from _staff_without_salaries(scenario)
    for care in scenario.treatment_and_housing:
        by_place = care.paid_by is CarePaidBy.PLACES or (care.paid_by is CarePaidBy.USUAL and care.kind in USUALLY_PAID_BY_PLACE)
        if by_place and _says(care, "guaranteed_places"):
            yield WithoutEffect(
                "treatment_and_housing", care.name, _words(care, "guaranteed_places", "payment by people: every place is paid")
            )
    for rate in scenario.rates:
        if rate.rate.value < 0 and _says(rate, "at_most"):
            yield WithoutEffect("rates", rate.name, _words(rate, "at_most", "a rate above zero: this one is a credit"))
    multiplied = {factor.budget_line for factor in scenario.factors}
    by_month = {amount.budget_line for amount in scenario.amounts}
    for line in scenario.budget_lines:
        if line.amount_is is not AmountOf.ALL_MONTHS and line.name in by_month - multiplied:
            yield WithoutEffect("budget_lines", line.name, _words(line, "amount_is", "factors: its amounts say their months"))
        for field in ("escalation_rate", "rounded_to"):
            if line.name not in multiplied and _says(line, field):
                yield WithoutEffect("budget_lines", line.name, _words(line, field, "factors: its amounts are as they are typed"))


def _staff_without_salaries(scenario: Scenario) -> Iterator[WithoutEffect]:
    """Yield what contracts say of staff who earn nothing; how many there are is the provider's affair where the payment is agreed."""
    paid = {staff.contract for staff in scenario.provider_staff if staff.annual_salary.value}
    for contract in scenario.provider_contracts:
        if contract.payment is Payment.COST_REIMBURSEMENT:
            for number, salary in (("caseload", "case_manager_salary"), ("supervisor_span", "supervisor_salary")):
                given = getattr(contract, number)
                if given.is_given and given.value and given.note != BLANK_NOTE and not _says(contract, salary):
                    said = _words(contract, number, f"'{_label(contract, salary)}'", "comes to no cost")
                    yield WithoutEffect("provider_contracts", contract.name, said)
        if contract.name in paid or contract.case_manager_salary.value or contract.supervisor_salary.value:
            continue
        for field in ("fringe_rate", "vacancy_rate"):
            if _says(contract, field):
                yield WithoutEffect("provider_contracts", contract.name, _words(contract, field, "a salary of its staff"))


def _says(one: BaseModel, field: str) -> bool:
    """Whether a field says something else than what holds where it is left out."""
    given, default = getattr(one, field), _default(type(one), field)
    if isinstance(given, Assumption):
        return bool(given.value != (default.value if isinstance(default, Assumption) else 0))
    return bool(given != default)


@cache
def _default(model: type[BaseModel], field: str) -> Any:
    """Return what holds where a field is left out; read once, for each reading makes a copy, and a page asks for hundreds."""
    return model.model_fields[field].get_default()


def _label(one: BaseModel, field: str) -> str:
    return field_from(field, type(one).model_fields[field]).label


def _words(one: BaseModel, field: str, missing: str, what: str = "has no effect") -> str:
    given = getattr(one, field)
    shown = worded(given.value, given.unit) if isinstance(given, Assumption) else "yes" if given is True else str(given)
    return f"{_label(one, field)}, {shown}, {what} without {missing}."
