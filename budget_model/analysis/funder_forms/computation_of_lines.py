"""How lines by quantity and rate, and rates of other lines, are worked out, as a person writes it on a form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from budget_model.analysis.funder_forms.worked_out import (
    Part,
    WorkedOut,
    amount,
    beyond,
    change,
    money,
    percent,
    price,
    span,
    sum_of,
    worked_out,
)
from budget_model.engine.arrays import Array
from budget_model.formats import counted, is_money, joined, written
from budget_model.projection import Projection
from budget_model.scenario.choices import AmountOf, Escalation, RoundedTo
from budget_model.scenario.schema import Amount, BudgetLine, Factor, Rate, RateBase
from budget_model.timeline import month_label

_SHARES = ("rate", "share", "percent")  # of factors that count a part of something
_RISES = {Escalation.EACH_JULY: "each July", Escalation.ANNIVERSARY: "each year from its first month"}
_PERIODS = {AmountOf.ALL_MONTHS: "", AmountOf.FISCAL_YEAR: "fiscal year", AmountOf.YEAR_OF_ITS_OWN: "year", AmountOf.MONTH: "month"}
_MOST_PRODUCTS = 12  # of a line whose factors differ by month, one beside the other


def budget_line_worked_out(projection: Projection, line: BudgetLine, at: int) -> WorkedOut:
    """Return the products of the factors of a line, by its place in its table, each with what it counts, or its amounts by month."""
    scenario = projection.scenario
    by_month = projection.monthly("budget_line_runs")[at], projection.monthly("months_that_share_the_amount")[at]
    parts_of_period = np.divide(*by_month, out=np.zeros_like(by_month[0]), where=by_month[1] != 0)

    def over_months(row: str) -> float:
        return float((projection.monthly(row)[at] * parts_of_period).sum())

    products = list(_products(projection, line, parts_of_period))
    amounts = [amount_worked_out(projection, one) for one in scenario.amounts if one.budget_line == line.name]
    grown = over_months("product_before_rounding") - over_months("product_of_factors")
    rounding = f"{line.rounded_to}, {line.rounding_mode}" if line.rounded_to is not RoundedTo.NONE else "last digit"
    escalator = change(f"rising {percent(line.escalation_rate.number)} {_RISES[line.escalation]}", grown)
    rounded = change(f"rounded to the {rounding}", sum_of(projection, "added_by_rounding_product", at))
    before_prices = [*products, escalator, rounded, *amounts]
    growth = scenario.general.price_growth_rate.number if line.grows_with_prices else 0.0
    prices = beyond(f"prices rising {percent(growth)} a year", sum_of(projection, "budget_line_cost", at), before_prices)
    return worked_out(*before_prices, prices)


@dataclass(frozen=True)
class _Run:
    """Months side by side in which the factors of a line have the same values, and how many of its periods they are."""

    values: tuple[float, ...]
    months: Array
    periods: float


def _products(projection: Projection, line: BudgetLine, parts_of_period: Array) -> Iterator[Part]:
    factors = [(place, factor) for place, factor in enumerate(projection.scenario.factors) if factor.budget_line == line.name]
    if not factors:
        return
    values = projection.monthly("value_of_factor")
    runs = _runs(values[[place for place, _ in factors]], parts_of_period)
    if len(runs) > _MOST_PRODUCTS:
        last, _ = factors[-1]
        cost = float((projection.monthly("product_so_far")[last] * parts_of_period).sum())
        yield Part(_product([(factor, np.array([run.values[at] for run in runs])) for at, (_, factor) in enumerate(factors)]), cost)
        return
    for run in runs:
        said = _product([(factor, np.array([value])) for (_, factor), value in zip(factors, run.values, strict=True)])
        product = 1.0
        for (_, factor), value in zip(factors, run.values, strict=True):
            product = (product / value if value else 0.0) if factor.divides else product * value
        often = _often(line.amount_is, run.periods)
        when = f"{span(projection, run.months)}: " if len(runs) > 1 else ""
        yield Part(f"{when}{said}{often}", product * run.periods)


def _runs(values: Array, parts_of_period: Array) -> list[_Run]:
    found: list[_Run] = []
    for month in np.flatnonzero(parts_of_period):
        now = tuple(values[:, month].tolist())
        on = np.zeros(len(parts_of_period))
        on[month] = parts_of_period[month]
        if found and found[-1].values == now:
            on = on + found.pop().months
        found.append(_Run(now, on, round(float(on.sum()), 9)))
    return found


def _often(amount_is: AmountOf, periods: float) -> str:
    """Return how many periods, or which part of one, a product is paid for; nothing for the one that it is the amount of."""
    unit = _PERIODS[amount_is]
    if periods == 1:
        return "" if amount_is is not AmountOf.MONTH else " x 1 month"
    if periods == int(periods):
        return f" x {counted(int(periods), unit)}"
    return f" x {written(round(periods, 6))} of {unit or 'all its months'}" if periods < 1 else f" x {written(round(periods, 6))} {unit}s"


def _product(factors: list[tuple[Factor, Array]]) -> str:
    said = [("/" if factor.divides else "x", _factor(values, factor.counts)) for factor, values in factors]
    return ("1 / " if said[0][0] == "/" else "") + " ".join([said[0][1], *(f"{sign} {factor}" for sign, factor in said[1:])])


def _factor(values: Array, counts: str) -> str:
    """Return a factor as a form writes it: 45 rides, $0.365 a mile."""
    least, most = (float(values.min()), float(values.max())) if len(values) else (0.0, 0.0)
    is_share = counts.split(" ", maxsplit=1)[0].lower() in _SHARES and most <= 1
    say = price if is_money(counts) else percent if is_share else written
    unit = counts.removeprefix("dollars").strip() if is_money(counts) else counts
    return f"{say(most) if least == most else f'{say(least)} to {say(most)}'} {unit}".strip()


def amount_worked_out(projection: Projection, said: Amount) -> Part:
    """Return an amount with its months: $96,000 from 2019-10 to 2021-09."""
    last = said.last_month.day if said.last_month else projection.scenario.timeline.last
    first = month_label(said.first_month.day)
    when = f"in {first}" if first == month_label(last) else f"from {first} to {month_label(last)}"
    return amount(f"{price(said.amount.number)} {when}", said.amount.number)


def rate_worked_out(projection: Projection, rate: Rate, at: int) -> WorkedOut:
    """Return the rate, by its place in its table, and what it is a rate of over all months."""
    base, cost = sum_of(projection, "base_of_rate", at), sum_of(projection, "rate_cost", at)
    bases = [one for one in projection.scenario.rate_bases if one.rate == rate.name]
    whole = base / (1 - rate.rate.number) if rate.is_of_total else base
    itself = ", itself included" if rate.is_of_total else ""
    of_base = "; ".join(filter(None, (bases_in_words(bases), _rounding(rate, rate.base_rounded_to))))
    product = Part(f"{percent(rate.rate.number)} of {money(whole)}{itself} ({of_base})", whole * rate.rate.number)
    unlimited = sum_of(projection, "rate_without_limit", at)
    rounded = beyond(_rounding(rate, rate.rounded_to), unlimited, [product])
    limited = change(f"at most {money(rate.at_most.number)}", cost - unlimited)
    return worked_out(product, rounded, limited)


def _rounding(rate: Rate, to: RoundedTo) -> str:
    period = "" if rate.rounding_period is AmountOf.ALL_MONTHS else f", {str(rate.rounding_period).lower()}"
    return "" if to is RoundedTo.NONE else f"rounded to the {to}, {rate.rounding_mode}{period}"


def bases_in_words(bases: list[RateBase]) -> str:
    """Return what a rate is of: Personnel and Travel, the first $25,000 of each contract, without Equipment."""
    counted_in = [_base(one) for one in bases if not one.leaves_out]
    left_out = [_base(one) for one in bases if one.leaves_out]
    return f"{joined(counted_in)}{f', without {joined(left_out)}' if left_out else ''}"


def _base(base: RateBase) -> str:
    (field,) = base.named
    name = "all lines" if field == "all_lines" else str(getattr(base, field))
    limit = f" up to {money(base.contract_limit.number)} of each contract" if base.contract_limit.number else ""
    return f"{name}{limit}{' beside start-up' if base.leaves_out_start_up else ''}"
