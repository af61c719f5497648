"""What must hold of lines by quantity and rate, their factors, and amounts by year or month."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import groupby

from budget_model.formats import listed, written
from budget_model.scenario.choices import NO_ITEM, AmountOf, Escalation, RoundedTo, RoundingMode
from budget_model.scenario.rule import Finding, Names, Rule
from budget_model.scenario.schema import Amount, Factor, Scenario
from budget_model.scenario.schema.budget_lines import MOST
from budget_model.timeline import month_label


def _factors_stand_together(scenario: Scenario, names: Names) -> Iterator[Finding]:
    seen: set[str] = set()
    for line, factors in groupby(scenario.factors, lambda factor: factor.budget_line):
        first = next(factors)
        if line in seen:
            yield (
                f"factors[{first.name}]",
                f"apart from the other factors of '{line}'",
                "expected the factors of a line one below the other",
            )
        seen.add(line)


def _amounts_are_said_once(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """Each is of one thing, of which no month has two amounts."""
    of: dict[tuple[str, str], list[Amount]] = {}
    for amount in scenario.amounts:
        place, named = f"amounts[{amount.name}]", amount.named
        if len(named) != 1:
            if named or amount.amount.value:  # else a line that is still to be filled in
                yield (
                    place,
                    " and ".join(named) or "of nothing",
                    "expected one of them: a budget_line, a contract, a position, a factor or a source",
                )
            continue
        before = of.setdefault((named[0], getattr(amount, named[0])), [])
        for other in before:
            if _first(amount) <= _last(other, scenario) and _first(other) <= _last(amount, scenario):
                yield (
                    place,
                    f"in months of '{other.name}'",
                    f"expected months of its own, for '{getattr(amount, named[0])}' has one a month: say the last_month of the earlier one",
                )
                break
        before.append(amount)


_IN_PLACE_OF: Mapping[str, tuple[str, ...]] = {
    "provider_contracts": ("operating_cost",),
    "county_positions": ("monthly_salary", "annual_salary", "hourly_pay", "step_rate"),
    "factors": ("number",),
}


def _amounts_stand_in_place_of_a_number(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """What has amounts by year or month says no factors, no number and no rate of growth beside them."""
    of = {(field, getattr(amount, field)) for amount in scenario.amounts for field in amount.named}
    for line in scenario.budget_lines:
        if ("budget_line", line.name) in of and any(factor.budget_line == line.name for factor in scenario.factors):
            expected = "expected one of them: factors that multiply, or amounts by year or month"
            yield f"budget_lines[{line.name}]", "factors and amounts", expected
    for field, reference in Amount.table.references.items():
        for item in getattr(scenario, reference.table) if reference.table in _IN_PLACE_OF else ():
            said = [name for name in _IN_PLACE_OF[reference.table] if getattr(item, name).value]
            if (field, item.name) in of and said:
                expected = f"expected {'none' if field == 'factor' else 0}: its amounts by year or month say it"
                yield f"{reference.table}[{item.name}].{said[0]}", written(getattr(item, said[0]).value), expected


def _amounts_are_in_their_months(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """An amount that reached beyond the plan, or the line that has it, would be more or less there than it says."""
    lines = {("budget_line", line.name): (line.first_month, line.last_month) for line in scenario.budget_lines}
    lines |= {("contract", one.name): (one.first_month, one.last_month) for one in scenario.provider_contracts}
    lines |= {("position", one.name): (one.hire_month, one.last_month) for one in scenario.county_positions}
    end = month_label(scenario.timeline.last)
    for amount in scenario.amounts:
        last, named = _last(amount, scenario), (amount.named or ("",))[0]
        name = getattr(amount, named, "")
        if last > end:
            yield f"amounts[{amount.name}].last_month", last, f"expected a month of the scenario, {end} or before"
        elif (named, name) in lines:
            begins, ends = lines[named, name]
            since, to = month_label(begins.day), month_label(ends.day) if ends else end
            if _first(amount) < since or last > to:
                yield f"amounts[{amount.name}]", f"{_first(amount)} to {last}", f"expected months of '{name}', {since} to {to}"


def _lines_below_zero_say_so(scenario: Scenario, names: Names) -> Iterator[Finding]:
    above = {line.name for line in scenario.budget_lines if not line.may_be_below_zero}
    line_of = {factor.name: factor.budget_line for factor in scenario.factors}
    numbers = [(f"factors[{one.name}].number", one.budget_line, one.number) for one in scenario.factors]
    for amount in scenario.amounts:
        for kind in ("contract", "position"):
            if getattr(amount, kind) != NO_ITEM and amount.amount.number < 0:
                yield f"amounts[{amount.name}].amount", written(amount.amount.number), f"expected 0 or more: it is of a {kind}"
    numbers += [(f"amounts[{one.name}].amount", line_of.get(one.factor, one.budget_line), one.amount) for one in scenario.amounts]
    for place, line, number in numbers:
        if line in above and number.number < 0:
            yield place, written(number.number), f"expected 0 or more, or may_be_below_zero: true in budget_lines[{line}]"


def _lines_below_zero_have_no_columns(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """They lower what is to be paid of their category at their place, whoever pays it."""
    below = {line.name for line in scenario.budget_lines if line.may_be_below_zero}
    for given in scenario.funding_assignments:
        if given.budget_line in below:
            expected = f"expected none, for '{given.budget_line}' may be below zero and lowers what all sources pay of its category"
            yield f"funding_assignments[{given.name}].budget_line", repr(given.budget_line), expected


def _amounts_are_of_an_award(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """Money by year is an award that comes in parts: the source says no other amount, and is open when each part comes."""
    sources = {source.name: source for source in scenario.funding_sources}
    for amount in scenario.amounts:
        place, source = f"amounts[{amount.name}]", sources.get(amount.source)
        if source is None:
            continue
        if source.award.value or source.yearly_amount.value or source.earns:
            yield (
                f"funding_sources[{source.name}]",
                "an amount of its own",
                f"expected award: 0, for '{amount.name}' says a part of its award",
            )
        if amount.amount.number < 0:
            yield f"{place}.amount", written(amount.amount.number), "expected 0 or more: a source gives no less than nothing"
        first, last = month_label(source.first_month.day), month_label(source.last_month.day) if source.last_month else ""
        if _first(amount) < first or (last and _first(amount) > last):
            yield (
                f"{place}.first_month",
                _first(amount),
                f"expected a month of the period of '{source.name}', from {first}{f' to {last}' * bool(last)}",
            )


def _first(amount: Amount) -> str:
    return month_label(amount.first_month.day)


def _products_are_amounts(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """What factors multiply to is no more than any amount may be: beyond that cents are lost."""
    for line in scenario.budget_lines:
        factors = [factor for factor in scenario.factors if factor.budget_line == line.name]
        product = math.prod(_most_of(scenario, factor) for factor in factors)
        if product > MOST:
            expected = f"expected ${MOST:,} at most: look at its factors {listed([factor.name for factor in factors], 3)}"
            yield f"budget_lines[{line.name}]", f"a product of ${product:,.0f}", expected


def _most_of(scenario: Scenario, factor: Factor) -> float:
    """Return the most by which a factor multiplies in any month: of one that divides, one over the least of its numbers."""
    numbers = [abs(amount.amount.number) for amount in scenario.amounts if amount.factor == factor.name] or [abs(factor.number.number)]
    if factor.divides:
        return 1 / min(numbers) if min(numbers) else 0
    return max(numbers)


def _nothing_is_divided_by_nothing(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for factor in scenario.factors:
        amounts = [amount for amount in scenario.amounts if amount.factor == factor.name]
        places = [(f"amounts[{amount.name}].amount", amount.amount) for amount in amounts] or [
            (f"factors[{factor.name}].number", factor.number)
        ]
        for place, number in places:
            if factor.divides and not number.number:
                yield place, "0", f"expected another number: '{factor.name}' divides"


def _rounded_amounts_are_of_whole_periods(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """What is rounded is the amount of a period: within it nothing may grow, or its months would not add up to what is printed."""
    whole = {Escalation.EACH_JULY: AmountOf.FISCAL_YEAR, Escalation.ANNIVERSARY: AmountOf.YEAR_OF_ITS_OWN}
    for line in scenario.budget_lines:
        place = f"budget_lines[{line.name}]"
        if line.rounded_to is RoundedTo.NONE:
            if line.rounding_mode is not RoundingMode.HALF_AWAY_FROM_ZERO:
                expected = "expected rounded_to beside it, cent or dollar: without it nothing is rounded"
                yield f"{place}.rounding_mode", repr(str(line.rounding_mode)), expected
        elif line.grows_with_prices:
            expected = "expected false, or rounded_to: none: prices grow within what is rounded; an escalation_rate does so by the year"
            yield f"{place}.grows_with_prices", "true", expected
        elif line.escalation_rate.value and line.amount_is not in (whole[line.escalation], AmountOf.MONTH):
            expected = f"expected '{whole[line.escalation]}', for it is rounded and rises by such years (escalation: {line.escalation})"
            yield f"{place}.amount_is", repr(str(line.amount_is)), expected


def _last(amount: Amount, scenario: Scenario) -> str:
    return month_label(amount.last_month.day if amount.last_month else scenario.timeline.last)


BUDGET_LINE_RULES: tuple[Rule, ...] = (
    _factors_stand_together,
    _amounts_are_said_once,
    _amounts_stand_in_place_of_a_number,
    _amounts_are_in_their_months,
    _lines_below_zero_say_so,
    _lines_below_zero_have_no_columns,
    _amounts_are_of_an_award,
    _products_are_amounts,
    _nothing_is_divided_by_nothing,
    _rounded_amounts_are_of_whole_periods,
)
