"""What must hold of lines by quantity and rate, their factors, and amounts by year or month."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby

from budget_model.formats import listed
from budget_model.scenario.choices import NO_ITEM
from budget_model.scenario.rule import Finding, Names, Rule
from budget_model.scenario.schema import Amount, BudgetLine, Contract, Factor, Scenario
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
    """A line has factors or amounts, a factor a number or amounts; of one thing no month has two amounts."""
    of: dict[tuple[str, str], list[Amount]] = {}
    for amount in scenario.amounts:
        place, named = f"amounts[{amount.name}]", amount.named
        if len(named) != 1:
            if named or amount.amount.value:  # else a line that is still to be filled in
                yield place, " and ".join(named) or "of nothing", "expected one of them: a budget_line, a contract, a factor or a source"
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
    for line in scenario.budget_lines:
        if ("budget_line", line.name) in of and any(factor.budget_line == line.name for factor in scenario.factors):
            yield (
                f"budget_lines[{line.name}]",
                "factors and amounts",
                "expected one of them: factors that multiply, or amounts by year or month",
            )
    for contract in scenario.provider_contracts:
        if ("contract", contract.name) in of and contract.operating_cost.value:
            expected = "expected 0: its amounts by year or month say it"
            yield f"provider_contracts[{contract.name}].operating_cost", f"{contract.operating_cost.value:g}", expected
    for factor in scenario.factors:
        if ("factor", factor.name) in of and factor.number.value:
            expected = "expected none: its amounts by year or month say it"
            yield f"factors[{factor.name}].number", f"{factor.number.value:g}", expected


def _amounts_are_in_their_months(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """An amount that reached beyond the plan, or the line that has it, would be more or less there than it says."""
    lines: dict[tuple[str, str], BudgetLine | Contract] = {("budget_line", line.name): line for line in scenario.budget_lines}
    lines |= {("contract", contract.name): contract for contract in scenario.provider_contracts}
    end = month_label(scenario.timeline.last)
    for amount in scenario.amounts:
        last, named = _last(amount, scenario), (amount.named or ("",))[0]
        line = lines.get((named, getattr(amount, named, "")))
        if last > end:
            yield f"amounts[{amount.name}].last_month", last, f"expected a month of the scenario, {end} or before"
        elif line and (
            _first(amount) < month_label(line.first_month.day) or last > (month_label(line.last_month.day) if line.last_month else end)
        ):
            to = month_label(line.last_month.day) if line.last_month else end
            expected = f"expected months of '{line.name}', {month_label(line.first_month.day)} to {to}"
            yield f"amounts[{amount.name}]", f"{_first(amount)} to {last}", expected


def _lines_below_zero_say_so(scenario: Scenario, names: Names) -> Iterator[Finding]:
    above = {line.name for line in scenario.budget_lines if not line.may_be_below_zero}
    line_of = {factor.name: factor.budget_line for factor in scenario.factors}
    numbers = [(f"factors[{one.name}].number", one.budget_line, one.number) for one in scenario.factors]
    for amount in scenario.amounts:
        if amount.contract != NO_ITEM and amount.amount.number < 0:
            yield f"amounts[{amount.name}].amount", f"{amount.amount.number:,.15g}", "expected 0 or more: it is of a contract"
    numbers += [(f"amounts[{one.name}].amount", line_of.get(one.factor, one.budget_line), one.amount) for one in scenario.amounts]
    for place, line, number in numbers:
        if line in above and number.number < 0:
            yield place, f"{number.number:,.15g}", f"expected 0 or more, or may_be_below_zero: true in budget_lines[{line}]"


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
            yield f"{place}.amount", f"{amount.amount.number:,.15g}", "expected 0 or more: a source gives no less than nothing"
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
        product = math.prod(_largest(scenario, factor) for factor in factors)
        if product > MOST:
            expected = f"expected ${MOST:,} at most: look at its factors {listed([factor.name for factor in factors], 3)}"
            yield f"budget_lines[{line.name}]", f"a product of ${product:,.0f}", expected


def _largest(scenario: Scenario, factor: Factor) -> float:
    amounts = [amount.amount.number for amount in scenario.amounts if amount.factor == factor.name]
    return max(abs(number) for number in (factor.number.number, *amounts))


def _last(amount: Amount, scenario: Scenario) -> str:
    return month_label(amount.last_month.day if amount.last_month else scenario.timeline.last)


BUDGET_LINE_RULES: tuple[Rule, ...] = (
    _factors_stand_together,
    _amounts_are_said_once,
    _amounts_are_in_their_months,
    _lines_below_zero_say_so,
    _lines_below_zero_have_no_columns,
    _amounts_are_of_an_award,
    _products_are_amounts,
)
