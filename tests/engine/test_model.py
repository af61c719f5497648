"""The order of calculation, and the mistakes in declaring lines that are refused before anything is calculated."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import numpy as np
import pytest

from budget_model.budget import BUDGET
from budget_model.engine.arrays import Inputs, Member
from budget_model.engine.excel import in_words
from budget_model.engine.model import Loop, Model
from budget_model.engine.numbers import evaluate
from budget_model.engine.rows import Carry, Input, Line, Row, carry, line, total
from budget_model.errors import LineError
from budget_model.inputs import input_rows
from budget_model.scenario.axes import Axis
from budget_model.timeline import Timeline

SITE, SOURCE, MONTH, YEAR = Axis.SITE, Axis.SOURCE, Axis.MONTH, Axis.YEAR
RATE = Input("rate", "share", (), "general", "A rate.")


def a_line(name: str, *reads: str, over: tuple[Axis, ...] = (MONTH,)) -> Line:
    scope: dict[str, Callable[..., object]] = {}
    exec(f"def {name}({', '.join(reads)}):\n    'A row.'\n    return {' + '.join(reads) or '0'}", {"__name__": "test"}, scope)
    return line(unit="dollars", over=over)(scope[name])


def a_carry(name: str, of: str, over: tuple[Axis, ...] = (MONTH,), along: Axis = MONTH) -> Carry:
    return Carry(name, "dollars", over, "test", "A row.", of, 0, along)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([RATE, a_line("cost", "ratee")], "test.cost reads 'ratee', which is no row and no assumption. Did you mean 'rate'?"),
        ([a_line("a", "b"), a_line("b", "c"), a_line("c", "a")], r"within a month: (a -> c -> b -> a|b -> a -> c -> b|c -> b -> a -> c)"),
        ([a_line("a", "a")], "within a month: a -> a"),
        ([a_line("a"), a_line("a")], "Two rows are named 'a'"),
        ([a_line("a", over=(SITE, MONTH)), a_line("b", "a")], "reads a, which varies over site as well: read a @total of it"),
        ([a_line("a"), a_carry("before", "a", over=(SITE, MONTH))], "must vary over the same axes as a"),
    ],
)
def test_a_wrong_declaration_is_refused_by_name(rows: list[Row], message: str) -> None:
    with pytest.raises(LineError) as refused:
        Model(rows)
    assert re.search(message if "(" in message else re.escape(message), str(refused.value))


def test_a_row_without_a_sentence_or_with_axes_out_of_order_is_refused() -> None:
    def cost():
        pass

    with pytest.raises(LineError, match="has no docstring"):
        line(unit="dollars", over=(MONTH,))(cost)
    cost.__doc__ = "A cost."
    with pytest.raises(LineError, match="in the order of Axis"):
        line(unit="dollars", over=(MONTH, SITE))(cost)


def test_only_rows_that_read_each_others_past_are_stepped_through() -> None:
    stepped = {row for step in BUDGET.plan if isinstance(step, Loop) for row in step.rows}
    assert {"active_participants", "award_left", "unpaid_after", "cost_of_living_factor"} <= stepped
    assert not {"referrals", "salaries", "contract_cost", "gross_appropriation", "net_county_cost"} & stepped


def test_a_carry_outside_a_loop_reads_the_month_before() -> None:
    @line(unit="dollars", over=(MONTH,))
    def doubled(rate, month):
        """Twice the month's number."""
        return 2 * month + 0 * rate

    @carry(unit="dollars", over=(MONTH,), of="doubled", start="rate")
    def before():
        """Doubled, the month before."""

    @total(unit="dollars", over=(), of="before")
    def summed():
        """All of them."""

    timeline = Timeline(datetime.date(2018, 7, 1), 3)
    month = Input("month", "date", (MONTH,), "calendar", "Number.")
    inputs = Inputs(timeline, {SITE: (Member("A", {}),)}, {"rate": np.array([5.0]), "month": np.array([[1.0, 2.0, 3.0]])})
    values = evaluate(Model([RATE, month, doubled, before, summed]), inputs).values
    assert values["before"].tolist() == [[5.0, 2.0, 4.0]]
    assert values["summed"].tolist() == [11.0]


def test_every_input_is_read_and_every_line_can_be_said_as_a_formula() -> None:
    read = {name for row in BUDGET.rows.values() for name in row.reads}
    assert {row.name for row in input_rows()} - read == set()
    for row in BUDGET.rows.values():
        if isinstance(row, Line):
            traced = in_words(row)
            assert all(re.search(rf"\b{name}\b", traced) for name in row.reads), f"{row.name} has a parameter it does not use"
