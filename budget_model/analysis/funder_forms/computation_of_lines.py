"""How lines by quantity and rate, and rates of other lines, are worked out, as a person writes it on a form."""

from __future__ import annotations

from budget_model.engine.arrays import Array
from budget_model.formats import dollars, is_money, written
from budget_model.projection import Projection
from budget_model.scenario.choices import AmountOf, Escalation, RoundedTo
from budget_model.scenario.schema import Amount, BudgetLine, Rate
from budget_model.timeline import month_label

_SHARES = ("rate", "share", "percent")  # of factors that count a part of something
_RISES = {Escalation.EACH_JULY: "each July", Escalation.ANNIVERSARY: "each year from its first month"}


def budget_line_in_words(projection: Projection, line: BudgetLine, at: int) -> str:
    """Return the product of the factors of a line, by its place in its table, each with what it counts, or its amounts by month."""
    scenario = projection.scenario
    runs, values = projection.monthly("budget_line_runs")[at] > 0, projection.monthly("value_of_factor")
    factors = [(place, factor) for place, factor in enumerate(scenario.factors) if factor.budget_line == line.name]
    if not factors:
        words = [amount_in_words(projection, one) for one in scenario.amounts if one.budget_line == line.name]
    else:
        said = [("/" if factor.divides else "x", _factor(values[place][runs], factor.counts)) for place, factor in factors]
        product = ("1 / " if said[0][0] == "/" else "") + " ".join([said[0][1], *(f"{sign} {factor}" for sign, factor in said[1:])])
        words = [product + ("" if line.amount_is is AmountOf.ALL_MONTHS else f", {str(line.amount_is).lower()}")]
        if line.escalation_rate.number:
            words.append(f"rising {_percent(line.escalation_rate.number)} {_RISES[line.escalation]}")
        if line.rounded_to is not RoundedTo.NONE:
            words.append(f"rounded to the {line.rounded_to}, {line.rounding_mode}")
    if words and line.grows_with_prices and scenario.general.price_growth_rate.number:
        words.append(f"prices rising {_percent(scenario.general.price_growth_rate.number)} a year")
    return "; ".join(words)


def rate_in_words(projection: Projection, rate: Rate, at: int) -> str:
    """Return the rate, by its place in its table, and what it is a rate of over all months."""
    most = f", at most {dollars(rate.at_most.number)}" if rate.at_most.number else ""
    base = float(projection.by_year("base_of_rate")[at, -1])
    of = (
        f"{dollars(base + float(projection.by_year('rate_cost')[at, -1]))}, itself included"
        if rate.is_of_total
        else f"{dollars(base)} of other lines"
    )
    return f"{_percent(rate.rate.number)} of {of}{_rounding(rate)}{most}"


def _rounding(rate: Rate) -> str:
    rounded = {"their sum": rate.base_rounded_to, "the result": rate.rounded_to}
    said = [f"{what} rounded to the {to}" for what, to in rounded.items() if to is not RoundedTo.NONE]
    return f", {' and '.join(said)}, {rate.rounding_mode}, {str(rate.rounding_period).lower()}" if said else ""


def _factor(values: Array, counts: str) -> str:
    """Return a factor as a form writes it: 45 rides, $0.365 a mile."""
    least, most = (float(values.min()), float(values.max())) if len(values) else (0.0, 0.0)
    is_share = counts.split(" ", maxsplit=1)[0].lower() in _SHARES and most <= 1
    say = _price if is_money(counts) else _percent if is_share else written
    unit = counts.removeprefix("dollars").strip() if is_money(counts) else counts
    return f"{say(most) if least == most else f'{say(least)} to {say(most)}'} {unit}".strip()


def _price(amount: float) -> str:
    """Return dollars with all digits, cents with two."""
    text = written(abs(amount))
    return f"{'-' * (amount < 0)}${text}{'0' * (text[-2:-1] == '.')}"


def amount_in_words(projection: Projection, amount: Amount) -> str:
    """Return an amount with its months: $96,000 from 2019-10 to 2021-09."""
    last = amount.last_month.day if amount.last_month else projection.scenario.timeline.last
    return f"{_price(amount.amount.number)} from {month_label(amount.first_month.day)} to {month_label(last)}"


def _percent(rate: float) -> str:
    return f"{written(round(rate * 100, 6))}%"
