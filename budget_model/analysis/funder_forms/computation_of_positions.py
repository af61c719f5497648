"""How the pay of a position, its benefits and the set-up of new hires are worked out, as a person writes it on a form."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from budget_model.analysis.funder_forms.worked_out import (
    Part,
    WorkedOut,
    beyond,
    change,
    money,
    months,
    numbered,
    percent,
    price,
    span,
    sum_of,
    worked_out,
    years_or_months,
)
from budget_model.formats import joined, written
from budget_model.projection import Projection
from budget_model.scenario.choices import NO_ITEM
from budget_model.scenario.schema import Position


def pay_worked_out(projection: Projection, position: Position, at: int) -> WorkedOut:
    """Return how the pay of a position, by its place in its table, is worked out: number, rate, share of time, months."""
    products = [*_by_rate(projection, position, at), *_by_month(projection, position, at)]
    overtime = list(_overtime(projection, position, at))
    paid = sum_of(projection, "salaries", at)
    grown = beyond(_growth(projection, position), paid, products)
    overtime.append(beyond("raises of overtime", sum_of(projection, "overtime", at), overtime))
    return worked_out(*products, grown, _savings(projection, at, paid), *overtime)


def _by_rate(projection: Projection, position: Position, at: int) -> Iterator[Part]:
    """Yield pay by the month, the year or the hour, in the months in which the position is budgeted."""
    on, time = projection.monthly("budgeted_positions")[at], position.time_share.number
    position_months = float(on.sum())
    if not position_months:
        return
    uniform = on[on > 0].min() == on.max()
    divided, often = years_or_months(projection, on)
    of_time = f" x {percent(time)} of time"
    people = f"{numbered(float(on.max()), 'positions')} x " if uniform else ""
    by_month = months(projection, on) if uniform else _position_months(projection, at)
    by_year = f"{divided}{of_time} x {often}" if uniform else f" / 12{of_time} x {_position_months(projection, at)}"
    hours, hourly = position.hours_a_year.number, position.hourly_pay.number
    if monthly := position.monthly_salary.number:
        yield Part(f"{people}{price(monthly)} a month{of_time} x {by_month}", position_months * monthly * time)
    if annual := position.annual_salary.number:
        yield Part(f"{people}{price(annual)} a year{by_year}", position_months * annual / 12 * time)
    if hourly and hours:
        yield Part(
            f"{people}{price(hourly)} an hour x {written(hours)} hours a year{by_year}", position_months * hourly * hours / 12 * time
        )


def _position_months(projection: Projection, at: int) -> str:
    on = projection.monthly("budgeted_positions")[at]
    words = f"{numbered(round(float(on.sum()), 6), 'position-months')} ({span(projection, on)}"
    return f"{words}, {written(float(on[on > 0].min()))} to {written(float(on.max()))} positions)"


def _by_month(projection: Projection, position: Position, at: int) -> Iterator[Part]:
    """Yield pay that is said by year or month: that of one full-time position over its months."""
    on, time = projection.monthly("budgeted_positions")[at], position.time_share.number
    for place, amount in enumerate(projection.scenario.amounts):
        held = projection.monthly("amount_holds")[place]
        if amount.position != position.name or not (on * held).any():
            continue
        inside = on[held > 0]
        number = round(float(inside.sum()) / float(held.sum()), 9)
        count = f"{numbered(number, 'positions')} x "
        if inside.min() != inside.max():
            count = f"{numbered(round(float(inside.sum()), 6), 'position-months')} / {months(projection, held)} x "
        words = f"{count}{price(amount.amount.number)} ({span(projection, held)}) x {percent(time)} of time"
        yield Part(words, number * amount.amount.number * time)


def _overtime(projection: Projection, position: Position, at: int) -> Iterator[Part]:
    position_months = float(projection.monthly("budgeted_positions")[at].sum())
    hours, hourly = position.overtime_hours_a_year.number, position.overtime_hourly_pay.number
    if position_months and hours and hourly:
        words = f"overtime: {written(hours)} hours a year / 12 x {price(hourly)} an hour x {_months_of_positions(position_months)}"
        yield Part(words, position_months * hours * hourly / 12)


def _months_of_positions(number: float) -> str:
    return numbered(round(number, 6), "position-months")


def _growth(projection: Projection, position: Position) -> str:
    grows = projection.scenario.cost_of_living_adjustments or projection.scenario.general.cost_of_living_rate.number
    return joined([*(["raises"] if grows else []), *(["steps"] if position.step_rate.number else [])]) or "in other months"


def benefits_worked_out(projection: Projection, position: Position, at: int) -> WorkedOut:
    """Return how the benefits of a position are worked out: each rate by name, amounts beside them."""
    salaries, overtime = sum_of(projection, "salaries", at), sum_of(projection, "overtime", at)
    components = [one for one in projection.scenario.benefit_components if one.plan == position.benefit_plan != NO_ITEM]
    rates = [(one.name, one.rate.number) for one in components if one.rate.number]
    own, of_overtime = position.employee_benefit_rate.number, position.overtime_benefit_rate.number
    flat = position.monthly_benefit_amount.number
    position_months = float(projection.monthly("budgeted_positions")[at].sum())
    on_overtime = [(one.name, one.rate.number) for one in components if one.applies_to_overtime and one.rate.number]
    products = [
        *_of_pay([*rates, *([("", own)] if own else [])], "salaries", salaries),
        *_of_pay([*on_overtime, *([("", of_overtime)] if of_overtime else [])], "overtime", overtime),
        Part(f"{price(flat)} a month each x {_months_of_positions(position_months)}", flat * position_months),
    ]
    return worked_out(*products, _savings(projection, at, sum_of(projection, "employee_benefits", at)))


def _of_pay(rates: list[tuple[str, float]], of: str, base: float) -> Iterator[Part]:
    if rates:
        words = " + ".join(f"{name} {percent(rate)}".strip() for name, rate in rates)
        said = f"({words})" if len(rates) > 1 else words
        yield Part(f"{said} of {money(base)} of {of}", base * sum(rate for _, rate in rates))


def set_up_worked_out(projection: Projection, position: Position, at: int) -> WorkedOut:
    """Return how the set-up of new hires of a position is worked out."""
    each, cost = position.cost_per_new_hire.number, sum_of(projection, "set_up_cost", at)
    hires = round(float(np.divide(cost, each)), 6) if each else 0.0
    return worked_out(Part(f"{price(each)} once x {numbered(hires, 'new hires')}", cost))


def _savings(projection: Projection, at: int, of: float) -> Part:
    """Return what vacancies leave unspent of salaries, or of benefits."""
    rate = sum_of(projection, "savings_rate", at)
    return change(f"salary savings of {percent(rate)}", -rate * of)
