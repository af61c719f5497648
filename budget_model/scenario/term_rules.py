"""What must hold of the terms in which funders write budgets: limits, object classes, grant years, and what may be left out."""

from __future__ import annotations

from collections.abc import Iterator

from budget_model.formats import written
from budget_model.scenario.choices import CapBasis, LimitEach
from budget_model.scenario.rule import Finding, Names, Rule
from budget_model.scenario.schema import CategoryObjectClass, Scenario


def _limits_are_of_something(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """A limit of a salary is of a position, that of a stay of places of care, and that of a person of people who are counted."""
    lines = {LimitEach.SALARY: "position", LimitEach.STAY: "care"}
    for given in scenario.funding_assignments:
        place, line = f"funding_assignments[{given.name}]", lines.get(given.limit_each) if given.limit_each else None
        if given.limit.value and given.limit_each is None:
            yield f"{place}.limit_each", "missing", f"expected what is limited: {', '.join(LimitEach)}"
        elif given.limit_each and not given.limit.value:
            yield f"{place}.limit", "0", f"expected the most that the source pays of each: {str(given.limit_each).lower()}"
        elif line and line not in given.lines:
            yield f"{place}.limit_each", repr(str(given.limit_each)), f"expected a column of a {line}"
        elif given.limit_each is LimitEach.PERSON and not given.people.value:
            yield f"{place}.people", "0", "expected the people for whom the line pays in all months"
        if given.people.value and given.limit_each is not LimitEach.PERSON:
            yield f"{place}.people", written(given.people.value), "expected 0: the source limits nothing by the person"


def _months_of_the_year_are_whole(scenario: Scenario, names: Names) -> Iterator[Finding]:
    given = [("general.price_growth_month", scenario.general.price_growth_month)]
    given += [(f"funding_sources[{source.name}].grant_year_month", source.grant_year_month) for source in scenario.funding_sources]
    for place, month in given:
        if month.value % 1:
            yield place, written(month.value), "expected a whole number, from 1 for January to 12 for December"


def _categories_have_one_object_class(scenario: Scenario, names: Names) -> Iterator[Finding]:
    first: dict[object, CategoryObjectClass] = {}
    for said in scenario.object_classes:
        other = first.setdefault(said.category, said)
        if other.object_class is not said.object_class:
            place, found = f"object_classes[{said.name}].object_class", repr(str(said.object_class))
            yield (
                place,
                found,
                f"expected '{other.object_class}', which '{other.name}' says of {said.category}, or one line for the category",
            )


def _slots_are_said_where_people_come(scenario: Scenario, names: Names) -> Iterator[Finding]:
    by_rate = scenario.general.officer_referrals_per_100_homeless_people.value
    for site in scenario.sites:
        given = site.pre_booking_referrals.value + site.social_contact_referrals.value + site.community_referrals.value
        if given + site.homeless_people.value * by_rate and not site.slots.is_given:
            yield f"sites[{site.name}].slots", "missing", "expected the most participants at a time, for people are referred to the site"


def _open_money_has_no_share(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """A source that pays what arises has no award that a cap, an even pace or a match of the award could be a share of."""
    open_sources = {source.name: source for source in scenario.funding_sources if source.pays_what_arises}
    for cap in scenario.caps:
        if cap.source in open_sources and cap.of is not CapBasis.MONEY_SPENT:
            expected = f"expected '{CapBasis.MONEY_SPENT}', or an amount of '{cap.source}'"
            yield f"caps[{cap.name}].of", repr(str(cap.of)), expected


TERM_RULES: tuple[Rule, ...] = (
    _limits_are_of_something,
    _categories_have_one_object_class,
    _months_of_the_year_are_whole,
    _slots_are_said_where_people_come,
    _open_money_has_no_share,
)
