"""The order of calculation, and the mistakes in declaring lines that are refused before anything is calculated."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from budget_model.budget import BUDGET
from budget_model.engine.arrays import Calendar, Inputs, Member
from budget_model.engine.excel import in_words
from budget_model.engine.model import Loop, Model
from budget_model.engine.numbers import evaluate
from budget_model.engine.rows import (
    Carry,
    Delay,
    Exactly,
    Input,
    Line,
    Listing,
    OverPeriod,
    Row,
    Total,
    carry,
    complete,
    line,
    over_period,
    total,
)
from budget_model.errors import LineError
from budget_model.inputs import input_rows
from budget_model.scenario.axes import Axis

SITE, SOURCE, MONTH, YEAR = Axis.SITE, Axis.SOURCE, Axis.MONTH, Axis.YEAR
AXES = tuple(Axis)
RATE = Input("rate", "share", (), "general", "A rate.")


def a_line(name: str, *reads: str, over: tuple[Axis, ...] = (MONTH,)) -> Line:
    scope: dict[str, Callable[..., object]] = {}
    exec(f"def {name}({', '.join(reads)}):\n    'A row.'\n    return {' + '.join(reads) or '0'}", {"__name__": "test"}, scope)
    return line(unit="dollars", over=over)(scope[name])


def a_carry(name: str, of: str, over: tuple[Axis, ...] = (MONTH,), along: Axis = MONTH) -> Carry:
    return Carry(name, "dollars", over, "test", "A row.", of, 0, along)


def a_period(name: str, of: str, over: tuple[Axis, ...] = (MONTH,), by: str = "a") -> OverPeriod:
    return OverPeriod(name, "dollars", over, "test", "A row.", of, by)


def a_total(name: str, of: str, over: tuple[Axis, ...]) -> Total:
    return Total(name, "dollars", over, "test", "A row.", of, {})


A_LISTING = Listing("costs", "dollars", (Axis.COST, MONTH), "test", "Costs.", {"A": ("a",)}, inline=True)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([RATE, a_line("cost", "ratee")], "test.cost reads 'ratee', which is no row and no assumption. Did you mean 'rate'?"),
        ([a_line("a", "b"), a_line("b", "c"), a_line("c", "a")], r"within a month: (a -> c -> b -> a|b -> a -> c -> b|c -> b -> a -> c)"),
        ([a_line("a", "a")], "within a month: a -> a"),
        ([a_line("a"), a_line("a")], "Two rows are named 'a'"),
        ([a_line("a", over=(SITE, MONTH)), a_line("b", "a")], "reads a, which varies over site as well: read a @total of it"),
        (
            [replace(a_line("a"), in_a_year="largest"), a_line("b", "a", over=(YEAR,))],
            "reads a, which has no cell for a year in the workbook",
        ),
        ([replace(a_line("a", over=(YEAR,)), in_a_year="last")], "its total is the sum, the largest or the smallest of the years"),
        ([a_line("a"), a_carry("before", "a", over=(SITE, MONTH))], "must vary over the same axes as a"),
        (
            [a_line("a"), a_period("whole", "a", over=(SITE, MONTH))],
            "test.whole must vary over the months and items of a, and a over months",
        ),
        (
            [a_line("a", "before", "whole"), a_carry("before", "a"), a_period("whole", "a"), a_line("years")],
            "whole would have to know later months of what is stepped through by month",
        ),
        (
            [a_line("a"), replace(a_carry("before", "a"), inline=True), a_total("b", "before", over=(MONTH,))],
            "test.before is inline, so only lines may read it: b needs a row of it",
        ),
        (
            [a_line("a", over=(SITE, MONTH)), A_LISTING, replace(a_total("b", "costs", over=(MONTH,)), match={"site": Exactly("A")})],
            "test.costs is inline, so lines and totals of all of it may read it: b needs a row of it",
        ),
    ],
)
def test_a_wrong_declaration_is_refused_by_name(rows: list[Row], message: str) -> None:
    with pytest.raises(LineError) as refused:
        Model(rows, AXES)
    assert re.search(message if "(" in message else re.escape(message), str(refused.value))


def test_a_row_without_a_sentence_or_with_axes_out_of_order_is_refused() -> None:
    def cost():
        pass

    with pytest.raises(LineError, match="has no docstring"):
        line(unit="dollars", over=(MONTH,))(cost)
    cost.__doc__ = "A cost."
    with pytest.raises(LineError, match="in the order of Axis"):
        Model([line(unit="dollars", over=(MONTH, SITE))(cost)], AXES)
    with pytest.raises(LineError, match=r"is over sight, which is no axis\. Did you mean 'site'\?"):
        Model([line(unit="dollars", over=("sight", MONTH))(cost)], AXES)


def test_only_rows_that_read_each_others_past_are_stepped_through() -> None:
    stepped = {row for step in BUDGET.plan if isinstance(step, Loop) for row in step.rows}
    assert {"active_participants", "award_left", "unpaid_after", "cost_of_living_factor"} <= stepped
    assert not {"referrals", "salaries", "contract_cost", "gross_appropriation", "net_county_cost"} & stepped


def test_a_carry_outside_a_loop_reads_the_month_before() -> None:
    @line(unit="dollars", over=(SITE, MONTH))
    def doubled(rate, month):
        """Twice the month's number."""
        return 2 * month + 0 * rate

    @carry(unit="dollars", over=(SITE, MONTH), of="doubled", start="rate")
    def before():
        """Doubled, the month before."""

    @total(unit="dollars", over=(MONTH,), of="before")
    def summed():
        """All of them."""

    month = Input("month", "date", (MONTH,), "calendar", "Number.")
    sites = (Member("A", {}), Member("B", {}))
    inputs = Inputs(Calendar(3, ((0, 3),)), {SITE: sites}, {"rate": np.array([5.0]), "month": np.array([[1.0, 2.0, 3.0]])})
    values = evaluate(Model([RATE, month, doubled, before, summed], AXES), inputs).values
    assert values["before"].tolist() == [[[5.0, 2.0, 4.0]] * 2]
    assert values["summed"].tolist() == [[10.0, 4.0, 8.0]]


