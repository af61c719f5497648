"""What budgets call the fields of a scenario: a key that is not known is guessed by meaning before it is by letters.

Where a table has no such field because it is said in another one, the answer is which.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping

from budget_model.errors import MOST_IN_A_NAME

# A word of the field, and what a key that holds it may be, likeliest first.
MEANT: dict[str, tuple[str, ...]] = {
    "fringe": ("employee_benefit_rate", "fringe_rate"),
    "benefit": ("employee_benefit_rate", "fringe_rate"),
    "benefits": ("employee_benefit_rate", "fringe_rate"),
    "salary": ("monthly_salary", "annual_salary", "case_manager_salary"),
    "pay": ("monthly_salary", "annual_salary", "hourly_pay", "case_manager_salary"),
    "wage": ("hourly_pay",),
    "hours": ("hours_a_year", "quantity_given"),
    "fte": ("number", "minimum_case_managers"),
    "ftes": ("number", "minimum_case_managers"),
    "headcount": ("number",),
    "quantity": ("number", "places", "quantity_given", "driver", "amount"),
    "units": ("quantity_given", "units_a_day"),
    "number": ("quantity_given", "places", "amount"),
    "count": ("number", "places", "quantity_given"),
    "beds": ("places",),
    "amount": (
        "monthly_amount",
        "award",
        "yearly_amount",
        "assigned_amount",
        "total_value",
        "monthly_value",
        "printed",
        "pledged",
        "at_most",
    ),
    "cost": ("monthly_amount", "unit_rate", "average_cost", "total_value", "monthly_value", "amount"),
    "total": ("award", "monthly_amount", "total_value", "printed", "amount", "at_most"),
    "value": ("total_value", "printed", "amount"),
    "dollars": ("amount", "award", "monthly_amount", "assigned_amount", "total_value", "printed"),
    "budget": ("award", "monthly_amount"),
    "grant": ("award",),
    "unit_cost": ("unit_price", "unit_rate", "unit_value"),
    "cost_per_unit": ("unit_price", "unit_rate", "unit_value"),
    "price": ("unit_price", "unit_rate", "unit_value"),
    "rate": ("unit_rate", "share", "hourly_pay", "unit_value"),
    "daily": ("unit_rate",),
    "diem": ("unit_rate",),
    "effort": ("time_share",),
    "share": ("assigned_share", "time_share", "need_share"),
    "month": ("first_month", "hire_month"),
    "year": ("fiscal_year",),
    **dict.fromkeys(("description", "explanation", "computation", "justification", "notes", "note", "comment"), ("narrative",)),
    "percent": ("share", "assigned_share", "need_share", "rate", "time_share"),
    "percentage": ("share", "assigned_share", "need_share", "rate", "time_share"),
    "limit": ("share", "ceiling", "at_most", "contract_limit"),
    "max": ("share", "ceiling", "at_most", "limit", "contract_limit", "slots"),
    "maximum": ("share", "ceiling", "at_most", "limit", "contract_limit", "slots"),
    "cap": ("share", "ceiling", "at_most", "limit", "contract_limit"),
    "excludes": ("leaves_out",),
    "exclude": ("leaves_out",),
    "excluded": ("leaves_out",),
    "except": ("leaves_out",),
    "donor": ("giver",),
    "cash": ("pledged",),
    "fixed": ("fixed_monthly_amount",),
    "lat": ("latitude",),
    "lon": ("longitude",),
    "line": ("budget_line",),
    "unit": ("budget_unit", "department", "counts"),
    "where": ("printed_in",),
    "page": ("printed_in",),
    "source_page": ("printed_in",),
    "cfda": ("assistance_listing",),
    "match": ("paid_by",),
    "start": ("go_live", "hire_month", "first_month", "effective"),
    "starts": ("go_live", "hire_month", "first_month", "effective"),
    "begin": ("go_live", "hire_month", "first_month", "effective"),
    "begins": ("go_live", "hire_month", "first_month", "effective"),
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
_COUNTED = "each number is said by number, and what it counts by counts, such as number: $20, counts: dollars a ride"
_BASES = "what a rate is of is said by lines of rate_bases"
_INDIRECT = "indirect cost is a line of rates, and what it is of are lines of rate_bases"
PLAN = "plan"  # what stands beside the tables, as a table
ELSEWHERE: Mapping[str, Mapping[str, str]] = {
    PLAN: {
        **dict.fromkeys(("indirect", "overhead", "fee"), _INDIRECT),
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
    "factors": {
        **dict.fromkeys(("amount", "cost", "price", "rate", "value", "total", "percent", "percentage", "dollars"), _COUNTED),
        **dict.fromkeys(("quantity", "units", "hours", "days", "months", "trips", "people", "persons", "miles"), _COUNTED),
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
    "funding_sources": {"cap": "the most that a source pays of a category is a line of caps"},
    "control_totals": dict.fromkeys(("line", "of"), "what the total is of is said by budget_line, position, contract, category or another"),
}
_STAFF = (
    "case managers are said by caseload and case_manager_salary; other staff are lines of provider_staff, with number and annual_salary"
)
_ONE_COST = (
    "a cost of each month is monthly_amount, one that comes once one_time_amount; amounts by year are a line of budget_lines with amounts"
)
_BY_YEAR = "a number that differs by year is said by lines of amounts, with factor, first_month, last_month and amount"
_ROUNDED = "what it is rounded to is said by rounded_to (cent, dollar), and which way by rounding_mode"
_A_LINE = "the line is named by position, contract, service, care{0} or budget_line"
_MONTHS = "the months are first_month and last_month, such as first_month: 2019-07, last_month: 2020-06"
_PAYERS = dict.fromkeys(
    ("funder", "source", "grant", "fund", "column", "federal", "state", "federal_share", "state_share", "local_share", "match"),
    "who pays a line is said by lines of funding_assignments, with source and assigned_share or assigned_amount",
)
_MATCH = "the match is said within the source: match: {0}"
# A whole key that means this by itself, though a part of it may be a field, or mean another with more words.
BY_ITSELF: Mapping[str, Mapping[str, str]] = {
    "county_positions": {
        **dict.fromkeys(
            ("pay", "salary", "base_salary", "wage", "wages", "compensation", "rate", "amount", "cost", "total"),
            "the pay of one, full time, is monthly_salary, annual_salary, or hourly_pay with hours_a_year",
        ),
        **_PAYERS,
    },
    "provider_contracts": {
        **dict.fromkeys(("rate", "quantity", "hours", "units", "unit_cost", "unit_price", "unit_rate", "price"), _A_PRODUCT),
        **dict.fromkeys(("number", "fte", "ftes", "staff", "positions", "salary", "pay"), _STAFF),
        "cost": _AMOUNTS.format("contract"),
        **_PAYERS,
    },
    "services_and_supplies": {
        **dict.fromkeys(("amount", "cost", "total", "total_cost", "amount_requested", "budget", "dollars", "value"), _ONE_COST),
        **_PAYERS,
        **dict.fromkeys(("indirect", "overhead", "indirect_rate", "percent", "percentage"), _INDIRECT),
    },
    "budget_lines": {
        **dict.fromkeys(("budget", "dollars", "value"), _AMOUNTS.format("budget_line")),
        **_PAYERS,
        **dict.fromkeys(("cost_per_unit", "trips", "persons", "people"), _FACTORS),
        **dict.fromkeys(("indirect", "overhead", "indirect_rate", "percent", "percentage"), _INDIRECT),
        **dict.fromkeys(("rounding", "rounded"), _ROUNDED),
    },
    "factors": dict.fromkeys(("year", "years", "fiscal_year", "amounts", "first_month", "last_month"), _BY_YEAR),
    "amounts": {
        "line": "what the amount is of is named by budget_line, factor, contract, position or source",
        **dict.fromkeys(("year", "years", "fiscal_year", "grant_year", "month", "months", "quarter"), _MONTHS),
        **dict.fromkeys(("service", "care"), "a cost by year is a line of budget_lines, and each year's amount a line of amounts"),
    },
    "rates": {
        **dict.fromkeys(
            ("amount", "cost", "total", "dollars"),
            "a rate is of its rate_bases, and at_most the most it comes to; amounts are lines of services_and_supplies or budget_lines",
        ),
        **dict.fromkeys(("rounding", "rounded"), _ROUNDED),
        **_PAYERS,
    },
    "treatment_and_housing": {
        **dict.fromkeys(
            ("amount", "total", "total_cost", "annual_cost", "yearly_cost"),
            "what one costs is unit_rate, monthly_subsidy or monthly_services; an amount for all of them is a line of budget_lines",
        ),
        **_PAYERS,
    },
    "rate_bases": {
        **dict.fromkeys(("line", "lines", "base", "of"), f"{_A_LINE.format('')}; several by category, object_class or all_lines: true"),
        **dict.fromkeys(("percent", "percentage", "share"), "the percentage is rate of the line of rates; here rate is its name"),
        **dict.fromkeys(
            ("equipment", "category_excluded", "excluded_category", "excludes_category"),
            "what is left out is a base of its own: category: Equipment, leaves_out: true",
        ),
    },
    "funding_sources": {
        **dict.fromkeys(("match_rate", "match_percent", "match_percentage", "match_share"), _MATCH.format("{rate: 20%}")),
        **dict.fromkeys(("match_amount", "cash_match", "matching_funds"), _MATCH.format("{rate: 20%, pledged: 50_000}")),
        **dict.fromkeys(
            ("federal", "state", "local", "private", "funder"), "whose money it is, Federal, State, Local or Private, is funder_type"
        ),
        "in_kind": _MATCH.format("{rate: 20%, in_kind_pledged: 50_000}"),
    },
    "funding_assignments": {
        "line": f"{_A_LINE.format(', rate')}; several by site and category",
        **dict.fromkeys(
            ("column", "federal", "state", "local", "nonfederal"),
            "a column is a source, named by source; paid_by says whether with its match, alone, or its cash match",
        ),
    },
}
_UNITS = {"monthly": ("monthly_",), "annual": ("annual_", "yearly_"), "yearly": ("annual_", "yearly_"), "hourly": ("hourly_",)}
_ALIKE = 0.8  # of a word misspelt; what is less alike means another thing: price is no pace, inflation no justification
_MEASURES = frozenset({"rate", "share", "amount", "unit", "cost", "month", "months", "year", "number"})  # say nothing of which field


def said_elsewhere(given: str, table: str, known: Collection[str]) -> str:
    """Return where what a key means is said, as a sentence after 'this key is not known.', or '' where the table has such a field."""
    words = _words(given)
    whole = "_".join(words)
    found = BY_ITSELF.get(table, {}).get(whole, "")
    if not found and not any(word in known for word in (*words, whole) if not set(words) & {"yearly", "annual"}):
        found = next((ELSEWHERE[table][word] for word in (whole, *words) if word in ELSEWHERE.get(table, {})), "")
    return f" {found[0].upper()}{found[1:]}." if found else ""


def below_zero_elsewhere(table: str, given: str) -> str:
    """Return where an amount below zero is said, as the end of what is expected, or '' where the value is none."""
    below = table in ("services_and_supplies", "provider_contracts") and given.lstrip("'\"")[:1] in ("-", "(")
    return "; a saving is a line of budget_lines with may_be_below_zero: true" if below else ""


def meant_key(given: str, known: Collection[str]) -> str:
    """Return ' Did you mean ...?' for the known key that a given one stands for, or ''.

    It is the one that holds all its words, is by another unit of time, or is but misspelt; then the one meant by a word of it.
    """
    if len(given) > MOST_IN_A_NAME:
        return ""
    words = _words(given)
    whole = "_".join(words)
    holding = [] if whole in _MEASURES else sorted((key for key in known if set(words) <= set(key.split("_"))), key=len)
    meant = _meant(whole, words, known)
    by_letters = [*holding, *_by_another_time(words, known), *(word for word in words if word in known), *_alike(whole, known)]
    found = [*meant, *by_letters] if whole in MEANT else [*by_letters, *meant]
    return f" Did you mean '{found[0]}'?" if found else ""


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
    found = [key for word in ([whole] if whole in MEANT else words) for key in MEANT.get(word, ()) if key in known]
    units = tuple(unit for word in words for unit in _UNITS.get(word, ()))
    return sorted(found, key=lambda key: not key.startswith(units)) if units else found
