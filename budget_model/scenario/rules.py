"""What must hold between the parts of a scenario. Each rule is a function that yields the problems it finds.

To add a rule, write the function and add it to `RULES`; those of funding stand in `funding_rules.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from budget_model.engine.names import folded
from budget_model.errors import Problem, near_name
from budget_model.formats import worded, written
from budget_model.scenario.assumption import Assumption, MonthAssumption
from budget_model.scenario.choices import NO_ITEM, PROGRAM_WIDE, CareKind, Driver, Payment, SourceConfidence
from budget_model.scenario.declarations import named_in
from budget_model.scenario.form_rules import FORM_RULES
from budget_model.scenario.funding_rules import FUNDING_RULES
from budget_model.scenario.group_rules import GROUP_RULES
from budget_model.scenario.names import expected_of_word_for_none
from budget_model.scenario.rule import SHARES_ADD_UP_WITHIN, Finding, Names, Rule, Same
from budget_model.scenario.schema import Item, Scenario
from budget_model.scenario.signs import expected_without, unusable_sign
from budget_model.scenario.tables import nameable
from budget_model.scenario.term_rules import TERM_RULES
from budget_model.timeline import LAST_YEAR, month_label

HERE = "this scenario"


def broken_rules(scenario: Scenario, file: str, names: Names) -> Iterator[Problem]:
    """Yield every broken rule; `names` are the (table, name) pairs of the file, including items that are wrong."""
    for rule in RULES:
        for place, given, expected in rule(scenario, names):
            yield Problem(file, place, given, expected)


def problems_of(scenario: Scenario) -> tuple[Problem, ...]:
    """Return every broken rule of a scenario that was read."""
    return _problems_of(Same(scenario))


@lru_cache(maxsize=16)  # a change is checked, and what a scenario breaks is shown beside it: the same twice
def _problems_of(same: Same) -> tuple[Problem, ...]:
    names = frozenset((table, item.name) for table, items in same.it.tables.items() for item in items)
    return tuple(broken_rules(same.it, HERE, names))


def _items(scenario: Scenario) -> Iterator[tuple[str, Item]]:
    for table, items in scenario.tables.items():
        for item in items:
            yield f"{table}[{item.name}]", item


def _texts_can_be_shown(scenario: Scenario, names: Names) -> Iterator[Finding]:
    if not any(_holds_unusable_sign(Same(part)) for part in (scenario, scenario.general, *scenario.tables.values())):
        return
    parts: list[tuple[str, object]] = [("", scenario), ("general.", scenario.general)]
    for above, part in [*parts, *((f"{place}.", item) for place, item in _items(scenario))]:
        for key, value in vars(part).items():
            within = vars(value) if isinstance(value, Assumption) else {"": value}
            for inner, text in within.items():
                if isinstance(text, str) and (found := unusable_sign(text)):
                    yield f"{above}{key}.{inner}".rstrip("."), "a text", expected_without(found[0])


@lru_cache(maxsize=256)  # a change leaves most tables as they are
def _holds_unusable_sign(same: Same) -> bool:
    values = [value for part in (same.it if isinstance(same.it, tuple) else (same.it,)) for value in vars(part).values()]
    within: set[object] = set().union(*(vars(value).values() for value in values if isinstance(value, Assumption)))
    return unusable_sign("".join(text for text in (*within, *values) if isinstance(text, str))) is not None


def _names_are_told_apart(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for table, items in scenario.tables.items():
        first: dict[str, str] = {}
        for item in items:
            place, other = f"{table}[{item.name}]", first.get(folded(item.name))
            first.setdefault(folded(item.name), item.name)
            if expected := expected_of_word_for_none(item.name):
                yield place, repr(item.name), expected
            elif other is not None:
                alike = "" if other == item.name else f": capitals, spaces and the like do not tell it from '{other}'"
                yield place, "named twice", f"expected a name of its own{alike}"


def _units_buy_from_others(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for place, item in _items(scenario):
        unit, buyer = (item.table.keys.get(key, "") for key in ("budget_unit", "buyer"))
        if buyer and folded(getattr(item, buyer)) == folded(getattr(item, unit)):
            yield f"{place}.{buyer}", repr(getattr(item, buyer)), f"expected another unit than its own {unit}, or {NO_ITEM}"


def _references_exist(scenario: Scenario, names: Names) -> Iterator[Finding]:
    by_table: dict[str, set[str]] = {}
    for table, name in names:
        by_table.setdefault(table, set()).add(name)
    for place, item in _items(scenario):
        for field, reference in item.table.references.items():
            if reference.by == "name":
                known, expected = by_table.get(reference.table, set()), f"the name of an entry of {reference.table}"
            else:
                known, expected = set(nameable(scenario, reference)), f"the {reference.by} of some {reference.table}"
            for name in named_in(item, field):
                if name not in known and name != (reference.none or None):
                    could_be = sorted(known | {reference.none} - {""})
                    alike = next((other for other in could_be if folded(other) == folded(name)), name)
                    yield f"{place}.{field}", repr(name), f"expected {expected}.{near_name(alike, could_be)}"


def _months_are_in_order(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for place, item in _items(scenario):
        last = vars(item).get("last_month")
        start = "hire_month" if "hire_month" in vars(item) else "first_month"
        if last is not None and last.day < getattr(item, start).day:
            yield f"{place}.last_month", month_label(last.day), f"expected {month_label(getattr(item, start).day)} ({start}) or later"


def _months_are_in_the_scenario(scenario: Scenario, names: Names) -> Iterator[Finding]:
    timeline = scenario.timeline
    if timeline.last.year > LAST_YEAR:
        yield "months", f"{scenario.months}", f"expected months up to {LAST_YEAR}-12; these end with {month_label(timeline.last)}"
    span = f"expected a month of the scenario, {month_label(timeline.first)} to {month_label(timeline.last)}"
    for place, item in _items(scenario):
        for field in ("go_live", "hire_month", "first_month"):
            begins = vars(item).get(field)
            if begins is not None and not timeline.first <= begins.day <= timeline.last:
                yield f"{place}.{field}", month_label(begins.day), span


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
    for source in scenario.funding_sources:
        if source.driver is Driver.NONE and source.amount_per_unit.value:
            yield f"funding_sources[{source.name}].driver", "none", "expected what amount_per_unit counts"
    for care in scenario.treatment_and_housing:
        if care.driver is Driver.NONE:
            yield f"treatment_and_housing[{care.name}].driver", "none", "expected whose need it is, such as 'homeless entrants'"
    counted_as_a_whole = Driver.ENTRANTS_WITH_SUBSTANCE_USE_DISORDER
    for place, item in _items(scenario):
        if vars(item).get("driver") is counted_as_a_whole and vars(item).get("site", PROGRAM_WIDE) != PROGRAM_WIDE:
            yield f"{place}.driver", repr(str(counted_as_a_whole)), "expected 'enrollments' with a smaller share: it is not counted by site"


def _pay_has_one_basis(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for position in scenario.county_positions:
        place = f"county_positions[{position.name}]"
        given = [field for field in ("monthly_salary", "annual_salary", "hourly_pay") if getattr(position, field).value]
        if len(given) > 1:
            yield place, " and ".join(given), "expected pay by the month, by the year or by the hour"
        if position.hourly_pay.value and not position.hours_a_year.value:
            yield f"{place}.hours_a_year", "0", "expected the hours paid in a year"
        for field in ("employee_benefit_rate", "overtime_benefit_rate"):
            if position.benefit_plan != NO_ITEM and getattr(position, field).value:
                found = written(getattr(position, field).value)
                yield f"{place}.{field}", found, "expected 0: the components of its benefit_plan say the rates"


def _salary_savings_are_said_once(scenario: Scenario, names: Names) -> Iterator[Finding]:
    said: set[str] = set()
    for savings in scenario.salary_savings:
        if not savings.filled_rate.value and not savings.other_rate.value:
            continue  # a line that is still to be filled in
        if savings.department in said:
            yield f"salary_savings[{savings.name}].department", repr(savings.department), "expected one line for each department"
        said.add(savings.department)
    for position in scenario.county_positions:
        if position.department in said and position.salary_savings_rate.value:
            found, expected = written(position.salary_savings_rate.value), "expected 0: salary_savings says the rate of its department"
            yield f"county_positions[{position.name}].salary_savings_rate", found, expected


def _referrals_are_of_eligible_people(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for site in scenario.sites:
        by_rate = site.homeless_people.value * scenario.general.officer_referrals_per_100_homeless_people.value
        coming = site.pre_booking_referrals.value + site.social_contact_referrals.value + site.community_referrals.value + by_rate
        if coming and not site.eligible_people.value + site.newly_eligible_people.value:
            yield f"sites[{site.name}].eligible_people", "0", "expected an estimate of the people of the area who are eligible"


def _payments_have_amounts(scenario: Scenario, names: Names) -> Iterator[Finding]:
    fields = {Payment.FIXED_MONTHLY: "fixed_monthly_amount", Payment.FEE: "fee_per_participant_month"}
    for contract in scenario.provider_contracts:
        for payment, field in fields.items():
            place, given = f"provider_contracts[{contract.name}].{field}", getattr(contract, field).value
            if contract.payment is payment and not given:
                yield place, "0", f"expected the amount: the payment is '{payment}'"
            if contract.payment is not payment and given:
                yield place, written(given), f"expected 0: the payment is '{contract.payment}'"


def _contracts_are_asked_for(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for contract in scenario.provider_contracts:
        if contract.mechanism != NO_ITEM and contract.request_month is None:
            place = f"provider_contracts[{contract.name}].request_month"
            yield place, "missing", f"expected the month in which the {contract.mechanism} begins"


def _case_managers_have_a_caseload(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for contract in scenario.provider_contracts:
        for many, pay, whose in (
            ("caseload", "case_manager_salary", "participants for each case manager"),
            ("supervisor_span", "supervisor_salary", "case managers for each supervisor"),
        ):
            if getattr(contract, pay).value and not getattr(contract, many).value:
                yield f"provider_contracts[{contract.name}].{many}", "0", f"expected the {whose}, who have a salary"


def _agreed_payments_alone_have_terms(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """A floor and months at cost are terms of what is agreed: elsewhere they would pay nothing."""
    for contract in scenario.provider_contracts:
        place = f"provider_contracts[{contract.name}]"
        if contract.floor_participants.value and contract.payment is not Payment.FEE:
            yield (
                f"{place}.floor_participants",
                written(contract.floor_participants.value),
                f"expected 0: the payment is '{contract.payment}'",
            )
        if contract.months_at_cost.value and contract.payment is Payment.COST_REIMBURSEMENT:
            yield f"{place}.months_at_cost", written(contract.months_at_cost.value), f"expected 0: the payment is '{contract.payment}'"


def _people_move_on_once(scenario: Scenario, names: Names) -> Iterator[Finding]:
    moving = [care for care in scenario.treatment_and_housing if care.moves_on_share.value]
    for care in moving:
        if care.kind is CareKind.SUPPORTIVE_HOUSING:
            expected = f"expected 0: its kind is '{care.kind}', where people move on to"
            yield f"treatment_and_housing[{care.name}].moves_on_share", written(care.moves_on_share.value), expected
    shares = sum(care.moves_on_share.value for care in moving)
    if shares > 1 + SHARES_ADD_UP_WITHIN:
        yield (
            "treatment_and_housing",
            f"{worded(shares, 'share')} of moves_on_share",
            "expected the moves_on_share of all lines to add up to 100% or less",
        )


def _agencies_say_what_is_so(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """A line is of no more confidence than a source gives."""
    for agency in scenario.agencies:
        place = f"agencies[{agency.name}]"
        if agency.confidence is not SourceConfidence.LOW and not agency.source:
            yield f"{place}.confidence", repr(str(agency.confidence)), f"expected '{SourceConfidence.LOW}' where no source is given"


def _adopted_budget_is_given_once(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """It comes from another scenario, stands in lines by site, or is given in all: two of them would count it twice."""
    of_the_whole = ("adopted_gross_appropriation", "adopted_intrafund_transfers", "adopted_revenue", "adopted_positions")
    ways = {
        "adopted_from": bool(scenario.adopted_from),
        "adopted_budget": bool(scenario.adopted_budget),
        "general.adopted_gross_appropriation": any(getattr(scenario.general, field).value for field in of_the_whole),
    }
    given = [way for way, is_given in ways.items() if is_given]
    if len(given) > 1:
        yield given[0], f"given beside {' and '.join(given[1:])}", "expected the adopted budget to be given in one way"


def _orders_have_a_month(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for care in scenario.treatment_and_housing:
        if care.added_places.value and care.order_month is None:
            yield f"treatment_and_housing[{care.name}].order_month", "missing", "expected the month in which the added places are ordered"


def _ranges_hold_their_effect(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for outcome in scenario.outcomes:
        low, effect, high = outcome.effect_low.number, outcome.effect.number, outcome.effect_high.number
        if not low <= effect <= high:
            yield (
                f"outcomes[{outcome.name}].effect",
                written(effect),
                f"expected a number from {written(low)} (effect_low) to {written(high)} (effect_high)",
            )


def _federal_shares_do_not_overlap(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for month in scenario.timeline.months:
        found = [item.name for item in scenario.federal_shares if _runs(item.first_month, item.last_month, month)]
        if len(found) > 1:
            yield "federal_shares", f"{' and '.join(found)} in {month_label(month)}", "expected one federal share for each month"
            break


def _participants_have_a_place(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for site in scenario.sites:
        present, place = site.starting_participants.value, f"sites[{site.name}].starting_participants"
        if present and site.go_live.day != scenario.first_month:
            expected = f"expected 0: the site opens {month_label(site.go_live.day)}, after the scenario begins"
            yield place, written(present), expected
        if present and site.slip_months.value:
            expected = "expected 0: the site has participants when the scenario begins"
            yield f"sites[{site.name}].slip_months", written(site.slip_months.value), expected
        if present > site.slots.value:
            given = f"at most the site's {written(site.slots.value)} slots" if site.slots.value else "slots beside them: the site has none"
            yield place, written(present), f"expected {given}"


def _participants_are_served_once(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for site in scenario.sites:
        contracts = [contract for contract in scenario.provider_contracts if contract.site == site.name]
        for purpose in dict.fromkeys(contract.purpose for contract in contracts):
            of_it = [contract for contract in contracts if contract.purpose == purpose]
            if sum(contract.participant_share.value for contract in of_it) <= 1 + SHARES_ADD_UP_WITHIN:
                continue  # whenever they run
            for month in scenario.timeline.months:
                running = (contract for contract in of_it if _runs(contract.first_month, contract.last_month, month))
                served = sum(contract.participant_share.value for contract in running)
                if served > 1 + SHARES_ADD_UP_WITHIN:
                    found = f"{worded(served, 'share')} in {month_label(month)}"
                    expected = "expected the participant_share of its contracts to add up to 100% or less, or another purpose of each"
                    yield f"sites[{site.name}]", found, expected
                    break


def _runs(first: MonthAssumption, last: MonthAssumption | None, month: date) -> bool:
    return first.day <= month and (last is None or month <= last.day)


RULES: tuple[Rule, ...] = (
    _texts_can_be_shown,
    _names_are_told_apart,
    *GROUP_RULES,
    _references_exist,
    _months_are_in_order,
    _months_are_in_the_scenario,
    _drivers_have_a_ratio,
    _pay_has_one_basis,
    _salary_savings_are_said_once,
    _referrals_are_of_eligible_people,
    _payments_have_amounts,
    _contracts_are_asked_for,
    _case_managers_have_a_caseload,
    _agreed_payments_alone_have_terms,
    _people_move_on_once,
    _agencies_say_what_is_so,
    _units_buy_from_others,
    _adopted_budget_is_given_once,
    _orders_have_a_month,
    _ranges_hold_their_effect,
    _federal_shares_do_not_overlap,
    _participants_have_a_place,
    _participants_are_served_once,
    *FORM_RULES,
    *FUNDING_RULES,
    *TERM_RULES,
)
