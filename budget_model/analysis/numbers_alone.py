"""Numbers that come to nothing because another, by which they are multiplied, is 0: hours of overtime without pay for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from budget_model.editing.blank_items import BLANK_NOTE
from budget_model.formats import in_unit
from budget_model.scenario.assumption import declared
from budget_model.scenario.choices import Payment
from budget_model.scenario.schema import Contract, General, Item, Scenario
from budget_model.scenario.tables import MODELS


class NumberAlone(NamedTuple):
    """A number of an item that comes to nothing: the table and name of the item, and what there is to say."""

    table: str
    item: str
    words: str


# A number of a table, the other that it needs, and what it comes to with it.
_NEEDED = (
    ("county_positions", "overtime_hours_a_year", "overtime_hourly_pay", "cost"),
    ("county_positions", "overtime_hourly_pay", "overtime_hours_a_year", "cost"),
    ("county_positions", "hours_a_year", "hourly_pay", "cost"),
    ("provider_contracts", "caseload", "case_manager_salary", "cost"),
    ("provider_contracts", "supervisor_span", "supervisor_salary", "cost"),
    ("treatment_and_housing", "units_a_day", "unit_rate", "cost"),
    ("treatment_and_housing", "cost_per_added_place", "added_places", "cost"),
)
_BY_RATE, _RATE = "homeless_people", "officer_referrals_per_100_homeless_people"


def numbers_alone(scenario: Scenario) -> Iterator[NumberAlone]:
    """Yield each number that is given, is not 0 and comes to nothing, for the other that it needs is 0.

    Where a contract is paid what is agreed, what its staff earn is the provider's own affair.
    """
    for table, field, other, comes_to in _NEEDED:
        for item in scenario.tables[table]:
            is_agreed = isinstance(item, Contract) and item.payment is not Payment.COST_REIMBURSEMENT
            if not is_agreed and _stands_alone(item, field) and not getattr(item, other).value:
                yield NumberAlone(table, item.name, _words(item, field, _label(MODELS[table], other), comes_to))
    if not getattr(scenario.general, _RATE).value:
        for site in scenario.sites:
            if _stands_alone(site, _BY_RATE):
                yield NumberAlone("sites", site.name, _words(site, _BY_RATE, _label(General, _RATE), "referrals"))


def _stands_alone(item: Item, field: str) -> bool:
    given = getattr(item, field)
    return bool(given.is_given and given.value) and given.note != BLANK_NOTE


def _words(item: Item, field: str, other: str, comes_to: str) -> str:
    given = getattr(item, field)
    return f"'{_label(type(item), field)}', {in_unit(given.value, given.unit)}, comes to no {comes_to} while '{other}' is 0."


def _label(model: type[Item] | type[General], field: str) -> str:
    about = declared(model.model_fields[field])
    assert about is not None
    return about.label
