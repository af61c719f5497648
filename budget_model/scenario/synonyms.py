"""What budgets call the fields of a scenario: a key that is not known is guessed by meaning before it is by letters.

Where a table has no such field because it is said in another one, the answer is which.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping

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
    "amount": ("monthly_amount", "award", "yearly_amount", "assigned_amount", "total_value", "printed"),
    "cost": ("monthly_amount", "unit_rate", "average_cost", "total_value"),
    "total": ("award", "monthly_amount", "total_value", "printed"),
    "value": ("total_value", "number", "printed"),
    "budget": ("award", "monthly_amount"),
    "grant": ("award",),
    "unit_cost": ("unit_price", "unit_rate"),
    "price": ("unit_price", "unit_rate"),
    "rate": ("unit_rate", "share", "hourly_pay", "number"),
    "daily": ("unit_rate",),
    "diem": ("unit_rate",),
    "effort": ("time_share",),
    "percent": ("share", "assigned_share", "need_share", "rate", "time_share"),
    "percentage": ("share", "assigned_share", "need_share", "rate", "time_share"),
    "limit": ("share", "ceiling", "at_most", "contract_limit"),
    "max": ("share", "ceiling", "at_most", "slots"),
    "cap": ("share", "ceiling", "at_most", "contract_limit"),
    "excludes": ("leaves_out",),
    "exclude": ("leaves_out",),
    "donor": ("giver",),
    "cash": ("pledged",),
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
    "object": ("object_class", "appropriation_class"),
    "funder": ("source",),
    "payer": ("source",),
    "covers": ("pays",),
    "use": ("pays",),
    "uses": ("pays",),
}
# A word of the field, by table, that is no field of it, and where it is said.
_A_PRODUCT = "a product such as 45 rides x $20 is a line of budget_lines, and each of its numbers a line of factors"
_PAY = "the pay of people is a line of county_positions; hours x a rate is a line of budget_lines with factors"
_OF_A_PART = "benefits of a part of each salary are a line of budget_lines whose factors are persons, dollars of each and the rate"
_FLAT = "an amount for each person is monthly_benefit_amount of the position, or a line of budget_lines with factors"
_FACTORS = "each number that multiplies is a line of factors, with budget_line, number and what it counts"
_AMOUNTS = "amounts are lines of amounts, with {0}, first_month, last_month and amount"
_BASES = "what a rate is of is said by lines of rate_bases"
PLAN = "plan"  # what stands beside the tables, as a table
ELSEWHERE: Mapping[str, Mapping[str, str]] = {
    PLAN: {
        **dict.fromkeys(("indirect", "overhead", "fee"), "indirect cost is a line of rates, and what it is of are lines of rate_bases"),
        **dict.fromkeys(("fringe", "benefits"), "benefits are employee_benefit_rate of a position, or a line of rates with rate_bases"),
        **dict.fromkeys(("award", "grant", "match"), "money is a line of funding_sources, with its award and its match"),
    },
    "services_and_supplies": {
        **dict.fromkeys(("rate", "quantity", "units", "count", "number", "price", "trips", "unit_cost"), _A_PRODUCT),
        **dict.fromkeys(("fringe", "benefits", "salary", "pay", "wage", "hours", "fte", "ftes"), _PAY),
        **dict.fromkeys(("yearly", "annual"), "a cost by year is a line of budget_lines, and each year's amount a line of amounts"),
    },
    "budget_lines": {
        **dict.fromkeys(("rate", "quantity", "units", "count", "number", "price", "hours", "unit_cost", "factor", "factors"), _FACTORS),
        **dict.fromkeys(("amount", "amounts", "cost", "total", "monthly", "yearly", "annual"), _AMOUNTS.format("budget_line")),
    },
    "provider_contracts": dict.fromkeys(("amount", "total", "yearly", "annual", "subaward", "budget"), _AMOUNTS.format("contract")),
    "rates": {"base": _BASES, "of": _BASES, "bases": _BASES},
    "rate_bases": dict.fromkeys(
        ("source", "funder", "payer", "award"),
        "a rate is of what lines cost, whoever pays: funding_assignments give a source its share of the rate",
    ),
    "benefit_components": {
        **dict.fromkeys(("ceiling", "limit", "cap", "wages", "maximum"), _OF_A_PART),
        **dict.fromkeys(("amount", "monthly", "annual", "cost", "premium"), _FLAT),
    },
    "funding_sources": {
        "cap": "the most that a source pays of a category is a line of caps",
        **dict.fromkeys(("match_rate", "match_percent"), "the match is said within the source: match: {rate: 20%}"),
    },
    "control_totals": dict.fromkeys(("line", "of"), "what the total is of is said by budget_line, position, contract, category or another"),
}
_UNITS = {"monthly": ("monthly_",), "annual": ("annual_", "yearly_"), "yearly": ("annual_", "yearly_"), "hourly": ("hourly_",)}
_ALIKE = 0.85  # of a word misspelt


def said_elsewhere(given: str, table: str, known: Collection[str]) -> str:
    """Return where what a key means is said, as a sentence after 'this key is not known.', or '' where the table has such a field."""
    words = _words(given)
    if any(word in known for word in (*words, "_".join(words))) and not set(words) & {"yearly", "annual"}:
        return ""
    found = next((ELSEWHERE[table][word] for word in ("_".join(words), *words) if word in ELSEWHERE.get(table, {})), "")
    return f" {found[0].upper()}{found[1:]}." if found else ""


def below_zero_elsewhere(table: str, given: str) -> str:
    """Return where an amount below zero is said, as the end of what is expected, or '' where the value is none."""
    below = table in ("services_and_supplies", "provider_contracts") and given.lstrip("'\"")[:1] in ("-", "(")
    return "; a saving is a line of budget_lines with may_be_below_zero: true" if below else ""


def meant_key(given: str, known: Collection[str]) -> str:
    """Return ' Did you mean ...?' for the known key that a given one stands for, or ''.

    It is the one that holds all its words, or is but misspelt, or is by another unit of time; then the one meant by a word of it; then
    the one most like it.
    """
    if len(given) > MOST_IN_A_NAME:
        return ""
    words = _words(given)
    whole = "_".join(words)
    holding = sorted((key for key in known if set(words) <= set(key.split("_"))), key=len)
    meant = _meant(whole, words, known)
    by_letters = [*holding, *_by_another_time(words, known), *(word for word in words if word in known), *_alike(whole, known)]
    found = [*meant, *by_letters] if whole in MEANT else [*by_letters, *meant]
    return f" Did you mean '{found[0]}'?" if found else near_name(given, list(known))


def _words(given: str) -> list[str]:
    return given.lower().replace("-", "_").replace(" ", "_").split("_")


def _by_another_time(words: list[str], known: Collection[str]) -> list[str]:
    """Return the keys that hold all of several words but for their unit of time."""
    rest = {word for word in words if word not in _UNITS}
    return sorted((key for key in known if rest <= set(key.split("_"))), key=len) if 1 < len(rest) < len(words) else []


def _alike(whole: str, known: Collection[str]) -> list[str]:
    return difflib.get_close_matches(whole, known, n=1, cutoff=_ALIKE)


def _meant(whole: str, words: list[str], known: Collection[str]) -> list[str]:
    """Return the keys that a word stands for; first those of the unit of time that another word names."""
    found = [key for word in (whole, *words) for key in MEANT.get(word, ()) if key in known]
    units = tuple(unit for word in words for unit in _UNITS.get(word, ()))
    return sorted(found, key=lambda key: not key.startswith(units)) if units else found
