"""What a reader should know of amounts by year and of limits, judged by the scenario itself: nothing of it is a mistake.

Months are those that the scenario says; that a site opens late moves none of them here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from budget_model.formats import counted, listed
from budget_model.scenario.choices import AmountOf, LimitEach, ObjectClass
from budget_model.scenario.object_classes import object_class_of
from budget_model.scenario.rate_rules import parts_of
from budget_model.scenario.schema import Amount, BudgetLine, Factor, Item, Position, Rate, Scenario, Source
from budget_model.timeline import add_months, fiscal_year

WHOLE_IN_PART, LEFT_OUT, PAY_ABOVE = "whole_amount_in_part_year", "amounts_leave_out_months", "rate_counts_pay_above_limit"
RULES: Mapping[str, str] = {
    WHOLE_IN_PART: "The amount of a year stands whole in a part of one.",
    LEFT_OUT: "Amounts by year or month leave out months of what they are of.",
    PAY_ABOVE: "A rate that a source pays counts pay above the limit that the source has for a salary.",
}
_A_YEAR = 12  # months
_MOST_LISTED = 3
_IS_NOTHING: Mapping[str, str] = {
    "source": "none of its money comes",
    "factor": "its line comes to nothing",
    "position": "its pay is nothing",
    "contract": "its operating cost is nothing",
}
_Months = tuple[date, ...]


@dataclass(frozen=True)
class ToKnow:
    """Something to know of an item: the name of the check, the item and its table, the months that it is of, and a sentence or two."""

    check: str
    table: str
    item: str
    months: _Months
    words: str


def months_and_limits(scenario: Scenario) -> Iterator[ToKnow]:
    """Yield all that is to know of part years, of months without an amount and of pay above a limit."""
    for rule in (_whole_amounts_in_part_years, _months_left_out, _pay_above_limits):
        yield from (known for known in rule(scenario) if known.months)


def _whole_amounts_in_part_years(scenario: Scenario) -> Iterator[ToKnow]:
    for line in scenario.budget_lines:
        own = {factor.name for factor in scenario.factors if factor.budget_line == line.name}
        if not own or line.amount_is not in (AmountOf.FISCAL_YEAR, AmountOf.YEAR_OF_ITS_OWN):
            continue
        runs = _run(scenario, line)
        held = [set(runs) & set(_run(scenario, amount)) for amount in scenario.amounts if amount.factor in own]
        parts = {
            year: months
            for year, months in _years_of(line, runs).items()
            if len(months) < _A_YEAR and not any(of_it and of_it <= set(months) for of_it in held)  # a number said of these months alone
        }
        if parts:
            where = listed((f"{year}, of which it has {counted(len(months), 'month')}" for year, months in parts.items()), _MOST_LISTED)
            ends_whole = line.amount_is is AmountOf.FISCAL_YEAR and not len(runs) % _A_YEAR
            own_years = f"'{AmountOf.YEAR_OF_ITS_OWN}'; or of " * ends_whole
            words = (
                f"The whole amount of a year stands in {where}. Where a part of it is meant, let the amount be of {own_years}"
                f"'{AmountOf.MONTH}', divided by a factor of 12 months; or give a factor amounts by year."
            )
            yield ToKnow(WHOLE_IN_PART, "budget_lines", line.name, tuple(month for one in parts.values() for month in one), words)


def _years_of(line: BudgetLine, runs: _Months) -> dict[str, _Months]:
    """Return the months of a line by the years that its amount is of, in their order."""
    if line.amount_is is AmountOf.FISCAL_YEAR:
        return {year: tuple(month for month in runs if fiscal_year(month) == year) for year in dict.fromkeys(map(fiscal_year, runs))}
    years = (runs[start : start + _A_YEAR] for start in range(0, len(runs), _A_YEAR))
    return {f"its year from {year[0]:%b %Y}": year for year in years}


def _months_left_out(scenario: Scenario) -> Iterator[ToKnow]:
    lines = {line.name: line for line in scenario.budget_lines}
    of: dict[tuple[str, str], list[Amount]] = {}
    for amount in scenario.amounts:
        for field in amount.named:
            of.setdefault((field, getattr(amount, field)), []).append(amount)
    for (field, name), amounts in of.items():
        table = Amount.table.references[field].table
        item = next((one for one in getattr(scenario, table) if one.name == name), None)
        has_months = lines.get(item.budget_line) if isinstance(item, Factor) else item
        if has_months is None:  # of nothing, which the rules refuse
            continue
        said = {month for one in amounts for month in _run(scenario, one)}
        runs = _run(scenario, has_months)
        # What a source has is there until its period ends: after its last amount nothing is missing.
        left = tuple(month for month in runs if month not in said and not (isinstance(item, Source) and month > max(said, default=month)))
        if left:
            what = _IS_NOTHING.get(field, "it costs nothing")
            remedy = "Say an amount for them, 0 where none is meant" + ("." if field == "source" else ", or the months that it has.")
            words = f"It has no amount in {counted(len(left), 'month')}, {listed(_spans(left), _MOST_LISTED)}: {what} in them. {remedy}"
            yield ToKnow(LEFT_OUT, table, name, left, words)


def _pay_above_limits(scenario: Scenario) -> Iterator[ToKnow]:
    above: dict[str, list[str]] = {}  # positions, by the source whose limit is below their pay
    pay = {position.name: _yearly_pay(scenario, position) for position in scenario.county_positions}
    for given in scenario.funding_assignments:
        if given.limit_each is LimitEach.SALARY and pay.get(given.position, 0.0) > given.limit.number:
            above.setdefault(given.source, []).append(given.position)
    for rate in scenario.rates if above else ():
        counted_pay = _pay_counted(scenario, rate)
        for source in scenario.funding_sources:
            positions = [name for name in dict.fromkeys(above.get(source.name, ())) if name in counted_pay]
            if positions and _may_pay(scenario, source, rate):
                is_of_benefits = object_class_of(scenario, rate) is ObjectClass.FRINGE_BENEFITS
                remedy = (
                    "Leave that pay out of its base, and give the position a benefit rate, which follows the limit."
                    if is_of_benefits
                    else "Assign the rate to the source by the amount that it allows."
                )
                words = (
                    f"It counts all pay of {listed(positions, _MOST_LISTED, ', ')}, and {source.name} pays that up to a limit: "
                    f"{'benefits' if is_of_benefits else 'amounts'} of the part above the limit are in it. {remedy}"
                )
                yield ToKnow(PAY_ABOVE, "rates", rate.name, _run(scenario, rate), words)


def _yearly_pay(scenario: Scenario, position: Position) -> float:
    """Return the most that a plan says of the pay of a full-time position for a year, in dollars, before raises and steps."""
    said = position.monthly_salary.number * _A_YEAR + position.annual_salary.number
    by_month = (
        amount.amount.number * _A_YEAR / max(1, len(_run(scenario, amount)))
        for amount in scenario.amounts
        if amount.position == position.name
    )
    return max(said + position.hourly_pay.number * position.hours_a_year.number, *by_month, 0.0)


def _pay_counted(scenario: Scenario, rate: Rate) -> set[str]:
    """Return the positions whose pay a rate counts."""
    pay: dict[bool, set[str]] = {False: set(), True: set()}
    for base in scenario.rate_bases:
        if base.rate == rate.name:
            found = parts_of(scenario, base)
            pay[base.leaves_out] |= {name for table, name, part in found if (table, part) == ("county_positions", "object_class")}
    return pay[False] - pay[True]


def _may_pay(scenario: Scenario, source: Source, rate: Rate) -> bool:
    assigned = any((given.source, given.rate) == (source.name, rate.name) for given in scenario.funding_assignments)
    return assigned or rate.category in source.pays


def _run(scenario: Scenario, item: Item) -> _Months:
    """Return the months of a plan from the first that an item says to the last."""
    fields = vars(item)
    first, last = fields.get("hire_month") or fields["first_month"], fields["last_month"]
    return tuple(month for month in scenario.timeline.months if first.day <= month and (last is None or month <= last.day))


def _spans(months: _Months) -> Iterator[str]:
    """Yield months that follow each other as one span, such as 'Jul 2020 to Jun 2021'."""
    first = 0
    for at, month in enumerate(months):
        if at + 1 == len(months) or months[at + 1] != add_months(month, 1):
            yield " to ".join(dict.fromkeys(f"{one:%b %Y}" for one in (months[first], month)))
            first = at + 1