def test_a_period_is_known_in_each_of_its_months_inside_a_loop_along_items() -> None:
    """Each site takes its share of what the site before left in the period, the same in every month of it."""

    @carry(unit="dollars", over=(SITE, MONTH), of="left", start="given", along=SITE)
    def before():
        """What the site before left."""

    @over_period(unit="dollars", over=(SITE, MONTH), of="before", by="period")
    def in_period():
        """What it left in the period."""

    @line(unit="dollars", over=(SITE, MONTH))
    def left(before, in_period, money):
        """What the site leaves: its money pays the same share of each month."""
        return before * (1 - money * (1 / 12) / 100) + 0 * in_period

    @line(unit="share", over=(SITE, MONTH))
    def paid_share(in_period, money):
        """Share that its money is of the period."""
        return money * (1 / 12) + 0 * in_period

    months = [Input(name, "dollars", (MONTH,), "given", "Given.") for name in ("given", "period")]
    money = Input("money", "dollars", (SITE,), "given", "Given.")
    model = Model([*months, money, before, in_period, left, paid_share], AXES)
    (loop,) = (step for step in model.plan if isinstance(step, Loop))
    assert loop.axis == SITE and loop.rows == {"before", "in_period", "left"}
    values = {"given": np.array([[10.0, 20.0, 30.0]]), "period": np.array([[1.0, 1.0, 2.0]]), "money": np.array([[600.0, 0.0]])}
    inputs = Inputs(Calendar(3, ((0, 2), (2, 3))), {SITE: (Member("A", {}), Member("B", {}))}, values)
    found = evaluate(model, inputs).values
    assert found["in_period"][0] == pytest.approx(np.array([[30.0, 30.0, 30.0], [15.0, 15.0, 15.0]]))
    assert found["left"][0] == pytest.approx(np.array([[5.0, 10.0, 15.0]] * 2))


def test_every_input_is_read_and_every_line_can_be_said_as_a_formula() -> None:
    read = {name for row in BUDGET.rows.values() for name in row.reads}
    assert {row.name for row in input_rows()} - read == set()
    for row in BUDGET.rows.values():
        if isinstance(row, Line):
            traced = in_words(row)
            assert all(re.search(rf"\b{name}\b", traced) for name in row.reads), f"{row.name} has a parameter it does not use"


def test_a_reading_that_forgets_a_kind_of_row_is_refused_when_it_is_loaded() -> None:
    says = dict.fromkeys((Line, Carry, Total, OverPeriod, Listing), "something")
    with pytest.raises(LineError, match="The reading does not say what it does with each kind of row: Delay is missing"):
        complete("The reading", says)
    assert complete("The reading", says | {Delay: "something"})
