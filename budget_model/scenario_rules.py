"""What must hold between the parts of a scenario. Each rule is a function that yields the problems it finds.

To add a rule, write the function and add it to `RULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from budget_model.assumption import Assumption
from budget_model.errors import Problem, near_name
from budget_model.scenario import PROGRAM_WIDE, Driver, Item, Scenario
from budget_model.timeline import month_label

Finding = tuple[str, str, str]  # place, what is given, what was expected
Names = frozenset[tuple[str, str]]


def broken_rules(scenario: Scenario, file: str, names: Names) -> Iterator[Problem]:
    """Yield every broken rule; `names` are the (table, name) pairs of the file, including items that are wrong."""
    for rule in RULES:
        for place, given, expected in rule(scenario, names):
            yield Problem(file, place, given, expected)


def _items(scenario: Scenario) -> Iterator[tuple[str, Item]]:
    for table, items in scenario.tables.items():
        for item in items:
            yield f"{table}[{item.name}]", item


def _names_are_unique(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for table, items in scenario.tables.items():
        seen: set[str] = set()
        for item in items:
            if item.name.lower() in seen:
                yield f"{table}[{item.name}]", "named twice", "expected a name of its own (capitals do not count)"
            seen.add(item.name.lower())
            if table == "sites" and item.name.lower() == PROGRAM_WIDE.lower():
                yield f"sites[{item.name}]", repr(item.name), "this name stands for costs of no single site"


def _references_exist(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for place, item in _items(scenario):
        for field, table in (("site", "sites"), ("contract", "provider_contracts")):
            name = getattr(item, field, None)
            allowed_anyway = field == "site" and name == PROGRAM_WIDE and not place.startswith("provider_contracts")
            if name is None or allowed_anyway or (table, name) in names:
                continue
            known = sorted(known for where, known in names if where == table)
            yield f"{place}.{field}", repr(name), f"expected the name of an entry of {table}.{near_name(name, known)}"


def _months_are_in_order(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for place, item in _items(scenario):
        last = getattr(item, "last_month", None)
        start = "hire_month" if hasattr(item, "hire_month") else "first_month"
        if last is not None and _day(last) < _day(getattr(item, start)):
            yield f"{place}.last_month", month_label(_day(last)), f"expected {month_label(_day(getattr(item, start)))} ({start}) or later"


def _months_are_in_the_scenario(scenario: Scenario, names: Names) -> Iterator[Finding]:
    timeline = scenario.timeline
    span = f"expected a month of the scenario, {month_label(timeline.first)} to {month_label(timeline.last)}"
    for place, item in _items(scenario):
        for field in ("go_live", "hire_month", "first_month"):
            begins = getattr(item, field, None)
            if begins is not None and not timeline.first <= _day(begins) <= timeline.last:
                yield f"{place}.{field}", month_label(_day(begins)), span


def _drivers_have_a_ratio(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for position in scenario.county_positions:
        place = f"county_positions[{position.name}]"
        counted, each = position.driver is not Driver.NONE, position.one_per.value
        if counted and not each:
            yield f"{place}.one_per", "0", f"expected the number of {position.driver} for each position"
        if not counted and each:
            yield f"{place}.driver", "none", "expected what one_per counts, such as 'active participants'"
    for service in scenario.services_and_supplies:
        if service.driver is Driver.NONE and service.amount_per_unit.value:
            yield f"services_and_supplies[{service.name}].driver", "none", "expected what amount_per_unit counts"


def _participants_have_a_place(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for site in scenario.sites:
        present, place = site.starting_participants.value, f"sites[{site.name}].starting_participants"
        if present and _day(site.go_live) != scenario.first_month:
            expected = f"expected 0: the site opens {month_label(_day(site.go_live))}, after the scenario begins"
            yield place, f"{present:g}", expected
        if present > site.slots.value:
            yield place, f"{present:g}", f"expected at most the site's {site.slots.value:g} slots"


def _participants_are_served_once(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for site in scenario.sites:
        shares = [(contract, contract.participant_share.value) for contract in scenario.provider_contracts if contract.site == site.name]
        for month in scenario.timeline.months:
            served = sum(share for contract, share in shares if _runs(contract.first_month, contract.last_month, month))
            if served > 1.000_001:
                found = f"{served:.0%} in {month_label(month)}"
                yield f"sites[{site.name}]", found, "expected the participant_share of its contracts to add up to 100% or less"
                break


def _day(month: Assumption) -> date:
    assert isinstance(month.value, date)
    return month.value


def _runs(first: Assumption, last: Assumption | None, month: date) -> bool:
    return _day(first) <= month and (last is None or month <= _day(last))


RULES: tuple[Callable[[Scenario, Names], Iterator[Finding]], ...] = (
    _names_are_unique,
    _references_exist,
    _months_are_in_order,
    _months_are_in_the_scenario,
    _drivers_have_a_ratio,
    _participants_have_a_place,
    _participants_are_served_once,
)
