"""What must hold between funding sources, the lines that name what pays them, caps, a funding plan and value in kind."""

from __future__ import annotations

from collections.abc import Iterator

from budget_model.formats import worded, written
from budget_model.scenario.choices import NO_ITEM, BudgetTreatment, IncomeUse, MatchBasis, Pace, PaidBy, RoundingMode
from budget_model.scenario.rule import SHARES_ADD_UP_WITHIN, Finding, Names, Rule
from budget_model.scenario.schema import FundingAssignment, Scenario
from budget_model.timeline import month_label

_AT_MOST_THE_WHOLE = "expected its funding_assignments to add up to 100% or less"


def _lines_name_what_they_assign(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for given in scenario.funding_assignments:
        place = f"funding_assignments[{given.name}]"
        named = [*given.lines, *(["site"] if given.site != NO_ITEM else [])]
        if len(named) != 1:
            found = " and ".join(named) or "nothing assigned"
            expected = "a position, contract, service, place of care, budget_line or rate, or a site with a category"
            yield place, found, f"expected one of them: {expected}"
        elif given.site != NO_ITEM and given.category is None:
            yield f"{place}.category", "missing", "expected the category of the site's cost"
        if given.assigned_share.value and given.assigned_amount.value:
            yield place, "assigned_share and assigned_amount", "expected one of them: a share of the cost, or an amount over all months"


def _assignments_add_up(scenario: Scenario, names: Names) -> Iterator[Finding]:
    of_line: dict[tuple[str, str], float] = {}
    of_site: dict[tuple[str, str], float] = {}
    for given in scenario.funding_assignments:
        for field in given.lines:
            line = (field, getattr(given, field))
            of_line[line] = of_line.get(line, 0.0) + given.assigned_share.number
        if given.site != NO_ITEM and given.category is not None:
            cost = (given.site, given.category)
            of_site[cost] = of_site.get(cost, 0.0) + given.assigned_share.number
    for (field, name), assigned in of_line.items():
        if assigned > 1 + SHARES_ADD_UP_WITHIN:
            table = FundingAssignment.table.references[field].table
            yield f"{table}[{name}]", f"{worded(assigned, 'share')} assigned to sources", _AT_MOST_THE_WHOLE
    for (site, category), assigned in of_site.items():
        if assigned > 1 + SHARES_ADD_UP_WITHIN:
            yield f"sites[{site}]", f"{worded(assigned, 'share')} of {category} assigned", _AT_MOST_THE_WHOLE
    for field, name in of_line:
        for line in getattr(scenario, FundingAssignment.table.references[field].table):
            if line.name == name and (line.site, line.category) in of_site:
                yield f"funding_assignments, {name}", "assigned twice", f"expected it by {field} or by its site, not both"


def _rounding_of_match_is_of_something(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """A way of rounding rounds nothing by itself."""
    for source in scenario.funding_sources:
        match = source.match
        if match and not match.rounded_to.number and match.rounding_mode is not RoundingMode.HALF_AWAY_FROM_ZERO:
            expected = "expected rounded_to beside it, such as 1 for whole dollars: without it nothing is rounded"
            yield f"funding_sources[{source.name}].match.rounding_mode", repr(str(match.rounding_mode)), expected


def _columns_of_match_belong_to_a_match(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """Where lines say what a source and its match pay apart, those lines are its match, and no pledge is beside them."""
    apart = {given.source for given in scenario.funding_assignments if given.paid_by is not PaidBy.SOURCE_AND_MATCH}
    for source in scenario.funding_sources:
        if source.name in apart and source.match and source.match.pledged.value:
            expected = "expected 0: its match is what the lines paid by 'Cash match' among its columns come to"
            yield f"funding_sources[{source.name}].match.pledged", written(source.match.pledged.value), expected
    asking = {source.name for source in scenario.funding_sources if source.match}
    for given in scenario.funding_assignments:
        if given.paid_by is PaidBy.CASH_MATCH and given.source not in asking and ("funding_sources", given.source) in names:
            yield (
                f"funding_assignments[{given.name}].paid_by",
                repr(str(given.paid_by)),
                f"expected a source with a match; '{given.source}' asks for none",
            )


def _sources_pay_something(scenario: Scenario, names: Names) -> Iterator[Finding]:
    assigned = {assignment.source for assignment in scenario.funding_assignments}
    for source in scenario.funding_sources:
        if not source.pays and source.name not in assigned:
            yield f"funding_sources[{source.name}].pays", "empty", "expected the categories it pays, or a funding_assignment to it"


def _places_are_named_once(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for source in scenario.funding_sources:
        twice = [site for site in dict.fromkeys(source.pays_only_at) if source.pays_only_at.count(site) > 1]
        for site in twice:
            yield f"funding_sources[{source.name}].pays_only_at", repr(site), "expected each site once"


def _match_leaves_a_grant(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for source in scenario.funding_sources:
        if source.match and source.match.basis is MatchBasis.TOTAL_PROJECT_COST and source.match.rate.value >= 1:
            expected = "expected less than 1: a share of total project cost leaves the rest to the grant"
            yield f"funding_sources[{source.name}].match.rate", written(source.match.rate.value), expected


def _in_kind_counts_once(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """Where value in kind counts as it is given, no part of the match is set apart for it."""
    for source in scenario.funding_sources:
        for field in ("in_kind_share", "in_kind_pledged") if source.match and source.match.in_kind_counts_first else ():
            if given := getattr(source.match, field).value:
                expected = "expected 0: in_kind_counts_first says that what is given in kind counts, whatever its share"
                yield f"funding_sources[{source.name}].match.{field}", written(given), expected


def _pace_is_of_money_given(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for source in scenario.funding_sources:
        if not source.is_paced and source.pace is Pace.EVEN:
            why = "its money is earned month by month by what the program does" if source.earns else "it has no amount"
            expected = f"expected '{Pace.AS_COST_ARISES}': {why}"
            yield f"funding_sources[{source.name}].pace", repr(str(source.pace)), expected


def _overhead_is_claimed_from_others(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for source in scenario.funding_sources:
        if source.claimable_indirect_rate.value and source.treatment is BudgetTreatment.NET_COUNTY_COST:
            place, found = f"funding_sources[{source.name}].claimable_indirect_rate", written(source.claimable_indirect_rate.value)
            yield place, found, "expected 0: the County claims no overhead from its own money"


def _income_belongs_to_an_award(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """What the program earns is income of an award; of what others award, cash that a partner gives counts as its match."""
    sources = {source.name: source for source in scenario.funding_sources}
    in_parts = {amount.source for amount in scenario.amounts}
    for source in scenario.funding_sources:
        place, award = f"funding_sources[{source.name}].income_of", sources.get(source.income_of)
        if source.income_of == NO_ITEM:
            if source.income_use is not IncomeUse.ADDED:
                yield place, NO_ITEM, f"expected the source to whose award the income belongs: it is '{source.income_use}'"
        elif source.pays_what_arises:
            yield place, repr(source.income_of), f"expected '{NO_ITEM}', or an amount of '{source.name}': it pays whatever cost arises"
        elif (source.award.value or source.yearly_amount.value or source.name in in_parts) and (
            source.income_use is not IncomeUse.COUNTED_AS_MATCH
        ):
            expected = f"expected '{NO_ITEM}', or amount_per_unit with its driver: program income is what the program earns, and no award"
            expected += f"; cash of a partner says income_use: {IncomeUse.COUNTED_AS_MATCH}"
            yield place, repr(source.income_of), expected
        elif award and award.earns:
            yield place, repr(award.name), "expected a source with an award or a yearly amount, whose money is not earned itself"
        elif award and source.income_use is IncomeUse.COUNTED_AS_MATCH and not award.match:
            yield place, repr(award.name), "expected a source that asks for a match, for the income counts as match"


def _caps_are_of_one_thing(scenario: Scenario, names: Names) -> Iterator[Finding]:
    first: dict[tuple[object, ...], str] = {}
    for cap in scenario.caps:
        place = f"caps[{cap.name}]"
        if (cap.category is None) == (cap.appropriation_class is None):
            found = "neither category nor appropriation_class" if cap.category is None else "category and appropriation_class"
            yield place, found, "expected one of them: a category or an appropriation_class"
        other = first.setdefault((*cap.capped, cap.of), cap.name)
        if other != cap.name:
            yield place, "capped twice", f"expected one cap of this kind; '{other}' is the other"


def _plan_is_of_the_years(scenario: Scenario, names: Names) -> Iterator[Finding]:
    years = scenario.timeline.years
    pays = {source.name: source.pays for source in scenario.funding_sources}
    for line in scenario.funding_plan:
        place = f"funding_plan[{line.name}]"
        if line.fiscal_year not in years:
            yield f"{place}.fiscal_year", repr(line.fiscal_year), f"expected a fiscal year of the scenario, {years[0]} to {years[-1]}"
        if line.category is not None and line.category not in pays.get(line.source, (line.category,)):
            yield f"{place}.category", repr(str(line.category)), f"expected a category that '{line.source}' pays"


def _plan_says_each_year_once(scenario: Scenario, names: Names) -> Iterator[Finding]:
    said: dict[tuple[str, str], dict[object, str]] = {}
    for line in scenario.funding_plan:
        place, before = f"funding_plan[{line.name}]", said.setdefault((line.source, line.fiscal_year), {})
        if line.category in before:
            yield place, f"{line.fiscal_year} planned twice", f"expected one line for it; '{before[line.category]}' is the other"
        elif before and (line.category is None or None in before):
            other = next(iter(before.values()))
            yield (
                place,
                f"{line.fiscal_year} planned twice",
                f"expected a line for all categories or lines by category; '{other}' is the other",
            )
        before.setdefault(line.category, line.name)


def _value_in_kind_has_one_basis(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for given in scenario.in_kind_contributions:
        product = given.quantity_given.value * given.unit_value.value
        ways = {"total_value": given.total_value.value, "monthly_value": given.monthly_value.value, "quantity_given": product}
        said = [way for way, value in ways.items() if value]
        if len(said) > 1:
            expected = "expected one of them: the value over all its months, each month, or a quantity with its unit_value"
            yield f"in_kind_contributions[{given.name}]", " and ".join(said), expected


def _value_in_kind_is_given_in_the_period(scenario: Scenario, names: Names) -> Iterator[Finding]:
    sources = {source.name: source for source in scenario.funding_sources}
    for given in scenario.in_kind_contributions:
        place, source = f"in_kind_contributions[{given.name}]", sources.get(given.source)
        if source is None:
            continue
        first, last = source.first_month.day, source.last_month.day if source.last_month else scenario.timeline.last
        period = f"expected a month of the period of '{source.name}', {month_label(first)} to {month_label(last)}"
        for field in ("first_month", "last_month"):
            month = getattr(given, field)
            if month and not first <= month.day <= last:
                yield f"{place}.{field}", month_label(month.day), period


FUNDING_RULES: tuple[Rule, ...] = (
    _lines_name_what_they_assign,
    _assignments_add_up,
    _rounding_of_match_is_of_something,
    _columns_of_match_belong_to_a_match,
    _sources_pay_something,
    _places_are_named_once,
    _match_leaves_a_grant,
    _in_kind_counts_once,
    _pace_is_of_money_given,
    _overhead_is_claimed_from_others,
    _income_belongs_to_an_award,
    _caps_are_of_one_thing,
    _plan_is_of_the_years,
    _plan_says_each_year_once,
    _value_in_kind_has_one_basis,
    _value_in_kind_is_given_in_the_period,
)
