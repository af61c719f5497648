"""What budgets call the fields of a scenario: a key that is not known is guessed by meaning before it is by letters."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from budget_model.errors import MOST_IN_A_NAME, near_name

# A word of the field, and what a key that holds it may be, likeliest first.
MEANT: dict[str, tuple[str, ...]] = {
    "fringe": ("employee_benefit_rate", "fringe_rate"),
    "benefit": ("employee_benefit_rate", "fringe_rate"),
    "benefits": ("employee_benefit_rate", "fringe_rate"),
    "salary": ("monthly_salary", "annual_salary", "case_manager_salary"),
    "pay": ("monthly_salary", "annual_salary", "hourly_pay", "case_manager_salary"),
    "wage": ("hourly_pay",),
    "hours": ("hours_a_year",),
    "fte": ("number", "minimum_case_managers"),
    "ftes": ("number", "minimum_case_managers"),
    "headcount": ("number",),
    "quantity": ("number", "places", "driver"),
    "count": ("number", "places"),
    "beds": ("places",),
    "amount": ("monthly_amount", "award", "yearly_amount", "assigned_amount"),
    "cost": ("monthly_amount", "unit_rate", "average_cost"),
    "total": ("award", "monthly_amount", "one_time_amount"),
    "budget": ("award", "monthly_amount"),
    "grant": ("award",),
    "unit_cost": ("unit_price", "unit_rate"),
    "price": ("unit_price", "unit_rate"),
    "rate": ("unit_rate", "amount_per_unit", "share"),
    "daily": ("unit_rate",),
    "percent": ("share", "assigned_share", "need_share"),
    "percentage": ("share", "assigned_share", "need_share"),
    "limit": ("share", "ceiling"),
    "max": ("share", "ceiling", "slots"),
    "cap": ("share", "ceiling"),
    "fixed": ("fixed_monthly_amount",),
    "lat": ("latitude",),
    "lon": ("longitude",),
    "line": ("service", "position"),
    "unit": ("budget_unit", "department"),
    "start": ("go_live", "hire_month", "first_month"),
    "starts": ("go_live", "hire_month", "first_month"),
    "begin": ("go_live", "hire_month", "first_month"),
    "begins": ("go_live", "hire_month", "first_month"),
    "opens": ("go_live",),
    "hired": ("hire_month",),
    "first_month": ("hire_month", "go_live"),
    "end": ("last_month",),
    "ends": ("last_month",),
    "expires": ("last_month",),
    "capacity": ("slots", "places"),
    "participants": ("slots",),
    "indirect": ("indirect_rate", "claimable_indirect_rate"),
    "overhead": ("indirect_rate", "claimable_indirect_rate"),
    "referrals": ("social_contact_referrals",),
    "object": ("appropriation_class",),
    "funder": ("source",),
    "payer": ("source",),
    "covers": ("pays",),
    "use": ("pays",),
    "uses": ("pays",),
}
_UNITS = {"monthly": ("monthly_",), "annual": ("annual_", "yearly_"), "yearly": ("annual_", "yearly_"), "hourly": ("hourly_",)}
_ALIKE = 0.85  # of a word misspelt


def meant_key(given: str, known: Collection[str]) -> str:
    """Return ' Did you mean ...?' for the known key that a given one stands for, or ''.

    It is the one that holds all its words, or is but misspelt; then the one meant by a word of it; then the one most like it.
    """
    if len(given) > MOST_IN_A_NAME:
        return ""
    whole = given.lower().replace("-", "_").replace(" ", "_")
    words = whole.split("_")
    holding = sorted((key for key in known if set(words) <= set(key.split("_"))), key=len)
    meant = _meant(whole, words, known)
    by_letters = [*holding, *(word for word in words if word in known), *_alike(whole, known)]
    found = [*meant, *by_letters] if whole in MEANT else [*by_letters, *meant]
    return f" Did you mean '{found[0]}'?" if found else near_name(given, list(known))


def _alike(whole: str, known: Collection[str]) -> list[str]:
    return difflib.get_close_matches(whole, known, n=1, cutoff=_ALIKE)


def _meant(whole: str, words: list[str], known: Collection[str]) -> list[str]:
    """Return the keys that a word stands for; first those of the unit of time that another word names."""
    found = [key for word in (whole, *words) for key in MEANT.get(word, ()) if key in known]
    units = tuple(unit for word in words for unit in _UNITS.get(word, ()))
    return sorted(found, key=lambda key: not key.startswith(units)) if units else found
